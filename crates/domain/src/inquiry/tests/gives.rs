//! A promised call is given to another.

use super::*;

/// Given to another, a call stays the same promise; the words stand in the record, and the journal has codes only.
#[test]
fn a_promised_call_is_given_to_another_and_stays_the_same_promise() {
    let now = start();
    let from = now + minutes(120);
    let mine = fresh().inquiry.promise(
        CallbackId::new(now, &[4; 10]),
        promise(from, Some(staff(1))),
        officer(),
        now,
    );
    let inquiry = mine.unwrap().inquiry;
    let before = inquiry.callback().unwrap().clone();
    let to = |n, at| Giving::Officer { officer: staff(n), planned: at, minutes: 20 };
    let supervisor = Actor::Staff { id: staff(9), name: "S. Visor".into() };
    let give = |inquiry: &Inquiry, giving, because: &str| {
        inquiry.give_callback(giving, because, supervisor.clone(), now)
    };
    assert_eq!(give(&inquiry, to(2, from), "  ").unwrap_err(), Refusal::ReasonNeeded);
    assert_eq!(give(&inquiry, to(1, from), "ill").unwrap_err(), Refusal::NotOffered);
    let step = give(&inquiry, to(2, from + minutes(10)), " Ortega has a fever ").unwrap();
    let after = step.inquiry.callback().unwrap();
    assert_eq!((after.id, &after.window, after.promised_at), (before.id, &before.window, before.promised_at));
    assert_eq!((after.owner, after.next_attempt), (Some(staff(2)), from + minutes(10)));
    assert_eq!(after.given[0].because.reveal(), "Ortega has a fever");
    assert_eq!(step.free, [Holder::from(before.id)]);
    let busy = &step.busy[0];
    assert_eq!((busy.officer, busy.start, busy.end), (staff(2), from + minutes(10), from + minutes(30)));
    assert!(
        step.announce.is_empty() && step.claims.is_empty() && step.releases.is_empty(),
        "the person's promise stands"
    );
    let told = serde_json::to_string(&step.happened).unwrap();
    assert!(told.contains("callback-given") && !told.contains("fever"), "{told}");
    let anybody = give(&step.inquiry, Giving::Anybody, "late").unwrap();
    assert_eq!(anybody.inquiry.callback().unwrap().owner, None);
    assert_eq!((anybody.busy.len(), anybody.inquiry.callback().unwrap().given.len()), (0, 2));
    // Nobody takes a call out of the hand of whoever dials.
    let dialling = step.inquiry.start_call(staff(2), from).unwrap().inquiry;
    assert!(matches!(give(&dialling, Giving::Anybody, "late").unwrap_err(), Refusal::WrongStage { .. }));
}

/// An officer who is not there holds a call no longer: somebody else does, or whoever is on duty; once, and while nobody has tried.
#[test]
fn the_call_of_an_officer_who_is_absent_goes_to_another_or_to_the_pool() {
    let now = start();
    let from = now + minutes(120);
    let id = CallbackId::new(now, &[4; 10]);
    let promised = |owner| fresh().inquiry.promise(id, promise(from, owner), officer(), now).unwrap();
    let inquiry = promised(Some(staff(1))).inquiry;
    let to = |n| Giving::Officer { officer: staff(n), planned: from + minutes(20), minutes: 20 };
    let by = || Actor::system("jobs");
    let look = from - minutes(10);
    let why = GivenWhy::OfficerAbsent;
    let step = inquiry.take_over_callback(id, to(2), why, by(), look).unwrap();
    let callback = step.inquiry.callback().unwrap();
    assert_eq!((callback.owner, callback.next_attempt), (Some(staff(2)), from + minutes(20)));
    assert_eq!(callback.window, inquiry.callback().unwrap().window, "the person's promise stands");
    assert!(step.announce.is_empty() && step.releases.is_empty());
    let given = callback.taken_over().unwrap();
    assert_eq!((given.from, given.to, given.why), (Some(staff(1)), Some(staff(2)), Some(why)));
    assert!(!callback.is_left());
    let told = serde_json::to_string(&step.happened).unwrap();
    assert!(told.contains("officer-absent"), "{told}");
    // Given by hand afterwards, it was not taken over any more.
    let by_hand = step.inquiry.give_callback(to(3), "asked for", officer(), look).unwrap().inquiry;
    assert_eq!(by_hand.callback().unwrap().taken_over(), None);
    // Nobody there: it is whoever's is on duty, and that stands until somebody takes it.
    let left = inquiry.take_over_callback(id, Giving::Anybody, GivenWhy::NobodyThere, by(), look).unwrap();
    assert!(left.inquiry.callback().unwrap().is_left() && left.busy.is_empty());
    let dials = left.inquiry.start_call(staff(3), from).unwrap().inquiry;
    assert!(!dials.callback().unwrap().is_left());
    // What nobody holds, what is another call, what somebody has tried or dials, and what is late is left alone.
    let refused = |inquiry: &Inquiry, id, now| {
        inquiry.take_over_callback(id, Giving::Anybody, why, by(), now).unwrap_err()
    };
    assert_eq!(refused(&promised(None).inquiry, id, look), Refusal::NotOffered);
    assert_eq!(refused(&inquiry, CallbackId::new(now, &[5; 10]), look), Refusal::NotOffered);
    let dialling = inquiry.start_call(staff(1), from).unwrap().inquiry;
    assert!(matches!(refused(&dialling, id, from), Refusal::WrongStage { .. }));
    let next = again(from + minutes(5), Some(staff(1)));
    let tried = dialling.end_call(staff(1), CallOutcome::Busy, next, from, from + minutes(1)).unwrap();
    assert_eq!(refused(&tried.inquiry, id, from + minutes(2)), Refusal::NotOffered);
    let late = inquiry.break_promise(id, from + minutes(60)).unwrap().inquiry;
    assert_eq!(refused(&late, id, from + minutes(61)), Refusal::NotOffered);
}
