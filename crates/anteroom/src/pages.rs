//! The pages and the API over an installation.

use crate::{clock::DemoClock, requests, server::Stop, wiring::Installation};
use api::Api;
use axum::{Router, middleware::from_fn};
use desk::{Clock, Desk};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use web::{App, AtProvider, DemoControl, Options, switchboard::Switchboard};

impl DemoControl for DemoClock {
    fn now(&self) -> Timestamp {
        Clock::now(self)
    }

    fn forward(&self, by: SignedDuration) {
        Self::forward(self, by);
    }
}

/// Makes the pages over a desk. However often they are made, tries are counted and live streams kept in one place,
/// and the streams end when `stop` says so.
pub fn of(
    installation: &Installation,
    clock: &Arc<dyn Clock>,
    stop: &Stop,
    options: Options,
    board: Option<Arc<dyn Switchboard>>,
    provider: Option<Arc<AtProvider>>,
) -> impl Fn(&Desk) -> Router + Send + Sync + 'static + use<> {
    let programs = api::Options {
        public_url: options.public_url.clone(),
        trusted_proxies: options.trusted_proxies.clone(),
        ..api::Options::default()
    };
    let programs = Api::new(installation.desk.clone(), Arc::clone(clock), programs);
    let app = App::new(installation.desk.clone(), Arc::clone(clock), options);
    let app = match board {
        Some(board) => app.with_switchboard(board),
        None => app,
    };
    let app = match provider {
        Some(provider) => app.with_provider(provider),
        None => app,
    };
    let mut stopping = stop.watch();
    let streams = app.clone();
    tokio::spawn(async move {
        let _ = stopping.wait_for(|stop| *stop).await;
        streams.stop();
    });
    move |desk| {
        let mut app = app.clone();
        app.desk = desk.clone();
        // Inside the router, so that the route is known; outside all else, so that the time is the whole time.
        web::router(app).merge(api::router(programs.over(desk.clone()))).layer(from_fn(requests::seen))
    }
}
