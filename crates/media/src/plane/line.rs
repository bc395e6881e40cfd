//! The sockets of one leg on a trunk: RTP, and RTCP on the next port.

use crate::{
    api::Plan,
    latch::{Latch, Refusals, Verdict},
};
use mio::{Interest, Registry, Token, net::UdpSocket};
use std::{
    io,
    net::{self, SocketAddr},
    time::Instant,
};

/// Two sockets and where they lead to.
pub struct Line {
    sound: UdpSocket,
    reports: UdpSocket,
    local: SocketAddr,
    port: u16,
    remote: Option<SocketAddr>,
    reports_to: Option<SocketAddr>,
    latch: Latch,
    connected: bool,
    refusals: Refusals,
}

/// What became of a send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It went out.
    Yes,
    /// Not now.
    No,
    /// It failed.
    Failed,
    /// It failed once too often: sending stops.
    Stops,
}

impl Line {
    /// From bound sockets that do not block.
    pub fn new(port: u16, sound: net::UdpSocket, reports: net::UdpSocket) -> io::Result<Self> {
        let local = sound.local_addr()?;
        Ok(Self {
            sound: UdpSocket::from_std(sound),
            reports: UdpSocket::from_std(reports),
            local,
            port,
            remote: None,
            reports_to: None,
            latch: Latch::default(),
            connected: false,
            refusals: Refusals::default(),
        })
    }

    /// The pair, to be given back.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Has the sockets watched.
    pub fn register(&mut self, registry: &Registry, sound: Token, reports: Token) -> io::Result<()> {
        registry.register(&mut self.sound, sound, Interest::READABLE)?;
        registry.register(&mut self.reports, reports, Interest::READABLE)
    }

    /// Has them watched no longer.
    pub fn deregister(&mut self, registry: &Registry) {
        // What is not registered needs no more: there is nothing to do about an error.
        let _ = registry.deregister(&mut self.sound);
        let _ = registry.deregister(&mut self.reports);
    }

    /// Where to send from now on. Another address than before opens the latch again; the socket is made anew for it, since one
    /// that is connected hears nobody else.
    pub fn connect(&mut self, plan: &Plan, registry: &Registry, token: Token) -> io::Result<()> {
        let moved = self.remote != Some(plan.remote);
        self.remote = Some(plan.remote);
        self.reports_to = plan.rtcp;
        self.refusals.alive();
        if moved {
            self.latch = Latch::new(plan.remote);
            if self.connected {
                self.connected = false;
                let _ = registry.deregister(&mut self.sound);
                // The port is free only once nothing holds it: any other socket stands in meanwhile.
                self.sound = UdpSocket::bind(SocketAddr::new(self.local.ip(), 0))?;
                self.sound = UdpSocket::bind(self.local)?;
                registry.register(&mut self.sound, token, Interest::READABLE)?;
            }
        }
        Ok(())
    }

    /// Reads from the socket of sound, or of reports.
    pub fn receive(&mut self, reports: bool, into: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        if reports { self.reports.recv_from(into) } else { self.sound.recv_from(into) }
    }

    /// Whether a packet of sound counts. Once there can be only one source, the kernel keeps strangers out, and tells when nobody
    /// listens there.
    pub fn judge(&mut self, now: Instant, from: SocketAddr) -> bool {
        match self.latch.judge(now, from) {
            Verdict::Stranger => return false,
            Verdict::Take => {}
            Verdict::TakeOnly if self.connected => {}
            Verdict::TakeOnly => self.connected = self.sound.connect(from).is_ok(),
        }
        self.refusals.alive();
        true
    }

    /// Whether a report counts: it must come from the machine that the sound comes from, or that was agreed.
    pub fn judge_report(&self, from: SocketAddr) -> bool {
        let agreed = [self.latch.source(), self.reports_to, self.remote];
        agreed.into_iter().flatten().any(|known| known.ip() == from.ip())
    }

    /// Sends sound.
    pub fn send(&mut self, now: Instant, data: &[u8]) -> Sent {
        if !self.refusals.may_send(now) {
            return Sent::No;
        }
        let sent = match self.latch.source().or(self.remote) {
            None => return Sent::No,
            Some(_) if self.connected => self.sound.send(data),
            Some(to) => self.sound.send_to(data, to),
        };
        match sent {
            Ok(_) => Sent::Yes,
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => self.refused(now),
            Err(_) => Sent::Failed,
        }
    }

    /// A refusal that was told when reading.
    pub fn refused(&mut self, now: Instant) -> Sent {
        if self.refusals.refused(now) { Sent::Stops } else { Sent::Failed }
    }

    /// Sends a report, on the next port or, when that was agreed, on the same as the sound (RFC 5761).
    pub fn report(&mut self, data: &[u8]) {
        let Some(remote) = self.remote else { return };
        let source = self.latch.source().unwrap_or(remote);
        // What becomes of a report is nothing that anybody would act on.
        let _ = match self.reports_to {
            Some(to) if to == remote => {
                if self.connected {
                    self.sound.send(data)
                } else {
                    self.sound.send_to(data, remote)
                }
            }
            Some(to) => self.reports.send_to(data, to),
            None => self.reports.send_to(data, SocketAddr::new(source.ip(), source.port().saturating_add(1))),
        };
    }
}
