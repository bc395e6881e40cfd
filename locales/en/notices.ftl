# E-mail to the person. Plain words, short sentences, always what happens next. Never a case fact: a
# message may be read by others. $number is the inquiry number, $phone the agency's published number.

notices-subject-request-received = We have your request ({ $number })
notices-subject-papers-needed = We need something from you ({ $number })
notices-subject-callback-promised = We will call you ({ $number })
notices-subject-callback-moved = Your call has a new time ({ $number })
notices-subject-callback-cancelled = Your call is cancelled ({ $number })
notices-subject-callback-reminder = We will call you soon ({ $number })
notices-subject-callback-missed = We tried to call you ({ $number })
notices-subject-promise-broken = We did not call you as promised ({ $number })
notices-subject-decision-made = We have an answer for you ({ $number })
notices-subject-review-asked = We will look at it again ({ $number })
notices-subject-review-decided = What came of your review ({ $number })
notices-subject-appointment-booked = You have an appointment ({ $number })
notices-subject-appointment-moved = Your appointment has a new time ({ $number })
notices-subject-appointment-cancelled = Your appointment is cancelled ({ $number })
notices-subject-appointment-reminder = Your appointment is near ({ $number })
notices-subject-appointment-confirm = Will you come to your appointment? ({ $number })
notices-subject-appointment-released = Your time was given back, because you did not answer ({ $number })
notices-subject-earlier-offered = An earlier time is kept for you ({ $number })
notices-subject-appointment-missed = We missed you at your appointment ({ $number })
notices-subject-day-closed = The office closes on the day of your appointment ({ $number })
notices-subject-day-reopened = Your appointment is back at its old time ({ $number })
notices-subject-inquiry-closed = Your inquiry is closed ({ $number })
notices-subject-link-resent = Your link to your inquiry page ({ $number })
notices-subject-contact-changed = How we reach you has changed ({ $number })
notices-subject-proof-changed = What opens your inquiry was corrected ({ $number })
notices-subject-text-answer = Our answer to your text ({ $number })

notices-greeting = Hello { $name },
notices-greeting-nobody = Hello,

# Cards.
notices-label-number = Your inquiry number
notices-label-when = When
notices-label-before = Before
notices-label-now = Your time now
notices-label-cancelled = Cancelled
notices-label-missed = Missed
notices-label-next = Next call
notices-label-caller = We call from
notices-label-where = Where
notices-label-bring = What to bring
notices-label-papers = What we need

notices-news-request-received = We have your request. You do not need to call us about it.
notices-next-request-received-by = An officer will read it by { $day }. Then we will write to you and say what happens next.
notices-next-request-received = An officer will read it. Then we will write to you and say what happens next.
notices-change-request = On your inquiry page you can see where it stands. You can also add to it there, or cancel it.

notices-news-papers-needed = Before we can go on, we need something from you. The list is below.
notices-next-papers-needed = Your inquiry page says how to send it to us. When we have it, we go on at once.
notices-papers-until = We keep your place until { $day }. If you need more time, tell us on your inquiry page.

notices-news-callback-promised = We promise to call you. You do not need to call us.
notices-news-callback-moved = Your call has a new time. The old time no longer holds.
notices-news-callback-reminder = This is a reminder: an officer will call you soon.
notices-next-callback = Please keep your phone near you at that time. If we do not reach you, we will try again. You will not lose your place.
notices-callback-phrase = The officer will first say your own phrase. That is how you know that the call is real. You can see the phrase on your inquiry page.
notices-change-callback = If the time does not suit you, you can choose another time or cancel the call on your inquiry page.

notices-news-callback-cancelled-person = We have cancelled the call, as you asked.
notices-news-callback-cancelled-agency = We had to cancel the call. We are sorry.
notices-next-callback-cancelled = Your request stays open. You can choose a new time on your inquiry page. We will not call you until you do.

notices-news-callback-missed = We called you, but we did not reach you. You have not lost your place.
notices-news-promise-broken = We did not call you when we said we would. That was our fault, and we are sorry. You have not lost your place.
notices-next-call-again = We will call you again at the time below. Please keep your phone near you.
notices-next-choose-time = What happens next: choose a new time on your inquiry page. Or call us at { $phone }.

notices-news-decision-made = An officer has decided about your request:
notices-next-decision-made = Your inquiry page says why. It also says what happens next, and how to ask for a review.
notices-news-review-asked = You asked us to review a decision about your request.
notices-next-review-asked = An officer who did not decide it looks at it again. You get an answer by { $day }. You do not have to do anything until then.
notices-news-review-upheld = Another officer has looked at your request again. The decision stays as it was:
notices-news-review-changed = Another officer has looked at your request again. The decision has changed:
notices-next-review-decided = Your inquiry page says why, in the officer's own words, and what happens next.

notices-news-appointment-booked = You have an appointment. Please come to the office at the time below.
notices-news-appointment-moved = Your appointment has moved. The old time no longer holds.
notices-news-appointment-reminder = This is a reminder of your appointment.
notices-news-appointment-confirm = Will you come to your appointment? Please tell us on your inquiry page.
notices-next-appointment-confirm = The time stays yours either way. Your answer helps us, and you can still take another time.
notices-next-appointment-confirm-by = Please answer by { $by }. If you do not, someone else gets the time. You would keep your place and could choose a new time.
notices-news-appointment-released = You did not tell us that you would come, so we gave your time to others. Please do not come to the office at that time.
notices-next-appointment-released = You have not lost your place, and your request stays open. Choose a new time on your inquiry page. If you do not, an officer finds one for you.
notices-news-earlier-offered = You asked to come earlier. A time is free, and we keep it for you alone.
notices-next-earlier-offered = Take it on your inquiry page by { $until }. If you do nothing, what you have now stays as it is, and the time goes to the next person.
notices-news-day-closed = The office is closed at the time of your appointment. We are sorry. This is the reason:
notices-news-day-reopened = The office is open after all. Your appointment is back at its old time. The time we sent you before no longer holds.
notices-next-day-closed = You do not lose your place. We hold the new time below for you. You can keep it, take another time, or ask for a call. You can choose until { $until }. If you do nothing, the new time stays yours.
notices-next-day-closed-call = No other time is free at the office now. An officer will call you and find one with you. This time no longer holds:
notices-next-day-closed-officer = No other time is free at the office now. An officer will look for one and tell you. You do not have to ask again. This time no longer holds:
notices-appointment-early =
    { $minutes ->
        [one] Please come no more than 1 minute early.
       *[other] Please come no more than { $minutes } minutes early.
    }
notices-next-appointment = Go to the entrance and say your inquiry number. A clerk will check you in.
notices-change-appointment = If you cannot come, you can move or cancel the appointment on your inquiry page.

notices-news-appointment-cancelled-person = We have cancelled your appointment, as you asked. Please do not come to the office.
notices-news-appointment-cancelled-agency = We had to cancel your appointment. We are sorry. Please do not come to the office.
notices-next-appointment-cancelled = Your request stays open. You can ask for a new time on your inquiry page.

notices-news-appointment-missed = We expected you at the office, but you were not checked in.
notices-next-appointment-missed = Your request stays open. You can ask for a new time on your inquiry page. If you were there, please tell us.

notices-news-inquiry-closed = Your inquiry is closed. There is nothing more for you to do.
notices-next-inquiry-closed-until = If something is not right, you can open it again on your inquiry page until { $day }.
notices-next-inquiry-closed = If something is not right, you can start a new request at any time.

notices-news-link-resent = You asked for a link to your inquiry page. Here it is.
notices-news-contact-changed = The phone number or the e-mail address of your request was changed. From now on we use the new one.
notices-news-proof-changed = Somebody on our staff corrected your date of birth, or our number for you. You need them to open your inquiry.
notices-link-until = The link works until { $moment }. After that you can ask for a new one.
notices-next-link-resent = If you did not ask for it, you can ignore this message. Nothing has changed.
notices-next-contact-changed = If it was you, you need do nothing. If it was not you, call us now: { $phone }.
notices-next-proof-changed = If you asked for this, you need do nothing. If it was not you, call us now: { $phone }.

notices-action-see = See your inquiry
notices-action-change = See, change or cancel
notices-action-choose = Choose a new time
notices-action-earlier = See the earlier time
notices-link-alone = The link is only for you. Whoever has it can see and change your inquiry.
notices-mark = Are you not sure that this is from us? Open { $site }/check and type the code { $mark }. We tell you if we sent it.

notices-automatic = This message was sent by a computer. Please do not reply to it. If you have a question, use your inquiry page or call { $phone }.

# The calendar file. It may be seen by whoever sees the person's calendar.
notices-calendar-summary = Appointment { $number }
notices-calendar-alarm = Appointment tomorrow
notices-calendar-bring = What to bring:
notices-calendar-phone = Questions: { $phone }

# A calendar that keeps itself up to date. It may be seen by whoever sees the calendar: nothing of what it is about.
notices-feed-call = { $agency }: call promised
notices-feed-call-from = We call from { $phone }.
notices-feed-visit = { $agency }: visit
notices-feed-own = { $agency }: my calls
notices-feed-own-call = Promised call

# To whoever is protected: another person may read it.
notices-neutral-subject = A message for you
notices-neutral = There is a message for you.
notices-neutral-next = Please look at the page that you know, or call the number that you know. If this is not for you, you can ignore it.
notices-neutral-text = There is a message for you. Please look at the page that you know, or call the number that you know.

# Delegates: whoever the representative lets act for the person.
notices-subject-delegate-named = Somebody may act for you ({ $number })
notices-subject-delegate-link = You may act for somebody ({ $number })
notices-news-callback-cancelled-delegate = We have cancelled the call. Somebody who acts for you asked for it.
notices-news-appointment-cancelled-delegate = We have cancelled your appointment. Somebody who acts for you asked for it. Please do not come to the office.
notices-news-delegate-named = Somebody may act for you in this request until { $day }. Your page says who it is, and what they may do.
notices-next-delegate-named = If you do not want this, you can end it on your page. Or call us at { $phone }.
notices-news-delegate-link = You were named to act for somebody who has a request with us. This link opens their page for you.
notices-next-delegate-link = The link works until { $day }. The page says what you may do.
notices-next-delegate-link-wrong = If you do not know about this, please open the link and stop it there.
