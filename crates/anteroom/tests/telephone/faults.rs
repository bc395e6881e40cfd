//! What goes wrong on a call, what the caller notices of it, and what its record tells.

use crate::{
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
