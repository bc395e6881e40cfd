//! Calls that come in.

use crate::common::*;
use sip::*;
use std::time::Duration;

#[test]
fn a_call_from_invite_to_bye() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("whole");
    bench.put(caller.invite("", &usual_sdp()));
    let trying = bench.code(100);
    assert_eq!(trying.tag("To"), None);
    assert_eq!(
        trying.get("Via"),
        "SIP/2.0/UDP 198.51.100.1:5060;rport=5060;branch=z9hG4bKwhole1;received=198.51.100.1"
    );
    let Event::Incoming { call, trunk, from, to, offer } = bench.event() else { panic!() };
    assert_eq!(trunk, TRUNK);
    assert_eq!(from, Party::Number(E164::parse("+12025550100").unwrap()));
    assert_eq!(to, Party::Number(E164::parse("+18005550199").unwrap()));
    let plan = Plan {
        remote: addr("198.51.100.1:30000"),
        rtcp: None,
        law: Law::Mu,
        telephone_event: Some(101),
        comfort_noise: Some(13),
        direction: Direction::SendRecv,
        ptime: 20,
    };
    assert_eq!(offer, Some(plan));

    bench.command(Command::Ring { call, early: None }).unwrap();
    let ringing = bench.code(180);
    let tag = ringing.tag("To").unwrap().to_owned();

    bench.command(Command::Accept { call, media: media() }).unwrap();
    let ok = bench.code(200);
    assert_eq!(ok.tag("To"), Some(tag.as_str()));
    assert_eq!(ok.get("Contact"), "<sip:+18005550199@203.0.113.10:5060>");
    assert!(ok.body.contains("m=audio 20000 RTP/AVP 0 13 101\r\n"), "{}", ok.body);
    assert!(ok.body.contains("c=IN IP4 203.0.113.10\r\n"));
    assert_eq!(bench.event(), Event::Answered { call, plan });
    bench.no_event();

    caller.to_tag = tag;
    bench.put(caller.request("ACK", ""));
    assert_eq!(bench.event(), Event::Established { call });
    bench.secs(60);
    bench.quiet();

    bench.put(caller.next("BYE", ""));
    bench.code(200);
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::ByPeer });
    bench.at_rest();
    bench.quiet();
    bench.no_event();
}

#[test]
fn an_invite_that_comes_again_gets_the_same_answer() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("again");
    let invite = caller.invite("", &usual_sdp());
    bench.put(&invite);
    bench.code(100);
    let call = bench.incoming();
    bench.put(&invite);
    bench.code(100);
    bench.command(Command::Ring { call, early: None }).unwrap();
    let first = bench.code(180);
    bench.put(&invite);
    assert_eq!(bench.code(180).raw, first.raw);
    bench.command(Command::Accept { call, media: media() }).unwrap();
    bench.code(200);
    // The call itself sends the 200 again; the transaction only swallows.
    bench.put(&invite);
    bench.quiet();
    assert!(matches!(bench.event(), Event::Answered { .. }));
    bench.no_event();
}

#[test]
fn the_answer_is_sent_for_32_seconds_and_then_the_call_is_ended() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("noack");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    bench.secs(40);
    let mut times = Vec::new();
    let bye = loop {
        let msg = bench.next();
        if msg.method() == "BYE" {
            break msg;
        }
        assert_eq!(msg.code(), 200);
        times.push(u64::try_from(msg.at.as_millis()).unwrap());
    };
    assert_eq!(times, [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500]);
    assert_eq!(bye.at, Duration::from_secs(32));
    bench.put(bye.answer(200, "", ""));
    assert!(matches!(bench.event(), Event::Answered { .. }));
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::NoAck });
    bench.at_rest();
}

#[test]
fn bye_before_ack() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("early-bye");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    caller.to_tag = bench.code(200).tag("To").unwrap().to_owned();
    bench.put(caller.next("BYE", ""));
    bench.code(200);
    assert_eq!(bench.ended(), Ended::ByPeer);
    bench.secs(40);
    bench.quiet();
}

#[test]
fn hanging_up_before_the_ack_waits_for_it() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("hasty");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    caller.to_tag = bench.code(200).tag("To").unwrap().to_owned();
    bench.command(Command::Hangup { call }).unwrap();
    bench.quiet();
    assert_eq!(bench.ended(), Ended::Ours);
    assert_eq!(bench.command(Command::Hangup { call }), Err(CommandError::NoCall));
    bench.put(caller.request("ACK", ""));
    let bye = bench.asks("BYE");
    bench.put(bye.answer(200, "", ""));
    bench.no_event();
    bench.at_rest();
}

#[test]
fn cancel_before_the_answer() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("cancel");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Ring { call, early: None }).unwrap();
    bench.code(180);
    bench.put(caller.same_branch("CANCEL", ""));
    assert_eq!(bench.code(200).get("CSeq"), "1 CANCEL");
    let gone = bench.code(487);
    assert_eq!(gone.get("CSeq"), "1 INVITE");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Cancelled });
    // The refusal comes again until it is acknowledged, and then no more.
    bench.secs(2);
    assert_eq!(bench.code(487).at, Duration::from_millis(500));
    assert_eq!(bench.code(487).at, Duration::from_millis(1500));
    caller.to_tag = gone.tag("To").unwrap().to_owned();
    bench.put(caller.same_branch("ACK", ""));
    bench.secs(40);
    bench.quiet();
    bench.at_rest();
}

#[test]
fn cancel_that_crosses_the_answer_changes_nothing() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("race");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    caller.to_tag = bench.code(200).tag("To").unwrap().to_owned();
    let tag = std::mem::take(&mut caller.to_tag);
    bench.put(caller.same_branch("CANCEL", ""));
    assert_eq!(bench.code(200).get("CSeq"), "1 CANCEL");
    assert!(matches!(bench.event(), Event::Answered { .. }));
    bench.no_event();
    caller.to_tag = tag;
    bench.put(caller.request("ACK", ""));
    bench.put(caller.next("BYE", ""));
    bench.code(200);
    assert_eq!(bench.ended(), Ended::ByPeer);
}

#[test]
fn a_cancel_of_nothing() {
    let mut bench = Bench::new(settings());
    bench.put(Caller::new("nothing").request("CANCEL", ""));
    bench.code(481);
    bench.no_event();
}

#[test]
fn a_call_is_refused_with_a_time() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("refused");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    assert_eq!(
        bench.command(Command::Reject { call, code: 200, retry_after: None }),
        Err(CommandError::Range)
    );
    bench.command(Command::Reject { call, code: 503, retry_after: Some(30) }).unwrap();
    let refusal = bench.code(503);
    assert_eq!(refusal.get("Retry-After"), "30");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::Ours });
    caller.to_tag = refusal.tag("To").unwrap().to_owned();
    bench.put(caller.same_branch("ACK", ""));
    bench.secs(40);
    bench.quiet();
}

#[test]
fn an_invite_without_an_offer_gets_ours_and_answers_with_the_ack() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("delayed");
    bench.put(caller.invite("", ""));
    bench.code(100);
    let Event::Incoming { call, offer: None, .. } = bench.event() else { panic!() };
    bench.command(Command::Accept { call, media: media() }).unwrap();
    let ok = bench.code(200);
    assert!(ok.body.contains("m=audio 20000 RTP/AVP 0 8 13 101\r\n"), "{}", ok.body);
    bench.no_event();
    caller.to_tag = ok.tag("To").unwrap().to_owned();
    let answer = sdp(31000, "8", "");
    bench.put(caller.request("ACK", &format!("Content-Type: application/sdp\n\n{answer}")));
    let Event::Answered { plan, .. } = bench.event() else { panic!() };
    assert_eq!((plan.law, plan.remote.port(), plan.telephone_event), (Law::A, 31000, None));
    assert_eq!(bench.event(), Event::Established { call });
}

#[test]
fn an_ack_without_the_answer_that_it_owes_ends_the_call() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("owes");
    bench.put(caller.invite("", ""));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    caller.to_tag = bench.code(200).tag("To").unwrap().to_owned();
    bench.put(caller.request("ACK", ""));
    bench.asks("BYE");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::NoAgreement });
}

#[test]
fn early_media_without_acknowledgement() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("early");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Ring { call, early: Some(media()) }).unwrap();
    let progress = bench.code(183);
    assert!(progress.body.contains("m=audio 20000"));
    assert_eq!(progress.find("Require"), None);
    bench.command(Command::Accept { call, media: media() }).unwrap();
    // The same description, to the letter: nothing changed.
    assert_eq!(bench.code(200).body, progress.body);
}

#[test]
fn the_same_invite_by_two_ways_is_one_call() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("merged");
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(100);
    bench.incoming();
    bench.put(caller.invite("", &usual_sdp()));
    bench.code(482);
    bench.no_event();
}

#[test]
fn a_refusal_is_sent_for_32_seconds() {
    let mut bench = Bench::new(settings());
    bench.put(Caller::new("deaf").invite("", &sdp(30000, "18", "")));
    bench.secs(40);
    let times: Vec<u128> = bench.sent.iter().map(|msg| msg.at.as_millis()).collect();
    assert_eq!(times, [0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500]);
    assert!(bench.sent.iter().all(|msg| msg.code() == 488));
    bench.at_rest();
}

#[test]
fn an_answer_is_remembered_for_32_seconds() {
    let mut bench = Bench::new(settings());
    let options = Caller::new("remember").request("OPTIONS", "");
    bench.put(&options);
    let first = bench.code(200);
    bench.wait(Duration::from_millis(31_900));
    bench.put(&options);
    assert_eq!(bench.code(200).raw, first.raw);
    bench.wait(Duration::from_millis(200));
    assert_eq!(bench.line.transactions(), 0);
    bench.put(&options);
    assert_ne!(bench.code(200).raw, first.raw);
}
