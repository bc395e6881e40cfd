//! What becomes of a call that tells a notice: who calls, a key, the message, a key again. Pure.
//!
//! A machine presses no key, and hears no more than who called. Whoever presses one is somebody, not surely the person: nothing of
//! their case is said.

use crate::answering::unanswered;
use domain::{callback::CallOutcome, notice_call::NoticeCallEnd as End};
use sip::Ended;

/// How often who calls is said to whoever presses no key.
const ASKED: u8 = 2;
/// How often the message is said at most.
const SAID: u8 = 4;

/// How far the call has come.
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
    /// The message is being said, for the so manieth time.
    Telling(u8),
    /// It has been said, so often; a key is waited for.
    Told(u8),
    /// They said yes to it by a key: whether that can be done is being looked at.
    Answering,
    /// A last sentence is being said before we hang up: it has come to this.
    Parting(End),
    /// It is over: it came to this.
    Over(End),
}

/// What happens in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// It rings there.
    Ringing,
    /// Somebody, or something, has picked up.
    PickedUp,
    /// What was to be said in this turn has been said.
    Spoken {
        /// The turn, from 1 on.
        turn: u64,
    },
    /// A key was pressed there.
    Key(char),
    /// The key was pressed that says yes to what the message asks.
    Yes,
    /// What they said yes to has been done, or could not be.
    Answered(bool),
    /// The time is over: for a key, or for somebody to pick up.
    TimeUp,
    /// It has ended there, or on the way.
    Ended(Ended),
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Do {
    /// Nothing.
    Nothing,
    /// Say who calls, and which keys there are.
    Ask,
    /// Say the message, and what can be done now.
    Tell,
    /// Do what they said yes to.
    Answer,
    /// Say that it is done.
    Done,
    /// Say that it could not be done.
    Gone,
    /// Say that there are no more such calls.
    Part,
    /// Wait for a key.
    Wait,
    /// Hang up.
    HangUp,
}

impl Phase {
    /// A call that has just been begun.
    pub const BEGUN: Self = Self::Dialling { rang: false };

    /// What it came to, once it is over.
    pub const fn end(self) -> Option<End> {
        match self {
            Self::Over(end) => Some(end),
            _ => None,
        }
    }

    /// Has the message been said, so that it can be said yes to?
    pub const fn asks(self) -> bool {
        matches!(self, Self::Telling(2..) | Self::Told(_))
    }

    /// What follows.
    pub fn next(self, heard: Heard) -> (Self, Do) {
        match (self, heard) {
            (Self::Over(_), _) => (self, Do::Nothing),
            (before, Heard::Ended(why)) => (Self::Over(before.ended(why)), Do::Nothing),
            (Self::Dialling { .. }, Heard::Ringing) => (Self::Dialling { rang: true }, Do::Nothing),
            (Self::Dialling { .. }, Heard::PickedUp) => (Self::Asking(1), Do::Ask),
            (Self::Dialling { .. }, Heard::TimeUp) => {
                (Self::Over(End::Missed(CallOutcome::NoAnswer)), Do::HangUp)
            }
            (Self::Asking(_) | Self::Waiting(_), Heard::Key('1')) => (Self::Telling(1), Do::Tell),
            (Self::Asking(_) | Self::Waiting(_), Heard::Key('2')) => (Self::Over(End::Later), Do::HangUp),
            // Before it was said once, they want neither this one nor others.
            (Self::Asking(_) | Self::Waiting(_) | Self::Telling(1), Heard::Key('9')) => {
                (Self::Parting(End::Never), Do::Part)
            }
            (Self::Asking(n) | Self::Waiting(n), Heard::Key('*')) if n < SAID => {
                (Self::Asking(n + 1), Do::Ask)
            }
            (Self::Asking(n), Heard::Spoken { .. }) => (Self::Waiting(n), Do::Wait),
            (Self::Waiting(n), Heard::TimeUp) if n < ASKED => (Self::Asking(n + 1), Do::Ask),
            (Self::Waiting(_), Heard::TimeUp) => (Self::Over(End::Unheard), Do::HangUp),
            (Self::Telling(n), Heard::Spoken { .. }) => (Self::Told(n), Do::Wait),
            (Self::Telling(n) | Self::Told(n), Heard::Key('*')) if n < SAID => {
                (Self::Telling(n + 1), Do::Tell)
            }
            // Only once it was said: whoever pressed the first key twice has said yes to nothing.
            (Self::Telling(2..) | Self::Told(_), Heard::Yes) => (Self::Answering, Do::Answer),
            (Self::Answering, Heard::Answered(true)) => (Self::Parting(End::Accepted), Do::Done),
            (Self::Answering, Heard::Answered(false) | Heard::TimeUp) => {
                (Self::Parting(End::Heard), Do::Gone)
            }
            (Self::Telling(_) | Self::Told(_), Heard::Key('9')) => (Self::Parting(End::HeardLast), Do::Part),
            (Self::Told(_), Heard::TimeUp) => (Self::Over(End::Heard), Do::HangUp),
            (Self::Parting(end), Heard::Spoken { .. }) => (Self::Over(end), Do::HangUp),
            (before, _) => (before, Do::Nothing),
        }
    }

    /// What a call came to that ended in this phase, not by us.
    fn ended(self, why: Ended) -> End {
        match self {
            Self::Dialling { rang } => End::Missed(unanswered(why, rang).unwrap_or(CallOutcome::NoAnswer)),
            Self::Asking(_) | Self::Waiting(_) | Self::Telling(1) => End::Unheard,
            Self::Telling(_) | Self::Told(_) | Self::Answering => End::Heard,
            Self::Parting(end) | Self::Over(end) => end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPOKEN: Heard = Heard::Spoken { turn: 1 };

    /// What is done, one after the other, and what it comes to.
    fn done(heard: &[Heard]) -> (Vec<Do>, Option<End>) {
        let mut phase = Phase::BEGUN;
        let done = heard.iter().map(|heard| {
            let what;
            (phase, what) = phase.next(*heard);
            what
        });
        let done: Vec<Do> = done.filter(|what| *what != Do::Nothing).collect();
        (done, phase.end())
    }

    #[test]
    fn the_message_is_said_to_whoever_presses_the_key_and_to_nobody_else() {
        let (did, end) = done(&[
            Heard::Ringing,
            Heard::PickedUp,
            Heard::Key('1'),
            SPOKEN,
            Heard::Key('*'),
            SPOKEN,
            Heard::TimeUp,
        ]);
        assert_eq!(did, [Do::Ask, Do::Tell, Do::Wait, Do::Tell, Do::Wait, Do::HangUp]);
        assert_eq!(end, Some(End::Heard));

        let machine = [Heard::PickedUp, SPOKEN, Heard::TimeUp, SPOKEN, Heard::TimeUp];
        let (did, end) = done(&machine);
        assert_eq!(did, [Do::Ask, Do::Wait, Do::Ask, Do::Wait, Do::HangUp]);
        assert_eq!(end, Some(End::Unheard), "a machine hears who called, twice, and no more");
    }

    #[test]
    fn who_says_yes_hears_what_came_of_it() {
        let heard = [Heard::PickedUp, Heard::Key('1'), SPOKEN, Heard::Yes];
        let (did, end) = done(&[&heard[..], &[Heard::Answered(true), SPOKEN]].concat());
        assert_eq!(did, [Do::Ask, Do::Tell, Do::Wait, Do::Answer, Do::Done, Do::HangUp]);
        assert_eq!(end, Some(End::Accepted));
        for late in [Heard::Answered(false), Heard::TimeUp] {
            let (did, end) = done(&[&heard[..], &[late, SPOKEN]].concat());
            assert_eq!((did[4], end), (Do::Gone, Some(End::Heard)));
        }
        let twice = [Heard::PickedUp, Heard::Key('1'), Heard::Yes, SPOKEN, Heard::TimeUp];
        assert_eq!(done(&twice).1, Some(End::Heard), "before it was said it is no yes");
        let gone = [&heard[..], &[Heard::Ended(Ended::ByPeer)]].concat();
        assert_eq!(done(&gone).1, Some(End::Heard), "what was said yes to is done all the same");
    }

    #[test]
    fn the_keys_say_later_and_never() {
        assert_eq!(done(&[Heard::PickedUp, Heard::Key('2')]), (vec![Do::Ask, Do::HangUp], Some(End::Later)));
        let never = done(&[Heard::PickedUp, SPOKEN, Heard::Key('9'), SPOKEN]);
        assert_eq!(never, (vec![Do::Ask, Do::Wait, Do::Part, Do::HangUp], Some(End::Never)));
        let last = [Heard::PickedUp, Heard::Key('1'), SPOKEN, Heard::Key('9'), SPOKEN];
        assert_eq!(done(&last).1, Some(End::HeardLast));
        let before = [Heard::PickedUp, Heard::Key('1'), Heard::Key('9'), SPOKEN];
        assert_eq!(done(&before).1, Some(End::Never), "what was cut short was not heard");
    }

    #[test]
    fn whoever_hangs_up_has_heard_it_once_it_was_said() {
        let gone = Heard::Ended(Ended::ByPeer);
        assert_eq!(done(&[Heard::PickedUp, gone]).1, Some(End::Unheard));
        assert_eq!(done(&[Heard::PickedUp, Heard::Key('1'), gone]).1, Some(End::Unheard));
        assert_eq!(done(&[Heard::PickedUp, Heard::Key('1'), SPOKEN, gone]).1, Some(End::Heard));
        assert_eq!(done(&[Heard::PickedUp, Heard::Key('9'), gone]).1, Some(End::Never));
    }

    #[test]
    fn a_call_that_nobody_takes_ends_by_itself_and_says_why() {
        assert_eq!(done(&[Heard::Ringing, Heard::TimeUp]).1, Some(End::Missed(CallOutcome::NoAnswer)));
        for (code, outcome) in
            [(486, CallOutcome::Busy), (404, CallOutcome::WrongNumber), (503, CallOutcome::LineFault)]
        {
            let ended = Heard::Ended(Ended::Failed(code));
            assert_eq!(done(&[ended]).1, Some(End::Missed(outcome)), "{code}");
        }
    }

    #[test]
    fn no_keys_keep_a_call_going_for_ever() {
        let stars =
            [&[Heard::PickedUp][..], &[Heard::Key('*'); 40], &[Heard::Key('1')], &[Heard::Key('*'); 40]];
        let (did, _) = done(&stars.concat());
        assert!(did.len() <= 2 * usize::from(SAID), "{did:?}");
    }
}
