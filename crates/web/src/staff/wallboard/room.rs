//! The room as it is now, whole or the part of it that waits in one queue or speaks one language.

use crate::{core::WebError, staff::frame::Seat};
use domain::{
    actor::{Role, Staff},
    callback::Callback,
    codes::QueueCode,
    ids::StaffId,
    indicators::{By, Facts, Indicator, Measure, count},
    inquiry::Inquiry,
    text::Lang,
    wait::{Band, Operator, State, Status, WaitingCaller, likely},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use store::{List, Page as Part, Waits, columns::MOST_WAITS};

/// How far ahead promises are looked at.
const SOON: SignedDuration = SignedDuration::from_hours(1);
/// More promised calls than anybody on duty makes in an hour.
const MOST: u32 = 500;

/// The room as it is now, and what has come of the day so far.
pub(super) struct Room {
    /// Everybody whose wait is not over, in the order of their places.
    pub(super) callers: Vec<WaitingCaller>,
    /// Those whose wait was over in the last two hours.
    pub(super) gone: Vec<WaitingCaller>,
    pub(super) operators: Vec<Operator>,
    /// Officers, on duty or not.
    officers: Vec<Staff>,
    /// Who is on duty, as one who answers the line.
    on_duty: BTreeSet<StaffId>,
    /// Promised calls that are due within the hour, or late, the earliest first.
    calls: Vec<Inquiry>,
    /// Today's facts.
    pub(super) facts: Facts,
    /// How long somebody would wait who asked now, in each queue and language in which people wait.
    bands: Vec<((QueueCode, Lang), Band)>,
}

impl Room {
    pub(super) async fn load(seat: &Seat) -> Result<Self, WebError> {
        let (desk, now) = (&seat.ctx.app.desk, seat.ctx.now);
        let store = desk.store();
        let callers = store.waits(&Waits::All, MOST_WAITS).await?;
        let since = now.saturating_sub(super::LINE).unwrap_or(now);
        let gone = store.waits(&Waits::Over { since }, MOST_WAITS).await?;
        let operators: Vec<Operator> =
            store.operators().await?.iter().map(|operator| operator.settled(now)).collect();
        let on_duty: BTreeSet<StaffId> = operators.iter().map(|operator| operator.id).collect();
        let mut officers = store.all_staff().await?;
        officers.retain(|one| one.active && one.is(Role::Officer));
        let calls =
            store.list(&List::Callbacks { officer: None, to: soon(now) }, Part::first(MOST)).await?.rows;
        let line = desk.pack().line();
        let zone = &line.calendar.zone;
        let midnight = zone.day_start(zone.date(now)).unwrap_or(now);
        let facts = desk.facts(midnight, now, now).await?;
        let mut asks: Vec<_> = callers.iter().map(|one| (one.queue.clone(), one.lang.clone())).collect();
        asks.sort();
        asks.dedup();
        let told = likely(&callers, &operators, &asks, None, &line.wait, now);
        let bands =
            asks.into_iter().zip(told).filter_map(|(ask, likely)| Some((ask, likely.band?))).collect();
        Ok(Self { callers, gone, operators, officers, on_duty, calls, facts, bands })
    }

    /// What of it is one queue's. Promised calls wait in none.
    pub(super) fn of_queue(&self, queue: &QueueCode) -> Self {
        let serves = |one: &&Operator| one.takes_queue(queue);
        let mut facts = Facts { promises: Vec::new(), ..self.facts.clone() };
        facts.waits.retain(|wait| wait.queue == *queue);
        Self {
            callers: self.callers.iter().filter(|one| one.queue == *queue).cloned().collect(),
            gone: Vec::new(),
            operators: self.operators.iter().filter(serves).cloned().collect(),
            officers: Vec::new(),
            on_duty: BTreeSet::new(),
            calls: Vec::new(),
            facts,
            bands: self.bands.iter().filter(|((one, _), _)| one == queue).cloned().collect(),
        }
    }

    /// What of it is in one language: who asks in it, and who speaks it.
    pub(super) fn in_lang(&self, lang: &Lang) -> Self {
        let mut facts = self.facts.clone();
        facts.waits.retain(|wait| wait.lang == *lang);
        facts.promises.retain(|owed| owed.lang == *lang);
        let speaks = |one: &&Operator| one.takes_lang(lang);
        Self {
            callers: self.callers.iter().filter(|one| one.lang == *lang).cloned().collect(),
            gone: Vec::new(),
            operators: self.operators.iter().filter(speaks).cloned().collect(),
            officers: self.officers.iter().filter(|one| one.langs.contains(lang)).cloned().collect(),
            on_duty: self.on_duty.clone(),
            calls: self.calls.iter().filter(|one| one.reach.lang == *lang).cloned().collect(),
            facts,
            bands: self.bands.iter().filter(|((_, one), _)| one == lang).cloned().collect(),
        }
    }

    /// Those who have not spoken with anybody yet.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &WaitingCaller> {
        self.callers.iter().filter(|one| !matches!(one.state, State::Talking { .. } | State::Over { .. }))
    }

    pub(super) fn longest(&self) -> Option<&WaitingCaller> {
        self.waiting().min_by_key(|one| one.first_asked)
    }

    /// How long somebody would wait who asked now; the worst of the queues and languages that people wait in.
    pub(super) fn estimate(&self) -> Option<Band> {
        self.bands.iter().map(|(_, band)| *band).max_by_key(|band| band.most)
    }

    fn officers_here(&self) -> impl Iterator<Item = &Staff> {
        self.officers.iter().filter(|one| self.on_duty.contains(&one.id))
    }

    /// Officers on duty.
    pub(super) fn here(&self) -> usize {
        self.officers_here().count()
    }

    /// How many calls they can make within the hour, those who are on duty and planned, or not planned at all.
    pub(super) fn keeps(&self, seat: &Seat) -> u32 {
        let now = seat.ctx.now;
        seat.ctx.app.desk.keeping_of(self.officers_here(), now, soon(now)).all_in(now, soon(now))
    }

    /// Officers who are planned within the hour; none where nobody is planned.
    pub(super) fn planned(&self, now: Timestamp) -> Option<usize> {
        let rosters = self.officers.iter().filter_map(|one| one.roster.as_ref());
        let planned = rosters.clone().filter(|roster| !roster.there(now, soon(now)).is_empty()).count();
        (rosters.count() > 0).then_some(planned)
    }

    /// Promised calls that are late, or are not.
    fn calls(&self, late: bool, now: Timestamp) -> Vec<(&Inquiry, &Callback)> {
        let calls = self.calls.iter().filter_map(|inquiry| Some((inquiry, inquiry.callback()?)));
        calls.filter(|(_, callback)| (now >= callback.due()) == late).collect()
    }

    pub(super) fn overdue(&self, now: Timestamp) -> Vec<(&Inquiry, &Callback)> {
        self.calls(true, now)
    }

    pub(super) fn due(&self, now: Timestamp) -> Vec<(&Inquiry, &Callback)> {
        self.calls(false, now)
    }

    pub(super) fn free(&self) -> usize {
        self.operators.iter().filter(|one| matches!(one.status, Status::Ready { .. })).count()
    }

    pub(super) fn today(&self, indicator: Indicator) -> Option<Measure> {
        count(&self.facts, By::All).into_iter().find(|measure| measure.indicator == indicator)
    }
}

fn soon(now: Timestamp) -> Timestamp {
    now.saturating_add(SOON).unwrap_or(now)
}
