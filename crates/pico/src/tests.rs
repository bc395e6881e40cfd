//! Both voices speak, do not clip, and say the same thing in the same way.

use super::*;

const HELLO: [(Language, &str); 2] = [
    (Language::English, "Your case was received on December third. To hear this again, press star."),
    (
        Language::Spanish,
        "Su caso fue recibido el tres de diciembre. Para oírlo otra vez, oprima asterisco. Año, niño.",
    ),
];

fn speaker(language: Language) -> Speaker {
    Speaker::new(language).expect("a voice")
}

fn spoken(language: Language, words: &str, percent: u16) -> Vec<i16> {
    speaker(language).speak(words, percent, 16_000 * 60).expect("spoken")
}

fn loudest(samples: &[i16]) -> u16 {
    samples.iter().map(|s| s.unsigned_abs()).max().unwrap_or(0)
}

#[test]
fn both_languages_are_spoken_without_clipping() {
    for (language, words) in HELLO {
        let samples = spoken(language, words, 100);
        let seconds = samples.len() / 16_000;
        assert!((3..9).contains(&seconds), "{language:?}: {seconds} s");
        assert!((2_000..32_000).contains(&loudest(&samples)), "{language:?}: {}", loudest(&samples));
    }
}

fn power(samples: impl Iterator<Item = i16>) -> f64 {
    samples.map(|sample| f64::from(sample).powi(2)).sum()
}

/// Hisses are made of the engine's own noise, which is never the same twice: the same words are always as long and
/// differ by that alone.
#[test]
fn the_same_words_sound_the_same() {
    for (language, words) in HELLO {
        let first = spoken(language, words, 100);
        let alike = |again: &[i16], after: &str| {
            assert_eq!(first.len(), again.len(), "{language:?} after {after}");
            let difference = power(first.iter().zip(again).map(|(a, b)| a.saturating_sub(*b)));
            let share = difference / power(first.iter().copied());
            assert!(share < 0.05, "{language:?} after {after}: {share}");
        };
        alike(&spoken(language, words, 100), "nothing");
        let mut speaker = speaker(language);
        for other in ["Something else.", "An unfinished", "?", words] {
            speaker.speak(other, 80, 16_000 * 60).expect("spoken");
            alike(&speaker.speak(words, 100, 16_000 * 60).expect("spoken"), other);
        }
        assert!(matches!(speaker.speak(words, 100, 100), Err(PicoFault::TooMuchSound)));
        alike(&speaker.speak(words, 100, 16_000 * 60).expect("spoken"), "a fault");
    }
}

#[test]
fn slower_is_longer() {
    for (language, words) in HELLO {
        let [usual, slow, slower] = [100, 80, 65].map(|percent| spoken(language, words, percent).len());
        assert!(slow * 10 > usual * 11, "{language:?}: {usual} {slow}");
        assert!(slower * 10 > slow * 11, "{language:?}: {slow} {slower}");
    }
}

#[test]
fn marks_in_the_words_are_no_marks() {
    let plain = spoken(Language::English, "One  speed level='500' two.", 100);
    assert_eq!(plain.len(), spoken(Language::English, "One <speed level='500'>two.", 100).len());
    assert_eq!(marked("a<b>\0&c", 7), "<volume level='40'><speed level='20'>a b   c</speed></volume>\0");
}

#[test]
fn a_long_text_is_spoken_to_its_end_or_refused() {
    let many = "One two three four five six seven eight nine ten. ".repeat(40);
    let samples = speaker(Language::English).speak(&many, 100, 16_000 * 600).expect("spoken");
    let one = spoken(Language::English, "One two three four five six seven eight nine ten.", 100);
    assert!(samples.len() > one.len() * 30, "{} of {}", samples.len(), one.len());
    assert!(matches!(speaker(Language::English).speak(&many, 100, 16_000), Err(PicoFault::TooMuchSound)));
    assert!(matches!(
        speaker(Language::English).speak(&"a".repeat(MOST_WORDS + 1), 100, 16_000),
        Err(PicoFault::TooLong)
    ));
}

#[test]
fn no_text_breaks_the_engine() {
    for words in ["", " ", ".", "…", "\u{0}", "日本語", "<", "&amp;", "é", "\u{1F600}"] {
        for language in Language::ALL {
            let said = speaker(language).speak(words, 100, 16_000 * 60);
            assert!(said.is_ok(), "{words:?}: {said:?}");
        }
    }
}
