//! The telephone's pages over a switchboard that does what the test says: who may, what is shown, what is asked of it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{
    Answer, Browser, Form, Room, STAFF,
    faults::faults,
    script::{Script, TOKEN, said},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use domain::{
    callback::CallOutcome,
    ids::{InquiryId, WaitId},
    inquiry::Stage,
    journal::Happened,
    text::Lang,
    wait::PassTo,
};
use futures::StreamExt;
use jiff::Timestamp;
use tower::ServiceExt;
use web::switchboard::{
    CallState, Consult, ConsultStage, Ended, Keys, Progress, SoftphoneAct, SoftphoneState, SwitchboardError,
    Taped, With,
};

const NOW: &str = "2026-11-23T17:00:00Z";
const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn wait() -> WaitId {
    WaitId::new(now(), &[1; 10])
}

fn ringing(inquiry: Option<InquiryId>) -> SoftphoneState {
    let caller = Some("2025550143".parse().unwrap());
    let until = "2026-11-23T17:00:20Z".parse().unwrap();
    SoftphoneState::Ringing { wait: wait(), caller, inquiry, since: now(), until }
}

fn talking(inquiry: Option<InquiryId>, held: bool, consult: Option<Consult>) -> SoftphoneState {
    let number = Some("2025550143".parse().unwrap());
    SoftphoneState::Talking {
        with: With::Wait { wait: wait(), inquiry },
        number,
        since: now(),
        held,
        consult,
        overheard: None,
        taped: None,
    }
}

/// A button, what is typed beside it, and the act that it should be.
type Press<'a> = (&'a str, &'a [(&'a str, &'a str)], SoftphoneAct);

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
async fn without_a_switchboard_the_pages_say_so() {
    let room = Room::at(NOW).await;
    let mut operator = room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    assert!(page.body.contains("The telephone is not set up here"));
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    assert!(!operator.get("/review").await.body.contains("/staff/line"), "no way to what is not there");
    assert_eq!(operator.post("/line/call", &[("do", "answer")]).await.status, StatusCode::CONFLICT);
    let plug = operator.post_text("/en/staff/line/plug", OFFER).await;
    assert_eq!((plug.status, plug.body.as_str()), (StatusCode::CONFLICT, "none"));

    let mut visitor = room.nobody("es");
    let page = visitor.open("/es/call").await;
    assert!(page.body.contains("Aquí no se puede llamar desde el navegador"));
    assert!(!page.body.contains("id=\"caller\""));
    assert!(!visitor.open("/es").await.body.contains("/es/call"));
    assert_eq!(visitor.post_text("/es/call/offer", OFFER).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_does_not_telephone_finds_no_telephone() {
    let (room, script) = Script::in_a_room(NOW).await;
    for (sign_in, role, _) in STAFF {
        let may = ["operator", "officer", "supervisor"].contains(&role.as_str());
        let mut browser = room.browser(sign_in, "en").await;
        let found = if may { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(browser.get("/line").await.status, found, "{sign_in}");
        assert_eq!(browser.get("/line/live").await.status, found, "{sign_in}");
        assert_eq!(browser.post_text("/en/staff/line/plug", OFFER).await.status, found, "{sign_in}");
        let act = browser.post("/line/call", &[("do", "hang-up")]).await.status;
        assert_eq!(act, if may { StatusCode::SEE_OTHER } else { StatusCode::NOT_FOUND }, "{sign_in}");
        assert_eq!(script.last_act().is_some(), may, "{sign_in}");
        assert_eq!(browser.get("").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn every_state_is_a_whole_page_in_both_languages() {
    let (room, script) = Script::in_a_room(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await.id;
    let me = room.id("operator").await;
    script.put(room.id("m.ortega").await, SoftphoneState::Idle);
    let with = With::Wait { wait: wait(), inquiry: None };
    let ortega = room.id("m.ortega").await;
    let third = |stage| Some(Consult { to: ortega, stage });
    let asked = |stage| SoftphoneState::Asked { by: ortega, with, number: None, since: now(), stage };
    let dialling =
        |progress| SoftphoneState::Dialling { with: With::Inquiry(inquiry), since: now(), progress };
    let ended = |outcome| SoftphoneState::Ended { with, outcome, at: now() };
    let states = [
        (SoftphoneState::Unplugged, "Not connected", "Sin conexión"),
        (SoftphoneState::Idle, "No call", "Sin llamada"),
        (ringing(None), "No inquiry is known", "No se conoce una consulta"),
        (ringing(Some(inquiry)), "Ana Example", "Ana Example"),
        (dialling(Progress::Trying), "Trying to reach", "Intentando llegar"),
        (dialling(Progress::Ringing), "It rings there", "Allí suena"),
        (dialling(Progress::EarlyMedia), "Listen", "Escuche"),
        (talking(None, false, None), "Take it down together", "Anotarlo juntos"),
        (talking(Some(inquiry), false, None), "Promise a call from an officer", "Prometer una llamada"),
        (talking(None, true, None), "Take back", "Retomar"),
        (talking(None, true, third(ConsultStage::Ringing)), "Calling", "Llamando a"),
        (talking(None, true, third(ConsultStage::Talking)), "You speak with", "Usted habla con"),
        (talking(None, false, third(ConsultStage::Joined)), "All three speak", "Hablan los tres"),
        (asked(ConsultStage::Ringing), "M.ORTEGA", "M.ORTEGA"),
        (asked(ConsultStage::Talking), "does not hear you", "no le oye"),
        (asked(ConsultStage::Joined), "The caller hears you", "La persona le oye"),
        (ended(Ended::ByOther), "hung up", "colgó"),
        (ended(Ended::ByMe), "You hung up", "Usted colgó"),
        (ended(Ended::Transferred), "passed on", "se pasó"),
        (ended(Ended::NotTaken), "keeps the place", "guarda su lugar"),
        (ended(Ended::CallerLeft), "before you answered", "antes de que usted"),
        (ended(Ended::NotReached(CallOutcome::Busy)), "Busy", "Ocupado"),
        (ended(Ended::Failed), "The line failed", "La línea falló"),
    ];
    for (state, en, es) in states {
        script.put(me, state.clone());
        for (lang, words) in [("en", en), ("es", es)] {
            let page = room.browser("operator", lang).await.get("/line").await;
            assert_eq!(page.status, StatusCode::OK, "{state:?}");
            assert!(page.body.contains(words), "{state:?} in {lang} has no {words:?}");
            assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{state:?} in {lang}");
        }
    }
}

#[tokio::test]
async fn who_calls_is_on_the_screen_before_it_is_answered_and_reading_it_is_written_down() {
    let (room, script) = Script::in_a_room(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    script.put(room.id("operator").await, ringing(Some(inquiry.id)));
    let mut operator = room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    assert!(page.body.contains("data-phone=\"ringing\""));
    assert!(page.body.contains("(202) 555-0143"), "the caller's number");
    assert!(page.body.contains("Case is being reviewed"), "the case");
    assert!(page.body.contains(&format!("/en/staff/inquiry/{}", inquiry.number.digits())));
    let reads = || async {
        let story = room.store.story(inquiry.id).await.unwrap();
        story.iter().filter(|w| matches!(w.entry.happened, Happened::Read { .. })).count()
    };
    assert_eq!(reads().await, 1);
    operator.get("/line").await;
    assert_eq!(reads().await, 1, "looking again is the same reading");

    press(&mut operator, &page, "answer", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::Answer));
    press(&mut operator, &page, "decline", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::Decline));
}

#[tokio::test]
async fn each_button_asks_for_its_act() {
    let (room, script) = Script::in_a_room(NOW).await;
    let (me, ortega) = (room.id("operator").await, room.id("m.ortega").await);
    script.put(ortega, SoftphoneState::Idle);
    script.put(me, talking(None, false, None));
    let mut operator = room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    assert!(page.body.contains("M.ORTEGA") && !page.body.contains("J.LEE"), "only who is connected and free");

    let colleague = ortega.to_string();
    let why = || Some("language".parse().unwrap());
    let spanish = PassTo::Line {
        queue: "operators".parse().unwrap(),
        lang: Some(Lang::es()),
        reason: Some("proof-of-status".parse().unwrap()),
    };
    let line = [("to", "line:operators:es"), ("why", "language"), ("about", "proof-of-status")];
    let to_colleague = SoftphoneAct::TransferBlind { to: PassTo::Operator(ortega), why: why() };
    let court =
        SoftphoneAct::TransferBlind { to: PassTo::Outside("immigration-court".parse().unwrap()), why: why() };
    assert!(page.body.contains("Immigration court case line (hearings before a judge)"));
    assert!(!page.body.contains("8987180"), "a line outside is chosen by its name");
    let presses: [Press<'_>; 7] = [
        ("hold", &[], SoftphoneAct::Hold(true)),
        ("hang-up", &[], SoftphoneAct::HangUp),
        ("keys", &[("keys", "12 #")], SoftphoneAct::Keys(Keys::read("12#").unwrap())),
        ("transfer", &line, SoftphoneAct::TransferBlind { to: spanish, why: why() }),
        ("transfer", &[("to", &colleague), ("why", "language")], to_colleague),
        ("transfer", &[("to", "out:immigration-court"), ("why", "language")], court),
        ("consult", &[("to", &colleague)], SoftphoneAct::Consult { to: ortega }),
    ];
    for (act, fields, expected) in presses {
        let answer = press(&mut operator, &page, act, fields).await;
        assert_eq!(answer.location.as_deref(), Some("/en/staff/line"), "{act}");
        assert_eq!(script.last_act(), Some(expected), "{act}");
    }
    assert!(!page.body.contains("value=\"machine\""), "somebody who called is no machine");
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    script.put(
        me,
        SoftphoneState::Talking {
            with: With::Inquiry(inquiry.id),
            number: None,
            since: now(),
            held: false,
            consult: None,
            overheard: None,
            taped: None,
        },
    );
    let page = operator.get("/line").await;
    press(&mut operator, &page, "machine", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::Machine));
    script.put(me, talking(None, true, None));
    let page = operator.get("/line").await;
    press(&mut operator, &page, "take-back", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::Hold(false)));
    script.put(me, talking(None, true, Some(Consult { to: ortega, stage: ConsultStage::Talking })));
    let page = operator.get("/line").await;
    press(&mut operator, &page, "join", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::JoinConsult));
    press(&mut operator, &page, "complete", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::CompleteConsult));
    press(&mut operator, &page, "cancel", &[]).await;
    assert_eq!(script.last_act(), Some(SoftphoneAct::CancelConsult));
}

/// Whether a call is recorded is seen at once, and it stands still by a button with a key of its own.
#[tokio::test]
async fn a_recording_is_seen_and_paused() {
    let (room, script) = Script::in_a_room(NOW).await;
    let me = room.id("operator").await;
    let recorded = |now: Taped| match talking(None, false, None) {
        SoftphoneState::Talking { with, number, since, held, consult, overheard, .. } => {
            SoftphoneState::Talking { with, number, since, held, consult, overheard, taped: Some(now) }
        }
        other => other,
    };
    for (lang, says) in [
        (
            "en",
            [
                "is told that the call is recorded",
                "This call is recorded",
                "The recording is paused",
                "the caller refused",
            ],
        ),
        (
            "es",
            [
                "se le dice que la llamada se graba",
                "Esta llamada se graba",
                "La grabación está en pausa",
                "la persona no quiso",
            ],
        ),
    ] {
        let mut operator = room.browser("operator", lang).await;
        for (now, says) in
            [Taped::Announced, Taped::Runs, Taped::Paused, Taped::Refused].into_iter().zip(says)
        {
            script.put(me, recorded(now));
            let page = operator.get("/line").await.body;
            assert!(page.contains(says), "{now:?}: {page}");
            let key = |act: &str| page.contains(&format!("value=\"{act}\" accesskey=\"r\""));
            let keys = (key("pause-recording"), key("resume-recording"));
            assert_eq!(keys, (now == Taped::Runs, now == Taped::Paused), "{now:?}");
        }
    }
    let mut operator = room.browser("operator", "en").await;
    for (now, act, goes_on) in
        [(Taped::Runs, "pause-recording", false), (Taped::Paused, "resume-recording", true)]
    {
        script.put(me, recorded(now));
        let page = operator.get("/line").await;
        press(&mut operator, &page, act, &[]).await;
        assert_eq!(script.last_act(), Some(SoftphoneAct::Tape(goes_on)));
    }
    script.put(me, talking(None, false, None));
    let page = operator.get("/line").await.body;
    assert!(!page.contains("id=\"recording\""), "nothing is said of it where nothing is recorded");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_place() {
    let (room, script) = Script::in_a_room(NOW).await;
    let me = room.id("operator").await;
    script.put(me, talking(None, false, None));
    let mut operator = room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    for (act, fields, says) in [
        ("keys", ("keys", "call me"), "Type 1 to 32 keys"),
        ("transfer", ("to", ""), "Choose a colleague or the line."),
        ("transfer", ("to", "line:operators:es"), "Choose why you pass the caller on."),
        ("transfer", ("to", "out:bank"), "Choose a colleague or the line."),
        ("transfer", ("to", "out:+19005550100"), "Choose a colleague or the line."),
        ("transfer", ("to", "+19005550100"), "Choose a colleague or the line."),
        ("transfer", ("to", "out:immigration-court"), "Choose why you pass the caller on."),
        ("consult", ("to", "out:immigration-court"), "Choose a colleague."),
        ("consult", ("to", "line:operators:es"), "Choose a colleague."),
    ] {
        let answer = press(&mut operator, &page, act, &[fields]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        assert!(answer.body.contains(says), "{act} does not say {says:?}");
        assert_eq!(faults(&answer.body, "en"), Vec::<String>::new());
        assert_eq!(script.last_act(), None, "{act}");
    }
    script.refuses(SwitchboardError::NotNow);
    let answer = press(&mut operator, &page, "hang-up", &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("That does not fit the call any more"));
    assert_eq!(operator.post("/line/call", &[("do", "dance")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_browser_is_connected_by_its_offer() {
    let (room, script) = Script::in_a_room(NOW).await;
    let mut operator = room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    assert!(page.headers["permissions-policy"].to_str().unwrap().contains("microphone=(self)"));
    let other = operator.get("/review").await;
    assert!(other.headers["permissions-policy"].to_str().unwrap().contains("microphone=()"));

    let answer = operator.post_text("/en/staff/line/plug", OFFER).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, "v=0 answer"));
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/sdp");
    assert_eq!(script.asked(), [format!("plug in {}", OFFER.len())]);

    for bad in ["hello", &format!("v=0{}", "x".repeat(40_000))] {
        let answer = operator.post_text("/en/staff/line/plug", bad).await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "bad-offer"));
    }
    assert!(script.asked().is_empty(), "what is no offer goes no further");
    script.refuses(SwitchboardError::Full { retry_after: 7 });
    let answer = operator.post_text("/en/staff/line/plug", OFFER).await;
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "full"));
    assert_eq!(answer.headers[header::RETRY_AFTER], "7");
    operator.post("/line/unplug", &[("_key", "k")]).await;
    assert_eq!(script.asked().last().unwrap(), "unplug");
}

#[tokio::test]
async fn the_page_is_told_when_the_telephone_changes() {
    let (room, script) = Script::in_a_room(NOW).await;
    let operator = room.browser("operator", "en").await;
    let request = Request::get("/en/staff/line/live")
        .header(header::HOST, "desk.test")
        .header(header::COOKIE, format!("staff={}", operator.cookies["staff"]))
        .body(Body::empty())
        .unwrap();
    let mut stream = room.pages.clone().oneshot(request).await.unwrap().into_body().into_data_stream();
    assert!(said(&mut stream).await.contains("event: phone"), "what came before the stream is not missed");
    script.put(room.id("operator").await, ringing(None));
    assert!(said(&mut stream).await.contains("event: phone"));
}

#[tokio::test]
async fn a_visitor_calls_presses_keys_and_hangs_up() {
    let (room, script) = Script::in_a_room(NOW).await;
    let mut visitor = room.nobody("es");
    assert!(visitor.open("/es").await.body.contains("href=\"/es/call\""));
    let page = visitor.open("/es/call").await;
    assert_eq!(faults(&page.body, "es"), Vec::<String>::new());
    assert!(page.body.contains("data-key=\"#\""));
    assert!(page.headers["permissions-policy"].to_str().unwrap().contains("microphone=(self)"));
    assert_eq!(faults(&visitor.open("/en/call").await.body, "en"), Vec::<String>::new());

    let answer = visitor.post_text("/es/call/offer", OFFER).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("\"answer\":\"v=0 answer\"") && answer.body.contains(TOKEN));
    assert_eq!(script.asked(), ["call in es"]);

    let send = |to: &str, body: &str| {
        let request = Request::post(to)
            .header(header::HOST, "desk.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.to_owned()))
            .unwrap();
        room.pages.clone().oneshot(request)
    };
    let good = format!("token={TOKEN}");
    let news = send("/es/call/news", &good).await.unwrap();
    let mut stream = news.into_body().into_data_stream();
    assert!(said(&mut stream).await.contains("data: connecting"));
    script.call.lock().unwrap().as_ref().unwrap().send_replace(CallState::Line);
    assert!(said(&mut stream).await.contains("data: line"));

    let keys = send("/es/call/keys", &format!("{good}&keys=%23")).await.unwrap();
    assert_eq!(keys.status(), StatusCode::NO_CONTENT);
    assert_eq!(script.asked(), [format!("keys {TOKEN} #")]);
    assert_eq!(send("/es/call/hang-up", &good).await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(script.asked(), [format!("hang up {TOKEN}")]);

    script.call.lock().unwrap().take();
    assert!(said(&mut stream).await.contains("data: over"), "who let the call go has ended it");
    assert!(stream.next().await.is_none());
    for (to, body) in [
        ("/es/call/keys", format!("{good}&keys=abc")),
        ("/es/call/hang-up", "token=x".to_owned()),
        ("/es/call/news", String::new()),
    ] {
        assert_eq!(send(to, &body).await.unwrap().status(), StatusCode::BAD_REQUEST, "{to}");
    }
    let other = send("/es/call/news", "token=of-somebody-else-entirely").await.unwrap();
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
    assert!(script.asked().is_empty());
}

#[tokio::test]
async fn one_address_calls_so_often_and_no_more() {
    let (room, script) = Script::in_a_room(NOW).await;
    let mut visitor = room.nobody("en");
    for _ in 0..6 {
        assert_eq!(visitor.post_text("/en/call/offer", OFFER).await.status, StatusCode::OK);
    }
    let answer = visitor.post_text("/en/call/offer", OFFER).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(script.asked().len(), 6);
    room.pass(6).await;
    assert_eq!(visitor.post_text("/en/call/offer", OFFER).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_promised_call_is_dialled_from_the_browser_or_by_hand() {
    let (room, script) = Script::in_a_room(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let window = room.desk.windows(&inquiry, room.now(), 1).await.unwrap()[0].window.clone();
    let caller = room.as_staff("m.ortega").await;
    room.desk.promise_callback(&caller, inquiry.id, window.start, None).await.unwrap();
    room.until(window.start).await;
    let at = format!("/inquiry/{}", inquiry.number.digits());
    let mut officer = room.browser("m.ortega", "en").await;
    let form = |page: &Answer| Form::of(&page.body, "/call");

    let page = officer.get(&at).await;
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    assert_eq!(form(&page).value("call-by"), Some("other"), "nothing is connected");
    script.refuses(SwitchboardError::NotPluggedIn);
    let refused = officer.submit(&form(&page).with("call-by", "browser")).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Your browser is not connected"));
    script.last_act();

    script.put(room.id("m.ortega").await, SoftphoneState::Idle);
    let page = officer.get(&at).await;
    assert_eq!(form(&page).value("call-by"), Some("browser"));
    assert_eq!(officer.submit(&form(&page)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(script.last_act(), Some(SoftphoneAct::DialCallback { inquiry: inquiry.id }));
    assert!(
        matches!(room.reload(&inquiry).await.stage, Stage::Promised(_)),
        "the switchboard begins the attempt, not the page"
    );

    let page = officer.get(&at).await;
    officer.submit(&form(&page).with("call-by", "other")).await;
    assert!(matches!(room.reload(&inquiry).await.stage, Stage::Calling { .. }));
    assert_eq!(script.last_act(), None);
}

#[tokio::test]
async fn a_matter_goes_to_an_officer_in_one_step_and_the_officer_reads_why() {
    let (room, script) = Script::in_a_room(NOW).await;
    let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
    let window = room.desk.windows(&inquiry, room.now(), 1).await.unwrap()[0].window.clone();
    script.put(room.id("operator").await, talking(Some(inquiry.id), false, None));
    let mut operator = room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    let empty = Form::of(&page.body, "/staff/line/escalate").with("do", "promise-end");
    let refused = operator.submit(&empty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for says in ["Choose why it goes", "Write what was said", "Choose when the officer"] {
        assert!(refused.body.contains(says), "{says}");
    }
    assert_eq!(faults(&refused.body, "en"), Vec::<String>::new());

    let form = empty
        .with("because", "records")
        .with("summary", "The letter names another street.")
        .with("window", &window.start.to_string());
    let done = operator.submit(&form).await;
    assert_eq!(done.location.as_deref(), Some("/en/staff/line"), "{}", done.body);
    assert_eq!(script.last_act(), Some(SoftphoneAct::HangUp));
    let promised = room.reload(&inquiry).await;
    let callback = promised.callback().unwrap();
    assert_eq!(callback.window, window);
    let brief = callback.brief.as_ref().unwrap();
    assert_eq!(brief.summary.reveal(), "The letter names another street.");
    let story = serde_json::to_string(&room.store.story(inquiry.id).await.unwrap()).unwrap();
    assert!(story.contains("records") && !story.contains("street"), "codes only");
    // Once is enough.
    assert!(!operator.get("/line").await.body.contains("/staff/line/escalate"));

    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get(&format!("/inquiry/{}", inquiry.number.digits())).await;
    assert!(page.body.contains("The letter names another street."));
    assert!(page.body.contains("The record may be wrong"));
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
}
