//! Somebody without an inquiry is taken down: the script beside the form, read back, mended, and filed.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Answer, Browser, Form, Room, faults::faults, script::Script};
use axum::http::StatusCode;
use desk::acts::{JoinWait, OperatorState};
use domain::{
    actor::Right,
    inquiry::{Channel, Inquiry, Stage},
    text::Lang,
    urgency::Urgency,
    wait::{Choice, Keyed, WaitingCaller},
};
use std::sync::Arc;
use store::{List, Page};
use web::switchboard::{SoftphoneState, With};

const NOW: &str = "2026-11-23T17:00:00Z";

/// A page without the signs that keep what is put into a sentence apart from it.
fn said(page: &str) -> String {
    page.replace(['\u{2068}', '\u{2069}'], "")
}

/// The operator speaks with somebody who has keyed a receipt number and a ZIP code.
async fn talks(room: &Room, script: &Script) -> WaitingCaller {
    let node = room.desk.begin_line(&room.system()).await.unwrap().id;
    let me = room.id("operator").await;
    let state = OperatorState { choice: Choice::Ready, node: Some(node) };
    room.desk.set_operator_state(&room.as_staff("operator").await, me, &state).await.unwrap();
    let join = JoinWait {
        queue: "tier1".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550143".parse().unwrap()),
        first_asked: None,
        node: Some(node),
        rung: None,
        keyed: Keyed { receipt: Some("IOE9999999901".parse().unwrap()), zip: Some("90012".into()) },
        relay: None,
    };
    let wait = room.desk.join_wait(&room.system(), &join).await.unwrap().wait;
    let granted = room.desk.grant_waits(&room.system()).await.unwrap();
    let by = room.as_staff("operator").await;
    room.desk.accept_wait(&by, wait.id, me, granted[0].grant, None).await.unwrap();
    let with = With::Wait { wait: wait.id, inquiry: None };
    let (number, since) = (wait.number.clone(), NOW.parse().unwrap());
    let talking = SoftphoneState::Talking {
        with,
        number,
        since,
        held: false,
        consult: None,
        overheard: None,
        taped: None,
    };
    script.put(me, talking);
    room.store.wait(wait.id).await.unwrap().unwrap()
}

/// The form filled with what the caller says.
fn filled(page: &str, given: &str) -> Form {
    let mut form = Form::of(page, "/staff/intake").with("do", "back");
    for (name, value) in [
        ("ask_asked_before", "no"),
        ("ask_letter_asks_visit", "no"),
        ("ask_cannot_wait", "no"),
        ("words", "The letter names another street."),
        ("given", given),
        ("family", "Example"),
        ("born_month", "5"),
        ("born_day", "4"),
        ("born_year", "1980"),
        ("email", "caller@example.org"),
    ] {
        form = form.with(name, value);
    }
    form
}

async fn all(room: &Room) -> Vec<Inquiry> {
    room.store.list(&List::All, Page::first(9)).await.unwrap().rows
}

/// Fills in what is not known from a call.
fn at_the_desk(form: Form, came: &str) -> Form {
    form.with("came", came).with("zip", "90012").with("phone", "202-555-0188").with("lang", "es")
}

async fn read_back(browser: &mut Browser<'_>, given: &str) -> Answer {
    let page = browser.get("/intake?reason=case-question").await;
    let form = at_the_desk(filled(&page.body, given), "office");
    browser.submit(&form).await
}

#[tokio::test]
async fn a_caller_is_taken_down_and_nothing_is_typed_twice() {
    let (room, script): (Room, Arc<Script>) = Script::in_a_room(NOW).await;
    let wait = talks(&room, &script).await;
    let mut operator = room.browser("operator", "en").await;
    let phone = operator.get("/line").await;
    assert!(phone.body.contains("/en/staff/intake"), "the way to it stands beside the call");
    assert_eq!(faults(&phone.body, "en"), Vec::<String>::new());

    // First the need: it brings the script and the questions.
    let page = operator.get("/intake").await;
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    let none = operator.submit(&Form::of(&page.body, "/staff/intake").with("do", "change")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = Form::of(&page.body, "/staff/intake").with("do", "change").with("reason", "case-question");
    let page = operator.submit(&chosen).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    assert!(page.body.contains("What is it about your case that the status does not explain?"));
    let form = Form::of(&page.body, "/staff/intake");
    for (name, value) in [("receipt", "IOE9999999901"), ("zip", "90012"), ("lang", "en")] {
        assert_eq!(form.value(name), Some(value), "{name}");
    }
    assert!(form.value("phone").unwrap().contains("0143") && !form.value("phrase").unwrap().is_empty());
    assert_eq!(form.value("wait"), Some(wait.id.to_string().as_str()));

    // What is missing is said where it is, and nothing is lost.
    let half = operator.submit(&form.clone().with("do", "back").with("given", "Ana")).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(faults(&half.body, "en"), Vec::<String>::new());
    assert_eq!(Form::of(&half.body, "/staff/intake").value("given"), Some("Ana"));

    let back = operator.submit(&filled(&half.body, "Ana")).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert_eq!(faults(&back.body, "en"), Vec::<String>::new());
    for says in ["Ana Example", "The letter names another street.", "The policy recommends", "#part-reach"] {
        assert!(said(&back.body).contains(says), "{says}");
    }
    assert_eq!(all(&room).await, [], "nothing is taken down yet");

    // One thing is mended; the rest comes back as it was, and so does what was begun below.
    let form = Form::of(&back.body, "/staff/intake");
    let again = operator.submit(&form.with("goes", "call").with("do", "change")).await;
    let form = Form::of(&again.body, "/staff/intake");
    assert_eq!((form.value("family"), form.value("goes")), (Some("Example"), Some("call")));
    let back = operator.submit(&form.with("family", "Reyes").with("do", "back")).await;
    assert!(said(&back.body).contains("Ana Reyes"), "{}", back.body);

    let form = Form::of(&back.body, "/staff/intake").with("do", "file");
    assert_eq!(form.value("summary"), Some("The letter names another street."));
    let refused = operator.submit(&form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Choose when the officer calls"), "{}", refused.body);
    let ahead = back.body.split("name=\"window\"").nth(1).unwrap();
    let window = ahead.split("value=\"").nth(2).unwrap().split('"').next().unwrap();
    let form = Form::of(&refused.body, "/staff/intake").with("do", "file");
    let form = form.with("because", "records").with("window", window);
    let done = operator.submit(&form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // Sent twice it is once.
    assert_eq!(operator.submit(&form).await.location, done.location);
    let told = operator.follow(&done).await;
    assert_eq!(faults(&told.body, "en"), Vec::<String>::new());
    let made = all(&room).await;
    assert_eq!(made.len(), 1);
    let inquiry = &made[0];
    assert_eq!((inquiry.request.channel, inquiry.name.family.reveal().as_str()), (Channel::Phone, "Reyes"));
    assert_eq!(inquiry.callback().unwrap().window.start.to_string(), window);
    assert!(told.body.contains(&inquiry.number.to_string()) && told.body.contains("An officer calls"));
    assert_eq!(room.store.wait(wait.id).await.unwrap().unwrap().inquiry, Some(inquiry.id));
    // The telephone's page shows it beside the call from now on.
    let phone = operator.get("/line").await.body;
    assert!(phone.contains(&inquiry.number.digits()) && !phone.contains("id=\"take-down\""), "{phone}");
}

#[tokio::test]
async fn somebody_at_a_desk_is_read_back_in_their_own_language() {
    let room = Room::at(NOW).await;
    for lang in ["en", "es"] {
        let page = room.browser("operator", lang).await.get("/intake?reason=case-question").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang}");
    }
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get("/intake?reason=case-question").await;
    let unsaid = officer.submit(&at_the_desk(filled(&page.body, "Luis"), "")).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains("Say how it came in."));
    let back = read_back(&mut officer, "Luis").await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert!(back.body.contains("lang=\"es\"") && back.body.contains("Lo que necesita"), "{}", back.body);
    let form = Form::of(&back.body, "/staff/intake").with("do", "file").with("goes", "request");
    // Another urgency than the policy's needs a reason.
    let refused = officer.submit(&form.clone().with("urgency", "urgent")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("urgency-because-error"), "{}", refused.body);
    let form = form.with("urgency", "urgent").with("urgency-because", "A hearing on Friday.");
    let done = officer.submit(&form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let made = all(&room).await;
    assert_eq!((made[0].urgency, made[0].request.channel), (Urgency::Urgent, Channel::Office));
    assert!(matches!(made[0].stage, Stage::Review { .. }));
    assert!(room.store.notices(made[0].id).await.unwrap().iter().any(|n| n.lang == Lang::es()));
}

#[tokio::test]
async fn whoever_has_asked_already_is_found_and_what_is_kept_is_not() {
    let room = Room::at(NOW).await;
    let mut operator = room.browser("operator", "en").await;
    let back = read_back(&mut operator, "Ana").await;
    let form = Form::of(&back.body, "/staff/intake").with("do", "file").with("goes", "request");
    operator.submit(&form).await;
    let live = all(&room).await.remove(0);
    let twice = read_back(&mut operator, "Ana").await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert_eq!(faults(&twice.body, "en"), Vec::<String>::new());
    assert!(twice.body.contains(&format!("/staff/inquiry/{}", live.number.digits())), "{}", twice.body);
    // Nothing typed is lost by it.
    let form = Form::of(&twice.body, "/staff/intake").with("do", "change");
    let page = operator.submit(&form).await;
    assert_eq!(Form::of(&page.body, "/staff/intake").value("given"), Some("Ana"));

    let class = room.desk.pack().agency().protected[0].code.clone();
    room.desk.protect(&room.as_staff("operator").await, live.id, &class, &[].into()).await.unwrap();
    let kept = read_back(&mut operator, "Ana").await;
    assert_eq!(kept.status, StatusCode::CONFLICT);
    assert!(!kept.body.contains(&live.number.digits()) && !kept.body.contains("protected"), "{}", kept.body);
    let done = |number: String| format!("/intake/done?number={number}");
    let hidden = operator.get(&done(live.number.digits())).await.body;
    assert!(hidden.contains("You do not see this inquiry") && !hidden.contains("Ana"), "{hidden}");
    assert!(!room.store.staff(room.id("operator").await).await.unwrap().unwrap().has(Right::Protected));
}

/// What is recorded is corrected on the person's word, by whoever they say it to.
#[tokio::test]
async fn staff_correct_what_is_recorded() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let at = format!("/inquiry/{}", inquiry.number.digits());
    for lang in ["en", "es"] {
        let page = room.browser("operator", lang).await.get(&format!("{at}/correct")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang}");
    }
    let mut operator = room.browser("operator", "en").await;
    assert!(operator.get(&at).await.body.contains("/correct"));
    let page = operator.get(&format!("{at}/correct")).await;
    let form = Form::of(&page.body, "/correct").with("phone", "202-555-0177");
    let unsaid = operator.submit(&form.clone().with("family", "Reyes").with("email", "nobody")).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    for fault in ["said-error", "email-error"] {
        assert!(unsaid.body.contains(fault), "{fault}");
    }
    assert_eq!(Form::of(&unsaid.body, "/correct").value("family"), Some("Reyes"));
    let done = operator.submit(&form.with("said", "telephone")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = operator.follow(&done).await;
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    let page = said(&page.body);
    assert!(page.contains("It is corrected.") && page.contains("as the person said by telephone"), "{page}");
    assert_eq!(room.reload(&inquiry).await.reach.phone, "2025550177".parse().unwrap());
    // A clerk reads it and does not correct it; what is over stays.
    let mut clerk = room.browser("clerk.los", "en").await;
    assert_eq!(clerk.get(&format!("{at}/correct")).await.status, StatusCode::NOT_FOUND);
    room.desk.withdraw(&room.caller(desk::Who::Person(inquiry.id)), inquiry.id).await.unwrap();
    let page = operator.get(&format!("{at}/correct")).await;
    let over = Form::of(&page.body, "/correct").with("phrase", "red hill").with("said", "office");
    assert_eq!(operator.submit(&over).await.status, StatusCode::CONFLICT);
    assert!(!operator.get(&at).await.body.contains("/correct"));
}

/// Somebody without a number at hand is found by who they are, as far as whoever looks may know of them.
#[tokio::test]
async fn a_person_is_found_by_name_and_the_look_is_written_down() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let mut operator = room.browser("operator", "en").await;
    let unknown = operator.get("/find?number=1234").await;
    assert!(unknown.body.contains("/staff/find/person"), "{}", unknown.body);
    let page = operator.get("/find/person").await;
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    let empty = operator.submit(&Form::of(&page.body, "/find/person")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut asked = Form::of(&page.body, "/find/person");
    for (name, value) in [
        ("given", "ana"),
        ("family", "example"),
        ("born_month", "5"),
        ("born_day", "17"),
        ("born_year", "1980"),
    ] {
        asked = asked.with(name, value);
    }
    let found = operator.submit(&asked).await;
    assert_eq!(faults(&found.body, "en"), Vec::<String>::new());
    assert!(found.body.contains(&format!("/staff/inquiry/{}", inquiry.number.digits())), "{}", found.body);
    let story = serde_json::to_string(&room.store.story(inquiry.id).await.unwrap()).unwrap();
    assert!(story.contains("looked-for"), "{story}");
    let other = operator.submit(&asked.clone().with("born_year", "1981")).await;
    assert!(other.body.contains("Nobody is found"), "{}", other.body);
    // What is kept is as if it were not there.
    let class = room.desk.pack().agency().protected[0].code.clone();
    room.desk.protect(&room.as_staff("operator").await, inquiry.id, &class, &[].into()).await.unwrap();
    let kept = operator.submit(&asked).await;
    assert!(kept.body.contains("Nobody is found") && !kept.body.contains(&inquiry.number.digits()));
    let mut clerk = room.browser("clerk.los", "en").await;
    assert_eq!(clerk.get("/find/person").await.status, StatusCode::NOT_FOUND);
}
