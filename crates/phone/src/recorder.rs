//! Writes the records of calls, many at once, at the store's own pace: a busy line ends several calls a second, and a slow store
//! must not slow a call down.

use desk::{Caller, Clock, Desk, Who};
use domain::{
    call_record::CallRecord, change::IdempotencyKey, ids::CallRecordId, phone::PhoneKey,
    remembered::Remembered,
};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep},
};

/// So many records wait for the store at most: at 200 calls a second, over half a minute of them.
const LONGEST: usize = 8_192;
/// So many are written in one change.
const AT_ONCE: usize = 200;
/// For how long more are gathered after the first one.
const GATHER: Duration = Duration::from_millis(200);
/// How long it is tried again when the line has been stopped: then what is left is told as lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is to be written.
#[derive(Debug)]
pub enum Kept {
    /// A call as it is now, or as it ended.
    Call(Box<CallRecord>),
    /// What a number chose.
    Chosen(Remembered),
}

/// Where records are handed over.
#[derive(Debug, Clone)]
pub struct Recorder(mpsc::Sender<Kept>);

impl Recorder {
    /// Makes one, and the other end, from which [`write`] writes.
    pub fn new() -> (Self, mpsc::Receiver<Kept>) {
        let (to, from) = mpsc::channel(LONGEST);
        (Self(to), from)
    }

    /// Hands something over. When the store has not answered for so long that there is no room, it is lost, and that is told.
    pub fn keep(&self, kept: Kept) {
        if self.0.try_send(kept).is_err() {
            lost(1);
        }
    }
}

fn lost(records: usize) {
    tracing::error!(records, "records of calls are lost: the store does not take them");
    metrics::counter!("anteroom_phone_records_lost_total").increment(records as u64);
}

/// What is written together: of each call and number the newest.
#[derive(Debug, Default)]
struct Batch {
    calls: BTreeMap<CallRecordId, CallRecord>,
    chosen: BTreeMap<PhoneKey, Remembered>,
}

impl Batch {
    fn add(&mut self, kept: Kept) {
        match kept {
            Kept::Call(call) => drop(self.calls.insert(call.id, *call)),
            Kept::Chosen(chosen) => drop(self.chosen.insert(chosen.phone.clone(), chosen)),
        }
    }

    fn len(&self) -> usize {
        self.calls.len() + self.chosen.len()
    }
}

/// Writes until nobody hands anything over any more.
pub async fn write(
    mut from: mpsc::Receiver<Kept>,
    desk: watch::Receiver<Desk>,
    clock: Arc<dyn Clock>,
    name: String,
    stop: watch::Receiver<bool>,
) {
    let mut batches = 0_u64;
    while let Some(first) = from.recv().await {
        let mut batch = Batch::default();
        batch.add(first);
        // Woken once for all of them, and not by each.
        if from.len() < AT_ONCE {
            sleep(GATHER).await;
        }
        while batch.len() < AT_ONCE
            && let Ok(more) = from.try_recv()
        {
            batch.add(more);
        }
        batches += 1;
        let key = IdempotencyKey::of("keep-calls", format!("{name}:{batches}"));
        commit(batch, key, &desk, &*clock, &stop).await;
    }
}

/// Writes one batch, again and again while the store does not take it.
async fn commit(
    batch: Batch,
    key: IdempotencyKey,
    desk: &watch::Receiver<Desk>,
    clock: &dyn Clock,
    stop: &watch::Receiver<bool>,
) {
    let size = batch.len();
    let (calls, chosen): (Vec<_>, Vec<_>) =
        (batch.calls.into_values().collect(), batch.chosen.into_values().collect());
    let mut pause = Duration::from_millis(100);
    let mut stopped: Option<Instant> = None;
    loop {
        let now = desk.borrow().clone();
        let caller = Caller::new(Who::System("line"), key.clone(), clock.now());
        match now.keep_calls(&caller, &calls, &chosen).await {
            Ok(()) => return,
            Err(error) => tracing::warn!(%error, records = size, "records of calls cannot be written now"),
        }
        if *stop.borrow() && stopped.get_or_insert_with(Instant::now).elapsed() >= PATIENCE {
            return lost(size);
        }
        sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}
