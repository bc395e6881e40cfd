# What an automated voice says by telephone to tell a message. It is heard once: short sentences. Never a case fact.
# $agency is the agency's name, $when and $by a time in words, $office the office's name, $phone the published number, $mark a code in letters.

calls-who = This is an automated call from { $agency }, for the person who asked us to call this number. To hear the message, press 1. If this is not a good time, press 2. For no more calls like this, press 9. To hear this again, press star.
calls-then = To hear this again, press star. For no more calls like this, press 9. To speak with someone, call us at { $phone }. The code of this call is { $mark }.
calls-never = We will make no more calls like this about your request. Goodbye.
calls-yes-earlier-ask = To take this time now, press 1 when this message is over.
calls-yes-earlier-done = Thank you. The earlier time is yours. Your inquiry page shows it. Goodbye.
calls-yes-earlier-gone = We are sorry. That time is not free any more. What you had stays as it is. Goodbye.
calls-yes-visit-ask = To say now that you will come, press 1 when this message is over.
calls-yes-visit-done = Thank you. We wrote down that you will come. Goodbye.
calls-yes-visit-gone = We are sorry. We could not write that down. Please look at your inquiry page, or call us. Goodbye.

calls-papers-needed = We need papers from you before we can go on. We keep your place. Your inquiry page says which papers.
calls-callback-promised = An officer will call you { $when }.
calls-callback-moved = Your call has a new time. An officer will call you { $when }.
calls-callback-cancelled = Your call { $when } is cancelled. Your request stays open.
calls-callback-reminder = An officer will call you soon: { $when }. Please keep your phone near you.
calls-promise-broken = We did not call you when we said we would. We are sorry. You have not lost your place. We will call you as soon as we can.
calls-promise-broken-next = We did not call you when we said we would. We are sorry. We will call you { $when }.
calls-decision-made = We have an answer to your request. Your inquiry page says what it is, and why.
calls-review-asked = We have your request for a review. Another officer will look at it. Your inquiry page says by when.
calls-review-decided = Another officer has looked at your request again. Your inquiry page says what came of it, and why.
calls-appointment-booked = You have an appointment { $when }. The place is { $office }.
calls-appointment-moved = Your appointment has a new time: { $when }. The place is { $office }.
calls-appointment-cancelled = Your appointment { $when }, { $office }, is cancelled. Please do not come. Your request stays open.
calls-appointment-reminder = This is a reminder of your appointment { $when }. The place is { $office }.
calls-appointment-confirm = Will you come to your appointment { $when }, { $office }? Please tell us on your inquiry page, or call us. The time stays yours either way.
calls-appointment-confirm-by = Will you come to your appointment { $when }? Please tell us on your inquiry page, or call us, by { $by }. If you do not, someone else gets the time. You would keep your place.
calls-appointment-released = You did not tell us that you would come, so we gave your time { $when } to others. Please do not come then. You have not lost your place. Choose a new time on your inquiry page, or call us.
calls-appointment-missed = We expected you at your appointment, but you were not checked in. Your request stays open. Choose a new time on your inquiry page, or call us.
calls-earlier-offered = An earlier time is kept for you: { $when }. The place is { $office }. To take it, open your inquiry page, or call us, by { $until }. If you do nothing, what you have now stays as it is.
calls-day-closed = The office is closed on the day of your appointment. We are sorry. Your new time is { $when }. The place is { $office }. If it does not suit you, open your inquiry page, or call us.
calls-day-closed-call = The office is closed on the day of your appointment. We are sorry. An officer will call you instead, { $when }.
calls-day-closed-officer = The office is closed on the day of your appointment. We are sorry. An officer is looking for a new time and will tell you. You do not have to ask again.
calls-day-reopened = The office is open after all. Your appointment is back at its old time: { $when }. The place is { $office }.
calls-inquiry-closed = Your request is closed. There is nothing more for you to do.
calls-proof-changed = Somebody on our staff corrected what opens your inquiry, { $when }. If you asked for this, you need do nothing. If it was not you, please call us now.

# Delegates: whoever the representative lets act for the person.
calls-delegate-named = Somebody may now act for you in your request. Your inquiry page says who.
