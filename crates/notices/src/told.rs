//! A notice as an automated voice tells it by telephone.

use crate::facts::{Instead, Moment, News, NoticeFacts, Window};
use domain::mark::MarkCode;
use locale::{Tongue, Words, args};

/// What such a call says, in its parts.
#[derive(Clone, PartialEq, Eq)]
pub struct Told {
    /// To whoever picks up: who calls, and which keys there are. Nothing of what it is about.
    pub who: String,
    /// The message, to whoever has asked for it.
    pub news: String,
    /// What can be done now, and by what it is known that it was us.
    pub then: String,
    /// To whoever wants no more such calls.
    pub never: String,
    /// What can be said yes to by a key, where something can.
    pub yes: Option<Yes>,
}

/// What a call asks, and what it says to whoever has pressed the key.
#[derive(Clone, PartialEq, Eq)]
pub struct Yes {
    /// Which key, and for what.
    pub ask: String,
    /// That it is done.
    pub done: String,
    /// That it could not be done.
    pub gone: String,
}

/// Prints nothing that it says.
impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Told")
    }
}

/// What a call says to tell the notice, in the person's language; none where a call is not the way to tell it: an answer to a text,
/// a link that must be clicked, and what is about calls that did not reach them. `mark` is the code of the call.
///
/// Nothing of the case is in it: pressing a key shows that somebody is there, and not who it is.
pub fn told(words: &Words, facts: &NoticeFacts, mark: MarkCode) -> Option<Told> {
    let t = words.tongue(&facts.lang);
    let news = news(words, facts)?;
    let of_agency = args! { "agency" => facts.agency.name.as_str() };
    let then = args! { "phone" => facts.agency.phone.as_str(), "mark" => mark.spelled() };
    Some(Told {
        who: t.say_plain_with("calls-who", &of_agency),
        news,
        then: t.say_plain_with("calls-then", &then),
        never: t.say_plain("calls-never"),
        yes: yes(t, &facts.news),
    })
}

/// What can be said yes to: an earlier time that is kept for them, or that they will come.
fn yes(t: &Tongue, news: &News) -> Option<Yes> {
    match news {
        News::EarlierOffered { .. } => Some(Yes {
            ask: t.say_plain("calls-yes-earlier-ask"),
            done: t.say_plain("calls-yes-earlier-done"),
            gone: t.say_plain("calls-yes-earlier-gone"),
        }),
        News::AppointmentConfirm { .. } | News::AppointmentReminder { .. } => Some(Yes {
            ask: t.say_plain("calls-yes-visit-ask"),
            done: t.say_plain("calls-yes-visit-done"),
            gone: t.say_plain("calls-yes-visit-gone"),
        }),
        _ => None,
    }
}

/// Can the notice be told by a call?
pub const fn is_told(news: &News) -> bool {
    !matches!(
        news,
        News::Neutral { .. }
            | News::RequestReceived { .. }
            | News::CallbackMissed { .. }
            | News::LinkResent { .. }
            | News::ContactChanged
            | News::DelegateLink { .. }
            | News::TextAnswer { .. }
    )
}

fn news(words: &Words, facts: &NoticeFacts) -> Option<String> {
    let t = words.tongue(&facts.lang);
    let during = |w: &Window| t.window(w.from, w.until, &w.zone, facts.made_at);
    let at = |m: &Moment| t.moment(m.at, &m.zone, facts.made_at);
    let when = |when: String| args! { "when" => when };
    let place = |visit: &crate::facts::Appointment| {
        let when = t.moment(visit.starts, &visit.zone, facts.made_at);
        args! { "when" => when, "office" => visit.office.name.clone() }
    };
    Some(match &facts.news {
        News::PapersNeeded { .. } => t.say_plain("calls-papers-needed"),
        News::CallbackPromised { window, .. } => {
            t.say_plain_with("calls-callback-promised", &when(during(window)))
        }
        News::CallbackMoved { window, .. } => t.say_plain_with("calls-callback-moved", &when(during(window))),
        News::CallbackCancelled { window, .. } => {
            t.say_plain_with("calls-callback-cancelled", &when(during(window)))
        }
        News::CallbackReminder { window, .. } => {
            t.say_plain_with("calls-callback-reminder", &when(during(window)))
        }
        News::PromiseBroken { next: Some(next), .. } => {
            t.say_plain_with("calls-promise-broken-next", &when(during(next)))
        }
        News::PromiseBroken { next: None, .. } => t.say_plain("calls-promise-broken"),
        News::DecisionMade { .. } => t.say_plain("calls-decision-made"),
        News::ReviewAsked { .. } => t.say_plain("calls-review-asked"),
        News::ReviewDecided { .. } => t.say_plain("calls-review-decided"),
        News::AppointmentBooked { appointment } => {
            t.say_plain_with("calls-appointment-booked", &place(appointment))
        }
        News::AppointmentMoved { appointment, .. } => {
            t.say_plain_with("calls-appointment-moved", &place(appointment))
        }
        News::AppointmentCancelled { appointment, .. } => {
            t.say_plain_with("calls-appointment-cancelled", &place(appointment))
        }
        News::AppointmentReminder { appointment } => {
            t.say_plain_with("calls-appointment-reminder", &place(appointment))
        }
        News::AppointmentConfirm { appointment, lost_after: None } => {
            t.say_plain_with("calls-appointment-confirm", &place(appointment))
        }
        News::AppointmentConfirm { appointment, lost_after: Some(by) } => t.say_plain_with(
            "calls-appointment-confirm-by",
            &args! { "when" => t.moment(appointment.starts, &appointment.zone, facts.made_at), "by" => at(by) },
        ),
        News::AppointmentReleased { appointment } => {
            t.say_plain_with("calls-appointment-released", &place(appointment))
        }
        News::AppointmentMissed { .. } => t.say_plain("calls-appointment-missed"),
        News::EarlierOffered { start, until, office, .. } => t.say_plain_with(
            "calls-earlier-offered",
            &args! { "when" => at(start), "until" => at(until), "office" => office.as_str() },
        ),
        News::DayClosed { instead, .. } => match instead {
            Instead::Place { appointment, .. } => t.say_plain_with("calls-day-closed", &place(appointment)),
            Instead::Call { window, .. } => t.say_plain_with("calls-day-closed-call", &when(during(window))),
            Instead::Officer => t.say_plain("calls-day-closed-officer"),
        },
        News::DayReopened { appointment } => t.say_plain_with("calls-day-reopened", &place(appointment)),
        News::InquiryClosed { .. } => t.say_plain("calls-inquiry-closed"),
        News::ProofChanged { at: moment } => t.say_plain_with("calls-proof-changed", &when(at(moment))),
        News::DelegateNamed { .. } => t.say_plain("calls-delegate-named"),
        News::Neutral { .. }
        | News::RequestReceived { .. }
        | News::CallbackMissed { .. }
        | News::LinkResent { .. }
        | News::ContactChanged
        | News::DelegateLink { .. }
        | News::TextAnswer { .. } => return None,
    })
}
