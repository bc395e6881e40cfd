//! Delegates: people whom somebody's representative lets act for them, each within stated limits.
//!
//! Whoever is a delegate reads where the inquiry stands; each [`DelegateAct`] is given on top of that. What is not one of them is
//! never theirs, whatever the agency or the representative would like:
//!
//! - to withdraw the inquiry, or to ask for a review of what was decided: both end or spend a right that the person has once;
//! - to change where the person is written to, in which language, or what an officer says to be known: whoever can do that takes
//!   the inquiry away from its person;
//! - to name other delegates: who may speak must always be one step from the person.

use crate::{earlier::SaidBy, phone::PhoneNumber, pii::Pii, text::Lang};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something that a delegate can be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DelegateAct {
    /// Say that the person comes.
    Confirm,
    /// Say that missing papers are there.
    Papers,
    /// Correct what is recorded, as far as it is not how the person is reached.
    Correct,
    /// Choose, move and give back the promised call.
    Call,
    /// Choose, move and cancel the visit, and ask for an earlier one.
    Visit,
    /// Speak with the officer when the call comes.
    TakeCall,
}

impl DelegateAct {
    /// Every act, in the order in which a form shows them.
    pub const ALL: [Self; 6] =
        [Self::Confirm, Self::Papers, Self::Correct, Self::Call, Self::Visit, Self::TakeCall];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Papers => "papers",
            Self::Correct => "correct",
            Self::Call => "call",
            Self::Visit => "visit",
            Self::TakeCall => "take-call",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.as_str() == s)
    }
}

/// What an agency allows of delegates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelegateRules {
    /// How many may act at once for one inquiry.
    pub most: u8,
    /// For how many days one may be named at most.
    pub longest_days: u16,
    /// What may be delegated at all.
    pub acts: BTreeSet<DelegateAct>,
    /// May they be named on the inquiry's page only when the representative's form is on file?
    #[serde(default)]
    pub needs_form: bool,
}

impl DelegateRules {
    /// The most delegates that an agency can allow at once.
    pub const MOST: u8 = 20;
    /// The longest time that it can allow, in days.
    pub const LONGEST_DAYS: u16 = 731;

    /// What is wrong with them, in a sentence.
    pub fn fault(&self) -> Option<&'static str> {
        if !(1..=Self::MOST).contains(&self.most) {
            Some("`most` is from 1 to 20")
        } else if !(1..=Self::LONGEST_DAYS).contains(&self.longest_days) {
            Some("`longest_days` is from 1 to 731")
        } else {
            None
        }
    }
}

/// Where a delegate's link goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "to", rename_all = "kebab-case")]
pub enum DelegateReach {
    /// To this e-mail address.
    Email(Pii<String>),
    /// To this mobile telephone, by text.
    Text(PhoneNumber),
}

/// On whose word a member of staff named or ended a delegate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordOf {
    /// The person's own.
    Person,
    /// Their representative's.
    Representative,
}

impl WordOf {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Person, Self::Representative];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Representative => "representative",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|of| of.as_str() == s)
    }
}

/// Whose word it was, and how they said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OnWord {
    /// Whose.
    pub of: WordOf,
    /// How.
    pub said: SaidBy,
}

/// A delegate who is to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelegate {
    /// Their name.
    pub name: Pii<String>,
    /// Where their link goes.
    pub reach: DelegateReach,
    /// In which language they are written to.
    pub lang: Lang,
    /// What they may do beside reading.
    pub may: BTreeSet<DelegateAct>,
    /// Their last day, by the person's calendar.
    pub last_day: Date,
}

/// Why a delegate acts no more, before their time was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DelegateEndWhy {
    /// The person or their representative said so on the inquiry's page, or a program of theirs did.
    Person,
    /// A member of staff did, on somebody's word.
    Staff(OnWord),
    /// The delegate did.
    Delegate,
    /// The inquiry is over.
    Closed,
    /// The person is protected: nobody reads of them by a link.
    Protected,
}

impl DelegateEndWhy {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Staff(_) => "staff",
            Self::Delegate => "delegate",
            Self::Closed => "closed",
            Self::Protected => "protected",
        }
    }
}

/// That a delegate acts no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegateEnd {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub why: DelegateEndWhy,
}

/// That a delegate's link was sent anew: those from before open nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resent {
    /// How often.
    pub times: u16,
    /// When last.
    pub at: Timestamp,
}

impl Resent {
    /// A delegate's link is sent anew at most once in this time.
    pub const PAUSE: SignedDuration = SignedDuration::from_hours(1);
}

/// Somebody who may act for the person of an inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// Their number in the inquiry, from 1 on: it stands in the journal for them, and is never given again.
    pub nth: u8,
    /// Their name.
    pub name: Pii<String>,
    /// Where their link goes.
    pub reach: DelegateReach,
    /// In which language they are written to.
    pub lang: Lang,
    /// What they may do beside reading.
    pub may: BTreeSet<DelegateAct>,
    /// Since when.
    pub since: Timestamp,
    /// Until when, at the latest.
    pub until: Timestamp,
    /// On whose word a member of staff named them; none where it was done on the inquiry's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<OnWord>,
    /// That their link was sent anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resent: Option<Resent>,
    /// That they were ended before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<DelegateEnd>,
}

impl Delegate {
    /// Do they act at `now`?
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.until
    }

    /// Which of their links works: the number of those before it.
    pub fn link(&self) -> u16 {
        self.resent.map_or(0, |resent| resent.times)
    }

    /// May they do it while they act?
    pub fn may(&self, act: DelegateAct) -> bool {
        self.may.contains(&act)
    }
}
