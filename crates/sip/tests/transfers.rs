//! REFER in and out.

use crate::common::*;
use sip::*;

#[test]
fn the_caller_asks_us_to_call_somebody_else() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.put(caller.next("REFER", "Refer-To: <sip:2025550123@198.51.100.1>\n"));
    let to = Party::Number(E164::parse("+12025550123").unwrap());
    assert_eq!(bench.event(), Event::TransferAsked { call, to });
    bench.quiet();
    bench.command(Command::TakeTransfer { call }).unwrap();
    bench.code(202);
    let notify = bench.asks("NOTIFY");
    assert_eq!((notify.get("Event"), notify.body.as_str()), ("refer", "SIP/2.0 100 Trying\r\n"));
    bench.put(notify.answer(200, "", ""));
    bench.command(Command::TellTransfer { call, code: 180 }).unwrap();
    assert!(bench.asks("NOTIFY").get("Subscription-State").starts_with("active"));
    bench.command(Command::TellTransfer { call, code: 200 }).unwrap();
    let last = bench.asks("NOTIFY");
    assert!(last.get("Subscription-State").starts_with("terminated"));
    assert_eq!(last.body, "SIP/2.0 200 OK\r\n");
    assert_eq!(bench.command(Command::TellTransfer { call, code: 200 }), Err(CommandError::State));
}

#[test]
fn a_transfer_is_refused_or_forgotten() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.put(caller.next("REFER", "r: <sip:2025550123@198.51.100.1>\n"));
    bench.event();
    bench.command(Command::RefuseTransfer { call, code: 403 }).unwrap();
    bench.code(403);
    bench.put(caller.next("REFER", "Refer-To: <sip:2025550123@198.51.100.1>\n"));
    bench.event();
    bench.put(caller.next("REFER", "Refer-To: <sip:2025550124@198.51.100.1>\n"));
    bench.code(491);
    bench.secs(11);
    bench.code(603);
    bench.put(caller.next("REFER", ""));
    bench.code(400);
    bench.no_event();
}

#[test]
fn who_asks_and_hangs_up_leaves_nothing_behind() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    bench.put(caller.next("REFER", "Refer-To: <sip:2025550123@198.51.100.1>\n"));
    bench.event();
    bench.put(caller.next("BYE", ""));
    bench.code(200);
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::ByPeer });
    bench.at_rest();
    bench.quiet();
}

#[test]
fn we_ask_the_other_end() {
    let mut bench = Bench::new(settings());
    let (mut caller, call) = answered(&mut bench, "");
    let to = E164::parse("+12025550123").unwrap();
    bench.command(Command::Refer { call, to }).unwrap();
    let refer = bench.asks("REFER");
    assert_eq!(refer.get("Refer-To"), "<sip:+12025550123@198.51.100.1:5060;user=phone>");
    bench.put(refer.answer(202, "", ""));
    assert_eq!(bench.event(), Event::TransferProgress { call, code: 202 });
    let told =
        "Event: refer\nSubscription-State: active\nContent-Type: message/sipfrag\n\nSIP/2.0 180 Ringing";
    bench.put(caller.next("NOTIFY", told));
    bench.code(200);
    assert_eq!(bench.event(), Event::TransferProgress { call, code: 180 });
    bench.put(caller.next("NOTIFY", "Event: presence\n"));
    bench.code(489);
    bench.no_event();
}
