//! The pages of the request.

use super::super::{address, zip};
use super::{
    check,
    known::{self, WORDS},
    later, next,
    read::{self, WEEKDAYS},
    step::{self, Step, answer},
    whom,
};
use crate::core::{Ctx, Errors, Fields, Form, Page};
use crate::parts::{
    Alert, Choice, Choices, DateField, Input, alert, checkboxes, date, error_summary, input, phone_line,
    radios, select, textarea, tick,
};
use domain::slots::PartOfDay;
use locale::args;
use maud::{Markup, html};
use pack::{Bring, QuestionKind, SuppliedBy, Zip};

/// The page before the first question: what will happen, and what to have at hand.
pub(super) fn begin(ctx: &Ctx, begun: bool) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    let (nothing, no_errors) = (Fields::default(), Errors::none());
    let asked_nothing = Form::new(&nothing, &no_errors);
    let body = html! {
        p.usa-intro { (t.say("public-request-intro")) }
        ol.usa-process-list {
            @for (title, text) in [
                (t.say("public-request-one"), t.say("public-request-one-about")),
                (t.say("public-request-two"), t.say("public-request-two-about")),
                (t.say("public-request-three"), t.say("public-request-three-about")),
            ] {
                li.usa-process-list__item {
                    h2.usa-process-list__heading { (title) }
                    p { (text) }
                }
            }
        }
        (alert(Alert::Warning, "", &html! { (agency.emergency.in_lang(&ctx.lang)) }))
        p { (agency.burden.in_lang(&ctx.lang)) " " (t.say("public-request-saved")) }
        div.actions {
            @if begun {
                a.usa-button href=(Step::Check.url(ctx)) { (t.say("public-request-go-on")) }
            }
            form method="post" action=(ctx.url("/request")) {
                (tick(&asked_nothing, whom::FOR_CLIENT, &t.say("public-client-tick"), &t.say("public-client-tick-hint")))
                p {
                    button.usa-button.usa-button--outline[begun] type="submit" {
                        @if begun { (t.say("public-request-anew")) } @else { (t.say("public-request-begin")) }
                    }
                }
            }
        }
        @if begun { (later::door(ctx)) }
        p { a.usa-link href=(ctx.url("/request/continue")) { (t.say("public-resume-door")) } }
    };
    Page::new(t.say("public-request-title"), body).render(ctx)
}

/// The page for whoever already has an open inquiry. It says nothing that only its person may know.
pub(super) fn already(ctx: &Ctx) -> Markup {
    let t = ctx.t();
    let body = html! {
        p.usa-intro { (t.say("public-already-sent")) }
        p { (t.say("public-already-none")) }
        p { a.usa-button href=(ctx.url("/inquiry")) { (t.say("public-door-inquiry")) } }
        (phone_line(ctx))
    };
    Page::new(t.say("web-refusal-already-live"), body).no_switch().render(ctx)
}

/// A step's page with what was typed and what is wrong with it.
pub(super) fn page(ctx: &Ctx, step: &Step, fields: &Fields, errors: &Errors) -> Markup {
    let t = ctx.t();
    if *step == Step::Check {
        return check::page(ctx, fields);
    }
    let way = step::way(ctx, fields);
    let at = way.iter().position(|s| s == step).unwrap_or(0);
    let back = at.checked_sub(1).and_then(|n| way.get(n)).map_or_else(|| ctx.url("/request"), |s| s.url(ctx));
    let change = ctx.rest.contains("?change");
    let action = format!("{}{}", step.url(ctx), if change { "?change" } else { "" });
    let form = Form::new(fields, errors);
    let (heading, body) = asked(ctx, step, &form);
    let go_on = match step {
        Step::First => t.say("public-first-go-on"),
        _ => t.say("public-continue"),
    };
    // Before the reason is known nobody knows how many steps there will be.
    let progress = (way.len() > 2)
        .then(|| t.say_with("public-request-progress", &args! { "at" => at + 1, "of" => way.len() }));
    let above = html! {
        p.back { a.usa-link href=(if change { Step::Check.url(ctx) } else { back }) { (t.say("web-back")) } }
        @if let Some(progress) = progress { p.quiet { (progress) } }
    };
    let content = html! {
        (error_summary(ctx, errors))
        @if at == 0 { (next::note(ctx, fields)) }
        form.usa-form method="post" action=(action) novalidate {
            (body)
            button.usa-button type="submit" { (go_on) }
        }
        @if at > 0 { (later::door(ctx)) }
    };
    let title = if errors.is_empty() {
        heading.clone()
    } else {
        t.say_with("public-title-errors", &args! { "title" => heading.as_str() })
    };
    Page::new(heading, content).title(title).above(above).render(ctx)
}

/// The heading and the fields of a step.
pub(super) fn asked(ctx: &Ctx, step: &Step, form: &Form<'_>) -> (String, Markup) {
    let t = ctx.t();
    let whom = |own: String, client: String| whom::of(form.fields, own, client);
    match step {
        Step::Zip => (
            whom(t.say("public-zip-title"), t.say("public-client-zip-title")),
            html! {
                p { (whom(t.say("public-zip-why"), t.say("public-client-zip-why"))) }
                (zip::field(ctx, form))
            },
        ),
        Step::Reason => {
            (whom(t.say("public-reason-title"), t.say("public-client-reason-title")), reason(ctx, form))
        }
        Step::First => {
            (whom(t.say("public-first-title"), t.say("public-client-first-title")), first(ctx, form))
        }
        Step::Ask(code) => question(ctx, form, code),
        Step::Words => (
            t.say("public-words-title"),
            textarea(
                form,
                &Input {
                    name: "words",
                    label: &t.say("public-words-label"),
                    hint: &t.say("public-words-hint"),
                    longest: WORDS,
                    ..Input::default()
                },
            ),
        ),
        Step::Papers => {
            (whom(t.say("public-papers-title"), t.say("public-client-papers-title")), papers(ctx, form))
        }
        Step::Times => {
            (whom(t.say("public-times-title"), t.say("public-client-times-title")), times(ctx, form))
        }
        Step::You => (whom(t.say("public-you-title"), t.say("public-client-you-title")), you(ctx, form)),
        Step::Reach => (t.say("public-reach-title"), reach(ctx, form)),
        Step::Call => (t.say("public-call-title"), call(ctx, form)),
        Step::Help => (whom(t.say("public-help-title"), t.say("public-client-help-title")), help(ctx, form)),
        Step::Behalf if whom::is_client(form.fields) => {
            (t.say("public-client-behalf-title"), acting(ctx, form))
        }
        Step::Behalf => (t.say("public-behalf-title"), behalf(ctx, form)),
        Step::Check => (String::new(), html! {}),
    }
}

fn reason(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    let pack = ctx.app.desk.pack();
    let office = form.value("zip").parse::<Zip>().ok().and_then(|zip| pack.office_for_zip(zip));
    let choices: Vec<Choice> = pack
        .reasons()
        .iter()
        .map(|reason| {
            let (about, who) = (reason.about.in_lang(&ctx.lang), reason.who.in_lang(&ctx.lang));
            Choice::new(reason.code.as_str(), reason.name.in_lang(&ctx.lang))
                .hint(t.say_with("public-reason-hint", &args! { "about" => about, "who" => who }))
        })
        .collect();
    html! {
        @if let Some(serving) = office {
            (alert(Alert::Info, "", &html! {
                @let office = args! { "office" => serving.office.name.as_str() };
                @if whom::is_client(form.fields) { (t.say_with("public-client-reason-office", &office)) }
                @else { (t.say_with("public-reason-office", &office)) }
                br;
                (serving.office.address())
                @if serving.approximate { br; (t.say("public-reason-office-approximate")) }
            }))
        }
        (radios(form, &Choices {
            name: "reason",
            legend: &whom::of(form.fields, t.say("public-reason-title"), t.say("public-client-reason-title")),
            quiet: true,
            ..Choices::default()
        }, &choices))
        p { (t.say("public-reason-none")) }
        (phone_line(ctx))
    }
}

fn first(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    let Some(reason) = step::reason(ctx, form.fields) else { return html! {} };
    html! {
        p.usa-intro { (reason.first.in_lang(&ctx.lang)) }
        @if whom::is_client(form.fields) { p { (t.say_of("public-client-first", reason.route.as_str())) } }
        @else { p { (t.say_of("public-first", reason.route.as_str())) } }
        (phone_line(ctx))
    }
}

pub(super) fn question(ctx: &Ctx, form: &Form<'_>, code: &str) -> (String, Markup) {
    let t = ctx.t();
    let Some(question) = read::question(ctx, form.fields, code) else { return (String::new(), html! {}) };
    let heading = question.label.in_lang(&ctx.lang).to_owned();
    let help = question.help.in_lang(&ctx.lang);
    let name = answer(code);
    let group = Choices { name: &name, legend: &heading, hint: help, quiet: true, tiles: true };
    let body = match &question.kind {
        QuestionKind::Bool => radios(
            form,
            &group,
            &[Choice::new("yes", t.say("public-yes")), Choice::new("no", t.say("public-no"))],
        ),
        QuestionKind::Choice(choices) => {
            let choices: Vec<Choice> = choices
                .iter()
                .map(|choice| Choice::new(choice.code.as_str(), choice.label.in_lang(&ctx.lang)))
                .collect();
            radios(form, &group, &choices)
        }
        QuestionKind::Date { .. } => {
            let hint = t.say_with("public-date-hint", &args! { "help" => help });
            date(
                ctx,
                form,
                &DateField {
                    name: &name,
                    legend: &heading,
                    hint: &hint,
                    quiet: true,
                    ..DateField::default()
                },
            )
        }
        QuestionKind::Int { .. } => input(
            form,
            &Input {
                name: &name,
                label: &t.say("public-number-label"),
                hint: help,
                inputmode: "numeric",
                size: "small",
                longest: 8,
                ..Input::default()
            },
        ),
    };
    // The agency's own words say "you" to whoever reads them.
    let body = html! {
        @if whom::is_client(form.fields) { p { (t.say("public-client-question")) } }
        (body)
    };
    (heading.clone(), body)
}

fn papers(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    let Some(reason) = step::reason(ctx, form.fields) else { return html! {} };
    // What we send, nobody has yet.
    let asked = |line: &&Bring| line.items().iter().any(|item| item.supplied_by != SuppliedBy::Agency);
    let mut choices = Vec::new();
    for line in reason.bring.iter().filter(asked) {
        for item in line.items() {
            let note = match line {
                Bring::AnyOf { .. } => t.say("public-papers-one-of"),
                Bring::Item { optional: true, .. } => t.say("public-papers-optional"),
                Bring::Item { .. } => String::new(),
            };
            let hint = format!("{} {note}", item.help.in_lang(&ctx.lang));
            choices.push(Choice::new(item.code.as_str(), item.name.in_lang(&ctx.lang)).hint(hint.trim_end()));
        }
    }
    html! {
        p { (whom::of(form.fields, t.say("public-papers-keep"), t.say("public-client-papers-keep"))) }
        (checkboxes(form, &Choices {
            name: "papers",
            legend: &whom::of(form.fields, t.say("public-papers-legend"), t.say("public-client-papers-legend")),
            quiet: false,
            ..Choices::default()
        }, &choices))
    }
}

pub(super) fn times(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    let today = ctx.app.desk.pack().line().calendar.zone.date(ctx.now);
    let last = ctx.app.desk.last_wish(ctx.now);
    let weekdays: Vec<Choice> = std::iter::once(Choice::new("", t.say("public-any-day")))
        .chain(WEEKDAYS.map(|day| Choice::new(day, t.say_of("public-weekday", day))))
        .collect();
    let parts: Vec<Choice> = std::iter::once(Choice::new("", t.say("public-any-time")))
        .chain(PartOfDay::ALL.map(|part| Choice::new(part.as_str(), t.say_of("public-part", part.as_str()))))
        .collect();
    let hint = t.say_with("public-times-date-hint", &args! { "last" => t.on_day(last, today) });
    html! {
        p { (t.say("public-times-intro")) }
        @for n in 1..=3_usize {
            fieldset.usa-fieldset {
                legend.usa-legend.usa-legend--field { (t.say_of("public-times-wish", &n.to_string())) }
                (select(form, &Choices {
                    name: &format!("time{n}_weekday"),
                    legend: &t.say("public-times-weekday"),
                    ..Choices::default()
                }, &weekdays))
                (select(form, &Choices {
                    name: &format!("time{n}_part"),
                    legend: &t.say("public-times-part"),
                    ..Choices::default()
                }, &parts))
                (input(form, &Input {
                    name: &format!("time{n}_date"),
                    label: &t.say("public-times-date"),
                    hint: &hint,
                    kind: "date",
                    size: "medium",
                    ..Input::default()
                }))
            }
        }
    }
}

pub(super) fn you(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    html! {
        p { (t.say("public-you-why")) }
        (known::names(ctx, form))
        (date(ctx, form, &DateField {
            name: "born",
            legend: &t.say("public-you-born"),
            hint: &t.say("public-you-born-hint"),
            birthday: true,
            ..DateField::default()
        }))
        @if let Some(number) = &agency.person_number {
            @let name = number.name.in_lang(&ctx.lang);
            (input(form, &Input {
                name: "file",
                label: &t.say_with("public-optional", &args! { "label" => name }),
                hint: number.help.in_lang(&ctx.lang),
                longest: 20,
                size: "medium",
                verbatim: true,
                ..Input::default()
            }))
        }
        @let name = agency.case_number.name.in_lang(&ctx.lang);
        (input(form, &Input {
            name: "receipt",
            label: &t.say_with("public-optional", &args! { "label" => name }),
            hint: agency.case_number.help.in_lang(&ctx.lang),
            longest: 40,
            size: "medium",
            verbatim: true,
            ..Input::default()
        }))
    }
}

pub(super) fn reach(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        (known::phone(ctx, form))
        @if ctx.app.desk.offers_texts() {
            (tick(form, "texts", &t.say("public-reach-texts"), &t.say("public-reach-texts-hint")))
        }
        @if ctx.app.desk.offers_calls() {
            (tick(form, "calls", &t.say("public-reach-calls"), &t.say("public-reach-calls-hint")))
        }
        (known::email(ctx, form))
        @if ctx.app.desk.offers_post() { (address::fields(ctx, form)) }
        (known::language(ctx, form))
    }
}

fn call(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let mut fields = form.fields.clone();
    if fields.get(&Step::Call.seen()).is_empty() {
        fields.set("phrase", phrase(ctx));
    }
    let number = ctx.app.desk.pack().agency().phone.calls_from_shown.as_str();
    html! {
        p { (ctx.t().say_with("public-call-from", &args! { "number" => number })) }
        (known::call(ctx, &Form::new(&fields, form.errors)))
    }
}

/// How many words there are to make a phrase from.
const PHRASE_WORDS: u32 = 16;

/// Two words and a number, easy to say on the telephone.
pub(super) fn phrase(ctx: &Ctx) -> String {
    let t = ctx.t();
    let word = |n: u32| t.say_of("public-phrase-word", &(n % PHRASE_WORDS + 1).to_string());
    let chance = ctx.app.desk.dice().number();
    let first = chance % PHRASE_WORDS;
    // Never twice the same word.
    let second = first + 1 + (chance >> 8) % (PHRASE_WORDS - 1);
    format!("{} {} {}", word(first), word(second), 10 + (chance >> 16) % 90)
}

fn help(ctx: &Ctx, form: &Form<'_>) -> Markup {
    html! {
        p { (ctx.t().say("public-help-intro")) }
        (known::help(ctx, form))
    }
}

pub(super) fn behalf(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        (radios(form, &Choices {
            name: "behalf", legend: &t.say("public-behalf-title"), hint: &t.say("public-behalf-hint"), quiet: true,
            ..Choices::default()
        }, &[Choice::new("no", t.say("public-no")), Choice::new("yes", t.say("public-yes"))]))
        fieldset.usa-fieldset {
            legend.usa-legend.usa-legend--field { (t.say("public-behalf-if")) }
            (input(form, &Input { name: "behalf_name", label: &t.say("public-behalf-name"), longest: 80, verbatim: true, ..Input::default() }))
            (input(form, &Input {
                name: "behalf_organisation", label: &t.say("public-behalf-organisation"), longest: 80, verbatim: true, ..Input::default()
            }))
            (tick(form, "behalf_on_file", &t.say("public-behalf-on-file"), ""))
        }
    }
}

/// Who the representative is who answers for a client.
fn acting(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        input type="hidden" name="behalf" value="yes";
        (input(form, &Input { name: "behalf_name", label: &t.say("public-client-behalf-name"), longest: 80, verbatim: true, ..Input::default() }))
        (input(form, &Input {
            name: "behalf_organisation", label: &t.say("public-client-behalf-organisation"), longest: 80, verbatim: true, ..Input::default()
        }))
        (tick(form, "behalf_on_file", &t.say("public-client-behalf-on-file"), ""))
    }
}
