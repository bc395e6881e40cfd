//! Messages to the person, and where each stands.

use crate::scalar::{Id, When};
use domain::notice::{Delivery, Notice, Wording};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A message to the person, and where it stands. What it says and to whom is not shown.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeShown {
    #[schema(value_type = Id)]
    id: Uuid,
    #[schema(example = "callback-promised")]
    kind: &'static str,
    #[schema(example = "es")]
    lang: String,
    #[schema(value_type = When)]
    queued_at: Timestamp,
    /// By which carrier: `email`, `text`, `call` or `post`.
    #[schema(example = "email")]
    by: &'static str,
    /// `queued`, `delayed`, `to-print`, `sent`, `failed` or `dropped`.
    #[schema(example = "sent")]
    state: &'static str,
    /// Since when it stands there.
    #[schema(value_type = When)]
    since: Timestamp,
    /// Why it could not be sent.
    why: Option<String>,
    /// When it reached the person's device, where the carrier says so.
    #[schema(value_type = Option<When>)]
    arrived_at: Option<Timestamp>,
    /// In which words it is written; none for one of before this was kept.
    wording: Option<WordingShown>,
}

/// In which words a message is written, so that it can be told afterwards what somebody read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WordingShown {
    /// The version of the program's own templates.
    #[schema(example = 2)]
    templates: u32,
    /// What the version of the agency's own wording over them is called (see `/versions`), where it had any: `pack` is that of the
    /// agency pack's folder.
    #[schema(example = "2026-12-01")]
    version: Option<String>,
    /// SHA-256 of that version's text, hexadecimal.
    hash: Option<String>,
}

impl WordingShown {
    fn of(wording: &Wording) -> Self {
        let agency = wording.agency.as_ref();
        Self {
            templates: wording.templates,
            version: agency.map(|agency| agency.version.clone()),
            hash: agency.map(|agency| agency.hash.clone()),
        }
    }
}

impl NoticeShown {
    pub(crate) fn of(notice: &Notice) -> Self {
        let (state, since, why) = match &notice.delivery {
            Delivery::Queued => ("queued", notice.queued_at, None),
            Delivery::ToPrint { at } => ("to-print", *at, None),
            Delivery::Delayed { at, .. } => ("delayed", *at, None),
            Delivery::Sent { at, .. } => ("sent", *at, None),
            Delivery::Failed { at, why } => ("failed", *at, Some(why.clone())),
            Delivery::Dropped { at } => ("dropped", *at, None),
        };
        Self {
            id: notice.id.uuid(),
            kind: notice.kind.as_str(),
            lang: notice.lang.as_str().to_owned(),
            queued_at: notice.queued_at,
            by: notice.by.as_str(),
            state,
            since,
            why,
            arrived_at: notice.arrived,
            wording: notice.wording.as_ref().map(WordingShown::of),
        }
    }

    /// As the person reads it: what a server said to ours is not for them, nor which of our wordings it was.
    pub(crate) fn for_person(notice: &Notice) -> Self {
        Self { why: None, wording: None, ..Self::of(notice) }
    }
}

/// The messages of an inquiry, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeList {
    pub(crate) notices: Vec<NoticeShown>,
}
