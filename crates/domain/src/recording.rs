//! Recordings of calls: announced before anything is recorded, paused while something is said that nobody should keep, and
//! never of whoever refused.

use crate::{
    ids::{CallRecordId, InquiryId, StaffId},
    journal::Happened,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// For how many days a recording is kept where no schedule says otherwise: long enough for a complaint to come.
pub const KEPT_DAYS: i64 = 90;

/// So many recordings of one call are kept, and so many pauses of one recording: the journal has them all.
const MOST: usize = 16;

/// A stretch of a call that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The so manieth of its call, from 1.
    pub nth: u8,
    /// Who spoke for the agency when it began.
    pub by: StaffId,
    /// From when.
    pub from: Timestamp,
    /// Until when; none while it goes on.
    pub until: Option<Timestamp>,
    /// When nothing was recorded meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
}

/// A stretch in which a recording stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From when.
    pub from: Timestamp,
    /// Until when; none while it lasts.
    pub until: Option<Timestamp>,
}

/// What happened to a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordingDid {
    /// It was announced, and begins.
    Begun,
    /// It stands still.
    Paused,
    /// It goes on.
    Resumed,
    /// It is over.
    Ended,
    /// The caller refused: nothing is recorded, and what had been is deleted.
    Refused,
    /// It could not be written.
    Failed,
    /// Somebody played it.
    Played,
    /// It was deleted: it had been kept for as long as the schedule says, or what it belongs to was erased.
    Deleted,
}

impl RecordingDid {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Ended => "ended",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Played => "played",
            Self::Deleted => "deleted",
        }
    }
}

/// A recording, and the inquiry that its call is about, if that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tape {
    /// Of which call.
    pub call: CallRecordId,
    /// The so manieth of it.
    pub nth: u8,
    /// About what.
    pub inquiry: Option<InquiryId>,
}

impl Tape {
    /// What the journal says of it.
    pub const fn happened(&self, did: RecordingDid) -> Happened {
        Happened::Recording { call: self.call, nth: self.nth, did }
    }

    /// The name of its file: what it is of, and nothing of anybody.
    pub fn file(call: CallRecordId, nth: u8) -> String {
        format!("{call}-{nth}.wav")
    }

    /// Which recording a file is, by its name.
    pub fn named(file: &str) -> Option<(CallRecordId, u8)> {
        let (call, nth) = file.strip_suffix(".wav")?.rsplit_once('-')?;
        Some((call.parse().ok()?, nth.parse().ok()?))
    }
}

/// A recording begins.
pub fn begin(all: &mut Vec<Recorded>, nth: u8, by: StaffId, now: Timestamp) {
    if all.len() < MOST {
        all.push(Recorded { nth, by, from: now, until: None, pauses: Vec::new() });
    }
}

/// The one that goes on stands still, or goes on again.
pub fn pause(all: &mut [Recorded], paused: bool, now: Timestamp) {
    let Some(one) = all.iter_mut().find(|one| one.until.is_none()) else { return };
    let room = one.pauses.len() < MOST;
    match one.pauses.last_mut().filter(|pause| pause.until.is_none()) {
        Some(pause) if !paused => pause.until = Some(now),
        None if paused && room => one.pauses.push(Pause { from: now, until: None }),
        _ => {}
    }
}

/// The one that goes on is over.
pub fn end(all: &mut [Recorded], now: Timestamp) {
    pause(all, false, now);
    for one in all.iter_mut().filter(|one| one.until.is_none()) {
        one.until = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn at(seconds: i64) -> Timestamp {
        "2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn a_recording_knows_when_it_stood_still() {
        let (mut all, by) = (Vec::new(), StaffId::new(at(0), &[1; 10]));
        pause(&mut all, true, at(1));
        assert_eq!(all, [], "there is none");
        begin(&mut all, 1, by, at(5));
        pause(&mut all, true, at(10));
        pause(&mut all, true, at(11));
        pause(&mut all, false, at(20));
        pause(&mut all, true, at(30));
        end(&mut all, at(40));
        let pauses: Vec<_> = all[0].pauses.iter().map(|pause| (pause.from, pause.until)).collect();
        assert_eq!(pauses, [(at(10), Some(at(20))), (at(30), Some(at(40)))]);
        assert_eq!(all[0].until, Some(at(40)));
        begin(&mut all, 2, by, at(50));
        end(&mut all, at(60));
        assert_eq!((all[0].until, all[1].until), (Some(at(40)), Some(at(60))));
    }

    #[test]
    fn a_file_is_named_by_its_recording() {
        let call = CallRecordId::new(at(0), &[3; 10]);
        assert_eq!(Tape::named(&Tape::file(call, 2)), Some((call, 2)));
        for other in ["", "x.wav", "a-1.wav", "notes.txt", "../secret.key"] {
            assert_eq!(Tape::named(other), None, "{other}");
        }
    }
}
