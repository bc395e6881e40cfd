//! Who hears whom: bridges of two, and those who listen, whisper or barge in.

use crate::api::{Join, LegId};
use std::collections::HashMap;

/// The ties between legs. Every pair that is bridged is there both ways; who listens has no bridge and nobody listening on it.
#[derive(Debug, Clone, Default)]
pub struct Ties {
    partners: HashMap<LegId, LegId>,
    ears: HashMap<LegId, (LegId, Join)>,
}

impl Ties {
    /// Two legs hear each other from now on. Gives all whose ties changed.
    pub fn bridge(&mut self, a: LegId, b: LegId) -> Vec<LegId> {
        if a == b {
            return Vec::new();
        }
        let mut changed = vec![a, b];
        for leg in [a, b] {
            changed.extend(self.partners.remove(&leg).inspect(|other| {
                self.partners.remove(other);
            }));
            changed.extend(self.ears.remove(&leg).map(|(on, _)| on));
        }
        self.partners.insert(a, b);
        self.partners.insert(b, a);
        self.around(changed)
    }

    /// Leaves a bridge or a listening; who listens on this leg goes on. Gives all whose ties changed.
    pub fn leave(&mut self, leg: LegId) -> Vec<LegId> {
        let mut changed = self.around(vec![leg]);
        if let Some(other) = self.partners.remove(&leg) {
            self.partners.remove(&other);
        }
        self.ears.remove(&leg);
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// The leg is gone, and with it the listening on it. Gives all whose ties changed.
    pub fn gone(&mut self, leg: LegId) -> Vec<LegId> {
        let mut changed = self.leave(leg);
        self.ears.retain(|_, (on, _)| *on != leg);
        changed.retain(|other| *other != leg);
        changed
    }

    /// A leg listens on another. Nothing happens when that one listens itself. Gives all whose ties changed.
    pub fn listen(&mut self, ear: LegId, on: LegId, mode: Join) -> Vec<LegId> {
        if ear == on || self.ears.contains_key(&on) || self.partners.get(&ear) == Some(&on) {
            return Vec::new();
        }
        let mut changed = self.leave(ear);
        let deaf: Vec<LegId> =
            self.ears.iter().filter(|(_, (on, _))| *on == ear).map(|(other, _)| *other).collect();
        for other in deaf {
            self.ears.remove(&other);
            changed.push(other);
        }
        self.ears.insert(ear, (on, mode));
        changed.push(ear);
        self.around(changed)
    }

    /// The other end of a bridge.
    pub fn partner(&self, leg: LegId) -> Option<LegId> {
        self.partners.get(&leg).copied()
    }

    /// All whom a leg hears.
    pub fn heard_by(&self, leg: LegId) -> impl Iterator<Item = LegId> + '_ {
        let listening = self.ears.get(&leg).map(|(on, _)| *on);
        let first = listening.unwrap_or(leg);
        let second = self.partner(first);
        let joined = self.ears.iter().filter(move |(ear, (on, mode))| {
            let heard = match mode {
                Join::Listen => false,
                Join::Whisper => *on == leg,
                Join::Barge => *on == first || Some(*on) == second,
            };
            heard && **ear != leg
        });
        listening.into_iter().chain(second).chain(joined.map(|(ear, _)| *ear))
    }

    /// Whether more than two are in the call of a leg, so that voices must be added up.
    pub fn crowded(&self, leg: LegId) -> bool {
        let other = self.partner(leg);
        self.ears.contains_key(&leg) || self.ears.values().any(|(on, _)| *on == leg || Some(*on) == other)
    }

    /// Who listens on a leg.
    pub fn ears_on(&self, leg: LegId) -> impl Iterator<Item = (LegId, Join)> + '_ {
        self.ears.iter().filter(move |(_, (on, _))| *on == leg).map(|(ear, (_, mode))| (*ear, *mode))
    }

    /// These, the other ends of their bridges, and all who listen on any of them.
    fn around(&self, mut legs: Vec<LegId>) -> Vec<LegId> {
        let on: Vec<LegId> = legs.iter().filter_map(|leg| self.ears.get(leg)).map(|(on, _)| *on).collect();
        legs.extend(on);
        let partners: Vec<LegId> = legs.iter().filter_map(|leg| self.partner(*leg)).collect();
        legs.extend(partners);
        let ears: Vec<LegId> =
            self.ears.iter().filter(|(_, (on, _))| legs.contains(on)).map(|(ear, _)| *ear).collect();
        legs.extend(ears);
        legs.sort_unstable();
        legs.dedup();
        legs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLER: LegId = LegId(1);
    const OPERATOR: LegId = LegId(2);
    const SUPERVISOR: LegId = LegId(3);
    const OTHER: LegId = LegId(4);

    fn heard(ties: &Ties, leg: LegId) -> Vec<LegId> {
        let mut heard: Vec<LegId> = ties.heard_by(leg).collect();
        heard.sort_unstable();
        heard
    }

    fn call(mode: Join) -> Ties {
        let mut ties = Ties::default();
        ties.bridge(CALLER, OPERATOR);
        ties.listen(SUPERVISOR, OPERATOR, mode);
        ties
    }

    #[test]
    fn a_bridge_is_for_two() {
        let mut ties = Ties::default();
        assert_eq!(ties.bridge(CALLER, OPERATOR), [CALLER, OPERATOR]);
        assert_eq!(heard(&ties, CALLER), [OPERATOR]);
        assert_eq!(heard(&ties, OPERATOR), [CALLER]);
        assert!(!ties.crowded(CALLER));
        assert_eq!(ties.bridge(OTHER, OPERATOR), [CALLER, OPERATOR, OTHER]);
        assert_eq!(heard(&ties, CALLER), [], "the first bridge has ended");
        assert!(ties.bridge(OTHER, OTHER).is_empty());
        assert_eq!(heard(&ties, OTHER), [OPERATOR]);
    }

    #[test]
    fn who_listens_hears_both_and_is_heard_by_those_meant() {
        for (mode, caller, operator) in [
            (Join::Listen, vec![OPERATOR], vec![CALLER]),
            (Join::Whisper, vec![OPERATOR], vec![CALLER, SUPERVISOR]),
            (Join::Barge, vec![OPERATOR, SUPERVISOR], vec![CALLER, SUPERVISOR]),
        ] {
            let ties = call(mode);
            assert_eq!(heard(&ties, SUPERVISOR), [CALLER, OPERATOR], "{mode:?}");
            assert_eq!(heard(&ties, CALLER), caller, "{mode:?}");
            assert_eq!(heard(&ties, OPERATOR), operator, "{mode:?}");
            assert!([CALLER, OPERATOR, SUPERVISOR].iter().all(|leg| ties.crowded(*leg)));
        }
    }

    #[test]
    fn the_mode_changes_and_the_end_leaves_two() {
        let mut ties = call(Join::Listen);
        ties.listen(SUPERVISOR, OPERATOR, Join::Barge);
        assert_eq!(heard(&ties, CALLER), [OPERATOR, SUPERVISOR]);
        assert_eq!(ties.leave(SUPERVISOR), [CALLER, OPERATOR, SUPERVISOR]);
        assert!(!ties.crowded(CALLER) && !ties.crowded(SUPERVISOR));
        assert_eq!(heard(&ties, CALLER), [OPERATOR]);
    }

    #[test]
    fn an_ear_on_the_caller_alone_follows_into_the_bridge() {
        let mut ties = Ties::default();
        ties.listen(SUPERVISOR, CALLER, Join::Listen);
        assert_eq!(heard(&ties, SUPERVISOR), [CALLER]);
        assert_eq!(ties.bridge(CALLER, OPERATOR), [CALLER, OPERATOR, SUPERVISOR]);
        assert_eq!(heard(&ties, SUPERVISOR), [CALLER, OPERATOR]);
        assert_eq!(ties.gone(CALLER), [OPERATOR, SUPERVISOR]);
        assert_eq!(heard(&ties, SUPERVISOR), []);
        assert_eq!(heard(&ties, OPERATOR), []);
    }

    #[test]
    fn nobody_listens_on_who_listens() {
        let mut ties = call(Join::Listen);
        assert!(ties.listen(OTHER, SUPERVISOR, Join::Listen).is_empty());
        assert!(ties.listen(CALLER, OPERATOR, Join::Listen).is_empty(), "they are bridged already");
        // Who has an ear on him and begins to listen himself loses it.
        ties.listen(OTHER, SUPERVISOR, Join::Listen);
        let changed = ties.listen(OPERATOR, OTHER, Join::Barge);
        assert_eq!(changed, [CALLER, OPERATOR, SUPERVISOR, OTHER]);
        assert_eq!(heard(&ties, SUPERVISOR), []);
    }
}
