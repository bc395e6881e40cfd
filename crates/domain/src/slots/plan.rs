//! What an office offers, and the places that come of it.

use crate::{
    calendar::{BusinessCalendar, OpenSpan, Span, WeeklyHours},
    codes::{OfficeCode, ServiceCode},
    slots::{Capacity, Pool, SlotKey},
};
use jiff::{SignedDuration, Timestamp, civil::Date, civil::Weekday};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What one office offers for one service between two dates. In data:
///
/// ```toml
/// [[schedules]]
/// from = "2026-01-05"
/// service = "counter"
/// slot_minutes = 15
/// hours = { weekdays = ["08:00-12:00", "13:00-15:00"] }
/// capacity = { officer = 2, emergency-reserve = 1 }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedPlan {
    /// The first day.
    pub from: Date,
    /// The last day, itself included; `None` until further notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What is done.
    pub service: ServiceCode,
    /// Length of a place, 5 to 480 minutes.
    pub slot_minutes: u16,
    /// When it is done, in the office's zone. Only what lies inside the office's open time counts.
    pub hours: WeeklyHours,
    /// How many visits at once.
    pub capacity: Capacity,
}

/// All that one office offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct OfficePlan {
    office: OfficeCode,
    schedules: Vec<DatedPlan>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    office: OfficeCode,
    #[serde(default)]
    schedules: Vec<DatedPlan>,
}

/// Why a plan is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A place too short or too long.
    #[error("office {office}, service {service}: a slot is 5 to 480 minutes, not {minutes}")]
    SlotMinutes {
        /// The office.
        office: OfficeCode,
        /// The service.
        service: ServiceCode,
        /// What was given.
        minutes: u16,
    },
    /// The last day is before the first.
    #[error("office {office}, service {service}: the schedule from {from} ends before it begins, on {until}")]
    Backwards {
        /// The office.
        office: OfficeCode,
        /// The service.
        service: ServiceCode,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    },
    /// Two schedules of one service would make overlapping places.
    #[error(
        "office {office}, service {service}: the schedules from {first} and from {second} hold on the same days and \
         share hours on {weekday:?}; end the first with `until`"
    )]
    Overlap {
        /// The office.
        office: OfficeCode,
        /// The service.
        service: ServiceCode,
        /// First day of the one.
        first: Date,
        /// First day of the other.
        second: Date,
        /// A weekday on which they share hours.
        weekday: Weekday,
    },
}

impl DatedPlan {
    /// Whether it holds on a date.
    pub fn holds_on(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    fn shares_days_with(&self, other: &Self) -> bool {
        other.until.is_none_or(|until| self.from <= until)
            && self.until.is_none_or(|until| other.from <= until)
    }

    fn shared_weekday(&self, other: &Self) -> Option<Weekday> {
        Weekday::Monday.cycle_forward().take(7).find(|day| {
            let meets = |span: &Span| other.hours.on(*day).iter().any(|s| s.overlaps(*span));
            self.hours.on(*day).iter().any(meets)
        })
    }
}

impl OfficePlan {
    /// A checked plan: two schedules of one service never offer the same time twice.
    pub fn new(office: OfficeCode, mut schedules: Vec<DatedPlan>) -> Result<Self, PlanError> {
        schedules.sort_by(|a, b| (&a.service, a.from).cmp(&(&b.service, b.from)));
        for (n, plan) in schedules.iter().enumerate() {
            let (office, service) = (office.clone(), plan.service.clone());
            if !(5..=480).contains(&plan.slot_minutes) {
                return Err(PlanError::SlotMinutes { office, service, minutes: plan.slot_minutes });
            }
            if let Some(until) = plan.until
                && until < plan.from
            {
                return Err(PlanError::Backwards { office, service, from: plan.from, until });
            }
            for other in schedules.iter().skip(n + 1).filter(|o| o.service == plan.service) {
                if plan.shares_days_with(other)
                    && let Some(weekday) = plan.shared_weekday(other)
                {
                    return Err(PlanError::Overlap {
                        office,
                        service,
                        first: plan.from,
                        second: other.from,
                        weekday,
                    });
                }
            }
        }
        Ok(Self { office, schedules })
    }

    /// The office.
    pub const fn office(&self) -> &OfficeCode {
        &self.office
    }

    /// The schedules, by service and first day.
    pub fn schedules(&self) -> &[DatedPlan] {
        &self.schedules
    }

    /// The schedules of a service that hold on a date.
    pub fn holding<'a>(
        &'a self,
        service: &'a ServiceCode,
        date: Date,
    ) -> impl Iterator<Item = &'a DatedPlan> {
        self.schedules.iter().filter(move |p| p.service == *service && p.holds_on(date))
    }
}

impl TryFrom<Written> for OfficePlan {
    type Error = PlanError;
    fn try_from(written: Written) -> Result<Self, PlanError> {
        Self::new(written.office, written.schedules)
    }
}

impl From<OfficePlan> for Written {
    fn from(plan: OfficePlan) -> Self {
        Self { office: plan.office, schedules: plan.schedules }
    }
}

/// One place in time, with how many it takes in each pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// Where.
    pub office: OfficeCode,
    /// What for.
    pub service: ServiceCode,
    /// When it begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// How many visits at once, by pool; never 0.
    pub capacity: Capacity,
}

impl Slot {
    /// The key of its places in a pool.
    pub fn key(&self, pool: Pool) -> SlotKey {
        SlotKey { office: self.office.clone(), service: self.service.clone(), start: self.start, pool }
    }

    /// How many visits at once in a pool.
    pub fn capacity_in(&self, pool: Pool) -> u32 {
        self.capacity.get(&pool).copied().unwrap_or(0)
    }

    /// Every key of it with its capacity, in key order.
    pub fn places(&self) -> impl Iterator<Item = (SlotKey, u32)> {
        self.capacity.iter().map(|(pool, n)| (self.key(*pool), *n))
    }
}

/// The places of an office from a date up to and with another, by start and service.
///
/// Within each span of a schedule the places follow each other from the span's opening; the rest that is
/// shorter than a place is not offered. A place that touches closed time is left out, and the others keep
/// their starts: a closure announced later never moves a booking.
pub fn slots(plan: &OfficePlan, calendar: &BusinessCalendar, from: Date, until: Date) -> Vec<Slot> {
    slots_for(plan, calendar, |_| true, from, until)
}

/// Those of some services alone.
pub(super) fn slots_for(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    of: impl Fn(&ServiceCode) -> bool,
    from: Date,
    until: Date,
) -> Vec<Slot> {
    let services: BTreeSet<&ServiceCode> =
        plan.schedules.iter().map(|p| &p.service).filter(|s| of(s)).collect();
    let mut all = Vec::new();
    let mut date = from;
    while date <= until {
        let open = calendar.open_spans(date);
        if !open.is_empty() {
            for service in &services {
                day_of_service(plan, calendar, service, date, &open, &mut all);
            }
        }
        let next = crate::calendar::next_day(date);
        if next == date {
            break;
        }
        date = next;
    }
    all.sort_by(|a, b| (a.start, &a.service).cmp(&(b.start, &b.service)));
    all
}

fn day_of_service(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    service: &ServiceCode,
    date: Date,
    open: &[OpenSpan],
    into: &mut Vec<Slot>,
) {
    let mut spans: Vec<(Span, &DatedPlan)> = plan
        .holding(service, date)
        .flat_map(|p| p.hours.on(date.weekday()).iter().map(move |span| (*span, p)))
        .collect();
    spans.sort_by_key(|(span, _)| *span);
    let mut busy_until = None;
    for (span, schedule) in spans {
        let capacity: Capacity =
            schedule.capacity.iter().filter(|(_, n)| **n > 0).map(|(p, n)| (*p, *n)).collect();
        let length = SignedDuration::from_mins(i64::from(schedule.slot_minutes));
        let Some(hours) = crate::calendar::span_on(&calendar.zone, date, span) else { continue };
        // In a fold one span's later closing may pass the next one's earlier opening.
        let mut start = busy_until.map_or(hours.start, |t: Timestamp| t.max(hours.start));
        while let Ok(end) = start.checked_add(length)
            && end <= hours.end
        {
            if !capacity.is_empty() && calendar_covers(open, start, end) {
                into.push(Slot {
                    office: plan.office.clone(),
                    service: service.clone(),
                    start,
                    end,
                    capacity: capacity.clone(),
                });
            }
            start = end;
        }
        busy_until = Some(hours.end.max(busy_until.unwrap_or(hours.end)));
    }
}

/// Whether open spans, in order, cover a stretch without a break; two that meet count as one.
fn calendar_covers(open: &[OpenSpan], start: Timestamp, end: Timestamp) -> bool {
    let reached = open.iter().fold(start, |at, span| if span.contains(at) { span.end } else { at });
    reached >= end
}
