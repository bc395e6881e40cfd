//! Events on their way to whoever decides what they mean.

use crate::{api::Event, counters::Counters};
use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::Ordering,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, TrySendError, sync_channel},
    },
    time::Duration,
};

/// Events that may wait in the queue.
const WAITING: usize = 16_384;
/// And behind it, in each thread.
const BEHIND: usize = 16_384;

/// What is called when there are events: from a media thread, so it must be quick.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// One end of the queue. It never waits: a media thread must not.
pub struct Outbox {
    queue: SyncSender<Event>,
    behind: VecDeque<Event>,
    wake: Wake,
    fresh: bool,
    counters: Arc<Counters>,
}

/// The other end: what happened on the legs, in order for each leg.
pub struct Events {
    queue: Receiver<Event>,
}

/// A queue.
pub fn queue(wake: Wake, counters: Arc<Counters>) -> (Outbox, Events) {
    let (sender, receiver) = sync_channel(WAITING);
    let outbox = Outbox { queue: sender, behind: VecDeque::new(), wake, fresh: false, counters };
    (outbox, Events { queue: receiver })
}

impl Outbox {
    /// Another end of the same queue, for another thread.
    pub fn another(&self, counters: Arc<Counters>) -> Self {
        Self {
            queue: self.queue.clone(),
            behind: VecDeque::new(),
            wake: self.wake.clone(),
            fresh: false,
            counters,
        }
    }

    /// Puts an event into the queue, or behind it.
    pub fn tell(&mut self, event: Event) {
        if self.behind.len() < BEHIND {
            self.behind.push_back(event);
        } else {
            self.counters.events_lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Whether everything has been handed over.
    pub fn is_empty(&self) -> bool {
        self.behind.is_empty()
    }

    /// Hands over what there is room for, and wakes the other end.
    pub fn flush(&mut self) {
        while let Some(event) = self.behind.pop_front() {
            match self.queue.try_send(event) {
                Ok(()) => self.fresh = true,
                Err(TrySendError::Full(event)) => {
                    self.behind.push_front(event);
                    break;
                }
                // Nobody is there to whom anything could be told.
                Err(TrySendError::Disconnected(_)) => self.behind.clear(),
            }
        }
        if std::mem::replace(&mut self.fresh, false) {
            (self.wake)();
        }
    }
}

impl Events {
    /// The next event; waits for it. `None` when the room is closed.
    pub fn recv(&self) -> Option<Event> {
        self.queue.recv().ok()
    }

    /// The next event, if one comes in time.
    pub fn recv_timeout(&self, timeout: Duration) -> Result<Event, RecvTimeoutError> {
        self.queue.recv_timeout(timeout)
    }

    /// The next event, if one is there.
    pub fn try_recv(&self) -> Result<Event, TryRecvError> {
        self.queue.try_recv()
    }
}
