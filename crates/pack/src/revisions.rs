//! What is made at the desk, laid over the pack: versions of policies over its policies, versions of files over its files.

use crate::{
    Pack,
    fault::{Fault, Place, Source, Warning},
    files::hex,
    policies,
    texts::{self, Texts},
};
use domain::{
    ids::RevisionId,
    imported::Imported,
    revision::{Revision, RevisionStage, Subject},
};
use jiff::{Timestamp, civil::Date};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::Arc};
use triage::{DecisionKind, Policy, PolicySet};

/// What a policy that is written at the desk is called in places, where it has no file.
const FILE: &str = "policy";

/// A version that was approved and cannot be used here: the newest that can stays in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub revision: RevisionId,
    /// Of what.
    pub subject: Subject,
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
    /// Every approved version of a policy, to be judged again when something else changes.
    pub(crate) policies: Arc<[Revision]>,
    pub(crate) texts: Texts,
}

impl Pack {
    /// The same pack with what is kept in the store over it on a day of the agency: imported tables (see [`Pack::with_imported`]), and
    /// approved versions of policies and of files. What had been laid over it before does not count.
    ///
    /// A version of a policy is in force from its day on, whatever the pack says for that day; of two of one day, the one that was
    /// approved last. A version of a file lies over the folder's from its day on; the newest does. What has faults is left out and
    /// told by [`Pack::left_out`].
    ///
    /// # Errors
    /// Every fault of the pack with the tables. A version is never one.
    pub fn with_kept(
        &self,
        tables: &[Imported],
        revisions: &[Revision],
        today: Date,
    ) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        let (mut pack, warnings, left_out) = texts::lay(&self.base, tables, revisions, today)?;
        pack.made.left_out = left_out;
        let policies = revisions.iter().filter(|revision| revision.subject.policy().is_some());
        pack.lay(&policies.cloned().collect());
        Ok((pack, warnings))
    }

    pub(crate) fn lay(&mut self, policies: &Arc<[Revision]>) {
        self.made.policies = Arc::clone(policies);
        let approved = |revision: &Revision| match &revision.stage {
            RevisionStage::Approved { at, .. } => Some(*at),
            _ => None,
        };
        let mut standing: Vec<(Timestamp, DecisionKind, &Revision)> = policies
            .iter()
            .filter_map(|revision| Some((approved(revision)?, revision.subject.policy()?, revision)))
            .collect();
        standing.sort_by_key(|(at, _, revision)| (*at, revision.id));
        let mut hash = Sha256::new();
        hash.update(&self.hash);
        for (_, kind, revision) in standing {
            let name = revision.name.clone().unwrap_or_default();
            match self.laid_over(kind, revision) {
                Ok(policy) => {
                    hash.update(policy.hash());
                    self.made.by_name.insert((kind, name), revision.id);
                }
                Err(faults) => self.made.left_out.push(LeftOut {
                    revision: revision.id,
                    subject: revision.subject.clone(),
                    name,
                    faults,
                }),
            }
        }
        if !self.made.by_name.is_empty() {
            self.hash = hex(&hash.finalize());
        }
    }

    fn laid_over(&mut self, kind: DecisionKind, revision: &Revision) -> Result<Policy, Vec<Fault>> {
        let (policy, _) = self.judge_policy(kind, &revision.text)?;
        let laid = match self.policies.get_mut(&kind) {
            Some(set) => set.lay_over(policy.clone()),
            None => PolicySet::new([policy.clone()]).map(|set| drop(self.policies.insert(kind, set))),
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

    /// Where a version of a policy was made at the desk; none when it is the pack's own.
    pub fn made_at_desk(&self, kind: DecisionKind, version: &str) -> Option<RevisionId> {
        self.made.by_name.get(&(kind, version.to_owned())).copied()
    }
}
