//! Who passed a caller on, and why: read before the call is answered.

use crate::{
    core::{
        WebError,
        switchboard::{SoftphoneState as S, With},
    },
    staff::{frame::Seat, signs},
};
use domain::ids::WaitId;
use locale::args;
use maud::{Markup, html};

/// The wait whose caller rings or is spoken with.
const fn wait(state: &S) -> Option<WaitId> {
    match state {
        S::Ringing { wait, .. }
        | S::Dialling { with: With::Wait { wait, .. }, .. }
        | S::Talking { with: With::Wait { wait, .. }, .. } => Some(*wait),
        _ => None,
    }
}

/// Nothing for a caller whom nobody passed on, or for whoever did so and has them back.
pub(super) async fn show(seat: &Seat, state: &S) -> Result<Option<Markup>, WebError> {
    let Some(id) = wait(state) else { return Ok(None) };
    let store = seat.ctx.app.desk.store();
    let passed = store.wait(id).await?.and_then(|wait| wait.passed);
    let Some(passed) = passed.filter(|passed| passed.by != seat.me.staff.id) else { return Ok(None) };
    let by =
        store.staff(passed.by).await?.map_or_else(|| seat.t().say("phone-a-colleague"), |staff| staff.name);
    let why = passed
        .why
        .map(|code| super::duty::word(seat, &seat.ctx.app.desk.pack().line().wait.written().pass_on, &code));
    Ok(Some(html! {
        p.desk-note #passed { (seat.t().say_with("phone-passed-by", &args! { "name" => by })) " "
            @if let Some(why) = why { strong { (why) } " · " }
            (signs::ago(seat, passed.at))
        }
    }))
}
