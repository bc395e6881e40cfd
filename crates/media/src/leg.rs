//! One end of a call, without a socket: packets in, a packet every 20 ms out, and what happens in between.

mod reports;

use crate::{
    api::{Event, Law, LegId, Plan},
    clip::Clip,
    comfort::Comfort,
    events,
    frame::{self, Frame, SILENCE, STEP},
    g711,
    jitter::Jitter,
    latch::Silence,
    player::{Loop, Player},
    received::{Arrival, Received},
    relay::Relay,
    rtp::{self, Header, Packet},
    tones::{Detector, Generator},
};
use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

/// The longest payload that counts as sound: 60 ms.
const LONGEST: usize = 480;
/// The static payload type of comfort noise (RFC 3551, table 4).
const COMFORT: u8 = 13;
/// When a bridge has brought nothing for so long, silence is sent instead.
const PATIENCE: Duration = Duration::from_millis(200);
/// How often a report is sent (RFC 3550, section 6.2): five seconds, and up to half of it more or less.
const REPORT: Duration = Duration::from_secs(5);

/// A packet to be sent.
#[derive(Clone, Copy)]
pub struct Out {
    /// Its header.
    pub header: Header,
    payload: [u8; LONGEST],
    length: usize,
}

impl Out {
    /// The largest packet.
    pub const LARGEST: usize = rtp::HEADER + LONGEST;

    fn new(header: Header, payload: &[u8]) -> Self {
        let mut out = Self { header, payload: [0; LONGEST], length: payload.len().min(LONGEST) };
        for (place, byte) in out.payload.iter_mut().zip(payload) {
            *place = *byte;
        }
        out
    }

    /// What it carries.
    pub fn payload(&self) -> &[u8] {
        self.payload.get(..self.length).unwrap_or_default()
    }

    /// As it goes on the wire.
    pub fn write<'a>(&self, into: &'a mut [u8; Self::LARGEST]) -> &'a [u8] {
        let bytes = rtp::write(&self.header);
        let all = bytes.iter().chain(self.payload());
        let length = into.iter_mut().zip(all).map(|(place, byte)| *place = *byte).count();
        into.get(..length).unwrap_or_default()
    }
}

/// What a packet was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Sound, that a bridge passes on.
    Sound(Law),
    /// A digit or comfort noise: dealt with here.
    Sign,
    /// Nothing that was agreed.
    Refused,
}

/// What the others of a call bring, for one step.
#[derive(Debug, Clone, Copy)]
pub enum Around<'a> {
    /// Nobody is there.
    Alone,
    /// One other leg, whose packets are passed on as they come.
    Passed,
    /// The voices of all others.
    Mixed(&'a Frame),
}

/// Whether a leg waits while its bridge stays.
enum Held {
    No,
    InSilence,
    WithMusic(Loop),
}

/// One leg.
pub struct Leg {
    id: LegId,
    plan: Option<Plan>,
    start: Instant,
    // What is sent.
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    sent: u64,
    octets: u32,
    spurt: bool,
    relay: Relay,
    dialled: events::Sender,
    tones: VecDeque<u8>,
    tone: Option<Generator>,
    player: Player,
    // What comes.
    received: Received,
    silence: Silence,
    silent_once_secured: Option<Duration>,
    keys: events::Receiver,
    detector: Detector,
    comfort: Comfort,
    jitter: Option<Jitter>,
    flowing: bool,
    // Who hears what.
    held: Held,
    muted: bool,
    says: Frame,
    hears: Frame,
    // Reports.
    next_report: Instant,
    their_report: Option<(u32, Instant)>,
    quality_there: (u8, u32),
    round_trip: Option<Duration>,
}

/// What must not be guessed by somebody who would put his own packets into a call.
#[derive(Debug, Clone, Copy)]
pub struct Chance {
    /// The name of our stream.
    pub ssrc: u32,
    /// The first sequence number.
    pub sequence: u16,
    /// The first timestamp.
    pub timestamp: u32,
}

impl Leg {
    /// A leg that is not yet connected. It counts silence from `now` on.
    pub fn new(id: LegId, now: Instant, chance: Chance, silent_after: Duration) -> Self {
        Self {
            id,
            plan: None,
            start: now,
            ssrc: chance.ssrc,
            sequence: chance.sequence,
            timestamp: chance.timestamp,
            sent: 0,
            octets: 0,
            spurt: true,
            relay: Relay::default(),
            dialled: events::Sender::default(),
            tones: VecDeque::new(),
            tone: None,
            player: Player::default(),
            received: Received::new(now),
            silence: Silence::new(now, silent_after),
            silent_once_secured: None,
            keys: events::Receiver::default(),
            detector: Detector::default(),
            comfort: Comfort::new(chance.ssrc),
            jitter: None,
            flowing: false,
            held: Held::No,
            muted: false,
            says: SILENCE,
            hears: SILENCE,
            next_report: now + REPORT,
            their_report: None,
            quality_there: (0, 0),
            round_trip: None,
        }
    }

    /// Sends by this plan from now on.
    pub fn connect(&mut self, now: Instant, plan: Plan) {
        self.plan = Some(plan);
        self.silence.packet(now);
    }

    /// Once it is secured, packets come without a pause: nothing for so long is a silence.
    pub const fn expect_later(&mut self, silent_after: Duration) {
        self.silent_once_secured = Some(silent_after);
    }

    /// The connection is sealed and ready.
    pub const fn secured(&mut self, now: Instant) {
        if let Some(after) = self.silent_once_secured {
            self.silence = Silence::new(now, after);
        }
    }

    /// The player.
    pub const fn player(&mut self) -> &mut Player {
        &mut self.player
    }

    /// Sends digits, as events or as tones.
    pub fn dial(&mut self, digits: &str) {
        if self.plan.is_none_or(|plan| plan.telephone_event.is_some()) {
            self.dialled.push(digits);
        } else {
            let room = 64_usize.saturating_sub(self.tones.len());
            self.tones.extend(digits.bytes().filter(|key| events::event_of(*key).is_some()).take(room));
        }
    }

    /// The leg waits, with music or in silence, and nobody hears it.
    pub fn hold(&mut self, music: Option<Arc<Clip>>) {
        self.held = music.map_or(Held::InSilence, |clip| Held::WithMusic(Loop::new(clip)));
        self.rebase();
    }

    /// It waits no longer.
    pub fn unhold(&mut self) {
        self.held = Held::No;
        self.rebase();
    }

    /// Nobody hears the leg; or they do again.
    pub const fn mute(&mut self, muted: bool) {
        self.muted = muted;
    }

    /// Whether others may hear it.
    pub const fn audible(&self) -> bool {
        !self.muted && matches!(self.held, Held::No)
    }

    /// Whether what it says is evened out and kept for others, or passed on as it comes.
    pub fn mix(&mut self, mixed: bool) {
        if mixed != self.jitter.is_some() {
            self.jitter = mixed.then(Jitter::default);
            self.says = SILENCE;
        }
        self.rebase();
    }

    /// What it said in the last step, as others hear it. Only of a mixed leg.
    pub const fn says(&self) -> &Frame {
        &self.says
    }

    /// What it was sent in the last step. Only of a mixed leg.
    pub const fn hears(&self) -> &Frame {
        &self.hears
    }

    /// Whether it is mixed.
    pub const fn mixed(&self) -> bool {
        self.jitter.is_some()
    }

    /// Whether a packet is of a kind that was agreed.
    pub fn knows(&self, header: &Header) -> bool {
        self.plan.is_some_and(|plan| {
            let kind = header.payload_type;
            Law::of_payload_type(kind).is_some()
                || kind == COMFORT
                || [plan.telephone_event, plan.comfort_noise].contains(&Some(kind))
        })
    }

    /// A packet of the other end of a bridge that is not passed on, because it was an event.
    pub fn leave_out(&mut self, header: &Header) {
        self.relay.leave_out(header);
    }

    /// Takes a packet that the latch has let in.
    pub fn on_packet(&mut self, now: Instant, packet: &Packet<'_>, mut tell: impl FnMut(Event)) -> Heard {
        let leg = self.id;
        if self.silence.packet(now) {
            tell(Event::Back { leg });
        }
        let Some(plan) = self.plan else { return Heard::Refused };
        let header = &packet.header;
        let event = plan.telephone_event == Some(header.payload_type);
        let noise = header.payload_type == COMFORT || plan.comfort_noise == Some(header.payload_type);
        let law = Law::of_payload_type(header.payload_type).filter(|_| packet.payload.len() <= LONGEST);
        if !(event || noise || law.is_some()) {
            return Heard::Refused;
        }
        if self.received.packet(now, header, law.is_some()) == Arrival::New {
            self.keys.forget();
            self.comfort.forget();
            if let Some(jitter) = &mut self.jitter {
                jitter.forget();
            }
        }
        if !std::mem::replace(&mut self.flowing, true) {
            tell(Event::Flowing { leg });
        }
        if event {
            if let Some(key) = self.keys.packet(header.timestamp, header.marker, packet.payload) {
                tell(Event::Digit { leg, key });
            }
            return Heard::Sign;
        }
        if noise {
            self.comfort.packet(packet.payload);
            return Heard::Sign;
        }
        let Some(law) = law else { return Heard::Refused };
        let sound = packet.payload.iter().map(|byte| g711::decode(law, *byte));
        if plan.telephone_event.is_none() {
            let mut decoded = [0; LONGEST];
            let length = decoded.iter_mut().zip(sound.clone()).map(|(place, sample)| *place = sample).count();
            self.detector
                .hear(decoded.get(..length).unwrap_or_default(), |key| tell(Event::Digit { leg, key }));
        }
        if !plan.direction.receives() {
            return Heard::Sign;
        }
        if let Some(jitter) = &mut self.jitter {
            jitter.push(header.timestamp, header.marker, sound);
        }
        Heard::Sound(law)
    }

    /// Passes on a packet of sound that another leg got. `None` when this leg says something else now, or nothing.
    pub fn pass_on(&mut self, now: Instant, packet: &Packet<'_>, law: Law) -> Option<Out> {
        let plan = self.plan.filter(|plan| plan.direction.sends())?;
        let busy = self.dialled.busy() || self.tone.is_some() || self.player.speaks();
        if busy || !matches!(self.held, Held::No) || self.jitter.is_some() {
            return None;
        }
        let placed = self.relay.place(now, &packet.header, self.sequence, self.timestamp)?;
        if rtp::sequence_after(placed.sequence, self.sequence) >= 0 {
            self.sequence = placed.sequence.wrapping_add(1);
        }
        self.spurt = false;
        let header = Header {
            marker: placed.marker,
            payload_type: plan.law.payload_type(),
            sequence: placed.sequence,
            timestamp: placed.timestamp,
            ssrc: self.ssrc,
        };
        let mut out = Out::new(header, packet.payload);
        if law != plan.law {
            for byte in &mut out.payload {
                *byte = g711::transcode(law, plan.law, *byte);
            }
        }
        self.count(&out);
        Some(out)
    }

    /// First half of a step: what the leg says now becomes known to the others. Only of a mixed leg.
    pub fn listen(&mut self) {
        if let Some(jitter) = &mut self.jitter {
            let said = jitter.pop(&mut self.comfort);
            self.says = if self.audible() { said } else { SILENCE };
        }
    }

    /// Second half of a step: the packet that is to be sent, if one is.
    pub fn tick(&mut self, now: Instant, around: Around<'_>, mut tell: impl FnMut(Event)) -> Option<Out> {
        let leg = self.id;
        let Some(plan) = self.plan else {
            self.next_time();
            return None;
        };
        if !plan.direction.receives() {
            // Nothing is to come: that nothing comes is no silence.
            self.silence.packet(now);
        } else if let Some(lasting) = self.silence.tick(now) {
            tell(Event::Silent { leg, lasting });
        }
        let sends = plan.direction.sends();
        if sends && let Some(event) = plan.telephone_event {
            if self.dialled.waits() {
                self.rebase();
            }
            if let events::Step::Event(sent) = self.dialled.step(self.timestamp) {
                self.next_time();
                self.hears = SILENCE;
                let header = Header {
                    marker: sent.marker,
                    payload_type: event,
                    sequence: self.next_sequence(),
                    timestamp: sent.timestamp,
                    ssrc: self.ssrc,
                };
                let out = Out::new(header, &sent.payload);
                self.count(&out);
                return Some(out);
            }
        }
        let mut frame = SILENCE;
        if !self.fill(&mut frame, &mut tell) {
            match around {
                Around::Mixed(voices) => frame = *voices,
                Around::Passed if self.relay.flows(now, PATIENCE) => {
                    self.next_time();
                    return None;
                }
                Around::Passed => {}
                Around::Alone => {
                    self.player.fill_with_music(&mut frame);
                }
            }
        }
        self.hears = frame;
        self.rebase();
        let timestamp = self.next_time();
        if !sends {
            return None;
        }
        let mut payload = [0; frame::STEP as usize];
        for (byte, sample) in payload.iter_mut().zip(frame) {
            *byte = g711::encode(plan.law, sample);
        }
        let header = Header {
            marker: std::mem::replace(&mut self.spurt, false),
            payload_type: plan.law.payload_type(),
            sequence: self.next_sequence(),
            timestamp,
            ssrc: self.ssrc,
        };
        let out = Out::new(header, &payload);
        self.count(&out);
        Some(out)
    }

    /// Steps that were left out: time went on all the same.
    pub const fn skip(&mut self, steps: u32) {
        self.timestamp = self.timestamp.wrapping_add(STEP.wrapping_mul(steps));
        self.spurt = true;
    }

    /// What goes before everything that others bring: tones, what is said, the music of a hold.
    fn fill(&mut self, frame: &mut Frame, tell: &mut impl FnMut(Event)) -> bool {
        let leg = self.id;
        while self.tone.is_some() || !self.tones.is_empty() {
            if let Some(tone) = &mut self.tone
                && tone.fill(frame)
            {
                return true;
            }
            self.tone = self.tones.pop_front().and_then(Generator::new);
        }
        if self.player.say(frame, |mark| tell(Event::Played { leg, mark })) {
            return true;
        }
        if let Held::WithMusic(music) = &mut self.held {
            music.fill(frame);
        }
        !matches!(self.held, Held::No)
    }

    /// What was passed on may have been ahead of our own clock: time goes on from there, and never back.
    fn rebase(&mut self) {
        if let Some(newest) = self.relay.end() {
            let next = newest.wrapping_add(STEP);
            if rtp::time_after(next, self.timestamp) > 0 {
                self.timestamp = next;
            }
        }
    }

    const fn next_time(&mut self) -> u32 {
        let timestamp = self.timestamp;
        self.timestamp = timestamp.wrapping_add(STEP);
        timestamp
    }

    const fn next_sequence(&mut self) -> u16 {
        let sequence = self.sequence;
        self.sequence = sequence.wrapping_add(1);
        sequence
    }

    fn count(&mut self, out: &Out) {
        self.sent += 1;
        self.octets = self.octets.wrapping_add(u32::try_from(out.length).unwrap_or(0));
    }
}

#[cfg(test)]
#[path = "leg_tests.rs"]
mod tests;
