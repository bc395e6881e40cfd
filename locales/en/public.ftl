# The pages for the public. Plain words, short sentences, one thought each.

public-start-title = What do you need?
public-start-about = Check a case, ask a question, ask for a meeting, or see where your request is. No account is needed.
public-door-status = Check where a case is
public-door-status-about = You need your receipt number.
public-door-request = Ask for a meeting at an office
public-door-request-about = Tell us what you need. An officer reads it and calls you. Many matters need no visit.
public-door-inquiry = I have an inquiry number
public-door-inquiry-about = See where your request is, or change your call or appointment.
public-door-calls = I got a call. Was it you?
public-door-calls-about = How our calls work, and how to tell that a call is real.

public-line-title = Talk to us
public-line-open = The line is open now, until { $until }.
public-line-holiday = The line is closed today: { $name }.
public-line-closure = The line is closed now: { $why }.
public-line-day = The line is closed today.
public-line-hours = The line is closed at this hour.
public-line-by-hand = The line is closed today, earlier than planned.
public-line-opens = It opens again on { $moment }.
public-line-always = These pages work at any time, day and night.

public-calls-title = I got a call. Was it you?
public-calls-number = Our officers call from one number only: { $number }. But a false caller can make any number show on your phone. So check the points below too.
public-calls-promised = We call at a time that we promised you. The promise is on your inquiry page.
public-calls-phrase = The officer says your own phrase first. Only you and we know it.
public-calls-page = While we call, your inquiry page says "An officer is calling you now".
public-calls-never-title = We never do this
public-calls-never-money = We never ask for money, gift cards or bank details by phone.
public-calls-never-password = We never ask for your passwords.
public-calls-never-threat = We never threaten to arrest you or to send you away.
public-calls-check-title = If you are not sure
public-calls-check = Hang up. Open your inquiry page, or call us at { $number }. You will not lose your place.
public-calls-open = Open my inquiry page

public-privacy-title = Privacy
public-privacy-keep-title = What we keep
public-privacy-keep = We keep your request, what was promised and what was decided, and why. You can see all of it on your inquiry page.
public-privacy-draft-title = Forms you have not sent
public-privacy-draft = We save your answers as you go, so that nothing is lost. We throw them away { $days } days after your last change.
public-privacy-cookies-title = Cookies
public-privacy-cookies = We use cookies only to keep your form and your inquiry page open. We do not follow you, and no other company sees what you do here.
public-privacy-read-title = Who reads it
public-privacy-read = Only staff who work on your matter. Each time someone opens your inquiry, we write it down.

public-access-title = Accessibility
public-access-intro = These pages are for everyone. If something does not work for you, that is our fault, and we want to know.
public-access-keyboard = You can use every page with a keyboard alone.
public-access-scripts = Every page works without JavaScript, and on old phones.
public-access-zoom = You can make the text up to four times larger.
public-access-standard = We build and test to the standard WCAG 2.2, level AA.
public-access-help-title = If a page does not work for you
public-access-help = Call us. We can do everything by phone that these pages do. Relay calls and interpreters are welcome.

# Offices, and choosing one's own time where an office still lets people do so.
public-offices-title = Our offices
public-offices-door = Find the office that serves you, and when it is open.
public-offices-intro = Type your ZIP code to find the office that serves you. Please ask for a meeting before you come.
public-offices-find = Find my office
public-offices-all = All offices
public-offices-about = Where the { $office } office is, when it is open, and how to ask for a meeting there.
public-offices-ask-first = Please ask for a meeting before you come.
public-offices-hours = Open
public-offices-zone = Time zone
public-offices-closed = Closed soon
public-offices-own = Can I choose a time myself?
public-offices-own-until = Yes, until { $day }. Tell us first what you need. Then choose a time on your inquiry page.
public-own-title = Choose your time
public-own-choose = Choose my time
public-own-until = At the { $office } office you can still choose a time yourself, until { $day }. An officer's call may save you the trip.
public-own-then = We keep this time for you. You can move it or give it back on your inquiry page.
public-own-ended-title = You cannot choose a time yourself here
public-own-ended = The last day to choose a time yourself at this office was { $day }.
public-own-never = No. At this office you cannot choose a time yourself.
public-own-instead = You lose nothing. An officer looks at your request, calls you, and books a time if you need one.
public-own-how = To ask, fill in the form or call us. An officer looks at each request and calls you. Many matters need no visit.

# What people come for.
public-topics-title = What people come for
public-topics-about = What each kind of help is for, who gets it, what to try first and what to bring.
public-topics-search = Tell us in a few words what you need
public-topics-hint = For example: lost card. We do not keep what you type.
public-topics-find = Find
public-topics-none = We found nothing with these words. Try others, or look through the list.
public-topics-found =
    { $count ->
        [one] This may be what you need.
       *[other] One of these { $count } may be what you need.
    }
public-topics-all = All kinds of help
public-topics-who = Who gets it
public-topics-first = Try this first
public-topics-bring = What to bring
public-topics-one-of = One of these: { $items }
public-topics-if-any = (if you have it)
public-topics-bring-late = You do not need all of it to ask. You keep your place while you look for a paper.
public-topics-ask = Ask for a meeting about this
public-topics-other = Look for something else

# Case status.
public-status-title = Check where a case is
public-status-intro = Type the number from your receipt notice. We do not keep it.
public-status-show = Show the status
public-status-again = Check another number
public-status-wrong = Type { $letters } letters and { $digits } digits, like { $example }.
public-status-prefix = We do not know the letters at the start of { $number }. Please compare it with your notice.
public-status-unknown = We found no case with that number
public-status-unknown-number = You typed { $number }.
public-status-unknown-next = Compare it with your notice, letter by letter. A new case can take some days to show. If it still does not show, please call us.
public-case-form = Form
public-case-state = Stage
public-case-since = We received it on
public-case-as-of = This was true on
public-case-kept = We cannot reach the case records right now. This is what they told us { $ago }. Look again later, or call us.
public-case-history = What happened so far
public-case-received = We have received it
public-case-pending = We are working on it
public-case-decision = It has been decided

# The request.
public-request-title = Ask for a meeting at an office
public-request-intro = This takes three steps. You do not have to come in before we talk.
public-request-one = You tell us what you need
public-request-one-about = We ask one thing at a time.
public-request-two = An officer reads it and calls you
public-request-two-about = You get a time for the call. We call you from one number, and say your own phrase first.
public-request-three = If you must come in, we book it for you
public-request-three-about = You get the office, the day, the time, and a list of what to bring.
public-request-saved = We save your answers as you go.
public-request-begin = Begin
public-request-go-on = Go on where I stopped
public-request-anew = Start again
public-request-progress = Step { $at } of { $of }
public-continue = Continue
public-change = Change
public-yes = Yes
public-no = No
public-optional = { $label } (if you want)
public-title-errors = Please check: { $title }
public-any-day = Any day
public-any-time = Any time
public-date-hint = { $help } If you do not know, leave it blank.
public-number-label = Number

public-zip-title = Where do you live?
public-zip-why = Your ZIP code tells us which office serves you.
public-zip-label = ZIP code
public-zip-hint = Five digits, for example 94105

public-reason-title = What do you need?
public-reason-office = Your office is { $office }.
public-reason-office-approximate = This is our best guess. We check it before we book a visit.
public-reason-hint = { $about } For: { $who }
public-reason-none = If none of these fits, please call us.

public-first-title = You may not need to come in
public-first-mail-first = If we can mail it to you, you save a trip. Go on with this form either way: the officer will tell you which it is.
public-first-phone-first = A call often settles this the same day. You can still go on with this form.
public-first-papers-first = The officer looks at your papers before a visit. If one is missing, we keep your place while you get it.
public-first-go-on = Go on with the form

public-words-title = Is there anything else we should know?
public-words-label = In your own words (if you want)
public-words-hint = Write in any language. Please leave out passwords and bank details.

public-papers-title = Which of these do you have now?
public-papers-legend = What you have
public-papers-keep = It is fine if something is missing. You keep your place while you get it.
public-papers-one-of = One of these will do.
public-papers-optional = Good to have, not a must.

public-times-title = If you have to come in, when could you?
public-times-intro = You can leave this blank. We cannot promise these times, but we try.
public-times-wish-1 = First choice
public-times-wish-2 = Second choice
public-times-wish-3 = Third choice
public-times-weekday = Day of the week
public-times-part = Time of day
public-times-date = Or one date only
public-times-date-hint = Up to { $last }
public-weekday-monday = Monday
public-weekday-tuesday = Tuesday
public-weekday-wednesday = Wednesday
public-weekday-thursday = Thursday
public-weekday-friday = Friday
public-weekday-saturday = Saturday
public-part-morning = Morning
public-part-afternoon = Afternoon
public-part-evening = After 5 p.m.

public-you-title = Who are you?
public-you-why = Write the name as it is on your papers with us.
public-you-given = First name
public-you-family = Last name
public-you-born = Date of birth
public-you-born-hint = For example: April 28, 1986

public-reach-title = How do we reach you?
public-reach-phone = Phone number
public-reach-phone-hint = Ten digits. For another country, begin with + and its code.
public-reach-texts = Send me text messages at this number
public-reach-texts-hint = We text you about this request and nothing else. Your phone company may charge for texts. Reply STOP at any time and we stop.
public-reach-email = E-mail
public-reach-email-hint = We send you what we promised, and a link to change it. Nothing about your case is in the message.
public-reach-lang = Which language should we speak and write?

public-call-title = How will you know that it is us?
public-call-from = We call from { $number }. The officer says a phrase that only you and we know.
public-call-phrase = Your phrase
public-call-phrase-hint = Keep this one, or write your own. Do not use a password.
public-call-hours = When is a good time for a call? (if you want)
public-call-hours-hint = For example: after 4 p.m., not on Fridays
public-call-say-who = You may say who is calling if someone else picks up
public-call-say-who-hint = If you do not tick this, we only ask for you and do not say who we are.

public-phrase-word-1 = river
public-phrase-word-2 = lemon
public-phrase-word-3 = bridge
public-phrase-word-4 = window
public-phrase-word-5 = garden
public-phrase-word-6 = silver
public-phrase-word-7 = mountain
public-phrase-word-8 = pencil
public-phrase-word-9 = orange
public-phrase-word-10 = train
public-phrase-word-11 = cloud
public-phrase-word-12 = guitar
public-phrase-word-13 = island
public-phrase-word-14 = bread
public-phrase-word-15 = candle
public-phrase-word-16 = forest

public-help-title = Is there anything that would help you?
public-help-intro = You can leave this blank. Help is free.
public-help-interpreter = An interpreter for this language
public-help-interpreter-hint = For example: Vietnamese, or American Sign Language
public-help-relay = I use a relay service or a TTY
public-help-relay-hint = We allow more time for the call.
public-help-accommodation = Anything else that would help
public-help-accommodation-hint = For example: a step-free way in, slower speech, large print

public-behalf-title = Does a lawyer or someone else act for you?
public-behalf-hint = If you fill this in yourself, for yourself, answer no.
public-behalf-if = If yes
public-behalf-name = Their name
public-behalf-organisation = Their firm or group
public-behalf-on-file = The form that names them is on file with you

public-check-title = Is everything right?
public-check-matter = What you need
public-check-reason = Reason
public-check-visit = If you have to come in
public-check-times = Times that suit you
public-check-you = About you
public-check-name = Name
public-check-born = { $month } { $day }, { $year }
public-check-behalf = Someone acts for you
public-check-reach = How we reach you
public-check-texts = Text messages: yes
public-check-no-texts = Text messages: no
public-check-interpreter = Interpreter: { $lang }
public-check-nothing = Not given
public-check-send-title = Send it
public-check-next = When you send this, you get an inquiry number. An officer then reads your request.
public-check-send = Send the request

public-already-sent = We have sent a link to the address we have for you. It opens your inquiry, and you can change it there.
public-already-none = If no message comes, we may have no e-mail address for you. Then open your inquiry with its number, or call us.

public-wrong-unseen = Please answer this page.
public-wrong-zip = Type the five digits of your ZIP code, like 94105.
public-wrong-zip-military = No office here serves military mail addresses. Type the ZIP code where you are now, or call us.
public-wrong-zip-no-office = We know no office for this ZIP code. Check the digits, or call us.
public-wrong-reason = Choose what you need. If none fits, call us.
public-wrong-date = Choose a month, and type a day and a year that exist.
public-wrong-date-past = This day is still to come. Type a day that has passed.
public-wrong-number = Type a whole number from { $min } to { $max }.
public-wrong-choice = Choose one of the answers.
public-wrong-yes-no = Choose yes or no.
public-wrong-time = Choose a day after today that is not too far away, or leave it blank.
public-wrong-name = Type your name.
public-wrong-born = Type your date of birth: month, day and a year with four digits.
public-wrong-file = Type { $prefix } and up to { $most } digits, or leave it blank.
public-wrong-phone = Type a phone number with ten digits, area code first.
public-wrong-email = Type an e-mail address like name@example.com, or leave it blank.
public-wrong-lang = Choose a language.
public-wrong-phrase = Type a phrase, for example two words and a number.
public-wrong-behalf-name = Type the name of the person who acts for you, or answer no.
public-wrong-long = This is too long. Use { $most } letters or fewer.
public-wrong-inquiry-digits = Type the eight digits of your inquiry number.
public-wrong-inquiry-check = A digit is wrong, or two are swapped. Compare the number with our message.
public-wrong-pair = The number and the date of birth do not fit together. Check both. After five tries you have to wait.
public-wrong-start = Choose one of the times.

public-received-title = We have your request
public-received-keep = Keep this number. With it and your date of birth you can always see where your request is.
public-received-next = What happens next
public-received-review = An officer reads your request
public-received-review-by = By { $moment } at the latest.
public-received-call = If we need to talk, we promise you a call
public-received-call-about = You get the day and the hour. We call from { $number } and say your phrase first.
public-received-answer = You get an answer
public-received-answer-about = It may come by mail or by phone, or as an appointment with a list of what to bring.
public-received-email = We have sent you a message with a link to your inquiry.
public-received-text = We have sent you a text message. Please write the number down too.
public-received-no-email = You gave no e-mail address. Please print this page or write the number down.
public-received-see = See my inquiry

# Opening an inquiry.
public-open-intro = Type your number and your date of birth.
public-open-number-hint = Eight digits, like 4821 0936
public-open-born-hint = The date of birth of the person the inquiry is about
public-open = Open my inquiry
public-link-title = Or get a new link
public-link-about = We send it to the e-mail address that we have for this inquiry.
public-link-number = Inquiry number for the link
public-link-send = Send me a new link
public-link-sent-title = Look in your mail
public-link-sent = If there is an inquiry with that number, and it has an e-mail address, a link is on its way.
public-link-sent-next = It can take some minutes. We send one link an hour at most. If nothing comes, call us.
public-open-neither = If you have neither
public-open-neither-next = Call us. We can find your inquiry together.

# The inquiry page.
public-inquiry-title = Your inquiry
public-where = Where is it?
public-promised = What is promised, and when?
public-todo = What do I have to do?
public-how = How do I change it?
public-decided = What was decided, and why
public-story = What happened
public-messages = Our messages to you
public-texts = Text messages
public-texts-on = We text you at { $phone }.
public-texts-off = We do not text you. We can, at { $phone }.
public-texts-stop = Stop text messages
public-texts-start = Send me text messages
public-leave = Forget me on this device
public-office = Your office: { $office }

public-done-call-chosen = Your call is set.
public-done-call-moved = Your call has a new time.
public-done-call-cancelled = Your call is cancelled. Your request stays open.
public-done-visit-chosen = Your visit is booked.
public-done-visit-moved = Your appointment has a new time.
public-done-visit-cancelled = Your appointment is cancelled. Your request stays open.
public-done-papers = Thank you. Your request goes on.
public-done-texts-on = You get text messages about this request.
public-done-texts-off = You get no more text messages.
public-done-withdrawn = Your request is withdrawn.

public-stage-review = An officer will read your request.
public-stage-papers = Something is missing. We keep your place.
public-stage-promised = A call is promised to you.
public-stage-calling = An officer is calling you now.
public-stage-spoken = We have talked. An officer is deciding.
public-stage-unreached = We could not reach you. You keep your place.
public-stage-to-book = You need to come in. An officer will book a time for you.
public-stage-booked = You have an appointment.
public-stage-checked-in = You are at the office.
public-stage-closed = This inquiry is closed.
public-position = You are number { $place } of { $of } requests that wait for an officer.
public-position-about = Urgent requests are read first, so the number can go up as well as down. The day we promised stays.
public-ticket = Your ticket is { $ticket }.
public-ticket-called = Please go to { $counter } now.
public-closed-served = We helped you at the office.
public-closed-by-phone = It was settled by phone.
public-closed-by-mail = We send you what you need by mail.
public-closed-elsewhere = It cannot be done here. The decision says what you can do.
public-closed-withdrawn = You withdrew your request.

public-promise-review = An officer reads your request by { $moment }.
public-promise-spoken = An officer decides by { $moment }.
public-promise-unreached = If you do not choose a new time, an officer looks at it again by { $moment }.
public-promise-to-book = An officer books a time for you by { $moment }.
public-promise-late = We are late with this. That is our fault. You have not lost your place.
public-promise-papers = We keep your place while you get the missing papers.
public-promise-closed = Nothing is open.

public-calling-now = An officer is calling you now
public-calling-back-now = We are calling you back now
public-was-it-us = Did we call you?
public-was-it-us-call = Yes. We called you { $moment } from { $number }.
public-was-it-us-other = If you got a call at another time, it was not us.
public-calling-number = The call comes from { $number }.
public-call-card = We call you
public-call-caller = We call you at { $phone }. The call comes from { $number }.
public-call-again = We did not reach you yet. We try again on { $moment }.
public-phrase-show = Show my phrase
public-phrase-about = The officer says this first. If the caller does not know it, hang up.
public-broken-title = We did not call you in this time
public-broken = That was our fault, and we are sorry. You have not lost your place. Please choose a new time below. An officer also looks into it.
public-call-move = Choose another time
public-call-cancel = Cancel the call
public-call-choose = Choose a time for a call
public-call-time-title = When should we call you?
public-call-now = Now the call is { $window }.
public-call-instead = It takes the place of the call { $window }.
public-call-none = No time is free right now.
public-call-none-next = What you have stays as it is. Look again tomorrow, or call us.
public-call-sure-title = Is this time right?
public-call-cancel-title = Cancel the call?
public-call-cancel-then = Your request stays open. You can choose another time later.
public-window-label = { $from } to { $until }
public-take-time = Take this time
public-other-time = Choose another time
public-keep-it = No, keep it as it is

public-visit-card = Your appointment
public-visit-where = Where
public-visit-arrive = Arrive
public-visit-confirmed = You said that you will come
public-visit-arrive-window = Between { $from } and { $until }
public-visit-bring = What to bring
public-visit-code = Code with your inquiry number { $number }
public-visit-code-about = Show this code or your number at the entrance.
public-visit-calendar = Add to my calendar
public-visit-move = Choose another time for the visit
public-visit-cancel = Cancel the appointment
public-visit-time-title = When can you come?
public-visit-now = Now your appointment is on { $moment }.
public-visit-instead = It takes the place of { $moment }.
public-visit-moves =
    { $left ->
        [0] You have moved it as often as you can by yourself. If you cannot come, cancel it or call us.
        [one] You can move it 1 more time by yourself, until { $hours } hours before it begins.
       *[other] You can move it { $left } more times by yourself, until { $hours } hours before it begins.
    }
public-visit-none = No other time is free right now.
public-visit-none-next = Your appointment stays as it is. Look again tomorrow, or call us.
public-visit-sure-title = Is this time right?
public-visit-cancel-title = Cancel the appointment?
public-visit-cancel-then = Someone else gets the place. Your request stays open, and an officer will book a new time for you.

public-todo-review = Nothing right now. We write to you when something is decided.
public-todo-papers = Please get these. When you have them, tell us with the button.
public-todo-promised = Keep your phone near you at that time. If we miss you, we try again.
public-todo-calling = Pick up the phone. Listen for your phrase.
public-todo-spoken = Nothing right now. We write to you when it is decided.
public-todo-unreached = Choose a new time for the call.
public-todo-to-book = Nothing right now. We write to you when the time is booked.
public-todo-booked = Come to the office at that time, and bring what is on the list.
public-todo-checked-in = Wait until your ticket is called.
public-todo-closed = Nothing.
public-papers-have = I have them now

public-change-closed = A closed inquiry cannot be changed. If you need more help, start a new request.
public-change-now = Not at this moment. Talk to the officer or the clerk.
public-change-other = For anything else, please call us.
public-withdraw = Withdraw the request
public-withdraw-title = Withdraw your request?
public-withdraw-then = We stop working on it. A call or appointment that you have is given back.
public-withdraw-again = You can make a new request at any time. It begins at the end of the line.

public-decision-urgency = How soon
public-decision-need = What you need
public-decision-fit = Where and when
public-decided-change = What would change this:
public-decided-officer = Decided by an officer.
public-decided-rule = Decided by a published rule.
public-decided-cite = Rule { $policy }, version { $version }, row { $row }.
public-decided-review = If you think a decision is wrong, call us and ask for a review. Another officer will look at it.

public-story-request-received = Your request came in, for the office { $office }.
public-story-urgent = It was marked as urgent: it is read first.
public-story-regular = It was put in line with the others.
public-story-papers-asked = We asked you for: { $papers }.
public-story-papers-complete = The papers are there.
public-story-callback-promised = We promised to call you { $window }.
public-story-callback-moved = The call moved. It is now { $window }.
public-story-callback-cancelled = You cancelled the call.
public-story-call-started = An officer began to call you.
public-story-call-reached = We talked with you.
public-story-call-missed-next = We called and did not reach you. We try again on { $moment }.
public-story-call-missed = We called and did not reach you.
public-story-call-wrong = We called, but the number was wrong.
public-story-promise-broken = We did not call you in the time we promised. That was our fault.
public-story-unreached = We could not reach you. You kept your place.
public-story-need-visit = An officer decided that you need to come in.
public-story-need-mail = An officer decided that we send you what you need by mail.
public-story-need-phone = An officer settled it with you by phone.
public-story-need-papers = An officer decided that papers are missing.
public-story-need-elsewhere = An officer decided that it cannot be done here.
public-story-appointment-booked = A visit was booked at { $office } on { $moment }.
public-story-appointment-moved = The visit moved. It is now at { $office } on { $moment }.
public-story-appointment-cancelled-person = You cancelled the visit.
public-story-appointment-cancelled-office = The office cancelled the visit. We are sorry.
public-story-checked-in = You came to the office. Your ticket was { $ticket }.
public-story-ticket-called = Your ticket was called to { $counter }.
public-story-served = You were served.
public-story-no-show = We expected you at the office, but you were not checked in.
public-story-office-changed = Your office is now { $office }.
public-story-link-resent = A new link was asked for and sent.
public-story-appointment-confirmed = You said that you will come to your appointment.
public-story-texts-agreed = You asked for text messages.
public-story-texts-stopped = You wanted no more text messages.
public-story-contact-line = You called us, and the line told you what you asked.
public-story-contact-operator = You called us and spoke with an operator.
public-story-contact-transferred = You called us, and we passed your call on.
public-story-contact-call-back = You called us and chose to be called back.
public-story-contact-kept-place = Your call ended while you waited. We keep your place and call you back.
public-story-contact-left = You called us and hung up.
public-story-contact-reached = We called you, and you answered.
public-story-contact-not-reached = We called you and did not reach you.
public-story-contact-fault = You called us, and the call failed. We are sorry.
public-story-contact-other = Somebody called us and named the number of this inquiry. We told them when it is due, and nothing about you.

public-message-request-received = We have your request
public-message-papers-needed = We need something from you
public-message-callback-promised = We will call you
public-message-callback-moved = Your call has a new time
public-message-callback-cancelled = Your call is cancelled
public-message-callback-reminder = We will call you soon
public-message-callback-missed = We tried to call you
public-message-promise-broken = We did not call as promised
public-message-decision-made = We have an answer for you
public-message-appointment-booked = You have an appointment
public-message-appointment-moved = Your appointment has a new time
public-message-appointment-cancelled = Your appointment is cancelled
public-message-appointment-reminder = Your appointment is near
public-message-appointment-missed = We missed you at your appointment
public-message-inquiry-closed = Your inquiry is closed
public-message-link-resent = A new link
public-message-text-answer = Our answer to your text
public-carrier-email = by e-mail
public-carrier-text = by text
public-message-failed-next = Our last message did not reach you. Please call us to check your e-mail address.
public-delivery-queued = will be sent soon
public-delivery-delayed = not sent yet, we try again
public-delivery-sent = sent on { $moment }
public-delivery-arrived = it reached you on { $moment }
public-delivery-failed = could not be sent
public-delivery-dropped = not sent, because it was no longer true

## How well people are served
public-statistics-title = How well we keep our word
public-statistics-intro = See how often we kept our promises, how long people waited, and how many days passed until an appointment.
public-statistics-days = The figures are from { $from } to { $to }. We count them anew each day.
public-statistics-few = If fewer than { $n } people stand behind a figure, we do not show it. That way it can tell nothing about one person.
public-statistics-all = All people
public-statistics-reason = By what people asked for
public-statistics-office = By office
public-statistics-none = Nothing to count yet.
public-statistics-hidden = Too few to tell
public-statistics-n = Counted from { $n }. Left out: { $left }.
public-statistics-csv = Get all figures as a file (CSV)
