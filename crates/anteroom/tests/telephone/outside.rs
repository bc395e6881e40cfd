//! An operator passes a caller on to a line outside: which number is called, who hears whom, and where whoever is not answered goes.

use crate::{
    books::{NUMBER, kept, wait},
    caller::Caller,
    officer::Officer,
    outward::{talks, trunk},
    peer::{Heard, Peer},
    telephone::{Closed, Line},
};
use domain::{
    call_record::{CallEnd, CallFault, CallRecord},
    callback::CallOutcome,
};
use std::{
    net::{SocketAddr, UdpSocket},
    sync::mpsc::{Sender, TryRecvError, channel},
    thread::JoinHandle,
    time::{Duration, Instant},
};

/// Until the line has taken in what was pressed.
const MOMENT: Duration = Duration::from_millis(1_200);

/// An installation that is open, with a carrier of raw text, and an operator who is ready.
fn open(closed: Closed) -> (Line, Peer, Officer) {
    let peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, "allow = [\"127.0.0.0/8\"]\n"));
    let mut line = closed.serve();
    let mut officer = Officer::sits_down(&mut line);
    officer.chooses("ready");
    (line, peer, officer)
}

fn closed() -> Closed {
    let closed = Line::beeping("number = \"+1 202 555 0100\"\n");
    closed.always_open();
    closed
}

/// Somebody who asks for a person, presses what they are told to, stays on the line until nobody tells them anything any more, and ends the
/// call by the menu after the talk.
fn asks_for_a_person(at: SocketAddr) -> (JoinHandle<()>, Sender<&'static str>) {
    let (then, told) = channel();
    let caller = std::thread::spawn(move || {
        let mut caller = Caller::dial(at, NUMBER);
        for keys in ["1", "0"] {
            caller.wait(MOMENT);
            caller.press(keys);
        }
        loop {
            match told.try_recv() {
                Ok(keys) => caller.press(keys),
                Err(TryRecvError::Empty) => caller.wait(Duration::from_millis(100)),
                Err(TryRecvError::Disconnected) => break,
            }
        }
        caller.wait(MOMENT);
        caller.press("2");
        caller.until_hung_up();
    });
    (caller, then)
}

fn answers(officer: &mut Officer) {
    officer.sees("data-phone=\"ringing\"");
    officer.presses(&[("do", "answer")]);
    officer.sees("data-phone=\"talking\"");
}

/// Passes the caller on; the call that comes of it.
fn passes_on(officer: &mut Officer, peer: &mut Peer, to: &str) -> Heard {
    officer.presses(&[("do", "transfer"), ("to", to), ("why", "knowledge")]);
    // The operator is free while it rings.
    officer.sees("data-phone=\"ended\"");
    peer.asks("INVITE")
}

/// Whoever answered there hangs up.
fn hangs_up_there(peer: &mut Peer, invite: &Heard) {
    peer.follows(invite, "c");
    let bye = peer.then("BYE", &[], "");
    peer.put(bye);
    peer.code(200);
}

fn record(line: &Line) -> CallRecord {
    wait(kept(line.dir(), NUMBER, 1)).remove(0)
}

#[test]
fn a_line_outside_answers_and_the_two_speak_without_the_operator() {
    let (line, mut peer, mut officer) = open(closed());
    let (caller, then) = asks_for_a_person(line.at);
    answers(&mut officer);
    let invite = passes_on(&mut officer, &mut peer, "out:immigration-court");
    assert!(invite.uri().starts_with("sip:+18008987180@"), "{}", invite.text);
    assert!(invite.get("From").contains("+12025550100"), "the published number: {}", invite.text);
    let contact = format!("Contact: {}", peer.contact);
    peer.answer(&invite, 180, "c", &[&contact], "");
    let (rtp, to) = peer.picks_up(&invite);
    assert!(!talks(&rtp, to, Duration::from_secs(2)).is_empty(), "the caller is heard there");
    // Whoever answered hangs up: the caller goes on with the line.
    hangs_up_there(&mut peer, &invite);
    drop(then);
    caller.join().unwrap();
    let call = record(&line);
    assert_eq!(call.end, Some(CallEnd::Transferred), "{call:?}");
    assert_eq!(call.outside.len(), 1, "{call:?}");
    let sent = &call.outside[0];
    assert_eq!((sent.to.as_str(), sent.outcome), ("immigration-court", None));
    assert!(sent.answered.is_some() && Some(sent.by) == call.staff && sent.faults.is_empty(), "{sent:?}");
    assert!(call.states.join(" ").contains("queue connect after-talk"), "{:?}", call.states);
    peer.quiet();
}

/// The keys that come as events of RFC 4733 until there are so many.
fn keys(rtp: &UdpSocket, many: usize) -> Vec<u8> {
    let (begun, mut buffer, mut keys, mut last) = (Instant::now(), [0; 2_000], Vec::new(), None);
    rtp.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    while keys.len() < many && begun.elapsed() < Duration::from_secs(10) {
        let Ok(size) = rtp.recv(&mut buffer) else { continue };
        let when = &buffer[4..8];
        // Each is told several times over, with the time at which it was pressed first.
        if size >= 16 && buffer[1] & 0x7f == 101 && last.as_deref() != Some(when) {
            last = Some(when.to_vec());
            keys.push(buffer[12]);
        }
    }
    keys
}

/// A line outside may ask for a key, as most do: what the caller presses goes there, and is nothing to this one.
#[test]
fn what_a_caller_presses_goes_to_the_line_outside() {
    let (line, mut peer, mut officer) = open(closed());
    let (caller, then) = asks_for_a_person(line.at);
    answers(&mut officer);
    let invite = passes_on(&mut officer, &mut peer, "out:immigration-court");
    let (rtp, to) = peer.picks_up_with_keys(&invite);
    assert!(!talks(&rtp, to, Duration::from_secs(1)).is_empty());
    then.send("70").unwrap();
    assert_eq!(keys(&rtp, 2), [7, 0]);
    hangs_up_there(&mut peer, &invite);
    drop(then);
    caller.join().unwrap();
    let call = record(&line);
    assert_eq!(call.end, Some(CallEnd::Transferred), "{call:?}");
    let walked = call.states.join(" ");
    assert!(walked.ends_with("queue connect after-talk goodbye"), "the keys were not this line's: {walked}");
    peer.quiet();
}

/// Busy, and then the trunk has no room: each time the caller is at their place again, and the same operator takes them.
#[test]
fn a_caller_whom_nobody_outside_takes_is_at_their_place_again() {
    let (line, mut peer, mut officer) = open(closed());
    let (caller, then) = asks_for_a_person(line.at);
    answers(&mut officer);
    let invite = passes_on(&mut officer, &mut peer, "out:immigration-court");
    peer.answer(&invite, 486, "c", &[], "");
    peer.asks("ACK");
    officer.chooses("ready");
    answers(&mut officer);
    let invite = passes_on(&mut officer, &mut peer, "out:social-security");
    assert!(invite.uri().starts_with("sip:+18007721213@"), "{}", invite.text);
    peer.answer(&invite, 503, "d", &[], "");
    peer.asks("ACK");
    officer.chooses("ready");
    answers(&mut officer);
    officer.hangs_up();
    drop(then);
    caller.join().unwrap();
    let call = record(&line);
    assert_eq!(call.end, Some(CallEnd::Operator), "{call:?}");
    let came: Vec<_> = call.outside.iter().map(|sent| (sent.answered, sent.outcome)).collect();
    assert_eq!(came, [(None, Some(CallOutcome::Busy)), (None, Some(CallOutcome::LineFault))]);
    assert!(call.outside[1].faults.contains(&CallFault::TrunkFull), "{call:?}");
    let walked = call.states.join(" ");
    assert!(walked.contains("queue connect queue connect queue connect after-talk"), "{walked}");
}

/// It rings as long as the agency lets it; the caller hangs up on nobody, and nobody on them.
#[test]
fn a_line_outside_that_lets_it_ring_is_given_up() {
    let closed = closed();
    let file = closed.dir().join("pack/line.toml");
    let rules = std::fs::read_to_string(&file).unwrap();
    let (from, to) = ("outside_ring_seconds = 45", "outside_ring_seconds = 5");
    assert!(rules.contains(from));
    closed.file("pack/line.toml", &rules.replace(from, to));
    let (line, mut peer, mut officer) = open(closed);
    let (caller, then) = asks_for_a_person(line.at);
    answers(&mut officer);
    let invite = passes_on(&mut officer, &mut peer, "out:immigration-court");
    let contact = format!("Contact: {}", peer.contact);
    peer.answer(&invite, 180, "c", &[&contact], "");
    let cancel = peer.asks("CANCEL");
    peer.answer(&cancel, 200, "c", &[], "");
    peer.answer(&invite, 487, "c", &[], "");
    peer.asks("ACK");
    officer.chooses("ready");
    answers(&mut officer);
    officer.hangs_up();
    drop(then);
    caller.join().unwrap();
    let call = record(&line);
    assert_eq!(call.end, Some(CallEnd::Operator), "{call:?}");
    assert_eq!(call.outside[0].outcome, Some(CallOutcome::NoAnswer), "{call:?}");
}
