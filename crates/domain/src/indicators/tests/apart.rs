//! Who is told apart, who was turned away, and what may be published of few.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn whoever_was_turned_away_is_counted_and_not_hidden() {
    let mut facts = a_day();
    let es: Lang = "es".parse().unwrap();
    facts.turned_away =
        vec![(TurnedAway::Closed, Some(es.clone())), (TurnedAway::Closed, None), (TurnedAway::Full, None)];
    assert_eq!(value(&facts, Indicator::Offered), (Some(8), 8, 0));
    assert_eq!(value(&facts, Indicator::Blocked), (Some(375), 8, 0));
    assert_eq!(value(&facts, Indicator::BlockedClosed), (Some(2), 8, 0));
    assert_eq!(value(&facts, Indicator::BlockedFull), (Some(1), 8, 0));
    // They were not answered; but they did not leave, and nobody was called back.
    assert_eq!(value(&facts, Indicator::ServiceLevel), (Some(143), 7, 1));
    assert_eq!(value(&facts, Indicator::Abandoned), (Some(250), 8, 0));
    assert_eq!(value(&facts, Indicator::AbandonedLong), (Some(143), 7, 1));
    assert_eq!(value(&facts, Indicator::PersonHalf).0, Some(60));
    let by_lang = count(&facts, By::Lang);
    let blocked = |group: &str| {
        let mut all = by_lang.iter().filter(|one| one.indicator == Indicator::Blocked);
        all.find(|one| one.group.as_deref() == Some(group)).map(|one| (one.value, one.n))
    };
    assert_eq!((blocked("es"), blocked("en")), (Some((Some(1000), 1)), Some((Some(0), 5))));
    for by in [By::Queue, By::Office, By::Reason, By::Relay, By::Represented, By::Pause] {
        assert!(!count(&facts, by).iter().any(|one| one.indicator.is_blocked()), "{by:?}");
    }
}

#[test]
fn what_an_older_release_did_not_write_is_not_nothing() {
    let mut facts = a_day();
    for wait in &mut facts.waits {
        wait.measured = false;
    }
    let of = |facts: &Facts, indicator| {
        let found = count(facts, By::All).into_iter().find(|one| one.indicator == indicator).unwrap();
        (found.value, found.recorded)
    };
    for indicator in [Indicator::Blocked, Indicator::LiveHold, Indicator::Escalated, Indicator::Occupancy] {
        assert_eq!(of(&facts, indicator), (None, false), "{indicator:?}");
    }
    assert_eq!(of(&facts, Indicator::Offered), (Some(5), true));
    // From the first that says it on, it is said.
    facts.waits[0].measured = true;
    assert_eq!(of(&facts, Indicator::Blocked), (Some(0), true));
    assert_eq!(of(&facts, Indicator::Escalated), (Some(0), true));
    assert_eq!(value(&facts, Indicator::Escalated), (Some(0), 1, 4));
    assert_eq!(of(&Facts::default(), Indicator::Blocked), (None, true), "nobody called");
}

#[test]
fn how_people_are_served_is_told_apart_by_what_should_make_no_difference() {
    let mut facts = a_day();
    let about = |relay, represented| AboutCaller {
        office: Some("LAK".parse().unwrap()),
        relay: Some(relay),
        represented,
    };
    facts.waits[0].about = about(false, Some(true));
    facts.waits[1].about = about(true, Some(false));
    facts.waits[4].about = about(true, None);
    let mut typed = call(CallCame::Kept);
    typed.relay = true;
    facts.promises = vec![typed, call(CallCame::MissedByUs)];
    let told = |by, indicator| -> BTreeMap<String, (Option<i64>, u64)> {
        let of = count(&facts, by).into_iter().filter(|one| one.indicator == indicator);
        of.map(|one| (one.group.unwrap(), (one.value, one.n))).collect()
    };
    let groups = |all: &[(&str, Option<i64>, u64)]| -> BTreeMap<String, (Option<i64>, u64)> {
        all.iter().map(|(group, value, n)| ((*group).to_owned(), (*value, *n))).collect()
    };
    assert_eq!(
        told(By::Relay, Indicator::PersonHalf),
        groups(&[("no", Some(10), 1), ("yes", Some(60), 1)]),
        "of whom it is not known is in neither"
    );
    assert_eq!(told(By::Relay, Indicator::Abandoned), groups(&[("no", Some(0), 1), ("yes", Some(500), 2)]));
    assert_eq!(told(By::Relay, Indicator::CallsKept), groups(&[("no", Some(0), 1), ("yes", Some(1000), 1)]));
    assert_eq!(
        told(By::Represented, Indicator::PersonHalf),
        groups(&[("no", Some(60), 1), ("yes", Some(10), 1)])
    );
    assert_eq!(told(By::Office, Indicator::Abandoned), groups(&[("LAK", Some(333), 3)]));
    assert_eq!(told(By::Office, Indicator::CallsKept), groups(&[("SPR", Some(500), 2)]));
}

#[test]
fn every_name_is_read_again_and_stands_once() {
    let mut names = std::collections::BTreeSet::new();
    for indicator in Indicator::ALL {
        assert_eq!(Indicator::from_code(indicator.as_str()), Some(indicator));
        assert!(names.insert(indicator.as_str()), "{indicator:?}");
        assert_eq!(serde_json::to_value(indicator).unwrap(), indicator.as_str(), "one name for one thing");
    }
    for by in By::ALL {
        assert_eq!(By::from_code(by.as_str()), Some(by));
    }
}

proptest! {
    /// Whoever knows the sum of an indicator's groups and every group that is shown learns nothing of fewer than ten people.
    #[test]
    fn gaps_are_never_few_people(ns in prop::collection::vec(0_u64..40, 1..8)) {
        let measures: Vec<Measure> = ns.iter().map(|n| measure("x", *n)).collect();
        let shown = hide_small(measures, LEAST_SHOWN);
        let hidden: Vec<u64> = shown.iter().filter(|one| one.hidden).map(|one| one.measure.n).collect();
        for one in &shown {
            prop_assert!(one.hidden || one.measure.n == 0 || one.measure.n >= LEAST_SHOWN);
        }
        let all_gone = shown.iter().all(|one| one.hidden || one.measure.n == 0);
        let together: u64 = hidden.iter().sum();
        prop_assert!(
            hidden.is_empty() || all_gone || (hidden.len() > 1 && together >= LEAST_SHOWN),
            "{:?} of {:?}", hidden, ns
        );
    }

    /// Shares are parts of a whole, whatever came; and what every record comes to exactly once sums to the whole.
    #[test]
    fn shares_are_parts_of_a_whole(
        waits in prop::collection::vec((0_i64..200, any::<bool>(), any::<bool>(), 0_usize..3), 0..20),
        came in prop::collection::vec(0_usize..6, 0..20),
        reviews in prop::collection::vec(0_usize..5, 0..20),
        away in 0_usize..5,
    ) {
        let waits: Vec<Waited> = waits
            .into_iter()
            .map(|(seconds, spoke, back, tried)| {
                let how = match (spoke, back) {
                    (true, true) => How::CalledBack,
                    (true, false) => How::Answered,
                    (false, _) => How::GaveUp,
                };
                Waited { tried, ..wait(spoke.then_some(seconds), seconds + 30, how) }
            })
            .collect();
        let calls = [
            CallCame::Kept,
            CallCame::MissedByUs,
            CallCame::MissedByPerson,
            CallCame::Failed,
            CallCame::GivenBack,
            CallCame::Open,
        ];
        let ends = [
            Some(ReviewCame::Upheld),
            Some(ReviewCame::Granted),
            Some(ReviewCame::Otherwise),
            Some(ReviewCame::Overtaken),
            None,
        ];
        let mut promises: Vec<Owed> = came.into_iter().map(|one| call(calls[one])).collect();
        promises.extend(reviews.into_iter().map(|one| owed("SPR", OwedWhat::Review(ends[one]))));
        let turned_away = vec![(TurnedAway::Closed, None); away];
        let facts = Facts { waits, turned_away, promises, ..Facts::default() };
        for by in By::ALL {
            for one in count(&facts, by) {
                if let (Unit::Thousandths, Some(value)) = (one.indicator.unit(), one.value) {
                    prop_assert!((0..=1000).contains(&value), "{one:?}");
                }
                prop_assert!(one.value.is_none() || one.n > 0 || one.value == Some(0), "{one:?}");
            }
        }
        let sums = [
            vec![
                Indicator::CallsKept,
                Indicator::CallsMissedByUs,
                Indicator::CallsMissedByPerson,
                Indicator::CallsFailed,
            ],
            vec![
                Indicator::ReviewsUpheld,
                Indicator::ReviewsGranted,
                Indicator::ReviewsOtherwise,
                Indicator::ReviewsOvertaken,
            ],
        ];
        for parts in sums {
            let values: Vec<i64> = parts.iter().filter_map(|one| value(&facts, *one).0).collect();
            // Each is rounded by itself.
            let off = (values.iter().sum::<i64>() - 1000).abs();
            prop_assert!(values.is_empty() || off <= 2, "{parts:?}: {values:?}");
        }
        let offered = value(&facts, Indicator::Offered).0.unwrap();
        let waited = i64::try_from(facts.waits.len()).unwrap();
        let closed = value(&facts, Indicator::BlockedClosed).0.unwrap();
        prop_assert_eq!(offered, waited + closed);
    }
}
