//! What pages tell of calls: who may be calling, what became of a call, and what is announced to everybody.

use crate::staff_room::{Form, Room, faults::faults, script::Script};
use axum::http::StatusCode;
use domain::{
    call_record::{CallFault, CallRecord, CallWait, Came, LookedUp, Way},
    ids::{CallRecordId, WaitId},
    inquiry::Inquiry,
    journal::{Happened, ReadWhat},
    text::Lang,
};
use jiff::SignedDuration;
use std::sync::Arc;
use web::switchboard::SoftphoneState;

const NOW: &str = "2026-11-23T17:00:00Z";

/// A call about an inquiry that is over.
fn call(room: &Room, inquiry: &Inquiry, proved: bool) -> CallRecord {
    let id = CallRecordId::new(room.now(), &room.desk.dice().chance());
    let mut call = CallRecord::begin(id, Way::In, room.now() - SignedDuration::from_mins(5));
    call.phone = Some(room.desk.links().phone_key(&inquiry.reach.phone));
    (call.inquiry, call.proved) = (Some(inquiry.id), proved);
    call.trunk = Some("carrier".to_owned());
    call.entered("greeting".to_owned());
    call.entered("queue".to_owned());
    let wait = WaitId::new(room.now(), &[3; 10]);
    call.wait = Some(CallWait { id: wait, told: Some((2, 4)), seconds: 175 });
    call.looked_up.insert(LookedUp { what: "case".to_owned(), found: true });
    call.faults.insert(CallFault::BrowserGone);
    call.over(Came { talked: true, ..Came::default() }, room.now());
    call
}

#[tokio::test]
async fn the_story_tells_of_a_call_to_staff_and_in_words_to_the_person() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let calls = [call(&room, &inquiry, true), call(&room, &inquiry, false)];
    room.desk.keep_calls(&room.system(), &calls, &[]).await.unwrap();
    let path = format!("/inquiry/{}", inquiry.number.digits());
    for (lang, tells) in [
        (
            "en",
            [
                "They spoke with an operator. (5 minutes)",
                "Waited 3 minutes for an operator; told were 2 to 4.",
                "Heard the status of a case.",
                "browser was gone.",
                "By carrier.",
                "greeting › queue",
                "did not show that it is theirs",
            ],
        ),
        (
            "es",
            [
                "Habló con un operador. (5 minutos)",
                "Esperó 3 minutos a un operador; se le dijo de 2 a 4.",
                "Oyó el estado de un caso.",
                "El navegador del operador se fue.",
                "Por carrier.",
                "greeting › queue",
                "no demostró que fuera suya",
            ],
        ),
    ] {
        let page = room.browser("m.ortega", lang).await.get(&path).await;
        // Without the marks that keep numbers and names apart from the text around them.
        let plain = page.body.replace(['\u{2068}', '\u{2069}'], "");
        for told in tells {
            assert!(plain.contains(told), "{told}: {plain}");
        }
        assert_eq!(faults(&page.body, lang), Vec::<String>::new());
    }
    // The person reads it in words, with nothing of how the line works.
    let token = room.desk.links().sign(inquiry.id, room.now());
    for (lang, said, other) in [
        ("en", "You called us and spoke with an operator.", "Somebody called us"),
        ("es", "Usted nos llamó y habló con un operador.", "Alguien nos llamó"),
    ] {
        let mut person = room.nobody(lang);
        person.open(&format!("/go/{token}")).await;
        let page = person.open(&format!("/{lang}{path}")).await.body;
        assert!(page.contains(said) && page.contains(other), "{page}");
        assert!(!page.contains("carrier") && !page.contains("greeting"), "{page}");
    }
}

#[tokio::test]
async fn who_is_rung_sees_whose_number_it_may_be_before_answering() {
    let script = Arc::new(Script::default());
    let room = Room::with(NOW, Some(script.clone())).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let earlier = call(&room, &inquiry, true);
    room.desk.keep_calls(&room.system(), &[earlier], &[]).await.unwrap();
    let me = room.id("operator").await;
    let ring = |number: &str| SoftphoneState::Ringing {
        wait: WaitId::new(room.now(), &[1; 10]),
        caller: Some(number.parse().unwrap()),
        inquiry: None,
        since: room.now(),
        until: room.now() + SignedDuration::from_secs(20),
    };
    script.put(me, ring(inquiry.reach.phone.e164()));
    let mut operator = room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    assert_eq!(page.status, StatusCode::OK);
    let number = inquiry.number.digits();
    for told in
        ["Who may be calling", "ask before you tell anything", &number, "They spoke with an operator."]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    let story = room.store.story(inquiry.id).await.unwrap();
    let read = story.iter().filter(|w| w.entry.happened == (Happened::Read { what: ReadWhat::Caller }));
    assert_eq!(read.count(), 1, "that it was looked at is journalled");
    let spanish = room.browser("operator", "es").await.get("/line").await.body;
    assert!(spanish.contains("Quién puede estar llamando"), "{spanish}");
    // A number that nobody has says so, and names nobody.
    script.put(me, ring("2025550188"));
    let page = operator.get("/line").await.body;
    assert!(page.contains("No open inquiry has this number.") && !page.contains(&number));
}

#[tokio::test]
async fn a_supervisor_announces_and_everybody_reads_it_until_it_is_taken_back() {
    let room = Room::at(NOW).await;
    let mut supervisor = room.browser("supervisor", "en").await;
    let page = supervisor.get("/line/announcements").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    let form = Form::of(&page.body, "/line/announcements");

    // One language is not enough, and neither is no end.
    let half = form.clone().with("does", "tells").with("text-en", "We are closed today because of snow.");
    let refused = supervisor.submit(&half).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Say until when."), "{}", refused.body);
    assert_eq!(faults(&refused.body, "en"), Vec::<String>::new());
    let half = half.with("until", "2026-11-23T18:00");
    let refused = supervisor.submit(&half).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Write it in this language too"), "{}", refused.body);
    assert!(refused.body.contains("closed today because of snow"), "what was typed stands");

    let whole = half.with("text-es", "Hoy está cerrado por la nieve.");
    let done = supervisor.submit(&whole).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = supervisor.follow(&done).await.body;
    assert!(page.contains("Announced to every caller") && page.contains("SUPERVISOR"), "{page}");
    assert!(supervisor.get("/overview").await.body.contains("closed today because of snow"));
    for (lang, words) in [("en", "closed today because of snow"), ("es", "cerrado por la nieve")] {
        let start = room.nobody(lang).open(&format!("/{lang}")).await.body;
        assert!(start.contains(words), "{start}");
    }

    // The line is closed by hand, with a reason.
    let close = form.with("does", "closes").with("until", "2026-11-23T15:00");
    let refused = supervisor.submit(&close).await;
    assert!(refused.body.contains("Say in a few words why."), "{}", refused.body);
    let done = supervisor.submit(&close.with("because", "No power at the centre.")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let start = room.nobody("en").open("/en").await.body;
    assert!(start.contains("The line is closed today, earlier than planned."), "{start}");
    assert!(!start.contains("No power"), "why is for colleagues");

    // A single queue is only closed, and what else was meant is said at the list of queues.
    let queue = Form::of(&supervisor.get("/line/announcements").await.body, "/line/announcements")
        .with("queue", "specialists")
        .with("until", "2026-11-23T15:00")
        .with("because", "Nobody is there.");
    let refused = supervisor.submit(&queue.clone().with("does", "opens")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("href=\"#queue\"") && refused.body.contains("can only be closed"),
        "{}",
        refused.body
    );
    assert_eq!(faults(&refused.body, "en"), Vec::<String>::new());
    let done = supervisor.submit(&queue.with("does", "closes")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let page = supervisor.follow(&done).await.body;
    assert!(
        page.contains("Closed by hand: \u{2068}Specialists\u{2069}") && page.contains("Let people in again"),
        "{page}"
    );

    // Taken back, the newest first.
    for _ in 0..3 {
        let page = supervisor.get("/line/announcements").await.body;
        let done = supervisor.submit(&Form::of(&page, "/line/announcements/withdraw")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let start = room.nobody("en").open("/en").await.body;
    assert!(!start.contains("snow") && !start.contains("earlier than planned"), "{start}");
    let page = supervisor.get("/line/announcements").await.body;
    assert!(page.contains("Nothing is announced.") && page.contains("taken back"), "{page}");
    assert_eq!(faults(&page, "en"), Vec::<String>::new());
}
