# The desks of staff: short words, exact. Every "no" says what to do now.
## Frame
staff-nav = Desk
staff-nav-review = Review
staff-nav-callbacks = Callbacks
staff-nav-day = Office day
staff-nav-post = Letters
staff-nav-overview = Overview
staff-sign-out = Sign out
staff-signed-out = You are signed out.
staff-role-operator = operator
staff-role-officer = officer
staff-role-clerk = office clerk
staff-role-office-manager = office manager
staff-role-supervisor = supervisor
staff-role-analyst = policy analyst
staff-role-administrator = administrator
staff-role-auditor = auditor
staff-keys = The letter beside an action is its key: press it with Alt (Control and Option on a Mac).
staff-find = Find
staff-find-label = Inquiry number
staff-find-hint = Inquiry number
staff-find-title = No inquiry was found
staff-number-not-eight = An inquiry number has eight digits. Ask the person to read it again.
staff-number-wrong-digit = One of the digits is wrong, or two are swapped. Ask the person to read it again.
staff-number-unknown = There is no inquiry with that number.
staff-filter = Filter
staff-choose = Choose one
staff-yes = yes
staff-no = no
staff-office = Office
staff-pages = Pages of this list
staff-page-before = Page before
staff-page-n = Page { $n }
staff-page-after = Next page
staff-news-look = Look
staff-news-inquiry = This inquiry has changed since you opened it.

## Sign-in
staff-sign-in-title = Staff sign-in
staff-sign-in-name = Name
staff-sign-in-password = Password
staff-sign-in = Sign in
staff-sign-in-help = If you forgot your password, ask your administrator.
staff-sign-in-wrong = Wrong name or password. Check both and try again.

## Words of the desk
staff-urgency-urgent = Urgent
staff-urgency-regular = Regular
staff-urgency-then-urgent = Called within a day, seen first.
staff-urgency-then-regular = Called and seen in its turn. The first contact's date counts, not today's.
staff-stage-review = To review
staff-stage-papers = Waits for papers
staff-stage-promised = Call promised
staff-stage-calling = On the phone
staff-stage-spoken = To decide
staff-stage-unreached = Not reached
staff-stage-to-book = To book
staff-stage-booked = Booked
staff-stage-checked-in = At the office
staff-stage-closed = Closed
staff-meaning-review = An officer must look at it.
staff-meaning-papers = The person must show papers; the place is kept.
staff-meaning-promised = An officer owes a call.
staff-meaning-calling = An officer is calling now.
staff-meaning-spoken = The person was reached; the need must be decided.
staff-meaning-unreached = Every try failed; an officer looks at it again.
staff-meaning-to-book = A visit is needed and has no time yet.
staff-meaning-booked = A visit is booked.
staff-meaning-checked-in = The person is at an office now.
staff-closing-served = served at the office
staff-closing-by-phone = settled by talking
staff-closing-by-mail = by mail
staff-closing-elsewhere = pointed to another place
staff-closing-withdrawn = withdrawn by the person
staff-decision-urgency = Urgency
staff-decision-need = Need
staff-decision-fit = Office and time
staff-fit-serving = the office that serves the address
staff-fit-other = another office
staff-need-visit = A visit
staff-need-mail = By mail
staff-need-phone = Settled by talking
staff-need-papers = Papers first
staff-need-elsewhere = Not here
staff-outcome-reached = Reached
staff-outcome-no-answer = No answer
staff-outcome-busy = Busy
staff-outcome-machine = A machine answered
staff-outcome-declined = Did not want to talk
staff-outcome-wrong-number = Wrong number
staff-outcome-line-fault = Our line failed
staff-lang-en = English
staff-lang-es = Spanish
staff-due-nobody = nothing is due
staff-overdue = Late
staff-actor-person = The person
staff-actor-system = The system
staff-officer-me = me
staff-officer-any = any officer
staff-tag-relay = Relay service
staff-tag-interpreter = Interpreter
staff-recommended = recommended

## Columns
staff-col-urgency = Urgency
staff-col-person = Person
staff-col-reason = Reason
staff-col-office = Office
staff-col-stage = Stage
staff-col-since = Waits since
staff-col-due = Due
staff-col-number = Inquiry
staff-col-state = State
staff-col-window = Window
staff-col-officer = Officer
staff-col-tries = Tries
staff-col-time = Time
staff-col-do = Do
staff-col-meaning = What it means
staff-col-count = Number
staff-col-job = Work
staff-col-why = Why
staff-col-row = Row
staff-col-fired = Applies
staff-col-facts = Facts it looked at

## Review
staff-review-title = Review
staff-review-caption = What an officer must look at, the most urgent first
staff-review-all = Show all offices
staff-review-empty = Nothing waits for review.
staff-review-empty-next = New requests, people who were reached and people who could not be reached appear here by themselves.
staff-review-empty-office = Nothing waits for review at this office.
staff-office-all = All offices
staff-office-filter = Office that serves the person
staff-news-review =
    { $n ->
        [one] 1 new row waits.
       *[other] { $n } new rows wait.
    }

## Callbacks
staff-callbacks-title = Callbacks
staff-callbacks-caption = Promised calls today and tomorrow, late ones first
staff-callbacks-mine = Your calls, and those that any officer may make. Times are the person's; yours are in grey where they differ.
staff-callbacks-all = All promised calls. Times are the person's; yours are in grey where they differ.
staff-callbacks-empty = No call is promised for today or tomorrow.
staff-callbacks-empty-next = Promise one from an inquiry under
staff-callbacks-call = Call
staff-call-running = Calling
staff-call-broken = Promise broken
staff-call-retry-late = Try again late
staff-call-now = Call now
staff-tries-none = none yet
staff-tries =
    { $n ->
        [one] 1 try
       *[other] { $n } tries
    }
staff-news-callbacks =
    { $n ->
        [one] 1 call is new or has changed.
       *[other] { $n } calls are new or have changed.
    }

## The calendar of promised calls
staff-cal-views = Views
staff-cal-view-list = Today and tomorrow
staff-cal-view-day = Day
staff-cal-view-week = Week
staff-cal-when = Other dates
staff-cal-before-day = The day before
staff-cal-before-week = The week before
staff-cal-after-day = The day after
staff-cal-after-week = The week after
staff-cal-today = Today
staff-cal-day = Go to a date
staff-cal-go = Go
staff-cal-whose = Whose calls
staff-cal-own-both = Yours and anybody's
staff-cal-own-mine = Yours
staff-cal-own-pool = Anybody's
staff-cal-all-both = All
staff-cal-all-held = Held by an officer
staff-cal-all-pool = Anybody's
staff-cal-zone = Hours are yours: { $zone }. The person's stand below where they differ.
staff-cal-late =
    { $n ->
        [one] 1 call from before is late.
       *[other] { $n } calls from before are late.
    }
staff-cal-late-look = See the list
staff-cal-more = These are the first { $n } calls. Look at one day, or at fewer people's calls, to see the rest.
staff-cal-empty-day = No call is promised for this day.
staff-cal-empty-week = No call is promised for this week.
staff-cal-week-of = From { $first } to { $last }
staff-cal-hour = Hour
staff-cal-off = Not on duty
staff-cal-span = { $from } to { $until }
staff-cal-promised = Promised
staff-cal-window = Window: { $window }
staff-cal-theirs = For them { $window }, { $zone }
staff-cal-taken-over = Taken over: { $officer } was not there.
staff-story-taken-over-officer = The officer who held the call was not there. It went to { $officer }.
staff-story-taken-over-officer-absent = The officer who held the call was not there. It went to whoever is on duty.
staff-story-taken-over-no-longer = The officer who was on the call makes none any more. Whoever is on duty says how it ended.
staff-story-taken-over-nobody-there = The officer who held the call was not there, and nobody else who may make it was. It waits for whoever comes on duty.

## Inquiry: where it stands, read aloud
staff-stands-review = Waits for review, came in { $since }
staff-stands-papers =
    { $n ->
        [one] Waits for 1 paper, asked { $since }
       *[other] Waits for { $n } papers, asked { $since }
    }
staff-stands-promised = A call is promised { $window }
staff-stands-calling = { $officer } is calling, began { $since }
staff-stands-spoken = { $officer } spoke with the person { $since }; the need is to be decided
staff-stands-unreached = Could not be reached, last tried { $since }
staff-stands-to-book = Needs a visit, decided { $since }; no time yet
staff-stands-booked = Booked { $moment } at { $office }
staff-stands-checked-in = At the office with ticket { $ticket }, arrived { $since }
staff-stands-closed = Closed { $since }: { $how }

## Inquiry: acts, what they lead to, what their button says, what is told when they are done
staff-acts-title = What can be done
staff-act-urgency = Decide the urgency
staff-act-papers = Ask for papers
staff-act-papers-complete = The papers are here
staff-act-promise = Promise a call
staff-act-move-call = Move the call
staff-act-cancel-call = Give the call back
staff-act-call = Call now
staff-act-outcome = How did the call end?
staff-act-need = Decide what is needed
staff-act-book = Book a visit
staff-act-move = Move the visit
staff-act-cancel = Cancel the visit
staff-act-office = Choose another office
staff-then-urgency = Changes by when it must be looked at. The person sees it with its reason on their page.
staff-then-papers = A message goes out. The inquiry keeps its place and comes back here when the papers are there.
staff-then-papers-complete = The inquiry goes back to its old place. No message goes out.
staff-then-promise = A message goes out. Somebody must call in that hour; a missed call is tried again and shows here.
staff-then-move-call = A message goes out. The new hour is taken before the old one is given back.
staff-then-cancel-call = A message goes out. The inquiry goes back to the review list.
staff-then-call = The person's page says from this moment that an officer is calling.
staff-then-outcome = Whoever was not reached is tried again by the rules; the person is told after the first miss.
staff-then-need = A message goes out. All but a visit and papers close the inquiry.
staff-then-book = The place is kept while you read the message; then the message goes out with a calendar file.
staff-then-move = A message goes out that updates the calendar. The new place is taken before the old one is given back.
staff-then-cancel = A message goes out. The need stays decided: the person gets another time.
staff-then-office = The inquiry belongs to that office from now on. The reason stands in the journal.
staff-do-act-urgency = Decide
staff-do-act-papers = Ask for these papers
staff-do-act-papers-complete = The papers are here
staff-do-act-promise = Promise this call
staff-do-act-move-call = Move the call
staff-do-act-cancel-call = Give the call back
staff-do-act-call = I am calling now
staff-do-act-outcome = Record
staff-do-act-need = Decide and send
staff-do-act-book = Book and send
staff-do-act-move = Move and send
staff-do-act-cancel = Cancel and send
staff-do-act-office = Change the office
staff-did-act-urgency = The urgency is decided.
staff-did-act-papers = The papers are asked for.
staff-did-act-papers-complete = The inquiry is back at its place.
staff-did-act-promise = The call is promised.
staff-did-act-move-call = The call has moved.
staff-did-act-cancel-call = The call is given back.
staff-did-act-call = You are on the call. Say the person's phrase first.
staff-did-act-outcome = The call is recorded.
staff-did-act-need = It is decided, and the person is told.
staff-did-act-book = The visit is booked, and the person is told.
staff-did-act-move = The visit has moved, and the person is told.
staff-did-act-cancel = The visit is cancelled, and the person is told.
staff-did-act-office = The inquiry belongs to the other office.
staff-see = See what { $name } will read
staff-preview-title = { $name } will read this
staff-preview-mail = Message
staff-preview-no-mail = There is no e-mail address: the person reads it on their page.
staff-preview-held = Kept for you until { $time }
staff-preview-change = Change it
staff-stale = This has changed. Look again
staff-stale-next = Somebody was faster. Below is how it stands now; what you typed is kept where it still fits. Nothing of yours was done.
staff-nothing-closed = This inquiry is closed. Nothing more can be done with it.
staff-nothing-day = The visit is run at the office.
staff-nothing-role = Nothing here is for your role now.
staff-call-not-yet = You can call when the window has begun:
staff-call-colleague = { $officer } is on this call.
staff-call-left = { $officer } began this call and makes none any more.
staff-call-left-next = Say how it ended, if you know. If nobody does within half an hour, the call is owed again.
staff-call-unsaid = Nobody has said how it ended
staff-call-from = It can be called from { $moment }.
staff-call-hours = Good times for a call, in the person's words

## Inquiry: forms
staff-because = Why you depart from the recommendation
staff-because-hint = Needed only then. It stands in the journal with your name.
staff-because-needed = Your decision departs from the recommendation. Write why.
staff-review-mark = review asked for
staff-review-asked = The person asks for a review
staff-review-of = Of this decision: { $what } ({ $by }).
staff-review-not-you = You decided this yourself: another officer must decide on the review.
staff-review-how = Decide below what the matter needs: the same as before upholds the decision, anything else changes it.
staff-review-because = Why it stays or changes
staff-review-because-hint = The person reads this. Write it to them, in their language.
staff-review-because-needed = The person asked for a review. Write them why it stays or changes.
staff-fault-choose = Choose one.
staff-fault-papers = Choose at least one paper.
staff-fault-window = Choose an hour for the call.
staff-fault-place = Choose a place.
staff-fault-office = Choose an office.
staff-fault-office-because = Write why it is not the office that serves the address.
staff-urgency-legend = How soon must it be dealt with?
staff-papers-legend = Which papers are missing?
staff-papers-hint = Those that the person has not shown are chosen already.
staff-windows-legend = When?
staff-windows-hint = Hours by the person's clock, { $zone }.
staff-window-hours = { $from } to { $to }
staff-window-here = yours { $time }
staff-window-left =
    { $n ->
        [one] 1 left
       *[other] { $n } left
    }
staff-windows-none = No hour can be promised now.
staff-windows-none-next = Every hour that officers can keep is taken. Look again later, or tell a supervisor.
staff-owner-legend = Who calls?
staff-owner-me = I do
staff-owner-me-hint = A stretch of your time in that hour is kept for it.
staff-owner-any = Any officer on duty
staff-owner-any-hint = It stands in everybody's list.
staff-dial = Dial
staff-phrase = Say this phrase
staff-call-code = The code of this call, if they ask for it
staff-outcome-legend = How did it end?
staff-outcome-then-reached = Opens the decision.
staff-outcome-then-no-answer = Tried again by the rules.
staff-outcome-then-busy = Tried again by the rules.
staff-outcome-then-machine = Tried again by the rules.
staff-outcome-silent = Leave no message.
staff-outcome-then-declined = Followed as the rules say.
staff-outcome-then-wrong-number = Not tried again; the person is asked to choose another time.
staff-outcome-then-line-fault = Tried again soon; it does not count as a try.
staff-tries-title = Calls made
staff-tries-next = Next call { $moment }, because: { $why }.
staff-tries-of = Calls for this promise so far: { $made } of { $most } at most.
staff-tries-renewed = Nobody was reached in the window before; this one was promised by the rules.
staff-tries-then-choose = No further call. The person was told and may choose another time.
staff-tries-then-letter = No further call. Write the person a letter: they cannot be told otherwise.
staff-tries-then-promise = No further call. No window was free to promise; the person may choose another time.
staff-need-legend = What does the matter need?
staff-need-missing = Which papers, if papers come first
staff-wording-label = In other words, in { $lang }
staff-wording-hint = Leave it empty and the person reads the sentence beside your choice.
staff-sentence-visit = You need to come to an office. We will find a time with you.
staff-sentence-mail = We will mail you what you need. You do not have to come in.
staff-sentence-phone = We settled this by phone. You do not have to come in.
staff-sentence-papers = We need some papers first. Your place in line is kept.
staff-sentence-elsewhere = We cannot do this here. The officer told you where it can be done.
staff-office-to = To which office?
staff-office-because = Why not the office that serves the address?
staff-office-because-hint = It stands in the journal with your name.
staff-place-office = Office
staff-place-look = Show its places
staff-place-legend = Which place?
staff-place-hint = Times at the office, { $zone }.
staff-place-chosen = Chosen
staff-place-best = Suits best
staff-place-elsewhere = Best at other offices
staff-place-at = { $office }, { $state }: { $day }, { $time }
staff-place-sooner =
    { $n ->
        [one] 1 day sooner than at { $office }.
       *[other] { $n } days sooner than at { $office }.
    }
staff-place-as-soon = On the same day as at { $office }.
staff-place-behind =
    { $n ->
        [one] 1 day later than at { $office }.
       *[other] { $n } days later than at { $office }.
    }
staff-place-same-state = In the same state.
staff-place-its-clock = By the clock there, { $zone }.
staff-place-day =
    { $n ->
        [one] { $day }: 1 place
       *[other] { $day }: { $n } places
    }
staff-place-reserve = emergency reserve
staff-place-first = First days
staff-place-later = Later days
staff-place-bring = Bring also, in { $lang }
staff-place-bring-hint = One thing on each line. It is added to the checklist.
staff-place-because = Why this office
staff-place-because-hint = Needed when it is not the one that serves the address.
staff-why-fits-preference =
    { $n ->
        [one] Fits the person's first wish.
       *[other] Fits the person's wish number { $n }.
    }
staff-why-no-preference-free = None of the times the person wished for is free.
staff-why-keeps-clear = Keeps clear of the hours in which the person cannot come.
staff-why-nearest-to-target =
    { $off ->
        [0] On the target day, { $day }.
        [one] Nearest to the target, { $day } (1 business day off).
       *[other] Nearest to the target, { $day } ({ $off } business days off).
    }
staff-why-earliest-because-urgent =
    { $n ->
        [one] The first there is, because it is urgent (within 1 business day).
       *[other] The first there is, because it is urgent (within { $n } business days).
    }
staff-why-late-though-urgent = Urgent, and later than it should be: { $days } business days instead of { $n }. Nothing sooner is free.

## Inquiry: the policy
staff-policy-says = The policy recommends
staff-policy-note = Note for you
staff-policy-rule = Rule { $row }, version { $version }.
staff-policy-tried =
    { $n ->
        [one] 1 rule was tried
       *[other] { $n } rules were tried
    }
staff-policy-always = applies when nothing else does
staff-fact-reason = Reason
staff-fact-route = What comes first
staff-fact-channel = How it came in
staff-fact-case-status = State of the case
staff-fact-waited-days = Days since the first contact
staff-fact-has-all-papers = Has all required papers
staff-fact-missed-visits = Missed visits
staff-fact-missed-calls = Missed calls
staff-fact-urgency = Urgency
staff-fact-serving-place-in-days = Business days until the first place at the serving office
staff-fact-unknown = not known

## Inquiry: the matter
staff-matter-title = The matter
staff-matter-words = In the person's words
staff-matter-no-words = The person wrote nothing.
staff-matter-answers = Answers
staff-matter-no-answers = No questions were answered.
staff-matter-papers = Checklist
staff-paper-has = Has
staff-paper-missing = Missing
staff-paper-optional = Not required
staff-case-title = Case
staff-case-none = The person named no case.
staff-case-unknown = The agency's records know no such case. Ask the person to read the number again.
staff-case-down = The agency's records cannot be reached now. Load the page again in some minutes; the rest of this page is right.
staff-case-changed = Changed { $updated }.
staff-case-kept = The agency's records cannot be reached now. This is what they said before.
staff-case-dates = Received { $received }, changed { $updated }.
staff-case-as-of = As the records said
staff-decisions-title = Decided so far
staff-decision-because = Departs from the recommendation

## Inquiry: who
staff-who-title = The person
staff-who-lang = Speaks
staff-who-from = Our calls come from
staff-who-say = Whoever picks up
staff-who-say-yes = may be told who is calling
staff-who-say-no = must not be told who is calling
staff-who-machine = If a machine answers
staff-who-machine-yes = the line may leave its message
staff-who-machine-no = leave no message
staff-who-discreet = Written without a word of the matter
staff-who-relay = The call goes through a relay: take more time, and do not hang up on silence.
staff-who-needs = Needs
staff-who-representative = Representative
staff-who-on-file = The form that lets them act is on file.
staff-who-not-on-file = No form on file: speak with the person only.
staff-who-mail = E-mail
staff-who-no-mail = none: messages are read on the inquiry page
staff-who-texts = Text messages
staff-who-calls = Automated calls
staff-who-post = Letters go to
staff-who-clock = Their clock shows
staff-who-first = First contact
staff-who-zip = (ZIP { $zip })
staff-who-missed = Missed visits
staff-notices-title = Messages
staff-notices-none = None yet.
staff-worded = wording: { $version }
staff-notice-request-received = Request received
staff-notice-papers-needed = Papers needed
staff-notice-callback-promised = Call promised
staff-notice-callback-moved = Call moved
staff-notice-callback-cancelled = Call given back
staff-notice-callback-reminder = Reminder of the call
staff-notice-callback-missed = Not reached
staff-notice-promise-broken = Promise broken
staff-notice-decision-made = Decision
staff-notice-review-asked = Review asked for
staff-notice-review-decided = Review decided
staff-notice-appointment-booked = Visit booked
staff-notice-appointment-moved = Visit moved
staff-notice-appointment-cancelled = Visit cancelled
staff-notice-appointment-reminder = Reminder of the visit
staff-notice-appointment-confirm = Asked to confirm the visit
staff-notice-appointment-released = Visit given back, not confirmed
staff-notice-earlier-offered = Earlier time offered
staff-notice-appointment-missed = Visit missed
staff-notice-day-closed = Office closes on the day of the visit
staff-notice-day-reopened = Visit back at its old time
staff-notice-inquiry-closed = Inquiry closed
staff-notice-link-resent = Link sent again
staff-notice-contact-changed = Told that the contact changed
staff-notice-proof-changed = Told that what opens the inquiry was corrected
staff-notice-text-answer = Answer to a text
staff-carrier-email = e-mail
staff-carrier-text = text
staff-carrier-post = letter
staff-carrier-call = automated call
staff-delivery-queued = in the outbox,
staff-delivery-to-print = waits for the print room,
staff-delivery-delayed =
    { $n ->
        [one] delayed after 1 try,
       *[other] delayed after { $n } tries,
    }
staff-delivery-sent = sent
staff-delivery-arrived = arrived
staff-delivery-failed = could not be sent,
staff-delivery-dropped = not sent, no longer true,

## Inquiry: the story
staff-recordings-title = Recordings
staff-recordings-hint = That you play one is written down.
staff-recording-of = { $moment }, with { $by }
staff-recording-pauses = { $n ->
        [one] Paused once.
       *[other] Paused { $n } times.
    }
staff-recording-runs = It is still being recorded.
staff-recording-open = Open the sound file
staff-recording-gone = This recording is not here.
staff-recording-gone-next = It was deleted when its time was over, or it lies on another server of yours.
staff-story-recording-begun = A call is recorded from here on.
staff-story-recording-paused = The recording was paused.
staff-story-recording-resumed = The recording went on.
staff-story-recording-ended = The recording ended.
staff-story-recording-refused = The caller refused to be recorded. Nothing is kept of it.
staff-story-recording-failed = The recording failed.
staff-story-recording-played = Played a recording.
staff-story-recording-deleted = A recording was deleted.
staff-story-title = Story
staff-story-more =
    { $n ->
        [one] Reading and messages: 1
       *[other] Reading and messages: { $n }
    }
staff-story-when = { $who }, { $ago } ({ $moment })
staff-story-departed = Departs from the recommendation.
staff-story-request-received = Asked for an in-person meeting. The serving office is { $office }.
staff-story-urgency-decided = Urgency decided: { $urgency }.
staff-story-papers-asked = Papers asked for: { $papers }.
staff-story-papers-complete = The papers are here.
staff-story-callback-promised = A call was promised { $window }.
staff-story-callback-moved = The call moved to { $window }.
staff-story-callback-cancelled = The call was given back: { $window }.
staff-story-callback-taken = Took the call.
staff-story-call-started = Began to call, try { $n }.
staff-story-rang-back = The person called back and waits to be put through.
staff-story-rang-back-number = Somebody called back from the person's number and waits to be put through. Who it is was not shown.
staff-story-call-theirs = Took the call of whoever called back. Say how it ended.
staff-story-call-ended = The call ended: { $outcome }.
staff-story-call-ended-next = The call ended: { $outcome }. Next try { $moment }.
staff-story-retry-late = Try { $n } was not made in time; anybody on duty may make it.
staff-story-promise-broken = Nobody called in the promised window: { $window }.
staff-story-unreached = Every try failed. The person may choose another time.
staff-story-need-decided = Need decided: { $need }.
staff-story-review-asked = The person asked for a review, due { $moment }.
staff-story-review-upheld = Reviewed: it stays as it was.
staff-story-review-changed = Reviewed: it was changed.
staff-story-appointment-booked = Visit booked at { $office }, { $moment }.
staff-story-appointment-moved = Visit moved to { $office }, { $moment }.
staff-story-day-closed = The office closed the day of the visit ({ $moment }).
staff-story-new-place-kept = The person keeps the new place.
staff-story-day-reopened = The office opened that day after all.
staff-story-appointment-cancelled = Visit cancelled: { $moment }.
staff-story-appointment-released = The visit was not confirmed, so its place was given back.
staff-story-confirmation-asked = The person was asked whether they come.
staff-story-earlier-asked = The person could come earlier.
staff-story-earlier-stopped = The person no longer wants to come earlier.
staff-story-earlier-offered = An earlier time was offered: { $moment }.
staff-story-earlier-taken = The person took the earlier time.
staff-story-earlier-declined = The person did not want the earlier time.
staff-story-earlier-lapsed = The person did not answer in time. The earlier time went to others.
staff-story-appointment-confirmed = The person says that they will come.
staff-story-texts-agreed = The person agreed to text messages.
staff-story-texts-stopped = The person wants no more text messages.
staff-story-calls-agreed = The person agreed to automated calls.
staff-story-calls-stopped = The person wants no more automated calls.
staff-story-post-agreed = The person said where letters go.
staff-story-post-stopped = The person wants no more letters.
staff-story-untold = By no way could the person be told, please call them: { $kind }.
staff-story-letter = Letter printed.
staff-post-title = Letters to post
staff-post-empty = No letter waits.
staff-post-empty-next = Letters come here when a person has no e-mail and wants no texts, or when those did not reach them.
staff-post-print = Download the letters and print them, on one side each.
staff-post-fold = Fold each in three, with the address to the front, into a No. 10 window envelope.
staff-post-say = When all of them are in the post, say so here.
staff-post-download =
    { $n ->
        [one] Download one letter (PDF)
       *[other] Download { $n } letters (PDF)
    }
staff-post-posted = They are in the post
staff-post-done =
    { $n ->
        [0] Nothing was in this batch.
        [one] One letter is in the post.
       *[other] { $n } letters are in the post.
    }
staff-post-caption = Letters of this batch, oldest first
staff-post-letter = Letter
staff-post-waits = Waits since
staff-post-outdated = no longer true: not printed, and dropped with the batch
staff-story-checked-in = Came to the office, ticket { $ticket }.
staff-story-ticket-called = Ticket { $ticket } was called to counter { $counter }.
staff-story-served = Was served.
staff-story-no-show = Did not come.
staff-story-closed = Closed: { $how }.
staff-story-office-changed = Office changed from { $from } to { $to }.
staff-story-held = A place was kept while it was talked about: { $moment }.
staff-story-hold-expired = The place that was kept is free again: { $moment }.
staff-story-notice-queued = Message in the outbox: { $kind }.
staff-story-notice-sent = Message sent: { $kind }.
staff-story-notice-failed = Message could not be sent: { $kind }.
staff-story-notice-dropped = Message not sent, no longer true: { $kind }.
staff-story-notice-arrived = Message has arrived: { $kind }.
staff-story-notice-lost = Message was sent and did not arrive: { $kind }.
staff-story-read = Read this inquiry.
staff-story-wait-joined = Asked for an operator.
staff-story-wait-rejoined = Called again, and waits at the same place.
staff-story-wait-returned = Rang again after the wait was over, and stands at the same turn.
staff-story-wait-kept = Is not on the line; the place is kept and we call back.
staff-story-wait-offered = Was offered to an operator.
staff-story-wait-declined = The operator declined; the place is kept.
staff-story-wait-unanswered = The operator did not answer; the place is kept.
staff-story-wait-accepted = An operator took the call.
staff-story-wait-reached = Was called back and reached.
staff-story-wait-missed = Was called back and not reached.
staff-story-wait-cut-off = The operator was cut off; the place is kept.
staff-story-wait-transferred = Was passed on to others; the place is kept.
staff-story-wait-sent-out = Was passed on to a line outside, which is called; the place is kept.
staff-story-wait-outside-answered = The line outside answered.
staff-story-wait-outside-failed = The line outside did not answer; the place is kept.
staff-story-wait-moved = Was moved to another queue; the place is kept.
staff-story-wait-handed-over = A colleague took the call over.
staff-story-wait-taken-down = An operator took down what the caller asked.
staff-story-wait-over = The wait for an operator is over.
staff-story-wait-disposed = The operator noted how the call ended.
staff-story-legal-hold-set = Under legal hold: nothing may be erased.
staff-story-legal-hold-lifted = The legal hold was lifted.
staff-story-erasure-asked = It was asked to erase everything about the person.
staff-story-erasure-declined = Erasing everything about the person was declined.
staff-story-looked-for = An auditor looked who read this.
staff-story-calendar = The person's calendar asked what is promised.
staff-story-exported = Everything held about the person was given out to them.
staff-story-conflict-set = { $name } is kept from this inquiry
staff-story-conflict-lifted = { $name } is no longer kept from this inquiry
staff-story-protection-set = The person is protected
staff-story-protection-lifted = The person is no longer protected
staff-story-link-resent = Asked for a fresh link.
staff-story-corrected = The person corrected: { $what }.
staff-story-corrected-telephone = Corrected, as the person said by telephone: { $what }.
staff-story-corrected-office = Corrected, as the person said at an office: { $what }.
staff-story-corrected-writing = Corrected, as the person wrote: { $what }.
staff-correct = Correct what is recorded
staff-correct-about = Only on the person's word, when you have made sure who they are. The old number or address is told that it was changed, and links that went out before open nothing any more.
staff-correct-how-hint = It stands in the story with your name.
staff-correct-do = Keep it
staff-proof = Correct date of birth or number
staff-proof-about = Only when the person has shown who they are: with these they open their inquiry. What is recorded now is not shown. It counts for everything that they have asked. We tell them that it was corrected.
staff-proof-born = Date of birth, as it should be
staff-proof-stays = Left empty, it stays as it is.
staff-proof-how = How they showed it
staff-proof-because = What they showed, and what was wrong
staff-proof-because-hint = It stands in the story. Write no number of a document.
staff-proof-because-missing = Say what they showed and what was wrong.
staff-proof-nothing = Say what should be corrected.
staff-did-correct = It is corrected.
staff-recorded-what-name = name
staff-recorded-what-phone = phone number
staff-recorded-what-email = e-mail
staff-recorded-what-language = language
staff-recorded-what-call-hours = hours for a call
staff-recorded-what-phrase = phrase
staff-recorded-what-say-who = whether we may say who calls
staff-recorded-what-no-message = whether a message may be left
staff-recorded-what-discreet = which messages say nothing of the matter
staff-recorded-what-relay = relay service
staff-recorded-what-interpreter = interpreter
staff-recorded-what-accommodation = accommodation
staff-recorded-what-zip = ZIP code
staff-recorded-what-preferred = preferred times
staff-recorded-what-representative = representative
staff-recorded-what-born = date of birth
staff-recorded-what-file-number = number with the agency
staff-story-who-calls = Saw this inquiry when a call from its number rang.
staff-contact-way-in = Called the line.
staff-contact-way-browser = Called the line from the public page.
staff-contact-way-out = Was called by us.
staff-contact-end-line = The line told what was asked.
staff-contact-end-operator = They spoke with an operator.
staff-contact-end-transferred = They were passed on.
staff-contact-end-call-back = They chose to be called back.
staff-contact-end-kept-place = The call ended while they waited; the place is kept.
staff-contact-end-left = They hung up without an answer.
staff-contact-end-reached = They were reached.
staff-contact-end-not-reached = They were not reached.
staff-contact-end-fault = The call failed.
staff-contact-minutes = ({ $n ->
    [one] 1 minute
   *[other] { $n } minutes
})
staff-contact-unproved = They named the number of this inquiry, and did not show that it is theirs.
staff-contact-waited = Waited { $n ->
    [one] 1 minute
   *[other] { $n } minutes
} for an operator.
staff-contact-waited-told = Waited { $n ->
    [one] 1 minute
   *[other] { $n } minutes
} for an operator; told were { $least } to { $most }.
staff-story-listened-began = { $by } began to listen to a call of { $to }.
staff-story-listened-changed = { $by } is heard by others in a call of { $to }.
staff-story-listened-ended = { $by } stopped listening to a call of { $to }.
staff-listened-listen = Nobody heard it.
staff-listened-whisper = Only the colleague heard it.
staff-listened-barge = Everybody in the call heard it.
staff-contact-outside = { $by } passed the call on to { $to }.
staff-contact-outside-answered = Somebody answered there.
staff-contact-outside-back = Nobody answered there, and the caller came back to the line.
staff-contact-listened = { $by } listened to { $to }: { $why }.
staff-contact-with = With { $name }.
staff-contact-looked-case-found = Heard the status of a case.
staff-contact-looked-case-none = Keyed a case number that is not known.
staff-contact-looked-office-found = Heard where an office is.
staff-contact-looked-office-none = Keyed a ZIP code that no office serves.
staff-contact-looked-move-callback-found = Moved the call.
staff-contact-looked-move-callback-none = The call could not be moved.
staff-contact-looked-cancel-callback-found = Gave the call back.
staff-contact-looked-cancel-callback-none = The call could not be given back.
staff-contact-fault-refused = It was turned away: the line was full.
staff-contact-fault-no-agreement = The two ends could not agree how to carry sound.
staff-contact-fault-no-sound = No sound came from the other end.
staff-contact-fault-trunk-lost = The connection to the trunk was lost.
staff-contact-fault-trunk-silent = The trunk did not answer.
staff-contact-fault-trunk-full = The trunk was full.
staff-contact-fault-trunk-refused = The trunk refused the call.
staff-contact-fault-no-trunk = No trunk could carry the call.
staff-contact-fault-not-acknowledged = The other end never confirmed the call.
staff-contact-fault-session-expired = The other end stopped keeping the call alive.
staff-contact-fault-no-port = There was no room for its sound.
staff-contact-fault-browser-gone = The operator’s browser was gone.
staff-contact-fault-voice-slow = The voice was slow.
staff-contact-fault-voice-failed = Some words could not be said.
staff-contact-fault-store-slow = An answer took long.
staff-contact-fault-store-failed = An answer could not be had.
staff-contact-fault-stopped = The line was stopped.
staff-contact-fault-node-lost = The machine that held the call failed.
staff-contact-trunk = By { $trunk }.
staff-contact-states = Way through the line: { $states }.

## Office day
staff-day-title = { $office }: { $day }
staff-day-choose = Which office's day?
staff-day-open = Open the day
staff-days = Days
staff-day-before = Day before
staff-day-today = Today
staff-day-after = Day after
staff-day-by-name = Show names with
staff-day-all-names = Show all
staff-day-number = Inquiry number of who has come
staff-day-number-hint = Eight digits, with or without a space.
staff-day-number-unknown = That number has no visit at this office. Look for the name in the list, or check the day on the notice.
staff-day-counter = Your counter
staff-day-counter-hint = Kept on this computer for a shift.
staff-day-counter-keep = Keep
staff-day-counter-bad = Write your counter with letters and digits, such as 4 or B2.
staff-day-counter-first = Say which counter you are at before you call somebody.
staff-day-caption = Visits by time, { $zone }
staff-day-empty = No visit is booked on this day.
staff-day-empty-next = Visits appear here as soon as an officer books them.
staff-visit-expected = Expected
staff-visit-arrived = Arrived
staff-visit-called = Called
staff-visit-served = Served
staff-visit-aside = Set aside
staff-visit-left = Left
staff-visit-missed = Missed
staff-visit-cancelled = Cancelled
staff-at-counter = counter { $counter }
staff-came-early =
    { $n ->
        [one] came 1 minute early
       *[other] came { $n } minutes early
    }
staff-came-late =
    { $n ->
        [one] came 1 minute late
       *[other] came { $n } minutes late
    }
staff-came-waits = arrived
staff-day-confirmed = said that they come
staff-day-asked = asked, no answer yet
staff-do-check-in = Check in
staff-do-call = Call
staff-do-call-to = Call to counter { $counter }
staff-do-served = Served
staff-do-missed = Did not come
staff-did-check-in = { $name } is checked in with ticket { $ticket }.
staff-did-call = { $name }, ticket { $ticket }, is called to counter { $counter }.
staff-did-served = { $name } was served.
staff-did-missed = { $name } did not come and is asked to take another time.
staff-day-too-early = Check-in opens { $from }.
staff-day-too-late = Check-in ended { $until }. Choose "Did not come"; the person gets another time.
staff-day-not-today = The visit is { $start }.
staff-day-too-soon = The person is awaited until { $until }.
staff-day-taken = A colleague at another counter has called this ticket.

## Overview
staff-overview-title = Overview
staff-overview-stages = Where inquiries are
staff-overview-caption = Open inquiries by stage
staff-broken-title = Broken promises
staff-broken-none = No promised call is overdue.
staff-broken-count =
    { $n ->
        [one] 1 promised call was not made in its window and is still owed.
       *[other] { $n } promised calls were not made in their windows and are still owed.
    }
staff-dead-title = Work that was given up
staff-dead-caption = What the system tried and gave up, newest first
staff-dead-none = Nothing was given up.
staff-job-send-notice = Send a message
staff-job-callback-reminder = Remind of a call
staff-job-callback-watch = Watch a promised call
staff-job-appointment-reminder = Remind of a visit
staff-job-confirm-visit = Ask to confirm a visit
staff-job-offer-place = Offer a place that was given back
staff-job-appointment-watch = Watch a visit
staff-job-hold-watch = End a kept place
staff-check-title = Does everything hold that must?
staff-check-about = Every few minutes Anteroom looks whether each place taken has its booking, each promise its watch and its place, each officer one call at a time, and each message its delivery, and whether the record of what happened is unchanged. It reports and never repairs.
staff-check-run = Look now
staff-check-not-yet = Nobody has looked since Anteroom was started.
staff-check-good = Everything that must hold, held { $when }.
staff-check-bad = Something does not hold
staff-check-found-at = Found { $when }. Nothing was changed.
staff-check-bad-next = Tell whoever runs this installation, with these lines.
staff-check-more =
    { $n ->
        [one] 1 more was found; the program's log and its check at the terminal tell it.
       *[other] { $n } more were found; the program's log and its check at the terminal tell them.
    }
staff-check-count = The place { $slot } is counted as taken { $taken } times, and { $claims } bookings have it.
staff-check-overlap = { $officer } has two calls at once, { $when }.
staff-check-pair = The same person has two open inquiries for the same reason.
staff-check-unwatched = A promise that nothing watches.
staff-check-shut = A visit stands in time that its office has closed.
staff-check-remains = A record was erased, and messages of it are left.
staff-check-idle = An office's closing has stopped half way.
staff-check-unbacked = A promise without its place, or a place that should have been given back.
staff-check-stray = The place { $slot } is taken, and nobody has it.
staff-check-unsent = A message that will not be sent.
staff-check-grant = A caller and an operator do not agree that they have each other.
staff-check-chain = Entry { $seq } of the record of what happened was changed, or is missing.
staff-check-do-count = Until it is set right, book no more visits at this time; it may be sold twice.
staff-check-do-overlap = Move one of the two calls to another time.
staff-check-do-pair = Go on with one of them, and ask the person to withdraw the other.
staff-check-do-unwatched = Keep it yourself: nothing will warn you when it is late.
staff-check-do-shut = Move the visit, and tell the person.
staff-check-do-remains = Somebody must delete those messages in the store. The record itself is erased.
staff-check-do-idle = Some people have not been told. Open the closing and call those who are not moved yet.
staff-check-do-unbacked = Ask the office or the officer whether they can keep it; if not, offer the person another time.
staff-check-do-stray = Nobody else can be booked there until it is set right.
staff-check-do-unsent = Tell the person yourself what their inquiry page says.
staff-check-do-grant = Ask the operator whether they are speaking with somebody. The caller keeps the place, and is offered to nobody until it is set right.
staff-check-do-chain = Copy the data now and keep the copy apart. Either somebody wrote past Anteroom, or the disk is failing.

## Indicators
staff-nav-indicators = Indicators
staff-indicators-title = Indicators
staff-indicators-periods = Periods
staff-indicators-days = Last { $n } days
staff-indicators-from = From
staff-indicators-to = To
staff-indicators-by = Told apart by
staff-indicators-note = At most { $n } days at once. A day is the line's own, from midnight to midnight.
staff-indicators-none = Nothing was counted in these days.
staff-indicators-topics = What the figures are about
staff-indicators-caption = From { $from } to { $to }
staff-indicators-what = Indicator
staff-indicators-figure = Figure
staff-indicators-n = Counted from
staff-indicators-left-out = Left out
staff-indicators-csv = Download these figures (CSV)
staff-indicators-definitions = Definitions, version { $version }

## The hall
staff-do-call-again = Call again
staff-hall-open = Call display for the hall
staff-hall-called = Please come to the counter
staff-hall-none = Nobody is called now
staff-hall-counter = Counter { $counter }
staff-hall-waiting =
    { $n ->
        [0] Nobody waits
        [one] 1 waits
       *[other] { $n } wait
    }
staff-hall-sound = Turn on the bell
staff-hall-sound-on = The bell is on. Ring it
staff-told-title = From the operator

## Giving a promised call to another officer
staff-act-give = Give to another officer
staff-then-give = The promise and its window stay as they are; the person is not told. The officer's time is kept for it.
staff-do-act-give = Give the call
staff-did-act-give = The call belongs to somebody else now.
staff-give-to = To whom
staff-give-because = Why
staff-give-because-hint = It stands in the inquiry's story.
staff-story-callback-given = The call was given to { $officer }.
staff-story-callback-anybody = The call was given to whoever is on duty.
staff-act-earlier = Note that they could come earlier
staff-act-stop-earlier = They do not want to come earlier
staff-then-earlier = When somebody gives a time back, the person is offered it by a message. They keep the visit they have until they take it.
staff-then-stop-earlier = Nothing earlier is offered to them any more. The visit they have stays.
staff-do-act-earlier = Note it
staff-do-act-stop-earlier = Note it
staff-did-act-earlier = It is noted: they wait for an earlier time.
staff-did-act-stop-earlier = It is noted: they do not wait for an earlier time any more.
staff-earlier-from = First day that suits
staff-earlier-until = Last day that suits
staff-earlier-notice = How long before they need to know
staff-earlier-how = How did they say so?
staff-earlier-how-hint = Note it only when the person wants it. How they said so stands with it.
staff-earlier-said-telephone = By telephone
staff-earlier-said-office = At an office
staff-earlier-said-writing = In writing
staff-earlier-fault-day = Enter the day.
staff-earlier-fault-order = The last day must not be before the first.
staff-earlier-fault-said = Choose how they said so.
staff-earlier-waits = Could come earlier: from { $from } until { $until }, told { $hours } hours before.
staff-earlier-noted-telephone = Said by telephone, noted by { $name }
staff-earlier-noted-office = Said at an office, noted by { $name }
staff-earlier-noted-writing = Said in writing, noted by { $name }
staff-earlier-own = Said on their own page
staff-story-earlier-noted-telephone = Could come earlier: said by telephone
staff-story-earlier-noted-office = Could come earlier: said at an office
staff-story-earlier-noted-writing = Could come earlier: said in writing

# Delegates: whoever the representative lets act for the person.
staff-notice-delegate-named = Told that somebody may act for them
staff-notice-delegate-link = Link for whoever acts for them
