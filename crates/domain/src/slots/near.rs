//! The best place of an office, looked for near where it should be first.
//!
//! Whoever compares all offices of a nation asks each for one place. Nearly always that is on the target day or next to it,
//! so that neither every day of every office has to be worked out, nor everything that is taken there read.

use crate::{
    calendar::{BusinessCalendar, next_day},
    slots::{
        Ask, Choice, OfficePlan, Taken, Wish,
        choose::best_among,
        opening::{Range, free, range},
    },
    urgency::Urgency,
};
use jiff::{Timestamp, civil::Date};

/// How far is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// So many business days of the office around the target or, for an urgent matter, from the first that may be given.
    Near(u16),
    /// Every day that may be given.
    All,
}

impl Reach {
    /// The order in which to look: an office that has no place within one has a better one within none before it.
    pub const STEPS: [Self; 3] = [Self::Near(1), Self::Near(5), Self::All];
}

/// The days within reach, first and last; `None` when there are none.
///
/// With preferences everything is within reach: the day that a person would like comes before the nearest.
pub fn days_within(
    calendar: &BusinessCalendar,
    ask: &Ask,
    wish: &Wish,
    reach: Reach,
) -> Option<(Date, Date)> {
    let Range { earliest, last, .. } = range(calendar, ask).ok()?;
    let Reach::Near(days) = reach else { return Some((earliest, last)) };
    if !wish.preferences.is_empty() {
        return Some((earliest, last));
    }
    let days = i32::from(days);
    let (from, until) = match wish.urgency {
        Urgency::Urgent => (Some(earliest), calendar.add_business_days(earliest, days)),
        Urgency::Regular => {
            let first = calendar.zone.date(wish.first_contact);
            let target = calendar.add_business_days(first, i32::from(wish.target_business_days));
            let around = target.unwrap_or(first).clamp(earliest, last);
            (calendar.add_business_days(around, -days), calendar.add_business_days(around, days))
        }
    };
    Some((from.unwrap_or(earliest).clamp(earliest, last), until.unwrap_or(last).clamp(earliest, last)))
}

/// The instants that lie within reach: what is taken between them must be known to [`best_within`].
pub fn time_within(
    calendar: &BusinessCalendar,
    ask: &Ask,
    wish: &Wish,
    reach: Reach,
) -> Option<(Timestamp, Timestamp)> {
    let (first, last) = days_within(calendar, ask, wish, reach)?;
    // And the next day, into which a run of places may go on.
    let behind = next_day(next_day(last));
    Some((calendar.zone.day_start(first)?, calendar.zone.day_start(behind)?))
}

/// The place within reach that suits the person best. What this finds is the best of all reaches; where it finds nothing, a
/// wider one may.
pub fn best_within(
    plan: &OfficePlan,
    calendar: &BusinessCalendar,
    taken: &Taken,
    ask: &Ask,
    wish: &Wish,
    reach: Reach,
) -> Option<Choice> {
    let all = range(calendar, ask).ok()?;
    let (first, last) = days_within(calendar, ask, wish, reach)?;
    let mut near = free(plan, calendar, taken, ask, first, next_day(last).min(all.last), all.floor);
    near.retain(|opening| calendar.zone.date(opening.start) <= last);
    best_among(calendar, wish, near)
}
