//! An analyst changes a policy by forms alone; a colleague reads what is different and approves it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{
    Answer, Browser, Form, Room,
    faults::faults,
    walk::{page, sent},
};
use axum::http::StatusCode;
use domain::{
    decision::DecisionKind,
    revision::{Revision, RevisionStage},
};
use std::sync::Arc;
use store::Revisions;

const NOW: &str = "2026-11-23T17:00:00Z";

/// Presses a button of a page.
async fn pressed(browser: &mut Browser<'_>, at: &str, end: &str) -> Answer {
    let form = Form::of(&browser.get(at).await.body, end);
    sent(browser, &form).await
}

async fn only(room: &Room) -> Revision {
    let mut all = room.store.revisions(Revisions::Open, 9).await.unwrap();
    all.extend(room.store.revisions(Revisions::Standing, 9).await.unwrap());
    all.pop().unwrap()
}

/// Begins a draft of the table of fits, as an analyst.
async fn begun(browser: &mut Browser<'_>) -> Answer {
    let version = browser.get("/policies/fit/2026-01").await;
    sent(browser, &Form::of(&version.body, "/policies/fit/draft")).await
}

#[tokio::test]
async fn a_row_is_added_by_a_form_proposed_and_approved_by_another() {
    let room = Room::at(NOW).await;
    let mut analyst = room.browser("analyst", "en").await;
    let draft = begun(&mut analyst).await;
    assert!(draft.body.contains("No faults."), "{}", draft.body);
    let id = only(&room).await.id;
    let (at, row) = (format!("/policy/{id}"), format!("/policy/{id}/row/new"));
    let form = Form::of(&page(&mut analyst, "en", &row).await.body, "/row/new");
    let filled = form
        .with("id", "F0-everybody")
        .with("when", "waited_days_not_there > 3")
        .with("then-serving_office", "true")
        .with("why-en", "It is \"near\" you.")
        .with("why-es", "Está cerca.")
        .with("cite", "A new rule");
    let saved = sent(&mut analyst, &filled).await;
    assert!(
        saved.body.contains("unknown fact") && saved.body.contains("waited_days_not_there"),
        "{}",
        saved.body
    );
    assert_eq!(faults(&saved.body, "en"), Vec::<String>::new());
    assert!(!saved.body.contains("/propose\""), "what has faults is kept, and cannot be proposed");
    let rows = |text: &str| triage::Sheet::read(text).unwrap().rows().len();
    let before = only(&room).await;
    let n = rows(&before.text) - 1;
    // It stands before the default; mended, it can be proposed.
    let path = format!("{at}/row/{n}");
    let form = Form::of(&page(&mut analyst, "en", &path).await.body, &format!("/row/{n}"));
    assert_eq!(form.value("why-en"), Some("It is \"near\" you."));
    let when = "known(serving_place_in_days) && serving_place_in_days == 7";
    let mended = sent(&mut analyst, &form.with("when", when).with("then-serving_office", "false")).await;
    assert!(mended.body.contains("deserves a look") || mended.body.contains("No faults."), "{}", mended.body);
    // A form from before writes over nothing, and keeps what was typed.
    let mut stale =
        Form::of(&analyst.get(&path).await.body, &format!("/row/{n}")).with("cite", "Typed for long");
    stale = stale.with("seen", &before.version.to_string());
    let refused = analyst.submit(&stale).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.body.contains("Somebody else changed it meanwhile.")
            && refused.body.contains("Typed for long")
    );
    assert!(!only(&room).await.text.contains("Typed for long"));
    room.store.check().await.unwrap();

    let shown = analyst.get(&at).await;
    let Some(propose) = Form::all(&shown.body).into_iter().find(|form| form.action.ends_with("/propose"))
    else {
        panic!("{}", shown.body)
    };
    let nothing = analyst.submit(&propose.clone().with("day", "2026-11-23")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Its first day has come."), "{}", nothing.body);
    let proposed = sent(&mut analyst, &propose.with("day", "2026-12-01").with("version", "winter")).await;
    assert!(!proposed.body.contains("/approve\""), "whoever proposes does not approve");
    let own = analyst.post(&format!("{at}/approve"), &[("_key", "k"), ("seen", "4")]).await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    let mut auditor = room.browser("auditor", "es").await;
    let read = page(&mut auditor, "es", &at).await;
    assert!(read.body.contains("F0-everybody") && !read.body.contains("/approve\""));
    let mut admin = room.browser("admin", "en").await;
    let shown = page(&mut admin, "en", &at).await;
    assert!(shown.body.contains("What is different from version"), "{}", shown.body);
    let effect = page(&mut admin, "en", &format!("{at}/effect?days=7")).await;
    assert!(
        effect.body.contains("were looked at") && !effect.body.contains("/staff/inquiry/"),
        "{}",
        effect.body
    );
    page(&mut auditor, "es", &format!("{at}/effect")).await;
    sent(&mut admin, &Form::of(&shown.body, "/approve")).await;
    let approved = only(&room).await;
    assert!(matches!(approved.stage, RevisionStage::Approved { .. }));
    assert_eq!(approved.name.as_deref(), Some("winter"));
    // As a node has it that took it.
    let day = "2026-12-01".parse().unwrap();
    let (pack, _) = room.desk.pack().with_kept(&[], &[approved], day).unwrap();
    assert_eq!(pack.policy(DecisionKind::Fit, day).unwrap().version(), "winter");
    assert!(Arc::new(pack).left_out().is_empty());
    let withdrawn = pressed(&mut admin, &at, "/withdraw").await;
    assert!(withdrawn.body.contains("It was withdrawn before its day."), "{}", withdrawn.body);
}

#[tokio::test]
async fn the_whole_table_is_written_as_text_and_nothing_typed_is_lost() {
    let room = Room::at(NOW).await;
    for lang in ["en", "es"] {
        let mut analyst = room.browser("analyst", lang).await;
        for path in ["/policies", "/policies/need/2026-01", "/policies/urgency/2026-01"] {
            page(&mut analyst, lang, path).await;
        }
        begun(&mut analyst).await;
        let draft = only(&room).await;
        let at = format!("/policy/{}", draft.id);
        page(&mut analyst, lang, &at).await;
        let form = Form::of(&page(&mut analyst, lang, &format!("{at}/text")).await.body, "/text");
        assert_eq!(form.value("text").unwrap().trim(), draft.text.trim());
        // Longer than any other field may be, and no TOML.
        let long = format!("{}\n# {}\noops = =\n", draft.text, "\tx".repeat(9_000));
        let saved = sent(&mut analyst, &form.with("text", &long)).await;
        assert_eq!(faults(&saved.body, lang), Vec::<String>::new());
        let kept = only(&room).await;
        assert_eq!(kept.text, long, "to the letter");
        // What cannot be taken apart is edited as text.
        let row = analyst.get(&format!("{at}/row/1")).await;
        assert!(row.location.unwrap().ends_with("/text"));
        // Somebody else was first.
        let caller = room.as_staff("admin").await;
        room.desk.write_revision(&caller, kept.id, kept.version, &draft.text).await.unwrap();
        let mut stale = Form::of(&analyst.get(&format!("{at}/text")).await.body, "/text");
        stale = stale.with("seen", &kept.version.to_string()).with("text", "mine = 1\n");
        let refused = analyst.submit(&stale).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(Form::of(&refused.body, "/text").value("text").unwrap().contains("mine = 1"));
        assert_eq!(only(&room).await.text, draft.text);
        // Rows are moved and taken out by their buttons, examples too.
        let sheet = || async { triage::Sheet::read(&only(&room).await.text).unwrap() };
        let ids = |sheet: &triage::Sheet| sheet.rows().iter().map(|row| row.id.clone()).collect::<Vec<_>>();
        let before = ids(&sheet().await);
        pressed(&mut analyst, &at, "/row/1/down").await;
        let moved = ids(&sheet().await);
        assert_eq!((&moved[0], &moved[1]), (&before[1], &before[0]));
        pressed(&mut analyst, &at, "/row/2/up").await;
        assert_eq!(ids(&sheet().await), before);
        let examples = sheet().await.examples().len();
        pressed(&mut analyst, &at, "/example/1/remove").await;
        assert_eq!(sheet().await.examples().len(), examples - 1);
        let path = format!("{at}/example/new");
        let form = Form::of(&page(&mut analyst, lang, &path).await.body, "/example/new").with("name", "One");
        let wrong = analyst.submit(&form.clone().with("given", "what is this")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("what is this"));
        let given = "serving_place_in_days = 3\n";
        sent(&mut analyst, &form.with("given", given).with("expect", &before[0])).await;
        assert_eq!(sheet().await.examples().last().unwrap().name, "One");
        let dropped = pressed(&mut analyst, &at, "/drop").await;
        assert!(!dropped.body.contains("/propose\""));
        assert_eq!(room.store.revisions(Revisions::Open, 9).await.unwrap(), []);
    }
}
