//! The records of calls, what numbers chose, what supervisors said of the line, and whose number it is.

use super::{Engine, done, fixtures, found, refused, retention::forget};
use crate::{Calls, Conflict};
use domain::{
    actor::Actor,
    call_record::{self, CallFault, CallRecord, CallWait, Came, LookedUp, Way},
    change::Write,
    ids::{CallRecordId, LineNoticeId, NodeId, WaitId},
    inquiry::{Closing, Stage},
    line_notice::{LineDoes, LineNotice, NewLineNotice},
    phone::PhoneKey,
    remembered::{self, Accommodation, Remembered},
    text::Lang,
};
use fixtures::{Maker, at};

fn phone(n: u8) -> PhoneKey {
    PhoneKey::from_mac(&[n; 16])
}

fn call(make: &Maker, minutes: i64) -> CallRecord {
    let mut call = CallRecord::begin(CallRecordId::new(at(minutes), &make.chance()), Way::In, at(minutes));
    call.trunk = Some("carrier".to_owned());
    call.phone = Some(phone(1));
    call.lang = Some(Lang::es());
    call.entered("greeting".to_owned());
    call
}

fn write(call: &CallRecord) -> Write {
    Write::CallRecord(Box::new(call.clone()))
}

fn over(call: &CallRecord, minutes: i64) -> CallRecord {
    let mut over = CallRecord { version: call.version + 1, ..call.clone() };
    over.over(Came { told: true, ..Came::default() }, at(minutes));
    over
}

/// What is written is read, by whatever it is looked for, the newest first; a version that does not follow is refused.
pub async fn keeps_records_of_calls<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let inquiry = make.inquiry(0);
    let first = call(&make, 1);
    let mut second = call(&make, 2);
    second.inquiry = Some(inquiry.id);
    second.staff = Some(make.officer());
    second.wait = Some(CallWait { id: WaitId::new(at(2), &make.chance()), told: Some((3, 5)), seconds: 240 });
    second.looked_up.insert(LookedUp { what: "case".to_owned(), found: false });
    second.faults.insert(CallFault::BrowserGone);
    second.over(Came { talked: true, ..Came::default() }, at(9));
    done(&*store, make.writing([write(&first), write(&second)])).await;

    let listed = async |which: Calls, limit| store.call_records(&which, limit).await.unwrap();
    assert_eq!(store.call_record(second.id).await.unwrap(), Some(second.clone()));
    assert_eq!(listed(Calls::Phone(phone(1)), 9).await, [second.clone(), first.clone()]);
    assert_eq!(listed(Calls::Phone(phone(1)), 1).await, std::slice::from_ref(&second));
    assert_eq!(listed(Calls::Phone(phone(2)), 9).await, []);
    assert_eq!(listed(Calls::Inquiry(inquiry.id), 9).await, std::slice::from_ref(&second));
    assert_eq!(listed(Calls::Over { since: at(9) }, 9).await, std::slice::from_ref(&second));
    assert_eq!(listed(Calls::Over { since: at(10) }, 9).await, []);

    let ended = over(&first, 10);
    done(&*store, make.writing([write(&ended)])).await;
    assert_eq!(listed(Calls::Over { since: at(0) }, 9).await, [ended.clone(), second]);
    assert_eq!(
        refused(&*store, make.writing([write(&ended)])).await,
        Conflict::Stale { record: "call record" }
    );
    assert_eq!(
        refused(&*store, make.writing([write(&first)])).await,
        Conflict::Stale { record: "call record" }
    );
    assert_eq!(found(&*store).await, []);
}

/// A node is known by the calls it holds, also when it never said that it was there.
pub async fn finds_the_calls_of_a_lost_node<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let node = NodeId::new(at(0), &make.chance());
    let mut held = call(&make, 1);
    held.node = Some(node);
    done(&*store, make.writing([write(&held)])).await;
    let nodes = store.line_nodes().await.unwrap();
    assert_eq!(nodes.iter().map(|node| (node.id, node.version)).collect::<Vec<_>>(), [(node, 0)]);
    assert_eq!(store.call_records(&Calls::Node(node), 9).await.unwrap(), [held.clone()]);
    done(&*store, make.writing([write(&held.node_lost(at(3)))])).await;
    assert_eq!(store.call_records(&Calls::Node(node), 9).await.unwrap(), []);
    assert!(store.line_nodes().await.unwrap().is_empty());
}

/// The later choice of a number stands, whichever comes to the store first.
pub async fn remembers_the_last_choice_of_a_number<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let chosen =
        |lang, accommodation, minutes| Remembered { phone: phone(1), lang, accommodation, seen: at(minutes) };
    let first = chosen(Lang::en(), Accommodation::None, 1);
    let later = chosen(Lang::es(), Accommodation::Tty, 2);
    assert_eq!(store.remembered(&phone(1)).await.unwrap(), None);
    done(&*store, make.writing([Write::Remembered(first.clone())])).await;
    assert_eq!(store.remembered(&phone(1)).await.unwrap(), Some(first.clone()));
    done(&*store, make.writing([Write::Remembered(later.clone())])).await;
    done(&*store, make.writing([Write::Remembered(first)])).await;
    assert_eq!(store.remembered(&phone(1)).await.unwrap(), Some(later));
    assert_eq!(store.remembered(&phone(2)).await.unwrap(), None);
}

/// What was said of the line is found until it ends, and for whoever asks for what has ended.
pub async fn keeps_what_is_said_of_the_line<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let say = |until| {
        let new = NewLineNotice {
            does: LineDoes::Closes,
            queue: None,
            text: fixtures::words("Snow."),
            because: "snow".to_owned(),
            from: None,
            until: at(until),
        };
        let id = LineNoticeId::new(at(0), &make.chance());
        LineNotice::say(id, new, &[Lang::en()], Actor::Person, at(0)).unwrap().0
    };
    let write = |notice: &LineNotice| Write::LineNotice(Box::new(notice.clone()));
    let (short, long) = (say(10), say(20));
    done(&*store, make.writing([write(&short), write(&long)])).await;
    let listed = async |since| store.line_notices(at(since), 9).await.unwrap();
    assert_eq!(listed(0).await, [long.clone(), short.clone()]);
    assert_eq!(listed(10).await, std::slice::from_ref(&long));
    let (gone, _) = long.withdraw(at(5)).unwrap();
    done(&*store, make.writing([write(&gone)])).await;
    assert_eq!(listed(5).await, std::slice::from_ref(&short));
    assert_eq!(listed(4).await, [short, gone.clone()]);
    assert_eq!(
        refused(&*store, make.writing([write(&gone)])).await,
        Conflict::Stale { record: "line notice" }
    );
}

/// Whoever calls is known by the number that their inquiry is reached at, while it is live.
pub async fn finds_live_inquiries_by_their_number<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (older, newer, mut other) = (make.inquiry(0), make.inquiry(5), make.inquiry(1));
    other.reach.phone = "2025550199".parse().unwrap();
    done(&*store, make.writing([&older, &newer, &other].map(fixtures::write))).await;
    let number = older.reach.phone.clone();
    let listed = async |limit| store.inquiries_by_phone(&number, limit).await.unwrap();
    assert_eq!(listed(9).await, [newer.clone(), older.clone()]);
    assert_eq!(listed(1).await, std::slice::from_ref(&newer));
    let closed = fixtures::next(&newer, Stage::Closed { at: at(9), closing: Closing::ByPhone });
    done(&*store, make.writing([fixtures::write(&closed)])).await;
    assert_eq!(listed(9).await, [older]);
}

/// Records of calls go after two years, choices after one without a call; what goes on stays.
pub async fn forgets_old_calls_and_choices<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (goes_on, ended) = (call(&make, 0), call(&make, 0));
    done(&*store, make.writing([write(&goes_on), write(&ended)])).await;
    done(&*store, make.writing([write(&over(&ended, 1))])).await;
    let chosen =
        Remembered { phone: phone(1), lang: Lang::es(), accommodation: Accommodation::None, seen: at(1) };
    done(&*store, make.writing([Write::Remembered(chosen)])).await;
    let year = remembered::KEPT_DAYS * 24 * 60;
    assert_eq!(store.tidy(&forget(year)).await.unwrap(), 0);
    assert_eq!(store.tidy(&forget(year + 1)).await.unwrap(), 1);
    assert_eq!(store.remembered(&phone(1)).await.unwrap(), None);
    let two = call_record::KEPT_DAYS * 24 * 60;
    assert_eq!(store.tidy(&forget(two)).await.unwrap(), 0);
    assert_eq!(store.tidy(&forget(two + 1)).await.unwrap(), 1);
    assert_eq!(store.call_record(ended.id).await.unwrap(), None);
    assert_eq!(store.call_records(&Calls::Phone(phone(1)), 9).await.unwrap(), [goes_on]);
}

/// A number that wants no texts is known, from the first time that it said so, until it wants them again.
pub async fn knows_who_wants_no_texts<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let says = |n, stopped| make.writing([Write::Texting { phone: phone(n), stopped }]);
    assert_eq!(store.texts_stopped(&phone(1)).await.unwrap(), None);
    done(&*store, says(1, None)).await;
    done(&*store, says(1, Some(at(1)))).await;
    done(&*store, says(1, Some(at(2)))).await;
    assert_eq!(store.texts_stopped(&phone(1)).await.unwrap(), Some(at(1)));
    assert_eq!(store.texts_stopped(&phone(2)).await.unwrap(), None);
    done(&*store, says(1, None)).await;
    assert_eq!(store.texts_stopped(&phone(1)).await.unwrap(), None);
}
