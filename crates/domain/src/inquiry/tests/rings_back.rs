//! Somebody rings after a call of ours had missed them.

use super::*;
use crate::journal::Happened;

/// A call that this officer holds and that nobody answered.
fn missed(owner: StaffId) -> (Inquiry, Timestamp) {
    let call = start() + minutes(60);
    let callback = CallbackId::new(start(), &[3; 10]);
    let promised = promise(call, Some(owner));
    let inquiry = fresh().inquiry.promise(callback, promised, officer(), start()).unwrap().inquiry;
    assert_eq!(inquiry.missed_callback(), None, "nobody has called yet");
    assert!(inquiry.take_call(owner, call).is_err());
    let inquiry = inquiry.start_call(owner, call).unwrap().inquiry;
    assert_eq!(inquiry.take_call(owner, call), Err(Refusal::TakenByColleague), "it is under way");
    let next = again(call + minutes(5), Some(owner));
    let inquiry =
        inquiry.end_call(owner, CallOutcome::NoAnswer, next, call + minutes(240), call + minutes(1));
    (inquiry.unwrap().inquiry, call)
}

#[test]
fn the_call_that_is_owed_is_kept_when_they_ring() {
    let (inquiry, call) = missed(staff(1));
    // Whoever holds it: a colleague has them on the line.
    let taken = inquiry.take_call(staff(2), call + minutes(2)).unwrap();
    assert!(matches!(taken.happened[..], [Happened::CallStarted { attempt: 2, theirs: true, .. }]));
    let taken = taken.inquiry;
    let wrong = taken.end_call(staff(1), CallOutcome::Reached, again(call, None), call, call);
    assert_eq!(wrong.unwrap_err(), Refusal::TakenByColleague);
    let next = again(call + minutes(9), None);
    let ended = taken.end_call(staff(2), CallOutcome::Reached, next, call + minutes(240), call + minutes(6));
    let ended = ended.unwrap();
    assert!(matches!(ended.inquiry.stage, Stage::Spoken { officer, .. } if officer == staff(2)));
    let kept = ended.inquiry.past_callbacks.last().unwrap();
    let attempts: Vec<_> = kept.attempts.iter().map(|a| (a.outcome, a.theirs)).collect();
    assert_eq!(attempts, [(CallOutcome::NoAnswer, false), (CallOutcome::Reached, true)]);
    assert_eq!(kept.was_kept(), Some(true), "the first attempt was in the window");
    assert_eq!(ended.free, [kept.id.into()], "nobody's time is kept for the next call any more");
}

#[test]
fn whoever_rang_and_was_somebody_else_takes_nothing_from_the_person() {
    let (inquiry, call) = missed(staff(1));
    let taken = inquiry.take_call(staff(2), call + minutes(2)).unwrap().inquiry;
    for outcome in CallOutcome::ALL.into_iter().filter(|outcome| *outcome != CallOutcome::Reached) {
        let next = NextTry::None { look_again: call, then: Then::Letter };
        let ended = taken.end_call(staff(2), outcome, next, call, call + minutes(3)).unwrap();
        assert_eq!(ended.inquiry.stage, inquiry.stage, "as it was promised: {outcome:?}");
        assert_eq!((ended.announce.len(), ended.claims.len(), ended.releases.len()), (0, 0, 0));
        assert!(ended.inquiry.missed_callback().is_some(), "and they may ring again");
        // Whether the next call is made in time is looked at again: it may have been left alone meanwhile.
        assert_eq!(ended.jobs.len(), 1);
    }
}
