//! Tables imported over a pack: what they change, what they may say, and how large they may be.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the answer")]

use domain::imported::{Imported, Table};
use jiff::civil::{Date, date};
use pack::{Difference, Files, Pack, difference};
use std::{fmt::Write, path::Path, time::Instant};

const SAMPLE: &str = include_str!("fixtures/field_office_by_zip-01-04-2027.csv");
const TODAY: Date = date(2027, 1, 4);

fn pack(name: &str) -> Pack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name);
    Pack::load(&Files::read_dir(&folder).unwrap()).unwrap().0
}

fn file(table: Table, text: impl Into<String>) -> Imported {
    let at = jiff::Timestamp::UNIX_EPOCH;
    Imported { table, version: 1, rows: 0, hash: String::new(), text: text.into(), as_of: None, at }
}

fn with(pack: &Pack, table: Table, text: &str) -> Pack {
    match pack.with_imported(&[file(table, text)]) {
        Ok((pack, _)) => pack,
        Err(faults) => panic!("{faults:#?}"),
    }
}

/// Everything an import is told, one a line.
fn told(pack: &Pack, tables: &[(Table, &str)]) -> String {
    let tables: Vec<Imported> = tables.iter().map(|(table, text)| file(*table, *text)).collect();
    let lines: Vec<String> = match pack.with_imported(&tables) {
        Ok((_, warnings)) => warnings.iter().map(|warning| format!("warning: {warning}")).collect(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    };
    lines.join("\n")
}

fn served(pack: &Pack, zip: &str) -> (String, bool) {
    let found = pack.office_for_zip(zip.parse().unwrap()).unwrap();
    (found.office.code.to_string(), found.approximate)
}

fn zips_differ(old: &Pack, new: &Pack) -> (u32, u32, u32, Vec<String>) {
    let Difference { zips, .. } = difference(old, new, TODAY);
    let name =
        |code: &Option<domain::codes::OfficeCode>| code.as_ref().map_or("-".to_owned(), ToString::to_string);
    let moved = zips.moved.iter().map(|m| format!("{} {} {}", m.zip, name(&m.from), name(&m.to))).collect();
    (zips.added, zips.dropped, zips.confirmed, moved)
}

#[test]
fn the_official_columns_are_read_with_their_traps() {
    let old = pack("uscis");
    let new = with(&old, Table::Zips, SAMPLE);
    for (zip, office) in [
        ("00801", "CHA"),
        ("00601", "SAJ"),
        ("01104", "LAW"),
        ("02108", "BOS"),
        ("22202", "WAS"),
        ("77046", "HOU"),
    ] {
        assert_eq!(served(&new, zip), (office.to_owned(), false), "{zip}");
    }
    let read = new.imported_zips().unwrap();
    assert_eq!((read.rows, read.active, read.retired, read.doubled), (14, 12, 2, 1));
    // 801, 601, 2108 and the retired 1199; the offices CHA, SAJ, LAW (twice), BOS and HAR.
    assert_eq!((read.repaired, read.repaired_office_zips), (4, 6));
    assert_eq!(
        served(&new, "94110"),
        ("SFR".to_owned(), true),
        "a retired ZIP code is served as its neighbours"
    );
    let (added, dropped, confirmed, moved) = zips_differ(&old, &new);
    assert_eq!((added, dropped, confirmed), (2, 0, 0));
    assert_eq!(moved, ["06199 HAR LAW", "94105 SFR SNJ"]);
    assert_eq!(difference(&old, &new, TODAY).offices, pack::OfficeDifference::default());
    assert_eq!(zips_differ(&new, &new), (0, 0, 0, Vec::new()));
    assert_ne!(old.hash(), new.hash());
}

#[test]
fn an_import_lies_over_the_pack_and_never_over_another_import() {
    let old = pack("uscis");
    let sample = with(&old, Table::Zips, SAMPLE);
    let header = SAMPLE.lines().next().unwrap();
    let row = SAMPLE.lines().find(|line| line.starts_with("22202")).unwrap();
    let both = with(&sample, Table::Zips, &format!("{header}\n{row}\n"));
    assert_eq!(both.hash(), with(&old, Table::Zips, &format!("{header}\n{row}\n")).hash());
    assert_eq!(served(&both, "94105"), ("SFR".to_owned(), true));
    assert_eq!(both.with_imported(&[]).unwrap().0.hash(), old.hash());
    let (added, dropped, ..) = zips_differ(&sample, &both);
    assert_eq!((added, dropped), (0, 2));
}

#[test]
fn a_retired_zip_loses_its_own_row_unless_another_row_keeps_it() {
    let old = pack("uscis");
    let table = |rows: &str| format!("ZipCode,IsRetired,FieldOfficeDesignation\n22202,FALSE,WAS\n{rows}");
    // 77002 has a row of its own in the pack, official.
    let gone = with(&old, Table::Zips, &table("77002,TRUE,HOU\n"));
    assert_eq!(served(&gone, "77002"), ("HOU".to_owned(), true));
    assert_eq!(zips_differ(&old, &gone).1, 1);
    for rows in ["77002,TRUE,DAL\n77002,FALSE,DAL\n", "77002,FALSE,DAL\n77002,TRUE,HOU\n"] {
        assert_eq!(served(&with(&old, Table::Zips, &table(rows)), "77002"), ("DAL".to_owned(), false));
    }
}

#[test]
fn every_fault_of_a_zip_table_has_its_line() {
    let uscis = pack("uscis");
    insta::assert_snapshot!(told(
        &uscis,
        &[(
            Table::Zips,
            "ZipCode,IsRetired,FieldOfficeDesignation,FieldOfficeZipCode\n\
             60661,FALSE,CHI,60605\n\
             60661,FALSE,MIL,53203\n\
             60661,FALSE,CHI,60605\n\
             6,FALSE,CHI,60605\n\
             10001,perhaps,NYC,10278\n\
             10002,FALSE,XYZ,10278\n\
             10003,FALSE,XYZ,10278\n\
             10004,FALSE,QQQ,10278\n\
             short,row\n"
        )]
    ));
    insta::assert_snapshot!(told(&uscis, &[(Table::Zips, "zip,office\n60661,CHI\n")]));
    insta::assert_snapshot!(told(
        &uscis,
        &[(Table::Zips, "ZipCode,IsRetired,FieldOfficeDesignation\n60661,TRUE,CHI\n")]
    ));
    // What deserves a look is no fault.
    insta::assert_snapshot!(told(
        &uscis,
        &[(
            Table::Zips,
            "ZipCode,FieldOfficeDesignation,FieldOfficeZipCode\n1843,LAW,1843\n60661,CHI,60606\n60662,CHI,1\n"
        )]
    ));
}

const COLUMNS: &str =
    "code,name,street,city,state,zip,zone,plan,walk_ins,self_scheduling_until,ward,retired,successor";

fn offices(rows: &[&str]) -> String {
    format!("{COLUMNS}\n{}\n", rows.join("\n"))
}

const EAST: &str = "EAST,East Annex,5 Pier Road,Lakeview,IL,60649,America/Chicago,annex,no,,9,no,";
const NORTH: &str = "NORTH,North Annex,77 New Avenue,Lakeview,IL,60640,America/Chicago,annex,no,,7,no,";

#[test]
fn offices_are_added_changed_and_retired() {
    let old = pack("permit-office");
    let code = |code: &str| code.parse::<domain::codes::OfficeCode>().unwrap();
    let new = with(&old, Table::Offices, &offices(&[EAST, NORTH]));
    let differs = difference(&old, &new, TODAY).offices;
    assert_eq!(differs.added, [code("EAST")]);
    assert_eq!(differs.changed.len(), 1);
    assert_eq!(
        (&differs.changed[0].code, &differs.changed[0].columns[..]),
        (&code("NORTH"), &["street".to_owned()][..])
    );
    assert_eq!(new.office(&code("EAST")).unwrap().more["ward"], "9");
    assert!(!new.office(&code("EAST")).unwrap().plan.schedules().is_empty());
    assert_eq!(new.imported_rows(Table::Offices), Some(2));
    assert_eq!(old.imported_rows(Table::Offices), None);

    let retired = with(&old, Table::Offices, "code,retired,successor\nNORTH,yes,HALL\n");
    let differs = difference(&old, &retired, TODAY);
    assert_eq!(differs.offices.retired, [(code("NORTH"), Some(code("HALL")))]);
    assert!(differs.offices.lost.is_empty());
    assert!(!differs.zips.moved.is_empty());
    assert!(differs.zips.moved.iter().all(|m| m.from == Some(code("NORTH")) && m.to == Some(code("HALL"))));
    // It is known still, and has no places.
    let north = retired.office(&code("NORTH")).unwrap();
    assert_eq!((north.name.as_str(), north.plan.schedules().len()), ("North Annex", 0));
    assert!(retired.offices().iter().all(|office| office.code != code("NORTH")));
    assert_eq!(retired.retired(&code("NORTH")).unwrap().successor, Some(code("HALL")));
    assert!(retired.check(TODAY).is_ok());

    // An office that only an import knows is retired with all that is known of it, or lost.
    let east_retired = EAST.replace(",no,,9,no,", ",no,,9,yes,HALL");
    let gone = with(&old, Table::Offices, &offices(&[&east_retired]));
    assert_eq!(difference(&new, &gone, TODAY).offices.retired, [(code("EAST"), Some(code("HALL")))]);
    assert_eq!(difference(&new, &old, TODAY).offices.lost, [code("EAST")]);
    // And it comes back.
    assert_eq!(difference(&gone, &new, TODAY).offices.added, [code("EAST")]);
}

#[test]
fn every_fault_of_an_office_list_has_its_line() {
    let permits = pack("permit-office");
    insta::assert_snapshot!(told(
        &permits,
        &[(
            Table::Offices,
            &offices(&[
                EAST,
                EAST,
                "WEST,West,1 Road,Lakeview,IL,60612,America/Nowhere,annexe,perhaps,soon,9,no,",
                "SOUTH,South,1 Road,Lakeview,IL,60612,America/Chicago,annex,no,,9,maybe,",
                "FAR,Far,1 Road,Lakeview,IL,60612,America/Chicago,annex,no,,9,no,HALL",
                "NORTH,,,,,,,,,,,yes,NOWHERE",
            ])
        )]
    ));
    insta::assert_snapshot!(told(&permits, &[(Table::Offices, "code,retired\nNORTH,yes\n")]));
    insta::assert_snapshot!(told(
        &permits,
        &[(Table::Offices, "code,retired,successor\nNORTH,yes,HALL\nHALL,yes,NORTH\n")]
    ));
    insta::assert_snapshot!(told(
        &permits,
        &[(Table::Offices, "code,name,retired\nEAST,East,no\nGONE,,yes\n")]
    ));
    // The whole is judged as one pack: a table of ZIP codes may need the offices of the other import.
    let zips = "ZipCode,FieldOfficeDesignation\n60649,EAST\n";
    assert!(told(&permits, &[(Table::Zips, zips)]).contains("there is no office `EAST`"));
    assert_eq!(told(&permits, &[(Table::Zips, zips), (Table::Offices, &offices(&[EAST]))]), "");
}

#[test]
fn single_days_are_added_and_rules_are_replaced() {
    let old = pack("uscis");
    let days =
        "date,name_en,name_es\n2027-12-23,Extra day off,Día libre adicional\n2027-07-05,Twice,Dos veces\n";
    let new = with(&old, Table::Holidays, days);
    let differs = difference(&old, &new, TODAY);
    assert_eq!((differs.closed, differs.opened), (vec![date(2027, 12, 23)], vec![]));
    assert!(new.holidays().on(date(2028, 12, 23)).is_none(), "one year's day is no rule");
    assert!(!new.offices()[0].calendar.is_business_day(date(2027, 12, 23)));
    assert!(new.holidays().on(date(2027, 12, 24)).is_some(), "the pack's own holidays stay");
    assert_eq!(new.imported_rows(Table::Holidays), Some(2));
    insta::assert_snapshot!(told(&old, &[(Table::Holidays, days)]));

    let rules = "[[holiday]]\nname = { en = \"Founding Day\", es = \"Día de la Fundación\" }\n\
                 rule = { kind = \"fixed\", month = 5, day = 3 }\n";
    let new = with(&old, Table::Holidays, rules);
    let differs = difference(&old, &new, TODAY);
    assert_eq!(differs.closed, [date(2027, 5, 3), date(2028, 5, 3), date(2029, 5, 3)]);
    // Eleven holidays a year; some have an observed day beside the day itself.
    assert!(differs.opened.len() >= 33 && differs.opened.contains(&date(2027, 12, 25)));
    assert_eq!(new.imported_rows(Table::Holidays), Some(1));
    // With one language a name is enough.
    let permits = pack("permit-office");
    if permits.languages().len() == 1 {
        assert_eq!(told(&permits, &[(Table::Holidays, "date,name\n2027-12-23,Extra day\n")]), "");
    }
}

#[test]
fn every_fault_of_holidays_has_its_line() {
    let uscis = pack("uscis");
    insta::assert_snapshot!(told(
        &uscis,
        &[(
            Table::Holidays,
            "date,name_en,name_es\n2027-02-30,A,B\n2027-03-01,A,\n2027-03-02,A,B\n2027-03-02,A,B\n12/24/2027,A,B\n"
        )]
    ));
    insta::assert_snapshot!(told(&uscis, &[(Table::Holidays, "name,date\nA,2027-03-02\n")]));
    insta::assert_snapshot!(told(
        &uscis,
        &[(
            Table::Holidays,
            "[[holiday]]\nname = { en = \"A\" }\nrule = { kind = \"fixed\", month = 2, day = 30 }\n"
        )]
    ));
}

/// A table of the real one's size: 43,301 rows of which 40,961 are active, every column filled.
fn nationwide(pack: &Pack) -> String {
    let offices = pack.offices();
    let mut text = SAMPLE.lines().next().unwrap().to_owned() + "\n";
    for n in 0..43_301_usize {
        let office = &offices[n % offices.len()];
        let zip = 501 + n * 2;
        writeln!(
            text,
            "{zip},{},{},County {n},City {n},{code},{code},{} Field Office,\"{}\",{},{},{},FALSE,XYZ,XYZ,C,NSC,CRO,XAA,ZAA,{code},{n}",
            if n < 40_961 { "FALSE" } else { "TRUE" },
            office.state,
            office.name,
            office.street,
            office.city,
            office.state,
            office.zip,
            code = office.code,
        )
        .unwrap();
    }
    text
}

#[test]
fn a_table_of_the_whole_country_is_read_quickly() {
    let old = pack("uscis");
    let text = nationwide(&old);
    assert!(text.len() > 6_000_000 && text.len() < pack::MAX_FILE_BYTES, "{}", text.len());
    let begun = Instant::now();
    let new = with(&old, Table::Zips, &text);
    let differs = difference(&old, &new, TODAY);
    let took = begun.elapsed();
    let read = new.imported_zips().unwrap();
    assert_eq!((read.rows, read.active, read.retired), (43_301, 40_961, 2_340));
    assert!(differs.zips.added > 40_000 && differs.zips.moved.len() > 30_000);
    // Without optimisation and beside other tests; a release needs a fraction of it.
    assert!(took.as_secs() < 20, "{took:?}");
    eprintln!("{} bytes in {took:?}", text.len());
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let told = told(&pack("uscis"), &[(Table::Zips, &"#".repeat(pack::MAX_FILE_BYTES + 1))]);
    assert_eq!(told, ".imported/zips: this file has 8388609 bytes; at most 8388608 are allowed");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]
    /// Whatever order the rows come in, and however often one is written, the offices are the same.
    #[test]
    fn the_order_of_rows_does_not_matter(rows in proptest::collection::vec((0_u32..40, proptest::bool::ANY), 1..30), seed in 0_usize..97) {
        let permits = pack("permit-office");
        let line = |(n, retired): &(u32, bool)| {
            format!("{},{},{}", 60_640 + n, retired, if n % 3 == 0 { "NORTH" } else { "HALL" })
        };
        let table = |rows: &[(u32, bool)]| {
            let lines: Vec<String> = rows.iter().map(line).collect();
            format!("ZipCode,IsRetired,FieldOfficeDesignation\n60601,no,HALL\n{}\n", lines.join("\n"))
        };
        let mut turned = rows.clone();
        turned.rotate_left(seed % rows.len());
        turned.extend_from_slice(&rows);
        let (one, other) = (with(&permits, Table::Zips, &table(&rows)), with(&permits, Table::Zips, &table(&turned)));
        proptest::prop_assert_eq!(zips_differ(&one, &other), (0, 0, 0, Vec::new()));
    }
}
