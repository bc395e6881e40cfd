mod apart;
mod decisions;
mod duty;

use super::*;
use crate::{
    appointment::AppointmentEnd,
    ids::{InquiryId, WaitId},
    number::InquiryNumber,
    wait::{AboutCaller, How, Told},
};
use jiff::{SignedDuration, Timestamp};

fn at(seconds: i64) -> Timestamp {
    let monday: Timestamp = "2031-03-03T15:00:00Z".parse().unwrap();
    monday + SignedDuration::from_secs(seconds)
}

/// A wait that began at 0: when they spoke, when it was over, how.
fn wait(talked: Option<i64>, ended: i64, how: How) -> Waited {
    Waited {
        id: WaitId::new(at(0), &[4; 10]),
        queue: "operators".parse().unwrap(),
        lang: "en".parse().unwrap(),
        reason: Some("lost-card".parse().unwrap()),
        number: None,
        asked: at(0),
        talked: talked.map(at),
        ended: at(ended),
        how,
        told: None,
        tried: 0,
        passed: false,
        about: AboutCaller::default(),
        measured: true,
        held: None,
        escalated: false,
    }
}

fn owed(office: &str, what: OwedWhat) -> Owed {
    Owed {
        inquiry: InquiryId::new(at(0), &[1; 10]),
        number: InquiryNumber::from_chance(7),
        reason: "lost-card".parse().unwrap(),
        office: office.parse().unwrap(),
        lang: "es".parse().unwrap(),
        relay: false,
        represented: false,
        asked: at(0),
        due: at(3 * 86_400),
        what,
    }
}

fn call(came: CallCame) -> Owed {
    let dialled = (came != CallCame::GivenBack && came != CallCame::Open).then(|| at(60));
    owed("SPR", OwedWhat::Call(Promised { dialled, ..promised(came) }))
}

fn promised(came: CallCame) -> Promised {
    Promised {
        from: at(0),
        dialled: None,
        moved: false,
        moved_by_us: false,
        talked: None,
        late: None,
        came,
        passed: None,
        decided: None,
    }
}

fn visit(end: Option<AppointmentEnd>) -> Owed {
    owed("LAK", OwedWhat::Visit(end))
}

fn value(facts: &Facts, indicator: Indicator) -> (Option<i64>, u64, u64) {
    let measures = count(facts, By::All);
    let found = measures.iter().find(|measure| measure.indicator == indicator).unwrap();
    (found.value, found.n, found.left_out)
}

/// One who held 10 s, one who held 60 s, one called back after an hour, one who left after 3 s, one who left after 90 s.
fn a_day() -> Facts {
    let waits = vec![
        wait(Some(10), 130, How::Answered),
        wait(Some(60), 120, How::Answered),
        wait(Some(3600), 3900, How::CalledBack),
        wait(None, 3, How::GaveUp),
        wait(None, 90, How::GaveUp),
    ];
    Facts { waits, ..Facts::default() }
}

#[test]
fn a_callback_never_counts_as_no_wait() {
    let facts = a_day();
    assert_eq!(value(&facts, Indicator::Offered), (Some(5), 5, 0));
    // In the time to a person with its whole hour …
    assert_eq!(value(&facts, Indicator::PersonHalf), (Some(60), 3, 2));
    assert_eq!(value(&facts, Indicator::PersonMost), (Some(3600), 3, 2));
    // … and in no figure of those who held.
    assert_eq!(value(&facts, Indicator::AnswerSpeed), (Some(35), 2, 3));
    assert_eq!(value(&facts, Indicator::ServiceLevel), (Some(250), 4, 1));
}

#[test]
fn leaving_is_told_with_and_without_those_who_left_at_once() {
    let facts = a_day();
    assert_eq!(value(&facts, Indicator::Abandoned), (Some(400), 5, 0));
    assert_eq!(value(&facts, Indicator::AbandonedLong), (Some(250), 4, 1));
}

#[test]
fn who_was_called_back_in_vain_is_apart() {
    let mut facts = a_day();
    let mut lost = wait(None, 9000, How::Lost);
    lost.tried = 3;
    facts.waits.push(lost);
    assert_eq!(value(&facts, Indicator::CallbackLost), (Some(500), 2, 4));
    assert_eq!(value(&facts, Indicator::ServiceLevel).1, 4, "they did not hold");
}

#[test]
fn an_estimate_is_right_when_what_came_true_lies_in_what_was_told_first() {
    let mut facts = a_day();
    facts.waits[1].told = Some(Told { at: at(0), ahead: 1, least: 1, most: 3 });
    facts.waits[0].told = Some(Told { at: at(0), ahead: 1, least: 1, most: 3 });
    // Told, and never spoken with: nothing came true.
    facts.waits[4].told = Some(Told { at: at(0), ahead: 1, least: 1, most: 3 });
    assert_eq!(value(&facts, Indicator::EstimateRight), (Some(500), 2, 3));
}

#[test]
fn each_call_that_was_due_came_to_one_thing() {
    use CallCame as C;
    let came = [C::Kept, C::Kept, C::MissedByUs, C::MissedByPerson, C::Failed, C::GivenBack, C::Open];
    let facts = Facts { promises: came.map(call).to_vec(), ..Facts::default() };
    assert_eq!(value(&facts, Indicator::CallsDue), (Some(5), 5, 2));
    assert_eq!(value(&facts, Indicator::CallsKept), (Some(400), 5, 2));
    assert_eq!(value(&facts, Indicator::CallsOnTime), (Some(800), 5, 2));
    assert_eq!(value(&facts, Indicator::CallsReached), (Some(500), 4, 3));
    let parts = [Indicator::CallsMissedByUs, Indicator::CallsMissedByPerson, Indicator::CallsFailed];
    let parts: i64 = parts.into_iter().filter_map(|one| value(&facts, one).0).sum();
    assert_eq!(parts + 400, 1000);
    // Not reached is no fault of ours; a call that never left the house is.
    assert_eq!(value(&facts, Indicator::PromisesKept), (Some(600), 5, 2));
}

#[test]
fn a_visit_counts_once_it_came_to_its_time() {
    use AppointmentEnd as E;
    let ends = [
        Some(E::Served),
        Some(E::Served),
        Some(E::NoShow),
        Some(E::CancelledByOffice),
        Some(E::CancelledByPerson),
        None,
    ];
    let facts = Facts { promises: ends.map(visit).to_vec(), ..Facts::default() };
    assert_eq!(value(&facts, Indicator::VisitsDue), (Some(4), 4, 2));
    assert_eq!(value(&facts, Indicator::VisitsServed), (Some(500), 4, 2));
    assert_eq!(value(&facts, Indicator::VisitsMissed), (Some(250), 4, 2));
    assert_eq!(value(&facts, Indicator::VisitsBroken), (Some(250), 4, 2));
    assert_eq!(value(&facts, Indicator::VisitDaysHalf), (Some(3 * 86_400), 3, 3));
    assert_eq!(value(&facts, Indicator::PromisesKept), (Some(750), 4, 2));
}

#[test]
fn nothing_is_counted_from_nothing() {
    for measure in count(&Facts::default(), By::All) {
        let counts = measure.indicator.unit() == Unit::Count;
        assert_eq!(measure.value, counts.then_some(0), "{:?}", measure.indicator);
        assert_eq!((measure.n, measure.left_out), (0, 0));
    }
}

#[test]
fn a_group_has_only_what_is_defined_for_it() {
    let mut facts = a_day();
    facts.promises = vec![call(CallCame::Kept), visit(Some(AppointmentEnd::Served))];
    let groups = |by| {
        let found: std::collections::BTreeSet<_> =
            count(&facts, by).into_iter().map(|one| (one.group.unwrap(), one.indicator.source())).collect();
        found
    };
    let offices = groups(By::Office);
    assert!(offices.contains(&("SPR".to_owned(), Source::Calls)));
    assert!(offices.contains(&("LAK".to_owned(), Source::Visits)));
    assert!(!offices.contains(&("LAK".to_owned(), Source::Calls)), "{offices:?}");
    assert!(
        groups(By::Queue)
            .iter()
            .all(|(queue, source)| queue == "operators" && matches!(source, Source::Waits | Source::Handled))
    );
    let langs = groups(By::Lang);
    assert!(
        langs.contains(&("en".to_owned(), Source::Waits))
            && langs.contains(&("es".to_owned(), Source::Calls))
    );
}

fn measure(group: &str, n: u64) -> Measure {
    Measure {
        indicator: Indicator::CallsKept,
        group: Some(group.into()),
        value: Some(900),
        n,
        left_out: 0,
        recorded: true,
    }
}

#[test]
fn what_is_small_is_held_back_and_cannot_be_worked_out() {
    let hidden = |ns: &[u64]| -> Vec<bool> {
        let measures = ns.iter().map(|n| measure("x", *n)).collect();
        hide_small(measures, LEAST_SHOWN).into_iter().map(|one| one.hidden).collect()
    };
    assert_eq!(hidden(&[10, 11]), [false, false]);
    // One gap: whoever knows the sum would know what is in it.
    assert_eq!(hidden(&[100, 9, 20]), [false, true, true]);
    assert_eq!(hidden(&[3, 9, 20]), [true, true, false]);
    // Nothing stands behind none.
    assert_eq!(hidden(&[0, 20]), [false, false]);
    assert_eq!(hidden(&[9]), [true]);
    // Two gaps, and still fewer than ten people in both: their sum would say as much as one.
    assert_eq!(hidden(&[1, 2, 20, 30]), [true, true, true, false]);
}

/// An attempt at a second of the day, on a callback whose window goes from 0 to 3600.
mod calls {
    use super::*;
    use crate::{
        actor::Actor,
        calendar::windows::Window,
        callback::{Attempt, CallOutcome, Callback},
        ids::{CallbackId, StaffId},
    };

    pub(super) fn callback(attempts: &[(i64, CallOutcome)]) -> Callback {
        let officer = StaffId::new(at(0), &[2; 10]);
        let attempts = attempts
            .iter()
            .map(|(started, outcome)| Attempt {
                officer,
                started: at(*started),
                ended: at(started + 60),
                outcome: *outcome,
                theirs: false,
            })
            .collect();
        Callback {
            id: CallbackId::new(at(0), &[3; 10]),
            window: Window { start: at(0), end: at(3600), zone: "America/Los_Angeles".parse().unwrap() },
            owner: None,
            next_attempt: at(900),
            promised_at: at(-86_400),
            promised_by: Actor::system("test"),
            moves: 0,
            attempts,
            broken_at: None,
            again_by: None,
            renewed: 0,
            then: None,
            brief: None,
            given: Vec::new(),
        }
    }

    fn came(callback: &Callback, stands: bool, now: i64) -> CallCame {
        super::super::facts::call(&crate::inquiry::fixture(), callback, stands, at(now)).came
    }

    #[test]
    fn what_came_of_a_call_is_told_by_its_first_attempt_and_by_whether_it_reached() {
        use CallOutcome as O;
        assert_eq!(came(&callback(&[(100, O::Reached)]), false, 9000), CallCame::Kept);
        assert_eq!(came(&callback(&[(100, O::Busy), (5000, O::Reached)]), false, 9000), CallCame::Kept);
        // An attempt before the window was for an earlier one.
        assert_eq!(came(&callback(&[(-100, O::Busy), (100, O::Reached)]), false, 9000), CallCame::Kept);
        assert_eq!(came(&callback(&[(100, O::NoAnswer)]), false, 9000), CallCame::MissedByPerson);
        assert_eq!(came(&callback(&[(100, O::LineFault)]), false, 9000), CallCame::Failed);
        assert_eq!(came(&callback(&[(3600, O::Reached)]), false, 9000), CallCame::MissedByUs);
        assert_eq!(came(&callback(&[]), true, 3600), CallCame::MissedByUs);
        assert_eq!(came(&callback(&[]), true, 3599), CallCame::Open);
        assert_eq!(came(&callback(&[]), false, 9000), CallCame::GivenBack);
        let mut broken = callback(&[]);
        broken.broken_at = Some(at(3600));
        assert_eq!(came(&broken, false, 9000), CallCame::MissedByUs);
        // The next attempt is still to come.
        let mut again = callback(&[(100, O::Busy)]);
        again.again_by = Some(at(8000));
        assert_eq!(came(&again, true, 7999), CallCame::Open);
        assert_eq!(came(&again, true, 8000), CallCame::MissedByPerson);
    }
}

/// How many waited, from when they asked until they spoke or left.
#[test]
fn whoever_asked_waits_until_they_speak_or_leave() {
    use crate::{
        ids::WaitId,
        urgency::Urgency,
        wait::{NewWait, WaitRules, WaitingCaller},
    };
    let rules = WaitRules::default();
    let caller = |asked: i64, left: Option<i64>| {
        let new = NewWait {
            id: WaitId::new(at(asked), &[9; 10]),
            queue: "operators".parse().unwrap(),
            lang: "en".parse().unwrap(),
            reason: None,
            urgency: Urgency::Regular,
            person: None,
            inquiry: None,
            number: Some("2025550101".parse().unwrap()),
            zone: None,
            first_asked: None,
            node: None,
            owed: None,
            keyed: crate::wait::Keyed::default(),
            about: crate::wait::AboutCaller::default(),
        };
        let mut caller = WaitingCaller::join(new, &rules, at(asked)).unwrap().caller.unwrap();
        if let Some(left) = left {
            caller = caller.leave(None, How::GaveUp, &rules, at(left)).unwrap().caller.unwrap();
        }
        caller
    };
    let mut spoke = caller(100, None);
    spoke.talked = Some(at(250));
    let callers = [caller(0, Some(200)), spoke, caller(150, None)];
    let counts: Vec<_> = [99, 100, 199, 200, 249, 250].map(|second| waiting_at(&callers, at(second))).into();
    assert_eq!(counts, [1, 2, 3, 2, 2, 1]);
    let over = waiting_over(&callers, SignedDuration::from_secs(300), 3, at(300));
    assert_eq!(over, [(at(0), 1), (at(100), 2), (at(200), 2), (at(300), 1)]);
}

fn from(number: &str, asked: i64, talked: i64, reason: Option<&str>) -> Waited {
    let reason = reason.map(|code| code.parse().unwrap());
    let number = Some(number.parse().unwrap());
    Waited { number, reason, asked: at(asked), ..wait(Some(talked), talked + 60, How::Answered) }
}

#[test]
fn whoever_asks_again_was_not_helped_the_first_time() {
    const DAY: i64 = 86_400;
    let (ana, ben) = ("+12135550123", "+12135550187");
    let waits = vec![
        from(ana, 0, 30, Some("lost-card")),
        // Another number, and another matter: nobody asked again.
        from(ben, DAY, DAY + 30, Some("lost-card")),
        from(ana, 2 * DAY, 2 * DAY + 30, Some("case-question")),
        // The same matter within fourteen days; whether that was the last is not seen yet.
        from(ana, 13 * DAY, 13 * DAY + 30, Some("lost-card")),
    ];
    let facts = Facts { waits, until: at(20 * DAY), ..Facts::default() };
    assert_eq!(value(&facts, Indicator::AskedAgain), (Some(333), 3, 1));
    // Who says nothing of the matter is taken to come for the same.
    let mut facts = facts;
    facts.waits[3].reason = None;
    assert_eq!(value(&facts, Indicator::AskedAgain), (Some(667), 3, 1));
    // In a shorter stretch nothing can be said, and it says so.
    facts.until = at(10 * DAY);
    assert_eq!(value(&facts, Indicator::AskedAgain), (None, 0, 4));
    // It is told apart by what the first one was about, whatever the second said.
    facts.until = at(20 * DAY);
    let by_reason = count(&facts, By::Reason);
    let again = by_reason.iter().filter(|one| one.indicator == Indicator::AskedAgain);
    let told: Vec<_> = again.map(|one| (one.group.as_deref().unwrap(), one.value, one.n)).collect();
    assert_eq!(told, [("case-question", Some(1000), 1), ("lost-card", Some(500), 2)]);
}

#[test]
fn an_estimate_that_is_always_too_short_is_seen() {
    let told = |least, most| Some(Told { at: at(0), ahead: 1, least, most });
    let mut long = wait(Some(600), 700, How::Answered);
    long.told = told(2, 6);
    let mut short = wait(Some(60), 120, How::Answered);
    short.told = told(2, 4);
    let waits = vec![long.clone(), short, wait(Some(5), 9, How::Answered)];
    let facts = Facts { waits, ..Facts::default() };
    // Six minutes longer than the middle, two minutes shorter.
    assert_eq!(value(&facts, Indicator::EstimateBias), (Some(120), 2, 1));
    let passed = Waited { passed: true, ..long };
    let facts = Facts { waits: vec![passed, wait(None, 90, How::GaveUp)], ..Facts::default() };
    assert_eq!(value(&facts, Indicator::PassedOn), (Some(1000), 1, 1));
}

#[test]
fn the_oldest_broken_promise_is_told_as_long_as_it_is_owed() {
    let late =
        |seconds| owed("SPR", OwedWhat::Call(Promised { late: seconds, ..promised(CallCame::MissedByUs) }));
    let facts = Facts { promises: vec![late(Some(60)), late(Some(7200)), late(None)], ..Facts::default() };
    assert_eq!(value(&facts, Indicator::LatestOwed), (Some(7200), 2, 1));
    let reached = Promised { dialled: Some(at(9)), talked: Some(300), ..promised(CallCame::Kept) };
    let reached = OwedWhat::Call(reached);
    let facts = Facts { promises: vec![owed("SPR", reached), late(None)], ..Facts::default() };
    assert_eq!(value(&facts, Indicator::CallTalk), (Some(300), 1, 1));
    assert_eq!(value(&facts, Indicator::LatestOwed), (None, 0, 2));
}
