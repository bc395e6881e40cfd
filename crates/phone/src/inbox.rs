//! What reaches the exchange, from wherever it comes: one bounded line, so that nothing is handled twice at once and overload
//! shows in one place.

use crate::{
    answers::Answered,
    board::Asked,
    exchange::{CallKey, Came},
    keeper::News,
};
use bytes::Bytes;
use domain::{call_record::CallFault, remembered::Remembered};
use notices::NoticeCall;
use sip::{ConnectId, FlowId, Transport, TrunkId};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tokio::sync::mpsc;

/// So many arrivals wait at most. At 5,000 a second, which is ten times what a busy line sees, that is under a second of work.
const LONGEST: usize = 4_096;

/// What has arrived.
#[derive(Debug)]
pub enum Arrives {
    /// A socket is open, or a connection has come about.
    Opened {
        /// Its name.
        flow: FlowId,
        /// By which transport.
        transport: Transport,
        /// Our end.
        local: SocketAddr,
        /// The peer's end, of a connection.
        remote: Option<SocketAddr>,
        /// Whose it is: we opened it, or it showed a certificate. Otherwise the addresses decide.
        trunk: Option<TrunkId>,
        /// The wish that it fulfils, where we opened it.
        connect: Option<ConnectId>,
    },
    /// A connection that was asked for has not come about.
    NotConnected {
        /// Which.
        connect: ConnectId,
    },
    /// A datagram, or some bytes of a stream.
    Packet {
        /// On which socket.
        flow: FlowId,
        /// From whom.
        from: SocketAddr,
        /// What.
        data: Bytes,
        /// When it was read.
        at: Instant,
    },
    /// A connection has ended.
    Closed {
        /// Which.
        flow: FlowId,
    },
    /// What a caller waits for takes long.
    Late {
        /// In which call.
        call: CallKey,
        /// What it is.
        what: CallFault,
    },
    /// What is to be said has become sound.
    Made {
        /// For which call.
        call: CallKey,
        /// Before which hush.
        era: u64,
        /// For which turn.
        turn: u64,
        /// The sound; empty when there is none to be had.
        clips: Vec<Arc<media::Clip>>,
    },
    /// The wait has moved on.
    Wait(News),
    /// What this exchange wanted of the wait has been done.
    Waits(Came),
    /// Somebody is to be told a notice.
    Notice(Box<NoticeCall>),
    /// Somebody at a page wants something.
    Asked(Asked),
    /// The agency has answered what the line asked.
    Answered {
        /// In which call.
        call: CallKey,
        /// Under which number.
        ask: u64,
        /// The answer; none when it cannot be had.
        answer: Option<Box<Answered>>,
    },
    /// What somebody who is told a notice said yes to has been done, or could not be.
    NoticeAnswered {
        /// In which call.
        call: CallKey,
        /// It has.
        done: bool,
    },
    /// It is known what a caller's number chose before.
    Recalled {
        /// In which call.
        call: CallKey,
        /// What; nothing when it chose nothing, or the store does not answer.
        known: Option<Box<Remembered>>,
    },
}

/// Where arrivals are put.
#[derive(Debug, Clone)]
pub struct Inbox {
    line: mpsc::Sender<Arrives>,
    shed: Arc<AtomicU64>,
    dice: Arc<desk::Dice>,
}

/// Makes the line.
pub fn inbox(seed: [u8; 32]) -> (Inbox, mpsc::Receiver<Arrives>) {
    let (line, arrivals) = mpsc::channel(LONGEST);
    (Inbox { line, shed: Arc::default(), dice: Arc::new(desk::Dice::new(seed)) }, arrivals)
}

impl Inbox {
    /// Puts it in, waiting for room. When the exchange has ended it is dropped: nobody is left whom it concerns.
    pub async fn put(&self, arrives: Arrives) {
        let _ = self.line.send(arrives).await;
    }

    /// Puts it in if there is room.
    pub fn offer(&self, arrives: Arrives) {
        if self.line.try_send(arrives).is_err() {
            self.shed.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A name that nobody guesses.
    pub fn token(&self) -> String {
        self.dice.token()
    }

    /// Chance for identifiers.
    pub fn dice(&self) -> &desk::Dice {
        &self.dice
    }

    /// How many were dropped for want of room.
    pub fn shed(&self) -> u64 {
        self.shed.load(Ordering::Relaxed)
    }
}
