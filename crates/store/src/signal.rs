//! "Look again, the journal has reached n."

use domain::journal::Seq;
use tokio::sync::watch;

/// The sending half, kept by an engine.
#[derive(Debug, Clone)]
pub struct SignalSender(watch::Sender<Seq>);

/// Wakes when the journal has grown. Signals may be skipped, never lost: only the newest counts.
#[derive(Debug, Clone)]
pub struct Signal(watch::Receiver<Seq>);

/// A pair.
pub fn signal(from: Seq) -> (SignalSender, Signal) {
    let (tx, rx) = watch::channel(from);
    (SignalSender(tx), Signal(rx))
}

impl SignalSender {
    /// The journal has reached `seq`.
    pub fn send(&self, seq: Seq) {
        self.0.send_if_modified(|now| {
            let newer = seq > *now;
            if newer {
                *now = seq;
            }
            newer
        });
    }

    /// Another receiver.
    pub fn subscribe(&self) -> Signal {
        Signal(self.0.subscribe())
    }
}

impl Signal {
    /// Where the journal is now.
    pub fn now(&self) -> Seq {
        *self.0.borrow()
    }

    /// Waits for the journal to grow; `None` when the store has closed.
    pub async fn changed(&mut self) -> Option<Seq> {
        self.0.changed().await.ok()?;
        Some(*self.0.borrow_and_update())
    }
}
