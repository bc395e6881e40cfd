//! Live updates: a stream that only says "look again, the journal has reached n". What is new the page asks for itself,
//! with its own rights.

use crate::core::{
    Ctx, StaffSession, WebError, proof,
    recent::{About, Recent},
    switchboard::SoftphoneState,
};
use axum::{
    extract::{Path, Query},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{
    access::{Action, can},
    codes::OfficeCode,
    journal::Seq,
};
use futures::{Stream, stream};
use maud::{Markup, html};
use std::{collections::BTreeMap, convert::Infallible, sync::Arc, time::Duration};
use store::{Signal, Store};
use tokio::sync::{OwnedSemaphorePermit, watch};

/// At most one update in this time, however much happens.
pub(crate) const PACE: Duration = Duration::from_millis(250);

struct Watching {
    store: Arc<dyn Store>,
    signal: Signal,
    stop: watch::Receiver<bool>,
    /// What the page has seen.
    seen: Seq,
    /// Only what is about this is news.
    about: About,
    recent: Recent,
    /// The telephone of whoever looks; what becomes of it is news of its own.
    phone: Option<watch::Receiver<SoftphoneState>>,
    _place: Open,
}

/// A stream that is open, and counted while it is.
pub(crate) struct Open(
    #[expect(dead_code, reason = "it is given back when the stream ends")] OwnedSemaphorePermit,
);

impl Open {
    /// One of the streams that may be open at once, if there is one left.
    pub(crate) fn take(ctx: &Ctx) -> Option<Self> {
        ctx.app.live.clone().try_acquire_owned().ok().map(Self::new)
    }

    fn new(place: OwnedSemaphorePermit) -> Self {
        metrics::gauge!("anteroom_live_streams").increment(1.0);
        Self(place)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        metrics::gauge!("anteroom_live_streams").decrement(1.0);
    }
}

impl Watching {
    /// The next news; `None` when the store or the server closes.
    async fn news(&mut self) -> Option<News> {
        loop {
            if self.phone.as_mut().is_some_and(|phone| phone.has_changed().unwrap_or(false)) {
                if let Some(phone) = &mut self.phone {
                    phone.mark_unchanged();
                }
                return Some(News::Phone);
            }
            let now = self.signal.now();
            if now > self.seen {
                let from = std::mem::replace(&mut self.seen, now);
                if self.recent.concerns(&*self.store, from, now, &self.about).await {
                    return Some(News::Look(now));
                }
            }
            tokio::time::sleep(PACE).await;
            tokio::select! {
                seq = self.signal.changed() => { seq?; }
                () = changed(&mut self.phone) => {}
                _ = self.stop.wait_for(|stop| *stop) => return None,
            }
        }
    }
}

fn updates(watching: Watching) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(watching, |mut watching| async move {
        let event = match watching.news().await? {
            News::Look(seq) => {
                let seq = seq.0.to_string();
                Event::default().event("look").id(&seq).data(&seq)
            }
            News::Phone => Event::default().event("phone").data("phone"),
        };
        Some((Ok(event), watching))
    })
}

/// What a stream says.
enum News {
    /// The journal has reached so far.
    Look(Seq),
    /// The telephone of whoever looks is otherwise than before.
    Phone,
}

/// The telephone has changed; a switchboard that has gone never says so again.
async fn changed(phone: &mut Option<watch::Receiver<SoftphoneState>>) {
    let gone = match phone {
        Some(phone) => phone.changed().await.is_err(),
        None => std::future::pending().await,
    };
    if gone {
        *phone = None;
    } else if let Some(phone) = phone {
        phone.mark_changed();
    }
}

/// What the page had seen when it asked for the stream, or when the stream broke off.
pub(crate) fn seen(ctx: &Ctx, query: &BTreeMap<String, String>) -> Option<Seq> {
    let header = ctx.headers.get("last-event-id").and_then(|id| id.to_str().ok());
    header.or(query.get("from").map(String::as_str)).and_then(|n| n.parse().ok()).map(Seq)
}

fn stream_of(
    ctx: &Ctx,
    query: &BTreeMap<String, String>,
    about: About,
    phone: Option<watch::Receiver<SoftphoneState>>,
) -> Response {
    let Some(place) = Open::take(ctx) else {
        return axum::http::StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let signal = ctx.app.desk.store().signal();
    let seen = seen(ctx, query);
    let watching = Watching {
        store: ctx.app.desk.store().clone(),
        seen: seen.unwrap_or_else(|| signal.now()),
        signal,
        stop: ctx.app.stopping(),
        about,
        recent: ctx.app.recent.clone(),
        phone,
        _place: place,
    };
    Sse::new(updates(watching)).keep_alive(KeepAlive::new().interval(Duration::from_secs(20))).into_response()
}

/// The stream for a person's inquiry page.
pub(crate) async fn inquiry(
    ctx: Ctx,
    Path((_, number)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let number = number.parse().map_err(|_| WebError::NoProof)?;
    let id = proof::proven(&ctx, number).ok_or(WebError::NoProof)?;
    // It tells no more than that something happened; what, the page asks for with its own rights.
    Ok(stream_of(&ctx, &query, About::Inquiry(id), None))
}

/// The stream for the desks.
pub(crate) async fn staff(
    ctx: Ctx,
    me: StaffSession,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let board = ctx.app.switchboard.as_ref().filter(|_| can(&me.staff, Action::UseTelephone, None).is_ok());
    let mut phone = board.map(|board| board.watch(me.staff.id));
    if let Some(phone) = &mut phone {
        // What changed between the page and the stream is not missed.
        phone.mark_changed();
    }
    // It tells no more than that something happened there.
    let office = query.get("office").and_then(|code| code.parse::<OfficeCode>().ok());
    stream_of(&ctx, &query, office.map_or(About::Anything, About::Office), phone)
}

/// The stream for a display in a hall.
pub(crate) async fn hall(
    ctx: Ctx,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let office = crate::public::hall::office(&ctx)?.0.code.clone();
    Ok(stream_of(&ctx, &query, About::Office(office), None))
}

/// A region that asks for itself again when the stream says so. `stream` and `page` are addresses, `stream` without a
/// query; `id` names the region in both the page and the answer. What stays the same stays in place: whoever is at a link
/// there with the keyboard is not thrown out of it, and only what is new is read aloud. Without scripts it is just the region.
///
/// Build `body` from what was read after `from` was (`store.signal().now()`), or news in between is missed.
pub(crate) fn region(id: &str, stream: &str, from: Seq, page: &str, body: &Markup) -> Markup {
    let source = format!("{id}-news");
    html! {
        div id=(source) hidden hx-sse:connect={ (stream) "?from=" (from.0) } {}
        div id=(id) aria-live="polite" hx-get=(page) hx-trigger={ "look from:#" (source) }
            hx-select={ "#" (id) } hx-swap="outerMorph" { (body) }
    }
}
