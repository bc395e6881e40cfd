# Text messages. At most 160 characters of the GSM alphabet where it can be, so that each is one message. Never a case fact.
# $agency is the name people use, $number the inquiry number, $when a time in words, $phone the published number.

texts-request-received = { $agency }: We have your request { $number } and will text you about it. Reply HELP for help, STOP to end texts. Msg and data rates may apply.
texts-papers-needed = { $agency }: We need papers from you. See the list on your inquiry page, number { $number }. We keep your place.
texts-callback-promised = { $agency }: We will call you { $when }. Reply MOVE or CANCEL to change it.
texts-callback-moved = { $agency }: Your call is now { $when }. Reply MOVE or CANCEL to change it.
texts-callback-cancelled = { $agency }: Your call { $when } is cancelled. Reply MOVE for a new time.
texts-callback-reminder = { $agency }: We will soon call you, { $when }. Reply MOVE or CANCEL to change it.
texts-callback-missed = { $agency }: We could not reach you. We call again { $when }.
texts-callback-missed-choose = { $agency }: We could not reach you. You keep your place. Reply MOVE to choose a new time.
texts-promise-broken = { $agency }: We did not call you as promised, and we are sorry. We call you as soon as we can. Reply MOVE for a new time.
texts-promise-broken-next = { $agency }: We did not call as promised. We are sorry, and call you { $when }.
texts-decision-made = { $agency }: We have an answer to your request { $number }. Your inquiry page says what it is and why.
texts-review-asked = { $agency }: You asked for a review ({ $number }). Another officer looks at it. Your inquiry page says by when.
texts-review-decided = { $agency }: Your review ({ $number }) is done. Your inquiry page says what came of it and why.
texts-appointment-booked = { $agency }: Your appointment: { $when }, { $office }. Reply CONFIRM, MOVE or CANCEL.
texts-appointment-moved = { $agency }: New time of your appointment: { $when }, { $office }. Reply CONFIRM, MOVE or CANCEL.
texts-appointment-reminder = { $agency }: Your appointment is near: { $when }, { $office }. Reply CONFIRM, MOVE or CANCEL.
texts-appointment-confirm = { $agency }: Will you come { $when }, { $office }? Reply CONFIRM, MOVE or CANCEL.
texts-appointment-confirm-by =
    { $hours ->
        [one] { $agency }: Will you come { $when }? Reply CONFIRM 1 hour before or sooner, or you lose the time.
       *[other] { $agency }: Will you come { $when }? Reply CONFIRM { $hours } hours before or sooner, or you lose the time.
    }
texts-appointment-released = { $agency }: You did not confirm, so we gave back your time { $when }. You keep your place.
texts-earlier-offered = { $agency }: An earlier time is kept for you until { $until }: { $when }. Reply YES to take it. If not, nothing changes.
texts-appointment-cancelled = { $agency }: Your appointment { $when } is cancelled. Your request stays open.
texts-appointment-missed = { $agency }: We missed you at your appointment. Your request { $number } stays open. See your inquiry page for a new time.
texts-day-closed = { $agency }: The office is closed on your day. Your new time: { $when }, { $office }. Reply CONFIRM or MOVE.
texts-day-closed-call = { $agency }: The office is closed on your day. We call you instead: { $when }.
texts-day-closed-officer = { $agency }: The office is closed on your day. An officer looks for a new time and tells you. You need not ask again.
texts-day-reopened = { $agency }: Open after all. Your old time again: { $when }, { $office }. Reply CONFIRM, MOVE or CANCEL.
texts-inquiry-closed = { $agency }: Your request { $number } is closed. There is nothing more for you to do.
texts-link-resent = { $agency }: Your inquiry page, only for you: { $link }
texts-contact-changed = { $agency }: Your phone number or e-mail was changed. If it was not you, call { $phone }.
texts-proof-changed = { $agency }: What opens your inquiry was corrected { $when }. Not you? Call { $phone }.
texts-choose = { $agency }: Choose another time here, only for you: { $link }
texts-help = { $agency }, request { $number }: Reply CONFIRM, MOVE or CANCEL; STOP to end texts. Or call { $phone }. Msg and data rates may apply.
texts-stopped = { $agency }: You get no more texts from us. Reply START to get them again. Questions? Call { $phone }.
texts-started = { $agency }: You get texts about your request { $number } again. Reply HELP for help, STOP to end texts.
texts-confirmed = { $agency }: Thank you. We expect you { $when }.
texts-nothing = { $agency }: There is no call or appointment that this could change. Questions? Call { $phone }.
texts-not-by-text = { $agency }: This cannot be changed by text now. Please call { $phone }.

# What a person may write, without accents, in capital letters.
texts-words-confirm = CONFIRM CONFIRMED YES
texts-words-move = MOVE RESCHEDULE
texts-words-cancel = CANCEL
texts-words-stop = STOP STOPALL UNSUBSCRIBE END QUIT OPTOUT REVOKE
texts-words-start = START UNSTOP
texts-words-help = HELP INFO

# Delegates: whoever the representative lets act for the person.
texts-delegate-named = { $agency }: Somebody may now act for you. If you do not want it, call { $phone }.
texts-delegate-link = { $agency }: You may act for somebody. Their page, only for you: { $link }
