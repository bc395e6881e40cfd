//! Single parts of a draft: what its forms have in common, and the acts that need no form.

use super::{One, revision, to, why_not};
use crate::{
    core::{Errors, Fields, WebError},
    parts,
    staff::frame::Seat,
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{
    access::Action,
    revision::{Revision, RevisionStage},
};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;
use triage::Sheet;

/// A draft that is edited part by part.
pub(super) struct Edited {
    pub(super) revision: Revision,
    pub(super) sheet: Sheet,
}

impl Edited {
    /// The draft; another page when it is none any more, or can only be edited as text.
    pub(super) async fn open(seat: &Seat, one: &One) -> Result<Result<Self, Box<Response>>, WebError> {
        seat.may(Action::WritePolicies, None)?;
        let revision = seat.ctx.app.desk.revision(&seat.caller_once(), one.id()?).await?;
        if revision.subject.policy().is_none() {
            return Err(WebError::NotFound);
        }
        let elsewhere = |path: &str| {
            Err(Box::new(Redirect::to(&format!("{}{path}", to(seat, &revision))).into_response()))
        };
        if revision.stage != RevisionStage::Draft {
            return Ok(elsewhere(""));
        }
        match Sheet::read(&revision.text) {
            Ok(sheet) => Ok(Ok(Self { revision, sheet })),
            Err(_) => Ok(elsewhere("/text")),
        }
    }

    /// Where the row stands that was the `at`th and is called so.
    pub(super) fn row(&self, at: usize, id: &str) -> Option<usize> {
        let rows = self.sheet.rows();
        let there = rows.get(at).is_some_and(|row| row.id == id);
        if there { Some(at) } else { rows.iter().position(|row| row.id == id) }
    }

    /// Where the example stands that was the `at`th and is called so.
    pub(super) fn example(&self, at: usize, name: &str) -> Option<usize> {
        let examples = self.sheet.examples();
        let there = examples.get(at).is_some_and(|one| one.name == name);
        if there { Some(at) } else { examples.iter().position(|one| one.name == name) }
    }

    /// Writes the draft, if nobody else has since the form was shown.
    pub(super) async fn write(
        &self,
        seat: &Seat,
        fields: &Fields,
        part: &str,
        text: &str,
    ) -> Result<Revision, DeskError> {
        let seen = fields.get("seen").parse().unwrap_or_default();
        let caller = seat.caller(fields.key(part));
        seat.ctx.app.desk.write_revision(&caller, self.revision.id, seen, text).await
    }
}

/// What a row's or an example's buttons do.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct Turn {
    revision: String,
    n: usize,
    act: String,
}

/// Moves a row, or takes a row or an example out.
async fn turn(
    seat: Seat,
    turn: &Turn,
    fields: &Fields,
    anchor: &str,
    text: impl Fn(&Edited, usize) -> Option<(String, usize)>,
) -> Result<Response, WebError> {
    let one = One { revision: turn.revision.clone() };
    let edited = match Edited::open(&seat, &one).await? {
        Ok(edited) => edited,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let at = turn.n.checked_sub(1).ok_or(WebError::NotFound)?;
    let (text, to_row) = text(&edited, at).ok_or(WebError::NotFound)?;
    match edited.write(&seat, fields, "policy-turn", &text).await {
        Ok(draft) => {
            let at = format!("{}#{anchor}-{}", to(&seat, &draft), to_row + 1);
            Ok(Redirect::to(&at).into_response())
        }
        Err(DeskError::Policy(why)) => {
            let id = edited.revision.id;
            let (note, fields) = (Some(why_not(&seat, &why)), Fields::default());
            revision::show(&seat, id, StatusCode::CONFLICT, note, &fields, &Errors::none()).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::staff) async fn turn_row(
    seat: Seat,
    Path(which): Path<Turn>,
    fields: Fields,
) -> Result<Response, WebError> {
    turn(seat, &which, &fields, "row", |edited, at| {
        let rows = edited.sheet.rows().len();
        match which.act.as_str() {
            _ if at >= rows => None,
            "down" => Some((edited.sheet.with_row_down(at), (at + 1).min(rows - 1))),
            "up" => {
                let above = at.saturating_sub(1);
                Some((
                    if at == 0 { edited.revision.text.clone() } else { edited.sheet.with_row_down(above) },
                    above,
                ))
            }
            "remove" => Some((edited.sheet.without_row(at), at.saturating_sub(1))),
            _ => None,
        }
    })
    .await
}

pub(in crate::staff) async fn turn_example(
    seat: Seat,
    Path(which): Path<Turn>,
    fields: Fields,
) -> Result<Response, WebError> {
    turn(seat, &which, &fields, "example", |edited, at| {
        let there = at < edited.sheet.examples().len() && which.act == "remove";
        there.then(|| (edited.sheet.without_example(at), at.saturating_sub(1)))
    })
    .await
}

/// The links and buttons of a row.
pub(super) fn of_row(seat: &Seat, revision: &Revision, n: usize, rows: usize) -> Markup {
    let t = seat.t();
    let at = format!("{}/row/{}", to(seat, revision), n + 1);
    html! {
        p.policy-edit {
            a.usa-link href=(at) aria-label=(named(seat, "edit", n)) { (t.say_of("policy-button", "edit")) }
            @if n > 0 { (button(seat, revision, &at, "up", n)) }
            @if n + 1 < rows { (button(seat, revision, &at, "down", n)) }
            (button(seat, revision, &at, "remove", n))
        }
    }
}

/// The links and buttons of an example.
pub(super) fn of_example(seat: &Seat, revision: &Revision, n: usize) -> Markup {
    let at = format!("{}/example/{}", to(seat, revision), n + 1);
    html! {
        p.policy-edit {
            a.usa-link href=(at) aria-label=(named(seat, "edit-example", n)) { (seat.t().say_of("policy-button", "edit")) }
            (button(seat, revision, &at, "remove", n))
        }
    }
}

fn named(seat: &Seat, what: &str, n: usize) -> String {
    seat.t().say_of_with("policy-named", what, &args! { "n" => super::count(n + 1) })
}

fn button(seat: &Seat, revision: &Revision, at: &str, act: &str, n: usize) -> Markup {
    let what = if at.contains("/example/") { "remove-example" } else { act };
    html! {
        form method="post" action={ (at) "/" (act) } {
            (parts::key(&seat.ctx))
            input type="hidden" name="seen" value=(revision.version);
            button.usa-button.usa-button--unstyled type="submit" aria-label=(named(seat, what, n)) {
                (seat.t().say_of("policy-button", act)) }
        }
    }
}
