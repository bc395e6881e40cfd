//! What was recorded of somebody as a form, to be corrected by themselves or on their word.

use super::known;
use crate::core::{Ctx, Errors, Fields, Form};
use domain::{
    inquiry::{Correction, Inquiry},
    person::Name,
    pii::Pii,
};
use maud::{Markup, html};

/// The form as it is filled with what is recorded.
pub(crate) fn filled(inquiry: &Inquiry) -> Fields {
    let recorded = Correction::of(inquiry);
    let text = |text: Option<Pii<String>>| text.map(Pii::into_inner).unwrap_or_default();
    let tick = |ticked: bool| if ticked { "yes".to_owned() } else { String::new() };
    let mut fields = Fields::default();
    for (name, value) in [
        ("given", recorded.name.given.into_inner()),
        ("family", recorded.name.family.into_inner()),
        ("phone", recorded.phone.spoken_form()),
        ("email", text(recorded.email)),
        ("lang", recorded.lang.as_str().to_owned()),
        ("call_hours", text(recorded.call_hours)),
        ("phrase", recorded.phrase.into_inner()),
        ("say_who", tick(recorded.say_who_calls)),
        ("no_message", tick(recorded.no_message)),
        ("relay", tick(recorded.relay)),
        ("interpreter", recorded.interpreter.unwrap_or_default()),
        ("accommodation", text(recorded.accommodation)),
    ] {
        fields.set(name, value);
    }
    let discreet = recorded.discreet.iter().map(|by| by.as_str().to_owned()).collect();
    fields.0.insert("discreet".to_owned(), discreet);
    fields
}

/// Its fields.
pub(crate) fn fields(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        h2 { (t.say("public-correct-name")) }
        (known::names(ctx, form))
        h2 { (t.say("public-correct-reach")) }
        p { (t.say("public-correct-reach-about")) }
        (known::phone(ctx, form))
        (known::email(ctx, form))
        (known::language(ctx, form))
        div role="group" aria-labelledby="correct-call" {
            h2 #correct-call { (t.say("public-call-title")) }
            (known::call(ctx, form))
        }
        div role="group" aria-labelledby="correct-help" {
            h2 #correct-help { (t.say("public-help-title")) }
            (known::help(ctx, form))
        }
    }
}

/// The fields that whoever acts for somebody can correct: not how that person is reached, nor by what they know us.
pub(crate) fn fields_for_delegate(ctx: &Ctx, form: &Form<'_>) -> Markup {
    let t = ctx.t();
    html! {
        h2 { (t.say("public-correct-name")) }
        (known::names(ctx, form))
        (known::call_hours(ctx, form))
        h2 { (t.say("public-help-title")) }
        (known::help(ctx, form))
    }
}

/// What a delegate's form does not ask stands as it is recorded. What was sent all the same stays, for the rules to refuse.
pub(crate) fn complete_for_delegate(inquiry: &Inquiry, fields: &Fields) -> Fields {
    let (recorded, mut whole) = (filled(inquiry), fields.clone());
    for name in ["phone", "email", "lang", "phrase", "say_who", "no_message", "discreet"] {
        if whole.get(name).is_empty() {
            whole.0.insert(name.to_owned(), recorded.all(name).to_vec());
        }
    }
    whole
}

/// What the form says; none, with what is wrong, where it has faults.
pub(crate) fn read(ctx: &Ctx, inquiry: &Inquiry, fields: &Fields, errors: &mut Errors) -> Option<Correction> {
    known::judge_names(ctx, fields, errors);
    known::judge_contact(ctx, fields, errors);
    known::judge_call(ctx, fields, errors);
    known::judge_help(ctx, fields, errors);
    let phone = fields.get("phone").parse().ok().filter(|_| errors.is_empty())?;
    // What was said of a way that is not offered for now was not asked.
    let unasked = inquiry.reach.discreet.iter().filter(|by| !known::is_offered(ctx, **by)).copied();
    Some(Correction {
        name: Name { given: fields.get("given").into(), family: fields.get("family").into() },
        phone,
        email: known::given(fields, "email"),
        lang: known::chosen(ctx, fields).unwrap_or_else(|| inquiry.reach.lang.clone()),
        call_hours: known::given(fields, "call_hours"),
        phrase: fields.get("phrase").into(),
        say_who_calls: fields.ticked("say_who"),
        no_message: fields.ticked("no_message"),
        discreet: known::discreet(ctx, fields).into_iter().chain(unasked).collect(),
        relay: fields.ticked("relay"),
        interpreter: known::given(fields, "interpreter").map(Pii::into_inner),
        accommodation: known::given(fields, "accommodation"),
    })
}
