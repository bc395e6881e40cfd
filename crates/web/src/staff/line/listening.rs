//! Listening to a colleague's call: whose, why and who hears it; and what the telephone shows of it, on both sides.

use super::{
    duty::choices,
    telephone::{button, clock, form},
};
use crate::{
    core::{
        Errors, Fields, Form, WebError,
        switchboard::{Overheard, SoftphoneAct, SoftphoneState},
    },
    parts::{self, Choice, Choices},
    staff::frame::Seat,
};
use domain::{
    access::{Action, can},
    actor::Staff,
    listening::ListenMode,
};
use jiff::Timestamp;
use locale::args;
use maud::{Markup, html};

/// Colleagues with their telephones as they are now, by name; only who telephones. Nobody where there is no switchboard.
pub(in crate::staff) async fn telephones(seat: &Seat) -> Result<Vec<(Staff, SoftphoneState)>, WebError> {
    let Some(board) = &seat.ctx.app.switchboard else { return Ok(Vec::new()) };
    let mut staff = seat.ctx.app.desk.store().all_staff().await?;
    staff.retain(|one| one.id != seat.me.staff.id && can(one, Action::UseTelephone, None).is_ok());
    staff.sort_by(|a, b| a.name.cmp(&b.name));
    let with_state = staff.into_iter().map(|one| {
        let state = board.watch(one.id).borrow().clone();
        (one, state)
    });
    Ok(with_state.collect())
}

/// Who speaks with somebody, and since when.
pub(in crate::staff) const fn talks(state: &SoftphoneState) -> Option<Timestamp> {
    match state {
        SoftphoneState::Talking { since, .. } => Some(*since),
        _ => None,
    }
}

/// The part of the telephone's page from which somebody who runs the line begins to listen. It is asked for again when somebody
/// is answered, and from time to time: calls that officers make are no news of the line.
pub(super) async fn show(seat: &Seat, typed: &Form<'_>) -> Result<Markup, WebError> {
    let people = telephones(seat).await?;
    Ok(html! {
        section #listen aria-labelledby="listen-title" hx-get=(seat.ctx.url("/staff/line"))
            hx-trigger="queue from:#line-news, phone from:#line-news, every 15s" hx-select="#listen" hx-swap="outerMorph" {
            h2 #listen-title { (seat.t().say("phone-listen-title")) }
            (begin(seat, typed, &people))
        }
    })
}

/// The form: whose call, why, and who hears it.
pub(in crate::staff) fn begin(seat: &Seat, typed: &Form<'_>, people: &[(Staff, SoftphoneState)]) -> Markup {
    let t = seat.t();
    let words = &seat.ctx.app.desk.pack().line().wait.written().listen;
    let since = |at: Timestamp| t.time(seat.zone().local(at).time());
    let mut whose = vec![Choice::new("", t.say("phone-colleague-none"))];
    whose.extend(people.iter().filter_map(|(staff, state)| {
        let time = since(talks(state)?);
        let says = t.say_with("phone-listen-on", &args! { "name" => staff.name.as_str(), "time" => time });
        Some(Choice::new(staff.id.to_string(), says))
    }));
    if words.is_empty() {
        return html! { p.quiet { (t.say("phone-listen-no-words")) } };
    }
    if whose.len() == 1 {
        return html! { p.quiet { (t.say("phone-listen-nobody")) } };
    }
    let (whom, why) = (t.say("phone-listen-whose"), t.say("phone-listen-why"));
    let mut whys = vec![Choice::new("", t.say("phone-colleague-none"))];
    whys.extend(choices(seat, words));
    form(
        seat,
        &html! {
            (parts::select(typed, &Choices { name: "whose", legend: &whom, ..Choices::default() }, &whose))
            (parts::select(typed, &Choices { name: "listen-why", legend: &why, ..Choices::default() }, &whys))
            p.phone-row {
                (button("listen", &t.say("phone-listen-as-listen"), None, ""))
                (button("whisper", &t.say("phone-listen-as-whisper"), None, "usa-button--outline"))
                (button("barge", &t.say("phone-listen-as-barge"), None, "usa-button--outline"))
            }
            p.quiet { (t.say("phone-listen-kept")) }
        },
    )
}

/// What the form asks for.
pub(super) fn read(
    seat: &Seat,
    fields: &Fields,
    mode: ListenMode,
    errors: &mut Errors,
) -> Option<SoftphoneAct> {
    let t = seat.t();
    let (whose, why) = (fields.get("whose").parse().ok(), fields.get("listen-why").parse().ok());
    if whose.is_none() {
        errors.add("whose", t.say("phone-fault-listen-whose"));
    }
    if why.is_none() {
        errors.add("listen-why", t.say("phone-fault-listen-why"));
    }
    Some(SoftphoneAct::ListenIn { to: whose?, mode, why: why? })
}

/// What the telephone of whoever listens shows.
pub(super) fn listens(seat: &Seat, since: Timestamp, mode: ListenMode, name: &str) -> Markup {
    let t = seat.t();
    html! {
        p { strong { (t.say_with("phone-listening-to", &args! { "name" => name })) } }
        p { (t.say_of("phone-listens", mode.as_str())) }
        p { (t.say("phone-talk-time")) " " (clock(seat, since)) }
        (form(seat, &html! {
            p.phone-row {
                @for other in ListenMode::ALL.into_iter().filter(|other| *other != mode) {
                    (button(change(other), &t.say_of("phone-listen-as", other.as_str()), None, "usa-button--outline"))
                }
                (button("hang-up", &t.say("phone-listen-leave"), Some("e"), "usa-button--secondary"))
            }
        }))
    }
}

/// The button by which others hear them.
const fn change(mode: ListenMode) -> &'static str {
    match mode {
        ListenMode::Listen => "as-listen",
        ListenMode::Whisper => "as-whisper",
        ListenMode::Barge => "as-barge",
    }
}

/// What the colleague sees of it.
pub(super) fn overheard(seat: &Seat, overheard: Option<Overheard>, name: &str) -> Markup {
    let Some(Overheard { mode, .. }) = overheard else { return html! {} };
    html! {
        p.desk-note #overheard { span aria-hidden="true" { "◉ " }
            (seat.t().say_of_with("phone-overheard", mode.as_str(), &args! { "name" => name })) }
    }
}
