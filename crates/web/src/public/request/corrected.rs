//! What was recorded of somebody as a form, to be corrected by themselves or on their word.

use super::{known, pages, read, step::Step};
use crate::core::{Ctx, Errors, Fields, Form};
use crate::parts::{Alert, alert};
use crate::public::zip;
use domain::{
    inquiry::{Correction, Home, Inquiry},
    person::Name,
    pii::Pii,
    slots::PreferredTime,
};
use locale::args;
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
    fields.set("zip", recorded.home.zip.into_inner());
    for (n, wish) in (1..=3).zip(&recorded.preferred) {
        wished(&mut fields, n, wish);
    }
    let acting = recorded.representative;
    fields.set("behalf", if acting.is_some() { "yes" } else { "no" });
    if let Some(acting) = acting {
        fields.set("behalf_name", acting.name.into_inner());
        fields.set("behalf_organisation", text(acting.organisation));
        fields.set("behalf_on_file", tick(acting.on_file));
    }
    fields
}

/// The `n`th wish as the form has it.
fn wished(fields: &mut Fields, n: usize, wish: &PreferredTime) {
    let weekday = wish.weekday.and_then(read::weekday_name).unwrap_or_default();
    fields.set(&format!("time{n}_date"), wish.date.map(|date| date.to_string()).unwrap_or_default());
    fields.set(&format!("time{n}_weekday"), weekday);
    let part = wish.part.map(domain::slots::PartOfDay::as_str).unwrap_or_default();
    fields.set(&format!("time{n}_part"), part);
}

/// The field that says that whoever lives elsewhere has read what follows from it: the ZIP code of which it was said.
const SURE: &str = "sure";

/// What follows from another ZIP code, with the field that says that it was read; none where nothing does, or where it was read.
pub(crate) fn elsewhere(
    ctx: &Ctx,
    inquiry: &Inquiry,
    correction: &Correction,
    fields: &Fields,
) -> Option<Markup> {
    let t = ctx.t();
    let typed = fields.get("zip");
    let home = ctx.app.desk.home(inquiry, &correction.home.zip).ok()?;
    if home.office == inquiry.office || fields.get(SURE) == typed {
        return None;
    }
    let to = ctx.app.desk.pack().office(&home.office)?;
    let office = args! { "office" => to.name.as_str(), "address" => to.address() };
    let visit = inquiry.appointment().and_then(|visit| {
        let at = ctx.app.desk.pack().office(&visit.office)?;
        let moment = t.moment(visit.start, at.zone().name(), ctx.now);
        Some(args! { "moment" => moment, "office" => at.name.as_str() })
    });
    Some(html! {
        input type="hidden" name=(SURE) value=(typed);
        div role="alert" tabindex="-1" data-focus {
            (alert(Alert::Warning, &t.say("public-correct-office"), &html! {
                p { (t.say_with("public-correct-office-which", &office)) }
                @if let Some(visit) = visit { p { (t.say_with("public-correct-office-visit", &visit)) } }
                @if inquiry.callback().is_some() { p { (t.say("public-correct-office-call")) } }
                p { (t.say("public-correct-office-sure")) }
            }))
        }
    })
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
        div role="group" aria-labelledby="correct-home" {
            h2 #correct-home { (t.say("public-correct-home")) }
            p { (t.say("public-correct-home-about")) }
            (zip::field(ctx, form))
        }
        div role="group" aria-labelledby="correct-times" {
            h2 #correct-times { (t.say("public-times-title")) }
            (pages::times(ctx, form))
        }
        div role="group" aria-labelledby="correct-behalf" {
            h2 #correct-behalf { (t.say("public-behalf-title")) }
            p { (t.say("public-correct-behalf-about")) }
            (pages::behalf(ctx, form))
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
        h2 { (t.say("public-times-title")) }
        (pages::times(ctx, form))
    }
}

/// What a delegate's form does not ask stands as it is recorded. What was sent all the same stays, for the rules to refuse.
pub(crate) fn complete_for_delegate(inquiry: &Inquiry, fields: &Fields) -> Fields {
    let (recorded, mut whole) = (filled(inquiry), fields.clone());
    for name in [
        "phone",
        "email",
        "lang",
        "phrase",
        "say_who",
        "no_message",
        "discreet",
        "zip",
        "behalf",
        "behalf_name",
        "behalf_organisation",
        "behalf_on_file",
    ] {
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
    let recorded = filled(inquiry);
    let is_same = |step: &Step| step.fields(ctx).iter().all(|name| fields.get(name) == recorded.get(name));
    // What was not touched stands: a day that was wished for may have passed since, and an office may have closed.
    for step in [Step::Zip, Step::Times, Step::Behalf] {
        if !is_same(&step) {
            read::judge(ctx, fields, &step, errors);
        }
    }
    let preferred = if is_same(&Step::Times) {
        inquiry.request.preferred.clone()
    } else {
        (1..=3).filter_map(|n| read::preferred(ctx, fields, n).ok().flatten()).collect()
    };
    let before = Correction::of(inquiry);
    let representative =
        if is_same(&Step::Behalf) { before.representative } else { read::representative(fields) };
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
        // The desk knows which office follows.
        home: Home { zip: fields.get("zip").into(), ..before.home },
        preferred,
        representative,
    })
}
