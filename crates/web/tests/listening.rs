//! Listening to a colleague's call, over a switchboard that does what the test says: who may, with what reason, what both see.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Answer, Browser, Form, faults::faults, script::Script};
use axum::http::StatusCode;
use domain::{ids::WaitId, listening::ListenMode};
use jiff::Timestamp;
use web::switchboard::{Overheard, SoftphoneAct, SoftphoneState, SwitchboardError, With};

const NOW: &str = "2026-11-23T17:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn wait() -> With {
    With::Wait { wait: WaitId::new(now(), &[1; 10]), inquiry: None }
}

fn talking(overheard: Option<Overheard>) -> SoftphoneState {
    let (with, number, consult) = (wait(), None, None);
    SoftphoneState::Talking { with, number, since: now(), held: false, consult, overheard, taped: None }
}

/// Presses a button of the telephone: the form that has it is sent with what stands in it.
async fn press(browser: &mut Browser<'_>, page: &Answer, act: &str, fields: &[(&str, &str)]) -> Answer {
    assert!(page.body.contains(&format!("value=\"{act}\"")), "there is no button {act}: {}", page.body);
    let mut form = Form::of(&page.body, "/staff/line/call").with("do", act);
    for (name, value) in fields {
        form = form.with(name, value);
    }
    browser.submit(&form).await
}

#[tokio::test]
async fn a_supervisor_listens_with_a_reason_and_the_colleague_sees_it() {
    let (room, script) = Script::in_a_room(NOW).await;
    let (ortega, me) = (room.id("m.ortega").await, room.id("supervisor").await);
    script.put(me, SoftphoneState::Idle);
    let mut supervisor = room.browser("supervisor", "en").await;
    assert!(supervisor.get("/line").await.body.contains("Nobody else is on a call"));
    script.put(ortega, talking(None));
    let to = ortega.to_string();
    for at in ["/line", "/wallboard/operators"] {
        let page = supervisor.get(at).await;
        assert!(page.body.contains("M.ORTEGA"), "{at}");
        assert_eq!(faults(&page.body, "en"), Vec::<String>::new(), "{at}");
        for (button, mode) in
            [("listen", ListenMode::Listen), ("whisper", ListenMode::Whisper), ("barge", ListenMode::Barge)]
        {
            press(&mut supervisor, &page, button, &[("whose", &to), ("listen-why", "coaching")]).await;
            let why = "coaching".parse().unwrap();
            assert_eq!(script.last_act(), Some(SoftphoneAct::ListenIn { to: ortega, mode, why }), "{at}");
        }
    }
    let page = supervisor.get("/line").await;
    let refused = press(&mut supervisor, &page, "listen", &[("whose", &to)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Choose why you listen"));
    assert_eq!(script.last_act(), None, "nothing without a reason");
    script.refuses(SwitchboardError::Overheard);
    let page = supervisor.get("/line").await;
    let refused =
        press(&mut supervisor, &page, "listen", &[("whose", &to), ("listen-why", "coaching")]).await;
    assert!(refused.body.contains("Somebody listens to that call already"));
    script.last_act();

    let with = wait();
    for (mode, en, es) in [
        (ListenMode::Listen, "Nobody hears you", "Nadie le oye"),
        (ListenMode::Whisper, "Only the colleague hears you", "Solo el colega le oye"),
        (ListenMode::Barge, "Both hear you", "Los dos le oyen"),
    ] {
        script.put(me, SoftphoneState::Listening { to: ortega, with, since: now(), mode });
        let overheard = Some(Overheard { by: me, mode });
        script.put(ortega, talking(overheard));
        for (lang, words) in [("en", en), ("es", es)] {
            let page = room.browser("supervisor", lang).await.get("/line").await;
            assert!(page.body.contains(words), "{mode:?} in {lang} has no {words:?}");
            assert_eq!(faults(&page.body, lang), Vec::<String>::new());
            let page = room.browser("m.ortega", lang).await.get("/line").await;
            assert!(
                page.body.contains("id=\"overheard\"") && page.body.contains("SUPERVISOR"),
                "{}",
                page.body
            );
            assert_eq!(faults(&page.body, lang), Vec::<String>::new());
        }
    }
    let page = supervisor.get("/line").await;
    press(&mut supervisor, &page, "as-listen", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::ListenAs(ListenMode::Listen)));
}

#[tokio::test]
async fn nobody_but_who_runs_the_line_listens() {
    let (room, script) = Script::in_a_room(NOW).await;
    let ortega = room.id("m.ortega").await;
    script.put(ortega, talking(None));
    let asks = [("do", "listen"), ("whose", &ortega.to_string()), ("listen-why", "coaching")];
    for sign_in in ["operator", "j.lee"] {
        let mut browser = room.browser(sign_in, "en").await;
        assert!(!browser.get("/line").await.body.contains("id=\"listen\""), "{sign_in}");
        assert_eq!(browser.post("/line/call", &asks).await.status, StatusCode::NOT_FOUND, "{sign_in}");
        assert_eq!(script.last_act(), None, "{sign_in}");
    }
}
