//! Somebody whom an officer called in vain rings the published number: from the number that was called, they are put through.

use crate::{
    books::{NUMBER, looked, now, promised_at_noon, wait},
    caller::Caller,
    officer::Officer,
    outward::trunk,
    peer::Peer,
    running::LIMIT,
    telephone::Line,
};
use domain::{
    call_record::CallEnd,
    callback::CallOutcome,
    ids::InquiryId,
    inquiry::{Inquiry, Stage},
    journal::Happened,
};
use jiff::SignedDuration;
use std::{
    path::Path,
    time::{Duration, Instant},
};
use store::Store;

/// Until the line has taken in what was pressed.
const MOMENT: Duration = Duration::from_millis(1_200);

/// The inquiry, once it is so, and what has happened to it.
async fn until(dir: &Path, id: InquiryId, is: impl Fn(&Inquiry) -> bool) -> (Inquiry, Vec<Happened>) {
    let begun = Instant::now();
    loop {
        let books = looked(dir).await;
        let inquiry = books.inquiry(id).await.unwrap().unwrap();
        let told = books.story(id).await.unwrap();
        books.close().await;
        if is(&inquiry) {
            return (inquiry, told.into_iter().map(|written| written.entry.happened).collect());
        }
        assert!(begun.elapsed() < LIMIT, "{told:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[test]
fn whoever_was_called_in_vain_reaches_the_officer_and_the_promise_is_kept() {
    let closed = Line::beeping("number = \"+1 202 555 0100\"\n");
    let dir = closed.dir().to_owned();
    closed.always_open();
    let inquiry = wait(promised_at_noon(&dir));
    let mut peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, "allow = [\"127.0.0.0/8\"]\n"));
    let mut line = closed.serve();
    let at = line.at;
    let mut officer = Officer::sits_down(&mut line);
    officer.calls(&inquiry);
    let invite = peer.asks("INVITE");
    peer.answer(&invite, 486, "c", &[], "");
    peer.asks("ACK");
    officer.sees("data-phone=\"ended\"");
    let (missed, _) = wait(until(&dir, inquiry.id, |inquiry| inquiry.missed_callback().is_some()));
    let owed = missed.callback().unwrap().next_attempt;
    officer.chooses("ready");

    let caller = std::thread::spawn(move || {
        let mut caller = Caller::dial(at, NUMBER);
        for keys in ["1", "1"] {
            caller.wait(MOMENT);
            caller.press(keys);
        }
        // Until the officer has hung up, and nothing more is wanted.
        caller.wait(Duration::from_secs(12));
        caller.press("2");
        caller.until_hung_up()
    });
    officer.sees("data-phone=\"ringing\"");
    officer.presses(&[("do", "answer")]);
    officer.sees("data-phone=\"talking\"");
    let calling = |inquiry: &Inquiry| matches!(inquiry.stage, Stage::Calling { theirs: true, .. });
    let (_, story) = wait(until(&dir, inquiry.id, calling));
    let rang = story.iter().find_map(|happened| match happened {
        Happened::RangBack { proved, .. } => Some(*proved),
        _ => None,
    });
    assert_eq!(rang, Some(false), "by the number alone nothing is proved");
    officer.hangs_up();
    officer.says_it_ended(&inquiry, CallOutcome::Reached);
    let (kept, story) =
        wait(until(&dir, inquiry.id, |inquiry| matches!(inquiry.stage, Stage::Spoken { .. })));
    let attempts = &kept.past_callbacks.last().unwrap().attempts;
    let attempts: Vec<_> = attempts.iter().map(|call| (call.outcome, call.theirs)).collect();
    assert_eq!(attempts, [(CallOutcome::Busy, false), (CallOutcome::Reached, true)]);
    assert!(now() < owed + SignedDuration::from_mins(1), "before the next call was due");
    assert!(story.iter().any(|happened| matches!(happened, Happened::CallStarted { theirs: true, .. })));
    caller.join().unwrap();
    let calls = wait(crate::books::kept(&dir, NUMBER, 2));
    let theirs = &calls[1];
    assert_eq!(theirs.end, Some(CallEnd::Operator), "{theirs:?}");
    let walked = theirs.states.join(" ");
    assert!(
        walked.contains("rang-back owed put-through put-through-now queue connect after-talk"),
        "{walked}"
    );
}
