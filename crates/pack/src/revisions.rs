//! Versions of policies that are made at the desk, laid over those of the pack.

use crate::{
    Pack,
    fault::{Fault, Place, Source, Warning},
    files::hex,
    policies,
};
use domain::{
    ids::RevisionId,
    imported::Imported,
    revision::{Revision, RevisionStage},
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use triage::{DecisionKind, Policy, PolicySet};

/// What a policy that is written at the desk is called in places, where it has no file.
const FILE: &str = "policy";

/// A version that was approved and cannot be used here: the newest that can stays in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub revision: RevisionId,
    /// Of which policy.
    pub policy: DecisionKind,
    /// What it is called.
    pub name: String,
    /// Why, each with its place.
    pub faults: Vec<Fault>,
}

/// The versions that were made at the desk.
#[derive(Debug, Clone, Default)]
pub(crate) struct Made {
    by_name: BTreeMap<(DecisionKind, String), RevisionId>,
    left_out: Vec<LeftOut>,
}

impl Pack {
    /// The same pack with what is kept in the store over it: imported tables (see [`Pack::with_imported`]) and approved versions
    /// of policies. What had been laid over it before does not count.
    ///
    /// A version is in force from its day on, whatever the pack says for that day; of two of one day, the one that was
    /// approved last. One that has faults is left out and told by [`Pack::left_out`].
    ///
    /// # Errors
    /// Every fault of the pack with the tables. A version of a policy is never one.
    pub fn with_kept(
        &self,
        tables: &[Imported],
        revisions: &[Revision],
    ) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        let (mut pack, warnings) = self.with_imported(tables)?;
        pack.lay(revisions);
        Ok((pack, warnings))
    }

    fn lay(&mut self, revisions: &[Revision]) {
        let approved = |revision: &Revision| match &revision.stage {
            RevisionStage::Approved { at, .. } => Some(*at),
            _ => None,
        };
        let mut standing: Vec<(Timestamp, &Revision)> =
            revisions.iter().filter_map(|revision| Some((approved(revision)?, revision))).collect();
        standing.sort_by_key(|(at, revision)| (*at, revision.id));
        let mut hash = Sha256::new();
        hash.update(&self.hash);
        for (_, revision) in standing {
            let name = revision.name.clone().unwrap_or_default();
            match self.laid_over(revision) {
                Ok(policy) => {
                    hash.update(policy.hash());
                    self.made.by_name.insert((revision.policy, name), revision.id);
                }
                Err(faults) => self.made.left_out.push(LeftOut {
                    revision: revision.id,
                    policy: revision.policy,
                    name,
                    faults,
                }),
            }
        }
        if !self.made.by_name.is_empty() {
            self.hash = hex(&hash.finalize());
        }
    }

    fn laid_over(&mut self, revision: &Revision) -> Result<Policy, Vec<Fault>> {
        let (policy, _) = self.judge_policy(revision.policy, &revision.text)?;
        let laid = match self.policies.get_mut(&revision.policy) {
            Some(set) => set.lay_over(policy.clone()),
            None => {
                PolicySet::new([policy.clone()]).map(|set| drop(self.policies.insert(revision.policy, set)))
            }
        };
        laid.map_err(|fault| vec![Fault { at: Place::file(FILE), says: fault.to_string() }])?;
        Ok(policy)
    }

    /// Judges a version of a policy as if it stood in a file of this pack.
    ///
    /// # Errors
    /// Every fault, each with its line.
    pub fn judge_policy(&self, kind: DecisionKind, text: &str) -> Result<(Policy, Vec<Warning>), Vec<Fault>> {
        policies::judge(Source { file: FILE, text }, kind, self.languages(), &self.supplied)
    }

    /// Approved versions that cannot be used with this pack, as in [`Pack::with_kept`].
    pub fn left_out(&self) -> &[LeftOut] {
        &self.made.left_out
    }

    /// Where a version was made at the desk; none when it is the pack's own.
    pub fn made_at_desk(&self, kind: DecisionKind, version: &str) -> Option<RevisionId> {
        self.made.by_name.get(&(kind, version.to_owned())).copied()
    }
}
