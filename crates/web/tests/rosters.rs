//! A supervisor plans who works when: sees what it changes first, without scripts, in both languages.

use crate::staff_room::{Form, Room};
use axum::http::StatusCode;
use domain::text::Lang;

#[tokio::test]
async fn a_supervisor_plans_leave_and_sees_first_what_it_changes() {
    for lang in ["en", "es"] {
        let room = Room::at("2026-11-23T17:00:00Z").await;
        let asked = room.ask("Ana", "Example", "case-question", Lang::en()).await;
        let window = room.desk.windows(&asked, room.now(), 1).await.unwrap()[0].window.clone();
        let ortega = room.id("m.ortega").await;
        let officer = room.as_staff("m.ortega").await;
        room.desk.promise_callback(&officer, asked.id, window.start, Some(ortega)).await.unwrap();

        let mut supervisor = room.browser("supervisor", lang).await;
        let list = supervisor.get("/rosters").await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.body);
        assert!(list.body.contains(&format!("/staff/roster/{ortega}")));
        let path = format!("/roster/{ortega}");
        let page = supervisor.get(&path).await.body;
        let form = Form::of(&page, &path);
        let week = ["monday", "tuesday", "wednesday", "thursday", "friday"]
            .into_iter()
            .fold(form, |form, day| form.with(day, "08:00-12:00, 12:30-16:30"));
        // What cannot be worked is said in place, with what was typed.
        let wrong = supervisor.submit(&week.clone().with("monday", "16:00-08:00")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(Form::of(&wrong.body, &path).value("monday") == Some("16:00-08:00"));
        let leave = week.with("first", "2026-11-23").with("last", "2026-12-04");
        let seen = supervisor.submit(&leave).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        assert!(seen.body.contains(&asked.number.to_string()), "the call that they hold is shown");
        assert_eq!(room.store.staff(ortega).await.unwrap().unwrap().roster, None, "and nothing has happened");
        let plan = Form::of(&seen.body, "/plan");
        let refused = supervisor.submit(&plan).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is missing");
        let plan = Form::of(&refused.body, "/plan").with("because", "On leave");
        let done = supervisor.submit(&plan).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let roster = room.store.staff(ortega).await.unwrap().unwrap().roster.unwrap();
        assert_eq!(roster.days.len(), 12);
        assert_eq!(room.reload(&asked).await.callback().unwrap().owner, None);
        // Sent from a page that is too old it plans nothing, and says so.
        let stale = supervisor.submit(&plan.with("monday", "")).await;
        assert!(stale.location.unwrap().ends_with("?did=stale"));

        // A box that is cleared gives the day its week's hours again; and the whole can be taken away.
        let page = supervisor.get(&path).await.body;
        assert!(page.contains("2026-11-23..2026-12-04="));
        let nothing = supervisor.submit(&Form::of(&page, &path).with("nothing", "yes")).await;
        let done = supervisor.submit(&Form::of(&nothing.body, "/plan")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert_eq!(room.store.staff(ortega).await.unwrap().unwrap().roster, None);
        assert_eq!(room.store.check().await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_manager_finds_their_own_office_and_no_other() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let mut manager = room.browser("manager.los", "en").await;
    let (own, other) = (room.id("clerk.los").await, room.id("clerk.nyc").await);
    let list = manager.get("/rosters").await.body;
    assert!(list.contains(&own.to_string()) && !list.contains(&other.to_string()));
    assert_eq!(manager.get(&format!("/roster/{own}")).await.status, StatusCode::OK);
    assert_eq!(manager.get(&format!("/roster/{other}")).await.status, StatusCode::NOT_FOUND);
    let officer = room.id("m.ortega").await;
    assert_eq!(manager.get(&format!("/roster/{officer}")).await.status, StatusCode::NOT_FOUND);
}
