//! A version as a table that people can read, with what the linter says of each row and example.

use super::count;
use crate::staff::frame::Seat;
use desk::Judged;
use domain::text::Text;
use locale::args;
use maud::{Markup, html};
use pack::Fault;
use std::collections::BTreeMap;
use triage::{Sheet, SheetExample, SheetPart, SheetRow, SheetValue};

/// A version taken apart, with what is wrong with each part.
pub(super) struct Shown<'a> {
    pub(super) sheet: &'a Sheet,
    faults: BTreeMap<SheetPart, Vec<&'a Fault>>,
    judged: Option<&'a Judged>,
}

/// How an example came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    Out,
    Otherwise,
    NotRun,
}

impl<'a> Shown<'a> {
    /// A version that is in use: nothing is wrong with it.
    pub(super) const fn sound(sheet: &'a Sheet) -> Self {
        Self { sheet, faults: BTreeMap::new(), judged: None }
    }

    pub(super) fn judged(sheet: &'a Sheet, judged: &'a Judged) -> Self {
        let mut faults: BTreeMap<SheetPart, Vec<&Fault>> = BTreeMap::new();
        for fault in &judged.faults {
            let part = fault.at.line.map_or(SheetPart::Head, |line| sheet.part_at(line));
            faults.entry(part).or_default().push(fault);
        }
        Self { sheet, faults, judged: Some(judged) }
    }

    fn came(&self, n: usize) -> Came {
        let elsewhere = |part: &SheetPart| !matches!(part, SheetPart::Example(_));
        if self.faults.contains_key(&SheetPart::Example(n)) {
            Came::Otherwise
        } else if self.faults.keys().any(elsewhere) {
            Came::NotRun
        } else {
            Came::Out
        }
    }

    /// How many examples came out as expected.
    pub(super) fn good_examples(&self) -> usize {
        (0..self.sheet.examples().len()).filter(|n| self.came(*n) == Came::Out).count()
    }
}

/// Where a fault is: the part's place on the page.
pub(super) fn anchor(part: SheetPart) -> String {
    match part {
        SheetPart::Head => "head".to_owned(),
        SheetPart::Row(n) => format!("row-{}", n + 1),
        SheetPart::Example(n) => format!("example-{}", n + 1),
    }
}

/// Every fault, with a link to its row or example.
pub(super) fn faults(seat: &Seat, shown: &Shown<'_>) -> Markup {
    html! {
        ul.usa-list {
            @for (part, faults) in &shown.faults {
                @for fault in faults {
                    li {
                        @match part {
                            SheetPart::Head => (line(seat, fault)),
                            SheetPart::Row(_) | SheetPart::Example(_) => a.usa-link href={ "#" (anchor(*part)) } { (line(seat, fault)) },
                        }
                        " " span lang="en" { (fault.says) }
                    }
                }
            }
        }
    }
}

/// In which line a fault is.
pub(super) fn line(seat: &Seat, fault: &Fault) -> String {
    let t = seat.t();
    match fault.at.line {
        Some(line) => t.say_with("policy-line", &args! { "line" => count(line) }),
        None => t.say("policy-whole"),
    }
}

/// The rows.
pub(super) fn rows(seat: &Seat, shown: &Shown<'_>, edit: &dyn Fn(usize) -> Markup) -> Markup {
    let t = seat.t();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="rows-caption" {
            table.usa-table.usa-table--borderless.desk-table.policy-table {
                caption #rows-caption { (t.say("policy-rows-caption")) }
                thead { tr {
                    th scope="col" { (t.say("policy-col-row")) }
                    th scope="col" { (t.say("policy-col-when")) }
                    th scope="col" { (t.say("policy-col-then")) }
                    th scope="col" { (t.say("policy-col-why")) }
                    th scope="col" { (t.say("policy-col-cite")) }
                    th scope="col" { (t.say("policy-col-examples")) }
                } }
                tbody { @for (n, row) in shown.sheet.rows().iter().enumerate() { (self::row(seat, shown, n, row, edit)) } }
            }
        }
    }
}

fn row(seat: &Seat, shown: &Shown<'_>, n: usize, row: &SheetRow, edit: &dyn Fn(usize) -> Markup) -> Markup {
    let t = seat.t();
    let part = SheetPart::Row(n);
    let examples = shown.sheet.examples().iter().enumerate().filter(|(_, one)| one.expect == row.id);
    html! {
        tr id=(anchor(part)) {
            th scope="row" {
                span.quiet { (n + 1) } " " bdi { code { (row.id) } }
                (said(seat, shown, part))
                (edit(n))
            }
            td { @if row.when.is_empty() { (t.say("policy-otherwise")) } @else { code dir="ltr" { (row.when) } } }
            td { (values(&row.then)) }
            td { (sentence(seat, &row.why, "")) (sentence(seat, &row.change, &t.say("policy-change"))) }
            td {
                (row.cite)
                @if !row.staff.is_empty() { p.quiet { strong { (t.say("policy-staff")) } " " (row.staff) } }
            }
            td { ul.policy-examples {
                @for (at, one) in examples {
                    li { (sign(seat, shown, at)) a.usa-link href={ "#" (anchor(SheetPart::Example(at))) } { (one.name) } }
                }
            } }
        }
    }
}

fn said(seat: &Seat, shown: &Shown<'_>, part: SheetPart) -> Markup {
    html! {
        @for fault in shown.faults.get(&part).into_iter().flatten() {
            p.desk-late { "⚠ " (line(seat, fault)) " " span lang="en" { (fault.says) } }
        }
    }
}

fn values(values: &[SheetValue]) -> Markup {
    html! {
        ul.policy-values { @for one in values { li { code dir="ltr" { (one.name) " = " (one.plain()) } } } }
    }
}

/// A sentence in each of its languages.
fn sentence(seat: &Seat, text: &Text, before: &str) -> Markup {
    html! {
        @for lang in text.langs() {
            p.quiet[!before.is_empty()] {
                @if !before.is_empty() { strong { (before) } " " }
                span.policy-lang aria-hidden="true" { (lang.as_str().to_uppercase()) } " "
                span.usa-sr-only { (seat.t().say_of("staff-lang", lang.as_str())) ": " }
                span lang=(lang) dir="auto" { (text.in_lang(lang)) }
            }
        }
    }
}

/// Whether an example came out: a sign and a word.
fn sign(seat: &Seat, shown: &Shown<'_>, n: usize) -> Markup {
    let t = seat.t();
    html! {
        @if shown.judged.is_some() {
            @match shown.came(n) {
                Came::Out => { span aria-hidden="true" { "✓ " } span.usa-sr-only { (t.say("policy-example-good")) " " } }
                Came::Otherwise => { span.desk-late { span aria-hidden="true" { "✗ " } span.usa-sr-only { (t.say("policy-example-bad")) " " } } }
                Came::NotRun => { span aria-hidden="true" { "– " } span.usa-sr-only { (t.say("policy-example-not-run")) " " } }
            }
        }
    }
}

/// The examples.
pub(super) fn examples(seat: &Seat, shown: &Shown<'_>, edit: &dyn Fn(usize) -> Markup) -> Markup {
    let t = seat.t();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="examples-caption" {
            table.usa-table.usa-table--borderless.desk-table {
                caption #examples-caption { (t.say("policy-examples-caption")) }
                thead { tr {
                    th scope="col" { (t.say("policy-col-example")) }
                    th scope="col" { (t.say("policy-col-given")) }
                    th scope="col" { (t.say("policy-col-expect")) }
                } }
                tbody { @for (n, one) in shown.sheet.examples().iter().enumerate() { (example(seat, shown, n, one, edit)) } }
            }
        }
    }
}

fn example(
    seat: &Seat,
    shown: &Shown<'_>,
    n: usize,
    one: &SheetExample,
    edit: &dyn Fn(usize) -> Markup,
) -> Markup {
    let part = SheetPart::Example(n);
    html! {
        tr id=(anchor(part)) {
            th scope="row" { (sign(seat, shown, n)) (one.name) (said(seat, shown, part)) (edit(n)) }
            td { (values(&one.given)) }
            td { code { (one.expect) } }
        }
    }
}

/// The facts that a row may look at.
pub(super) fn facts(seat: &Seat, sheet: &Sheet) -> Markup {
    let t = seat.t();
    html! {
        details {
            summary { (t.say_with("policy-facts", &args! { "n" => count(sheet.facts().len()) })) }
            dl.policy-facts {
                @for (name, fact) in sheet.facts() {
                    dt { code dir="ltr" { (name) } @if fact.optional { " · " span.quiet { (t.say("policy-fact-optional")) } } }
                    dd { (fact.about) " " code.quiet lang="en" dir="ltr" { (fact.kind) } }
                }
            }
        }
    }
}
