//! Records of calls, who calls, and what supervisors say of the line, on a real store.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{
    DeskError,
    acts::{JoinWait, OperatorState},
};
use domain::{
    access::Denied,
    call_record::{CallEnd, CallFault, CallRecord, CallWait, Came, Way},
    ids::{CallRecordId, InquiryId, NodeId},
    journal::{Happened, ReadWhat, Seq},
    line_notice::{LineDoes, LineNoticeRefused, NewLineNotice},
    phone::PhoneNumber,
    remembered::{Accommodation, Remembered},
    text::{Lang, Text},
    urgency::Urgency,
    wait::{AwayWhy, Choice, Keyed, LineNode},
};
use jiff::SignedDuration;
use store::Calls;

const NOW: &str = "2026-11-23T17:00:00.123456789Z";

fn number() -> PhoneNumber {
    "2025550101".parse().unwrap()
}

fn call(room: &Room, inquiry: Option<InquiryId>, node: Option<NodeId>) -> CallRecord {
    let id = CallRecordId::new(room.now, &room.desk.dice().chance());
    let mut call = CallRecord::begin(id, Way::In, room.now);
    call.phone = Some(room.desk.links().phone_key(&number()));
    (call.inquiry, call.proved, call.node) = (inquiry, inquiry.is_some(), node);
    call
}

async fn keep(room: &Room, calls: &[CallRecord]) {
    room.desk.keep_calls(&room.system(), calls, &[]).await.unwrap();
}

/// The entries of the journal that say that a call is over.
async fn called(room: &Room) -> Vec<(Option<InquiryId>, CallEnd)> {
    let entries = room.store.journal(Seq(0), 1000).await.unwrap();
    let end = |written: &domain::journal::Written| match written.entry.happened {
        Happened::Called { end, .. } => Some((written.entry.inquiry, end)),
        _ => None,
    };
    entries.iter().filter_map(end).collect()
}

#[tokio::test]
async fn a_call_is_told_once_when_it_is_over() {
    let mut room = Room::at(NOW).await;
    let ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let node = room.desk.begin_line(&room.system()).await.unwrap().id;
    let going_on = call(&room, Some(inquiry.id), Some(node));
    keep(&room, std::slice::from_ref(&going_on)).await;
    assert_eq!(called(&room).await, []);
    room.pass(3);
    let mut over = CallRecord { version: 2, ..going_on };
    over.over(Came { talked: true, ..Came::default() }, room.now);
    let other = {
        let mut other = call(&room, None, None);
        other.over(Came::default(), room.now);
        other
    };
    keep(&room, &[over.clone(), other]).await;
    let due = [(Some(inquiry.id), CallEnd::Operator), (None, CallEnd::Left)];
    let mut told = called(&room).await;
    told.sort_by_key(|(inquiry, _)| inquiry.is_none());
    assert_eq!(told, due);
    // Told again it changes nothing: what is over is over.
    keep(&room, &[over]).await;
    assert_eq!(called(&room).await.len(), 2);
    let kept = room.store.call_records(&Calls::Inquiry(inquiry.id), 9).await.unwrap();
    assert_eq!((kept.len(), kept[0].version, kept[0].seconds(room.now)), (1, 2, 180));
    assert!(room.story(&inquiry).await.iter().any(|act| act == "called"));
}

#[tokio::test]
async fn a_process_that_dies_takes_no_record_with_it() {
    let mut room = Room::at(NOW).await;
    let dead = room.desk.begin_line(&room.system()).await.unwrap().id;
    let mut held: Vec<CallRecord> = (0..3).map(|_| call(&room, None, Some(dead))).collect();
    let join = JoinWait {
        queue: "operators".parse().unwrap(),
        lang: Lang::en(),
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some(number()),
        first_asked: None,
        node: Some(dead),
        rung: None,
        keyed: domain::wait::Keyed::default(),
        relay: None,
    };
    let wait = room.desk.join_wait(&room.system(), &join).await.unwrap().wait.id;
    held[0].wait = Some(CallWait { id: wait, told: None, seconds: 7 });
    keep(&room, &held).await;
    room.now += LineNode::LEASE + SignedDuration::from_secs(1);
    assert_eq!(room.desk.take_over_line(&room.system()).await.unwrap(), 1);
    assert_eq!(room.store.call_records(&Calls::Node(dead), 9).await.unwrap(), []);
    for record in &held {
        let lost = room.store.call_record(record.id).await.unwrap().unwrap();
        assert!(lost.faults.contains(&CallFault::NodeLost));
        let due = if record.wait.is_some() { CallEnd::KeptPlace } else { CallEnd::Fault };
        assert_eq!((lost.end, lost.node, lost.seconds(room.now)), (Some(due), None, 16));
    }
    // The process was only slow, and tells how its calls ended: that was told already.
    let mut late = CallRecord { version: 2, ..held[1].clone() };
    late.over(Came { told: true, ..Came::default() }, room.now);
    keep(&room, &[late]).await;
    assert_eq!(room.store.call_record(held[1].id).await.unwrap().unwrap().end, Some(CallEnd::Fault));
    assert_eq!(called(&room).await.len(), 3);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn whoever_is_rung_sees_whose_number_it_may_be() {
    let mut room = Room::at(NOW).await;
    let ask = request("Zenobia", "immigration-judge-grant", "90012", Lang::en());
    let inquiry = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let mut before = call(&room, None, None);
    before.over(Came::default(), room.now);
    let mut now = call(&room, None, None);
    now.phone = Some(room.desk.links().phone_key(&inquiry.reach.phone));
    before.phone.clone_from(&now.phone);
    keep(&room, &[before.clone(), now]).await;
    let operator = room.as_staff("operator").await;
    let known = room.desk.who_calls(&operator, &inquiry.reach.phone).await.unwrap();
    assert_eq!(known.inquiries.iter().map(|found| found.id).collect::<Vec<_>>(), [inquiry.id]);
    assert_eq!(
        known.calls.iter().map(|call| call.id).collect::<Vec<_>>(),
        [before.id],
        "not the one that rings"
    );
    let reads = async |room: &Room| {
        let story = room.store.story(inquiry.id).await.unwrap();
        let read =
            |w: &domain::journal::Written| w.entry.happened == (Happened::Read { what: ReadWhat::Caller });
        story.iter().filter(|w| read(w)).count()
    };
    assert_eq!(reads(&room).await, 1);
    room.desk.who_calls(&room.as_staff("operator").await, &inquiry.reach.phone).await.unwrap();
    assert_eq!(reads(&room).await, 1, "once an hour");
    room.pass(60);
    room.desk.who_calls(&room.as_staff("operator").await, &inquiry.reach.phone).await.unwrap();
    assert_eq!(reads(&room).await, 2);

    // Nobody else's number, and nobody who may not read inquiries.
    let nobody = room.desk.who_calls(&operator, &"2025550188".parse().unwrap()).await.unwrap();
    assert!(nobody.inquiries.is_empty() && nobody.calls.is_empty());
    assert!(matches!(room.desk.who_calls(&room.system(), &number()).await, Err(DeskError::NotFound)));
}

fn snow(does: LineDoes, hours: i64, room: &Room) -> NewLineNotice {
    NewLineNotice {
        does,
        queue: None,
        text: Text::new([
            (Lang::en(), "We close early because of snow.".to_owned()),
            (Lang::es(), "Cerramos temprano por la nieve.".to_owned()),
        ]),
        because: "snow".to_owned(),
        from: None,
        until: room.now + SignedDuration::from_hours(hours),
    }
}

#[tokio::test]
async fn a_closed_queue_closes_the_line_only_for_whom_it_is() {
    let room = Room::at(NOW).await;
    let of = |queue: &str, hours| NewLineNotice {
        queue: Some(queue.parse().unwrap()),
        text: Text::default(),
        ..snow(LineDoes::Closes, hours, &room)
    };
    room.desk.announce_line(&room.system(), &of("specialists", 2)).await.unwrap();
    assert_eq!(room.desk.by_hand(room.now).await, None, "no caller asks for that queue");
    let closed = room.desk.announce_line(&room.system(), &of("operators", 2)).await.unwrap();
    assert_eq!(room.desk.by_hand(room.now).await.map(|hand| hand.id), Some(closed.id));
    // The line is opened, and the queue is still closed.
    let opens = NewLineNotice { text: Text::default(), ..snow(LineDoes::Opens, 4, &room) };
    let opened = room.desk.announce_line(&room.system(), &opens).await.unwrap();
    assert_eq!(room.desk.by_hand(room.now).await.map(|hand| hand.id), Some(closed.id));
    room.desk.withdraw_announcement(&room.system(), closed.id).await.unwrap();
    assert_eq!(room.desk.by_hand(room.now).await.map(|hand| hand.id), Some(opened.id));
}

/// Whoever keeps a place in a queue with hours of its own is called in these, and nobody hears of an hour at which it is closed.
#[tokio::test]
async fn a_queue_with_hours_of_its_own_calls_in_these() {
    let mut files = Room::files();
    let line = String::from_utf8(files.bytes("line.toml").unwrap().to_vec()).unwrap();
    let own = "[[line.queues]]\nqueue = \"operators\"\nlang = \"es\"\n\
        hours = [{ from = \"2024-01-01\", week = { weekdays = [\"13:00-15:00\"] } }]\n\n[callbacks]";
    files.insert("line.toml", line.replacen("[callbacks]", own, 1));
    let room = Room::of("2026-11-23T17:00:00Z", &files).await;
    // Noon by the line's clock: English is answered, Spanish from one on.
    assert!(room.desk.hours_for(&Lang::en()).is_open(room.now));
    let spanish = room.desk.hours_for(&Lang::es());
    let one = room.now + SignedDuration::from_hours(1);
    assert_eq!((spanish.is_open(room.now), spanish.next_open(room.now, 9)), (false, Some(one)));
    let node = room.desk.begin_line(&room.system()).await.unwrap().id;
    let join = |lang: Lang, number: &str| JoinWait {
        queue: "operators".parse().unwrap(),
        lang,
        reason: None,
        urgency: Urgency::Regular,
        person: None,
        inquiry: None,
        number: Some(number.parse().unwrap()),
        first_asked: None,
        node: Some(node),
        rung: None,
        keyed: Keyed::default(),
        relay: None,
    };
    let kept = async |lang, number| {
        let wait = room.desk.join_wait(&room.system(), &join(lang, number)).await.unwrap().wait;
        room.desk.keep_place(&room.system(), wait.id, AwayWhy::Asked, None).await.unwrap()
    };
    let english = kept(Lang::en(), "2025550101").await;
    let spanish = kept(Lang::es(), "2025550102").await;
    assert_eq!(room.desk.may_call_from(&english, room.now), Some(room.now));
    assert_eq!(room.desk.may_call_from(&spanish, room.now), Some(one));
}

#[tokio::test]
async fn supervisors_say_what_callers_hear_and_nobody_else_does() {
    let mut room = Room::at(NOW).await;
    let system = room.system();
    let close = room.desk.announce_line(&system, &snow(LineDoes::Closes, 2, &room)).await.unwrap();
    // Asked again, it is one.
    let again = room.desk.announce_line(&system, &snow(LineDoes::Closes, 2, &room)).await.unwrap();
    assert_eq!(again.id, close.id);
    assert_eq!(room.desk.by_hand(room.now).await.map(|hand| hand.id), Some(close.id));
    let outlook = room.desk.outlook(None, room.now).await.unwrap();
    assert_eq!(outlook.notices.len(), 1);

    let operator = room.as_staff("operator").await;
    let denied = room.desk.announce_line(&operator, &snow(LineDoes::Tells, 2, &room)).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))));
    let denied = room.desk.withdraw_announcement(&operator, close.id).await;
    assert!(matches!(denied, Err(DeskError::Denied(Denied::Role))));
    let one = NewLineNotice {
        text: Text::new([(Lang::en(), "Snow.".to_owned())]),
        ..snow(LineDoes::Tells, 2, &room)
    };
    let refused = room.desk.announce_line(&room.system(), &one).await;
    assert!(matches!(refused, Err(DeskError::LineNotice(LineNoticeRefused::NoWords { .. }))));

    room.desk.withdraw_announcement(&room.system(), close.id).await.unwrap();
    assert_eq!(room.desk.by_hand(room.now).await, None, "whoever said it hears it at once");
    room.pass(1);
    let late = room.desk.withdraw_announcement(&room.system(), close.id).await;
    assert!(matches!(late, Err(DeskError::NotFound)));
    let text = serde_json::to_string(&room.store.journal(Seq(0), 99).await.unwrap()).unwrap();
    assert!(text.contains("line-announced") && text.contains("line-withdrawn") && !text.contains("snow"));
}

#[tokio::test]
async fn a_call_back_is_offered_first_where_the_wait_is_long_or_nobody_is_there() {
    let mut room = Room::at(NOW).await;
    let node = room.desk.begin_line(&room.system()).await.unwrap().id;
    let ahead = async |room: &Room| {
        let outlook = room.desk.outlook(Some(node), room.now).await.unwrap();
        outlook.ahead(&Lang::en()).cloned().unwrap()
    };
    let nobody = ahead(&room).await;
    assert!(nobody.offers_callback && !nobody.likely.served);
    let operator = room.staff("operator").await.id;
    let ready = OperatorState { choice: Choice::Ready, node: Some(node) };
    room.desk.set_operator_state(&room.as_staff("operator").await, operator, &ready).await.unwrap();
    room.pass(1);
    let free = ahead(&room).await;
    assert!(!free.offers_callback && free.likely.served);
    assert_eq!(free.likely.band.map(|band| (band.least, band.most)), Some((0, 1)));
}

#[tokio::test]
async fn a_number_is_remembered_until_it_has_not_called_for_a_year() {
    let room = Room::at(NOW).await;
    let phone = room.desk.links().phone_key(&number());
    let chosen = Remembered { phone, lang: Lang::es(), accommodation: Accommodation::Tty, seen: room.now };
    room.desk.keep_calls(&room.system(), &[], std::slice::from_ref(&chosen)).await.unwrap();
    let known = room.desk.remembered(&number(), room.now).await.unwrap().unwrap();
    assert_eq!((known.lang, known.accommodation), (Lang::es(), Accommodation::Tty));
    assert_eq!(room.desk.remembered(&"2025550102".parse().unwrap(), room.now).await.unwrap(), None);
    let year = room.now + SignedDuration::from_hours(24 * 366);
    assert_eq!(room.desk.remembered(&number(), year).await.unwrap(), None);
}
