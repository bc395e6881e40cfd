//! Whatever people do at the desk, a program can do too.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::{collections::BTreeMap, fs, path::Path};

/// Acts that no program has, each with its reason. What is here and can be done all the same is a fault as well.
const NOT_FOR_PROGRAMS: &[(&str, &str)] = &[
    ("accept_wait", "an operator does this at the telephone, which is in their browser"),
    ("add_proof", "a member of staff sets it up in the browser that they sign in with"),
    (
        "agree_erasure",
        "somebody else than who asked does this with a fresh proof of who is at the keyboard, on the page that says why",
    ),
    ("answer_notice", "the exchange does this while it holds the call in which a key is pressed"),
    ("offer_place", "the clock does this: a job asks one person after the other"),
    (
        "announce_line",
        "a supervisor answers for what every caller hears, on the page that says how it sounds",
    ),
    ("ask_erasure", "a records officer takes it on, who has made sure that it is the person who asks"),
    ("break_promise", "the clock does this: a job looks whether the call was made"),
    ("calendar_file", "the person's own page gives it to the person; a program reads the appointment itself"),
    ("call_back_ended", "the exchange does this while it holds the call"),
    ("carry_out_closing", "the clock does this: a job goes from one person to the next"),
    ("call_notice", "the outbox does this: no notice bypasses it"),
    ("call_next", "a clerk takes whoever is next; a program calls the ticket that it chose by `call_ticket`"),
    (
        "close_day",
        "a manager does this with a fresh proof of who is at the keyboard; a program plans with `plan_closing`",
    ),
    (
        "approve_handover",
        "the second supervisor does this with a fresh proof of who is at the keyboard, on the page that shows what becomes of each call",
    ),
    (
        "approve_revision",
        "the second person does this with a fresh proof of who is at the keyboard, on the page that shows what is different",
    ),
    (
        "decide_walk_in",
        "whoever answers for the office decides with the person before them, by their own name and reason",
    ),
    ("decline_wait", "an operator does this at the telephone, which is in their browser"),
    ("dispose_wait", "an operator does this at the telephone, which is in their browser"),
    ("end_talk", "the exchange does this while it holds the call"),
    (
        "end_session",
        "its user ends it on the page that shows it, or an administrator; a program ends its tokens by `revoke_token`",
    ),
    ("erase_due", "the clock does this: once a day what is due by the agency's schedule is erased"),
    ("escalate", "an operator does this at the telephone; a program promises with `promise_callback`"),
    ("expire_grants", "the clock does this: a telephone that nobody answers stops ringing"),
    ("export_person", "a records officer gives it to the person who asks, by a fresh proof of their own"),
    ("extend_wrap_up", "an operator does this at the telephone, which is in their browser"),
    (
        "find_person",
        "an auditor or whoever speaks with the person does this, who answers for whom they look for",
    ),
    ("give_callback", "a supervisor does this, who sees on the inquiry's page whose time is free"),
    ("grant_waits", "the exchange does this whenever somebody waits and an operator is ready"),
    (
        "hear_recording",
        "somebody hears it on the page that says whose call it is; sound is no answer for a program",
    ),
    ("hold_records", "a records officer does this, on the page of the record that it is about"),
    ("hold_line", "a process says this of itself"),
    ("join_wait", "the exchange does this while it holds the call"),
    ("keep_calls", "the exchange does this: it alone knows what became of a call"),
    ("keep_place", "the exchange does this while it holds the call"),
    ("leave_wait", "the exchange does this while it holds the call"),
    ("listen_in", "a supervisor does this at the telephone, which is in their browser"),
    ("lose_operator", "the exchange does this when a browser is gone"),
    (
        "meet_provider",
        "the agency's own provider says who has an account, in the browser of whoever signs in there",
    ),
    ("note_recording", "the exchange does this while it holds the call"),
    ("post_letters", "the print room says so of the batch that it has just folded"),
    ("print_letters", "letters are printed where they are folded, on the page that shows them"),
    (
        "prove_anew",
        "a member of staff proves anew in their browser; a program proves itself by its token at every request",
    ),
    ("remove_proof", "a member of staff takes it away in the browser that they sign in with"),
    ("renew_recovery", "recovery codes are for people, and are shown once to the one who has them"),
    (
        "reset_proofs",
        "an administrator does this for somebody who stands before them, by a fresh proof of their own",
    ),
    ("prove_person", "a person proves who they are on a page; a program proves itself by its token"),
    ("read_calendar", "a calendar program reads it at its own address, by the token in that"),
    ("remind", "the clock does this: a job looks whether the promise still stands"),
    ("rewind_hook", "an administrator does this where it is shown how far each program was told"),
    ("save_draft", "a half-filled form belongs to the browser that fills it"),
    ("keep_draft", "the code is read by whoever fills the form, and typed into another browser"),
    (
        "schedule_own",
        "only the person may, on their page, where the office still lets people choose their own time, by a link that was sent",
    ),
    ("search_journal", "a program reads the whole journal from any entry on, and looks for itself"),
    ("notice_called", "the exchange does this when the call has ended"),
    ("send_notice", "the outbox does this: no notice bypasses it"),
    ("protect", "a member of staff does this on the inquiry's page, which says what follows from it"),
    ("make_account", "an administrator does this with a fresh proof, and sees the first password once"),
    (
        "lend_token",
        "an administrator does this with a fresh proof, and sees the token once; a program's token makes others for its own member by `create_token`",
    ),
    ("change_account", "an administrator does this with a fresh proof of who is at the keyboard"),
    ("close_account", "an administrator does this with a fresh proof of who is at the keyboard"),
    ("give_password", "an administrator does this with a fresh proof, and hands the password over"),
    ("choose_password", "somebody chooses it in the browser that they sign in with; a program has a token"),
    ("give_right", "an administrator does this with a fresh proof of who is at the keyboard"),
    (
        "set_conflict",
        "a member of staff says it of themselves, or whoever supervises them does, on the inquiry's page",
    ),
    ("lift_conflict", "whoever supervises answers for it, on the inquiry's page"),
    ("set_operator_state", "an operator does this at the telephone, which is in their browser"),
    ("stop_listening", "the exchange does this when one of them is out of the call"),
    ("take_over_call", "the clock does this: a job looks whether the officer is there"),
    ("take_over_line", "the exchange does this when another process is gone"),
    (
        "take_down",
        "an operator does this while somebody speaks; a program takes a request by `request_meeting`",
    ),
    ("tell_wait", "the exchange does this while it holds the call"),
    ("consult_colleague", "an operator does this at the telephone, which is in their browser"),
    ("end_outside", "the exchange does this when a line outside has answered, or has not"),
    ("end_consultation", "the exchange does this when the two hang up"),
    ("transfer_wait", "an operator does this at the telephone, which is in their browser"),
    ("who_calls", "an operator does this at the telephone, which is in their browser"),
    ("withdraw_announcement", "a supervisor does this where it was said"),
];

/// Acts whose only callers are browsers.
const FOR_BROWSERS: [(&str, &str); 1] =
    [("sign_in", "a browser begins a session; a program has a token, which `create_token` makes")];

/// What several acts have in common, and is none itself.
const SHARED: [&str; 2] = ["mod", "import_table"];

fn sources(dir: &Path, into: &mut String) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// The acts by file, with the names under which the desk does them.
fn acts() -> BTreeMap<String, Vec<String>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../desk/src/acts");
    let mut acts = BTreeMap::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if SHARED.contains(&file.as_str()) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let names = text
            .lines()
            .filter_map(|line| {
                line.trim().strip_prefix("pub async fn ").or(line.trim().strip_prefix("pub fn "))
            })
            .map(|rest| rest.split(['(', '<']).next().unwrap().to_owned());
        acts.insert(file, names.collect());
    }
    acts
}

#[test]
fn every_act_has_an_address_or_a_reason_why_not() {
    let mut routes = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut routes);
    let excused: BTreeMap<&str, &str> = NOT_FOR_PROGRAMS.iter().copied().chain(FOR_BROWSERS).collect();
    let acts = acts();
    assert!(acts.len() > 30, "the acts are read");
    let mut wrong = Vec::new();
    for (file, names) in &acts {
        let done = |name: &&String| {
            // A call may begin on a line of its own.
            routes.contains(&format!("desk.{name}(")) || routes.contains(&format!(".{name}(&act.caller"))
        };
        match (names.iter().find(done), excused.get(file.as_str())) {
            (None, None) => wrong.push(format!("{file}: no address under /api/v1 does this")),
            // What a browser's session has in common with a token is asked of both.
            (Some(_), Some(_)) if FOR_BROWSERS.iter().any(|(browser, _)| browser == file) => {}
            (Some(name), Some(_)) => {
                wrong.push(format!("{file}: {name} can be done, and is excused all the same"));
            }
            _ => {}
        }
    }
    wrong.extend(
        excused.keys().filter(|file| !acts.contains_key(**file)).map(|file| format!("{file}: no such act")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
