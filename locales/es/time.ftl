# Fechas, horas y plazos como los dice la gente. Solo los usa el crate `locale`.

time-clock-morning = { $clock } a. m.
time-clock-afternoon = { $clock } p. m.
time-clock-noon = 12:00 del mediodía
time-clock-midnight = 12:00 de la medianoche

time-point =
    { $hour ->
        [1] la { $clock }
       *[other] las { $clock }
    }
time-noon = el mediodía
time-midnight = la medianoche
time-part-night = de la madrugada
time-part-morning = de la mañana
time-part-afternoon = de la tarde
time-part-evening = de la tarde
time-part-late = de la noche
time-point-part = { $point } { $part }

time-between = entre { $from } y { $until }
time-on-day = el { $weekday } { $date }
time-days = de { $first } a { $last }
time-day-alone = el { $day }
time-days-open = { $days }, { $hours }
time-never-open = sin horario fijo
time-window = { $day }, { $hours }
time-window-days = desde { $first }, { $from }, hasta { $last }, { $until }

time-moment =
    { $hour ->
        [1] { $day }, a la { $clock }
       *[other] { $day }, a las { $clock }
    }
time-moment-noon = { $day }, al mediodía
time-moment-midnight = { $day }, a la medianoche

time-with-zone = { $when }, { $zone }
time-with-other-zone = { $when } (hora de { $zone })
time-zone-eastern = hora del Este
time-zone-central = hora del Centro
time-zone-mountain = hora de la Montaña
time-zone-arizona = hora de Arizona
time-zone-pacific = hora del Pacífico
time-zone-alaska = hora de Alaska
time-zone-hawaii = hora de Hawái
time-zone-aleutian = hora de las Aleutianas
time-zone-atlantic = hora del Atlántico
time-zone-chamorro = hora de Chamorro
time-zone-samoa = hora de Samoa

time-ago-now = ahora mismo
time-ago-minutes =
    { $n ->
        [one] hace 1 minuto
       *[other] hace { $n } minutos
    }
time-ago-hours =
    { $n ->
        [one] hace 1 hora
       *[other] hace { $n } horas
    }
time-ago-days =
    { $n ->
        [one] hace 1 día
       *[other] hace { $n } días
    }
time-due-now = vence ahora
time-due-minutes =
    { $n ->
        [one] vence en 1 minuto
       *[other] vence en { $n } minutos
    }
time-due-hours =
    { $n ->
        [one] vence en 1 hora
       *[other] vence en { $n } horas
    }
time-due-days =
    { $n ->
        [one] vence en 1 día
       *[other] vence en { $n } días
    }
time-late-minutes =
    { $n ->
        [one] 1 minuto de retraso
       *[other] { $n } minutos de retraso
    }
time-late-hours =
    { $n ->
        [one] 1 hora de retraso
       *[other] { $n } horas de retraso
    }
time-late-days =
    { $n ->
        [one] 1 día de retraso
       *[other] { $n } días de retraso
    }
