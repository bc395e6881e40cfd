//! A notice that nothing written has brought: the line calls, says who it is, and tells it to whoever presses the key.

use crate::{
    books::{NUMBER, kept, looked, to_be_told, wait},
    outward::trunk,
    peer::Peer,
    running::LIMIT,
    telephone::Line,
};
use domain::{
    call_record::Way,
    callback::CallOutcome,
    notice::{Delivery, Notice},
};
use std::{path::Path, time::Duration};
use store::Store;

/// The notice, once it is so.
async fn until(dir: &Path, notice: &Notice, is: impl Fn(&Notice) -> bool) -> Notice {
    let begun = std::time::Instant::now();
    loop {
        let books = looked(dir).await;
        let now = books.notice(notice.id).await.unwrap().unwrap();
        books.close().await;
        if is(&now) {
            return now;
        }
        assert!(begun.elapsed() < LIMIT, "{now:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A line that is about to call, and whom it calls.
fn about_to_call() -> (Line, Peer, Notice) {
    let closed = Line::beeping("number = \"+1 202 555 0100\"\n");
    closed.always_open();
    let notice = wait(to_be_told(closed.dir()));
    let peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, "allow = [\"127.0.0.0/8\"]\n"));
    (closed.serve(), peer, notice)
}

fn presses(peer: &mut Peer, key: char) {
    let kind = ["Content-Type: application/dtmf-relay"];
    peer.asked("INFO", &kind, &format!("Signal={key}\r\nDuration=160\r\n"), 200);
}

#[test]
fn whoever_presses_the_key_is_told_and_that_is_known() {
    let (line, mut peer, notice) = about_to_call();
    let invite = peer.asks("INVITE");
    assert!(invite.uri().starts_with("sip:+12025550101@"), "{}", invite.text);
    assert!(invite.get("From").contains("+12025550100"), "the published number: {}", invite.text);
    peer.picks_up(&invite);
    peer.is_spoken_to();
    peer.follows(&invite, "c");
    presses(&mut peer, '1');
    peer.is_spoken_to();
    // Nothing more is pressed: the line hangs up by itself.
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
    let told = wait(until(line.dir(), &notice, |notice| matches!(notice.delivery, Delivery::Sent { .. })));
    assert!(told.arrived.is_some());
    let [call] = wait(kept(line.dir(), NUMBER, 1)).try_into().unwrap();
    assert_eq!(
        (call.way, call.outcome, call.inquiry),
        (Way::Out, Some(CallOutcome::Reached), Some(notice.inquiry))
    );
    assert_eq!((call.staff, call.faults.len()), (None, 0), "{call:?}");
}

#[test]
fn whoever_wants_no_such_calls_says_so_by_a_key() {
    let (line, mut peer, notice) = about_to_call();
    let invite = peer.asks("INVITE");
    peer.picks_up(&invite);
    peer.follows(&invite, "c");
    presses(&mut peer, '9');
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
    let failed =
        wait(until(line.dir(), &notice, |notice| matches!(notice.delivery, Delivery::Failed { .. })));
    assert!(matches!(&failed.delivery, Delivery::Failed { why, .. } if why == "never"));
    let agreed = wait(async {
        let books = looked(line.dir()).await;
        let inquiry = books.inquiry(notice.inquiry).await.unwrap().unwrap();
        books.close().await;
        inquiry.reach.calls
    });
    assert!(!agreed);
}

#[test]
fn whoever_is_busy_is_called_again_later() {
    let (line, mut peer, notice) = about_to_call();
    let invite = peer.asks("INVITE");
    peer.answer(&invite, 486, "c", &[], "");
    peer.asks("ACK");
    let [call] = wait(kept(line.dir(), NUMBER, 1)).try_into().unwrap();
    assert_eq!(call.outcome, Some(CallOutcome::Busy));
    let later = wait(until(line.dir(), &notice, |notice| notice.version > 2));
    assert!(matches!(later.delivery, Delivery::Delayed { attempts: 1, .. }), "{later:?}");
    peer.quiet();
}
