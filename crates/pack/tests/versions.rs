//! Versions of the pack's files that are made at the desk: the day decides, the newest that fits does, and nothing is lost to those who
//! asked before.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use domain::{
    actor::Actor,
    decision::DecisionKind,
    ids::{RevisionId, StaffId},
    imported::{Imported, Table},
    revision::{Named, PackFile, Revision, RevisionStage, Starts, Subject},
    text::Lang,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, date},
};
use pack::{Files, Pack, changed_places, changed_reasons};
use proptest::prelude::*;
use std::{path::Path, sync::LazyLock};

const TODAY: Date = date(2026, 11, 23);

static USCIS: LazyLock<Pack> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/uscis");
    Pack::load(&Files::read_dir(&folder).unwrap()).unwrap().0
});

fn now() -> Timestamp {
    "2026-11-20T15:00:00Z".parse().unwrap()
}

fn staff(n: u8) -> Actor {
    Actor::Staff { id: StaffId::new(now(), &[n; 10]), name: format!("N. {n}") }
}

fn file(path: &str) -> PackFile {
    path.parse().unwrap()
}

/// An approved version; the `n`th was approved in the `n`th minute.
fn approved(path: &str, text: &str, from: Date, n: u8) -> Revision {
    let at = now() + jiff::SignedDuration::from_mins(n.into());
    let id = RevisionId::new(at, &[n; 10]);
    let named = || Named { text: text.into(), name: format!("v{n}"), hash: "00".into() };
    let on = Starts::On { day: from };
    let yesterday = from.yesterday().unwrap();
    let draft = Revision::begin(id, Subject::File(file(path)), "pack".into(), text.into(), staff(1), at);
    let proposal = draft.unwrap().0.propose(named(), on, None, yesterday, staff(1), at).unwrap().0;
    proposal.approve(named(), yesterday, staff(2), at).unwrap().0
}

fn own(path: &str) -> &'static str {
    USCIS.own_file(&file(path)).unwrap()
}

/// The holidays with one more, on a day of May.
fn holidays(day: i8) -> String {
    format!(
        "{}\n[[holiday]]\nname = {{ en = \"Day {day}\", es = \"Día {day}\" }}\nrule = {{ kind = \"fixed\", month = 5, day = {day} }}\n",
        own("holidays.toml")
    )
}

fn kept(revisions: &[Revision], today: Date) -> Pack {
    USCIS.with_kept(&[], revisions, today).unwrap().0
}

fn is_holiday(pack: &Pack, day: i8) -> bool {
    pack.holidays().on(date(2027, 5, day)).is_some()
}

/// The reasons without one of them.
fn without_reason(code: &str) -> String {
    let text = own("reasons.toml");
    let parts: Vec<&str> = text.split("[[reason]]").collect();
    let left = parts.iter().filter(|part| !part.contains(&format!("\ncode = \"{code}\"\nservice")));
    left.copied().collect::<Vec<_>>().join("[[reason]]")
}

#[test]
fn a_version_lies_over_the_folder_from_its_day_on() {
    let version = approved("holidays.toml", &holidays(4), TODAY, 1);
    let id = version.id;
    let versions = [version];
    let before = kept(&versions, TODAY.yesterday().unwrap());
    assert_eq!((is_holiday(&before, 4), before.file_made_at_desk(&PackFile::Holidays)), (false, None));
    assert_eq!(before.hash(), USCIS.hash());
    let after = kept(&versions, TODAY);
    assert_eq!((is_holiday(&after, 4), after.file_made_at_desk(&PackFile::Holidays)), (true, Some(id)));
    assert_ne!(after.hash(), USCIS.hash());
    assert_eq!(after.file_text(&PackFile::Holidays), Some(holidays(4).as_str()));
    assert_eq!(after.own_file(&PackFile::Holidays), Some(own("holidays.toml")));
    assert_eq!(after.left_out(), []);
    // It is taken off as it was laid on.
    assert_eq!(after.with_kept(&[], &[], TODAY).unwrap().0.hash(), USCIS.hash());
}

#[test]
fn the_newest_that_fits_is_in_force_and_the_others_are_told() {
    let good = approved("holidays.toml", &holidays(4), TODAY, 1);
    let odd = approved("holidays.toml", "[[holiday]]\nnam = 1\n", TODAY, 2);
    let prompts = own("prompts/es.ftl").replace("Gracias por llamar", "Muchas gracias por llamar");
    assert_ne!(prompts, own("prompts/es.ftl"));
    let other = approved("prompts/es.ftl", &prompts, TODAY, 3);
    let pack = kept(&[odd.clone(), good.clone(), other.clone()], TODAY);
    assert!(is_holiday(&pack, 4));
    assert_eq!(
        pack.file_made_at_desk(&file("prompts/es.ftl")),
        Some(other.id),
        "one fault costs nothing else"
    );
    let [out] = pack.left_out() else { panic!("{:?}", pack.left_out()) };
    assert_eq!((out.revision, out.name.as_str(), &out.subject), (odd.id, "v2", &odd.subject));
    assert!(
        out.faults.iter().any(|fault| fault.at.to_string().starts_with("holidays.toml:")),
        "{:?}",
        out.faults
    );
    // What a newer one stands in for is nobody's concern.
    let newer = approved("holidays.toml", &holidays(5), TODAY, 4);
    let pack = kept(&[good, odd, newer], TODAY);
    assert_eq!((is_holiday(&pack, 4), is_holiday(&pack, 5), pack.left_out().len()), (false, true, 0));
}

#[test]
fn versions_of_several_files_that_need_each_other_come_together() {
    // A prompt that is said by a new state: neither the flow without the prompts nor one language without the other fits.
    let flow = own("callflow.toml").replace("say = [\"welcome\",", "say = [\"welcome\", \"welcome-more\",");
    assert_ne!(flow, own("callflow.toml"));
    let more = |lang: &str| format!("{}\nwelcome-more = Hola.\n", own(&format!("prompts/{lang}.ftl")));
    let (en, es) = (
        approved("prompts/en.ftl", &more("en"), TODAY, 1),
        approved("prompts/es.ftl", &more("es"), TODAY, 2),
    );
    let flow = approved("callflow.toml", &flow, TODAY, 3);
    let id = flow.id;
    let alone = kept(std::slice::from_ref(&flow), TODAY);
    assert_eq!((alone.left_out().len(), alone.file_made_at_desk(&PackFile::CallFlow)), (1, None));
    let pack = kept(&[flow, en, es], TODAY);
    assert_eq!(pack.left_out(), []);
    assert_eq!(pack.file_made_at_desk(&PackFile::CallFlow), Some(id));
}

#[test]
fn imported_tables_lie_over_versions() {
    let version = approved("holidays.toml", &holidays(4), TODAY, 1);
    let table = Imported {
        table: Table::Holidays,
        version: 1,
        rows: 0,
        hash: String::new(),
        text: "date,name_en,name_es\n2027-05-06,More,Más\n".into(),
        as_of: None,
        at: now(),
    };
    let (both, _) = USCIS.with_kept(std::slice::from_ref(&table), &[version], TODAY).unwrap();
    assert!(is_holiday(&both, 4) && is_holiday(&both, 6));
    let other = Imported { text: "date,name_en,name_es\n2027-05-07,Other,Otro\n".into(), ..table };
    let (pack, _) = both.with_imported(&[other]).unwrap();
    assert_eq!((is_holiday(&pack, 4), is_holiday(&pack, 6), is_holiday(&pack, 7)), (true, false, true));
}

#[test]
fn the_zone_by_which_days_begin_is_the_folders() {
    let text = own("line.toml").replace("America/New_York\"\nholidays", "America/Chicago\"\nholidays");
    let faults = USCIS.judge_file(&PackFile::Line, &text).unwrap_err();
    assert!(faults[0].to_string().starts_with("line.toml:5:"), "{faults:?}");
    assert!(faults[0].says.contains("America/New_York"), "{faults:?}");
    let pack = kept(&[approved("line.toml", &text, TODAY, 1)], TODAY);
    assert_eq!((pack.left_out().len(), pack.line().calendar.zone.name()), (1, "America/New_York"));
}

#[test]
fn a_text_is_judged_with_the_pack_as_a_whole() {
    // A plan that offices follow is gone: the offices say so, in their file.
    let text = own("offices.toml").replace("plan.small", "plan.tiny");
    let faults = USCIS.judge_file(&PackFile::Offices, &text).unwrap_err();
    assert!(faults.iter().any(|fault| fault.at.file == "offices.csv"), "{faults:?}");
    // Fewer places at large offices.
    let fewer = own("offices.toml").replacen(
        "capacity = { officer = 2, online = 1, self-scheduled = 1 }",
        "capacity = { officer = 1, online = 1, self-scheduled = 1 }",
        1,
    );
    let (pack, _) = USCIS.judge_file(&PackFile::Offices, &fewer).unwrap();
    let changed = changed_places(&USCIS, &pack, TODAY, 45);
    assert!(!changed.is_empty() && changed.iter().all(|office| office.now < office.before), "{changed:?}");
    assert_eq!(changed_places(&pack, &pack, TODAY, 45), []);
}

#[test]
fn an_office_is_added_at_the_desk_and_none_is_lost() {
    let own = own("offices.csv");
    let added =
        format!("{own}ZZT,Newtown,1 Example Street,Newtown,NY,12205,America/New_York,small,no,,BOS,NE,VSC\n");
    let (pack, _) = USCIS.judge_file(&PackFile::OfficeList, &added).unwrap();
    let code = "ZZT".parse().unwrap();
    assert!(pack.office(&code).is_some() && USCIS.office(&code).is_none());
    let version = approved("offices.csv", &added, TODAY, 1);
    let in_force = kept(std::slice::from_ref(&version), TODAY);
    assert!(in_force.office(&code).is_some());
    assert!(kept(&[version], TODAY.yesterday().unwrap()).office(&code).is_none(), "its day has not come");

    // Neither one of the folder's is lost, nor one that came at the desk.
    let albany = own.lines().find(|line| line.starts_with("ALB,")).unwrap();
    let fewer = own.replace(&format!("{albany}\n"), "");
    let faults = USCIS.judge_file(&PackFile::OfficeList, &fewer).unwrap_err();
    assert!(faults[0].to_string().starts_with("offices.csv: office ALB is missing"), "{faults:?}");
    let faults = in_force.judge_file(&PackFile::OfficeList, own).unwrap_err();
    assert!(faults[0].says.contains("office ZZT is missing"), "{faults:?}");
    let pack = kept(&[approved("offices.csv", &fewer, TODAY, 2)], TODAY);
    assert_eq!((pack.left_out().len(), pack.office(&"ALB".parse().unwrap()).is_some()), (1, true));
}

#[test]
fn a_policy_of_the_desk_that_would_no_longer_fit_is_a_fault() {
    let question = "[[question]]\ncode = \"extra\"\nkind = \"bool\"\nwhen_unknown = false\nlabel = { en = \"More?\", es = \"¿Más?\" }\n\
                    help = { en = \"More.\", es = \"Más.\" }\n\n";
    let reasons = own("reasons.toml").replacen("[[question]]", &format!("{question}[[question]]"), 1);
    let urgency = USCIS.policy(DecisionKind::Urgency, TODAY).unwrap().text();
    let urgency = urgency
        .replacen(
            "[facts]\n",
            "[facts]\nextra = { type = \"bool\", optional = true, about = \"More.\" }\n",
            1,
        )
        .replacen("version = \"2026-01\"", "version = \"v2\"", 1);
    let policy = Revision {
        subject: Subject::Policy(DecisionKind::Urgency),
        ..approved("line.toml", &urgency, TODAY, 2)
    };
    let pack = kept(&[approved("reasons.toml", &reasons, TODAY, 1), policy], TODAY);
    assert_eq!(pack.left_out(), []);
    assert!(pack.made_at_desk(DecisionKind::Urgency, "v2").is_some());
    assert!(pack.judge_file(&PackFile::Reasons, &reasons).is_ok());
    let faults = pack.judge_file(&PackFile::Reasons, own("reasons.toml")).unwrap_err();
    assert!(
        faults[0].says.contains("version v2 of the urgency policy") && faults[0].says.contains("extra"),
        "{faults:?}"
    );
}

#[test]
fn a_reason_that_is_gone_stays_known_and_nobody_can_ask_for_it() {
    let code = "parole-in-place".parse().unwrap();
    let text = without_reason("parole-in-place");
    let pack = kept(&[approved("reasons.toml", &text, TODAY, 1)], TODAY);
    assert_eq!(pack.left_out(), []);
    assert_eq!((pack.open_reason(&code).is_none(), pack.reasons().len()), (true, USCIS.reasons().len() - 1));
    let (gone, was) = (pack.reason(&code).unwrap(), USCIS.reason(&code).unwrap());
    assert_eq!((&gone.name, &gone.bring), (&was.name, &was.bring));
    let item = "service-letter".parse().unwrap();
    assert_eq!(pack.item(&item), USCIS.item(&item));
    let changed = changed_reasons(&USCIS, &pack);
    assert_eq!(changed.into_iter().collect::<Vec<_>>(), std::slice::from_ref(&code));
    // The judge sees it as a node will, and the version after it still knows.
    let (judged, _) = USCIS.judge_file(&PackFile::Reasons, &text).unwrap();
    assert!(judged.reason(&code).is_some() && judged.open_reason(&code).is_none());
    let (next, _) = pack.judge_file(&PackFile::Holidays, &holidays(4)).unwrap();
    assert!(next.reason(&code).is_some());
    let (imported, _) = pack.with_imported(&[]).unwrap();
    assert!(imported.reason(&code).is_some() && imported.open_reason(&code).is_none());
}

#[test]
fn the_wording_of_notices_is_the_agencys_where_it_says_so() {
    let en = PackFile::Notices(Lang::en());
    assert_eq!(
        (USCIS.file_text(&en), USCIS.own_file(&en), USCIS.words().is_none()),
        (Some(""), Some(""), true)
    );
    let (pack, warnings) = USCIS.judge_file(&en, "notices-greeting = Good day { $name },\n").unwrap();
    assert!(
        warnings[0].to_string().starts_with("notices/en.ftl:1: `notices-greeting` is not in every language")
    );
    let said = |lang: &Lang| pack.words().unwrap().tongue(lang).say("notices-greeting-nobody");
    assert_eq!((said(&Lang::en()), said(&Lang::es())), ("Hello,".to_owned(), "Hola:".to_owned()));
    for (text, at, says) in [
        ("\nnotices-greting = Hi\n", "notices/en.ftl:2", "no message `notices-greting`"),
        ("notices-greeting = Hi { $phone }\n", "notices/en.ftl:1", "$name"),
        ("web-title = Hi\n", "notices/en.ftl:1", "no message to the person"),
        ("notices-greeting = A\nnotices-greeting = B\n", "notices/en.ftl:2", "already on line 1"),
        ("notices-greeting = { $name\n", "notices/en.ftl:", "not a Fluent message"),
    ] {
        let faults = USCIS.judge_file(&en, text).unwrap_err();
        assert!(
            faults[0].at.to_string().starts_with(at) && faults[0].says.contains(says),
            "{text}: {faults:?}"
        );
    }
    let version = approved("notices/en.ftl", "notices-greeting = Good day { $name },\n", TODAY, 1);
    assert!(kept(&[version], TODAY).words().is_some());
}

#[test]
fn what_can_be_changed_is_what_the_pack_has() {
    let files: Vec<String> = USCIS.editable().iter().map(ToString::to_string).collect();
    let all = [
        "callflow.toml",
        "prompts/en.ftl",
        "prompts/es.ftl",
        "calls/calls.toml",
        "calls/nothing-free.toml",
        "line.toml",
        "reasons.toml",
        "offices.toml",
        "offices.csv",
        "holidays.toml",
        "retention.toml",
        "notices/en.ftl",
        "notices/es.ftl",
    ];
    assert_eq!(files, all);
    assert_eq!(USCIS.file_text(&PackFile::Prompts("fr".parse::<Lang>().unwrap())), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever was approved for whatever days, good or not: in force on a day is, of those whose day has come, the newest that fits.
    #[test]
    fn the_day_decides(made in proptest::collection::vec((0_i64..6, 1_i8..20, any::<bool>()), 0..6), day in 0_i64..6) {
        let versions: Vec<Revision> = made
            .iter()
            .zip(1..)
            .map(|((from, holiday, good), n)| {
                let text = if *good { holidays(*holiday) } else { "[[holiday]]\nnam = 1\n".to_owned() };
                approved("holidays.toml", &text, TODAY + (*from).days(), n)
            })
            .collect();
        let today = TODAY + day.days();
        let mut order: Vec<&Revision> = versions.iter().collect();
        order.sort_by_key(|one| match &one.stage {
            RevisionStage::Approved { from, at, .. } => (*from, *at),
            other => panic!("{other:?}"),
        });
        let from = |one: &&&Revision| matches!(one.stage, RevisionStage::Approved { from, .. } if from <= today);
        let fits = |one: &&&Revision| !one.text.contains("nam =");
        let expected = order.iter().filter(from).rfind(fits);
        let pack = kept(&versions, today);
        prop_assert_eq!(pack.file_made_at_desk(&PackFile::Holidays), expected.map(|one| one.id));
    }
}
