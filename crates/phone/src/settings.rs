//! What an operator of the line decides.

use crate::answering::First;
use crate::net::{Listen, TlsFiles};
use std::time::Duration;

/// Everything the exchange is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where calls are listened for.
    pub listen: Vec<Listen>,
    /// Certificates for calls over TLS.
    pub tls: TlsFiles,
    /// Signalling: trunks, names, limits.
    pub sip: sip::Settings,
    /// Sound: addresses, ports, threads.
    pub media: media::Settings,
    /// Whom the exchange connects first when it calls somebody back.
    pub first: First,
    /// Where calls are recorded to, and what is asked before; none are where this is none.
    pub recording: Option<crate::Recording>,
    /// The relay for browsers whose network lets no datagrams through.
    pub turn: Option<crate::Turn>,
    /// So many calls are answered at once; further ones are told to try again.
    pub most_calls: usize,
    /// Work that waited longer than this says that new calls are too much.
    pub oldest_work: Duration,
}
