//! People who wait for an operator: what programs say, and what they are shown.

use crate::scalar::{Code, Id, When};
use domain::wait::WaitingCaller;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// To which queue somebody is moved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveWait {
    /// Which.
    pub(crate) queue: Code,
    /// The agency's word for why; without one where it has none.
    #[serde(default)]
    #[schema(nullable = false)]
    pub(crate) why: Option<Code>,
}

/// Somebody who waits for an operator. Who it is stands nowhere here.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitingShown {
    #[schema(value_type = Id)]
    id: Uuid,
    #[schema(example = "operators")]
    queue: String,
    #[schema(example = "en")]
    language: String,
    #[schema(required = false, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// `urgent` or `regular`.
    urgency: &'static str,
    /// `waiting`, `away`, `offered`, `calling` or `talking`.
    #[schema(example = "waiting")]
    state: &'static str,
    /// When they first asked: their place counts from then.
    #[schema(value_type = When)]
    asked: Timestamp,
    /// When they came into the queue they are in.
    #[schema(value_type = When)]
    entered: Timestamp,
}

impl WaitingShown {
    pub(crate) fn of(wait: &WaitingCaller) -> Self {
        Self {
            id: wait.id.uuid(),
            queue: wait.queue.to_string(),
            language: wait.lang.to_string(),
            reason: wait.reason.as_ref().map(ToString::to_string),
            urgency: wait.urgency.as_str(),
            state: wait.state.as_str(),
            asked: wait.first_asked,
            entered: wait.entered,
        }
    }
}

/// Who waits, in the order of their places.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitList {
    pub(crate) waits: Vec<WaitingShown>,
    /// The queues that people can be moved to.
    pub(crate) queues: Vec<String>,
}
