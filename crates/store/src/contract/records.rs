//! Records: kept whole, each version once.

use super::{Engine, done, fixtures, refused};
use crate::{CommitError, Conflict};
use domain::{
    case::CaseState,
    change::Write,
    inquiry::{Closing, Stage},
    notice::{Carrier, Delivery},
};
use fixtures::{Maker, at, case, next, write};
use std::sync::Arc;

/// What is written is what is read, by every way of finding it.
pub async fn keeps_every_record_whole<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let person = make.person();
    let inquiry = make.inquiry_of(&person, "proof-of-status", 0);
    let (staff, session, draft) = (make.staff("Poe"), make.session(0, 600), make.draft(0));
    let (early, late) = (make.notice(inquiry.id, 1), make.notice(inquiry.id, 2));
    let mut change = make.writing([
        Write::Person(Box::new(person.clone())),
        write(&inquiry),
        Write::Staff(Box::new(staff.clone())),
        Write::Session(Box::new(session.clone())),
        Write::Draft(Box::new(draft.clone())),
        Write::Notice(Box::new(late.clone())),
        Write::Notice(Box::new(early.clone())),
        Write::Case(Box::new(case("IOE9999999901", CaseState::Pending))),
    ]);
    change.jobs.push(make.job(5));
    done(&*store, change).await;

    let some = Some(inquiry.clone());
    assert_eq!(store.inquiry(inquiry.id).await.unwrap(), some);
    assert_eq!(store.inquiry_numbered(inquiry.number).await.unwrap(), some);
    assert_eq!(store.live_inquiry(person.id, &inquiry.reason).await.unwrap(), some);
    assert_eq!(store.live_inquiry(person.id, &fixtures::reason_code("other")).await.unwrap(), None);
    assert_eq!(store.person(person.id).await.unwrap().as_ref(), Some(&person));
    assert_eq!(store.person_identified(&person.identity).await.unwrap(), Some(person));
    assert_eq!(store.staff(staff.id).await.unwrap().as_ref(), Some(&staff));
    assert_eq!(store.staff_named(&staff.sign_in).await.unwrap(), Some(staff));
    assert_eq!(store.session(&session.token_hash).await.unwrap(), Some(session));
    assert_eq!(store.draft(&draft.token_hash).await.unwrap(), Some(draft));
    assert_eq!(store.notice(late.id).await.unwrap().as_ref(), Some(&late));
    assert_eq!(store.notices(inquiry.id).await.unwrap(), [early, late]);
    let found = store.case(&"IOE9999999901".parse().unwrap()).await.unwrap();
    assert_eq!(found, Some(case("IOE9999999901", CaseState::Pending)));

    let other = make.inquiry(0);
    assert_eq!(store.inquiry(other.id).await.unwrap(), None);
    assert_eq!(store.inquiry_numbered(other.number).await.unwrap(), None);
    assert_eq!(store.person(other.person).await.unwrap(), None);
    assert_eq!(store.notices(other.id).await.unwrap(), []);
    assert_eq!(store.staff_named("nobody").await.unwrap(), None);
    assert_eq!(store.case(&"IOE9999999902".parse().unwrap()).await.unwrap(), None);

    let names = [make.staff("Zoe"), make.staff("Abel"), make.staff("Mo")];
    done(&*store, make.writing(names.map(|s| Write::Staff(Box::new(s))))).await;
    let all: Vec<String> = store.all_staff().await.unwrap().into_iter().map(|s| s.name).collect();
    assert_eq!(all, ["Abel", "Mo", "Poe", "Zoe"]);
}

/// An inquiry comes back as it was, whatever its stage carries.
pub async fn keeps_every_stage_whole<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let all = make.every_stage();
    done(&*store, make.writing(all.iter().map(write))).await;
    for inquiry in &all {
        assert_eq!(store.inquiry(inquiry.id).await.unwrap().as_ref(), Some(inquiry));
    }
    for name in Stage::NAMES {
        assert!(all.iter().any(|i| i.stage.as_str() == name), "no inquiry is {name}");
    }
}

/// A version that does not follow the one that is there is refused, for each kind of record.
pub async fn refuses_a_stale_version<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (inquiry, person, staff) = (make.inquiry(0), make.person(), make.staff("Poe"));
    let (session, draft, notice) = (make.session(0, 600), make.draft(0), make.notice(inquiry.id, 0));
    let all = |version: u64| {
        let mut all =
            (inquiry.clone(), person.clone(), staff.clone(), session.clone(), draft.clone(), notice.clone());
        all.0.version = version;
        all.1.version = version;
        all.2.version = version;
        all.3.version = version;
        all.4.version = version;
        all.5.version = version;
        [
            Write::Inquiry(Box::new(all.0)),
            Write::Person(Box::new(all.1)),
            Write::Staff(Box::new(all.2)),
            Write::Session(Box::new(all.3)),
            Write::Draft(Box::new(all.4)),
            Write::Notice(Box::new(all.5)),
        ]
    };
    for wrong in [0, 2] {
        for record in all(wrong) {
            let met = refused(&*store, make.writing([record])).await;
            assert!(matches!(met, Conflict::Stale { .. }), "{met:?}");
        }
    }
    for version in 1..=3 {
        done(&*store, make.writing(all(version))).await;
        for wrong in [version - 1, version, version + 2] {
            for record in all(wrong) {
                let met = refused(&*store, make.writing([record])).await;
                assert!(matches!(met, Conflict::Stale { .. }), "{met:?}");
            }
        }
    }
    assert_eq!(store.inquiry(inquiry.id).await.unwrap().map(|i| i.version), Some(3));
    // Two versions in one change follow each other as two changes would.
    let [fourth, ..] = all(4);
    let [fifth, ..] = all(5);
    done(&*store, make.writing([fourth, fifth])).await;
}

/// A new record under an identifier that is used is stale, not replaced.
pub async fn refuses_a_new_record_that_is_there<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let first = make.inquiry(0);
    done(&*store, make.writing([write(&first)])).await;
    let mut second = make.inquiry(0);
    second.id = first.id;
    assert_eq!(refused(&*store, make.writing([write(&second)])).await, Conflict::Stale { record: "inquiry" });
    assert_eq!(store.inquiry(first.id).await.unwrap(), Some(first));
}

/// Of many who write the same next version one wins, and the rest learn it.
pub async fn lets_one_of_many_writers_of_a_version_win<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Arc::new(Maker::default());
    let inquiry = make.inquiry(0);
    done(&*store, make.writing([write(&inquiry)])).await;
    let rivals: Vec<_> = (0..20)
        .map(|n| {
            let (store, make) = (Arc::clone(&store), Arc::clone(&make));
            let mine = next(&inquiry, Stage::Spoken { officer: make.officer(), at: at(n), due: at(n + 60) });
            tokio::spawn(async move { (store.commit(make.writing([write(&mine)])).await, mine) })
        })
        .collect();
    let mut won = Vec::new();
    for rival in rivals {
        match rival.await.unwrap() {
            (Ok(_), mine) => won.push(mine),
            (Err(CommitError::Conflict(met)), _) => assert_eq!(met, Conflict::Stale { record: "inquiry" }),
            (Err(other), _) => panic!("{other:?}"),
        }
    }
    assert_eq!(won.len(), 1);
    assert_eq!(store.inquiry(inquiry.id).await.unwrap(), won.pop());
}

/// Two inquiries never carry one number.
pub async fn keeps_an_inquiry_number_for_one<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let first = make.inquiry(0);
    done(&*store, make.writing([write(&first)])).await;
    let mut second = make.inquiry(0);
    let own = second.number;
    second.number = first.number;
    assert_eq!(refused(&*store, make.writing([write(&second)])).await, Conflict::NumberInUse);
    second.number = own;
    done(&*store, make.writing([write(&second)])).await;
    let mut renumbered = next(&second, second.stage.clone());
    renumbered.number = first.number;
    assert_eq!(refused(&*store, make.writing([write(&renumbered)])).await, Conflict::NumberInUse);
}

/// A second live inquiry for the same person and reason is refused, and the first is named.
pub async fn keeps_one_live_inquiry_for_a_person_and_reason<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let person = make.person();
    let first = make.inquiry_of(&person, "proof-of-status", 0);
    let second = make.inquiry_of(&person, "proof-of-status", 5);
    let elsewhere = make.inquiry_of(&person, "emergency-travel", 5);
    done(&*store, make.writing([write(&first), write(&elsewhere)])).await;
    let pair = Conflict::LiveInquiry { inquiry: first.id };
    assert_eq!(refused(&*store, make.writing([write(&second)])).await, pair);
    // The same within one change.
    let (a, b) = (make.inquiry_of(&make.person(), "x", 0), make.inquiry(0));
    let mut b = b;
    (b.person, b.reason) = (a.person, a.reason.clone());
    let pair = Conflict::LiveInquiry { inquiry: a.id };
    assert_eq!(refused(&*store, make.writing([write(&a), write(&b)])).await, pair);
    assert_eq!(store.inquiry(a.id).await.unwrap(), None);

    let closed = next(&first, Stage::Closed { at: at(9), closing: Closing::Withdrawn });
    done(&*store, make.writing([write(&closed), write(&second)])).await;
    assert_eq!(store.live_inquiry(person.id, &second.reason).await.unwrap(), Some(second.clone()));
    // And the first cannot come back to life beside it.
    let reopened = next(&closed, first.stage.clone());
    let pair = Conflict::LiveInquiry { inquiry: second.id };
    assert_eq!(refused(&*store, make.writing([write(&reopened)])).await, pair);
}

/// One identity, one person.
pub async fn knows_a_person_by_their_identity<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let first = make.person();
    let mut second = make.person();
    let own = second.identity.clone();
    second.identity = first.identity.clone();
    done(&*store, make.writing([Write::Person(Box::new(first.clone()))])).await;
    let known = refused(&*store, make.writing([Write::Person(Box::new(second.clone()))])).await;
    assert_eq!(known, Conflict::PersonKnown);
    second.identity = own.clone();
    done(&*store, make.writing([Write::Person(Box::new(second.clone()))])).await;
    second.version = 2;
    second.identity = first.identity.clone();
    let known = refused(&*store, make.writing([Write::Person(Box::new(second.clone()))])).await;
    assert_eq!(known, Conflict::PersonKnown);
    // A person keeps their own identity at the next version.
    second.identity = own;
    done(&*store, make.writing([Write::Person(Box::new(second))])).await;
}

/// One sign-in name, one member of staff.
pub async fn keeps_a_sign_in_name_for_one<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let mut first = make.staff("Poe");
    let mut second = make.staff("Doe");
    second.sign_in = first.sign_in.clone();
    done(&*store, make.writing([Write::Staff(Box::new(first.clone()))])).await;
    let met = refused(&*store, make.writing([Write::Staff(Box::new(second.clone()))])).await;
    assert_eq!(met, Conflict::SignInInUse);
    first.version = 2;
    "poe".clone_into(&mut first.sign_in);
    done(&*store, make.writing([Write::Staff(Box::new(first))])).await;
    // The name given up may be taken.
    done(&*store, make.writing([Write::Staff(Box::new(second))])).await;
}

/// What is ended is gone, cannot be continued, and may be ended again.
pub async fn ends_sessions_and_drafts<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (mut session, mut draft) = (make.session(0, 600), make.draft(0));
    done(
        &*store,
        make.writing([Write::Session(Box::new(session.clone())), Write::Draft(Box::new(draft.clone()))]),
    )
    .await;
    // Another record under the same token is refused.
    let (mut other_session, mut other_draft) = (make.session(0, 600), make.draft(0));
    other_session.token_hash.clone_from(&session.token_hash);
    other_draft.token_hash.clone_from(&draft.token_hash);
    for twin in [Write::Session(Box::new(other_session)), Write::Draft(Box::new(other_draft))] {
        let met = refused(&*store, make.writing([twin])).await;
        assert!(matches!(met, Conflict::Stale { .. }), "{met:?}");
    }
    for _ in 0..2 {
        done(&*store, make.writing([Write::EndSession(session.id), Write::EndDraft(draft.id)])).await;
        assert_eq!(store.session(&session.token_hash).await.unwrap(), None);
        assert_eq!(store.draft(&draft.token_hash).await.unwrap(), None);
    }
    session.version = 2;
    draft.version = 2;
    for late in [Write::Session(Box::new(session)), Write::Draft(Box::new(draft))] {
        let met = refused(&*store, make.writing([late])).await;
        assert!(matches!(met, Conflict::Stale { .. }), "{met:?}");
    }
}

/// A case is whatever its source said last; a notice follows its delivery.
pub async fn replaces_a_case<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    for state in [CaseState::Received, CaseState::Decision, CaseState::Decision] {
        let now = case("IOE9999999901", state);
        done(&*store, make.writing([Write::Case(Box::new(now.clone()))])).await;
        assert_eq!(store.case(&now.receipt).await.unwrap(), Some(now));
    }
    let mut notice = make.notice(make.inquiry(0).id, 0);
    for delivery in [
        Delivery::Queued,
        Delivery::Delayed { attempts: 1, at: at(1) },
        Delivery::Sent { at: at(2), receipt: "250 2.0.0 Ok".to_owned() },
    ] {
        notice.delivery = delivery;
        done(&*store, make.writing([Write::Notice(Box::new(notice.clone()))])).await;
        assert_eq!(store.notice(notice.id).await.unwrap().as_ref(), Some(&notice));
        notice.version += 1;
    }
}

/// Letters that wait for the print room are found whoever's they are, oldest first, page by page, until they are posted.
pub async fn letters_wait_for_the_print_room_in_order<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let mut letters = Vec::new();
    for queued in [3, 1, 2, 2, 9] {
        let mut letter = make.notice(make.inquiry(0).id, queued);
        letter.by = Carrier::Post;
        letter.delivery = Delivery::ToPrint { at: at(queued) };
        letters.push(letter);
    }
    let other = make.notice(make.inquiry(0).id, 1);
    let all = letters.iter().chain([&other]).map(|n| Write::Notice(Box::new(n.clone())));
    done(&*store, make.writing(all.collect::<Vec<_>>())).await;
    letters.sort_by_key(|letter| (letter.queued_at, letter.id));
    let waiting = &letters[..4];
    assert_eq!(store.to_print(None, at(8), 500).await.unwrap(), waiting);
    let mut pages = Vec::new();
    let mut after = None;
    loop {
        let page = store.to_print(after, at(8), 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.queued_at, last.id));
        pages.extend(page);
    }
    assert_eq!(pages, waiting);
    let mut posted = letters[0].clone();
    posted.version += 1;
    posted.delivery = Delivery::Sent { at: at(9), receipt: "posted".to_owned() };
    done(&*store, make.writing([Write::Notice(Box::new(posted))])).await;
    assert_eq!(store.to_print(None, at(9), 500).await.unwrap(), letters[1..]);
    assert_eq!(store.to_print(None, at(0), 500).await.unwrap(), []);
}
