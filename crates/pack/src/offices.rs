//! `offices.csv`: where the offices are; each gets its calendar and its places from the plan it follows.

use crate::{
    fault::{Findings, Place, Source},
    plans::{Plans, closures_for},
    table::{Row, Table},
};
use domain::{
    calendar::{BusinessCalendar, Holidays, Zone},
    codes::OfficeCode,
    slots::{OfficePlan, Pool},
    text::{Lang, Text},
};
use jiff::civil::Date;
use std::collections::BTreeMap;

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
    /// How people find the way there and in: the stop, the entrance, what is asked at the door. Nothing where it says nothing.
    pub directions: Text,
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
    /// Its row.
    pub(crate) at: Place,
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

    /// The same office with nothing to book.
    pub(crate) fn without_places(self) -> Self {
        // A plan without schedules cannot contradict itself; were it refused, the old one would stay.
        let plan = OfficePlan::new(self.code.clone(), Vec::new()).unwrap_or_else(|_| self.plan.clone());
        Self { plan, walk_ins: false, walk_ins_a_day: 0, self_scheduling_until: None, ..self }
    }

    /// May people still choose a time themselves on `date` (the office's own date)?
    pub fn self_scheduling_on(&self, date: Date) -> bool {
        self.self_scheduling_until.is_some_and(|until| date <= until)
    }
}

/// The columns that every list of offices has.
pub(crate) const COLUMNS: [&str; 8] = ["code", "name", "street", "city", "state", "zip", "zone", "plan"];

/// What the columns with directions begin with; the language follows.
const DIRECTIONS: &str = "directions.";
/// The longest directions, in characters.
const LONGEST_DIRECTIONS: usize = 500;

/// How people get there, by language. That each language of the pack has them is looked at with the whole pack.
fn directions(row: &Row<'_>, found: &mut Findings) -> Text {
    let mut said = Vec::new();
    for (column, text) in row.others(&[]) {
        let Some(lang) = column.strip_prefix(DIRECTIONS) else { continue };
        match lang.parse::<Lang>() {
            Ok(_) if text.chars().count() > LONGEST_DIRECTIONS => {
                let says = format!("`{column}` is longer than {LONGEST_DIRECTIONS} characters");
                found.fault(row.at(), says);
            }
            Ok(lang) => said.push((lang, text)),
            Err(_) => found.fault(row.at(), format!("`{column}` ends with no language")),
        }
    }
    Text::new(said)
}

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
        if let Some(twin) = offices.iter().find(|o| o.code.as_str() == row.get("code")) {
            let line = twin.at.line.unwrap_or_default();
            found.fault(row.at(), format!("office `{}` is already on line {line}", twin.code));
            continue;
        }
        offices.extend(read_office(&row, plans, holidays, &[], found));
    }
    if offices.is_empty() && found.faults.is_empty() {
        found.fault(Place::file(source.file), "there is no office");
    }
    offices
}

/// Reads one office. `also` names columns that are no further facts about it.
pub(crate) fn read_office(
    row: &Row<'_>,
    plans: &Plans,
    holidays: &Holidays,
    also: &[&str],
    found: &mut Findings,
) -> Option<Office> {
    let at = row.at();
    let code = row.get("code").parse::<OfficeCode>();
    if code.is_err() {
        let says = format!("`code` is 1 to 40 letters, digits, '-' or '_', not {:?}", row.get("code"));
        found.fault(at.clone(), says);
    }
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
    let pattern = plans.get(row.get("plan"));
    if pattern.is_none() {
        found.fault(at.clone(), format!("offices.toml has no plan called `{}`", row.get("plan")));
    }
    for error in [
        zone.as_ref().err().map(ToString::to_string),
        walk_ins.as_ref().err().cloned(),
        until.as_ref().err().cloned(),
    ]
    .into_iter()
    .flatten()
    {
        found.fault(at.clone(), error);
    }
    let (Ok(code), Ok(zone), Ok(walk_ins), Ok(until), Some(pattern)) = (code, zone, walk_ins, until, pattern)
    else {
        return None;
    };
    let office_plan = match OfficePlan::new(code.clone(), pattern.at_office(walk_ins, until)) {
        Ok(plan) => plan,
        Err(error) => {
            found.fault(at.clone(), error.to_string());
            return None;
        }
    };
    if walk_ins && pattern.walk_ins_a_day == 0 {
        let says = format!("plan `{}` has no `walk_ins_a_day`, so `walk_ins` does nothing", row.get("plan"));
        found.warn(at.clone(), says);
    }
    if until.is_some() && !pattern.has(Pool::SelfScheduled) {
        let says = format!(
            "plan `{}` has no places for self-scheduling, so `self_scheduling_until` does nothing",
            row.get("plan")
        );
        found.warn(at.clone(), says);
    }
    let directions = directions(row, found);
    let mut more = row.others(&[&COLUMNS[..], &["walk_ins", "self_scheduling_until"], also].concat());
    more.retain(|column, _| !column.starts_with(DIRECTIONS));
    let closures = closures_for(&code, plans);
    let calendar =
        BusinessCalendar { zone, hours: pattern.hours.clone(), closures, holidays: holidays.clone() };
    Some(Office {
        name: row.get("name").to_owned(),
        street: row.get("street").to_owned(),
        city: row.get("city").to_owned(),
        state: row.get("state").to_owned(),
        zip: row.get("zip").to_owned(),
        plan_name: row.get("plan").to_owned(),
        walk_ins,
        walk_ins_a_day: if walk_ins { pattern.walk_ins_a_day } else { 0 },
        self_scheduling_until: until,
        more,
        directions,
        calendar,
        plan: office_plan,
        at,
        code,
    })
}
