//! Tables are imported whole or not at all, and nobody is moved by one.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::{Room, request};
use desk::{
    DeskError,
    acts::{NewStaff, Run, StaffPlan, TableFile, Touch},
};
use domain::{
    actor::{PasswordHash, Role},
    imported::Table,
    inquiry::{Inquiry, Stage},
    journal::{Happened, Seq},
    text::Lang,
};
use std::sync::Arc;

const SAMPLE: &[u8] = include_bytes!("../../pack/tests/fixtures/field_office_by_zip-01-04-2027.csv");
const HEADER: &str = "ZipCode,IsRetired,FieldOfficeDesignation";

fn file(name: &str, content: impl Into<Vec<u8>>) -> TableFile {
    TableFile { name: name.to_owned(), content: content.into() }
}

fn zips(rows: &str) -> TableFile {
    file("zips.csv", format!("{HEADER}\n{rows}"))
}

async fn asked(room: &Room, given: &str, zip: &str) -> Inquiry {
    let ask = request(given, "proof-of-status", zip, Lang::en());
    let received = room.desk.request_meeting(&room.anyone(), &ask).await.unwrap();
    received.inquiry
}

async fn acts(room: &Room) -> Vec<Happened> {
    let journal = room.store.journal(Seq(0), 500).await.unwrap();
    journal.into_iter().map(|written| written.entry.happened).collect()
}

fn faults(result: Result<impl std::fmt::Debug, DeskError>) -> Vec<String> {
    match result {
        Err(DeskError::Import { faults }) => faults,
        other => panic!("faults were due, not {other:?}"),
    }
}

/// The desk as a server has it once it has taken the imported tables.
async fn reloaded(room: &mut Room) {
    let (pack, _) = room.desk.pack().with_imported(&room.store.imported().await.unwrap()).unwrap();
    room.desk = room.desk.with_pack(Arc::new(pack));
}

#[tokio::test]
async fn a_dry_run_reports_and_writes_nothing() {
    let room = Room::at("2027-01-11T17:00:00Z").await;
    let inquiry = asked(&room, "Ana", "94105").await;
    let before = acts(&room).await;
    let file = file("field_office_by_zip-01-04-2027.csv", SAMPLE);
    let report = room.desk.import_zips(&room.system(), &file, Run::Dry).await.unwrap();
    assert_eq!((report.rows, report.written, report.unchanged), (14, false, false));
    assert_eq!(report.as_of, Some("2027-01-04".parse().unwrap()));
    assert_eq!(report.before, None);
    assert_eq!(report.difference.zips.moved.len(), 2);
    assert_eq!(report.touched.len(), 1);
    assert_eq!(report.touched[0].number, inquiry.number);
    let (from, to) = ("SFR".parse().unwrap(), Some("SNJ".parse().unwrap()));
    assert_eq!(report.touched[0].why, Touch::Office { from, to });
    assert_eq!(acts(&room).await, before);
    assert_eq!(room.store.imported().await.unwrap(), []);

    let done = room.desk.import_zips(&room.system(), &file, Run::Write).await.unwrap();
    assert_eq!(desk::acts::TableReport { written: false, ..done.clone() }, report);
    assert!(done.written);
}

#[tokio::test]
async fn an_import_is_done_once_journalled_and_moves_nobody() {
    let mut room = Room::at("2027-01-11T17:00:00Z").await;
    let inquiry = asked(&room, "Ana", "94105").await;
    let elsewhere = asked(&room, "Bo", "60661").await;
    let file = file("field_office_by_zip-01-04-2027.csv", SAMPLE);
    let caller = room.system();
    let done = room.desk.import_zips(&caller, &file, Run::Write).await.unwrap();
    let kept = &room.store.imported().await.unwrap()[0];
    assert_eq!((kept.table, kept.version, kept.rows, kept.at), (Table::Zips, 1, 14, room.now));
    assert_eq!(kept.text.as_bytes(), SAMPLE);
    let said = Happened::TableImported { table: Table::Zips, rows: 14, hash: kept.hash.clone() };
    assert_eq!(acts(&room).await.last(), Some(&said));
    assert_eq!(done.hash, kept.hash);
    // The same command, and the same file under another: nothing more.
    let end = room.store.journal_end().await.unwrap();
    assert!(!room.desk.import_zips(&caller, &file, Run::Write).await.unwrap().written);
    let again = room.desk.import_zips(&room.system(), &file, Run::Write).await.unwrap();
    assert!(again.unchanged && !again.written && again.touched.is_empty());
    assert_eq!(room.store.journal_end().await.unwrap(), end);
    // Who asked before stays; who asks now is sent to the new office.
    reloaded(&mut room).await;
    assert_eq!(room.reload(&inquiry).await, inquiry);
    assert_eq!(room.reload(&elsewhere).await, elsewhere);
    assert_eq!(asked(&room, "Cleo", "94105").await.office.as_str(), "SNJ");
    // Once moved by hand, an inquiry is touched no more.
    let officer = room.as_staff("j.lee").await;
    room.desk.change_office(&officer, inquiry.id, &"SNJ".parse().unwrap(), "closer").await.unwrap();
    let newer = zips("94105,no,SNJ\n22202,no,WAS\n");
    let report = room.desk.import_zips(&room.system(), &newer, Run::Write).await.unwrap();
    assert_eq!((report.before.unwrap().rows, report.touched), (14, vec![]));
    assert_eq!(room.store.imported_versions().await.unwrap()[&Table::Zips], 2);
}

#[tokio::test]
async fn a_table_with_a_fault_changes_nothing_and_every_fault_is_told() {
    let room = Room::at("2027-01-11T17:00:00Z").await;
    let end = room.store.journal_end().await.unwrap();
    let bad = zips("60661,FALSE,CHI\n60661,FALSE,MIL\n1,FALSE,CHI\n60662,FALSE,ZZZ\n");
    assert_eq!(
        faults(room.desk.import_zips(&room.system(), &bad, Run::Write).await),
        [
            "zips.csv:3: ZIP code 60661 leads to office `MIL` here and to `CHI` on line 2; keep one of the two rows",
            "zips.csv:4: `ZipCode` is three to five digits, not \"1\"",
            "zips.csv:5: there is no office `ZZZ`; import the offices first",
        ]
    );
    let latin = file("zips.csv", [HEADER.as_bytes(), b"\n60661,FALSE,CHI\n\xe9,FALSE,CHI\n"].concat());
    assert_eq!(
        faults(room.desk.import_zips(&room.system(), &latin, Run::Dry).await),
        ["zips.csv:3: this is not UTF-8; save the file as UTF-8"]
    );
    let nul = file("zips.csv", format!("{HEADER}\n\0"));
    assert_eq!(faults(room.desk.import_zips(&room.system(), &nul, Run::Dry).await).len(), 1);
    let large = file("zips.csv", vec![b'#'; pack::MAX_FILE_BYTES + 1]);
    assert_eq!(
        faults(room.desk.import_zips(&room.system(), &large, Run::Dry).await),
        ["zips.csv: the file has more than 8 MiB"]
    );
    assert_eq!(room.store.journal_end().await.unwrap(), end);
    assert_eq!(room.store.imported().await.unwrap(), []);
}

#[tokio::test]
async fn only_who_may_import_may() {
    let room = Room::at("2027-01-11T17:00:00Z").await;
    let file = zips("94105,no,SNJ\n");
    for run in [Run::Dry, Run::Write] {
        for sign_in in ["j.lee", "clerk.los", "operator"] {
            let caller = room.as_staff(sign_in).await;
            let denied = room.desk.import_zips(&caller, &file, run).await;
            assert!(matches!(denied, Err(DeskError::Denied(_))), "{sign_in}");
        }
        let anyone = room.desk.import_offices(&room.anyone(), &file, run).await;
        assert!(matches!(anyone, Err(DeskError::NotFound)));
    }
    assert!(matches!(room.desk.plan_cases(&room.anyone(), &[]).await, Err(DeskError::NotFound)));
}

#[tokio::test]
async fn an_office_is_retired_with_its_bookings_where_they_are() {
    let mut room = Room::at("2027-01-11T17:00:00Z").await;
    // An urgent inquiry that is booked at San Jose, and another that waits there.
    let waiting = asked(&room, "Ana", "95112").await;
    assert_eq!(waiting.office.as_str(), "SNJ");
    let retire = file("offices.csv", "code,retired,successor\nSNJ,yes,SFR\n");
    let report = room.desk.import_offices(&room.system(), &retire, Run::Write).await.unwrap();
    assert_eq!(report.difference.offices.retired, [("SNJ".parse().unwrap(), Some("SFR".parse().unwrap()))]);
    let (from, to) = ("SNJ".parse().unwrap(), Some("SFR".parse().unwrap()));
    assert_eq!(report.touched.len(), 1);
    assert_eq!(
        (report.touched[0].number, &report.touched[0].why),
        (waiting.number, &Touch::Office { from, to })
    );
    reloaded(&mut room).await;
    assert_eq!(room.reload(&waiting).await.office.as_str(), "SNJ");
    assert_eq!(asked(&room, "Bo", "95112").await.office.as_str(), "SFR");
    let snj = "SNJ".parse().unwrap();
    assert_eq!(room.desk.pack().office(&snj).unwrap().name, "San Jose");
    let officer = room.as_staff("j.lee").await;
    let back = room.desk.change_office(&officer, waiting.id, &snj, "as before").await;
    assert!(back.is_err(), "nobody is sent to a retired office");
    let moved =
        room.desk.change_office(&officer, waiting.id, &"SFR".parse().unwrap(), "retired").await.unwrap();
    assert_eq!(moved.office.as_str(), "SFR");

    // A list that forgets an office which only an import knows is refused.
    let columns = "code,name,street,city,state,zip,zone,plan,retired";
    let row = "FSN,New Office,1 Road,Fresno,CA,93701,America/Los_Angeles,small,no";
    let with = file("offices.csv", format!("{columns}\n{row}\n"));
    room.desk.import_offices(&room.system(), &with, Run::Write).await.unwrap();
    let without = file("other.csv", "code\n");
    let told = faults(room.desk.import_offices(&room.system(), &without, Run::Dry).await);
    assert!(told[0].starts_with("other.csv: office `FSN` was added by the file before"), "{told:?}");
}

#[tokio::test]
async fn a_new_holiday_names_the_promises_it_touches() {
    let mut room = Room::at("2027-01-11T17:00:00Z").await;
    let inquiry = asked(&room, "Ana", "90012").await;
    let offers = room.desk.windows(&inquiry, room.now, 50).await.unwrap();
    let window = offers[0].window.clone();
    let promised =
        room.desk.promise_callback(&room.person(inquiry.id), inquiry.id, window.start, None).await.unwrap();
    assert!(matches!(promised.stage, Stage::Promised(_)));
    let zone = room.desk.pack().line().calendar.zone.clone();
    let day = zone.date(window.start);
    let days = file("days-2027.csv", format!("date,name_en,name_es\n{day},Storm,Tormenta\n"));
    let report = room.desk.import_holidays(&room.system(), &days, Run::Write).await.unwrap();
    assert_eq!(report.difference.closed, [day]);
    assert_eq!(report.touched.len(), 1);
    assert_eq!(report.touched[0].why, Touch::CallWhileClosed { start: window.start });
    assert_eq!(room.reload(&inquiry).await, promised, "the promise stands");
    reloaded(&mut room).await;
    let offers = room.desk.windows(&inquiry, room.now, 50).await.unwrap();
    assert!(offers.iter().all(|offer| zone.date(offer.window.start) != day));
}

#[tokio::test]
async fn two_imports_at_once_both_stand_for_what_they_are() {
    let room = Room::at("2027-01-11T17:00:00Z").await;
    let (one, other) = (zips("94105,no,SNJ\n"), zips("94105,no,SFR\n"));
    let (a, b) = (room.system(), room.system());
    let (first, second) = tokio::join!(
        room.desk.import_zips(&a, &one, Run::Write),
        room.desk.import_zips(&b, &other, Run::Write)
    );
    let (first, second) = (first.unwrap(), second.unwrap());
    assert!(first.written && second.written);
    // The later one was decided again, on what the earlier had written.
    assert_eq!([&first, &second].iter().filter(|report| report.before.is_none()).count(), 1);
    let kept = &room.store.imported().await.unwrap()[0];
    let later = if first.before.is_none() { second } else { first };
    assert_eq!((kept.version, &kept.hash), (2, &later.hash));
}

#[tokio::test]
async fn staff_and_cases_that_are_known_are_not_written_again() {
    let room = Room::at("2027-01-11T17:00:00Z").await;
    let staff = |sign_in: &str, office: &str| NewStaff {
        sign_in: sign_in.into(),
        name: "Ana Ruiz".into(),
        roles: vec![Role::Clerk],
        office: Some(office.parse().unwrap()),
        langs: vec![Lang::en()],
        password: PasswordHash("hash".into()),
    };
    let plan = |count, new, changed| StaffPlan { count, new, changed };
    let list = vec![staff("ana", "LOS")];
    assert_eq!(room.desk.plan_staff(&room.system(), &list).await.unwrap(), plan(1, 1, 0));
    room.desk.import_staff(&room.system(), list.clone()).await.unwrap();
    let end = room.store.journal_end().await.unwrap();
    assert_eq!(room.desk.plan_staff(&room.system(), &list).await.unwrap(), plan(1, 0, 0));
    room.desk.import_staff(&room.system(), list).await.unwrap();
    assert_eq!(room.store.journal_end().await.unwrap(), end);
    let elsewhere = vec![staff("Ana ", "NYC")];
    assert_eq!(room.desk.plan_staff(&room.system(), &elsewhere).await.unwrap(), plan(1, 0, 1));
    let wrong = vec![staff("bo", "XYZ"), staff("cleo", "LOS"), staff("CLEO", "LOS")];
    assert_eq!(
        faults(room.desk.plan_staff(&room.system(), &wrong).await),
        ["bo: there is no office XYZ", "CLEO: this sign-in name is there twice"]
    );

    let case = domain::case::Case {
        receipt: "IOE9999999901".parse().unwrap(),
        form: "I-90".into(),
        state: domain::case::CaseState::Pending,
        title: domain::text::Text::new([(Lang::en(), "Pending".into())]),
        meaning: domain::text::Text::new([(Lang::en(), "We work on it.".into())]),
        received: Some("2026-11-02".parse().unwrap()),
        updated: "2026-12-02".parse().unwrap(),
        history: vec![],
    };
    let done = room.desk.import_cases(&room.system(), vec![case.clone()]).await.unwrap();
    assert_eq!((done.count, done.new, done.changed), (1, 1, 0));
    let end = room.store.journal_end().await.unwrap();
    let done = room.desk.import_cases(&room.system(), vec![case.clone()]).await.unwrap();
    assert_eq!((done.count, done.new, done.changed), (1, 0, 0));
    assert_eq!(room.store.journal_end().await.unwrap(), end);
    let decided = domain::case::Case { state: domain::case::CaseState::Decision, ..case };
    let plan = room.desk.plan_cases(&room.system(), &[decided]).await.unwrap();
    assert_eq!((plan.count, plan.new, plan.changed), (1, 0, 1));
}
