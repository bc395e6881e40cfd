//! The officer who holds a promised call is not there when its window comes near: it goes to somebody who is, in virtual time.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::acts::{Entrance, OperatorState};
use domain::{
    actor::Right,
    callback::{Callback, GivenWhy},
    guard::ConflictWhy,
    ids::StaffId,
    inquiry::Inquiry,
    journal::Happened,
    text::Lang,
    wait::Choice,
};
use jiff::{SignedDuration, Timestamp};

/// A Monday, noon by the line's clock.
const NOW: &str = "2026-11-23T17:00:00Z";

struct Desk {
    room: Room,
    ortega: StaffId,
    lee: StaffId,
}

impl Desk {
    async fn open() -> Self {
        let room = Room::at(NOW).await;
        let (ortega, lee) = (room.staff("m.ortega").await.id, room.staff("j.lee").await.id);
        Self { room, ortega, lee }
    }

    /// A call that is promised in the name of m.ortega.
    async fn promised(&self, given: &str) -> Inquiry {
        let ask = request(given, "case-question", "90012", Lang::en());
        let asked = self.room.desk.request_meeting(&self.room.anyone(), &ask).await.unwrap().inquiry;
        let start = self.room.desk.windows(&asked, self.room.now, 1).await.unwrap()[0].window.start;
        let owner = Some(self.ortega);
        self.room.desk.promise_callback(&self.room.system(), asked.id, start, owner).await.unwrap()
    }

    async fn chooses(&self, who: &str, choice: Choice) {
        let state = OperatorState { choice, node: None };
        let id = self.room.staff(who).await.id;
        self.room.desk.set_operator_state(&self.room.as_staff(who).await, id, &state).await.unwrap();
    }

    async fn signs_in(&self, who: &str) {
        let staff = self.room.staff(who).await;
        self.room.desk.sign_in(&self.room.anyone(), &staff, &Entrance::default()).await.unwrap();
    }

    async fn callback(&self, inquiry: &Inquiry) -> Callback {
        self.room.reload(inquiry).await.callback().unwrap().clone()
    }

    /// The reasons with which a call went to others, as the journal has them.
    async fn whys(&self, inquiry: &Inquiry) -> Vec<(Option<StaffId>, Option<GivenWhy>)> {
        let story = self.room.store.story(inquiry.id).await.unwrap();
        let given = story.into_iter().filter_map(|entry| match entry.entry.happened {
            Happened::CallbackGiven { to, why, .. } => Some((to, why)),
            _ => None,
        });
        given.collect()
    }
}

fn start(inquiry: &Inquiry) -> Timestamp {
    inquiry.callback().unwrap().window.start
}

const fn mins(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

#[tokio::test]
async fn the_call_of_somebody_absent_goes_to_an_officer_who_is_there_before_the_window() {
    let mut desk = Desk::open().await;
    let inquiry = desk.promised("Ana").await;
    let begins = start(&inquiry);
    desk.room.until(begins - mins(11)).await;
    desk.chooses("j.lee", Choice::NotReady { reason: None }).await;
    assert_eq!(desk.callback(&inquiry).await.owner, Some(desk.ortega), "nobody looks too early");
    desk.room.until(begins - mins(10)).await;
    let callback = desk.callback(&inquiry).await;
    assert_eq!((callback.owner, callback.next_attempt), (Some(desk.lee), begins));
    assert_eq!(callback.window, inquiry.callback().unwrap().window);
    assert_eq!(desk.whys(&inquiry).await, [(Some(desk.lee), Some(GivenWhy::OfficerAbsent))]);
    assert_eq!(desk.room.told(inquiry.id, "callback-moved").await, 0, "the person's promise is as it was");
    let busy = desk.room.store.busy(None, begins, callback.window.end).await.unwrap();
    assert_eq!(busy.iter().map(|one| one.officer).collect::<Vec<_>>(), [desk.lee]);
    assert_eq!(desk.room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn whoever_is_on_duty_signed_in_or_on_a_break_keeps_their_call() {
    for there in ["ready", "break", "signed in"] {
        let mut desk = Desk::open().await;
        let inquiry = desk.promised("Ana").await;
        let begins = start(&inquiry);
        desk.room.until(begins - mins(15)).await;
        match there {
            "ready" => desk.chooses("m.ortega", Choice::Ready).await,
            "break" => desk.chooses("m.ortega", Choice::NotReady { reason: None }).await,
            _ => desk.signs_in("m.ortega").await,
        }
        desk.signs_in("j.lee").await;
        desk.room.until(begins).await;
        assert_eq!(desk.callback(&inquiry).await.owner, Some(desk.ortega), "{there}");
        assert_eq!(desk.whys(&inquiry).await, []);
    }
}

/// Whoever was there at the first look and has gone when they are to dial is looked for again.
#[tokio::test]
async fn whoever_goes_before_they_dial_is_missed_then() {
    let mut desk = Desk::open().await;
    let (first, second) = (desk.promised("Ana").await, desk.promised("Bo").await);
    assert_eq!(start(&first), start(&second), "one window, one call after the other");
    let dials = second.callback().unwrap().next_attempt;
    assert_eq!(dials, start(&first) + mins(20));
    desk.chooses("m.ortega", Choice::Ready).await;
    desk.room.until(start(&first) + mins(2)).await;
    desk.chooses("m.ortega", Choice::Off).await;
    desk.chooses("j.lee", Choice::Ready).await;
    desk.room.until(dials).await;
    let callback = desk.callback(&second).await;
    assert_eq!((callback.owner, callback.next_attempt), (Some(desk.lee), dials));
    assert_eq!(desk.room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn when_nobody_is_there_it_is_everybodys_and_is_never_dropped() {
    let mut desk = Desk::open().await;
    let inquiry = desk.promised("Ana").await;
    let begins = start(&inquiry);
    desk.room.until(begins).await;
    let callback = desk.callback(&inquiry).await;
    assert!(callback.owner.is_none() && callback.is_left());
    assert_eq!(desk.whys(&inquiry).await, [(None, Some(GivenWhy::NobodyThere))]);
    // Whoever comes makes it, in the window, and it is kept.
    desk.room.until(begins + mins(5)).await;
    let caller = desk.room.as_staff("j.lee").await;
    let dialled = desk.room.desk.start_call(&caller, inquiry.id).await.unwrap();
    assert!(!dialled.callback().unwrap().is_left());
    assert_eq!(desk.room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn no_call_goes_to_somebody_from_whom_it_is_kept_or_who_has_no_time() {
    // Lee is too near to the person.
    let mut desk = Desk::open().await;
    let inquiry = desk.promised("Ana").await;
    let caller = desk.room.as_staff("j.lee").await;
    desk.room.desk.set_conflict(&caller, inquiry.id, desk.lee, ConflictWhy::Relative).await.unwrap();
    desk.chooses("j.lee", Choice::Ready).await;
    desk.room.until(start(&inquiry)).await;
    assert_eq!(desk.whys(&inquiry).await, [(None, Some(GivenWhy::NobodyThere))]);

    // The person is protected, and lee has no right to see such people: nor has anybody else who is there.
    let mut desk = Desk::open().await;
    let (admin, supervisor) =
        (desk.room.colleague(1, domain::actor::Role::Administrator), desk.room.as_staff("m.ortega").await);
    desk.room.desk.give_right(&admin, desk.ortega, Right::Protected, true).await.unwrap();
    let inquiry = desk.promised("Ana").await;
    let class = "vawa".parse().unwrap();
    desk.room
        .desk
        .protect(&supervisor, inquiry.id, &class, &std::collections::BTreeSet::new())
        .await
        .unwrap();
    desk.chooses("j.lee", Choice::Ready).await;
    desk.room.until(start(&inquiry)).await;
    let callback = desk.callback(&inquiry).await;
    assert!(callback.owner.is_none() && callback.is_left(), "{callback:?}");

    // Lee is there and has no time left in the window: anybody on duty may make it, and somebody is.
    let mut desk = Desk::open().await;
    let inquiry = desk.promised("Ana").await;
    let begins = start(&inquiry);
    for given in ["Bo", "Cy", "Di"] {
        let other = desk.promised(given).await;
        let caller = desk.room.colleague(9, domain::actor::Role::Supervisor);
        let given = desk.room.desk.give_callback(&caller, other.id, Some(desk.lee), "spread").await;
        assert!(given.is_ok() || start(&other) != begins);
    }
    desk.chooses("j.lee", Choice::Ready).await;
    let busy = desk.room.store.busy(Some(desk.lee), begins, begins + mins(60)).await.unwrap().len();
    desk.room.until(begins).await;
    let callback = desk.callback(&inquiry).await;
    let expected = if busy == 3 { None } else { Some(desk.lee) };
    assert_eq!(callback.owner, expected, "lee has {busy} calls in it");
    assert!(!callback.is_left());
    assert_eq!(desk.room.store.check().await.unwrap(), []);
}

/// An agency may do without: then nobody is looked for, and the window's own watch says what came of it.
#[tokio::test]
async fn an_agency_may_do_without() {
    let path = "line.toml";
    let mut files = Room::files();
    let text = String::from_utf8(files.bytes(path).unwrap().to_vec()).unwrap();
    files.insert(path, text.replace("call_minutes = 20", "call_minutes = 20\ntake_over_minutes = 0"));
    let mut room = Room::of(NOW, &files).await;
    let ortega = room.staff("m.ortega").await.id;
    let ask = request("Ana", "case-question", "90012", Lang::en());
    let asked = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry;
    let window = room.desk.windows(&asked, room.now, 1).await.unwrap()[0].window.clone();
    room.desk.promise_callback(&room.system(), asked.id, window.start, Some(ortega)).await.unwrap();
    room.until(window.end - mins(1)).await;
    assert_eq!(room.reload(&asked).await.callback().unwrap().owner, Some(ortega));
}
