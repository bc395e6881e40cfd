//! The way to whoever tells notices by telephone: the desk hands a call over, the line makes it and says how it ended.

use crate::told::Told;
use domain::{
    ids::{InquiryId, NoticeId},
    mark::MarkCode,
    phone::PhoneNumber,
    text::Lang,
};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

/// So many such calls at most are under way at once. People who call come first: each of these takes a line from them.
pub const AT_ONCE: usize = 4;

/// A call that tells a notice.
#[derive(Debug)]
pub struct NoticeCall {
    /// Which notice.
    pub notice: NoticeId,
    /// The version of its record that says so: what came of an earlier call changes nothing any more.
    pub version: u64,
    /// About which inquiry.
    pub inquiry: InquiryId,
    /// Where.
    pub to: PhoneNumber,
    /// In which language.
    pub lang: Lang,
    /// What is said.
    pub told: Told,
    /// The code of the call.
    pub mark: MarkCode,
    /// How long it rings, in seconds.
    pub ring_seconds: u8,
    /// How long a key is waited for, in seconds.
    pub wait_seconds: u8,
    /// Its place among those that are under way; free again when this is dropped.
    pub room: Room,
}

/// A place among the calls that are under way.
#[derive(Debug)]
pub struct Room {
    _held: OwnedSemaphorePermit,
}

/// Hands calls over to the line of this process.
#[derive(Debug)]
pub struct Calls {
    line: mpsc::Sender<NoticeCall>,
    room: Arc<Semaphore>,
}

impl Calls {
    /// The two ends: where calls are handed over, and where the line takes them.
    pub fn new() -> (Self, mpsc::Receiver<NoticeCall>) {
        let (line, taken) = mpsc::channel(AT_ONCE);
        (Self { line, room: Arc::new(Semaphore::new(AT_ONCE)) }, taken)
    }

    /// A place for another call, if there is one.
    pub fn room(&self) -> Option<Room> {
        Arc::clone(&self.room).try_acquire_owned().ok().map(|held| Room { _held: held })
    }

    /// Hands it over; false when the line has ended.
    pub fn begin(&self, call: NoticeCall) -> bool {
        self.line.try_send(call).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_are_under_way_than_there_is_room_for() {
        let (calls, _taken) = Calls::new();
        let mut held: Vec<Room> = std::iter::from_fn(|| calls.room()).collect();
        assert_eq!(held.len(), AT_ONCE);
        held.pop();
        assert!(calls.room().is_some(), "what is dropped is free again");
    }
}
