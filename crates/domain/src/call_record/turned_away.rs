//! Who asked for a person, and was not let in.

use super::{CallEnd, CallRecord, Way};
use serde::{Deserialize, Serialize};

/// Why somebody who asked for a person was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TurnedAway {
    /// Nobody was there at that time, and the line said so.
    Closed,
    /// There was no room for the call: nobody knows what it was about, so it counts as one that asked for a person.
    Full,
}

impl CallRecord {
    /// Why the caller was turned away, once the call is over. Whoever waited after all, or was promised a call, was not.
    pub fn was_turned_away(&self) -> Option<TurnedAway> {
        let without = matches!(self.end, Some(CallEnd::Line | CallEnd::Left | CallEnd::Fault));
        self.turned_away.filter(|_| without && self.way != Way::Out && self.wait.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{call_record::Came, ids::CallRecordId};
    use jiff::Timestamp;

    #[test]
    fn whoever_was_promised_a_call_was_not_turned_away() {
        let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
        let over = |why: Option<TurnedAway>, came: Came| {
            let mut call = CallRecord::begin(CallRecordId::new(now, &[1; 10]), Way::In, now);
            call.turned_away = why;
            assert_eq!(call.was_turned_away(), None, "the call goes on");
            call.over(came, now);
            call.was_turned_away()
        };
        let none = Came::default();
        assert_eq!(over(Some(TurnedAway::Closed), none), Some(TurnedAway::Closed));
        assert_eq!(over(Some(TurnedAway::Full), none), Some(TurnedAway::Full));
        assert_eq!(over(Some(TurnedAway::Closed), Came { told: true, ..none }), Some(TurnedAway::Closed));
        assert_eq!(over(Some(TurnedAway::Closed), Came { promised: true, ..none }), None);
        assert_eq!(over(None, none), None);
    }
}
