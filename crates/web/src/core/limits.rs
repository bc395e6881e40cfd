//! How often somebody may try: what is tried, and how many tries there are.

use crate::core::WebError;
use desk::Buckets;
use jiff::{SignedDuration, Timestamp};

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gate {
    /// Sending a request, by address.
    Request,
    /// Opening an inquiry with number and date of birth, by address.
    Proof,
    /// Asking for a case's status, by address.
    Status,
    /// Asking for a fresh link, by address.
    Resend,
    /// Signing in, by address.
    SignIn,
    /// The same, by sign-in name.
    SignInName,
    /// A code that could be guessed, by account and browser.
    Code,
    /// Asking whether a code on a message or a call is ours, by address.
    Mark,
    /// Calling the line from the browser, by address.
    Call,
    /// Choosing one's own time, by the contact on record: who acts for many people asks us to call.
    OwnContact,
    /// Reading a calendar that keeps itself up to date, by its pass: a program asks every hour, several may ask.
    Calendar,
    /// The same with an address that opens nothing, by address.
    NoCalendar,
    /// Asking for a code to go on elsewhere, by address.
    Later,
    /// Going on with such a code, by address.
    Resume,
    /// Checking in at a kiosk, by office: a person takes some seconds, and a guesser gets nowhere.
    Kiosk,
}

impl Gate {
    /// How many tries there are at once, and how long one takes to come back.
    const fn rule(self) -> (u32, SignedDuration) {
        match self {
            Self::Request => (10, SignedDuration::from_mins(6)),
            Self::Proof => (20, SignedDuration::from_mins(2)),
            Self::Status => (30, SignedDuration::from_secs(10)),
            Self::Resend => (10, SignedDuration::from_mins(5)),
            Self::SignIn => (20, SignedDuration::from_secs(30)),
            Self::SignInName => (6, SignedDuration::from_mins(2)),
            // A code of six digits is right three times in a million: so few tries leave a guesser years.
            Self::Code => (5, SignedDuration::from_mins(10)),
            // A code is right twice in a thousand million for each message of ours: a guesser gets nowhere.
            Self::Mark | Self::Resume => (10, SignedDuration::from_mins(1)),
            Self::Call => (6, SignedDuration::from_mins(5)),
            Self::OwnContact => (5, SignedDuration::from_hours(5)),
            Self::Calendar | Self::NoCalendar => (30, SignedDuration::from_mins(1)),
            Self::Later => (10, SignedDuration::from_mins(2)),
            // There are so many codes that a guesser gets nowhere.
            Self::Kiosk => (30, SignedDuration::from_secs(4)),
        }
    }
}

/// All tries.
#[derive(Debug, Default)]
pub(crate) struct Limits(Buckets<(Gate, String)>);

impl Limits {
    /// Takes a try.
    ///
    /// # Errors
    /// [`WebError::TooMany`] when there is none left.
    pub(crate) fn take(&self, gate: Gate, subject: &str, now: Timestamp) -> Result<(), WebError> {
        let (tries, step) = gate.rule();
        let subject: String = subject.chars().take(100).collect();
        self.0.take((gate, subject), tries, step, now).map(drop).map_err(WebError::wait)
    }

    /// Whether there is a try left, for what counts only when it comes to something.
    pub(crate) fn has_one(&self, gate: Gate, subject: &str, now: Timestamp) -> bool {
        let (tries, step) = gate.rule();
        self.0.has_one(&(gate, subject.chars().take(100).collect()), tries, step, now)
    }
}
