//! What indicators are made of, read out of the records.

use crate::{
    appointment::{Appointment, AppointmentEnd},
    callback::{CallOutcome, Callback},
    codes::{OfficeCode, QueueCode, ReasonCode},
    ids::InquiryId,
    inquiry::Inquiry,
    number::InquiryNumber,
    phone::PhoneNumber,
    text::Lang,
    wait::{How, State, Told, WaitingCaller},
};
use jiff::Timestamp;

/// A wait for an operator that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waited {
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
}

impl Waited {
    /// Of a wait that is over.
    pub fn of(caller: WaitingCaller) -> Option<Self> {
        let State::Over { how, at } = caller.state else { return None };
        Some(Self {
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
    Call {
        /// When the window began.
        from: Timestamp,
        /// When it was dialled first in or after the window.
        dialled: Option<Timestamp>,
        /// Has it moved at the person's wish?
        moved: bool,
        /// How many seconds they spoke, where they were reached.
        talked: Option<i64>,
        /// How many seconds it is late and nobody has dialled, if it is still owed.
        late: Option<i64>,
        /// What came of it.
        came: CallCame,
    },
    /// A visit, and how it ended; none while it stands.
    Visit(Option<AppointmentEnd>),
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
        asked: inquiry.opened,
        due,
        what,
    };
    let within = |due: Timestamp| from <= due && due < to;
    let past = inquiry.past_callbacks.iter().map(|callback| (callback, false));
    let calls = past
        .chain(inquiry.callback().map(|callback| (callback, true)))
        .filter(|(callback, _)| within(callback.window.end))
        .map(|(callback, stands)| owed(callback.window.end, &inquiry.office, call(callback, stands, now)));
    let past = inquiry.past_appointments.iter().map(|past| (&past.appointment, Some(past.end)));
    let visits = past
        .chain(inquiry.appointment().map(|appointment: &Appointment| (appointment, None)))
        // Nobody who walked in was promised anything: they would make the days to an appointment look shorter than they are.
        .filter(|(appointment, _)| !appointment.walk_in && within(appointment.start))
        .map(|(appointment, end)| owed(appointment.start, &appointment.office, OwedWhat::Visit(end)));
    calls.chain(visits).collect()
}

pub(super) fn call(callback: &Callback, stands: bool, now: Timestamp) -> OwedWhat {
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
    OwedWhat::Call { from: callback.window.start, dialled, moved: callback.moves > 0, talked, late, came }
}
