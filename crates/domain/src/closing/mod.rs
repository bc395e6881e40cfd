//! Closing an office's day, or a part of it, without losing anybody.
//!
//! A closing begins as a plan that harms nobody: whoever has a visit in that time, and the place or the call that is held
//! for each. Carried out, the time takes no more visits, and one person after the other is moved and told. Until they have
//! chosen, and for good if they do not choose, the new place is theirs. For a while all of it can be undone: nobody else can
//! have had their old place, since the time takes no visits.

mod rules;
mod said;
#[cfg(test)]
mod tests;

pub use rules::ClosingRules;
pub use said::{ClosingDid, ClosingRefused};

use crate::{
    actor::Actor,
    calendar::{Zone, windows::Window},
    codes::{OfficeCode, ServiceCode},
    ids::{AppointmentId, CallbackId, ClosingId, InquiryId},
    inquiry::{Inquiry, Stage},
    journal::Happened,
    number::InquiryNumber,
    slots::{Opening, Pool, Shut},
    text::{Lang, Text},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The longest reason that people read, in characters.
pub const LONGEST_WHY: usize = 300;

/// A closing is of a day at most; so many hours hold any, also the one on which the clocks go back.
pub const MOST_HOURS: i64 = 25;

/// A closing that concerns more than so many visits is made in parts.
pub const MOST_VISITS: usize = 2_000;

/// What is held for somebody until they are moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Offer {
    /// A place at the same office, held by the appointment itself.
    Place {
        /// Which.
        opening: Box<Opening>,
    },
    /// A call, because no place is free.
    Call {
        /// The callback that it will be.
        callback: CallbackId,
        /// When.
        window: Window,
    },
    /// Neither was to be had.
    Nothing,
}

/// Where somebody stands whom a closing concerns: exactly one of these, from the plan to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nothing has happened to them yet.
    Planned,
    /// They have the new place, were told, and may still choose.
    Offered,
    /// They keep the new place: they said so, or did not choose in time.
    Kept,
    /// They took another place.
    Chose,
    /// A call was promised instead of a place.
    Call,
    /// They asked for a call instead of the place.
    Asked,
    /// Neither a place nor a call could be had: an officer must act.
    Stuck,
    /// They were stuck, and have a place or a call by now.
    Helped,
    /// It does not concern them any more: they cancelled, moved or were served by themselves.
    Left,
    /// The day was opened again and they are back at their old place.
    Back,
}

impl Standing {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Stuck,
        Self::Planned,
        Self::Offered,
        Self::Kept,
        Self::Chose,
        Self::Call,
        Self::Asked,
        Self::Helped,
        Self::Left,
        Self::Back,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Offered => "offered",
            Self::Kept => "kept",
            Self::Chose => "chose",
            Self::Call => "call",
            Self::Asked => "asked",
            Self::Stuck => "stuck",
            Self::Helped => "helped",
            Self::Left => "left",
            Self::Back => "back",
        }
    }
}

/// The place that somebody had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Had {
    /// What for.
    pub service: ServiceCode,
    /// Of which pool.
    pub pool: Pool,
    /// From when.
    pub start: Timestamp,
    /// Until when.
    pub end: Timestamp,
}

/// Somebody whom a closing concerns. Codes, times and identifiers only: who it is stands in the inquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affected {
    /// Whose visit.
    pub inquiry: InquiryId,
    /// The number they carry.
    pub number: InquiryNumber,
    /// Which visit.
    pub appointment: AppointmentId,
    /// Where it was.
    pub had: Had,
    /// What is held for them, or was.
    pub offer: Offer,
    /// Until when they may choose, once they have been moved.
    pub choose_until: Option<Timestamp>,
    /// Was it tried to move them back, when the closing was undone?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asked_back: bool,
    /// Where they stand, as last written. [`Closing::standing`] says where they stand now.
    pub standing: Standing,
}

/// How far a closing is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum ClosingStage {
    /// A plan: nothing has happened, and the places are held until then.
    Planned {
        /// Until when.
        until: Timestamp,
    },
    /// The plan was given up.
    Dropped {
        /// When.
        at: Timestamp,
    },
    /// The time takes no more visits, and people are being moved.
    Closing {
        /// Since when.
        since: Timestamp,
    },
    /// Everybody has been moved and told.
    Closed {
        /// Since when it has taken no more visits.
        since: Timestamp,
        /// When the last was moved.
        at: Timestamp,
    },
    /// It is being undone: people are being moved back.
    Opening {
        /// Since when.
        since: Timestamp,
    },
    /// It was undone, and the time takes visits again.
    Opened {
        /// When.
        at: Timestamp,
    },
}

impl ClosingStage {
    /// The stable name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Planned { .. } => "planned",
            Self::Dropped { .. } => "dropped",
            Self::Closing { .. } => "closing",
            Self::Closed { .. } => "closed",
            Self::Opening { .. } => "opening",
            Self::Opened { .. } => "opened",
        }
    }
}

/// A closing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Which.
    pub id: ClosingId,
    /// How many times the record has been written.
    pub version: u64,
    /// Which office.
    pub office: OfficeCode,
    /// The office's zone.
    pub zone: Zone,
    /// From when (inclusive).
    pub from: Timestamp,
    /// Until when (exclusive).
    pub until: Timestamp,
    /// Why, as people read it.
    pub why: Text,
    /// Who planned it.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Must another person carry it out than the one who planned it?
    pub second: bool,
    /// Who carried it out.
    pub closed_by: Option<Actor>,
    /// Until when the offers are held.
    pub held_until: Timestamp,
    /// How far it is.
    pub stage: ClosingStage,
    /// Everybody whom it concerns. Nobody is ever taken off.
    pub affected: Vec<Affected>,
}

/// What is to be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewClosing {
    /// Which office.
    pub office: OfficeCode,
    /// Its zone.
    pub zone: Zone,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Why, as people read it, in every language of the agency.
    pub why: Text,
}

impl Closing {
    /// Checks what is to be closed before anybody is looked for: `others` are the office's other closings.
    ///
    /// # Errors
    /// [`ClosingRefused`].
    pub fn check(
        new: &NewClosing,
        others: &[Self],
        langs: &[Lang],
        now: Timestamp,
    ) -> Result<(), ClosingRefused> {
        if let Some(lang) = new.why.missing(langs).next() {
            return Err(ClosingRefused::NoWhy { lang: lang.clone() });
        }
        if let Some(lang) = new.why.langs().find(|lang| new.why.in_lang(lang).chars().count() > LONGEST_WHY) {
            return Err(ClosingRefused::LongWhy { lang: lang.clone() });
        }
        if new.until <= new.from || new.until <= now {
            return Err(ClosingRefused::Over);
        }
        if new.until.duration_since(new.from) > jiff::SignedDuration::from_hours(MOST_HOURS) {
            return Err(ClosingRefused::TooLong);
        }
        let meets = |other: &&Self| {
            other.office == new.office
                && other.from < new.until
                && new.from < other.until
                && other.stands(now)
        };
        others.iter().find(meets).map_or(Ok(()), |other| Err(ClosingRefused::Overlaps { other: other.id }))
    }

    /// Plans a closing that was checked. Nothing happens to anybody yet.
    ///
    /// # Errors
    /// [`ClosingRefused::TooMany`].
    pub fn plan(
        id: ClosingId,
        new: NewClosing,
        affected: Vec<Affected>,
        held_until: Timestamp,
        rules: ClosingRules,
        by: Actor,
        now: Timestamp,
    ) -> Result<(Self, Happened), ClosingRefused> {
        if affected.len() > MOST_VISITS {
            return Err(ClosingRefused::TooMany);
        }
        let NewClosing { office, zone, from, until, why } = new;
        let closing = Self {
            id,
            version: 1,
            office,
            zone,
            from,
            until,
            why,
            by,
            at: now,
            second: affected.len() > usize::from(rules.second_person_above),
            closed_by: None,
            held_until,
            stage: ClosingStage::Planned { until: now + rules.plan() },
            affected,
        };
        let happened = closing.did(ClosingDid::Planned);
        Ok((closing, happened))
    }

    fn did(&self, did: ClosingDid) -> Happened {
        Happened::OfficeClosing {
            closing: self.id,
            office: self.office.clone(),
            from: self.from,
            until: self.until,
            did,
        }
    }

    fn next(&self, stage: ClosingStage, did: ClosingDid) -> (Self, Happened) {
        let next = Self { version: self.version + 1, stage, ..self.clone() };
        let happened = next.did(did);
        (next, happened)
    }

    /// The same with more done to people and no other stage.
    #[must_use]
    pub fn onward(&self) -> Self {
        Self { version: self.version + 1, ..self.clone() }
    }

    /// Does it count against another closing of the same time? A plan does while its places are held.
    pub fn stands(&self, now: Timestamp) -> bool {
        match self.stage {
            ClosingStage::Planned { until } => now < until,
            ClosingStage::Dropped { .. } | ClosingStage::Opened { .. } => false,
            ClosingStage::Closing { .. } | ClosingStage::Closed { .. } | ClosingStage::Opening { .. } => true,
        }
    }

    /// Does its time take no visits?
    pub const fn shuts(&self) -> bool {
        matches!(
            self.stage,
            ClosingStage::Closing { .. } | ClosingStage::Closed { .. } | ClosingStage::Opening { .. }
        )
    }

    /// The time that takes no visits.
    pub fn shut(&self) -> Shut {
        Shut { office: self.office.clone(), from: self.from, until: self.until, why: self.why.clone() }
    }

    /// Carries the plan out: from now on the time takes no visits.
    ///
    /// # Errors
    /// [`ClosingRefused::SecondPerson`], [`ClosingRefused::Stale`], [`ClosingRefused::WrongStage`].
    pub fn begin(&self, by: Actor, now: Timestamp) -> Result<(Self, Happened), ClosingRefused> {
        let ClosingStage::Planned { until } = self.stage else { return Err(ClosingRefused::WrongStage) };
        if now >= until || now >= self.until {
            return Err(ClosingRefused::Stale);
        }
        if self.second && self.by.same(&by) {
            return Err(ClosingRefused::SecondPerson);
        }
        let (mut next, happened) = self.next(ClosingStage::Closing { since: now }, ClosingDid::Begun);
        next.closed_by = Some(by);
        Ok((next, happened))
    }

    /// Gives the plan up. What it holds runs out by itself.
    ///
    /// # Errors
    /// [`ClosingRefused::WrongStage`].
    pub fn give_up(&self, now: Timestamp) -> Result<(Self, Happened), ClosingRefused> {
        let ClosingStage::Planned { .. } = self.stage else { return Err(ClosingRefused::WrongStage) };
        Ok(self.next(ClosingStage::Dropped { at: now }, ClosingDid::Dropped))
    }

    /// Everybody has been moved and told.
    ///
    /// # Errors
    /// [`ClosingRefused::WrongStage`].
    pub fn closed(&self, now: Timestamp) -> Result<(Self, Happened), ClosingRefused> {
        let ClosingStage::Closing { since } = self.stage else { return Err(ClosingRefused::WrongStage) };
        Ok(self.next(ClosingStage::Closed { since, at: now }, ClosingDid::Closed))
    }

    /// Until when it can be undone; none where it cannot be.
    pub fn undo_until(&self, rules: ClosingRules) -> Option<Timestamp> {
        match self.stage {
            ClosingStage::Closing { since } | ClosingStage::Closed { since, .. } => {
                Some((since + rules.undo()).min(self.until))
            }
            _ => None,
        }
    }

    /// Undoes it: people are moved back, and then the time takes visits again.
    ///
    /// # Errors
    /// [`ClosingRefused::UndoOver`], [`ClosingRefused::WrongStage`].
    pub fn undo(&self, rules: ClosingRules, now: Timestamp) -> Result<(Self, Happened), ClosingRefused> {
        let until = self.undo_until(rules).ok_or(ClosingRefused::WrongStage)?;
        if now >= until {
            return Err(ClosingRefused::UndoOver { until });
        }
        Ok(self.next(ClosingStage::Opening { since: now }, ClosingDid::Undoing))
    }

    /// Everybody who comes back is back.
    ///
    /// # Errors
    /// [`ClosingRefused::WrongStage`].
    pub fn opened(&self, now: Timestamp) -> Result<(Self, Happened), ClosingRefused> {
        let ClosingStage::Opening { .. } = self.stage else { return Err(ClosingRefused::WrongStage) };
        Ok(self.next(ClosingStage::Opened { at: now }, ClosingDid::Opened))
    }

    /// Where somebody stands now, by their inquiry: what they did themselves since they were moved is in it and nowhere
    /// else, so that the two cannot disagree.
    pub fn standing(&self, one: &Affected, inquiry: &Inquiry, now: Timestamp) -> Standing {
        let ours = |a: &crate::appointment::Appointment| {
            a.id == one.appointment && a.shut.as_ref().is_some_and(|shut| shut.closing == self.id)
        };
        match one.standing {
            Standing::Offered => match &inquiry.stage {
                Stage::Booked(a) if ours(a) => {
                    let kept = a.shut.as_ref().is_some_and(|shut| shut.kept.is_some());
                    let over = one.choose_until.is_none_or(|until| now >= until);
                    if kept || over { Standing::Kept } else { Standing::Offered }
                }
                Stage::CheckedIn { appointment, .. } if ours(appointment) => Standing::Kept,
                // Another closing has moved them on since.
                Stage::Booked(a) if a.id == one.appointment && a.shut.is_some() => Standing::Left,
                Stage::Booked(_) | Stage::CheckedIn { .. } => Standing::Chose,
                Stage::Promised(_) | Stage::Calling { .. } => Standing::Asked,
                _ => Standing::Left,
            },
            Standing::Stuck => match &inquiry.stage {
                Stage::ToBook { .. } | Stage::Review { .. } => Standing::Stuck,
                _ => Standing::Helped,
            },
            settled => settled,
        }
    }

    /// The next whom nothing has happened to, by place in the list.
    pub fn next_planned(&self) -> impl Iterator<Item = usize> + '_ {
        let planned = |(n, one): (usize, &Affected)| (one.standing == Standing::Planned).then_some(n);
        self.affected.iter().enumerate().filter_map(planned)
    }

    /// When the first who may still choose may no more.
    pub fn next_limit(&self) -> Option<Timestamp> {
        let offered = self.affected.iter().filter(|one| one.standing == Standing::Offered);
        offered.filter_map(|one| one.choose_until).min()
    }

    /// Whether a visit lies in its time.
    pub fn touches(&self, office: &OfficeCode, start: Timestamp, end: Timestamp) -> bool {
        self.office == *office && start < self.until && self.from < end
    }
}
