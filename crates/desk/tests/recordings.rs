//! Recordings of calls: who may hear one, what is written, and how long it is kept.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{DeskError, acts::NewStaff};
use domain::{
    access::Denied,
    actor::{PasswordHash, Role},
    call_record::{CallRecord, Came, Way},
    ids::CallRecordId,
    inquiry::Inquiry,
    journal::{Happened, Seq},
    recording::{self, RecordingDid, Tape},
    retention::RecordClass,
    text::Lang,
};
use jiff::{SignedDuration, Timestamp};

/// A call about an inquiry, with one recording.
async fn recorded() -> (Room, Inquiry, CallRecord) {
    let room = Room::at("2026-11-23T17:00:00Z").await;
    let more =
        [("auditor", Role::Auditor), ("supervisor.two", Role::Supervisor)].map(|(name, role)| NewStaff {
            sign_in: name.into(),
            name: name.to_uppercase(),
            roles: vec![role],
            office: None,
            langs: vec![Lang::en()],
            password: PasswordHash("none".into()),
        });
    room.desk.import_staff(&room.system(), more.to_vec()).await.unwrap();
    let ask = request("Ana", "other", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let id = CallRecordId::new(room.now, &room.desk.dice().chance());
    let mut call = CallRecord::begin(id, Way::In, room.now);
    call.inquiry = Some(inquiry.id);
    recording::begin(&mut call.recorded, 1, room.staff("m.ortega").await.id, room.now);
    call.over(Came { talked: true, ..Came::default() }, room.now + SignedDuration::from_mins(3));
    room.desk.keep_calls(&room.system(), std::slice::from_ref(&call), &[]).await.unwrap();
    (room, inquiry, call)
}

async fn played(room: &Room) -> Vec<RecordingDid> {
    let entries = room.store.journal(Seq(0), 1000).await.unwrap();
    let did = |written: &domain::journal::Written| match written.entry.happened {
        Happened::Recording { did, .. } => Some(did),
        _ => None,
    };
    entries.iter().filter_map(did).collect()
}

fn days(from: Timestamp, days: i64) -> Timestamp {
    from + SignedDuration::from_hours(24 * days)
}

#[tokio::test]
async fn whoever_may_hears_it_and_that_is_written_first() {
    let (room, inquiry, call) = recorded().await;
    assert_eq!(call.recorded[0].until, call.ended, "what is over is not recorded any more");
    for (who, may) in [("supervisor.two", true), ("auditor", true), ("m.ortega", false), ("operator", false)]
    {
        let heard = room.desk.hear_recording(&room.as_staff(who).await, call.id, 1).await;
        match heard {
            Ok(()) => assert!(may, "{who}"),
            Err(DeskError::Denied(Denied::Role)) => assert!(!may, "{who}"),
            other => panic!("{who}: {other:?}"),
        }
    }
    assert_eq!(played(&room).await, [RecordingDid::Played; 2]);
    assert_eq!(room.story(&inquiry).await.iter().filter(|act| *act == "recording").count(), 2);
    let auditor = room.as_staff("auditor").await;
    for (call, nth) in [(call.id, 2), (CallRecordId::new(room.now, &[1; 10]), 1)] {
        let heard = room.desk.hear_recording(&auditor, call, nth).await;
        assert!(matches!(heard, Err(DeskError::NotFound)), "{heard:?}");
    }
}

#[tokio::test]
async fn it_is_kept_as_long_as_the_schedule_says_or_a_hold_lasts() {
    let (mut room, inquiry, call) = recorded().await;
    let kept = room.desk.pack().retention().days(RecordClass::Recordings).unwrap();
    let keeps = async |room: &Room, nth, then| room.desk.keeps_recording(call.id, nth, then).await.unwrap();
    let (last, over) = (days(call.began, kept) - SignedDuration::from_secs(1), days(call.began, kept));
    assert!(keeps(&room, 1, last).await);
    assert!(!keeps(&room, 1, over).await);
    assert!(!keeps(&room, 2, call.began).await, "the call knows of no such recording: it was refused");
    let auditor = room.as_staff("auditor").await;
    room.desk.hold_records(&auditor, inquiry.id, false, "Doe v. Agency").await.unwrap();
    assert!(keeps(&room, 1, over).await, "nothing that is held is deleted");
    let lifted = room.as_staff("auditor").await;
    room.desk.lift_hold(&lifted, inquiry.id, false).await.unwrap();
    assert!(!keeps(&room, 1, over).await);
    // With the inquiry goes the record of its call, and with that the recording.
    room.desk.withdraw(&room.person(inquiry.id), inquiry.id).await.unwrap();
    let now = room.now;
    room.until(now).await;
    let erased = room.desk.erase_due(days(room.now, 1096)).await.unwrap().unwrap();
    assert_eq!(erased.erased, 1);
    assert!(!keeps(&room, 1, call.began).await);
}

#[tokio::test]
async fn what_happens_to_one_is_written_by_whoever_holds_the_call() {
    let (room, inquiry, call) = recorded().await;
    let tape = Tape { call: call.id, nth: 1, inquiry: Some(inquiry.id) };
    room.desk.note_recording(&room.system(), &tape, RecordingDid::Begun).await.unwrap();
    let officer = room.as_staff("m.ortega").await;
    room.desk.note_recording(&officer, &tape, RecordingDid::Paused).await.unwrap();
    let clerk = room.desk.note_recording(&room.as_staff("clerk.nyc").await, &tape, RecordingDid::Ended).await;
    assert!(matches!(clerk, Err(DeskError::Denied(Denied::Role))));
    assert_eq!(played(&room).await, [RecordingDid::Begun, RecordingDid::Paused]);
}
