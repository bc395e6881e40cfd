//! Changes within a call: hold, moving, keys, and what the line does not let others decide.

use crate::{
    peer::{Peer, sdp},
    telephone::Line,
};
use std::{net::UdpSocket, time::Duration};

const SOON: Duration = Duration::from_secs(10);

#[test]
fn a_caller_holds_moves_and_comes_back() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    let ok = peer.answered(&[]);
    assert!(peer.hears(SOON));
    let at = peer.rtp.local_addr().unwrap();
    // Held: we may listen, and say nothing.
    let held = peer.asked("INVITE", &[], &sdp(at, "0", "a=sendonly\r\n"), 200);
    assert!(held.body().contains("a=recvonly"), "{}", held.text);
    assert_eq!(held.port(), ok.port(), "our own end stays where it is");
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    std::thread::sleep(Duration::from_millis(300));
    assert!(!peer.hears(Duration::from_millis(500)), "nothing is heard on hold");
    // By UPDATE, back again, and elsewhere.
    let moved = UdpSocket::bind("127.0.0.1:0").unwrap();
    let body = sdp(moved.local_addr().unwrap(), "0", "a=sendrecv\r\n");
    let back = peer.asked("UPDATE", &[], &body, 200);
    assert!(!back.body().contains("a=recvonly"), "{}", back.text);
    peer.rtp = moved;
    assert!(peer.hears(SOON), "it is heard where they are now");
    // Without an offer: ours again.
    let ours = peer.asked("INVITE", &[], "", 200);
    assert_eq!(ours.port(), ok.port());
    let ack = peer.request("ACK", &[], &peer.sdp());
    peer.put(ack);
    // What cannot be had leaves all as it was.
    peer.asked("INVITE", &[], &sdp(at, "18", ""), 488);
    let ack = peer.same("ACK", &[], "");
    peer.put(ack);
    assert!(peer.hears(SOON));
    peer.hangs_up();
    assert_eq!(line.ended(1)[0]["faults"], "");
}

#[test]
fn one_change_at_a_time() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    let ok = peer.call(&[], &peer.sdp());
    // The first answer is not acknowledged yet.
    peer.asked("INVITE", &[], &peer.sdp(), 491);
    let ack = peer.same("ACK", &[], "");
    peer.put(ack);
    peer.cseq = 1;
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    peer.cseq = 2;
    // Out of order (RFC 3261, 12.2.2).
    peer.cseq = 0;
    peer.asked("OPTIONS", &[], "", 500);
    peer.cseq = 7;
    let again = peer.asked("INVITE", &[], &peer.sdp(), 200);
    assert_eq!(again.port(), ok.port());
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    // Too small an interval, said by a telephone that knows what it means.
    let small = peer.asked("UPDATE", &["Supported: timer", "Session-Expires: 60"], "", 422);
    assert_eq!(small.get("Min-SE"), "90");
    let kept = peer.asked("UPDATE", &["Supported: timer", "Session-Expires: 120;refresher=uac"], "", 200);
    assert_eq!(kept.get("Session-Expires"), "120;refresher=uac");
    peer.hangs_up();
}

#[test]
fn keys_as_info_and_what_the_line_does_not_do() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    peer.answered(&[]);
    peer.is_spoken_to();
    let kind = ["Content-Type: application/dtmf-relay"];
    peer.asked("INFO", &kind, "Signal=1\r\nDuration=160\r\n", 200);
    peer.asked("INFO", &kind, "Signal=Z\r\n", 400);
    let accepted = peer.asked("INFO", &["Content-Type: text/plain"], "1", 415);
    assert!(accepted.get("Accept").contains("application/dtmf-relay"));
    // Whoever calls does not decide whom the line calls.
    peer.asked("REFER", &["Refer-To: <sip:+12025550199@127.0.0.1>"], "", 603);
    peer.asked("NOTIFY", &["Event: presence", "Subscription-State: active"], "", 489);
    peer.asked("REGISTER", &[], "", 405);
    peer.asked("FOO", &[], "", 501);
    let strange = peer.asked("OPTIONS", &["Require: nosuchext"], "", 420);
    assert_eq!(strange.get("Unsupported"), "nosuchext");
    // All the same the call goes on.
    assert!(peer.hears(SOON));
    std::thread::sleep(Duration::from_secs(2));
    peer.hangs_up();
    let states = line.ended(1)[0]["states"].as_str().unwrap().to_owned();
    assert!(states.contains("language-chosen rang-back main"), "the key was understood: {states}");
}
