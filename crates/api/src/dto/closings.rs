//! Offices' closings: what programs say, and what they are shown.

use super::{
    asked::Texts,
    inquiry::{Moment, TextsShown, texts},
};
use crate::scalar::{Id, When};
use desk::ClosingSeen;
use domain::closing::{Closing, Offer, Standing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Which time of an office is to be closed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanClosing {
    /// From when.
    pub(crate) from: When,
    /// Until when; within a day.
    pub(crate) until: When,
    /// Why, as people read it, in every language of the agency.
    pub(crate) why: Texts,
}

/// A closing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosingShown {
    #[schema(value_type = Id)]
    pub(crate) id: Uuid,
    #[schema(example = "LOS")]
    office: String,
    from: Moment,
    until: Moment,
    why: TextsShown,
    /// `planned`, `dropped`, `closing`, `closed`, `opening` or `opened`.
    #[schema(example = "planned")]
    stage: &'static str,
    /// Must another person carry it out than the one who planned it?
    second_person: bool,
    /// Until when the offers are held while it is a plan.
    held_until: Moment,
}

impl ClosingShown {
    pub(crate) fn of(closing: &Closing) -> Self {
        let at = |at| Moment::of(at, &closing.zone);
        Self {
            id: closing.id.uuid(),
            office: closing.office.as_str().to_owned(),
            from: at(closing.from),
            until: at(closing.until),
            why: texts(&closing.why),
            stage: closing.stage.as_str(),
            second_person: closing.second,
            held_until: at(closing.held_until),
        }
    }
}

/// An office's closings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosingList {
    pub(crate) closings: Vec<ClosingShown>,
}

/// Somebody whom a closing concerns.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AffectedShown {
    /// The number they carry.
    #[schema(example = "48210936")]
    number: String,
    /// When their visit was.
    was: Moment,
    /// What is held for them, or was: `place`, `call` or `nothing`.
    #[schema(example = "place")]
    offer: &'static str,
    /// When that is.
    at: Option<Moment>,
    /// Where they stand: `planned`, `offered`, `kept`, `chose`, `call`, `asked`, `stuck`, `helped`, `left` or `back`.
    #[schema(example = "offered")]
    standing: &'static str,
    /// Until when they may choose.
    choose_until: Option<Moment>,
}

/// A closing with everybody whom it concerns.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosingWhole {
    #[serde(flatten)]
    closing: ClosingShown,
    /// How many stand where. Together they are everybody.
    standings: BTreeMap<&'static str, usize>,
    /// Until when it can be undone, if it can.
    undo_until: Option<Moment>,
    affected: Vec<AffectedShown>,
}

impl ClosingWhole {
    pub(crate) fn of(seen: &ClosingSeen) -> Self {
        let zone = &seen.closing.zone;
        let affected = seen.rows.iter().map(|(one, standing, _)| {
            let (offer, at) = match &one.offer {
                Offer::Place { opening } => ("place", Some(Moment::of(opening.start, zone))),
                Offer::Call { window, .. } => ("call", Some(Moment::of(window.start, &window.zone))),
                Offer::Nothing => ("nothing", None),
            };
            AffectedShown {
                number: one.number.digits(),
                was: Moment::of(one.had.start, zone),
                offer,
                at,
                standing: standing.as_str(),
                choose_until: one.choose_until.map(|until| Moment::of(until, zone)),
            }
        });
        let counted = Standing::ALL.map(|standing| (standing.as_str(), seen.count(standing)));
        Self {
            closing: ClosingShown::of(&seen.closing),
            standings: counted.into_iter().filter(|(_, n)| *n > 0).collect(),
            undo_until: seen.undo_until.map(|until| Moment::of(until, zone)),
            affected: affected.collect(),
        }
    }
}
