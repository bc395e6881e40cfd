//! What another pack would change: which ZIP codes, offices and closed days.

use crate::{Office, Pack, Reason};
use domain::{
    codes::{OfficeCode, ReasonCode},
    slots::slots,
};
use jiff::{ToSpan, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// How many years ahead the closed days of two packs are compared.
pub const COMPARED_YEARS: i16 = 3;

/// A ZIP code, or the first three digits of many, that another office serves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MovedZip {
    /// Five digits, or the first three of all that have no row of their own.
    pub zip: String,
    /// Who served it; none when nobody did.
    pub from: Option<OfficeCode>,
    /// Who serves it now; none when nobody does.
    pub to: Option<OfficeCode>,
}

/// What differs in the way from ZIP code to office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ZipDifference {
    /// ZIP codes that have a row of their own now, and had none.
    pub added: u32,
    /// ZIP codes that had a row of their own, and have none now.
    pub dropped: u32,
    /// ZIP codes whose office was a guess, and is official now.
    pub confirmed: u32,
    /// What another office serves now, by ZIP code.
    pub moved: Vec<MovedZip>,
}

impl ZipDifference {
    /// The same by pair of offices, with how many ZIP codes each.
    pub fn moves(&self) -> BTreeMap<(Option<&OfficeCode>, Option<&OfficeCode>), u32> {
        let mut moves = BTreeMap::new();
        for moved in &self.moved {
            *moves.entry((moved.from.as_ref(), moved.to.as_ref())).or_default() += 1;
        }
        moves
    }
}

/// An office that is described otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedOffice {
    /// Which.
    pub code: OfficeCode,
    /// The columns that differ.
    pub columns: Vec<String>,
}

/// What differs in the offices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficeDifference {
    /// Open now, and unknown or retired before.
    pub added: Vec<OfficeCode>,
    /// Open before and now, and described otherwise.
    pub changed: Vec<ChangedOffice>,
    /// Retired now, and not before; with who takes over.
    pub retired: Vec<(OfficeCode, Option<OfficeCode>)>,
    /// Known before, and unknown now: whatever names one of these would lead nowhere.
    pub lost: Vec<OfficeCode>,
}

/// What differs between two packs, in the tables that can be imported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// From ZIP code to office.
    pub zips: ZipDifference,
    /// The offices.
    pub offices: OfficeDifference,
    /// Holidays that were none, from the day asked about for [`COMPARED_YEARS`] years.
    pub closed: Vec<Date>,
    /// Days that were holidays and are none any more, over the same years.
    pub opened: Vec<Date>,
}

/// What `new` changes, seen from a day of the agency.
pub fn difference(old: &Pack, new: &Pack, on: Date) -> Difference {
    let (closed, opened) = holidays(old, new, on);
    Difference { zips: zips(old, new), offices: offices(old, new), closed, opened }
}

/// An office with more or fewer places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedPlaces {
    /// Which.
    pub code: OfficeCode,
    /// How many people it could see in these days.
    pub before: u64,
    /// How many it can see now.
    pub now: u64,
}

/// The offices that could see more or fewer people in so many days from one on, whoever has booked.
pub fn changed_places(old: &Pack, new: &Pack, from: Date, days: i16) -> Vec<ChangedPlaces> {
    let until = from.saturating_add(i64::from(days).days());
    let places = |pack: &Pack, code: &OfficeCode| -> u64 {
        let Some(office) = pack.office(code) else { return 0 };
        let slots = slots(&office.plan, &office.calendar, from, until);
        slots.iter().flat_map(domain::slots::Slot::places).map(|(_, n)| u64::from(n)).sum()
    };
    let offices: BTreeSet<&OfficeCode> = old.offices.iter().chain(&new.offices).map(|o| &o.code).collect();
    offices
        .into_iter()
        .map(|code| ChangedPlaces { code: code.clone(), before: places(old, code), now: places(new, code) })
        .filter(|changed| changed.before != changed.now)
        .collect()
}

/// The reasons that are new, gone, or described otherwise, by code.
pub fn changed_reasons(old: &Pack, new: &Pack) -> BTreeSet<ReasonCode> {
    let codes: BTreeSet<&ReasonCode> = old.reasons().iter().chain(new.reasons()).map(|r| &r.code).collect();
    let same = |code: &ReasonCode| match (old.open_reason(code), new.open_reason(code)) {
        (Some(before), Some(now)) => alike(before, now),
        (before, now) => before.is_none() && now.is_none(),
    };
    codes.into_iter().filter(|code| !same(code)).cloned().collect()
}

fn alike(a: &Reason, b: &Reason) -> bool {
    let texts = |reason: &Reason| [&reason.name, &reason.about, &reason.who, &reason.first].map(Clone::clone);
    let rest = |reason: &Reason| (reason.minutes, reason.route, reason.review);
    texts(a) == texts(b)
        && rest(a) == rest(b)
        && a.also == b.also
        && a.script == b.script
        && a.service == b.service
        && a.questions == b.questions
        && a.bring == b.bring
}

fn zips(old: &Pack, new: &Pack) -> ZipDifference {
    let mut differs = ZipDifference::default();
    let rows: BTreeSet<&str> = old.zips.rows().chain(new.zips.rows()).collect();
    for zip in rows {
        differs.added += u32::from(!old.zips.has_row(zip) && new.zips.has_row(zip));
        differs.dropped += u32::from(old.zips.has_row(zip) && !new.zips.has_row(zip));
        let (before, now) = (old.zips.lead(zip), new.zips.lead(zip));
        let code = |pack: &Pack, lead: Option<(usize, bool)>| {
            lead.and_then(|(at, _)| pack.offices.get(at)).map(|office| office.code.clone())
        };
        let (from, to) = (code(old, before), code(new, now));
        if from != to {
            differs.moved.push(MovedZip { zip: zip.to_owned(), from, to });
        } else if before.is_some_and(|(_, official)| !official) && now.is_some_and(|(_, official)| official) {
            differs.confirmed += 1;
        }
    }
    differs
}

fn offices(old: &Pack, new: &Pack) -> OfficeDifference {
    let mut differs = OfficeDifference::default();
    for office in &new.offices {
        match old.by_code.get(&office.code).and_then(|at| old.offices.get(*at)) {
            None => differs.added.push(office.code.clone()),
            Some(before) => {
                let columns = columns(before, office);
                if !columns.is_empty() {
                    differs.changed.push(ChangedOffice { code: office.code.clone(), columns });
                }
            }
        }
    }
    for gone in &new.retired {
        if old.retired(&gone.office.code).is_none() {
            differs.retired.push((gone.office.code.clone(), gone.successor.clone()));
        }
    }
    let known = old.offices.iter().chain(old.retired.iter().map(|gone| &gone.office));
    differs.lost = known.map(|o| &o.code).filter(|code| new.office(code).is_none()).cloned().collect();
    differs
}

/// The columns in which two descriptions of an office differ.
fn columns(a: &Office, b: &Office) -> Vec<String> {
    let plain = [
        ("name", a.name == b.name),
        ("street", a.street == b.street),
        ("city", a.city == b.city),
        ("state", a.state == b.state),
        ("zip", a.zip == b.zip),
        ("zone", a.zone() == b.zone()),
        ("plan", a.plan_name == b.plan_name),
        ("walk_ins", a.walk_ins == b.walk_ins),
        ("directions", a.directions == b.directions),
        ("self_scheduling_until", a.self_scheduling_until == b.self_scheduling_until),
    ];
    let mut columns: Vec<String> =
        plain.into_iter().filter(|(_, same)| !same).map(|(name, _)| name.to_owned()).collect();
    let more: BTreeSet<&String> = a.more.keys().chain(b.more.keys()).collect();
    columns.extend(more.into_iter().filter(|name| a.more.get(*name) != b.more.get(*name)).cloned());
    columns
}

fn holidays(old: &Pack, new: &Pack, on: Date) -> (Vec<Date>, Vec<Date>) {
    let (mut closed, mut opened) = (Vec::new(), Vec::new());
    if old.holidays == new.holidays {
        return (closed, opened);
    }
    let until = on.saturating_add(COMPARED_YEARS.years());
    let mut day = on;
    while day < until {
        match (old.holidays.on(day).is_some(), new.holidays.on(day).is_some()) {
            (false, true) => closed.push(day),
            (true, false) => opened.push(day),
            _ => {}
        }
        day = day.saturating_add(1.day());
    }
    (closed, opened)
}
