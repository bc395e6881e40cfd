//! One leg on real sockets: what it says, what it hears, and whom it believes.

use crate::common::{self, mu, pair, pair_with, part, plane, settings, sound, talk, tone, wait};
use media::{Command, Event, Plan};
use std::{net::UdpSocket, sync::Arc, time::Duration};

#[test]
fn a_clip_is_heard_in_packets_of_20_ms_and_its_mark_comes_back() {
    let (plane, events) = plane(settings(42_000..=42_099));
    let (leg, phone) = pair(&plane);
    plane.send(Command::Play { leg, clips: vec![tone(440.0, 600), tone(440.0, 400)], mark: 9 }).unwrap();
    assert_eq!(
        wait(&events, |event| if let Event::Played { mark, .. } = event { Some(*mark) } else { None }),
        9
    );
    let got = phone.listen(120);
    assert!(got.iter().all(|got| got.kind == 0 && got.payload.len() == 160));
    assert!(
        got.windows(2).all(|two| two[1].sequence == two[0].sequence.wrapping_add(1)),
        "every packet, in order"
    );
    // Steps that a busy machine left out are time all the same.
    let step = |two: &[common::Got]| two[1].timestamp.wrapping_sub(two[0].timestamp);
    assert!(got.windows(2).all(|two| step(two) >= 160 && step(two).is_multiple_of(160)));
    assert!(got[0].marker && !got[1].marker);
    let first = got.iter().position(|got| common::peak(&sound(std::slice::from_ref(got))) > 1_000).unwrap();
    let spoken = sound(&got[first..first + 50]);
    assert!(part(&spoken[..4_800], 440.0) > 0.98, "the tone is whole");
    assert_eq!(common::peak(&sound(&got[first + 51..])), 0, "and silence follows");
}

#[test]
fn hush_is_at_once_and_music_waits_behind_words() {
    let (plane, events) = plane(settings(42_100..=42_199));
    let (leg, phone) = pair(&plane);
    plane.send(Command::Music { leg, clip: tone(300.0, 1_000) }).unwrap();
    plane.send(Command::Play { leg, clips: vec![tone(440.0, 60_000)], mark: 1 }).unwrap();
    assert!(common::has(&sound(&phone.listen(30)), 440.0));
    plane.send(Command::Hush { leg }).unwrap();
    plane.send(Command::Play { leg, clips: vec![], mark: 2 }).unwrap();
    // The mark of what was hushed never comes.
    assert_eq!(
        wait(&events, |event| if let Event::Played { mark, .. } = event { Some(*mark) } else { None }),
        2
    );
    assert!(common::until(|| common::has(&sound(&phone.listen(30)), 300.0)));
    plane.send(Command::Quiet { leg }).unwrap();
    assert!(common::until(|| common::peak(&sound(&phone.listen(5))) == 0));
}

#[test]
fn digits_are_heard_as_events_once_each() {
    let (plane, events) = plane(settings(42_200..=42_299));
    let (leg, mut phone) = pair(&plane);
    phone.say(440.0);
    let mut seen = Vec::new();
    for event in [1, 10, 10, 11, 15] {
        phone.press(event);
    }
    wait(&events, |event| match event {
        Event::Digit { leg: from, key } if *from == leg => {
            seen.push(*key);
            (seen.len() == 5).then_some(())
        }
        _ => None,
    });
    assert_eq!(seen, b"1**#D");
}

#[test]
fn digits_are_heard_as_tones_only_where_no_events_were_agreed() {
    let (plane, events) = plane(settings(42_300..=42_399));
    let (with, mut other) = pair(&plane);
    let (without, mut phone) = pair_with(&plane, |plan| Plan { telephone_event: None, ..plan });
    let play = |phone: &mut common::Phone| {
        for n in 0..25_u32 {
            let payload: Vec<u8> = (0..160)
                .map(|k| {
                    let time = f64::from(n * 160 + k) / 8_000.0;
                    let both = (std::f64::consts::TAU * 770.0 * time).sin()
                        + (std::f64::consts::TAU * 1_336.0 * time).sin();
                    #[expect(clippy::cast_possible_truncation, reason = "from -12000 to 12000")]
                    let sample = if n % 12 < 6 { (6_000.0 * both) as i16 } else { 0 };
                    common::to_mu(sample)
                })
                .collect();
            let timestamp = phone.timestamp;
            phone.packet(false, 0, timestamp, &payload);
            phone.timestamp = timestamp.wrapping_add(160);
        }
    };
    play(&mut other);
    play(&mut phone);
    let mut seen = Vec::new();
    wait(&events, |event| match event {
        Event::Digit { leg, key } => {
            seen.push((*leg, *key));
            (seen.len() == 2).then_some(())
        }
        _ => None,
    });
    assert_eq!(seen, [(without, b'5'), (without, b'5')], "and none from {with:?}");
}

#[test]
fn digits_are_sent_as_events_or_as_tones() {
    let (plane, _events) = plane(settings(42_400..=42_499));
    let (leg, phone) = pair(&plane);
    plane.send(Command::Digits { leg, digits: "4#".into() }).unwrap();
    let got = phone.listen(60);
    let presses: Vec<(u8, u32)> =
        got.iter().filter(|g| g.kind == 101).map(|g| (g.payload[0], g.timestamp)).collect();
    assert_eq!(presses.len(), 16);
    assert!(presses[..8].iter().all(|p| *p == (4, presses[0].1)));
    assert!(presses[8..].iter().all(|p| *p == (11, presses[8].1)));

    let (leg, phone) = pair_with(&plane, |plan| Plan { telephone_event: None, ..plan });
    plane.send(Command::Digits { leg, digits: "4".into() }).unwrap();
    let heard = sound(&phone.listen(40));
    let start = heard.iter().position(|s| s.unsigned_abs() > 2_000).unwrap();
    let tone = &heard[start..start + 640];
    assert!(part(tone, 770.0) > 0.4 && part(tone, 1_209.0) > 0.4);
}

#[test]
fn only_the_first_source_is_heard() {
    let (plane, events) = plane(settings(42_500..=42_599));
    let (leg, mut phone) = pair(&plane);
    phone.say(440.0);
    wait(&events, |event| (*event == Event::Flowing { leg }).then_some(()));
    let mut stranger = common::Phone::new(phone.to);
    stranger.ssrc = phone.ssrc;
    stranger.sequence = phone.sequence;
    stranger.timestamp = phone.timestamp;
    stranger.press(7);
    std::thread::sleep(Duration::from_millis(100));
    phone.press(3);
    let key = wait(&events, |event| if let Event::Digit { key, .. } = event { Some(*key) } else { None });
    assert_eq!(key, b'3', "the stranger's digit counts for nothing");
    assert!(stranger.hear().is_empty(), "and nothing is sent to him");
    // The same source may change its stream, as telephones do after a transfer.
    phone.ssrc = 12_345;
    phone.press(8);
    let key = wait(&events, |event| if let Event::Digit { key, .. } = event { Some(*key) } else { None });
    assert_eq!(key, b'8');
}

#[test]
fn who_was_agreed_is_believed_before_who_was_quicker() {
    let (plane, events) = plane(settings(43_200..=43_299));
    let (leg, mut phone) = pair(&plane);
    let mut quick = common::Phone::new(phone.to);
    quick.say(440.0);
    wait(&events, |event| (*event == Event::Flowing { leg }).then_some(()));
    phone.press(3);
    let key = wait(&events, |event| if let Event::Digit { key, .. } = event { Some(*key) } else { None });
    assert_eq!(key, b'3');
    quick.press(7);
    phone.press(4);
    let key = wait(&events, |event| if let Event::Digit { key, .. } = event { Some(*key) } else { None });
    assert_eq!(key, b'4', "the quick one is out");
}

#[test]
fn sound_follows_the_true_source_and_a_new_plan() {
    let (plane, events) = plane(settings(42_600..=42_699));
    // What SDP says is an address behind a translator: nothing listens there.
    let (leg, address) = plane.open().unwrap();
    let nowhere = UdpSocket::bind("127.0.0.1:0").unwrap();
    plane.send(Command::Connect { leg, plan: Plan::to(nowhere.local_addr().unwrap()) }).unwrap();
    let mut phone = common::Phone::new(address);
    phone.say(440.0);
    wait(&events, |event| (*event == Event::Flowing { leg }).then_some(()));
    assert!(phone.listen(10).len() >= 10);
    // A re-INVITE moves the call to another phone.
    let mut second = common::Phone::new(address);
    plane.send(Command::Connect { leg, plan: Plan::to(second.address()) }).unwrap();
    assert!(second.listen(10).len() >= 10);
    phone.hear();
    second.press(2);
    let key = wait(&events, |event| if let Event::Digit { key, .. } = event { Some(*key) } else { None });
    assert_eq!(key, b'2');
    phone.press(1);
    second.press(4);
    let key = wait(&events, |event| if let Event::Digit { key, .. } = event { Some(*key) } else { None });
    assert_eq!(key, b'4', "the first phone is a stranger now");
}

#[test]
fn a_dead_peer_is_noticed_by_silence_and_its_return_too() {
    let short = media::Settings { silent_after: Duration::from_millis(300), ..settings(42_700..=42_799) };
    let (plane, events) = plane(short);
    let (leg, mut phone) = pair(&plane);
    phone.say(440.0);
    let lasting =
        wait(&events, |event| if let Event::Silent { lasting, .. } = event { Some(*lasting) } else { None });
    assert!(lasting >= Duration::from_millis(300));
    phone.say(440.0);
    wait(&events, |event| (*event == Event::Back { leg }).then_some(()));
}

#[test]
fn a_closed_port_is_left_alone() {
    let (plane, events) = plane(settings(42_800..=42_899));
    let (leg, mut phone) = pair(&plane);
    phone.say(440.0);
    wait(&events, |event| (*event == Event::Flowing { leg }).then_some(()));
    drop(phone);
    wait(&events, |event| (*event == Event::Refused { leg }).then_some(()));
    let (before, since) = (plane.figures().packets_out, std::time::Instant::now());
    std::thread::sleep(Duration::from_millis(500));
    let sent = plane.figures().packets_out - before;
    assert!(sent <= 2 + since.elapsed().as_secs(), "{sent} packets to a closed port");
}

#[test]
fn a_closed_leg_says_goodbye_and_its_port_is_free_again() {
    let (plane, events) = plane(settings(42_900..=42_901));
    assert_eq!(plane.figures().free_ports, 1);
    let (leg, mut phone) = pair(&plane);
    assert!(matches!(plane.open(), Err(media::OpenError::NoPort)));
    talk(&mut [(&mut phone, Some(440.0))], 20);
    assert!(common::until(|| plane.figures().packets_in == 20));
    plane.send(Command::Close { leg }).unwrap();
    let quality =
        wait(&events, |event| if let Event::Gone { quality, .. } = event { Some(*quality) } else { None });
    assert_eq!((quality.received, quality.lost), (20, 0));
    assert!(quality.sent > 0);
    assert!(plane.send(Command::Hush { leg }).is_err(), "it is gone");
    let mut report = [0; 500];
    let length = phone.reports.recv(&mut report).unwrap();
    assert_eq!(report[1], 200, "a sender report");
    assert_eq!(report[length - 7], 203, "and a goodbye");
    let (again, _) = plane.open().expect("the port is free");
    assert_ne!(again, leg);
}

#[test]
fn the_other_law_is_spoken_where_it_was_agreed() {
    let (plane, _events) = plane(settings(43_000..=43_099));
    let (leg, phone) = pair_with(&plane, |plan| Plan { law: media::Law::A, ..plan });
    plane.send(Command::Play { leg, clips: vec![tone(440.0, 400)], mark: 1 }).unwrap();
    let got = phone.listen(40);
    assert!(got.iter().all(|got| got.kind == 8));
    assert!(got.iter().any(|got| got.payload.iter().any(|byte| *byte != 0xd5)));
    assert_eq!(mu(0xff), 0);
}

#[test]
fn figures_tell_of_legs_and_lateness() {
    let (plane, _events) = plane(settings(43_100..=43_199));
    let plane = Arc::new(plane);
    let (_, mut phone) = pair(&plane);
    talk(&mut [(&mut phone, Some(440.0))], 10);
    assert!(common::until(|| plane.figures().packets_in == 10 && plane.figures().packets_out > 0));
    let figures = plane.figures();
    assert_eq!((figures.legs, figures.free_ports), (1, 49));
    assert!(figures.lateness.steps.iter().sum::<u64>() > 0);
}
