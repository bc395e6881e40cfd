//! A person writes to us by text: it is done, and answered by text in their language.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    change::{Change, IdempotencyKey, Write},
    ids::InquiryId,
    inquiry::{Inquiry, Stage},
    notice::{Carrier, NoticeKind},
    phone::PhoneNumber,
    texting::TextWord,
};
use notices::{Moment, TextSays};

/// How many inquiries of one number are looked at.
const MOST: u32 = 20;

impl Desk {
    /// Takes a text from a number. Who has no open inquiry that it could be about is not answered: a stranger learns
    /// nothing, not even that.
    ///
    /// # Errors
    /// Only when the store fails: what the rules refuse is said in the answer.
    pub async fn take_text(&self, caller: &Caller, from: &PhoneNumber, said: &str) -> Result<(), DeskError> {
        match notices::word(&self.words, said) {
            Some(TextWord::Stop) => self.texts_by_number(caller, from, false, TextSays::Stopped).await,
            Some(TextWord::Start) => self.texts_by_number(caller, from, true, TextSays::Started).await,
            Some(TextWord::Confirm) => {
                if let Some(inquiry) = Box::pin(self.offered_by_text(from)).await? {
                    return Box::pin(self.take_by_text(caller, inquiry.id)).await;
                }
                match self.texted(from, |i| matches!(i.stage, Stage::Booked(_))).await? {
                    Some((inquiry, true)) => self.confirm_by_text(caller, inquiry.id).await,
                    Some((inquiry, false)) => self.answer_text(caller, inquiry.id, TextSays::Nothing).await,
                    None => Ok(()),
                }
            }
            Some(TextWord::Move) => match self.texted(from, is_promised).await? {
                Some((inquiry, _)) => self.answer_text(caller, inquiry.id, TextSays::Choose).await,
                None => Ok(()),
            },
            Some(TextWord::Cancel) => match self.texted(from, is_promised).await? {
                Some((inquiry, true)) => self.cancel_by_text(caller, &inquiry).await,
                Some((inquiry, false)) => self.answer_text(caller, inquiry.id, TextSays::Nothing).await,
                None => Ok(()),
            },
            Some(TextWord::Help) | None => match self.texted(from, is_promised).await? {
                Some((inquiry, _)) => {
                    // Two machines that answer each other stop here.
                    let hour = caller.now.as_second() / 3600;
                    let key = IdempotencyKey::of("text-help", format!("{}:{hour}", inquiry.id));
                    self.answer_text(&caller.under(key), inquiry.id, TextSays::Help).await
                }
                None => Ok(()),
            },
        }
    }

    /// What a text from this number is about: among the open inquiries with texts, those of which `fits` holds come first, and
    /// of several the one about which we wrote last. The flag says whether it fits.
    async fn texted(
        &self,
        from: &PhoneNumber,
        fits: impl Fn(&Inquiry) -> bool,
    ) -> Result<Option<(Inquiry, bool)>, DeskError> {
        let mut all = self.store.inquiries_by_phone(from, MOST).await?;
        all.retain(|inquiry| inquiry.reach.texts && inquiry.guard.is_safe(Carrier::Text));
        let any = all.iter().any(&fits);
        let mut last = None;
        for inquiry in all.into_iter().filter(|inquiry| !any || fits(inquiry)) {
            let notices = self.store.notices(inquiry.id).await?;
            let wrote = notices.iter().filter(|n| n.by == Carrier::Text).map(|n| n.queued_at).max();
            if last.as_ref().is_none_or(|(before, _)| wrote > *before) {
                last = Some((wrote, inquiry));
            }
        }
        Ok(last.map(|(_, inquiry)| (inquiry, any)))
    }

    /// STOP and START are about a number, and so about every inquiry that is reached at it, those included that come later.
    async fn texts_by_number(
        &self,
        caller: &Caller,
        from: &PhoneNumber,
        agreed: bool,
        says: TextSays,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            let stopped = (!agreed).then_some(caller.now);
            change.writes.push(Write::Texting { phone: self.links.phone_key(from), stopped });
            let mut all = self.store.inquiries_by_phone(from, MOST).await?;
            all.retain(|inquiry| {
                inquiry.reach.texts != agreed && (!agreed || inquiry.guard.is_safe(Carrier::Text))
            });
            for inquiry in &all {
                change.step(inquiry.agree_texts(agreed));
            }
            if let Some(newest) = all.first() {
                self.say_by_text(&mut change, newest, says.clone())?;
            }
            Ok(change)
        })
        .await?;
        Ok(())
    }

    /// The inquiry whose person was offered an earlier place, where that is the last thing that we wrote to the number.
    async fn offered_by_text(&self, from: &PhoneNumber) -> Result<Option<Inquiry>, DeskError> {
        let mut last: Option<(domain::notice::Notice, Inquiry)> = None;
        let mut all = self.store.inquiries_by_phone(from, MOST).await?;
        all.retain(|inquiry| inquiry.guard.is_safe(Carrier::Text));
        for inquiry in all {
            let notices = self.store.notices(inquiry.id).await?;
            let newest = notices.into_iter().filter(|n| n.by == Carrier::Text).max_by_key(|n| n.queued_at);
            if let Some(newest) = newest
                && last.as_ref().is_none_or(|(before, _)| newest.queued_at > before.queued_at)
            {
                last = Some((newest, inquiry));
            }
        }
        Ok(last.filter(|(notice, _)| notice.kind == NoticeKind::EarlierOffered).map(|(_, inquiry)| inquiry))
    }

    /// The notice of the new time goes by text as well, and is the answer.
    async fn take_by_text(&self, caller: &Caller, id: InquiryId) -> Result<(), DeskError> {
        let own = Caller::new(Who::Person(id), caller.key.clone(), caller.now);
        let done = self.take_earlier(&own, id).await;
        self.or_not_by_text(caller, id, done.map(drop)).await
    }

    async fn confirm_by_text(&self, caller: &Caller, id: InquiryId) -> Result<(), DeskError> {
        let done = self
            .act(caller, async || {
                let step = self.load(id).await?.confirm_visit(caller.now)?;
                let after = step.inquiry.clone();
                let mut change = self.change_of(caller, step)?;
                if let Some(visit) = after.appointment() {
                    let start = Moment { at: visit.start, zone: visit.zone.name().to_owned() };
                    self.say_by_text(&mut change, &after, TextSays::Confirmed { start })?;
                }
                Ok(change)
            })
            .await;
        self.or_not_by_text(caller, id, done.map(drop)).await
    }

    /// The notice that tells of it goes by text as well, and is the answer.
    async fn cancel_by_text(&self, caller: &Caller, inquiry: &Inquiry) -> Result<(), DeskError> {
        let own = Caller::new(Who::Person(inquiry.id), caller.key.clone(), caller.now);
        let done = match inquiry.stage {
            Stage::Booked(_) => self.cancel_appointment(&own, inquiry.id).await,
            _ => self.cancel_callback(&own, inquiry.id).await,
        };
        self.or_not_by_text(caller, inquiry.id, done.map(drop)).await
    }

    /// What the rules refuse is told, with the telephone as the next step.
    async fn or_not_by_text(
        &self,
        caller: &Caller,
        id: InquiryId,
        done: Result<(), DeskError>,
    ) -> Result<(), DeskError> {
        match done {
            Err(DeskError::Refused(_)) => {
                let key = IdempotencyKey::of("text-no", caller.key.as_str());
                self.answer_text(&caller.under(key), id, TextSays::NotByText).await
            }
            done => done,
        }
    }

    async fn answer_text(&self, caller: &Caller, id: InquiryId, says: TextSays) -> Result<(), DeskError> {
        self.act(caller, async || {
            let mut change = Change::new(caller.command());
            self.say_by_text(&mut change, &self.load(id).await?, says.clone())?;
            Ok(change)
        })
        .await?;
        Ok(())
    }
}

const fn is_promised(inquiry: &Inquiry) -> bool {
    matches!(inquiry.stage, Stage::Promised(_) | Stage::Booked(_))
}
