//! What the line knows beside its calendar: what supervisors say of it, how long the wait is likely to be, and what a number
//! chose before.

use crate::{Desk, DeskError};
use domain::{
    calendar::BusinessCalendar,
    codes::QueueCode,
    ids::NodeId,
    line_notice::{self, LineNotice},
    phone::PhoneNumber,
    remembered::Remembered,
    text::Lang,
    wait::{Likely, likely},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

/// What was read of the notices is good for so long: pages and callers do not ask the store each time.
const FRESH: SignedDuration = SignedDuration::from_secs(5);
/// So many notices at most: more than ever stand at once.
const MOST: u32 = 50;

/// The line as of a moment, beside its calendar. The one who holds calls reads it now and then, and answers from it.
#[derive(Debug, Clone, Default)]
pub struct Outlook {
    /// What supervisors say that has not ended.
    pub notices: Arc<Vec<LineNotice>>,
    /// For each queue and language, how long whoever asks now would likely wait, and whether a call back is offered first.
    pub likely: Vec<Ahead>,
    /// How many wait now.
    pub waiting: u64,
}

/// What lies ahead of whoever asks for an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// For whom they would wait.
    pub queue: QueueCode,
    /// In which language.
    pub lang: Lang,
    /// How long.
    pub likely: Likely,
    /// Whether they are offered to be called back before they wait.
    pub offers_callback: bool,
}

impl Outlook {
    /// What lies ahead in the first queue of the line, in a language.
    pub fn ahead(&self, lang: &Lang) -> Option<&Ahead> {
        self.likely.iter().find(|ahead| ahead.lang == *lang)
    }
}

/// The line as it was looked at last for whoever reads a page: many read, and one look serves them all.
pub(crate) type Lately = tokio::sync::Mutex<Option<(Timestamp, Arc<Outlook>)>>;

/// What was last read of the notices.
#[derive(Debug, Default)]
pub(crate) struct Notices(Mutex<Option<(Timestamp, Arc<Vec<LineNotice>>)>>);

impl Notices {
    fn fresh(&self, now: Timestamp) -> Option<Arc<Vec<LineNotice>>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, notices) = kept.as_ref()?;
        // Also after the clock was set back.
        (now.duration_since(*at).abs() < FRESH).then(|| Arc::clone(notices))
    }

    fn last(&self) -> Arc<Vec<LineNotice>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map(|(_, notices)| Arc::clone(notices)).unwrap_or_default()
    }

    fn keep(&self, now: Timestamp, notices: &Arc<Vec<LineNotice>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, Arc::clone(notices)));
    }

    /// Whoever has just said something hears it at once.
    pub(crate) fn forget(&self) {
        if let Some((at, _)) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            *at = Timestamp::UNIX_EPOCH;
        }
    }
}

impl Desk {
    /// What supervisors say of the line that has not ended, as of some seconds ago at most. When the store does not answer,
    /// what was said last holds: an emergency is no less one.
    pub async fn line_notices(&self, now: Timestamp) -> Arc<Vec<LineNotice>> {
        if let Some(notices) = self.notices.fresh(now) {
            return notices;
        }
        match self.store.line_notices(now, MOST).await {
            Ok(notices) => {
                let notices = Arc::new(notices);
                self.notices.keep(now, &notices);
                notices
            }
            Err(error) => {
                tracing::warn!(%error, "what is said of the line cannot be read");
                self.notices.last()
            }
        }
    }

    /// The line as of now, for the process `node`.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn outlook(&self, node: Option<NodeId>, now: Timestamp) -> Result<Outlook, DeskError> {
        let notices = self.line_notices(now).await;
        let asks = self.asks();
        let (callers, operators) = (self.all_waits().await?, self.store.operators().await?);
        let rules = self.wait_rules();
        let all = likely(&callers, &operators, &asks, node, rules, now);
        let ahead = |((queue, lang), likely): ((QueueCode, Lang), Likely)| Ahead {
            queue,
            lang,
            likely,
            offers_callback: likely.offers_callback(rules),
        };
        let waiting = callers.len() as u64;
        Ok(Outlook { notices, likely: asks.into_iter().zip(all).map(ahead).collect(), waiting })
    }

    /// The line as of some seconds ago at most, for pages that anybody opens as often as they like.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn outlook_lately(&self, now: Timestamp) -> Result<Arc<Outlook>, DeskError> {
        let mut last = self.lately.lock().await;
        if let Some((at, outlook)) = last.as_ref()
            && now.duration_since(*at).abs() < FRESH
        {
            return Ok(Arc::clone(outlook));
        }
        let outlook = Arc::new(self.outlook(None, now).await?);
        *last = Some((now, Arc::clone(&outlook)));
        Ok(outlook)
    }

    /// The queues of the line, each in every language; the first queue first.
    fn asks(&self) -> Vec<(QueueCode, Lang)> {
        let Some(callflow) = self.pack.callflow() else { return Vec::new() };
        let langs = callflow.flow.langs();
        let each = |queue: QueueCode| langs.iter().map(move |lang| (queue.clone(), lang.clone()));
        self.queues().into_iter().flat_map(each).collect()
    }

    /// The queues that people can wait in, each once: those of the call flow in its order, then those that supervisors alone move
    /// somebody to.
    pub fn queues(&self) -> Vec<QueueCode> {
        let flow = self.pack.callflow().into_iter();
        let of_flow = flow.flat_map(|callflow| callflow.flow.queues().filter_map(|queue| queue.parse().ok()));
        let named = self.wait_rules().written().queues.iter().map(|named| named.code.clone());
        let mut queues: Vec<QueueCode> = Vec::new();
        for queue in of_flow.chain(named) {
            if !queues.contains(&queue) {
                queues.push(queue);
            }
        }
        queues
    }

    /// When operators answer whoever calls in this language: the hours of the queue that callers reach.
    pub fn hours_for(&self, lang: &Lang) -> Cow<'_, BusinessCalendar> {
        let line = self.pack.line();
        let first = self.queues().into_iter().next();
        first.map_or(Cow::Borrowed(&line.calendar), |queue| line.hours_of(&queue, lang))
    }

    /// What this number chose in its last call, unless that was too long ago.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn remembered(
        &self,
        number: &PhoneNumber,
        now: Timestamp,
    ) -> Result<Option<Remembered>, DeskError> {
        let known = self.store.remembered(&self.links.phone_key(number)).await?;
        Ok(known.filter(|known| !known.is_forgotten(now)))
    }

    /// Whether operators answer by hand, whatever the hours say: the newest that was said stands. Where nobody is let into the
    /// queue that callers reach, nobody answers them, whatever was said of the line.
    pub async fn by_hand(&self, now: Timestamp) -> Option<LineNotice> {
        let notices = self.line_notices(now).await;
        let first = self.queues().into_iter().next();
        let closed = first.and_then(|queue| line_notice::queue_closed(&notices, &queue, now));
        closed.or_else(|| line_notice::by_hand(&notices, now)).cloned()
    }
}
