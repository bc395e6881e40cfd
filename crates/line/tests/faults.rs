//! What is refused, each with its line: the snapshots hold the exact places and sentences.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::{lines, load};
use std::fmt::Write;

/// A small good flow. The cases below break one thing in it.
const FLOW: &str = r#"format = 1
start = "ring"

[limits]
timeout_seconds = 12
tries = 3

[patience]
more-time = 3
relay = "no-limit"
tty = "no-limit"

[defaults]
no_input = { say = "what", then = "person" }
no_match = { say = "what", then = "person" }
unfinished = { say = "more", then = "person" }
timeout = "trouble"
error = "trouble"
operator = "person"
repeat = "again"
slower = "again"
hang_up = "end"

[facts]
digits = { type = "text", say = "digits", about = "What was keyed." }

[state.ring]
lookup = "line"
on = { done = "main" }

[state.main]
say = ["main", { prompt = "closed", when = "known(open) && !open" }]
[state.main.gather.keys]
1 = "digits"
2 = "goodbye"

[state.digits]
say = "digits"
gather = { digits = 10, into = "digits" }
to = "case"

[state.case]
set = { case_number = { join = ["digits"] } }
lookup = "case"
on = { found = "told", none = "main" }

[state.told]
say = "told"
[[state.told.next]]
when = "case_state == 'decision'"
to = "goodbye"
[[state.told.next]]
to = "main"

[state.trouble]
say = "what"
gather = { keys = { 1 = "main" } }

[state.person]
say = "what"
operator = "again"
enqueue = { queue = "operators" }
on = { reached = "talk", closed = "trouble" }

[state.talk]
connect = true
on = { ended = "goodbye", failed = "person" }

[state.goodbye]
say = "bye"
hangup = true
"#;

const EN: &str = "what = What?
more = I have { $entered }, { $missing } are missing.
main = Main menu.
closed = Closed.
digits = Ten digits.
told = Form { $case_form }, { $case_state ->
    [decision] decided
   *[pending] pending
 }.
bye = Goodbye.
";

const ES: &str = "what = ¿Cómo?
more = Tengo { $entered }, faltan { $missing }.
main = Menú.
closed = Cerrado.
digits = Diez cifras.
told = Formulario { $case_form }.
bye = Adiós.
";

/// What is found when each text is replaced by its other in the flow.
fn broken(cases: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (good, bad) in cases {
        assert!(FLOW.contains(good), "{good}");
        writeln!(out, "# {}", bad.replace('\n', " / ")).unwrap();
        match load(&FLOW.replacen(good, bad, 1), EN, ES) {
            Ok((_, warnings)) => writeln!(out, "LOADED {}", lines(&warnings)).unwrap(),
            Err(faults) => writeln!(out, "{}", lines(&faults)).unwrap(),
        }
    }
    out
}

#[test]
fn the_small_flow_is_good() {
    let (flow, warnings) = load(FLOW, EN, ES).map_err(|faults| lines(&faults)).unwrap();
    assert_eq!(lines(&warnings), "");
    assert_eq!(flow.states().count(), 9);
}

#[test]
fn charts_that_strand_a_caller() {
    insta::assert_snapshot!(broken(&[
        // Nothing leads there.
        (
            "2 = \"goodbye\"",
            "2 = \"digits\"\n[state.lost]\nsay = \"what\"\nto = \"main\"\n[state.x.gather.keys]\n1 = \"main\""
        ),
        ("[state.goodbye]", "[state.lost]\nsay = \"bye\"\nto = \"main\"\n[state.goodbye]"),
        // Nothing leads on.
        (
            "[state.told]\nsay = \"told\"\n[[state.told.next]]\nwhen = \"case_state == 'decision'\"\nto = \"goodbye\"\n[[state.told.next]]\nto = \"main\"",
            "[state.told]\nsay = \"told\""
        ),
        ("to = \"case\"", ""),
        // No person.
        ("operator = \"person\"", "operator = \"goodbye\""),
        ("[state.trouble]\nsay = \"what\"", "[state.trouble]\nsay = \"what\"\noperator = \"again\""),
        // More options than anybody remembers.
        ("2 = \"goodbye\"", "2 = \"goodbye\"\n3 = \"main\"\n4 = \"main\"\n5 = \"main\""),
        ("2 = \"goodbye\"", "9 = \"goodbye\""),
        ("2 = \"goodbye\"", "0 = \"goodbye\""),
        ("2 = \"goodbye\"", "12 = \"goodbye\""),
        // No time to answer.
        ("timeout_seconds = 12", "timeout_seconds = 9"),
        ("[state.digits]", "[state.digits]\ntimeout_seconds = 5"),
        // Silence, wrong keys and failures never end in a hang-up.
        (
            "no_input = { say = \"what\", then = \"person\" }",
            "no_input = { say = \"what\", then = \"goodbye\" }"
        ),
        ("[state.digits]", "[state.digits]\nunfinished = { say = \"more\", then = \"goodbye\" }"),
        ("error = \"trouble\"", "error = \"goodbye\""),
        (
            "say = \"what\"\ngather = { keys = { 1 = \"main\" } }",
            "lookup = \"line\"\non = { done = \"goodbye\" }\nerror = \"main\"\ntimeout = \"main\""
        ),
        // A loop that asks nothing.
        (
            "[state.told]\nsay = \"told\"\n[[state.told.next]]\nwhen = \"case_state == 'decision'\"\nto = \"goodbye\"\n[[state.told.next]]\nto = \"main\"",
            "[state.told]\nto = \"case\""
        ),
        ("[state.case]", "[state.case]\nerror = \"case\""),
        ("failed = \"person\"", "failed = \"talk\""),
    ]));
}

#[test]
fn transitions_are_declared_and_never_come_about() {
    let defaults =
        ["no_input", "no_match", "unfinished", "timeout", "error", "operator", "repeat", "slower", "hang_up"];
    let mut out = String::new();
    for name in defaults {
        let line = FLOW.lines().find(|line| line.starts_with(&format!("{name} ="))).unwrap();
        writeln!(out, "{}", broken(&[(line, "")])).unwrap();
    }
    insta::assert_snapshot!(out);
    insta::assert_snapshot!(
        "outcomes",
        broken(&[
            ("on = { done = \"main\" }", "on = { }"),
            ("found = \"told\", none = \"main\"", "found = \"told\""),
            ("found = \"told\", none = \"main\"", "found = \"told\", none = \"main\", other = \"main\""),
            (
                "on = { done = \"main\" }",
                "on = { done = \"main\" }\nno_input = { say = \"what\", then = \"person\" }"
            ),
            ("[state.main]", "[state.main]\ntimeout = \"person\""),
            ("[state.goodbye]", "[state.goodbye]\nto = \"main\""),
            ("connect = true", "connect = true\nrepeat = \"again\""),
            ("[state.digits]", "[state.digits]\non = { found = \"main\" }"),
            ("repeat = \"again\"", "repeat = \"nowhere\""),
            ("operator = \"person\"", "operator = \"again\""),
            ("hang_up = \"end\"", "hang_up = \"maybe\""),
            ("tty = \"no-limit\"", ""),
            ("tty = \"no-limit\"", "tty = 1"),
            ("tty = \"no-limit\"", "tty = \"soon\""),
        ])
    );
}

#[test]
fn words_that_are_none() {
    insta::assert_snapshot!(broken(&[
        ("format = 1", "format = 2"),
        ("start = \"ring\"", "start = \"rung\""),
        ("start = \"ring\"", ""),
        ("to = \"case\"", "to = \"cse\""),
        ("lookup = \"case\"", "lookup = \"weather\""),
        ("lookup = \"case\"", "act = \"case\""),
        ("lookup = \"case\"", "look = \"case\""),
        ("connect = true", "connect = true\nhangup = true"),
        ("into = \"digits\"", "into = \"digit\""),
        ("into = \"digits\"", "into = \"open\""),
        ("into = \"digits\"", "into = \"zip\""),
        ("digits = 10,", "digits = 40,"),
        ("say = \"digits\", about", "say = \"shouting\", about"),
        ("digits = { type", "open = { type = \"bool\", about = \"x\" }\ndigits = { type"),
        (
            "digits = { type",
            "left = { type = \"int\", min = 0, max = 9, start = 10, about = \"x\" }\ndigits = { type"
        ),
        (
            "digits = { type",
            "left = { type = \"int\", min = 0, max = 9, start = 1, about = \"x\" }\ndigits = { type"
        ),
        ("join = [\"digits\"]", "join = [\"other\"]"),
        ("join = [\"digits\"]", "join = [\"open\"]"),
        ("set = { case_number", "set = { open = true, case_number"),
        ("set = { case_number", "set = { accommodation = \"wings\", case_number"),
        ("set = { case_number", "set = { zip = \"abc\", case_number"),
        ("set = { case_number = { join = [\"digits\"] } }", ""),
        ("known(open) && !open", "!open"),
        ("known(open) && !open", "known(opne)"),
        ("known(open) && !open", "known(lang)"),
        ("case_state == 'decision'", "case_state == 'decided'"),
        ("case_state == 'decision'", "true || case_state == 'decision'"),
        ("[[state.told.next]]\nto = \"main\"", "[[state.told.next]]\nwhen = \"lang == 'en'\"\nto = \"main\""),
        ("when = \"case_state == 'decision'\"", ""),
        ("[state.case]", "[state.case]\nremember = \"zip\""),
        ("say = [\"main\"", "say = [{ prompt = \"main\", lang = \"fr\" }"),
        ("say = \"told\"", "say = \"tolled\""),
        ("tries = 3", "tries = 1"),
        ("[state.ring]", "[state.ring"),
    ]));
}

#[test]
fn prompts_that_cannot_be_said() {
    let mut out = String::new();
    for (good, bad) in [
        ("bye = Adiós.\n", ""),
        ("bye = Adiós.", "bye = Adiós, { $nombre }."),
        ("bye = Adiós.", "bye = Adiós, { $case_form }."),
        ("what = ¿Cómo?", "what = ¿Cómo? { $entered }"),
        ("bye = Adiós.", "bye = { other-message }"),
        ("bye = Adiós.", "bye = Adiós.\nbye = Adiós."),
        ("bye = Adiós.", "bye = { \"\" }"),
        ("bye = Adiós.", "bye =\n    .again = Adiós."),
        ("bye = Adiós.", "bye = Adiós.\nhola = Hola."),
        ("main = Menú.", "main = { $x"),
    ] {
        assert!(ES.contains(good), "{good}");
        writeln!(out, "# {}", bad.replace('\n', " / ")).unwrap();
        match load(FLOW, EN, &ES.replacen(good, bad, 1)) {
            Ok((_, warnings)) => writeln!(out, "LOADED {}", lines(&warnings)).unwrap(),
            Err(faults) => writeln!(out, "{}", lines(&faults)).unwrap(),
        }
    }
    insta::assert_snapshot!(out);
}
