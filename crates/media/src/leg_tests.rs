//! A leg in virtual time: what it sends, step by step, and that nothing sent to it breaks it.

use super::*;
use crate::api::Direction;
use proptest::prelude::*;
use std::collections::HashSet;

const STEP_TIME: Duration = Duration::from_millis(20);

fn chance() -> Chance {
    Chance { ssrc: 9, sequence: 65_530, timestamp: u32::MAX - 500 }
}

fn leg(plan: Plan) -> (Leg, Instant) {
    let now = Instant::now();
    let mut leg = Leg::new(LegId(1), now, chance(), Duration::from_secs(20));
    leg.connect(now, plan);
    (leg, now)
}

fn plan() -> Plan {
    Plan::to(([127, 0, 0, 1], 4_000).into())
}

fn clip(value: i16, ms: usize) -> Arc<Clip> {
    Arc::new(Clip::from_pcm(vec![value; ms * 8]))
}

fn came(sequence: u16, timestamp: u32, payload_type: u8) -> Header {
    Header { sequence, timestamp, payload_type, ssrc: 77, marker: false }
}

/// Steps of a leg alone: what it sends and what it tells.
fn run(leg: &mut Leg, from: Instant, steps: u32) -> (Vec<Option<Out>>, Vec<Event>) {
    let mut told = Vec::new();
    let sent = (1..=steps)
        .map(|step| {
            let now = from + STEP_TIME * step;
            leg.listen();
            leg.tick(now, Around::Alone, |event| told.push(event))
        })
        .collect();
    (sent, told)
}

#[test]
fn silence_is_sent_without_a_hole_from_the_first_step() {
    let (mut leg, now) = leg(plan());
    let (sent, told) = run(&mut leg, now, 20);
    let sent: Vec<Out> = sent.into_iter().flatten().collect();
    assert_eq!((sent.len(), told.len()), (20, 0));
    for (n, out) in (0_u16..).zip(&sent) {
        let expected = Header {
            marker: n == 0,
            payload_type: 0,
            sequence: 65_530_u16.wrapping_add(n),
            timestamp: (u32::MAX - 500).wrapping_add(u32::from(n) * 160),
            ssrc: 9,
        };
        assert_eq!(out.header, expected);
        assert_eq!(out.payload(), [0xff; 160]);
    }
    assert!(
        Leg::new(LegId(1), now, chance(), STEP_TIME).tick(now, Around::Alone, |_| ()).is_none(),
        "not connected"
    );
}

#[test]
fn steps_that_were_left_out_are_time_all_the_same() {
    let (mut leg, now) = leg(plan());
    let before = run(&mut leg, now, 1).0[0].unwrap().header;
    leg.skip(10);
    let after = run(&mut leg, now, 1).0[0].unwrap().header;
    assert_eq!(after.timestamp.wrapping_sub(before.timestamp), 11 * 160);
    assert_eq!(after.sequence.wrapping_sub(before.sequence), 1, "nothing was lost");
    assert!(after.marker);
}

#[test]
fn who_is_put_on_hold_over_there_sends_nothing_and_still_gets_to_the_end() {
    let (mut leg, now) = leg(Plan { direction: Direction::RecvOnly, ..plan() });
    leg.player().play(vec![clip(1_000, 100)], 3);
    let (sent, told) = run(&mut leg, now, 10);
    assert!(sent.iter().all(Option::is_none));
    assert!(told == [Event::Played { leg: LegId(1), mark: 3 }]);
}

#[test]
fn silence_is_told_only_when_something_was_to_come() {
    let (mut leg, now) = leg(plan());
    let (_, told) = run(&mut leg, now, 1_100);
    assert!(told == [Event::Silent { leg: LegId(1), lasting: Duration::from_secs(20) }]);
    let (mut leg, now) = self::leg(Plan { direction: Direction::SendOnly, ..plan() });
    assert!(run(&mut leg, now, 1_100).1.is_empty());
}

#[test]
fn comfort_noise_keeps_a_quiet_caller_alive() {
    let (mut leg, now) = leg(plan());
    leg.mix(true);
    let mut told = Vec::new();
    for step in 0..1_500_u32 {
        let at = now + STEP_TIME * step;
        if step % 50 == 0 {
            // A quiet telephone says once a second how quiet it is.
            let header = came(u16::try_from(step / 50).unwrap(), step * 160, COMFORT);
            let heard = leg.on_packet(at, &Packet { header, payload: &[45] }, |_| ());
            assert_eq!(heard, Heard::Sign);
        }
        leg.listen();
        leg.tick(at, Around::Alone, |event| told.push(event));
    }
    assert!(told.is_empty());
    assert!(leg.says().iter().any(|s| *s != 0) && leg.says().iter().all(|s| s.unsigned_abs() < 500));
}

#[test]
fn what_is_said_goes_before_the_bridge_and_the_bridge_goes_on_after_it() {
    let (mut leg, now) = leg(plan());
    let sound = |n: u16| came(n, u32::from(n) * 160 + 7_777, 0);
    let pass = |leg: &mut Leg, n: u16| {
        leg.pass_on(now, &Packet { header: sound(n), payload: &[0x40; 160] }, Law::Mu).map(|out| out.header)
    };
    let first = pass(&mut leg, 1).unwrap();
    let second = pass(&mut leg, 2).unwrap();
    assert!(first.marker && !second.marker);
    assert_eq!(second.timestamp.wrapping_sub(first.timestamp), 160);
    assert!(leg.tick(now, Around::Passed, |_| ()).is_none(), "the bridge flows");
    leg.player().play(vec![clip(1_000, 40)], 1);
    assert!(pass(&mut leg, 3).is_none());
    let said = leg.tick(now, Around::Passed, |_| ()).unwrap().header;
    assert_eq!(said.sequence, second.sequence.wrapping_add(1));
    assert!(rtp::time_after(said.timestamp, second.timestamp) >= 160);
    leg.tick(now, Around::Passed, |_| ()).unwrap();
    let again = pass(&mut leg, 4).unwrap();
    assert!(again.marker);
    assert_eq!(again.sequence, said.sequence.wrapping_add(2));
    // Nothing is passed on for a while: silence keeps the line alive.
    let later = now + PATIENCE;
    assert!(leg.tick(later, Around::Passed, |_| ()).is_some());
}

#[test]
fn a_bridge_of_two_laws_is_translated_and_of_one_is_untouched() {
    let (mut leg, now) = leg(Plan { law: Law::A, ..plan() });
    let payload: Vec<u8> = (0..160).collect();
    let packet = Packet { header: came(1, 0, 0), payload: &payload };
    let translated = leg.pass_on(now, &packet, Law::Mu).unwrap();
    assert_eq!(translated.header.payload_type, 8);
    let expected: Vec<u8> = payload.iter().map(|byte| g711::transcode(Law::Mu, Law::A, *byte)).collect();
    assert_eq!(translated.payload(), expected);
    let untouched = leg.pass_on(now, &Packet { header: came(2, 160, 8), payload: &payload }, Law::A).unwrap();
    assert_eq!(untouched.payload(), payload);
}

#[test]
fn a_mixed_leg_hears_the_others_and_says_what_came() {
    let (mut leg, now) = leg(plan());
    leg.mix(true);
    let voices = [500; 160];
    let mut said = 0;
    for n in 0..20_u16 {
        let header = came(n, u32::from(n) * 160, 0);
        let loud = g711::encode(Law::Mu, 4_000);
        leg.on_packet(now, &Packet { header, payload: &[loud; 160] }, |_| ());
        leg.listen();
        let out = leg.tick(now, Around::Mixed(&voices), |_| ()).unwrap();
        assert_eq!(out.payload(), [g711::encode(Law::Mu, 500); 160]);
        assert_eq!(*leg.hears(), voices);
        said += leg.says().iter().filter(|s| (3_900..4_100).contains(*s)).count();
        assert!(
            leg.pass_on(now, &Packet { header, payload: &[0; 160] }, Law::Mu).is_none(),
            "nothing passes by"
        );
    }
    assert!(said >= 17 * 160, "{said}");
    leg.mute(true);
    leg.listen();
    assert_eq!(*leg.says(), SILENCE);
}

#[test]
fn reports_tell_the_round_trip_and_the_loss() {
    let now = Instant::now();
    let mut here = Leg::new(LegId(1), now, Chance { ssrc: 1, ..chance() }, STEP_TIME);
    let mut there = Leg::new(LegId(2), now, Chance { ssrc: 2, ..chance() }, STEP_TIME);
    here.connect(now, plan());
    there.connect(now, plan());
    for step in 0..500_u32 {
        let at = now + STEP_TIME * step;
        let out = here.tick(at, Around::Alone, |_| ()).unwrap();
        // Every tenth is lost on the way.
        if step % 10 != 5 {
            there.on_packet(at, &Packet { header: out.header, payload: out.payload() }, |_| ());
        }
        there.tick(at, Around::Alone, |_| ());
    }
    let at = |ms: u64| now + Duration::from_millis(10_000 + ms);
    assert!(here.report(now, 0.5).is_none(), "not yet");
    let first = here.report(at(0), 0.5).unwrap();
    assert!(here.report(at(1), 0.5).is_none(), "not again");
    assert!(there.on_report(at(30), &first, |_| ()));
    let back = there.report(at(500), 0.5).unwrap();
    assert!(here.on_report(at(530), &back, |_| ()));
    let quality = here.quality();
    let trip = quality.round_trip.unwrap();
    assert!((59..=61).contains(&trip.as_millis()), "{trip:?}");
    assert_eq!(quality.lost_there, 25, "a tenth, in 256ths");
    assert_eq!(there.quality().lost, 50);
    let mut told = Vec::new();
    there.on_report(at(600), &here.goodbye(at(600)), |event| told.push(event));
    assert!(told == [Event::Bye { leg: LegId(2) }]);
    assert!(!there.on_report(at(600), &[1, 2, 3], |_| ()));
}

#[derive(Debug, Clone)]
enum Act {
    Tick,
    Pass(u16, u32),
    Play(usize),
    Hush,
    Dial(u8),
    Hold(bool),
    Mix(bool),
    Skip(u32),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        8 => Just(Act::Tick),
        8 => (0..5u16, 0..500u32).prop_map(|(ahead, time)| Act::Pass(ahead, time)),
        1 => (0..200usize).prop_map(Act::Play),
        1 => Just(Act::Hush),
        1 => (0..20u8).prop_map(Act::Dial),
        1 => any::<bool>().prop_map(Act::Hold),
        1 => any::<bool>().prop_map(Act::Mix),
        1 => (0..50u32).prop_map(Act::Skip),
    ]
}

proptest! {
    /// Whatever happens in whatever order: no number is sent twice, and of two packets the later has not the earlier time.
    #[test]
    fn numbers_and_times_go_forward(acts in proptest::collection::vec(act(), 1..300), tones in any::<bool>()) {
        let (mut leg, start) = leg(Plan { telephone_event: (!tones).then_some(101), ..plan() });
        let (mut sequence, mut timestamp) = (0_u16, 0_u32);
        let mut sent: Vec<Header> = Vec::new();
        for (n, act) in (0_u32..).zip(&acts) {
            let now = start + Duration::from_millis(10) * n;
            let out = match act {
                Act::Tick => {
                    leg.listen();
                    leg.tick(now, Around::Passed, |_| ())
                }
                Act::Pass(ahead, time) => {
                    sequence = sequence.wrapping_add(1 + ahead);
                    timestamp = timestamp.wrapping_add(1 + time);
                    leg.pass_on(now, &Packet { header: came(sequence, timestamp, 0), payload: &[1; 160] }, Law::Mu)
                }
                Act::Play(ms) => {
                    leg.player().play(vec![clip(1, *ms)], 0);
                    None
                }
                Act::Hush => {
                    leg.player().hush();
                    None
                }
                Act::Dial(key) => {
                    leg.dial(&char::from(b'0' + key).to_string());
                    None
                }
                Act::Hold(true) => {
                    leg.hold(None);
                    None
                }
                Act::Hold(false) => {
                    leg.unhold();
                    None
                }
                Act::Mix(mixed) => {
                    leg.mix(*mixed);
                    None
                }
                Act::Skip(steps) => {
                    leg.skip(*steps);
                    None
                }
            };
            sent.extend(out.map(|out| out.header));
        }
        let numbers: HashSet<u16> = sent.iter().map(|header| header.sequence).collect();
        prop_assert_eq!(numbers.len(), sent.len());
        for two in sent.windows(2) {
            prop_assert!(rtp::sequence_after(two[1].sequence, two[0].sequence) > 0);
            prop_assert!(rtp::time_after(two[1].timestamp, two[0].timestamp) >= 0, "{:?}", two);
        }
    }

    #[test]
    fn any_packet_is_survived(
        packets in proptest::collection::vec(
            (any::<u16>(), any::<u32>(), any::<bool>(), 0..128u8, 0..3u32, proptest::collection::vec(any::<u8>(), 0..600)),
            0..60,
        ),
        tones in any::<bool>(),
        mixed in any::<bool>(),
    ) {
        let (mut leg, now) = leg(Plan { telephone_event: (!tones).then_some(101), ..plan() });
        leg.mix(mixed);
        for (sequence, timestamp, marker, payload_type, ssrc, payload) in packets {
            let header = Header { marker, payload_type, sequence, timestamp, ssrc };
            let packet = Packet { header, payload: &payload };
            leg.on_packet(now, &packet, |_| ());
            leg.pass_on(now, &packet, Law::A);
            leg.on_report(now, &payload, |_| ());
            leg.listen();
            leg.tick(now, Around::Passed, |_| ());
        }
    }
}
