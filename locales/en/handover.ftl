# Many promised calls that go to somebody else, or to other windows: proposed by one person, approved by another.
handover-title = Move many calls
handover-about = Choose whose calls, of which time, and what is to become of them. Next you see it call by call; nothing happens before another supervisor approves it.
handover-back = Back to the calendar
handover-list = Proposed and done in the last week
handover-list-back = All proposals
handover-new = Propose a move
handover-whose = Whose calls
handover-choose-pool = Anybody's
handover-target = To whom, or when
handover-choose-windows = Another window for each
handover-from = To be made from
handover-until = Until
handover-times-hint = By your clock: { $zone }.
handover-because = Why
handover-because-hint = Both of you answer for it. It stands with each call, for colleagues only.
handover-propose = See what it would do
handover-fault-whose = Choose whose calls.
handover-fault-from = Enter the date and time from when.
handover-fault-until = Enter the date and time until when.
handover-fault-target = Choose what becomes of them.
handover-of = { $name }'s
handover-of-pool = nobody's
handover-to = to { $name }
handover-to-pool = to whoever is on duty
handover-to-windows = to other windows
handover-sentence =
    { $n ->
        [one] 1 call, { $whose }, { $target }
       *[other] { $n } calls, { $whose }, { $target }
    }
handover-stretch = To be made from { $from } until { $until }
handover-by = Proposed by { $name }
handover-approved-by = Approved by { $name }
handover-withdrawn-by = Withdrawn by { $name }
handover-stands-proposed = waits for another person
handover-stands-lapsed = nobody approved it in time
handover-stands-done = done
handover-stands-withdrawn = withdrawn
handover-now-proposed = Nothing has happened yet. Another supervisor must approve it.
handover-now-lapsed = Nobody approved it in time. Nothing was done.
handover-now-done = It was done.
handover-now-withdrawn = It was withdrawn. Nothing was done.
handover-good-until = It can be approved until { $until }.
handover-second-how = Ask a colleague who supervises to open this page.
handover-told = Each person is told the new window when it is approved.
handover-caption = The calls, as they are now
handover-col-becomes = Becomes
handover-given = { $name }'s, to be dialed { $at }
handover-moved = Moved
handover-nothing-done = Unchanged
handover-stays-moved-on = Stays: it was made or moved, or you may not see it
handover-stays-kept-from = Stays: it is kept from that officer
handover-stays-no-time = Stays: the officer has no time in its window
handover-stays-no-window = Stays: no other window can be kept
handover-approve =
    { $n ->
        [one] Approve, and move 1 call
       *[other] Approve, and move { $n } calls
    }
handover-withdraw = Withdraw the proposal
handover-refused-no-reason = Write why.
handover-refused-long-reason = Write it shorter.
handover-refused-over = It must end after it begins, and not before now.
handover-refused-too-long = It can be a week at most.
handover-refused-same = They are there already. Choose somebody else.
handover-refused-no-officer = That is no officer any more. Choose somebody else.
handover-refused-nothing = There are no such calls in that time.
handover-refused-too-many = There are more than 100 calls. Choose a shorter time.
handover-refused-second-person = Another supervisor must approve what you proposed.
handover-refused-stale = Nobody approved it in time. Propose it anew.
handover-refused-wrong-stage = It was approved or withdrawn already.
handover-refused-stale-page = It has changed meanwhile. Look at it as it is now.
