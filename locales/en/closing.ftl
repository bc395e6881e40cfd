# Closing an office's day: what would happen, what happens, and how nobody is lost.
closing-nav = Closings
closing-title = Close an office
closing-choose = Choose this office
closing-of-office = Closings of { $office }
closing-list = Planned and closed
closing-new = Close a day or a part of one
closing-new-about = First you see who is affected and what each would have instead. Nothing happens to anybody before you say so.
closing-date = Day
closing-from = From
closing-from-hint = Leave it empty to close from the start of the day.
closing-until = Until
closing-times-hint = Leave it empty to close until the end of the day. Times are in { $zone }.
closing-why = Reason that people read ({ $lang })
closing-why-hint = One or two plain sentences about the office, never about a person. For example: The building has no power.
closing-plan = See who is affected
closing-fault-date = Enter the day.
closing-fault-time = Enter a time such as 13:00.
closing-refused-no-why = Enter the reason in this language too. Everybody is told why.
closing-refused-long-why = Make the reason shorter.
closing-refused-over = The end is before the beginning, or has passed. Choose a later time.
closing-refused-too-long = Close one day at a time.
closing-refused-too-many = There are too many visits for one closing. Close the day in parts.
closing-refused-overlaps = Another closing has some of this time. Open it from the list and finish it, or choose another time.
closing-refused-stale = This plan is too old: its places are held no more. Make a new plan.
closing-refused-second-person = So many people are affected that another person must close the day.
closing-refused-wrong-stage = It has moved on meanwhile. See below how it stands.
closing-refused-undo-over = It can be undone no more. The old places were given up.
closing-whole-day = { $day }, the whole day
closing-part = { $day }, from { $from } until { $until }
closing-end-of-day = the end of the day
closing-by = Planned by { $name }
closing-closed-by = Closed by { $name }
closing-back = All closings of this office
closing-plan-until = held until { $until }
closing-held-until = The places and calls below are held until { $until }. If nobody closes the day by then, nothing happens and they are free again.
closing-stage-planned = a plan, nothing has happened
closing-stage-dropped = given up
closing-stage-closing = being closed
closing-stage-closed = closed
closing-stage-opening = being opened again
closing-stage-opened = opened again
closing-now-planned = This is a plan. Nothing has happened to anybody yet.
closing-now-dropped = This plan was given up. Nothing has happened to anybody.
closing-now-closing = The office takes no visits in this time. People are being moved and told, one after the other.
closing-now-closed = The office is closed in this time. Everybody has been moved and told.
closing-now-opening = The closing is being undone. People are being moved back and told.
closing-now-opened = The closing was undone. The office takes visits in this time again.
closing-progress = { $done } of { $all } done
closing-count-all = Affected
closing-standing-planned = Not moved yet
closing-standing-offered = New place, may still choose
closing-standing-kept = Keeps the new place
closing-standing-chose = Took another place
closing-standing-call = Call promised, no place was free
closing-standing-asked = Asked for a call instead
closing-standing-stuck = Could not be moved
closing-standing-helped = Helped by an officer
closing-standing-left = No longer affected
closing-standing-back = Back at the old place
closing-stuck-do =
    { $n ->
        [one] { $n } person could not be moved: no place and no call was free. They were told that an officer will find a time. Their inquiry is on the review list as urgent. Open it and book a visit, or ask an officer to call.
       *[other] { $n } people could not be moved: no place and no call was free. They were told that an officer will find a time. Their inquiries are on the review list as urgent. Open each and book a visit, or ask an officer to call.
    }
closing-undo = Undo: open this time again
closing-undo-about = You can undo this until { $until }. Nobody else can have the old places until then. Whoever has not chosen otherwise goes back to the old place and is told. Afterwards the old places are given up.
closing-nobody = Nobody has a visit in this time. Close it, and nobody can book one.
closing-plan-places =
    { $n ->
        [one] For { $n } person a new place is held.
       *[other] For { $n } people a new place is held.
    }
closing-plan-calls =
    { $n ->
        [one] For { $n } person no place is free. A call is held instead.
       *[other] For { $n } people no place is free. A call is held instead.
    }
closing-plan-nothing =
    { $n ->
        [one] For { $n } person neither a place nor a call is free. An officer must find a time.
       *[other] For { $n } people neither a place nor a call is free. An officer must find a time.
    }
closing-plan-about = When you close it, the office takes no more visits in this time at once. Each person is told what happened and what they have instead. They may keep it, take another place, or ask for a call.
closing-second-how = Send the address of this page to another manager of this office or to an administrator.
closing-do =
    { $n ->
        [0] Close this time
        [one] Close this time and tell { $n } person
       *[other] Close this time and tell { $n } people
    }
closing-drop = Give this plan up
closing-caption = Everybody affected. Times are in { $zone }.
closing-col-was = Was at
closing-col-now = Has instead
closing-call = Call: { $window }
closing-nothing = nothing is free
closing-choose-until = until { $until }
