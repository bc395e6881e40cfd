//! Whether a pack works from a given day on.

use crate::{
    Pack,
    fault::{Fault, Findings, Place, Warning},
    line::HOLIDAY_YEARS,
    offices::Office,
};
use domain::{
    slots::{Ask, Pool, Taken, openings},
    text::Lang,
};
use jiff::civil::Date;
use triage::DecisionKind;

/// Every office must have a place for every reason it serves within so many business days.
pub const BOOKABLE_WITHIN_BUSINESS_DAYS: i32 = 30;

pub(crate) fn check(pack: &Pack, on: Date) -> Result<Vec<Warning>, Vec<Fault>> {
    let mut found = Findings::default();
    for kind in DecisionKind::ALL {
        if pack.policy(kind, on).is_none() {
            let first = pack.policies(kind).and_then(|set| set.versions().next());
            let first = first.map(|policy| format!("; the first holds from {}", policy.effective()));
            let says = format!("no version of the {kind} policy holds on {on}{}", first.unwrap_or_default());
            found.fault(Place::file("policy/"), says);
        }
    }
    if pack.line.calendar.add_business_days(on, 1).is_none() {
        found.fault(pack.line.at.clone(), format!("the line is closed for more than a year after {on}"));
    }
    for office in &pack.offices {
        check_office(pack, office, on, &mut found);
    }
    for (holiday, at) in pack.holidays.iter().zip(&pack.holidays_at) {
        let years = on.year()..on.year().saturating_add(HOLIDAY_YEARS);
        if years.clone().all(|year| holiday.observed(year).is_none()) {
            let name = holiday.name.in_lang(&Lang::en());
            let says =
                format!("{name} does not fall on any day of the {HOLIDAY_YEARS} years from {}", on.year());
            found.warn(at.clone(), says);
        }
    }
    if pack.zips.is_approximate() {
        let says = "ZIP codes lead to offices approximately, until the agency's own table is put in as zips-official.csv";
        found.warn(Place::file("zips.csv"), says);
    }
    found.finish()
}

fn check_office(pack: &Pack, office: &Office, on: Date, found: &mut Findings) {
    let at = office.at.clone();
    if office.directions.langs().next().is_some()
        && let Some(lang) = office.directions.missing(&pack.agency.languages).next()
    {
        let says = format!("office `{}` has directions, and none in `{lang}`", office.code);
        found.fault(at.clone(), says);
    }
    if let Some(until) = office.self_scheduling_until.filter(|until| *until < on) {
        found.warn(at.clone(), format!("self-scheduling at office `{}` ended on {until}", office.code));
    }
    let calendar = &office.calendar;
    let (Some(now), Some(last)) =
        (calendar.zone.day_start(on), calendar.add_business_days(on, BOOKABLE_WITHIN_BUSINESS_DAYS))
    else {
        found.fault(at, format!("office `{}` is closed for more than a year after {on}", office.code));
        return;
    };
    let horizon = on.until(last).map_or(u16::MAX, |span| u16::try_from(span.get_days()).unwrap_or(u16::MAX));
    let offers =
        |reason: &&crate::Reason| office.plan.schedules().iter().any(|plan| plan.service == reason.service);
    let mut served = 0;
    let mut asked = Vec::new();
    for reason in pack.reasons.all.iter().filter(offers) {
        served += 1;
        // Many reasons need the same service for the same time: one answer holds for all of them.
        if asked.contains(&(&reason.service, reason.minutes)) {
            continue;
        }
        asked.push((&reason.service, reason.minutes));
        let ask = Ask {
            service: reason.service.clone(),
            minutes: reason.minutes,
            pools: vec![Pool::Officer, Pool::Online],
            now,
            lead_business_days: 0,
            horizon_days: horizon,
            not_before: None,
        };
        if openings(&office.plan, calendar, &Taken::default(), &ask).is_empty() {
            let says = format!(
                "office `{}` has no place of {} minutes for reason `{}` within {BOOKABLE_WITHIN_BUSINESS_DAYS} business days of {on}",
                office.code, reason.minutes, reason.code
            );
            found.fault(at.clone(), says);
        }
    }
    if served == 0 {
        found.warn(at, format!("office `{}` offers nothing that any reason needs", office.code));
    }
}
