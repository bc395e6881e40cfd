//! Each kind of page with believable data, in both languages: what a checker of pages would say without a browser.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{self, Form, Room, faults::faults, forms::offered};
use axum::http::StatusCode;
use desk::acts::{BookPlace, DecideNeed};
use domain::{
    callback::CallOutcome,
    change::{Change, Claim},
    codes::{ItemCode, OfficeCode},
    decision::Need,
    ids::AppointmentId,
    inquiry::{Inquiry, Stage},
    slots::{Pool, SlotKey},
    text::Lang,
};
use jiff::SignedDuration;
use std::collections::BTreeSet;

const NOW: &str = "2026-11-23T17:00:00Z";

/// One inquiry at each stage.
async fn one_of_each(room: &Room) -> Vec<Inquiry> {
    let names = ["Ana", "Bo", "Cy", "Di", "Eva", "Flo", "Gus", "Hal", "Ida", "Jo"];
    let mut all = Vec::new();
    for (n, given) in names.into_iter().enumerate() {
        let lang = if n % 2 == 0 { Lang::en() } else { Lang::es() };
        let reason = ["proof-of-status", "immigration-judge-grant", "case-question"][n % 3];
        all.push(room.ask(given, "Example", reason, lang).await);
    }
    let item: ItemCode =
        room.desk.pack().reason(&all[1].reason).unwrap().items().next().unwrap().code.clone();
    room.desk.ask_papers(&room.as_staff("m.ortega").await, all[1].id, vec![item]).await.unwrap();
    let mut start = room.now();
    for n in [2, 3, 4, 5] {
        let window = room.desk.windows(&all[n], room.now(), 1).await.unwrap()[0].window.clone();
        room.desk
            .promise_callback(&room.as_staff("m.ortega").await, all[n].id, window.start, None)
            .await
            .unwrap();
        start = start.max(window.start);
    }
    let need = |need| DecideNeed { need, missing: vec![], because: Some("Because.".into()), sentence: None };
    for n in [6, 7, 8] {
        room.desk.decide_need(&room.as_staff("m.ortega").await, all[n].id, &need(Need::Visit)).await.unwrap();
    }
    room.desk.decide_need(&room.as_staff("m.ortega").await, all[9].id, &need(Need::Mail)).await.unwrap();
    room.until(start).await;
    for (n, outcome) in [(3, None), (4, Some(CallOutcome::Reached)), (5, Some(CallOutcome::WrongNumber))] {
        room.desk.start_call(&room.as_staff("m.ortega").await, all[n].id).await.unwrap();
        if let Some(outcome) = outcome {
            room.desk.end_call(&room.as_staff("m.ortega").await, all[n].id, outcome).await.unwrap();
        }
    }
    let places = room.desk.places(&all[7], None, room.now()).await.unwrap();
    let soon = places.all.iter().filter(|p| p.start > room.now()).take(2).cloned().collect::<Vec<_>>();
    for (n, place) in [7, 8].into_iter().zip(&soon) {
        let ask = BookPlace {
            office: place.office.clone(),
            start: place.start,
            pool: place.pool,
            held: None,
            bring_also: vec![],
            because: None,
        };
        room.desk.book(&room.as_staff("m.ortega").await, all[n].id, &ask).await.unwrap();
    }
    room.until(soon[1].start - SignedDuration::from_mins(10)).await;
    room.desk.check_in(&room.as_staff("clerk.los").await, all[8].id).await.unwrap();
    for inquiry in &mut all {
        *inquiry = room.reload(inquiry).await;
    }
    let stages: BTreeSet<&str> = all.iter().map(|i| i.stage.as_str()).collect();
    assert_eq!(stages, Stage::NAMES.into_iter().collect::<BTreeSet<_>>(), "a sample of every stage");
    all
}

#[tokio::test]
async fn every_kind_of_page_is_whole_in_both_languages() {
    for lang in ["en", "es"] {
        let room = Room::at(NOW).await;
        let mut bad = Vec::new();
        let mut look = |what: String, answer: &staff_room::Answer, status: StatusCode| {
            assert_eq!(answer.status, status, "{what}");
            bad.extend(faults(&answer.body, lang).into_iter().map(|fault| format!("{lang} {what}: {fault}")));
        };
        let ok = StatusCode::OK;
        let mut nobody = room.nobody(lang);
        look("sign-in".into(), &nobody.get("/sign-in").await, ok);
        look("signed out".into(), &nobody.get("/sign-in?out=yes").await, ok);
        let wrong = nobody.post("/sign-in", &[("name", "x"), ("password", "y")]).await;
        look("sign-in refused".into(), &wrong, StatusCode::UNPROCESSABLE_ENTITY);
        // Nothing there yet.
        let mut officer = room.browser("m.ortega", lang).await;
        for path in ["/review", "/review?office=LOS", "/callbacks", "/day", "/office/LOS/day/2026-11-23"] {
            look(format!("empty {path}"), &officer.get(path).await, ok);
        }
        look("not found".into(), &officer.get("/find?number=12").await, StatusCode::NOT_FOUND);

        let all = one_of_each(&room).await;
        let mut officer = room.browser("m.ortega", lang).await;
        for path in ["/review", "/review?office=LOS&page=0", "/callbacks"] {
            look(path.into(), &officer.get(path).await, ok);
        }
        // Behind the last page: the way back, and no word of there being no calls.
        let behind = officer.get("/callbacks?page=1").await;
        look("callbacks behind the last page".into(), &behind, ok);
        assert!(behind.body.contains(r#"rel="prev" href="/"#) && !behind.body.contains("desk-empty"));
        for inquiry in &all {
            let path = format!("/inquiry/{}", inquiry.number.digits());
            let page = officer.get(&path).await;
            look(format!("inquiry at {}", inquiry.stage.as_str()), &page, ok);
            // Every form of it, sent as it stands or empty: the refusal or the preview is a page as well.
            for form in Form::all(&page.body).into_iter().filter(|f| f.action.contains("/inquiry/")) {
                let act = form.action.rsplit('/').next().unwrap().to_owned();
                if ["call", "papers-complete"].contains(&act.as_str()) {
                    continue;
                }
                let start = offered(&page.body, &format!("{act}-start")).into_iter().next();
                let place = offered(&page.body, &format!("{act}-place")).into_iter().next_back();
                let mut form = form;
                for (name, value) in [("start", start), ("place", place)] {
                    if let Some(value) = value {
                        form = form.with(&format!("{act}-{name}"), &value);
                    }
                }
                let empty = Form {
                    fields: form.fields.iter().filter(|f| f.0.starts_with('_')).cloned().collect(),
                    ..form.clone()
                };
                let refused = officer.submit(&empty).await;
                if refused.status == StatusCode::UNPROCESSABLE_ENTITY {
                    look(format!("{act} refused"), &refused, StatusCode::UNPROCESSABLE_ENTITY);
                }
                // Who may see it is no decision on what stands there.
                if ["apart", "conflict", "lift", "protect", "unprotect"].contains(&act.as_str()) {
                    continue;
                }
                let stale = officer.submit(&form.clone().with("_version", "0")).await;
                look(format!("{act} stale"), &stale, StatusCode::CONFLICT);
                if !["urgency", "outcome", "office", "earlier", "stop-earlier"].contains(&act.as_str()) {
                    let preview = officer.submit(&form.with("need-because", "Because.")).await;
                    look(format!("{act} preview"), &preview, ok);
                    assert!(preview.body.contains("desk-preview"), "{act} shows what will be read");
                }
            }
        }
        let mut clerk = room.browser("clerk.los", lang).await;
        for path in ["/office/LOS/day/2026-11-23", "/office/LOS/day/2026-11-23?name=ida"] {
            look(path.into(), &clerk.get(path).await, ok);
        }
        let early = clerk.post("/office/LOS/day/2026-11-23/check-in", &[("number", "x")]).await;
        look("check-in refused".into(), &early, StatusCode::UNPROCESSABLE_ENTITY);
        let missed = [("number", all[8].number.digits())];
        let missed: Vec<(&str, &str)> = missed.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let conflict = clerk.post("/office/LOS/day/2026-11-23/check-in", &missed).await;
        look("check-in of who is here".into(), &conflict, StatusCode::CONFLICT);
        let mut supervisor = room.browser("supervisor", lang).await;
        for path in ["/overview", "/overview/check", "/callbacks"] {
            look(path.into(), &supervisor.get(path).await, ok);
        }
        assert!(bad.is_empty(), "{} faults:\n{}", bad.len(), bad.join("\n"));
    }
}

/// What does not hold is told in words, with the inquiry it is about and what to do, and is there at the next look too.
#[tokio::test]
async fn what_does_not_hold_is_told_and_never_mended() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let start = room.desk.windows(&inquiry, room.now(), 1).await.unwrap()[0].window.start;
    let officer = room.as_staff("m.ortega").await;
    let inquiry = room.desk.promise_callback(&officer, inquiry.id, start, None).await.unwrap();
    let mut pages = room.browser("supervisor", "en").await;
    let mut paginas = room.browser("supervisor", "es").await;
    assert!(pages.get("/overview").await.body.contains("Nobody has looked since"));
    let good = pages.get("/overview/check").await.body;
    assert!(
        good.contains("Everything that must hold, held") && good.contains("at noon, Eastern time"),
        "{good}"
    );
    assert!(paginas.get("/overview").await.body.contains("Todo lo que debe cumplirse se cumplía"));

    // A place that nobody has, and a promise whose watch is gone.
    let office: OfficeCode = "LOS".parse().unwrap();
    let slot = SlotKey { office, service: "counter".parse().unwrap(), start, pool: Pool::Officer };
    let holder = AppointmentId::new(start, &[3; 10]).into();
    let mut change = Change::new(room.system().command());
    change.claims.push(Claim { slot, holder, capacity: 1, expires: None });
    change.drop_jobs.extend(store::columns::watch(&inquiry));
    room.store.commit(change).await.unwrap();
    let before = room.store.check().await.unwrap();
    assert_eq!(before.len(), 2);
    for _ in 0..2 {
        let page = pages.get("/overview/check").await.body;
        for told in [
            "Something does not hold",
            "is taken, and nobody has it.",
            "A promise that nothing watches.",
            "Keep it yourself",
            &format!("/staff/inquiry/{}", inquiry.number.digits()),
            &format!("callback-watch:{}", inquiry.callback().unwrap().id),
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let pagina = paginas.get("/overview").await.body;
        assert!(pagina.contains("Una promesa que nada vigila.") && pagina.contains("Algo no se cumple"));
        assert_eq!((faults(&page, "en"), faults(&pagina, "es")), (vec![], vec![]));
    }
    assert_eq!(room.store.check().await.unwrap(), before);
}
