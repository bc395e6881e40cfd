//! Every kind of fault, at its file and line. Each test breaks a copy of a good pack in one place or a few.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use pack::{Files, Pack};
use proptest::prelude::*;
use std::path::Path;

fn files(name: &str) -> Files {
    Files::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name)).unwrap()
}

fn text(files: &Files, path: &str) -> String {
    String::from_utf8(files.bytes(path).unwrap().to_vec()).unwrap()
}

/// A copy of the small pack, with texts of its files replaced: (file, what, by what).
fn broken(changes: &[(&str, &str, &str)]) -> Files {
    let mut files = files("permit-office");
    for (path, what, by) in changes {
        let before = text(&files, path);
        assert!(before.contains(what), "{path} does not have {what:?}");
        files.insert(*path, before.replacen(what, by, 1));
    }
    files
}

/// Everything that loading finds, one a line.
fn found(files: &Files) -> String {
    let lines: Vec<String> = match Pack::load(files) {
        Ok((_, warnings)) => warnings.iter().map(|warning| format!("warning: {warning}")).collect(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    };
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("\n") }
}

fn faults(changes: &[(&str, &str, &str)]) -> String {
    found(&broken(changes))
}

#[test]
fn the_pack_that_is_broken_here_is_good() {
    assert_eq!(found(&broken(&[])), "nothing");
}

/// A script is for operators: short enough to be said, in each language, and for all reasons or none.
#[test]
fn scripts_of_reasons() {
    let with = |script: &str| {
        faults(&[("reasons.toml", "code = \"new-permit\"", &format!("code = \"new-permit\"\n{script}"))])
    };
    let long = "a".repeat(1_501);
    for (script, says) in [
        ("script.en = \"Hello.\"\nscript.es = \"Hola.\"", "reason `stop-order` has no `script`"),
        ("script.en = \"Hello.\"", "`es`"),
        ("script.en = \" \"\nscript.es = \"Hola.\"", "the script is empty in `en`"),
        (
            &format!("script.en = \"Hello.\"\nscript.es = \"{long}\""),
            "the script has 1501 characters in `es`",
        ),
    ] {
        let found = with(script);
        assert!(found.contains(says), "{found}");
    }
    let (_, warnings) = Pack::load(&files("uscis")).unwrap();
    assert!(warnings.iter().all(|warning| !warning.to_string().contains("script")), "{warnings:?}");
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!(found(&Files::default()));
}

#[test]
fn not_toml_and_not_utf8() {
    let mut files = broken(&[("line.toml", "[callbacks]", "[callbacks")]);
    files.insert("reasons.toml", b"# fine\nname = \"\xff\"".to_vec());
    insta::assert_snapshot!(found(&files));
}

#[test]
fn the_agency() {
    insta::assert_snapshot!(faults(&[
        ("pack.toml", "format = 1", "format = 2"),
        ("pack.toml", "code = \"lakeview-permits\"", "code = \"lake view\""),
        ("pack.toml", "+13125550110", "555"),
        ("pack.toml", "primary = \"#2e6276\"", "primary = \"blue\"\nlogo = \"logo.gif\""),
        ("pack.toml", "example = \"BP000000\"", "example = \"BP00\""),
        ("pack.toml", "[text.emergency]", "[text.emergancy]"),
        ("pack.toml", "code =", "colour = \"red\"\ncode ="),
    ]));
}

#[test]
fn languages() {
    insta::assert_snapshot!(faults(&[
        ("pack.toml", "es = \"Oficina de Permisos\"\n", ""),
        ("reasons.toml", "name.es = \"Revisión de planos\"", "name.es = \"  \""),
        ("reasons.toml", "help.es = \"Cuente la planta baja.\"", "help.fr = \"Comptez le rez-de-chaussée.\""),
        ("holidays.toml", ", es = \"Navidad\"", ""),
        ("offices.toml", "en = \"We close at noon on December 24.\", ", ""),
        ("policy/need.toml", "en = \"This is best done at the counter.\", ", ""),
    ]));
    insta::assert_snapshot!(faults(&[(
        "pack.toml",
        "languages = [\"en\", \"es\"]",
        "languages = [\"en\", \"en\", \"es\"]"
    )]));
    insta::assert_snapshot!(faults(&[(
        "pack.toml",
        "languages = [\"en\", \"es\"]",
        "languages = [\"English\"]"
    )]));
}

#[test]
fn offices() {
    insta::assert_snapshot!(faults(&[
        (
            "offices.csv",
            "NORTH,North Annex,900 Harbor Avenue,Lakeview,IL,60640,America/Chicago,annex,no,,7,,",
            "\
NORTH,North Annex,900 Harbor Avenue,Lakeview,IL,60640,America/Lakeview,annexe,maybe,soon,7,,
HALL,City Hall,1 Lake Street,Lakeview,IL,60601,America/Chicago,hall,yes,,1,,
SO UTH,,2 Lake Street,Lakeview,IL,601,America/Chicago,hall,no,,1,,
short,row"
        ),
        ("offices.toml", "offices = [\"*\"]", "offices = [\"EAST\"]"),
    ]));
    insta::assert_snapshot!(faults(&[("offices.csv", "zone,plan", "timezone,plan")]));
    insta::assert_snapshot!(faults(&[
        ("offices.csv", "HALL,City Hall", "# HALL,City Hall"),
        ("offices.csv", "NORTH", "# NORTH")
    ]));
}

#[test]
fn the_way_to_an_office() {
    let (pack, _) = Pack::load(&broken(&[])).unwrap();
    let hall = pack.office(&"HALL".parse().unwrap()).unwrap();
    assert!(hall.directions.in_lang(&domain::text::Lang::es()).starts_with("El autobús 4"));
    assert!(!hall.more.keys().any(|column| column.starts_with("directions")));
    let long = "x".repeat(501);
    insta::assert_snapshot!(faults(&[
        ("offices.csv", "directions.es", "directions.Spanish"),
        ("offices.csv", "annex,no,,7,,", &format!("annex,no,,7,{long},")),
        ("pack.toml", "[text.emergency]", "[map]\nlink = \"http://{address}.example\"\n\n[text.emergency]"),
    ]));
    let (pack, _) =
        Pack::load(&broken(&[("offices.csv", "annex,no,,7,,", "annex,no,,7,Ring twice.,")])).unwrap();
    let found = pack.check("2026-11-23".parse().unwrap()).unwrap_err();
    assert_eq!(found.len(), 1, "{found:?}");
    insta::assert_snapshot!(found[0]);
}

#[test]
fn plans() {
    insta::assert_snapshot!(faults(&[
        (
            "offices.toml",
            "capacity = { officer = 1, self-scheduled = 1, walk-in-reserve = 1 }",
            "capacity = { officers = 1 }"
        ),
        (
            "offices.toml",
            "hours = { monday = [\"10:00-13:00\"], friday = [\"10:00-13:00\"] }",
            "hours = { monday = [\"13:00-10:00\"] }"
        ),
    ]));
    insta::assert_snapshot!(faults(&[(
        "offices.toml",
        "service = \"plan-review\"\nslot_minutes = 30",
        "service = \"counter\"\nslot_minutes = 30"
    ),]));
    insta::assert_snapshot!(faults(&[("offices.toml", "slot_minutes = 20", "slot_minutes = 2")]));
    insta::assert_snapshot!(faults(&[(
        "offices.toml",
        "service = \"plan-review\"",
        "service = \"planreview\""
    )]));
    insta::assert_snapshot!(faults(&[(
        "offices.toml",
        "capacity = { officer = 1, self-scheduled = 1,",
        "capacity = { officer = 1,"
    )]));
}

#[test]
fn plans_that_contradict_themselves() {
    insta::assert_snapshot!(faults(&[
        ("offices.toml", "slot_minutes = 20", "until = \"2023-01-01\"\nslot_minutes = 600"),
        (
            "offices.toml",
            "week = { monday = [\"10:00-14:00\"], friday = [\"10:00-14:00\"] }",
            "week = {}\n\n[[plan.annex.hours]]\nfrom = \"2024-01-01\"\nweek = {}"
        ),
        ("offices.toml", "from = \"2026-12-24\"", "from = \"2026-12-24\"\nuntil = \"2026-12-23\""),
    ]));
    insta::assert_snapshot!(faults(&[("offices.toml", "walk_ins_a_day = 6", "")]));
}

#[test]
fn zips() {
    insta::assert_snapshot!(faults(&[
        ("zips.csv", "606,HALL,approximate", "606,HALL,guess"),
        (
            "zips.csv",
            "60660,NORTH,official",
            "60660,SOUTH,official\n60601,NORTH,official\n8601,HALL,official"
        ),
    ]));
    let mut files = broken(&[]);
    files.insert("zips-official.csv", "ZipCode,FieldOfficeDesignation\n60601,XYZ\nABC,HALL\n");
    insta::assert_snapshot!(found(&files));
    files.remove("zips-official.csv");
    files.remove("zips.csv");
    insta::assert_snapshot!(found(&files));
}

#[test]
fn reasons() {
    insta::assert_snapshot!(faults(&[
        ("reasons.toml", "code = \"plan-review\"", "code = \"counter\""),
        (
            "reasons.toml",
            "code = \"stop_work\"\nkind = \"bool\"\nwhen_unknown = false",
            "code = \"stop_work\"\nkind = \"bool\"\nwhen_unknown = 7"
        ),
        ("reasons.toml", "kind = \"date\"\n", "kind = \"date\"\nwhen_unknown = 999\n"),
        (
            "reasons.toml",
            "ask = [\"storeys\", \"work_starts\"]",
            "ask = [\"storeys\", \"stories\", \"storeys\"]"
        ),
        (
            "reasons.toml",
            "bring = [{ item = \"permit-card\" }]",
            "bring = [{ item = \"permit-card\" }, { item = \"permit-card\" }, { item = \"permit\" }, {}]"
        ),
        ("reasons.toml", "minutes = 60", "minutes = 600"),
        ("reasons.toml", "route = \"phone-first\"", "route = \"walk\""),
    ]));
    insta::assert_snapshot!(faults(&[(
        "reasons.toml",
        "first.en = \"Call us with your permit number.\"\nfirst.es = \"Llámenos con su número de permiso.\"\n",
        ""
    )]));
    insta::assert_snapshot!(faults(&[
        ("reasons.toml", "code = \"storeys\"", "code = \"waited_days\""),
        ("reasons.toml", "ask = [\"storeys\", ", "ask = [\"waited_days\", ")
    ]));
    insta::assert_snapshot!(faults(&[
        ("reasons.toml", "ask = [\"stop_work\"]", "ask = []"),
        ("reasons.toml", "{ any_of = [\"drawings\", \"site-sketch\"] }", "{ item = \"drawings\" }")
    ]));
}

#[test]
fn the_line() {
    insta::assert_snapshot!(faults(&[
        ("line.toml", "window_minutes = 120", "window_minutes = 180"),
        ("line.toml", "zone = \"America/Chicago\"", "zone = \"CST\""),
        ("line.toml", "urgent_within_hours = 8", "urgent_within_hours = 0"),
        ("line.toml", "horizon_days = 30", "horizon_days = 2"),
        ("line.toml", "urgent_within_business_days = 1", "urgent_within_business_days = 9"),
        ("holidays.toml", "month = 7, day = 4", "month = 2, day = 30"),
        ("holidays.toml", "weekday = \"thursday\"", "weekday = \"thorsday\""),
    ]));
}

#[test]
fn the_call_flow_its_prompts_and_its_calls() {
    insta::assert_snapshot!(faults(&[
        ("callflow.toml", "operator = \"person\"", "operator = \"people\""),
        ("prompts/es.ftl", "goodbye = Adiós.", "goodbye = Adiós, { $nombre }."),
        ("calls/calls.toml", "[[call]]", "[[cal]]"),
    ]));
    let mut files = broken(&[]);
    files.insert("prompts/fr.ftl", "goodbye = Au revoir.");
    insta::assert_snapshot!("prompts_in_another_language", found(&files));
    files.remove("callflow.toml");
    insta::assert_snapshot!("prompts_without_a_call_flow", found(&files));
    files.insert("callflow.toml", b"\xff".as_slice());
    insta::assert_snapshot!("a_call_flow_that_is_not_text", found(&files));
}

#[test]
fn a_call_that_goes_otherwise_is_told_with_its_line() {
    let words = locale::Words::load(&locale::Overrides::none()).unwrap();
    let play = |files: &Files| {
        let (pack, _) = Pack::load(files).unwrap();
        pack.callflow().unwrap().play(&words)
    };
    let (played, warnings) = play(&broken(&[])).unwrap();
    assert!(played > 3 && warnings.is_empty(), "{warnings:?}");
    let faults =
        play(&broken(&[("calls/calls.toml", "says = [\"We do not serve\"]", "says = [\"We serve\"]")]));
    insta::assert_snapshot!(
        faults.unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
    let mut files = broken(&[]);
    files.remove("calls/calls.toml");
    let (played, warnings) = play(&files).unwrap();
    let (pack, _) = Pack::load(&files).unwrap();
    assert_eq!((played, warnings.len()), (0, pack.callflow().unwrap().flow.states().count()));
}

#[test]
fn policies_that_ask_for_what_nobody_supplies() {
    // Each file here is good by itself: only beside the rest of the pack is it wrong.
    insta::assert_snapshot!(faults(&[
        ("policy/need.toml", "\"stop-order\", \"permit-question\"]", "\"permit-question\", \"old-permit\"]"),
        ("policy/need.toml", "max = 60, optional = true", "max = 50, optional = true"),
        (
            "policy/fit.toml",
            "serving_place_in_days = { type = \"int\", min = 0, max = 9999, optional = true, about = \"Business days until",
            "serving_place_in_days = { type = \"int\", min = 0, max = 9999, about = \"Business days until",
        ),
        ("policy/fit.toml", "!known(serving_place_in_days) || ", ""),
        ("policy/fit.toml", "given = {}", "given = { serving_place_in_days = 30 }"),
    ]));
    let urgency = |name: &str| {
        let mut files = broken(&[]);
        let table = text(&files, "policy/urgency.toml").replace("days_until_work_starts", name);
        files.insert("policy/urgency.toml", table);
        found(&files)
    };
    insta::assert_snapshot!(urgency("work_starts"));
    insta::assert_snapshot!(urgency("moon_phase"));
    insta::assert_snapshot!(urgency("stop_order_age"));
    let mut files = broken(&[]);
    let table = text(&files, "policy/urgency.toml")
        .replace("stop_work = { type = \"bool\"", "stop_work = { type = \"text\"");
    let table = table
        .replace("when = 'stop_work'", "when = 'stop_work == \"yes\"'")
        .replace("stop_work = true", "stop_work = \"yes\"");
    files.insert("policy/urgency.toml", table.replace("stop_work = false", "stop_work = \"no\""));
    insta::assert_snapshot!(found(&files));
}

#[test]
fn policies_that_say_what_nobody_reads() {
    insta::assert_snapshot!(faults(&[(
        "policy/need.toml",
        "one-of = [\"visit\", \"phone\"",
        "one-of = [\"visit\", \"later\", \"phone\""
    )]));
    let mut files = broken(&[]);
    let table = text(&files, "policy/fit.toml").replace("serving_office", "this_office");
    files.insert("policy/fit.toml", table);
    insta::assert_snapshot!(found(&files));
    insta::assert_snapshot!(faults(&[(
        "policy/fit.toml",
        "serving_office = { type = \"bool\" }",
        "serving_office = { type = \"bool\", optional = true }"
    )]));
}

#[test]
fn policies_that_do_not_do_what_they_mean() {
    insta::assert_snapshot!(faults(&[
        ("policy/fit.toml", "expect = \"here\"", "expect = \"too-long\""),
        (
            "policy/need.toml",
            "when = 'reason != \"permit-question\"'",
            "when = 'reason != \"permit-questoin\"'"
        ),
        ("policy/urgency.toml", "id = \"regular\"\n", "id = \"regular\"\nwhen = '!stop_work'\n"),
    ]));
    let mut files = broken(&[]);
    let urgency = text(&files, "policy/urgency.toml");
    files.insert("policy/urgency-2.toml", urgency.replace("version = \"1\"", "version = \"2\""));
    files.remove("policy/fit.toml");
    files.insert("policy/notes.txt", "");
    insta::assert_snapshot!(found(&files));
}

#[test]
fn what_is_there_and_used_by_nothing() {
    let mut files = broken(&[
        ("reasons.toml", "{ any_of = [\"drawings\", \"site-sketch\"] }", "{ item = \"drawings\" }"),
        (
            "offices.toml",
            "[plan.annex]",
            "[plan.old]\nhours = [{ from = \"2024-01-01\", week = {} }]\nschedules = [{ from = \"2024-01-01\", service = \"counter\", slot_minutes = 10, hours = {}, capacity = {} }]\n\n[plan.annex]",
        ),
        ("zips.csv", "60640,NORTH,official\n60660,NORTH,official\n", ""),
    ]);
    files.insert("reason.toml", "");
    insta::assert_snapshot!(found(&files));
}

#[test]
fn a_pack_that_does_not_work_on_a_day() {
    let check = |changes: &[(&str, &str, &str)], on: &str| {
        let (pack, _) = Pack::load(&broken(changes)).unwrap();
        match pack.check(on.parse().unwrap()) {
            Ok(warnings) => warnings.iter().map(|w| format!("warning: {w}")).collect::<Vec<_>>().join("\n"),
            Err(faults) => faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        }
    };
    insta::assert_snapshot!(check(&[], "2025-12-31"));
    // A visit of an hour in a schedule whose spans are shorter; a plan that has ended; a line that never opens.
    insta::assert_snapshot!(check(
        &[
            (
                "offices.toml",
                "hours = { tuesday = [\"09:00-12:00\"], thursday = [\"13:00-16:00\"] }",
                "hours = { tuesday = [\"09:00-09:30\"] }"
            ),
            (
                "offices.toml",
                "from = \"2024-01-01\"\nservice = \"counter\"\nslot_minutes = 20\nhours = { monday",
                "from = \"2024-01-01\"\nuntil = \"2026-06-30\"\nservice = \"counter\"\nslot_minutes = 20\nhours = { monday"
            ),
            ("line.toml", "week = { weekdays = [\"08:30-16:30\"] }", "week = {}"),
        ],
        "2026-11-23"
    ));
    insta::assert_snapshot!(check(
        &[(
            "holidays.toml",
            "rule = { kind = \"fixed\", month = 7",
            "until_year = 2020\nrule = { kind = \"fixed\", month = 7"
        )],
        "2027-07-01"
    ));
}

#[test]
fn too_large_and_too_many() {
    let mut files = broken(&[]);
    files.insert("zips-official.csv", vec![b'#'; pack::MAX_FILE_BYTES + 1]);
    for n in 0..pack::MAX_FILES {
        files.insert(format!("README-{n}"), "");
    }
    insta::assert_snapshot!(found(&files));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A line lost, doubled or cut short is harmless or found, and what is found has a place in a file of the pack.
    #[test]
    fn a_spoilt_line_is_harmless_or_found(file in 0_usize..20, line in 0_usize..400, how in 0_u8..3) {
        let mut files = broken(&[]);
        let paths: Vec<String> = files.paths().filter(|p| !p.starts_with("README")).map(str::to_owned).collect();
        let path = &paths[file % paths.len()];
        let before = text(&files, path);
        let mut lines: Vec<&str> = before.lines().collect();
        let at = line % lines.len();
        match how {
            0 => _ = lines.remove(at),
            1 => lines.insert(at, lines[at]),
            _ => lines[at] = lines[at].get(..lines[at].len() / 2).unwrap_or_default(),
        }
        files.insert(path.as_str(), lines.join("\n"));
        match Pack::load(&files) {
            Ok((pack, _)) => _ = pack.check("2026-11-23".parse().unwrap()),
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    let named = paths.contains(&fault.at.file) || fault.at.file == "policy/";
                    prop_assert!(named, "{fault}");
                    let length = files.bytes(&fault.at.file).map_or(0, |b| b.split(|c| *c == b'\n').count());
                    prop_assert!(fault.at.line.is_none_or(|line| (1..=length + 1).contains(&line)), "{fault}");
                    prop_assert!(!fault.says.contains('\n') && !fault.says.is_empty(), "{fault}");
                }
            }
        }
    }
}

/// The rules of the wait may be left out; what is written is judged, its words in every language and its reasons too.
#[test]
fn the_wait() {
    let told = |rules: &str| {
        let section = format!("[wait]\n{rules}\n\n[review]");
        faults(&[("line.toml", "[review]", &section)])
    };
    for (rules, says) in [
        ("offer_seconds = 1", "5 to 120 seconds, not 1"),
        ("ring = []", "rings begin at"),
        ("rings = []", "unknown field"),
        ("priority = [{ reason = \"no-such\", minutes = 5 }]", "which reasons.toml does not have"),
        (
            "not_ready = [{ code = \"break\", name = { en = \"Break\" } }]",
            "the name of `break` is missing in `es`",
        ),
    ] {
        let told = told(rules);
        assert!(told.contains(says) && told.contains("line.toml"), "{told}");
    }
}

/// Hours of a queue are for a queue that people wait in, for a language of the pack, once, and at some time at which the line is open.
#[test]
fn hours_of_queues() {
    let with = |queue: &str, lang: &str, week: &str| {
        let one = |queue: &str| {
            format!(
                "[[line.queues]]\nqueue = \"{queue}\"\nlang = \"{lang}\"\nhours = [{{ from = \"2024-01-01\", week = {week} }}]\n\n"
            )
        };
        let all = if queue == "twice" { one("counter").repeat(2) } else { one(queue) };
        faults(&[("line.toml", "[callbacks]", &format!("{all}[callbacks]"))])
    };
    let week = "{ weekdays = [\"09:00-12:00\"] }";
    assert_eq!(with("counter", "es", week), "nothing");
    for (told, says) in [
        (with("cellar", "es", week), "nobody waits in a queue called `cellar`"),
        (with("counter", "fr", week), "none of the pack's languages: `fr`"),
        (with("twice", "es", week), "a second time"),
        (with("counter", "es", "{ sunday = [\"09:00-12:00\"] }"), "has no hours in which the line is open"),
        (with("counter", "es", "{ weekdays = [\"09:00-12:00\", \"11:00-13:00\"] }"), "overlap"),
    ] {
        assert!(told.contains(says) && told.contains("line.toml"), "{says}: {told}");
    }
}
