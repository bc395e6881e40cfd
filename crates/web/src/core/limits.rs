//! How often somebody may try: token buckets in memory, a bounded number of them.

use crate::core::WebError;
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gate {
    /// Sending a request, by address.
    Request,
    /// Opening an inquiry with number and date of birth, by address.
    Proof,
    /// The same, by inquiry number: whether it exists or not.
    ProofNumber,
    /// Asking for a case's status, by address.
    Status,
    /// Asking for a fresh link, by address.
    Resend,
    /// The same, by inquiry number.
    ResendNumber,
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
    /// Sending a form after waiting instead of letting the browser work, by address.
    Waited,
    /// Choosing one's own time, by the contact on record: who acts for many people asks us to call.
    OwnContact,
    /// Checking in at a kiosk, by office: a person takes some seconds, and a guesser gets nowhere.
    Kiosk,
}

impl Gate {
    /// How many tries there are at once, and how long one takes to come back.
    const fn rule(self) -> (u32, SignedDuration) {
        match self {
            Self::Request => (10, SignedDuration::from_mins(6)),
            Self::Proof => (20, SignedDuration::from_mins(2)),
            Self::ProofNumber => (5, SignedDuration::from_mins(15)),
            Self::Status => (30, SignedDuration::from_secs(10)),
            Self::Resend => (10, SignedDuration::from_mins(5)),
            Self::ResendNumber => (3, SignedDuration::from_mins(20)),
            Self::SignIn => (20, SignedDuration::from_secs(30)),
            Self::SignInName => (6, SignedDuration::from_mins(2)),
            // A code of six digits is right three times in a million: so few tries leave a guesser years.
            Self::Code => (5, SignedDuration::from_mins(10)),
            // A code is right twice in a thousand million for each message of ours: a guesser gets nowhere.
            Self::Mark => (10, SignedDuration::from_mins(1)),
            Self::Call => (6, SignedDuration::from_mins(5)),
            Self::Waited => (2, SignedDuration::from_mins(5)),
            Self::OwnContact => (5, SignedDuration::from_hours(5)),
            Self::Kiosk => (30, SignedDuration::from_secs(4)),
        }
    }
}

/// Never more buckets than this; a bucket is about a hundred bytes.
const MOST: usize = 50_000;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    /// When it is full again. Every try puts this later by one step.
    full_at: Timestamp,
}

impl Bucket {
    /// When it is full again if one more try is taken now.
    fn after_one_more(self, tries: u32, step: SignedDuration, now: Timestamp) -> Result<Timestamp, WebError> {
        let used = self.full_at.max(now) + step;
        let wait = used.duration_since(now) - step * i32::try_from(tries).unwrap_or(i32::MAX);
        if wait.is_positive() { Err(WebError::TooMany { seconds: wait.as_secs().max(1) }) } else { Ok(used) }
    }
}

/// All buckets.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<HashMap<(Gate, String), Bucket>>);

impl Limits {
    /// Takes a try.
    ///
    /// # Errors
    /// [`WebError::TooMany`] when there is none left.
    pub(crate) fn take(&self, gate: Gate, subject: &str, now: Timestamp) -> Result<(), WebError> {
        let (tries, step) = gate.rule();
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| bucket.full_at > now);
            if buckets.len() >= MOST {
                // A flood from many addresses: those nearest to full know the least, and go.
                let mut ends: Vec<Timestamp> = buckets.values().map(|bucket| bucket.full_at).collect();
                let middle = ends.len() / 2;
                let (_, cut, _) = ends.select_nth_unstable(middle);
                let cut = *cut;
                buckets.retain(|_, bucket| bucket.full_at > cut);
            }
        }
        let subject: String = subject.chars().take(100).collect();
        let bucket = buckets.entry((gate, subject)).or_insert(Bucket { full_at: now });
        bucket.full_at = bucket.after_one_more(tries, step, now)?;
        Ok(())
    }

    /// Whether there is a try left, for what counts only when it comes to something.
    pub(crate) fn has_one(&self, gate: Gate, subject: &str, now: Timestamp) -> bool {
        let (tries, step) = gate.rule();
        let subject: String = subject.chars().take(100).collect();
        let buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.get(&(gate, subject)).is_none_or(|bucket| bucket.after_one_more(tries, step, now).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + minute * 60).unwrap()
    }

    #[test]
    fn gives_so_many_tries_and_one_more_after_each_step() {
        let limits = Limits::default();
        for _ in 0..5 {
            limits.take(Gate::ProofNumber, "1", at(0)).unwrap();
        }
        let Err(WebError::TooMany { seconds }) = limits.take(Gate::ProofNumber, "1", at(1)) else { panic!() };
        assert_eq!(seconds, 14 * 60);
        limits.take(Gate::ProofNumber, "2", at(1)).unwrap();
        limits.take(Gate::Proof, "1", at(1)).unwrap();
        assert!(
            limits.has_one(Gate::ProofNumber, "1", at(15)) && !limits.has_one(Gate::ProofNumber, "1", at(14))
        );
        limits.take(Gate::ProofNumber, "1", at(15)).unwrap();
        assert!(limits.take(Gate::ProofNumber, "1", at(16)).is_err());
        // Refused tries cost nothing: the wait does not grow by trying.
        limits.take(Gate::ProofNumber, "1", at(30)).unwrap();
    }

    #[test]
    fn never_keeps_more_than_the_bound() {
        let limits = Limits::default();
        for n in 0..MOST + 10 {
            limits.take(Gate::Proof, &n.to_string(), at(0)).unwrap();
        }
        assert!(limits.0.lock().unwrap().len() <= MOST);
    }
}
