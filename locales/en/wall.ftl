# The wallboard: a few words that are read from across the room, and what is behind each figure.
wall-nav = Wallboard
wall-title = The room now
wall-back = Back to the wallboard
wall-tile-waiting = Waiting
wall-tile-longest = Longest wait
wall-tile-estimate = Wait told now
wall-tile-right = Told right today
wall-tile-due = Calls due in an hour
wall-tile-overdue = Calls late
wall-tile-kept = Kept today
wall-tile-operators = On duty
wall-is-waiting = Everybody who asked for an operator and has not spoken with one yet, on the line or waiting to be called back.
wall-is-longest = The time since whoever waits longest first asked. It never starts anew, also when the call was lost.
wall-is-estimate = What somebody would be told who asked now, in minutes: the longest of the queues and languages in which people wait. None when nobody waits, nobody on duty can serve them, or too few calls were taken to go by.
wall-is-due = Promised calls due within the hour, how many officers are on duty to make them, and how many the roster plans. Red when those on duty cannot make them all.
wall-is-overdue = Promised calls whose window, or whose next try, has passed without a call. Red until somebody calls.
wall-is-operators = Everybody who is on duty on the line, and how many of them are ready for the next caller.
wall-away =
    { $n ->
        [0] nobody to call back
        [one] 1 of them to call back
       *[other] { $n } of them to call back
    }
wall-rings-outside = is being connected with { $to }
wall-band = { $least } to { $most } min
wall-queue-closed = Closed by its hours: { $who }. { $opens }
wall-queue-opens = It opens { $moment }.
wall-queue-never = It does not open again.
wall-n = counted from { $n }
wall-officers =
    { $n ->
        [0] no officer on duty
        [one] 1 officer on duty
       *[other] { $n } officers on duty
    }
wall-planned = { $officers }, { $planned } planned
wall-free =
    { $n ->
        [0] none ready
       *[other] { $n } ready
    }
wall-line =
    { $most ->
        [0] Nobody waited in the last two hours
       *[other] Waiting in the last two hours, { $most } at most
    }
wall-line-table = The line in numbers
wall-as-of = As of { $time }
wall-nothing = Nothing is behind this figure now.
wall-rows = { $shown } of { $all }
wall-queue = Queue
wall-operator = Operator
wall-telephones = Telephones now
wall-telephones-caption = Everybody whose browser is a telephone
wall-person = Person
wall-told = Told
wall-came = Came true
wall-status-off = Off duty
wall-status-not-ready = Not ready
wall-takes-only = takes only { $what }
wall-status-ready = Ready
wall-status-ringing = It rings
wall-status-talking = On a call
wall-status-wrap-up = Writing it up
wall-came-kept = Kept
wall-came-missed-by-us = Not called in time
wall-came-missed-by-person = Called, did not answer
wall-came-failed = Our line failed
wall-came-given-back = Given back by the person
wall-came-open = Not over
wall-came-served = Served
wall-came-left = Left before being served
wall-came-no-show = Did not come
wall-came-canceled-by-office = Canceled by the office
wall-left =
    { $n ->
        [one] 1 left by an absent officer; { $else }
       *[other] { $n } left by absent officers; { $else }
    }
wall-call-left = Its officer was not there, and nobody could take it
wall-move-title = Move people to another queue
wall-move-about = Tick who is to be moved. Each keeps the place of when they first asked. They are not told.
wall-move-col = Move
wall-move-one = Move number { $n } of this list
wall-move-to = To which queue
wall-move-why = Why
wall-move = Move
wall-move-fault-nobody = Tick at least one person.
wall-move-fault-queue = Choose a queue.
wall-move-fault-why = Choose why.
wall-moved =
    { $n ->
        [one] 1 person was moved.
       *[other] { $n } people were moved.
    }
wall-not-moved =
    { $n ->
        [one] 1 person was not moved: they have spoken with somebody, are being called, or wait there already.
       *[other] { $n } people were not moved: they have spoken with somebody, are being called, or wait there already.
    }
wall-ways = Boards
wall-by-queue = By queue
wall-by-lang = By language
wall-part-queue = Queue
wall-part-lang = Language
