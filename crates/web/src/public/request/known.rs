//! How somebody is called and reached: the same fields and the same faults in the request and where it is corrected.

use crate::core::{Ctx, Errors, Fields, Form};
use crate::parts::{Choice, Choices, Input, checkboxes, input, radios, textarea, tick};
use domain::{notice::Carrier, phone::PhoneNumber, pii::Pii, text::Lang};
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Longest name, longest e-mail address (RFC 5321 §4.5.3.1.3), longest phrase, longest text.
pub(in crate::public) const NAME: usize = 80;
const EMAIL: usize = 254;
const PHRASE: usize = 80;
pub(super) const WORDS: usize = 2_000;

/// Given and family names.
pub(in crate::public) fn names(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        (input(form, &Input {
            name: "given", label: &t.say("public-you-given"), autocomplete: "given-name", longest: 80, verbatim: true,
            ..Input::default()
        }))
        (input(form, &Input {
            name: "family", label: &t.say("public-you-family"), autocomplete: "family-name", longest: 80, verbatim: true,
            ..Input::default()
        }))
    }
}

/// The number that is called.
pub(in crate::public) fn phone(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        (input(form, &Input {
            name: "phone",
            label: &t.say("public-reach-phone"),
            hint: &t.say("public-reach-phone-hint"),
            kind: "tel",
            autocomplete: "tel",
            longest: 25,
            size: "medium",
            ..Input::default()
        }))
    }
}

/// Where e-mail goes, if anywhere.
pub(in crate::public) fn email(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        @let email = t.say("public-reach-email");
        (input(form, &Input {
            name: "email",
            label: &t.say_with("public-optional", &args! { "label" => email }),
            hint: &t.say("public-reach-email-hint"),
            kind: "email",
            autocomplete: "email",
            longest: 254,
            verbatim: true,
            ..Input::default()
        }))
    }
}

/// The language in which they are written and spoken to; at first that of the page.
pub(in crate::public) fn language(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let mut fields = form.fields.clone();
    if fields.get("lang").is_empty() {
        fields.set("lang", ctx.lang.as_str());
    }
    let desk = &ctx.app.desk;
    let name = |lang: &Lang| desk.words().tongue(lang).say("web-language-name");
    let langs: Vec<Choice> =
        desk.pack().languages().iter().map(|lang| Choice::new(lang.as_str(), name(lang))).collect();
    let legend = ctx.t().say("public-reach-lang");
    radios(
        &Form::new(&fields, form.errors),
        &Choices { name: "lang", legend: &legend, ..Choices::default() },
        &langs,
    )
}

/// Which of the agency's languages was chosen, if any.
pub(in crate::public) fn chosen(ctx: &Ctx, fields: &Fields) -> Option<Lang> {
    let asked = fields.get("lang");
    ctx.app.desk.pack().languages().iter().find(|lang| lang.as_str() == asked).cloned()
}

/// How our call is known, when it suits, and what may be said to whoever picks up.
pub(in crate::public) fn call(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        (input(form, &Input {
            name: "phrase",
            label: &t.say("public-call-phrase"),
            hint: &t.say("public-call-phrase-hint"),
            longest: 80,
            ..Input::default()
        }))
        (call_hours(ctx, form))
        fieldset.usa-fieldset {
            legend.usa-legend.usa-legend--field { (t.say("public-call-else")) }
            (tick(form, "say_who", &t.say("public-call-say-who"), &t.say("public-call-say-who-hint")))
            (tick(form, "no_message", &t.say("public-call-no-message"), &t.say("public-call-no-message-hint")))
        }
        (checkboxes(form, &Choices {
            name: "discreet",
            legend: &t.say("public-call-discreet"),
            hint: &t.say("public-call-discreet-hint"),
            ..Choices::default()
        }, &ways(ctx)))
    }
}

/// Is a person written to by this way here?
pub(in crate::public) fn is_offered(ctx: &Ctx, by: Carrier) -> bool {
    ctx.app.desk.sends_by(by)
}

fn ways(ctx: &Ctx) -> Vec<Choice> {
    let offered = Carrier::WRITTEN.into_iter().filter(|by| is_offered(ctx, *by));
    offered.map(|by| Choice::new(by.as_str(), ctx.t().say_of("public-call-way", by.as_str()))).collect()
}

/// The ways of writing that may not say what it is about.
pub(in crate::public) fn discreet(ctx: &Ctx, fields: &Fields) -> BTreeSet<Carrier> {
    let ticked = |by: &Carrier| is_offered(ctx, *by) && fields.has("discreet", by.as_str());
    Carrier::WRITTEN.into_iter().filter(ticked).collect()
}

/// Do they agree to an automated voice that calls? It says who calls to a machine as well.
pub(in crate::public) fn calls(fields: &Fields) -> bool {
    fields.ticked("calls") && !fields.ticked("no_message")
}

/// When our call suits.
pub(in crate::public) fn call_hours(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    input(
        form,
        &Input {
            name: "call_hours",
            label: &t.say("public-call-hours"),
            hint: &t.say("public-call-hours-hint"),
            longest: 200,
            ..Input::default()
        },
    )
}

/// What they need to be understood and to be served.
pub(in crate::public) fn help(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        (input(form, &Input {
            name: "interpreter",
            label: &t.say("public-help-interpreter"),
            hint: &t.say("public-help-interpreter-hint"),
            longest: 80,
            size: "medium",
            ..Input::default()
        }))
        (tick(form, "relay", &t.say("public-help-relay"), &t.say("public-help-relay-hint")))
        (textarea(form, &Input {
            name: "accommodation",
            label: &t.say("public-help-accommodation"),
            hint: &t.say("public-help-accommodation-hint"),
            longest: WORDS,
            ..Input::default()
        }))
    }
}

/// What is wrong with a name: there is none, or it is too long.
pub(in crate::public) fn judge_names(ctx: &Ctx, fields: &Fields, errors: &mut Errors) {
    if fields.get("given").is_empty() && fields.get("family").is_empty() {
        errors.add("given", ctx.t().say("public-wrong-name"));
    }
    too_long(ctx, fields, "given", NAME, errors);
    too_long(ctx, fields, "family", NAME, errors);
}

/// What is wrong with a number and an e-mail address.
pub(in crate::public) fn judge_contact(ctx: &Ctx, fields: &Fields, errors: &mut Errors) {
    let t = ctx.t();
    if fields.get("phone").parse::<PhoneNumber>().is_err() {
        errors.add("phone", t.say("public-wrong-phone"));
    }
    if !is_email(fields.get("email")) {
        errors.add("email", t.say("public-wrong-email"));
    }
}

/// What is wrong with what they say of our call.
pub(in crate::public) fn judge_call(ctx: &Ctx, fields: &Fields, errors: &mut Errors) {
    too_long(ctx, fields, "call_hours", WORDS, errors);
    too_long(ctx, fields, "phrase", PHRASE, errors);
    if fields.get("phrase").is_empty() {
        errors.add("phrase", ctx.t().say("public-wrong-phrase"));
    }
}

/// What is wrong with what they say they need.
pub(in crate::public) fn judge_help(ctx: &Ctx, fields: &Fields, errors: &mut Errors) {
    too_long(ctx, fields, "interpreter", NAME, errors);
    too_long(ctx, fields, "accommodation", WORDS, errors);
}

pub(in crate::public) fn too_long(ctx: &Ctx, fields: &Fields, name: &str, most: usize, errors: &mut Errors) {
    if fields.get(name).chars().count() > most {
        errors.add(name, ctx.t().say_with("public-wrong-long", &args! { "most" => most }));
    }
}

/// What stands in a field, if anything does.
pub(in crate::public) fn given(fields: &Fields, name: &str) -> Option<Pii<String>> {
    let text = fields.get(name);
    (!text.is_empty()).then(|| text.into())
}

/// Good enough to try: one `@`, something before it, a dot after it, no spaces. What the carrier then refuses shows on the
/// inquiry page.
pub(in crate::public) fn is_email(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let Some((before, after)) = text.split_once('@') else { return false };
    text.len() <= EMAIL
        && !before.is_empty()
        && after.contains('.')
        && !after.starts_with('.')
        && !after.ends_with('.')
        && !after.contains('@')
        && text
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"'))
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn takes_addresses_and_refuses_what_is_none() {
        for good in ["", "ana@example.com", "a.b+c@mail.example.co.uk", "ñ@example.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in
            ["ana", "ana@", "@example.com", "a b@example.com", "ana@example", "a@b@c.de", "a@.de", "a@b.de>"]
        {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
