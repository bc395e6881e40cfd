//! The pages over an installation.

use crate::{clock::DemoClock, server::Stop, wiring::Installation};
use axum::Router;
use desk::Clock;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use web::{App, DemoControl, Options};

impl DemoControl for DemoClock {
    fn now(&self) -> Timestamp {
        Clock::now(self)
    }

    fn forward(&self, by: SignedDuration) {
        Self::forward(self, by);
    }
}

/// The router over an installation. Its live streams end when `stop` says so.
pub fn of(installation: &Installation, clock: &Arc<dyn Clock>, stop: &Stop, options: Options) -> Router {
    let app = App::new(installation.desk.clone(), Arc::clone(clock), options);
    let mut stopping = stop.watch();
    let streams = app.clone();
    tokio::spawn(async move {
        let _ = stopping.wait_for(|stop| *stop).await;
        streams.stop();
    });
    web::router(app)
}
