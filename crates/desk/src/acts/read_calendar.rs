//! A calendar program reads what is promised: to a person, or by a member of staff.

use crate::{Caller, Desk, DeskError, Who, acts::make_pass::unguarded};
use domain::{
    actor::Staff,
    appointment::{Appointment, AppointmentEnd},
    callback::{CallOutcome, Callback},
    change::{Change, IdempotencyKey},
    ids::InquiryId,
    inquiry::Inquiry,
    journal::{Happened, ReadWhat},
    pass::{Pass, PassFor, PassOf},
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};
use locale::args;
use notices::{Feed, FeedEntry};
use store::{List, Page};

/// How long what is over stays in a calendar: so long a program may have been asleep that has to learn of it.
const STAYS: SignedDuration = SignedDuration::from_hours(24 * 30);
/// How far ahead a member of staff's calendar reaches.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 60);

impl Desk {
    /// The calendar that a pass opens: what is promised to a person, neutral enough for whoever sees their calendar; or the calls
    /// that a member of staff has promised, with nothing of whom.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] when it opens nothing (any more): the inquiry is protected or erased, the account is closed.
    pub async fn read_calendar(&self, pass: &Pass, now: Timestamp) -> Result<Feed, DeskError> {
        if pass.what != PassFor::Calendar || !pass.is_live(now) {
            return Err(DeskError::NotFound);
        }
        match pass.of {
            PassOf::Inquiry(id) => self.persons_calendar(id, now).await,
            PassOf::Staff(id) => {
                let staff = self.store.staff(id).await?.filter(|staff| staff.active);
                self.staffs_calendar(&staff.ok_or(DeskError::NotFound)?, now).await
            }
        }
    }

    async fn persons_calendar(&self, id: InquiryId, now: Timestamp) -> Result<Feed, DeskError> {
        let inquiry = self.load(id).await?;
        unguarded(&inquiry)?;
        self.note_calendar(id, now).await?;
        let lang = &inquiry.reach.lang;
        let agency = self.agency_for(lang);
        let mut entries: Vec<FeedEntry> = Vec::new();
        let callbacks = inquiry.past_callbacks.iter().map(|call| (call, was_given_back(call, now)));
        for (call, cancelled) in callbacks.chain(inquiry.callback().map(|call| (call, false))) {
            entries.push(self.call_entry(&inquiry, call, cancelled));
        }
        let over = inquiry.past_appointments.iter().map(|past| {
            let given_back = matches!(
                past.end,
                AppointmentEnd::CancelledByPerson
                    | AppointmentEnd::CancelledByOffice
                    | AppointmentEnd::Released
            );
            (&past.appointment, given_back)
        });
        for (visit, cancelled) in over.chain(inquiry.appointment().map(|visit| (visit, false))) {
            entries.extend(self.visit_entry(&inquiry, visit, cancelled));
        }
        entries.retain(|entry| entry.end + STAYS > now);
        entries.sort_by(|a, b| (a.start, &a.uid).cmp(&(b.start, &b.uid)));
        Ok(Feed { name: agency.name, domain: self.site.sender.domain.clone(), entries })
    }

    /// Once a day: a program asks every hour, and nobody looks each time.
    async fn note_calendar(&self, id: InquiryId, now: Timestamp) -> Result<(), DeskError> {
        let day = now.as_second() / 86_400;
        let caller = Caller::new(Who::Person(id), IdempotencyKey::of("calendar", format!("{id}:{day}")), now);
        if self.store.answered(&caller.key, &caller.actor()).await?.is_some() {
            return Ok(());
        }
        self.act(&caller, async || {
            let mut change = Change::new(caller.command());
            change.note(Some(id), Happened::Read { what: ReadWhat::Calendar });
            Ok(change)
        })
        .await?;
        Ok(())
    }

    fn call_entry(&self, inquiry: &Inquiry, call: &Callback, cancelled: bool) -> FeedEntry {
        let lang = &inquiry.reach.lang;
        let (t, agency) = (self.words.tongue(lang), self.agency_for(lang));
        FeedEntry {
            uid: call.id.to_string(),
            sequence: sequence(call, cancelled),
            cancelled,
            // A window of hours in which the telephone may ring leaves time for something else.
            busy: false,
            start: call.window.start,
            end: call.window.end,
            summary: t.say_plain_with("notices-feed-call", &args! { "agency" => agency.short }),
            description: Some(t.say_plain_with("notices-feed-call-from", &args! { "phone" => agency.phone })),
            location: None,
            url: None,
        }
    }

    fn visit_entry(&self, inquiry: &Inquiry, visit: &Appointment, cancelled: bool) -> Option<FeedEntry> {
        let lang = &inquiry.reach.lang;
        let (t, agency) = (self.words.tongue(lang), self.agency_for(lang));
        let facts = self.appointment_facts(visit, lang)?;
        let place: Vec<String> = std::iter::once(facts.office.name).chain(facts.office.address).collect();
        Some(FeedEntry {
            uid: visit.id.to_string(),
            sequence: visit.sequence,
            cancelled,
            busy: true,
            start: visit.start,
            end: visit.end,
            summary: t.say_plain_with("notices-feed-visit", &args! { "agency" => agency.short }),
            description: Some(t.say_plain_with("notices-calendar-phone", &args! { "phone" => agency.phone })),
            location: Some(place.join(", ")),
            url: None,
        })
    }

    async fn staffs_calendar(&self, staff: &Staff, now: Timestamp) -> Result<Feed, DeskError> {
        let lang = staff.langs.iter().find(|lang| self.pack.languages().contains(lang));
        let lang = lang.or(self.pack.languages().first()).cloned().unwrap_or_else(Lang::en);
        let (t, agency) = (self.words.tongue(&lang), self.agency_for(&lang));
        let list = List::Callbacks { officer: Some(staff.id), to: now + AHEAD };
        let seen = self.clone().seen_by(staff);
        let (mut calls, mut page) = (Vec::new(), Page::first(200));
        loop {
            // What nobody holds is in the list too, and is nobody's appointment.
            let part = seen.store().list(&list, page).await?;
            calls.extend(part.rows);
            if !part.more {
                break;
            }
            page.offset += page.limit;
        }
        let entries = calls.iter().filter_map(|inquiry| {
            let call = inquiry.callback().filter(|call| call.owner == Some(staff.id))?;
            Some(FeedEntry {
                uid: call.id.to_string(),
                sequence: sequence(call, false),
                cancelled: false,
                busy: true,
                start: call.window.start,
                end: call.window.end,
                summary: t.say_plain("notices-feed-own-call"),
                description: None,
                location: None,
                url: Some(format!("{}/{lang}/staff/callbacks", self.site.base)),
            })
        });
        let name = t.say_plain_with("notices-feed-own", &args! { "agency" => agency.short });
        Ok(Feed { name, domain: self.site.sender.domain.clone(), entries: entries.collect() })
    }
}

/// A call's window moves at the person's wish, and when nobody was reached; both are counted.
fn sequence(call: &Callback, cancelled: bool) -> u32 {
    u32::from(call.moves) + u32::from(call.renewed) + u32::from(cancelled)
}

/// Did the call, which is over, not take place? One that was tried in its window did, whatever came of it.
fn was_given_back(call: &Callback, now: Timestamp) -> bool {
    let reached = call.attempts.iter().any(|attempt| attempt.outcome == CallOutcome::Reached);
    let tried = call.attempts.iter().any(|attempt| attempt.started >= call.window.start);
    !reached && (!tried || call.window.start > now)
}
