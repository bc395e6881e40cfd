# Los escritorios del personal: palabras cortas y exactas. Cada "no" dice qué hacer ahora.
## Frame
staff-nav = Escritorio
staff-nav-review = Revisión
staff-nav-callbacks = Llamadas
staff-nav-day = Día de la oficina
staff-nav-post = Cartas
staff-nav-overview = Resumen
staff-sign-out = Salir
staff-signed-out = Usted salió de la sesión.
staff-role-operator = operador
staff-role-officer = oficial
staff-role-clerk = empleado de oficina
staff-role-office-manager = gerente de oficina
staff-role-supervisor = supervisor
staff-role-analyst = analista de políticas
staff-role-administrator = administrador
staff-role-auditor = auditor
staff-keys = La letra junto a una acción es su tecla: presiónela con Alt (Control y Option en una Mac).
staff-find = Buscar
staff-find-label = Número de consulta
staff-find-hint = Número de consulta
staff-find-title = No se encontró la consulta
staff-number-not-eight = Un número de consulta tiene ocho dígitos. Pida a la persona que lo lea otra vez.
staff-number-wrong-digit = Un dígito está mal o dos están cambiados. Pida a la persona que lo lea otra vez.
staff-number-unknown = No hay una consulta con ese número.
staff-filter = Filtrar
staff-choose = Elija
staff-yes = sí
staff-no = no
staff-office = Oficina
staff-pages = Páginas de esta lista
staff-page-before = Página anterior
staff-page-n = Página { $n }
staff-page-after = Página siguiente
staff-news-look = Ver
staff-news-inquiry = Esta consulta cambió desde que usted la abrió.

## Sign-in
staff-sign-in-title = Entrada del personal
staff-sign-in-name = Nombre
staff-sign-in-password = Contraseña
staff-sign-in = Entrar
staff-sign-in-help = Si olvidó su contraseña, pregunte a su administrador.
staff-sign-in-wrong = Nombre o contraseña incorrectos. Revise los dos e intente otra vez.

## Words of the desk
staff-urgency-urgent = Urgente
staff-urgency-regular = Normal
staff-urgency-then-urgent = Se le llama en un día y se le atiende primero.
staff-urgency-then-regular = Se le llama y atiende en su turno. Cuenta la fecha del primer contacto, no la de hoy.
staff-stage-review = Por revisar
staff-stage-papers = Espera papeles
staff-stage-promised = Llamada prometida
staff-stage-calling = En llamada
staff-stage-spoken = Por decidir
staff-stage-unreached = No se pudo hablar
staff-stage-to-book = Por dar cita
staff-stage-booked = Con cita
staff-stage-checked-in = En la oficina
staff-stage-closed = Cerrada
staff-meaning-review = Un oficial debe verla.
staff-meaning-papers = La persona debe mostrar papeles; su lugar se guarda.
staff-meaning-promised = Un oficial debe una llamada.
staff-meaning-calling = Un oficial está llamando ahora.
staff-meaning-spoken = Se habló con la persona; falta decidir qué necesita.
staff-meaning-unreached = Todos los intentos fallaron; un oficial la mira otra vez.
staff-meaning-to-book = Se necesita una visita y todavía no tiene hora.
staff-meaning-booked = Hay una cita.
staff-meaning-checked-in = La persona está en una oficina ahora.
staff-closing-served = atendida en la oficina
staff-closing-by-phone = resuelta por teléfono
staff-closing-by-mail = por correo
staff-closing-elsewhere = dirigida a otro lugar
staff-closing-withdrawn = retirada por la persona
staff-decision-urgency = Urgencia
staff-decision-need = Necesidad
staff-decision-fit = Oficina y hora
staff-fit-serving = la oficina que atiende el domicilio
staff-fit-other = otra oficina
staff-need-visit = Una visita
staff-need-mail = Por correo
staff-need-phone = Resuelto por teléfono
staff-need-papers = Primero los papeles
staff-need-elsewhere = No es aquí
staff-outcome-reached = Se habló con la persona
staff-outcome-no-answer = No contestó
staff-outcome-busy = Ocupado
staff-outcome-machine = Contestó una máquina
staff-outcome-declined = No quiso hablar
staff-outcome-wrong-number = Número equivocado
staff-outcome-line-fault = Falló nuestra línea
staff-lang-en = inglés
staff-lang-es = español
staff-due-nobody = nada pendiente
staff-overdue = Atrasadas
staff-actor-person = La persona
staff-actor-system = El sistema
staff-officer-me = yo
staff-officer-any = cualquier oficial
staff-tag-relay = Servicio de retransmisión
staff-tag-interpreter = Intérprete
staff-recommended = recomendado

## Columns
staff-col-urgency = Urgencia
staff-col-person = Persona
staff-col-reason = Motivo
staff-col-office = Oficina
staff-col-stage = Etapa
staff-col-since = Espera desde
staff-col-due = Plazo
staff-col-number = Consulta
staff-col-state = Estado
staff-col-window = Horario prometido
staff-col-officer = Oficial
staff-col-tries = Intentos
staff-col-time = Hora
staff-col-do = Hacer
staff-col-meaning = Qué significa
staff-col-count = Cantidad
staff-col-job = Trabajo
staff-col-why = Por qué
staff-col-row = Regla
staff-col-fired = Se aplica
staff-col-facts = Datos que miró

## Review
staff-review-title = Revisión
staff-review-caption = Lo que un oficial debe ver, primero lo más urgente
staff-review-all = Mostrar todas las oficinas
staff-review-empty = Nada espera revisión.
staff-review-empty-next = Aquí aparecen solas las solicitudes nuevas, las personas con quienes se habló y las que no se pudo encontrar.
staff-review-empty-office = Nada espera revisión en esta oficina.
staff-office-all = Todas las oficinas
staff-office-filter = Oficina que atiende a la persona
staff-news-review =
    { $n ->
        [one] Hay 1 fila nueva.
       *[other] Hay { $n } filas nuevas.
    }

## Callbacks
staff-callbacks-title = Llamadas
staff-callbacks-caption = Llamadas prometidas de hoy y mañana, primero las atrasadas
staff-callbacks-mine = Sus llamadas y las que puede hacer cualquier oficial. Las horas son las de la persona; las de usted están en gris cuando son otras.
staff-callbacks-all = Todas las llamadas prometidas. Las horas son las de la persona; las de usted están en gris cuando son otras.
staff-callbacks-empty = No hay llamadas prometidas para hoy ni mañana.
staff-callbacks-empty-next = Prometa una desde una consulta en
staff-callbacks-call = Llamar
staff-call-running = En llamada
staff-call-broken = Promesa incumplida
staff-call-retry-late = Reintento atrasado
staff-call-now = Llamar ahora
staff-tries-none = ninguno
staff-tries =
    { $n ->
        [one] 1 intento
       *[other] { $n } intentos
    }
staff-news-callbacks =
    { $n ->
        [one] 1 llamada es nueva o cambió.
       *[other] { $n } llamadas son nuevas o cambiaron.
    }

## The calendar of promised calls
staff-cal-views = Vistas
staff-cal-view-list = Hoy y mañana
staff-cal-view-day = Día
staff-cal-view-week = Semana
staff-cal-when = Otras fechas
staff-cal-before-day = El día anterior
staff-cal-before-week = La semana anterior
staff-cal-after-day = El día siguiente
staff-cal-after-week = La semana siguiente
staff-cal-today = Hoy
staff-cal-day = Ir a una fecha
staff-cal-go = Ir
staff-cal-whose = De quién son las llamadas
staff-cal-own-both = Las suyas y las de cualquiera
staff-cal-own-mine = Las suyas
staff-cal-own-pool = Las de cualquiera
staff-cal-all-both = Todas
staff-cal-all-held = Las que tiene un oficial
staff-cal-all-pool = Las de cualquiera
staff-cal-zone = Las horas son las de usted: { $zone }. Las de la persona están debajo cuando son otras.
staff-cal-late =
    { $n ->
        [one] 1 llamada de antes está atrasada.
       *[other] { $n } llamadas de antes están atrasadas.
    }
staff-cal-late-look = Ver la lista
staff-cal-more = Estas son las primeras { $n } llamadas. Para ver las demás, mire un solo día o las llamadas de menos personas.
staff-cal-empty-day = No hay llamadas prometidas para este día.
staff-cal-empty-week = No hay llamadas prometidas para esta semana.
staff-cal-week-of = Del { $first } al { $last }
staff-cal-hour = Hora
staff-cal-off = Fuera de turno
staff-cal-span = { $from } a { $until }
staff-cal-promised = Prometida
staff-cal-window = Horario: { $window }
staff-cal-theirs = Para la persona, { $window }, { $zone }
staff-cal-taken-over = Pasó a otra persona: { $officer } no estaba.
staff-story-taken-over-officer = El oficial que tenía la llamada no estaba. Pasó a { $officer }.
staff-story-taken-over-officer-absent = El oficial que tenía la llamada no estaba. Pasó a quien esté de turno.
staff-story-taken-over-no-longer = Quien hacía la llamada ya no hace ninguna. Quien esté de turno dice cómo terminó.
staff-story-taken-over-nobody-there = El oficial que tenía la llamada no estaba, ni nadie más que pueda hacerla. Espera a quien entre de turno.

## Inquiry: where it stands, read aloud
staff-stands-review = Espera revisión desde { $since }
staff-stands-papers =
    { $n ->
        [one] Espera 1 papel, pedido { $since }
       *[other] Espera { $n } papeles, pedidos { $since }
    }
staff-stands-promised = Llamada prometida { $window }
staff-stands-calling = { $officer } está llamando desde { $since }
staff-stands-spoken = { $officer } habló con la persona { $since }; falta decidir qué necesita
staff-stands-unreached = No se pudo hablar; último intento { $since }
staff-stands-to-book = Necesita una visita, decidido { $since }; todavía sin hora
staff-stands-booked = Cita { $moment } en { $office }
staff-stands-checked-in = En la oficina con el turno { $ticket }, llegó { $since }
staff-stands-closed = Cerrada { $since }: { $how }

## Inquiry: acts, what they lead to, what their button says, what is told when they are done
staff-acts-title = Qué se puede hacer
staff-act-urgency = Decidir la urgencia
staff-act-papers = Pedir papeles
staff-act-papers-complete = Los papeles están completos
staff-act-promise = Prometer una llamada
staff-act-move-call = Cambiar la hora de la llamada
staff-act-cancel-call = Cancelar la llamada
staff-act-call = Llamar ahora
staff-act-outcome = ¿Cómo terminó la llamada?
staff-act-need = Decidir qué se necesita
staff-act-book = Dar una cita
staff-act-move = Cambiar la cita
staff-act-cancel = Cancelar la cita
staff-act-office = Elegir otra oficina
staff-then-urgency = Cambia el plazo para verla. La persona lo ve con su razón en su página.
staff-then-papers = Sale un mensaje. La consulta guarda su lugar y vuelve aquí cuando estén los papeles.
staff-then-papers-complete = La consulta vuelve a su lugar anterior. No sale ningún mensaje.
staff-then-promise = Sale un mensaje. Alguien debe llamar en esa hora; si no, se intenta otra vez y se ve aquí.
staff-then-move-call = Sale un mensaje. Se toma la hora nueva antes de soltar la anterior.
staff-then-cancel-call = Sale un mensaje. La consulta vuelve a la lista de revisión.
staff-then-call = Desde este momento la página de la persona dice que un oficial está llamando.
staff-then-outcome = A quien no contesta se le intenta otra vez según las reglas; se le avisa después del primer intento.
staff-then-need = Sale un mensaje. Todo menos una visita o papeles cierra la consulta.
staff-then-book = El lugar se guarda mientras usted lee el mensaje; después sale el mensaje con un archivo de calendario.
staff-then-move = Sale un mensaje que actualiza el calendario. Se toma el lugar nuevo antes de soltar el anterior.
staff-then-cancel = Sale un mensaje. La necesidad sigue decidida: la persona recibe otra hora.
staff-then-office = Desde ahora la consulta es de esa oficina. La razón queda en el registro.
staff-do-act-urgency = Decidir
staff-do-act-papers = Pedir estos papeles
staff-do-act-papers-complete = Los papeles están completos
staff-do-act-promise = Prometer esta llamada
staff-do-act-move-call = Cambiar la llamada
staff-do-act-cancel-call = Cancelar la llamada
staff-do-act-call = Estoy llamando ahora
staff-do-act-outcome = Registrar
staff-do-act-need = Decidir y enviar
staff-do-act-book = Dar la cita y enviar
staff-do-act-move = Cambiar y enviar
staff-do-act-cancel = Cancelar y enviar
staff-do-act-office = Cambiar la oficina
staff-did-act-urgency = La urgencia está decidida.
staff-did-act-papers = Se pidieron los papeles.
staff-did-act-papers-complete = La consulta está otra vez en su lugar.
staff-did-act-promise = La llamada está prometida.
staff-did-act-move-call = La llamada cambió de hora.
staff-did-act-cancel-call = La llamada está cancelada.
staff-did-act-call = Usted está en la llamada. Diga primero la frase de la persona.
staff-did-act-outcome = La llamada está registrada.
staff-did-act-need = Está decidido y se le avisa a la persona.
staff-did-act-book = La cita está dada y se le avisa a la persona.
staff-did-act-move = La cita cambió y se le avisa a la persona.
staff-did-act-cancel = La cita está cancelada y se le avisa a la persona.
staff-did-act-office = La consulta es de la otra oficina.
staff-see = Ver lo que leerá { $name }
staff-preview-title = { $name } leerá esto
staff-preview-mail = Mensaje
staff-preview-no-mail = No hay correo electrónico: la persona lo lee en su página.
staff-preview-held = Guardado para usted hasta: { $time }
staff-preview-change = Cambiarlo
staff-stale = Esto cambió. Mire otra vez
staff-stale-next = Alguien fue más rápido. Abajo está cómo va ahora; lo que usted escribió se guarda donde todavía sirve. No se hizo nada de lo suyo.
staff-nothing-closed = Esta consulta está cerrada. No se puede hacer nada más con ella.
staff-nothing-day = La visita se atiende en la oficina.
staff-nothing-role = Ahora no hay nada aquí para su función.
staff-call-not-yet = Puede llamar cuando empiece el horario:
staff-call-colleague = { $officer } está en esta llamada.
staff-call-left = { $officer } empezó esta llamada y ya no hace ninguna.
staff-call-left-next = Diga cómo terminó, si lo sabe. Si nadie lo dice en media hora, la llamada se debe otra vez.
staff-call-unsaid = Nadie ha dicho cómo terminó
staff-call-from = Se puede llamar desde { $moment }.
staff-call-hours = Buenas horas para llamar, en palabras de la persona

## Inquiry: forms
staff-because = Por qué se aparta de la recomendación
staff-because-hint = Solo hace falta entonces. Queda en el registro con su nombre.
staff-because-needed = Su decisión se aparta de la recomendación. Escriba por qué.
staff-review-mark = pidió una revisión
staff-review-asked = La persona pide una revisión
staff-review-of = De esta decisión: { $what } ({ $by }).
staff-review-not-you = Usted mismo decidió esto: otro oficial debe decidir sobre la revisión.
staff-review-how = Decida abajo qué necesita el asunto: lo mismo que antes confirma la decisión, otra cosa la cambia.
staff-review-because = Por qué queda o cambia
staff-review-because-hint = La persona lo lee. Escríbaselo a ella, en su idioma.
staff-review-because-needed = La persona pidió una revisión. Escríbale por qué queda o cambia.
staff-fault-choose = Elija una opción.
staff-fault-papers = Elija al menos un papel.
staff-fault-window = Elija una hora para la llamada.
staff-fault-place = Elija un lugar.
staff-fault-office = Elija una oficina.
staff-fault-office-because = Escriba por qué no es la oficina que atiende el domicilio.
staff-urgency-legend = ¿Qué tan pronto se debe atender?
staff-papers-legend = ¿Qué papeles faltan?
staff-papers-hint = Ya están elegidos los que la persona no ha mostrado.
staff-windows-legend = ¿Cuándo?
staff-windows-hint = Horas según el reloj de la persona, { $zone }.
staff-window-hours = { $from } a { $to }
staff-window-here = suya { $time }
staff-window-left =
    { $n ->
        [one] queda 1
       *[other] quedan { $n }
    }
staff-windows-none = Ahora no se puede prometer ninguna hora.
staff-windows-none-next = Todas las horas que los oficiales pueden cumplir están ocupadas. Mire más tarde o avise a un supervisor.
staff-owner-legend = ¿Quién llama?
staff-owner-me = Yo
staff-owner-me-hint = Se guarda un rato de su tiempo en esa hora.
staff-owner-any = Cualquier oficial de turno
staff-owner-any-hint = Aparece en la lista de todos.
staff-dial = Marque
staff-phrase = Diga esta frase
staff-call-code = El código de esta llamada, si lo piden
staff-outcome-legend = ¿Cómo terminó?
staff-outcome-then-reached = Abre la decisión.
staff-outcome-then-no-answer = Se intenta otra vez según las reglas.
staff-outcome-then-busy = Se intenta otra vez según las reglas.
staff-outcome-then-machine = Se intenta otra vez según las reglas.
staff-outcome-silent = No deje ningún mensaje.
staff-outcome-then-declined = Se sigue según las reglas.
staff-outcome-then-wrong-number = No se intenta otra vez; se pide a la persona que elija otra hora.
staff-outcome-then-line-fault = Se intenta pronto otra vez; no cuenta como intento.
staff-tries-title = Llamadas hechas
staff-tries-next = Próxima llamada { $moment }, porque: { $why }.
staff-tries-of = Llamadas hechas para esta promesa: { $made } de { $most } como máximo.
staff-tries-renewed = No se habló con nadie en el horario anterior; este se prometió según las reglas.
staff-tries-then-choose = No se llama más. Se avisó a la persona, que puede elegir otra hora.
staff-tries-then-letter = No se llama más. Escriba una carta a la persona: no se le puede avisar de otro modo.
staff-tries-then-promise = No se llama más. No había otro horario libre que prometer; la persona puede elegir otra hora.
staff-need-legend = ¿Qué necesita el asunto?
staff-need-missing = Qué papeles, si primero van los papeles
staff-wording-label = Con otras palabras, en { $lang }
staff-wording-hint = Si lo deja vacío, la persona lee la frase junto a su opción.
staff-sentence-visit = Usted necesita venir a una oficina. Buscaremos una hora con usted.
staff-sentence-mail = Le enviaremos por correo lo que necesita. No tiene que venir.
staff-sentence-phone = Lo resolvimos por teléfono. No tiene que venir.
staff-sentence-papers = Primero necesitamos algunos papeles. Su lugar se guarda.
staff-sentence-elsewhere = No podemos hacer esto aquí. El oficial le dijo dónde se puede hacer.
staff-office-to = ¿A qué oficina?
staff-office-because = ¿Por qué no la oficina que atiende el domicilio?
staff-office-because-hint = Queda en el registro con su nombre.
staff-place-office = Oficina
staff-place-look = Ver sus lugares
staff-place-legend = ¿Qué lugar?
staff-place-hint = Horas de la oficina, { $zone }.
staff-place-chosen = Elegido
staff-place-best = Lo que mejor conviene
staff-place-elsewhere = Lo mejor en otras oficinas
staff-place-at = { $office }, { $state }: { $day }, { $time }
staff-place-sooner =
    { $n ->
        [one] 1 día antes que en { $office }.
       *[other] { $n } días antes que en { $office }.
    }
staff-place-as-soon = El mismo día que en { $office }.
staff-place-behind =
    { $n ->
        [one] 1 día después que en { $office }.
       *[other] { $n } días después que en { $office }.
    }
staff-place-same-state = En el mismo estado.
staff-place-its-clock = Según el reloj de allá, { $zone }.
staff-place-day =
    { $n ->
        [one] { $day }: 1 lugar
       *[other] { $day }: { $n } lugares
    }
staff-place-reserve = reserva de emergencia
staff-place-first = Primeros días
staff-place-later = Días siguientes
staff-place-bring = Traer también, en { $lang }
staff-place-bring-hint = Una cosa en cada línea. Se agrega a la lista.
staff-place-because = Por qué esta oficina
staff-place-because-hint = Hace falta cuando no es la que atiende el domicilio.
staff-why-fits-preference =
    { $n ->
        [one] Coincide con el primer deseo de la persona.
       *[other] Coincide con el deseo número { $n } de la persona.
    }
staff-why-no-preference-free = No hay lugar en las horas que la persona deseaba.
staff-why-keeps-clear = Evita las horas en que la persona no puede venir.
staff-why-nearest-to-target =
    { $off ->
        [0] En el día de la meta, { $day }.
        [one] Lo más cerca de la meta, { $day } (a 1 día hábil).
       *[other] Lo más cerca de la meta, { $day } (a { $off } días hábiles).
    }
staff-why-earliest-because-urgent =
    { $n ->
        [one] El primero que hay, porque es urgente (dentro de 1 día hábil).
       *[other] El primero que hay, porque es urgente (dentro de { $n } días hábiles).
    }
staff-why-late-though-urgent = Urgente y más tarde de lo debido: { $days } días hábiles en vez de { $n }. No hay nada antes.

## Inquiry: the policy
staff-policy-says = La política recomienda
staff-policy-note = Nota para usted
staff-policy-rule = Regla { $row }, versión { $version }.
staff-policy-tried =
    { $n ->
        [one] Se probó 1 regla
       *[other] Se probaron { $n } reglas
    }
staff-policy-always = se aplica cuando ninguna otra lo hace
staff-fact-reason = Motivo
staff-fact-route = Qué va primero
staff-fact-channel = Cómo llegó
staff-fact-case-status = Estado del caso
staff-fact-waited-days = Días desde el primer contacto
staff-fact-has-all-papers = Tiene todos los papeles requeridos
staff-fact-missed-visits = Citas perdidas
staff-fact-missed-calls = Llamadas perdidas
staff-fact-urgency = Urgencia
staff-fact-serving-place-in-days = Días hábiles hasta el primer lugar en su oficina
staff-fact-unknown = no se sabe

## Inquiry: the matter
staff-matter-title = El asunto
staff-matter-words = En palabras de la persona
staff-matter-no-words = La persona no escribió nada.
staff-matter-answers = Respuestas
staff-matter-no-answers = No se contestó ninguna pregunta.
staff-matter-papers = Lista de papeles
staff-paper-has = Tiene
staff-paper-missing = Falta
staff-paper-optional = No es obligatorio
staff-case-title = Caso
staff-case-none = La persona no mencionó un caso.
staff-case-unknown = Los registros de la agencia no conocen ese caso. Pida a la persona que lea el número otra vez.
staff-case-down = Ahora no se puede consultar los registros de la agencia. Cargue la página otra vez en unos minutos; lo demás de esta página está bien.
staff-case-changed = Cambiado { $updated }.
staff-case-kept = Ahora no se puede consultar los registros de la agencia. Esto es lo que decían antes.
staff-case-dates = Recibido { $received }, cambiado { $updated }.
staff-case-as-of = Según los registros
staff-decisions-title = Decidido hasta ahora
staff-decision-because = Se aparta de la recomendación

## Inquiry: who
staff-who-title = La persona
staff-who-lang = Habla
staff-who-from = Nuestras llamadas salen de
staff-who-say = Si contesta otra persona
staff-who-say-yes = se puede decir quién llama
staff-who-say-no = no se debe decir quién llama
staff-who-machine = Si contesta una máquina
staff-who-machine-yes = la línea puede dejar su mensaje
staff-who-machine-no = no se deja mensaje
staff-who-discreet = Se escribe sin decir nada del asunto
staff-who-relay = La llamada pasa por un servicio de retransmisión: tome más tiempo y no cuelgue si hay silencio.
staff-who-needs = Necesita
staff-who-representative = Representante
staff-who-on-file = El formulario que le permite actuar está registrado.
staff-who-not-on-file = Sin formulario registrado: hable solo con la persona.
staff-who-mail = Correo electrónico
staff-who-no-mail = ninguno: los mensajes se leen en la página de la consulta
staff-who-texts = Mensajes de texto
staff-who-calls = Llamadas automáticas
staff-who-post = Las cartas van a
staff-who-clock = Su reloj marca
staff-who-first = Primer contacto
staff-who-zip = (código postal { $zip })
staff-who-missed = Citas perdidas
staff-notices-title = Mensajes
staff-notices-none = Todavía ninguno.
staff-worded = redacción: { $version }
staff-notice-request-received = Solicitud recibida
staff-notice-papers-needed = Papeles necesarios
staff-notice-callback-promised = Llamada prometida
staff-notice-callback-moved = Llamada cambiada
staff-notice-callback-cancelled = Llamada cancelada
staff-notice-callback-reminder = Recordatorio de la llamada
staff-notice-callback-missed = No se pudo hablar
staff-notice-promise-broken = Promesa incumplida
staff-notice-decision-made = Decisión
staff-notice-review-asked = Revisión pedida
staff-notice-review-decided = Revisión decidida
staff-notice-appointment-booked = Cita dada
staff-notice-appointment-moved = Cita cambiada
staff-notice-appointment-cancelled = Cita cancelada
staff-notice-appointment-reminder = Recordatorio de la cita
staff-notice-appointment-confirm = Se pidió confirmar la cita
staff-notice-appointment-released = Cita liberada por no confirmarse
staff-notice-earlier-offered = Se ofreció una hora más temprana
staff-notice-appointment-missed = Cita perdida
staff-notice-day-closed = La oficina cierra el día de la visita
staff-notice-day-reopened = Visita de vuelta a su hora anterior
staff-notice-inquiry-closed = Consulta cerrada
staff-notice-link-resent = Enlace enviado otra vez
staff-notice-contact-changed = Aviso de que cambió el contacto
staff-notice-proof-changed = Aviso de que se corrigió lo que abre la consulta
staff-notice-text-answer = Respuesta a un texto
staff-carrier-email = correo electrónico
staff-carrier-text = texto
staff-carrier-post = carta
staff-carrier-call = llamada automática
staff-delivery-queued = por salir,
staff-delivery-to-print = espera a ser impresa,
staff-delivery-delayed =
    { $n ->
        [one] demorado después de 1 intento,
       *[other] demorado después de { $n } intentos,
    }
staff-delivery-sent = enviado
staff-delivery-arrived = llegó
staff-delivery-failed = no se pudo enviar,
staff-delivery-dropped = no se envió, ya no era cierto,

## Inquiry: the story
staff-recordings-title = Grabaciones
staff-recordings-hint = Queda anotado que usted las escucha.
staff-recording-of = { $moment }, con { $by }
staff-recording-pauses = { $n ->
        [one] Con una pausa.
       *[other] Con { $n } pausas.
    }
staff-recording-runs = Todavía se está grabando.
staff-recording-open = Abrir el archivo de sonido
staff-recording-gone = Esta grabación no está aquí.
staff-recording-gone-next = Se borró al terminar su plazo, o está en otro de sus servidores.
staff-story-recording-begun = Desde aquí se graba una llamada.
staff-story-recording-paused = La grabación se puso en pausa.
staff-story-recording-resumed = La grabación siguió.
staff-story-recording-ended = La grabación terminó.
staff-story-recording-refused = La persona no quiso que se grabara. No se guarda nada.
staff-story-recording-failed = La grabación falló.
staff-story-recording-played = Escuchó una grabación.
staff-story-recording-deleted = Se borró una grabación.
staff-story-title = Historia
staff-story-more =
    { $n ->
        [one] Lecturas y mensajes: 1
       *[other] Lecturas y mensajes: { $n }
    }
staff-story-when = { $who }, { $ago } ({ $moment })
staff-story-departed = Se aparta de la recomendación.
staff-story-request-received = Pidió una cita en persona. Le toca la oficina { $office }.
staff-story-urgency-decided = Urgencia decidida: { $urgency }.
staff-story-papers-asked = Papeles pedidos: { $papers }.
staff-story-papers-complete = Los papeles están completos.
staff-story-callback-promised = Se prometió una llamada { $window }.
staff-story-callback-moved = La llamada cambió a { $window }.
staff-story-callback-cancelled = Se canceló la llamada: { $window }.
staff-story-callback-taken = Tomó la llamada.
staff-story-call-started = Empezó a llamar, intento { $n }.
staff-story-rang-back = La persona devolvió la llamada y espera que la comuniquen.
staff-story-rang-back-number = Alguien devolvió la llamada desde el número de la persona y espera que lo comuniquen. No mostró quién es.
staff-story-call-theirs = Tomó la llamada de quien la devolvió. Diga cómo terminó.
staff-story-call-ended = La llamada terminó: { $outcome }.
staff-story-call-ended-next = La llamada terminó: { $outcome }. Próximo intento { $moment }.
staff-story-retry-late = El intento { $n } no se hizo a tiempo; puede hacerlo cualquier oficial de turno.
staff-story-promise-broken = Nadie llamó en el horario prometido: { $window }.
staff-story-unreached = Todos los intentos fallaron. La persona puede elegir otra hora.
staff-story-need-decided = Necesidad decidida: { $need }.
staff-story-review-asked = La persona pidió una revisión, para { $moment }.
staff-story-review-upheld = Revisado: queda como estaba.
staff-story-review-changed = Revisado: se cambió.
staff-story-appointment-booked = Cita dada en { $office }, { $moment }.
staff-story-appointment-moved = Cita cambiada a { $office }, { $moment }.
staff-story-day-closed = La oficina cerró el día de la visita ({ $moment }).
staff-story-new-place-kept = La persona se queda con el lugar nuevo.
staff-story-day-reopened = La oficina abrió ese día después de todo.
staff-story-appointment-cancelled = Cita cancelada: { $moment }.
staff-story-appointment-released = La cita no se confirmó y su lugar quedó libre.
staff-story-confirmation-asked = Se preguntó a la persona si viene.
staff-story-earlier-asked = La persona podría venir antes.
staff-story-earlier-stopped = La persona ya no quiere venir antes.
staff-story-earlier-offered = Se ofreció una hora más temprana: { $moment }.
staff-story-earlier-taken = La persona tomó la hora más temprana.
staff-story-earlier-declined = La persona no quiso la hora más temprana.
staff-story-earlier-lapsed = La persona no respondió a tiempo. La hora pasó a otros.
staff-story-appointment-confirmed = La persona dice que vendrá.
staff-story-texts-agreed = La persona aceptó mensajes de texto.
staff-story-texts-stopped = La persona no quiere más mensajes de texto.
staff-story-calls-agreed = La persona aceptó llamadas automáticas.
staff-story-calls-stopped = La persona no quiere más llamadas automáticas.
staff-story-post-agreed = La persona dijo adónde van las cartas.
staff-story-post-stopped = La persona no quiere más cartas.
staff-story-untold = No se pudo avisar a la persona por ningún medio, por favor llámela: { $kind }.
staff-story-letter = Carta impresa.
staff-post-title = Cartas por enviar
staff-post-empty = Ninguna carta espera.
staff-post-empty-next = Aquí llegan las cartas de quien no tiene correo electrónico ni quiere textos, o a quien esos no le llegaron.
staff-post-print = Descargue las cartas e imprímalas, cada una por un lado.
staff-post-fold = Doble cada una en tres, con la dirección al frente, en un sobre n.º 10 con ventana.
staff-post-say = Cuando todas estén en el correo, dígalo aquí.
staff-post-download =
    { $n ->
        [one] Descargar una carta (PDF)
       *[other] Descargar { $n } cartas (PDF)
    }
staff-post-posted = Ya están en el correo
staff-post-done =
    { $n ->
        [0] No había nada en este grupo.
        [one] Una carta está en el correo.
       *[other] { $n } cartas están en el correo.
    }
staff-post-caption = Cartas de este grupo, primero la más antigua
staff-post-letter = Carta
staff-post-waits = Espera desde
staff-post-outdated = ya no es cierta: no se imprime y se descarta con el grupo
staff-story-checked-in = Llegó a la oficina, turno { $ticket }.
staff-story-ticket-called = Se llamó el turno { $ticket } a la ventanilla { $counter }.
staff-story-served = Fue atendida.
staff-story-no-show = No vino.
staff-story-closed = Cerrada: { $how }.
staff-story-office-changed = La oficina cambió de { $from } a { $to }.
staff-story-held = Se guardó un lugar mientras se hablaba: { $moment }.
staff-story-hold-expired = El lugar guardado está libre otra vez: { $moment }.
staff-story-notice-queued = Mensaje por salir: { $kind }.
staff-story-notice-sent = Mensaje enviado: { $kind }.
staff-story-notice-failed = No se pudo enviar el mensaje: { $kind }.
staff-story-notice-dropped = Mensaje no enviado, ya no era cierto: { $kind }.
staff-story-notice-arrived = El mensaje llegó: { $kind }.
staff-story-notice-lost = El mensaje se envió y no llegó: { $kind }.
staff-story-read = Leyó esta consulta.
staff-story-wait-joined = Pidió hablar con un operador.
staff-story-wait-rejoined = Llamó otra vez y espera en el mismo lugar.
staff-story-wait-returned = Llamó de nuevo cuando la espera ya había terminado, y tiene el mismo turno.
staff-story-wait-kept = No está en la línea; guardamos su lugar y devolvemos la llamada.
staff-story-wait-offered = Se ofreció la llamada a un operador.
staff-story-wait-declined = El operador no la tomó; se guarda el lugar.
staff-story-wait-unanswered = El operador no contestó; se guarda el lugar.
staff-story-wait-accepted = Un operador tomó la llamada.
staff-story-wait-reached = Se le devolvió la llamada y contestó.
staff-story-wait-missed = Se le devolvió la llamada y no contestó.
staff-story-wait-cut-off = El operador perdió la conexión; se guarda el lugar.
staff-story-wait-transferred = Pasó a otros; se guarda el lugar.
staff-story-wait-sent-out = Se pasó a una línea de fuera, a la que se llama; se guarda el lugar.
staff-story-wait-outside-answered = La línea de fuera contestó.
staff-story-wait-outside-failed = La línea de fuera no contestó; se guarda el lugar.
staff-story-wait-moved = Pasó a otra fila; se guarda el lugar.
staff-story-wait-handed-over = Un colega tomó la llamada.
staff-story-wait-taken-down = Un operador anotó lo que pidió la persona.
staff-story-wait-over = La espera de un operador terminó.
staff-story-wait-disposed = El operador anotó cómo terminó la llamada.
staff-story-legal-hold-set = Bajo retención legal: no se puede borrar nada.
staff-story-legal-hold-lifted = Se levantó la retención legal.
staff-story-erasure-asked = Se pidió borrar todo sobre la persona.
staff-story-erasure-declined = Se rechazó borrar todo sobre la persona.
staff-story-looked-for = Un auditor miró quién leyó esto.
staff-story-calendar = El calendario de la persona preguntó qué está prometido.
staff-story-exported = Se entregó a la persona todo lo que se guarda sobre ella.
staff-story-conflict-set = Esta consulta ya no se muestra a { $name }
staff-story-conflict-lifted = Esta consulta vuelve a mostrarse a { $name }
staff-story-protection-set = La persona está protegida
staff-story-protection-lifted = La persona ya no está protegida
staff-story-link-resent = Pidió un enlace nuevo.
staff-story-corrected = La persona corrigió: { $what }.
staff-story-corrected-telephone = Corregido, como la persona dijo por teléfono: { $what }.
staff-story-corrected-office = Corregido, como la persona dijo en una oficina: { $what }.
staff-story-corrected-writing = Corregido, como la persona escribió: { $what }.
staff-correct = Corregir lo registrado
staff-correct-about = Solo porque la persona lo dice, y cuando usted se ha asegurado de quién es. El número o la dirección de antes recibe un aviso del cambio, y los enlaces que ya salieron no abren nada más.
staff-correct-how-hint = Queda en la historia con su nombre.
staff-correct-do = Guardarlo
staff-proof = Corregir la fecha de nacimiento o el número
staff-proof-about = Solo cuando la persona ha mostrado quién es: con estos datos abre su consulta. Lo que está registrado no se muestra. Vale para todo lo que ha pedido. Le avisamos que se corrigió.
staff-proof-born = Fecha de nacimiento, como debe ser
staff-proof-stays = Si queda vacío, no cambia.
staff-proof-how = Cómo lo mostró
staff-proof-because = Qué mostró y qué estaba mal
staff-proof-because-hint = Queda en la historia. No escriba números de documentos.
staff-proof-because-missing = Diga qué mostró y qué estaba mal.
staff-proof-nothing = Diga qué se debe corregir.
staff-did-correct = Está corregido.
staff-recorded-what-name = nombre
staff-recorded-what-phone = teléfono
staff-recorded-what-email = correo electrónico
staff-recorded-what-language = idioma
staff-recorded-what-call-hours = horas para una llamada
staff-recorded-what-phrase = frase
staff-recorded-what-say-who = si podemos decir quién llama
staff-recorded-what-no-message = si se puede dejar un mensaje
staff-recorded-what-discreet = qué mensajes no dicen nada del asunto
staff-recorded-what-relay = servicio de retransmisión
staff-recorded-what-interpreter = intérprete
staff-recorded-what-accommodation = adaptaciones
staff-recorded-what-zip = código ZIP
staff-recorded-what-preferred = horas preferidas
staff-recorded-what-representative = representante
staff-recorded-what-born = fecha de nacimiento
staff-recorded-what-file-number = número con la agencia
staff-story-who-calls = Vio esta consulta cuando sonó una llamada de su número.
staff-contact-way-in = Llamó a la línea.
staff-contact-way-browser = Llamó a la línea desde la página pública.
staff-contact-way-out = La llamamos nosotros.
staff-contact-end-line = La línea dijo lo que se preguntó.
staff-contact-end-operator = Habló con un operador.
staff-contact-end-transferred = Se pasó la llamada.
staff-contact-end-call-back = Eligió que le devolvamos la llamada.
staff-contact-end-kept-place = La llamada terminó mientras esperaba; se guarda el lugar.
staff-contact-end-left = Colgó sin respuesta.
staff-contact-end-reached = Contestó.
staff-contact-end-not-reached = No contestó.
staff-contact-end-fault = La llamada falló.
staff-contact-minutes = ({ $n ->
    [one] 1 minuto
   *[other] { $n } minutos
})
staff-contact-unproved = Dio el número de esta consulta y no demostró que fuera suya.
staff-contact-waited = Esperó { $n ->
    [one] 1 minuto
   *[other] { $n } minutos
} a un operador.
staff-contact-waited-told = Esperó { $n ->
    [one] 1 minuto
   *[other] { $n } minutos
} a un operador; se le dijo de { $least } a { $most }.
staff-story-listened-began = { $by } empezó a escuchar una llamada de { $to }.
staff-story-listened-changed = A { $by } le oyen otros en una llamada de { $to }.
staff-story-listened-ended = { $by } dejó de escuchar una llamada de { $to }.
staff-listened-listen = Nadie lo oyó.
staff-listened-whisper = Solo lo oyó el colega.
staff-listened-barge = Lo oyeron todos en la llamada.
staff-contact-outside = { $by } pasó la llamada a { $to }.
staff-contact-outside-answered = Allí contestaron.
staff-contact-outside-back = Allí nadie contestó, y la persona volvió a la línea.
staff-contact-listened = { $by } escuchó a { $to }: { $why }.
staff-contact-with = Con { $name }.
staff-contact-looked-case-found = Oyó el estado de un caso.
staff-contact-looked-case-none = Marcó un número de caso que no se conoce.
staff-contact-looked-office-found = Oyó dónde está una oficina.
staff-contact-looked-office-none = Marcó un código postal que ninguna oficina atiende.
staff-contact-looked-move-callback-found = Cambió la hora de la llamada.
staff-contact-looked-move-callback-none = No se pudo cambiar la hora de la llamada.
staff-contact-looked-cancel-callback-found = Canceló la llamada.
staff-contact-looked-cancel-callback-none = No se pudo cancelar la llamada.
staff-contact-fault-refused = Se rechazó: la línea estaba llena.
staff-contact-fault-no-agreement = Los dos extremos no acordaron cómo llevar el sonido.
staff-contact-fault-no-sound = No llegó sonido del otro extremo.
staff-contact-fault-trunk-lost = Se perdió la conexión con el troncal.
staff-contact-fault-trunk-silent = El troncal no respondió.
staff-contact-fault-trunk-full = El troncal estaba lleno.
staff-contact-fault-trunk-refused = El troncal rechazó la llamada.
staff-contact-fault-no-trunk = Ningún troncal pudo llevar la llamada.
staff-contact-fault-not-acknowledged = El otro extremo nunca confirmó la llamada.
staff-contact-fault-session-expired = El otro extremo dejó de mantener la llamada.
staff-contact-fault-no-port = No había lugar para su sonido.
staff-contact-fault-browser-gone = El navegador del operador se fue.
staff-contact-fault-voice-slow = La voz tardó.
staff-contact-fault-voice-failed = Algunas palabras no se pudieron decir.
staff-contact-fault-store-slow = Una respuesta tardó.
staff-contact-fault-store-failed = No se pudo obtener una respuesta.
staff-contact-fault-stopped = Se detuvo la línea.
staff-contact-fault-node-lost = Falló la máquina que tenía la llamada.
staff-contact-trunk = Por { $trunk }.
staff-contact-states = Camino por la línea: { $states }.

## Office day
staff-day-title = { $office }: { $day }
staff-day-choose = ¿El día de qué oficina?
staff-day-open = Abrir el día
staff-days = Días
staff-day-before = Día anterior
staff-day-today = Hoy
staff-day-after = Día siguiente
staff-day-by-name = Mostrar nombres con
staff-day-all-names = Mostrar todos
staff-day-number = Número de consulta de quien llegó
staff-day-number-hint = Ocho dígitos, con o sin espacio.
staff-day-number-unknown = Ese número no tiene cita en esta oficina. Busque el nombre en la lista o revise el día en el aviso.
staff-day-counter = Su ventanilla
staff-day-counter-hint = Se guarda en esta computadora por un turno de trabajo.
staff-day-counter-keep = Guardar
staff-day-counter-bad = Escriba su ventanilla con letras y números, como 4 o B2.
staff-day-counter-first = Diga en qué ventanilla está antes de llamar a alguien.
staff-day-caption = Citas por hora, { $zone }
staff-day-empty = No hay citas en este día.
staff-day-empty-next = Las citas aparecen aquí en cuanto un oficial las da.
staff-visit-expected = Se espera
staff-visit-arrived = Llegó
staff-visit-called = Llamada
staff-visit-aside = Aparte
staff-visit-left = Se fue
staff-visit-served = Atendida
staff-visit-missed = No vino
staff-visit-cancelled = Cancelada
staff-at-counter = ventanilla { $counter }
staff-came-early =
    { $n ->
        [one] llegó 1 minuto antes
       *[other] llegó { $n } minutos antes
    }
staff-came-late =
    { $n ->
        [one] llegó 1 minuto tarde
       *[other] llegó { $n } minutos tarde
    }
staff-came-waits = llegó
staff-day-confirmed = dijo que viene
staff-day-asked = preguntado, sin respuesta
staff-do-check-in = Registrar llegada
staff-do-call = Llamar
staff-do-call-to = Llamar a la ventanilla { $counter }
staff-do-served = Atendida
staff-do-missed = No vino
staff-did-check-in = { $name } está en lista con el turno { $ticket }.
staff-did-call = { $name }, turno { $ticket }, pasa a la ventanilla { $counter }.
staff-did-served = { $name } fue atendida.
staff-did-missed = { $name } no vino; se le pide tomar otra hora.
staff-day-too-early = La llegada se registra desde { $from }.
staff-day-too-late = La llegada se registraba hasta { $until }. Elija "No vino"; la persona recibe otra hora.
staff-day-not-today = La cita es { $start }.
staff-day-too-soon = Se espera a la persona hasta { $until }.
staff-day-taken = Un colega de otra ventanilla ya llamó este turno.

## Overview
staff-overview-title = Resumen
staff-overview-stages = Dónde están las consultas
staff-overview-caption = Consultas abiertas por etapa
staff-broken-title = Promesas incumplidas
staff-broken-none = Ninguna llamada prometida está atrasada.
staff-broken-count =
    { $n ->
        [one] 1 llamada prometida no se hizo a su hora y todavía se debe.
       *[other] { $n } llamadas prometidas no se hicieron a su hora y todavía se deben.
    }
staff-dead-title = Trabajo abandonado
staff-dead-caption = Lo que el sistema intentó y abandonó, lo más reciente primero
staff-dead-none = No se abandonó nada.
staff-job-send-notice = Enviar un mensaje
staff-job-callback-reminder = Recordar una llamada
staff-job-callback-watch = Vigilar una llamada prometida
staff-job-appointment-reminder = Recordar una cita
staff-job-confirm-visit = Pedir que se confirme una cita
staff-job-offer-place = Ofrecer un lugar que quedó libre
staff-job-appointment-watch = Vigilar una cita
staff-job-hold-watch = Soltar un lugar guardado
staff-check-title = ¿Se cumple todo lo que debe cumplirse?
staff-check-about = Cada pocos minutos Anteroom mira si cada lugar ocupado tiene su cita, cada promesa su vigilancia y su lugar, cada oficial una sola llamada a la vez y cada mensaje su envío, y si el registro de lo ocurrido sigue intacto. Informa y nunca corrige.
staff-check-run = Mirar ahora
staff-check-not-yet = Nadie ha mirado desde que se inició Anteroom.
staff-check-good = Todo lo que debe cumplirse se cumplía { $when }.
staff-check-bad = Algo no se cumple
staff-check-found-at = Se encontró { $when }. No se cambió nada.
staff-check-bad-next = Avise a quien administra esta instalación, con estas líneas.
staff-check-more =
    { $n ->
        [one] Se encontró 1 más; la muestran el registro del programa y su revisión en la terminal.
       *[other] Se encontraron { $n } más; las muestran el registro del programa y su revisión en la terminal.
    }
staff-check-count = El lugar { $slot } cuenta como ocupado { $taken } veces, y lo tienen { $claims } citas.
staff-check-overlap = { $officer } tiene dos llamadas a la vez, { $when }.
staff-check-pair = La misma persona tiene dos consultas abiertas por el mismo motivo.
staff-check-unwatched = Una promesa que nada vigila.
staff-check-shut = Hay una visita en un tiempo que su oficina cerró.
staff-check-remains = Un registro se borró y quedan mensajes suyos.
staff-check-idle = El cierre de una oficina se detuvo a medio camino.
staff-check-unbacked = Una promesa sin su lugar, o un lugar que debía haberse devuelto.
staff-check-stray = El lugar { $slot } no lo ocupa nadie, y cuenta como ocupado.
staff-check-unsent = Un mensaje que no se enviará.
staff-check-grant = Una persona que espera y un operador no coinciden en que se tienen el uno al otro.
staff-check-chain = La entrada { $seq } del registro de lo ocurrido fue cambiada o falta.
staff-check-do-count = Hasta que se corrija, no dé más citas a esa hora; podría darse dos veces.
staff-check-do-overlap = Cambie una de las dos llamadas a otra hora.
staff-check-do-pair = Siga con una de ellas y pida a la persona que retire la otra.
staff-check-do-unwatched = Cúmplala usted: nada le avisará cuando se atrase.
staff-check-do-shut = Mueva la visita y avise a la persona.
staff-check-do-remains = Alguien debe borrar esos mensajes en el almacén. El registro mismo está borrado.
staff-check-do-idle = A algunas personas no se les ha avisado. Abra el cierre y llame a quienes faltan por mover.
staff-check-do-unbacked = Pregunte a la oficina o al oficial si pueden cumplirla; si no, ofrezca otra hora a la persona.
staff-check-do-stray = Nadie más puede recibir esa cita hasta que se corrija.
staff-check-do-unsent = Diga usted a la persona lo que muestra su página.
staff-check-do-grant = Pregunte al operador si está hablando con alguien. La persona guarda su lugar y no se ofrece a nadie hasta que se arregle.
staff-check-do-chain = Copie los datos ahora y guarde la copia aparte. O alguien escribió por fuera de Anteroom, o el disco está fallando.

## Indicadores
staff-nav-indicators = Indicadores
staff-indicators-title = Indicadores
staff-indicators-periods = Períodos
staff-indicators-days = Últimos { $n } días
staff-indicators-from = Desde
staff-indicators-to = Hasta
staff-indicators-by = Separado por
staff-indicators-note = Como máximo { $n } días a la vez. Un día es el de la línea, de medianoche a medianoche.
staff-indicators-none = No se contó nada en estos días.
staff-indicators-topics = De qué tratan las cifras
staff-indicators-caption = Desde el { $from } hasta el { $to }
staff-indicators-what = Indicador
staff-indicators-figure = Cifra
staff-indicators-n = Se contaron
staff-indicators-left-out = Sin contar
staff-indicators-csv = Descargar estas cifras (CSV)
staff-indicators-definitions = Definiciones, versión { $version }

## La sala de espera
staff-do-call-again = Llamar otra vez
staff-hall-open = Pantalla de llamadas para la sala
staff-hall-called = Pase a la ventanilla
staff-hall-none = No se llama a nadie ahora
staff-hall-counter = Ventanilla { $counter }
staff-hall-waiting =
    { $n ->
        [0] Nadie espera
        [one] 1 espera
       *[other] { $n } esperan
    }
staff-hall-sound = Activar el timbre
staff-hall-sound-on = El timbre está activo. Tocarlo
staff-told-title = Del operador

## Pasar una llamada prometida a otro oficial
staff-act-give = Pasar a otro oficial
staff-then-give = La promesa y su horario siguen igual; no se avisa a la persona. Se reserva tiempo del oficial.
staff-do-act-give = Pasar la llamada
staff-did-act-give = La llamada es ahora de otra persona.
staff-give-to = A quién
staff-give-because = Por qué
staff-give-because-hint = Queda en la historia de la consulta.
staff-story-callback-given = La llamada pasó a { $officer }.
staff-story-callback-anybody = La llamada pasó a quien esté de turno.
staff-act-earlier = Anotar que podría venir antes
staff-act-stop-earlier = No quiere venir antes
staff-then-earlier = Cuando alguien devuelve una hora, se le ofrece a la persona por un mensaje. Conserva la visita que tiene hasta que la tome.
staff-then-stop-earlier = Ya no se le ofrece nada antes. La visita que tiene sigue.
staff-do-act-earlier = Anotarlo
staff-do-act-stop-earlier = Anotarlo
staff-did-act-earlier = Está anotado: espera una hora anterior.
staff-did-act-stop-earlier = Está anotado: ya no espera una hora anterior.
staff-earlier-from = Primer día que le conviene
staff-earlier-until = Último día que le conviene
staff-earlier-notice = Con cuánto tiempo necesita saberlo
staff-earlier-how = ¿Cómo lo dijo?
staff-earlier-how-hint = Anótelo solo si la persona lo quiere. Cómo lo dijo queda anotado.
staff-earlier-said-telephone = Por teléfono
staff-earlier-said-office = En una oficina
staff-earlier-said-writing = Por escrito
staff-earlier-fault-day = Escriba el día.
staff-earlier-fault-order = El último día no puede ser anterior al primero.
staff-earlier-fault-said = Elija cómo lo dijo.
staff-earlier-waits = Podría venir antes: desde { $from } hasta { $until }, con aviso de { $hours } horas.
staff-earlier-noted-telephone = Lo dijo por teléfono, lo anotó { $name }
staff-earlier-noted-office = Lo dijo en una oficina, lo anotó { $name }
staff-earlier-noted-writing = Lo dijo por escrito, lo anotó { $name }
staff-earlier-own = Lo dijo en su propia página
staff-story-earlier-noted-telephone = Podría venir antes: lo dijo por teléfono
staff-story-earlier-noted-office = Podría venir antes: lo dijo en una oficina
staff-story-earlier-noted-writing = Podría venir antes: lo dijo por escrito

# Delegates: whoever the representative lets act for the person.
staff-notice-delegate-named = Aviso de que alguien puede actuar
staff-notice-delegate-link = Enlace para quien actúa por la persona
