//! Choosing a time: what is offered, grouped by day.

use crate::core::{Ctx, Errors, Fields, Form};
use crate::parts::{Choice, Choices, Group, grouped_radios};
use domain::calendar::Zone;
use jiff::{Timestamp, civil::Date};
use maud::Markup;

/// A time that can be chosen.
pub(super) struct Offer {
    /// What is sent.
    pub(super) value: String,
    pub(super) start: Timestamp,
    /// The time within its day, in words.
    pub(super) label: String,
}

/// The offers, in order of time, as one field `start` with a group for each day; at most `days` days.
pub(super) fn by_day(
    ctx: &Ctx,
    legend: &str,
    zone: &Zone,
    offers: &[Offer],
    days: usize,
    errors: &Errors,
) -> Markup {
    let t = ctx.t();
    let today = zone.date(ctx.now);
    let mut by_day: Vec<(Date, Vec<Choice>)> = Vec::new();
    for offer in offers {
        let date = zone.date(offer.start);
        let choice = Choice::new(offer.value.as_str(), offer.label.as_str());
        match by_day.last_mut() {
            Some((last, choices)) if *last == date => choices.push(choice),
            _ => by_day.push((date, vec![choice])),
        }
    }
    let groups: Vec<Group> = by_day
        .into_iter()
        .take(days)
        .enumerate()
        .map(|(n, (date, choices))| Group {
            heading: t.opening(&t.on_day(date, today)),
            open: n == 0,
            choices,
        })
        .collect();
    let fields = Fields::default();
    let zone = t.opening(&t.zone(zone.name()));
    let field = Choices { name: "start", legend, hint: &zone, quiet: true, ..Choices::default() };
    grouped_radios(&Form::new(&fields, errors), &field, &groups)
}
