//! What an import of a table does, in lines for the terminal.

use desk::acts::{TableReport, Touch, Touched};
use domain::{codes::OfficeCode, imported::Table};
use pack::{Difference, MovedZip};

/// How many ZIP codes are named beside a number of them.
const NAMED: usize = 5;

/// The report, one line a thing. `moved_how` is said once when inquiries are touched.
pub fn lines(report: &TableReport) -> Vec<String> {
    let mut lines = vec![head(report)];
    if let Some(before) = &report.before {
        let of = before.as_of.map(|day| format!(" of {day}")).unwrap_or_default();
        lines.push(format!("before: {} rows{of}, imported {}", before.rows, before.at));
    }
    changes(&report.difference, report.table, &mut lines);
    lines.extend(report.warnings.iter().map(|warning| format!("look at {warning}")));
    lines.extend(report.touched.iter().map(touched));
    if !report.touched.is_empty() {
        lines.push(format!(
            "{} live inquiries touched; all stay where they are. To move one: `change office`, on its page",
            report.touched.len()
        ));
    }
    lines.push(match (report.unchanged, report.written) {
        (true, _) => "this very file was imported before; nothing to do".to_owned(),
        (false, true) => format!("imported; hash {}", report.hash),
        (false, false) => "dry run: nothing was written".to_owned(),
    });
    lines
}

fn head(report: &TableReport) -> String {
    let of = report.as_of.map(|day| format!(" of {day}")).unwrap_or_default();
    let more = report.zips.as_ref().map(|zips| {
        format!(
            ": {} active, {} retired, {} written twice; lost zeros restored in {} ZIP codes and {} ZIP codes of offices",
            zips.active, zips.retired, zips.doubled, zips.repaired, zips.repaired_office_zips
        )
    });
    format!("{}{of}: {} rows{}", report.table, report.rows, more.unwrap_or_default())
}

fn changes(difference: &Difference, table: Table, lines: &mut Vec<String>) {
    let Difference { zips, offices, closed, opened } = difference;
    if table == Table::Zips || !zips.moved.is_empty() {
        lines.push(format!(
            "ZIP codes: {} added, {} dropped, {} no longer a guess, {} with another office",
            zips.added,
            zips.dropped,
            zips.confirmed,
            zips.moved.len()
        ));
    }
    for ((from, to), count) in zips.moves() {
        let here = |moved: &&MovedZip| moved.from.as_ref() == from && moved.to.as_ref() == to;
        let mut some: Vec<&str> =
            zips.moved.iter().filter(here).take(NAMED).map(|moved| moved.zip.as_str()).collect();
        if usize::try_from(count).unwrap_or(usize::MAX) > NAMED {
            some.push("…");
        }
        lines.push(format!("  {} to {}: {count} ({})", name(from), name(to), some.join(", ")));
    }
    if table == Table::Offices {
        lines.push(format!(
            "offices: {} added, {} changed, {} retired",
            offices.added.len(),
            offices.changed.len(),
            offices.retired.len()
        ));
    }
    lines.extend(offices.added.iter().map(|code| format!("  {code}: added")));
    lines.extend(offices.changed.iter().map(|o| format!("  {}: {} changed", o.code, o.columns.join(", "))));
    lines.extend(offices.retired.iter().map(|(code, next)| match next {
        Some(next) => format!("  {code}: retired, {next} takes over"),
        None => format!("  {code}: retired"),
    }));
    if table == Table::Holidays {
        lines.push(format!(
            "holidays in {} years: {} added, {} dropped",
            pack::COMPARED_YEARS,
            closed.len(),
            opened.len()
        ));
    }
    lines.extend(closed.iter().map(|day| format!("  {day}: closed")));
    lines.extend(opened.iter().map(|day| format!("  {day}: no holiday any more")));
}

fn name(code: Option<&OfficeCode>) -> String {
    code.map_or_else(|| "nobody".to_owned(), ToString::to_string)
}

fn touched(touched: &Touched) -> String {
    let Touched { number, stage, booked, why } = touched;
    let stage = if *booked { format!("{stage}, stays booked") } else { (*stage).to_owned() };
    let why = match why {
        Touch::Office { from, to } => {
            format!("at {from}, the address is served by {} now", name(to.as_ref()))
        }
        Touch::VisitWhileClosed { office, start } => {
            format!("appointment {start}, when {office} is closed now")
        }
        Touch::CallWhileClosed { start } => format!("call promised for {start}, when the line is closed now"),
    };
    format!("inquiry {number} ({stage}): {why}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::acts::Before;
    use pack::{ChangedOffice, OfficeDifference, OfficialZips, ZipDifference};

    fn code(code: &str) -> OfficeCode {
        code.parse().unwrap()
    }

    fn report() -> TableReport {
        TableReport {
            table: Table::Zips,
            rows: 14,
            hash: "abc".into(),
            as_of: None,
            before: None,
            unchanged: false,
            zips: None,
            difference: Difference::default(),
            touched: Vec::new(),
            warnings: Vec::new(),
            written: false,
        }
    }

    #[test]
    fn a_report_names_counts_moves_and_inquiries() {
        let moved = |zip: usize| MovedZip {
            zip: format!("{zip:05}"),
            from: Some(code("HAR")),
            to: (zip < 7).then(|| code("LAW")),
        };
        let why = Touch::Office { from: code("HAR"), to: Some(code("LAW")) };
        let number = domain::number::InquiryNumber::from_chance(4_821_093);
        let told = lines(&TableReport {
            as_of: Some("2027-01-04".parse().unwrap()),
            before: Some(Before { rows: 9, as_of: None, at: "2026-12-01T08:00:00Z".parse().unwrap() }),
            zips: Some(OfficialZips {
                rows: 14,
                active: 12,
                retired: 2,
                doubled: 1,
                repaired: 4,
                repaired_office_zips: 6,
            }),
            difference: Difference {
                zips: ZipDifference {
                    added: 3,
                    dropped: 1,
                    confirmed: 5,
                    moved: (1..8).map(moved).collect(),
                },
                ..Difference::default()
            },
            touched: vec![Touched { number, stage: "booked", booked: true, why }],
            warnings: vec!["zips.csv:3: office `CHI` has another ZIP code".into()],
            written: true,
            ..report()
        });
        assert_eq!(
            told,
            [
                "zips of 2027-01-04: 14 rows: 12 active, 2 retired, 1 written twice; lost zeros restored in 4 ZIP codes \
                 and 6 ZIP codes of offices"
                    .to_owned(),
                "before: 9 rows, imported 2026-12-01T08:00:00Z".into(),
                "ZIP codes: 3 added, 1 dropped, 5 no longer a guess, 7 with another office".into(),
                "  HAR to nobody: 1 (00007)".into(),
                "  HAR to LAW: 6 (00001, 00002, 00003, 00004, 00005, …)".into(),
                "look at zips.csv:3: office `CHI` has another ZIP code".into(),
                format!("inquiry {number} (booked, stays booked): at HAR, the address is served by LAW now"),
                "1 live inquiries touched; all stay where they are. To move one: `change office`, on its page".into(),
                "imported; hash abc".into(),
            ]
        );
    }

    #[test]
    fn a_dry_run_and_a_repeat_say_that_nothing_was_written() {
        assert_eq!(lines(&report()).last().unwrap(), "dry run: nothing was written");
        let again = TableReport { unchanged: true, ..report() };
        assert_eq!(lines(&again).last().unwrap(), "this very file was imported before; nothing to do");
        let offices = OfficeDifference {
            added: vec![code("NEW")],
            changed: vec![ChangedOffice { code: code("SFR"), columns: vec!["street".into(), "zip".into()] }],
            retired: vec![(code("SNJ"), Some(code("SFR")))],
            lost: Vec::new(),
        };
        let difference = Difference { offices, ..Difference::default() };
        let told = lines(&TableReport { table: Table::Offices, difference, ..report() });
        assert_eq!(
            told[1..5],
            [
                "offices: 1 added, 1 changed, 1 retired",
                "  NEW: added",
                "  SFR: street, zip changed",
                "  SNJ: retired, SFR takes over"
            ]
        );
    }
}
