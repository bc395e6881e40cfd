//! A person is looked for: by whoever takes people down, and by an auditor, who also sees who read what is theirs.

use crate::{Caller, Desk, DeskError, token_hash};
use domain::{
    access::Action,
    actor::Actor,
    change::{Change, IdempotencyKey},
    ids::{InquiryId, PersonId},
    inquiry::Inquiry,
    journal::{Happened, ReadWhat, Written},
    number::InquiryNumber,
    person::{IdentityKey, Name},
    phone::PhoneNumber,
};
use jiff::{Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// So many inquiries at a number are looked at: a law firm may have hundreds.
const MOST: u32 = 50;

/// By what a person is looked for.
#[derive(Debug, Clone)]
pub enum Whom {
    /// By the number of one of their inquiries.
    Number(InquiryNumber),
    /// By the number at which they are reached. Whoever shares it is found as well.
    Phone(PhoneNumber),
    /// By what makes them the same person in every request.
    Name {
        /// Their name.
        name: Name,
        /// When they were born.
        born: Date,
        /// The agency's own number for them.
        file_number: Option<String>,
    },
}

/// Somebody who read an inquiry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub who: Actor,
    /// What they read, by its stable name; `exported` when everything was given out.
    pub what: &'static str,
    /// How often: each hour of one reader counts once.
    pub times: u32,
    /// When last.
    pub last: Timestamp,
}

/// An inquiry of somebody who was looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundInquiry {
    /// Which.
    pub inquiry: Inquiry,
    /// Who read it, whoever did so last, first.
    pub readers: Vec<Reader>,
}

impl Desk {
    /// Every inquiry of whoever this is, the newest first, with who read it. That it was looked for is journalled with each, once an
    /// hour for each reader.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::Store`].
    pub async fn find_person(&self, caller: &Caller, whom: &Whom) -> Result<Vec<FoundInquiry>, DeskError> {
        caller.may(Action::SeeJournal, None)?;
        let mut found = Vec::new();
        for inquiry in self.theirs(whom).await? {
            let readers = readers(&self.store().story(inquiry.id).await?);
            found.push(FoundInquiry { inquiry, readers });
        }
        self.looked_for(caller, found.iter().map(|one| one.inquiry.id).collect()).await?;
        Ok(found)
    }

    /// Every inquiry of whoever this is, the newest first, for somebody who speaks with them and has no number. What was erased is not
    /// theirs any more. That it was looked for is journalled as by [`Self::find_person`].
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::Store`].
    pub async fn look_for(&self, caller: &Caller, whom: &Whom) -> Result<Vec<Inquiry>, DeskError> {
        caller.may(Action::TakeDown, None)?;
        let mut found = self.theirs(whom).await?;
        found.retain(|inquiry| inquiry.erased.is_none());
        self.looked_for(caller, found.iter().map(|inquiry| inquiry.id).collect()).await?;
        Ok(found)
    }

    /// Every inquiry of whoever this is, as far as whoever looks may know of it, the newest first.
    async fn theirs(&self, whom: &Whom) -> Result<Vec<Inquiry>, DeskError> {
        let (mut all, mut people) = (BTreeMap::<InquiryId, Inquiry>::new(), BTreeSet::<PersonId>::new());
        let mut seed = Vec::new();
        match whom {
            Whom::Number(number) => seed.extend(self.store().inquiry_numbered(*number).await?),
            Whom::Phone(number) => {
                for id in self.store().reached_at(number, MOST).await? {
                    seed.extend(self.store().inquiry(id).await?);
                }
            }
            Whom::Name { name, born, file_number } => {
                let identity = IdentityKey::of(name, *born, file_number.as_deref());
                people.extend(self.store().person_identified(&identity).await?.map(|person| person.id));
            }
        }
        for inquiry in seed {
            people.insert(inquiry.person);
            all.insert(inquiry.id, inquiry);
        }
        for person in people {
            let theirs = self.store().inquiries_of(person).await?;
            all.extend(theirs.into_iter().map(|inquiry| (inquiry.id, inquiry)));
        }
        let mut found: Vec<Inquiry> = all.into_values().collect();
        found.sort_by_key(|inquiry| std::cmp::Reverse((inquiry.opened, inquiry.id)));
        Ok(found)
    }

    /// Writes with each that it was looked for, once an hour for each reader.
    async fn looked_for(&self, caller: &Caller, found: Vec<InquiryId>) -> Result<(), DeskError> {
        if found.is_empty() {
            return Ok(());
        }
        let staff = caller.staff()?.id;
        let hour = caller.now.as_second() / 3600;
        let ids: Vec<String> = found.iter().map(ToString::to_string).collect();
        let key = token_hash(&format!("{}:{staff}:{hour}", ids.join(",")));
        let once = caller.under(IdempotencyKey::of("find-person", key));
        self.act(&once, async || {
            let mut change = Change::new(once.command());
            for id in &found {
                change.note(Some(*id), Happened::Read { what: ReadWhat::LookedFor });
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

/// Who read an inquiry, by its story.
fn readers(story: &[Written]) -> Vec<Reader> {
    let mut readers: Vec<Reader> = Vec::new();
    for entry in story {
        let what = match &entry.entry.happened {
            Happened::Read { what } => what.as_str(),
            Happened::Exported => "exported",
            _ => continue,
        };
        let same = |reader: &&mut Reader| {
            let who = match (&reader.who, &entry.actor) {
                // A member of staff stays the same when their name changes.
                (Actor::Staff { id, .. }, Actor::Staff { id: other, .. }) => id == other,
                (one, other) => one == other,
            };
            who && reader.what == what
        };
        match readers.iter_mut().find(same) {
            Some(reader) => {
                reader.times += 1;
                reader.last = reader.last.max(entry.at);
                reader.who = entry.actor.clone();
            }
            None => readers.push(Reader { who: entry.actor.clone(), what, times: 1, last: entry.at }),
        }
    }
    readers.sort_by_key(|reader| std::cmp::Reverse(reader.last));
    readers
}
