//! How often somebody may ask. Like the pages' limits, and apart from them: a program's requests are counted by its token and told to it in
//! headers, a page's tries by address and kind.

use desk::Buckets;
use jiff::{SignedDuration, Timestamp};

/// How often one subject may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many requests at once …
    pub requests: u32,
    /// … and so many again after this many seconds; 1 or more.
    pub seconds: u32,
}

/// What is left after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// How many requests can still be made now.
    pub(crate) remaining: u32,
    /// In how many seconds all can be made again.
    pub(crate) reset: i64,
}

/// All tries.
#[derive(Debug, Default)]
pub(crate) struct Limits(Buckets<String>);

impl Limits {
    /// Takes a request; `Err` says in how many seconds there is one again.
    pub(crate) fn take(&self, rate: Rate, subject: &str, now: Timestamp) -> Result<Left, i64> {
        let requests = rate.requests.max(1);
        let step =
            SignedDuration::from_secs(rate.seconds.max(1).into()) / requests.try_into().unwrap_or(i32::MAX);
        let used = self.0.take(subject.to_owned(), requests, step, now).map_err(|wait| up(wait).max(1))?;
        let room = step * requests.try_into().unwrap_or(i32::MAX);
        let left = (room - used).as_nanos() / step.as_nanos().max(1);
        Ok(Left { remaining: u32::try_from(left).unwrap_or(0), reset: up(used) })
    }
}

/// Whole seconds, rounded up.
pub(crate) fn up(duration: SignedDuration) -> i64 {
    duration.as_secs() + i64::from(duration.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + seconds).unwrap()
    }

    #[test]
    fn counts_down_and_fills_up() {
        let limits = Limits::default();
        let rate = Rate { requests: 3, seconds: 30 };
        for remaining in [2, 1, 0] {
            assert_eq!(limits.take(rate, "a", at(0)).unwrap().remaining, remaining);
        }
        assert_eq!(limits.take(rate, "a", at(4)), Err(6));
        assert_eq!(limits.take(rate, "b", at(4)).unwrap(), Left { remaining: 2, reset: 10 });
        // Refused requests cost nothing.
        assert_eq!(limits.take(rate, "a", at(10)).unwrap(), Left { remaining: 0, reset: 30 });
        assert_eq!(limits.take(rate, "a", at(100)).unwrap().remaining, 2);
    }
}
