//! What goes wrong on a call, what the caller notices of it, and what its record tells.

use crate::{
    books::{kept, wait},
    peer::Peer,
    telephone::{Closed, Line},
};
use std::time::Duration;

fn faults(line: &Line, calls: usize) -> (String, String) {
    let ended = line.ended(calls).remove(calls - 1);
    let text = |name: &str| ended[name].as_str().unwrap().to_owned();
    (text("ending"), text("faults"))
}

/// Has the voice be a script.
fn spoken_by(closed: &Closed, script: &str) {
    closed.file("voice.sh", script);
    let beep = closed.dir().join("beep.wav").display().to_string();
    closed.edit(&format!("cat {beep}"), &format!("sh {} {beep}", closed.dir().join("voice.sh").display()));
}

/// A telephone whose battery is empty says nothing any more, not even goodbye; its call is given up after half a minute.
#[test]
fn a_caller_who_is_not_heard_at_all_is_hung_up_on() {
    let line = Line::beeping("").serve();
    let mut peer = Peer::udp(line.at);
    peer.answered(&[]);
    let bye = loop {
        if let Some(heard) = peer.within(Duration::from_mins(1)) {
            break heard;
        }
    };
    assert_eq!(bye.method(), "BYE", "{}", bye.text);
    peer.answer(&bye, 200, "", &[], "");
    assert_eq!(faults(&line, 1), ("silent".to_owned(), "no-sound".to_owned()));
}

/// The words come late; the record says why the caller heard nothing for a while.
#[test]
fn a_slow_voice_is_told_and_the_call_goes_on() {
    let closed = Line::beeping("");
    spoken_by(&closed, "sleep 3; exec cat $1\n");
    let line = closed.serve();
    let mut peer = Peer::udp(line.at);
    peer.answered(&[]);
    peer.is_spoken_to();
    peer.hangs_up();
    let (ending, faults) = faults(&line, 1);
    assert_eq!(ending, "hung-up");
    assert!(faults.contains("voice-slow"), "{faults}");
}

/// Another program holds the store's file while the caller asks for a person: they wait all the same, and the record says why nothing was
/// heard for a moment.
#[test]
fn a_slow_store_is_told_and_the_caller_waits_all_the_same() {
    let closed = Line::beeping("");
    closed.always_open();
    let line = closed.serve();
    let mut peer = Peer::udp(line.at);
    peer.answered(&[]);
    peer.is_spoken_to();
    let held = rusqlite::Connection::open(line.dir().join("data/anteroom.db")).unwrap();
    held.busy_timeout(Duration::from_secs(5)).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    let kind = ["Content-Type: application/dtmf-relay"];
    // A person, and if the line offers to call back, they wait.
    for key in ['0', '1'] {
        peer.asked("INFO", &kind, &format!("Signal={key}\r\nDuration=160\r\n"), 200);
        std::thread::sleep(Duration::from_secs(1));
    }
    std::thread::sleep(Duration::from_millis(2_500));
    held.execute_batch("ROLLBACK").unwrap();
    // Until the place is written.
    std::thread::sleep(Duration::from_secs(2));
    peer.hangs_up();
    let (_, faults) = faults(&line, 1);
    assert!(faults.contains("store-slow"), "{faults}");
    let [call] = wait(kept(line.dir(), "2025550134", 1)).try_into().unwrap();
    assert!(call.wait.is_some(), "{call:?}");
}
