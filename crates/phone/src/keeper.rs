//! What keeps the wait going while calls wait in it: this process's lease, places that others lost, grants given and run out,
//! and where everybody stands.

use crate::inbox::{Arrives, Inbox};
use desk::{Caller, Clock, Desk, DeskError, Granted, Outlook, Who};
use domain::{
    change::IdempotencyKey,
    ids::{NodeId, WaitId},
    wait::{LineNode, Standing, WaitingCaller},
};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};

/// How often it is looked whether somebody can be offered to somebody, when nothing says so sooner.
const LOOK: Duration = Duration::from_secs(1);
/// How soon after another it is looked what rings here, while much is being written.
const RING: Duration = Duration::from_millis(200);
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
    /// A grant is over: it ran out, was answered, or its caller has gone.
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
    let mut news = desk.borrow().store().signal();
    let mut keeper = Keeper {
        desk,
        clock,
        inbox,
        commands: AtomicU64::new(0),
        waiting: AtomicU64::new(0),
        rung: BTreeMap::new(),
    };
    let mut node = None;
    for look in 0_u64.. {
        if let Err(error) = keeper.look(look, &mut node).await {
            tracing::warn!(%error, "the wait cannot be kept now");
        }
        let (again, mut rung) = (Instant::now() + LOOK, Instant::now());
        loop {
            let written = tokio::select! {
                _ = stop.wait_for(|stop| *stop) => return,
                () = poke.notified() => false,
                () = tokio::time::sleep_until(again) => false,
                // Something was written, by whichever process: perhaps it is for a telephone here.
                Some(_) = news.changed() => true,
            };
            if !written {
                break;
            }
            if let Some(held) = node.as_ref().filter(|_| rung.elapsed() >= RING) {
                if let Err(error) = keeper.ring(held).await {
                    tracing::warn!(%error, "what rings here cannot be read");
                }
                rung = Instant::now();
            }
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
    /// What rings at this process's telephones, as far as the exchange was told.
    rung: BTreeMap<(WaitId, u64), Granted>,
}

impl Keeper {
    /// The system as a caller of the desk, under a key that is used once.
    fn caller(&self, what: &str, node: Option<&LineNode>) -> Caller {
        let now = self.clock.now();
        let count = self.commands.fetch_add(1, Ordering::Relaxed);
        let whose = node.map_or_else(|| self.inbox.token(), |node| node.id.to_string());
        Caller::new(Who::System("line"), IdempotencyKey::of(what, format!("{whose}:{count}")), now)
    }

    /// Tells the exchange what rings at its telephones, and what no longer does, whichever process decided it.
    async fn ring(&mut self, node: &LineNode) -> Result<(), DeskError> {
        let desk = self.desk.borrow().clone();
        let mut rings = BTreeMap::new();
        for (granted, wait) in desk.rings_at(node.id).await? {
            let key = (granted.caller, granted.grant);
            if !self.rung.contains_key(&key) {
                self.tell(News::Granted(granted.clone(), Box::new(wait))).await;
            }
            rings.insert(key, granted);
        }
        for (key, granted) in std::mem::replace(&mut self.rung, rings) {
            if !self.rung.contains_key(&key) {
                self.tell(News::Expired(granted)).await;
            }
        }
        Ok(())
    }

    async fn look(&mut self, look: u64, node: &mut Option<LineNode>) -> Result<(), DeskError> {
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
            // Whoever can be reached from every process is rung by the one that made the grant.
            let operator = desk.store().operator(granted.operator).await?;
            if operator.is_some_and(|operator| operator.node.is_none())
                && let Some(wait) = desk.store().wait(granted.caller).await?
            {
                self.tell(News::Granted(granted, Box::new(wait))).await;
            }
        }
        // Grants for operators at other processes ring there.
        if let Some(held) = whose {
            self.ring(held).await?;
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
