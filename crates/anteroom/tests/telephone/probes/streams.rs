//! TCP: where a message ends, and what keeps a connection open.

use crate::{peer::Peer, telephone::Line};
use std::time::Duration;

#[test]
fn messages_are_cut_by_their_length_however_they_come() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::tcp(line.at);
    // Byte by byte up to the middle of the body.
    let invite = peer.request("INVITE", &[], &peer.sdp());
    let (begins, rest) = invite.split_at(invite.len() - 40);
    for piece in begins.as_bytes().chunks(97) {
        peer.put(piece);
        std::thread::sleep(Duration::from_millis(5));
    }
    peer.quiet();
    peer.put(rest);
    peer.code(100);
    let ok = peer.code(200);
    assert!(ok.get("Via").starts_with("SIP/2.0/TCP "), "{}", ok.text);
    assert!(ok.get("Contact").contains("transport=tcp"), "{}", ok.text);
    ok.tag("To").unwrap().clone_into(&mut peer.theirs);
    // Three in one piece, with the emptiness between them that keeps connections open.
    let mut all = peer.request("ACK", &[], "");
    all.push_str(&peer.then("OPTIONS", &[], ""));
    all.push_str("\r\n\r\n");
    all.push_str(&peer.then("INFO", &[], ""));
    peer.put(all);
    let mut heard = [peer.code(200), peer.code(200)].map(|heard| heard.get("CSeq").to_owned());
    heard.sort();
    assert_eq!(heard, ["2 OPTIONS", "3 INFO"]);
    peer.hangs_up();
    assert_eq!(line.ended(1)[0]["ending"], "hung-up");
}

#[test]
fn a_connection_is_kept_open_and_one_that_makes_no_sense_is_closed() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::tcp(line.at);
    peer.put("\r\n\r\n");
    assert_eq!(peer.bytes(2), b"\r\n", "RFC 5626, 4.4.1");
    let text = peer.request("OPTIONS", &[], "");
    peer.put(text);
    peer.code(200);
    // Without a length nobody knows where it ends.
    let text = peer.request("OPTIONS", &[], "").replace("Content-Length: 0\r\n", "");
    peer.put(text);
    assert!(peer.is_closed());
    // A call that came by a connection is over with it, where the trunk cannot be reached otherwise.
    let mut peer = Peer::tcp(line.at);
    peer.answered(&[]);
    drop(peer);
    let ended = line.ended(1);
    assert_eq!((&ended[0]["ending"], &ended[0]["faults"]), (&"lost".into(), &"trunk-lost".into()));
}
