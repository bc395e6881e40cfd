//! Text messages both ways: a carrier over real HTTP takes what we send, and tells us what became of it and what people write.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Reply, Room, START, request};
use axum::{Json, Router, extract::State, http::HeaderMap, routing::post};
use domain::{
    ids::NoticeId,
    inquiry::{Inquiry, Stage},
    notice::{Carrier, Delivery, Notice, NoticeKind},
    pii::Pii,
};
use jiff::{SignedDuration, Timestamp};
use notices::{HookSecret, Texts, TextsConfig};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ANA: &str = "+12135550101";

type Taken = Arc<Mutex<Vec<Value>>>;

async fn take(State(taken): State<Taken>, headers: HeaderMap, Json(body): Json<Value>) -> Json<Value> {
    assert_eq!(headers["idempotency-key"], body["id"].as_str().unwrap());
    taken.lock().unwrap().push(body);
    Json(json!({ "id": "SM1" }))
}

struct Wire {
    room: Room,
    taken: Taken,
}

impl Wire {
    async fn at(now: &str) -> Self {
        let taken = Taken::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let app = Router::new().route("/", post(take)).with_state(Arc::clone(&taken));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let config = TextsConfig {
            url,
            token: Pii::from("token"),
            from: "12345".to_owned(),
            secret: SECRET.parse().unwrap(),
            trust: None,
            timeout: Duration::from_secs(5),
        };
        Self { room: Room::with_texts(now, Texts::http(config).unwrap()).await, taken }
    }

    /// A request of somebody who agreed to texts.
    async fn ask(&self, given: &str) -> Inquiry {
        let token = self.room.token("m.ortega").await;
        let mut ask = request(given);
        ask["reach"]["texts"] = json!(true);
        ask["reach"].as_object_mut().unwrap().remove("email");
        let number = self.room.post(&token, "/inquiries", &ask).await.ok()["inquiry"].clone();
        self.inquiry(number.as_str().unwrap()).await
    }

    async fn inquiry(&self, number: &str) -> Inquiry {
        self.room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap()
    }

    async fn again(&self, inquiry: &Inquiry) -> Inquiry {
        self.room.store.inquiry(inquiry.id).await.unwrap().unwrap()
    }

    /// What the carrier was given since the last time.
    async fn texts(&self) -> Vec<String> {
        self.room.until(self.room.now()).await;
        let taken = std::mem::take(&mut *self.taken.lock().unwrap());
        taken
            .iter()
            .map(|text| {
                assert_eq!((text["to"].as_str(), text["from"].as_str()), (Some(ANA), Some("12345")));
                text["text"].as_str().unwrap().to_owned()
            })
            .collect()
    }

    async fn tell(&self, id: &str, told: &Value) -> Reply {
        self.tell_as(SECRET, id, self.room.now(), told).await
    }

    async fn tell_as(&self, secret: &str, id: &str, at: Timestamp, told: &Value) -> Reply {
        let body = told.to_string();
        let signed = secret.parse::<HookSecret>().unwrap().sign(id, at, body.as_bytes());
        let at = at.as_second().to_string();
        let headers = [("webhook-id", id), ("webhook-timestamp", &at), ("webhook-signature", &signed)];
        self.room.raw("POST", "/hooks/texts", &headers, body.into_bytes()).await
    }

    /// The person writes; the answers.
    async fn write(&self, id: &str, text: &str) -> Vec<String> {
        let told = json!({ "type": "text.received", "data": { "from": ANA, "text": text } });
        assert_eq!(self.tell(id, &told).await.status, 204);
        self.texts().await
    }

    async fn last(&self, inquiry: &Inquiry) -> Notice {
        self.room.store.notices(inquiry.id).await.unwrap().pop().unwrap()
    }

    async fn story(&self, inquiry: &Inquiry) -> Vec<String> {
        let story = self.room.store.story(inquiry.id).await.unwrap();
        let act = |entry: &domain::journal::Written| {
            serde_json::to_value(&entry.entry.happened).unwrap()["act"].as_str().unwrap().to_owned()
        };
        story.iter().map(act).collect()
    }

    async fn promise(&self, inquiry: &Inquiry) {
        let officer = self.room.token("m.ortega").await;
        let number = inquiry.number.digits();
        let start = self.room.window(&officer, &number).await;
        let at = format!("/inquiries/{number}/callback");
        self.room.post(&officer, &at, &json!({ "start": start })).await.ok();
    }
}

/// What a text says behind the agency's name and the text's own code.
fn said(text: &str) -> &str {
    text.strip_prefix("USCIS ").and_then(|rest| rest.split_once(": ")).map_or("", |(_code, said)| said)
}

#[tokio::test]
async fn a_person_without_e_mail_is_told_by_text_and_gives_the_call_back_by_text() {
    let wire = Wire::at(START).await;
    let ana = wire.ask("Ana").await;
    let [first] = wire.texts().await.try_into().unwrap();
    assert!(said(&first).starts_with("Tenemos su solicitud") && first.contains("ALTO"), "{first}");
    wire.promise(&ana).await;
    let [promised] = wire.texts().await.try_into().unwrap();
    assert!(said(&promised).starts_with("Le llamamos"), "{promised}");
    let [cancelled] = wire.write("m1", "Cancelar").await.try_into().unwrap();
    assert!(said(&cancelled).starts_with("Se cancelo su llamada"), "{cancelled}");
    assert!(matches!(wire.again(&ana).await.stage, Stage::Review { .. }), "the place is kept");
    // Told again, nothing happens again.
    assert_eq!(wire.write("m1", "Cancelar").await, [""; 0]);
    // Said again, there is nothing to cancel.
    let [nothing] = wire.write("m2", "CANCEL").await.try_into().unwrap();
    assert!(nothing.contains("No hay llamada ni cita"), "{nothing}");
    let [choose] = wire.write("m3", "cambiar").await.try_into().unwrap();
    let token = choose.rsplit("/go/").next().unwrap();
    assert_eq!(wire.room.desk.links().open(token, wire.room.now()), Some(ana.id), "{choose}");
}

#[tokio::test]
async fn a_visit_is_confirmed_by_text_and_no_longer_once_it_has_begun() {
    let wire = Wire::at(START).await;
    let number = wire.room.to_book("Ana").await;
    let officer = wire.room.token("m.ortega").await;
    let place = wire.room.place(&number, 0).await;
    wire.room.post(&officer, &format!("/inquiries/{number}/appointment"), &place).await.ok();
    let ana = wire.inquiry(&number).await;
    assert_eq!(wire.texts().await, [""; 0], "nobody asked for texts");
    assert_eq!(wire.write("m1", "CONFIRM").await, [""; 0], "and a stranger's text is not answered");
    assert_eq!(wire.again(&ana).await.appointment().unwrap().confirmed, None);

    let [on] = wire.write("m2", "START").await.try_into().unwrap();
    assert!(on.contains("otra vez textos"), "{on}");
    let [confirmed] = wire.write("m3", "Sí").await.try_into().unwrap();
    assert!(said(&confirmed).starts_with("Gracias"), "{confirmed}");
    let said = wire.again(&ana).await.appointment().unwrap().confirmed;
    assert_eq!(said, Some(wire.room.now()));
    assert!(wire.story(&ana).await.contains(&"appointment-confirmed".to_owned()));

    let start = ana.appointment().unwrap().start;
    wire.room.until(start + SignedDuration::from_mins(1)).await;
    wire.texts().await;
    let [late] = wire.write("m4", "confirmar").await.try_into().unwrap();
    assert!(late.contains("no se puede cambiar por texto"), "{late}");
}

#[tokio::test]
async fn stop_is_about_the_number_and_holds_for_what_waits() {
    let wire = Wire::at("2026-11-24T02:00:00Z").await;
    let ana = wire.ask("Ana").await;
    let ben = wire.ask("Ben").await;
    wire.texts().await;
    // Nine in the evening and later in Los Angeles.
    wire.room.until("2026-11-24T06:00:00Z".parse().unwrap()).await;
    wire.promise(&ana).await;
    assert_eq!(wire.texts().await, [""; 0], "it is night where the person lives");
    let [stopped] = wire.write("m1", "stop").await.try_into().unwrap();
    assert!(stopped.contains("Ya no recibira textos"), "{stopped}");
    for inquiry in [&ana, &ben] {
        assert!(!wire.again(inquiry).await.reach.texts);
        assert!(wire.story(inquiry).await.contains(&"texts-stopped".to_owned()));
    }
    assert_eq!(wire.write("m2", "STOP").await, [""; 0], "once is enough");
    wire.room.until("2026-11-24T17:00:00Z".parse().unwrap()).await;
    assert_eq!(wire.texts().await, [""; 0], "what waited for the morning is not sent");
    let notices = wire.room.store.notices(ana.id).await.unwrap();
    let promised = notices.iter().find(|n| n.kind == NoticeKind::CallbackPromised).unwrap();
    assert!(matches!(&promised.delivery, Delivery::Failed { why, .. } if why == "not wanted"));
    assert!(
        wire.story(&ana).await.contains(&"untold".to_owned()),
        "nothing else tells it: somebody must call"
    );
}

#[tokio::test]
async fn what_waits_for_the_morning_is_sent_then() {
    let wire = Wire::at("2026-11-24T06:00:00Z").await;
    let ana = wire.ask("Ana").await;
    assert_eq!(wire.texts().await, [""; 0], "an officer took it down, and the person sleeps");
    wire.room.until("2026-11-24T15:59:00Z".parse().unwrap()).await;
    assert_eq!(wire.texts().await, [""; 0]);
    wire.room.until("2026-11-24T16:00:00Z".parse().unwrap()).await;
    assert_eq!(wire.texts().await.len(), 1);
    assert!(matches!(wire.last(&ana).await.delivery, Delivery::Sent { .. }));
}

#[tokio::test]
async fn help_is_answered_once_an_hour_so_that_two_machines_stop() {
    let wire = Wire::at(START).await;
    wire.ask("Ana").await;
    wire.texts().await;
    let [help] = wire.write("m1", "I do not understand what you want").await.try_into().unwrap();
    assert!(help.contains("CONFIRMAR, CAMBIAR o CANCELAR"), "{help}");
    assert_eq!(wire.write("m2", "HELP").await, [""; 0]);
    wire.room.pass(61).await;
    assert_eq!(wire.write("m3", "ayuda").await.len(), 1);
}

#[tokio::test]
async fn a_receipt_says_that_it_arrived_or_that_it_did_not() {
    let wire = Wire::at(START).await;
    let ana = wire.ask("Ana").await;
    wire.texts().await;
    let notice = wire.last(&ana).await;
    assert_eq!((notice.by, notice.arrived), (Carrier::Text, None));
    assert!(matches!(&notice.delivery, Delivery::Sent { receipt, .. } if receipt == "200 SM1"));
    let receipt = |kind: &str, id: NoticeId| json!({ "type": kind, "data": { "id": id } });
    wire.room.pass(1).await;
    for id in ["r1", "r1", "r2"] {
        assert_eq!(wire.tell(id, &receipt("text.delivered", notice.id)).await.status, 204);
    }
    assert_eq!(wire.tell("r3", &receipt("text.failed", notice.id)).await.status, 204, "too late");
    let arrived = wire.last(&ana).await;
    assert_eq!((arrived.arrived, arrived.version), (Some(wire.room.now()), notice.version + 1));
    assert_eq!(wire.story(&ana).await.iter().filter(|act| *act == "notice-arrived").count(), 1);

    wire.promise(&ana).await;
    wire.texts().await;
    let second = wire.last(&ana).await;
    assert_eq!(wire.tell("r4", &receipt("text.failed", second.id)).await.status, 204);
    assert!(matches!(wire.last(&ana).await.delivery, Delivery::Failed { .. }));
    assert!(wire.story(&ana).await.contains(&"notice-lost".to_owned()));
    let nobody = NoticeId::new(wire.room.now(), &[9; 10]);
    assert_eq!(wire.tell("r5", &receipt("text.delivered", nobody)).await.status, 204);
}

#[tokio::test]
async fn a_receipt_that_overtakes_our_own_record_sends_nothing_twice() {
    let wire = Wire::at(START).await;
    let ana = wire.ask("Ana").await;
    let notice = wire.last(&ana).await;
    assert_eq!(notice.delivery, Delivery::Queued);
    let told = json!({ "type": "text.delivered", "data": { "id": notice.id } });
    assert_eq!(wire.tell("r1", &told).await.status, 204);
    assert_eq!(wire.texts().await, [""; 0]);
    let after = wire.last(&ana).await;
    assert!(after.arrived.is_some() && matches!(after.delivery, Delivery::Sent { .. }));
    assert_eq!(wire.room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_is_not_signed_now_by_the_carrier_is_not_believed() {
    let wire = Wire::at(START).await;
    let ana = wire.ask("Ana").await;
    wire.texts().await;
    let now = wire.room.now();
    let stop = json!({ "type": "text.received", "data": { "from": ANA, "text": "STOP" } });
    let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(wire.tell_as(other, "m1", now, &stop).await.status, 401);
    for minutes in [-6, 6] {
        let at = now + SignedDuration::from_mins(minutes);
        assert_eq!(wire.tell_as(SECRET, "m1", at, &stop).await.status, 401, "{minutes}");
    }
    assert_eq!(wire.room.raw("POST", "/hooks/texts", &[], stop.to_string().into_bytes()).await.status, 401);
    assert!(wire.again(&ana).await.reach.texts);
    assert_eq!(wire.tell("m2", &json!({ "type": "text.received", "data": {} })).await.status, 400);
    assert_eq!(wire.tell("m3", &json!({ "type": "invoice.paid", "data": {} })).await.status, 204);
    let large = json!({ "type": "x", "data": "x".repeat(20_000) });
    assert_eq!(wire.tell("m4", &large).await.status, 413);
    let without = Room::at(START).await;
    assert_eq!(without.raw("POST", "/hooks/texts", &[], vec![]).await.status, 404);
}
