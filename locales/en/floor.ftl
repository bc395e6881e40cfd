# The floor of an office: the line of a day, walk-ins, the kiosk.

## The line, for staff
floor-line = The line
floor-next = Call { $ticket } to counter { $counter }
floor-nobody-next = Nobody waits for your counter.
floor-apart = Set aside
floor-turn-appointment = turn at { $time }, by appointment
floor-turn-late = turn at { $time }, when they came, late
floor-turn-walk-in = turn at { $time }, walked in
floor-turn-urgent = turn at { $time }, walked in, urgent
floor-aside-parked = does something else first
floor-aside-not-here = did not come to counter { $counter }
floor-aside-for-counter = for counter { $counter }
floor-band = about { $least } to { $most } minutes
floor-more = More
floor-walked-in = Walked in
floor-do-park = Set aside
floor-do-not-here = Is not here
floor-do-back = Back in line
floor-do-left = Left
floor-do-hand = Hand over
floor-hand-to = To counter
floor-hand-to-whom = Say to which counter the person goes.
floor-for-counter = The ticket was handed to counter { $counter }. That counter calls it, or hands it on.
floor-did-park = { $name }, ticket { $ticket }, is set aside and keeps the turn.
floor-did-not-here = { $name }, ticket { $ticket }, did not come to the counter. Call the ticket again, or say that the person left.
floor-did-hand = { $name } goes to counter { $counter }.
floor-did-back = { $name }, ticket { $ticket }, is back in line at the old turn.
floor-did-left = { $name } left and is given another time.
floor-did-let-in = { $name } has ticket { $ticket }.
floor-hall-missed = Please come to the desk
floor-back-to-day = Back to the day

## Stories, for staff
floor-story-aside-parked = Ticket { $ticket } was set aside; the turn is kept.
floor-story-aside-not-here = Ticket { $ticket } was called to counter { $counter }, and nobody came.
floor-story-aside-for-counter = Ticket { $ticket } was handed to counter { $counter }.
floor-story-back = Ticket { $ticket } is back in line.
floor-story-left = Left before being served.
floor-story-admitted = Came to { $office } without an appointment and was let in, ticket { $ticket }.
floor-story-refused = Came to { $office } without an appointment and was not let in.

## Stories, for the person
floor-own-aside-parked = You do something else first. Your turn is kept.
floor-own-aside-not-here = Your ticket was called to { $counter }, and you were not there.
floor-own-aside-for-counter = You were sent to { $counter }.
floor-own-back = You are back in line.
floor-own-left = You left before we could see you. You get another time.
floor-own-admitted = You came to { $office } without a visit set up. The office let you in with ticket { $ticket }.
floor-own-refused = You came to { $office } without a visit set up. The office could not see you that day.

## Waiting at the office
floor-before =
    { $n ->
        [0] Nobody is before you.
        [one] 1 person is before you.
       *[other] { $n } people are before you.
    }
floor-about = It may take { $least } to { $most } minutes.
floor-you-parked = Your turn is kept. Tell us when you are ready.
floor-you-not-here = Your ticket was called. Please come to the desk.
floor-you-for-counter = Please wait. Another counter will call you.

## Walk-ins
floor-walk-in-open = Somebody without an appointment
floor-walk-in-title = { $office }: somebody without an appointment
floor-walk-in-about = Whether the office sees somebody today is your decision. It is recorded with your name and your reason. Whoever you do not see keeps their place, and an officer looks at the matter.
floor-walk-in-none = This office lets nobody in without an appointment. You can take down what they need, and an officer will look at it.
floor-walk-in-used = { $used } of { $most } were let in today.
floor-walk-in-known = Have they asked us before?
floor-walk-in-number-hint = If they have an inquiry number, it is enough.
floor-walk-in-new = They have no number: what do they need?
floor-walk-in-ask = Ask them
floor-walk-in-verdict = Does the office see them today?
floor-walk-in-verdict-missing = Say whether the office sees them today.
floor-walk-in-because = Why
floor-walk-in-because-hint = It stands in the inquiry's story. The person may ask to see it.
floor-walk-in-because-missing = Write why.
floor-walk-in-record = Record the decision
floor-walk-in-wrong-stage = The person is at an office already, an officer is calling them now, or the matter is closed. Open the inquiry to see which.
floor-admit = Yes, they get a ticket
floor-admit-then = They stand in line now. A promised call or another visit for the same matter ends.
floor-refuse = No, not today
floor-refuse-then = What they have stands. A new matter goes to an officer, and they hear from us.
floor-not-let-in = { $name } is not seen today
floor-not-let-in-next = An officer looks at the matter by { $moment } and tells them. Give them this number:
floor-not-let-in-stands = What was promised to them stands. Their number is:

## The kiosk
floor-kiosk-open = Kiosk for the hall
floor-kiosk-open-about = This screen then lets people check in alone until midnight. You are signed out of it.
floor-kiosk-open-do = Make this screen a kiosk
floor-display-open = Call display for the hall
floor-display-open-about = This screen then shows who is called to which counter, for as long as it is used. You are signed out of it.
floor-display-open-do = Make this screen a display
floor-kiosk-title = Check in for your visit
floor-kiosk-number = Your inquiry number
floor-kiosk-hint = Eight digits. Type them, or hold the code from your page or letter under the reader.
floor-kiosk-do = Check in
floor-kiosk-none = If you have no number, please go to the counter.
floor-kiosk-slow = Please wait a moment, then try again.
floor-kiosk-wrong = That is not an inquiry number. It has eight digits. Please check it.
floor-kiosk-early = You are early. You can check in from { $time }.
floor-kiosk-counter = We cannot check you in here. Please go to the counter.
floor-kiosk-ticket = You are checked in
floor-kiosk-sit = Keep this number. We call it on the screen.
floor-kiosk-done = Done
