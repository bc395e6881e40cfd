//! What becomes of a call that we make: who is heard first, how a person is told from a machine, and what it comes to. Pure.
//!
//! How a machine is known: an officer hears it and says so; where the person is called before an officer is there, the line
//! says who calls and asks for a key. A machine presses none. Measuring how long somebody speaks at first was not chosen: a
//! relay service's operator, an interpreter or a receptionist speaks long, and would be taken for a machine.

use domain::{
    calendar::windows::{Answer, Silent},
    callback::CallOutcome,
};
use sip::Ended;

/// Whom the exchange connects first when it calls somebody back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum First {
    /// The officer: they hear it ring, and whatever the network says, and speak as soon as somebody is there.
    #[default]
    Officer,
    /// The person: they hear who calls, and the officer is connected when they press 1.
    Person,
}

/// How far a call of ours has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nobody has picked up. Whether it has rung there.
    Dialling {
        /// It has.
        rang: bool,
    },
    /// Who calls is being said, for the so manieth time.
    Asking(u8),
    /// A key is waited for.
    Waiting(u8),
    /// They speak with each other.
    Talking,
    /// A message is being left.
    Leaving,
    /// It is over for us.
    Over,
}

/// What happens in a call of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It rings there.
    Ringing,
    /// Somebody, or something, has picked up.
    PickedUp,
    /// What was to be said has been said.
    Spoken,
    /// A key was pressed there.
    Key(char),
    /// The time for a key is over.
    TimeUp,
    /// The officer says that a machine answers.
    Machine,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Do {
    /// Nothing.
    Nothing,
    /// Say who calls, and how to be connected.
    Ask,
    /// Wait so many seconds for a key.
    Wait(u8),
    /// Let them speak with each other.
    Connect,
    /// Say the message, without the officer.
    Leave,
    /// Hang up: it came to this.
    HangUp(CallOutcome),
}

/// By what a call of ours goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Who is connected first.
    pub first: First,
    /// The pack's rules of asking.
    pub answer: Answer,
    /// Calls come to the person by a relay service: no machine is looked for.
    pub relay: bool,
    /// A message may be left: the person has said that it may be heard who calls.
    pub message: bool,
}

impl Phase {
    /// A call that has just been begun.
    pub const BEGUN: Self = Self::Dialling { rang: false };

    /// What follows.
    pub fn next(self, heard: Heard, manner: Manner) -> (Self, Do) {
        let machine = if manner.message {
            (Self::Leaving, Do::Leave)
        } else {
            (Self::Over, Do::HangUp(CallOutcome::Machine))
        };
        match (self, heard) {
            (Self::Dialling { .. }, Heard::Ringing) => (Self::Dialling { rang: true }, Do::Nothing),
            (Self::Dialling { .. }, Heard::PickedUp) => match manner.first {
                First::Person if !manner.relay => (Self::Asking(1), Do::Ask),
                _ => (Self::Talking, Do::Connect),
            },
            (Self::Asking(_) | Self::Waiting(_), Heard::Key('1')) => (Self::Talking, Do::Connect),
            (Self::Asking(_) | Self::Waiting(_), Heard::Key('2')) => {
                (Self::Over, Do::HangUp(CallOutcome::Declined))
            }
            (Self::Asking(n), Heard::Spoken) => (Self::Waiting(n), Do::Wait(manner.answer.wait_seconds)),
            (Self::Waiting(n), Heard::TimeUp) if n < manner.answer.times => (Self::Asking(n + 1), Do::Ask),
            (Self::Waiting(_), Heard::TimeUp) => match manner.answer.silent {
                Silent::Person => (Self::Talking, Do::Connect),
                Silent::Machine => machine,
            },
            (Self::Talking, Heard::Machine) => machine,
            (Self::Leaving, Heard::Spoken) => (Self::Over, Do::HangUp(CallOutcome::Machine)),
            (before, _) => (before, Do::Nothing),
        }
    }

    /// What a call came to that ended in this phase; none when the officer has to say it: they spoke with somebody, or gave up
    /// themselves while it rang.
    pub const fn outcome(self, why: Ended) -> Option<CallOutcome> {
        match self {
            Self::Talking | Self::Over => None,
            // Somebody was there and hung up, or the line broke, before anybody was connected.
            Self::Asking(_) | Self::Waiting(_) => Some(CallOutcome::NoAnswer),
            Self::Leaving => Some(CallOutcome::Machine),
            Self::Dialling { rang } => unanswered(why, rang),
        }
    }
}

/// What it means for the person that a call ended before anybody picked up, by the final answer (RFC 3261, sections 21.4 to
/// 21.6; RFC 8197; RFC 8688; what the telephone network says is told by the same codes, RFC 3398, section 8.2.6.1); `rang`
/// says whether it rang there. What is not about the person is our own fault: nobody is called less for it.
pub const fn unanswered(why: Ended, rang: bool) -> Option<CallOutcome> {
    match why {
        // 486 busy here, 600 busy everywhere.
        Ended::Failed(486 | 600) => Some(CallOutcome::Busy),
        // 480 nobody there now (network cause 18 and 19), 487 ended while it rang.
        Ended::Failed(480 | 487) => Some(CallOutcome::NoAnswer),
        // 408 no word came: of the person when it rang there, else of the trunk.
        Ended::Failed(408) if rang => Some(CallOutcome::NoAnswer),
        // 603 declined, 607 unwanted, 608 rejected by whoever looks at calls for them.
        Ended::Failed(603 | 607 | 608) => Some(CallOutcome::Declined),
        // 404 no such number (cause 1), 410 changed (22), 484 incomplete (28), 604 nowhere.
        Ended::Failed(404 | 410 | 484 | 604) => Some(CallOutcome::WrongNumber),
        // We gave up: whoever did knows why.
        Ended::Ours => None,
        // 4xx and 5xx of the trunk's own, broken connections, nothing to agree on.
        _ => Some(CallOutcome::LineFault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICER: Manner = Manner { first: First::Officer, answer: ANSWER, relay: false, message: true };
    const PERSON: Manner = Manner { first: First::Person, ..OFFICER };
    const ANSWER: Answer = Answer { times: 2, wait_seconds: 6, silent: Silent::Machine };

    /// What is done, one after the other.
    fn done(manner: Manner, heard: &[Heard]) -> Vec<Do> {
        let mut phase = Phase::BEGUN;
        heard
            .iter()
            .map(|heard| {
                let what;
                (phase, what) = phase.next(*heard, manner);
                what
            })
            .collect()
    }

    use Heard::{Key, Machine, PickedUp, Ringing, Spoken, TimeUp};

    #[test]
    fn an_officer_speaks_at_once_and_says_when_it_is_a_machine() {
        assert_eq!(done(OFFICER, &[Ringing, PickedUp]), [Do::Nothing, Do::Connect]);
        let machine = done(OFFICER, &[PickedUp, Machine, Spoken]);
        assert_eq!(machine, [Do::Connect, Do::Leave, Do::HangUp(CallOutcome::Machine)]);
        let secret = Manner { message: false, ..OFFICER };
        assert_eq!(
            done(secret, &[PickedUp, Machine])[1],
            Do::HangUp(CallOutcome::Machine),
            "nothing is said"
        );
        assert_eq!(done(OFFICER, &[Machine]), [Do::Nothing], "nobody has picked up");
    }

    #[test]
    fn a_person_presses_a_key_and_a_machine_does_not() {
        assert_eq!(done(PERSON, &[PickedUp, Key('1')]), [Do::Ask, Do::Connect], "also while it is said");
        let second = done(PERSON, &[PickedUp, Spoken, TimeUp, Spoken, Key('1')]);
        assert_eq!(second, [Do::Ask, Do::Wait(6), Do::Ask, Do::Wait(6), Do::Connect]);
        let later = done(PERSON, &[PickedUp, Spoken, Key('7'), Key('2')]);
        assert_eq!(later[2..], [Do::Nothing, Do::HangUp(CallOutcome::Declined)]);
        let machine = done(PERSON, &[PickedUp, Spoken, TimeUp, Spoken, TimeUp, Spoken]);
        assert_eq!(machine[4..], [Do::Leave, Do::HangUp(CallOutcome::Machine)]);
    }

    #[test]
    fn whoever_cannot_press_is_connected_where_the_pack_or_a_relay_says_so() {
        let answer = Answer { silent: Silent::Person, times: 1, ..ANSWER };
        let silent = Manner { answer, ..PERSON };
        assert_eq!(done(silent, &[PickedUp, Spoken, TimeUp]), [Do::Ask, Do::Wait(6), Do::Connect]);
        let relay = Manner { relay: true, ..PERSON };
        assert_eq!(done(relay, &[PickedUp]), [Do::Connect]);
    }

    #[test]
    fn what_a_call_comes_to() {
        let rings = Phase::Dialling { rang: true };
        let cases = [
            (486, CallOutcome::Busy),
            (600, CallOutcome::Busy),
            (480, CallOutcome::NoAnswer),
            (487, CallOutcome::NoAnswer),
            (603, CallOutcome::Declined),
            (607, CallOutcome::Declined),
            (608, CallOutcome::Declined),
            (404, CallOutcome::WrongNumber),
            (410, CallOutcome::WrongNumber),
            (484, CallOutcome::WrongNumber),
            (604, CallOutcome::WrongNumber),
            (403, CallOutcome::LineFault),
            (407, CallOutcome::LineFault),
            (488, CallOutcome::LineFault),
            (500, CallOutcome::LineFault),
            (503, CallOutcome::LineFault),
        ];
        for (code, outcome) in cases {
            assert_eq!(rings.outcome(Ended::Failed(code)), Some(outcome), "{code}");
            assert_eq!(Phase::BEGUN.outcome(Ended::Failed(code)), Some(outcome), "{code}");
        }
        assert_eq!(rings.outcome(Ended::Failed(408)), Some(CallOutcome::NoAnswer));
        assert_eq!(
            Phase::BEGUN.outcome(Ended::Failed(408)),
            Some(CallOutcome::LineFault),
            "the trunk is silent"
        );
        assert_eq!(rings.outcome(Ended::TransportLost), Some(CallOutcome::LineFault));
        assert_eq!(rings.outcome(Ended::Ours), None, "the officer gave up, and says how it was");
        assert_eq!(Phase::Waiting(1).outcome(Ended::ByPeer), Some(CallOutcome::NoAnswer));
        assert_eq!(Phase::Leaving.outcome(Ended::ByPeer), Some(CallOutcome::Machine));
        assert_eq!(Phase::Talking.outcome(Ended::ByPeer), None);
    }
}
