//! What an automated voice says by telephone.
#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use domain::{mark::MarkCode, text::Lang};
use locale::{Overrides, Words};
use notices::{News, is_told, samples, told};
use std::fmt::Write;

fn words() -> Words {
    Words::load(&Overrides::none()).unwrap()
}

fn in_one_piece(lang: &Lang) -> String {
    let (words, mark) = (words(), MarkCode::from_mac(7));
    let mut out = String::new();
    for facts in samples(lang) {
        if let Some(told) = told(&words, &facts, mark) {
            if out.is_empty() {
                write!(out, "## who\n{}\n\n## then\n{}\n\n## never\n{}\n", told.who, told.then, told.never)
                    .unwrap();
            }
            write!(out, "\n## {}\n{}\n", facts.template(), told.news).unwrap();
        }
    }
    out
}

#[test]
fn english() {
    insta::assert_snapshot!(in_one_piece(&Lang::en()));
}

#[test]
fn spanish() {
    insta::assert_snapshot!(in_one_piece(&Lang::es()));
}

#[test]
fn nothing_of_the_case_or_the_person_is_said_and_who_calls_comes_first() {
    let words = words();
    let mut silent = 0;
    for facts in [Lang::en(), Lang::es()].iter().flat_map(samples) {
        let said = told(&words, &facts, MarkCode::from_mac(7));
        assert_eq!(said.is_some(), is_told(&facts.news), "{}", facts.template());
        assert!(
            told(&words, &facts.clone().neutral(), MarkCode::from_mac(7)).is_none(),
            "whoever is protected is called by nobody"
        );
        let Some(said) = said else {
            silent += 1;
            continue;
        };
        let all = [&said.who, &said.news, &said.then, &said.never].map(String::as_str).join(" ");
        assert!(said.who.contains(facts.agency.name.as_str()), "{}", said.who);
        assert!(!said.who.contains(&facts.inquiry.to_string()) && !all.contains("Ana"), "{all}");
        assert!(!all.contains(['{', '\u{2068}', '⟦']) && !all.contains(facts.link.reveal()), "{all}");
        if let News::DecisionMade { sentence } = &facts.news {
            assert!(!all.contains(sentence));
        }
        if let News::PapersNeeded { papers, .. } = &facts.news {
            assert!(papers.iter().all(|paper| !all.contains(paper)));
        }
    }
    assert!(silent > 0, "some messages are no calls");
}
