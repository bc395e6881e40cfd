//! What indicators are made of, read out of the records.

use super::decided::{Decided, PassedOn, decided, passed_on};
use crate::{
    appointment::{Appointment, AppointmentEnd},
    callback::{CallOutcome, Callback},
    codes::{OfficeCode, QueueCode, ReasonCode},
    decision::{Need, Outcome},
    ids::{InquiryId, WaitId},
    inquiry::{AskedReview, Inquiry, ReviewState},
    number::InquiryNumber,
    phone::PhoneNumber,
    text::Lang,
    wait::{AboutCaller, How, State, Told, WaitingCaller},
};
use jiff::Timestamp;

/// A wait for an operator that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waited {
    /// Which wait.
    pub id: WaitId,
    /// For whom they waited.
    pub queue: QueueCode,
    /// In which language.
    pub lang: Lang,
    /// About what, if they said so.
    pub reason: Option<ReasonCode>,
    /// From which number, if it is known.
    pub number: Option<PhoneNumber>,
    /// When they first asked.
    pub asked: Timestamp,
    /// When an operator first spoke with them.
    pub talked: Option<Timestamp>,
    /// When it was over.
    pub ended: Timestamp,
    /// How.
    pub how: How,
    /// What they were told of their wait first.
    pub told: Option<Told>,
    /// How often they were called back in vain.
    pub tried: usize,
    /// Did an operator pass them on?
    pub passed: bool,
    /// Whom one tells apart.
    pub about: AboutCaller,
    /// Are operators' times and whom it was passed on to kept with it? Older releases did not.
    pub measured: bool,
    /// For how many seconds they held, where that is known.
    pub held: Option<u32>,
    /// Did an operator pass the matter on to an officer?
    pub escalated: bool,
}

impl Waited {
    /// Of a wait that is over.
    pub fn of(caller: WaitingCaller) -> Option<Self> {
        let State::Over { how, at } = caller.state else { return None };
        Some(Self {
            id: caller.id,
            queue: caller.queue,
            lang: caller.lang,
            reason: caller.reason,
            number: caller.number,
            asked: caller.first_asked,
            talked: caller.talked,
            ended: at,
            how,
            told: caller.told.into_iter().next(),
            tried: caller.tried.len(),
            passed: caller.passed.is_some(),
            about: caller.about,
            measured: caller.measured,
            held: caller.held,
            escalated: caller.escalated,
        })
    }
}

/// A promise that fell due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// To whose inquiry it belongs.
    pub inquiry: InquiryId,
    /// The number of it.
    pub number: InquiryNumber,
    /// About what.
    pub reason: ReasonCode,
    /// A visit's office; of a call the one that serves the person.
    pub office: OfficeCode,
    /// The person's language.
    pub lang: Lang,
    /// Do they speak by a relay service?
    pub relay: bool,
    /// Does somebody act for them?
    pub represented: bool,
    /// When they first asked.
    pub asked: Timestamp,
    /// When it fell due: the window's end, or the appointment's start.
    pub due: Timestamp,
    /// What was promised, and what came of it.
    pub what: OwedWhat,
}

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwedWhat {
    /// A call.
    Call(Promised),
    /// A visit, and how it ended; none while it stands.
    Visit(Option<AppointmentEnd>),
    /// A review that the person asked for; nothing while nobody has decided.
    Review(Option<ReviewCame>),
}

/// A promised call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// When the window began.
    pub from: Timestamp,
    /// When it was dialled first in or after the window.
    pub dialled: Option<Timestamp>,
    /// Has it moved at the person's wish?
    pub moved: bool,
    /// Has the agency moved it?
    pub moved_by_us: bool,
    /// How many seconds they spoke, where they were reached.
    pub talked: Option<i64>,
    /// How many seconds it is late and nobody has dialled, if it is still owed.
    pub late: Option<i64>,
    /// What came of it.
    pub came: CallCame,
    /// What became of what an operator passed on, if one did.
    pub passed: Option<PassedOn>,
    /// What was decided after it.
    pub decided: Option<Decided>,
}

/// What came of a review that the person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewCame {
    /// The decision stayed as it was.
    Upheld,
    /// It was changed: a visit was granted.
    Granted,
    /// It was changed into something else.
    Otherwise,
    /// The inquiry came to its end before anybody had decided.
    Overtaken,
}

/// What came of a promised call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CallCame {
    /// First dialled in the window, and reached.
    Kept,
    /// Not dialled in the window.
    MissedByUs,
    /// Dialled in the window, and not reached.
    MissedByPerson,
    /// Dialled in the window, and each attempt failed on the way.
    Failed,
    /// The person gave it back before anybody had to dial.
    GivenBack,
    /// Not settled: its window goes on, or a next attempt is still to come.
    Open,
}

/// The promises of an inquiry that fall due from `from` (inclusive) to `to` (exclusive), as they stand at `now`.
pub fn promises(inquiry: &Inquiry, from: Timestamp, to: Timestamp, now: Timestamp) -> Vec<Owed> {
    let owed = |due, office: &OfficeCode, what| Owed {
        inquiry: inquiry.id,
        number: inquiry.number,
        reason: inquiry.reason.clone(),
        office: office.clone(),
        lang: inquiry.reach.lang.clone(),
        relay: inquiry.reach.relay,
        represented: inquiry.request.representative.is_some(),
        asked: inquiry.opened,
        due,
        what,
    };
    let within = |due: Timestamp| from <= due && due < to;
    let past = inquiry.past_callbacks.iter().map(|callback| (callback, false));
    let calls = past
        .chain(inquiry.callback().map(|callback| (callback, true)))
        .filter(|(callback, _)| within(callback.window.end))
        .map(|(callback, stands)| {
            owed(callback.window.end, &inquiry.office, OwedWhat::Call(call(inquiry, callback, stands, now)))
        });
    let past = inquiry.past_appointments.iter().map(|past| (&past.appointment, Some(past.end)));
    let visits = past
        .chain(inquiry.appointment().map(|appointment: &Appointment| (appointment, None)))
        // Nobody who walked in was promised anything: they would make the days to an appointment look shorter than they are.
        .filter(|(appointment, _)| !appointment.walk_in && within(appointment.start))
        .map(|(appointment, end)| owed(appointment.start, &appointment.office, OwedWhat::Visit(end)));
    let reviews = inquiry.reviews.iter().filter(|review| within(review.due));
    let reviews =
        reviews.map(|review| owed(review.due, &inquiry.office, OwedWhat::Review(came_of(inquiry, review))));
    calls.chain(visits).chain(reviews).collect()
}

fn came_of(inquiry: &Inquiry, review: &AskedReview) -> Option<ReviewCame> {
    Some(match review.state {
        ReviewState::Open => return None,
        ReviewState::Overtaken { .. } => ReviewCame::Overtaken,
        ReviewState::Decided { upheld: true, .. } => ReviewCame::Upheld,
        ReviewState::Decided { decision, .. } => {
            let decided = inquiry.decision(decision).map(|decision| decision.outcome);
            if decided == Some(Outcome::Need(Need::Visit)) {
                ReviewCame::Granted
            } else {
                ReviewCame::Otherwise
            }
        }
    })
}

pub(super) fn call(inquiry: &Inquiry, callback: &Callback, stands: bool, now: Timestamp) -> Promised {
    let dialled = callback.in_window().next().map(|attempt| attempt.started);
    let on_time = dialled.is_some_and(|at| at < callback.window.end);
    let reached = callback.in_window().any(|attempt| attempt.outcome == CallOutcome::Reached);
    let came = if on_time && reached {
        CallCame::Kept
    } else if stands && now < callback.due() {
        CallCame::Open
    } else if on_time {
        let failed = callback.in_window().all(|attempt| attempt.outcome == CallOutcome::LineFault);
        if failed { CallCame::Failed } else { CallCame::MissedByPerson }
    } else if dialled.is_none() && callback.broken_at.is_none() && !stands {
        CallCame::GivenBack
    } else {
        CallCame::MissedByUs
    };
    let talk = callback.in_window().find(|attempt| attempt.outcome == CallOutcome::Reached);
    let talked = talk.map(|attempt| attempt.ended.duration_since(attempt.started).as_secs());
    let end = callback.window.end;
    let late = (stands && dialled.is_none() && end <= now).then(|| now.duration_since(end).as_secs());
    Promised {
        from: callback.window.start,
        dialled,
        moved: callback.moves > 0,
        moved_by_us: callback.renewed > 0,
        talked,
        late,
        came,
        passed: passed_on(inquiry, callback),
        decided: decided(inquiry, callback),
    }
}
