# Dates, times and spans as people say them. Used by the `locale` crate alone.
# A line must not be longer than what a person can say in one breath.

# $clock is "10:00".
time-clock-morning = { $clock } a.m.
time-clock-afternoon = { $clock } p.m.
time-clock-noon = 12:00 noon
time-clock-midnight = 12:00 midnight

# A point of the day within a phrase: $hour is 1 to 12, $clock is "10" or "10:30".
# Some languages put an article before it that depends on the hour; English gives all hours alike.
time-point =
    { $hour ->
       *[other] { $clock }
    }
time-noon = noon
time-midnight = midnight
time-part-night = in the early morning
time-part-morning = in the morning
time-part-afternoon = in the afternoon
time-part-evening = in the evening
time-part-late = at night
time-point-part = { $point } { $part }

# "between 10 and 11 in the morning"
time-between = between { $from } and { $until }
# "Thursday, December 3"
time-on-day = { $weekday }, { $date }
# The opening hours of a week: "Monday to Thursday, between 8 in the morning and 3 in the afternoon"
time-days = { $first } to { $last }
time-day-alone = { $day }
time-days-open = { $days }, { $hours }
time-never-open = no regular hours
time-window = { $day }, { $hours }
time-window-days = from { $first }, { $from }, to { $last }, { $until }

# "Thursday, December 3, at 10:00 a.m."
time-moment =
    { $hour ->
       *[other] { $day }, at { $clock }
    }
time-moment-noon = { $day }, at noon
time-moment-midnight = { $day }, at midnight

time-with-zone = { $when }, { $zone }
time-with-other-zone = { $when } ({ $zone } time)
time-zone-eastern = Eastern time
time-zone-central = Central time
time-zone-mountain = Mountain time
time-zone-arizona = Arizona time
time-zone-pacific = Pacific time
time-zone-alaska = Alaska time
time-zone-hawaii = Hawaii time
time-zone-aleutian = Aleutian time
time-zone-atlantic = Atlantic time
time-zone-chamorro = Chamorro time
time-zone-samoa = Samoa time

time-ago-now = just now
time-ago-minutes =
    { $n ->
        [one] 1 minute ago
       *[other] { $n } minutes ago
    }
time-ago-hours =
    { $n ->
        [one] 1 hour ago
       *[other] { $n } hours ago
    }
time-ago-days =
    { $n ->
        [one] 1 day ago
       *[other] { $n } days ago
    }
time-due-now = due now
time-due-minutes =
    { $n ->
        [one] due in 1 minute
       *[other] due in { $n } minutes
    }
time-due-hours =
    { $n ->
        [one] due in 1 hour
       *[other] due in { $n } hours
    }
time-due-days =
    { $n ->
        [one] due in 1 day
       *[other] due in { $n } days
    }
time-late-minutes =
    { $n ->
        [one] 1 minute late
       *[other] { $n } minutes late
    }
time-late-hours =
    { $n ->
        [one] 1 hour late
       *[other] { $n } hours late
    }
time-late-days =
    { $n ->
        [one] 1 day late
       *[other] { $n } days late
    }
