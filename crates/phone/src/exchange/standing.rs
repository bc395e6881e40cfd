//! What callers are told while they wait, and that they may be called back instead.

use super::{
    Running,
    call::CallKey,
    line::{SLOW, watched},
};
use crate::{answers::window, inbox::Arrives};
use ::line::{Answer, Event};
use desk::DeskError;
use domain::{
    call_record::CallFault,
    text::Lang,
    wait::{AwayWhy, Standing},
};
use jiff::SignedDuration;
use std::sync::Arc;

/// What a caller is told of their wait is kept once in so long: for the record, a minute is enough.
const TOLD: SignedDuration = SignedDuration::from_secs(60);

impl Running {
    /// The caller may be called back instead of waiting: at the same place.
    pub(super) fn offer_callback(&mut self, call: CallKey, ask: u64, lang: Lang) {
        let caller = self.system("keep-place");
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        let flow = known.line.as_ref().map(|line| Arc::clone(line.flow()));
        let first = || flow.and_then(|flow| flow.queues().next().and_then(|queue| queue.parse().ok()));
        let (Some(number), Some(queue)) =
            (known.number.clone(), known.waits.queue.clone().map(|(queue, _)| queue).or_else(first))
        else {
            return self.line(call, Event::Answered { ask, answer: Box::new(Answer::Promised(None)) });
        };
        // The place is no longer the call's: hanging up now takes nothing away.
        let wait = known.waits.id.take();
        let (desk, inbox, outlook) = (known.desk.clone(), self.inbox.clone(), Arc::clone(&self.outlook));
        known.record.waits_no_more(now);
        if let Some(wait) = wait {
            self.waits.remove(&wait);
        }
        let join = known.place(queue, lang);
        tokio::spawn(async move {
            let kept = async {
                let wait = match wait {
                    Some(wait) => desk.keep_place(&caller, wait, AwayWhy::Asked, Some(&number)).await?,
                    None => desk.join_wait(&caller, &join).await?.wait,
                };
                let standings = desk.wait_standings(&caller).await?;
                Ok::<_, DeskError>(window(&desk, &outlook, &standings, &wait, caller.now))
            };
            let answer = match watched((&inbox, call), CallFault::StoreSlow, SLOW, kept).await {
                Ok(window) => Some(Box::new(Answer::Promised(window).into())),
                Err(error) => {
                    tracing::error!(%error, "a call back cannot be noted");
                    None
                }
            };
            inbox.put(Arrives::Answered { call, ask, answer }).await;
        });
    }

    /// A caller hears where they stand.
    pub(super) fn stands(&mut self, standing: Standing) {
        let now = self.clock.now();
        let Some(&call) = self.waits.get(&standing.caller) else { return };
        let Some(known) = self.calls.get_mut(&call) else { return };
        if known.waits.enqueued.is_none() {
            return;
        }
        let minutes = |minutes: u32| u16::try_from(minutes).unwrap_or(u16::MAX);
        let wait = standing.band.map(|band| (minutes(band.least), minutes(band.most)));
        let due = known.waits.told.is_none_or(|told| now.duration_since(told) >= TOLD);
        if due && standing.band.is_some() {
            known.waits.told = Some(now);
            if let Some(band) = standing.band {
                known.record.told(band);
            }
            self.of_wait("tell-wait", move |desk, caller| async move {
                desk.tell_wait(&caller, standing.caller, &standing).await
            });
        }
        self.line(call, Event::Position { place: standing.ahead.saturating_add(1), wait });
    }
}
