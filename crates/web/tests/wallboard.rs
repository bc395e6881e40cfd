//! The wallboard: what is there is what is told, what is late is red with a sign, and each figure opens to what is behind it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Form, Room, faults::faults, forms::attribute};
use axum::http::StatusCode;
use desk::acts::{JoinWait, OperatorState};
use domain::{callback::CallOutcome, inquiry::Inquiry, text::Lang, urgency::Urgency, wait::Choice};
use jiff::{SignedDuration, Timestamp};

const NOW: &str = "2026-11-23T17:00:00Z";
const TILES: [&str; 8] = ["waiting", "longest", "estimate", "right", "due", "overdue", "kept", "operators"];

/// What a tile says: its figure, and the line under it.
fn tile(page: &str, code: &str) -> (String, String, bool) {
    let end = format!("/staff/wallboard/{code}\"");
    let part = page
        .split("<li class=\"wall-tile")
        .find(|part| part.contains(&end))
        .unwrap_or_else(|| panic!("{code}: {page}"));
    let text = |class: &str| {
        let rest = part.split(&format!("<span class=\"{class}\">")).nth(1).unwrap();
        let rest = rest.replace("<span aria-hidden=\"true\">", "").replace(['\u{2068}', '\u{2069}'], "");
        rest.split("</span></a>")
            .next()
            .unwrap()
            .replace("⚠ </span>", "⚠ ")
            .split("</span>")
            .next()
            .unwrap()
            .to_owned()
    };
    (text("wall-value"), text("wall-under"), part.starts_with(" wall-tile--bad"))
}

async fn joins(room: &Room, number: &str, lang: Lang) {
    let join = JoinWait {
        queue: "operators".parse().unwrap(),
        lang,
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some(number.parse().unwrap()),
        first_asked: None,
        node: None,
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    };
    room.desk.join_wait(&room.system(), &join).await.unwrap();
}

async fn promised(room: &Room, given: &str) -> (Inquiry, Timestamp, Timestamp) {
    let asked = room.ask(given, "Example", "case-question", Lang::en()).await;
    let window = room.desk.windows(&asked, room.now(), 1).await.unwrap()[0].window.clone();
    let officer = room.as_staff("m.ortega").await;
    room.desk.promise_callback(&officer, asked.id, window.start, None).await.unwrap();
    (asked, window.start, window.end)
}

#[tokio::test]
async fn the_board_tells_who_waits_and_what_islate() {
    let room = Room::at(NOW).await;
    let mut supervisor = room.browser("supervisor", "en").await;
    let page = supervisor.get("/wallboard").await.body;
    assert_eq!(tile(&page, "waiting").0, "0");
    assert_eq!(tile(&page, "longest").0, "none");
    assert_eq!(tile(&page, "overdue"), ("0".into(), String::new(), false));
    assert!(page.contains("Nobody waited in the last two hours"));

    let (kept, start, end) = promised(&room, "Ana").await;
    let (late, _, also) = promised(&room, "Bo").await;
    assert_eq!(end, also, "one window for both");
    room.until(start + SignedDuration::from_mins(1)).await;
    let page = room.browser("supervisor", "en").await.get("/wallboard").await.body;
    // Two are due, and nobody is on duty to call.
    assert_eq!(tile(&page, "due"), ("⚠ 2".into(), "no officer on duty".into(), true));
    let officer = room.store.staff_named("m.ortega").await.unwrap().unwrap();
    let ready = OperatorState { choice: Choice::Ready, node: None };
    room.desk.set_operator_state(&room.as_staff("m.ortega").await, officer.id, &ready).await.unwrap();
    let page = room.browser("supervisor", "en").await.get("/wallboard").await.body;
    assert_eq!(tile(&page, "due"), ("2".into(), "1 officer on duty".into(), false));
    assert_eq!(tile(&page, "operators"), ("1".into(), "1 ready".into(), false));

    room.desk.start_call(&room.as_staff("m.ortega").await, kept.id).await.unwrap();
    room.desk.end_call(&room.as_staff("m.ortega").await, kept.id, CallOutcome::Reached).await.unwrap();
    room.until(end + SignedDuration::from_mins(20)).await;
    joins(&room, "2025550101", Lang::en()).await;
    room.pass(3).await;
    joins(&room, "2025550102", Lang::es()).await;
    let mut supervisor = room.browser("supervisor", "en").await;
    let page = supervisor.get("/wallboard").await.body;
    assert_eq!(tile(&page, "overdue"), ("⚠ 1".into(), "23 minutes late".into(), true));
    assert_eq!(tile(&page, "kept"), ("50.0 %".into(), "counted from 2".into(), false));
    assert_eq!(tile(&page, "waiting"), ("2".into(), "2 of them to call back".into(), false));
    assert_eq!(tile(&page, "longest").0, "3 min 0 s");
    assert!(page.contains("Waiting in the last two hours, \u{2068}2\u{2069} at most"), "{page}");
    assert!(!page.contains("2025550101"), "no number stands on a wall");

    // Behind what is late stands that one promise, and behind what was kept both.
    let number = room.reload(&late).await.number.to_string();
    let behind = supervisor.get("/wallboard/overdue").await.body;
    assert!(behind.contains(&number) && !behind.contains(&kept.number.to_string()), "{behind}");
    let behind = supervisor.get("/wallboard/kept").await.body;
    assert!(behind.contains(&number) && behind.contains(&kept.number.to_string()), "{behind}");
    assert!(
        behind.find("Not called in time").unwrap() < behind.find(">Kept<").unwrap(),
        "what was not kept first"
    );
    assert_eq!(supervisor.get("/wallboard/else").await.status, StatusCode::NOT_FOUND);
}

/// The figures of a part of the room, in the order of its table.
fn part(page: &str, name: &str) -> Vec<String> {
    let row = format!("<th scope=\"row\"><bdi>{name}</bdi></th>");
    let row =
        page.split(&row).nth(1).unwrap_or_else(|| panic!("{name}: {page}")).split("</tr>").next().unwrap();
    let cells = row.split("<span class=\"wall-part-value\">").skip(1);
    cells
        .map(|cell| cell.replace("<span aria-hidden=\"true\">⚠ </span>", "⚠ "))
        .map(|cell| cell.split('<').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn each_queue_and_each_language_stands_by_itself() {
    let room = Room::at(NOW).await;
    let (_, start, _) = promised(&room, "Ana").await;
    room.until(start + SignedDuration::from_mins(1)).await;
    joins(&room, "2025550101", Lang::en()).await;
    room.pass(3).await;
    joins(&room, "2025550102", Lang::es()).await;
    room.pass(1).await;
    let officer = room.store.staff_named("m.ortega").await.unwrap().unwrap();
    let ready = OperatorState { choice: Choice::Ready, node: None };
    room.desk.set_operator_state(&room.as_staff("m.ortega").await, officer.id, &ready).await.unwrap();
    for lang in ["en", "es"] {
        let mut supervisor = room.browser("supervisor", lang).await;
        for by in ["queue", "lang"] {
            let page = supervisor.get(&format!("/wallboard?by={by}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{by}");
            assert!(!page.body.contains("wall-tile\""), "one board at a time");
        }
    }
    let mut supervisor = room.browser("supervisor", "en").await;
    let page = supervisor.get("/wallboard?by=queue").await.body;
    let (all, special) = (part(&page, "All operators"), part(&page, "Specialists"));
    // Waiting, the longest, what is told, what was right, who is on duty. Promised calls wait in no queue.
    assert_eq!((all.len(), special.len()), (5, 5));
    assert_eq!((&*all[0], &*all[1]), ("2", "4 min 0 s"));
    assert_eq!((&*special[0], &*special[1]), ("0", "none"));
    let page = supervisor.get("/wallboard?by=lang").await.body;
    let (english, spanish) = (part(&page, "English"), part(&page, "Spanish"));
    assert_eq!((english.len(), spanish.len()), (8, 8));
    assert_eq!((&*english[0], &*english[1]), ("1", "4 min 0 s"));
    assert_eq!((&*spanish[0], &*spanish[1]), ("1", "1 min 0 s"));
    let due = |part: &[String]| (part[4].clone(), part[5].clone());
    assert_eq!(due(&english), ("1".into(), "0".into()), "her promise is in English");
    assert_eq!(due(&spanish), ("0".into(), "0".into()));
    let else_ = supervisor.get("/wallboard?by=weather").await.body;
    assert!(else_.contains("wall-tile"), "what is no way to part it parts nothing");
}

#[tokio::test]
async fn the_board_and_all_behind_it_are_whole_in_both_languages() {
    let room = Room::at(NOW).await;
    promised(&room, "Ana").await;
    joins(&room, "2025550101", Lang::en()).await;
    for lang in ["en", "es"] {
        let mut supervisor = room.browser("supervisor", lang).await;
        let page = supervisor.get("/wallboard").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(faults(&page.body, lang), Vec::<String>::new());
        assert_eq!(page.body.matches("<li class=\"wall-tile").count(), TILES.len());
        let wall = page.body.split("id=\"wall\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(
            attribute(&format!(" {wall}"), "hx-trigger").unwrap().starts_with("look from:#desk-live"),
            "{wall}"
        );
        for code in TILES {
            let behind = supervisor.get(&format!("/wallboard/{code}")).await;
            assert_eq!(behind.status, StatusCode::OK, "{code}");
            assert_eq!(faults(&behind.body, lang), Vec::<String>::new(), "{code}");
        }
    }
}

#[tokio::test]
async fn a_supervisor_moves_people_who_wait_to_another_queue() {
    for lang in ["en", "es"] {
        let room = Room::at(NOW).await;
        joins(&room, "2025550101", Lang::en()).await;
        room.pass(1).await;
        joins(&room, "2025550102", Lang::es()).await;
        let ids = async || room.store.waits(&store::Waits::All, 10).await.unwrap();
        let before = ids().await;
        let mut supervisor = room.browser("supervisor", lang).await;
        let page = supervisor.get("/wallboard/waiting").await.body;
        let form = Form::of(&page, "/waits/move");
        // Nobody, nowhere, for no reason: each is said in place.
        let wrong = supervisor.submit(&form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(faults(&wrong.body, lang), Vec::<String>::new());
        for field in ["wait", "queue", "why"] {
            assert!(wrong.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", wrong.body);
        }
        let first = before[0].id.to_string();
        let form = form.with("wait", &first).with("queue", "specialists").with("why", "surge");
        let nowhere = supervisor.submit(&form.clone().with("queue", "nowhere")).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            Form::of(&nowhere.body, "/waits/move").value("wait") == Some(&first),
            "who was ticked stays so"
        );
        let done = supervisor.submit(&form).await;
        assert!(done.location.as_ref().unwrap().ends_with("?moved=1&left=0"), "{done:?}");
        let said = supervisor.follow(&done).await.body;
        assert!(said.contains(if lang == "en" { "Specialists" } else { "Especialistas" }));
        let after = ids().await;
        assert_eq!((after[0].queue.as_str(), after[0].first_asked), ("specialists", before[0].first_asked));
        assert_eq!((after[0].id, &after[1]), (before[0].id, &before[1]), "nobody else has moved");
        // A second click answers as the first; a new one finds them there already.
        assert_eq!(supervisor.submit(&form).await.location, done.location);
        let again = Form::of(&said, "/waits/move").with("wait", &first).with("queue", "specialists");
        let left = supervisor.submit(&again.with("why", "surge")).await;
        assert!(left.location.unwrap().ends_with("?moved=0&left=1"));
        // An operator finds no such thing.
        let answer = room.browser("operator", lang).await.submit(&form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}
