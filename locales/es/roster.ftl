# Turnos: quién trabaja cuándo.
roster-nav = Turnos
roster-title = Quién trabaja cuándo
roster-about = Solo se prometen llamadas que los oficiales pueden cumplir. Un oficial con turnos cuenta en las horas que se planean aquí; uno sin turnos cuenta siempre que se prometen llamadas.
roster-over =
    { $n ->
        [one] En 1 horario se prometieron más llamadas de las que se pueden cumplir
       *[other] En { $n } horarios se prometieron más llamadas de las que se pueden cumplir
    }
roster-over-do = Todas las llamadas siguen prometidas, y no se promete nada más en estos horarios. Dé más horas a alguien, o dé llamadas a oficiales que estén libres.
roster-nobody = Aquí no se planea a nadie.
roster-everywhere = En todas partes
roster-show = Mostrar
roster-caption = Colegas: { $shown } de { $all }
roster-col-name = Nombre
roster-col-roles = Funciones
roster-col-langs = Idiomas
roster-col-office = Oficina
roster-col-today = Hoy
roster-col-week = Semana
roster-col-window = Horario
roster-col-number = Número
roster-col-before = Se podían cumplir
roster-col-after = Se pueden cumplir
roster-col-promised = Prometidas
roster-col-day = Día
roster-col-was = Horas ahora
roster-col-then = Horas después
roster-col-others = Otros de la oficina que trabajan
roster-col-visits = Visitas reservadas
roster-unplanned = Sin planear
roster-off = No está
roster-none = No se planeó nada para esta persona. Cuenta siempre que se prometen llamadas.
roster-planned = Los turnos están planeados.
roster-stale = Alguien cambió este registro mientras tanto. Mire los turnos como están ahora y cámbielos de nuevo.
roster-back = Todos los turnos
roster-week = Horas de la semana
roster-from = Desde este día
roster-from-hint = Las horas planeadas ahora valen hasta entonces.
roster-hours-hint = Escriba horas como 08:00-12:00, 12:30-16:30. Deje vacío el día en que no trabaja. Las horas son de { $zone }.
roster-other = Días con otras horas
roster-keep = Días planeados
roster-keep-hint = Quite la marca, y ese día valen otra vez las horas de la semana.
roster-add = Añadir vacaciones u otro turno
roster-first = Primer día
roster-last = Último día
roster-last-hint = Déjelo vacío si es un solo día.
roster-hours = Horas en estos días
roster-hours-off = Déjelo vacío si no está.
roster-preview = Ver qué cambia
roster-nothing = No planear nada más
roster-fault-day = Escriba el día.
roster-fault-hours = Escriba horas como 08:00-12:00, 12:30-16:30. Deben terminar después de empezar y no superponerse.
roster-fault-last = El último día no puede ser anterior al primero.
roster-fault-long = Añada dos meses como máximo cada vez.
roster-fault-many = Hay demasiados días con otras horas, o las horas de un día se superponen.
roster-fault-because = Escriba el motivo. Queda con cada llamada.
roster-preview-about = Aún no ha pasado nada. Vea qué cambia y luego planéelo.
roster-calls = Llamadas que tiene cuando no estaría
roster-calls-none = Ninguna de las llamadas que tiene es a una hora así.
roster-calls-some =
    { $n ->
        [one] 1 llamada pasa a quien esté de turno. Sigue prometida para el mismo horario.
       *[other] { $n } llamadas pasan a quien esté de turno. Siguen prometidas para los mismos horarios.
    }
roster-calls-caption = Llamadas que pasan a quien esté de turno
roster-windows = Lo que se puede cumplir de las llamadas prometidas
roster-windows-none = En cada horario se pueden cumplir tantas llamadas como ahora.
roster-windows-caption = Horarios: { $shown } de { $all }
roster-too-many = más de las que se pueden cumplir
roster-days = Días que cambian
roster-days-from-to = { $first } a { $last }
roster-days-none = No cambia ningún día de las próximas cuatro semanas.
roster-days-caption = Las visitas siguen reservadas. Vea que haya bastante personal.
roster-because = Por qué las llamadas pasan a otros
roster-because-hint = Queda con cada llamada, para los colegas.
roster-plan = Planearlo
roster-change-again = Cambiarlo
