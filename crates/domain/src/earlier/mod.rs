//! An earlier place for whoever could come earlier.
//!
//! A place that is given back is not for everybody at once: it cools off for a time that nobody can foresee, so that two people
//! cannot hand it to each other, and is then offered to those who asked to come earlier, one at a time, urgent matters first and
//! then by when they first asked. While it cools off, and while it is offered, it stays taken: what is offered is really there.
//! When nobody wants it, it is for everybody.
//!
//! The place is kept by a hold of its own. What goes on with it is one job that carries all there is to know; whether somebody
//! has an offer stands in their inquiry and nowhere else, so that the two cannot disagree: a job whose offer is gone from the
//! inquiry has nothing more to do.

mod round;
mod rules;

pub(crate) use round::LEAST;
pub use round::{Next, Round, round};
pub use rules::{EarlierRules, RulesFault};

use crate::{
    actor::Actor,
    calendar::Zone,
    change::Holder,
    codes::{OfficeCode, ServiceCode},
    ids::{InquiryId, PlaceId},
    slots::{Opening, Pool, SlotKey},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// The most notice that somebody can ask for, in hours.
pub const MOST_NOTICE: u16 = 14 * 24;

/// What somebody says of coming earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The first day on which they could come, by the office's calendar.
    pub from: Date,
    /// The last, itself included.
    pub until: Date,
    /// How many hours they need to know before.
    pub notice_hours: u16,
}

/// A standing wish to come earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// To which office.
    pub office: OfficeCode,
    /// When they first asked: their place among all who did, whatever they say later.
    pub since: Timestamp,
    /// What they said last.
    pub wish: Wish,
    /// Which member of staff noted it for them; none where they said it on their page themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noted: Option<Noted>,
    /// The place that is offered to them now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offered>,
}

/// How somebody told a member of staff that they want to come earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaidBy {
    /// By telephone.
    Telephone,
    /// At an office.
    Office,
    /// In a letter or a message.
    Writing,
}

impl SaidBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Telephone, Self::Office, Self::Writing];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Office => "office",
            Self::Writing => "writing",
        }
    }

    /// Reads the stable name.
    pub fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == s)
    }
}

/// That somebody agreed to be offered earlier places, as a member of staff noted it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Who noted it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// How the person said so.
    pub said: SaidBy,
}

/// A place that was given back, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// Which: what keeps it.
    pub id: PlaceId,
    /// Where.
    pub office: OfficeCode,
    /// What for.
    pub service: ServiceCode,
    /// Of which pool.
    pub pool: Pool,
    /// The places, in key order; never none.
    pub slots: Vec<SlotKey>,
    /// To whom it has been offered, in order.
    pub asked: Vec<InquiryId>,
    /// To whom it is offered now, if to anybody: the last of those.
    pub offered: bool,
}

impl Returned {
    /// A place whose slots are given back; none for none.
    pub fn new(id: PlaceId, mut slots: Vec<SlotKey>) -> Option<Self> {
        slots.sort();
        let first = slots.first()?;
        let (office, service, pool) = (first.office.clone(), first.service.clone(), first.pool);
        let same = slots.iter().all(|s| (&s.office, &s.service, s.pool) == (&office, &service, pool));
        same.then_some(Self { id, office, service, pool, slots, asked: Vec::new(), offered: false })
    }

    /// Who keeps it.
    pub fn holder(&self) -> Holder {
        self.id.into()
    }

    /// When it begins.
    pub fn start(&self) -> Timestamp {
        self.slots.first().map_or(Timestamp::MIN, |slot| slot.start)
    }

    /// To whom it is offered now.
    pub fn offered_to(&self) -> Option<InquiryId> {
        self.asked.last().copied().filter(|_| self.offered)
    }

    /// The same, no longer offered to whom it was.
    #[must_use]
    pub fn back(&self) -> Self {
        Self { offered: false, ..self.clone() }
    }
}

/// An offer, as the one sees it to whom it is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// Which place.
    pub place: Returned,
    /// What they would have of it.
    pub opening: Opening,
    /// In which zone.
    pub zone: Zone,
    /// When it was offered.
    pub at: Timestamp,
    /// Until when they may take it.
    pub until: Timestamp,
}

impl Wish {
    /// Does a time fit it, as of now?
    pub fn fits(&self, zone: &Zone, start: Timestamp, now: Timestamp) -> bool {
        let day = zone.date(start);
        let notice = SignedDuration::from_hours(i64::from(self.notice_hours));
        (self.from..=self.until).contains(&day) && start.duration_since(now) >= notice
    }
}
