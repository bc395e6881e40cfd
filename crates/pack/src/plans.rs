//! `offices.toml`: patterns of hours and places that offices share, and announced closures.

use crate::{
    doc::Doc,
    fault::{Findings, Place},
    offices::Office,
};
use domain::{
    calendar::{Closure, DatedHours, OpeningHours},
    codes::{OfficeCode, ServiceCode},
    slots::{DatedPlan, OfficePlan, PlanError, Pool},
    text::Lang,
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A pattern of hours and schedules that offices share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    #[serde(default)]
    walk_ins_a_day: u32,
    hours: Vec<DatedHours>,
    schedules: Vec<Spanned<DatedPlan>>,
}

/// An announced closure of some offices.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    offices: Vec<Spanned<String>>,
    from: Date,
    #[serde(default)]
    until: Option<Date>,
    #[serde(default)]
    hours: Option<domain::calendar::Span>,
    #[serde(deserialize_with = "crate::doc::words")]
    why: domain::text::Text,
}

/// A pattern with its places.
pub(crate) struct Pattern {
    at: Place,
    /// How many people without an appointment a day, where the office sees them.
    pub(crate) walk_ins_a_day: u32,
    pub(crate) hours: OpeningHours,
    schedules: Vec<DatedPlan>,
    schedules_at: Vec<Place>,
}

/// What `offices.toml` holds.
#[derive(Default)]
pub(crate) struct Plans {
    plans: BTreeMap<String, Pattern>,
    closings: Vec<(Place, Closing)>,
}

impl Pattern {
    /// The pattern as it holds at one office. Places in a pool that the office does not have are not lost: those
    /// for walk-ins go to the officers, those for self-scheduling to online requests, the latter from the day
    /// after self-scheduling ends.
    pub(crate) fn at_office(&self, walk_ins: bool, self_scheduling_until: Option<Date>) -> Vec<DatedPlan> {
        schedules_for(&self.schedules, walk_ins, self_scheduling_until)
    }

    /// Has it places in a pool at all?
    pub(crate) fn has(&self, pool: Pool) -> bool {
        self.schedules.iter().any(|s| s.capacity.get(&pool).is_some_and(|n| *n > 0))
    }
}

impl Plans {
    pub(crate) fn get(&self, name: &str) -> Option<&Pattern> {
        self.plans.get(name)
    }

    /// What only shows when the offices are known: closures of none, patterns nobody follows.
    pub(crate) fn check_use(&self, offices: &[&Office], found: &mut Findings) {
        for (name, pattern) in &self.plans {
            if !offices.iter().any(|office| office.plan_name == *name) && !offices.is_empty() {
                found.warn(pattern.at.clone(), format!("no office follows plan `{name}`"));
            }
        }
        check_closings(self, offices, found);
    }

    /// Every service that some plan offers, with the place of the schedule.
    pub(crate) fn services(&self) -> impl Iterator<Item = (&Place, &ServiceCode)> {
        self.plans.values().flat_map(|p| p.schedules_at.iter().zip(p.schedules.iter().map(|s| &s.service)))
    }
}

pub(crate) fn read_plans(mut doc: Doc<'_>, langs: &[Lang], found: &mut Findings) -> Plans {
    doc.check_texts(langs, found);
    let source = doc.source;
    let mut plans = BTreeMap::new();
    for (name, plan) in doc.named::<Plan>("plan", found) {
        let at = source.at(&name.span());
        for (what, empty) in [("hours", plan.hours.is_empty()), ("schedules", plan.schedules.is_empty())] {
            if empty {
                found.fault(at.clone(), format!("plan `{}` has no {what}", name.get_ref()));
            }
        }
        let schedules_at: Vec<Place> = plan.schedules.iter().map(|s| source.at(&s.span())).collect();
        let schedules: Vec<DatedPlan> = plan.schedules.into_iter().map(Spanned::into_inner).collect();
        for (schedule, at) in schedules.iter().zip(&schedules_at) {
            if !(5..=480).contains(&schedule.slot_minutes) {
                found.fault(at.clone(), format!("a slot is 5 to 480 minutes, not {}", schedule.slot_minutes));
            }
            if schedule.until.is_some_and(|until| until < schedule.from) {
                found.fault(at.clone(), "this schedule ends before it begins");
            }
        }
        let hours = OpeningHours::new(plan.hours).unwrap_or_else(|error| {
            found.fault(at.clone(), error.to_string());
            OpeningHours::default()
        });
        check_overlap(&at, &schedules, found);
        let walk_ins_a_day = plan.walk_ins_a_day;
        plans.insert(name.into_inner(), Pattern { at, walk_ins_a_day, hours, schedules, schedules_at });
    }
    let closings = doc.each::<Closing>("closure", found);
    for closing in &closings {
        if closing.get_ref().until.is_some_and(|until| until < closing.get_ref().from) {
            found.fault(source.at(&closing.span()), "this closure ends before it begins");
        }
    }
    let closings = closings.into_iter().map(|c| (source.at(&c.span()), c.into_inner())).collect();
    doc.finish(found);
    Plans { plans, closings }
}

/// Two schedules of one service that offer the same time twice. The rest was said before, at each schedule.
fn check_overlap(at: &Place, schedules: &[DatedPlan], found: &mut Findings) {
    let Ok(nobody) = "plan".parse::<OfficeCode>() else { return };
    if let Err(PlanError::Overlap { service, first, second, weekday, .. }) =
        OfficePlan::new(nobody, schedules.to_vec())
    {
        let says = format!(
            "two schedules of service `{service}`, from {first} and from {second}, share hours on {weekday:?}: \
             end the first with `until`, or move its hours"
        );
        found.fault(at.clone(), says);
    }
}

fn check_closings(plans: &Plans, offices: &[&Office], found: &mut Findings) {
    for (at, closing) in &plans.closings {
        for code in closing.offices.iter().map(Spanned::get_ref).filter(|code| *code != "*") {
            if !offices.iter().any(|office| office.code.as_str() == code) {
                found.fault(at.clone(), format!("offices.csv has no office `{code}`"));
            }
        }
    }
}

pub(crate) fn closures_for(code: &OfficeCode, plans: &Plans) -> Vec<Closure> {
    let named = |c: &Closing| c.offices.iter().any(|o| o.get_ref() == "*" || o.get_ref() == code.as_str());
    let closings = plans.closings.iter().map(|(_, c)| c).filter(|c| named(c));
    closings
        .map(|c| Closure {
            from: c.from,
            until: c.until.unwrap_or(c.from),
            hours: c.hours,
            why: c.why.clone(),
        })
        .collect()
}

fn schedules_for(pattern: &[DatedPlan], walk_ins: bool, until: Option<Date>) -> Vec<DatedPlan> {
    let mut schedules = Vec::new();
    for plan in pattern {
        let mut plan = plan.clone();
        if !walk_ins {
            give(&mut plan, Pool::WalkInReserve, Pool::Officer);
        }
        let mut without = plan.clone();
        give(&mut without, Pool::SelfScheduled, Pool::Online);
        match until {
            Some(last) if without != plan && plan.holds_on(last) => {
                without.from = last.saturating_add(1.day());
                let ends_before = plan.until.is_some_and(|end| end < without.from);
                plan.until = Some(plan.until.map_or(last, |end| end.min(last)));
                schedules.push(plan);
                if !ends_before {
                    schedules.push(without);
                }
            }
            Some(last) if last < plan.from => schedules.push(without),
            Some(_) => schedules.push(plan),
            None => schedules.push(without),
        }
    }
    schedules
}

fn give(plan: &mut DatedPlan, from: Pool, to: Pool) {
    if let Some(places) = plan.capacity.remove(&from)
        && places > 0
    {
        *plan.capacity.entry(to).or_default() += places;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::slots::Capacity;

    fn pattern() -> Vec<DatedPlan> {
        let text = r#"
            from = "2024-01-01"
            service = "counter"
            slot_minutes = 15
            hours = { weekdays = ["09:00-12:00"] }
            capacity = { officer = 2, online = 1, self-scheduled = 3, walk-in-reserve = 1 }
        "#;
        vec![toml::from_str(text).unwrap()]
    }

    fn capacity(pools: &[(Pool, u32)]) -> Capacity {
        pools.iter().copied().collect()
    }

    #[test]
    fn places_of_pools_that_an_office_lacks_are_not_lost() {
        let plans = schedules_for(&pattern(), false, None);
        assert_eq!(plans.len(), 1);
        assert_eq!(plans[0].capacity, capacity(&[(Pool::Officer, 3), (Pool::Online, 4)]));
    }

    #[test]
    fn self_scheduling_ends_on_its_date_and_not_before() {
        let last: Date = "2027-01-29".parse().unwrap();
        let plans = schedules_for(&pattern(), true, Some(last));
        let on =
            |date: &str| plans.iter().find(|p| p.holds_on(date.parse().unwrap())).unwrap().capacity.clone();
        let walk_in = (Pool::WalkInReserve, 1);
        assert_eq!(
            on("2027-01-29"),
            capacity(&[(Pool::Officer, 2), (Pool::Online, 1), (Pool::SelfScheduled, 3), walk_in])
        );
        assert_eq!(on("2027-01-30"), capacity(&[(Pool::Officer, 2), (Pool::Online, 4), walk_in]));
        let over = schedules_for(&pattern(), true, Some("2023-01-01".parse().unwrap()));
        assert_eq!(over[0].capacity.get(&Pool::SelfScheduled), None);
    }
}
