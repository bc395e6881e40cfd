//! How calls come and end.

use crate::{
    peer::{Peer, sdp},
    telephone::Line,
};
use std::time::{Duration, Instant};

#[test]
fn a_call_begins_and_ends_as_it_should() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    let invite = peer.request("INVITE", &["Supported: timer, 100rel", "Session-Expires: 600"], &peer.sdp());
    peer.put(&invite);
    let trying = peer.code(100);
    assert_eq!(trying.tag("To"), None, "100 makes no dialog");
    let ok = peer.code(200);
    let via = ok.get("Via");
    // RFC 3581: both, or neither.
    assert!(
        via.contains(&format!("rport={}", peer.ours.port())) && via.contains("received=127.0.0.1"),
        "{via}"
    );
    assert!(ok.get("Contact").contains(&line.at.to_string()), "{}", ok.text);
    for method in ["INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "INFO", "OPTIONS", "PRACK", "REFER"] {
        assert!(ok.get("Allow").contains(method), "{method}");
    }
    assert!(ok.body().contains(" RTP/AVP 0 101\r\n"), "{}", ok.text);
    let interval = ok.get("Session-Expires").split(';').next().unwrap();
    assert_eq!(interval, "600", "an interval is never raised (RFC 4028)");
    // It got lost on the way, they believe: the same answer, and no second call.
    peer.put(&invite);
    let again = peer.within(Duration::from_secs(5)).unwrap();
    assert_eq!(again, ok);
    ok.tag("To").unwrap().clone_into(&mut peer.theirs);
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    assert!(peer.hears(Duration::from_secs(10)), "the line speaks");
    peer.hangs_up();
    assert_eq!(line.ended(1)[0]["ending"], "hung-up");
    // Nobody is there any more.
    peer.asked("BYE", &[], "", 481);
    peer.asked("INFO", &[], "", 481);
    assert_eq!(line.ended(1).len(), 1);
}

#[test]
fn hanging_up_may_come_before_the_acknowledgement() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    peer.call(&[], &peer.sdp());
    peer.hangs_up();
    // The answer to the call is not sent again: nobody waits for it.
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(2) {
        if let Some(heard) = peer.within(Duration::from_secs(2)) {
            assert_ne!(heard.get("CSeq"), "1 INVITE", "{}", heard.text);
        }
    }
    assert_eq!(line.ended(1)[0]["ending"], "hung-up");
}

#[test]
fn taking_back_what_was_answered_already_changes_nothing() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    peer.call(&[], &peer.sdp());
    // The CANCEL crosses the answer: it names the INVITE by its branch, and knows no tag.
    let theirs = std::mem::take(&mut peer.theirs);
    let cancel = peer.same("CANCEL", &[], "");
    peer.put(cancel);
    assert_eq!(peer.code(200).get("CSeq"), "1 CANCEL");
    peer.theirs = theirs;
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    peer.asked("OPTIONS", &[], "", 200);
    peer.hangs_up();
    // And of nothing.
    peer.afresh();
    let cancel = peer.request("CANCEL", &[], "");
    peer.put(cancel);
    peer.code(481);
    assert_eq!(line.ended(1)[0]["ending"], "hung-up");
}

#[test]
fn an_invite_without_an_offer_gets_ours() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    let ok = peer.call(&[], "");
    assert!(ok.body().contains("a=rtpmap:0 PCMU/8000"), "{}", ok.text);
    assert!(ok.body().contains("a=rtpmap:8 PCMA/8000"), "{}", ok.text);
    let ack = peer.request("ACK", &[], &sdp(peer.rtp.local_addr().unwrap(), "8", ""));
    peer.put(ack);
    assert!(peer.hears(Duration::from_secs(10)));
    peer.hangs_up();
    // An answer that is owed and does not come ends the call.
    peer.afresh();
    peer.call(&[], "");
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
    let ended = line.ended(2);
    assert_eq!(ended[1]["faults"], "no-agreement");
}

#[test]
fn whoever_requires_acknowledged_answers_is_taken() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    peer.answered(&["Require: 100rel", "Supported: 100rel"]);
    // There is nothing of this kind to acknowledge.
    peer.asked("PRACK", &["RAck: 1 1 INVITE"], "", 481);
    peer.hangs_up();
    // Names in short, a folded line, and spaces where they may be.
    peer.afresh();
    let body = peer.sdp();
    let invite = format!(
        "INVITE sip:line@{line} SIP/2.0\r\nv:  SIP/2.0/UDP  {ours};branch=z9hG4bKshort;rport\r\nMax-Forwards: 70\r\n\
         f: <sip:2025550134@127.0.0.1>;tag=peer\r\nt:\r\n <sip:line@{line}>\r\ni: {call}\r\nCSeq : 1\r\n INVITE\r\n\
         m: <sip:caller@{ours}>\r\nk: timer\r\nc: application/sdp\r\nl: {length}\r\n\r\n{body}",
        line = peer.line,
        ours = peer.ours,
        call = peer.call_id,
        length = body.len(),
    );
    peer.put(invite);
    peer.code(100);
    let ok = peer.code(200);
    ok.tag("To").unwrap().clone_into(&mut peer.theirs);
    let ack = peer.request("ACK", &[], "");
    peer.put(ack);
    peer.hangs_up();
    assert_eq!(line.ended(2).len(), 2);
}

/// The whole of RFC 3261, 13.3.1.4, in real time: the answer at growing distances, and in the end the line hangs up. It does so by the
/// way that was recorded, and to where it was called from: the Contact lies in somebody's private network.
#[test]
fn an_answer_that_nobody_acknowledges_is_repeated_and_the_call_ended() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    "<sip:caller@10.255.0.1:5060>".clone_into(&mut peer.contact);
    let routes = [
        format!("Record-Route: <sip:{};lr;at=inner>", peer.ours),
        format!("Record-Route: <sip:{};lr;at=outer>", peer.ours),
    ];
    let begun = Instant::now();
    let ok = peer.call(&[&routes[0], &routes[1]], &peer.sdp());
    assert_eq!(ok.all("Record-Route"), routes.each_ref().map(|route| &route["Record-Route: ".len()..]));
    let mut after = Vec::new();
    let bye = loop {
        let heard = peer.within(Duration::from_secs(40)).unwrap();
        if heard.method() == "BYE" {
            break heard;
        }
        assert_eq!(heard, ok);
        // Somebody is there, and only never acknowledges.
        peer.speaks(ok.port());
        after.push(begun.elapsed().as_secs_f64());
    };
    let wanted = [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5];
    assert_eq!(after.len(), wanted.len(), "{after:?}");
    for (after, wanted) in after.iter().zip(wanted) {
        assert!((after - wanted).abs() < 1.0, "{after} is not {wanted}");
    }
    assert!((32.0..36.0).contains(&begun.elapsed().as_secs_f64()), "{:?}", begun.elapsed());
    assert_eq!(bye.uri(), "sip:caller@10.255.0.1:5060");
    assert!(bye.get("Route").contains("at=inner"), "the nearest first: {}", bye.text);
    peer.answer(&bye, 200, "", &[], "");
    let ended = line.ended(1);
    assert_eq!(ended[0]["faults"], "not-acknowledged");
}
