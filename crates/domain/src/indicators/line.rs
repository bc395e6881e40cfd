//! How many waited, looked at afterwards.

use crate::wait::{State, WaitingCaller};
use jiff::{SignedDuration, Timestamp};

/// How many of these waited at a time: they had asked, and neither spoken with anybody nor gone.
pub fn waiting_at(callers: &[WaitingCaller], at: Timestamp) -> usize {
    callers.iter().filter(|caller| caller.first_asked <= at && at < until(caller)).count()
}

/// How many waited at the end of each of `steps` equal parts of the stretch that ends at `now`, the earliest first.
pub fn waiting_over(
    callers: &[WaitingCaller],
    stretch: SignedDuration,
    steps: i32,
    now: Timestamp,
) -> Vec<(Timestamp, usize)> {
    let step = stretch / steps.max(1);
    (0..=steps.max(1))
        .rev()
        .map(|back| now.saturating_sub(step.saturating_mul(back)).unwrap_or(now))
        .map(|at| (at, waiting_at(callers, at)))
        .collect()
}

/// Until when they waited; without end while they do.
fn until(caller: &WaitingCaller) -> Timestamp {
    match (caller.talked, &caller.state) {
        (Some(talked), _) => talked,
        (None, State::Over { at, .. }) => *at,
        (None, _) => Timestamp::MAX,
    }
}
