//! Changes within a call: re-INVITE, UPDATE, hold, and both at once.

use crate::common::*;
use sip::*;
use std::time::Duration;

fn ok_sdp(msg: &Msg, formats: &str, more: &str) -> Vec<u8> {
    let body = sdp(30000, formats, more);
    msg.answer(
        200,
        "",
        &format!("Contact: <sip:caller@198.51.100.1:5060>\nContent-Type: application/sdp\n\n{body}"),
    )
}

#[test]
fn the_caller_holds_and_comes_back_and_moves() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.put(caller.next_sdp(
        "INVITE",
        "",
        &sdp(30000, "0 101", "a=rtpmap:101 telephone-event/8000\na=sendonly"),
    ));
    let ok = bench.code(200);
    assert!(ok.body.contains("a=recvonly\r\n"), "{}", ok.body);
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert_eq!(plan.direction, Direction::RecvOnly);
    // A 2xx is sent until it is acknowledged here too.
    bench.secs(1);
    assert_eq!(bench.code(200).raw, ok.raw);
    bench.put(caller.request("ACK", ""));
    bench.secs(10);
    bench.quiet();

    bench.put(caller.next_sdp("INVITE", "", &sdp(31000, "8", "")));
    let ok = bench.code(200);
    assert!(ok.body.contains("m=audio 20000 RTP/AVP 8\r\n"));
    bench.put(caller.request("ACK", ""));
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert_eq!((plan.law, plan.remote.port(), plan.direction), (Law::A, 31000, Direction::SendRecv));

    // The hold of old phones.
    let old = sdp(31000, "8", "").replace("c=IN IP4 198.51.100.1", "c=IN IP4 0.0.0.0");
    bench.put(caller.next_sdp("INVITE", "", &old));
    bench.code(200);
    bench.put(caller.request("ACK", ""));
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert!(!plan.direction.sends());
    bench.no_event();

    // With the same again nothing changes, and nobody is told.
    bench.put(caller.next_sdp("INVITE", "", &old));
    let first = bench.code(200);
    bench.put(caller.request("ACK", ""));
    bench.put(caller.next_sdp("INVITE", "", &old));
    assert_eq!(bench.code(200).body, first.body);
    bench.put(caller.request("ACK", ""));
    bench.no_event();
    bench.command(Command::Hangup { call }).unwrap();
}

#[test]
fn a_re_invite_without_an_offer_gets_ours() {
    let mut bench = Bench::new(settings());
    let (mut caller, _) = answered(&mut bench, "");
    bench.put(caller.next("INVITE", ""));
    assert!(bench.code(200).body.contains("RTP/AVP 0 8 13 101"));
    let answer = sdp(30002, "8", "");
    bench.put(caller.request("ACK", &format!("Content-Type: application/sdp\n\n{answer}")));
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert_eq!((plan.law, plan.remote.port()), (Law::A, 30002));
}

#[test]
fn a_re_invite_that_cannot_be_taken_changes_nothing() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.put(caller.next_sdp("INVITE", "", &sdp(30000, "18", "")));
    bench.code(488);
    bench.put(caller.same_branch("ACK", ""));
    bench.put(caller.next_sdp("UPDATE", "", &sdp(30000, "18", "")));
    bench.code(488);
    bench.no_event();
    bench.command(Command::Info { call, digit: Digit::new('5').unwrap(), ms: 100 }).unwrap();
    assert_eq!(bench.asks("INFO").body, "Signal=5\r\nDuration=100\r\n");
}

#[test]
fn update_changes_like_a_re_invite() {
    let mut bench = Bench::new(settings());
    let (mut caller, _) = answered(&mut bench, "");
    bench.put(caller.next_sdp("UPDATE", "", &sdp(30000, "0", "a=inactive")));
    assert!(bench.code(200).body.contains("a=inactive"));
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert_eq!(plan.direction, Direction::Inactive);
    bench.put(caller.next("UPDATE", ""));
    assert_eq!(bench.code(200).body, "");
    bench.no_event();
}

#[test]
fn we_hold_and_take_back_and_move() {
    let mut bench = Bench::new(settings());
    let (_, call) = answered(&mut bench, "");
    bench.command(Command::Hold { call, held: true }).unwrap();
    let invite = bench.asks("INVITE");
    assert!(invite.body.contains("a=sendonly\r\n"));
    assert_eq!(bench.command(Command::Hold { call, held: false }), Err(CommandError::Busy));
    bench.put(ok_sdp(&invite, "0", "a=recvonly"));
    let ack = bench.asks("ACK");
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert_eq!(plan.direction, Direction::SendOnly);
    bench.put(ok_sdp(&invite, "0", "a=recvonly"));
    assert_eq!(bench.asks("ACK").raw, ack.raw);

    bench.command(Command::Hold { call, held: false }).unwrap();
    let invite = bench.asks("INVITE");
    bench.put(ok_sdp(&invite, "0", ""));
    bench.asks("ACK");
    let Event::MediaChanged { plan, .. } = bench.event() else { panic!() };
    assert_eq!(plan.direction, Direction::SendRecv);

    let elsewhere = LocalMedia { addr: addr("203.0.113.11:22222") };
    bench.command(Command::ReOffer { call, media: elsewhere }).unwrap();
    let invite = bench.asks("INVITE");
    assert!(invite.body.contains("c=IN IP4 203.0.113.11\r\n") && invite.body.contains("m=audio 22222 "));
    bench.put(invite.answer(488, "", ""));
    bench.asks("ACK");
    assert_eq!(bench.event(), Event::ChangeRefused { call, code: 488 });
}

/// The version in o= counts what is said anew, and nothing else (RFC 3264, section 8).
#[test]
fn the_version_counts_changes() {
    let origin =
        |msg: &Msg| msg.body.lines().nth(1).unwrap().split(' ').nth(2).unwrap().parse::<u64>().unwrap();
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.command(Command::Hold { call, held: true }).unwrap();
    let invite = bench.asks("INVITE");
    let first = origin(&invite);
    bench.put(ok_sdp(&invite, "0", "a=recvonly"));
    bench.asks("ACK");
    bench.put(caller.next("INVITE", ""));
    assert_eq!(origin(&bench.code(200)), first);
}

#[test]
fn when_both_change_at_once_one_waits() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.command(Command::Hold { call, held: true }).unwrap();
    let invite = bench.asks("INVITE");
    bench.put(caller.next_sdp("INVITE", "", &usual_sdp()));
    bench.code(491);
    bench.put(caller.same_branch("ACK", ""));
    bench.put(caller.next_sdp("UPDATE", "", &usual_sdp()));
    bench.code(491);
    bench.put(invite.answer(491, "", ""));
    bench.asks("ACK");
    bench.no_event();
    // The other end made the Call-ID: we wait for two seconds at most.
    let refused = bench.now;
    bench.wait(Duration::from_millis(2_001));
    let again = bench.asks("INVITE");
    // It may have gone out twice by then.
    bench.sent.clear();
    assert!(again.cseq() > invite.cseq() && bench.now - refused <= Duration::from_millis(2_001));
    bench.put(ok_sdp(&again, "0", "a=recvonly"));
    bench.asks("ACK");
    assert!(matches!(bench.event(), Event::MediaChanged { .. }));
}

#[test]
fn the_one_who_made_the_call_waits_longer() {
    let mut bench = Bench::new(settings());
    let (_, call) = dialled(&mut bench, "");
    bench.command(Command::Hold { call, held: true }).unwrap();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(491, "", ""));
    bench.asks("ACK");
    bench.wait(Duration::from_millis(2_090));
    bench.quiet();
    bench.wait(Duration::from_millis(1_920));
    bench.asks("INVITE");
}

#[test]
fn their_change_while_they_wait_for_our_ack_is_put_off() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.put(caller.next_sdp("INVITE", "", &sdp(30000, "0", "a=sendonly")));
    bench.code(200);
    // Ours comes after theirs is through.
    bench.command(Command::Hold { call, held: true }).unwrap();
    bench.quiet();
    bench.put(caller.request("ACK", ""));
    bench.wait(Duration::from_millis(600));
    bench.asks("INVITE");
}

#[test]
fn keys_as_info() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    for (kind, body, key) in [
        ("application/dtmf-relay", "Signal=5\nDuration=160", '5'),
        ("application/dtmf-relay", "Signal= *\nDuration= 160", '*'),
        ("application/dtmf-relay;x=y", "Signal=11", '#'),
        ("application/dtmf", "7", '7'),
        ("application/dtmf", "d\n", 'D'),
    ] {
        bench.put(caller.next("INFO", &format!("Content-Type: {kind}\n\n{body}")));
        bench.code(200);
        assert_eq!(bench.event(), Event::Digit { call, digit: Digit::new(key).unwrap() });
    }
    bench.put(caller.next("INFO", ""));
    bench.code(200);
    bench.put(caller.next("INFO", "Content-Type: application/dtmf\n\n77"));
    bench.code(400);
    bench.put(caller.next("INFO", "Content-Type: text/plain\n\n7"));
    assert!(bench.code(415).get("Accept").contains("dtmf-relay"));
    bench.no_event();
}

#[test]
fn out_of_order_and_out_of_place() {
    let mut bench = Bench::new(settings());
    let (mut caller, _) = answered(&mut bench, "");
    bench.put(caller.next("OPTIONS", ""));
    bench.code(200);
    caller.cseq = 1;
    bench.put(caller.request("INFO", ""));
    bench.code(500);
    caller.tag = "somebody else".replace(' ', "-");
    bench.put(caller.next("BYE", ""));
    bench.code(481);
    bench.no_event();
}

#[test]
fn the_other_end_no_longer_knows_the_call() {
    let mut bench = Bench::new(settings());
    let (_, call) = answered(&mut bench, "");
    bench.command(Command::Hold { call, held: true }).unwrap();
    let invite = bench.asks("INVITE");
    bench.put(invite.answer(481, "", ""));
    bench.asks("ACK");
    bench.asks("BYE");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::ByPeer });
}

/// An answer that comes again belongs to its own request, not to the one that is under way.
#[test]
fn an_old_answer_is_not_taken_for_a_new_one() {
    let mut bench = Bench::new(settings());
    let (_, call) = answered(&mut bench, "");
    bench.command(Command::Hold { call, held: true }).unwrap();
    let first = bench.asks("INVITE");
    bench.put(ok_sdp(&first, "0", "a=recvonly"));
    let ack = bench.asks("ACK");
    bench.event();
    bench.command(Command::Hold { call, held: false }).unwrap();
    let second = bench.asks("INVITE");
    bench.put(ok_sdp(&first, "0", "a=recvonly"));
    assert_eq!(bench.asks("ACK").raw, ack.raw);
    bench.no_event();
    bench.put(second.answer(488, "", ""));
    bench.asks("ACK");
    assert_eq!(bench.event(), Event::ChangeRefused { call, code: 488 });
}
