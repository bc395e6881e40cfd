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

/// Holds back what was counted from fewer than `least`. Where that leaves a single gap among an indicator's groups, whoever
/// knows the sum could fill it in: then the smallest of the others is held back too.
pub fn hide_small(measures: Vec<Measure>, least: u64) -> Vec<Shown> {
    let mut shown: Vec<Shown> = measures
        .into_iter()
        .map(|measure| Shown { hidden: (1..least).contains(&measure.n), measure })
        .collect();
    for group in shown.chunk_by_mut(|a, b| a.measure.indicator == b.measure.indicator) {
        if group.iter().filter(|one| one.hidden).count() == 1 {
            let next = group.iter_mut().filter(|one| !one.hidden && one.measure.n > 0);
            if let Some(next) = next.min_by_key(|one| one.measure.n) {
                next.hidden = true;
            }
        }
    }
    shown
}
