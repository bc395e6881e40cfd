//! Whatever is written, what is said has no digit in it and loses no word.

use proptest::prelude::*;
use speech::{Gender, Language};

fn language() -> impl Strategy<Value = Language> {
    prop_oneof![Just(Language::English), Just(Language::Spanish)]
}

/// Text as people and agencies write it, and text as nobody does.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,12}",
        "[A-Z]{1,4}-?[0-9]{1,13}[A-Z]?",
        r"\$?[0-9]{1,3}(,[0-9]{3}){0,3}(\.[0-9]{1,3})?%?",
        "[0-9]{1,2}[:/][0-9]{1,2}(/[0-9]{2,4})?",
        "\\(?[0-9]{3}\\)?[- ]?[0-9]{3}-[0-9]{4}[.,]?",
        "(am|a\\.m\\.|a\\. m\\.|de|December|enero|St\\.|CA|NE|la|horas|noon)",
        "\\PC{0,8}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn no_digit_is_left(language in language(), text in text()) {
        for said in [language.words(&text), language.address(&text), language.code(&text), language.phone(&text),
            language.digits(&text), language.zip(&text)]
        {
            prop_assert!(!said.chars().any(|c| c.is_ascii_digit()), "{said:?} from {text:?}");
        }
    }

    #[test]
    fn words_are_left_alone(language in language(), words in prop::collection::vec("[a-zñáé]{2,9}[.,;?!]?", 0..12)) {
        let text = words.join(" ");
        prop_assert_eq!(language.words(&text), text);
    }

    #[test]
    fn different_numbers_sound_different(language in language(), a in 0_i64..2_000_000, b in 0_i64..2_000_000) {
        prop_assume!(a != b);
        prop_assert_ne!(language.count(a, Gender::Masculine), language.count(b, Gender::Masculine));
    }

    /// A code read back is the code that was keyed: no digit is lost or doubled.
    #[test]
    fn every_digit_is_said(language in language(), digits in "[0-9]{1,20}") {
        let said = language.digits(&digits);
        let names: Vec<String> = (0..10).map(|d| language.count(d, Gender::Masculine)).collect();
        let one = if language == Language::Spanish { "uno" } else { "one" };
        let heard: String = said
            .split([' ', ',']).filter(|word| !word.is_empty())
            .map(|word| if word == one { '1' } else {
                let at = names.iter().position(|name| name == word).unwrap();
                char::from_digit(u32::try_from(at).unwrap(), 10).unwrap()
            })
            .collect();
        prop_assert_eq!(heard, digits);
    }
}
