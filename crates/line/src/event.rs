//! What happens to a call, and what is to be done about it.

use crate::answer::{Answer, Query};
use domain::{remembered::Accommodation, text::Lang};
use facts::{Facts, Value};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A key of a telephone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(char);

impl Key {
    /// `*`: says it again, and begins a command where digits are data.
    pub const STAR: Self = Self('*');
    /// `#`: ends a row of digits.
    pub const POUND: Self = Self('#');
    /// `0`: a person.
    pub const OPERATOR: Self = Self('0');
    /// `9`: slower.
    pub const SLOWER: Self = Self('9');

    /// The key with this sign, if a telephone has it.
    pub fn new(sign: char) -> Option<Self> {
        matches!(sign, '0'..='9' | '*' | '#').then_some(Self(sign))
    }

    /// Its sign.
    pub const fn sign(self) -> char {
        self.0
    }
}

/// Which key it was may be a digit of somebody's number.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The caller pressed a key. Keys pressed while something is said are taken at once.
    Key(Key),
    /// Everything said up to this turn has been heard, or could not be said.
    Spoken {
        /// The [`Say::turn`] of the last one.
        turn: u64,
    },
    /// The time of [`Engine::next_wakeup`](crate::Engine::next_wakeup) has come.
    Wake,
    /// What was asked is answered.
    Answered {
        /// The number under which it was asked.
        ask: u64,
        /// The answer.
        answer: Box<Answer>,
    },
    /// What was asked cannot be answered: a store or a source does not work.
    Failed {
        /// The number under which it was asked.
        ask: u64,
    },
    /// The caller's place in the queue, whenever it changes.
    Position {
        /// 1 is next.
        place: u32,
        /// The wait that is likely, in whole minutes, least and longest.
        wait: Option<(u16, u16)>,
    },
    /// It has become known what the caller needs. What they said themselves in this call stands.
    Needs(Accommodation),
    /// The caller has hung up, or the line is dead.
    HungUp,
    /// The call goes on at another node: what was going on is begun again.
    Resumed,
}

/// What is to be done, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// A state was entered: for the record of the contact.
    Entered(String),
    /// Stop speaking at once: the caller has answered.
    Hush,
    /// Say this after what is being said; then tell with [`Event::Spoken`].
    Say(Say),
    /// Listen for keys.
    Gather(Gather),
    /// Answer this, later, under its number.
    Ask {
        /// Its number.
        ask: u64,
        /// What is asked.
        query: Query,
        /// The language of the call.
        lang: Lang,
    },
    /// Remember what this number chose, for its next call.
    Remember {
        /// The language.
        lang: Lang,
    },
    /// What was asked under this number is no longer wanted: leave the queue, drop the lookup.
    Withdraw {
        /// Its number.
        ask: u64,
    },
    /// Hang up.
    Hangup,
    /// The call is over; nothing follows.
    Over {
        /// Whether the caller was cut off while waiting, and keeps the place.
        keep_place: bool,
    },
}

/// How fast words are said, in percent of the usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rate(u8);

impl Rate {
    /// As usual.
    pub const USUAL: Self = Self(100);

    /// In percent of the usual, 65 to 100.
    pub const fn percent(self) -> u8 {
        self.0
    }

    /// One step slower; the second step is the slowest.
    #[must_use]
    pub const fn slower(self) -> Self {
        if self.0 > 80 { Self(80) } else { Self(65) }
    }
}

/// Several prompts in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// The number of the turn, for [`Event::Spoken`].
    pub turn: u64,
    /// What to say, in order.
    pub prompts: Vec<Spoken>,
    /// How fast.
    pub rate: Rate,
}

/// One prompt. Its words are those of [`Flow::words`](crate::Flow::words).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spoken {
    /// The key of the prompt.
    pub prompt: String,
    /// In which language: that of the call, or the one that a menu of languages names.
    pub lang: Lang,
    /// Whether it is said for a second time, and may be shorter.
    pub again: bool,
    /// What is put into it, by name. It may be about a person.
    pub args: Facts,
}

impl fmt::Debug for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let args: Vec<&str> = self.args.iter().map(|(name, _): (&str, &Value)| name).collect();
        f.debug_struct("Spoken")
            .field("prompt", &self.prompt)
            .field("lang", &self.lang)
            .field("again", &self.again)
            .field("args", &args)
            .finish()
    }
}

/// What keys are listened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gather {
    /// One of these keys.
    Keys(Vec<Key>),
    /// A row of digits.
    Digits {
        /// At least so many.
        least: usize,
        /// At most so many.
        most: usize,
    },
}
