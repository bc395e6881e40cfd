//! Trunks: challenges both ways, registrations, pings, and who may call at all.

use crate::common::*;
use crate::digest::{self, answers, field};
use sip::*;
use std::time::Duration;

fn login() -> Login {
    Login { user: "us".to_owned(), password: "secret".to_owned(), realm: None }
}

/// Checks an answer to a challenge as a server does.
fn right(line: &str, method: &str, sha: bool) -> bool {
    digest::right(line, method, "us", "secret", sha)
}

fn with_login() -> Settings {
    let mut settings = settings();
    settings.trunks[0].login = Some(login());
    settings
}

#[test]
fn a_challenge_of_the_trunk_is_answered_with_the_stronger_digest() {
    let mut bench = Bench::new(with_login());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    assert_eq!(invite.find("Proxy-Authorization"), None);
    bench.put(invite.answer(
        407,
        "proxy",
        "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n1\", algorithm=MD5, qop=\"auth,auth-int\"
        Proxy-Authenticate: Digest realm=\"p\", nonce=\"n2\", algorithm=SHA-256, qop=\"auth\", opaque=\"o\"\n",
    ));
    assert_eq!(bench.asks("ACK").branch(), invite.branch());
    let again = bench.asks("INVITE");
    let line = again.get("Proxy-Authorization");
    assert!(right(line, "INVITE", true), "{line}");
    assert!(
        line.contains("qop=auth,") && line.contains("nc=00000001") && line.contains("opaque=\"o\""),
        "{line}"
    );
    assert_eq!((again.cseq(), again.get("Call-ID")), (2, invite.get("Call-ID")));
    assert_eq!(again.get("From"), invite.get("From"));
    assert_ne!(again.branch(), invite.branch());
    bench.no_event();
    // The ACK of a 2xx carries what its INVITE carried (RFC 3261, 22.1).
    let body =
        format!("Contact: <sip:callee@198.51.100.1>\nContent-Type: application/sdp\n\n{}", usual_sdp());
    bench.put(again.answer(200, "callee", &body));
    assert_eq!(bench.asks("ACK").get("Proxy-Authorization"), line);
    bench.events.clear();
    bench.command(Command::Hangup { call }).unwrap();
    // A BYE is challenged too.
    let bye = bench.asks("BYE");
    bench.put(bye.answer(407, "", "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n3\"\n"));
    let bye = bench.asks("BYE");
    let line = bye.get("Proxy-Authorization");
    assert!(right(line, "BYE", false) && !line.contains("qop"), "{line}");
    bench.put(bye.answer(200, "", ""));
    bench.at_rest();
}

#[test]
fn a_wrong_password_is_not_tried_twice_but_an_old_nonce_is() {
    let mut bench = Bench::new(with_login());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    let challenge = |nonce: &str, more: &str| {
        format!("WWW-Authenticate: Digest realm=\"r\", nonce=\"{nonce}\", qop=\"auth\"{more}\n")
    };
    bench.put(invite.answer(401, "x", &challenge("a", "")));
    bench.asks("ACK");
    let second = bench.asks("INVITE");
    bench.put(second.answer(401, "x", &challenge("b", ", stale=true")));
    bench.asks("ACK");
    let third = bench.asks("INVITE");
    assert!(right(third.get("Authorization"), "INVITE", false));
    assert_eq!(third.all("Authorization").len(), 1);
    bench.put(third.answer(401, "x", &challenge("c", "")));
    bench.asks("ACK");
    bench.quiet();
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(401) });
}

#[test]
fn a_challenge_that_cannot_be_answered() {
    let mut settings = with_login();
    settings.trunks[0].login.as_mut().unwrap().realm = Some("ours".to_owned());
    let mut bench = Bench::new(settings);
    for line in [
        "Digest realm=\"ours\", nonce=\"n\", algorithm=SHA-512-256",
        "Digest realm=\"ours\", nonce=\"n\", qop=\"auth-int\"",
        "Digest realm=\"theirs\", nonce=\"n\"",
        "Basic realm=\"ours\"",
        "Digest",
        ",,\"",
    ] {
        bench.dial();
        let invite = bench.asks("INVITE");
        bench.put(invite.answer(407, "x", &format!("Proxy-Authenticate: {line}\n")));
        bench.asks("ACK");
        bench.quiet();
        assert_eq!(bench.ended(), Ended::Failed(407));
    }
}

fn with_challenge() -> Settings {
    let mut settings = settings();
    settings.trunks[0].challenge = Some(login());
    settings
}

fn authorised(challenge: &str, sha: bool, count: &str, response: Option<&str>) -> String {
    let line = answers(challenge, ("INVITE", "sip:x"), ("us", "secret"), sha, count);
    let right = field(&line, "response");
    format!("Authorization: {}\n", line.replace(right, response.unwrap_or(right)))
}

#[test]
fn a_trunk_that_must_prove_itself() {
    for sha in [true, false] {
        let mut bench = Bench::new(with_challenge());
        let mut caller = Caller::new("prove");
        bench.put(caller.invite("", &usual_sdp()));
        let challenge = bench.code(401);
        let lines = challenge.all("WWW-Authenticate");
        assert!(lines[0].contains("algorithm=SHA-256") && lines[1].contains("algorithm=MD5"), "{lines:?}");
        let line = lines[usize::from(!sha)].to_owned();
        bench.put(caller.same_branch("ACK", ""));
        bench.no_event();

        caller.cseq += 1;
        bench.put(caller.invite(&authorised(&line, sha, "00000001", Some("wrong")), &usual_sdp()));
        bench.code(401);
        bench.put(caller.same_branch("ACK", ""));

        caller.cseq += 1;
        let good = authorised(&line, sha, "00000001", None);
        bench.put(caller.invite(&good, &usual_sdp()));
        bench.code(100);
        bench.incoming();

        // Listened to and played again: old.
        let mut thief = Caller::new("thief");
        bench.put(thief.invite(&good, &usual_sdp()));
        assert!(bench.code(401).get("WWW-Authenticate").contains("stale=true"));
        bench.put(thief.same_branch("ACK", ""));

        let mut next = Caller::new("next");
        bench.put(next.invite(&authorised(&line, sha, "00000002", None), &usual_sdp()));
        bench.code(100);
        bench.secs(301);
        bench.sent.clear();
        let mut late = Caller::new("late");
        bench.put(late.invite(&authorised(&line, sha, "00000003", None), &usual_sdp()));
        assert!(bench.code(401).get("WWW-Authenticate").contains("stale=true"));
    }
}

fn with_register() -> Settings {
    let mut settings = with_login();
    settings.trunks[0].register =
        Some(Register { aor: "sip:us@provider.example".to_owned(), expires: 3_600 });
    settings
}

#[test]
fn a_registration_is_made_kept_and_made_again() {
    let mut bench = Bench::new(with_register());
    let first = bench.asks("REGISTER");
    assert_eq!((first.uri(), first.get("To")), ("sip:provider.example", "<sip:us@provider.example>"));
    assert_eq!(first.get("Contact"), "<sip:us@203.0.113.10:5060>");
    bench.put(first.answer(
        401,
        "r",
        "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\n",
    ));
    let second = bench.asks("REGISTER");
    assert!(right(second.get("Authorization"), "REGISTER", true));
    assert_eq!((second.cseq(), second.get("Call-ID")), (2, first.get("Call-ID")));
    bench.put(second.answer(
        200,
        "r",
        "Contact: <sip:other@192.0.2.1>;expires=5, <sip:us@203.0.113.10:5060>;expires=600\n",
    ));
    let until = bench.now + Duration::from_mins(10);
    assert_eq!(bench.event(), Event::Registered { trunk: TRUNK, until });
    bench.secs(600);
    let third = bench.asks("REGISTER");
    assert!((510..=540).contains(&third.at.as_secs()), "{:?}", third.at);
    // The nonce is used on, and counted.
    let line = third.get("Authorization");
    assert!(right(line, "REGISTER", true) && line.contains("nc=00000002"), "{line}");
}

#[test]
fn a_registrar_that_wants_longer_or_later_or_is_not_there() {
    let mut settings = with_register();
    settings.trunks[0].register.as_mut().unwrap().expires = 60;
    let mut bench = Bench::new(settings);
    let first = bench.asks("REGISTER");
    bench.put(first.answer(423, "r", "Min-Expires: 900\n"));
    let second = bench.asks("REGISTER");
    assert_eq!(second.get("Expires"), "900");
    bench.put(second.answer(503, "r", "Retry-After: 120\n"));
    let Event::RegisterFailed { code: 503, again, .. } = bench.event() else { panic!() };
    assert_eq!(again - bench.now, Duration::from_mins(2));
    // Nobody there: longer and longer, half an hour at most.
    let mut waits = Vec::new();
    for _ in 0..9 {
        bench.secs(again.saturating_duration_since(bench.now).as_secs());
        loop {
            bench.secs(10);
            if let Some(event) = bench.events.pop_front() {
                let Event::RegisterFailed { code: 408, again, .. } = event else { panic!("{event:?}") };
                waits.push((again - bench.now).as_secs());
                break;
            }
        }
    }
    assert!(waits[0] >= 10 && waits[0] <= 60 && waits[8] >= 880 && waits[8] <= 1_800, "{waits:?}");
}

#[test]
fn a_trunk_that_falls_silent_and_comes_back() {
    let mut settings = settings();
    settings.trunks[0].ping = Some(Duration::from_mins(1));
    let mut bench = Bench::new(settings);
    let ping = bench.asks("OPTIONS");
    bench.put(ping.answer(404, "x", ""));
    bench.no_event();
    bench.secs(92);
    assert_eq!(bench.sent.len(), 11);
    assert_eq!(bench.event(), Event::TrunkSilent { trunk: TRUNK });
    bench.secs(28);
    let ping = bench.sent.pop_back().unwrap();
    bench.put(ping.answer(200, "x", ""));
    assert_eq!(bench.event(), Event::TrunkBack { trunk: TRUNK });
    bench.no_event();
}

#[test]
fn strangers_get_no_answer() {
    let mut bench = Bench::new(settings());
    let invite = Caller::new("stranger").invite("", &usual_sdp());
    for from in ["198.51.100.2:5060", "[2001:db8::1]:5060", "127.0.0.1:5060"] {
        bench.put_from(UDP, addr(from), &invite);
        bench.put_from(UDP, addr(from), b"OPTIONS sip:x SIP/2.0\r\n\r\n");
    }
    bench.open(FlowId(8), Transport::Tcp, Some(addr("192.0.2.66:40000")));
    assert_eq!(bench.other, [Output::Close(FlowId(8))]);
    bench.put_from(FlowId(8), addr("192.0.2.66:40000"), &invite);
    bench.put_from(FlowId(99), theirs(), &invite);
    bench.quiet();
    bench.no_event();
    // The same from an address of the list, whatever its port, and written as IPv6.
    bench.put_from(UDP, addr("[::ffff:198.51.100.1]:9999"), &invite);
    assert_eq!(bench.code(100).to, addr("[::ffff:198.51.100.1]:9999"));
}

#[test]
fn who_calls_is_what_the_trunk_asserts() {
    let number = |text: &str| Party::Number(E164::parse(text).unwrap());
    for (extra, from) in [
        ("", number("+12025550100")),
        ("P-Asserted-Identity: <sip:+442071838750@x.example>\n", number("+442071838750")),
        ("P-Asserted-Identity: \"X, Y\" <sip:line7@x.example>, <tel:+12025550111>\n", number("+12025550111")),
        ("P-Asserted-Identity: <tel:+12025550111>\nPrivacy: id\n", Party::Withheld),
        ("P-Asserted-Identity: junk\n", number("+12025550100")),
    ] {
        let mut bench = Bench::new(settings());
        bench.put(Caller::new("who").invite(extra, &usual_sdp()));
        let Event::Incoming { from: found, .. } = bench.event() else { panic!() };
        assert_eq!(found, from, "{extra}");
    }
    let mut bench = Bench::new(settings());
    let text = String::from_utf8(Caller::new("anon").invite("", &usual_sdp())).unwrap();
    bench.put(text.replace("sip:2025550100@198.51.100.1", "sip:anonymous@anonymous.invalid"));
    let Event::Incoming { from: Party::Withheld, .. } = bench.event() else { panic!() };
}

#[test]
fn a_private_contact_is_not_believed() {
    let mut settings = settings();
    settings.trunks[0].allow = vec![Net { addr: "10.0.0.0".parse().unwrap(), prefix: 8 }];
    for (contact, goes) in [
        ("<sip:a@10.1.2.3:5066>", "198.51.100.1:6000"),
        ("<sip:a@pbx.example>", "198.51.100.1:6000"),
        ("<sip:a@192.0.2.77>", "198.51.100.1:6000"),
        ("<sip:a@198.51.100.1:5066>", "198.51.100.1:5066"),
    ] {
        let mut bench = Bench::new(settings.clone());
        let mut caller = Caller::new("nat");
        contact.clone_into(&mut caller.contact);
        let seen = addr("198.51.100.1:6000");
        bench.put_from(UDP, seen, caller.invite("", &usual_sdp()));
        let call = bench.incoming();
        bench.command(Command::Accept { call, media: media() }).unwrap();
        bench.code(100);
        bench.code(200).tag("To").unwrap().clone_into(&mut caller.to_tag);
        bench.put_from(UDP, seen, caller.request("ACK", ""));
        bench.command(Command::Hangup { call }).unwrap();
        let bye = bench.asks("BYE");
        assert_eq!(bye.to, addr(goes), "{contact}");
        assert_eq!(format!("<{}>", bye.uri()), contact);
    }
}
