//! People for whom a visit is to be booked, and places for them: what the booking load works through.

use crate::{cast::Cast, matter::Matters};
use anyhow::{Context, Result};
use domain::{
    change::{Change, Command, IdempotencyKey, Write},
    decision::Need,
    ids::InquiryId,
    slots::{Pool, Taken, slots},
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use pack::{Office, Pack, Reason};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::Store;

/// How many people stand in one change: the door takes any number.
const TOGETHER: usize = 20;

/// One booking that can be made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ready {
    /// The inquiry.
    pub inquiry: InquiryId,
    /// Its number.
    pub number: String,
    /// Its office.
    pub office: String,
    /// A place there.
    pub start: Timestamp,
}

impl Ready {
    /// Who wants to be booked, where, and when.
    pub fn wants(&self) -> (&str, &str, Timestamp) {
        (&self.number, &self.office, self.start)
    }
}

/// A reason whose visits take one place.
pub fn short_reason(pack: &Pack) -> Result<&Reason> {
    pack.reasons().iter().find(|reason| reason.minutes <= 15).context("every visit takes more than one place")
}

/// Free officers' places of an office in the days that may be booked, each once for each place that it has left.
fn places(office: &Office, reason: &Reason, taken: &Taken, days: u16, now: Timestamp) -> Vec<Timestamp> {
    let today = office.calendar.zone.date(now);
    let first = office.calendar.add_business_days(today, 2).unwrap_or(today);
    let last = today.saturating_add(i64::from(days).days());
    slots(&office.plan, &office.calendar, first, last)
        .into_iter()
        .filter(|slot| slot.service == reason.service)
        .flat_map(|slot| {
            let left = slot.capacity_in(Pool::Officer).saturating_sub(taken.of(&slot.key(Pool::Officer)));
            let n = usize::try_from(left).unwrap_or(0);
            std::iter::repeat_n(slot.start, n)
        })
        .collect()
}

/// A person who asks and for whom, in the same change, a visit is found needed; the inquiry and its number.
fn to_book(
    change: &mut Change,
    matters: &mut Matters,
    office: &Office,
    reason: &Reason,
) -> Result<(InquiryId, String)> {
    let (by, at) = (change.command.actor.clone(), change.command.at);
    let (person, asked) = matters.ask(office, reason, true, at);
    let mut needed = matters.needs(&asked.inquiry, Need::Visit, by, at)?;
    let made = (needed.inquiry.id, needed.inquiry.number.digits());
    change.writes.push(Write::Person(Box::new(person)));
    change.step(asked);
    // Both steps in one: the record is written once, as its first version.
    change.writes.pop();
    needed.inquiry.version = 1;
    change.step(needed);
    Ok(made)
}

/// Puts `count` people into the store for whom a visit is to be booked, spread over all offices, each with a place that no
/// other of them is given.
pub async fn people(
    store: &Arc<dyn Store>,
    pack: &Pack,
    cast: &Cast,
    matters: &mut Matters,
    count: usize,
    now: Timestamp,
) -> Result<Vec<Ready>> {
    let reason = short_reason(pack)?;
    let days = pack.line().visits.horizon_days - 1;
    let taken = store.taken_anywhere(now, now + SignedDuration::from_hours(24 * 60)).await?;
    let free = |office| places(office, reason, &taken, days, now).into_iter();
    let mut free: Vec<(&Office, std::vec::IntoIter<Timestamp>)> =
        pack.offices().iter().map(|office| (office, free(office))).collect();
    let mut ready = Vec::with_capacity(count);
    let asked = now - SignedDuration::from_hours(2);
    while ready.len() < count {
        let before = ready.len();
        for part in free.chunks_mut(TOGETHER) {
            let officer = &cast.officers[ready.len() % cast.officers.len()];
            let key = IdempotencyKey::of("bench-ready", matters.chance.token());
            let mut change = Change::new(Command { key, actor: officer.actor(), at: asked });
            for (office, starts) in part {
                let Some(start) = starts.next().filter(|_| ready.len() < count) else { continue };
                let (inquiry, number) = to_book(&mut change, matters, office, reason)?;
                ready.push(Ready { inquiry, number, office: office.code.as_str().to_owned(), start });
            }
            store.commit(change).await?;
        }
        anyhow::ensure!(ready.len() > before, "there are only {before} places to book");
    }
    Ok(ready)
}

/// People who all want the same place.
pub async fn rivals(
    store: &Arc<dyn Store>,
    office: &Office,
    reason: &Reason,
    cast: &Cast,
    matters: &mut Matters,
    count: usize,
    now: Timestamp,
) -> Result<Vec<String>> {
    let mut numbers = Vec::with_capacity(count);
    let asked = now - SignedDuration::from_hours(2);
    let officer = cast.officers.first().context("nobody works here")?;
    let key = IdempotencyKey::of("bench-rivals", matters.chance.token());
    let mut change = Change::new(Command { key, actor: officer.actor(), at: asked });
    for _ in 0..count {
        numbers.push(to_book(&mut change, matters, office, reason)?.1);
    }
    store.commit(change).await?;
    Ok(numbers)
}
