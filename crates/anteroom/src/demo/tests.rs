//! The story holds together whenever it is told.

use super::*;
use domain::{
    indicators::{self, By, Indicator},
    inquiry::Stage,
    journal::Seq,
};
use std::collections::BTreeMap;
use store::{List, Page, Store};

/// A store that the story was told into.
pub async fn told_at(now: &str) -> (tempfile::TempDir, Installation, Told, Moments) {
    let dir = tempfile::tempdir().unwrap();
    let mail = Mail {
        sender: Sender { address: "no-reply@demo.example".into(), domain: "demo.example".into() },
        way: MailWay::Folder(dir.path().join(MAIL)),
    };
    let made = Made {
        data: dir.path(),
        store: &Stored { at: data::store(dir.path()), old: OldSchema::Migrate },
        pack: packs::uscis().unwrap(),
        cases: &Cases::File,
        mail: &mail,
        texts: None,
        staff: crate::config::StaffRules::default(),
        public_url: "http://127.0.0.1:8080",
        chance: Chance::new(SEED).seed(),
    };
    let installation = Installation::open(made).await.unwrap();
    let begun = std::time::Instant::now();
    let (told, moments) = tell(&installation.desk, SEED, now.parse().unwrap()).await.unwrap();
    println!("{now}: {} inquiries in {:?}", told.inquiries, begun.elapsed());
    (dir, installation, told, moments)
}

async fn everything(store: &dyn Store) -> Vec<domain::inquiry::Inquiry> {
    let mut all = Vec::new();
    loop {
        let offset = u32::try_from(all.len()).unwrap();
        let page = store.list(&List::All, Page { offset, limit: 500 }).await.unwrap();
        all.extend(page.rows);
        if !page.more {
            return all;
        }
    }
}

#[test]
fn it_can_begin_while_there_is_something_to_see() {
    let pack = packs::uscis().unwrap();
    let line = &pack.line().calendar;
    for (now, begins) in [
        ("2026-11-24T17:35:00Z", "2026-11-24T17:35:00Z"),
        // A Saturday, half an hour before the end of a Friday, and Thanksgiving: half past noon there, on the next day.
        ("2026-11-28T17:35:00Z", "2026-11-30T17:30:00Z"),
        ("2026-11-28T00:30:00Z", "2026-11-30T17:30:00Z"),
        ("2026-11-26T17:00:00Z", "2026-11-27T17:30:00Z"),
        ("2026-11-24T12:00:00Z", "2026-11-24T17:30:00Z"),
    ] {
        assert_eq!(lively(line, now.parse().unwrap()).to_string(), begins, "{now}");
    }
}

/// What must hold of the story at any hour.
async fn holds_at(now: &str) {
    let (_dir, installation, told, moments) = told_at(now).await;
    let store = &*installation.store;
    let all = everything(store).await;
    let mut stages: BTreeMap<&str, usize> = BTreeMap::new();
    for inquiry in &all {
        *stages.entry(inquiry.stage.as_str()).or_default() += 1;
    }
    println!("{stages:?}; refused: {:#?}", told.refused);
    for stage in Stage::NAMES {
        assert!(stages.contains_key(stage), "{now}: nobody is at {stage}: {stages:?}");
    }
    assert!((150..=300).contains(&all.len()), "{now}: {} inquiries", all.len());
    assert!(told.refused.len() <= 12, "{now}: {:#?}", told.refused);
    assert_eq!(store.check().await.unwrap(), []);
    assert_eq!(store.verify_journal().await.unwrap().broken, None);
    assert!(store.dead_jobs(10).await.unwrap().is_empty());

    // Nothing lies in the future that is said to have happened.
    let newest = store.journal(Seq(store.journal_end().await.unwrap().0 - 1), 1).await.unwrap();
    assert!(newest[0].at <= moments.now);

    // Broken, kept and ready promises; visits missed and kept; a fifth or so in Spanish; some urgent.
    let now = moments.now;
    let count = |what: &dyn Fn(&domain::inquiry::Inquiry) -> bool| all.iter().filter(|i| what(i)).count();
    assert!(count(&|i| i.callback().is_some_and(|c| c.broken_at.is_some())) >= 1);
    assert!(count(&|i| i.callback().is_some_and(|c| c.window.start > now)) >= 8);
    if moments.calling_now {
        assert!(
            count(&|i| i.stage.as_str() == "promised" && i.callback().is_some_and(|c| c.window.contains(now)))
                >= 1
        );
    }
    assert!(count(&|i| i.missed_visits() > 0) >= 4);
    let spanish = count(&|i| i.reach.lang.as_str() == "es") * 100 / all.len();
    assert!((13..=22).contains(&spanish), "{spanish} % in Spanish");
    assert!(count(&|i| i.urgency == domain::urgency::Urgency::Urgent) >= 20);
    assert!(
        count(&|i| matches!(i.stage, Stage::Closed { closing: domain::inquiry::Closing::ByMail, .. })) >= 8
    );
    assert!(
        count(&|i| matches!(i.stage, Stage::Closed { closing: domain::inquiry::Closing::Served, .. })) >= 15
    );

    // The office's day is worth looking at, and one small office is full.
    let zone = installation.desk.pack().office(&cast::OFFICE.parse().unwrap()).unwrap().zone().clone();
    let (from, to) =
        (zone.day_start(moments.day).unwrap(), zone.day_start(moments.day.tomorrow().unwrap()).unwrap());
    let list = List::Day { office: cast::OFFICE.parse().unwrap(), from, to };
    let day = store.list(&list, Page::first(100)).await.unwrap().rows;
    assert!(day.len() >= 10, "{now}: only {} come on {}", day.len(), moments.day);

    let full: domain::codes::OfficeCode = cast::FULL.parse().unwrap();
    let office = installation.desk.pack().office(&full).unwrap();
    let regular =
        all.iter().find(|i| i.office == full && i.urgency == domain::urgency::Urgency::Regular).unwrap();
    let places = installation.desk.places(regular, Some(&full), now).await.unwrap();
    assert!(!places.all.is_empty(), "other days are free");
    let left = places.all.iter().filter(|p| office.zone().date(p.start) == moments.full_day).count();
    assert_eq!(left, 0, "{now}: places left on {}", moments.full_day);

    // The line's days have figures, and nobody waits who could not be spoken with.
    let desk = &installation.desk;
    let facts = desk.facts(now - SignedDuration::from_hours(24 * 12), now, now).await.unwrap();
    let figures = indicators::count(&facts, By::All);
    let n = |of: Indicator| figures.iter().find(|one| one.indicator == of).map_or(0, |one| one.n);
    for (of, least) in [
        (Indicator::LiveTalk, 50),
        (Indicator::ServiceLevel, 60),
        (Indicator::BackTalk, 4),
        (Indicator::EstimateRight, 40),
        (Indicator::Shrinkage, 60),
    ] {
        assert!(n(of) >= least, "{now}: {} of {}", n(of), of.as_str());
    }
    let caller = Caller::new(Who::System("test"), IdempotencyKey::of("test", "board"), now);
    let board = desk.wait_board(&caller).await.unwrap();
    assert!(board.callers.is_empty() && board.operators.is_empty(), "{board:?}");

    // Nobody could be real.
    for inquiry in &all {
        let phone = inquiry.reach.phone.e164();
        assert!(phone.len() == 12 && &phone[5..10] == "55501", "{phone}");
        if let Some(email) = &inquiry.reach.email {
            let host = email.reveal().rsplit('@').next().unwrap();
            assert!(host == "example.org" || host.ends_with(".example"), "{host}");
        }
        if let Some(receipt) = &inquiry.receipt {
            assert!(receipt.as_str().starts_with("IOE99999"));
            assert!(store.case(receipt).await.unwrap().is_some(), "every receipt leads to a case");
        }
        let person = store.person(inquiry.person).await.unwrap().unwrap();
        assert!(person.file_number.is_none_or(|number| number.reveal().starts_with("A00000")));
    }
    for line in
        tour::lines(&installation.desk, "http://127.0.0.1:8080", std::path::Path::new("mail"), &moments)
            .await
            .unwrap()
    {
        println!("{line}");
    }
    installation.store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_weekday_morning() {
    holds_at("2026-11-24T17:35:00Z").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_sunday_night() {
    holds_at("2026-11-23T06:40:00Z").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_thanksgiving() {
    holds_at("2026-11-26T20:00:00Z").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_day_after_the_clocks_went_forward() {
    holds_at("2027-03-15T16:10:00Z").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_weekday_afternoon_after_the_office_has_closed() {
    holds_at("2026-09-02T23:55:00Z").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_tells_the_same_story() {
    let mut entries = Vec::new();
    for _ in 0..2 {
        let (_dir, installation, _, _) = told_at("2026-11-24T17:35:00Z").await;
        let journal = installation.store.journal(Seq(0), 500).await.unwrap();
        let mut told: Vec<_> = journal.into_iter().map(|e| (e.at, e.actor, e.entry)).collect();
        // Letters of one instant are under way at once: which is noted first is chance.
        told.sort_by_cached_key(|(at, actor, entry)| (*at, format!("{actor:?} {entry:?}")));
        entries.push(told);
        installation.store.close().await;
    }
    assert_eq!(entries[0], entries[1]);
}

#[test]
fn only_a_folder_of_the_demo_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mine = dir.path().join("mine");
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join(data::STORE), "precious").unwrap();
    assert!(prepare(&mine, false).is_err());
    assert!(prepare(&mine, true).is_err());
    assert_eq!(fs::read_to_string(mine.join(data::STORE)).unwrap(), "precious");

    let demo = dir.path().join("demo");
    assert!(prepare(&demo, false).unwrap());
    fs::write(data::store_file(&demo), "old").unwrap();
    fs::create_dir(demo.join(MAIL)).unwrap();
    assert!(!prepare(&demo, true).unwrap());
    assert!(data::store_file(&demo).exists());
    assert!(prepare(&demo, false).unwrap());
    assert!(!data::store_file(&demo).exists() && !demo.join(MAIL).exists());
}
