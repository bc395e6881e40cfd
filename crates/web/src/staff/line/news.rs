//! How the telephone's page stays fresh: a stream that says "phone" when the telephone of whoever sits here has changed, or
//! where they stand, and "queue" when somebody who waits does. What has become of it the page asks for itself.

use super::telephone;
use crate::{
    core::{
        live::{Open, PACE},
        recent::SEARCHED,
        switchboard::SoftphoneState,
    },
    staff::frame::Seat,
};
use axum::response::sse::Event;
use domain::{
    ids::StaffId,
    journal::{Happened, Seq, Written},
    wait::WaitDid,
};
use futures::{Stream, stream};
use maud::{Markup, html};
use std::{convert::Infallible, sync::Arc};
use store::{Signal, Store};
use tokio::sync::watch;

/// Where the stream arrives on the page. Scripts may say "phone" there as well.
pub(super) fn source(seat: &Seat) -> Markup {
    html! {
        div #line-news hidden hx-sse:connect={ (seat.ctx.url("/staff/line/live")) "?from=" (seat.from.0) } {}
    }
}

struct Watching {
    me: StaffId,
    phone: Option<watch::Receiver<SoftphoneState>>,
    store: Arc<dyn Store>,
    signal: Signal,
    seen: Seq,
    /// Has somebody who waits moved, and has that not been said yet?
    queue: bool,
    stop: watch::Receiver<bool>,
    _place: Open,
}

impl Watching {
    /// What has changed; `None` when the server or the store closes.
    async fn news(&mut self) -> Option<&'static str> {
        loop {
            if std::mem::take(&mut self.queue) {
                return Some("queue");
            }
            let grown = tokio::select! {
                biased;
                _ = self.stop.wait_for(|stop| *stop) => return None,
                // The telephone at once: who is rung must not wait.
                changed = changed(&mut self.phone) => match changed {
                    Ok(()) => return Some("phone"),
                    Err(_) => None,
                },
                grown = grown(&mut self.signal, self.seen) => Some(grown?),
            };
            let Some(grown) = grown else {
                self.phone = None;
                continue;
            };
            let from = std::mem::replace(&mut self.seen, grown);
            let (mine, queue) = self.concerns(from).await;
            self.queue = queue;
            if mine {
                return Some("phone");
            }
        }
    }

    /// Do the entries after `from` say something of whoever sits here, and of those who wait?
    async fn concerns(&self, from: Seq) -> (bool, bool) {
        match self.store.journal(from, SEARCHED).await {
            Ok(entries) if entries.len() < SEARCHED as usize => {
                let shown = self.phone.as_ref().and_then(|phone| telephone::inquiry(&phone.borrow()));
                let on_screen = |written: &Written| {
                    let entry = &written.entry;
                    shown.is_some()
                        && entry.inquiry == shown
                        && !matches!(entry.happened, Happened::Read { .. })
                };
                let mine = entries.iter().any(|w| is_of(self.me, &w.entry.happened) || on_screen(w));
                let queue = entries.iter().any(|w| matches!(w.entry.happened, Happened::Wait { .. }));
                (mine, queue)
            }
            // Too much to search, or no answer: the page looks for itself.
            Ok(_) | Err(_) => (true, true),
        }
    }
}

/// Does it say something of this member of staff as an operator? The end of a wait names no operator, so it may be theirs.
fn is_of(me: StaffId, happened: &Happened) -> bool {
    use WaitDid as W;
    match happened {
        Happened::Operator { operator, .. } => *operator == me,
        Happened::Wait { did, .. } => match did {
            W::Offered { operator, .. }
            | W::Declined { operator, .. }
            | W::Unanswered { operator, .. }
            | W::Accepted { operator, .. }
            | W::Reached { operator }
            | W::Missed { operator, .. }
            | W::CutOff { operator }
            | W::Transferred { operator, .. }
            | W::SentOut { operator, .. }
            | W::TakenDown { operator }
            | W::Disposed { operator, .. } => *operator == me,
            W::Consulted { operator, colleague } | W::Conferred { operator, colleague } => {
                [*operator, *colleague].contains(&me)
            }
            W::HandedOver { operator, to } => [*operator, *to].contains(&me),
            W::Over { .. } | W::Kept { .. } => true,
            W::Joined { .. }
            | W::Rejoined
            | W::Returned { .. }
            | W::OutsideAnswered { .. }
            | W::OutsideFailed { .. }
            | W::Moved { .. } => false,
        },
        _ => false,
    }
}

async fn changed(phone: &mut Option<watch::Receiver<SoftphoneState>>) -> Result<(), watch::error::RecvError> {
    match phone {
        Some(phone) => phone.changed().await,
        None => std::future::pending().await,
    }
}

/// The journal has grown beyond `seen`; looked at twice a second at most.
async fn grown(signal: &mut Signal, seen: Seq) -> Option<Seq> {
    loop {
        tokio::time::sleep(PACE).await;
        let now = signal.now();
        if now > seen {
            return Some(now);
        }
        signal.changed().await?;
    }
}

/// The stream. It begins with "phone": what changed between the page and the stream is not missed.
pub(super) fn stream(
    seat: &Seat,
    seen: Option<Seq>,
    place: Open,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let store = seat.ctx.app.desk.store().clone();
    let signal = store.signal();
    let mut phone = seat.ctx.app.switchboard.as_ref().map(|board| board.watch(seat.me.staff.id));
    if let Some(phone) = &mut phone {
        phone.mark_changed();
    }
    let watching = Watching {
        me: seat.me.staff.id,
        phone,
        store,
        seen: seen.unwrap_or_else(|| signal.now()),
        signal,
        queue: false,
        stop: seat.ctx.app.stopping(),
        _place: place,
    };
    stream::unfold(watching, |mut watching| async move {
        let news = watching.news().await?;
        let seq = watching.seen.0.to_string();
        Some((Ok(Event::default().event(news).id(&seq).data(&seq)), watching))
    })
}
