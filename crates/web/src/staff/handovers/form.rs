//! What was handed over lately, and a form that proposes it.

use super::{Names, sentence, stands, stretch, to};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Choice, Choices, Input, error_summary},
    staff::{
        frame::{Seat, Tab},
        signs,
    },
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::DeskError;
use domain::{
    access::Action,
    actor::{Role, Staff},
    handover::{HandoverRefused, LONGEST_BECAUSE, NewHandover, Target, Whose},
};
use jiff::{Timestamp, civil::DateTime};
use locale::args;
use maud::{Markup, html};

pub(in crate::staff) async fn list(seat: Seat) -> Result<Response, WebError> {
    show(&seat, StatusCode::OK, &Fields::default(), &Errors::none()).await
}

async fn show(
    seat: &Seat,
    status: StatusCode,
    fields: &Fields,
    errors: &Errors,
) -> Result<Response, WebError> {
    seat.may(Action::GivePromise, None)?;
    let (t, desk) = (seat.t(), &seat.ctx.app.desk);
    let handovers = desk.handovers(&seat.caller_once()).await?;
    let staff = desk.store().all_staff().await?;
    let names: Names = staff.iter().map(|one| (one.id, one.name.clone())).collect();
    let body = html! {
        (error_summary(&seat.ctx, errors))
        p { a.usa-link href=(seat.ctx.url("/staff/callbacks?view=week")) { (t.say("handover-back")) } }
        @if !handovers.is_empty() {
            section aria-labelledby="handovers" {
                h2 #handovers { (t.say("handover-list")) }
                ul.usa-list {
                    @for handover in &handovers {
                        li {
                            // As many calls may go the same way on another day: the link says of which time it is.
                            a.usa-link href=(to(seat, handover)) { (sentence(seat, handover, &names)) ". " (stretch(seat, handover)) }
                            br;
                            (t.say_of("handover-stands", stands(handover, seat.ctx.now)))
                            " · " span.quiet { (signs::ago(seat, handover.at)) }
                        }
                    }
                }
            }
        }
        section aria-labelledby="new" {
            h2 #new { (t.say("handover-new")) }
            p { (t.say("handover-about")) }
            (form(seat, &staff, &Form::new(fields, errors)))
        }
    };
    let page = seat.page(t.say("handover-title"), Tab::Callbacks, body);
    let page = if errors.is_empty() { page } else { page.no_switch() };
    Ok((status, page.render(&seat.ctx)).into_response())
}

fn form(seat: &Seat, staff: &[Staff], typed: &Form<'_>) -> Markup {
    let t = seat.t();
    let officers = staff.iter().filter(|one| one.active && one.is(Role::Officer));
    let officers: Vec<Choice> =
        officers.map(|one| Choice::new(one.id.to_string(), one.name.clone())).collect();
    let choose = || Choice::new("", t.say("staff-choose"));
    let mut whose = vec![choose(), Choice::new("pool", t.say("handover-choose-pool"))];
    let mut target = vec![
        choose(),
        Choice::new("pool", t.say("staff-officer-any")),
        Choice::new("windows", t.say("handover-choose-windows")),
    ];
    whose.extend(officers.iter().cloned());
    target.extend(officers);
    let (from_whom, to_whom) = (t.say("handover-whose"), t.say("handover-target"));
    let zone = t.say_with("handover-times-hint", &args! { "zone" => t.zone(seat.zone().name()) });
    html! {
        form method="post" action=(seat.ctx.url("/staff/handovers")) {
            (parts::key(&seat.ctx))
            (parts::select(typed, &Choices { name: "whose", legend: &from_whom, ..Choices::default() }, &whose))
            (parts::input(typed, &Input { name: "from", label: &t.say("handover-from"), hint: &zone,
                kind: "datetime-local", ..Input::default() }))
            (parts::input(typed, &Input { name: "until", label: &t.say("handover-until"), kind: "datetime-local",
                ..Input::default() }))
            (parts::select(typed, &Choices { name: "target", legend: &to_whom, ..Choices::default() }, &target))
            (parts::textarea(typed, &Input { name: "because", label: &t.say("handover-because"),
                hint: &t.say("handover-because-hint"), longest: LONGEST_BECAUSE, ..Input::default() }))
            button.usa-button type="submit" { (t.say("handover-propose")) }
        }
    }
}

/// What was typed; nothing, with sentences in `errors`, when it cannot be read.
fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<NewHandover> {
    let t = seat.t();
    let whose = match fields.get("whose") {
        "pool" => Some(Whose::Pool),
        officer => officer.parse().ok().map(|officer| Whose::Officer { officer }),
    };
    if whose.is_none() {
        errors.add("whose", t.say("handover-fault-whose"));
    }
    // Each has a sentence of its own: whoever hears only the links of what is wrong hears which of the two it is.
    let mut moment = |name: &str, fault: String| -> Option<Timestamp> {
        let read = fields.get(name).parse::<DateTime>().ok();
        let at = read.and_then(|at| seat.zone().exact(at).or_else(|| seat.zone().closing(at)));
        if at.is_none() {
            errors.add(name, fault);
        }
        at
    };
    let (from, until) =
        (moment("from", t.say("handover-fault-from")), moment("until", t.say("handover-fault-until")));
    let target = match fields.get("target") {
        "pool" => Some(Target::Pool),
        "windows" => Some(Target::Windows),
        officer => officer.parse().ok().map(|officer| Target::Officer { officer }),
    };
    if target.is_none() {
        errors.add("target", t.say("handover-fault-target"));
    }
    let because = fields.get("because").to_owned();
    Some(NewHandover { whose: whose?, from: from?, until: until?, target: target?, because })
}

pub(in crate::staff) async fn propose(seat: Seat, fields: Fields) -> Result<Response, WebError> {
    seat.may(Action::GivePromise, None)?;
    let mut errors = Errors::none();
    let Some(ask) = read(&seat, &fields, &mut errors) else {
        return show(&seat, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors).await;
    };
    let caller = seat.caller(fields.key("propose-handover"));
    match seat.ctx.app.desk.propose_handover(&caller, &ask).await {
        Ok(handover) => Ok(Redirect::to(&to(&seat, &handover)).into_response()),
        Err(DeskError::Handover(why)) => {
            let field = match why {
                HandoverRefused::NoReason | HandoverRefused::LongReason => "because",
                HandoverRefused::Over | HandoverRefused::TooLong => "until",
                HandoverRefused::Same | HandoverRefused::NoOfficer => "target",
                _ => "whose",
            };
            errors.add(field, seat.t().say_of("handover-refused", why.code()));
            show(&seat, StatusCode::UNPROCESSABLE_ENTITY, &fields, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}
