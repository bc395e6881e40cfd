//! Tells other programs what happens: each of them from the journal, in its order, one node at a time.

use crate::fault::chain;
use desk::{Clock, Dice};
use domain::{
    hook::{Hook, HookAct, HookFailure},
    journal::{Seq, Written},
};
use jiff::SignedDuration;
use notices::Webhook;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use store::{Store, StoreError};
use tokio::{sync::watch, task::JoinSet};

/// For how long one node has a program for itself. Longer than [`AT_MOST`] and one message together.
const LEASE: SignedDuration = SignedDuration::from_secs(40);
/// After so long a node gives it back, though there is more to tell.
const AT_MOST: Duration = Duration::from_secs(20);
/// So many entries are looked at together.
const PAGE: u32 = 200;
/// How long it is waited after each look: many changes come together, and each look costs the store something.
const PACE: Duration = Duration::from_millis(200);
/// A look without being told: a signal can be missed, and what failed is due again some time.
const TICK: Duration = Duration::from_secs(2);
/// How far a program's place may lag behind entries that do not concern it.
const SLACK: u64 = 1_000;

/// Tells all of them until `stop` says so or the store has closed.
pub async fn run(
    hooks: Vec<Webhook>,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    dice: Dice,
    stop: watch::Receiver<bool>,
) {
    let dice = Arc::new(dice);
    let mut tellers = JoinSet::new();
    for hook in hooks {
        let (store, clock, dice) = (Arc::clone(&store), Arc::clone(&clock), Arc::clone(&dice));
        tellers.spawn(Teller { hook, store, clock, dice, seen: None }.run(stop.clone()));
    }
    tellers.join_all().await;
}

/// Whoever tells one program.
struct Teller {
    hook: Webhook,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    dice: Arc<Dice>,
    /// Up to where nothing concerns it, as long as nobody has taken it since under another fence.
    seen: Option<(u64, Seq)>,
}

impl Teller {
    async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut news = self.store.signal();
        while !*stop.borrow() {
            let looked = tokio::select! {
                looked = self.look() => looked,
                // A message under way may be told once more by the next start, under the same identifier.
                _ = stop.wait_for(|stop| *stop) => return,
            };
            match looked {
                Ok(true) => continue,
                Ok(false) => {}
                Err(StoreError::Closing) => return,
                Err(error) => {
                    tracing::error!(
                        hook = self.hook.name(),
                        error = chain(&error),
                        "a webhook cannot be told"
                    );
                }
            }
            tokio::time::sleep(PACE).await;
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                grown = news.changed() => if grown.is_none() { return },
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    /// Looks whether there is something to tell, and tells it; says whether there may be more at once.
    async fn look(&mut self) -> Result<bool, StoreError> {
        let name = self.hook.name();
        let Some(kept) = self.store.hooks().await?.remove(name) else {
            // The first time: from here on it is told what happens.
            if let Some(mine) = self.take().await? {
                self.told(&mine, mine.after, false).await?;
            }
            return Ok(true);
        };
        if kept.due().is_none_or(|due| due > self.clock.now()) {
            return Ok(false);
        }
        let after = match self.seen {
            Some((fence, seen)) if fence == kept.fence => seen.max(kept.after),
            _ => kept.after,
        };
        let entries = self.store.journal(after, PAGE).await?;
        let Some(last) = entries.last().map(|entry| entry.seq) else { return Ok(false) };
        if !entries.iter().any(|entry| self.hook.wants(entry)) {
            self.seen = Some((kept.fence, last));
            if last.0 - kept.after.0 > SLACK
                && let Some(mine) = self.take_as(&kept).await?
            {
                let kept = self.told(&mine, last, false).await?;
                self.seen = kept.map(|kept| (kept.fence, last));
            }
            return Ok(true);
        }
        match self.take_as(&kept).await? {
            Some(mine) => self.tell(&mine, &entries).await,
            None => Ok(false),
        }
    }

    /// Takes it if it still stands as it was seen. Somebody may have told it meanwhile, or let it be told again from further back: what
    /// was read since is not what comes next then.
    async fn take_as(&self, seen: &Hook) -> Result<Option<Hook>, StoreError> {
        let Some(mine) = self.take().await? else { return Ok(None) };
        if (mine.after, mine.fence) == (seen.after, seen.fence + 1) {
            return Ok(Some(mine));
        }
        self.told(&mine, mine.after, false).await?;
        Ok(None)
    }

    /// Tells it of these, until one is not taken or there are no more.
    async fn tell(&mut self, mine: &Hook, entries: &[Written]) -> Result<bool, StoreError> {
        let begun = Instant::now();
        let (mut through, mut sent) = (None, false);
        for entry in entries {
            if self.hook.wants(entry) {
                if begun.elapsed() > AT_MOST {
                    break;
                }
                if let Err(why) = self.tell_one(entry).await? {
                    if let Some(through) = through {
                        self.told(mine, through, sent).await?;
                    }
                    self.failed(mine, why).await?;
                    return Ok(false);
                }
                sent = true;
            }
            through = Some(entry.seq);
        }
        let through = through.unwrap_or(mine.after);
        let kept = self.told(mine, through, sent).await?;
        self.seen = kept.map(|kept| (kept.fence, through));
        Ok(true)
    }

    async fn tell_one(&self, entry: &Written) -> Result<Result<(), HookFailure>, StoreError> {
        let number = match entry.entry.inquiry {
            Some(inquiry) => self.store.inquiry(inquiry).await?.map(|inquiry| inquiry.number),
            None => None,
        };
        let told = self.hook.tell(entry, number.as_ref(), self.clock.now()).await;
        let outcome = if told.is_ok() { "told" } else { "failed" };
        let name = self.hook.name().to_owned();
        metrics::counter!("anteroom_webhooks_total", "hook" => name, "outcome" => outcome).increment(1);
        Ok(told)
    }

    async fn take(&self) -> Result<Option<Hook>, StoreError> {
        self.store.hook(self.hook.name(), HookAct::Take { lease: LEASE }, self.clock.now()).await
    }

    async fn told(&self, mine: &Hook, through: Seq, sent: bool) -> Result<Option<Hook>, StoreError> {
        let act = HookAct::Told { fence: mine.fence, through, sent };
        self.store.hook(self.hook.name(), act, self.clock.now()).await
    }

    async fn failed(&self, mine: &Hook, why: HookFailure) -> Result<(), StoreError> {
        tracing::warn!(hook = self.hook.name(), ?why, "a webhook was not taken");
        let act = HookAct::Failed { fence: mine.fence, why, chance: self.dice.number() };
        self.store.hook(self.hook.name(), act, self.clock.now()).await.map(drop)
    }
}
