//! Indicators: how well people are served, each by one definition.
//!
//! Facts are read out of records as they stand ([`Facts`]); a [`Measure`] is counted from them by the definition of its
//! [`Indicator`], and always says from how many it was counted and how many were left out. A callback never counts as no
//! wait: whoever was called back is in the time to a person from the first ask on, and in no figure of those who held.

mod count;
mod decided;
mod duty;
mod facts;
mod hide;
mod kinds;
mod line;
#[cfg(test)]
mod tests;

pub use count::{count, estimate_came_true};
pub use decided::{Decided, PassedOn};
pub use duty::{LONGEST_SPELL, OTHERWISE, Piece, Shift};
pub use facts::{CallCame, Owed, OwedWhat, Promised, ReviewCame, Waited, promises};
pub use hide::{Shown, hide_small};
pub use kinds::{Indicator, Source, Topic, Unit};
pub use line::{waiting_at, waiting_over};

use crate::{
    actor::Staff,
    call_record::{CallRecord, TurnedAway},
    text::Lang,
    wait::{Operator, WaitingCaller},
};
use jiff::Timestamp;
use serde::Serialize;

/// The version of the definitions. Raised whenever one of them counts otherwise than before.
pub const VERSION: u32 = 2;

/// Live calls answered within so many seconds make the level of service.
pub const ANSWERED_WITHIN: i64 = 20;
/// Whoever leaves within so many seconds may have dialled wrongly.
pub const SHORT: i64 = 5;
/// Whoever asks again within so many days has not been helped the first time.
pub const AGAIN_WITHIN_DAYS: i64 = 14;
/// In what is published, a figure counted from fewer than this is not shown.
pub const LEAST_SHOWN: u64 = 10;
/// At most so many days are counted at once: no longer are waits kept.
pub const MOST_DAYS: i64 = crate::wait::KEPT_DAYS;

/// By what the figures are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum By {
    /// By nothing.
    #[default]
    All,
    /// By the queue in which people wait; of the line only.
    Queue,
    /// By the office that serves the person; of whoever waits, where it is known who they are.
    Office,
    /// By the person's language.
    Lang,
    /// By what they ask for.
    Reason,
    /// By whether they speak by a relay service, where that is known.
    Relay,
    /// By whether somebody acts for them, where that is known.
    Represented,
    /// By why operators are not ready; of nothing else.
    Pause,
}

impl By {
    /// Every way.
    pub const ALL: [Self; 8] = [
        Self::All,
        Self::Queue,
        Self::Office,
        Self::Lang,
        Self::Reason,
        Self::Relay,
        Self::Represented,
        Self::Pause,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Queue => "queue",
            Self::Office => "office",
            Self::Lang => "lang",
            Self::Reason => "reason",
            Self::Relay => "relay",
            Self::Represented => "represented",
            Self::Pause => "pause",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == s)
    }

    /// Is it of the line that all offices share?
    pub const fn is_line(self) -> bool {
        matches!(self, Self::Queue | Self::Pause)
    }

    /// Is an indicator defined by it? A promise has no queue, an operator's time none of what tells people apart, and whoever was
    /// turned away had only a language.
    pub const fn defines(self, indicator: Indicator) -> bool {
        let source = indicator.source();
        match self {
            Self::All => true,
            Self::Queue => matches!(source, Source::Waits | Source::Handled) && !indicator.is_blocked(),
            Self::Lang => !matches!(source, Source::Duty | Source::Shifts),
            Self::Office | Self::Reason | Self::Relay | Self::Represented => {
                !matches!(source, Source::Duty | Source::Shifts) && !indicator.is_blocked()
            }
            Self::Pause => matches!(indicator, Indicator::Shrinkage),
        }
    }
}

/// What came of counting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// What was counted.
    pub indicator: Indicator,
    /// Of whom: a queue, an office, a language or a reason, by its code; none for all.
    pub group: Option<String>,
    /// The figure, in the indicator's unit; none when it was counted from nothing.
    pub value: Option<i64>,
    /// From how many it was counted.
    pub n: u64,
    /// How many of the period's records it leaves out.
    pub left_out: u64,
    /// Was what it is counted from written down in the period? Where it was not, there is no figure, which is not nothing.
    pub recorded: bool,
}

/// What the figures of a period are made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Waits that ended in it.
    pub waits: Vec<Waited>,
    /// Who asked for a person in it and was turned away, and the language if it was known.
    pub turned_away: Vec<(TurnedAway, Option<Lang>)>,
    /// Operators' time, in pieces; also what lies before or after it.
    pub pieces: Vec<Piece>,
    /// When operators were planned to be there.
    pub shifts: Vec<Shift>,
    /// Promises that fell due in it.
    pub promises: Vec<Owed>,
    /// Its beginning.
    pub from: Timestamp,
    /// Its end, or now where that comes first: what is seen of whoever asks again.
    pub until: Timestamp,
}

impl Facts {
    /// Takes a wait in, if it is over, and the operators' time that it keeps.
    pub fn wait(&mut self, caller: WaitingCaller) {
        for spent in &caller.spent {
            self.pieces.extend(spent.spells.iter().map(|spell| Piece::over(spent.operator, spell)));
        }
        self.waits.extend(Waited::of(caller));
    }

    /// Takes in the time of an operator that no wait keeps yet, as it stands at `now`.
    pub fn operator(&mut self, operator: &Operator, now: Timestamp) {
        self.pieces.extend(duty::pieces(operator, now));
    }

    /// Takes in when a member of staff was to be at the line in the period.
    pub fn staff(&mut self, staff: &Staff) {
        self.shifts.extend(duty::shifts(staff, self.from, self.until));
    }

    /// Takes a call in, if its caller was turned away.
    pub fn call(&mut self, call: &CallRecord) {
        self.turned_away.extend(call.was_turned_away().map(|why| (why, call.lang.clone())));
    }

    /// Takes in the facts of another part of the period.
    pub fn and(&mut self, part: Self) {
        self.waits.extend(part.waits);
        self.turned_away.extend(part.turned_away);
        self.pieces.extend(part.pieces);
        self.shifts.extend(part.shifts);
        self.promises.extend(part.promises);
    }
}
