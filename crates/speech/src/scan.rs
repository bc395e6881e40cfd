//! Text, piece by piece: what is recognised becomes words.

use crate::{
    Gender, Language, english, spanish,
    token::{Token, letters_then_digits, numbers, tokens, whole},
};

/// Words in capitals that are said as words, not spelled.
const SAID_WHOLE: [&str; 20] = [
    "AND", "DACA", "DO", "EN", "FOR", "IN", "IS", "NO", "NOT", "OF", "ON", "OR", "PIN", "SE", "THE", "TO",
    "Y", "YES", "ZIP", "A",
];

/// What a rule made of the pieces from one on: the words, and how many pieces they stand for.
type Said = Option<(String, usize)>;

pub fn text(language: Language, text: &str) -> String {
    let pieces = tokens(text);
    let mut out: Vec<String> = Vec::with_capacity(pieces.len());
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        let (words, taken) =
            recognised(language, &pieces, at).unwrap_or_else(|| (piece_words(language, piece.core), 1));
        let last = pieces.get(at + taken - 1).unwrap_or(piece);
        let goes_on = pieces.get(at + taken).is_some_and(|next| next.core.starts_with(char::is_lowercase));
        // A parenthesis around an area code and the full stop of "a.m." go with what they were part of.
        let lead =
            if piece.trail == ")" && taken > 1 { piece.lead.trim_end_matches('(') } else { piece.lead };
        let trail = match last.trail.strip_prefix('.') {
            Some(rest) if taken > 1 && (goes_on || !rest.is_empty()) => rest,
            _ => last.trail,
        };
        out.push(format!("{lead}{words}{trail}"));
        at += taken;
    }
    out.join(" ")
}

fn recognised(language: Language, pieces: &[Token<'_>], at: usize) -> Said {
    time(language, pieces, at)
        .or_else(|| day(language, pieces[at].core).map(|words| (words, 1)))
        .or_else(|| telephone(language, pieces, at))
        .or_else(|| money(language, pieces, at))
        .or_else(|| number(language, pieces, at).map(|words| (words, 1)))
}

/// A piece by itself, whatever stands around it. No digit is left in it.
pub fn piece_words(language: Language, core: &str) -> String {
    if let Some(words) = single(language, core) {
        return words;
    }
    if !core.bytes().any(|b| b.is_ascii_digit()) {
        return core.to_owned();
    }
    // A mixture that no rule knows: its letters as they are, its digits one by one.
    let mut said = String::new();
    let mut run = String::new();
    let mut of_digits = false;
    let mut after_digits = false;
    let mut end = |run: &mut String, of_digits: bool| {
        if !run.is_empty() {
            let pause = if of_digits && after_digits { ", " } else { " " };
            if !said.is_empty() {
                said.push_str(pause);
            }
            said.push_str(&if of_digits { short_number(language, run) } else { run.clone() });
            after_digits = of_digits;
            run.clear();
        }
    };
    for c in core.chars() {
        if c.is_alphanumeric() {
            if c.is_ascii_digit() != of_digits {
                end(&mut run, of_digits);
                of_digits = c.is_ascii_digit();
            }
            run.push(c);
        } else {
            end(&mut run, of_digits);
        }
    }
    end(&mut run, of_digits);
    said
}

/// Up to two digits as a number, more of them one by one.
fn short_number(language: Language, digits: &str) -> String {
    match whole(digits) {
        Some(n) if digits.len() <= 2 && !digits.starts_with('0') => cardinal(language, n),
        _ => self::digits(language, digits),
    }
}

/// Codes, forms, ordinals, percentages and abbreviations.
fn single(language: Language, core: &str) -> Option<String> {
    match core {
        "&" => return Some(if language == Language::English { "and" } else { "y" }.to_owned()),
        "#" => return Some(if language == Language::English { "number" } else { "número" }.to_owned()),
        _ => {}
    }
    if let Some(percent) = core.strip_suffix('%') {
        let words =
            if let Some(n) = whole(percent) { cardinal(language, n) } else { decimal(language, percent)? };
        let unit = if language == Language::English { "percent" } else { "por ciento" };
        return Some(format!("{words} {unit}"));
    }
    if let Some((letters, digits, tail)) = letters_then_digits(core) {
        if digits.len() >= 6 {
            return Some(code(language, core));
        }
        return Some(form(language, letters, digits, tail));
    }
    if let Some(words) = ordinal(language, core) {
        return Some(words);
    }
    if (2..=5).contains(&core.len())
        && core.bytes().all(|b| b.is_ascii_uppercase())
        && !SAID_WHOLE.contains(&core)
    {
        return Some(core.chars().map(|c| letter(language, c)).collect::<Vec<_>>().join(" "));
    }
    decimal(language, core)
}

/// "I-797C": "I seven ninety-seven C".
pub fn form(language: Language, letters: &str, number: &str, tail: &str) -> String {
    let spell = |letters: &str| letters.chars().map(|c| letter(language, c)).collect::<Vec<_>>();
    let mut parts = spell(letters);
    parts.push(match whole(number) {
        Some(n) if number.len() <= 4 && !number.starts_with('0') => in_pairs(language, n),
        _ => digits(language, number),
    });
    parts.extend(spell(tail));
    parts.join(" ")
}

/// As house numbers and forms are said.
pub fn in_pairs(language: Language, n: u64) -> String {
    match language {
        Language::English => english::pairs(n),
        Language::Spanish => cardinal(language, n),
    }
}

fn ordinal(language: Language, core: &str) -> Option<String> {
    let end = core.find(|c: char| !c.is_ascii_digit())?;
    let n = whole(&core[..end])?;
    match (language, &core[end..]) {
        (Language::English, "st" | "nd" | "rd" | "th") => Some(english::ordinal(n)),
        // In an address: "13th Street" is said as the number.
        (Language::Spanish, "st" | "nd" | "rd" | "th") => Some(cardinal(language, n)),
        (Language::Spanish, "º" | "o" | ".º") => Some(spanish::ordinal(n, Gender::Masculine)),
        (Language::Spanish, "ª" | "a" | ".ª") => Some(spanish::ordinal(n, Gender::Feminine)),
        _ => None,
    }
}

fn decimal(language: Language, core: &str) -> Option<String> {
    let (head, tail) = core.split_once('.')?;
    let n = whole(head)?;
    let good = (1..=6).contains(&tail.len()) && tail.bytes().all(|b| b.is_ascii_digit());
    let point = if language == Language::English { "point" } else { "punto" };
    good.then(|| format!("{} {point} {}", cardinal(language, n), one_by_one(language, tail)))
}

fn cardinal(language: Language, n: u64) -> String {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    match language {
        Language::English => english::cardinal(n),
        Language::Spanish => spanish::cardinal(n),
    }
}

/// "10:30 a.m.", "10:30 a. m.", "14:05".
fn time(language: Language, pieces: &[Token<'_>], at: usize) -> Said {
    let [hour, minute] = numbers::<2>(pieces[at].core, ':')?;
    if hour > 23 || minute > 59 {
        return None;
    }
    let follows = |n: usize| pieces.get(at + n).map_or("", |piece| piece.core);
    let (afternoon, taken) = match (follows(1), follows(2)) {
        _ if !pieces[at].trail.is_empty() => (None, 1),
        ("a.m" | "am" | "AM", _) => (Some(false), 2),
        ("p.m" | "pm" | "PM", _) => (Some(true), 2),
        ("a", "m") => (Some(false), 3),
        ("p", "m") => (Some(true), 3),
        ("noon" | "midnight", _) if language == Language::English => return Some((follows(1).to_owned(), 2)),
        _ => (None, 1),
    };
    let on_the_clock = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    if minute == 0 && on_the_clock % 12 == 0 && afternoon.is_some() {
        let words = match (language, on_the_clock) {
            (Language::English, 0) => "midnight",
            (Language::English, _) => "noon",
            (Language::Spanish, 0) => "doce de la medianoche",
            (Language::Spanish, _) => "doce del mediodía",
        };
        return Some((words.to_owned(), taken));
    }
    let (clock, part) = match language {
        Language::English => (english::clock(on_the_clock, minute), english::part(on_the_clock)),
        Language::Spanish => (spanish::clock(on_the_clock, minute), spanish::part(on_the_clock)),
    };
    // "10:30" alone stays open, as "between 10:30 and 11" leaves it; "14:30" cannot.
    let words = if afternoon.is_some() || hour > 12 || hour == 0 { format!("{clock} {part}") } else { clock };
    Some((words, taken))
}

/// "12/3/2026", "2026-12-03".
fn day(language: Language, core: &str) -> Option<String> {
    let [month, day, year] = match numbers::<3>(core, '/') {
        Some(parts) => parts,
        None => numbers::<3>(core, '-').map(|[year, month, day]| [month, day, year])?,
    };
    let month = usize::try_from(month).ok()?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1000..=9999).contains(&year) {
        return None;
    }
    Some(match language {
        Language::English => english::date(year, month, day),
        Language::Spanish => spanish::date(year, month, day),
    })
}

/// "202-555-0143", "(202) 555-0143", "+1 202 555 0143" is left to [`phone`].
fn telephone(language: Language, pieces: &[Token<'_>], at: usize) -> Said {
    let core = pieces[at].core;
    if is_number_of(core, &[3, 3, 4]) || is_number_of(core, &[3, 4]) {
        return Some((phone(language, core), 1));
    }
    if let Some(digits) = core.strip_prefix('+')
        && (8..=15).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
    {
        return Some((phone(language, core), 1));
    }
    let next = pieces.get(at + 1)?.core;
    let area = pieces[at].lead.ends_with('(') && pieces[at].trail == ")" && is_number_of(core, &[3]);
    (area && is_number_of(next, &[3, 4])).then(|| (phone(language, &format!("{core}{next}")), 2))
}

/// Digits in groups of these lengths with hyphens between.
fn is_number_of(core: &str, lengths: &[usize]) -> bool {
    let mut groups = core.split('-');
    lengths.iter().all(|length| {
        groups.next().is_some_and(|group| group.len() == *length && group.bytes().all(|b| b.is_ascii_digit()))
    }) && groups.next().is_none()
        && lengths.len() > usize::from(core.len() > 3)
}

/// "$1,225.50".
fn money(language: Language, pieces: &[Token<'_>], at: usize) -> Said {
    let amount = pieces[at].core.strip_prefix('$')?;
    let (dollars, cents) = match amount.split_once('.') {
        Some((dollars, cents)) if cents.len() == 2 => (whole(dollars)?, whole(cents)?),
        Some(_) => return None,
        None => (whole(amount)?, 0),
    };
    let words = match language {
        Language::English => english::dollars(dollars, cents),
        Language::Spanish => spanish::dollars(dollars, cents),
    };
    Some((words, 1))
}

/// A whole number, said as what stands around it wants it.
fn number(language: Language, pieces: &[Token<'_>], at: usize) -> Option<String> {
    let core = pieces[at].core;
    let n = whole(core)?;
    let plain = !core.contains(',');
    // "911", "711": services, never amounts.
    let service = plain && core.len() == 3 && core.ends_with("11");
    if service || (plain && (core.len() > 4 || (core.len() > 1 && core.starts_with('0')))) {
        return Some(digits(language, core));
    }
    let before = at.checked_sub(1).map_or("", |at| pieces[at].core);
    let after = |n: usize| pieces.get(at + n).filter(|_| pieces[at].trail.is_empty()).map_or("", |p| p.core);
    let year = plain && (1900..=2099).contains(&n);
    Some(match language {
        Language::English if english::MONTHS.contains(&before) && (1..=31).contains(&n) => {
            english::ordinal(n)
        }
        Language::English if year => english::pairs(n),
        Language::English => cardinal(language, n),
        Language::Spanish if after(1) == "de" && spanish::MONTHS.contains(&after(2)) => spanish::day(n),
        Language::Spanish if year && (before == "de" || before == "en") => cardinal(language, n),
        Language::Spanish => {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            if ["la", "las", "La", "Las"].contains(&before) {
                spanish::counting(n, Gender::Feminine)
            } else if after(1).starts_with(char::is_lowercase)
                && !["de", "y", "a", "o", "en"].contains(&after(1))
            {
                spanish::counting(n, gender(after(1)))
            } else {
                spanish::cardinal(n)
            }
        }
    })
}

/// The gender that a noun most likely has: "horas" feminine, "días" and "problemas" masculine.
fn gender(noun: &str) -> Gender {
    let single = noun.strip_suffix('s').unwrap_or(noun);
    let feminine = (single.ends_with('a') && !single.ends_with("ma") && single != "día")
        || single.ends_with("ción")
        || single.ends_with("cione");
    if feminine { Gender::Feminine } else { Gender::Masculine }
}

fn letter(language: Language, c: char) -> String {
    match language {
        Language::English => english::letter(c),
        Language::Spanish => spanish::letter(c),
    }
}

fn one_by_one(language: Language, digits: &str) -> String {
    let words: Vec<String> =
        digits.chars().filter_map(|c| c.to_digit(10)).map(|d| cardinal(language, d.into())).collect();
    words.join(" ")
}

/// How a row of digits is cut: in threes, with two to four at the end; eight as four and four.
fn groups(length: usize) -> Vec<usize> {
    if length == 8 {
        return vec![4, 4];
    }
    let (mut left, mut cut) = (length, Vec::new());
    while left > 4 {
        cut.push(3);
        left -= 3;
    }
    cut.push(left);
    cut
}

fn in_groups(language: Language, run: &str) -> String {
    let mut rest = run;
    let said: Vec<String> = groups(run.len())
        .into_iter()
        .map(|length| {
            let (group, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = after;
            one_by_one(language, group)
        })
        .collect();
    said.join(", ")
}

/// The runs of one sort in a text.
fn runs(text: &str, keep: impl Fn(char) -> bool) -> Vec<String> {
    text.split(|c| !keep(c)).filter(|run| !run.is_empty()).map(str::to_owned).collect()
}

pub fn digits(language: Language, text: &str) -> String {
    let said: Vec<String> =
        runs(text, |c| c.is_ascii_digit()).iter().map(|run| in_groups(language, run)).collect();
    said.join(", ")
}

pub fn code(language: Language, text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    for run in runs(text, |c| c.is_ascii_alphanumeric()) {
        let mut rest = run.as_str();
        while let Some(first) = rest.chars().next() {
            let of_digits = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != of_digits).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            if of_digits {
                parts.push(in_groups(language, part));
            } else {
                parts.extend(part.chars().map(|c| letter(language, c)));
            }
            rest = after;
        }
    }
    parts.join(", ")
}

pub fn zip(language: Language, text: &str) -> String {
    let said: Vec<String> =
        runs(text, |c| c.is_ascii_digit()).iter().map(|run| one_by_one(language, run)).collect();
    said.join(", ")
}

pub fn phone(language: Language, number: &str) -> String {
    let all: String = number.chars().filter(char::is_ascii_digit).collect();
    let local = match all.len() {
        11 => all.strip_prefix('1'),
        7 | 10 if !number.starts_with('+') => Some(all.as_str()),
        _ => None,
    };
    if let Some(local) = local {
        return in_groups(language, local);
    }
    if !number.starts_with('+') {
        return in_groups(language, &all);
    }
    let plus = if language == Language::English { "plus" } else { "más" };
    let (country, rest) = all.split_at(country_code(&all).min(all.len()));
    format!("{plus} {}, {}", one_by_one(language, country), in_groups(language, rest))
}

/// How many digits of an international number are the country's (ITU-T E.164, the assigned codes).
fn country_code(digits: &str) -> usize {
    let two: u8 = digits.get(..2).and_then(|two| two.parse().ok()).unwrap_or(0);
    match two {
        10..=19 | 70..=79 => 1,
        20 | 27 | 30..=34 | 36 | 39..=41 | 43..=49 | 51..=58 | 60..=66 | 81 | 82 | 84 | 86 | 90..=95 | 98 => {
            2
        }
        _ => 3,
    }
}
