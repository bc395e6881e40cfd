//! When to try again.

use jiff::{SignedDuration, Timestamp};

/// How a notice that was put off is tried again: at growing distances, a little scattered, then given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// The wait after the first failure; each further wait is twice the one before.
    pub first: SignedDuration,
    /// The longest wait.
    pub longest: SignedDuration,
    /// How much a wait is scattered, in percent of it to either side (0 to 100), so that what failed
    /// together is not tried together.
    pub scatter: u8,
    /// How many attempts there are in all, the first included.
    pub attempts: u32,
}

/// A minute, doubling to an hour, 30 attempts: given up after about a day. The server that takes the message
/// keeps trying for days by itself (RFC 5321 §4.5.4.1); this is for a server of our own that does not answer.
impl Default for Retry {
    fn default() -> Self {
        Self {
            first: SignedDuration::from_mins(1),
            longest: SignedDuration::from_hours(1),
            scatter: 20,
            attempts: 30,
        }
    }
}

/// What happens after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is tried again, not before this.
    At(Timestamp),
    /// It is given up, and a person looks at it.
    GiveUp,
}

impl Retry {
    /// What happens after `made` attempts (at least one), the last of which failed for the time being at
    /// `failed_at`. Any `u32` is chance enough.
    pub fn after(&self, made: u32, failed_at: Timestamp, chance: u32) -> Next {
        if made >= self.attempts {
            return Next::GiveUp;
        }
        let doubled = 2_i32.checked_pow(made.saturating_sub(1)).and_then(|n| self.first.checked_mul(n));
        let wait = doubled.map_or(self.longest, |wait| wait.min(self.longest));
        // From (100 − scatter) to (100 + scatter) percent, in steps of a hundredth of a percent.
        let scatter = i64::from(self.scatter.min(100)) * 100;
        let share = 10_000 - scatter + i64::from(chance) % (2 * scatter + 1);
        let millis = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX).saturating_mul(share) / 10_000;
        // Beyond the year 9999 there is nothing to try.
        failed_at.checked_add(SignedDuration::from_millis(millis)).map_or(Next::GiveUp, Next::At)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn now() -> Timestamp {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn waits_double_up_to_the_longest() {
        let retry = Retry { scatter: 0, ..Retry::default() };
        let minutes: Vec<i64> = (1..10)
            .map(|made| match retry.after(made, now(), 7) {
                Next::At(at) => at.duration_since(now()).as_mins(),
                Next::GiveUp => -1,
            })
            .collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(retry.after(30, now(), 7), Next::GiveUp);
    }

    #[test]
    fn gives_up_after_about_a_day() {
        let retry = Retry { scatter: 0, ..Retry::default() };
        let mut at = now();
        for made in 1.. {
            match retry.after(made, at, 0) {
                Next::At(next) => at = next,
                Next::GiveUp => break,
            }
        }
        assert_eq!(at.duration_since(now()).as_hours(), 24);
    }

    proptest! {
        #[test]
        fn chance_scatters_within_its_bounds(made in 1_u32..30, chance: u32) {
            let retry = Retry::default();
            let Next::At(plain) = Retry { scatter: 0, ..retry }.after(made, now(), 0) else { unreachable!() };
            let Next::At(scattered) = retry.after(made, now(), chance) else { unreachable!() };
            let (plain, scattered) = (plain.duration_since(now()), scattered.duration_since(now()));
            prop_assert!(scattered >= plain * 8 / 10 && scattered <= plain * 12 / 10, "{plain} {scattered}");
        }
    }
}
