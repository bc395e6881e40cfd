//! Choosing a time: what is offered, grouped by day.

use super::{back, path};
use crate::core::{Ctx, Errors, Fields, Form, Page};
use crate::parts::{Choice, Choices, Group, grouped_radios, key};
use domain::{calendar::Zone, inquiry::Inquiry};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, html};

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

/// Shows what was chosen, as `start` was sent, before it is done: a form that sends it to `to` again, and a way back to the
/// other times.
pub(super) fn sure(
    ctx: &Ctx,
    inquiry: &Inquiry,
    heading: String,
    says: &Markup,
    to: &str,
    start: &str,
) -> Markup {
    let (t, to) = (ctx.t(), ctx.url(&path(inquiry, to)));
    let body = html! {
        (says)
        div.actions {
            form method="post" action=(to) {
                (key(ctx))
                input type="hidden" name="start" value=(start);
                input type="hidden" name="sure" value="yes";
                button.usa-button type="submit" { (t.say("public-take-time")) }
            }
            a.usa-link href=(to) { (t.say("public-other-time")) }
        }
    };
    Page::new(heading, body).above(back(ctx, inquiry)).no_switch().render(ctx)
}

/// What is wrong when no time was chosen.
pub(super) fn none_chosen(ctx: &Ctx) -> Errors {
    let mut errors = Errors::none();
    errors.add("start", ctx.t().say("public-wrong-start"));
    errors
}
