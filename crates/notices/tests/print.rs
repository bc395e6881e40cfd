//! Letters, looked into by others' programs: qpdf says whether the file is sound, poppler what is in it and where.
#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use domain::{notice::NoticeKind, pii::Pii, text::Lang};
use locale::{Overrides, Words};
use notices::{News, Press, Sheet, samples};
use std::{fs, path::Path, process::Command, sync::Arc};

fn press() -> Press {
    let face = |weight: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(format!("../web/assets/dist/print/sourcesanspro-{weight}-webfont.ttf"));
        fs::read(&path).unwrap_or_else(|_| panic!("no {}: run `cargo xtask assets`", path.display()))
    };
    Press::new(face("regular"), face("bold")).unwrap()
}

fn address() -> Vec<String> {
    ["Ana Nguyễn", "300 Example Street", "Apt 4", "Los Angeles CA 90012"].map(str::to_owned).to_vec()
}

fn sheets(lang: &Lang) -> Vec<Sheet> {
    let words = Arc::new(Words::load(&Overrides::none()).unwrap());
    samples(lang)
        .into_iter()
        .map(|facts| Sheet { words: Arc::clone(&words), facts, address: address() })
        .collect()
}

/// Prints and lets a program look at it; what it says.
fn looked_at(pdf: &[u8], program: &str, args: &[&str]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("letters.pdf");
    fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    command.args(args).arg(&file);
    if program == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    // pdfinfo writes titles as they stand in the file, in UTF-16 where they must.
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn every_letter_is_sound_tagged_and_says_in_which_language_it_is() {
    for lang in [Lang::en(), Lang::es()] {
        let sheets = sheets(&lang);
        let pdf = press().print(&sheets).unwrap();
        let check = looked_at(&pdf, "qpdf", &["--check"]);
        assert!(check.contains("No syntax or stream encoding errors"), "{check}");
        let info = looked_at(&pdf, "pdfinfo", &[]);
        assert!(info.lines().any(|l| l.starts_with("Tagged:") && l.ends_with("yes")), "{info}");
        assert!(info.contains("letter"), "{info}");
        let meta = looked_at(&pdf, "pdfinfo", &["-meta"]);
        assert!(meta.contains("<pdfuaid:part>1</pdfuaid:part>"), "{meta}");
        let structure = looked_at(&pdf, "pdfinfo", &["-struct"]);
        let heads = structure.lines().filter(|line| line.trim_start().starts_with("H1")).count();
        let figures = structure.lines().filter(|line| line.trim_start().starts_with("Figure")).count();
        assert_eq!((heads, figures), (sheets.len(), sheets.len()), "{structure}");
        assert!(structure.contains("LBody"), "lists are lists");
    }
}

#[test]
fn each_says_all_that_the_e_mail_says_but_no_link_to_type() {
    for sheet in [Lang::en(), Lang::es()].iter().flat_map(sheets) {
        // What answers a text never goes by post.
        if sheet.facts.kind() == NoticeKind::TextAnswer {
            continue;
        }
        let pdf = press().print(std::slice::from_ref(&sheet)).unwrap();
        let text = looked_at(&pdf, "pdftotext", &["-raw"]);
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let number = sheet.facts.inquiry.to_string();
        for needed in [sheet.facts.agency.name.as_str(), &sheet.facts.agency.phone, &number, "Ana", "90012"] {
            assert!(flat.contains(needed), "no {needed:?} in {flat}");
        }
        assert!(!flat.contains(sheet.facts.link.reveal()), "the link is for the code");
        assert!(flat.contains("2026"), "letters are kept: they say the year");
        if let News::AppointmentBooked { appointment } = &sheet.facts.news {
            for bring in &appointment.bring {
                assert!(flat.contains(bring), "no {bring:?} in {flat}");
            }
        }
    }
}

#[test]
fn a_letter_to_somebody_protected_has_an_address_and_few_words() {
    for Sheet { words, facts, address } in sheets(&Lang::en()) {
        let agency = facts.agency.clone();
        let pdf = press().print(&[Sheet { words, facts: facts.neutral(), address }]).unwrap();
        let text = looked_at(&pdf, "pdftotext", &["-raw"]);
        assert!(text.contains("A message for you") && text.contains("90012"), "{text}");
        let (info, structure) = (looked_at(&pdf, "pdfinfo", &[]), looked_at(&pdf, "pdfinfo", &["-struct"]));
        for told in [&agency.name, &agency.phone, &"4821".to_owned()] {
            assert!(
                !text.contains(told.as_str()) && !info.contains(told.as_str()),
                "{told} in {text} {info}"
            );
        }
        assert!(!structure.contains("Figure"), "no code that opens anything");
    }
}

#[test]
fn the_address_is_in_the_window_and_a_name_that_the_typeface_lacks_is_still_readable() {
    let sheet = sheets(&Lang::en()).remove(0);
    let pdf = press().print(&[sheet]).unwrap();
    let boxes = looked_at(&pdf, "pdftotext", &["-bbox", "-l", "1"]);
    let at = |word: &str| {
        let line = boxes
            .lines()
            .find(|line| line.contains(&format!(">{word}<")))
            .unwrap_or_else(|| panic!("{word}: {boxes}"));
        let get = |name: &str| -> f32 {
            line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        (get("xMin"), get("yMin"), get("yMax"))
    };
    // 2 1/2 to 3 1/8 inches from the top, 7/8 of an inch from the left: seen wherever the sheet lies in the envelope.
    for word in ["Nguyen", "300", "Apt", "90012"] {
        let (_, top, bottom) = at(word);
        assert!(top >= 178.0 && bottom <= 230.0, "{word} from {top} to {bottom}");
    }
    assert!(at("300").0 >= 62.0, "left of the window");
}

#[test]
fn the_same_letters_make_the_same_file_and_a_long_one_has_more_pages() {
    let once = press().print(&sheets(&Lang::en())).unwrap();
    assert_eq!(once, press().print(&sheets(&Lang::en())).unwrap());
    let mut long = sheets(&Lang::en()).remove(0);
    long.facts.news = News::PapersNeeded {
        papers: (1..=60)
            .map(|n| format!("Paper number {n}, the whole of it, with a certified translation"))
            .collect(),
        until: None,
    };
    long.facts.first_name = Some(Pii::from("Ana"));
    let pdf = press().print(&[long]).unwrap();
    let text = looked_at(&pdf, "pdftotext", &["-raw"]);
    assert!(text.contains("page 3 of 3") && text.contains("Paper number 60"), "{text}");
}

#[test]
fn a_typeface_that_is_none_is_refused() {
    assert!(Press::new(b"none".to_vec(), b"none".to_vec()).is_err());
}
