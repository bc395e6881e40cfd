//! Keeping records as long as they must be kept, and erasing them so that nothing is left.

use super::{Engine, done, fixtures, found, refused};
use crate::{Broken, Calls, Conflict, List, Page, People, Store};
use domain::{
    actor::Actor,
    call_record::{CallRecord, Came, Way},
    callback::{Brief, Given},
    change::{Change, Write},
    delegate::{Delegate, DelegateAct, DelegateReach},
    erasure::{Erased, ErasedWhy, ErasureAsked, LegalHold, TracedNumber, Traces},
    ids::{CallRecordId, InquiryId, WaitId},
    inquiry::{Because, Closing, Inquiry, Stage},
    journal::{Entry, Happened},
    notice::Notice,
    person::{Name, Person, PostAddress, Representative},
    phone::PhoneKey,
    pii::Pii,
    remembered::{Accommodation, Remembered},
    retention::{Forget, RecordClass, Retention},
    text::Lang,
    urgency::Urgency,
    wait::{How, NewWait, WaitRules, WaitingCaller, phone_key},
    walk_in::WalkIn,
};
use fixtures::{Maker, at, words, write};
use std::collections::BTreeMap;

/// What a store forgets so many minutes after `at(0)`, but for answers to commands.
pub(super) fn forget(now: i64) -> Forget {
    Retention::default().forget(at(now), at(-9))
}

/// Somebody with a record in everything that a store keeps of people.
#[derive(Debug)]
pub struct Somebody {
    /// Who.
    pub person: Person,
    /// Their inquiry, closed at `at(9)`.
    pub inquiry: Inquiry,
    notice: Notice,
    call: CallRecord,
    wait: WaitId,
}

/// All that is personal of [`Somebody`], as it stands in a store while they do, each a text that is nowhere else.
pub const PERSONAL: [&str; 27] = [
    "Zenobia",
    "Quillfeather",
    "1971-11-23",
    "A-Bilberry",
    "2025550177",
    "zenobia@quince.example",
    "Gooseberry Lane",
    "the plum orchard",
    "quincewood",
    "marzipan evenings",
    "Thistledown",
    "Dandelion and Sons",
    "IOE7777700001",
    "Volapük",
    "wheelbarrow ramp",
    "violet comet",
    "because of the bramble",
    "sentence of sorrel",
    "change of chervil",
    "tried tansy",
    "brief of burdock",
    "given for gorse",
    "bring a beetroot",
    "moved for mallow",
    "walked for woodruff",
    "P. Delphinium",
    "delphinium@quince.example",
];

fn key() -> PhoneKey {
    PhoneKey::from_mac(&[77; 16])
}

fn closed(inquiry: &Inquiry, minutes: i64) -> Inquiry {
    fixtures::next(inquiry, Stage::Closed { at: at(minutes), closing: Closing::ByPhone })
}

/// Writes somebody into a store.
///
/// # Panics
/// When the store fails.
pub async fn somebody(store: &dyn Store, make: &Maker) -> Somebody {
    let mut person = make.person();
    person.name = Name { given: "Zenobia".into(), family: "Quillfeather".into() };
    person.born = Pii::new(jiff::civil::date(1971, 11, 23));
    person.file_number = Some("A-Bilberry".into());
    let mut inquiry = make.inquiry_of(&person, "proof-of-status", 0);
    inquiry.receipt = Some("IOE7777700001".parse().unwrap());
    inquiry.request.words = "I lost it in the plum orchard.".into();
    inquiry.request.answers = Pii::new(BTreeMap::from([("where".to_owned(), "quincewood".into())]));
    inquiry.request.call_hours = Some("marzipan evenings".into());
    inquiry.request.representative = Some(Representative {
        name: "R. Thistledown".into(),
        organisation: Some("Dandelion and Sons".into()),
        on_file: true,
    });
    inquiry.delegates.push(Delegate {
        nth: 1,
        name: "P. Delphinium".into(),
        resent: None,
        reach: DelegateReach::Email("delphinium@quince.example".into()),
        lang: Lang::en(),
        may: [DelegateAct::Call].into(),
        since: at(1),
        until: at(900),
        word: None,
        ended: None,
    });
    inquiry.reach.phone = "2025550177".parse().unwrap();
    inquiry.reach.email = Some("zenobia@quince.example".into());
    inquiry.reach.post =
        PostAddress::new("12 Gooseberry Lane", "", "Springfield", "IL", "62701").map(Pii::new);
    inquiry.reach.interpreter = Some("Volapük".to_owned());
    inquiry.reach.accommodation = Some("wheelbarrow ramp".into());
    inquiry.reach.phrase = "violet comet".into();
    let officer = make.officer();
    for decision in &mut inquiry.decisions {
        decision.because = Some("because of the bramble".to_owned());
        decision.sentence = words("A sentence of sorrel.");
        decision.change = Some(words("A change of chervil."));
        decision.rule.tried[0].facts.insert("word".to_owned(), "tried tansy".into());
    }
    let mut callback = make.callback(0, Some(officer));
    callback.brief = Some(Brief { by: officer, at: at(1), why: None, summary: "brief of burdock".into() });
    callback.given.push(Given {
        at: at(1),
        by: Actor::system("contract"),
        from: None,
        to: Some(officer),
        why: None,
        because: "given for gorse".into(),
    });
    inquiry.past_callbacks.push(callback);
    let mut appointment = make.appointment("SPR", -600);
    appointment.bring[0].text = words("bring a beetroot");
    inquiry.past_appointments.push(domain::appointment::PastAppointment {
        appointment,
        end: domain::appointment::AppointmentEnd::NoShow,
        at: at(-500),
        counter: None,
    });
    inquiry.office_changes.push(Because { at: at(2), because: "moved for mallow".into() });
    inquiry.proof_changes.push(Because { at: at(2), because: "showed mallow".into() });

    inquiry.walk_ins.push(WalkIn {
        at: at(2),
        office: fixtures::office("SPR"),
        admitted: false,
        because: "walked for woodruff".into(),
        by: Actor::system("contract"),
    });

    let mut notice = make.notice(inquiry.id, 1);
    notice.to = "zenobia@quince.example".into();
    notice.facts = Pii::new(serde_json::json!({ "first_name": "Zenobia" }));
    notice.delivery = domain::notice::Delivery::Sent { at: at(2), receipt: "1".to_owned() };
    let mut call = CallRecord::begin(CallRecordId::new(at(3), &make.chance()), Way::In, at(3));
    call.phone = Some(key());
    call.inquiry = Some(inquiry.id);
    call.over(Came::default(), at(4));
    let new = NewWait {
        id: WaitId::new(at(3), &make.chance()),
        queue: "tier1".parse().unwrap(),
        lang: Lang::es(),
        reason: None,
        urgency: Urgency::Regular,
        person: Some(person.id),
        inquiry: Some(inquiry.id),
        number: Some(inquiry.reach.phone.clone()),
        zone: None,
        first_asked: None,
        node: None,
        owed: None,
        keyed: domain::wait::Keyed::default(),
        about: domain::wait::AboutCaller::default(),
    };
    let joined = WaitingCaller::join(new, &WaitRules::default(), at(3)).unwrap();
    let wait = joined.caller.clone().unwrap();
    let chosen =
        Remembered { phone: key(), lang: Lang::es(), accommodation: Accommodation::None, seen: at(3) };

    let mut change = make.writing([
        Write::Person(Box::new(person.clone())),
        write(&inquiry),
        Write::Notice(Box::new(notice.clone())),
        Write::CallRecord(Box::new(call.clone())),
        Write::Remembered(chosen),
    ]);
    change.wait(joined);
    done(store, change).await;
    let mut change = make.change();
    change.wait(wait.leave(None, How::GaveUp, &WaitRules::default(), at(5)).unwrap());
    let inquiry = closed(&inquiry, 9);
    change.writes.push(write(&inquiry));
    change.journal.push(Entry { inquiry: Some(inquiry.id), happened: Happened::Exported });
    done(store, change).await;
    Somebody { person, inquiry, notice, call, wait: wait.id }
}

fn tombstone() -> Erased {
    Erased {
        at: at(99),
        class: RecordClass::Inquiries,
        why: ErasedWhy::Rule { name: "GRS 6.5".to_owned() },
        notices: 1,
        calls: 1,
        contacts: 1,
        decisions: 1,
    }
}

/// The change that erases them, with the person when nothing else of theirs is left.
pub fn erase(make: &Maker, who: &Somebody, whole: bool) -> Change {
    let number = TracedNumber { key: key(), wait: phone_key(&who.inquiry.reach.phone) };
    let mut change = make.writing([
        write(&who.inquiry.erase(tombstone())),
        Write::Traces(Box::new(Traces { inquiry: who.inquiry.id, number: whole.then_some(number) })),
    ]);
    change.writes.push(if whole {
        Write::EndPerson(Box::new(who.person.clone()))
    } else {
        Write::Person(Box::new(who.person.touched()))
    });
    let Erased { class, why, notices, calls, .. } = tombstone();
    change.note(Some(who.inquiry.id), Happened::Erased { class, why, notices, calls });
    change
}

/// What hangs on an erased inquiry goes with it; what is somebody else's stays; the journal stays whole.
pub async fn erases_what_hangs_on_an_inquiry<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let who = somebody(&*store, &make).await;
    let mut unlinked =
        CallRecord { id: CallRecordId::new(at(6), &make.chance()), inquiry: None, ..who.call.clone() };
    let other = make.inquiry(0);
    let (theirs, mut call) = (make.notice(other.id, 0), who.call.clone());
    call.id = CallRecordId::new(at(7), &make.chance());
    call.phone = Some(PhoneKey::from_mac(&[1; 16]));
    call.inquiry = Some(other.id);
    let more = [&unlinked, &call].map(|call| Write::CallRecord(Box::new(call.clone())));
    let mut change = make.writing(more);
    change.writes.extend([write(&other), Write::Notice(Box::new(theirs.clone()))]);
    done(&*store, change).await;

    done(&*store, erase(&make, &who, true)).await;
    let left = store.inquiry(who.inquiry.id).await.unwrap().unwrap();
    assert_eq!(left, who.inquiry.erase(tombstone()));
    assert_eq!(store.inquiry_numbered(who.inquiry.number).await.unwrap(), Some(left.clone()));
    assert_eq!(store.person(who.person.id).await.unwrap(), None);
    assert_eq!(store.person_identified(&who.person.identity).await.unwrap(), None);
    assert_eq!(store.notices(who.inquiry.id).await.unwrap(), []);
    assert_eq!(store.notice(who.notice.id).await.unwrap(), None);
    assert_eq!(store.call_record(who.call.id).await.unwrap(), None);
    assert_eq!(store.remembered(&key()).await.unwrap(), None);
    let wait = store.wait(who.wait).await.unwrap().unwrap();
    assert_eq!((wait.number, wait.person, wait.inquiry), (None, None, Some(who.inquiry.id)));
    // The call that was about nothing is there, and nobody's.
    (unlinked.version, unlinked.phone) = (2, None);
    assert_eq!(store.call_record(unlinked.id).await.unwrap(), Some(unlinked));
    assert_eq!(store.call_records(&Calls::Phone(key()), 9).await.unwrap(), []);
    assert_eq!(store.notices(other.id).await.unwrap(), [theirs]);
    assert_eq!(store.call_record(call.id).await.unwrap(), Some(call));
    assert_eq!(store.inquiries_of(who.person.id).await.unwrap(), []);
    assert_eq!(store.reached_at(&who.inquiry.reach.phone, 9).await.unwrap(), []);
    assert!(store.verify_journal().await.unwrap().broken.is_none());
    assert_eq!(store.story(who.inquiry.id).await.unwrap().len(), 4);
    let facts = store.facts(at(0), at(200), at(200)).await.unwrap();
    assert_eq!(facts.waits.len(), 1, "what came of the wait still counts");
    assert!(found(&*store).await.iter().all(|broken| matches!(broken, Broken::Unsent { .. })));
}

/// A person is ended as they were read, or not; whoever writes them meanwhile comes first.
pub async fn ends_a_person_as_they_were_read<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let who = somebody(&*store, &make).await;
    let second = make.inquiry_of(&who.person, "other", 1);
    let touched = who.person.touched();
    done(&*store, make.writing([write(&second), Write::Person(Box::new(touched.clone()))])).await;
    let stale = Conflict::Stale { record: "person" };
    assert_eq!(refused(&*store, erase(&make, &who, true)).await, stale);
    assert_eq!(store.inquiry(who.inquiry.id).await.unwrap(), Some(who.inquiry.clone()), "all or nothing");
    let who = Somebody { person: touched, ..who };
    done(&*store, erase(&make, &who, false)).await;
    assert_eq!(store.inquiries_of(who.person.id).await.unwrap(), [second]);
    // Their number is still theirs: what it chose stays.
    assert!(store.remembered(&key()).await.unwrap().is_some());
    let gone = Write::EndPerson(Box::new(who.person.touched()));
    done(&*store, make.writing([gone.clone()])).await;
    assert_eq!(refused(&*store, make.writing([gone])).await, stale);
}

pub(super) fn hold() -> LegalHold {
    LegalHold { by: Actor::system("contract"), at: at(1), reason: "A lawsuit.".into() }
}

/// What was closed is found by when it was, part by part; what is held is found, and is not due.
pub async fn finds_what_has_been_kept_long_enough<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let all: Vec<Inquiry> = [30, 10, 20, 10].map(|minutes| closed(&make.inquiry(0), minutes)).into();
    let open = make.inquiry(0);
    for inquiry in all.iter().chain([&open]) {
        let new = Inquiry { version: 1, ..inquiry.clone() };
        done(&*store, make.writing([write(&new)])).await;
    }
    let mut sorted: Vec<Inquiry> = all.iter().map(|one| Inquiry { version: 1, ..one.clone() }).collect();
    sorted.sort_by_key(|inquiry| (inquiry.closed_at(), inquiry.id.to_string()));
    let listed = async |until, after, limit| store.closed_until(at(until), after, limit).await.unwrap();
    assert_eq!(listed(20, None, 9).await, sorted[..3]);
    assert_eq!(listed(9, None, 9).await, []);
    let first = listed(30, None, 1).await;
    assert_eq!(first, sorted[..1]);
    let after = Some((first[0].closed_at().unwrap(), first[0].id));
    assert_eq!(listed(30, after, 9).await, sorted[1..]);

    let due = async |until: Option<i64>| store.due(until.map(at), &forget(0)).await.unwrap();
    assert_eq!(due(Some(20)).await[&RecordClass::Inquiries], 3);
    assert_eq!(due(None).await.get(&RecordClass::Inquiries), None);
    let held = sorted[0].hold(hold()).unwrap();
    done(&*store, make.writing([write(&held)])).await;
    assert_eq!(due(Some(20)).await[&RecordClass::Inquiries], 2);
    assert_eq!(listed(20, None, 9).await[0], held);
    assert_eq!(store.list(&List::Held, Page::first(9)).await.unwrap().rows, std::slice::from_ref(&held));
    done(&*store, make.writing([write(&held.lift().unwrap())])).await;
    assert_eq!(store.list(&List::Held, Page::first(9)).await.unwrap().rows, []);

    // What was erased is in none of the lists.
    let gone = sorted[1].erase(tombstone());
    done(&*store, make.writing([write(&gone)])).await;
    assert!(listed(30, None, 9).await.iter().all(|inquiry| inquiry.id != gone.id));
    for list in [List::All, List::Stage { stage: "closed".to_owned() }] {
        let rows = store.list(&list, Page::first(9)).await.unwrap().rows;
        assert!(rows.len() >= 3 && rows.iter().all(|inquiry| inquiry.id != gone.id), "{list:?}");
    }
}

/// Waits and calls about what is under legal hold are not forgotten, however old; others are.
pub async fn keeps_what_is_under_legal_hold<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let who = somebody(&*store, &make).await;
    let age = 3 * 366 * 24 * 60;
    let due = async || store.due(None, &forget(age)).await.unwrap();
    let counts = |calls, numbers, waits| {
        let (drafts, handovers) = ((RecordClass::Drafts, 0), (RecordClass::Handovers, 0));
        let counts =
            [(RecordClass::Calls, calls), (RecordClass::Numbers, numbers), (RecordClass::Waits, waits)];
        counts.into_iter().chain([drafts, handovers]).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(due().await, counts(1, 1, 1));
    let held = who.inquiry.hold(hold()).unwrap();
    done(&*store, make.writing([write(&held)])).await;
    assert_eq!(due().await, counts(0, 1, 0));
    assert_eq!(store.tidy(&forget(age)).await.unwrap(), 1, "what the number chose");
    // By the person as well, and then by nobody.
    let person = who.person.hold(hold()).unwrap();
    let lifted = held.lift().unwrap();
    done(&*store, make.writing([write(&lifted), Write::Person(Box::new(person.clone()))])).await;
    assert_eq!(store.people(People::Held, 9).await.unwrap(), std::slice::from_ref(&person));
    assert_eq!(due().await, counts(0, 0, 0));
    assert_eq!(store.tidy(&forget(age)).await.unwrap(), 0);
    let person = person.lift().unwrap();
    done(&*store, make.writing([Write::Person(Box::new(person.clone()))])).await;
    assert_eq!(store.people(People::Held, 9).await.unwrap(), []);
    assert_eq!(due().await, counts(1, 0, 1));
    assert_eq!(store.tidy(&forget(age)).await.unwrap(), 2);
    assert_eq!(store.wait(who.wait).await.unwrap(), None);

    let asked = ErasureAsked { by: make.officer(), at: at(0), reason: "By letter.".into() };
    let asked = person.ask_erasure(asked, &[]).unwrap();
    done(&*store, make.writing([Write::Person(Box::new(asked.clone()))])).await;
    assert_eq!(store.people(People::ToErase, 9).await.unwrap(), [asked]);
}

/// Everybody who is reached at a number is told, live or not, but whoever was erased.
pub async fn knows_who_is_reached_at_a_number<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let (open, over) = (make.inquiry(0), make.inquiry(1));
    done(&*store, make.writing([write(&open), write(&over)])).await;
    let over = closed(&over, 9);
    done(&*store, make.writing([write(&over)])).await;
    let at_it = async |limit| store.reached_at(&open.reach.phone, limit).await.unwrap();
    let mut both: Vec<InquiryId> = vec![open.id, over.id];
    both.sort_by_key(ToString::to_string);
    assert_eq!(at_it(9).await, both);
    assert_eq!(at_it(1).await.len(), 1);
    done(&*store, make.writing([write(&over.erase(tombstone()))])).await;
    assert_eq!(at_it(9).await, [open.id]);
}

/// A message that is left of what was erased is told.
pub async fn reports_what_is_left_of_an_erased_inquiry<E: Engine>() {
    let (store, _guard) = E::fresh().await;
    let make = Maker::default();
    let who = somebody(&*store, &make).await;
    done(&*store, make.writing([write(&who.inquiry.erase(tombstone()))])).await;
    assert_eq!(found(&*store).await, [Broken::Remains { inquiry: who.inquiry.id }]);
}
