//! Callers who listen and press keys.

use crate::{caller::Caller, telephone::Line};
use std::time::Duration;

const NUMBER: &str = "2025550134";
/// Until the line has taken in what was pressed, and begins to speak.
const MOMENT: Duration = Duration::from_millis(1_200);

#[test]
fn a_caller_hears_how_to_ask_online_and_the_line_says_goodbye() {
    let line = Line::open("");
    let mut caller = Caller::dial(line.at, NUMBER);
    caller.listen();
    // Nobody has to wait for the end of a sentence.
    caller.press("1");
    caller.wait(MOMENT);
    caller.press("4");
    caller.wait(MOMENT);
    caller.press("2");
    let heard = caller.until_hung_up();
    assert!(heard.as_secs() > 10, "heard {heard:?}");
    let ended = line.ended(1);
    assert_eq!(ended[0]["ending"], "finished");
    let states = ended[0]["states"].as_str().unwrap();
    assert!(states.starts_with("ring greeting language language-chosen rang-back main online"), "{states}");
    assert!(!line.running.log().contains("2025550134"), "nobody is named");
}

#[test]
fn a_caller_who_hangs_up_is_gone() {
    let line = Line::open("");
    let mut caller = Caller::dial(line.at, NUMBER);
    caller.wait(MOMENT);
    caller.hang_up(NUMBER);
    assert_eq!(line.ended(1)[0]["ending"], "hung-up");
}

#[test]
fn a_caller_learns_the_status_of_a_case_and_hangs_up_satisfied() {
    let line = Line::open("");
    let mut caller = Caller::dial(line.at, NUMBER);
    for keys in ["2", "1", "1", "0912345678"] {
        caller.wait(MOMENT);
        caller.press(keys);
    }
    caller.wait(MOMENT);
    // Read back, and right.
    caller.press("1");
    caller.listen();
    caller.press("3");
    caller.until_hung_up();
    let states = line.ended(1)[0]["states"].as_str().unwrap().to_owned();
    assert!(states.contains("case-read-back case-lookup case-told case-menu goodbye"), "{states}");
    let log = line.running.log();
    assert!(!log.contains("0912345678") && !log.contains("revisión"), "{log}");
}
