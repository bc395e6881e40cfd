//! Trunks over TLS: by their addresses, by a password, and by their certificates.

use super::trunks::{registering, registers};
use crate::{certified::Authority, peer::Peer, telephone::Line};
use std::{net::TcpListener, time::Duration};

const SOON: Duration = Duration::from_secs(10);

/// A trunk that is known by a name in its certificate.
fn named(trunk: &str, name: &str) -> String {
    format!(
        "[[trunk]]\nname = \"{trunk}\"\ntransport = \"tls\"\ncertificate = \"{name}\"\noutbound = false\n"
    )
}

#[test]
fn a_trunk_of_the_list_calls_over_tls() {
    let (closed, authority) = (Line::beeping(""), Authority::new());
    authority.secures(&closed);
    let line = closed.serve();
    let mut peer = authority.calls(line.at, None);
    let ok = peer.answered(&[]);
    assert!(ok.get("Via").starts_with("SIP/2.0/TLS "), "{}", ok.text);
    assert!(ok.get("Contact").contains("transport=tls"), "{}", ok.text);
    assert!(peer.hears(SOON));
    // A request that is longer than one record of TLS, and two in one.
    let long = format!("X-Long: {}", "x".repeat(20_000));
    peer.asked("OPTIONS", &[&long], "", 200);
    let mut both = peer.then("OPTIONS", &[], "");
    both.push_str(&peer.then("INFO", &[], ""));
    peer.put(both);
    assert_eq!((peer.code(200).code(), peer.code(200).code()), (200, 200));
    peer.hangs_up();
    assert_eq!(line.ended(1)[0]["ending"], "hung-up");
    // What is no TLS gets no answer of SIP.
    let mut plain = Peer::tcp(line.at);
    let text = plain.request("OPTIONS", &[], "");
    plain.put(text);
    assert!(plain.is_closed());
}

#[test]
fn whoever_must_show_a_certificate_and_does_not_gets_nowhere() {
    let (closed, authority) = (Line::beeping("mutual_tls = \"yes\"\n"), Authority::new());
    authority.secures(&closed);
    let line = closed.serve();
    let other = Authority::new();
    for paper in [None, Some(other.signs("sbc.example"))] {
        let mut peer = authority.calls(line.at, paper.as_ref());
        let text = peer.request("OPTIONS", &[], "");
        peer.tries(text);
        assert!(peer.is_closed(), "no answer, and no connection");
    }
    let mut peer = authority.calls(line.at, Some(&authority.signs("sbc.example")));
    peer.answered(&[]);
    peer.hangs_up();
    line.ended(1);
}

#[test]
fn trunks_are_told_apart_by_their_certificates() {
    let (closed, authority) = (Line::beeping(""), Authority::new());
    authority.secures(&closed);
    closed
        .file("trunks.toml", &(named("first", "a.carrier.example") + &named("second", "b.carrier.example")));
    let line = closed.serve();
    for (n, (trunk, name)) in
        [("second", "b.carrier.example"), ("first", "a.carrier.example")].into_iter().enumerate()
    {
        let mut peer = authority.calls(line.at, Some(&authority.signs(name)));
        peer.answered(&[]);
        peer.hangs_up();
        assert_eq!(line.ended(n + 1)[n]["trunk"], trunk);
    }
    // One who shows none, and one whom nobody knows.
    for paper in [None, Some(authority.signs("c.carrier.example"))] {
        let mut peer = authority.calls(line.at, paper.as_ref());
        let text = peer.request("OPTIONS", &[], "");
        peer.tries(text);
        assert!(peer.is_closed());
    }
    // And by no other way.
    let mut plain = Peer::udp(line.at);
    let text = plain.request("OPTIONS", &[], "");
    plain.put(text);
    plain.quiet();
}

#[test]
fn the_line_registers_over_tls_with_whom_it_can_believe() {
    let (closed, authority) = (Line::beeping(""), Authority::new());
    authority.secures(&closed);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    closed.file("secret", "hush\n");
    let domain = "domain = \"carrier.example\"\n";
    closed.file("trunks.toml", &(registering("tls", listener.local_addr().unwrap()) + domain));
    let at = closed.at();
    let mut line = closed.serve();
    // Somebody else answers there first, with a certificate for another name.
    let mut peer = Authority::is_called(&listener, at, &authority.signs("other.example"));
    assert!(peer.is_closed(), "nothing is said to a stranger");
    let refused = line.running.says("the trunk does not register us");
    assert_eq!((&refused["code"], &refused["trunk"]), (&503.into(), &"carrier".into()));
    let mut peer = Authority::is_called(&listener, at, &authority.signs("carrier.example"));
    registers(&mut peer, &["SHA-256", "MD5"], true);
    line.running.says("\"registered\"");
    peer.answered(&[]);
    assert!(peer.hears(SOON));
    peer.hangs_up();
    line.ended(1);
}
