//! What keeps the wait going while calls wait in it: this process's lease, places that others lost, grants given and run out,
//! and where everybody stands.

use crate::inbox::{Arrives, Inbox};
use desk::{Caller, Clock, Desk, DeskError, Granted, Outlook, Who};
use domain::{
    change::IdempotencyKey,
    ids::NodeId,
    wait::{LineNode, Standing, WaitingCaller},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::{Notify, watch};

/// How often it is looked whether somebody can be offered to somebody, when nothing says so sooner.
const LOOK: Duration = Duration::from_secs(1);
/// Every so many looks the lease is renewed: three times within it.
const RENEW: u64 = 5;
/// Every so many looks callers are told where they stand.
const STAND: u64 = 10;

/// While fewer wait, it is told at every look what lies ahead of whoever asks: reading them costs next to nothing.
const FEW: u64 = 100;

/// What becomes of the wait, as the exchange hears it.
#[derive(Debug)]
pub enum News {
    /// This process may hold calls, under this name.
    Node(NodeId),
    /// Somebody is offered to an operator.
    Granted(Granted, Box<WaitingCaller>),
    /// A grant ran out.
    Expired(Granted),
    /// Where everybody stands.
    Standings(Vec<Standing>),
    /// What lies ahead of whoever asks for an operator now.
    Outlook(Outlook),
}

/// Keeps the wait until told to stop. `poke` says that somebody came or became free.
pub async fn keep(
    desk: watch::Receiver<Desk>,
    clock: Arc<dyn Clock>,
    inbox: Inbox,
    poke: Arc<Notify>,
    mut stop: watch::Receiver<bool>,
) {
    let keeper = Keeper { desk, clock, inbox, commands: AtomicU64::new(0), waiting: AtomicU64::new(0) };
    let mut node = None;
    for look in 0_u64.. {
        if let Err(error) = keeper.look(look, &mut node).await {
            tracing::warn!(%error, "the wait cannot be kept now");
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = poke.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

struct Keeper {
    desk: watch::Receiver<Desk>,
    clock: Arc<dyn Clock>,
    inbox: Inbox,
    commands: AtomicU64,
    /// How many waited when it was last looked what lies ahead.
    waiting: AtomicU64,
}

impl Keeper {
    /// The system as a caller of the desk, under a key that is used once.
    fn caller(&self, what: &str, node: Option<&LineNode>) -> Caller {
        let now = self.clock.now();
        let count = self.commands.fetch_add(1, Ordering::Relaxed);
        let whose = node.map_or_else(|| self.inbox.token(), |node| node.id.to_string());
        Caller::new(Who::System("line"), IdempotencyKey::of(what, format!("{whose}:{count}")), now)
    }

    async fn look(&self, look: u64, node: &mut Option<LineNode>) -> Result<(), DeskError> {
        let desk = self.desk.borrow().clone();
        let held = match node {
            Some(held) if !look.is_multiple_of(RENEW) => Some(held.clone()),
            Some(held) => match desk.hold_line(&self.caller("hold-line", Some(held)), held).await {
                Ok(again) => Some(again),
                // Others took this process to be gone and keep its callers' places; it begins anew.
                Err(DeskError::NotFound) => None,
                Err(error) => return Err(error),
            },
            None => None,
        };
        let held = if let Some(held) = held {
            held
        } else {
            let begun = desk.begin_line(&self.caller("begin-line", None)).await?;
            self.tell(News::Node(begun.id)).await;
            begun
        };
        let whose = Some(held.clone());
        *node = Some(held);
        let whose = whose.as_ref();
        if look.is_multiple_of(RENEW) {
            desk.take_over_line(&self.caller("take-over", whose)).await?;
        }
        for granted in desk.expire_grants(&self.caller("expire", whose)).await? {
            self.tell(News::Expired(granted)).await;
        }
        for granted in desk.grant_waits(&self.caller("grant", whose)).await? {
            if let Some(wait) = desk.store().wait(granted.caller).await? {
                self.tell(News::Granted(granted, Box::new(wait))).await;
            }
        }
        if look.is_multiple_of(STAND) || self.waiting.load(Ordering::Relaxed) < FEW {
            let outlook = desk.outlook(whose.map(|node| node.id), self.clock.now()).await?;
            self.waiting.store(outlook.waiting, Ordering::Relaxed);
            self.tell(News::Outlook(outlook)).await;
        }
        if look.is_multiple_of(STAND) {
            let standings = desk.wait_standings(&self.caller("stand", whose)).await?;
            self.tell(News::Standings(standings)).await;
        }
        Ok(())
    }

    async fn tell(&self, news: News) {
        self.inbox.put(Arrives::Wait(news)).await;
    }
}
