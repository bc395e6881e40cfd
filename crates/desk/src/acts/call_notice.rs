//! A notice is told by telephone: the line is given a call to make.

use crate::{Caller, Desk, DeskError, acts::send_notice::said, wording::Written};
use domain::{
    change::{AfterJob, Change, Finish, Write},
    inquiry::Inquiry,
    journal::Happened,
    mark::{Mark, MarkedWay},
    notice::{Delivery, Notice, NoticeKind},
    phone::PhoneNumber,
};
use jiff::SignedDuration;
use notices::{NoticeCall, told};

/// With no line free, it is looked again so soon.
const NO_ROOM: SignedDuration = SignedDuration::from_secs(20);
/// With no line at all in this process, which another may have.
const NO_LINE: SignedDuration = SignedDuration::from_mins(2);
/// What could not be told by then is told by another way: a line that is down for days keeps nobody from their letter.
const LONGEST: SignedDuration = SignedDuration::from_hours(36);

/// So many calls have been made of a notice, as far as they count.
pub(super) const fn calls_of(notice: &Notice) -> u32 {
    match notice.delivery {
        Delivery::Delayed { attempts, .. } => attempts,
        _ => 0,
    }
}

impl Desk {
    /// Has the line call, in the pack's hours by the person's own clock. That it is tried is written first, together with when it
    /// is tried next: a process that dies in the middle has called once, and another calls again.
    pub(super) async fn call_notice(
        &self,
        caller: &Caller,
        finish: &Finish,
        mut notice: Notice,
        inquiry: &Inquiry,
    ) -> Result<(), DeskError> {
        let (rules, now) = (self.pack.line().notice_calls, caller.now);
        let again =
            |due, why: &str| Finish { then: AfterJob::Again { due, why: why.to_owned() }, ..finish.clone() };
        let (calls, kind) = (calls_of(&notice), notice.kind);
        let number: Option<PhoneNumber> = notice.to.reveal().parse().ok();
        let late = now.duration_since(notice.queued_at) > LONGEST;
        let Some(to) = number.filter(|_| rules.may_call(calls) && !late) else {
            let failed = Happened::NoticeFailed { notice: notice.id, kind, attempt: calls };
            let mut change = Change::new(caller.command());
            self.fall_back(&mut change, inquiry, &notice).await?;
            let delivery = Delivery::Failed { at: now, why: "unheard".to_owned() };
            return self.record_in(change, finish, AfterJob::Done, notice, delivery, Some(failed)).await;
        };
        let due = rules.hours().next(now, &inquiry.reach.zone);
        if due > now {
            return self.only_finish(caller, &again(due, "night")).await;
        }
        let Some(line) = &self.calls else {
            return self.only_finish(caller, &again(now + NO_LINE, "no line")).await;
        };
        let Some(room) = line.room() else {
            return self.only_finish(caller, &again(now + NO_ROOM, "no room")).await;
        };
        let mark = self.links.call_mark(notice.id.uuid(), notice.rung.len() + 1);
        let facts = said(&notice, inquiry)?;
        let Written { words, wording } = self.written(&notice).await?;
        notice.wording = Some(wording);
        let Some(mut told) = told(&words, &facts, mark) else {
            // Nothing of the kind is told by a call; whoever was protected meanwhile is told by none.
            let dropped = Happened::NoticeDropped { notice: notice.id, kind };
            let change = Change::new(caller.command());
            let delivery = Delivery::Dropped { at: now };
            return self.record_in(change, finish, AfterJob::Done, notice, delivery, Some(dropped)).await;
        };
        // Who has said already that they come is not asked again.
        told.yes = told.yes.filter(|_| {
            inquiry.appointment().is_none_or(|visit| visit.confirmed.is_none())
                || kind == NoticeKind::EarlierOffered
        });
        notice.version += 1;
        notice.rung.push(now);
        notice.delivery = Delivery::Delayed { attempts: calls + 1, at: now };
        let call = NoticeCall {
            notice: notice.id,
            version: notice.version,
            inquiry: inquiry.id,
            to,
            lang: notice.lang.clone(),
            told,
            mark,
            ring_seconds: rules.ring_seconds,
            wait_seconds: rules.wait_seconds,
            room,
        };
        let mut change = Change::new(caller.command());
        change.writes.push(Write::Mark(Mark { code: mark, way: MarkedWay::Call, at: now }));
        change.writes.push(Write::Notice(Box::new(notice)));
        change.finish = Some(again(now + rules.pause(), "called"));
        let repeated = self.commit(change).await?.repeated;
        if !repeated && !line.begin(call) {
            tracing::warn!(kind = kind.as_str(), "the line has ended: a notice is told later");
        }
        Ok(())
    }
}
