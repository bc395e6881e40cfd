//! A supervisor proposes that many calls go to somebody else, sees it call by call, and another approves it; without scripts.

use crate::staff_room::{Form, Room, faults::faults};
use axum::http::StatusCode;
use desk::acts::NewStaff;
use domain::{
    actor::{PasswordHash, Role},
    text::Lang,
};

const NOW: &str = "2026-11-23T17:00:00Z";

#[tokio::test]
async fn two_supervisors_move_an_officers_calls() {
    for lang in ["en", "es"] {
        let room = Room::at(NOW).await;
        let second = NewStaff {
            sign_in: "supervisor2".into(),
            name: "SUPERVISOR2".into(),
            roles: vec![Role::Supervisor],
            office: None,
            langs: vec![Lang::en()],
            password: PasswordHash("none".into()),
        };
        room.desk.import_staff(&room.system(), vec![second]).await.unwrap();
        let (ortega, lee) = (room.id("m.ortega").await.to_string(), room.id("j.lee").await);
        let mut calls = Vec::new();
        for given in ["Ana", "Bo"] {
            let asked = room.ask(given, "Example", "case-question", Lang::en()).await;
            let start = room.desk.windows(&asked, room.now(), 1).await.unwrap()[0].window.start;
            let owner = Some(room.id("m.ortega").await);
            calls.push(room.desk.promise_callback(&room.system(), asked.id, start, owner).await.unwrap());
        }
        let mut supervisor = room.browser("supervisor", lang).await;
        let calendar = supervisor.get("/callbacks?view=day").await.body;
        assert!(calendar.contains("/staff/handovers"));
        let page = supervisor.get("/handovers").await.body;
        assert_eq!(faults(&page, lang), Vec::<String>::new());
        let form = Form::of(&page, "/staff/handovers");
        let wrong = supervisor.submit(&form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["whose", "from", "until", "target"] {
            assert!(wrong.body.contains(&format!("href=\"#{field}\"")), "{field}: {}", wrong.body);
        }
        let filled = form
            .with("whose", &ortega)
            .with("from", "2026-11-23T12:00")
            .with("until", "2026-11-23T20:00")
            .with("target", &lee.to_string());
        let unsaid = supervisor.submit(&filled).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is missing");
        assert!(Form::of(&unsaid.body, "/staff/handovers").value("whose") == Some(&ortega));
        let proposed = supervisor.submit(&filled.with("because", "Ortega has a fever")).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);
        let own = supervisor.follow(&proposed).await.body;
        assert_eq!(faults(&own, lang), Vec::<String>::new());
        for inquiry in &calls {
            assert!(own.contains(&inquiry.number.to_string()));
        }
        assert!(
            own.contains("Ortega has a fever") && !own.contains("/approve\""),
            "who proposed does not approve"
        );

        let mut other = room.browser("supervisor2", lang).await;
        let seen = other.follow(&proposed).await.body;
        assert_eq!(faults(&seen, lang), Vec::<String>::new());
        let approve = Form::of(&seen, "/approve");
        // Sent by whoever proposed it all the same, it does nothing, and says so.
        let refused = supervisor.submit(&approve).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        let old = other.submit(&approve.clone().with("version", "7")).await;
        assert_eq!(old.status, StatusCode::CONFLICT);
        let done = other.submit(&approve).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        for inquiry in &calls {
            assert_eq!(room.reload(inquiry).await.callback().unwrap().owner, Some(lee));
        }
        let after = other.follow(&done).await.body;
        assert_eq!(faults(&after, lang), Vec::<String>::new());
        assert!(!after.contains("/approve\"") && after.contains('✓'), "{after}");
        assert_eq!(supervisor.submit(&Form::of(&seen, "/withdraw")).await.status, StatusCode::CONFLICT);
        // Nobody else finds it.
        let path = proposed.location.unwrap();
        for sign_in in ["m.ortega", "operator", "admin"] {
            assert_eq!(room.browser(sign_in, lang).await.open(&path).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(room.store.check().await.unwrap(), []);
    }
}
