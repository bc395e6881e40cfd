//! A browser's leg over real sockets: sealed sound both ways, digits, and the end.

use super::{
    browser::{Browser, PATIENCE, has_tone, tone},
    *,
};
use crate::{Clip, Command, Event as Told, Events, LegId, Plane, Settings, g711};
use std::{
    net::{Ipv4Addr, UdpSocket as Socket},
    ops::RangeInclusive,
    time::Duration,
};

fn call(plane: &Plane) -> (LegId, Browser) {
    let (mut browser, offer) = Browser::offering();
    let (leg, answer) = plane.answer(&offer).unwrap();
    browser.answered(&answer);
    (leg, browser)
}

fn plane(ports: RangeInclusive<u16>) -> (Plane, Events) {
    Plane::start(Settings { ports, seed: [3; 32], silent_after: PATIENCE, ..Settings::default() }, || {})
        .unwrap()
}

fn wait<T>(events: &Events, browser: &mut Browser, mut fits: impl FnMut(&Told) -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        while let Ok(event) = events.try_recv() {
            if let Some(found) = fits(&event) {
                return found;
            }
        }
        browser.pump(Instant::now() + Duration::from_millis(10));
    }
    panic!("the event comes in time");
}

#[test]
fn a_browser_hears_and_is_heard_by_a_telephone() {
    let (plane, told) = plane(45_000..=45_099);
    let (b, mut browser) = call(&plane);
    browser.connect();
    wait(&told, &mut browser, |event| matches!(event, Told::Secured { leg } if *leg == b).then_some(()));
    let (a, address) = plane.open().unwrap();
    let phone = Socket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    phone.set_nonblocking(true).unwrap();
    plane.send(Command::Connect { leg: a, plan: Plan::to(phone.local_addr().unwrap()) }).unwrap();
    plane.send(Command::Bridge { a, b }).unwrap();
    let mut phone_heard = Vec::new();
    for n in 0..80_u32 {
        let header = Header { sequence: n as u16, timestamp: n * 160, ssrc: 5, ..Header::default() };
        let mut packet = crate::rtp::write(&header).to_vec();
        packet.extend((0..160).map(|k| tone(440.0, n * 160 + k)));
        phone.send_to(&packet, address).unwrap();
        browser.say(1_000.0);
        browser.pump(Instant::now() + Duration::from_millis(20));
        let mut buffer = [0; 2_000];
        while let Ok((length, _)) = phone.recv_from(&mut buffer) {
            let packet = crate::rtp::read(&buffer[..length]).unwrap();
            phone_heard.extend(packet.payload);
        }
    }
    assert!(browser.hears(440.0), "the browser hears the telephone");
    assert!(has_tone(&phone_heard, 1_000.0), "the telephone hears the browser");
    assert!(!has_tone(&phone_heard, 440.0));
    let figures = plane.figures();
    assert_eq!((figures.legs, figures.browsers), (2, 1));
}

#[test]
fn a_browser_hears_clips_and_sends_and_gets_digits() {
    let (plane, told) = plane(45_100..=45_199);
    let (leg, mut browser) = call(&plane);
    browser.connect();
    browser.say(440.0);
    browser.press("7#");
    let mut keys = Vec::new();
    wait(&told, &mut browser, |event| {
        if let Told::Digit { key, .. } = event {
            keys.push(*key);
        }
        (keys == b"7#").then_some(())
    });
    let clip: Vec<i16> = (0..8_000).map(|n| g711::decode(Law::Mu, tone(700.0, n))).collect();
    plane.send(Command::Play { leg, clips: vec![Arc::new(Clip::from_pcm(clip))], mark: 4 }).unwrap();
    plane.send(Command::Digits { leg, digits: "5".into() }).unwrap();
    wait(&told, &mut browser, |event| matches!(event, Told::Played { mark: 4, .. }).then_some(()));
    browser.pump(Instant::now() + Duration::from_millis(100));
    let events: Vec<u8> = browser
        .heard
        .iter()
        .filter(|(kind, _)| *kind == TELEPHONE_EVENT)
        .map(|(_, payload)| payload[0])
        .collect();
    assert_eq!(events, [5; 8]);
    assert!(browser.hears(700.0));
}

#[test]
fn the_end_is_told_to_the_browser_and_by_it() {
    let (plane, told) = plane(45_200..=45_299);
    let (leg, mut browser) = call(&plane);
    browser.connect();
    // The lid is closed: nothing comes any more.
    let lasting = wait(&told, &mut browser, |event| {
        if let Told::Silent { lasting, .. } = event { Some(*lasting) } else { None }
    });
    assert!(lasting < Duration::from_secs(10), "{lasting:?}");
    plane.send(Command::Close { leg }).unwrap();
    wait(&told, &mut browser, |event| matches!(event, Told::Gone { .. }).then_some(()));
    let end = Instant::now() + PATIENCE;
    while !browser.gone && Instant::now() < end {
        browser.pump(Instant::now() + Duration::from_millis(20));
    }
    assert!(browser.gone, "the browser knows");
    assert_eq!(plane.figures().free_ports, 50, "every pair is free");

    let (leg, mut browser) = call(&plane);
    browser.connect();
    browser.rtc.close().unwrap();
    let end = Instant::now() + Duration::from_millis(50);
    browser.pump(end);
    let from = loop {
        if let Told::Bye { leg } = told.recv_timeout(PATIENCE).unwrap() {
            break leg;
        }
    };
    assert_eq!(from, leg);
}

#[test]
fn what_is_no_offer_is_refused_and_costs_no_port() {
    let (plane, _told) = plane(45_300..=45_309);
    let (_, offer) = Browser::offering();
    let video = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
    let long = offer.clone() + &"a=x\r\n".repeat(20_000);
    let lawless = offer.replace("PCMU", "G722").replace("PCMA", "G722");
    let open = offer
        .lines()
        .filter(|line| !line.starts_with("a=fingerprint"))
        .fold(String::new(), |sdp, line| sdp + line + "\r\n");
    for (n, bad) in ["", "nonsense", video, &long, &lawless, &open].into_iter().enumerate() {
        let error = plane.answer(bad).expect_err("it is refused");
        assert!(matches!(error, RtcError::Offer | RtcError::NoAudio), "{n}: {error}");
    }
    assert_eq!(plane.figures().free_ports, 5);
    let nowhere =
        Settings { bind: Ipv4Addr::UNSPECIFIED.into(), ports: 45_310..=45_319, ..Settings::default() };
    let (plane, _told) = Plane::start(nowhere, || {}).unwrap();
    assert!(matches!(plane.answer(&offer), Err(RtcError::NoAddress)));
}

#[test]
fn sequence_numbers_are_extended_over_the_wrap() {
    let (browser, _) = Browser::offering();
    let socket = Socket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let local = socket.local_addr().unwrap();
    let mut peer = Peer::over(browser.rtc, 0, UdpSocket::from_std(socket), local, Instant::now());
    let extended = [65_534, 65_535, 0, 65_533, 1].map(|sequence| peer.extended(sequence));
    assert_eq!(extended, [65_534, 65_535, 65_536, 65_533, 65_537]);
}
