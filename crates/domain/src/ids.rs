//! Identifiers. Each kind of thing has its own type, so that an inquiry cannot be passed for a person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::{Builder, Uuid};

/// Ten bytes of chance, from which an identifier is made. Passed in, never drawn here.
pub type Chance = [u8; 10];

/// A `UUIDv7` (RFC 9562 §5.7): sorts by the time it was made.
///
/// Times before 1970 are taken as 1970: no record of ours is older.
fn v7(now: Timestamp, chance: &Chance) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, chance).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new identifier for something made at `now`.
            pub fn new(now: Timestamp, chance: &Chance) -> Self {
                Self(v7(now, chance))
            }
            /// The same identifier as a bare UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
            /// Takes an identifier that was stored or received.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(s).map(Self)
            }
        }
    )+};
}

ids! {
    /// One person's one matter.
    InquiryId,
    /// One person, across their inquiries.
    PersonId,
    /// One recorded decision.
    DecisionId,
    /// One promised call.
    CallbackId,
    /// One booking.
    AppointmentId,
    /// A member of staff.
    StaffId,
    /// A message to the person.
    NoticeId,
    /// A piece of work due at a time.
    JobId,
    /// A signed-in session of a member of staff.
    SessionId,
    /// What opens one thing to a program that holds its token.
    PassId,
    /// A request form that has not been sent yet.
    DraftId,
    /// One wait of a caller for an operator.
    WaitId,
    /// One process that holds calls, from its start to its end.
    NodeId,
    /// One call, from its first ring to its end.
    CallRecordId,
    /// What a supervisor said of the line.
    LineNoticeId,
    /// A place that was given back and is kept until it is somebody's or everybody's.
    PlaceId,
    /// An office's time that is closed, with everybody whom it concerns.
    ClosingId,
    /// Many promised calls that go to somebody else.
    HandoverId,
    /// A version of a policy that is made at the desk.
    RevisionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_by_the_time_it_was_made() {
        let early = InquiryId::new("2026-11-23T09:00:00Z".parse().unwrap(), &[0xff; 10]);
        let late = InquiryId::new("2026-11-23T09:00:00.001Z".parse().unwrap(), &[0; 10]);
        assert!(early < late);
        assert_eq!(early.uuid().get_version_num(), 7);
        assert_eq!(early.to_string().parse::<InquiryId>().unwrap(), early);
    }
}
