//! What the buttons of the telephone mean, and to whom a caller can be passed on.

use crate::{
    core::{
        Errors, Fields, WebError,
        switchboard::{Keys, SoftphoneAct, SoftphoneState, TransferTo},
    },
    staff::frame::Seat,
};
use domain::{access::Action, access::can, actor::Staff};

/// The act that a form asks for. Nothing, with a sentence in `errors`, when a field is wrong; nothing without one when the
/// form is none of ours.
pub(super) fn read(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<SoftphoneAct> {
    Some(match fields.get("do") {
        "answer" => SoftphoneAct::Answer,
        "decline" => SoftphoneAct::Decline,
        "hang-up" => SoftphoneAct::HangUp,
        "machine" => SoftphoneAct::Machine,
        "hold" => SoftphoneAct::Hold(true),
        "take-back" => SoftphoneAct::Hold(false),
        "keys" => {
            let keys = Keys::read(fields.get("keys"));
            if keys.is_none() {
                errors.add("keys", seat.t().say("phone-fault-keys"));
            }
            SoftphoneAct::Keys(keys?)
        }
        "transfer" => SoftphoneAct::TransferBlind { to: to(seat, fields, errors)? },
        "consult" => SoftphoneAct::Consult { to: to(seat, fields, errors)? },
        "complete" => SoftphoneAct::CompleteConsult,
        "cancel" => SoftphoneAct::CancelConsult,
        _ => return None,
    })
}

/// To whom: a number that was typed goes before a colleague who was chosen.
fn to(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<TransferTo> {
    let typed = fields.get("number");
    if !typed.is_empty() {
        let number = typed.parse().ok();
        if number.is_none() {
            errors.add("number", seat.t().say("phone-fault-number"));
        }
        return number.map(TransferTo::Number);
    }
    let chosen = fields.get("colleague").parse().ok();
    if chosen.is_none() {
        errors.add("number", seat.t().say("phone-fault-whom"));
    }
    chosen.map(TransferTo::Staff)
}

/// Colleagues whose telephone is free this moment; nobody unless there is somebody to pass on.
pub(super) async fn colleagues(seat: &Seat, state: &SoftphoneState) -> Result<Vec<Staff>, WebError> {
    let Some(board) = &seat.ctx.app.switchboard else { return Ok(Vec::new()) };
    if !matches!(state, SoftphoneState::Talking { consult: None, .. }) {
        return Ok(Vec::new());
    }
    let mut free = seat.ctx.app.desk.store().all_staff().await?;
    free.retain(|staff| {
        staff.id != seat.me.staff.id
            && can(staff, Action::UseTelephone, None).is_ok()
            && matches!(*board.watch(staff.id).borrow(), SoftphoneState::Idle | SoftphoneState::Ended { .. })
    });
    free.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(free)
}
