//! The two packs of the project: both load clean and work, and every break is found at its place.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use domain::{
    codes::{ItemCode, OfficeCode},
    inquiry::Channel,
    text::Lang,
    urgency::Urgency,
};
use jiff::civil::Date;
use pack::{Answer, Circumstances, Files, Pack, QuestionKind, Reason, Zip};
use std::{collections::BTreeMap, path::Path};
use triage::DecisionKind;

fn files(name: &str) -> Files {
    Files::read_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name)).unwrap()
}

fn load(name: &str) -> Pack {
    let (pack, warnings) = Pack::load(&files(name)).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    });
    assert_eq!(warnings.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    pack
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn zip(text: &str) -> Zip {
    text.parse().unwrap()
}

const PACKS: [&str; 2] = ["uscis", "permit-office"];

#[test]
fn both_packs_load_without_a_warning_and_work() {
    for name in PACKS {
        let pack = load(name);
        // Days around the turn of the year, a leap day, and years ahead.
        for on in ["2026-11-23", "2026-12-24", "2027-07-03", "2028-02-29", "2036-01-01"] {
            let found: Vec<String> = match pack.check(date(on)) {
                Ok(warnings) => warnings.iter().map(ToString::to_string).collect(),
                Err(faults) => panic!("{name} on {on}: {}", faults[0]),
            };
            let expected =
                found.iter().all(|w| w.contains("zips-official.csv") || w.contains("ended on 2027-06-30"));
            assert!(expected, "{name} on {on}: {found:?}");
        }
        assert_eq!(pack.hash(), load(name).hash());
        assert_eq!(pack.languages(), [Lang::en(), Lang::es()]);
    }
    assert_ne!(load("uscis").hash(), load("permit-office").hash());
}

#[test]
fn the_published_offices_are_all_there() {
    let pack = load("uscis");
    assert_eq!(pack.offices().len(), 92);
    let per = |column: &str| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for office in pack.offices() {
            *counts.entry(office.more[column].as_str()).or_default() += 1;
        }
        counts
    };
    assert_eq!(per("region"), BTreeMap::from([("C", 23), ("NE", 24), ("SE", 25), ("W", 20)]));
    assert_eq!(per("district").len(), 16);
    // Two offices share this building; they are still two.
    let address = |code: &str| pack.office(&code.parse().unwrap()).unwrap().address();
    assert_eq!(address("LOS"), address("LAC"));
    let map = pack.agency().map.as_ref().unwrap();
    assert_eq!(
        map.to("2 Main St. #5, Peñasco"),
        "https://www.openstreetmap.org/search?query=2%20Main%20St.%20%235%2C%20Pe%C3%B1asco"
    );
    assert!(pack.offices().iter().all(|office| office.directions.langs().next().is_none()));
    // Off unless the office allows it.
    assert!(
        pack.offices()
            .iter()
            .all(|o| !o.walk_ins && o.walk_ins_a_day == 0 && o.self_scheduling_until.is_none())
    );
}

#[test]
fn zones_are_right_where_a_state_would_mislead() {
    let pack = load("uscis");
    for (code, zone) in [
        ("PHO", "America/Phoenix"),
        ("TUC", "America/Phoenix"),
        ("AGA", "Pacific/Guam"),
        ("CHA", "America/St_Thomas"),
        ("CHR", "America/St_Thomas"),
        ("SAJ", "America/Puerto_Rico"),
        ("INP", "America/Indiana/Indianapolis"),
        ("ELP", "America/Denver"),
        ("HLG", "America/Chicago"),
        ("BOI", "America/Boise"),
        ("LOU", "America/Kentucky/Louisville"),
        ("MEM", "America/Chicago"),
        ("ANC", "America/Anchorage"),
        ("HHW", "Pacific/Honolulu"),
        ("DET", "America/Detroit"),
    ] {
        let office = pack.office(&code.parse::<OfficeCode>().unwrap()).unwrap();
        assert_eq!(office.zone().name(), zone, "{code}");
    }
}

#[test]
fn zip_samples_of_the_official_table_are_right() {
    let pack = load("uscis");
    for (code, office) in [
        ("00801", "CHA"),
        ("00601", "SAJ"),
        ("01104", "LAW"),
        ("02108", "BOS"),
        ("53201", "MIL"),
        ("60661", "CHI"),
        ("77002", "HOU"),
        ("77046", "HOU"),
        ("22202", "WAS"),
    ] {
        let found = pack.office_for_zip(zip(code)).unwrap();
        assert_eq!((found.office.code.as_str(), found.approximate), (office, false), "{code}");
    }
    let guess = pack.office_for_zip(zip("94105-1234")).unwrap();
    assert_eq!((guess.office.code.as_str(), guess.approximate), ("SFR", true));
    assert!(pack.office_for_zip(zip("09012")).is_none() && zip("09012").is_military());
}

#[test]
fn an_office_serves_its_own_address() {
    let pack = load("uscis");
    let served_by_another: Vec<(&str, &str)> = pack
        .offices()
        .iter()
        .map(|office| {
            (office.code.as_str(), pack.office_for_zip(zip(&office.zip)).unwrap().office.code.as_str())
        })
        .filter(|(own, found)| own != found)
        .collect();
    // Los Angeles and Los Angeles County share a building.
    assert_eq!(served_by_another, [("LAC", "LOS")]);
}

#[test]
fn every_prefix_in_use_leads_to_an_office_and_no_other() {
    let pack = load("uscis");
    // Three-digit prefixes that are not in use, or belong to the military post.
    let unused = |n: u32| {
        matches!(n, 0..=4 | 90..=99 | 213 | 269 | 340 | 343 | 345 | 348 | 353 | 419 | 428 | 429 | 517..=519 | 529)
            || matches!(
                n,
                533 | 536 | 552 | 568 | 569 | 578 | 579 | 589 | 621 | 632 | 642 | 643 | 659 | 663 | 682
            )
            || matches!(n, 694..=699 | 702 | 709 | 715 | 732 | 742 | 817..=819 | 839 | 848 | 849 | 854 | 858 | 861)
            || matches!(n, 862 | 866..=869 | 872 | 876 | 886..=888 | 892 | 896 | 899 | 909 | 929 | 962..=966 | 987)
    };
    for n in 0..1000 {
        let code = zip(&format!("{n:03}99"));
        assert_eq!(pack.office_for_zip(code).is_some(), !unused(n), "{code}");
    }
}

#[test]
fn the_official_table_wins_and_is_no_longer_approximate() {
    let mut files = files("uscis");
    let table = "ZipCode,IsRetired,FieldOfficeDesignation\n94105,false,SNJ\n601,false,SAJ\n94110,TRUE,SNJ\n";
    files.insert("zips-official.csv", table);
    let (pack, _) = Pack::load(&files).unwrap();
    let found = |code: &str| {
        let found = pack.office_for_zip(zip(code)).unwrap();
        (found.office.code.to_string(), found.approximate)
    };
    assert_eq!(found("94105"), ("SNJ".to_owned(), false));
    assert_eq!(found("00601"), ("SAJ".to_owned(), false));
    assert_eq!(found("94110"), ("SFR".to_owned(), true));
}

fn typical(reason: &Reason, which: usize, today: Date) -> BTreeMap<String, Answer> {
    let mut answers = BTreeMap::new();
    for question in &reason.questions {
        let answer = match &question.kind {
            QuestionKind::Bool => Answer::Bool(which.is_multiple_of(2)),
            QuestionKind::Int { min, max } => Answer::Int(if which.is_multiple_of(2) { *min } else { *max }),
            QuestionKind::Date { past } => {
                let days = [2_i64, 20, 200][which % 3] * if *past { -1 } else { 1 };
                Answer::Date(today.checked_add(jiff::Span::new().days(days)).unwrap())
            }
            QuestionKind::Choice(choices) => Answer::Choice(choices[which % choices.len()].code.clone()),
        };
        answers.insert(question.code.clone(), answer);
    }
    answers
}

fn circumstances(today: Date, papers: &[ItemCode]) -> Circumstances<'_> {
    Circumstances {
        channel: Channel::Web,
        case: None,
        today,
        first_contact: today,
        papers,
        missed_visits: 0,
        missed_calls: 0,
        urgency: None,
        serving_place_in_days: None,
    }
}

#[test]
fn every_reason_gets_a_recommendation_from_every_policy() {
    let today = date("2026-11-23");
    for name in PACKS {
        let pack = load(name);
        let mut fired: BTreeMap<(String, String), usize> = BTreeMap::new();
        for reason in pack.reasons() {
            let all: Vec<ItemCode> = reason.items().map(|item| item.code.clone()).collect();
            for which in 0..12 {
                let answers = if which == 11 { BTreeMap::new() } else { typical(reason, which, today) };
                let papers: &[ItemCode] = if which % 3 == 0 { &[] } else { &all };
                let mut known = circumstances(today, papers);
                known.urgency = [None, Some(Urgency::Urgent), Some(Urgency::Regular)][which % 3];
                known.serving_place_in_days = [Some(1), None, Some(6)][which % 3];
                let facts = pack.request_facts(reason, &answers, &known);
                for kind in DecisionKind::ALL {
                    let said = pack.recommend(kind, today, &facts);
                    let said = said.unwrap_or_else(|e| panic!("{name} {} {kind}: {e}", reason.code));
                    for lang in pack.languages() {
                        assert!(!said.why.in_lang(lang).is_empty());
                    }
                    *fired.entry((kind.to_string(), said.row)).or_default() += 1;
                }
            }
        }
        // The answers above are varied enough to reach most rows: a table that always says the same is broken.
        assert!(fired.len() >= 8, "{name}: {fired:?}");
    }
}

#[test]
fn the_brief_s_own_cases_come_out_right() {
    let pack = load("uscis");
    let today = date("2026-11-23");
    let reason = pack.reason(&"emergency-travel".parse().unwrap()).unwrap();
    let answers = BTreeMap::from([
        ("travel".to_owned(), Answer::Date(date("2026-11-27"))),
        ("travel_cause".to_owned(), Answer::Choice("death".to_owned())),
        ("application_pending".to_owned(), Answer::Bool(true)),
    ]);
    let outcome = |papers: &[ItemCode], kind, key: &str| {
        let facts = pack.request_facts(reason, &answers, &circumstances(today, papers));
        pack.recommend(kind, today, &facts).unwrap().outcome[key].to_string()
    };
    assert_eq!(outcome(&[], DecisionKind::Urgency, "urgency"), "\"urgent\"");
    assert_eq!(outcome(&[], DecisionKind::Need, "need"), "\"papers\"");
    let papers: Vec<ItemCode> = reason.items().map(|item| item.code.clone()).collect();
    assert_eq!(outcome(&papers, DecisionKind::Need, "need"), "\"visit\"");
    // The notice is the agency's to send, and the travel plan is good to have: neither is missing.
    let held: Vec<ItemCode> = papers
        .iter()
        .filter(|code| !["appointment-notice", "travel-plan"].contains(&code.as_str()))
        .cloned()
        .collect();
    assert_eq!(reason.missing(&held).count(), 0);
    assert_eq!(reason.missing(&held[1..]).count(), 1);
}

#[test]
fn answers_to_what_was_not_asked_do_not_count() {
    let pack = load("uscis");
    let today = date("2026-11-23");
    let status = pack.reason(&"case-status".parse().unwrap()).unwrap();
    let left_over = BTreeMap::from([("cannot_wait".to_owned(), Answer::Bool(true))]);
    let facts = pack.request_facts(status, &left_over, &circumstances(today, &[]));
    assert_eq!(facts.get("cannot_wait").unwrap().to_string(), "false");
    assert_eq!(facts.get("days_until_travel"), None);
}

#[test]
fn answers_survive_the_store() {
    let pack = load("permit-office");
    let today = date("2026-11-23");
    for question in pack.questions() {
        for reason in pack.reasons() {
            if let Some(answer) = typical(reason, 1, today).get(&question.code) {
                let stored = serde_json::to_value(answer).unwrap();
                assert_eq!(question.from_json(&stored).unwrap(), *answer);
            }
        }
        assert!(question.read("").is_err() && question.from_json(&serde_json::Value::Null).is_err());
    }
}

#[test]
fn a_checklist_reads_well_in_both_languages() {
    let pack = load("uscis");
    let reason = pack.reason(&"proof-of-status".parse().unwrap()).unwrap();
    let lines = |lang: &Lang| -> String {
        let line = |line: &pack::Bring| {
            let names: Vec<&str> = line.items().iter().map(|item| item.name.in_lang(lang)).collect();
            format!("{}{}", names.join(" / "), if line.is_required() { "" } else { " (not a condition)" })
        };
        reason.bring.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(format!("{}\n\n{}", lines(&Lang::en()), lines(&Lang::es())));
}

#[test]
fn line_rules_are_those_of_the_programme() {
    let pack = load("uscis");
    let line = pack.line();
    let monday = "2026-11-23T15:00:00Z".parse().unwrap();
    let due = |urgency| line.review_due(urgency, monday).unwrap().to_string();
    assert_eq!(due(Urgency::Urgent), "2026-11-24T15:00:00Z");
    // Thanksgiving does not count; the fifth business day is the next Tuesday, until the line closes.
    assert_eq!(due(Urgency::Regular), "2026-12-02T01:00:00Z");
    assert_eq!(line.visits.move_rules().limit, 2);
    assert_eq!(line.visits.move_rules().until_hours, 12);
    assert_eq!(line.visits.visit_rules().early_minutes, 15);
}

#[test]
fn a_need_is_found_by_the_words_that_people_use_for_it() {
    let uscis = load("uscis");
    for (lang, words, wanted) in [
        (Lang::en(), "I lost my green card", "proof-of-status"),
        (Lang::en(), "stamp in my passport", "proof-of-status"),
        (Lang::en(), "my mother's funeral", "emergency-travel"),
        (Lang::en(), "i131", "emergency-travel"),
        (Lang::en(), "DACA traveling", "daca-travel"),
        (Lang::en(), "my husband is a soldier", "parole-in-place"),
        (Lang::en(), "how long does it take", "case-status"),
        (Lang::es(), "perdi mi mica", "proof-of-status"),
        (Lang::es(), "funeral de mi mamá", "emergency-travel"),
        (Lang::es(), "SELLO", "proof-of-status"),
        (Lang::es(), "permiso de trabajo no llegó", "document-receive"),
    ] {
        let found: Vec<&str> = uscis.reasons_about(words, &lang).iter().map(|r| r.code.as_str()).collect();
        let first = &found[..found.len().min(2)];
        assert!(first.contains(&wanted), "{words:?} found {found:?}");
    }
    for nothing in ["", "the of", "xyzzy", "¿?", "'; DROP TABLE", &"zzzz ".repeat(100_000)] {
        assert_eq!(uscis.reasons_about(nothing, &Lang::en()).len(), 0, "{nothing:.20}");
    }
}

/// Spanish is spoken in the afternoon alone, and from December on only; everybody else has the line's hours.
#[test]
fn a_queue_has_hours_of_its_own_within_the_lines() {
    let mut files = files("permit-office");
    let line = String::from_utf8(files.bytes("line.toml").unwrap().to_vec()).unwrap();
    let own = "[[line.queues]]\nqueue = \"counter\"\nlang = \"es\"\n\
        hours = [{ from = \"2026-12-01\", week = { weekdays = [\"12:00-18:00\"] } }]\n\n[callbacks]";
    files.insert("line.toml", line.replacen("[callbacks]", own, 1));
    let (pack, _) = Pack::load(&files).unwrap();
    let line = pack.line();
    let counter: domain::codes::QueueCode = "counter".parse().unwrap();
    let other: domain::codes::QueueCode = "other".parse().unwrap();
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let open = |queue, lang: Lang, text: &str| line.hours_of(queue, &lang).is_open(at(text));
    // Ten in the morning in Chicago, a Monday in November and one in December.
    let (november, december) = ("2026-11-23T16:00:00Z", "2026-12-07T16:00:00Z");
    assert!(open(&counter, Lang::es(), november), "not yet");
    assert!(!open(&counter, Lang::es(), december));
    assert!(open(&counter, Lang::en(), december) && open(&other, Lang::es(), december));
    let hours = line.hours_of(&counter, &Lang::es());
    assert_eq!(hours.next_open(at(december), 9), Some(at("2026-12-07T18:00:00Z")));
    assert!(!open(&counter, Lang::es(), "2026-12-07T22:30:00Z"), "the line closes at half past four");
    let closed = line.queues_closed(at(december));
    assert_eq!(closed.len(), 1);
    assert_eq!((&closed[0].0.queue, closed[0].1), (&counter, Some(at("2026-12-07T18:00:00Z"))));
    assert!(line.queues_closed(at("2026-12-07T06:00:00Z")).is_empty(), "the whole line is closed");
}
