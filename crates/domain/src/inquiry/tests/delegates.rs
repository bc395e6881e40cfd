//! Whoever acts for the person: within their limits, until their time is over, and never beyond what can be delegated.

use super::*;
use crate::{
    actor::Actor,
    change::{Change, Command, IdempotencyKey},
    delegate::{DelegateAct, DelegateEndWhy, DelegateReach, DelegateRules, NewDelegate, OnWord, WordOf},
    earlier::SaidBy,
    inquiry::{Correction, Inquiry},
    journal::Happened,
    notice::NoticeKind,
    person::Representative,
    refusal::Refusal,
};
use jiff::ToSpan;

fn rules() -> DelegateRules {
    DelegateRules {
        most: 2,
        longest_days: 30,
        acts: [DelegateAct::Confirm, DelegateAct::Call, DelegateAct::Correct].into(),
        needs_form: true,
    }
}

fn acting(on_file: bool) -> Inquiry {
    let mut inquiry = fresh().inquiry;
    inquiry.request.representative =
        Some(Representative { name: "R. Example".into(), organisation: None, on_file });
    inquiry
}

fn paralegal(may: &[DelegateAct], days: i64) -> NewDelegate {
    let today = acting(true).reach.zone.date(start());
    NewDelegate {
        name: "P. Legal".into(),
        reach: DelegateReach::Email("p.legal@example.org".into()),
        lang: Lang::en(),
        may: may.iter().copied().collect(),
        last_day: today.saturating_add(days.days()),
    }
}

const WORD: OnWord = OnWord { of: WordOf::Representative, said: SaidBy::Telephone };

fn named(inquiry: &Inquiry, may: &[DelegateAct]) -> Inquiry {
    inquiry.name_delegate(paralegal(may, 10), Some(&rules()), None, start()).unwrap().inquiry
}

#[test]
fn a_new_link_shuts_the_one_before_and_goes_out_once_an_hour() {
    let before = named(&acting(true), &[]);
    let renew = |inquiry: &Inquiry, day, now| inquiry.renew_delegate(1, day, Some(&rules()), None, now);
    let step = renew(&before, None, start()).unwrap();
    let until = before.delegates[0].until;
    assert_eq!(step.happened, [Happened::DelegateResent { nth: 1, until, word: None }]);
    assert!(step.announce.is_empty(), "nothing is longer");
    assert!(before.is_opened_by_delegates_link(1, 0) && !step.inquiry.is_opened_by_delegates_link(1, 0));
    assert!(step.inquiry.is_opened_by_delegates_link(1, 1));
    assert_eq!(renew(&step.inquiry, None, start() + minutes(59)), Err(Refusal::DelegateLinkSoon));
    let today = before.reach.zone.date(start());
    let longer = renew(&step.inquiry, Some(today.saturating_add(20.days())), start() + minutes(60)).unwrap();
    assert_eq!(longer.announce, [NoticeKind::DelegateNamed]);
    assert!(longer.inquiry.delegates[0].until > until && longer.inquiry.delegates[0].link() == 2);
    let shorter = renew(&before, Some(today), start()).unwrap();
    assert!(shorter.announce.is_empty() && shorter.inquiry.delegates[0].until < until);
    for day in [today.saturating_sub(1.days()), today.saturating_add(31.days())] {
        assert_eq!(renew(&before, Some(day), start()), Err(Refusal::DelegateDays { most: 30 }));
    }
    assert_eq!(before.renew_delegate(2, None, Some(&rules()), None, start()), Err(Refusal::DelegateOver));
}

#[test]
fn one_is_named_within_limits_and_the_person_is_told() {
    let rules = rules();
    let step =
        acting(true).name_delegate(paralegal(&[DelegateAct::Call], 10), Some(&rules), None, start()).unwrap();
    let until = at("2026-12-04T08:00:00Z");
    assert_eq!(
        step.happened,
        [Happened::DelegateNamed { nth: 1, may: [DelegateAct::Call].into(), until, word: None }]
    );
    assert_eq!(step.announce, [NoticeKind::DelegateNamed]);
    let (after, last) = (step.inquiry, until - minutes(1));
    assert_eq!(after.may_as_delegate(1, DelegateAct::Call, last), Ok(()));
    assert_eq!(after.may_as_delegate(1, DelegateAct::Confirm, last), Err(Refusal::NotDelegated));
    assert_eq!(after.may_as_delegate(1, DelegateAct::Call, until), Err(Refusal::DelegateOver));
    assert_eq!(after.may_as_delegate(2, DelegateAct::Call, last), Err(Refusal::DelegateOver));
    let text = serde_json::to_string(&after).unwrap();
    assert_eq!(serde_json::from_str::<Inquiry>(&text).unwrap(), after);
    assert!(!format!("{after:?}").contains("Legal"), "a delegate is somebody as well");
}

#[test]
fn what_the_agency_does_not_let_be_delegated_is_refused() {
    let rules = rules();
    let name = |inquiry: &Inquiry, may: &[DelegateAct], days, word| {
        inquiry.name_delegate(paralegal(may, days), Some(&rules), word, start()).map(|_| ())
    };
    let acts = [DelegateAct::Call];
    assert_eq!(name(&fresh().inquiry, &acts, 10, None), Err(Refusal::NoRepresentative));
    assert_eq!(name(&acting(false), &acts, 10, None), Err(Refusal::FormNotOnFile));
    assert_eq!(name(&acting(false), &acts, 10, Some(WORD)), Ok(()), "staff have looked");
    assert_eq!(name(&acting(true), &[DelegateAct::Visit], 10, None), Err(Refusal::NotDelegable));
    assert_eq!(name(&acting(true), &acts, 0, None), Ok(()), "for today");
    assert_eq!(name(&acting(true), &acts, 30, None), Ok(()));
    for days in [-1, 31] {
        assert_eq!(name(&acting(true), &acts, days, None), Err(Refusal::DelegateDays { most: 30 }));
    }
    let none = acting(true).name_delegate(paralegal(&acts, 1), None, None, start());
    assert_eq!(none.map(|_| ()), Err(Refusal::NoDelegates));
    let two = named(&named(&acting(true), &acts), &acts);
    assert_eq!(name(&two, &acts, 10, None), Err(Refusal::DelegatesFull { most: 2 }));
    // Who was ended leaves room, and their number is nobody else's.
    let one = two.end_delegate(1, DelegateEndWhy::Person, start()).unwrap().inquiry;
    let after = named(&one, &acts);
    assert_eq!(after.delegates.iter().map(|one| one.nth).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn whoever_is_ended_does_nothing_more_and_once() {
    let two = named(&named(&acting(true), &[DelegateAct::Call]), &[DelegateAct::Call]);
    let step = two.end_delegate(1, DelegateEndWhy::Staff(WORD), start()).unwrap();
    assert_eq!(step.happened, [Happened::DelegateEnded { nth: 1, why: DelegateEndWhy::Staff(WORD) }]);
    let after = step.inquiry;
    assert_eq!(after.may_as_delegate(1, DelegateAct::Call, start()), Err(Refusal::DelegateOver));
    assert_eq!(after.may_as_delegate(2, DelegateAct::Call, start()), Ok(()));
    let again = after.end_delegate(1, DelegateEndWhy::Person, start()).map(|_| ());
    assert_eq!(again, Err(Refusal::DelegateOver));
}

#[test]
fn they_end_with_the_inquiry_and_stay_ended_when_it_is_opened_again() {
    let one = named(&acting(true), &[DelegateAct::Call]);
    let key = IdempotencyKey::of("test", 1);
    let mut change = Change::new(Command { key, actor: Actor::Person, at: start() });
    change.step(one.withdraw(start()).unwrap());
    let ended = Happened::DelegateEnded { nth: 1, why: DelegateEndWhy::Closed };
    assert!(change.journal.iter().any(|entry| entry.happened == ended), "{:?}", change.journal);
    let Some(crate::change::Write::Inquiry(mut after)) = change.writes.into_iter().next() else { panic!() };
    assert_eq!(after.delegates_now(start()).count(), 0);
    after.stage = acting(true).stage;
    assert_eq!(after.may_as_delegate(1, DelegateAct::Call, start()), Err(Refusal::DelegateOver));
    assert!(after.end_delegate(1, DelegateEndWhy::Person, start()).is_err());
}

#[test]
fn nobody_acts_by_a_link_for_somebody_protected() {
    let one = named(&acting(true), &[DelegateAct::Call]);
    let class: crate::codes::ClassCode = "vawa".parse().unwrap();
    let after = one.protect(class, BTreeSet::new(), None, start()).unwrap();
    assert!(after.happened.contains(&Happened::DelegateEnded { nth: 1, why: DelegateEndWhy::Protected }));
    let more = after.inquiry.name_delegate(paralegal(&[], 1), Some(&rules()), Some(WORD), start());
    assert_eq!(more.map(|_| ()), Err(Refusal::NoDelegates));
}

#[test]
fn how_the_person_is_reached_is_not_theirs_to_correct() {
    let one = named(&acting(true), &[DelegateAct::Correct]);
    let recorded = Correction::of(&one);
    let may = |correction: Correction| one.may_correct_as_delegate(&correction);
    assert_eq!(may(recorded.clone()), Ok(()));
    assert_eq!(may(Correction { interpreter: Some("Quechua".into()), ..recorded.clone() }), Ok(()));
    assert_eq!(may(Correction { relay: true, call_hours: Some("late".into()), ..recorded.clone() }), Ok(()));
    for theirs in [
        Correction { email: None, ..recorded.clone() },
        Correction { phone: "2025550188".parse().unwrap(), ..recorded.clone() },
        Correction { lang: Lang::es(), ..recorded.clone() },
        Correction { phrase: "red hill".into(), ..recorded.clone() },
        Correction { say_who_calls: false, ..recorded.clone() },
    ] {
        assert_eq!(may(theirs), Err(Refusal::NotDelegated));
    }
}

#[test]
fn what_they_do_counts_as_done_by_the_person() {
    assert!(Actor::Delegate { nth: 1 }.is_public() && Actor::Person.is_public());
    assert!(!officer().is_public() && !Actor::system("jobs").is_public());
    assert!(!Actor::Delegate { nth: 1 }.same(&Actor::Delegate { nth: 2 }));
    let text = serde_json::to_string(&Actor::Delegate { nth: 7 }).unwrap();
    assert_eq!(text, r#"{"who":"delegate","nth":7}"#, "it stands in the journal for decades");
}

proptest! {
    /// Whatever is named and ended in whatever order: never more at once than allowed, and nobody outlives their day.
    #[test]
    fn never_more_at_once_than_allowed(doings in prop::collection::vec((any::<bool>(), 0..40_i64, 1..8_u8), 1..40)) {
        let (rules, mut inquiry, mut now) = (rules(), acting(true), start());
        for (name, days, nth) in doings {
            now += minutes(60 * 9);
            let zone = inquiry.reach.zone.clone();
            let step = if name {
                let last_day = zone.date(now).saturating_add(days.days());
                let new = NewDelegate { last_day, ..paralegal(&[DelegateAct::Call], 0) };
                inquiry.name_delegate(new, Some(&rules), None, now)
            } else {
                inquiry.end_delegate(nth, DelegateEndWhy::Person, now)
            };
            if let Ok(step) = step {
                prop_assert_eq!(step.happened.len(), 1);
                inquiry = step.inquiry;
            }
            prop_assert!(inquiry.delegates_now(now).count() <= 2);
            for one in &inquiry.delegates {
                prop_assert!(one.since < one.until && !one.is_live(one.until));
                prop_assert!(zone.date(one.until - minutes(1)) <= inquiry.last_delegate_day(&rules, one.since));
            }
            let mut numbers: Vec<u8> = inquiry.delegates.iter().map(|one| one.nth).collect();
            numbers.dedup();
            prop_assert_eq!(numbers.len(), inquiry.delegates.len());
        }
    }
}

/// Whom a representative named acts no longer than that one does.
#[test]
fn another_representative_ends_whom_the_one_before_named() {
    let inquiry = named(&acting(true), &[DelegateAct::Confirm]);
    let mut correction = Correction::of(&inquiry);
    let firm = Representative {
        organisation: Some("Example Law".into()),
        ..inquiry.request.representative.clone().unwrap()
    };
    correction.representative = Some(firm);
    let same = inquiry.correct(&correction, None, start()).unwrap().inquiry;
    assert_eq!(same.delegates_now(start()).count(), 1, "the same one, of a firm");
    correction.representative = None;
    let none = inquiry.correct(&correction, None, start()).unwrap();
    assert_eq!(none.inquiry.delegates_now(start()).count(), 0);
    assert!(none.happened.contains(&Happened::DelegateEnded { nth: 1, why: DelegateEndWhy::Person }));
    let noted = inquiry.correct(&correction, Some(SaidBy::Telephone), start()).unwrap();
    let word = OnWord { of: WordOf::Person, said: SaidBy::Telephone };
    assert!(noted.happened.contains(&Happened::DelegateEnded { nth: 1, why: DelegateEndWhy::Staff(word) }));
}
