//! Several versions of one policy.

use crate::policy::Policy;
use domain::decision::DecisionKind;
use jiff::civil::Date;

/// The versions of one policy, by the day from which each holds.
#[derive(Debug, Clone)]
pub struct PolicySet {
    kind: DecisionKind,
    /// Earliest first; of one day, whatever was laid over comes later.
    by_date: Vec<Policy>,
}

/// Why policies do not make a set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetFault {
    /// There are none.
    #[error("there is no policy at all")]
    Empty,
    /// They recommend different decisions.
    #[error("version {version} recommends the {found}, the others the {kind}")]
    Kind {
        /// What the first one recommends.
        kind: DecisionKind,
        /// What this one recommends.
        found: DecisionKind,
        /// Its version.
        version: String,
    },
    /// Two hold from the same day.
    #[error("versions {first} and {second} both hold from {date}")]
    SameDay {
        /// The day.
        date: Date,
        /// One version.
        first: String,
        /// The other.
        second: String,
    },
    /// Two have the same version, so that a journaled decision would not say which.
    #[error("two tables are both version {version}")]
    SameVersion {
        /// The version.
        version: String,
    },
}

impl PolicySet {
    /// A set of versions, in any order.
    pub fn new(policies: impl IntoIterator<Item = Policy>) -> Result<Self, SetFault> {
        let mut policies = policies.into_iter();
        let first = policies.next().ok_or(SetFault::Empty)?;
        let mut set = Self { kind: first.kind, by_date: vec![first] };
        for policy in policies {
            set.add(policy)?;
        }
        Ok(set)
    }

    /// Adds a version.
    ///
    /// # Errors
    /// [`SetFault`], also when another holds from the same day.
    pub fn add(&mut self, policy: Policy) -> Result<(), SetFault> {
        let date = policy.effective;
        let same_day = self.by_date.iter().find(|other| other.effective == date);
        match same_day.map(|other| other.version.clone()) {
            Some(first) if first != policy.version && policy.kind == self.kind => {
                Err(SetFault::SameDay { date, first, second: policy.version })
            }
            _ => self.lay_over(policy),
        }
    }

    /// Adds a version that takes the place, from its day on, of every other that holds from that day or before.
    ///
    /// # Errors
    /// [`SetFault::Kind`], [`SetFault::SameVersion`].
    pub fn lay_over(&mut self, policy: Policy) -> Result<(), SetFault> {
        if policy.kind != self.kind {
            return Err(SetFault::Kind { kind: self.kind, found: policy.kind, version: policy.version });
        }
        if self.by_date.iter().any(|other| other.version == policy.version) {
            return Err(SetFault::SameVersion { version: policy.version });
        }
        let at = self.by_date.partition_point(|other| other.effective <= policy.effective);
        self.by_date.insert(at, policy);
        Ok(())
    }

    /// Which decision the set recommends.
    pub const fn kind(&self) -> DecisionKind {
        self.kind
    }

    /// The version that holds on a day: the latest whose date is not after it. `None` before the first.
    ///
    /// The day is the agency's own (the civil date where the decision is made), not UTC's.
    pub fn in_force(&self, on: Date) -> Option<&Policy> {
        let after = self.by_date.partition_point(|policy| policy.effective <= on);
        self.by_date.get(after.checked_sub(1)?)
    }

    /// Every version, earliest first.
    pub fn versions(&self) -> impl DoubleEndedIterator<Item = &Policy> {
        self.by_date.iter()
    }

    /// One version.
    pub fn version(&self, name: &str) -> Option<&Policy> {
        self.by_date.iter().find(|policy| policy.version == name)
    }
}
