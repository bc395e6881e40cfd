//! Turns what a rule announces into notices in the outbox, with everything their template needs pinned.

use crate::{Desk, DeskError};
use domain::{
    actor::Actor,
    appointment::{Appointment, AppointmentEnd},
    calendar::windows::Window,
    change::{Change, JobKind, NewJob, Write},
    decision::DecisionKind,
    delegate::{Delegate, DelegateReach},
    ids::NoticeId,
    inquiry::{Closing, Inquiry, ReviewState, Stage, Unconfirmed},
    journal::Happened,
    notice::{Carrier, Delivery, Notice, NoticeKind},
    pii::Pii,
    text::{Lang, Text},
};
use jiff::{SignedDuration, Timestamp};
use locale::args;
use notices::{Agency, Instead, Moment, News, NoticeFacts, Office, TextSays, Whom, is_told};

impl Desk {
    /// Puts a notice in the outbox for each kind that can be said of the inquiry as it is after the change, by each carrier
    /// that the person chose. Without one there is nothing to send: the inquiry page says the same.
    pub(crate) fn announce(
        &self,
        change: &mut Change,
        inquiry: &Inquiry,
        kinds: &[NoticeKind],
    ) -> Result<(), DeskError> {
        let reach = &inquiry.reach;
        let email = reach.email.clone().map(|to| (Carrier::Email, to));
        let text = (reach.texts && self.offers_texts()).then(|| (Carrier::Text, number(inquiry)));
        let mut carriers: Vec<_> = email.into_iter().chain(text).collect();
        carriers.retain(|(by, _)| inquiry.guard.is_safe(*by));
        for kind in kinds {
            let Some(news) = self.news(*kind, inquiry, change) else { continue };
            if carriers.is_empty() {
                // What they have just done themselves they know: nobody's telephone rings for it.
                let own = change.command.actor == Actor::Person;
                let lasts = [self.callable(inquiry, &news).filter(|_| !own), self.postable(inquiry, &news)];
                if let Some((by, to)) = lasts.into_iter().flatten().next() {
                    self.put(change, inquiry, news, by, to)?;
                }
                continue;
            }
            for (by, to) in &carriers {
                self.put(change, inquiry, news.clone(), *by, to.clone())?;
            }
        }
        Ok(())
    }

    /// Where an automated voice calls to tell it, if it may.
    fn callable(&self, inquiry: &Inquiry, news: &News) -> Option<(Carrier, Pii<String>)> {
        let may = self.offers_calls()
            && inquiry.reach.takes_calls()
            && inquiry.guard.is_safe(Carrier::Call)
            && is_told(news);
        may.then(|| (Carrier::Call, number(inquiry)))
    }

    /// Where the letter goes that tells it, if one does.
    fn postable(&self, inquiry: &Inquiry, news: &News) -> Option<(Carrier, Pii<String>)> {
        self.address(inquiry).filter(|_| worth_a_letter(news)).map(|to| (Carrier::Post, to))
    }

    /// Where the person's letters go, if letters can be printed.
    pub(crate) fn address(&self, inquiry: &Inquiry) -> Option<Pii<String>> {
        let safe = self.offers_post() && inquiry.guard.is_safe(Carrier::Post);
        let post = inquiry.reach.post.as_ref().filter(|_| safe)?;
        let lines: Vec<String> =
            std::iter::once(inquiry.name.full().reveal().clone()).chain(post.reveal().lines()).collect();
        Some(Pii::new(lines.join("\n")))
    }

    /// A message could not be brought. When nothing else tells the same, an automated voice calls, and when that was not heard either, or
    /// may not be, a letter tells it; and when there is no address for one, the story says that somebody must call.
    pub(crate) async fn fall_back(
        &self,
        change: &mut Change,
        inquiry: &Inquiry,
        lost: &Notice,
    ) -> Result<(), DeskError> {
        let facts = serde_json::from_value::<NoticeFacts>(lost.facts.reveal().clone())
            .map_err(|source| store::StoreError::Unreadable { record: "notice", source })?;
        let told = |other: &Notice| {
            let same = other.kind == lost.kind && other.queued_at == lost.queued_at && other.id != lost.id;
            same && !matches!(other.delivery, Delivery::Failed { .. })
        };
        // What was for somebody else is no news to the person by another way.
        if matches!(lost.kind, NoticeKind::TextAnswer | NoticeKind::DelegateLink)
            || self.store.notices(inquiry.id).await?.iter().any(told)
        {
            return Ok(());
        }
        let call = self.callable(inquiry, &facts.news).filter(|_| is_written(lost.by));
        let letter = self.postable(inquiry, &facts.news).filter(|_| lost.by != Carrier::Post);
        let Some((by, to)) = call.or(letter) else {
            change.note(Some(inquiry.id), Happened::Untold { kind: lost.kind });
            return Ok(());
        };
        self.put_as(change, inquiry, &facts, by, to, lost.queued_at)
    }

    /// Sends a delegate the link that is theirs alone.
    pub(crate) fn send_delegate_link(
        &self,
        change: &mut Change,
        inquiry: &Inquiry,
        delegate: &Delegate,
    ) -> Result<(), DeskError> {
        let now = change.command.at;
        let token = self.links.sign_delegate(inquiry.id, delegate);
        let facts = NoticeFacts {
            lang: delegate.lang.clone(),
            agency: self.agency_for(&delegate.lang),
            inquiry: inquiry.number,
            first_name: Some(delegate.name.clone()),
            link: Pii::new(self.site.link(&token)),
            made_at: now,
            mark: None,
            news: News::DelegateLink {
                nth: delegate.nth,
                which: Some(delegate.link()),
                last_day: last_day(inquiry, delegate.until),
            },
        };
        let (by, to) = match &delegate.reach {
            DelegateReach::Email(to) => (Carrier::Email, to.clone()),
            DelegateReach::Text(number) => (Carrier::Text, Pii::new(number.e164().to_owned())),
        };
        self.put_as(change, inquiry, &facts, by, to, now)
    }

    /// Answers what the person wrote by text. They did, so it goes to that number whatever they agreed to.
    pub(crate) fn say_by_text(
        &self,
        change: &mut Change,
        inquiry: &Inquiry,
        says: TextSays,
    ) -> Result<(), DeskError> {
        if !self.offers_texts() {
            return Ok(());
        }
        self.put(change, inquiry, News::TextAnswer { says }, Carrier::Text, number(inquiry))
    }

    fn put(
        &self,
        change: &mut Change,
        inquiry: &Inquiry,
        news: News,
        by: Carrier,
        to: Pii<String>,
    ) -> Result<(), DeskError> {
        let now = change.command.at;
        // Where somebody is reached no more nothing is opened: whoever reads it there shows who they are first.
        let link = match news {
            News::ContactChanged => format!("{}/{}/inquiry", self.site.base, inquiry.reach.lang),
            _ => self.site.link(&self.links.sign(inquiry.id, now)),
        };
        let facts = NoticeFacts {
            lang: inquiry.reach.lang.clone(),
            agency: self.agency_for(&inquiry.reach.lang),
            inquiry: inquiry.number,
            first_name: Some(inquiry.name.given.clone()).filter(|n| !n.reveal().trim().is_empty()),
            link: Pii::new(link),
            made_at: now,
            mark: None,
            news,
        };
        self.put_as(change, inquiry, &facts, by, to, now)
    }

    /// Puts a notice that was made at `made` into the outbox. A letter waits there for the print room; everything else has a job.
    fn put_as(
        &self,
        change: &mut Change,
        inquiry: &Inquiry,
        facts: &NoticeFacts,
        by: Carrier,
        to: Pii<String>,
        made: Timestamp,
    ) -> Result<(), DeskError> {
        let (now, kind) = (change.command.at, facts.kind());
        let id = NoticeId::new(now, &self.dice.chance());
        // Whoever was named to act for somebody did not ask for it.
        let asked = change.command.actor == Actor::Person && kind != NoticeKind::DelegateLink;
        let line = self.pack.line();
        let due = match by {
            Carrier::Text if !asked => line.texts.next(now, &inquiry.reach.zone),
            Carrier::Call => line.notice_calls.hours().next(now, &inquiry.reach.zone),
            Carrier::Email | Carrier::Text | Carrier::Post => now,
        };
        let (lang, wording) = (facts.lang.clone(), self.wording(&facts.lang));
        let facts = serde_json::to_value(facts)
            .map_err(|source| store::StoreError::Unreadable { record: "notice", source })?;
        let letter = by == Carrier::Post;
        change.writes.push(Write::Notice(Box::new(Notice {
            id,
            version: 1,
            inquiry: inquiry.id,
            kind,
            lang,
            by,
            to,
            asked,
            facts: Pii::new(facts),
            wording: Some(wording),
            queued_at: made,
            delivery: if letter { Delivery::ToPrint { at: now } } else { Delivery::Queued },
            arrived: None,
            rung: Vec::new(),
        })));
        change.note(Some(inquiry.id), Happened::NoticeQueued { notice: id, kind });
        if !letter {
            change.jobs.push(NewJob::new(JobKind::SendNotice { notice: id }, due));
        }
        Ok(())
    }

    pub(crate) fn agency_for(&self, lang: &Lang) -> Agency {
        let agency = self.pack.agency();
        Agency {
            name: agency.name.in_lang(lang).to_owned(),
            short: agency.short_name.in_lang(lang).to_owned(),
            phone: agency.phone.calls_from_shown.clone(),
        }
    }

    fn news(&self, kind: NoticeKind, inquiry: &Inquiry, change: &Change) -> Option<News> {
        let (journal, now) = (&change.journal, change.command.at);
        let lang = &inquiry.reach.lang;
        let callback = inquiry.callback().or_else(|| inquiry.past_callbacks.last());
        let phrase = !inquiry.reach.phrase.reveal().is_empty();
        let happened =
            |pick: &dyn Fn(&Happened) -> Option<Window>| journal.iter().find_map(|e| pick(&e.happened));
        Some(match kind {
            NoticeKind::RequestReceived => {
                News::RequestReceived { answer_by: inquiry.due().map(|due| inquiry.reach.zone.date(due)) }
            }
            NoticeKind::PapersNeeded => News::PapersNeeded { papers: self.papers_of(inquiry), until: None },
            NoticeKind::CallbackPromised => {
                News::CallbackPromised { window: window_of(&callback?.window), phrase }
            }
            NoticeKind::CallbackMoved => News::CallbackMoved {
                before: window_of(&happened(&|h| match h {
                    Happened::CallbackMoved { from, .. } => Some(from.clone()),
                    _ => None,
                })?),
                window: window_of(&callback?.window),
                phrase,
            },
            NoticeKind::CallbackCancelled => News::CallbackCancelled {
                window: window_of(&callback?.window),
                by: whom(&change.command.actor),
            },
            NoticeKind::CallbackReminder => {
                News::CallbackReminder { window: window_of(&callback?.window), phrase }
            }
            NoticeKind::CallbackMissed => News::CallbackMissed {
                window: window_of(&callback?.window),
                next: inquiry.callback().map(|c| self.window_around(c.next_attempt, inquiry)),
            },
            NoticeKind::PromiseBroken => {
                News::PromiseBroken { window: window_of(&callback?.window), next: None }
            }
            NoticeKind::DecisionMade => News::DecisionMade {
                sentence: inquiry.decided(DecisionKind::Need)?.sentence.in_lang(lang).to_owned(),
            },
            NoticeKind::ReviewAsked => {
                News::ReviewAsked { by: inquiry.reach.zone.date(inquiry.open_review()?.due) }
            }
            NoticeKind::ReviewDecided => {
                let ReviewState::Decided { upheld, .. } = inquiry.reviews.last()?.state else { return None };
                let sentence = inquiry.decided(DecisionKind::Need)?.sentence.in_lang(lang).to_owned();
                News::ReviewDecided { upheld, sentence }
            }
            NoticeKind::AppointmentBooked => {
                News::AppointmentBooked { appointment: self.appointment_facts(inquiry.appointment()?, lang)? }
            }
            NoticeKind::AppointmentMoved => {
                let appointment = inquiry.appointment()?;
                let before = journal.iter().find_map(|entry| match entry.happened {
                    Happened::AppointmentMoved { from, .. } => Some(from),
                    _ => None,
                })?;
                News::AppointmentMoved {
                    before: Moment { at: before, zone: appointment.zone.name().to_owned() },
                    appointment: self.appointment_facts(appointment, lang)?,
                }
            }
            NoticeKind::AppointmentCancelled => {
                let past = inquiry.past_appointments.last()?;
                News::AppointmentCancelled {
                    appointment: self.appointment_facts(&past.appointment, lang)?,
                    by: match (past.end, &change.command.actor) {
                        (AppointmentEnd::CancelledByOffice, _) => Whom::Agency,
                        (_, Actor::Delegate { .. }) => Whom::Delegate,
                        _ => Whom::Person,
                    },
                }
            }
            NoticeKind::AppointmentReminder => News::AppointmentReminder {
                appointment: self.appointment_facts(inquiry.appointment()?, lang)?,
            },
            NoticeKind::AppointmentConfirm => {
                let (visit, rules) = (inquiry.appointment()?, self.pack.line().visits.reconfirm?);
                let by = rules.answer_by(visit.start, visit.asked?);
                let lost = rules.then == Unconfirmed::Release && by < visit.start;
                News::AppointmentConfirm {
                    appointment: self.appointment_facts(visit, lang)?,
                    lost_after: lost.then(|| Moment { at: by, zone: visit.zone.name().to_owned() }),
                }
            }
            NoticeKind::AppointmentReleased => {
                let past = inquiry.past_appointments.last()?;
                News::AppointmentReleased { appointment: self.appointment_facts(&past.appointment, lang)? }
            }
            NoticeKind::EarlierOffered => {
                let offer = inquiry.offer()?;
                let moment = |at| Moment { at, zone: offer.zone.name().to_owned() };
                let office = self.pack.office(&offer.opening.office)?;
                News::EarlierOffered {
                    start: moment(offer.opening.start),
                    until: moment(offer.until),
                    office: office.name.clone(),
                    instead_of: inquiry.appointment().map(|visit| moment(visit.start)),
                }
            }
            NoticeKind::AppointmentMissed => {
                let past = inquiry.past_appointments.last()?;
                News::AppointmentMissed {
                    at: Moment { at: past.appointment.start, zone: past.appointment.zone.name().to_owned() },
                }
            }
            NoticeKind::DayClosed => self.day_closed(inquiry, lang, phrase)?,
            NoticeKind::DayReopened => {
                News::DayReopened { appointment: self.appointment_facts(inquiry.appointment()?, lang)? }
            }
            NoticeKind::InquiryClosed => match inquiry.stage {
                Stage::Closed { closing: Closing::Withdrawn | Closing::Served, .. } => {
                    News::InquiryClosed { reopen_until: None }
                }
                _ => return None,
            },
            NoticeKind::LinkResent => News::LinkResent {
                until: Some(Moment {
                    at: now + SignedDuration::from_hours(24 * crate::links::GOOD_FOR_DAYS),
                    zone: inquiry.reach.zone.name().to_owned(),
                }),
            },
            NoticeKind::ContactChanged => News::ContactChanged,
            NoticeKind::ProofChanged => {
                News::ProofChanged { at: Moment { at: now, zone: inquiry.reach.zone.name().to_owned() } }
            }
            NoticeKind::DelegateNamed => {
                let until = journal.iter().find_map(|entry| entry.happened.delegate_until())?;
                News::DelegateNamed { last_day: last_day(inquiry, until) }
            }
            // They have no news of their own: whoever answers a text, or names a delegate, says with what.
            NoticeKind::TextAnswer | NoticeKind::DelegateLink => return None,
        })
    }

    /// The day of a visit was closed: as it was, why, and what there is instead.
    fn day_closed(&self, inquiry: &Inquiry, lang: &Lang, phrase: bool) -> Option<News> {
        let now = inquiry.appointment();
        let left = now.or_else(|| inquiry.past_appointments.last().map(|past| &past.appointment))?;
        let shut = left.shut.as_ref()?;
        let length = left.end.duration_since(left.start);
        let was = Appointment { start: shut.start, end: shut.start + length, ..left.clone() };
        let instead = match (now, inquiry.callback()) {
            (Some(appointment), _) => Instead::Place {
                appointment: self.appointment_facts(appointment, lang)?,
                until: Moment { at: shut.until, zone: appointment.zone.name().to_owned() },
            },
            (None, Some(callback)) => Instead::Call { window: window_of(&callback.window), phrase },
            (None, None) => Instead::Officer,
        };
        let why = shut.why.in_lang(lang).to_owned();
        Some(News::DayClosed { was: self.appointment_facts(&was, lang)?, why, instead })
    }

    /// A missed attempt is tried again at a minute; the person is told a stretch, since officers are late by some minutes.
    fn window_around(&self, at: Timestamp, inquiry: &Inquiry) -> notices::Window {
        notices::Window {
            from: at,
            until: at + self.pack.line().callbacks.call_length(),
            zone: inquiry.reach.zone.name().to_owned(),
        }
    }

    fn papers_of(&self, inquiry: &Inquiry) -> Vec<String> {
        let Stage::Papers { missing, .. } = &inquiry.stage else { return Vec::new() };
        missing
            .iter()
            .filter_map(|code| self.pack.item(code))
            .map(|item| item.name.in_lang(&inquiry.reach.lang).to_owned())
            .collect()
    }

    pub(crate) fn appointment_facts(
        &self,
        appointment: &Appointment,
        lang: &Lang,
    ) -> Option<notices::Appointment> {
        let office = self.pack.office(&appointment.office)?;
        Some(notices::Appointment {
            id: appointment.id,
            sequence: appointment.sequence,
            starts: appointment.start,
            ends: appointment.end,
            zone: appointment.zone.name().to_owned(),
            office: Office {
                name: office.name.clone(),
                address: vec![
                    office.street.clone(),
                    format!("{}, {} {}", office.city, office.state, office.zip),
                ],
            },
            bring: appointment.bring.iter().map(|bring| bring.text.in_lang(lang).to_owned()).collect(),
            early_minutes: self.pack.line().visits.arrive_early_minutes,
        })
    }
}

/// Is it worth a letter, which comes days later? Not what is near by then, nor what the person has just done themselves.
const fn worth_a_letter(news: &News) -> bool {
    !matches!(
        news,
        News::CallbackReminder { .. }
            | News::AppointmentReminder { .. }
            | News::AppointmentConfirm { .. }
            | News::EarlierOffered { .. }
            | News::CallbackMissed { next: Some(_), .. }
            | News::CallbackCancelled { by: Whom::Person, .. }
            | News::AppointmentCancelled { by: Whom::Person, .. }
            | News::ReviewAsked { .. }
            | News::ContactChanged
            | News::DelegateLink { .. }
            | News::TextAnswer { .. }
    )
}

/// Is it sent at once, in writing?
const fn is_written(by: Carrier) -> bool {
    matches!(by, Carrier::Email | Carrier::Text)
}

/// Who gave something back, as the person is told it.
const fn whom(by: &Actor) -> Whom {
    match by {
        Actor::Person => Whom::Person,
        Actor::Delegate { .. } => Whom::Delegate,
        Actor::Staff { .. } | Actor::System { .. } => Whom::Agency,
    }
}

/// The last day of what lasts until a midnight of the person's.
fn last_day(inquiry: &Inquiry, until: Timestamp) -> jiff::civil::Date {
    inquiry.reach.zone.date(until.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(until))
}

/// Where the person's texts and calls go.
fn number(inquiry: &Inquiry) -> Pii<String> {
    Pii::new(inquiry.reach.phone.e164().to_owned())
}

fn window_of(window: &Window) -> notices::Window {
    notices::Window { from: window.start, until: window.end, zone: window.zone.name().to_owned() }
}

/// A line of a checklist in every language: an item's name, or "one of these".
pub(crate) fn bring_text(line: &pack::Bring, langs: &[Lang], words: &locale::Words) -> Text {
    Text::new(langs.iter().map(|lang| {
        let names: Vec<&str> = line.items().iter().map(|item| item.name.in_lang(lang)).collect();
        let text = match names.as_slice() {
            [one] => (*one).to_owned(),
            several => {
                let tongue = words.tongue(lang);
                tongue.say_plain_with("desk-any-of", &args! { "items" => several.join("; ") })
            }
        };
        (lang.clone(), text)
    }))
}
