//! A supervisor gives promised calls to another officer: by a form, with a reason, once, whoever else does it meanwhile.

use crate::staff_room::{Form, Room};
use axum::http::StatusCode;
use domain::{journal::Happened, refusal::Refusal};
use jiff::SignedDuration;

#[tokio::test]
async fn a_supervisor_gives_a_call_to_another_officer() {
    for lang in ["en", "es"] {
        let room = Room::at("2026-11-23T17:00:00Z").await;
        let inquiry = room.promised("Ana", "m.ortega").await;
        let lee = room.store.staff_named("j.lee").await.unwrap().unwrap();
        let path = format!("/inquiry/{}", inquiry.number.digits());
        let mut supervisor = room.browser("supervisor", lang).await;
        let page = supervisor.get(&path).await.body;
        let form = Form::of(&page, "/give");
        // Without a reason it is refused in place, with what was chosen.
        let chosen = form.with("give-to", &lee.id.to_string());
        let refused = supervisor.submit(&chosen).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(Form::of(&refused.body, "/give").value("give-to") == Some(&lee.id.to_string()));
        let sent = chosen.with("give-because", "Ortega has a fever");
        let answer = supervisor.submit(&sent).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        // A second click answers as the first.
        assert_eq!(supervisor.submit(&sent).await.status, StatusCode::SEE_OTHER);
        let now = room.reload(&inquiry).await;
        let callback = now.callback().unwrap();
        assert_eq!((callback.owner, callback.given.len()), (Some(lee.id), 1));
        assert_eq!(callback.window, inquiry.callback().unwrap().window);
        let page = supervisor.get(&path).await.body;
        assert!(page.contains("Ortega has a fever"), "why stands in the inquiry's story");
        let story = room.store.story(inquiry.id).await.unwrap();
        let given =
            story.iter().find(|one| matches!(one.entry.happened, Happened::CallbackGiven { .. })).unwrap();
        assert!(!serde_json::to_string(given).unwrap().contains("fever"), "and not in the journal");
        // The time of whoever had it is free again, and the other's is kept.
        let (from, to) = (callback.window.start, callback.window.end);
        let busy = room.store.busy(None, from, to).await.unwrap();
        assert_eq!(busy.iter().map(|one| one.officer).collect::<Vec<_>>(), [lee.id]);
        assert_eq!(room.store.check().await.unwrap(), []);
        // No officer finds such a form.
        let officer = room.browser("m.ortega", lang).await.get(&path).await.body;
        assert!(!officer.contains("/give\""));
    }
}

#[tokio::test]
async fn two_supervisors_give_one_call_once_each_after_the_other() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = room.promised("Ana", "m.ortega").await;
    let lee = room.id("j.lee").await;
    let one = room.as_staff("supervisor").await;
    let other = room.as_staff("supervisor").await;
    let (first, second) = tokio::join!(
        room.desk.give_callback(&one, inquiry.id, Some(lee), "ill"),
        room.desk.give_callback(&other, inquiry.id, Some(lee), "ill too"),
    );
    let refused = [first, second].into_iter().filter_map(Result::err).collect::<Vec<_>>();
    assert!(matches!(refused[..], [desk::DeskError::Refused(Refusal::NotOffered)]), "{refused:?}");
    assert_eq!(room.reload(&inquiry).await.callback().unwrap().given.len(), 1);
    assert_eq!(room.store.check().await.unwrap(), []);
}

/// What is late goes to an officer who is free now, and to nobody who is not.
#[tokio::test]
async fn a_late_call_is_given_to_whoever_is_free() {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let inquiry = room.promised("Ana", "m.ortega").await;
    let end = inquiry.callback().unwrap().window.end;
    room.until(end + SignedDuration::from_mins(5)).await;
    let lee = room.id("j.lee").await;
    let supervisor = room.as_staff("supervisor").await;
    let given = room.desk.give_callback(&supervisor, inquiry.id, Some(lee), "late").await.unwrap();
    let callback = given.callback().unwrap();
    assert_eq!((callback.owner, callback.next_attempt), (Some(lee), room.now()));
    assert!(callback.broken_at.is_some(), "a broken promise stays one");
    let clerk = room.id("clerk.los").await;
    let supervisor = room.as_staff("supervisor").await;
    let refused = room.desk.give_callback(&supervisor, inquiry.id, Some(clerk), "late").await.unwrap_err();
    assert!(matches!(refused, desk::DeskError::Refused(Refusal::NotOffered)), "{refused:?}");
    assert_eq!(room.store.check().await.unwrap(), []);
}
