//! Who called the line in the days before the demo's now: most hear from the line what they wanted, the others ask for an operator.

use super::{chance::Chance, people::number};
use domain::{calendar::BusinessCalendar, phone::PhoneNumber, text::Lang};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// So many days of the line are told.
const DAYS: usize = 5;
/// Nobody new comes so shortly before the line closes, or before the demo's now: whoever waits is spoken with by then.
const QUIET: SignedDuration = SignedDuration::from_mins(40);
/// How the callers of a day spread over its hours from 8 on: late mornings and early afternoons are the worst.
const HOURS: [u32; 12] = [7, 10, 13, 14, 10, 9, 11, 9, 7, 5, 3, 2];
/// Of a day, so many ask for an operator at any time, and so many hear from the line what they wanted.
const ASK: i64 = 8;
const TOLD: i64 = 34;
/// Twice a day more call within some minutes than two operators can speak with: whoever comes then waits. In minutes from the opening.
const RUSHES: [i64; 2] = [185, 400];
const RUSH: i64 = 8;
const RUSH_MINUTES: i64 = 11;

/// What a caller who waits does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Holds until somebody answers.
    Holds,
    /// Hangs up after so long.
    HangsUp(SignedDuration),
    /// Chooses to be called back after so long.
    CalledBack(SignedDuration),
}

/// Somebody who asks for an operator.
#[derive(Debug, Clone)]
pub struct Asks {
    /// When the call came; they ask for somebody a little later.
    pub rang: Timestamp,
    pub asked: Timestamp,
    pub number: PhoneNumber,
    pub lang: Lang,
    /// What for, as a place in the list of what operators note.
    pub about: usize,
    pub patience: Patience,
    pub talks: SignedDuration,
    pub held: u32,
    pub notes: SignedDuration,
    pub relay: bool,
}

/// Somebody whom the line told what they wanted.
#[derive(Debug, Clone)]
pub struct Hears {
    pub rang: Timestamp,
    pub hung_up: Timestamp,
    pub number: PhoneNumber,
    pub lang: Lang,
    /// What they asked for, and the states of the line on the way.
    pub what: &'static str,
    pub states: &'static [&'static str],
}

/// One day of the line.
#[derive(Debug, Clone)]
pub struct Day {
    pub opens: Timestamp,
    pub closes: Timestamp,
    pub asks: Vec<Asks>,
    pub hears: Vec<Hears>,
}

const CASE: [&str; 6] = ["ring", "greeting", "main", "case", "case-lookup", "case-told"];
const OFFICE: [&str; 6] = ["ring", "greeting", "main", "office-zip", "office-lookup", "office-told"];
const INQUIRY: [&str; 6] = ["ring", "greeting", "main", "inquiry", "inquiry-lookup", "inquiry-told"];

/// The last days of the line up to `now`, the first first.
pub fn days(line: &BusinessCalendar, chance: &mut Chance, now: Timestamp) -> Vec<Day> {
    let today = line.zone.date(now);
    let dates = (0..14_i32).rev().map(|back| today.saturating_sub(back.days()));
    let mut days: Vec<Day> = dates
        .flat_map(|date| line.open_spans(date))
        .filter(|span| span.start + QUIET < now)
        .map(|span| Day { opens: span.start, closes: span.end.min(now), asks: Vec::new(), hears: Vec::new() })
        .collect();
    let first = days.len().saturating_sub(DAYS);
    let mut days = days.split_off(first);
    for day in &mut days {
        fill(day, chance);
    }
    days
}

fn fill(day: &mut Day, chance: &mut Chance) {
    let last = day.closes - QUIET;
    let mut rings: Vec<Timestamp> =
        (0..ASK + chance.between(-2, 2)).map(|_| moment(day.opens, chance)).collect();
    for rush in RUSHES {
        let begins = rush + chance.between(-20, 20);
        rings.extend((0..RUSH + chance.between(-2, 2)).map(|_| {
            day.opens + SignedDuration::from_secs(begins * 60 + chance.between(0, RUSH_MINUTES * 60))
        }));
    }
    for rang in rings {
        day.asks.extend(asks(rang, chance).filter(|caller| caller.asked < last));
    }
    for _ in 0..TOLD + chance.between(-6, 6) {
        let rang = moment(day.opens, chance);
        day.hears.extend(hears(rang, chance).filter(|caller| caller.hung_up < last));
    }
    day.asks.sort_by_key(|one| one.asked);
    day.hears.sort_by_key(|one| one.hung_up);
}

fn moment(opens: Timestamp, chance: &mut Chance) -> Timestamp {
    let hour = i64::try_from(chance.weighted(&HOURS)).unwrap_or(0);
    opens + SignedDuration::from_secs(hour * 3_600 + chance.between(30, 3_570))
}

fn asks(rang: Timestamp, chance: &mut Chance) -> Option<Asks> {
    let seconds = |chance: &mut Chance, from, to| SignedDuration::from_secs(chance.between(from, to));
    let patience = match chance.below(100) {
        0..14 => Patience::HangsUp(seconds(chance, 20, 260)),
        14..42 => Patience::CalledBack(seconds(chance, 40, 150)),
        _ => Patience::Holds,
    };
    Some(Asks {
        rang,
        asked: rang + seconds(chance, 25, 90),
        number: number(chance)?,
        lang: lang(chance),
        about: usize::try_from(chance.below(4)).unwrap_or(0),
        patience,
        talks: seconds(chance, 130, 640),
        held: if chance.percent(25) { 15 + chance.below(70) } else { 0 },
        notes: seconds(chance, 12, 55),
        relay: chance.percent(4),
    })
}

fn hears(rang: Timestamp, chance: &mut Chance) -> Option<Hears> {
    let (what, states) = match chance.weighted(&[70, 12, 18]) {
        0 => ("case", &CASE),
        1 => ("office", &OFFICE),
        _ => ("inquiry", &INQUIRY),
    };
    let hung_up = rang + SignedDuration::from_secs(chance.between(45, 190));
    Some(Hears { rang, hung_up, number: number(chance)?, lang: lang(chance), what, states })
}

fn lang(chance: &mut Chance) -> Lang {
    if chance.percent(19) { Lang::es() } else { Lang::en() }
}
