//! The best places of other offices, beside those of the office that is looked at.

use super::{
    places::{because, value},
    view::View,
};
use crate::{
    core::WebError,
    parts::{Choice, Group},
    staff::frame::Seat,
};
use desk::PlaceChoice;
use domain::{access::Action, codes::OfficeCode, inquiry::Inquiry};
use jiff::{Timestamp, civil::Date};
use locale::{Tongue, args};
use pack::Office;

/// So many offices of the same state come first: how far it is counts as much as when.
const NEAR: usize = 3;
/// So many offices.
const MOST: usize = 5;
/// Clocks that differ by no more than this, in seconds, show that two offices are not too far from each other.
const CLOCKS: i32 = 3_600;

/// How far it may be: a pack knows states and clocks, and no distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Far {
    /// In the same state.
    State,
    /// By a clock that is an hour off at most.
    Clock,
    /// Farther.
    Away,
}

impl Far {
    fn of(one: &Office, other: &Office, at: Timestamp) -> Self {
        let offset = |office: &Office| office.zone().tz().to_offset(at).seconds();
        if one.state == other.state {
            Self::State
        } else if (offset(one) - offset(other)).abs() <= CLOCKS {
            Self::Clock
        } else {
            Self::Away
        }
    }
}

/// A place at another office.
struct There {
    choice: PlaceChoice,
    /// From the office that is looked at.
    far: Far,
}

/// The best place of each of the best other offices.
pub(super) struct Elsewhere(Vec<There>);

/// A place of another office as a form sends it: with its office, so that one choice says both.
fn value_there(choice: &PlaceChoice) -> String {
    format!("{}.{}", value(&choice.opening), choice.opening.office)
}

impl Elsewhere {
    /// None: what is looked at is no booking.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// What other offices have, without the one that is looked at, whose best is `best`. An office of another state is worth the way
    /// only where it is sooner, and one far away only where there is nothing here.
    pub(super) async fn load(
        seat: &Seat,
        inquiry: &Inquiry,
        here: &OfficeCode,
        best: Option<&PlaceChoice>,
    ) -> Result<Self, WebError> {
        let desk = &seat.ctx.app.desk;
        let Some(own) = desk.pack().office(here) else { return Ok(Self::none()) };
        let mut found: Vec<There> = Vec::new();
        for choice in desk.places_anywhere(inquiry, seat.ctx.now).await? {
            let there = &choice.opening.office;
            let Some(office) = desk.pack().office(there).filter(|_| there != here) else { continue };
            let far = Far::of(office, own, seat.ctx.now);
            let worth_it = match (far, best) {
                (Far::State, _) | (_, None) => true,
                (Far::Clock, Some(best)) => sooner_by(desk.pack(), &choice, best) > 0,
                (Far::Away, Some(_)) => false,
            };
            if worth_it && seat.may(Action::Book, (inquiry, there)).is_ok() {
                found.push(There { choice, far });
            }
        }
        // The nearer first; as near, what suits best, as it was found.
        found.sort_by_key(|there| there.far);
        let near = found.iter().filter(|there| there.far == Far::State).count();
        found.drain(NEAR.min(near)..near);
        found.truncate(MOST);
        found.sort_by_key(|there| (there.choice.opening.start, there.far));
        Ok(Self(found))
    }

    /// Is this one of them?
    pub(super) fn has(&self, value: &str) -> bool {
        self.0.iter().any(|there| value_there(&there.choice) == value)
    }

    /// Them under a heading, open when one is sooner than the best of the office that is looked at.
    pub(super) fn group(
        &self,
        view: &View<'_>,
        here: &OfficeCode,
        best: Option<&PlaceChoice>,
    ) -> Option<Group> {
        let pack = view.seat.ctx.app.desk.pack();
        let choices: Vec<Choice> =
            self.0.iter().filter_map(|there| there.choice(view.seat, here, best)).collect();
        let sooner = |there: &There| best.is_none_or(|best| sooner_by(pack, &there.choice, best) > 0);
        (!choices.is_empty()).then(|| Group {
            heading: view.seat.t().say("staff-place-elsewhere"),
            open: self.0.iter().any(sooner),
            choices,
        })
    }
}

/// By how many days one is sooner than the other, each on its day at its office; negative where it is later.
fn sooner_by(pack: &pack::Pack, there: &PlaceChoice, here: &PlaceChoice) -> i64 {
    let day = |choice: &PlaceChoice| -> Option<Date> {
        Some(pack.office(&choice.opening.office)?.zone().date(choice.opening.start))
    };
    let days = day(there).zip(day(here)).and_then(|(there, here)| there.until(here).ok());
    days.map_or(0, |span| i64::from(span.get_days()))
}

impl There {
    fn choice(&self, seat: &Seat, here: &OfficeCode, best: Option<&PlaceChoice>) -> Option<Choice> {
        let (t, pack) = (seat.t(), seat.ctx.app.desk.pack());
        let (office, here) = (pack.office(&self.choice.opening.office)?, pack.office(here)?);
        let zone = office.zone();
        let today = zone.date(seat.ctx.now);
        let local = zone.local(self.choice.opening.start);
        let label = t.say_with(
            "staff-place-at",
            &args! {
                "office" => office.name.as_str(), "state" => office.state.as_str(),
                "day" => t.on_day(local.date(), today), "time" => t.time(local.time()),
            },
        );
        let mut whys = Vec::new();
        whys.extend(best.map(|best| compared(t, sooner_by(pack, &self.choice, best), &here.name)));
        if self.far == Far::State {
            whys.push(t.say("staff-place-same-state"));
        }
        whys.extend(self.choice.why.iter().map(|why| because(t, *why, today)));
        if zone.name() != here.zone().name() {
            whys.push(t.say_with("staff-place-its-clock", &args! { "zone" => t.zone(zone.name()) }));
        }
        Some(Choice::new(value_there(&self.choice), label).hint(whys.join(" ")))
    }
}

/// How much sooner or later it is than what the other office has.
fn compared(t: &Tongue, sooner: i64, office: &str) -> String {
    match sooner {
        1.. => t.say_with("staff-place-sooner", &args! { "n" => sooner, "office" => office }),
        0 => t.say_with("staff-place-as-soon", &args! { "office" => office }),
        _ => t.say_with("staff-place-behind", &args! { "n" => -sooner, "office" => office }),
    }
}
