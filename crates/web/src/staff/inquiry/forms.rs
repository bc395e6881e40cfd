//! The form of each act: what it asks, filled with what is likeliest, or with what was typed.

use super::{Act, advice, dial, places, sooner, view::View, who};
use crate::{
    core::Fields,
    parts::{self, Choice, Choices, Group, Input},
};
use domain::{
    actor::Role, calendar::windows::Window, callback::CallOutcome, decision::Need, text::Lang,
    urgency::Urgency,
};
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};

/// The longest sentence and the longest reason, in characters.
const LONGEST: usize = 600;

/// What stands in the forms: what is likeliest, and over it what was typed.
pub(super) fn filled(view: &View<'_>) -> Fields {
    let mut fields = Fields::default();
    let inquiry = view.inquiry;
    let recommended = |advice: &Option<desk::Advice>, name: &str| {
        advice.as_ref().and_then(|a| a.outcome(name).map(str::to_owned)).unwrap_or_default()
    };
    fields.set("urgency-choice", recommended(&view.urgency, "urgency"));
    fields.set("need-need", recommended(&view.need, "need"));
    let officer = view.seat.me.staff.is(Role::Officer);
    fields.set("call-by", dial::likeliest(view.seat));
    fields.set("promise-owner", if officer { "me" } else { "any" });
    if let Some(reason) = view.seat.ctx.app.desk.pack().reason(&inquiry.reason) {
        let missing: Vec<String> = reason
            .missing(&inquiry.request.papers)
            .filter_map(|line| line.items().first())
            .map(|item| item.code.to_string())
            .collect();
        fields.0.insert("papers-missing".to_owned(), missing.clone());
        fields.0.insert("need-missing".to_owned(), missing);
    }
    if let Some(looked) = &view.looked {
        looked.fill(&mut fields);
    }
    sooner::fill(view, &mut fields);
    if let Some(act) = view.shown.open {
        // Boxes that were unticked were not sent: the whole form is replaced, not only what came.
        let mine = format!("{}-", act.code());
        fields.0.retain(|name, _| !name.starts_with(&mine));
        for (name, values) in &view.shown.typed.0 {
            fields.0.insert(name.clone(), values.clone());
        }
        if let Some(looked) = &view.looked {
            looked.fill_missing(&mut fields);
        }
    }
    fields
}

/// The form of an act.
pub(super) fn show(view: &View<'_>, act: Act) -> Markup {
    let t = view.seat.t();
    let body = match act {
        Act::Urgency => urgency(view),
        Act::Papers => papers(view, act),
        Act::Promise => promise(view),
        Act::MoveCall => windows(view, act),
        Act::Outcome => outcome(view),
        Act::Need => need(view),
        Act::Book | Act::Move => places::show(view, act),
        Act::Give => give(view),
        Act::Office => office(view),
        Act::Call => call(view),
        Act::Earlier => sooner::form(view),
        Act::PapersComplete | Act::CancelCall | Act::Cancel | Act::StopEarlier => html! {},
    };
    let given = view.inquiry.name.given.reveal();
    html! {
        form.desk-form method="post" action=(view.to(act)) {
            (parts::key(&view.seat.ctx))
            input type="hidden" name="_version" value=(view.inquiry.version);
            (body)
            p.desk-form__do {
                button.usa-button type="submit" {
                    @if act.is_told() { (t.say_with("staff-see", &args! { "name" => given })) }
                    @else { (t.say_of("staff-do-act", act.code())) }
                }
            }
        }
    }
}

/// A short text to write, in this desk's language.
fn because(view: &View<'_>, act: Act, label: &str, hint: &str) -> Markup {
    let name = act.field("because");
    parts::textarea(&view.form(), &Input { name: &name, label, hint, longest: LONGEST, ..Input::default() })
}

fn urgency(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let recommended = view.urgency.as_ref().and_then(desk::Advice::urgency);
    let choices = Urgency::ALL.map(|u| {
        Choice::new(u.as_str(), marked(view, t.say_of("staff-urgency", u.as_str()), recommended == Some(u)))
            .hint(t.say_of("staff-urgency-then", u.as_str()))
    });
    let legend = t.say("staff-urgency-legend");
    html! {
        @if let Some(advice) = &view.urgency { (advice::brief(view.seat, advice)) }
        (parts::radios(&view.form(), &Choices { name: "urgency-choice", legend: &legend, ..Choices::default() }, &choices))
        (because(view, Act::Urgency, &t.say("staff-because"), &t.say("staff-because-hint")))
    }
}

/// A choice with the word that it is recommended.
fn marked(view: &View<'_>, label: String, recommended: bool) -> String {
    if recommended { format!("{label} ({})", view.seat.t().say("staff-recommended")) } else { label }
}

/// The items of the checklist, in this desk's language.
fn items(view: &View<'_>) -> Vec<Choice> {
    let pack = view.seat.ctx.app.desk.pack();
    let lang = &view.seat.ctx.lang;
    let Some(reason) = pack.reason(&view.inquiry.reason) else { return Vec::new() };
    reason.items().map(|item| Choice::new(item.code.as_str(), item.name.in_lang(lang))).collect()
}

fn papers(view: &View<'_>, act: Act) -> Markup {
    let t = view.seat.t();
    let (name, legend) = (act.field("missing"), t.say("staff-papers-legend"));
    let hint = t.say("staff-papers-hint");
    let field = Choices { name: &name, legend: &legend, hint: &hint, ..Choices::default() };
    parts::checkboxes(&view.form(), &field, &items(view))
}

/// The day of a window by the person's clock.
fn day_of(window: &Window) -> Date {
    window.local_start().date()
}

/// Windows by day; the hours are the person's.
fn windows(view: &View<'_>, act: Act) -> Markup {
    let t = view.seat.t();
    let now = view.seat.ctx.now;
    if view.windows.is_empty() {
        return html! { p { strong { (t.say("staff-windows-none")) } " " (t.say("staff-windows-none-next")) } };
    }
    let zone = &view.inquiry.reach.zone;
    let today = zone.date(now);
    let mut groups: Vec<(Date, Group)> = Vec::new();
    for offer in &view.windows {
        let day = day_of(&offer.window);
        if groups.last().is_none_or(|(last, _)| *last != day) {
            let heading = t.opening(&t.on_day(day, today));
            groups.push((day, Group { heading, open: groups.is_empty(), choices: Vec::new() }));
        }
        let hours = t.say_with(
            "staff-window-hours",
            &args! {
                "from" => t.time(offer.window.local_start().time()),
                "to" => t.time(offer.window.local_end().time()),
            },
        );
        let mine = view.seat.zone();
        let here = if mine.local(offer.window.start) == zone.local(offer.window.start) {
            String::new()
        } else {
            t.say_with(
                "staff-window-here",
                &args! { "time" => t.time(mine.local(offer.window.start).time()) },
            )
        };
        let left = t.say_with("staff-window-left", &args! { "n" => i64::from(offer.left) });
        let hint = if here.is_empty() { left } else { format!("{here}, {left}") };
        let value = offer.window.start.as_microsecond().to_string();
        if let Some((_, group)) = groups.last_mut() {
            group.choices.push(Choice::new(value, hours).hint(hint));
        }
    }
    let groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    let (name, legend) = (act.field("start"), t.say("staff-windows-legend"));
    let hint = t.say_with("staff-windows-hint", &args! { "zone" => t.zone(zone.name()) });
    html! {
        @if let Some(hours) = &view.inquiry.request.call_hours {
            p { (t.say("staff-call-hours")) ": " q { (hours.reveal()) } }
        }
        (parts::grouped_radios(&view.form(), &Choices { name: &name, legend: &legend, hint: &hint, ..Choices::default() }, &groups))
    }
}

fn promise(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let mut owners = vec![Choice::new("any", t.say("staff-owner-any")).hint(t.say("staff-owner-any-hint"))];
    if view.seat.me.staff.is(Role::Officer) {
        owners.insert(0, Choice::new("me", t.say("staff-owner-me")).hint(t.say("staff-owner-me-hint")));
    }
    let legend = t.say("staff-owner-legend");
    html! {
        (windows(view, Act::Promise))
        (parts::radios(&view.form(), &Choices { name: "promise-owner", legend: &legend, ..Choices::default() }, &owners))
    }
}

fn call(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let reach = &view.inquiry.reach;
    html! {
        dl.desk-dial {
            div { dt { (t.say("staff-dial")) } dd { a.usa-link href={ "tel:" (reach.phone.e164()) } { bdi { (reach.phone.spoken_form()) } } } }
            @if !reach.phrase.reveal().is_empty() {
                div { dt { (t.say("staff-phrase")) } dd { q lang=(reach.lang) { (reach.phrase.reveal()) } } }
            }
            @if let Some(callback) = view.inquiry.callback() {
                @let mark = view.seat.ctx.app.desk.links().next_call_mark(callback);
                div { dt { (t.say("staff-call-code")) } dd { code { bdi { (mark) } } } }
            }
            (who::on_the_line(view))
        }
        (dial::choice(view))
    }
}

fn outcome(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let choices = CallOutcome::ALL.map(|o| {
        let silent = o == CallOutcome::Machine && !view.inquiry.leaves_message();
        let then = t.say_of("staff-outcome-then", o.as_str());
        let then = if silent { format!("{} {then}", t.say("staff-outcome-silent")) } else { then };
        Choice::new(o.as_str(), t.say_of("staff-outcome", o.as_str())).hint(then)
    });
    let legend = t.say("staff-outcome-legend");
    html! {
        (call(view))
        (parts::radios(&view.form(), &Choices { name: "outcome-outcome", legend: &legend, ..Choices::default() }, &choices))
    }
}

/// What the person reads when a need is decided and nothing else is written: the rule's own sentence when its
/// recommendation is followed, else a plain one.
pub(super) fn sentence(view: &View<'_>, need: Need, lang: &Lang) -> String {
    match &view.need {
        Some(advice) if advice.outcome("need") == Some(need.as_str()) => {
            advice.recommendation.why.in_lang(lang).to_owned()
        }
        _ => view.seat.ctx.app.desk.words().tongue(lang).say_of("staff-sentence", need.as_str()),
    }
}

fn need(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let recommended = view.need.as_ref().and_then(|a| a.outcome("need"));
    let theirs = &view.inquiry.reach.lang;
    let choices = Need::ALL.map(|need| {
        let label = marked(view, t.say_of("staff-need", need.as_str()), recommended == Some(need.as_str()));
        Choice::new(need.as_str(), label).hint(format!("“{}”", sentence(view, need, &view.seat.ctx.lang)))
    });
    let legend = t.say("staff-need-legend");
    let papers_legend = t.say("staff-need-missing");
    let label =
        t.say_with("staff-wording-label", &args! { "lang" => t.say_of("staff-lang", theirs.as_str()) });
    html! {
        (parts::radios(&view.form(), &Choices { name: "need-need", legend: &legend, ..Choices::default() }, &choices))
        details.quiet open[view.shown.errors.of("need-missing").is_some()] {
            summary { (papers_legend) }
            (papers(view, Act::Need))
        }
        div lang=[(*theirs != view.seat.ctx.lang).then_some(view.seat.ctx.lang.as_str())] {
            (parts::textarea(&view.form(), &Input { name: "need-sentence", label: &label, hint: &t.say("staff-wording-hint"), longest: LONGEST, ..Input::default() }))
        }
        @if view.inquiry.open_review().is_some() {
            (because(view, Act::Need, &t.say("staff-review-because"), &t.say("staff-review-because-hint")))
        } @else {
            (because(view, Act::Need, &t.say("staff-because"), &t.say("staff-because-hint")))
        }
    }
}

fn office(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let mut choices = vec![Choice::new("", t.say("staff-choose"))];
    choices.extend(
        crate::staff::review::offices(view.seat)
            .into_iter()
            .filter(|c| c.value != view.inquiry.office.as_str()),
    );
    let legend = t.say("staff-office-to");
    html! {
        (parts::select(&view.form(), &Choices { name: "office-to", legend: &legend, ..Choices::default() }, &choices))
        (because(view, Act::Office, &t.say("staff-office-because"), &t.say("staff-office-because-hint")))
    }
}

/// To whom, and why. Whoever has it already is not offered.
fn give(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let owner = view.inquiry.callback().and_then(|callback| callback.owner);
    let mut choices = vec![Choice::new("", t.say("staff-choose"))];
    if owner.is_some() {
        choices.push(Choice::new("any", t.say("staff-officer-any")));
    }
    let others = view.colleagues.iter().filter(|one| Some(one.id) != owner);
    choices.extend(others.map(|one| Choice::new(one.id.to_string(), one.name.clone())));
    let legend = t.say("staff-give-to");
    html! {
        (parts::select(&view.form(), &Choices { name: "give-to", legend: &legend, ..Choices::default() }, &choices))
        (because(view, Act::Give, &t.say("staff-give-because"), &t.say("staff-give-because-hint")))
    }
}
