//! What is kept of a call: its record, what its number chose, and what a supervisor said that every caller hears.

use crate::{
    books::{NUMBER, kept, looked, now, promised, store},
    caller::Caller,
    telephone::Line,
};
use domain::{
    actor::Actor,
    call_record::{CallEnd, CallFault, LookedUp, Way},
    change::Write,
    ids::LineNoticeId,
    inquiry::Stage,
    journal::Happened,
    line_notice::{LineDoes, LineNotice, NewLineNotice},
    text::{Lang, Text},
};
use jiff::SignedDuration;
use std::{path::Path, time::Duration};
use store::{Store, contract::fixtures::Maker};

/// Until the line has taken in what was pressed, and begins to speak.
const MOMENT: Duration = Duration::from_millis(1_200);
fn press(caller: &mut Caller, keys: &[&str]) {
    for keys in keys {
        caller.wait(MOMENT);
        caller.press(keys);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_moves_a_promised_call_and_is_known_the_next_time() {
    let line = Line::closed("");
    let dir = line.dir().to_owned();
    let inquiry = promised(&dir, 48 * 60).await;
    let line = line.serve();
    let at = line.at;
    let number = inquiry.number.digits();
    // In Spanish; by the number of the inquiry; moved, with the date of birth; to the first window.
    let heard = tokio::task::spawn_blocking(move || {
        let mut caller = Caller::dial(at, NUMBER);
        press(&mut caller, &["2", "3", &number]);
        // The promised window is said before what can be done with it.
        caller.hears();
        press(&mut caller, &["1", "02291980"]);
        caller.hears();
        press(&mut caller, &["1"]);
        caller.hears();
        press(&mut caller, &["2"]);
        caller.until_hung_up()
    })
    .await
    .unwrap();
    assert!(heard > Duration::from_secs(5), "heard {heard:?}");
    let first = kept(&dir, NUMBER, 1).await.remove(0);
    let walked = first.states.join(" ");
    assert!(
        walked.contains(
            "inquiry inquiry-lookup inquiry-told inquiry-choices inquiry-change born verify verified"
        ),
        "{walked}"
    );
    assert!(walked.ends_with("window-choice move moved goodbye"), "{walked}");
    assert_eq!((first.way, first.end, first.trunk.as_deref()), (Way::In, Some(CallEnd::Line), Some("here")));
    assert_eq!((first.inquiry, first.proved), (Some(inquiry.id), true));
    assert_eq!(first.lang, Some(Lang::es()));
    assert!(first.looked_up.contains(&LookedUp { what: "move-callback".to_owned(), found: true }));
    assert!(first.seconds(first.began) > 10 && first.faults.is_empty());

    // The language is not asked for again.
    tokio::task::spawn_blocking(move || {
        let mut caller = Caller::dial(at, NUMBER);
        caller.wait(MOMENT);
        caller.hang_up(NUMBER);
    })
    .await
    .unwrap();
    let second = kept(&dir, NUMBER, 2).await.remove(1);
    assert_eq!(second.states.join(" "), "ring greeting rang-back main");
    assert_eq!((second.end, second.lang), (Some(CallEnd::Left), Some(Lang::es())));
    assert!(!line.running.log().contains(NUMBER), "nobody is named");

    let store = looked(&dir).await;
    let moved = store.inquiry(inquiry.id).await.unwrap().unwrap();
    let Stage::Promised(callback) = &moved.stage else { panic!("{:?}", moved.stage.as_str()) };
    assert_eq!(callback.moves, 1);
    assert_ne!(callback.window, inquiry.callback().unwrap().window);
    let told = store.story(inquiry.id).await.unwrap();
    let told = told.iter().any(|written| {
        matches!(written.entry.happened, Happened::Called { end: CallEnd::Line, proved: true, .. })
    });
    assert!(told, "the story of the inquiry tells of the call");
    store.close().await;
}

/// A supervisor closes the line, or a queue of it, for two hours.
async fn closes(dir: &Path, queue: Option<&str>, text: Text) {
    let (now, store) = (now(), store(dir).await);
    let new = NewLineNotice {
        does: LineDoes::Closes,
        queue: queue.map(|queue| queue.parse().unwrap()),
        text,
        because: "snow".to_owned(),
        from: None,
        until: now + SignedDuration::from_hours(2),
    };
    let id = LineNoticeId::new(now, &[7; 10]);
    let (notice, _) =
        LineNotice::say(id, new, &[Lang::en(), Lang::es()], Actor::system("test"), now).unwrap();
    store.commit(Maker::default().writing([Write::LineNotice(Box::new(notice))])).await.unwrap();
    store.close().await;
}

/// Where somebody comes who chooses a language, listens, and then wants a person.
async fn walked(line: &Line, number: &'static str, lang: &'static str) -> String {
    let at = line.at;
    tokio::task::spawn_blocking(move || {
        let mut caller = Caller::dial(at, number);
        for key in [lang, "0"] {
            press(&mut caller, &[key]);
            caller.listen();
        }
        caller.hang_up(number);
    })
    .await
    .unwrap();
    kept(line.dir(), number, 1).await.remove(0).states.join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_announced_is_heard_in_the_language_that_is_chosen() {
    let line = Line::closed("");
    let text = Text::new([
        (Lang::en(), "The office in Boston is closed today because of snow.".to_owned()),
        (Lang::es(), "La oficina de Boston está cerrada hoy por la nieve.".to_owned()),
    ]);
    closes(line.dir(), None, text).await;
    let line = line.serve();
    // Whoever wants a person hears that nobody answers, whatever the hours say.
    assert_eq!(
        walked(&line, "2025550135", "2").await,
        "ring greeting language language-chosen today announced rang-back main person person-now closed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_for_a_closed_queue_hears_that_it_is_closed() {
    let line = Line::closed("");
    line.always_open();
    closes(line.dir(), Some("operators"), Text::default()).await;
    let line = line.serve();
    let states = walked(&line, "2025550137", "1").await;
    assert!(states.ends_with("main person person-now closed"), "{states}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_whose_process_dies_is_told_by_the_next() {
    let line = Line::open("");
    let dir = line.dir().to_owned();
    let at = line.at;
    tokio::task::spawn_blocking(move || {
        let mut caller = Caller::dial(at, "2025550136");
        // Long enough that it is written down while it goes on.
        caller.wait(Duration::from_secs(13));
        caller
    })
    .await
    .unwrap();
    // Killed: nothing is tidied up.
    let again = line.dies();
    let call = kept(&dir, "2025550136", 1).await.remove(0);
    assert_eq!((call.end, call.node), (Some(CallEnd::Fault), None));
    assert!(call.faults.contains(&CallFault::NodeLost));
    drop(again);
}

/// Everything that needs no person, in one call: an office by its ZIP code, a receipt number in two halves, said again and
/// slower, and a person in the end.
#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_takes_their_time_gets_everything_the_line_knows() {
    let line = Line::open("");
    let dir = line.dir().to_owned();
    let at = line.at;
    tokio::task::spawn_blocking(move || {
        let mut caller = Caller::dial(at, "2025550137");
        press(&mut caller, &["1", "2", "94111"]);
        caller.hears();
        // Said again; then back to the menu, and slower.
        press(&mut caller, &["*"]);
        caller.hears();
        press(&mut caller, &["2", "9"]);
        caller.hears();
        // The letters are chosen, and half of the digits keyed; the line waits, says what it has, and takes the rest.
        press(&mut caller, &["1", "1", "09123"]);
        // Five seconds of silence between two digits, and what it has so far.
        caller.wait(Duration::from_secs(6));
        caller.hears();
        press(&mut caller, &["45678"]);
        caller.hears();
        press(&mut caller, &["1"]);
        caller.hears();
        press(&mut caller, &["0"]);
        caller.wait(MOMENT);
        caller.hang_up("2025550137");
    })
    .await
    .unwrap();
    let call = kept(&dir, "2025550137", 1).await.remove(0);
    let walked = call.states.join(" ");
    for way in [
        "office-zip office-lookup office-told main",
        "case prefix-1 prefix-chosen case-digits case-number case-read-back case-lookup case-told",
        "person person-now",
    ] {
        assert!(walked.contains(way), "{way}: {walked}");
    }
    let looked = |what: &str| call.looked_up.contains(&LookedUp { what: what.to_owned(), found: true });
    assert!(looked("office") && looked("case"), "{:?}", call.looked_up);
    let json = serde_json::to_string(&call).unwrap();
    assert!(!json.contains("0912345678") && !json.contains("94111"), "what was keyed is not kept: {json}");
}
