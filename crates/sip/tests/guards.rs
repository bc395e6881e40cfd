//! What is refused, and how much there may be of everything.

use crate::common::*;
use sip::*;

#[test]
fn what_is_not_known_is_named() {
    let mut bench = Bench::new(settings());
    bench.put(Caller::new("a").invite("Require: nosuchext, timer\nRequire: other\n", &usual_sdp()));
    assert_eq!(bench.code(420).get("Unsupported"), "nosuchext, other");
    for (method, code) in [
        ("FOO", 501),
        ("INVITEX", 501),
        ("invite", 501),
        ("REGISTER", 405),
        ("SUBSCRIBE", 405),
        ("MESSAGE", 405),
    ] {
        bench.put(Caller::new(method).request(method, ""));
        assert!(bench.code(code).get("Allow").contains("UPDATE"), "{method}");
    }
    for method in ["BYE", "INFO", "UPDATE", "PRACK", "NOTIFY", "REFER"] {
        bench.put(Caller::new(method).request(method, ""));
        bench.code(481);
        let mut caller = Caller::new(&format!("{method}-in"));
        caller.to_tag = "gone".to_owned();
        bench.put(caller.request(method, ""));
        bench.code(481);
    }
    let mut caller = Caller::new("re");
    caller.to_tag = "gone".to_owned();
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(481);
    bench.put(caller.request("ACK", ""));
    bench.quiet();
    bench.no_event();
}

#[test]
fn options_are_answered() {
    let mut bench = Bench::new(settings());
    bench.put(Caller::new("o").request("OPTIONS", ""));
    let ok = bench.code(200);
    assert!(ok.get("Supported").contains("timer") && ok.get("Accept") == "application/sdp");
    assert!(ok.tag("To").is_some());
}

#[test]
fn in_a_call_as_well() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.put(caller.next("FOO", ""));
    bench.code(501);
    bench.put(caller.next("UPDATE", "Require: nosuchext\n"));
    assert_eq!(bench.code(420).get("Unsupported"), "nosuchext");
    bench.put(caller.next("OPTIONS", ""));
    bench.code(200);
    bench.put(caller.next("BYE", ""));
    bench.code(200);
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::ByPeer });
}

#[test]
fn new_calls_are_shed_and_the_others_go_on() {
    let mut bench = Bench::new(settings());
    let (mut caller, _) = answered(&mut bench, "");
    bench.command(Command::Admission(Admission::Shed { retry_after: 17 })).unwrap();
    let invite = Caller::new("shed").invite("", &usual_sdp());
    let before = bench.line.transactions();
    bench.put(&invite);
    let no = bench.code(503);
    assert_eq!(no.get("Retry-After"), "17");
    assert!(no.tag("To").is_some());
    // Nothing is remembered of it.
    assert_eq!(bench.line.transactions(), before);
    bench.put(caller.next("INFO", ""));
    bench.code(200);
    bench.command(Command::Admission(Admission::Open)).unwrap();
    bench.put(&invite);
    bench.code(100);
}

#[test]
fn no_more_calls_than_are_allowed() {
    let mut settings = settings();
    settings.limits.calls = 3;
    let mut bench = Bench::new(settings);
    let invites: Vec<Vec<u8>> =
        (0..5).map(|n| Caller::new(&format!("n{n}")).invite("", &usual_sdp())).collect();
    for (n, invite) in invites.iter().enumerate() {
        bench.put(invite);
        assert_eq!(bench.next().code(), if n < 3 { 100 } else { 503 });
    }
    // What came before is absorbed before anything is weighed.
    bench.put(&invites[0]);
    bench.code(100);
    assert_eq!(bench.line.calls(), 3);
}

#[test]
fn no_more_transactions_than_are_allowed() {
    let mut settings = settings();
    settings.limits.transactions = 10;
    let mut bench = Bench::new(settings);
    for n in 0..50 {
        bench.put(Caller::new(&format!("n{n}")).request("OPTIONS", ""));
        assert_eq!(bench.next().code(), if n < 10 { 200 } else { 503 });
    }
    assert_eq!(bench.line.transactions(), 10);
    bench.at_rest();
}

#[test]
fn bodies_of_other_kinds() {
    let mut bench = Bench::new(settings());
    bench.put(Caller::new("b").request("INVITE", "Content-Type: text/plain\n\nhello"));
    assert_eq!(bench.code(415).get("Accept"), "application/sdp");
    bench.put(Caller::new("c").request("INVITE", "c: application/sdp\nContent-Encoding: gzip\n\nhello"));
    bench.code(415);
    bench.put(Caller::new("d").request("INVITE", "Content-Type: application/sdp\n\nhello"));
    bench.code(400);
    // As carriers send it: a description beside ISUP.
    let body = format!(
        "--b1\nContent-Type: application/isup;version=x\n\nxyz\n--b1\nContent-Type: application/sdp\n\n{}\n--b1--\n",
        usual_sdp()
    );
    bench.put(
        Caller::new("e")
            .request("INVITE", &format!("Content-Type: multipart/mixed;boundary=\"b1\"\n\n{body}")),
    );
    bench.code(100);
    let Event::Incoming { offer: Some(_), .. } = bench.event() else { panic!() };
}

#[test]
fn compact_names_and_folded_lines() {
    let mut bench = Bench::new(settings());
    let body = usual_sdp();
    let text = format!(
        "INVITE sip:x@203.0.113.10 SIP/2.0\r\nv: SIP / 2.0 / UDP\r\n 198.51.100.1 ; branch = z9hG4bKcompact;rport\r\nf: \"Lee \\\"L\\\" Roy; <x>\"\r\n  <sip:2025550100@a.example>;tag=1\r\nt: sip:x@203.0.113.10\r\ni: compact\r\nCSeq: 1\r\n\tINVITE\r\nm: <sip:a@198.51.100.1>\r\nk: timer\r\nx: 500\r\nc: application/sdp\r\nl: {}\r\n\r\n{body}trailing",
        body.len()
    );
    bench.put(text);
    let trying = bench.code(100);
    assert!(trying.get("Via").contains("branch=z9hG4bKcompact;rport=5060;received=198.51.100.1"));
    let Event::Incoming { from: Party::Number(_), offer: Some(_), .. } = bench.event() else { panic!() };
}

#[test]
fn messages_that_are_wrong_and_can_be_answered() {
    let good = String::from_utf8(Caller::new("w").request("OPTIONS", "")).unwrap();
    for (from, to, code) in [
        ("OPTIONS sip:", "OPTIONS  sip:", 400),
        ("SIP/2.0\r\nVia", "SIP/2.0 \r\nVia", 400),
        ("OPTIONS sip:+18005550199@203.0.113.10", "OPTIONS <sip:x@y>", 400),
        ("OPTIONS sip:+18005550199@203.0.113.10", "OPTIONS http://y", 416),
        ("OPTIONS sip:+18005550199@203.0.113.10", "OPTIONS nonsense", 400),
        ("SIP/2.0\r\nVia", "SIP/7.0\r\nVia", 505),
        ("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", 400),
        ("CSeq: 1 OPTIONS", "CSeq: 36893488147419103232 OPTIONS", 400),
        ("CSeq: 1 OPTIONS", "CSeq: -1 OPTIONS", 400),
        ("CSeq: 1 OPTIONS\r\n", "", 400),
        ("Max-Forwards: 70", "Max-Forwards: 300", 400),
        ("Content-Length: 0", "Content-Length: 10", 400),
        ("Content-Length: 0", "Content-Length: -1", 400),
        ("Content-Length: 0", "Content-Length: 0\r\nContent-Length: 0", 400),
        ("Call-ID: w", "Call-ID: w\r\nCall-ID: v", 400),
        ("From: \"A. Person\"", "From: \"A. Person", 400),
        ("Max-Forwards: 70", "Max-Forwards: 70\r\nno colon here", 400),
    ] {
        assert!(good.contains(from), "{from}");
        let mut bench = Bench::new(settings());
        bench.put(good.replacen(from, to, 1));
        let answer = bench.next();
        assert_eq!(answer.code(), code, "{to}");
        assert!(answer.get("Via").contains("branch=z9hG4bKw1"));
        bench.no_event();
        assert_eq!(bench.line.transactions(), 0);
    }
    // Nobody can be told, or an ACK, or an answer: nothing.
    for (from, to) in [
        ("Via: SIP/2.0/UDP", "Via: junk"),
        ("OPTIONS sip", "ACK sip"),
        ("OPTIONS sip:+18005550199@203.0.113.10 SIP/2.0", "SIP/2.0 999 Odd"),
        ("OPTIONS sip:+18005550199@203.0.113.10 SIP/2.0", "SIP/2.0 200 OK"),
        ("\r\n\r\n", "\r\n"),
    ] {
        let mut bench = Bench::new(settings());
        bench.put(good.replacen(from, to, 1));
        bench.quiet();
        bench.no_event();
    }
}

#[test]
fn debug_tells_nothing_that_was_said() {
    let mut bench = Bench::new(settings());
    bench.line.handle(
        bench.now,
        Input::Packet { flow: UDP, from: theirs(), data: &Caller::new("d").invite("", &usual_sdp()) },
    );
    let outputs: Vec<Output> = std::iter::from_fn(|| bench.line.poll_output()).collect();
    let shown = format!("{outputs:?}");
    assert!(
        shown.contains("Incoming") && !shown.contains("2025550100") && !shown.contains("8005550199"),
        "{shown}"
    );
    assert!(!format!("{:?}", with_password()).contains("hunter2"));
}

fn with_password() -> Settings {
    let mut settings = settings();
    settings.trunks[0].login =
        Some(Login { user: "u".to_owned(), password: "hunter2".to_owned(), realm: None });
    settings
}
