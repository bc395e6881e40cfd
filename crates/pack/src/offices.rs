//! `offices.csv` and `offices.toml`: where the offices are, when they are open, how many they can see.

use crate::{
    doc::Doc,
    fault::{Findings, Place, Source},
    table::Table,
};
use domain::{
    calendar::{BusinessCalendar, Closure, DatedHours, Holidays, OpeningHours, Zone},
    codes::OfficeCode,
    slots::{DatedPlan, OfficePlan, Pool},
    text::Lang,
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// One office.
#[derive(Debug, Clone)]
pub struct Office {
    /// The agency's own code. The key: two offices may share a building.
    pub code: OfficeCode,
    /// The name people use.
    pub name: String,
    /// Street and room.
    pub street: String,
    /// City.
    pub city: String,
    /// State or territory, as its two letters.
    pub state: String,
    /// Five-digit ZIP code of the address.
    pub zip: String,
    /// The name of the plan it follows.
    pub plan_name: String,
    /// May the office see people without an appointment, at its discretion? Off unless its row says yes.
    pub walk_ins: bool,
    /// How many of them a day, at most. 0 when `walk_ins` is off.
    pub walk_ins_a_day: u32,
    /// The last day on which people may choose a time themselves; `None`: not at all.
    pub self_scheduling_until: Option<Date>,
    /// Further columns of the file, by name (district, region, …), for reports.
    pub more: BTreeMap<String, String>,
    /// When it is open, in its own zone.
    pub calendar: BusinessCalendar,
    /// What it offers within those hours.
    pub plan: OfficePlan,
    /// Its line in `offices.csv`.
    pub(crate) line: usize,
}

impl Office {
    /// The zone of every local time at this office.
    pub const fn zone(&self) -> &Zone {
        &self.calendar.zone
    }

    /// The address on one line, as for a letter or a calendar entry.
    pub fn address(&self) -> String {
        format!("{}, {}, {} {}", self.street, self.city, self.state, self.zip)
    }

    /// May people still choose a time themselves on `date` (the office's own date)?
    pub fn self_scheduling_on(&self, date: Date) -> bool {
        self.self_scheduling_until.is_some_and(|until| date <= until)
    }
}

/// A pattern of hours and schedules that offices share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    #[serde(default)]
    walk_ins_a_day: u32,
    hours: Vec<DatedHours>,
    schedules: Vec<DatedPlan>,
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

/// What `offices.toml` holds.
#[derive(Default)]
pub(crate) struct Plans {
    plans: BTreeMap<String, (Place, Plan)>,
    closings: Vec<(Place, Closing)>,
}

impl Plans {
    /// Every service that some plan offers, with the place of the plan.
    pub(crate) fn services(&self) -> impl Iterator<Item = (&Place, &domain::codes::ServiceCode)> {
        self.plans.values().flat_map(|(at, plan)| plan.schedules.iter().map(move |s| (at, &s.service)))
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
        plans.insert(name.into_inner(), (at, plan));
    }
    let closings = doc.each::<Closing>("closure", found);
    let closings = closings.into_iter().map(|c| (source.at(&c.span()), c.into_inner())).collect();
    doc.finish(found);
    Plans { plans, closings }
}

const COLUMNS: [&str; 8] = ["code", "name", "street", "city", "state", "zip", "zone", "plan"];

/// Reads the offices and gives each its calendar and plan.
pub(crate) fn read_offices(
    source: Source<'_>,
    plans: &Plans,
    holidays: &Holidays,
    found: &mut Findings,
) -> Vec<Office> {
    let Some(mut table) = Table::open(source, &COLUMNS, found) else { return Vec::new() };
    let mut offices: Vec<Office> = Vec::new();
    while let Some(row) = table.next_row(found) {
        let at = row.at();
        if let Some(twin) = offices.iter().find(|o| o.code.as_str() == row.get("code")) {
            found.fault(at, format!("office `{}` is already on line {}", twin.code, twin.line));
            continue;
        }
        let code = row.get("code").parse::<OfficeCode>();
        let zone = row.get("zone").parse::<Zone>();
        let walk_ins = match row.get("walk_ins") {
            "" | "no" => Ok(false),
            "yes" => Ok(true),
            other => Err(format!("`walk_ins` is yes or no, not {other:?}")),
        };
        let until = match row.get("self_scheduling_until") {
            "" => Ok(None),
            text => text
                .parse::<Date>()
                .map(Some)
                .map_err(|_| format!("`self_scheduling_until` is a date such as 2027-01-29, not {text:?}")),
        };
        for column in ["name", "street", "city", "state"] {
            if row.get(column).is_empty() {
                found.fault(at.clone(), format!("`{column}` is blank"));
            }
        }
        if row.get("zip").parse::<crate::zips::Zip>().is_err() {
            found.fault(
                at.clone(),
                format!("`zip` is five digits, not {:?} (a spreadsheet may have cut a zero)", row.get("zip")),
            );
        }
        let plan = plans.plans.get(row.get("plan"));
        if plan.is_none() {
            found.fault(at.clone(), format!("offices.toml has no plan called `{}`", row.get("plan")));
        }
        for error in [
            code.as_ref().err().map(ToString::to_string),
            zone.as_ref().err().map(ToString::to_string),
            walk_ins.as_ref().err().cloned(),
            until.as_ref().err().cloned(),
        ]
        .into_iter()
        .flatten()
        {
            found.fault(at.clone(), error);
        }
        let (Ok(code), Ok(zone), Ok(walk_ins), Ok(until), Some((plan_at, plan))) =
            (code, zone, walk_ins, until, plan)
        else {
            continue;
        };
        let hours = match OpeningHours::new(plan.hours.clone()) {
            Ok(hours) => hours,
            Err(error) => {
                found.fault(plan_at.clone(), error.to_string());
                continue;
            }
        };
        let schedules = schedules_for(&plan.schedules, walk_ins, until);
        let office_plan = match OfficePlan::new(code.clone(), schedules) {
            Ok(plan) => plan,
            Err(error) => {
                found.fault(plan_at.clone(), format!("plan `{}`: {error}", row.get("plan")));
                continue;
            }
        };
        if until.is_some()
            && !plan.schedules.iter().any(|s| s.capacity.get(&Pool::SelfScheduled).is_some_and(|n| *n > 0))
        {
            let says = format!(
                "plan `{}` has no places for self-scheduling, so `self_scheduling_until` does nothing",
                row.get("plan")
            );
            found.warn(at.clone(), says);
        }
        let closures = closures_for(&code, plans);
        let calendar = BusinessCalendar { zone, hours, closures, holidays: holidays.clone() };
        offices.push(Office {
            name: row.get("name").to_owned(),
            street: row.get("street").to_owned(),
            city: row.get("city").to_owned(),
            state: row.get("state").to_owned(),
            zip: row.get("zip").to_owned(),
            plan_name: row.get("plan").to_owned(),
            walk_ins,
            walk_ins_a_day: if walk_ins { plan.walk_ins_a_day } else { 0 },
            self_scheduling_until: until,
            more: row.others(&[&COLUMNS[..], &["walk_ins", "self_scheduling_until"]].concat()),
            calendar,
            plan: office_plan,
            line: row.line,
            code,
        });
    }
    if offices.is_empty() && found.faults.is_empty() {
        found.fault(Place::file(source.file), "there is no office");
    }
    for (name, (at, _)) in &plans.plans {
        if !offices.iter().any(|office| office.plan_name == *name) && !offices.is_empty() {
            found.warn(at.clone(), format!("no office follows plan `{name}`"));
        }
    }
    check_closings(plans, &offices, found);
    offices
}

fn check_closings(plans: &Plans, offices: &[Office], found: &mut Findings) {
    for (at, closing) in &plans.closings {
        if closing.until.is_some_and(|until| until < closing.from) {
            found.fault(at.clone(), "this closure ends before it begins");
        }
        for code in closing.offices.iter().map(Spanned::get_ref).filter(|code| *code != "*") {
            if !offices.iter().any(|office| office.code.as_str() == code) {
                found.fault(at.clone(), format!("offices.csv has no office `{code}`"));
            }
        }
    }
}

fn closures_for(code: &OfficeCode, plans: &Plans) -> Vec<Closure> {
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

/// A pattern's schedules as they hold at one office. Places in a pool that the office does not have are not lost:
/// those for walk-ins go to the officers, those for self-scheduling to online requests, the latter from the day
/// after self-scheduling ends.
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
