//! Versions of policies that are made at the desk: what is there, and what is wrong with each.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    decision::DecisionKind,
    ids::RevisionId,
    journal::Happened,
    revision::{Named, Revision, RevisionRefused, is_name},
};
use jiff::{Timestamp, civil::Date};
use pack::{Fault, Warning};
use std::sync::Arc;
use store::{Committed, Revisions, StoreError, columns::LONGEST_PAGE};
use triage::{Comparison, Policy, Sheet, compare};

/// What the linter says of a text.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The policy; none when there are faults.
    pub policy: Option<Policy>,
    /// What keeps it from being proposed, each with its line.
    pub faults: Vec<Fault>,
    /// What deserves a look.
    pub warnings: Vec<Warning>,
}

impl Desk {
    /// The agency's day.
    pub fn today(&self, now: Timestamp) -> Date {
        self.pack.line().calendar.zone.date(now)
    }

    /// Judges a text as a version of a policy: as a pack is judged, with its examples run.
    ///
    /// # Errors
    /// When it could not be judged; faults are no error.
    pub async fn judge_policy(&self, kind: DecisionKind, text: &str) -> Result<Judged, DeskError> {
        let (pack, text) = (Arc::clone(&self.pack), text.to_owned());
        // Whether each row can fire is tried out, which takes a moment that other requests should not wait for.
        let judged = tokio::task::spawn_blocking(move || match pack.judge_policy(kind, &text) {
            Ok((policy, warnings)) => Judged { policy: Some(policy), faults: Vec::new(), warnings },
            Err(faults) => Judged { policy: None, faults, warnings: Vec::new() },
        });
        Ok(judged.await.map_err(|error| StoreError::Engine(Box::new(error)))?)
    }

    /// Drafts and proposals, in the order in which they were begun.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn open_revisions(&self, caller: &Caller) -> Result<Vec<Revision>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        Ok(self.store.revisions(Revisions::Open, LONGEST_PAGE).await?)
    }

    /// Versions that were approved, in the order in which they were begun.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn standing_revisions(&self, caller: &Caller) -> Result<Vec<Revision>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        Ok(self.store.revisions(Revisions::Standing, LONGEST_PAGE).await?)
    }

    /// One version that was made at the desk.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn revision(&self, caller: &Caller, id: RevisionId) -> Result<Revision, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        self.store.revision(id).await?.ok_or(DeskError::NotFound)
    }

    /// What a text changes in the version that is in force on a day; none when one of the two cannot be taken apart.
    pub fn changes_of(&self, kind: DecisionKind, text: &str, on: Date) -> Option<Comparison> {
        let before = Sheet::read(self.pack.policy(kind, on)?.text()).ok()?;
        Some(compare(&before, &Sheet::read(text).ok()?))
    }

    /// A revision's text as it would be in force from a day on, under a name or its own, if nothing speaks against it.
    pub(crate) async fn named(
        &self,
        revision: &Revision,
        name: Option<&str>,
        day: Date,
    ) -> Result<Named, DeskError> {
        let sheet = |text: &str| Sheet::read(text).map_err(|_| RevisionRefused::Unreadable);
        if name.is_some_and(|name| !is_name(name)) {
            return Err(RevisionRefused::Name.into());
        }
        let judged = self.judge_policy(revision.policy, &revision.text).await?;
        if judged.policy.is_none() {
            return Err(RevisionRefused::Faults { n: judged.faults.len() }.into());
        }
        let text = match name {
            Some(name) => sheet(&revision.text)?.with_version(name),
            None => revision.text.clone(),
        };
        let text = sheet(&text)?.with_effective(day);
        // What stands in force is what was judged, to the letter.
        let judged = self.judge_policy(revision.policy, &text).await?;
        let policy = judged.policy.ok_or(RevisionRefused::Unreadable)?;
        let name = policy.version().to_owned();
        if self.name_is_taken(revision.policy, &name, Some(revision.id)).await? {
            return Err(RevisionRefused::NameInUse.into());
        }
        Ok(Named { text, name, hash: policy.hash().to_owned() })
    }

    /// Is another version of the policy called so: one of the pack, one that was approved, one that is proposed?
    pub(crate) async fn name_is_taken(
        &self,
        kind: DecisionKind,
        name: &str,
        but: Option<RevisionId>,
    ) -> Result<bool, StoreError> {
        let of_pack = self
            .pack
            .policies(kind)
            .is_some_and(|set| set.version(name).is_some() && self.pack.made_at_desk(kind, name).is_none());
        let mut kept = self.store.revisions(Revisions::Open, LONGEST_PAGE).await?;
        kept.extend(self.store.revisions(Revisions::Standing, LONGEST_PAGE).await?);
        let theirs = |other: &Revision| {
            other.policy == kind && Some(other.id) != but && other.taken_name() == Some(name)
        };
        Ok(of_pack || kept.iter().any(theirs))
    }

    /// The change that writes a revision.
    pub(crate) fn revised(caller: &Caller, next: Revision, happened: Option<Happened>) -> Change {
        let mut change = Change::new(caller.command());
        if let Some(happened) = happened {
            change.note(None, happened);
        }
        change.answer = serde_json::json!({ "revision": next.id });
        change.writes.push(Write::Revision(Box::new(next)));
        change
    }

    /// The revision that a command answered with.
    pub(crate) async fn answered_revision(&self, done: &Committed) -> Result<Revision, DeskError> {
        let id =
            done.answer["revision"].as_str().and_then(|id| id.parse().ok()).ok_or(DeskError::NotFound)?;
        self.store.revision(id).await?.ok_or(DeskError::NotFound)
    }
}
