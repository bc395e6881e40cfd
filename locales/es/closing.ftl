# Cerrar el día de una oficina: qué pasaría, qué pasa, y cómo no se pierde a nadie.
closing-nav = Cierres
closing-title = Cerrar una oficina
closing-choose = Elegir esta oficina
closing-of-office = Cierres de { $office }
closing-list = Planeados y cerrados
closing-new = Cerrar un día o una parte
closing-new-about = Primero verá a quién afecta y qué tendría cada persona a cambio. No le pasa nada a nadie antes de que usted lo diga.
closing-date = Día
closing-from = Desde
closing-from-hint = Déjelo vacío para cerrar desde el comienzo del día.
closing-until = Hasta
closing-times-hint = Déjelo vacío para cerrar hasta el final del día. Las horas son de { $zone }.
closing-why = Razón que la gente lee ({ $lang })
closing-why-hint = Una o dos frases sencillas sobre la oficina, nunca sobre una persona. Por ejemplo: El edificio no tiene electricidad.
closing-plan = Ver a quién afecta
closing-fault-date = Escriba el día.
closing-fault-time = Escriba una hora como 13:00.
closing-refused-no-why = Escriba la razón también en este idioma. A todos se les dice por qué.
closing-refused-long-why = Haga la razón más corta.
closing-refused-over = El final está antes del comienzo, o ya pasó. Elija una hora más tarde.
closing-refused-too-long = Cierre un día a la vez.
closing-refused-too-many = Hay demasiadas visitas para un cierre. Cierre el día por partes.
closing-refused-overlaps = Otro cierre tiene parte de este tiempo. Ábralo desde la lista y termínelo, o elija otro tiempo.
closing-refused-stale = Este plan es demasiado viejo: sus lugares ya no están apartados. Haga un plan nuevo.
closing-refused-second-person = Afecta a tantas personas que otra persona debe cerrar el día.
closing-refused-wrong-stage = Ya cambió mientras tanto. Abajo puede ver cómo está.
closing-refused-undo-over = Ya no se puede deshacer. Los lugares anteriores se soltaron.
closing-whole-day = { $day }, todo el día
closing-part = { $day }, desde { $from } hasta { $until }
closing-end-of-day = el final del día
closing-by = Planeado por { $name }
closing-closed-by = Cerrado por { $name }
closing-back = Todos los cierres de esta oficina
closing-plan-until = apartado hasta { $until }
closing-held-until = Los lugares y las llamadas de abajo están apartados hasta { $until }. Si nadie cierra el día para entonces, no pasa nada y quedan libres otra vez.
closing-stage-planned = un plan, no ha pasado nada
closing-stage-dropped = abandonado
closing-stage-closing = se está cerrando
closing-stage-closed = cerrado
closing-stage-opening = se está abriendo otra vez
closing-stage-opened = abierto otra vez
closing-now-planned = Esto es un plan. Todavía no le ha pasado nada a nadie.
closing-now-dropped = Este plan se abandonó. No le ha pasado nada a nadie.
closing-now-closing = La oficina no recibe visitas en este tiempo. Se mueve y se avisa a las personas, una tras otra.
closing-now-closed = La oficina está cerrada en este tiempo. A todos se les movió y se les avisó.
closing-now-opening = El cierre se está deshaciendo. Las personas vuelven a su lugar y se les avisa.
closing-now-opened = El cierre se deshizo. La oficina recibe visitas en este tiempo otra vez.
closing-progress = { $done } de { $all } listos
closing-count-all = Afectados
closing-standing-planned = Sin mover todavía
closing-standing-offered = Lugar nuevo, aún puede elegir
closing-standing-kept = Se queda con el lugar nuevo
closing-standing-chose = Tomó otro lugar
closing-standing-call = Llamada prometida, no había lugar
closing-standing-asked = Pidió una llamada a cambio
closing-standing-stuck = No se pudo mover
closing-standing-helped = Ayudado por un oficial
closing-standing-left = Ya no le afecta
closing-standing-back = De vuelta en su lugar
closing-stuck-do =
    { $n ->
        [one] No se pudo mover a { $n } persona: no había lugar ni llamada libre. Se le dijo que un oficial buscará una hora. Su consulta está en la lista de revisión como urgente. Ábrala y reserve una visita, o pida que un oficial llame.
       *[other] No se pudo mover a { $n } personas: no había lugar ni llamada libre. Se les dijo que un oficial buscará una hora. Sus consultas están en la lista de revisión como urgentes. Abra cada una y reserve una visita, o pida que un oficial llame.
    }
closing-undo = Deshacer: abrir este tiempo otra vez
closing-undo-about = Puede deshacer esto hasta { $until }. Hasta entonces nadie más puede tener los lugares anteriores. Quien no eligió otra cosa vuelve a su lugar anterior y recibe un aviso. Después los lugares anteriores se sueltan.
closing-nobody = Nadie tiene una visita en este tiempo. Ciérrelo, y nadie podrá reservar una.
closing-plan-places =
    { $n ->
        [one] Para { $n } persona hay un lugar nuevo apartado.
       *[other] Para { $n } personas hay un lugar nuevo apartado.
    }
closing-plan-calls =
    { $n ->
        [one] Para { $n } persona no hay lugar libre. Hay una llamada apartada a cambio.
       *[other] Para { $n } personas no hay lugar libre. Hay una llamada apartada a cambio.
    }
closing-plan-nothing =
    { $n ->
        [one] Para { $n } persona no hay ni lugar ni llamada libre. Un oficial debe buscar una hora.
       *[other] Para { $n } personas no hay ni lugar ni llamada libre. Un oficial debe buscar una hora.
    }
closing-plan-about = Cuando lo cierre, la oficina deja de recibir visitas en este tiempo al instante. A cada persona se le dice qué pasó y qué tiene a cambio. Puede quedarse con eso, tomar otro lugar o pedir una llamada.
closing-second-how = Envíe la dirección de esta página a otro gerente de esta oficina o a un administrador.
closing-do =
    { $n ->
        [0] Cerrar este tiempo
        [one] Cerrar este tiempo y avisar a { $n } persona
       *[other] Cerrar este tiempo y avisar a { $n } personas
    }
closing-drop = Abandonar este plan
closing-caption = Todas las personas afectadas. Las horas son de { $zone }.
closing-col-was = Estaba a las
closing-col-now = Tiene a cambio
closing-call = Llamada: { $window }
closing-nothing = no hay nada libre
closing-choose-until = hasta { $until }
