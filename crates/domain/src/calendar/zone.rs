//! A time zone by its IANA name.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::{AmbiguousOffset, TimeZone},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{cmp::Ordering, fmt, str::FromStr};

/// A time zone that has an IANA name (`America/New_York`). Never the machine's, never a bare offset:
/// what was promised in local time must stay right when a law moves the clocks.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    tz: TimeZone,
    name: String,
}

/// The name is not in the time zone database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is called {0:?}; use an IANA name such as \"America/New_York\"")]
pub struct UnknownZone(pub String);

impl Zone {
    /// The IANA name, as the database spells it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The zone for jiff.
    pub const fn tz(&self) -> &TimeZone {
        &self.tz
    }

    /// What the clock on the wall shows at `at`.
    pub fn local(&self, at: Timestamp) -> DateTime {
        self.tz.to_datetime(at)
    }

    /// The calendar day at `at`.
    pub fn date(&self, at: Timestamp) -> Date {
        self.local(at).date()
    }

    /// The instant a door opens that opens at `local`: inside a gap the first instant that exists,
    /// inside a fold the earlier of the two. `None` only beyond the years jiff can express.
    pub fn opening(&self, local: DateTime) -> Option<Timestamp> {
        self.instant(local, false)
    }

    /// The instant a door closes that closes at `local`: inside a gap the first instant that exists,
    /// inside a fold the later of the two. `None` only beyond the years jiff can express.
    pub fn closing(&self, local: DateTime) -> Option<Timestamp> {
        self.instant(local, true)
    }

    /// The first instant of a day: not always midnight.
    pub fn day_start(&self, date: Date) -> Option<Timestamp> {
        self.opening(date.to_datetime(Time::midnight()))
    }

    /// The only or the earlier instant at which the clock shows `local`; `None` inside a gap.
    pub fn exact(&self, local: DateTime) -> Option<Timestamp> {
        let ambiguous = self.tz.to_ambiguous_timestamp(local);
        match ambiguous.offset() {
            AmbiguousOffset::Gap { .. } => None,
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => ambiguous.earlier().ok(),
        }
    }

    fn instant(&self, local: DateTime, later: bool) -> Option<Timestamp> {
        let ambiguous = self.tz.to_ambiguous_timestamp(local);
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => ambiguous.unambiguous().ok(),
            AmbiguousOffset::Fold { .. } => if later { ambiguous.later() } else { ambiguous.earlier() }.ok(),
            // Read with the offset that holds after the gap, the local time lies before the change, by less
            // than the length of the gap: the next change is the one that made the gap.
            AmbiguousOffset::Gap { after, .. } => {
                let before_change = after.to_timestamp(local).ok()?;
                self.tz
                    .following(before_change)
                    .find(|change| change.offset() == after)
                    .map(|c| c.timestamp())
            }
        }
    }
}

/// The day after; the last day jiff knows stays itself.
pub(crate) fn next_day(date: Date) -> Date {
    date.saturating_add(1.day())
}

impl FromStr for Zone {
    type Err = UnknownZone;
    fn from_str(s: &str) -> Result<Self, UnknownZone> {
        let unknown = || UnknownZone(s.chars().take(60).collect());
        let tz = TimeZone::get(s).map_err(|_| unknown())?;
        if tz.is_unknown() {
            return Err(unknown());
        }
        let name = tz.iana_name().ok_or_else(unknown)?.to_owned();
        Ok(Self { tz, name })
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
