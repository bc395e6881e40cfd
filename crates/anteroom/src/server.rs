//! Serves until told to stop, then stops cleanly: no new connections, the running requests to their end, the
//! work, the store.

use crate::{
    checks,
    fault::Faults,
    reload::{self, Swap},
    telephone::Ringing,
    wiring::Installation,
    work,
};
use axum::Router;
use desk::{Clock, Desk};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
};

/// How long running requests may take to end.
const GRACE: Duration = Duration::from_secs(10);

/// A server that can be told to stop.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

impl Stop {
    /// Nobody has said stop yet.
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Says stop.
    pub fn now(&self) {
        self.0.send_replace(true);
    }

    /// Becomes true when it is time to stop.
    pub fn watch(&self) -> watch::Receiver<bool> {
        self.0.subscribe()
    }

    /// Says stop at the first SIGTERM or SIGINT; a second one ends the process at once.
    pub fn at_signals(&self) -> Result<(), Faults> {
        let mut term = signal(SignalKind::terminate())?;
        let mut int = signal(SignalKind::interrupt())?;
        let stop = self.clone();
        tokio::spawn(async move {
            for last in [false, true] {
                tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
                if last {
                    std::process::exit(130);
                }
                tracing::info!("stopping");
                stop.now();
            }
        });
        Ok(())
    }
}

/// Listens on an address.
pub async fn listen(addr: SocketAddr) -> Result<TcpListener, Faults> {
    TcpListener::bind(addr).await.map_err(|error| Faults::one(format!("cannot listen on {addr}: {error}")))
}

/// What is done beside serving pages, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duties {
    /// As of when due work is done.
    pub pace: work::Pace,
    /// How often it is looked at whether everything holds that must.
    pub check_every: Duration,
}

/// Serves the pages and does the work, until told to stop. `pages` makes the pages over a desk, anew whenever a table
/// was imported.
pub async fn run(
    installation: Installation,
    clock: Arc<dyn Clock>,
    listener: TcpListener,
    pages: impl Fn(&Desk) -> Router,
    stop: &Stop,
    duties: Duties,
    telephone: Option<Ringing>,
) -> Result<(), Faults> {
    let (desks, exchange) = match telephone {
        Some(Ringing { desks, exchange }) => (desks, Some(exchange)),
        None => (watch::Sender::new(installation.desk.clone()), None),
    };
    let desk = desks.subscribe();
    let swap = Swap::new(pages(&installation.desk));
    let mut until = stop.watch();
    let http = axum::serve(listener, swap.router().into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            let _ = until.wait_for(|stop| *stop).await;
        });
    let mut serving: JoinHandle<std::io::Result<()>> = tokio::spawn(async move { http.await });
    let mut asked = stop.watch();
    let serve = async {
        let ended = tokio::select! {
            ended = &mut serving => ended,
            // The answer is dropped before the next wait: it locks what it came from.
            () = async { drop(asked.wait_for(|stop| *stop).await) } => {
                if let Ok(ended) = tokio::time::timeout(GRACE, &mut serving).await {
                    ended
                } else {
                    tracing::warn!("some requests did not end in time");
                    serving.abort();
                    Ok(Ok(()))
                }
            }
        };
        stop.now();
        ended
    };
    let checking = checks::run(desk.clone(), Arc::clone(&clock), duties.check_every, stop.watch());
    let working = work::run(desk, Arc::clone(&clock), duties.pace, stop.watch());
    let reloading = reload::run(desks, swap, pages, installation.tables, clock, stop.watch());
    let (ended, (), (), ()) = tokio::join!(serve, working, checking, reloading);
    if let Some(exchange) = exchange {
        exchange.ended().await;
    }
    installation.store.close().await;
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(Faults::one("the server ended with a fault")),
    }
}
