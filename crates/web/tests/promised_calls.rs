//! The calendar of promised calls by day and week, and what it says of calls that were taken over; without scripts.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Room, faults::faults};
use axum::http::StatusCode;
use desk::acts::PlanRoster;
use domain::{inquiry::Inquiry, roster::Shifts, text::Lang};
use jiff::{SignedDuration, civil::date};
use std::collections::BTreeMap;

/// A Monday, noon by the line's clock.
const NOW: &str = "2026-11-23T17:00:00Z";

async fn promised(room: &Room, given: &str, owner: Option<&str>) -> Inquiry {
    let asked = room.ask(given, "Example", "case-question", Lang::en()).await;
    let window = room.desk.windows(&asked, room.now(), 1).await.unwrap()[0].window.clone();
    let owner = match owner {
        Some(name) => Some(room.id(name).await),
        None => None,
    };
    room.desk.promise_callback(&room.system(), asked.id, window.start, owner).await.unwrap()
}

#[tokio::test]
async fn a_day_and_a_week_show_ones_own_calls_and_anybodys() {
    for lang in ["en", "es"] {
        let room = Room::at(NOW).await;
        let mine = promised(&room, "Ana", Some("m.ortega")).await;
        let pool = promised(&room, "Bo", None).await;
        let theirs = promised(&room, "Cy", Some("j.lee")).await;
        let mut officer = room.browser("m.ortega", lang).await;
        let shows = |body: &str, inquiry: &Inquiry| body.contains(&inquiry.number.to_string());
        for (of, expected) in [("both", [true, true]), ("mine", [true, false]), ("pool", [false, true])] {
            for view in ["day", "week"] {
                let page = officer.get(&format!("/callbacks?view={view}&of={of}&day=2026-11-23")).await;
                assert_eq!(page.status, StatusCode::OK);
                assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{view} {of}");
                assert_eq!([shows(&page.body, &mine), shows(&page.body, &pool)], expected, "{view} {of}");
                assert!(!shows(&page.body, &theirs), "a colleague's calls are theirs");
                // A table with hours down the side and dates across, and a list of the same for a narrow window.
                let heads = page.body.matches("<th scope=\"col\"").count();
                assert_eq!(heads, if view == "week" { 8 } else { 2 });
                assert!(page.body.matches("<th scope=\"row\"").count() >= 11);
                assert!(page.body.contains("cal-narrow"));
            }
        }
        // Before and behind lie other dates, and what cannot be read is today.
        let week = officer.get("/callbacks?view=week&day=2026-11-25").await.body;
        for day in ["2026-11-16", "2026-11-30"] {
            assert!(week.contains(&format!("view=week&amp;of=both&amp;day={day}")), "{day}");
        }
        let next = officer.get("/callbacks?view=week&day=2026-11-30").await.body;
        assert!(!shows(&next, &mine) && next.contains("desk-empty"));
        let odd = officer.get("/callbacks?view=day&day=x&of=held").await.body;
        assert!(shows(&odd, &mine) && shows(&odd, &pool));
        // A supervisor has no calls, and sees everybody's.
        let mut supervisor = room.browser("supervisor", lang).await;
        let all = supervisor.get("/callbacks?view=day").await.body;
        assert!([&mine, &pool, &theirs].into_iter().all(|one| shows(&all, one)) && all.contains("J.LEE"));
        let held = supervisor.get("/callbacks?view=day&of=held").await.body;
        assert!(shows(&held, &theirs) && !shows(&held, &pool));
        // News counts what is new there, and the list is a view beside them.
        let news = supervisor.get("/callbacks/news?since=0&view=week&of=both&day=2026-11-23").await;
        assert_eq!(news.status, StatusCode::OK);
        assert!(news.body.contains("desk-news"), "{}", news.body);
        assert!(officer.get("/callbacks").await.body.contains("view=week"));
    }
}

#[tokio::test]
async fn hours_off_duty_are_shaded_and_said() {
    let room = Room::at(NOW).await;
    let ortega = room.id("m.ortega").await;
    let day = || vec!["09:00-17:00".parse().unwrap()];
    let shifts =
        Shifts { from: date(2026, 11, 23), week: std::array::from_fn(|_| day()), days: BTreeMap::new() };
    let plan = PlanRoster { of: ortega, shifts: Some(shifts), because: String::new() };
    room.desk.plan_roster(&room.as_staff("supervisor").await, &plan).await.unwrap();
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get("/callbacks?view=day").await.body;
    let said = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(said.contains("9:00 a.m. to 5:00 p.m."), "{said}");
    assert_eq!(
        page.matches("cal-off").count(),
        4,
        "from seven to nine and from five to seven in the evening"
    );
    let pool = officer.get("/callbacks?view=day&of=pool").await.body;
    assert!(!pool.contains("cal-off"), "anybody's calls have nobody's hours");
}

#[tokio::test]
async fn a_call_that_was_taken_over_says_so_on_the_calendar_the_inquiry_and_the_wallboard() {
    for lang in ["en", "es"] {
        let room = Room::at(NOW).await;
        let inquiry = promised(&room, "Ana", Some("m.ortega")).await;
        let start = inquiry.callback().unwrap().window.start;
        room.until(start - SignedDuration::from_mins(20)).await;
        let mut lee = room.browser("j.lee", lang).await;
        room.until(start - SignedDuration::from_mins(5)).await;
        assert_eq!(room.reload(&inquiry).await.callback().unwrap().owner, Some(room.id("j.lee").await));
        let page = lee.get("/callbacks?view=day&of=mine").await.body;
        assert!(page.contains("M.ORTEGA"), "whose call it was: {page}");
        let story = lee.get(&format!("/inquiry/{}", inquiry.number.digits())).await.body;
        assert!(story.contains("J.LEE"), "{story}");

        // Nobody is there for the next one: the supervisor sees it.
        room.until(start + SignedDuration::from_mins(200)).await;
        let left = promised(&room, "Bo", Some("m.ortega")).await;
        let start = left.callback().unwrap().window.start;
        room.until(start - SignedDuration::from_mins(5)).await;
        assert!(room.reload(&left).await.callback().unwrap().is_left());
        let mut supervisor = room.browser("supervisor", lang).await;
        let behind = supervisor.get("/wallboard/due").await.body;
        let says = if lang == "en" { "nobody could take it" } else { "nadie pudo tomarla" };
        assert!(behind.contains(says) && behind.contains(&left.number.to_string()), "{behind}");
        let board = supervisor.get("/wallboard").await.body;
        assert!(board.contains("wall-tile--bad"), "{board}");
        let story = supervisor.get(&format!("/inquiry/{}", left.number.digits())).await.body;
        assert_eq!(faults(&story, lang), Vec::<String>::new());
    }
}
