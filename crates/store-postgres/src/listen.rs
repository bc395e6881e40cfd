//! Hearing of other nodes' commits: LISTEN, turned into the store's signal.

use crate::{link::Link, reads};
use domain::journal::Seq;
use sqlx::postgres::PgListener;
use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};
use store::SignalSender;

/// Where commits are told; what is said is how far the journal has grown.
pub(crate) const CHANNEL: &str = "anteroom_journal";

/// How long the line may be silent before the journal's end is read all the same: a line can be cut without either
/// end hearing of it.
const SILENCE: Duration = Duration::from_secs(5);

/// How long to wait before listening again when that failed.
const PAUSE: Duration = Duration::from_millis(250);

/// The store's sender, for as long as the store is open.
type Ears = Weak<Mutex<Option<SignalSender>>>;

/// Listens until the store is closed or dropped.
pub(crate) async fn listen(link: Arc<Link>, ears: Ears) {
    while is_open(&ears) {
        if let Err(error) = hear(&link, &ears).await {
            if matches!(error, sqlx::Error::PoolClosed) {
                return;
            }
            tracing::warn!(%error, "the line to PostgreSQL was lost; listening again");
            if !link.find_again().await {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

fn is_open(ears: &Ears) -> bool {
    ears.upgrade().is_some_and(|ears| ears.lock().unwrap_or_else(PoisonError::into_inner).is_some())
}

fn tell(ears: &Ears, seq: Seq) {
    let Some(ears) = ears.upgrade() else { return };
    if let Some(signals) = &*ears.lock().unwrap_or_else(PoisonError::into_inner) {
        signals.send(seq);
    }
}

async fn hear(link: &Link, ears: &Ears) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(&link.ears).await?;
    listener.listen(CHANNEL).await?;
    // What was said before the line stood is found by looking.
    let mut look = true;
    while is_open(ears) {
        if look {
            match reads::journal::end(&link.readers).await {
                Ok(seq) => tell(ears, seq),
                Err(fault) => tracing::warn!(?fault, "the journal's end could not be read"),
            }
        }
        look = match tokio::time::timeout(SILENCE, listener.try_recv()).await {
            Ok(Ok(Some(told))) => match told.payload().parse() {
                Ok(seq) => {
                    tell(ears, Seq(seq));
                    false
                }
                Err(_) => true,
            },
            // The line was lost and stands again: what was said meanwhile is found by looking.
            Ok(Ok(None)) => true,
            Ok(Err(error)) => return Err(error),
            Err(_silence) => true,
        };
    }
    Ok(())
}
