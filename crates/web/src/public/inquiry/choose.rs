//! Choosing a time: what is offered, grouped by day.

use super::{back, path};
use crate::core::{Ctx, Errors, Fields, Form, Page};
use crate::parts::{Choice, Choices, Group, grouped_radios, key};
use domain::{calendar::Zone, inquiry::Inquiry};
use jiff::{Timestamp, civil::Date};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A time that can be chosen.
pub(super) struct Offer {
    /// What is sent.
    pub(super) value: String,
    pub(super) start: Timestamp,
    /// The time within its day, in words.
    pub(super) label: String,
}

/// How many days of offers a page shows.
const DAYS: usize = 10;

/// The offers of one page out of all, in order of time, and the days with which the pages before and after begin.
pub(super) struct Part {
    offers: Vec<Offer>,
    earlier: Option<Date>,
    later: Option<Date>,
}

impl Part {
    /// The page whose address says `from` which day it begins; without it, or with nonsense, the first.
    pub(super) fn of(query: &BTreeMap<String, String>, zone: &Zone, mut offers: Vec<Offer>) -> Self {
        let day = |offer: &Offer| zone.date(offer.start);
        let mut days: Vec<Date> = offers.iter().map(day).collect();
        days.dedup();
        let from = query.get("from").and_then(|from| from.parse::<Date>().ok());
        let first = from.map_or(0, |from| days.partition_point(|day| *day < from));
        // A day behind the last shows the last page.
        let first = first.min(days.len().saturating_sub(1) / DAYS * DAYS);
        let later = days.get(first + DAYS).copied();
        let earlier = (first > 0).then(|| days.get(first.saturating_sub(DAYS)).copied()).flatten();
        let begins = days.get(first).copied();
        offers.retain(|offer| begins <= Some(day(offer)) && later.is_none_or(|later| day(offer) < later));
        Self { offers, earlier, later }
    }

    /// A form that sends the chosen time to `to`, and the ways to the days before and after.
    pub(super) fn form(
        &self,
        ctx: &Ctx,
        inquiry: &Inquiry,
        to: &str,
        legend: &str,
        zone: &Zone,
        errors: &Errors,
    ) -> Markup {
        let (t, to) = (ctx.t(), ctx.url(&path(inquiry, to)));
        html! {
            form method="post" action=(to) {
                (by_day(ctx, legend, zone, &self.offers, DAYS, errors))
                button.usa-button type="submit" { (t.say("public-continue")) }
            }
            @if self.earlier.is_some() || self.later.is_some() {
                nav.actions aria-label=(t.say("public-more-days")) {
                    @if let Some(day) = self.earlier {
                        a.usa-link href={ (to) "?from=" (day) } { (t.say("public-earlier-days")) }
                    }
                    @if let Some(day) = self.later {
                        a.usa-link href={ (to) "?from=" (day) } { (t.say("public-later-days")) }
                    }
                }
            }
        }
    }
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

/// What is wrong when somebody else was faster.
pub(super) fn taken(ctx: &Ctx) -> Errors {
    let mut errors = Errors::none();
    errors.add("start", ctx.t().say("public-just-taken"));
    errors
}

/// What is wrong when no time was chosen.
pub(super) fn none_chosen(ctx: &Ctx) -> Errors {
    let mut errors = Errors::none();
    errors.add("start", ctx.t().say("public-wrong-start"));
    errors
}
