//! How the telephone's page stays fresh: a stream that says "phone" when the telephone has changed. What has become of it
//! the page asks for itself.

use crate::{
    core::{
        live::{Open, PACE},
        switchboard::SoftphoneState,
    },
    staff::frame::Seat,
};
use axum::response::sse::Event;
use domain::journal::Seq;
use futures::{Stream, stream};
use maud::{Markup, html};
use std::convert::Infallible;
use store::Signal;
use tokio::sync::watch;

/// Where the stream arrives on the page. Scripts may say "phone" there as well.
pub(super) fn source(seat: &Seat) -> Markup {
    html! {
        div #line-news hidden hx-sse:connect={ (seat.ctx.url("/staff/line/live")) "?from=" (seat.from.0) } {}
    }
}

struct Watching {
    phone: Option<watch::Receiver<SoftphoneState>>,
    signal: Signal,
    seen: Seq,
    stop: watch::Receiver<bool>,
    _place: Open,
}

impl Watching {
    /// Something has changed; `None` when the server or the store closes.
    async fn news(&mut self) -> Option<()> {
        loop {
            tokio::select! {
                biased;
                _ = self.stop.wait_for(|stop| *stop) => return None,
                // The telephone at once: who is rung must not wait.
                changed = changed(&mut self.phone) => match changed {
                    Ok(()) => return Some(()),
                    Err(_) => self.phone = None,
                },
                grown = grown(&mut self.signal, self.seen) => {
                    self.seen = grown?;
                    return Some(());
                }
            }
        }
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
    let signal = seat.ctx.app.desk.store().signal();
    let mut phone = seat.ctx.app.switchboard.as_ref().map(|board| board.watch(seat.me.staff.id));
    if let Some(phone) = &mut phone {
        phone.mark_changed();
    }
    let watching = Watching {
        phone,
        seen: seen.unwrap_or_else(|| signal.now()),
        signal,
        stop: seat.ctx.app.stopping(),
        _place: place,
    };
    stream::unfold(watching, |mut watching| async move {
        watching.news().await?;
        let seq = watching.seen.0.to_string();
        Some((Ok(Event::default().event("phone").id(&seq).data(&seq)), watching))
    })
}
