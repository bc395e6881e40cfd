//! Calls that the line makes: an officer at a browser calls somebody back, and a carrier of raw text says what becomes of it.

use crate::{
    books::{NUMBER, all_promised, kept, wait},
    certified::Authority,
    digest::right,
    officer::{Officer, SAYS},
    peer::{Heard, Peer, answer, sdp},
    telephone::{Closed, Line},
};
use domain::{
    call_record::{CallFault, CallRecord, Way},
    callback::CallOutcome,
    inquiry::Inquiry,
};
use media::browser::{has_tone, tone};
use std::{
    net::{SocketAddr, TcpListener, UdpSocket},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

/// What the called person says, in hertz.
pub const THEY_SAY: f32 = 440.0;

/// A trunk by which calls go out.
pub fn trunk(name: &str, transport: &str, peer: SocketAddr, more: &str) -> String {
    format!("[[trunk]]\nname = \"{name}\"\ntransport = \"{transport}\"\npeer = \"{peer}\"\n{more}")
}

/// An installation with somebody who was promised a call that is due.
pub fn due() -> (Closed, Inquiry) {
    let (closed, [inquiry]) = all_due();
    (closed, inquiry)
}

/// The same with several people.
fn all_due<const N: usize>() -> (Closed, [Inquiry; N]) {
    let closed = Line::beeping("number = \"+1 202 555 0100\"\n");
    let inquiries = wait(all_promised(closed.dir(), -1));
    (closed, inquiries)
}

/// The record of the call, and what the officer's attempt came to.
pub fn record(line: &Line, calls: usize) -> CallRecord {
    let mut kept = wait(kept(line.dir(), NUMBER, calls));
    let record = kept.remove(calls - 1);
    assert_eq!(record.way, Way::Out);
    record
}

/// The next packet's number: a telephone never begins anew in one call, and what it would say again is thrown away as heard.
static NEXT: AtomicU16 = AtomicU16::new(0);

/// Talks into a call and hears what comes of it, for a time.
pub fn talks(rtp: &UdpSocket, to: SocketAddr, time: Duration) -> Vec<u8> {
    let begun = Instant::now();
    let (mut heard, mut buffer) = (Vec::new(), [0; 2_000]);
    rtp.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
    while begun.elapsed() < time {
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut packet = vec![0x80, 0];
        packet.extend(n.to_be_bytes());
        packet.extend((u32::from(n) * 160).to_be_bytes());
        packet.extend(9_u32.to_be_bytes());
        packet.extend((0..160).map(|k| tone(THEY_SAY, u32::from(n) * 160 + k)));
        rtp.send_to(&packet, to).unwrap();
        std::thread::sleep(Duration::from_millis(19));
        while let Ok(size) = rtp.recv(&mut buffer) {
            heard.extend(&buffer[12..size]);
        }
    }
    heard
}

/// Acknowledged, the call goes on until one of both hangs up.
fn acknowledged(peer: &mut Peer, invite: &Heard) -> Heard {
    let ack = peer.asks("ACK");
    assert_eq!(ack.get("CSeq").split(' ').next(), invite.get("CSeq").split(' ').next());
    ack
}

/// The whole of a carrier's manners: a challenge, sound before the answer that wants to be acknowledged, an answer, talk both ways.
fn carries(peer: &mut Peer, officer: &mut Officer, inquiry: &Inquiry) {
    officer.calls(inquiry);
    let first = peer.asks("INVITE");
    assert!(first.uri().starts_with("sip:+12025550101@"), "{}", first.text);
    assert!(first.get("From").contains("+12025550100"), "the published number: {}", first.text);
    let challenges = ["SHA-256", "MD5"].map(|algorithm| {
        format!("Proxy-Authenticate: Digest realm=\"carrier\", nonce=\"{algorithm}\", algorithm={algorithm}, qop=\"auth\"")
    });
    let challenges = challenges.each_ref().map(String::as_str);
    peer.answer(&first, 407, "c", &challenges, "");
    acknowledged(peer, &first);
    let invite = peer.asks("INVITE");
    assert!(right(invite.get("Proxy-Authorization"), "INVITE", "line", "hush", true), "{}", invite.text);
    let (rtp, to) = (peer.rtp.try_clone().unwrap(), SocketAddr::new(peer.line.ip(), invite.port()));
    let described = sdp(peer.rtp.local_addr().unwrap(), "0", "");
    let contact = format!("Contact: {}", peer.contact);
    peer.answer(&invite, 100, "", &[], "");
    peer.answer(&invite, 183, "c", &[&contact, "Require: 100rel", "RSeq: 7"], &described);
    let prack = peer.asks("PRACK");
    assert!(prack.get("RAck").starts_with("7 "), "{}", prack.text);
    peer.answer(&prack, 200, "", &[], "");
    std::thread::scope(|scope| {
        let early = scope.spawn(|| talks(&rtp, to, Duration::from_secs(4)));
        officer.hears(THEY_SAY);
        early.join().unwrap();
    });
    officer.sees("data-phone=\"dialling\"");
    peer.answer(&invite, 200, "c", &[&contact], &described);
    acknowledged(peer, &invite);
    officer.sees("data-phone=\"talking\"");
    std::thread::scope(|scope| {
        let talk = scope.spawn(|| talks(&rtp, to, Duration::from_secs(4)));
        officer.hears(THEY_SAY);
        assert!(has_tone(&talk.join().unwrap(), SAYS), "the person hears the officer");
    });
    officer.hangs_up();
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
    officer.sees("data-phone=\"ended\"");
}

#[test]
fn a_challenge_early_sound_and_talk_over_udp() {
    let (closed, inquiry) = due();
    let mut peer = Peer::udp(closed.at());
    closed.file("secret", "hush");
    let login = "user = \"line\"\npassword-file = \"secret\"\n";
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, login));
    let mut line = closed.serve();
    let mut officer = Officer::sits_down(&mut line);
    carries(&mut peer, &mut officer, &inquiry);
    let record = record(&line, 1);
    assert_eq!((record.trunk.as_deref(), record.faults.is_empty()), (Some("carrier"), true), "{record:?}");
}

#[test]
fn the_same_over_tls() {
    let (closed, inquiry) = due();
    let authority = Authority::new();
    authority.secures(&closed);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    closed.file("secret", "hush");
    let login = "user = \"line\"\npassword-file = \"secret\"\ndomain = \"carrier.example\"\n";
    closed.file("trunks.toml", &trunk("carrier", "tls", listener.local_addr().unwrap(), login));
    let at = closed.at();
    let mut line = closed.serve();
    let mut officer = Officer::sits_down(&mut line);
    let paper = authority.signs("carrier.example");
    let called = std::thread::spawn(move || Authority::is_called(&listener, at, &paper));
    // The connection is made when there is something to say.
    officer.calls(&inquiry);
    let mut peer = called.join().unwrap();
    let invite = peer.asks("INVITE");
    assert!(invite.get("Via").starts_with("SIP/2.0/TLS "), "{}", invite.text);
    peer.answer(&invite, 486, "c", &[], "");
    acknowledged(&mut peer, &invite);
    officer.sees("data-phone=\"ended\"");
    assert_eq!(record(&line, 1).outcome, Some(CallOutcome::Busy));
}

/// One carrier is full, one refuses for a reason of its own, one is not there at all; the last one takes the call. All of it stands in the
/// record, and the full one is left alone for as long as it asked.
#[test]
fn a_call_goes_on_by_another_trunk() {
    let (closed, [inquiry, another]) = all_due();
    let (mut full, mut refuses, mut takes) =
        (Peer::udp(closed.at()), Peer::udp(closed.at()), Peer::udp(closed.at()));
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    closed.file(
        "trunks.toml",
        &[
            trunk("full", "udp", full.ours, ""),
            trunk("refuses", "udp", refuses.ours, ""),
            trunk("gone", "tcp", nobody, ""),
            trunk("takes", "udp", takes.ours, ""),
        ]
        .concat(),
    );
    let mut line = closed.serve();
    let mut officer = Officer::sits_down(&mut line);
    officer.calls(&inquiry);
    let invite = full.asks("INVITE");
    full.put(answer(&invite, 503, "f", &["Retry-After: 120"], ""));
    acknowledged(&mut full, &invite);
    let invite = refuses.asks("INVITE");
    refuses.put(answer(&invite, 403, "r", &[], ""));
    acknowledged(&mut refuses, &invite);
    let invite = takes.asks("INVITE");
    takes.put(answer(&invite, 180, "t", &[&format!("Contact: {}", takes.contact)], ""));
    // It has rung there: from now on it is about the person, whatever is said.
    takes.put(answer(&invite, 503, "t", &[], ""));
    acknowledged(&mut takes, &invite);
    officer.sees("data-phone=\"ended\"");
    let first = record(&line, 1);
    assert_eq!(first.trunk.as_deref(), Some("takes"));
    for fault in [CallFault::TrunkFull, CallFault::TrunkRefused, CallFault::TrunkLost] {
        assert!(first.faults.contains(&fault), "{fault:?}: {:?}", first.faults);
    }
    assert_eq!(first.outcome, None, "that is no call of theirs");
    // The one that had no room is not asked now. (Whether the first person could be called again depends on the hour of the day.)
    officer.calls(&another);
    let invite = refuses.asks("INVITE");
    full.quiet();
    refuses.put(answer(&invite, 486, "r", &[], ""));
    acknowledged(&mut refuses, &invite);
    officer.sees("Busy");
    let second = record(&line, 2);
    assert_eq!((second.outcome, second.trunk.as_deref()), (Some(CallOutcome::Busy), Some("refuses")));
    takes.quiet();
}

/// Two telephones of a fork answer, and one answer crosses with hanging up.
#[test]
fn whoever_answers_too_late_is_thanked_and_hung_up_on() {
    let (closed, inquiry) = due();
    let mut peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, ""));
    let mut line = closed.serve();
    let mut officer = Officer::sits_down(&mut line);
    let described = sdp(peer.rtp.local_addr().unwrap(), "0", "");
    let contact = format!("Contact: {}", peer.contact);
    officer.calls(&inquiry);
    let invite = peer.asks("INVITE");
    peer.answer(&invite, 180, "one", &[&contact], "");
    peer.answer(&invite, 180, "two", &[&contact], "");
    officer.sees("data-phone=\"dialling\"");
    officer.hangs_up();
    let cancel = peer.asks("CANCEL");
    assert_eq!((cancel.get("Via"), cancel.get("CSeq")), (invite.get("Via"), "1 CANCEL"));
    // Both had picked up already.
    peer.answer(&cancel, 200, "one", &[], "");
    for tag in ["one", "two"] {
        peer.answer(&invite, 200, tag, &[&contact], &described);
        let mut asked = [peer.next(), peer.next()];
        asked.sort_by_key(|heard| heard.method().to_owned());
        let [ack, bye] = asked;
        assert_eq!((ack.method(), bye.method()), ("ACK", "BYE"));
        assert_eq!((ack.tag("To"), bye.tag("To")), (Some(tag), Some(tag)));
        peer.answer(&bye, 200, "", &[], "");
    }
    peer.quiet();
    drop(line);
}

/// A trunk that says nothing at all holds nobody up: the next has the call within seconds.
#[test]
fn a_silent_trunk_is_left_for_the_next() {
    let (closed, inquiry) = due();
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut takes = Peer::udp(closed.at());
    let ways =
        [trunk("silent", "udp", silent.local_addr().unwrap(), ""), trunk("takes", "udp", takes.ours, "")];
    closed.file("trunks.toml", &ways.concat());
    let mut line = closed.serve();
    let mut officer = Officer::sits_down(&mut line);
    officer.calls(&inquiry);
    let begun = Instant::now();
    let invite = takes.asks("INVITE");
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    takes.picks_up(&invite);
    officer.sees("data-phone=\"talking\"");
    officer.hangs_up();
    let bye = takes.asks("BYE");
    takes.answer(&bye, 200, "", &[], "");
    let record = record(&line, 1);
    assert_eq!(record.trunk.as_deref(), Some("takes"));
    assert!(record.faults.contains(&CallFault::TrunkSilent), "{:?}", record.faults);
}
