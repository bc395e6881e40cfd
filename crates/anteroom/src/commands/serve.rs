//! `anteroom serve`.

use crate::{
    clock::SystemClock,
    config, data,
    fault::{self, Faults},
    hooks, logs, pages, secret, server,
    signs::{self, Looking},
    telephone::{Ringing, Telephone},
    traces::Traces,
    wiring::Installation,
    work,
};
use desk::{Calm, Clock, Dice};
use notices::Webhook;
use std::{path::Path, sync::Arc};

/// Serves an installation until told to stop.
pub async fn run(file: &Path) -> Result<(), Faults> {
    let config = config::read(file, std::env::vars())?;
    let traces = Traces::to(config.trace.as_deref())?;
    logs::start(&config.log.level, config.log.format, &traces)?;
    let stop = server::Stop::new();
    stop.at_signals()?;
    data::folder(&config.data)?;
    let _serving = data::serving(&config.data)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut installation = Installation::configured(&config).await?.with_tables(clock.now()).await?;
    if let Some(addr) = config.metrics {
        let looking = Looking {
            store: Arc::clone(&installation.store),
            cases: installation.cases.clone(),
            clock: Arc::clone(&clock),
        };
        signs::serve(addr, looking, stop.watch()).await?;
    }
    let hooks = config.webhooks.iter().cloned().map(Webhook::new).collect::<Result<Vec<_>, _>>();
    let hooks = hooks.map_err(fault::told)?;
    let telephone = match &config.phone {
        Some(phone) => {
            let seed = secret::chance()?;
            Some(Telephone::configured(phone, &config.voice, &config.data, seed).await?)
        }
        None => None,
    };
    let calm = Calm { everybody: config.http.calm, ..Calm::default() };
    installation.desk =
        installation.desk.where_calm_is(calm).with_calls(telephone.as_ref().and_then(Telephone::calls));
    let listener = server::listen(config.http.addr).await?;
    let options = web::Options {
        public_url: config.http.public_url.clone(),
        trusted_proxies: config.http.trusted_proxies.clone(),
        demo: None,
    };
    let telephone = match telephone {
        Some(telephone) => Some(telephone.start(&installation.desk, Arc::clone(&clock), stop.watch()).await?),
        None => None,
    };
    let board = telephone.as_ref().map(Ringing::board);
    let pages = pages::of(&installation, &clock, &stop, options, board, config.provider.clone());
    tracing::info!(addr = %listener.local_addr()?, url = config.http.public_url, "serving");
    // It ends when the store closes.
    tokio::spawn(hooks::run(
        hooks,
        Arc::clone(&installation.store),
        Arc::clone(&clock),
        Dice::new(secret::chance()?),
        stop.watch(),
    ));
    let duties = server::Duties { pace: work::Pace::Now, check_every: config.check_every };
    let ended = server::run(installation, clock, listener, pages, &stop, duties, telephone).await;
    traces.end().await;
    ended
}
