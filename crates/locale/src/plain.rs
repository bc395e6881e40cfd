//! How plain a text is: the years of school that its length of sentences and words asks of a reader.
//!
//! Formulas know nothing of meaning. They find what is too long, which is most of what makes a form hard to read; whether
//! a short sentence is also a clear one, people have to judge.

use domain::text::Lang;

/// The years of school that English text asks for: the Flesch–Kincaid grade level (Kincaid et al. 1975, *Derivation of
/// new readability formulas*, Research Branch Report 8-75): `0.39·words/sentence + 11.8·syllables/word − 15.59`.
///
/// For Spanish, the Fernández Huerta ease (1959; as corrected to words for each sentence):
/// `206.84 − 60·syllables/word − 1.02·words/sentence`, told as years of school by the table that comes with it: 90 and
/// more is the fourth year, 80 the fifth, 70 the sixth, 60 the eighth, 50 the tenth or so; between, in proportion.
///
/// Each of `blocks` (a paragraph, a heading, an item of a list) ends a sentence, whether it has a full stop or not. Words
/// with digits (dates, numbers, form names) are read as codes and left out. None when there are no words, or the
/// language has no formula here.
pub fn grade<'a>(lang: &Lang, blocks: impl IntoIterator<Item = &'a str>) -> Option<f64> {
    let count: fn(&str) -> usize = match lang.as_str() {
        "en" => english,
        "es" => spanish,
        _ => return None,
    };
    let (mut sentences, mut words, mut syllables) = (0_u32, 0_u32, 0_u32);
    for sentence in blocks.into_iter().flat_map(sentences_of) {
        let mut any = false;
        for word in words_of(sentence) {
            any = true;
            words += 1;
            syllables += u32::try_from(count(&word)).unwrap_or(u32::MAX);
        }
        sentences += u32::from(any);
    }
    if sentences == 0 {
        return None;
    }
    let for_sentence = f64::from(words) / f64::from(sentences);
    let for_word = f64::from(syllables) / f64::from(words);
    Some(if lang.as_str() == "en" {
        0.39_f64.mul_add(for_sentence, 11.8_f64.mul_add(for_word, -15.59))
    } else {
        years(1.02_f64.mul_add(-for_sentence, 60.0_f64.mul_add(-for_word, 206.84)))
    })
}

/// Years of school for a Fernández Huerta ease.
fn years(ease: f64) -> f64 {
    // (ease, years), falling.
    const TABLE: [(f64, f64); 6] =
        [(100.0, 3.0), (90.0, 4.0), (80.0, 5.0), (70.0, 6.0), (60.0, 8.0), (50.0, 10.0)];
    let after = TABLE.iter().position(|&(at, _)| ease >= at).unwrap_or(TABLE.len() - 1).max(1);
    let ((high, few), (low, many)) = (TABLE[after - 1], TABLE[after]);
    few + (high - ease) / (high - low) * (many - few)
}

/// The sentences of a block: a full stop ends one when a capital, an opening mark or nothing follows, so that "a. m."
/// and "U.S. mail" do not.
fn sentences_of(block: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in block.char_indices() {
        if !matches!(mark, '.' | '!' | '?' | ':' | ';' | '…') {
            continue;
        }
        let end = at + mark.len_utf8();
        let (before, after) = (&block[start..at], &block[end..]);
        let initial = before.chars().rev().take_while(|c| c.is_alphabetic()).count() == 1;
        let opens = after.trim_start().chars().next().is_none_or(|next| {
            next.is_uppercase() || next.is_numeric() || matches!(next, '¿' | '¡' | '"' | '“' | '«' | '(')
        });
        if after.starts_with(char::is_alphanumeric)
            || !opens
            || (mark == '.' && initial && !after.trim().is_empty())
        {
            continue;
        }
        found.push(&block[start..end]);
        start = end;
    }
    found.push(&block[start..]);
    found
}

/// The words of a sentence, in small letters. What holds a digit, an at sign or a slash is a code and no word.
fn words_of(sentence: &str) -> impl Iterator<Item = String> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—'))
        .filter(|word| !word.contains(|c: char| c.is_numeric() || matches!(c, '@' | '/')))
        .map(|word| word.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty())
}

/// The syllables of an English word, by its groups of vowels: a silent e at the end and in -ed and -es is none, an l
/// after a consonant with an e ("table") is one.
fn english(word: &str) -> usize {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let letters: Vec<char> = word.chars().collect();
    let mut count = 0;
    let mut was = false;
    for (at, &letter) in letters.iter().enumerate() {
        let is = vowel(letter);
        // "re-en-ter" is rare; "i-a", "i-o" (not in -tion) and "u-a" are common: "di-al", "sit-u-a-tion".
        let apart = was
            && at > 0
            && matches!((letters[at - 1], letter), ('i', 'a' | 'o') | ('u', 'a'))
            && !(at > 1 && matches!(letters[at - 2], 't' | 's' | 'c' | 'g') && letters[at - 1] == 'i')
            && !(at > 1 && matches!(letters[at - 2], 'q' | 'g'));
        if is && (!was || apart) {
            count += 1;
        }
        was = is;
    }
    let ends = |end: &str| word.ends_with(end);
    let before = |back: usize| letters.len().checked_sub(back).map(|at| letters[at]);
    let silent = (ends("e")
        && !(ends("le") && before(3).is_some_and(|c| !vowel(c)))
        && before(2).is_some_and(|c| !vowel(c)))
        || (ends("ed") && before(3).is_some_and(|c| !vowel(c) && !matches!(c, 't' | 'd')))
        || (ends("es")
            && before(3).is_some_and(|c| !vowel(c) && !matches!(c, 's' | 'c' | 'z' | 'x' | 'g' | 'h')));
    (count - usize::from(silent && count > 1)).max(1)
}

/// The syllables of a Spanish word: each strong vowel (a, e, o, and an accented i or u) is one, and so is a weak one
/// that stands beside no other vowel; "gu" and "qu" before e and i have a silent u.
fn spanish(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let strong = |c: char| matches!(c, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú');
    // A y at the end is a weak vowel ("ley"), elsewhere a consonant ("ayuda") unless alone ("y").
    let weak = |at: usize| {
        let silent = letters[at] == 'u'
            && at > 0
            && matches!(letters[at - 1], 'q' | 'g')
            && matches!(letters.get(at + 1), Some('e' | 'i' | 'é' | 'í'));
        !silent && (matches!(letters[at], 'i' | 'u' | 'ü') || (letters[at] == 'y' && at + 1 == letters.len()))
    };
    let (mut count, mut at) = (0, 0);
    while at < letters.len() {
        let start = at;
        let mut strongs = 0;
        while at < letters.len() && (strong(letters[at]) || weak(at)) {
            strongs += usize::from(strong(letters[at]));
            at += 1;
        }
        if at > start {
            count += strongs.max(1);
        } else {
            at += 1;
        }
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::{english, grade, sentences_of, spanish};
    use domain::text::Lang;
    use proptest::prelude::*;

    #[test]
    fn syllables_are_counted_as_people_speak() {
        for (word, count) in [
            ("we", 1),
            ("the", 1),
            ("case", 1),
            ("table", 2),
            ("asked", 1),
            ("needed", 2),
            ("notices", 3),
            ("times", 1),
            ("office", 2),
            ("appointment", 3),
            ("inquiry", 3),
            ("officer", 3),
            ("people", 2),
            ("situation", 4),
            ("queue", 1),
            ("receipt", 2),
            ("promise", 2),
            ("through", 1),
            ("agency", 3),
        ] {
            assert_eq!(english(word), count, "{word}");
        }
        for (word, count) in [
            ("y", 1),
            ("cita", 2),
            ("oficina", 4),
            ("día", 2),
            ("ciudad", 2),
            ("que", 1),
            ("guía", 2),
            ("llamada", 3),
            ("siguiente", 3),
            ("país", 2),
            ("ayuda", 3),
            ("hoy", 1),
            ("número", 3),
            ("aún", 2),
            ("pingüino", 3),
        ] {
            assert_eq!(spanish(word), count, "{word}");
        }
    }

    #[test]
    fn a_stop_inside_a_sentence_does_not_end_it() {
        for (text, count) in [
            ("Call us. We help.", 2),
            ("We call at 3 p.m. on Monday.", 1),
            ("Llamamos a las 3 p. m. el lunes.", 1),
            ("Bring form 1.2 please", 1),
            ("The U.S. Postal Service brings it.", 1),
            ("Why? Because.", 2),
        ] {
            let found = sentences_of(text).into_iter().filter(|s| s.chars().any(char::is_alphabetic)).count();
            assert_eq!(found, count, "{text}");
        }
    }

    #[test]
    fn plain_words_ask_for_fewer_years_than_officialese() {
        let plain = grade(&Lang::en(), ["We will call you on Monday. Keep your phone near you."]).unwrap();
        let official = grade(
            &Lang::en(),
            ["Applicants are hereby notified that additional documentation substantiating eligibility must be submitted to \
              the adjudicating office prior to the expiration of the applicable period."],
        )
        .unwrap();
        assert!(plain < 3.0 && official > 16.0, "{plain} {official}");
        let plain = grade(&Lang::es(), ["Le llamamos el lunes. Tenga cerca su teléfono."]).unwrap();
        let official = grade(
            &Lang::es(),
            ["Se notifica a los solicitantes que la documentación adicional acreditativa de la elegibilidad deberá \
              presentarse ante la oficina competente con anterioridad al vencimiento del plazo correspondiente."],
        )
        .unwrap();
        assert!(plain < 7.0 && official > 12.0, "{plain} {official}");
        assert_eq!(grade(&Lang::en(), ["12 34", ""]), None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_finite_grade_or_none(text in "\\PC{0,200}") {
            for lang in [Lang::en(), Lang::es()] {
                if let Some(grade) = grade(&lang, [text.as_str()]) {
                    prop_assert!(grade.is_finite());
                }
            }
        }
    }
}
