//! What every request may use.

use crate::core::{limits::Limits, recent::Recent, switchboard::Switchboard, together::Together};
use desk::{Clock, Desk};
use domain::{codes::OfficeCode, inquiry::Inquiry};
use jiff::{SignedDuration, Timestamp};
use std::{net::IpAddr, sync::Arc};
use tokio::sync::watch;

/// The clock of a demo, which its visitors may put forward.
pub trait DemoControl: Send + Sync + 'static {
    /// The demo's present.
    fn now(&self) -> Timestamp;
    /// Puts the demo's clock forward. Work that falls due is done as it would be at that time.
    fn forward(&self, by: SignedDuration);
}

/// How the pages are served.
#[derive(Clone, Default)]
pub struct Options {
    /// The public address without a slash at the end. With `https://` cookies are Secure and HSTS is sent.
    pub public_url: String,
    /// Whose `X-Forwarded-For` is believed. Empty: nobody's, and the peer of the connection is the caller.
    pub trusted_proxies: Vec<IpAddr>,
    /// A demo's clock; pages then say that this is a demo.
    pub demo: Option<Arc<dyn DemoControl>>,
}

impl Options {
    /// Is the public address an encrypted one?
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Options")
            .field("public_url", &self.public_url)
            .field("trusted_proxies", &self.trusted_proxies)
            .field("demo", &self.demo.is_some())
            .finish()
    }
}

/// How staff sign in at the agency's own provider.
#[derive(Debug)]
pub struct AtProvider {
    /// The provider.
    pub provider: oidc::Provider,
    /// What people call it.
    pub name: String,
    /// What its groups are here.
    pub mapping: oidc::Mapping,
    /// The one account that may still sign in with a password, when no other may.
    pub only: Option<String>,
}

/// What every request may use. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The acts.
    pub desk: Desk,
    /// The present.
    pub clock: Arc<dyn Clock>,
    /// How the pages are served.
    pub options: Arc<Options>,
    /// The telephone, where there is one.
    pub(crate) switchboard: Option<Arc<dyn Switchboard>>,
    /// The agency's own provider, where staff sign in there.
    pub(crate) provider: Option<Arc<AtProvider>>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) live: Arc<tokio::sync::Semaphore>,
    pub(crate) recent: Recent,
    /// The review lists, for all who ask what is new in them.
    pub(crate) reviewed: Together<Option<OfficeCode>, Vec<Inquiry>>,
    stop: watch::Sender<bool>,
}

/// How many live streams are open at once. Pages work without one, so a refused stream costs nothing but a reload.
const LIVE_STREAMS: usize = 4_096;

impl App {
    /// The pages over a desk.
    pub fn new(desk: Desk, clock: Arc<dyn Clock>, options: Options) -> Self {
        Self {
            desk,
            clock,
            options: Arc::new(options),
            switchboard: None,
            provider: None,
            limits: Arc::default(),
            recent: Recent::default(),
            reviewed: Together::default(),
            live: Arc::new(tokio::sync::Semaphore::new(LIVE_STREAMS)),
            stop: watch::Sender::new(false),
        }
    }

    /// The same pages with a telephone. Without one they say that it is not set up here.
    #[must_use]
    pub fn with_switchboard(mut self, switchboard: Arc<dyn Switchboard>) -> Self {
        self.switchboard = Some(switchboard);
        self
    }

    /// The same pages, where staff sign in at the agency's own provider.
    #[must_use]
    pub fn with_provider(mut self, provider: Arc<AtProvider>) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Ends the live streams, which would otherwise keep their connections open while the server wants to stop.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("options", &self.options).finish_non_exhaustive()
    }
}
