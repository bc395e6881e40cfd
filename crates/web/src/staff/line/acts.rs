//! What the buttons of the telephone mean, and to whom a caller can be passed on.

use super::listening;
use crate::{
    core::{
        Errors, Fields, WebError,
        switchboard::{Keys, SoftphoneAct, SoftphoneState},
    },
    staff::frame::Seat,
};
use domain::{
    access::Action,
    access::can,
    actor::Staff,
    codes::{OutsideCode, PassCode, QueueCode},
    ids::StaffId,
    listening::ListenMode,
    text::Lang,
    wait::{PassTo, Status},
};
use std::collections::BTreeMap;

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
        "pause-recording" => SoftphoneAct::Tape(false),
        "resume-recording" => SoftphoneAct::Tape(true),
        "keys" => {
            let keys = Keys::read(fields.get("keys"));
            if keys.is_none() {
                errors.add("keys", seat.t().say("phone-fault-keys"));
            }
            SoftphoneAct::Keys(keys?)
        }
        "transfer" => {
            let (to, why) = (to(seat, fields, errors), why(seat, fields, errors));
            SoftphoneAct::TransferBlind { to: to.filter(|_| errors.is_empty())?, why }
        }
        "consult" => {
            let chosen = fields.get("to").parse().ok();
            if chosen.is_none() {
                errors.add("to", seat.t().say("phone-fault-colleague"));
            }
            SoftphoneAct::Consult { to: chosen? }
        }
        "as-listen" => SoftphoneAct::ListenAs(ListenMode::Listen),
        "as-whisper" => SoftphoneAct::ListenAs(ListenMode::Whisper),
        "as-barge" => SoftphoneAct::ListenAs(ListenMode::Barge),
        "join" => SoftphoneAct::JoinConsult,
        "complete" => SoftphoneAct::CompleteConsult,
        "cancel" => SoftphoneAct::CancelConsult,
        other => listening::read(seat, fields, ListenMode::named(other)?, errors)?,
    })
}

/// The value under which a queue is chosen in a language.
pub(super) fn line_choice(queue: &QueueCode, lang: &Lang) -> String {
    format!("line:{queue}:{lang}")
}

/// What the value begins with under which a line outside is chosen.
const OUTSIDE: &str = "out:";

/// The value under which a line outside is chosen.
pub(super) fn outside_choice(code: &OutsideCode) -> String {
    format!("{OUTSIDE}{code}")
}

/// A line outside that the agency lists: no number is ever typed.
fn outside(seat: &Seat, chosen: &str) -> Option<OutsideCode> {
    let code = chosen.strip_prefix(OUTSIDE)?.parse().ok()?;
    seat.ctx.app.desk.pack().line().wait.outside_line(&code).map(|line| line.code.clone())
}

/// To whom: a colleague, a line outside, or the line in a language and perhaps about something else.
fn to(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<PassTo> {
    let chosen = fields.get("to");
    let read = match chosen.strip_prefix("line:") {
        _ if chosen.starts_with(OUTSIDE) => outside(seat, chosen).map(PassTo::Outside),
        Some(line) => line.split_once(':').and_then(|(queue, lang)| {
            let about = fields.get("about");
            let reason = if about.is_empty() { None } else { Some(about.parse().ok()?) };
            Some(PassTo::Line { queue: queue.parse().ok()?, lang: Some(lang.parse().ok()?), reason })
        }),
        None => chosen.parse().ok().map(PassTo::Operator),
    };
    if read.is_none() {
        errors.add("to", seat.t().say("phone-fault-whom"));
    }
    read
}

/// Why: whoever takes the call reads it. Nothing is asked for where the agency has no words for it.
fn why(seat: &Seat, fields: &Fields, errors: &mut Errors) -> Option<PassCode> {
    let words = &seat.ctx.app.desk.pack().line().wait.written().pass_on;
    let read = fields.get("why").parse().ok();
    if read.is_none() && !words.is_empty() {
        errors.add("why", seat.t().say("phone-fault-why"));
    }
    read
}

/// A colleague whose telephone is free this moment.
pub(super) struct Colleague {
    pub(super) staff: Staff,
    /// Where they stand as an operator; none for who never was one.
    pub(super) status: Option<Status>,
}

/// Colleagues whose telephone is free this moment, those first who are ready; nobody unless there is somebody to pass on.
pub(super) async fn colleagues(seat: &Seat, state: &SoftphoneState) -> Result<Vec<Colleague>, WebError> {
    let Some(board) = &seat.ctx.app.switchboard else { return Ok(Vec::new()) };
    if !matches!(state, SoftphoneState::Talking { consult: None, .. }) {
        return Ok(Vec::new());
    }
    let store = seat.ctx.app.desk.store();
    let mut free = store.all_staff().await?;
    free.retain(|staff| {
        staff.id != seat.me.staff.id
            && can(staff, Action::UseTelephone, None).is_ok()
            && matches!(*board.watch(staff.id).borrow(), SoftphoneState::Idle | SoftphoneState::Ended { .. })
    });
    let operators = store.operators().await?.into_iter();
    let mut stand: BTreeMap<StaffId, Status> =
        operators.map(|operator| (operator.id, operator.settled(seat.ctx.now).status)).collect();
    let colleague = |staff: Staff| Colleague { status: stand.remove(&staff.id), staff };
    let mut free: Vec<Colleague> = free.into_iter().map(colleague).collect();
    let order = |one: &Colleague| (!matches!(one.status, Some(Status::Ready { .. })), one.staff.name.clone());
    free.sort_by_key(order);
    Ok(free)
}
