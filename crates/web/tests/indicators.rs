//! The figures of the desks: what happened is what is counted, and whoever runs one office sees that office's.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Room, faults::faults};
use axum::http::{StatusCode, header};
use domain::{callback::CallOutcome, text::Lang};
use jiff::SignedDuration;

const NOW: &str = "2026-11-23T17:00:00Z";

/// A line of the CSV: value, counted from, left out.
fn line<'a>(csv: &'a str, indicator: &str, group: &str) -> Option<(&'a str, &'a str, &'a str)> {
    csv.lines().map(|line| line.split(',').collect::<Vec<_>>()).find_map(|cells| match cells[..] {
        [_, _, found, _, _, of, _, value, n, left_out, _, _] if found == indicator && of == group => {
            Some((value, n, left_out))
        }
        _ => None,
    })
}

/// Three calls are promised for one window: one person is reached, one does not answer, and nobody calls the third.
async fn three_calls() -> Room {
    let room = Room::at(NOW).await;
    let mut all = Vec::new();
    for (given, lang) in [("Ana", Lang::en()), ("Bo", Lang::es()), ("Cy", Lang::es())] {
        all.push(room.ask(given, "Example", "case-question", lang).await);
    }
    let window = room.desk.windows(&all[0], room.now(), 1).await.unwrap()[0].window.clone();
    for inquiry in &all {
        let officer = room.as_staff("m.ortega").await;
        room.desk.promise_callback(&officer, inquiry.id, window.start, None).await.unwrap();
    }
    room.until(window.start + SignedDuration::from_mins(10)).await;
    for (inquiry, outcome) in all.iter().zip([CallOutcome::Reached, CallOutcome::WrongNumber]) {
        room.desk.start_call(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
        room.desk.end_call(&room.as_staff("m.ortega").await, inquiry.id, outcome).await.unwrap();
    }
    room.until(window.end + SignedDuration::from_mins(5)).await;
    room
}

#[tokio::test]
async fn what_happened_is_what_is_counted() {
    let room = three_calls().await;
    let mut supervisor = room.browser("supervisor", "en").await;
    let answer = supervisor.get("/indicators.csv").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    let csv = &answer.body;
    assert_eq!(line(csv, "calls-due", ""), Some(("3", "3", "0")));
    assert_eq!(line(csv, "calls-kept", ""), Some(("333", "3", "0")));
    assert_eq!(line(csv, "calls-on-time", ""), Some(("667", "3", "0")));
    assert_eq!(line(csv, "calls-missed-by-us", ""), Some(("333", "3", "0")));
    assert_eq!(line(csv, "calls-missed-by-person", ""), Some(("333", "3", "0")));
    assert_eq!(line(csv, "dialled-half", ""), Some(("600", "2", "1")));
    assert_eq!(line(csv, "visits-served", ""), Some(("", "0", "0")));
    let by_lang = supervisor.get("/indicators.csv?by=lang").await.body;
    assert_eq!(line(&by_lang, "calls-kept", "en"), Some(("1000", "1", "0")));
    assert_eq!(line(&by_lang, "calls-kept", "es"), Some(("0", "2", "0")));
    let by_relay = supervisor.get("/indicators.csv?by=relay").await.body;
    assert_eq!(line(&by_relay, "calls-kept", "yes"), Some(("333", "3", "0")));
    assert!(csv.starts_with(
        "from,to,indicator,definition_version,by,group,unit,value,n,left_out,held_back,recorded"
    ));
    assert!(csv.contains(",occupancy,2,all,,thousandths,,0,0,no,yes"), "{csv}");
    // A period without any of it.
    let before = supervisor.get("/indicators.csv?from=2026-11-01&to=2026-11-10").await.body;
    assert_eq!(line(&before, "calls-due", ""), Some(("0", "0", "0")));
    assert!(before.contains("2026-11-01,2026-11-10,calls-due,"), "{before}");
    for name in ["Ana", "Example", "555"] {
        assert!(!csv.contains(name), "{name}");
    }
}

#[tokio::test]
async fn whoever_runs_one_office_sees_that_offices_figures() {
    let room = three_calls().await;
    let mut manager = room.browser("manager.los", "en").await;
    let csv = manager.get("/indicators.csv").await.body;
    // ZIP 90012 is served by Los Angeles.
    assert_eq!(line(&csv, "calls-due", ""), Some(("3", "3", "0")));
    let by_office = manager.get("/indicators.csv?by=office").await.body;
    assert_eq!(line(&by_office, "calls-due", "LOS"), Some(("3", "3", "0")));
    let page = manager.get("/indicators").await.body;
    assert!(page.contains("is-calls-kept") && !page.contains("is-service-level"), "the line is not theirs");
    assert!(page.contains("is-reviews-due") && !page.contains("is-occupancy"));

    // The same calls, of another office's people.
    let room = Room::at(NOW).await;
    let asked = room.ask("Di", "Example", "case-question", Lang::en()).await;
    let window = room.desk.windows(&asked, room.now(), 1).await.unwrap()[0].window.clone();
    let office = "NYC".parse().unwrap();
    let supervisor = room.as_staff("supervisor").await;
    room.desk.change_office(&supervisor, asked.id, &office, "moved").await.unwrap();
    room.desk.promise_callback(&room.as_staff("m.ortega").await, asked.id, window.start, None).await.unwrap();
    room.until(window.end + SignedDuration::from_mins(5)).await;
    let csv = room.browser("manager.los", "en").await.get("/indicators.csv").await.body;
    assert_eq!(line(&csv, "calls-due", ""), Some(("0", "0", "0")));
    let csv = room.browser("supervisor", "en").await.get("/indicators.csv").await.body;
    assert_eq!(line(&csv, "calls-due", ""), Some(("1", "1", "0")));
}

#[tokio::test]
async fn every_name_has_its_definition_and_the_page_is_whole() {
    let room = three_calls().await;
    for lang in ["en", "es"] {
        let mut analyst = room.browser("analyst", lang).await;
        for path in [
            "/indicators",
            "/indicators?by=office",
            "/indicators?by=lang&from=2026-11-20",
            "/indicators?by=queue",
            "/indicators?by=relay",
            "/indicators?by=represented",
            "/indicators?by=pause",
        ] {
            let answer = analyst.get(path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(faults(&answer.body, lang), Vec::<String>::new(), "{lang} {path}");
        }
        let page = analyst.get("/indicators").await.body;
        let terms: Vec<&str> =
            page.split("href=\"#is-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(terms.len(), domain::indicators::Indicator::ALL.len());
        for term in terms {
            assert!(page.contains(&format!("id=\"is-{term}\"")), "{term} has no definition");
            assert!(page.contains(&format!("aria-describedby=\"tip-{term}\"")), "{term} does not show it");
        }
    }
}
