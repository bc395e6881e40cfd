//! An operator's day on the telephone's page: ready and not, a caller, what came of the call, and who waits in line.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{
    Answer, Browser, Form, Room,
    faults::faults,
    script::{Script, said},
};
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::acts::{JoinWait, OperatorState};
use domain::{
    codes::PauseCode,
    ids::{NodeId, StaffId},
    text::Lang,
    urgency::Urgency,
    wait::{Choice, Status, Unready, WaitingCaller},
};
use std::sync::Arc;
use tower::ServiceExt;
use web::switchboard::SoftphoneState;

const NOW: &str = "2026-11-23T17:00:00Z";

/// A room whose operator's browser is connected, with a process that holds calls.
struct Line {
    room: Room,
    script: Arc<Script>,
    me: StaffId,
    node: NodeId,
}

impl Line {
    async fn open() -> Self {
        let script = Arc::new(Script::default());
        let room = Room::with(NOW, Some(script.clone())).await;
        let me = room.store.staff_named("operator").await.unwrap().unwrap().id;
        let node = room.desk.begin_line(&room.system()).await.unwrap().id;
        script.put(me, SoftphoneState::Idle);
        Self { room, script, me, node }
    }

    async fn join(&self, lang: Lang, urgency: Urgency) -> WaitingCaller {
        let ask = JoinWait {
            queue: "tier1".parse().unwrap(),
            lang,
            reason: Some("case-question".parse().unwrap()),
            urgency,
            person: None,
            inquiry: None,
            number: None,
            first_asked: None,
            node: Some(self.node),
            rung: None,
            keyed: domain::wait::Keyed::default(),
            relay: None,
        };
        self.room.desk.join_wait(&self.room.system(), &ask).await.unwrap().wait
    }

    async fn status(&self) -> Status {
        self.room.store.operator(self.me).await.unwrap().unwrap().settled(self.room.now()).status
    }

    /// Offers whoever waits to the operator, who takes it.
    async fn talk(&self) -> WaitingCaller {
        let granted = self.room.desk.grant_waits(&self.room.system()).await.unwrap();
        let grant = &granted[0];
        let caller = self.room.as_staff("operator").await;
        self.room.desk.accept_wait(&caller, grant.caller, self.me, grant.grant, None).await.unwrap()
    }
}

/// Presses one of the buttons of where an operator stands.
async fn press(browser: &mut Browser<'_>, page: &Answer, act: &str, fields: &[(&str, &str)]) -> Answer {
    assert!(page.body.contains(&format!("name=\"do\" value=\"{act}\"")), "no button {act}: {}", page.body);
    let mut form = Form::of(&page.body, "/staff/line/duty").with("do", act);
    for (name, value) in fields {
        form = form.with(name, value);
    }
    browser.submit(&form).await
}

/// While the line is open, the start page says what whoever calls is in for.
#[tokio::test]
async fn the_start_page_says_whether_anybody_answers() {
    const NOBODY: &str = "Nobody is free to answer calls just now.";
    let line = Line::open().await;
    let start = line.room.nobody("en").open("/en").await.body;
    assert!(start.contains(NOBODY), "{start}");
    let state = OperatorState { choice: Choice::Ready, node: Some(line.node) };
    let me = line.room.as_staff("operator").await;
    line.room.desk.set_operator_state(&me, line.me, &state).await.unwrap();
    // One look serves everybody for some seconds.
    assert!(line.room.nobody("en").open("/en").await.body.contains(NOBODY));
    line.room.until(line.room.now() + jiff::SignedDuration::from_secs(6)).await;
    let start = line.room.nobody("en").open("/en").await.body;
    assert!(!start.contains(NOBODY), "{start}");
    let band = line.room.desk.outlook(None, line.room.now()).await.unwrap().likely[0].likely.band;
    assert_eq!(start.contains("If you call now, a person answers in"), band.is_some(), "{start}");
}

/// Of what is theirs they take a part, are told what nobody takes then, and the supervisor sees it.
#[tokio::test]
async fn an_operator_takes_less_for_a_while_and_is_told_what_nobody_takes() {
    let line = Line::open().await;
    let queues = line.room.desk.queues();
    assert!(queues.len() > 1, "{queues:?}");
    let mut operator = line.room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    let first = queues[0].to_string();
    let ready = press(&mut operator, &page, "ready", &[("take-queue", first.as_str())]).await;
    assert_eq!(ready.status, StatusCode::SEE_OTHER, "{}", ready.body);
    let only = line.room.store.operator(line.me).await.unwrap().unwrap().only;
    assert_eq!(only.queues.iter().map(ToString::to_string).collect::<Vec<_>>(), [first.as_str()]);
    let page = operator.get("/line").await;
    assert!(page.body.contains("You take only:") && page.body.contains("Nobody on duty takes this now:"));
    let mut supervisor = line.room.browser("supervisor", "en").await;
    assert!(supervisor.get("/wallboard/operators").await.body.contains("takes only"));
    // Nothing at all is no choice.
    let mut none = Form::of(&page.body, "/staff/line/duty").with("do", "only");
    none.fields.retain(|(name, _)| name != "take-queue");
    let refused = operator.submit(&none).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Choose at least one."));
    // Off duty it is over.
    let off = press(&mut operator, &page, "off", &[]).await;
    assert_eq!(off.status, StatusCode::SEE_OTHER);
    assert!(line.room.store.operator(line.me).await.unwrap().unwrap().only.is_all());
}

/// Whoever was called back may be a machine, whoever called is none.
#[tokio::test]
async fn a_machine_may_answer_whoever_is_called_back() {
    let line = Line::open().await;
    let mut operator = line.room.browser("operator", "en").await;
    let state = OperatorState { choice: Choice::Ready, node: Some(line.node) };
    let me = line.room.as_staff("operator").await;
    line.room.desk.set_operator_state(&me, line.me, &state).await.unwrap();
    let join = JoinWait {
        queue: "tier1".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some("2025550143".parse().unwrap()),
        first_asked: None,
        node: None,
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    };
    let wait = line.room.desk.join_wait(&line.room.system(), &join).await.unwrap().wait;
    assert_eq!(line.talk().await.id, wait.id);
    let (reached, me) = (domain::callback::CallOutcome::Reached, line.room.as_staff("operator").await);
    line.room.desk.call_back_ended(&me, wait.id, reached).await.unwrap();
    line.script.put(line.me, talking_with(wait.id));
    let page = operator.get("/line").await.body;
    assert!(page.contains("name=\"do\" value=\"machine\""), "{page}");
}

fn talking_with(wait: domain::ids::WaitId) -> SoftphoneState {
    SoftphoneState::Talking {
        with: web::switchboard::With::Wait { wait, inquiry: None },
        number: None,
        since: NOW.parse().unwrap(),
        held: false,
        consult: None,
        overheard: None,
        taped: None,
    }
}

#[tokio::test]
async fn ready_not_ready_with_a_reason_and_off() {
    let line = Line::open().await;
    let mut operator = line.room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    assert!(page.body.contains("data-duty=\"off\""));
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());

    line.script.put(line.me, SoftphoneState::Unplugged);
    let refused = press(&mut operator, &page, "ready", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("Your browser is not connected"), "nobody may be rung who cannot hear it");
    line.script.put(line.me, SoftphoneState::Idle);

    let page = operator.get("/line").await;
    assert_eq!(press(&mut operator, &page, "ready", &[]).await.location.as_deref(), Some("/en/staff/line"));
    assert!(matches!(line.status().await, Status::Ready { .. }));

    let page = operator.get("/line").await;
    assert!(page.body.contains("data-duty=\"ready\""));
    assert!(!page.body.contains("value=\"ready\""), "who is ready is not asked to be");
    press(&mut operator, &page, "not-ready", &[("pause", "break")]).await;
    let reason = Some("break".parse::<PauseCode>().unwrap());
    assert!(
        matches!(line.status().await, Status::NotReady { why: Unready::Chosen { reason: r }, .. } if r == reason)
    );
    let spanish = line.room.browser("operator", "es").await.get("/line").await;
    assert!(spanish.body.contains("No disponible") && spanish.body.contains("Descanso"));
    assert_eq!(faults(&spanish.body, "es"), Vec::<String>::new());

    let page = operator.get("/line").await;
    let unknown = press(&mut operator, &page, "not-ready", &[("pause", "holiday")]).await;
    assert_eq!(unknown.status, StatusCode::CONFLICT);
    assert!(unknown.body.contains("That choice is not there any more"));
    press(&mut operator, &page, "off", &[]).await;
    assert_eq!(line.status().await, Status::Off);
    assert_eq!(operator.post("/line/duty", &[("do", "dance")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_call_is_wrapped_up_with_what_came_of_it_and_with_more_time() {
    let line = Line::open().await;
    let mut operator = line.room.browser("operator", "en").await;
    let page = operator.get("/line").await;
    press(&mut operator, &page, "ready", &[]).await;
    line.join(Lang::en(), Urgency::Regular).await;
    let wait = line.talk().await;

    let page = operator.get("/line").await;
    assert!(page.body.contains("data-duty=\"talking\""));
    press(&mut operator, &page, "not-ready", &[("pause", "meal")]).await;
    let page = operator.get("/line").await;
    assert!(page.body.contains("After this call:") && page.body.contains("Meal"));
    assert!(matches!(
        line.room.store.operator(line.me).await.unwrap().unwrap().next,
        Some(Choice::NotReady { .. })
    ));

    line.room.desk.end_talk(&line.room.as_staff("operator").await, wait.id, None).await.unwrap();
    let page = operator.get("/line").await;
    assert!(page.body.contains("data-duty=\"wrap-up\"") && page.body.contains("data-left=\"60\""));
    assert_eq!(faults(&page.body, "en"), Vec::<String>::new());
    let none = press(&mut operator, &page, "dispose", &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("Choose how the call ended."));
    assert_eq!(faults(&none.body, "en"), Vec::<String>::new());
    press(&mut operator, &page, "dispose", &[("disposition", "status-told")]).await;
    let told = line.room.store.wait(wait.id).await.unwrap().unwrap();
    assert_eq!(told.disposition.unwrap().as_str(), "status-told");

    let mut pressed = 0;
    let last = loop {
        let page = operator.get("/line").await;
        let answer = press(&mut operator, &page, "extend", &[]).await;
        if answer.status != StatusCode::SEE_OTHER {
            break answer;
        }
        pressed += 1;
    };
    assert_eq!(pressed, 9, "from one minute to ten");
    assert_eq!(last.status, StatusCode::CONFLICT);
    assert!(last.body.contains("The time for wrapping up is used up"));
    let page = operator.get("/line").await;
    press(&mut operator, &page, "ready", &[]).await;
    assert!(matches!(line.status().await, Status::Ready { .. }));
}

#[tokio::test]
async fn who_waits_is_seen_by_those_who_answer_and_those_who_run_the_line() {
    let line = Line::open().await;
    line.join(Lang::es(), Urgency::Regular).await;
    line.join(Lang::en(), Urgency::Urgent).await;
    line.room.pass(3).await;
    for (sign_in, sees) in [("operator", true), ("supervisor", true), ("m.ortega", false)] {
        let page = line.room.browser(sign_in, "en").await.get("/line").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.body.contains("Who waits in line"), sees, "{sign_in}");
        assert_eq!(faults(&page.body, "en"), Vec::<String>::new(), "{sign_in}");
        if sees {
            let (_, table) = page.body.split_once("queue-caption\">").unwrap();
            let (english, spanish) = (table.find("English").unwrap(), table.find("Spanish").unwrap());
            assert!(english < spanish, "the urgent caller is before the one who asked first");
            assert!(table.contains("3 min"), "since when: {table}");
        }
    }
}

#[tokio::test]
async fn the_stream_tells_of_the_line_and_of_oneself_and_of_nobody_else() {
    let line = Line::open().await;
    let operator = line.room.browser("operator", "en").await;
    let request = Request::get("/en/staff/line/live")
        .header(header::HOST, "desk.test")
        .header(header::COOKIE, format!("staff={}", operator.cookies["staff"]))
        .body(Body::empty())
        .unwrap();
    let answer = line.room.pages.clone().oneshot(request).await.unwrap();
    let mut stream = answer.into_body().into_data_stream();
    assert!(said(&mut stream).await.contains("event: phone"), "what came before the stream is not missed");
    // Another's business says nothing here; what follows does.
    line.room.ask("Ana", "Example", "case-question", Lang::en()).await;
    line.join(Lang::en(), Urgency::Regular).await;
    assert!(said(&mut stream).await.contains("event: queue"));
    let ask = desk::acts::OperatorState { choice: Choice::Off, node: None };
    let caller = line.room.as_staff("operator").await;
    line.room.desk.set_operator_state(&caller, line.me, &ask).await.unwrap();
    assert!(said(&mut stream).await.contains("event: phone"));
}
