//! What every engine makes of records: the columns beside their documents, and what is told from them.
//!
//! Pure, and here once, so that two engines cannot differ in it.

use crate::{Conflict, StoreError};
use domain::{
    actor::Actor,
    appointment::{Appointment, AppointmentEnd},
    change::{Command, Holder, JobKey, JobKind},
    ids::{Chance, JobId},
    inquiry::{Inquiry, Stage, window_slot},
    notice::{Delivery, Notice},
    remembered::Accommodation,
    slots::SlotKey,
    urgency::Urgency,
    wait::{State, WaitingCaller, phone_key},
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};
use uuid::Uuid;

/// No page of a list is longer.
pub const LONGEST_PAGE: u32 = 500;

/// No list of waits is longer: twice what the busiest line was built for.
pub const MOST_WAITS: u32 = 10_000;

/// The job that must wait while this stage lasts. After the first attempt, or once the promise is known to be
/// broken, nothing is left to watch: the callback is on the officers' list until it is done.
pub fn watch(inquiry: &Inquiry) -> Option<JobKey> {
    let job = match &inquiry.stage {
        Stage::Promised(callback) if callback.attempts.is_empty() && callback.broken_at.is_none() => {
            JobKind::CallbackWatch { inquiry: inquiry.id, callback: callback.id }
        }
        Stage::Booked(appointment) => {
            JobKind::AppointmentWatch { inquiry: inquiry.id, appointment: appointment.id }
        }
        _ => return None,
    };
    Some(job.key())
}

/// The order of urgencies: the most urgent is 0.
pub const fn rank(urgency: Urgency) -> i64 {
    match urgency {
        Urgency::Urgent => 0,
        Urgency::Regular => 1,
    }
}

/// An inquiry's appointments, oldest first, each with whether it stands.
pub fn visits(inquiry: &Inquiry) -> impl Iterator<Item = (&Appointment, bool)> {
    let past = inquiry.past_appointments.iter().map(|past| (&past.appointment, false));
    past.chain(inquiry.appointment().map(|appointment| (appointment, true)))
}

/// When each of an inquiry's promises falls due, those that are over and the one that stands, each once by its identifier: calls,
/// appointments, and the reviews that were asked for, by the decision that is looked at again.
pub fn promises(inquiry: &Inquiry) -> BTreeMap<Uuid, Timestamp> {
    let calls = inquiry.past_callbacks.iter().chain(inquiry.callback());
    let calls = calls.map(|callback| (callback.id.uuid(), callback.window.end));
    let visits = visits(inquiry).map(|(appointment, _)| (appointment.id.uuid(), appointment.start));
    let reviews = inquiry.reviews.iter().map(|review| (review.decision.uuid(), review.due));
    calls.chain(visits).chain(reviews).collect()
}

/// When a wait was over; none while it is not.
pub const fn wait_ended(caller: &WaitingCaller) -> Option<Timestamp> {
    match caller.state {
        State::Over { at, .. } => Some(at),
        _ => None,
    }
}

/// The number that an inquiry is found by; none once it was erased.
pub fn phone(inquiry: &Inquiry) -> Option<&str> {
    let phone = &inquiry.reach.phone;
    (!phone.is_nobody()).then(|| phone.e164())
}

/// What a caller is found by when they call again.
pub fn wait_phone(caller: &WaitingCaller) -> Option<String> {
    caller.number.as_ref().map(phone_key)
}

/// What a caller needs, from its column; what no program of today knows is nothing.
pub fn accommodation(name: &str) -> Accommodation {
    Accommodation::named(name).unwrap_or_default()
}

/// Is the notice still to be sent? A letter that waits for the print room has no job that could be lost.
pub const fn owed(notice: &Notice) -> bool {
    matches!(notice.delivery, Delivery::Queued | Delivery::Delayed { .. })
}

/// Is it the same one who gives the command? A member of staff stays the same when their name changes.
pub fn same_actor(one: &Actor, other: &Actor) -> bool {
    match (one, other) {
        (Actor::Staff { id, .. }, Actor::Staff { id: other, .. }) => id == other,
        _ => one == other,
    }
}

/// The identifier of a new job: the command's key and the job's make it different from every other.
pub fn new_job(command: &Command, key: &JobKey) -> JobId {
    let hash =
        Sha256::new().chain_update(command.key.as_str()).chain_update(b"\n").chain_update(&key.0).finalize();
    let mut chance: Chance = [0; 10];
    chance.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    JobId::new(command.at, &chance)
}

/// Does this version follow the one that is there?
///
/// # Errors
/// [`Conflict::Stale`] when it does not.
pub fn follows(record: &'static str, found: Option<i64>, version: u64) -> Result<(), Conflict> {
    let next = found.map_or(Some(1), |v| u64::try_from(v).ok().and_then(|v| v.checked_add(1)));
    if next == Some(version) { Ok(()) } else { Err(Conflict::Stale { record }) }
}

/// The places an inquiry must have for good now, and who has them.
pub fn promised(inquiry: &Inquiry) -> Option<(Holder, BTreeSet<SlotKey>)> {
    match &inquiry.stage {
        Stage::Promised(callback) | Stage::Calling { callback, .. } => {
            Some((callback.id.into(), BTreeSet::from([window_slot(&callback.window)])))
        }
        Stage::Booked(appointment) | Stage::CheckedIn { appointment, .. } => {
            Some((appointment.id.into(), appointment.slots.iter().cloned().collect()))
        }
        _ => None,
    }
}

/// Who may still have places: what was used or missed stays taken, what was cancelled must be free.
pub fn past(inquiry: &Inquiry) -> impl Iterator<Item = (Holder, bool)> + '_ {
    use AppointmentEnd::{CancelledByOffice, CancelledByPerson, Left, NoShow, Released, Served};
    let visits = inquiry.past_appointments.iter().map(|past| {
        let may = match past.end {
            Served | NoShow | Left => true,
            CancelledByPerson | CancelledByOffice | Released => false,
        };
        (Holder::from(past.appointment.id), may)
    });
    visits.chain(inquiry.past_callbacks.iter().map(|callback| (callback.id.into(), true)))
}

/// When a job is due as columns keep it, which have microseconds: the next one, never the one before. A job that ran a moment too
/// early would find that it is not its time yet and ask for the same moment again; where due work is done as of when it was due, that
/// would never end.
pub fn due(at: Timestamp) -> Timestamp {
    let kept = |micros| Timestamp::from_microsecond(micros).unwrap_or(at);
    let before = kept(at.as_microsecond());
    if before < at { kept(at.as_microsecond() + 1) } else { before }
}

/// A count as columns keep it. Nothing here counts beyond `i64`.
pub fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A count from a column; negative ones are never written.
pub fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// A small count from a column.
pub fn small(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(if n < 0 { 0 } else { u32::MAX })
}

/// A value as a document.
///
/// # Errors
/// [`StoreError::Unreadable`] when it cannot be written as JSON.
pub fn doc<T: Serialize>(record: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|source| StoreError::Unreadable { record, source })
}

/// A value from a document.
///
/// # Errors
/// [`StoreError::Unreadable`].
pub fn read<T: DeserializeOwned>(record: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|source| StoreError::Unreadable { record, source })
}

/// A value from a document that may not be there.
///
/// # Errors
/// [`StoreError::Unreadable`].
pub fn maybe<T: DeserializeOwned>(
    record: &'static str,
    text: Option<String>,
) -> Result<Option<T>, StoreError> {
    text.map(|text| read(record, &text)).transpose()
}

/// An identifier or code from a column.
///
/// # Errors
/// [`StoreError::Engine`] when the column holds something else.
pub fn word<T>(text: &str) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|e: T::Err| StoreError::Engine(Box::new(e)))
}
