//! Which reason may a person mean? Found by the words of the pack's own texts: nothing is learned, nothing is kept.

use crate::reasons::Reason;
use domain::text::Lang;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words beyond these are not looked at: nobody describes a need in more, and each costs time.
const MOST_WORDS: usize = 24;
/// Shorter words (in, of, el, de) say nothing of a need.
const SHORTEST: usize = 3;
/// So many letters of two words must agree before one can stand for the other ("traveling", "travel").
const STEM: usize = 4;

/// The reasons that the words may mean, the likeliest first, then in the pack's order.
///
/// Each word counts once for a reason, by the best place where it stands: the name or the words beside it before what it
/// is for, that before who gets it and the papers. A word that many reasons have says less of each.
pub(crate) fn find<'a>(reasons: &'a [Reason], words: &str, lang: &Lang) -> Vec<&'a Reason> {
    let asked: Vec<String> = folded(words).take(MOST_WORDS).collect();
    let shelves: Vec<Vec<(u32, String)>> = reasons.iter().map(|reason| shelf(reason, lang)).collect();
    let mut points = vec![0_u32; reasons.len()];
    for word in &asked {
        let best: Vec<u32> = shelves
            .iter()
            .map(|shelf| {
                shelf.iter().filter(|(_, is)| alike(word, is)).map(|(weight, _)| *weight).max().unwrap_or(0)
            })
            .collect();
        let holders = best.iter().filter(|weight| **weight > 0).count();
        // What most reasons have ("the", "your") says nothing of any. In a pack of three, everything may be common.
        if holders == 0 || (reasons.len() > 3 && holders * 2 > reasons.len()) {
            continue;
        }
        let holders = u32::try_from(holders).unwrap_or(u32::MAX);
        for (points, weight) in points.iter_mut().zip(best) {
            *points += weight * 12 / holders;
        }
    }
    let mut found: Vec<(u32, &Reason)> =
        points.into_iter().zip(reasons).filter(|(points, _)| *points > 0).collect();
    found.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
    found.into_iter().map(|(_, reason)| reason).collect()
}

/// A reason's words with the weight of the place where each stands.
fn shelf(reason: &Reason, lang: &Lang) -> Vec<(u32, String)> {
    let also = reason.also.as_ref().map_or("", |also| also.in_lang(lang));
    let mut shelf = Vec::new();
    let mut put = |weight, text: &str| shelf.extend(folded(text).map(|word| (weight, word)));
    put(8, reason.name.in_lang(lang));
    put(8, also);
    put(4, reason.about.in_lang(lang));
    put(2, reason.who.in_lang(lang));
    put(2, reason.first.in_lang(lang));
    for item in reason.items() {
        put(1, item.name.in_lang(lang));
    }
    shelf
}

/// The words of a text as they are compared: small letters without accents; what is short is left out, save codes with a
/// digit in them.
fn folded(text: &str) -> impl Iterator<Item = String> {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    // A form's number is one word however it is written: I-131, I131.
    let joined = plain.replace(['-', '\u{2010}', '\u{2011}'], "");
    let words: Vec<String> = joined
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST || word.contains(|c: char| c.is_numeric()))
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// Is one the other, or its stem with another ending? Codes with a digit must be the same.
fn alike(asked: &str, is: &str) -> bool {
    if asked == is {
        return true;
    }
    if asked.contains(|c: char| c.is_numeric()) || is.contains(|c: char| c.is_numeric()) {
        return false;
    }
    let same = asked.chars().zip(is.chars()).take_while(|(a, b)| a == b).count();
    let (long, short) =
        (asked.chars().count().max(is.chars().count()), asked.chars().count().min(is.chars().count()));
    // Endings of up to three letters: renew, renewal; tarjeta, tarjetas; viajar, viaje.
    same >= STEM && same + 2 >= short && long <= same + 3
}
