//! What an agency brings in by a program: all of it or nothing, said beforehand where that is asked.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::{HOLIDAYS, Room, START, member};
use serde_json::{Value, json};

fn day(room_says: &Value) -> Vec<&str> {
    room_says["report"]["closed"].as_array().unwrap().iter().map(|day| day.as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_table_is_looked_at_then_taken_then_known() {
    let room = Room::at(START).await;
    let admin = room.token("admin").await;
    let file = |dry: bool| json!({ "name": "days-11-20-2026.csv", "content": HOLIDAYS, "dry_run": dry });
    let path = "/tables/holidays/import";
    let before = room.store.journal_end().await.unwrap();
    let looked = room.post(&admin, path, &file(true)).await.ok();
    assert_eq!((&looked["rows"], &looked["written"]), (&json!(1), &json!(false)));
    assert_eq!(day(&looked), ["2027-07-02"]);
    assert_eq!(looked["report"]["as_of"], "2026-11-20");
    assert_eq!(room.store.journal_end().await.unwrap(), before, "a dry run writes nothing");
    assert!(room.store.imported().await.unwrap().is_empty());

    let done = room.post_as(&admin, path, "k1", &[], &file(false)).await.ok();
    assert_eq!((&done["written"], &done["hash"]), (&json!(true), &looked["hash"]));
    assert_eq!(room.store.imported().await.unwrap()[0].text, HOLIDAYS);
    let again = room.post_as(&admin, path, "k1", &[], &file(false)).await;
    assert_eq!(again.header("idempotency-replayed"), "true");
    let again = again.ok();
    for part in ["table", "rows", "hash", "written"] {
        assert_eq!(again[part], done[part], "{part}");
    }
    assert_eq!(again["report"], Value::Null, "only the first answer has it");
    let other = json!({ "name": "days.csv", "content": HOLIDAYS });
    let taken = room.post_as(&admin, path, "k1", &[], &other).await;
    assert_eq!(taken.problem(), (409, "idempotency-key-in-use".into()));
    let known = room.post(&admin, path, &file(false)).await.ok();
    assert_eq!((&known["written"], &known["report"]["unchanged"]), (&json!(false), &json!(true)));
}

#[tokio::test]
async fn a_bad_table_is_refused_with_its_line_and_nothing_is_taken() {
    let room = Room::at(START).await;
    let admin = room.token("admin").await;
    let bad = json!({ "name": "days.csv", "content": format!("{HOLIDAYS}2027-02-30,No day,Ninguno\n") });
    let refused = room.post(&admin, "/tables/holidays/import", &bad).await;
    assert_eq!(refused.problem(), (409, "import-refused".into()));
    let fault = &refused.json()["faults"][0];
    assert_eq!(fault["at"], "/content");
    assert!(fault["says"].as_str().unwrap().starts_with("days.csv:3: "), "{fault}");
    assert!(room.store.imported().await.unwrap().is_empty());
    let nowhere = json!({ "name": "a.csv", "content": "x" });
    let nowhere = room.post(&admin, "/tables/reasons/import", &nowhere).await;
    assert_eq!(nowhere.problem(), (404, "not-found".into()));
    // A file has room that nothing else has.
    let many = format!("{HOLIDAYS}#{}\n", "x".repeat(200_000));
    let large = json!({ "name": "days.csv", "content": many, "dry_run": true });
    room.post(&admin, "/tables/holidays/import", &large).await.ok();
}

#[tokio::test]
async fn staff_are_brought_in_with_the_hash_of_their_password() {
    let room = Room::at(START).await;
    let admin = room.token("admin").await;
    let staff = |members: &[Value], dry: bool| json!({ "staff": members, "dry_run": dry });
    let list = [member("N.Clerk"), member("o.clerk")];
    let looked = room.post(&admin, "/staff/import", &staff(&list, true)).await.ok();
    assert_eq!(looked, json!({ "count": 2, "new": 2, "changed": 0, "dry_run": true }));
    assert_eq!(room.store.staff_named("n.clerk").await.unwrap(), None);
    let done = room.post_as(&admin, "/staff/import", "k1", &[], &staff(&list, false)).await.ok();
    assert_eq!(done, json!({ "count": 2, "new": 2, "changed": 0, "dry_run": false }));
    let again = room.post_as(&admin, "/staff/import", "k1", &[], &staff(&list, false)).await;
    assert_eq!((again.header("idempotency-replayed"), &again.ok()), ("true", &done));
    assert_eq!(room.staff("n.clerk").await.office.unwrap().as_str(), "LOS");

    let mut homeless = member("p.clerk");
    homeless["office"] = Value::Null;
    let mut false_hash = member("q.clerk");
    false_hash["password_hash"] =
        json!("$argon2id$v=19$m=19456,t=2,p=1$YW4gaW52ZW50ZWQgc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAB");
    let refused = room.post(&admin, "/staff/import", &staff(&[member("r.clerk"), homeless], false)).await;
    assert_eq!(refused.problem(), (409, "import-refused".into()));
    assert_eq!(refused.json()["faults"][0]["at"], "/staff");
    let refused = room.post(&admin, "/staff/import", &staff(&[false_hash], false)).await;
    assert_eq!(refused.json()["faults"][0]["at"], "/staff/0/password_hash");
    let mut password = member("s.clerk");
    password["password_hash"] = json!("correct horse battery staple");
    let refused = room.post(&admin, "/staff/import", &staff(&[password], false)).await;
    assert_eq!(refused.problem(), (422, "wrong-shape".into()));
    assert!(!refused.json().to_string().contains("horse"), "a password is never repeated");
    assert_eq!(room.store.staff_named("r.clerk").await.unwrap(), None, "all or nothing");
}

#[tokio::test]
async fn who_reads_a_case_by_its_number_is_journalled_and_the_number_is_not() {
    let room = Room::at(START).await;
    let (admin, officer) = (room.token("admin").await, room.token("m.ortega").await);
    let case = json!({
        "receipt": "IOE9999999901", "form": "I-90", "state": "pending", "title": { "en": "We have it" },
        "meaning": { "en": "Nothing to do." }, "received": "2026-10-01", "updated": "2026-10-02",
    });
    let looked = room.post(&admin, "/cases/import", &json!({ "cases": [case], "dry_run": true })).await.ok();
    assert_eq!(looked, json!({ "count": 1, "new": 1, "changed": 0, "dry_run": true }));
    assert_eq!(room.get(&officer, "/cases/IOE9999999901").await.problem().0, 404);
    room.post(&admin, "/cases/import", &json!({ "cases": [case] })).await.ok();
    for _ in 0..2 {
        let read = room.get(&officer, "/cases/IOE9999999901").await.ok();
        assert_eq!((&read["received"], &read["how"]), (&json!("2026-10-01"), &json!("imported")));
    }
    let journal = room.store.journal(domain::journal::Seq(0), 500).await.unwrap();
    let reads: Vec<_> = journal
        .iter()
        .filter(|w| serde_json::to_value(&w.entry.happened).unwrap()["what"] == "case-status")
        .collect();
    assert_eq!(reads.len(), 1, "once an hour for each reader and case");
    assert_eq!(reads[0].actor.staff(), Some(room.staff("m.ortega").await.id));
    assert!(!serde_json::to_string(&journal).unwrap().contains("IOE9999999901"));
}
