//! What a file may and may not say.

use super::*;
use domain::{case::CaseState, text::Lang};
use proptest::prelude::*;

const HEADER: &str = "receipt,form,state,title_en,title_es,meaning_en,meaning_es,received,updated,history";

fn csv(rows: &[&str]) -> Result<Vec<Case>, FileFaults> {
    parse(format!("{HEADER}\n{}\n", rows.join("\n")).as_bytes(), Format::Csv)
}

fn faults(result: Result<Vec<Case>, FileFaults>) -> Vec<String> {
    result.unwrap_err().sentences()
}

const GOOD: &str = "IOE9999900001,I-90,pending,We are at it,La revisamos,Wait for mail,Espere el correo,2026-03-02,2026-11-20,\
    2026-03-02|We got it|La recibimos; 2026-05-01|Fingerprints taken|Huellas tomadas";

#[test]
fn reads_a_case_whole() {
    let cases = csv(&[GOOD]).unwrap();
    let [case] = cases.as_slice() else { panic!("{cases:?}") };
    assert_eq!(case.receipt.as_str(), "IOE9999900001");
    assert_eq!((case.form.as_str(), case.state), ("I-90", CaseState::Pending));
    assert_eq!(case.title.in_lang(&Lang::es()), "La revisamos");
    assert_eq!(case.meaning.in_lang(&Lang::en()), "Wait for mail");
    assert_eq!(case.received.unwrap().to_string(), "2026-03-02");
    // Newest first, though the file had them the other way round.
    let steps: Vec<_> =
        case.history.iter().map(|s| (s.on.to_string(), s.title.in_lang(&Lang::es()))).collect();
    assert_eq!(steps, [("2026-05-01".into(), "Huellas tomadas"), ("2026-03-02".into(), "La recibimos")]);
}

#[test]
fn both_formats_say_the_same() {
    let line = r#"{"receipt":"IOE9999900001","form":"I-90","state":"pending","title_en":"We are at it","title_es":"La revisamos","meaning_en":"Wait for mail","meaning_es":"Espere el correo","received":"2026-03-02","updated":"2026-11-20","history":[{"on":"2026-03-02","title_en":"We got it","title_es":"La recibimos"},{"on":"2026-05-01","title_en":"Fingerprints taken","title_es":"Huellas tomadas"}]}"#;
    assert_eq!(parse(line.as_bytes(), Format::JsonLines).unwrap(), csv(&[GOOD]).unwrap());
    let (cells, _) = GOOD.rsplit_once(',').unwrap();
    let steps = &line[line.find('[').unwrap()..=line.find(']').unwrap()];
    let with_json = format!("{cells},\"{}\"", steps.replace('"', "\"\""));
    assert_eq!(csv(&[&with_json]).unwrap(), csv(&[GOOD]).unwrap());
}

#[test]
fn a_spreadsheet_on_windows_is_no_fault() {
    let text = format!("\u{feff}{HEADER}\r\n{GOOD}\r\n\r\n,,,,,,,,,\r\n");
    assert_eq!(parse(text.as_bytes(), Format::Csv).unwrap().len(), 1);
}

#[test]
fn every_fault_is_told_with_its_line_and_without_the_cell() {
    let rows = [
        GOOD,
        "short,I-90,pending,T,,M,,2026-01-02,2026-01-02,",
        "IOE9999900002,,open,,,M,,2/1/2026,2026-01-02,",
        "IOE9999900003,I-90,pending,T,,M,,2026-01-02,2026-01-01,2026-02-01|T",
        "ioe-9999-900-001,I-90,pending,T,,M,,2026-01-02,2026-01-02,",
        "IOE9999900004,I-90,pending",
        "IOE9999900005,I-90,pending,T,,M,,2026-01-02,2026-01-02,2026-01-02",
        "IOE9999900006,I-90,pending,T,,M,,2026-02-30,2026-01-02,[1]",
    ];
    assert_eq!(
        faults(csv(&rows)),
        [
            "line 3: receipt: 6 to 20 letters and digits, as on the receipt notice",
            "line 4: form: this is empty",
            "line 4: received: a day is written 2026-11-23",
            "line 4: state: one of received, pending, decision",
            "line 4: title: this is empty in every language",
            "line 5: history: a step lies after the day in updated",
            "line 5: updated: this is before the day in received",
            "line 6: the receipt number is already on line 2",
            "line 7: 3 cells under 10 columns",
            "line 8: history: a step is its day and 1 to 2 titles, parted by |",
            "line 9: history: an array of objects such as {\"on\": \"2026-11-23\", \"title_en\": \"…\"}",
            "line 9: received: a day is written 2026-11-23",
        ]
    );
}

#[test]
fn columns_are_named_and_unknown_ones_refused() {
    assert_eq!(
        faults(parse(b"receipt,form,state,received,color,form\nx\n", Format::Csv)),
        [
            "line 1: a column meaning_en (or in another language) is missing",
            "line 1: a column title_en (or in another language) is missing",
            "line 1: the column form is there twice",
            "line 1: the column updated is missing",
            "line 1: there is no column \"color\"",
        ]
    );
    assert_eq!(faults(parse(b"\n", Format::Csv)), ["the file is empty; its first line names the columns"]);
}

#[test]
fn json_faults_have_their_lines() {
    let text = "\n{\"receipt\":\"IOE9999900001\",\"receipt\":\"IOE9999900001\",\"x\":1,\"form\":5}\n{oops}\n";
    assert_eq!(
        faults(parse(text.as_bytes(), Format::JsonLines)),
        [
            "line 2: form: a text in quotation marks",
            "line 2: the field receipt is there twice",
            "line 2: the field received is missing",
            "line 2: the field state is missing",
            "line 2: the field updated is missing",
            "line 2: there is no field \"x\"",
            "line 3: each line is one whole JSON object, such as {\"receipt\": \"…\", …}",
        ]
    );
    assert_eq!(faults(parse(b" \n", Format::JsonLines)), ["the file is empty; each line is one case"]);
}

#[test]
fn what_cannot_be_text_or_is_too_large_is_refused() {
    assert_eq!(
        faults(parse(b"receipt\n\xff", Format::Csv)),
        ["line 2: this is not UTF-8 text; save the file as UTF-8"]
    );
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(faults(parse(&large, Format::Csv)), ["the file has more than 50 MiB; split it"]);
}

#[test]
fn a_file_that_is_wrong_throughout_is_told_by_its_first_faults() {
    let rows: Vec<&str> = std::iter::repeat_n("x", MAX_FAULTS + 7).collect();
    let faults = csv(&rows).unwrap_err();
    assert_eq!((faults.faults().len(), faults.more()), (MAX_FAULTS, 7));
    assert_eq!(faults.sentences().last().unwrap(), "7 more faults are not shown");
}

#[test]
fn the_format_is_told_by_name_or_by_content() {
    let of = |path: &str, content: &[u8]| Format::of(Some(Path::new(path)), content);
    assert_eq!(of("a.CSV", b"{"), Format::Csv);
    assert_eq!(of("a.jsonl", b""), Format::JsonLines);
    assert_eq!(of("cases", b"\xef\xbb\xbf \n{"), Format::JsonLines);
    assert_eq!(Format::of(None, b"receipt,form"), Format::Csv);
}

proptest! {
    /// Whatever the bytes, reading ends with cases or with faults.
    #[test]
    fn never_panics(content in proptest::collection::vec(any::<u8>(), 0..400), json in any::<bool>()) {
        let format = if json { Format::JsonLines } else { Format::Csv };
        if let Ok(cases) = parse(&content, format) {
            prop_assert!(content.len() > cases.len());
        }
    }

    /// Every single row of a mixed file is judged by itself.
    #[test]
    fn the_number_of_faulty_lines_is_the_number_of_bad_rows(bad in proptest::collection::vec(any::<bool>(), 1..40)) {
        let rows: Vec<String> = bad
            .iter()
            .enumerate()
            .map(|(n, bad)| {
                let state = if *bad { "lost" } else { "received" };
                format!("IOE99999{n:05},I-90,{state},T,,M,,2026-01-02,2026-01-02,")
            })
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        match csv(&rows) {
            Ok(cases) => prop_assert!(cases.len() == bad.len() && !bad.contains(&true)),
            Err(faults) => {
                let lines: Vec<usize> = faults.faults().iter().map(|f| f.line).collect();
                let want: Vec<usize> = bad.iter().enumerate().filter(|(_, b)| **b).map(|(n, _)| n + 2).collect();
                prop_assert_eq!(lines, want);
            }
        }
    }
}
