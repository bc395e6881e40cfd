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
use domain::{access::Action, codes::OfficeCode, inquiry::Inquiry, urgency::Urgency};
use locale::{Tongue, args};

/// So many offices of the same state come first: how far it is counts as much as when.
const NEAR: usize = 3;
/// So many offices.
const MOST: usize = 5;

/// A place at another office.
struct There {
    choice: PlaceChoice,
    /// Is it in the state of the office that is looked at?
    near: bool,
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

    /// What other offices have, without the one that is looked at.
    pub(super) async fn load(seat: &Seat, inquiry: &Inquiry, here: &OfficeCode) -> Result<Self, WebError> {
        let desk = &seat.ctx.app.desk;
        let state_of = |code: &OfficeCode| desk.pack().office(code).map(|office| office.state.as_str());
        let state = state_of(here);
        let found = desk.places_anywhere(inquiry, seat.ctx.now).await?;
        let found = found.into_iter().filter(|choice| {
            let there = &choice.opening.office;
            there != here && seat.may(Action::Book, (inquiry, there)).is_ok()
        });
        let (near, far): (Vec<_>, Vec<_>) = found
            .map(|choice| There { near: state_of(&choice.opening.office) == state, choice })
            .partition(|there| there.near);
        let mut all: Vec<There> = near.into_iter().take(NEAR).chain(far).take(MOST).collect();
        // As well suited, the nearer comes first.
        all.sort_by_key(|there| (there.choice.score.order(inquiry.urgency), !there.near));
        Ok(Self(all))
    }

    /// Is this one of them?
    pub(super) fn has(&self, value: &str) -> bool {
        self.0.iter().any(|there| value_there(&there.choice) == value)
    }

    /// Them under a heading, open when one suits better than the best of the office that is looked at.
    pub(super) fn group(
        &self,
        view: &View<'_>,
        here: &OfficeCode,
        best: Option<&PlaceChoice>,
    ) -> Option<Group> {
        let urgency = view.inquiry.urgency;
        let choices: Vec<Choice> =
            self.0.iter().filter_map(|there| there.choice(view.seat, here, best)).collect();
        let better = |there: &There| best.is_none_or(|best| suits_better(&there.choice, best, urgency));
        (!choices.is_empty()).then(|| Group {
            heading: view.seat.t().say("staff-place-elsewhere"),
            open: self.0.iter().any(better),
            choices,
        })
    }
}

fn suits_better(there: &PlaceChoice, here: &PlaceChoice, urgency: Urgency) -> bool {
    let key = |choice: &PlaceChoice| (choice.score.order(urgency), choice.score.days_from_first_contact);
    key(there) < key(here)
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
        whys.extend(best.map(|best| compared(t, &self.choice, best, &here.name)));
        if self.near {
            whys.push(t.say("staff-place-same-state"));
        }
        whys.extend(self.choice.why.iter().map(|why| because(t, *why, today)));
        if zone.name() != here.zone().name() {
            whys.push(t.say_with("staff-place-its-clock", &args! { "zone" => t.zone(zone.name()) }));
        }
        Some(Choice::new(value_there(&self.choice), label).hint(whys.join(" ")))
    }
}

/// How much sooner or later it is than what the other office has, each by its own business days.
fn compared(t: &Tongue, there: &PlaceChoice, here: &PlaceChoice, office: &str) -> String {
    let days = |choice: &PlaceChoice| i64::from(choice.score.days_from_first_contact);
    let sooner = days(here) - days(there);
    match sooner {
        1.. => t.say_with("staff-place-sooner", &args! { "n" => sooner, "office" => office }),
        0 => t.say_with("staff-place-as-soon", &args! { "office" => office }),
        _ => t.say_with("staff-place-behind", &args! { "n" => -sooner, "office" => office }),
    }
}
