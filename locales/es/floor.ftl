# La sala de una oficina: la fila del día, quienes llegan sin cita, el quiosco.

## The line, for staff
floor-line = La fila
floor-next = Llamar a { $ticket } a la ventanilla { $counter }
floor-nobody-next = Nadie espera para su ventanilla.
floor-apart = Apartados
floor-turn-appointment = le toca a las { $time }, por su cita
floor-turn-late = le toca a las { $time }, cuando llegó, tarde
floor-turn-walk-in = le toca a las { $time }, llegó sin cita
floor-turn-urgent = le toca a las { $time }, llegó sin cita, urgente
floor-aside-parked = hace otra cosa primero
floor-aside-not-here = no fue a la ventanilla { $counter }
floor-aside-for-counter = para la ventanilla { $counter }
floor-band = unos { $least } a { $most } minutos
floor-more = Más
floor-walked-in = Llegó sin cita
floor-do-park = Apartar
floor-do-not-here = No está
floor-do-back = Volver a la fila
floor-do-left = Se fue
floor-do-hand = Pasar
floor-hand-to = A la ventanilla
floor-hand-to-whom = Diga a qué ventanilla va la persona.
floor-for-counter = El turno pasó a la ventanilla { $counter }. Esa ventanilla lo llama o lo pasa a otra.
floor-did-park = { $name }, turno { $ticket }, está aparte y conserva su lugar.
floor-did-not-here = { $name }, turno { $ticket }, no fue a la ventanilla. Llame otra vez el turno o diga que la persona se fue.
floor-did-hand = { $name } va a la ventanilla { $counter }.
floor-did-back = { $name }, turno { $ticket }, está de nuevo en la fila con su lugar anterior.
floor-did-left = { $name } se fue y recibirá otra fecha.
floor-did-let-in = { $name } tiene el turno { $ticket }.
floor-hall-missed = Por favor, pase al mostrador
floor-back-to-day = Volver al día

## Stories, for staff
floor-story-aside-parked = El turno { $ticket } se apartó; conserva su lugar.
floor-story-aside-not-here = Se llamó el turno { $ticket } a la ventanilla { $counter } y nadie fue.
floor-story-aside-for-counter = El turno { $ticket } pasó a la ventanilla { $counter }.
floor-story-back = El turno { $ticket } está de nuevo en la fila.
floor-story-left = Se fue antes de ser atendida.
floor-story-admitted = Llegó sin cita a { $office } y se le dejó pasar, turno { $ticket }.
floor-story-refused = Llegó sin cita a { $office } y no se le dejó pasar.

## Stories, for the person
floor-own-aside-parked = Usted hace otra cosa primero. Su lugar se guarda.
floor-own-aside-not-here = Su turno se llamó a { $counter } y usted no estaba.
floor-own-aside-for-counter = Le enviaron a { $counter }.
floor-own-back = Usted está de nuevo en la fila.
floor-own-left = Usted se fue antes de que le pudiéramos atender. Le daremos otra fecha.
floor-own-admitted = Usted llegó a { $office } sin cita. La oficina le dejó pasar con el turno { $ticket }.
floor-own-refused = Usted llegó a { $office } sin cita. La oficina no le pudo atender ese día.

## Waiting at the office
floor-before =
    { $n ->
        [0] No hay nadie antes que usted.
        [one] Hay 1 persona antes que usted.
       *[other] Hay { $n } personas antes que usted.
    }
floor-about = Puede tomar de { $least } a { $most } minutos.
floor-you-parked = Su lugar se guarda. Díganos cuando esté listo.
floor-you-not-here = Su turno se llamó. Por favor, pase al mostrador.
floor-you-for-counter = Por favor, espere. Otra ventanilla le llamará.

## Walk-ins
floor-walk-in-open = Alguien sin cita
floor-walk-in-title = { $office }: alguien sin cita
floor-walk-in-about = Usted decide si la oficina atiende hoy a alguien. Queda anotado con su nombre y su motivo. Quien no sea atendido conserva su lugar, y un oficial ve el asunto.
floor-walk-in-none = Esta oficina no deja pasar a nadie sin cita. Puede anotar lo que la persona necesita y un oficial lo verá.
floor-walk-in-used = Hoy se dejó pasar a { $used } de { $most }.
floor-walk-in-known = ¿Ya nos pidió algo antes?
floor-walk-in-number-hint = Si tiene un número de consulta, basta con eso.
floor-walk-in-new = No tiene número: ¿qué necesita?
floor-walk-in-ask = Preguntar
floor-walk-in-verdict = ¿La oficina le atiende hoy?
floor-walk-in-verdict-missing = Diga si la oficina le atiende hoy.
floor-walk-in-because = Por qué
floor-walk-in-because-hint = Queda en la historia de la consulta. La persona puede pedir verlo.
floor-walk-in-because-missing = Escriba por qué.
floor-walk-in-record = Anotar la decisión
floor-walk-in-wrong-stage = La persona ya está en una oficina, un oficial le llama en este momento o el asunto está cerrado. Abra la consulta para ver cuál.
floor-admit = Sí, recibe un turno
floor-admit-then = Entra ya en la fila. Termina la llamada prometida u otra cita por el mismo asunto.
floor-refuse = No, hoy no
floor-refuse-then = Lo que tiene sigue igual. Un asunto nuevo va a un oficial, y le avisamos.
floor-not-let-in = { $name } no será atendido hoy
floor-not-let-in-next = Un oficial verá el asunto antes de { $moment } y le avisará. Dele este número:
floor-not-let-in-stands = Lo que se le prometió sigue igual. Su número es:

## The kiosk
floor-kiosk-open = Quiosco para la sala
floor-kiosk-open-about = Esta pantalla deja que cada quien registre su llegada hasta la medianoche. Se cierra su sesión en ella.
floor-kiosk-open-do = Hacer de esta pantalla un quiosco
floor-display-open = Pantalla de llamados para la sala
floor-display-open-about = Esta pantalla muestra entonces a quién se llama a qué ventanilla, mientras se use. La sesión de usted se cierra en ella.
floor-display-open-do = Convertir esta pantalla en pantalla de llamados
floor-kiosk-title = Registre su llegada
floor-kiosk-number = Su número de consulta
floor-kiosk-hint = Ocho dígitos. Escríbalos, o ponga el código de su página o carta bajo el lector.
floor-kiosk-do = Registrar
floor-kiosk-none = Si no tiene un número, pase al mostrador.
floor-kiosk-slow = Espere un momento y pruebe otra vez.
floor-kiosk-wrong = Eso no es un número de consulta. Tiene ocho dígitos. Revíselo, por favor.
floor-kiosk-early = Llegó temprano. Puede registrarse desde las { $time }.
floor-kiosk-counter = No podemos registrarle aquí. Por favor, pase al mostrador.
floor-kiosk-ticket = Su llegada está registrada
floor-kiosk-sit = Guarde este número. Lo llamamos en la pantalla.
floor-kiosk-done = Listo
