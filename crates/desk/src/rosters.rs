//! What a roster changes, before it does: what can be kept of calls that are promised, which of them its officer holds, which
//! visits stand against it.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    actor::{Role, Staff},
    calendar::{Span, windows::callback_windows},
    codes::{OfficeCode, ServiceCode},
    ids::StaffId,
    inquiry::{Inquiry, Stage},
    roster::{Keeping, Roster, Shifts, is_planned, may_plan},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use std::{collections::BTreeMap, sync::Arc};
use store::{List, Page, Store};

/// So many days ahead are looked at: nothing is promised farther ahead.
const AHEAD_DAYS: i32 = 28;
/// So many days that change are shown with their visits.
const MOST_DAYS: usize = 14;
/// So many inquiries are read at once.
const AT_ONCE: u32 = 500;

/// A window in which calls are promised or could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowKept {
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// How many calls can be kept in it as it is planned now.
    pub before: u32,
    /// And as it would be planned.
    pub after: u32,
    /// How many are promised.
    pub promised: u32,
}

impl WindowKept {
    /// Is more promised than can be kept?
    pub const fn is_over(&self) -> bool {
        self.promised > self.after
    }
}

/// A day on which somebody would work at other hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChanged {
    /// Which.
    pub day: Date,
    /// Their hours as they are planned now; none where nothing is.
    pub before: Option<Vec<Span>>,
    /// And as they would be.
    pub after: Option<Vec<Span>>,
    /// How many others of the same office work that day.
    pub others: usize,
    /// How many visits are booked at the office.
    pub visits: usize,
}

/// What a roster would change.
#[derive(Debug, Clone)]
pub struct RosterEffect {
    /// Whose it is.
    pub staff: Staff,
    /// What it would be; none: nothing is planned any more.
    pub roster: Option<Roster>,
    /// The windows that keep more or fewer calls, in order.
    pub windows: Vec<WindowKept>,
    /// Calls that they hold at a time when they would not be there: whoever is on duty is to make them.
    pub calls: Vec<Inquiry>,
    /// The days that change, the first ones.
    pub days: Vec<DayChanged>,
}

/// Who works when, as far as somebody plans it.
#[derive(Debug, Clone)]
pub struct RosterBoard {
    /// Those who are planned, by name.
    pub staff: Vec<Staff>,
    /// The windows in which more calls are promised than can be kept.
    pub over: Vec<WindowKept>,
}

impl Desk {
    /// What all officers can keep between two instants, as they are planned.
    pub(crate) async fn keeping(&self, from: Timestamp, until: Timestamp) -> Result<Keeping, DeskError> {
        Ok(self.keeping_of(&self.officers().await?, from, until))
    }

    /// What these officers can keep between two instants.
    pub fn keeping_of<'a>(
        &self,
        officers: impl IntoIterator<Item = &'a Staff>,
        from: Timestamp,
        until: Timestamp,
    ) -> Keeping {
        let rosters = officers.into_iter().map(|one| one.roster.as_ref());
        Keeping::new(rosters, from, until, self.call_length())
    }

    /// An officer's time that is not to be had between two instants: it is taken, or they are not there.
    pub(crate) async fn not_free(
        &self,
        officer: StaffId,
        from: Timestamp,
        until: Timestamp,
        own: Option<domain::change::Holder>,
    ) -> Result<Vec<(Timestamp, Timestamp)>, DeskError> {
        let busy = self.store.busy(Some(officer), from, until).await?;
        let others = busy.into_iter().filter(|one| Some(one.holder) != own);
        let mut taken: Vec<_> = others.map(|one| (one.start, one.end)).collect();
        let roster = self.store.staff(officer).await?.and_then(|staff| staff.roster);
        taken.extend(roster.map(|roster| roster.away(from, until)).unwrap_or_default());
        Ok(taken)
    }

    /// A member of staff whose roster this caller may plan.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for nobody, and for who works at no desk; [`DeskError::Denied`].
    pub async fn planned_staff(&self, caller: &Caller, of: StaffId) -> Result<Staff, DeskError> {
        caller.may(Action::PlanRosters, None)?;
        let staff = self.store.staff(of).await?.filter(is_planned).ok_or(DeskError::NotFound)?;
        may_plan(caller.staff()?, &staff)?;
        Ok(staff)
    }

    /// What would be planned for somebody.
    pub(crate) fn roster_of(
        &self,
        staff: &Staff,
        shifts: Option<Shifts>,
        now: Timestamp,
    ) -> Result<Option<Roster>, DeskError> {
        let Some(shifts) = shifts else { return Ok(None) };
        let zone = self.roster_zone(staff);
        let today = zone.date(now);
        Ok(Some(Roster::plan(staff.roster.as_ref(), zone, shifts, today)?))
    }

    /// By whose clock somebody is planned.
    pub fn roster_zone(&self, staff: &Staff) -> domain::calendar::Zone {
        let office = staff.office.as_ref().and_then(|code| self.pack.office(code));
        office.map_or(&self.pack.line().calendar.zone, pack::Office::zone).clone()
    }

    /// Who works when, at an office or everywhere, as far as this caller plans it.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn rosters(
        &self,
        caller: &Caller,
        office: Option<&OfficeCode>,
    ) -> Result<RosterBoard, DeskError> {
        caller.may(Action::PlanRosters, None)?;
        let who = caller.staff()?;
        let all = self.store.all_staff().await?;
        let over = self.windows_kept(&all, None, caller.now).await?;
        let mut staff = all;
        staff.retain(|one| {
            is_planned(one)
                && may_plan(who, one).is_ok()
                && (office.is_none() || one.office.as_ref() == office)
        });
        Ok(RosterBoard { staff, over: over.into_iter().filter(WindowKept::is_over).collect() })
    }

    /// What it would change if somebody worked so. Nothing is done.
    ///
    /// # Errors
    /// [`domain::refusal::Refusal::RosterHours`]; [`DeskError::NotFound`], [`DeskError::Denied`].
    pub async fn roster_effect(
        &self,
        caller: &Caller,
        of: StaffId,
        shifts: Option<Shifts>,
    ) -> Result<RosterEffect, DeskError> {
        let staff = self.planned_staff(caller, of).await?;
        let roster = self.roster_of(&staff, shifts, caller.now)?;
        let all = self.store.all_staff().await?;
        let mut windows = self.windows_kept(&all, Some((of, roster.as_ref())), caller.now).await?;
        windows.retain(|one| one.before != one.after);
        let calls =
            Self::calls_left(self.store(), self.call_length(), of, roster.as_ref(), caller.now).await?;
        let days = self.days_changed(&staff, roster.as_ref(), &all, caller.now).await?;
        Ok(RosterEffect { staff, roster, windows, calls, days })
    }

    pub(crate) fn call_length(&self) -> SignedDuration {
        self.pack.line().callbacks.call_length()
    }

    /// The promised calls of an officer that are planned at a time when they are not there.
    pub(crate) async fn calls_left(
        store: &Arc<dyn Store>,
        length: SignedDuration,
        of: StaffId,
        roster: Option<&Roster>,
        now: Timestamp,
    ) -> Result<Vec<Inquiry>, DeskError> {
        let Some(roster) = roster else { return Ok(Vec::new()) };
        let mut held = Self::calls_held(store, of, now).await?;
        held.retain(|(_, at)| *at > now && !roster.is_there(*at, *at + length));
        Ok(held.into_iter().map(|(inquiry, _)| inquiry).collect())
    }

    /// The promised calls that an officer holds, each with when it is planned. None that is under way.
    pub(crate) async fn calls_held(
        store: &Arc<dyn Store>,
        of: StaffId,
        now: Timestamp,
    ) -> Result<Vec<(Inquiry, Timestamp)>, DeskError> {
        let to = now + SignedDuration::from_hours(24 * i64::from(AHEAD_DAYS));
        let list = List::Callbacks { officer: Some(of), to };
        let (mut found, mut page) = (Vec::new(), Page::first(AT_ONCE));
        loop {
            let part = store.list(&list, page).await?;
            page.offset += AT_ONCE;
            found.extend(part.rows.into_iter().filter_map(|inquiry| {
                let Stage::Promised(callback) = &inquiry.stage else { return None };
                let at = callback.next_attempt;
                (callback.owner == Some(of)).then_some((inquiry, at))
            }));
            if !part.more {
                return Ok(found);
            }
        }
    }

    /// Every window in which calls are promised, or could be promised now by the line's clock; with what can be kept in each as it
    /// is planned, and as it would be with another roster of somebody.
    async fn windows_kept(
        &self,
        staff: &[Staff],
        other: Option<(StaffId, Option<&Roster>)>,
        now: Timestamp,
    ) -> Result<Vec<WindowKept>, DeskError> {
        let line = self.pack.line();
        let far = now + SignedDuration::from_hours(24 * i64::from(AHEAD_DAYS));
        let length = line.callbacks.window_length();
        let taken = self.store.taken(&OfficeCode::line(), now - length, far).await?;
        let mut promised: BTreeMap<Timestamp, u32> = BTreeMap::new();
        for (key, n) in taken.counts.iter().filter(|(key, _)| key.service == ServiceCode::callback()) {
            *promised.entry(key.start).or_default() += n;
        }
        let zone = &line.calendar.zone;
        for window in callback_windows(&line.callbacks, &line.calendar, zone, Urgency::Regular, now) {
            promised.entry(window.start).or_default();
        }
        let officers: Vec<&Staff> = staff.iter().filter(|one| one.active && one.is(Role::Officer)).collect();
        let until = far + length;
        let before = self.keeping_of(officers.iter().copied(), now - length, until);
        let after = officers.iter().map(|one| match other {
            Some((of, roster)) if of == one.id => roster,
            _ => one.roster.as_ref(),
        });
        let after = Keeping::new(after, now - length, until, self.call_length());
        let windows = promised.into_iter().map(|(start, promised)| {
            let end = start + length;
            let (before, after) = (before.calls_in(start, end), after.calls_in(start, end));
            WindowKept { start, end, before, after, promised }
        });
        Ok(windows.filter(|window| window.end > now).collect())
    }

    /// The first days on which somebody would work at other hours, with what stands at their office.
    async fn days_changed(
        &self,
        staff: &Staff,
        roster: Option<&Roster>,
        all: &[Staff],
        now: Timestamp,
    ) -> Result<Vec<DayChanged>, DeskError> {
        let today = self.roster_zone(staff).date(now);
        let on = |roster: Option<&Roster>, day| roster.and_then(|roster| roster.on(day)).map(<[_]>::to_vec);
        let mut days = Vec::new();
        for ahead in 0..AHEAD_DAYS {
            let day = today.saturating_add(ahead.days());
            let (before, after) = (on(staff.roster.as_ref(), day), on(roster, day));
            if before == after || days.len() == MOST_DAYS {
                continue;
            }
            let others = all.iter().filter(|one| one.id != staff.id && is_planned(one));
            let others = others.filter(|one| one.office.is_some() && one.office == staff.office);
            let works = |one: &&Staff| on(one.roster.as_ref(), day).is_none_or(|spans| !spans.is_empty());
            let others = others.filter(works).count();
            let visits = match &staff.office {
                Some(office) => self.booked_on(office, day).await?,
                None => 0,
            };
            days.push(DayChanged { day, before, after, others, visits });
        }
        Ok(days)
    }

    /// How many visits are booked at an office on a day.
    async fn booked_on(&self, office: &OfficeCode, day: Date) -> Result<usize, DeskError> {
        let Some((from, until)) = self.day_of(office, day) else { return Ok(0) };
        Ok(self.visits_in(office, from, until).await?.len())
    }
}
