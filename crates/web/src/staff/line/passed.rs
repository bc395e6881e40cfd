//! Whom the telephone is about beside its own state: the wait of the caller, who passed them on and why, and the colleague.

use super::duty::word;
use crate::{
    core::{
        WebError,
        switchboard::{SoftphoneState as S, With},
    },
    staff::{frame::Seat, signs},
};
use domain::{
    ids::{StaffId, WaitId},
    wait::{Passed, WaitingCaller},
};
use locale::args;
use maud::{Markup, html};

/// What is known of a call beside what the telephone knows.
pub(super) struct Beside {
    /// The caller's wait.
    pub(super) wait: Option<WaitingCaller>,
    /// What the colleague is called who is asked, or asks, or is listened to.
    pub(super) colleague: String,
    /// What whoever listens is called.
    pub(super) listener: String,
    /// What whoever passed the caller on is called.
    by: String,
}

/// The wait whose caller rings or is spoken with.
const fn wait(state: &S) -> Option<WaitId> {
    match state {
        S::Ringing { wait, .. }
        | S::Dialling { with: With::Wait { wait, .. }, .. }
        | S::Talking { with: With::Wait { wait, .. }, .. }
        | S::Asked { with: With::Wait { wait, .. }, .. }
        | S::Listening { with: With::Wait { wait, .. }, .. } => Some(*wait),
        _ => None,
    }
}

/// The colleague who is asked, or asks, or is listened to.
fn colleague(state: &S) -> Option<StaffId> {
    match state {
        S::Talking { consult: Some(consult), .. } => Some(consult.to),
        S::Asked { by, .. } => Some(*by),
        S::Listening { to, .. } => Some(*to),
        _ => None,
    }
}

/// Whoever listens, as far as it is shown.
const fn listener(state: &S) -> Option<StaffId> {
    match state {
        S::Talking { overheard: Some(overheard), .. } => Some(overheard.by),
        _ => None,
    }
}

impl Beside {
    pub(super) async fn load(seat: &Seat, state: &S) -> Result<Self, WebError> {
        let store = seat.ctx.app.desk.store();
        let wait = match wait(state) {
            Some(id) => store.wait(id).await?,
            None => None,
        };
        let passed = wait.as_ref().and_then(|wait| wait.passed.as_ref()).map(|passed| passed.by);
        let (by, listener) = (name(seat, passed).await?, name(seat, listener(state)).await?);
        Ok(Self { by, colleague: name(seat, colleague(state)).await?, listener, wait })
    }

    /// Who passed the caller on, and why. Nothing for whoever did so and has them back.
    pub(super) fn show(&self, seat: &Seat) -> Markup {
        let passed = self.wait.as_ref().and_then(|wait| wait.passed.as_ref());
        let Some(Passed { why, at, .. }) = passed.filter(|passed| passed.by != seat.me.staff.id) else {
            return html! {};
        };
        let rules = seat.ctx.app.desk.pack().line().wait.written();
        let words = [rules.pass_on.as_slice(), rules.move_on.as_slice()].concat();
        let says = seat.t().say_with("phone-passed-by", &args! { "name" => self.by.as_str() });
        html! {
            p.desk-note #passed { (says) " "
                @if let Some(why) = why { strong { (word(seat, &words, why)) } " · " }
                (signs::ago(seat, *at))
            }
        }
    }
}

async fn name(seat: &Seat, id: Option<StaffId>) -> Result<String, WebError> {
    let Some(id) = id else { return Ok(String::new()) };
    let staff = seat.ctx.app.desk.store().staff(id).await?;
    Ok(staff.map_or_else(|| seat.t().say("phone-a-colleague"), |staff| staff.name))
}
