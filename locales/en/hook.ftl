# Programs that are told what happens.
hook-nav = Webhooks
hook-title = Webhooks
hook-intro = These programs are told what happens here, in the order in which it happened.
hook-none = No program is told what happens. Whoever runs the server names them in its configuration.
hook-caption = Where each program stands. The journal has { $end ->
        [one] 1 entry
       *[other] { $end } entries
    } now.
hook-col-name = Program
hook-col-state = How it goes
hook-col-after = Told up to entry
hook-col-told = Last message taken
hook-col-again = Tell again
hook-state-well = Well
hook-state-behind = { $count ->
        [one] 1 entry is still to be looked at
       *[other] { $count } entries are still to be looked at
    }
hook-state-failing = It does not take the next message ({ $why }). Tried { $tries ->
        [one] once
       *[other] { $tries } times
    } since { $since }. Next try: { $next }.
hook-state-stopped = Stopped on { $since } ({ $why }). It gets no more messages until you tell it again.
hook-why-unreachable = nobody could be reached there
hook-why-timeout = no answer in time
hook-why-status = answer { $status }
hook-never = Never
hook-after = Tell again from behind entry
hook-after-hint = 0 is from the beginning.
hook-after-bad = Enter the number of an entry: 0 or more, with digits only.
hook-again = Tell again
hook-again-named = Tell { $name } again
hook-did = It is told again from there.
