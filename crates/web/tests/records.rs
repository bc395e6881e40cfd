//! What auditors and records officers do: search the journal, and give a person what is held about them.

use crate::staff_room::{Form, Room, faults::faults};
use axum::http::StatusCode;
use domain::{
    journal::{Happened, Seq},
    text::Lang,
};

const NOW: &str = "2026-11-23T17:00:00Z";

#[tokio::test]
async fn an_auditor_finds_who_read_what() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let other = room.ask("Bo", "Example", "case-question", Lang::en()).await;
    let mut officer = room.browser("m.ortega", "en").await;
    officer.get(&format!("/inquiry/{}", inquiry.number.digits())).await;
    let number = inquiry.number.digits();
    for lang in ["en", "es"] {
        let mut auditor = room.browser("auditor", lang).await;
        for path in [
            "/journal",
            "/journal?act=read",
            "/journal?who=nobody-here",
            "/journal?from=x&to=2026-13-01&number=1",
        ] {
            let page = auditor.get(path).await;
            assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang} {path}");
            let wrong = path.contains("nobody") || path.contains("from=x");
            let want = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            assert_eq!(page.status, want, "{path}");
        }
    }
    let mut auditor = room.browser("auditor", "en").await;
    let rows = |body: &str| body.matches("<th scope=\"row\">").count();
    let read = auditor
        .get(&format!("/journal?who=m.ortega&act=read&number={number}&from=2026-11-23&to=2026-11-23"))
        .await;
    assert_eq!(rows(&read.body), 1, "{}", read.body);
    assert!(read.body.contains("M.ORTEGA") && read.body.contains("Record read"));
    assert_eq!(rows(&auditor.get("/journal?who=j.lee&act=read").await.body), 0);
    assert_eq!(rows(&auditor.get("/journal?act=read&to=2026-11-22").await.body), 0);
    let theirs = auditor.get(&format!("/journal?who=*person&number={}", other.number.digits())).await;
    assert!(rows(&theirs.body) >= 1 && !theirs.body.contains(&number));
    // What people wrote is not in it.
    assert!(!auditor.get("/journal").await.body.contains("Example"));
    // Page after page to the beginning, none twice.
    for _ in 0..250 {
        room.browser("m.ortega", "en").await;
    }
    let (mut seen, mut path) = (Vec::new(), "/journal?act=signed-in&who=m.ortega".to_owned());
    loop {
        let page = auditor.get(&path).await.body;
        seen.extend(
            page.split("\"quiet\"> #").skip(1).map(|part| part.split('<').next().unwrap().to_owned()),
        );
        let Some(next) = page.split("href=\"/en/staff/journal?").nth(1) else { break };
        path = format!("/journal?{}", next.split('"').next().unwrap().replace("&amp;", "&"));
    }
    assert_eq!(seen.len(), 251);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 251);
}

#[tokio::test]
async fn a_person_gets_everything_that_is_held_about_them_and_nothing_of_anybody_else() {
    let room = Room::at(NOW).await;
    let first = room.ask("Ana", "Example", "case-question", Lang::es()).await;
    let other = room.ask("Bo", "Different", "case-question", Lang::en()).await;
    let mut officer = room.browser("m.ortega", "en").await;
    officer.get(&format!("/inquiry/{}", first.number.digits())).await;
    let path = format!("/inquiry/{}", first.number.digits());
    for lang in ["en", "es"] {
        let mut auditor = room.browser("auditor", lang).await;
        let page = auditor.get(&format!("{path}/records")).await;
        assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]));
        assert!(
            auditor.get(&path).await.body.contains(&format!("{path}/records")),
            "the inquiry leads there"
        );
    }
    let mut auditor = room.browser("auditor", "en").await;
    let form = Form::of(&auditor.get(&format!("{path}/records")).await.body, "/export");
    let json = auditor.submit(&form.clone().with("form", "json")).await;
    assert_eq!(json.status, StatusCode::OK);
    assert!(json.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let held: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(held["person"]["name"]["given"], "Ana");
    assert_eq!(held["inquiries"].as_array().unwrap().len(), 1);
    let story = held["inquiries"][0]["story"].as_array().unwrap();
    assert!(
        story.iter().any(|entry| entry["happened"]["act"] == "read" && entry["actor"]["name"] == "M.ORTEGA")
    );
    assert!(
        story.iter().any(|entry| entry["happened"]["act"] == "exported"),
        "that it is given out is in it"
    );
    assert!(json.body.contains("I lost my card") && !json.body.contains("Different"));
    assert!(!json.body.contains(&other.number.digits()));
    let page = auditor.submit(&form.with("form", "html")).await;
    assert!(
        page.body.starts_with("<!DOCTYPE html>") && page.body.contains("I lost my card &lt;on the bus&gt;")
    );
    let all = room.store.journal(Seq(0), 500).await.unwrap();
    let out: Vec<_> = all.iter().filter(|written| written.entry.happened == Happened::Exported).collect();
    assert_eq!(out.len(), 2);
    assert!(out.iter().all(|written| written.entry.inquiry == Some(first.id)));
    // Nobody else does, and it asks for a fresh proof.
    let sent = [("_key", "k"), ("form", "json")];
    assert_eq!(officer.post(&format!("{path}/export"), &sent).await.status, StatusCode::NOT_FOUND);
    room.pass(16).await;
    assert_eq!(auditor.post(&format!("{path}/export"), &sent).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_auditor_finds_a_person_and_whoever_read_about_them() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let second = room.ask("Ana", "Example", "other", Lang::en()).await;
    let other = room.ask("Bo", "Different", "case-question", Lang::en()).await;
    let mut officer = room.browser("m.ortega", "en").await;
    for _ in 0..2 {
        officer.get(&format!("/inquiry/{}", inquiry.number.digits())).await;
    }
    for lang in ["en", "es"] {
        let page = room.browser("auditor", lang).await.get("/journal/person").await;
        assert_eq!((page.status, faults(&page.body, lang)), (StatusCode::OK, vec![]));
    }
    let mut auditor = room.browser("auditor", "en").await;
    let form = Form::of(&auditor.get("/journal/person").await.body, "/journal/person");
    let wrong = auditor.submit(&form).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = auditor.submit(&form.clone().with("given", "Ana").with("family", "Example")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "without a date of birth nobody is found");
    let number = form.clone().with("number", &inquiry.number.digits());
    let name = form.clone().with("given", "ana").with("family", "EXAMPLE");
    let name = name.with("born_month", "5").with("born_day", "17").with("born_year", "1980");
    for (what, form) in [("number", number), ("name", name)] {
        let found = auditor.submit(&form).await;
        assert_eq!((found.status, faults(&found.body, "en")), (StatusCode::OK, vec![]), "{what}");
        let at = |number: &str| found.body.contains(&format!("/journal?number={number}"));
        assert!(at(&inquiry.number.digits()) && at(&second.number.digits()), "{what}");
        assert!(!at(&other.number.digits()), "{what}");
        assert!(found.body.contains("M.ORTEGA") && found.body.contains("The inquiry"), "{what}");
        assert!(!found.body.contains("I lost my card"), "{what}: nothing of what they wrote");
    }
    // Whoever shares a telephone is found by it.
    let phone = form.clone().with("phone", inquiry.reach.phone.e164());
    let found = auditor.submit(&phone).await.body;
    assert!(found.contains(&inquiry.number.digits()) && found.contains(&other.number.digits()));
    let nobody = auditor.submit(&form.with("phone", "2025550188")).await.body;
    assert!(nobody.contains("Nobody was found"));
    let story = room.store.story(second.id).await.unwrap();
    let looked = |written: &&domain::journal::Written| {
        written.entry.happened == Happened::Read { what: domain::journal::ReadWhat::LookedFor }
    };
    assert!(story.iter().filter(looked).count() >= 1);
    assert_eq!(officer.get("/journal/person").await.status, StatusCode::NOT_FOUND);
}
