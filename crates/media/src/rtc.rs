//! A browser's leg (WebRTC): its offer answered, its packets opened and sealed. str0m is spoken of here and nowhere else.

#[cfg(any(test, feature = "testing"))]
pub mod browser;
mod crypto;

use crate::{
    api::{Direction, Law, OpenError, Plan},
    leg::Out,
    rtp::Header,
};
use mio::{Interest, Registry, Token, net::UdpSocket};
use std::{
    io,
    net::{self, SocketAddr},
    sync::Arc,
    time::Instant,
};
use str0m::{
    Candidate, Event, IceConnectionState, Input, Output, Rtc, RtcConfig,
    change::SdpOffer,
    crypto::{CryptoProvider, dtls::DtlsCert},
    format::{Codec, FormatParams},
    media::{Direction as Flow, Frequency, MediaKind, Mid},
    net::{Protocol, Receive},
    rtp::RtpWrite,
};

/// The longest offer that is looked at. That of a browser with one track is about 2 kB.
const LONGEST_OFFER: usize = 65_536;
/// The payload type of telephone events that is proposed; the browser's own is taken instead.
const TELEPHONE_EVENT: u8 = 126;

/// Why an offer cannot be answered. Says nothing of what is in it.
#[derive(Debug, thiserror::Error)]
pub enum RtcError {
    /// It does not read as an offer of WebRTC.
    #[error("this is not an offer that can be answered")]
    Offer,
    /// It has no sound in a codec of the telephone.
    #[error("the offer has no audio as PCMU or PCMA")]
    NoAudio,
    /// No address is known under which the browser could reach us.
    #[error("no address to be reached at is set")]
    NoAddress,
    /// The certificate could not be made.
    #[error("no certificate could be made")]
    Certificate,
    /// No leg could be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// What all browsers' legs share.
#[derive(Clone)]
pub struct Shared {
    provider: Arc<CryptoProvider>,
    certificate: DtlsCert,
}

impl Shared {
    /// Makes the certificate.
    pub fn new() -> Result<Self, RtcError> {
        let certificate = crypto::certificate().ok_or(RtcError::Certificate)?;
        Ok(Self { provider: Arc::new(crypto::provider()), certificate })
    }

    /// What both an answer and a test's offer begin with: sound of the telephone only, as packets.
    fn config(&self) -> RtcConfig {
        let mut config = RtcConfig::new()
            .set_crypto_provider(self.provider.clone())
            .set_dtls_cert(self.certificate.clone())
            .set_rtp_mode(true)
            .clear_codecs()
            .enable_pcmu(true, false)
            .enable_pcma(true, false);
        // Digits, star, pound, A to D and the flash.
        let digits = FormatParams::parse_line("0-16");
        config.codec_config().add_config(
            TELEPHONE_EVENT.into(),
            None,
            Codec::Tele,
            Frequency::EIGHT_KHZ,
            None,
            digits,
        );
        config
    }
}

/// One browser.
pub struct Peer {
    rtc: Rtc,
    socket: UdpSocket,
    port: u16,
    /// Under what address the browser reaches us, as far as ICE is told.
    local: SocketAddr,
    mid: Option<Mid>,
    timeout: Instant,
    /// The highest sequence number that was sent, with its wraps.
    sequence: Option<u64>,
    arrived: Vec<(Header, Arc<[u8]>)>,
    news: Vec<News>,
    over: bool,
}

/// What happened on the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Sealed and ready.
    Secured,
    /// The browser has gone.
    Gone,
}

impl Peer {
    /// Answers an offer: the peer, what was agreed, and the answer.
    pub fn answer(
        shared: &Shared,
        now: Instant,
        offer: &str,
        port: u16,
        socket: net::UdpSocket,
        addresses: &[SocketAddr],
    ) -> Result<(Self, Plan, String), RtcError> {
        let local = *addresses.first().ok_or(RtcError::NoAddress)?;
        if offer.len() > LONGEST_OFFER {
            return Err(RtcError::Offer);
        }
        let offer = SdpOffer::from_sdp_string(offer).map_err(|_| RtcError::Offer)?;
        let mut mids = Vec::new();
        for line in &offer.media_lines {
            mids.push(line.mid());
        }
        // We are reachable where we say, so the browser does all the searching (RFC 8445, section 2.5).
        let mut rtc = shared.config().set_ice_lite(true).build(now);
        for address in addresses {
            rtc.add_local_candidate(Candidate::host(*address, "udp").map_err(|_| RtcError::NoAddress)?);
        }
        let answer = rtc.sdp_api().accept_offer(offer).map_err(|_| RtcError::Offer)?.to_sdp_string();
        let mut peer = Self::over(rtc, port, UdpSocket::from_std(socket), local, now);
        let audio =
            |mid: &&Mid| peer.rtc.media(**mid).is_some_and(|m| m.kind() == MediaKind::Audio && !m.disabled());
        peer.mid = mids.iter().find(audio).copied();
        peer.drain(now);
        let plan = peer.plan(local).ok_or(RtcError::NoAudio)?;
        Ok((peer, plan, answer))
    }

    fn over(rtc: Rtc, port: u16, socket: UdpSocket, local: SocketAddr, now: Instant) -> Self {
        Self {
            rtc,
            socket,
            port,
            local,
            mid: None,
            timeout: now,
            sequence: None,
            arrived: Vec::new(),
            news: Vec::new(),
            over: false,
        }
    }

    /// What was agreed: the first law that the browser named of those that both know.
    fn plan(&self, remote: SocketAddr) -> Option<Plan> {
        let media = self.rtc.media(self.mid?)?;
        let codec = |pt: u8| self.rtc.codec_config().params().iter().find(|params| *params.pt() == pt);
        let agreed = || media.remote_pts().iter().map(|pt| **pt);
        let telephone_event =
            agreed().find(|pt| codec(*pt).is_some_and(|params| params.spec().codec == Codec::Tele));
        Some(Plan {
            law: agreed().find_map(Law::of_payload_type)?,
            telephone_event,
            direction: match media.direction() {
                Flow::SendRecv => Direction::SendRecv,
                Flow::SendOnly => Direction::SendOnly,
                Flow::RecvOnly => Direction::RecvOnly,
                Flow::Inactive => Direction::Inactive,
            },
            ..Plan::to(remote)
        })
    }

    /// The pair, to be given back.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Has the socket watched.
    pub fn register(&mut self, registry: &Registry, token: Token) -> io::Result<()> {
        registry.register(&mut self.socket, token, Interest::READABLE)
    }

    /// Has it watched no longer.
    pub fn deregister(&mut self, registry: &Registry) {
        // What is not registered needs no more: there is nothing to do about an error.
        let _ = registry.deregister(&mut self.socket);
    }

    /// Reads one datagram and deals with it.
    pub fn receive(&mut self, now: Instant, buffer: &mut [u8]) -> io::Result<()> {
        let (length, from) = self.socket.recv_from(buffer)?;
        let data = buffer.get(..length).unwrap_or_default();
        if let Ok(received) = Receive::new(Protocol::Udp, from, self.local, data) {
            let input = Input::Receive(now, received);
            // Whoever is not the browser, by ICE's passwords, is not listened to.
            if self.rtc.accepts(&input) {
                self.handle(now, input);
            }
        }
        Ok(())
    }

    /// What is due by now.
    pub fn tick(&mut self, now: Instant) {
        if now >= self.timeout && !self.over {
            self.handle(now, Input::Timeout(now));
        }
    }

    /// Seals and sends a packet of a leg.
    pub fn send(&mut self, now: Instant, out: &Out) -> bool {
        let sequence = self.extended(out.header.sequence);
        let Some(mid) = self.mid.filter(|_| !self.over && self.rtc.is_connected()) else { return false };
        let mut api = self.rtc.direct_api();
        let Some(stream) = api.stream_tx_by_mid(mid, None) else { return false };
        let kind = out.header.payload_type.into();
        let write = RtpWrite::new(kind, sequence.into(), out.header.timestamp, now, out.payload())
            .marker(out.header.marker);
        stream.write_rtp(write);
        self.handle(now, Input::Timeout(now));
        true
    }

    /// What came since it was asked for last.
    pub fn take_arrived(&mut self) -> Vec<(Header, Arc<[u8]>)> {
        std::mem::take(&mut self.arrived)
    }

    /// What happened since it was asked for last.
    pub fn take_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    /// Ends the connection, so that the browser knows at once.
    pub fn close(&mut self, now: Instant) {
        if self.rtc.close().is_ok() {
            self.drain(now);
        }
        self.over = true;
    }

    /// A sequence number with its wraps, nearest to the last one. The first counts from nothing.
    fn extended(&mut self, sequence: u16) -> u64 {
        let extended = self.sequence.map_or(u64::from(sequence), |last| {
            let low = u16::from_le_bytes([last.to_le_bytes()[0], last.to_le_bytes()[1]]);
            last.saturating_add_signed(i64::from(crate::rtp::sequence_after(sequence, low)))
        });
        self.sequence = Some(self.sequence.map_or(extended, |last| last.max(extended)));
        extended
    }

    fn handle(&mut self, now: Instant, input: Input<'_>) {
        if self.rtc.handle_input(input).is_err() {
            self.end();
        }
        self.drain(now);
    }

    fn drain(&mut self, now: Instant) {
        while !self.over {
            match self.rtc.poll_output() {
                Ok(Output::Timeout(at)) => {
                    self.timeout = at.max(now);
                    break;
                }
                Ok(Output::Transmit(transmit)) => {
                    // A datagram that is lost here is one that is lost on the way.
                    let _ = self.socket.send_to(&transmit.contents, transmit.destination);
                }
                Ok(Output::Event(event)) => self.event(event),
                Err(_) => self.end(),
            }
        }
        if !self.rtc.is_alive() {
            self.end();
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Connected => self.news.push(News::Secured),
            Event::IceConnectionStateChange(IceConnectionState::Disconnected) | Event::Closed => self.end(),
            Event::RtpPacket(packet) => {
                let header = Header {
                    marker: packet.header.marker,
                    payload_type: *packet.header.payload_type,
                    sequence: packet.header.sequence_number,
                    timestamp: packet.header.timestamp,
                    ssrc: *packet.header.ssrc,
                };
                self.arrived.push((header, packet.payload));
            }
            _ => {}
        }
    }

    fn end(&mut self) {
        if !std::mem::replace(&mut self.over, true) {
            self.news.push(News::Gone);
        }
    }
}

#[cfg(test)]
#[path = "rtc_tests.rs"]
mod tests;
