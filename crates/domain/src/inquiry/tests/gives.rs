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
