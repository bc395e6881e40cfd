//! Session timers (RFC 4028).
#![expect(clippy::unwrap_used, reason = "a helper of tests")]

use crate::common::*;
use sip::*;

fn accepted(bench: &mut Bench, extra: &str) -> (Caller, Msg) {
    let mut caller = Caller::new("session");
    bench.put(caller.invite(extra, &usual_sdp()));
    bench.code(100);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    let ok = bench.code(200);
    ok.tag("To").unwrap().clone_into(&mut caller.to_tag);
    bench.put(caller.request("ACK", ""));
    (caller, ok)
}

#[test]
fn the_offered_interval_is_never_raised() {
    for (asked, granted) in
        [("600", "600;refresher=uac"), ("90", "90;refresher=uac"), ("7200", "1800;refresher=uac")]
    {
        let mut bench = Bench::new(settings());
        let (_, ok) = accepted(&mut bench, &format!("Supported: timer\nSession-Expires: {asked}\n"));
        assert_eq!(ok.get("Session-Expires"), granted);
        assert_eq!(ok.get("Require"), "timer");
    }
}

#[test]
fn an_interval_that_is_too_small_is_refused() {
    let mut bench = Bench::new(Settings { min_se: 120, ..settings() });
    bench.put(Caller::new("small").invite("Supported: timer\nx: 60\n", &usual_sdp()));
    assert_eq!(bench.code(422).get("Min-SE"), "120");
    bench.no_event();
}

#[test]
fn a_caller_who_does_not_refresh_is_hung_up_on() {
    let mut bench = Bench::new(settings());
    let (_, _) = accepted(&mut bench, "Supported: timer\nSession-Expires: 600;refresher=uac\n");
    bench.secs(567);
    bench.quiet();
    bench.secs(2);
    bench.asks("BYE");
    assert_eq!(bench.ended(), Ended::SessionExpired);
}

#[test]
fn a_caller_who_refreshes_stays() {
    let mut bench = Bench::new(settings());
    let (mut caller, _) = accepted(&mut bench, "Supported: timer\nSession-Expires: 600;refresher=uac\n");
    for _ in 0..5 {
        bench.secs(300);
        bench.put(caller.next("UPDATE", "Supported: timer\nSession-Expires: 600;refresher=uac\n"));
        assert_eq!(bench.code(200).get("Session-Expires"), "600;refresher=uac");
    }
    bench.secs(300);
    bench.put(caller.next_sdp(
        "INVITE",
        "Supported: timer\nSession-Expires: 600;refresher=uac\n",
        &usual_sdp(),
    ));
    assert_eq!(bench.code(200).get("Session-Expires"), "600;refresher=uac");
    bench.put(caller.request("ACK", ""));
    bench.secs(560);
    bench.quiet();
    assert_eq!(bench.line.calls(), 1);
}

#[test]
fn we_refresh_by_update_where_it_is_known() {
    let mut bench = Bench::new(settings());
    let extra = "Supported: timer\nAllow: INVITE, ACK, UPDATE\nSession-Expires: 600;refresher=uas\n";
    let (_, ok) = accepted(&mut bench, extra);
    assert_eq!(ok.get("Session-Expires"), "600;refresher=uas");
    for _ in 0..3 {
        bench.secs(300);
        let update = bench.asks("UPDATE");
        assert_eq!(update.get("Session-Expires"), "600;refresher=uac");
        assert_eq!(update.body, "");
        bench.put(update.answer(
            200,
            "",
            "Contact: <sip:caller@198.51.100.1>\nSession-Expires: 600;refresher=uac\n",
        ));
    }
    bench.quiet();
    // Not answered at all: the call is over.
    bench.secs(333);
    bench.sent.retain(|msg| msg.method() != "UPDATE");
    bench.asks("BYE");
    assert_eq!(bench.ended(), Ended::TransportLost);
}

#[test]
fn we_refresh_by_invite_where_update_is_not_known() {
    let mut bench = Bench::new(settings());
    // Nobody asked for a timer: it is ours then.
    let (_, ok) = accepted(&mut bench, "");
    assert_eq!(ok.get("Session-Expires"), "1800;refresher=uas");
    assert_eq!(ok.find("Require"), None);
    bench.secs(900);
    let invite = bench.asks("INVITE");
    assert!(invite.body.contains("m=audio 20000"));
    bench.events.clear();
    let body = format!(
        "Contact: <sip:caller@198.51.100.1>\nSession-Expires: 1800;refresher=uac\nContent-Type: application/sdp\n\n{}",
        usual_sdp()
    );
    bench.put(invite.answer(200, "", &body));
    bench.asks("ACK");
    bench.no_event();
    bench.secs(900);
    bench.asks("INVITE");
}

#[test]
fn an_update_that_is_not_known_after_all() {
    let mut bench = Bench::new(settings());
    accepted(&mut bench, "Supported: timer\nAllow: UPDATE\nSession-Expires: 600;refresher=uas\n");
    bench.secs(300);
    let update = bench.asks("UPDATE");
    bench.put(update.answer(501, "", ""));
    bench.asks("INVITE");
}

#[test]
fn our_call_takes_what_the_callee_grants() {
    let mut bench = Bench::new(settings());
    let (invite, call) =
        dialled(&mut bench, "Require: timer\nSession-Expires: 200;refresher=uac\nAllow: UPDATE\n");
    assert_eq!(invite.get("Session-Expires"), "1800");
    bench.secs(100);
    let update = bench.asks("UPDATE");
    // More is wanted for the refresh: as much as they say.
    bench.put(update.answer(422, "", "Min-SE: 300\n"));
    let update = bench.asks("UPDATE");
    assert_eq!(update.get("Session-Expires"), "300;refresher=uac");
    bench.put(update.answer(200, "", "Session-Expires: 300;refresher=uas\n"));
    bench.secs(267);
    bench.quiet();
    bench.secs(2);
    bench.asks("BYE");
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::SessionExpired });
}

#[test]
fn our_call_asks_again_when_the_interval_was_too_small() {
    let mut bench = Bench::new(Settings { session_expires: 120, ..settings() });
    bench.dial();
    let invite = bench.asks("INVITE");
    assert_eq!(invite.get("Session-Expires"), "120");
    bench.put(invite.answer(422, "callee", "Min-SE: 900\n"));
    bench.asks("ACK");
    let again = bench.asks("INVITE");
    assert_eq!((again.get("Session-Expires"), again.get("Min-SE"), again.cseq()), ("900", "900", 2));
    assert_eq!(again.get("Call-ID"), invite.get("Call-ID"));
    bench.no_event();
}
