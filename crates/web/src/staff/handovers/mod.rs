//! Many promised calls go to somebody else or to other windows: proposed on one page, approved by another person on the next.

mod form;
mod show;

pub(super) use form::{list, propose};
pub(super) use show::{approve, page, withdraw};

use super::frame::Seat;
use domain::{
    actor::Actor,
    handover::{Handover, HandoverStage, Target, Whose},
    ids::StaffId,
};
use jiff::Timestamp;
use locale::args;
use std::collections::BTreeMap;

/// What everybody is called.
type Names = BTreeMap<StaffId, String>;

fn to(seat: &Seat, handover: &Handover) -> String {
    seat.ctx.url(&format!("/staff/handover/{}", handover.id))
}

fn named(names: &Names, id: StaffId) -> &str {
    names.get(&id).map_or("", String::as_str)
}

fn by(seat: &Seat, actor: &Actor) -> String {
    match actor {
        Actor::Staff { name, .. } => name.clone(),
        Actor::Person | Actor::Delegate { .. } | Actor::System { .. } => seat.t().say("staff-actor-system"),
    }
}

/// Whose calls, and what is to become of them, in one sentence.
fn sentence(seat: &Seat, handover: &Handover, names: &Names) -> String {
    let t = seat.t();
    let whose = match handover.whose {
        Whose::Officer { officer } => t.say_with("handover-of", &args! { "name" => named(names, officer) }),
        Whose::Pool => t.say("handover-of-pool"),
    };
    let target = match handover.target {
        Target::Officer { officer } => t.say_with("handover-to", &args! { "name" => named(names, officer) }),
        Target::Pool => t.say("handover-to-pool"),
        Target::Windows => t.say("handover-to-windows"),
    };
    let n = i64::try_from(handover.calls.len()).unwrap_or(i64::MAX);
    t.say_with("handover-sentence", &args! { "n" => n, "whose" => whose, "target" => target })
}

/// The stretch in which the calls were to be made, by the clock of this desk.
fn stretch(seat: &Seat, handover: &Handover) -> String {
    let moment = |at: Timestamp| seat.t().moment(at, seat.zone().name(), seat.ctx.now);
    seat.t().say_with(
        "handover-stretch",
        &args! { "from" => moment(handover.from), "until" => moment(handover.until) },
    )
}

/// How far it is, by its stable name.
fn stands(handover: &Handover, now: Timestamp) -> &'static str {
    match handover.stage {
        HandoverStage::Proposed if handover.is_open(now) => "proposed",
        HandoverStage::Proposed => "lapsed",
        HandoverStage::Done { .. } => "done",
        HandoverStage::Withdrawn { .. } => "withdrawn",
    }
}
