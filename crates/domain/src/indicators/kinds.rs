//! Every indicator: its stable name, of what it is made and what it is measured in, in the order in which they are told.

use serde::Serialize;

/// What an indicator is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// How many.
    Count,
    /// A part of all that count, in thousandths.
    Thousandths,
    /// Whole seconds.
    Seconds,
    /// Seconds, told in days.
    Days,
}

/// Of which records an indicator is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Waits for an operator.
    Waits,
    /// The same, and what is kept of them and of operators' time since definitions of version 2.
    Handled,
    /// Operators' time on duty.
    Duty,
    /// When operators were planned to be there, and their time on duty.
    Shifts,
    /// Promised calls.
    Calls,
    /// Appointments.
    Visits,
    /// Reviews that people asked for.
    Reviews,
    /// Calls and appointments.
    Promises,
}

/// What indicators are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Everything promised.
    Promises,
    /// The line, as callers know it.
    Line,
    /// Operators' time.
    Operators,
    /// Promised calls.
    Calls,
    /// Reviews.
    Reviews,
    /// Appointments.
    Visits,
}

impl Topic {
    /// Each, in the order in which it is shown.
    pub const ALL: [Self; 6] =
        [Self::Promises, Self::Line, Self::Operators, Self::Calls, Self::Visits, Self::Reviews];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Promises => "promises",
            Self::Line => "line",
            Self::Operators => "operators",
            Self::Calls => "calls",
            Self::Reviews => "reviews",
            Self::Visits => "visits",
        }
    }
}

impl Source {
    /// What it is about, as people look for it.
    pub const fn topic(self) -> Topic {
        match self {
            Self::Promises => Topic::Promises,
            Self::Waits => Topic::Line,
            Self::Handled | Self::Duty | Self::Shifts => Topic::Operators,
            Self::Calls => Topic::Calls,
            Self::Reviews => Topic::Reviews,
            Self::Visits => Topic::Visits,
        }
    }

    /// Is it of the line that all offices share?
    pub const fn is_line(self) -> bool {
        matches!(self, Self::Waits | Self::Handled | Self::Duty | Self::Shifts)
    }
}

/// One table for what would otherwise stand in four places.
macro_rules! indicators {
    ($($(#[$doc:meta])+ $name:ident = $code:literal, $source:ident, $unit:ident;)+) => {
        /// What is counted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Indicator {
            $($(#[$doc])+ $name,)+
        }

        impl Indicator {
            /// Every indicator, in the order in which they are told.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$name),+];

            /// The stable name.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            /// Of what it is made.
            pub const fn source(self) -> Source {
                match self {
                    $(Self::$name => Source::$source,)+
                }
            }

            /// What it is measured in.
            pub const fn unit(self) -> Unit {
                match self {
                    $(Self::$name => Unit::$unit,)+
                }
            }
        }
    };
}

indicators! {
    /// Promises kept, calls and appointments together.
    PromisesKept = "promises-kept", Promises, Thousandths;
    /// Everybody who asked for an operator, however it ended, also who was turned away.
    Offered = "offered", Waits, Count;
    /// Turned away, of all who asked.
    Blocked = "blocked", Waits, Thousandths;
    /// Turned away because nobody was there at that time.
    BlockedClosed = "blocked-closed", Waits, Count;
    /// Turned away because there was no room for the call.
    BlockedFull = "blocked-full", Waits, Count;
    /// From the first ask until an operator spoke with them, across callbacks and retries: half of them at most.
    PersonHalf = "person-half", Waits, Seconds;
    /// The same, nine of ten at most.
    PersonMost = "person-most", Waits, Seconds;
    /// The mean wait of those who held and were answered.
    AnswerSpeed = "answer-speed", Waits, Seconds;
    /// Answered within [`ANSWERED_WITHIN`](super::ANSWERED_WITHIN), of those who held or were turned away.
    ServiceLevel = "service-level", Waits, Thousandths;
    /// Left before they spoke with anybody. Who was turned away did not leave.
    Abandoned = "abandoned", Waits, Thousandths;
    /// The same without those who left within [`SHORT`](super::SHORT).
    AbandonedLong = "abandoned-long", Waits, Thousandths;
    /// Called back, and lost before they spoke with anybody.
    CallbackLost = "callback-lost", Waits, Thousandths;
    /// The mean time from the first word to the end of the call.
    TalkTime = "talk-time", Waits, Seconds;
    /// The mean handling time of those who held: talk, hold and wrap-up.
    LiveHandle = "live-handle", Handled, Seconds;
    /// The same: half of them at most.
    LiveHandleHalf = "live-handle-half", Handled, Seconds;
    /// The same: nine of ten at most.
    LiveHandleMost = "live-handle-most", Handled, Seconds;
    /// Its part in which operator and caller heard each other.
    LiveTalk = "live-talk", Handled, Seconds;
    /// Its part in which the caller held.
    LiveHold = "live-hold", Handled, Seconds;
    /// Its part after the call.
    LiveWrapUp = "live-wrap-up", Handled, Seconds;
    /// The mean handling time of those who were called back.
    BackHandle = "back-handle", Handled, Seconds;
    /// The same: half of them at most.
    BackHandleHalf = "back-handle-half", Handled, Seconds;
    /// The same: nine of ten at most.
    BackHandleMost = "back-handle-most", Handled, Seconds;
    /// Its part in which operator and caller heard each other.
    BackTalk = "back-talk", Handled, Seconds;
    /// Its part in which the caller held.
    BackHold = "back-hold", Handled, Seconds;
    /// Its part after the call.
    BackWrapUp = "back-wrap-up", Handled, Seconds;
    /// Operators' time with callers, of that and the time they were ready.
    Occupancy = "occupancy", Duty, Thousandths;
    /// Operators' time with callers, of all the time they were on duty.
    Utilisation = "utilisation", Duty, Thousandths;
    /// Operators' time on duty in which they were not ready.
    Shrinkage = "shrinkage", Duty, Thousandths;
    /// The time in which operators were planned and on duty, of all in which they were planned.
    Adherence = "adherence", Shifts, Thousandths;
    /// What was told of the wait first and came true.
    EstimateRight = "estimate-right", Waits, Thousandths;
    /// By how much the wait was longer than the middle of what was told first; below nothing where it was shorter.
    EstimateBias = "estimate-bias", Waits, Seconds;
    /// Passed on by an operator, of those who spoke with one.
    PassedOn = "passed-on", Waits, Thousandths;
    /// Passed on to an officer, of those who spoke with an operator.
    Escalated = "escalated", Handled, Thousandths;
    /// Asked again within [`AGAIN_WITHIN_DAYS`](super::AGAIN_WITHIN_DAYS), of those who spoke with an operator so long ago.
    AskedAgain = "asked-again", Waits, Thousandths;
    /// Promised calls that fell due.
    CallsDue = "calls-due", Calls, Count;
    /// First dialled within the window, and reached.
    CallsKept = "calls-kept", Calls, Thousandths;
    /// First dialled within the window.
    CallsOnTime = "calls-on-time", Calls, Thousandths;
    /// Reached, of those first dialled within the window.
    CallsReached = "calls-reached", Calls, Thousandths;
    /// Nobody dialled within the window.
    CallsMissedByUs = "calls-missed-by-us", Calls, Thousandths;
    /// Dialled within the window, and the person not reached.
    CallsMissedByPerson = "calls-missed-by-person", Calls, Thousandths;
    /// Dialled within the window, and every attempt failed on the way.
    CallsFailed = "calls-failed", Calls, Thousandths;
    /// Moved at the person's wish.
    CallsMoved = "calls-moved", Calls, Thousandths;
    /// Moved by the agency.
    CallsMovedByUs = "calls-moved-by-us", Calls, Thousandths;
    /// From the window's begin until it was dialled first: half of them at most.
    DialledHalf = "dialled-half", Calls, Seconds;
    /// The same, nine of ten at most.
    DialledMost = "dialled-most", Calls, Seconds;
    /// The mean length of a promised call in which the person was reached.
    CallTalk = "call-talk", Calls, Seconds;
    /// How late the promised call is that is owed longest and has not been dialled.
    LatestOwed = "latest-owed", Calls, Seconds;
    /// Decided otherwise by an officer than the operator had, who passed the matter on.
    Overturned = "overturned", Calls, Thousandths;
    /// A visit was granted after the call, and refused later.
    GrantedChanged = "granted-changed", Calls, Thousandths;
    /// A visit was not granted after the call, and granted later.
    DeniedChanged = "denied-changed", Calls, Thousandths;
    /// Reviews that people asked for and that fell due.
    ReviewsDue = "reviews-due", Reviews, Count;
    /// The decision stayed as it was.
    ReviewsUpheld = "reviews-upheld", Reviews, Thousandths;
    /// It was changed, into a visit.
    ReviewsGranted = "reviews-granted", Reviews, Thousandths;
    /// It was changed, into something else.
    ReviewsOtherwise = "reviews-otherwise", Reviews, Thousandths;
    /// The inquiry came to its end before anybody had decided.
    ReviewsOvertaken = "reviews-overtaken", Reviews, Thousandths;
    /// Appointments that fell due.
    VisitsDue = "visits-due", Visits, Count;
    /// The person came, and was served.
    VisitsServed = "visits-served", Visits, Thousandths;
    /// The person did not come.
    VisitsMissed = "visits-missed", Visits, Thousandths;
    /// Cancelled by the office.
    VisitsBroken = "visits-broken", Visits, Thousandths;
    /// From the first contact to the appointment: half of them at most.
    VisitDaysHalf = "visit-days-half", Visits, Days;
    /// The same, nine of ten at most.
    VisitDaysMost = "visit-days-most", Visits, Days;
}

impl Indicator {
    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|indicator| indicator.as_str() == s)
    }

    /// Is it about who was turned away? Of them neither a queue nor what they wanted is known.
    pub const fn is_blocked(self) -> bool {
        matches!(self, Self::Blocked | Self::BlockedClosed | Self::BlockedFull)
    }
}
