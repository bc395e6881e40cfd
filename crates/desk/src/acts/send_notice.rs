//! A notice leaves the outbox.

use crate::{Caller, Desk, DeskError, wording::Written};
use domain::{
    change::{AfterJob, Change, Finish, Write},
    ids::NoticeId,
    inquiry::Inquiry,
    journal::Happened,
    mark::Mark,
    notice::{Carrier, Delivery, Notice, NoticeKind},
};
use jiff::Timestamp;
use locale::Words;
use notices::{Failure, News, Next, NoticeFacts, Outcome, Post, Retry, Why, render, text};
use tracing::Instrument;

impl Desk {
    /// Sends a notice and records what came of it. The carrier gets the notice's own identifier as its message number:
    /// a crash between sending and recording repeats the same message, not another.
    pub(crate) async fn send_notice(
        &self,
        caller: &Caller,
        finish: &Finish,
        attempts: u32,
        id: NoticeId,
    ) -> Result<(), DeskError> {
        let Some(notice) = self.store.notice(id).await? else {
            return self.only_finish(caller, finish).await;
        };
        if !matches!(notice.delivery, Delivery::Queued | Delivery::Delayed { .. }) {
            return self.only_finish(caller, finish).await;
        }
        let inquiry = self.load(notice.inquiry).await?;
        if !still_true(&notice, &inquiry, caller.now) {
            let dropped = Happened::NoticeDropped { notice: id, kind: notice.kind };
            let delivery = Delivery::Dropped { at: caller.now };
            return self.record(caller, finish, AfterJob::Done, notice, delivery, Some(dropped)).await;
        }
        if !is_open(&notice, &inquiry) {
            // What it says is still so, and they have not been told: another way is looked for.
            let failed = Happened::NoticeFailed { notice: id, kind: notice.kind, attempt: attempts };
            let mut change = Change::new(caller.command());
            self.fall_back(&mut change, &inquiry, &notice).await?;
            let delivery = Delivery::Failed { at: caller.now, why: "not wanted".to_owned() };
            return self.record_in(change, finish, AfterJob::Done, notice, delivery, Some(failed)).await;
        }
        if notice.by == Carrier::Call {
            return Box::pin(self.call_notice(caller, finish, notice, &inquiry)).await;
        }
        if notice.by == Carrier::Text && !notice.asked {
            let due = self.pack.line().texts.next(caller.now, &inquiry.reach.zone);
            if due > caller.now {
                let then = AfterJob::Again { due, why: "night".to_owned() };
                return self.only_finish(caller, &Finish { then, ..finish.clone() }).await;
            }
        }
        let mut facts = said(&notice, &inquiry)?;
        facts.mark = Some(self.links.notice_mark(id));
        let Written { words, wording } = self.written(&notice).await?;
        let mut notice = notice;
        notice.wording = Some(wording);
        let span = tracing::info_span!("notice", kind = notice.kind.as_str(), by = notice.by.as_str());
        let sent = self.hand_over(&notice, &words, &facts).instrument(span).await;
        let kind = notice.kind;
        if let Outcome::Temporary(failure) | Outcome::Permanent(failure) = &sent {
            tracing::warn!(kind = kind.as_str(), attempts, %failure, "a notice was not sent");
        }
        let (then, delivery, happened) = match sent {
            Outcome::Sent(sent) => (
                AfterJob::Done,
                Delivery::Sent { at: caller.now, receipt: sent.receipt },
                Some(Happened::NoticeSent { notice: id, kind, attempt: attempts }),
            ),
            Outcome::Permanent(failure) => (
                AfterJob::Dead { why: failure.to_string() },
                Delivery::Failed { at: caller.now, why: failure.to_string() },
                Some(Happened::NoticeFailed { notice: id, kind, attempt: attempts }),
            ),
            Outcome::Temporary(failure) => {
                match Retry::default().after(attempts, caller.now, self.dice.number()) {
                    Next::At(due) => (
                        AfterJob::Again { due, why: failure.to_string() },
                        Delivery::Delayed { attempts, at: caller.now },
                        None,
                    ),
                    Next::GiveUp => (
                        AfterJob::Dead { why: failure.to_string() },
                        Delivery::Failed { at: caller.now, why: failure.to_string() },
                        Some(Happened::NoticeFailed { notice: id, kind, attempt: attempts }),
                    ),
                }
            }
        };
        if matches!(delivery, Delivery::Failed { .. }) {
            let mut change = Change::new(caller.command());
            self.fall_back(&mut change, &inquiry, &notice).await?;
            return self.record_in(change, finish, then, notice, delivery, happened).await;
        }
        self.record(caller, finish, then, notice, delivery, happened).await
    }

    async fn hand_over(&self, notice: &Notice, words: &Words, facts: &NoticeFacts) -> Outcome {
        // An address that is none, say: trying again would fail the same way.
        let never = Outcome::Permanent(Failure { why: Why::Refused, code: None });
        match notice.by {
            Carrier::Email => {
                let sender = &self.site.sender;
                let email = render(words, facts, sender, &notice.to);
                match Post::new(&email, notice.id, sender, &notice.to, notice.queued_at) {
                    Ok(post) => self.mailer.send(&post).await,
                    Err(_) => never,
                }
            }
            Carrier::Text => match &self.texts {
                Some(texts) => texts.send(notice.id, &notice.to, &text(words, facts)).await,
                None => never,
            },
            // A letter has no job: the print room takes it. A call was begun before.
            Carrier::Post | Carrier::Call => never,
        }
    }

    async fn record(
        &self,
        caller: &Caller,
        finish: &Finish,
        then: AfterJob,
        notice: Notice,
        delivery: Delivery,
        happened: Option<Happened>,
    ) -> Result<(), DeskError> {
        let change = Change::new(caller.command());
        self.record_in(change, finish, then, notice, delivery, happened).await
    }

    /// The same, with what else comes of it.
    pub(super) async fn record_in(
        &self,
        mut change: Change,
        finish: &Finish,
        then: AfterJob,
        mut notice: Notice,
        delivery: Delivery,
        happened: Option<Happened>,
    ) -> Result<(), DeskError> {
        notice.version += 1;
        notice.delivery = delivery;
        change.writes.extend(self.went_out(&notice));
        if let Some(happened) = happened {
            change.note(Some(notice.inquiry), happened);
        }
        change.writes.push(Write::Notice(Box::new(notice)));
        change.finish = Some(Finish { then, ..finish.clone() });
        self.commit(change).await?;
        Ok(())
    }

    /// That a notice went out, under its code.
    pub(crate) fn went_out(&self, notice: &Notice) -> Option<Write> {
        let Delivery::Sent { at, .. } = notice.delivery else { return None };
        Some(Write::Mark(Mark { code: self.links.notice_mark(notice.id), way: notice.by.into(), at }))
    }

    pub(crate) async fn only_finish(&self, caller: &Caller, finish: &Finish) -> Result<(), DeskError> {
        let mut change = Change::new(caller.command());
        change.finish = Some(finish.clone());
        self.commit(change).await?;
        Ok(())
    }
}

/// What a notice says: to somebody who is protected, or by a way that they have called unsafe for it, nothing but that there is something
/// to be read, whatever was decided to be said before. What the person's choice does not concern: a delegate's own link, and the answer to
/// what they wrote from that very telephone.
pub(crate) fn said(notice: &Notice, inquiry: &Inquiry) -> Result<NoticeFacts, DeskError> {
    let facts = serde_json::from_value::<NoticeFacts>(notice.facts.reveal().clone())
        .map_err(|source| store::StoreError::Unreadable { record: "notice", source })?;
    let theirs = !matches!(notice.kind, NoticeKind::DelegateLink | NoticeKind::TextAnswer);
    let discreet = inquiry.guard.protected.is_some() || (theirs && inquiry.is_discreet(notice.by));
    Ok(if discreet { facts.neutral() } else { facts })
}

/// May the person be told by this way still? Whoever wants no more texts or calls gets none that waited either; what they wrote is still
/// answered, and that it is another number now is said to the one before.
fn is_open(notice: &Notice, inquiry: &Inquiry) -> bool {
    let whatever =
        matches!(notice.kind, NoticeKind::TextAnswer | NoticeKind::ContactChanged | NoticeKind::DelegateLink);
    match notice.by {
        Carrier::Text => inquiry.reach.texts || whatever,
        Carrier::Call => inquiry.reach.takes_calls(),
        Carrier::Email | Carrier::Post => true,
    }
}

/// Is what the notice says still so? A reminder of a call that has been moved would only confuse.
fn still_true(notice: &Notice, inquiry: &Inquiry, now: Timestamp) -> bool {
    if !inquiry.guard.is_safe(notice.by) {
        return false;
    }
    match notice.kind {
        NoticeKind::CallbackReminder => {
            inquiry.callback().is_some_and(|c| c.attempts.is_empty() && c.window.end > now)
        }
        // Whoever was ended meanwhile, or acts for somebody who is protected since, gets none; nor does a link go out that another has
        // taken the place of: it opens nothing.
        NoticeKind::DelegateLink => said(notice, inquiry).is_ok_and(|facts| {
            let News::DelegateLink { nth, which, .. } = facts.news else { return false };
            let newest = which.is_none_or(|link| inquiry.is_opened_by_delegates_link(nth, link));
            newest && inquiry.delegate_now(nth, now).is_ok()
        }),
        NoticeKind::EarlierOffered => inquiry.offer().is_some_and(|offer| now < offer.until),
        NoticeKind::AppointmentConfirm => {
            inquiry.appointment().is_some_and(|a| a.start > now && a.asked.is_some() && a.confirmed.is_none())
        }
        NoticeKind::AppointmentReminder => inquiry.appointment().is_some_and(|a| a.start > now),
        _ => true,
    }
}
