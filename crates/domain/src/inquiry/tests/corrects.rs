//! What a person corrects, and what comes of it.

use super::*;
use crate::{
    earlier::SaidBy,
    inquiry::{Correction, Recorded},
    journal::Happened,
    notice::Carrier,
};

fn corrected(inquiry: &Inquiry, change: impl FnOnce(&mut Correction)) -> Step {
    let mut correction = Correction::of(inquiry);
    change(&mut correction);
    inquiry.correct(&correction, None, start()).unwrap()
}

#[test]
fn only_what_differs_is_told_and_what_is_the_same_is_nothing() {
    let inquiry = fresh().inquiry;
    let same = corrected(&inquiry, |_| ());
    assert!(same.happened.is_empty());
    assert_eq!((&same.inquiry.name, &same.inquiry.reach), (&inquiry.name, &inquiry.reach));
    let after = corrected(&inquiry, |c| {
        c.name.given = "Anna".into();
        c.relay = !c.relay;
        c.call_hours = Some("evenings".into());
        c.lang = "es".parse().unwrap();
    });
    let told = vec![Recorded::Name, Recorded::Language, Recorded::CallHours, Recorded::Relay];
    assert_eq!(after.happened, [Happened::Corrected { what: told, said: None }]);
    assert_eq!(after.inquiry.links_from, None, "our messages go where they went");
    assert_eq!(after.inquiry.request.call_hours, Some("evenings".into()));
    assert_eq!(after.inquiry.reach.lang.as_str(), "es", "what is sent from now on");
    assert_eq!(after.inquiry.stage, inquiry.stage);
}

#[test]
fn another_number_has_agreed_to_nothing_and_old_links_end() {
    let mut inquiry = fresh().inquiry;
    inquiry.reach.texts = true;
    let after = corrected(&inquiry, |c| c.phone = "2025550177".parse().unwrap());
    let told = Happened::Corrected { what: vec![Recorded::Phone], said: None };
    assert_eq!(after.happened, [Happened::TextsStopped, told]);
    assert!(!after.inquiry.reach.texts);
    assert!(after.inquiry.is_opened_by_link_of(start()));
    assert!(!after.inquiry.is_opened_by_link_of(start() - SignedDuration::from_secs(1)));
    assert!(inquiry.is_opened_by_link_of(start() - minutes(60)));
    // An address that is taken away is another contact as well.
    let without = corrected(&inquiry, |c| c.email = None);
    assert!(without.inquiry.links_from.is_some() && without.inquiry.reach.texts);
}

#[test]
fn who_wants_nothing_left_on_a_machine_is_not_called_by_one_either() {
    let mut inquiry = fresh().inquiry;
    inquiry.reach.calls = true;
    assert!(inquiry.leaves_message() && inquiry.reach.takes_calls());
    let after = corrected(&inquiry, |c| c.no_message = true);
    let told = Happened::Corrected { what: vec![Recorded::NoMessage], said: None };
    assert_eq!(after.happened, [Happened::CallsStopped, told]);
    assert!(!after.inquiry.leaves_message() && !after.inquiry.reach.takes_calls());
    assert_eq!(after.inquiry.links_from, None, "our messages go where they went");
    // Taken back, a message may be left again; calls are agreed to anew.
    let again = corrected(&after.inquiry, |c| c.no_message = false).inquiry;
    assert!(again.leaves_message() && !again.reach.takes_calls());
    // Nor where whoever hears it must not know who called.
    assert!(!corrected(&inquiry, |c| c.say_who_calls = false).inquiry.leaves_message());
}

#[test]
fn what_somebody_else_may_read_says_nothing_by_that_way_alone() {
    let inquiry = fresh().inquiry;
    assert!(Carrier::ALL.into_iter().all(|by| !inquiry.is_discreet(by)), "as it was");
    let after = corrected(&inquiry, |c| c.discreet = BTreeSet::from([Carrier::Post]));
    let told = Happened::Corrected { what: vec![Recorded::Discreet], said: None };
    assert_eq!(after.happened, [told]);
    let discreet = Carrier::ALL.into_iter().filter(|by| after.inquiry.is_discreet(*by));
    assert!(discreet.eq([Carrier::Post]));
    assert!(!Recorded::NoMessage.is_for_delegate() && !Recorded::Discreet.is_for_delegate());
}

#[test]
fn what_is_over_and_who_is_protected_stay_as_they_are() {
    let inquiry = fresh().inquiry;
    let correction = Correction {
        name: crate::person::Name { given: "A".into(), family: "B".into() },
        ..Correction::of(&inquiry)
    };
    let closed = inquiry.withdraw(start()).unwrap().inquiry;
    assert_eq!(closed.correct(&correction, None, start()), Err(Refusal::Closed));
    let mut kept = inquiry;
    kept.guard.protected =
        Some(crate::guard::Protected { class: "vawa".parse().unwrap(), at: start(), safe: BTreeSet::new() });
    assert_eq!(kept.correct(&correction, None, start()), Err(Refusal::NotOffered));
    // With somebody who has made sure who they are, they may.
    let noted = kept.correct(&correction, Some(SaidBy::Office), start()).unwrap();
    let told = Happened::Corrected { what: vec![Recorded::Name], said: Some(SaidBy::Office) };
    assert_eq!((noted.happened, noted.inquiry.name), (vec![told], correction.name));
}

#[test]
fn who_lives_elsewhere_is_served_there_and_what_is_promised_stays() {
    let call = start() + minutes(120);
    let id = CallbackId::new(start(), &[3; 10]);
    let owed = promise(call, Some(staff(1)));
    let promised = fresh().inquiry.promise(id, owed, officer(), start()).unwrap().inquiry;
    let other: crate::codes::OfficeCode = "NYC".parse().unwrap();
    let after = corrected(&promised, |c| {
        c.home.zip = "10001".into();
        c.home.office = other.clone();
        c.home.zone = "America/New_York".parse().unwrap();
    });
    let told = Happened::Corrected { what: vec![Recorded::Zip], said: None };
    let moved =
        Happened::OfficeChanged { from: promised.office.clone(), to: other.clone(), because: String::new() };
    assert_eq!(after.happened, [told, moved]);
    assert_eq!((&after.inquiry.office, after.inquiry.zip.reveal().as_str()), (&other, "10001"));
    assert_eq!(after.inquiry.reach.zone.name(), "America/New_York");
    assert_eq!(after.inquiry.stage, promised.stage, "the call comes as it was promised");
    assert!(after.claims.is_empty() && after.releases.is_empty() && after.announce.is_empty());
    // The same office: only the ZIP code is told.
    let near = corrected(&promised, |c| c.home.zip = "90013".into());
    assert_eq!(near.happened, [Happened::Corrected { what: vec![Recorded::Zip], said: None }]);
    assert!(!Recorded::Zip.is_for_delegate() && !Recorded::Representative.is_for_delegate());
}

#[test]
fn what_they_prove_themselves_by_is_corrected_with_a_reason_and_told_by_kind_alone() {
    let inquiry = fresh().inquiry;
    let born = vec![Recorded::Born];
    let refused = inquiry.proof_corrected(born.clone(), SaidBy::Office, " ", start());
    assert_eq!(refused, Err(Refusal::ReasonNeeded));
    let after = inquiry.proof_corrected(born.clone(), SaidBy::Office, "showed a passport", start()).unwrap();
    assert_eq!(after.happened, [Happened::Corrected { what: born, said: Some(SaidBy::Office) }]);
    assert_eq!(after.inquiry.proof_changes[0].because.reveal(), "showed a passport");
    let same = inquiry.proof_corrected(vec![], SaidBy::Office, "nothing", start()).unwrap();
    assert!(same.happened.is_empty() && same.inquiry.proof_changes.is_empty());
    let closed = inquiry.withdraw(start()).unwrap().inquiry;
    assert_eq!(closed.proof_corrected(vec![], SaidBy::Office, "x", start()), Err(Refusal::Closed));
}
