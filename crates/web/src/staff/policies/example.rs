//! One example of a draft as a form.

use super::{One, edit::Edited, heading, table, text, to, why_not};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices, Input},
    staff::frame::{Seat, Tab},
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::revision::RevisionRefused;
use maud::{Markup, html};
use serde::Deserialize;
use std::fmt::Write as _;
use triage::{ExampleText, SheetExample};

/// Which example: from 1, or `new`.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct Example {
    revision: String,
    n: String,
}

impl Example {
    fn of(&self) -> One {
        One { revision: self.revision.clone() }
    }

    /// From 0; none for a new one.
    fn at(&self) -> Result<Option<usize>, WebError> {
        match self.n.as_str() {
            "new" => Ok(None),
            n => n.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).map(Some).ok_or(WebError::NotFound),
        }
    }
}

fn fields_of(example: &SheetExample) -> Fields {
    let mut fields = Fields::default();
    let mut given = String::new();
    for one in &example.given {
        let _ = writeln!(given, "{} = {}", one.name, one.raw);
    }
    for (name, value) in
        [("was", &example.name), ("name", &example.name), ("given", &given), ("expect", &example.expect)]
    {
        fields.set(name, value.as_str());
    }
    fields
}

pub(in crate::staff) async fn page(seat: Seat, Path(example): Path<Example>) -> Result<Response, WebError> {
    let edited = match Edited::open(&seat, &example.of()).await? {
        Ok(edited) => edited,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let fields = match example.at()? {
        None => Fields::default(),
        Some(at) => fields_of(edited.sheet.examples().get(at).ok_or(WebError::NotFound)?),
    };
    Ok(form(&seat, &edited, &example.n, StatusCode::OK, None, &Form::new(&fields, &Errors::none())))
}

fn form(
    seat: &Seat,
    edited: &Edited,
    n: &str,
    status: StatusCode,
    note: Option<Markup>,
    typed: &Form<'_>,
) -> Response {
    let t = seat.t();
    let mut rows = vec![Choice::new("", t.say("staff-choose"))];
    rows.extend(edited.sheet.rows().iter().map(|row| Choice::new(&row.id, &row.id)));
    let expect = t.say("policy-col-expect");
    let body = html! {
        p.usa-intro { (heading(seat, &edited.revision)) }
        (parts::error_summary(&seat.ctx, typed.errors))
        @if let Some(note) = note { (note) }
        form method="post" action={ (to(seat, &edited.revision)) "/example/" (n) } {
            (parts::key(&seat.ctx))
            input type="hidden" name="seen" value=(edited.revision.version);
            input type="hidden" name="was" value=(typed.value("was"));
            (parts::input(typed, &Input { name: "name", label: &t.say("policy-example-name"), hint: &t.say("policy-example-name-hint"),
                longest: 200, ..Input::default() }))
            (parts::textarea(typed, &Input { name: "given", label: &t.say("policy-example-given"),
                hint: &t.say("policy-example-given-hint"), longest: 4_000, verbatim: true, ..Input::default() }))
            (table::facts(seat, &edited.sheet))
            (parts::select(typed, &Choices { name: "expect", legend: &expect, ..Choices::default() }, &rows))
            button.usa-button type="submit" { (t.say("policy-save")) }
            " " a.usa-link href=(to(seat, &edited.revision)) { (t.say("policy-leave")) }
        }
    };
    let title = if n == "new" { t.say("policy-example-new") } else { t.say("policy-example-edit") };
    let page = seat.page(title, Tab::Policies, body);
    let page = if status == StatusCode::OK { page } else { page.no_switch() };
    (status, page.render(&seat.ctx)).into_response()
}

/// Saves an example, whatever comes out.
pub(in crate::staff) async fn save(
    seat: Seat,
    Path(example): Path<Example>,
    mut fields: Fields,
) -> Result<Response, WebError> {
    let edited = match Edited::open(&seat, &example.of()).await? {
        Ok(edited) => edited,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let typed = ExampleText {
        name: fields.get("name").to_owned(),
        given: fields.get("given").to_owned(),
        expect: fields.get("expect").to_owned(),
    };
    let wanted = example.at()?;
    let at = wanted.and_then(|at| edited.example(at, fields.get("was")));
    let gone = wanted.is_some() && at.is_none();
    let Some(written) = edited.sheet.with_example(at, &typed) else {
        let mut errors = Errors::none();
        errors.add("given", seat.t().say("policy-fault-given"));
        let form_of = Form::new(&fields, &errors);
        return Ok(form(&seat, &edited, &example.n, StatusCode::UNPROCESSABLE_ENTITY, None, &form_of));
    };
    let why = if gone {
        RevisionRefused::Stale
    } else {
        match edited.write(&seat, &fields, "policy-example", &written).await {
            Ok(draft) => {
                let n = at.unwrap_or(edited.sheet.examples().len()) + 1;
                return Ok(Redirect::to(&format!("{}#example-{n}", to(&seat, &draft))).into_response());
            }
            Err(DeskError::Policy(why)) => why,
            Err(error) => return Err(error.into()),
        }
    };
    let now = match Edited::open(&seat, &example.of()).await? {
        Ok(now) => now,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let n = if gone { "new" } else { example.n.as_str() };
    if gone {
        fields.set("was", "");
    }
    let note = html! { (why_not(&seat, &why)) @if why == RevisionRefused::Stale { (text::meanwhile(&seat, &now.revision)) } };
    let errors = Errors::none();
    let typed = Form::new(&fields, &errors);
    Ok(form(&seat, &now, n, StatusCode::CONFLICT, Some(note), &typed))
}
