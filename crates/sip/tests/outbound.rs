//! Calls that we make.

use crate::common::*;
use sip::*;
use std::time::Duration;

const CONTACT: &str = "Contact: <sip:callee@198.51.100.1:5060>\n";

fn described(extra: &str, port: u16) -> String {
    format!("{CONTACT}{extra}Content-Type: application/sdp\n\n{}", sdp(port, "8", ""))
}

#[test]
fn a_call_from_dialling_to_hanging_up() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    assert_eq!(invite.to, theirs());
    assert_eq!(invite.uri(), "sip:+12025550100@198.51.100.1:5060;user=phone");
    assert!(invite.get("From").starts_with("<sip:+18005550199@"));
    assert!(invite.get("P-Asserted-Identity").starts_with("<sip:+18005550199@"));
    assert!(invite.body.contains("m=audio 20000 RTP/AVP 0 8 13 101\r\n"));
    bench.put(invite.answer(100, "", ""));
    bench.put(invite.answer(180, "callee", CONTACT));
    assert_eq!(bench.event(), Event::Progress { call, code: 180, early: None });
    bench.put(invite.answer(183, "callee", &described("", 32000)));
    let Event::Progress { code: 183, early: Some(early), .. } = bench.event() else { panic!() };
    assert_eq!(early.remote, addr("198.51.100.1:32000"));
    bench.put(invite.answer(200, "callee", &described("", 32000)));
    let ack = bench.asks("ACK");
    assert_eq!(ack.uri(), "sip:callee@198.51.100.1:5060");
    assert_eq!(ack.get("CSeq"), "1 ACK");
    assert_ne!(ack.branch(), invite.branch());
    // The law of the answer, not the one that we offered first.
    let Event::Answered { plan, .. } = bench.event() else { panic!() };
    assert_eq!((plan.law, plan.telephone_event), (Law::A, None));
    assert_eq!(bench.event(), Event::Established { call });
    // The ACK was lost: the same again.
    bench.put(invite.answer(200, "callee", &described("", 32000)));
    assert_eq!(bench.asks("ACK").raw, ack.raw);
    bench.no_event();
    bench.command(Command::Hangup { call }).unwrap();
    let bye = bench.asks("BYE");
    assert_eq!(bye.get("CSeq"), "2 BYE");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Ours });
    bench.put(bye.answer(200, "", ""));
    bench.at_rest();
    bench.quiet();
}

/// The way that is tried first says nothing; what it says later nobody wants.
#[test]
fn a_trunk_that_says_nothing_is_given_up_for_another_way() {
    let mut bench = Bench::new(settings());
    let to = E164::parse("+12025550100").unwrap();
    let dial = Dial { trunk: TRUNK, to, media: media(), patience: Some(Duration::from_secs(4)) };
    let call = bench.line.dial(bench.now, &dial).unwrap();
    bench.pump();
    let invite = bench.asks("INVITE");
    bench.secs(5);
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(408) });
    let again: Vec<u128> = bench.sent.drain(..).map(|msg| msg.at.as_millis()).collect();
    assert_eq!(again, [500, 1500, 3500], "and it is sent no more");
    // Late after all: it is taken back.
    bench.put(invite.answer(180, "late", CONTACT));
    bench.asks("CANCEL");
    bench.no_event();
    // One that said that it tries has its time.
    let call = bench.line.dial(bench.now, &dial).unwrap();
    bench.pump();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(100, "", ""));
    bench.secs(20);
    bench.no_event();
    bench.put(invite.answer(486, "callee", ""));
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(486) });
}

#[test]
fn an_invite_is_sent_again_and_given_up_after_32_seconds() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    bench.secs(40);
    let times: Vec<u128> = bench.sent.iter().map(|msg| msg.at.as_millis()).collect();
    assert_eq!(times, [0, 500, 1500, 3500, 7500, 15500, 31500]);
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(408) });
    bench.at_rest();
}

#[test]
fn busy() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(486, "busy", ""));
    let ack = bench.asks("ACK");
    assert_eq!(ack.branch(), invite.branch());
    assert_eq!(ack.tag("To"), Some("busy"));
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(486) });
    bench.put(invite.answer(486, "busy", ""));
    assert_eq!(bench.asks("ACK").raw, ack.raw);
    bench.no_event();
    bench.at_rest();
}

#[test]
fn a_trunk_without_room_says_until_when() {
    let mut bench = Bench::new(settings());
    for (extra, seconds) in
        [("Retry-After: 90 (soon);duration=5\n", Some(90)), ("", None), ("Retry-After: x\n", None)]
    {
        let call = bench.dial();
        let invite = bench.asks("INVITE");
        bench.put(invite.answer(503, "full", extra));
        bench.asks("ACK");
        if let Some(seconds) = seconds {
            let until = bench.now + Duration::from_secs(seconds);
            assert_eq!(bench.event(), Event::TrunkFull { trunk: TRUNK, until });
        }
        assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(503) });
        bench.no_event();
    }
}

#[test]
fn taking_back_waits_for_the_first_word() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.command(Command::Hangup { call }).unwrap();
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Ours });
    bench.quiet();
    bench.put(invite.answer(180, "callee", CONTACT));
    let cancel = bench.asks("CANCEL");
    assert_eq!((cancel.branch(), cancel.get("CSeq")), (invite.branch(), "1 CANCEL"));
    bench.put(cancel.answer(200, "callee", ""));
    bench.put(invite.answer(487, "callee", ""));
    bench.asks("ACK");
    bench.no_event();
    bench.at_rest();
    bench.quiet();
}

#[test]
fn an_answer_that_crosses_the_cancel_is_acknowledged_and_ended() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(180, "callee", CONTACT));
    bench.event();
    bench.command(Command::Hangup { call }).unwrap();
    let cancel = bench.asks("CANCEL");
    bench.put(invite.answer(200, "callee", &described("", 32000)));
    bench.put(cancel.answer(200, "callee", ""));
    bench.asks("ACK");
    let bye = bench.asks("BYE");
    bench.put(invite.answer(200, "callee", &described("", 32000)));
    bench.asks("ACK");
    bench.put(bye.answer(200, "", ""));
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Ours });
    bench.no_event();
    bench.at_rest();
    bench.quiet();
}

#[test]
fn of_several_answers_of_a_fork_the_first_counts() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(180, "one", CONTACT));
    bench.put(invite.answer(180, "two", CONTACT));
    bench.put(invite.answer(200, "two", &described("", 32000)));
    assert_eq!(bench.asks("ACK").tag("To"), Some("two"));
    bench.put(invite.answer(200, "one", &described("", 33000)));
    assert_eq!(bench.asks("ACK").tag("To"), Some("one"));
    let bye = bench.asks("BYE");
    assert_eq!(bye.tag("To"), Some("one"));
    bench.put(bye.answer(200, "", ""));
    bench.put(invite.answer(200, "one", &described("", 33000)));
    assert_eq!(bench.asks("ACK").tag("To"), Some("one"));
    bench.quiet();
    bench.events.clear();
    bench.command(Command::Hangup { call }).unwrap();
    assert_eq!(bench.asks("BYE").tag("To"), Some("two"));
}

#[test]
fn a_late_answer_of_a_fork_when_the_call_is_over() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(200, "one", &described("", 32000)));
    bench.asks("ACK");
    bench.command(Command::Hangup { call }).unwrap();
    let bye = bench.asks("BYE");
    bench.put(bye.answer(200, "", ""));
    bench.put(invite.answer(200, "late", &described("", 33000)));
    assert_eq!(bench.asks("ACK").tag("To"), Some("late"));
    let bye = bench.asks("BYE");
    bench.put(bye.answer(200, "", ""));
    bench.at_rest();
}

#[test]
fn it_rings_so_long_and_no_longer() {
    let mut settings = settings();
    settings.limits.ringing = Duration::from_secs(45);
    let mut bench = Bench::new(settings);
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(180, "callee", CONTACT));
    bench.event();
    bench.secs(44);
    bench.quiet();
    bench.secs(2);
    bench.asks("CANCEL");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(408) });
}

#[test]
fn an_answer_without_a_description_ends_the_call() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(200, "callee", CONTACT));
    bench.asks("ACK");
    bench.asks("BYE");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::NoAgreement });
}

#[test]
fn a_redirection_is_not_followed() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(302, "away", "Contact: <sip:+1900@192.0.2.9>\n"));
    bench.asks("ACK");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Failed(302) });
    bench.secs(5);
    bench.quiet();
}

#[test]
fn the_way_of_the_dialog_is_the_one_that_was_recorded() {
    let mut settings = settings();
    settings.trunks[0].allow = vec![Net { addr: "198.51.100.0".parse().unwrap(), prefix: 24 }];
    let mut bench = Bench::new(settings);
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    let routes =
        "Record-Route: <sip:198.51.100.8;lr>, <sip:198.51.100.9:5070;lr>\nRecord-Route: <sip:192.0.2.7;lr>\n";
    bench.put(invite.answer(200, "callee", &described(routes, 32000)));
    let ack = bench.asks("ACK");
    let wanted = ["<sip:192.0.2.7;lr>", "<sip:198.51.100.9:5070;lr>", "<sip:198.51.100.8;lr>"];
    assert_eq!(ack.all("Route"), wanted);
    // A hop that no trunk may have is not believed: back to where the answer came from.
    assert_eq!(ack.to, theirs());
    bench.command(Command::Hangup { call }).unwrap();
    assert_eq!(bench.asks("BYE").all("Route"), wanted);
}

#[test]
fn a_first_proxy_of_the_old_kind() {
    let mut bench = Bench::new(settings());
    bench.dial();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(200, "callee", &described("Record-Route: <sip:198.51.100.1>\n", 32000)));
    let ack = bench.asks("ACK");
    assert_eq!(ack.uri(), "sip:198.51.100.1");
    assert_eq!(ack.all("Route"), ["<sip:callee@198.51.100.1:5060>"]);
}

#[test]
fn what_is_dialled_must_be_possible() {
    let mut settings = settings();
    settings.limits.calls = 1;
    settings.trunks.push(Trunk { outbound: false, id: TrunkId(2), ..trunk() });
    settings.trunks.push(Trunk { peer: None, id: TrunkId(3), ..trunk() });
    let mut bench = Bench::new(settings);
    let to = |trunk| Dial { trunk, to: E164::parse("+12025550100").unwrap(), media: media(), patience: None };
    assert_eq!(bench.line.dial(bench.now, &to(TrunkId(2))), Err(DialError::NoTrunk));
    assert_eq!(bench.line.dial(bench.now, &to(TrunkId(9))), Err(DialError::NoTrunk));
    assert_eq!(bench.line.dial(bench.now, &to(TrunkId(3))), Err(DialError::Unreachable));
    bench.line.dial(bench.now, &to(TRUNK)).unwrap();
    assert_eq!(bench.line.dial(bench.now, &to(TRUNK)), Err(DialError::Full));
}

#[test]
fn the_callee_hangs_up_and_asks_things() {
    let mut bench = Bench::new(settings());
    let (invite, call) = dialled(&mut bench, "");
    let mut callee = Caller::new(invite.get("Call-ID"));
    callee.tag = "callee".to_owned();
    invite.tag("From").unwrap().clone_into(&mut callee.to_tag);
    bench.put(callee.next("OPTIONS", ""));
    bench.code(200);
    bench.put(callee.next("BYE", ""));
    bench.code(200);
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::ByPeer });
    bench.at_rest();
}

#[test]
fn both_hang_up_at_once() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.command(Command::Hangup { call }).unwrap();
    let bye = bench.asks("BYE");
    bench.put(caller.next("BYE", ""));
    bench.code(200);
    bench.put(bye.answer(481, "", ""));
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Ours });
    bench.no_event();
    bench.at_rest();
}
