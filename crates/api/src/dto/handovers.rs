//! Handovers of many promised calls: what programs say, and what they are shown.

use super::inquiry::{By, Moment, WindowShown};
use crate::{
    problem::{self, Problem},
    scalar::{Id, Sentence, When},
};
use desk::{Becomes, Desk, HandoverRow, HandoverSeen};
use domain::{
    calendar::Zone,
    handover::{Came, Handover, HandoverRefused, HandoverStage, NewHandover, StayWhy, Target, Whose},
    ids::StaffId,
    inquiry::Giving,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What becomes of the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum HandoverTo {
    /// An officer makes them.
    Officer,
    /// Whoever is on duty makes them.
    Pool,
    /// Each is promised in the next window that can be kept, and its person is told.
    Windows,
}

/// Which promised calls are to go where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposeHandover {
    /// The officer who holds the calls; none for those that nobody holds.
    holder: Option<Id>,
    /// To be made from then.
    from: When,
    /// Until then; within a week.
    until: When,
    to: HandoverTo,
    /// Who is to make them, when `to` is `officer`, and only then.
    officer: Option<Id>,
    /// Why.
    because: Sentence,
}

/// It cannot be done, and why not.
pub(crate) fn refused(why: HandoverRefused) -> Problem {
    Problem::at(problem::HANDOVER_REFUSED, "", why.to_string())
}

impl ProposeHandover {
    /// What is said, as the desk proposes it.
    pub(crate) fn ask(&self) -> Result<NewHandover, Problem> {
        let staff = |id: Id| StaffId::from_uuid(id.0);
        let whose = self.holder.map_or(Whose::Pool, |id| Whose::Officer { officer: staff(id) });
        let target = match (self.to, self.officer) {
            (HandoverTo::Officer, Some(id)) => Target::Officer { officer: staff(id) },
            (HandoverTo::Pool, None) => Target::Pool,
            (HandoverTo::Windows, None) => Target::Windows,
            (HandoverTo::Officer, None) | (HandoverTo::Pool | HandoverTo::Windows, Some(_)) => {
                return Err(refused(HandoverRefused::NoOfficer));
            }
        };
        let because = self.because.as_str().to_owned();
        Ok(NewHandover { whose, from: self.from.0, until: self.until.0, target, because })
    }
}

/// A handover of promised calls.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandoverShown {
    #[schema(value_type = Id)]
    pub(crate) id: Uuid,
    /// How many times the record has been written.
    version: u64,
    /// The officer who holds the calls; none for those that nobody holds.
    #[schema(value_type = Option<Id>)]
    holder: Option<Uuid>,
    from: Moment,
    until: Moment,
    /// `officer`, `pool` or `windows`.
    #[schema(example = "officer")]
    to: &'static str,
    /// Who is to make them.
    #[schema(value_type = Option<Id>)]
    officer: Option<Uuid>,
    because: String,
    /// Who proposed it. Another person approves it, on the page that shows what becomes of each call.
    by: By,
    at: Moment,
    /// Until when it can be approved.
    good_until: Moment,
    /// `proposed`, `done` or `withdrawn`.
    #[schema(example = "proposed")]
    stage: &'static str,
    /// How many calls.
    calls: usize,
}

/// The line's clock: the calls of a handover are in many zones.
fn zone(desk: &Desk) -> &Zone {
    &desk.pack().line().calendar.zone
}

impl HandoverShown {
    pub(crate) fn of(desk: &Desk, handover: &Handover) -> Self {
        let at = |at| Moment::of(at, zone(desk));
        let (to, officer) = match handover.target {
            Target::Officer { officer } => ("officer", Some(officer.uuid())),
            Target::Pool => ("pool", None),
            Target::Windows => ("windows", None),
        };
        let stage = match handover.stage {
            HandoverStage::Proposed => "proposed",
            HandoverStage::Done { .. } => "done",
            HandoverStage::Withdrawn { .. } => "withdrawn",
        };
        Self {
            id: handover.id.uuid(),
            version: handover.version,
            holder: handover.whose.owner().map(StaffId::uuid),
            from: at(handover.from),
            until: at(handover.until),
            to,
            officer,
            because: handover.because.reveal().clone(),
            by: By::of(&handover.by),
            at: at(handover.at),
            good_until: at(handover.good_until),
            stage,
            calls: handover.calls.len(),
        }
    }
}

/// Handovers of the last week.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandoverList {
    pub(crate) handovers: Vec<HandoverShown>,
}

/// A call of a handover.
#[derive(Debug, Serialize, ToSchema)]
struct HandedShown {
    /// The inquiry's number, for those who read it.
    #[schema(example = "48210936")]
    number: Option<String>,
    /// The window in which it is promised now.
    window: Option<WindowShown>,
    /// Who would make it, when an officer would.
    #[schema(value_type = Option<Id>)]
    officer: Option<Uuid>,
    /// For when the officer's time would be kept.
    planned: Option<Moment>,
    /// In which other window it would be promised.
    moved_to: Option<WindowShown>,
    /// What came of it once it was approved: `moved` or `stayed`.
    #[schema(example = "moved")]
    came: Option<&'static str>,
    /// Why it stays what it is, or would: `moved-on`, `kept-from`, `no-time` or `no-window`.
    #[schema(example = "no-time")]
    stays: Option<&'static str>,
}

impl HandedShown {
    fn of(desk: &Desk, row: &HandoverRow, proposed: bool) -> Self {
        let callback = row.inquiry.as_ref().and_then(|inquiry| inquiry.callback());
        let mut shown = Self {
            number: row.inquiry.as_ref().map(|inquiry| inquiry.number.digits()),
            window: callback.map(|callback| WindowShown::of(&callback.window)),
            officer: None,
            planned: None,
            moved_to: None,
            came: None,
            stays: None,
        };
        match (row.call.came, &row.becomes) {
            (Some(Came::Moved), _) => shown.came = Some("moved"),
            (Some(Came::Stayed { why }), _) => {
                (shown.came, shown.stays) = (Some("stayed"), Some(StayWhy::as_str(why)));
            }
            (None, _) if !proposed => {}
            (None, Err(why)) => shown.stays = Some(why.as_str()),
            (None, Ok(Becomes::Given(Giving::Anybody))) => {}
            (None, Ok(Becomes::Given(Giving::Officer { officer, planned, .. }))) => {
                shown.officer = Some(officer.uuid());
                shown.planned = Some(Moment::of(*planned, zone(desk)));
            }
            (None, Ok(Becomes::Promised(promise))) => {
                shown.moved_to = Some(WindowShown::of(&promise.window));
            }
        }
        shown
    }
}

/// A handover with its calls, and what each would become now, or became.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HandoverWhole {
    #[serde(flatten)]
    handover: HandoverShown,
    /// In the order in which they are to be made.
    rows: Vec<HandedShown>,
}

impl HandoverWhole {
    pub(crate) fn of(desk: &Desk, seen: &HandoverSeen) -> Self {
        let proposed = seen.handover.stage == HandoverStage::Proposed;
        let rows = seen.rows.iter().map(|row| HandedShown::of(desk, row, proposed));
        Self { handover: HandoverShown::of(desk, &seen.handover), rows: rows.collect() }
    }
}
