//! One row of a draft as a form.

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
use domain::{
    revision::RevisionRefused,
    text::{Lang, Text},
};
use locale::args;
use maud::{Markup, html};
use serde::Deserialize;
use triage::{Declared, Kind, RowText, Sheet, SheetRow, Value};

/// The longest condition and the longest sentence that a form takes, in characters.
const LONGEST_WHEN: usize = 2_000;
const LONGEST_SENTENCE: usize = 1_000;

/// Which row: from 1, or `new`.
#[derive(Debug, Deserialize)]
pub(in crate::staff) struct Row {
    revision: String,
    n: String,
}

impl Row {
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

fn why(lang: &Lang) -> String {
    format!("why-{lang}")
}

fn change(lang: &Lang) -> String {
    format!("change-{lang}")
}

fn then(name: &str) -> String {
    format!("then-{name}")
}

/// A row as its form has it.
fn fields_of(row: &SheetRow) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in
        [("was", &row.id), ("id", &row.id), ("when", &row.when), ("hint", &row.staff), ("cite", &row.cite)]
    {
        fields.set(name, value.as_str());
    }
    for one in &row.then {
        fields.set(&then(&one.name), one.plain());
    }
    for lang in row.why.langs() {
        fields.set(&why(lang), row.why.in_lang(lang));
    }
    for lang in row.change.langs() {
        fields.set(&change(lang), row.change.in_lang(lang));
    }
    fields
}

pub(in crate::staff) async fn page(seat: Seat, Path(row): Path<Row>) -> Result<Response, WebError> {
    let edited = match Edited::open(&seat, &row.of()).await? {
        Ok(edited) => edited,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let fields = match row.at()? {
        None => Fields::default(),
        Some(at) => fields_of(edited.sheet.rows().get(at).ok_or(WebError::NotFound)?),
    };
    Ok(form(&seat, &edited, &row.n, StatusCode::OK, None, &Form::new(&fields, &Errors::none())))
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
    let langs = seat.ctx.app.desk.pack().languages();
    let of = |lang: &Lang| t.say_of("staff-lang", lang.as_str());
    let body = html! {
        (parts::error_summary(&seat.ctx, typed.errors))
        @if let Some(note) = note { (note) }
        form method="post" action={ (to(seat, &edited.revision)) "/row/" (n) } {
            (parts::key(&seat.ctx))
            input type="hidden" name="seen" value=(edited.revision.version);
            input type="hidden" name="was" value=(typed.value("was"));
            (parts::input(typed, &Input { name: "id", label: &t.say("policy-row-id"), hint: &t.say("policy-row-id-hint"),
                longest: 60, verbatim: true, ..Input::default() }))
            (parts::textarea(typed, &Input { name: "when", label: &t.say("policy-row-when"), hint: &t.say("policy-row-when-hint"),
                longest: LONGEST_WHEN, verbatim: true, ..Input::default() }))
            (table::facts(seat, &edited.sheet))
            @for (name, declared) in edited.sheet.outcomes() { (outcome(seat, typed, name, declared)) }
            @for lang in langs {
                @let label = t.say_with("policy-row-why", &args! { "lang" => of(lang) });
                (parts::textarea(typed, &Input { name: &why(lang), label: &label, longest: LONGEST_SENTENCE, ..Input::default() }))
            }
            @for lang in langs {
                @let label = t.say_with("policy-row-change", &args! { "lang" => of(lang) });
                (parts::textarea(typed, &Input { name: &change(lang), label: &label, hint: &t.say("policy-row-change-hint"),
                    longest: LONGEST_SENTENCE, ..Input::default() }))
            }
            (parts::textarea(typed, &Input { name: "hint", label: &t.say("policy-row-staff"), hint: &t.say("policy-row-staff-hint"),
                longest: LONGEST_SENTENCE, ..Input::default() }))
            (parts::input(typed, &Input { name: "cite", label: &t.say("policy-row-cite"), hint: &t.say("policy-row-cite-hint"),
                longest: 300, ..Input::default() }))
            button.usa-button type="submit" { (t.say("policy-save")) }
            " " a.usa-link href=(to(seat, &edited.revision)) { (t.say("policy-leave")) }
        }
    };
    let title = if n == "new" { t.say("policy-row-new") } else { t.say("policy-row-edit") };
    let body = html! { p.usa-intro { (heading(seat, &edited.revision)) } (body) };
    let page = seat.page(title, Tab::Policies, body);
    let page = if status == StatusCode::OK { page } else { page.no_switch() };
    (status, page.render(&seat.ctx)).into_response()
}

/// One outcome, by what it may be.
fn outcome(seat: &Seat, typed: &Form<'_>, name: &str, declared: &Declared) -> Markup {
    let t = seat.t();
    let label = t.say_with("policy-row-then", &args! { "name" => name });
    let choose = |words: Vec<Choice>| {
        let mut choices = vec![Choice::new("", t.say("staff-choose"))];
        choices.extend(words);
        parts::select(
            typed,
            &Choices { name: &then(name), legend: &label, hint: &declared.about, ..Choices::default() },
            &choices,
        )
    };
    match &declared.kind {
        Kind::OneOf(words) => choose(words.iter().map(|word| Choice::new(word, word)).collect()),
        Kind::Bool => choose(
            [true, false]
                .map(|flag| Choice::new(flag.to_string(), t.say_of("policy-flag", &flag.to_string())))
                .into(),
        ),
        Kind::Int { .. } | Kind::Text | Kind::List(_) => parts::input(
            typed,
            &Input {
                name: &then(name),
                label: &label,
                hint: &declared.about,
                longest: 300,
                verbatim: true,
                ..Input::default()
            },
        ),
    }
}

/// What was typed as a row. What cannot be a value of its outcome is said at its field; everything else is the linter's.
fn read(seat: &Seat, sheet: &Sheet, fields: &Fields, errors: &mut Errors) -> RowText {
    let mut outcomes = Vec::new();
    for (name, declared) in sheet.outcomes() {
        let typed = fields.get(&then(name));
        if typed.is_empty() {
            continue;
        }
        let value = match &declared.kind {
            Kind::Bool => typed.parse().ok().map(Value::Bool),
            Kind::Int { .. } => typed.parse().ok().map(Value::Int),
            Kind::OneOf(_) | Kind::Text | Kind::List(_) => Some(Value::Text(typed.to_owned())),
        };
        match value {
            Some(value) => outcomes.push((name.clone(), value)),
            None => errors.add(&then(name), seat.t().say("policy-fault-number")),
        }
    }
    let sentence = |field: &dyn Fn(&Lang) -> String| {
        Text::new(seat.ctx.app.desk.pack().languages().iter().filter_map(|lang| {
            let words = fields.get(&field(lang)).split_whitespace().collect::<Vec<_>>().join(" ");
            (!words.is_empty()).then(|| (lang.clone(), words))
        }))
    };
    RowText {
        id: fields.get("id").to_owned(),
        when: fields.get("when").to_owned(),
        then: outcomes,
        why: sentence(&why),
        change: sentence(&change),
        staff: fields.get("hint").split_whitespace().collect::<Vec<_>>().join(" "),
        cite: fields.get("cite").to_owned(),
    }
}

/// Saves a row, whatever the linter will say of it.
pub(in crate::staff) async fn save(
    seat: Seat,
    Path(row): Path<Row>,
    mut fields: Fields,
) -> Result<Response, WebError> {
    let edited = match Edited::open(&seat, &row.of()).await? {
        Ok(edited) => edited,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let wanted = row.at()?;
    let mut errors = Errors::none();
    let typed = read(&seat, &edited.sheet, &fields, &mut errors);
    if !errors.is_empty() {
        let form_of = Form::new(&fields, &errors);
        return Ok(form(&seat, &edited, &row.n, StatusCode::UNPROCESSABLE_ENTITY, None, &form_of));
    }
    // The row that the form was of, wherever it stands by now.
    let at = wanted.and_then(|at| edited.row(at, fields.get("was")));
    let gone = wanted.is_some() && at.is_none();
    let why = if gone {
        RevisionRefused::Stale
    } else {
        match edited.write(&seat, &fields, "policy-row", &edited.sheet.with_row(at, &typed)).await {
            Ok(draft) => {
                let last = Sheet::read(&draft.text).map_or(0, |sheet| sheet.rows().len());
                let n = at.map_or(last.saturating_sub(1), |at| at + 1);
                return Ok(Redirect::to(&format!("{}#row-{n}", to(&seat, &draft))).into_response());
            }
            Err(DeskError::Policy(why)) => why,
            Err(error) => return Err(error.into()),
        }
    };
    // What was typed stays. Saved again, it goes into what is there now: a row that is gone is added anew.
    let now = match Edited::open(&seat, &row.of()).await? {
        Ok(now) => now,
        Err(elsewhere) => return Ok(*elsewhere),
    };
    let n = if gone { "new" } else { row.n.as_str() };
    if gone {
        fields.set("was", "");
    }
    let note = html! { (why_not(&seat, &why)) @if why == RevisionRefused::Stale { (text::meanwhile(&seat, &now.revision)) } };
    let typed = Form::new(&fields, &errors);
    Ok(form(&seat, &now, n, StatusCode::CONFLICT, Some(note), &typed))
}
