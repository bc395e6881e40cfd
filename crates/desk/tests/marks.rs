//! Every message and call of ours has a code, and the desk says of a code whether it was.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, press, request};
use domain::{
    callback::CallOutcome,
    mark::{Mark, MarkCode, MarkedWay},
    notice::{Carrier, Delivery},
    person::PostAddress,
    pii::Pii,
    text::Lang,
};
use notices::Texts;
use std::sync::Arc;

async fn under(room: &Room, code: MarkCode) -> Option<Mark> {
    room.desk.went_out_under(code).await.unwrap()
}

#[tokio::test]
async fn messages_carry_a_code_that_is_known_once_they_went_out() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let texts = room.mail.join("texts");
    room.desk = room.desk.clone().with_texts(Some(Arc::new(Texts::drop_into(&texts).unwrap())));
    let mut ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    ask.reach.texts = true;
    let ana = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let marks = |notices: Vec<domain::notice::Notice>| -> Vec<(Carrier, MarkCode)> {
        notices.iter().map(|n| (n.by, room.desk.links().notice_mark(n.id))).collect()
    };
    let codes = marks(room.store.notices(ana.id).await.unwrap());
    assert_eq!(codes.iter().map(|(by, _)| *by).collect::<Vec<_>>(), [Carrier::Email, Carrier::Text]);
    for (_, code) in &codes {
        assert_eq!(under(&room, *code).await, None, "what waits has not gone out");
    }
    let now = room.now;
    room.until(now).await;
    assert!(
        room.store.notices(ana.id).await.unwrap().iter().all(|n| matches!(n.delivery, Delivery::Sent { .. }))
    );
    for ((by, code), folder) in codes.iter().zip([room.mail.clone(), texts]) {
        let mark = under(&room, *code).await.unwrap();
        assert_eq!((mark.way, mark.at), ((*by).into(), now));
        let said: String = std::fs::read_dir(&folder)
            .unwrap()
            .filter(|file| file.as_ref().unwrap().path().is_file())
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
            .collect();
        assert!(said.contains(code.as_str()), "{by:?}: {said}");
    }
    assert_ne!(codes[0].1, codes[1].1, "no two messages have the same");
}

#[tokio::test]
async fn a_letter_has_one_once_it_is_in_the_post() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    room.desk = room.desk.clone().with_press(Some(press()));
    let mut ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    ask.reach.email = None;
    ask.reach.post = PostAddress::new("300 Example Street", "", "Los Angeles", "CA", "90012").map(Pii::new);
    let ana = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let [letter] = room.store.notices(ana.id).await.unwrap().try_into().unwrap();
    let code = room.desk.links().notice_mark(letter.id);
    let until = room.now;
    room.pass(60);
    let clerk = room.as_staff("clerk.los").await;
    assert!(room.desk.print_letters(&clerk, until).await.unwrap().is_some());
    assert_eq!(under(&room, code).await, None);
    let clerk = room.as_staff("clerk.los").await;
    room.desk.post_letters(&clerk, until).await.unwrap();
    assert_eq!(under(&room, code).await, Some(Mark { code, way: MarkedWay::Post, at: room.now }));
}

#[tokio::test]
async fn each_call_has_its_own_from_when_it_is_begun() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let ask = request("Ana", "immigration-judge-grant", "90012", Lang::en());
    let ana = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let window = room.desk.windows(&ana, room.now, 1).await.unwrap().remove(0).window;
    let officer = room.as_staff("m.ortega").await;
    let ana = room.desk.promise_callback(&officer, ana.id, window.start, None).await.unwrap();
    room.until(window.start).await;
    let first = room.desk.links().next_call_mark(ana.callback().unwrap());
    assert_eq!(under(&room, first).await, None, "nobody has called yet");
    let officer = room.as_staff("m.ortega").await;
    let calling = room.desk.start_call(&officer, ana.id).await.unwrap();
    assert_eq!(room.desk.links().next_call_mark(calling.callback().unwrap()), first);
    assert_eq!(under(&room, first).await, Some(Mark { code: first, way: MarkedWay::Call, at: room.now }));
    let began = room.now;
    room.pass(1);
    let officer = room.as_staff("m.ortega").await;
    let again = room.desk.end_call(&officer, ana.id, CallOutcome::NoAnswer).await.unwrap();
    let callback = again.callback().unwrap().clone();
    let second = room.desk.links().next_call_mark(&callback);
    assert_ne!(first, second);
    assert_eq!(under(&room, second).await, None);
    assert_eq!(under(&room, first).await.unwrap().at, began, "the first stays what it was");
    assert_eq!(room.desk.links().call_mark(callback.id.uuid(), 1), first, "its page says the same code");
}
