# What the line says in English. Write short sentences, and name the key last: "to do this, press 1".
# Numbers may stand as digits: they are said as words. `.again` is said instead when a caller is asked once more.

welcome = USCIS. If someone is in danger now, hang up and call 911. We cannot send help.
announcement = { $announcement }
language = For English, press 1. If you use a relay service or a TTY, or want more time, press 3.
    .again = For English, press 1. For more time, press 3.
no-hurry = There is no hurry from here on.

not-heard = I did not hear a key.
    .again = I still did not hear a key.
not-a-choice = That key is not one of the choices.
go-on = So far I have { $entered }. { $missing ->
        [one] One digit is missing. Please go on.
       *[other] { $missing } digits are missing. Please go on.
    }
one-moment = One moment.
trouble = We cannot look that up right now. That is our fault, not yours. To speak with a person, press 1. For the main menu, press 2.
after-change = For the main menu, press 1. To end the call, press 2, or hang up.
goodbye = Thank you for calling USCIS. Goodbye.

main =
    For the status of your case, press 1. For the address and hours of your office, press 2.
    For your inquiry and your callback, press 3. To ask for an appointment online, press 4.
    At any time, press 0 for a person, star to hear it again, or 9 to hear it more slowly.
    .again = Case status, 1. Your office, 2. Your inquiry, 3. Ask online, 4. A person, 0.

owed-call = We tried to call you at this number.
owed-place = Your place in line is kept for this number.
owed-menu = To be put through now, press 1. For everything else, press 2.
still-owed = Your turn is kept. We will call you again.

case = Your receipt number has 3 letters and 10 digits. It is at the top of your receipt notice. First, the letters.
prefix-1 = For I, O, E, press 1. For M, S, C, press 2. For W, A, C, press 3. For other letters, press 4.
prefix-2 = For E, A, C, press 1. For L, I, N, press 2. For S, R, C, press 3. For other letters, press 4.
prefix-3 = For Y, S, C, press 1. For N, B, C, press 2. For V, S, C, press 3. For other letters, press 4.
prefix-4 = For C, S, C, press 1. For N, S, C, press 2. For T, S, C, press 3. To hear all letters again, press 4.
case-digits = Now key the 10 digits that follow the letters. To speak with a person, press star and then 0. To begin anew, press star and then pound.
    .again = Please key the 10 digits that follow the letters.
case-read-back = I have { $case_number }. If that is right, press 1. To change the letters, press 2. To change the digits, press 3.
case-told = Your Form { $case_form }. { $case_title }. This status is from { $case_updated }. { $case_meaning }
case-next = What normally comes next. { $case_next }
case-next-unknown = What comes next we do not know. That does not mean that something is wrong.
case-ask-from = If nothing has come by { $case_ask_from }, call again, press 0 and ask. Before that we know no more than this.
case-ask-now = If nothing has come, or something is wrong, press 0 and ask.
case-ask-unknown = How long this takes we do not know. Asking does not make it faster.
case-menu =
    For another case, press 1. For the main menu, press 2. To end the call, press 3, or hang up.
    .again = For another case, press 1. For the main menu, press 2. To end the call, press 3. To hear the status again, press star.
case-none =
    I find no case with the number { $case_number }. A new case can take a few days to appear.
    To check the number, press 1. To key another one, press 2. For the main menu, press 3.

office-zip = Please key the 5 digits of your ZIP code. For a person, press star and then 0.
office-told = Your office is { $office_name }, at { $office_address }. It is open { $office_hours }.
office-opens = It is closed now, and opens again { $office_opens_at }.
office-approximate = We found it by the first digits of your ZIP code, so it may be another one. Your appointment notice names the right one.
office-by-appointment = It sees people with an appointment only.
office-menu = For another ZIP code, press 1. For the main menu, press 2. To end the call, press 3.
office-none = I find no office for the ZIP code { $zip }. To try another one, press 1. For the main menu, press 2.

inquiry = Please key the 8 digits of your inquiry number. For a person, press star and then 0.
inquiry-number-wrong = Those 8 digits do not fit together. One of them is wrong, or two have changed places.
inquiry-none = I find no inquiry with the number { $inquiry_number }. To try again, press 1. For the main menu, press 2.
inquiry-callback = Your callback is promised for { $promise_window }. An officer will call you then.
inquiry-appointment = Your appointment is on { $promise_at }, at our office { $promise_office }.
inquiry-stage = { $inquiry_stage ->
        [papers] We are waiting for papers from you. Your place is kept.
        [calling] An officer is calling you now. Please hang up and answer.
        [spoken] An officer has spoken with you, and is deciding what your matter needs.
        [unreached] We could not reach you. You keep your place, and an officer will look at it again.
        [to-book] You need to come in, and we are looking for a time.
        [checked-in] You are checked in at our office.
        [closed] Your inquiry is closed.
       *[review] An officer will look at your inquiry. We will tell you as soon as there is a decision.
    }
inquiry-missed = We tried to call you. To be put through now, press 1. For other choices, press 2.
inquiry-menu = For another inquiry, press 1. For the main menu, press 2. To end the call, press 3.
inquiry-change = To move the call, press 1. To give it back, press 2. For the main menu, press 3. To end the call, press 4.
born = To show that this is your inquiry, please key your date of birth: 2 digits for the month, 2 for the day and 4 for the year.
    .again = Please key your date of birth: 2 digits for the month, 2 for the day and 4 for the year.
born-wrong = That is not a date.
not-verified = That does not match what we have. To try again, press 1. For the main menu, press 2. For a person, press 0.
window-1 = For { $window_1 }, press 1.
window-2 = For { $window_2 }, press 2.
window-3 = For { $window_3 }, press 3.
window-none = To keep the call as it is, press 4.
moved = Done. Your callback is now promised for { $promise_window }.
not-moved = That time is no longer free.
windows-again = Your callback stays as it was. To hear other times, press 1. For the main menu, press 2.
no-windows = There is no other time at present. Your callback stays as it was.
cancel = If you give the call back, nobody will call you. Your inquiry keeps its place. To give it back, press 1. To keep it, press 2.
cancelled = Done. Nobody will call you. Your inquiry keeps its place.
not-cancelled = That could not be done. Your callback stays as it was.
kept = Your callback stays as it was.

online =
    You can ask for an appointment online at any hour, in English or in Spanish. Go to my, dot, u s c i s, dot, gov, slash, appointment.
    You need your address and, if you have one, your receipt number. An officer looks at every request and calls you back.
    For the main menu, press 1. To end the call, press 2.

likely-wait = The wait is likely to be between { $wait_from } and { $wait_to } minutes.
wait-or-callback = To wait, press 1. To keep your place and be called back, press 2.
queue = Please stay on the line. You keep your place even if the line drops.
queue-place = { $position ->
        [1] You are next.
       *[other] You are number { $position } in line.
    }
queue-far = More than { $position_over } people are before you in line.
queue-wait = The wait is likely to be between { $wait_from } and { $wait_to } minutes.
queue-callback = To keep your place and be called back, press 2.
connect = You are being connected.
after-talk = The other person has hung up. For the main menu, press 1. To end the call, press 2.
callback-promised = We will call you at this number { $callback_window }. You keep your place.
no-callback = We cannot promise a call right now. To wait for a person, press 1. For the main menu, press 2.
closed-holiday = Today is a holiday.
closed = Nobody can take your call right now.
closed-until = We are open again { $opens_at }.
closed-menu = To be called back, press 1. For the main menu, which works at any hour, press 2. To end the call, press 3.
