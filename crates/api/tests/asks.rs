//! A person's own program sends what the form would, and asks for a fresh link, without an account.

use crate::common::{Reply, Room, START, request, time};
use desk::Work;
use jiff::Timestamp;
use serde_json::{Value, json};

/// A request with every answer that its reason needs.
fn whole(given: &str) -> Value {
    let mut all = request(given);
    all["answers"] = json!({ "judge_granted": "2026-10-01", "appeal_open": false, "cannot_wait": false });
    all
}

async fn file(room: &Room, key: &str, work: Option<&str>, body: &Value) -> Reply {
    let mut headers = vec![("content-type", "application/json"), ("idempotency-key", key)];
    headers.extend(work.map(|work| ("anteroom-work", work)));
    room.raw("POST", "/api/v1/public/requests", &headers, body.to_string().into_bytes()).await
}

async fn link(room: &Room, number: &str) -> Reply {
    let headers = [("content-type", "application/json")];
    let body = json!({ "number": number }).to_string().into_bytes();
    room.raw("POST", "/api/v1/public/link", &headers, body).await
}

#[tokio::test]
async fn what_the_form_does_a_program_does_without_an_account() {
    let room = Room::at(START).await;
    let filed = file(&room, "a", None, &whole("Ana")).await;
    assert_eq!((filed.status.as_u16(), filed.header("cache-control")), (201, "no-store"));
    let told = filed.ok();
    let number = told["inquiry"].as_str().unwrap();
    assert_eq!((&told["stage"], &told["office"]["code"]), (&json!("review"), &json!("LOS")));
    assert!(time(&told["due"]) > room.now(), "by when: {told}");
    assert_eq!(told["next"].as_array().unwrap().len(), 3, "what happens next: {told}");
    assert!(told["next"][0]["step"].as_str().unwrap().contains("oficial"), "in their language: {told}");
    assert!(told["confirmed"].is_string());
    assert!(!filed.text.contains("/go/"), "no link that only a message may have");
    let inquiry = room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap();
    let notices = room.store.notices(inquiry.id).await.unwrap();
    assert_eq!(notices.len(), 1, "confirmed as by the form");

    // The same again is the same; another command under the same key is another.
    let again = file(&room, "a", None, &whole("Ana")).await;
    assert_eq!((again.ok(), again.header("idempotency-replayed")), (told.clone(), "true"));
    let other = file(&room, "a", None, &whole("Bo")).await;
    assert_ne!(other.ok()["inquiry"], told["inquiry"]);
    // Who has one open learns no number, and a link goes to them.
    let twice = file(&room, "b", None, &whole("Ana")).await;
    assert_eq!(twice.problem(), (409, "already-live".into()));
    assert!(!twice.text.contains(number));
    assert_eq!(room.store.notices(inquiry.id).await.unwrap().len(), 2);
    // With the number and the date of birth it goes on.
    let token = room.access(number).await;
    assert_eq!(room.get(&token, "/own").await.ok()["number"], told["inquiry"]);
}

#[tokio::test]
async fn what_the_form_would_not_take_is_not_taken() {
    let room = Room::at(START).await;
    let fault = async |change: &dyn Fn(&mut Value), at: &str| {
        let mut body = whole("Ana");
        change(&mut body);
        let reply = file(&room, "k", None, &body).await;
        assert_eq!(reply.problem().0, 409, "{at}: {reply:?}");
        assert_eq!(reply.json()["faults"][0]["at"], at, "{reply:?}");
    };
    fault(&|body| drop(body.as_object_mut().unwrap().remove("answers")), "/answers/appeal_open").await;
    fault(&|body| body["answers"]["judge_granted"] = json!("2027-01-01"), "/answers/judge_granted").await;
    fault(&|body| body["born"] = json!("1820-01-01"), "/born").await;
    fault(&|body| body["preferred"] = json!([{ "date": "2026-11-23" }]), "/preferred/0/date").await;
    fault(&|body| body["file_number"] = json!("B12"), "/file_number").await;
    fault(&|body| body["receipt"] = json!("1234567890"), "/receipt").await;
    assert_eq!(file(&room, "", None, &whole("Ana")).await.problem().0, 400, "a key is needed");
    let page = room.store.list(&store::List::All, store::Page::first(5)).await.unwrap();
    assert!(page.rows.is_empty(), "nothing was taken");
    // What is not offered here is not kept.
    let mut body = whole("Ana");
    body["reach"]["texts"] = json!(true);
    let number = file(&room, "t", None, &body).await.ok()["inquiry"].as_str().unwrap().to_owned();
    let inquiry = room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap();
    assert!(!inquiry.reach.texts);
}

/// Who has one number of the agency has it however it is written: a request is known again by it.
#[tokio::test]
async fn a_number_of_the_agency_is_known_again_however_it_is_written() {
    let room = Room::at(START).await;
    let mut body = whole("Ana");
    body["file_number"] = json!("A12345678");
    file(&room, "a", None, &body).await.ok();
    body["file_number"] = json!("a 012-345-678");
    assert_eq!(file(&room, "b", None, &body).await.problem(), (409, "already-live".into()));
}

#[tokio::test]
async fn under_suspicion_a_program_works_first() {
    let room = Room::where_calm_is(START, 1).await;
    for n in 0..2 {
        file(&room, &format!("calm{n}"), None, &whole(&format!("Calm{n}"))).await.ok();
    }
    let asked = file(&room, "w", None, &whole("Work")).await;
    assert_eq!(asked.problem(), (429, "work-first".into()));
    assert!(!asked.header("retry-after").is_empty());
    let said = asked.json();
    let given = said["work"]["given"].as_str().unwrap();
    let bits = u32::try_from(said["work"]["bits"].as_u64().unwrap()).unwrap();
    let work = Work { asked: Timestamp::UNIX_EPOCH, bits };
    let found = (0..u64::MAX).map(|n| n.to_string()).find(|n| work.is_done(given, n)).unwrap();
    let done = format!("{given};{found}");
    // Work for one request is good for no other, a guess is none, and what is no work is told.
    assert_eq!(file(&room, "x", Some(&done), &whole("Other")).await.problem().1, "work-first");
    assert_eq!(file(&room, "w", Some(&format!("{given};1")), &whole("Work")).await.problem().1, "work-first");
    assert_eq!(file(&room, "w", Some("junk"), &whole("Work")).await.problem(), (400, "bad-header".into()));
    let filed = file(&room, "w", Some(&done), &whole("Work")).await;
    assert_eq!(filed.status, 201, "{filed:?}");
    // A repeat, without the work, is answered as before.
    assert_eq!(file(&room, "w", None, &whole("Work")).await.ok(), filed.ok());
    // Or one waits a minute.
    let asked = file(&room, "y", None, &whole("Wait")).await.json();
    room.pass(1).await;
    let waited = format!("{};0", asked["work"]["given"].as_str().unwrap());
    assert_eq!(file(&room, "y", Some(&waited), &whole("Wait")).await.status, 201);
}

#[tokio::test]
async fn a_fresh_link_goes_to_the_person_and_tells_nobody_anything() {
    let room = Room::at(START).await;
    let number = file(&room, "a", None, &whole("Ana")).await.ok()["inquiry"].as_str().unwrap().to_owned();
    let nobodys = domain::number::InquiryNumber::from_chance(4711).digits();
    for number in [&number, &nobodys] {
        for _ in 0..3 {
            let asked = link(&room, number).await;
            assert_eq!((asked.status.as_u16(), asked.text.as_str()), (202, ""), "{asked:?}");
        }
        assert_eq!(link(&room, number).await.problem(), (429, "too-many".into()));
    }
    assert_eq!(link(&room, "12345678").await.problem(), (409, "answer-not-taken".into()));
    let inquiry = room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap();
    let notices = room.store.notices(inquiry.id).await.unwrap();
    assert_eq!(notices.len(), 2, "one for the request, one for the link");
    assert_eq!(notices[1].to.reveal(), "ana@example.org");
    // The page's tries are the same.
    assert!(room.desk.may_ask_link(number.parse().unwrap(), room.now()).is_err());
}
