# Rosters: who works when.
roster-nav = Rosters
roster-title = Who works when
roster-about = People are only promised calls that officers can keep. An officer with a roster is counted in the hours planned here; one without is counted whenever calls are promised.
roster-over =
    { $n ->
        [one] In 1 window more calls are promised than can be kept
       *[other] In { $n } windows more calls are promised than can be kept
    }
roster-over-do = Every call stays promised, and nothing more is promised in these windows. Give somebody more hours, or give calls to officers who are free.
roster-nobody = Nobody here is planned.
roster-everywhere = Everywhere
roster-show = Show
roster-caption = Colleagues: { $shown } of { $all }
roster-col-name = Name
roster-col-roles = Roles
roster-col-langs = Languages
roster-col-office = Office
roster-col-today = Today
roster-col-week = Week
roster-col-window = Window
roster-col-number = Number
roster-col-before = Could be kept
roster-col-after = Can be kept
roster-col-promised = Promised
roster-col-day = Day
roster-col-was = Hours now
roster-col-then = Hours then
roster-col-others = Others of the office who work
roster-col-visits = Visits booked
roster-unplanned = Not planned
roster-off = Not there
roster-none = Nothing is planned for this person. They are counted whenever calls are promised.
roster-planned = The roster is planned.
roster-stale = Somebody changed this record meanwhile. Look at the roster as it is now, and change it again.
roster-back = All rosters
roster-week = Weekly hours
roster-from = From this day on
roster-from-hint = The hours that are planned now hold until then.
roster-hours-hint = Write hours like 08:00-12:00, 12:30-16:30. Leave a day empty when they do not work. Times are in { $zone }.
roster-other = Days with other hours
roster-keep = Planned days
roster-keep-hint = Clear a box, and the hours of the week hold on that day again.
roster-add = Add leave or another shift
roster-first = First day
roster-last = Last day
roster-last-hint = Leave it empty for one day.
roster-hours = Hours on these days
roster-hours-off = Leave it empty when they are not there.
roster-preview = See what this changes
roster-nothing = Plan nothing any more
roster-fault-day = Enter the day.
roster-fault-hours = Enter hours such as 08:00-12:00, 12:30-16:30. They must end after they begin and must not overlap.
roster-fault-last = The last day must not be before the first.
roster-fault-long = Add two months at most at once.
roster-fault-many = There are too many days with other hours, or the hours of a day overlap.
roster-fault-because = Enter the reason. It stands with each call.
roster-preview-about = Nothing has happened yet. See what this changes, then plan it.
roster-calls = Calls they hold when they would not be there
roster-calls-none = None of the calls they hold is at such a time.
roster-calls-some =
    { $n ->
        [one] 1 call goes to whoever is on duty. It stays promised for the same window.
       *[other] { $n } calls go to whoever is on duty. They stay promised for the same windows.
    }
roster-calls-caption = Calls that go to whoever is on duty
roster-windows = What can be kept of promised calls
roster-windows-none = Every window keeps as many calls as now.
roster-windows-caption = Windows: { $shown } of { $all }
roster-too-many = more than can be kept
roster-days = Days that change
roster-days-from-to = { $first } to { $last }
roster-days-none = No day of the next four weeks changes.
roster-days-caption = Visits stay booked. Look that enough of you are there.
roster-because = Why the calls go to others
roster-because-hint = It stands with each call, for colleagues.
roster-plan = Plan it
roster-change-again = Change it
