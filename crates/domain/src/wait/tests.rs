//! The rules of the wait, one by one. How they hold together is in `walks`.

use super::*;
use crate::{
    callback::CallOutcome,
    codes::{QueueCode, ReasonCode},
    ids::{NodeId, StaffId, WaitId},
    journal::Happened,
    text::Lang,
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};

/// So many seconds after a Monday morning.
pub(super) fn at(seconds: i64) -> Timestamp {
    let monday: Timestamp = "2031-03-03T15:00:00Z".parse().unwrap();
    monday + SignedDuration::from_secs(seconds)
}

pub(super) fn queue() -> QueueCode {
    "tier1".parse().unwrap()
}

pub(super) fn reason(code: &str) -> ReasonCode {
    code.parse().unwrap()
}

pub(super) fn node(n: u8) -> NodeId {
    NodeId::new(at(0), &[n; 10])
}

pub(super) fn staff(n: u8) -> StaffId {
    StaffId::new(at(0), &[n; 10])
}

pub(super) fn new(n: u8) -> NewWait {
    NewWait {
        id: WaitId::new(at(0), &[n; 10]),
        queue: queue(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550101".parse().unwrap()),
        zone: None,
        first_asked: None,
        node: Some(node(1)),
        owed: None,
        keyed: crate::wait::Keyed::default(),
        about: crate::wait::AboutCaller::default(),
    }
}

pub(super) fn joined(new: NewWait, now: Timestamp) -> WaitingCaller {
    WaitingCaller::join(new, &WaitRules::default(), now).unwrap().caller.unwrap()
}

pub(super) fn speaks(langs: &[Lang]) -> Skills {
    Skills { langs: langs.iter().cloned().collect(), ..Skills::default() }
}

pub(super) fn ready(n: u8, now: Timestamp) -> Operator {
    let at_desk = Some((speaks(&[Lang::en()]), Some(node(1))));
    let step = Operator::new(staff(n)).choose(Choice::Ready, at_desk, &WaitRules::default(), now);
    step.unwrap().operator.unwrap()
}

pub(super) fn both(step: Result<WaitStep, Refused>) -> (WaitingCaller, Operator) {
    let step = step.unwrap();
    (step.caller.unwrap(), step.operator.unwrap())
}

pub(super) fn rules() -> WaitRules {
    WaitRules::default()
}

#[test]
fn a_grant_is_accepted_by_its_number_while_it_lasts() {
    let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
    let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
    assert_eq!(offered.operator(), Some(staff(1)));
    assert_eq!(ringing.status.caller(), Some(caller.id));
    // An answer to another grant, of another operator, or too late.
    assert_eq!(offered.accept(&ringing, 2, None, at(11)).unwrap_err(), Refused::GrantOver);
    assert_eq!(offered.accept(&ready(2, at(0)), 1, None, at(11)).unwrap_err(), Refused::GrantOver);
    assert_eq!(offered.accept(&ringing, 1, None, at(30)).unwrap_err(), Refused::GrantOver);
    let (talking, busy) = both(offered.accept(&ringing, 1, None, at(29)));
    assert_eq!(talking.waited(at(99)), SignedDuration::from_secs(29));
    assert_eq!(talking.accept(&busy, 1, None, at(29)).unwrap_err(), Refused::GrantOver);

    let (over, wraps) = both(talking.end_talk(&busy, &rules(), at(129)));
    assert_eq!(over.state, State::Over { how: How::Answered, at: at(129) });
    assert_eq!(wraps.status.as_str(), "wrap-up");
    // It runs out by itself, and is part of the call's time.
    let free = wraps.settled(at(189));
    assert_eq!(free.status, Status::Ready { since: at(189) });
    assert_eq!(free.handled, [Handled { at: at(129), seconds: 100 + 60 }]);
}

#[test]
fn a_declined_or_unanswered_caller_is_where_they_were() {
    let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
    let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
    assert_eq!(offered.expire(&ringing, at(29)).unwrap_err(), Refused::GrantLasts);

    let (back, pausing) = both(offered.decline(&ringing, 1, &rules(), at(12)));
    assert_eq!((&back.state, back.place()), (&State::Waiting, caller.place()));
    assert!(matches!(pausing.status, Status::NotReady { why: Unready::Declined, .. }));
    assert_eq!(
        match_up(
            std::slice::from_ref(&back),
            std::slice::from_ref(&pausing),
            &Apart::new(),
            &rules(),
            at(71)
        ),
        []
    );
    assert_eq!(pausing.settled(at(72)).status, Status::Ready { since: at(72) });

    let (back, away) = both(offered.expire(&ringing, at(30)));
    assert_eq!((&back.state, back.place()), (&State::Waiting, caller.place()));
    assert!(matches!(away.status, Status::NotReady { why: Unready::Unanswered, until: None, .. }));
    assert_eq!(back.accept(&away, 1, None, at(30)).unwrap_err(), Refused::GrantOver);
}

#[test]
fn an_operator_whose_caller_hangs_up_is_still_the_one_who_waited_longest() {
    let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
    let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
    let (gone, free) = both(offered.leave(Some(&ringing), How::GaveUp, &rules(), at(12)));
    assert_eq!(gone.state, State::Over { how: How::GaveUp, at: at(12) });
    assert_eq!(free.status, Status::Ready { since: at(0) });
    // Without the operator's record nothing is done: both or none.
    assert!(offered.leave(None, How::GaveUp, &rules(), at(12)).is_err());
}

#[test]
fn a_kept_place_comes_up_like_any_other_and_is_called_back() {
    let caller = joined(new(1), at(0));
    let away = caller.keep(None, AwayWhy::Asked, &rules(), at(60)).unwrap().caller.unwrap();
    assert_eq!((away.first_asked, away.place(), away.node), (at(0), caller.place(), None));
    let (operator, later) = (ready(1, at(0)), joined(new(2), at(30)));
    let first =
        match_up(&[later, away.clone()], std::slice::from_ref(&operator), &Apart::new(), &rules(), at(90));
    assert_eq!(first, [Match { caller: away.id, operator: staff(1) }]);

    let (offered, ringing) = both(away.offer(&operator, &rules(), at(90)));
    let (calling, busy) = both(offered.accept(&ringing, 1, Some(node(2)), at(95)));
    assert_eq!((calling.state.as_str(), calling.talked), ("calling", None), "nobody has spoken yet");
    let (missed, free) = both(calling.missed(&busy, CallOutcome::NoAnswer, &rules(), at(120)));
    assert_eq!(free.status, Status::Ready { since: at(120) });
    assert!(!missed.is_due(at(419)) && missed.is_due(at(420)));
    assert_eq!(missed.offer(&free, &rules(), at(419)).unwrap_err(), Refused::NotYet);
    assert_eq!(missed.place(), caller.place());

    let reached = calling.reached(at(100)).unwrap().caller.unwrap();
    let (machine, free) = both(reached.missed(&busy, CallOutcome::Machine, &rules(), at(110)));
    assert!(matches!(&machine.state, State::Away(away) if away.tries == 1), "it was not they who answered");
    assert_eq!((machine.talked, machine.place()), (None, caller.place()));
    assert_eq!(free.status, Status::Ready { since: at(110) });
    assert!(reached.missed(&busy, CallOutcome::Busy, &rules(), at(110)).is_err());
    assert_eq!(reached.talked, Some(at(100)));
    let (over, _) = both(reached.end_talk(&busy, &rules(), at(200)));
    assert_eq!(over.state, State::Over { how: How::CalledBack, at: at(200) });
}

#[test]
fn calling_back_ends_after_so_many_times_and_at_once_when_declined() {
    let mut caller = joined(NewWait { node: None, ..new(1) }, at(0));
    let mut now = at(0);
    for n in 1..=3 {
        now += SignedDuration::from_mins(5);
        let operator = ready(1, now);
        let (offered, ringing) = both(caller.offer(&operator, &rules(), now));
        let (calling, busy) = both(offered.accept(&ringing, n, Some(node(1)), now));
        let (declined, _) = both(calling.missed(&busy, CallOutcome::Declined, &rules(), now));
        assert_eq!(declined.state, State::Over { how: How::GaveUp, at: now });
        caller = both(calling.missed(&busy, CallOutcome::Busy, &rules(), now)).0;
    }
    assert_eq!(caller.state, State::Over { how: How::Lost, at: now });
}

/// Called back once in vain, and how long after that the next time is; none when there is none.
fn missed_once(
    caller: &WaitingCaller,
    outcome: CallOutcome,
    rules: &WaitRules,
    now: Timestamp,
) -> (WaitingCaller, Option<i64>) {
    let operator = ready(1, now);
    let (offered, ringing) = both(caller.offer(&operator, rules, now));
    let (calling, busy) = both(offered.accept(&ringing, offered.grants, Some(node(1)), now));
    let (missed, _) = both(calling.missed(&busy, outcome, rules, now));
    let again = match &missed.state {
        State::Away(away) => away.not_before.map(|then| then.duration_since(now).as_mins()),
        _ => None,
    };
    (missed, again)
}

#[test]
fn each_outcome_has_its_own_pace_and_our_own_fault_is_no_call() {
    let written = WaitRulesAsWritten {
        callback_retry: [(CallOutcome::Busy, vec![3, 4]), (CallOutcome::Declined, vec![60])].into(),
        callback_tries: 5,
        ..WaitRulesAsWritten::default()
    };
    let rules = WaitRules::new(written).unwrap();
    let mut caller = joined(NewWait { node: None, ..new(1) }, at(0));
    let mut now = at(0);
    let mut paces = Vec::new();
    let calls = [
        CallOutcome::Busy,
        CallOutcome::LineFault,
        CallOutcome::NoAnswer,
        CallOutcome::LineFault,
        CallOutcome::Busy,
        CallOutcome::LineFault,
        CallOutcome::LineFault,
        CallOutcome::Declined,
    ];
    for outcome in calls {
        let again;
        (caller, again) = missed_once(&caller, outcome, &rules, now);
        paces.push(again.unwrap());
        now += SignedDuration::from_mins(again.unwrap());
    }
    assert_eq!(paces, [3, 1, 5, 2, 4, 5, 5, 60], "after a fault of ours the last pace holds on");
    let outcomes: Vec<CallOutcome> = caller.tried.iter().map(|tried| tried.outcome).collect();
    assert_eq!(outcomes, calls, "each is kept");
    // Busy a third time: there is no third pace.
    let (over, again) = missed_once(&caller, CallOutcome::Busy, &rules, now);
    assert_eq!((again, over.state), (None, State::Over { how: How::Lost, at: now }));
    // And no more than five calls that were no fault of ours, however they end.
    let (caller, _) = missed_once(&caller, CallOutcome::NoAnswer, &rules, now);
    assert!(!caller.is_live());
}

#[test]
fn a_kept_place_is_called_in_the_hours_of_both() {
    use crate::calendar::{tests::office, windows::CallbackRules, windows::CallbackRulesAsWritten};
    let line = office("America/New_York", &["08:00-20:00"]);
    let written = CallbackRulesAsWritten {
        zones: vec!["America/New_York".parse().unwrap(), "America/Los_Angeles".parse().unwrap()],
        ..CallbackRulesAsWritten::default()
    };
    let (callbacks, wait) = (CallbackRules::new(written).unwrap(), rules());
    let hours = CallHours { callbacks: &callbacks, wait: &wait, line: &line };
    // Monday 19:50 in New York, 16:50 in Los Angeles.
    let asked: Timestamp = "2031-03-03T19:50:00-05:00".parse().unwrap();
    let when = |caller: &WaitingCaller, at: &str| hours.allow(caller, at.parse().unwrap());
    let zone = |zone: Option<&str>| {
        let new = NewWait { node: None, zone: zone.map(|zone| zone.parse().unwrap()), ..new(1) };
        WaitingCaller::join(new, &rules(), asked).unwrap().caller.unwrap()
    };
    let (east, west, unknown) =
        (zone(Some("America/New_York")), zone(Some("America/Los_Angeles")), zone(None));
    for caller in [&east, &west, &unknown] {
        assert!(when(caller, "2031-03-03T19:55:00-05:00"), "they asked just now");
        assert!(!when(caller, "2031-03-03T20:05:00-05:00"), "the line is closed");
    }
    assert!(when(&east, "2031-03-04T08:00:00-05:00"));
    assert!(!when(&west, "2031-03-04T08:00:00-05:00"), "five in the morning");
    assert!(when(&west, "2031-03-04T10:00:00-05:00"));
    assert!(!when(&unknown, "2031-03-04T09:59:00-05:00"), "it may be before seven where they are");
    assert!(when(&unknown, "2031-03-04T10:00:00-05:00"));
    assert!(!when(&unknown, "2031-03-04T18:15:00-05:00"), "it may be evening where they are");
    assert!(when(&west, "2031-03-04T18:15:00-05:00"));
    assert_eq!(hours.first(&west, asked), Some(asked));
    let night: Timestamp = "2031-03-03T22:00:00-05:00".parse().unwrap();
    assert_eq!(hours.first(&east, night), Some("2031-03-04T08:00:00-05:00".parse().unwrap()));
    assert_eq!(hours.first(&west, night), Some("2031-03-04T10:00:00-05:00".parse().unwrap()));
    // Who is on the line is not called.
    assert!(hours.allow(&joined(new(2), asked), night));
}

#[test]
fn whoever_calls_again_is_at_the_place_they_kept() {
    let caller = joined(new(1), at(0));
    let away = caller.keep(None, AwayWhy::Dropped, &rules(), at(60)).unwrap().caller.unwrap();
    let back = away.rejoin(node(2), at(900)).unwrap().caller.unwrap();
    assert_eq!((&back.state, back.place(), back.node), (&State::Waiting, caller.place(), Some(node(2))));
    // While an operator is being rung for them, and while they are being dialled.
    let operator = ready(1, at(0));
    let (offered, ringing) = both(away.offer(&operator, &rules(), at(90)));
    let here = offered.rejoin(node(1), at(91)).unwrap().caller.unwrap();
    assert_eq!(both(here.accept(&ringing, 1, None, at(92))).0.state.as_str(), "talking");
    let (calling, _) = both(offered.accept(&ringing, 1, Some(node(1)), at(92)));
    assert_eq!(calling.rejoin(node(1), at(93)).unwrap().caller.unwrap().state.as_str(), "talking");
    assert!(back.rejoin(node(2), at(901)).is_err());
}

#[test]
fn a_lost_process_keeps_its_callers_places() {
    let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
    let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
    let (talking, busy) = both(offered.accept(&ringing, 1, None, at(11)));
    for (caller, operator) in [(&caller, None), (&offered, Some(&ringing)), (&talking, Some(&busy))] {
        let step = caller.node_lost(operator, &rules(), at(40)).unwrap();
        let kept = step.caller.unwrap();
        assert!(matches!(kept.state, State::Away(Away { why: AwayWhy::Dropped, .. })));
        assert_eq!((kept.first_asked, kept.place()), (at(0), caller.place()));
        assert!(
            step.operator.is_none_or(|o| matches!(o.status, Status::NotReady { why: Unready::Lost, .. }))
        );
    }
    // An operator connected elsewhere goes on.
    let elsewhere = Operator { node: Some(node(2)), ..busy };
    let (_, wraps) = both(talking.node_lost(Some(&elsewhere), &rules(), at(40)));
    assert_eq!(wraps.status.as_str(), "wrap-up");
    // Nobody can call back a caller without a number: that is told as it is.
    let hidden = joined(NewWait { number: None, ..new(2) }, at(0));
    assert_eq!(hidden.keep(None, AwayWhy::Asked, &rules(), at(1)).unwrap_err(), Refused::NoNumber);
    let over = hidden.node_lost(None, &rules(), at(1)).unwrap().caller.unwrap();
    assert_eq!(over.state, State::Over { how: How::Lost, at: at(1) });
}

#[test]
fn a_lost_operator_leaves_the_caller_where_they_were() {
    let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
    let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
    let (talking, busy) = both(offered.accept(&ringing, 1, None, at(11)));
    for (had, by) in [(&offered, &ringing), (&talking, &busy)] {
        let (back, gone) = both(had.cut_off(by, at(40)));
        assert_eq!((&back.state, back.place(), back.node), (&State::Waiting, caller.place(), Some(node(1))));
        assert!(matches!(gone.status, Status::NotReady { why: Unready::Lost, .. }));
    }
    assert!(caller.cut_off(&operator, at(40)).is_err());
    assert!(busy.lost(at(40)).is_err());
    assert!(operator.lost(at(40)).is_ok());
}

#[test]
fn what_an_operator_chooses_during_a_call_holds_afterwards() {
    let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
    let (offered, ringing) = both(caller.offer(&operator, &rules(), at(10)));
    let (talking, busy) = both(offered.accept(&ringing, 1, None, at(11)));
    let pause = Choice::NotReady { reason: Some("break".parse().unwrap()) };
    let busy = busy.choose(pause, None, &rules(), at(20)).unwrap().operator.unwrap();
    assert!(!busy.is_serving());
    let (_, wraps) = both(talking.end_talk(&busy, &rules(), at(100)));
    assert_eq!(wraps.status.as_str(), "wrap-up");
    let extended = wraps.extend_wrap_up(&rules(), at(130)).unwrap().operator.unwrap();
    assert_eq!(extended.settled(at(219)).status.as_str(), "wrap-up");
    assert!(matches!(extended.settled(at(220)).status, Status::NotReady { since, .. } if since == at(220)));
    assert_eq!(operator.extend_wrap_up(&rules(), at(130)).unwrap_err(), operator.elsewhere());
}

#[test]
fn wrap_up_is_extended_only_so_far() {
    let (caller, operator) = (joined(new(1), at(0)), ready(1, at(0)));
    let (offered, ringing) = both(caller.offer(&operator, &rules(), at(0)));
    let (talking, busy) = both(offered.accept(&ringing, 1, None, at(0)));
    let (_, mut wraps) = both(talking.end_talk(&busy, &rules(), at(0)));
    for _ in 0..9 {
        wraps = wraps.extend_wrap_up(&rules(), at(1)).unwrap().operator.unwrap();
    }
    assert_eq!(wraps.extend_wrap_up(&rules(), at(1)).unwrap_err(), Refused::LongEnough);
}

#[test]
fn priority_and_deadlines_order_those_who_wait() {
    let rules = WaitRules::new(WaitRulesAsWritten {
        priority: vec![Priority { reason: reason("lost-card"), minutes: 10 }],
        ..WaitRulesAsWritten::default()
    })
    .unwrap();
    let join = |new, now| WaitingCaller::join(new, &rules, now).unwrap().caller.unwrap();
    let plain = join(new(1), at(0));
    let ahead = join(NewWait { reason: Some(reason("lost-card")), ..new(2) }, at(599));
    let behind = join(NewWait { reason: Some(reason("lost-card")), ..new(3) }, at(601));
    let urgent = join(NewWait { urgency: Urgency::Urgent, ..new(4) }, at(3600));
    let mut all = [&behind, &urgent, &plain, &ahead];
    all.sort_by_key(|caller| caller.place());
    assert_eq!(all.map(|c| c.id), [urgent.id, ahead.id, plain.id, behind.id]);
    // The order is that of the scores, at whatever time one looks.
    for now in [at(700), at(70_000)] {
        assert!(ahead.score(now) >= plain.score(now) && plain.score(now) >= behind.score(now));
    }
}

#[test]
fn rings_widen_with_time() {
    let mut spanish = ready(1, at(0));
    spanish.skills = Skills { reasons: [reason("lost-card")].into(), ..speaks(&[Lang::es()]) };
    let caller = joined(NewWait { reason: Some(reason("address")), lang: Lang::es(), ..new(1) }, at(0));
    assert!(!can_serve(&spanish, &caller, &rules(), at(59)));
    assert!(can_serve(&spanish, &caller, &rules(), at(60)));
    let english = joined(new(2), at(0));
    assert!(!can_serve(&spanish, &english, &rules(), at(9_999)), "no ring gives up the language here");
    // On the line of one process, connected to another: it could not be connected.
    let near = Operator { node: Some(node(2)), ..ready(2, at(0)) };
    assert!(!can_serve(&near, &english, &rules(), at(0)));
    let away = english.keep(None, AwayWhy::Asked, &rules(), at(0)).unwrap().caller.unwrap();
    assert!(can_serve(&near, &away, &rules(), at(0)));
}

#[test]
fn rules_that_make_no_sense_are_refused() {
    let with = |change: fn(&mut WaitRulesAsWritten)| {
        let mut rules = WaitRulesAsWritten::default();
        change(&mut rules);
        WaitRules::new(rules).unwrap_err()
    };
    assert_eq!(with(|r| r.ring[0].after_seconds = 1), WaitRulesError::Rings);
    assert_eq!(with(|r| r.ring.clear()), WaitRulesError::Rings);
    assert_eq!(with(|r| r.ring[0].language = false), WaitRulesError::Rings, "later rings ask for less");
    assert_eq!(with(|r| r.offer_seconds = 4), WaitRulesError::Offer(4));
    assert_eq!(with(|r| r.wrap_up_seconds = 601), WaitRulesError::WrapUp);
    assert_eq!(with(|r| r.callback_tries = 0), WaitRulesError::Tries(0));
    let priority = |minutes| Priority { reason: reason("a"), minutes };
    assert_eq!(
        WaitRules::new(WaitRulesAsWritten {
            priority: vec![priority(1441)],
            ..WaitRulesAsWritten::default()
        }),
        Err(WaitRulesError::Priority(1441))
    );
    assert!(matches!(
        WaitRules::new(WaitRulesAsWritten {
            priority: vec![priority(1), priority(2)],
            ..WaitRulesAsWritten::default()
        }),
        Err(WaitRulesError::Twice(_))
    ));
}

#[test]
fn estimates_are_bands_or_nothing() {
    let callers: Vec<_> = (1..=5).map(|n| joined(new(n), at(i64::from(n)))).collect();
    let none = standings(&callers, &[], &rules(), at(60));
    assert!(none.iter().all(|s| s.band.is_none()), "nobody is on duty");
    assert_eq!(none.iter().map(|s| s.ahead).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);

    let talking = |n: u8, times: &[u32]| {
        let mut operator = ready(n, at(0));
        operator.status = Status::Talking { caller: WaitId::new(at(0), &[99; 10]), since: at(0) };
        operator.handled = times.iter().map(|t| Handled { at: at(0), seconds: *t }).collect();
        operator
    };
    let unknown = standings(&callers, &[talking(1, &[300, 300])], &rules(), at(60));
    assert!(unknown.iter().all(|s| s.band.is_none()), "two calls are nothing to go by");

    let busy = [talking(1, &[300, 300, 300]), talking(2, &[300])];
    let told = standings(&callers, &busy, &rules(), at(60));
    // Five calls of five minutes by two operators: 12.5 minutes, by 1.28 · √5 · 2.5 ÷ 2 to each side.
    assert_eq!(told[4].band, Some(Band { least: 8, most: 17 }));
    assert!(told.windows(2).all(|w| w[0].band.unwrap().most <= w[1].band.unwrap().most));
    let free = standings(&callers[..1], &[ready(1, at(0))], &rules(), at(60));
    assert_eq!(free[0].band, Some(Band { least: 0, most: 1 }));
    // What is half a day old is no basis.
    let stale = standings(&callers, &busy, &rules(), at(60 + 12 * 3600));
    assert!(stale.iter().all(|s| s.band.is_none()));
}

#[test]
fn those_whom_other_operators_serve_are_not_ahead() {
    let spanish = joined(NewWait { lang: Lang::es(), ..new(1) }, at(0));
    let english = joined(new(2), at(5));
    let mut other = ready(2, at(0));
    other.skills = speaks(&[Lang::es()]);
    let apart =
        standings(&[spanish.clone(), english.clone()], &[ready(1, at(0)), other.clone()], &rules(), at(9));
    assert_eq!(apart.iter().map(|s| s.ahead).collect::<Vec<_>>(), [0, 0]);
    other.skills = speaks(&[Lang::es(), Lang::en()]);
    let shared = standings(&[english, spanish], &[ready(1, at(0)), other], &rules(), at(9));
    assert_eq!(shared.iter().map(|s| s.ahead).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn what_was_told_is_compared_with_what_came_true() {
    let mut caller = joined(new(1), at(0));
    let told = |seconds, least, most| Told { at: at(seconds), ahead: 1, least, most };
    for told in [told(0, 5, 10), told(60, 1, 3), told(120, 9, 12)] {
        caller = caller.tell(told);
    }
    assert_eq!(Accuracy::of([&caller]), Accuracy::default(), "nothing has come true yet");
    caller.talked = Some(at(360));
    let accuracy = Accuracy { known: 3, inside: 1, shorter: 1, longer: 1 };
    assert_eq!(Accuracy::of([&caller]), accuracy);
    for n in 0..20 {
        caller = caller.tell(told(121 + n, 0, 1));
    }
    assert_eq!(caller.told.len(), MOST_TOLD);
    assert_eq!((caller.told[0].at, caller.told[MOST_TOLD - 1].at), (at(0), at(140)));
}

#[test]
fn neither_records_nor_entries_print_or_journal_a_number() {
    let step = WaitingCaller::join(new(1), &rules(), at(0)).unwrap();
    assert!(!format!("{step:?}").contains("555"));
    let caller = step.caller.unwrap();
    assert!(!serde_json::to_string(&step.happened).unwrap().contains("555"));
    let kept: WaitingCaller = serde_json::from_str(&serde_json::to_string(&caller).unwrap()).unwrap();
    assert_eq!(kept, caller);
    assert_eq!(phone_key(caller.number.as_ref().unwrap()).len(), 64);
    let [Happened::Wait { did: WaitDid::Joined { .. }, .. }] = step.happened.as_slice() else { panic!() };
}
