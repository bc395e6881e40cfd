//! What a leg's packets go through: sockets to a trunk, or a sealed connection to a browser.

use super::line::{Line, Sent};
use crate::{api::Plan, leg::Out, rtc::Peer};
use mio::{Registry, Token};
use std::{io, time::Instant};

/// One of the two.
pub enum Wire {
    /// To a trunk.
    Phone(Box<Line>),
    /// To a browser.
    Browser(Box<Peer>),
}

impl Wire {
    /// The pair of ports, to be given back.
    pub fn port(&self) -> u16 {
        match self {
            Self::Phone(line) => line.port(),
            Self::Browser(peer) => peer.port(),
        }
    }

    /// Has its sockets watched.
    pub fn register(&mut self, registry: &Registry, sound: Token, reports: Token) -> io::Result<()> {
        match self {
            Self::Phone(line) => line.register(registry, sound, reports),
            Self::Browser(peer) => peer.register(registry, sound),
        }
    }

    /// Has them watched no longer.
    pub fn deregister(&mut self, registry: &Registry) {
        match self {
            Self::Phone(line) => line.deregister(registry),
            Self::Browser(peer) => peer.deregister(registry),
        }
    }

    /// Where to send from now on. A browser says that itself.
    pub fn connect(&mut self, plan: &Plan, registry: &Registry, token: Token) -> io::Result<()> {
        match self {
            Self::Phone(line) => line.connect(plan, registry, token),
            Self::Browser(_) => Ok(()),
        }
    }

    /// Sends a packet.
    pub fn send(&mut self, now: Instant, out: &Out) -> Sent {
        match self {
            Self::Phone(line) => {
                let mut bytes = [0; Out::LARGEST];
                line.send(now, out.write(&mut bytes))
            }
            Self::Browser(peer) => {
                if peer.send(now, out) {
                    Sent::Yes
                } else {
                    Sent::No
                }
            }
        }
    }

    /// Sends a report. To a browser, the connection does so itself.
    pub fn report(&mut self, data: &[u8]) {
        if let Self::Phone(line) = self {
            line.report(data);
        }
    }

    /// The end, for a browser to know.
    pub fn close(&mut self, now: Instant) {
        if let Self::Browser(peer) = self {
            peer.close(now);
        }
    }

    /// Whether it is a browser's.
    pub const fn is_browser(&self) -> bool {
        matches!(self, Self::Browser(_))
    }
}
