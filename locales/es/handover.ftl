# Many promised calls that go to somebody else, or to other windows: proposed by one person, approved by another.
handover-title = Mover muchas llamadas
handover-about = Elija de quién son las llamadas, de qué tiempo, y qué será de ellas. Después lo ve llamada por llamada; no pasa nada antes de que otro supervisor lo apruebe.
handover-back = Volver al calendario
handover-list = Propuestas y cambios de la última semana
handover-list-back = Todas las propuestas
handover-new = Proponer un cambio
handover-whose = Llamadas de quién
handover-choose-pool = Las de cualquiera
handover-target = A quién, o cuándo
handover-choose-windows = Otro horario para cada una
handover-from = Desde
handover-until = Hasta
handover-times-hint = Según su reloj: { $zone }.
handover-because = Motivo
handover-because-hint = Los dos responden por esto. Queda con cada llamada, solo para colegas.
handover-propose = Ver qué haría
handover-fault-whose = Elija de quién son las llamadas.
handover-fault-from = Escriba desde qué fecha y hora.
handover-fault-until = Escriba hasta qué fecha y hora.
handover-fault-target = Elija qué será de ellas.
handover-of = de { $name }
handover-of-pool = de nadie
handover-to = a { $name }
handover-to-pool = a quien esté de turno
handover-to-windows = a otros horarios
handover-sentence =
    { $n ->
        [one] 1 llamada, { $whose }, { $target }
       *[other] { $n } llamadas, { $whose }, { $target }
    }
handover-stretch = Para hacerse desde { $from } hasta { $until }
handover-by = Propuesto por { $name }
handover-approved-by = Aprobado por { $name }
handover-withdrawn-by = Retirado por { $name }
handover-stands-proposed = espera a otra persona
handover-stands-lapsed = nadie lo aprobó a tiempo
handover-stands-done = hecho
handover-stands-withdrawn = retirado
handover-now-proposed = Todavía no pasó nada. Otro supervisor debe aprobarlo.
handover-now-lapsed = Nadie lo aprobó a tiempo. No se hizo nada.
handover-now-done = Se hizo.
handover-now-withdrawn = Se retiró. No se hizo nada.
handover-good-until = Se puede aprobar hasta { $until }.
handover-second-how = Pida a un colega que supervise que abra esta página.
handover-told = A cada persona se le avisa del horario nuevo cuando se apruebe.
handover-caption = Las llamadas, como están ahora
handover-col-becomes = Pasa a ser
handover-given = De { $name }, para marcar { $at }
handover-moved = Se movió
handover-nothing-done = Sin cambio
handover-stays-moved-on = Se queda: ya se hizo o se movió, o usted no puede verla
handover-stays-kept-from = Se queda: ese oficial no puede verla
handover-stays-no-time = Se queda: el oficial no tiene tiempo en ese horario
handover-stays-no-window = Se queda: no hay otro horario que se pueda cumplir
handover-approve =
    { $n ->
        [one] Aprobar y mover 1 llamada
       *[other] Aprobar y mover { $n } llamadas
    }
handover-withdraw = Retirar la propuesta
handover-refused-no-reason = Escriba el motivo.
handover-refused-long-reason = Escríbalo más corto.
handover-refused-over = Debe terminar después de empezar, y no antes de ahora.
handover-refused-too-long = Puede ser de una semana como máximo.
handover-refused-same = Ya están ahí. Elija a otra persona.
handover-refused-no-officer = Esa persona ya no es oficial. Elija a otra.
handover-refused-nothing = No hay llamadas así en ese tiempo.
handover-refused-too-many = Hay más de 100 llamadas. Elija un tiempo más corto.
handover-refused-second-person = Otro supervisor debe aprobar lo que usted propuso.
handover-refused-stale = Nadie lo aprobó a tiempo. Propóngalo de nuevo.
handover-refused-wrong-stage = Ya se aprobó o se retiró.
handover-refused-stale-page = Cambió mientras tanto. Mírelo como está ahora.
