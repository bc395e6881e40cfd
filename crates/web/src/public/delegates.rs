//! A delegate as a form: the same fields and faults on the person's page and at a desk.

use crate::core::{Ctx, Errors, Fields, Form};
use crate::parts::{Choice, Choices, DateField, Input, Typed, checkboxes, date, input, radios, read_date};
use crate::public::request::known;
use domain::{
    delegate::{DelegateAct, DelegateReach, DelegateRules, NewDelegate},
    inquiry::Inquiry,
    text::Lang,
};
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};

/// Its fields.
pub(crate) fn fields(ctx: &Ctx, form: &Form<'_>, inquiry: &Inquiry, rules: &DelegateRules) -> Markup {
    let t = ctx.t();
    let acts: Vec<Choice> = rules.acts.iter().map(|act| choice(ctx, *act)).collect();
    html! {
        (input(form, &Input {
            name: "delegate_name", label: &t.say("delegate-name"), longest: known::NAME, verbatim: true, ..Input::default()
        }))
        (input(form, &Input {
            name: "delegate_email", label: &t.say("delegate-email"), hint: &t.say("delegate-email-hint"), kind: "email",
            longest: 254, verbatim: true, ..Input::default()
        }))
        @if ctx.app.desk.offers_texts() {
            (input(form, &Input {
                name: "delegate_phone", label: &t.say("delegate-phone"), hint: &t.say("delegate-phone-hint"), kind: "tel",
                longest: 25, size: "medium", ..Input::default()
            }))
        }
        (languages(ctx, form))
        @if !acts.is_empty() {
            (checkboxes(form, &Choices {
                name: "delegate_may", legend: &t.say("delegate-may"), hint: &t.say("delegate-may-hint"), ..Choices::default()
            }, &acts))
        }
        (until(ctx, form, "delegate_until", inquiry, rules))
    }
}

/// Their last day.
pub(crate) fn until(
    ctx: &Ctx,
    form: &Form<'_>,
    name: &str,
    inquiry: &Inquiry,
    rules: &DelegateRules,
) -> Markup {
    let t = ctx.t();
    let last = t.on_day(inquiry.last_delegate_day(rules, ctx.now), inquiry.reach.zone.date(ctx.now));
    let (legend, hint) =
        (t.say("delegate-until"), t.say_with("delegate-until-hint", &args! { "day" => last }));
    date(ctx, form, &DateField { name, legend: &legend, hint: &hint, ..DateField::default() })
}

/// Their last day where it may be left as it is.
pub(crate) fn read_until(ctx: &Ctx, fields: &Fields, name: &str, errors: &mut Errors) -> Option<Date> {
    match read_date(fields, name) {
        Typed::Date(day) => return Some(day),
        Typed::NoDate => errors.add(name, ctx.t().say("delegate-wrong-until")),
        Typed::Nothing => {}
    }
    None
}

fn choice(ctx: &Ctx, act: DelegateAct) -> Choice {
    Choice::new(act.as_str(), ctx.t().say_of("delegate-act", act.as_str()))
}

/// In which language they are written to; nothing is asked where there is one.
fn languages(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let desk = &ctx.app.desk;
    let mut filled = form.fields.clone();
    if filled.get("delegate_lang").is_empty() {
        filled.set("delegate_lang", ctx.lang.as_str());
    }
    let name = |lang: &Lang| desk.words().tongue(lang).say("web-language-name");
    let langs: Vec<Choice> =
        desk.pack().languages().iter().map(|lang| Choice::new(lang.as_str(), name(lang))).collect();
    let legend = ctx.t().say("delegate-lang");
    html! {
        @if langs.len() > 1 {
            (radios(&Form::new(&filled, form.errors), &Choices { name: "delegate_lang", legend: &legend, ..Choices::default() }, &langs))
        }
    }
}

/// What the form says; none, with what is wrong, where it has faults. Whether it may be so, the rules say.
pub(crate) fn read(ctx: &Ctx, fields: &Fields, errors: &mut Errors) -> Option<NewDelegate> {
    let t = ctx.t();
    if fields.get("delegate_name").is_empty() {
        errors.add("delegate_name", t.say("delegate-wrong-name"));
    }
    known::too_long(ctx, fields, "delegate_name", known::NAME, errors);
    let (email, phone) = (fields.get("delegate_email"), fields.get("delegate_phone"));
    let reach = match (email.is_empty(), phone.is_empty()) {
        (false, true) if known::is_email(email) => Some(DelegateReach::Email(email.into())),
        (false, true) => {
            errors.add("delegate_email", t.say("delegate-wrong-email"));
            None
        }
        (true, false) => {
            let number = phone.parse().ok();
            if number.is_none() {
                errors.add("delegate_phone", t.say("public-wrong-phone"));
            }
            number.map(DelegateReach::Text)
        }
        (true, true) | (false, false) => {
            errors.add("delegate_email", t.say("delegate-wrong-reach"));
            None
        }
    };
    let last_day = match read_date(fields, "delegate_until") {
        Typed::Date(day) => Some(day),
        Typed::Nothing | Typed::NoDate => {
            errors.add("delegate_until", t.say("delegate-wrong-until"));
            None
        }
    };
    let langs = ctx.app.desk.pack().languages();
    let lang = langs.iter().find(|lang| lang.as_str() == fields.get("delegate_lang"));
    let (reach, last_day) = (reach?, last_day?);
    errors.is_empty().then(|| NewDelegate {
        name: fields.get("delegate_name").into(),
        reach,
        lang: lang.unwrap_or(&ctx.lang).clone(),
        may: fields.all("delegate_may").iter().filter_map(|act| DelegateAct::from_code(act)).collect(),
        last_day,
    })
}

/// What a delegate may do, one after the other.
pub(crate) fn acts(ctx: &Ctx, may: impl IntoIterator<Item = DelegateAct>) -> String {
    let t = ctx.t();
    let read = [t.say("delegate-act-read")].into_iter();
    let all: Vec<String> =
        read.chain(may.into_iter().map(|act| t.say_of("delegate-act", act.as_str()))).collect();
    t.list(&all)
}
