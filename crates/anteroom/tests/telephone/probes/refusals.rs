//! What is refused, and how.

use crate::{
    peer::{Peer, QUIET, sdp},
    telephone::Line,
};
use std::time::Duration;

#[test]
fn what_is_not_known_or_cannot_be_is_named() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    let at = peer.rtp.local_addr().unwrap();
    let body = peer.sdp();
    let cases: [(&str, &[&str], &str, u16, &str); 12] = [
        ("INVITE", &["Require: nosuchext, 100rel"], &body, 420, "Unsupported: nosuchext\r\n"),
        ("FOO", &[], "", 501, "Allow: "),
        ("REGISTER", &[], "", 405, "Allow: "),
        ("SUBSCRIBE", &["Event: presence"], "", 405, "Allow: "),
        ("INVITE", &["Content-Type: text/plain"], "hello", 415, "Accept: application/sdp\r\n"),
        ("INVITE", &["Accept: text/plain"], &body, 406, ""),
        ("INVITE", &["Supported: timer", "Session-Expires: 30"], &body, 422, "Min-SE: 90\r\n"),
        ("INVITE", &[], "m=audio 9 RTP/AVP 0\r\n", 400, ""),
        ("INVITE", &[], &sdp(at, "18", "a=rtpmap:18 G729/8000\r\n"), 488, "Warning: 304 "),
        ("INVITE", &[], &body.replace("m=audio", "m=video"), 488, "Warning: 304 "),
        ("BYE", &[], "", 481, ""),
        ("OPTIONS", &[], "", 200, "Accept: application/sdp\r\n"),
    ];
    for (method, extra, body, code, says) in cases {
        peer.afresh();
        let text = peer.request(method, extra, body);
        peer.put(text);
        let heard = peer.code(code);
        assert!(heard.text.contains(says), "{says} in {}", heard.text);
        assert!(heard.tag("To").is_some(), "{}", heard.text);
        if method == "INVITE" {
            let mut to = heard.tag("To").unwrap().to_owned();
            std::mem::swap(&mut peer.theirs, &mut to);
            let ack = peer.same("ACK", &[], "");
            peer.put(ack);
        }
    }
    for (uri, code) in [("tel-nothing:1", 416), ("mailto:x@127.0.0.1", 416)] {
        peer.afresh();
        let text = peer.request("OPTIONS", &[], "").replacen(&format!("sip:line@{}", peer.line), uri, 1);
        peer.put(text);
        peer.code(code);
    }
    // The same call by two ways.
    peer.afresh();
    peer.call(&[], &body);
    let theirs = std::mem::take(&mut peer.theirs);
    let other = peer.request("INVITE", &[], &body);
    peer.put(other);
    peer.code(482);
    let ack = peer.same("ACK", &[], "");
    peer.put(ack);
    peer.theirs = theirs;
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    peer.hangs_up();
    assert_eq!(line.ended(1).len(), 1, "nothing else was a call");
}

#[test]
fn more_calls_than_it_takes_are_told_when_to_come_again() {
    let line = Line::beeping("most_calls = 2\n").serve();
    let mut first = Peer::udp(line.at);
    let mut second = Peer::udp(line.at);
    first.answered(&[]);
    second.answered(&[]);
    let mut third = Peer::udp(line.at);
    let invite = third.request("INVITE", &[], &third.sdp());
    third.put(&invite);
    let refused = loop {
        let heard = third.next();
        if heard.code() != 100 {
            break heard;
        }
    };
    assert_eq!(refused.code(), 503, "{}", refused.text);
    assert!(refused.get("Retry-After").parse::<u32>().unwrap() > 0);
    refused.tag("To").unwrap().clone_into(&mut third.theirs);
    let ack = third.same("ACK", &[], "");
    third.put(ack);
    // Those that are there go on, and when one ends there is room.
    first.asked("OPTIONS", &[], "", 200);
    assert!(second.hears(Duration::from_secs(10)));
    first.hangs_up();
    line.ended(1);
    third.afresh();
    third.answered(&[]);
    third.hangs_up();
    second.hangs_up();
    line.ended(3);
}

/// Whoever is on no list is not even read; the lists go by addresses, and this machine has many.
#[test]
fn strangers_get_no_answer_and_know_nobody() {
    let trunks = "[[trunk]]\nname = \"here\"\nallow = [\"127.0.0.1\"]\noutbound = false\n";
    let closed = Line::beeping("");
    closed.file("trunks.toml", trunks);
    let line = closed.serve();
    let mut stranger = Peer::udp_at("127.0.0.2:0", line.at);
    for method in ["INVITE", "OPTIONS", "REGISTER", "FOO"] {
        let text = stranger.request(method, &[], "");
        stranger.put(text);
    }
    stranger.put(b"\r\n\r\n");
    stranger.put(b"nonsense");
    assert!(stranger.within(QUIET).is_none(), "no answer");
    let mut peer = Peer::udp(line.at);
    let ok = peer.answered(&[]);
    // Who knows the name of a call still cannot end it from elsewhere, nor speak into it.
    stranger.call_id.clone_from(&peer.call_id);
    ok.tag("To").unwrap().clone_into(&mut stranger.theirs);
    let bye = stranger.then("BYE", &[], "");
    stranger.put(bye);
    assert!(stranger.within(QUIET).is_none(), "no answer");
    assert!(peer.hears(Duration::from_secs(10)), "the call goes on");
    peer.hangs_up();
    assert_eq!(line.ended(1).len(), 1);
}
