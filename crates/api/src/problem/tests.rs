//! The list of problems is whole, and each has its words.

use super::*;
use domain::{ids::InquiryId, slots::Opening, slots::Pool, text::Lang};
use jiff::civil::date;
use locale::{Overrides, Words};
use std::collections::BTreeSet;

fn at() -> Timestamp {
    "2026-12-03T18:00:00Z".parse().unwrap()
}

fn opening() -> Opening {
    Opening {
        office: "LOS".parse().unwrap(),
        service: "counter".parse().unwrap(),
        pool: Pool::Officer,
        start: at(),
        end: at(),
        slots: vec![],
        capacities: vec![],
        capacity: 1,
        left: 1,
    }
}

/// One of each. The matches in `From` are exhaustive, so whoever adds a variant comes by here.
fn refusals() -> Vec<Refusal> {
    vec![
        Refusal::WrongStage { stage: "review".into() },
        Refusal::Closed,
        Refusal::AlreadyLive {
            inquiry: InquiryId::new(at(), &[0; 10]),
            number: domain::number::InquiryNumber::from_chance(1),
        },
        Refusal::TooSoon { earliest: at() },
        Refusal::NotOffered,
        Refusal::WindowFull,
        Refusal::SlotFull,
        Refusal::HoldExpired,
        Refusal::MovesUsedUp { limit: 2 },
        Refusal::TooLate { until: at() },
        Refusal::TooEarly { from: at() },
        Refusal::NotToday { start: at() },
        Refusal::ReasonNeeded,
        Refusal::AnotherOfficer,
        Refusal::ReviewedOnce,
        Refusal::TakenByColleague,
        Refusal::NoSuchOffice,
        Refusal::NoOfficeForZip,
        Refusal::NoSuchReason,
        Refusal::NothingMissing,
        Refusal::NoWalkIns,
        Refusal::WalkInsUsedUp { most: 2 },
        Refusal::RosterHours,
        Refusal::NoDelegates,
        Refusal::NoRepresentative,
        Refusal::FormNotOnFile,
        Refusal::DelegatesFull { most: 3 },
        Refusal::DelegateDays { most: 180 },
        Refusal::NotDelegable,
        Refusal::DelegateUnreachable,
        Refusal::DelegateLinkSoon,
        Refusal::NotDelegated,
        Refusal::DelegateOver,
        Refusal::NobodyWaits,
        Refusal::NothingToReview,
        Refusal::SomebodyElses,
        Refusal::ForCounter { counter: "4".into() },
    ]
}

fn no_places() -> Vec<NoPlace> {
    let (from, until) = (date(2026, 12, 1), date(2026, 12, 3));
    vec![
        NoPlace::NotOffered {
            office: "LOS".parse().unwrap(),
            service: "counter".parse().unwrap(),
            from,
            until,
        },
        NoPlace::TooLong { minutes: 30, longest: 15 },
        NoPlace::Full { from, until, next: None },
        NoPlace::OfficeClosed { why: domain::calendar::Closed::NotYet { first_day: None }, opens: None },
        NoPlace::BeforeLeadTime { earliest: from, sooner: None },
        NoPlace::AfterHorizon { last: until },
        NoPlace::Passed { start: at() },
        NoPlace::NoSuchSlot { start: at(), next: None },
        NoPlace::HoursExclude { nearest: Box::new(opening()) },
    ]
}

#[test]
fn every_refusal_keeps_its_code() {
    for refusal in refusals() {
        let code = refusal.code();
        assert_eq!(Problem::from(refusal).kind.code, code);
    }
    for why in no_places() {
        assert_eq!(Problem::from(&why).kind.code, why.code());
    }
    assert_eq!(refusals().len(), REFUSALS.len());
    assert_eq!(no_places().len(), NO_PLACES.len() + 1, "slot-full is a refusal too");
}

#[test]
fn every_code_stands_once_and_has_words_in_every_language() {
    let words = Words::load(&Overrides::none()).unwrap();
    let all = all();
    let codes: BTreeSet<&str> = all.iter().map(|kind| kind.code).collect();
    assert_eq!(codes.len(), all.len());
    for lang in [Lang::en(), Lang::es()] {
        let t = words.tongue(&lang);
        for kind in &all {
            let family = match kind.family {
                Family::Refusal => "web-refusal",
                Family::NoPlace => "web-no-place",
                Family::Api => "api-problem",
            };
            for key in [format!("{family}-{}", kind.code), format!("{family}-{}-next", kind.code)] {
                assert!(t.has(&key), "{lang} lacks {key}");
            }
        }
    }
}

/// What is promised to programs: a code that goes, or gets another status, breaks somebody.
#[test]
fn the_list_is_as_reviewed() {
    let list: Vec<String> = all().iter().map(|kind| format!("{} {}", kind.status, kind.code)).collect();
    insta::assert_snapshot!(list.join("\n"));
}
