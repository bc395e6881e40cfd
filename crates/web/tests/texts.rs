//! An analyst changes what the agency says by forms alone; a colleague reads what is different and what comes of it, and approves it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{
    Answer, Browser, Form, Room,
    faults::faults,
    walk::{page, sent},
};
use axum::http::StatusCode;
use domain::{
    revision::{PackFile, Revision, RevisionStage},
    text::Lang,
};
use std::sync::Arc;
use store::Revisions;

const NOW: &str = "2026-11-23T17:00:00Z";

async fn newest(room: &Room) -> Revision {
    let mut all = room.store.revisions(Revisions::Open, 99).await.unwrap();
    all.extend(room.store.revisions(Revisions::Standing, 99).await.unwrap());
    all.into_iter().max_by_key(|one| one.id).unwrap()
}

/// The draft that a page is about.
async fn shown(room: &Room, page: &Answer) -> Revision {
    let id = page.body.split("/staff/text/").nth(1).unwrap().split(['/', '"']).next().unwrap();
    room.store.revision(id.parse().unwrap()).await.unwrap().unwrap()
}

/// Begins a draft of a file with the folder's own text, and writes it.
async fn written(
    browser: &mut Browser<'_>,
    room: &Room,
    file: &str,
    change: impl Fn(&str) -> String,
) -> Answer {
    let version = browser.get(&format!("/texts/{file}/pack")).await;
    let begun = sent(browser, &Form::of(&version.body, &format!("/texts/{file}/draft"))).await;
    let draft = shown(room, &begun).await;
    let form = Form::of(&browser.get(&format!("/text/{}/text", draft.id)).await.body, "/text");
    sent(browser, &form.with("text", &change(&draft.text))).await
}

#[tokio::test]
async fn holidays_are_changed_by_two_people_and_changed_back() {
    let room = Room::at(NOW).await;
    let mut analyst = room.browser("analyst", "en").await;
    let list = page(&mut analyst, "en", "/texts").await;
    assert!(list.body.contains("Holidays") && list.body.contains("holidays.toml"), "{}", list.body);
    // A fault leads to its line.
    let bad =
        written(&mut analyst, &room, "holidays", |text| format!("{text}\n[[holiday]]\nnam = 1\n")).await;
    let line = newest(&room).await.text.lines().position(|line| line == "nam = 1").unwrap();
    assert!(
        bad.body.contains("keeps it from being proposed") || bad.body.contains("keep it from being proposed")
    );
    assert!(
        bad.body.contains(&format!("#line-{line}")) || bad.body.contains(&format!("#line-{}", line + 1)),
        "{}",
        bad.body
    );
    assert!(!bad.body.contains("/propose\""));
    let draft = newest(&room).await;
    let at = format!("/text/{}", draft.id);
    page(&mut analyst, "en", &at).await;
    let form = Form::of(&page(&mut analyst, "en", &format!("{at}/text")).await.body, "/text");
    let good = draft.text.replace(
        "nam = 1\n",
        "name = { en = \"A day\", es = \"Un día\" }\nrule = { kind = \"fixed\", month = 12, day = 2 }\n",
    );
    let mended = sent(&mut analyst, &form.with("text", &good)).await;
    assert!(
        mended.body.contains("No faults") && mended.body.contains("Closed, and open before"),
        "{}",
        mended.body
    );
    assert!(mended.body.contains("<caption id=\"places-caption\">"), "the offices lose places");
    let proposed = Form::of(&mended.body, "/propose").with("version", "winter").with("day", "2026-12-01");
    sent(&mut analyst, &proposed).await;
    let own = analyst.post(&format!("{at}/approve"), &[("_key", "k"), ("seen", "4")]).await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    for lang in ["en", "es"] {
        let mut auditor = room.browser("auditor", lang).await;
        let read = page(&mut auditor, lang, &at).await;
        assert!(read.body.contains("A day") && !read.body.contains("/approve\""));
        page(&mut auditor, lang, "/texts").await;
    }
    let mut admin = room.browser("admin", "es").await;
    let form = Form::of(&page(&mut admin, "es", &at).await.body, "/approve");
    sent(&mut admin, &form).await;
    let approved = newest(&room).await;
    assert!(matches!(approved.stage, RevisionStage::Approved { .. }));
    page(&mut admin, "es", &at).await;
    page(&mut admin, "es", "/texts").await;
    // As a node has it that took it; the old text can be begun with again.
    let day = "2026-12-01".parse().unwrap();
    let (pack, _) = room.desk.pack().with_kept(&[], std::slice::from_ref(&approved), day).unwrap();
    assert_eq!(Arc::new(pack).file_made_at_desk(&PackFile::Holidays), Some(approved.id));
    let version = page(&mut analyst, "en", "/texts/holidays/winter").await;
    let again = sent(&mut analyst, &Form::of(&version.body, "/texts/holidays/draft")).await;
    assert!(again.body.contains("Nothing."), "{}", again.body);
    assert_eq!(newest(&room).await.text, approved.text);
    let form = Form::of(&admin.get(&at).await.body, "/withdraw");
    let withdrawn = sent(&mut admin, &form).await;
    assert!(!withdrawn.body.contains("/withdraw\""), "{}", withdrawn.body);
}

#[tokio::test]
async fn every_text_can_be_read_and_begun_in_both_languages() {
    let room = Room::at(NOW).await;
    room.ask("Ana", "Example", "case-question", Lang::en()).await;
    for lang in ["en", "es"] {
        let mut analyst = room.browser("analyst", lang).await;
        for file in room.desk.pack().editable() {
            let slug = file.slug();
            page(&mut analyst, lang, &format!("/texts/{slug}/pack")).await;
            let draft = written(&mut analyst, &room, &slug, |text| format!("# One.\n{text}")).await;
            assert_eq!(faults(&draft.body, lang), Vec::<String>::new(), "{lang} {slug}");
            assert!(draft.body.contains("/propose\""), "{slug}: {}", draft.body);
            let at = format!("/text/{}", newest(&room).await.id);
            page(&mut analyst, lang, &format!("{at}/text")).await;
            // What belongs to policies alone is not there.
            for path in ["/effect", "/row/new", "/example/new"] {
                let policy = at.replace("/text/", "/policy/");
                assert_eq!(
                    analyst.get(&format!("{policy}{path}")).await.status,
                    StatusCode::NOT_FOUND,
                    "{path}"
                );
            }
            let form = Form::of(&analyst.get(&at).await.body, "/drop");
            sent(&mut analyst, &form).await;
        }
        for path in ["/texts/pack/pack", "/texts/prompts-fr/pack", "/texts/line/summer"] {
            assert_eq!(analyst.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn what_comes_of_a_text_is_shown_before_it_is_proposed() {
    let room = Room::at(NOW).await;
    room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let mut analyst = room.browser("analyst", "en").await;
    let renamed = |text: &str| text.replace("A question about your case", "A question on your case");
    let reasons = written(&mut analyst, &room, "reasons", renamed).await;
    assert!(reasons.body.contains("one live inquiry"), "{}", reasons.body);
    let fewer = |text: &str| {
        text.replacen(
            "capacity = { officer = 2, online = 1, self-scheduled = 1 }",
            "capacity = { officer = 1, online = 1, self-scheduled = 1 }",
            1,
        )
    };
    let offices = written(&mut analyst, &room, "offices", fewer).await;
    assert!(offices.body.contains("<caption id=\"places-caption\">"), "{}", offices.body);
    let list =
        written(&mut analyst, &room, "office-list", |text| text.replace(",small,no,", ",large,no,")).await;
    assert!(list.body.contains("<caption id=\"places-caption\">"), "{}", list.body);
    let flow =
        written(&mut analyst, &room, "prompts-en", |text| text.replace("One moment.", "Just a moment."))
            .await;
    assert!(flow.body.contains("One example call goes otherwise"), "{}", flow.body);
    let notices =
        written(&mut analyst, &room, "notices-en", |_| "notices-greeting = Good day { $name },\n".to_owned())
            .await;
    assert!(
        notices.body.contains("Good day") && notices.body.contains("messages read otherwise"),
        "{}",
        notices.body
    );
    assert!(flow.body.contains("<ins>") && flow.body.contains("Just a moment."));
}

#[tokio::test]
async fn how_long_records_are_kept_is_changed_by_two_people_who_see_what_would_be_due() {
    let room = Room::at(NOW).await;
    for lang in ["en", "es"] {
        let mut analyst = room.browser("analyst", lang).await;
        let draft =
            written(&mut analyst, &room, "retention", |text| text.replacen("days = 1096", "days = 400", 1))
                .await;
        let says = if lang == "en" {
            "How long records would be kept"
        } else {
            "Cuánto tiempo se guardarían los registros"
        };
        assert!(draft.body.contains(says) && draft.body.contains("400"), "{}", draft.body);
        assert_eq!(faults(&draft.body, lang), Vec::<String>::new());
    }
    // What the schedule may not say is a fault with its line.
    let mut analyst = room.browser("analyst", "en").await;
    let bad =
        written(&mut analyst, &room, "retention", |text| text.replacen("days = 1096", "days = 1", 1)).await;
    assert!(bad.body.contains("are kept for 30 to 36500 days") || bad.body.contains("30 to"), "{}", bad.body);
}
