//! Two lines that call each other over a network that loses, doubles and delays: in the end both think the same.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use sip::*;
use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    time::{Duration, Instant},
};

const UDP: FlowId = FlowId(1);
const TRUNK: TrunkId = TrunkId(1);

/// Chance of a test: the same for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// What one side thinks of one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Begun,
    Up(Plan),
    Over,
}

struct Side {
    line: Endpoint,
    addr: SocketAddr,
    port: u16,
    /// By the number that was dialled, so that both sides name a call alike.
    views: BTreeMap<String, View>,
    names: HashMap<CallId, String>,
}

impl Side {
    fn new(addr: SocketAddr, peer: SocketAddr, seed: u8) -> Self {
        let settings = Settings {
            published: Some(E164::parse("+18005550199").unwrap()),
            trunks: vec![Trunk::at(TRUNK, "the other", Transport::Udp, peer)],
            ..Settings::default()
        };
        Self {
            line: Endpoint::new(settings, [seed; 32]),
            addr,
            port: 20_000,
            views: BTreeMap::new(),
            names: HashMap::new(),
        }
    }

    fn media(&mut self) -> LocalMedia {
        self.port += 2;
        LocalMedia { addr: SocketAddr::new(self.addr.ip(), self.port) }
    }
}

struct World {
    sides: [Side; 2],
    now: Instant,
    dice: Dice,
    /// In a thousand.
    loss: u64,
    doubled: u64,
    delay_ms: u64,
    air: BTreeMap<(Instant, u64), (usize, Vec<u8>)>,
    count: u64,
}

impl World {
    fn new(seed: u64, loss: u64, doubled: u64, delay_ms: u64) -> Self {
        let (a, b): (SocketAddr, SocketAddr) =
            ("198.51.100.1:5060".parse().unwrap(), "198.51.100.2:5060".parse().unwrap());
        let low = u8::try_from(seed % 120).unwrap();
        let mut world = Self {
            sides: [Side::new(a, b, low), Side::new(b, a, low + 100)],
            now: Instant::now(),
            dice: Dice(seed),
            loss,
            doubled,
            delay_ms,
            air: BTreeMap::new(),
            count: 0,
        };
        for side in 0..2 {
            let local = world.sides[side].addr;
            let opened = Input::FlowOpened {
                flow: UDP,
                transport: Transport::Udp,
                local,
                remote: None,
                trunk: None,
                request: None,
            };
            world.sides[side].line.handle(world.now, opened);
        }
        world
    }

    fn pump(&mut self, at: usize) {
        while let Some(output) = self.sides[at].line.poll_output() {
            match output {
                Output::Send { data, .. } => {
                    let copies = u64::from(self.dice.roll(1_000) >= self.loss)
                        + u64::from(self.dice.roll(1_000) < self.doubled);
                    for _ in 0..copies {
                        let delay = Duration::from_millis(1 + self.dice.roll(self.delay_ms));
                        self.count += 1;
                        self.air.insert((self.now + delay, self.count), (1 - at, data.to_vec()));
                    }
                }
                Output::Event(event) => self.happened(at, event),
                other => panic!("{other:?}"),
            }
        }
    }

    fn happened(&mut self, at: usize, event: Event) {
        let side = &mut self.sides[at];
        match event {
            Event::Incoming { call, to: Party::Number(to), .. } => {
                let name = to.as_str().to_owned();
                side.names.insert(call, name.clone());
                assert_eq!(side.views.insert(name.clone(), View::Begun), None, "{name} came twice");
                let media = side.media();
                let how = self.dice.roll(10);
                let side = &mut self.sides[at];
                if how > 2 {
                    let early = (how > 6).then_some(media);
                    side.line.command(self.now, Command::Ring { call, early }).unwrap();
                }
                if how == 0 {
                    side.line
                        .command(self.now, Command::Reject { call, code: 486, retry_after: None })
                        .unwrap();
                } else {
                    side.line.command(self.now, Command::Accept { call, media }).unwrap();
                }
            }
            Event::Answered { call, plan } | Event::MediaChanged { call, plan } => {
                let name = side.names[&call].clone();
                assert_ne!(side.views.insert(name, View::Up(plan)), Some(View::Over));
            }
            Event::Ended { call, .. } => {
                let name = side.names[&call].clone();
                assert_ne!(side.views.insert(name, View::Over), Some(View::Over), "ended twice");
            }
            _ => {}
        }
    }

    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        loop {
            for at in 0..2 {
                self.pump(at);
            }
            let packet = self.air.keys().next().map(|(at, _)| *at);
            let due = self.sides.iter().filter_map(|side| side.line.poll_timeout()).min();
            let Some(next) = packet.into_iter().chain(due).min().filter(|next| *next <= end) else { break };
            self.now = self.now.max(next);
            if packet == Some(next)
                && let Some((_, (to, data))) = self.air.pop_first()
            {
                let from = self.sides[1 - to].addr;
                self.sides[to].line.handle(self.now, Input::Packet { flow: UDP, from, data: &data });
            }
            for side in &mut self.sides {
                side.line.handle_timeout(self.now);
            }
        }
        self.now = end;
    }

    fn dial(&mut self, from: usize, number: u64) {
        let to = E164::parse(&format!("+1202555{number:04}")).unwrap();
        let media = self.sides[from].media();
        let dial = Dial { trunk: TRUNK, to: to.clone(), media, patience: None };
        let call = self.sides[from].line.dial(self.now, &dial).unwrap();
        self.sides[from].names.insert(call, to.as_str().to_owned());
        self.sides[from].views.insert(to.as_str().to_owned(), View::Begun);
    }

    fn meddle(&mut self, held: bool) {
        for at in 0..2 {
            let mut calls: Vec<CallId> = self.sides[at].names.keys().copied().collect();
            calls.sort();
            for call in calls {
                let media = self.sides[at].media();
                let command = match self.dice.roll(6) {
                    0 => Command::Hold { call, held },
                    1 => Command::ReOffer { call, media },
                    2 if held => Command::Hangup { call },
                    3 => Command::Info { call, digit: Digit::new('5').unwrap(), ms: 100 },
                    _ => continue,
                };
                // It may be in no state for it; that is an answer too.
                let _ = self.sides[at].line.command(self.now, command);
            }
        }
    }

    /// Both think the same of every call that both know.
    fn agree(&self, seed: u64) {
        let [a, b] = &self.sides;
        for (name, one) in &a.views {
            let Some(other) = b.views.get(name) else {
                assert_eq!(*one, View::Over, "{seed}: {name} is known to one side only");
                continue;
            };
            match (one, other) {
                (View::Up(one), View::Up(other)) => {
                    assert_eq!(one.law, other.law, "{seed}: {name}");
                    assert_eq!(one.direction, other.direction.mirrored(), "{seed}: {name}");
                    assert_eq!((one.remote.ip(), other.remote.ip()), (b.addr.ip(), a.addr.ip()));
                }
                (View::Over, View::Over) => {}
                _ => panic!("{seed}: {name}: {one:?} and {other:?}"),
            }
        }
        for (name, other) in &b.views {
            assert!(
                a.views.contains_key(name) || *other == View::Over,
                "{seed}: {name} is known to one side only"
            );
        }
    }
}

fn scenario(seed: u64, loss: u64, doubled: u64, delay_ms: u64) -> usize {
    let mut world = World::new(seed, loss, doubled, delay_ms);
    for number in 0..12 {
        let from = usize::try_from(world.dice.roll(2)).unwrap();
        world.dial(from, number);
        let pause = Duration::from_millis(world.dice.roll(3_000));
        world.run(pause);
        if world.dice.roll(3) == 0 {
            world.meddle(number % 2 == 0);
        }
    }
    // Everything that can still come comes: the longest is a change that met another, six times over.
    world.run(Duration::from_mins(5));
    world.agree(seed);
    let up = world.sides[0].views.values().filter(|view| matches!(view, View::Up(_))).count();
    for at in 0..2 {
        let calls: Vec<CallId> = world.sides[at].names.keys().copied().collect();
        for call in calls {
            if call_is_odd(&world, at, call) {
                let _ = world.sides[at].line.command(world.now, Command::Hangup { call });
            }
        }
    }
    world.run(Duration::from_mins(2));
    world.agree(seed);
    for side in &mut world.sides {
        let calls: Vec<CallId> = side.names.keys().copied().collect();
        for call in calls {
            let _ = side.line.command(world.now, Command::Hangup { call });
        }
    }
    world.run(Duration::from_mins(2));
    world.agree(seed);
    for side in &world.sides {
        assert!(side.views.values().all(|view| *view == View::Over), "{seed}");
        assert_eq!((side.line.calls(), side.line.transactions(), side.line.dialogs()), (0, 0, 0), "{seed}");
        assert_eq!(side.line.poll_timeout(), None, "{seed}");
    }
    up
}

fn call_is_odd(world: &World, at: usize, call: CallId) -> bool {
    world.sides[at].names[&call].ends_with(['1', '3', '5', '7', '9'])
}

#[test]
fn over_a_good_network() {
    let up: usize = (0..40).map(|seed| scenario(seed, 0, 0, 20)).sum();
    assert!(up > 150, "{up}");
}

#[test]
fn over_a_network_that_loses_doubles_and_reorders() {
    let up: usize = (0..150).map(|seed| scenario(1_000 + seed, 150, 100, 900)).sum();
    assert!(up > 300, "{up}");
}

#[test]
fn the_same_seed_is_the_same_story() {
    let story = |seed| {
        let mut world = World::new(seed, 150, 100, 900);
        for number in 0..6 {
            world.dial(0, number);
            world.run(Duration::from_secs(2));
        }
        world.run(Duration::from_mins(1));
        (world.count, world.sides[0].views.clone(), world.sides[1].views.clone())
    };
    assert_eq!(story(5), story(5));
    assert_ne!(story(5).0, story(6).0);
}
