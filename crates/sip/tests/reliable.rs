//! Provisional answers that are acknowledged (RFC 3262).

use crate::common::*;
use sip::*;

fn rack(bench_msg: &Msg) -> String {
    format!("RAck: {} {}\n", bench_msg.get("RSeq"), bench_msg.get("CSeq"))
}

#[test]
fn a_caller_who_requires_it_gets_every_word_reliably() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("req");
    bench.put(caller.invite("Require: 100rel\n", &usual_sdp()));
    assert_eq!(bench.code(100).find("RSeq"), None);
    let call = bench.incoming();
    bench.command(Command::Ring { call, early: None }).unwrap();
    let ringing = bench.code(180);
    assert_eq!(ringing.get("Require"), "100rel");
    ringing.tag("To").unwrap().clone_into(&mut caller.to_tag);
    // Again until it is acknowledged; what comes later waits.
    bench.command(Command::Accept { call, media: media() }).unwrap();
    bench.quiet();
    bench.secs(4);
    let again: Vec<u128> = bench.sent.drain(..).map(|msg| msg.at.as_millis()).collect();
    assert_eq!(again, [500, 1500, 3500]);
    bench.put(caller.next("PRACK", "RAck: 1 1 INVITE\n"));
    bench.code(481);
    bench.put(caller.next("PRACK", &rack(&ringing)));
    assert_eq!(bench.code(200).get("CSeq"), "3 PRACK");
    let ok = bench.code(200);
    assert_eq!(ok.get("CSeq"), "1 INVITE");
    assert!(ok.body.contains("m=audio 20000"));
}

#[test]
fn early_sound_is_reliable_when_the_caller_knows_how() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("sup");
    bench.put(caller.invite("Supported: timer, 100rel\n", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Ring { call, early: None }).unwrap();
    assert_eq!(bench.code(180).find("RSeq"), None);
    bench.command(Command::Ring { call, early: Some(media()) }).unwrap();
    let progress = bench.code(183);
    assert!(progress.body.contains("m=audio 20000"));
    progress.tag("To").unwrap().clone_into(&mut caller.to_tag);
    bench.put(caller.next("PRACK", &rack(&progress)));
    bench.code(200);
    bench.command(Command::Accept { call, media: media() }).unwrap();
    // The answer has been given and acknowledged: the 200 carries none.
    assert_eq!(bench.code(200).body, "");
    assert!(matches!(bench.event(), Event::Answered { .. }));
}

#[test]
fn an_offer_of_ours_before_the_answer_is_answered_with_the_prack() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("early-offer");
    bench.put(caller.invite("Require: 100rel\n", ""));
    bench.code(100);
    let call = bench.incoming();
    // Without a description there may be no reliable word at all.
    bench.command(Command::Ring { call, early: None }).unwrap();
    bench.quiet();
    bench.command(Command::Ring { call, early: Some(media()) }).unwrap();
    let progress = bench.code(183);
    assert!(progress.body.contains("RTP/AVP 0 8 13 101"));
    progress.tag("To").unwrap().clone_into(&mut caller.to_tag);
    bench.put(caller.next_sdp("PRACK", &rack(&progress), &sdp(31000, "0", "")));
    bench.code(200);
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert_eq!(plan.remote.port(), 31000);
    bench.command(Command::Accept { call, media: media() }).unwrap();
    assert_eq!(bench.code(200).body, "");
    assert_eq!(bench.event(), Event::Answered { call, plan });
}

#[test]
fn a_word_that_is_never_acknowledged_ends_the_call() {
    let mut bench = Bench::new(settings());
    let mut caller = Caller::new("deaf");
    bench.put(caller.invite("Require: 100rel\n", &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Ring { call, early: None }).unwrap();
    bench.secs(33);
    let times: Vec<u128> = bench.sent.iter().filter(|m| m.code() == 180).map(|m| m.at.as_millis()).collect();
    assert_eq!(times, [0, 500, 1500, 3500, 7500, 15500, 31500]);
    assert!(bench.sent.iter().any(|m| m.code() == 504));
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::NoAck });
}

/// What is sent in a dialog that nobody wants any longer is numbered after what was sent in it before.
#[test]
fn a_call_that_is_taken_back_after_a_reliable_word() {
    let mut bench = Bench::new(settings());
    let call = bench.dial();
    let invite = bench.asks("INVITE");
    let contact = "Contact: <sip:callee@198.51.100.1>\n";
    bench.put(invite.answer(180, "callee", &format!("{contact}Require: 100rel\nRSeq: 1\n")));
    let prack = bench.asks("PRACK");
    bench.put(prack.answer(200, "callee", ""));
    bench.command(Command::Hangup { call }).unwrap();
    bench.asks("CANCEL");
    bench.put(invite.answer(
        200,
        "callee",
        &format!("{contact}Content-Type: application/sdp\n\n{}", usual_sdp()),
    ));
    bench.asks("ACK");
    assert!(bench.asks("BYE").cseq() > prack.cseq());
}

#[test]
fn we_acknowledge_theirs_once_and_in_order() {
    let mut bench = Bench::new(settings());
    bench.dial();
    let invite = bench.asks("INVITE");
    assert!(invite.get("Supported").contains("100rel"));
    let word = |code, rseq| {
        let extra = format!("Contact: <sip:callee@198.51.100.1>\nRequire: 100rel\nRSeq: {rseq}\n");
        invite.answer(code, "callee", &extra)
    };
    bench.put(word(180, 700));
    let prack = bench.asks("PRACK");
    assert_eq!((prack.get("RAck"), prack.get("CSeq")), ("700 1 INVITE", "2 PRACK"));
    bench.put(word(180, 700));
    bench.put(word(183, 702));
    bench.quiet();
    bench.put(prack.answer(200, "callee", ""));
    bench.put(word(183, 701));
    assert_eq!(bench.asks("PRACK").get("RAck"), "701 1 INVITE");
    bench.put(invite.answer(
        200,
        "callee",
        &format!("Contact: <sip:callee@198.51.100.1>\nContent-Type: application/sdp\n\n{}", usual_sdp()),
    ));
    assert_eq!(bench.asks("ACK").get("CSeq"), "1 ACK");
}
