//! What a person proves themselves by is corrected, when they have shown who they are. What is recorded now is not shown: whoever stands
//! here may be anybody.

use super::{
    Numbered,
    correct::{answer, opened},
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices, DateField, Input, Typed, read_date},
    staff::frame::{Seat, Tab},
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::acts::CorrectProof;
use domain::{earlier::SaidBy, inquiry::Inquiry, pii::Pii};
use locale::args;
use maud::{Markup, html};

/// How long what they showed may be told, in characters.
const LONGEST: usize = 500;

pub(super) fn here(seat: &Seat, inquiry: &Inquiry) -> String {
    seat.ctx.url(&format!("/staff/inquiry/{}/proof", inquiry.number.digits()))
}

fn show(seat: &Seat, inquiry: &Inquiry, note: Option<Markup>, fields: &Fields, errors: &Errors) -> Markup {
    let t = seat.t();
    let form = Form::new(fields, errors);
    let ways = SaidBy::ALL.map(|by| Choice::new(by.as_str(), t.say_of("staff-earlier-said", by.as_str())));
    let number = inquiry.number.digits();
    let body = html! {
        (parts::error_summary(&seat.ctx, errors))
        @if let Some(note) = note { div role="alert" tabindex="-1" data-focus { (note) } }
        p { (t.say("staff-proof-about")) }
        form.desk-walk-in method="post" action=(here(seat, inquiry)) novalidate {
            (parts::key(&seat.ctx))
            (parts::date(&seat.ctx, &form, &DateField { name: "born", legend: &t.say("staff-proof-born"),
                hint: &t.say("staff-proof-stays"), ..DateField::default() }))
            @if let Some(number) = &seat.ctx.app.desk.pack().agency().person_number {
                (parts::input(&form, &Input { name: "file", label: number.name.in_lang(&seat.ctx.lang),
                    hint: &t.say("staff-proof-stays"), longest: 20, size: "medium", verbatim: true, ..Input::default() }))
            }
            (parts::radios(&form, &Choices { name: "said", legend: &t.say("staff-proof-how"),
                hint: &t.say("staff-correct-how-hint"), ..Choices::default() }, &ways))
            (parts::textarea(&form, &Input { name: "because", label: &t.say("staff-proof-because"),
                hint: &t.say("staff-proof-because-hint"), longest: LONGEST, ..Input::default() }))
            button.usa-button type="submit" accesskey="s" { (t.say("staff-correct-do")) " " kbd aria-hidden="true" { "S" } }
        }
        p { a.usa-link href=(seat.ctx.url(&format!("/staff/inquiry/{number}"))) { (t.say("web-back")) } }
    };
    let page = seat.page(t.say("staff-proof"), Tab::None, body).title(inquiry.number.to_string());
    if errors.is_empty() { page } else { page.no_switch() }.render(&seat.ctx)
}

pub(in crate::staff) async fn ask(seat: Seat, Path(at): Path<Numbered>) -> Result<Markup, WebError> {
    let inquiry = opened(&seat, &at).await?;
    Ok(show(&seat, &inquiry, None, &Fields::default(), &Errors::none()))
}

/// What the form says; none, with what is wrong, where it has faults.
fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<CorrectProof> {
    let (t, desk) = (seat.t(), &seat.ctx.app.desk);
    let born = match read_date(fields, "born") {
        Typed::Nothing => None,
        Typed::Date(date) if desk.is_birthday(date, seat.ctx.now) => Some(Pii::new(date)),
        Typed::Date(_) | Typed::NoDate => {
            errors.add("born", t.say("public-wrong-born"));
            None
        }
    };
    let file_number = match (&desk.pack().agency().person_number, fields.get("file")) {
        (None, _) | (_, "") => None,
        (Some(number), typed) => {
            let read = number.read(typed).ok().map(Pii::new);
            if read.is_none() {
                let form = args! { "prefix" => number.prefix.as_str(), "most" => number.max_digits };
                errors.add("file", t.say_with("public-wrong-file", &form));
            }
            read
        }
    };
    if errors.is_empty() && born.is_none() && file_number.is_none() {
        errors.add("born", t.say("staff-proof-nothing"));
    }
    let because = fields.get("because");
    if because.is_empty() {
        errors.add("because", t.say("staff-proof-because-missing"));
    } else if because.chars().count() > LONGEST {
        errors.add("because", t.say_with("public-wrong-long", &args! { "most" => LONGEST }));
    }
    let said = SaidBy::from_code(fields.get("said"));
    if said.is_none() {
        errors.add("said", t.say("staff-earlier-fault-said"));
    }
    let said = said.filter(|_| errors.is_empty())?;
    Some(CorrectProof { born, file_number, said, because: because.to_owned() })
}

pub(in crate::staff) async fn keep(
    seat: Seat,
    Path(at): Path<Numbered>,
    fields: Fields,
) -> Result<Response, WebError> {
    let inquiry = opened(&seat, &at).await?;
    let mut errors = Errors::none();
    let Some(reads) = read(&seat, &fields, &mut errors) else {
        let page = show(&seat, &inquiry, None, &fields, &errors);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let caller = seat.caller(fields.key("proof"));
    let done = Box::pin(seat.ctx.app.desk.correct_proof(&caller, inquiry.id, &reads)).await;
    answer(&seat, &inquiry, "?did=corrected", done, |note| {
        show(&seat, &inquiry, Some(note), &fields, &errors)
    })
}
