//! What may be published: no figure from which one could tell something about somebody.

use super::Measure;

/// A figure as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What was counted.
    pub measure: Measure,
    /// Is the figure held back, because too few people stand behind it?
    pub hidden: bool,
}

/// Holds back what was counted from fewer than `least`. Whoever knows the sum can work out what an indicator's gaps come to together:
/// the smallest of its other groups are held back too until there is more than one gap, and enough people stand behind them.
pub fn hide_small(measures: Vec<Measure>, least: u64) -> Vec<Shown> {
    let mut shown: Vec<Shown> = measures
        .into_iter()
        .map(|measure| Shown { hidden: (1..least).contains(&measure.n), measure })
        .collect();
    for group in shown.chunk_by_mut(|a, b| a.measure.indicator == b.measure.indicator) {
        loop {
            let gaps = group.iter().filter(|one| one.hidden);
            let (many, people) = gaps.fold((0, 0), |(many, people), one| (many + 1, people + one.measure.n));
            if many == 0 || (many > 1 && people >= least) {
                break;
            }
            let next = group.iter_mut().filter(|one| !one.hidden && one.measure.n > 0);
            let Some(next) = next.min_by_key(|one| one.measure.n) else { break };
            next.hidden = true;
        }
    }
    shown
}
