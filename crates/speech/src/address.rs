//! Postal addresses.
//!
//! The names of streets stay as they stand on the sign, in every language; only what is cut short is written out.

use crate::{
    Language, scan,
    token::{Token, letters_then_digits, tokens, whole},
};

/// What is cut short in an address, without its full stop. `St` is told apart by where it stands.
const CUT: &[(&str, &str)] = &[
    ("N", "North"),
    ("S", "South"),
    ("E", "East"),
    ("W", "West"),
    ("NE", "Northeast"),
    ("NW", "Northwest"),
    ("SE", "Southeast"),
    ("SW", "Southwest"),
    ("Ave", "Avenue"),
    ("Apt", "Apartment"),
    ("Bldg", "Building"),
    ("Blvd", "Boulevard"),
    ("Cir", "Circle"),
    ("Ct", "Court"),
    ("Dr", "Drive"),
    ("Fed", "Federal"),
    ("Fl", "Floor"),
    ("Ft", "Fort"),
    ("Hwy", "Highway"),
    ("Ln", "Lane"),
    ("Mt", "Mount"),
    ("Pkwy", "Parkway"),
    ("Pl", "Place"),
    ("Rd", "Road"),
    ("Rm", "Room"),
    ("Sq", "Square"),
    ("Ste", "Suite"),
    ("Ter", "Terrace"),
];

/// States and territories of the United States: USPS code, in English, in Spanish where it differs.
const STATES: &[(&str, &str, &str)] = &[
    ("AK", "Alaska", ""),
    ("AL", "Alabama", ""),
    ("AR", "Arkansas", ""),
    ("AS", "American Samoa", "Samoa Americana"),
    ("AZ", "Arizona", ""),
    ("CA", "California", ""),
    ("CO", "Colorado", ""),
    ("CT", "Connecticut", ""),
    ("DC", "D C", "Distrito de Columbia"),
    ("DE", "Delaware", ""),
    ("FL", "Florida", ""),
    ("GA", "Georgia", ""),
    ("GU", "Guam", ""),
    ("HI", "Hawaii", "Hawái"),
    ("IA", "Iowa", ""),
    ("ID", "Idaho", ""),
    ("IL", "Illinois", ""),
    ("IN", "Indiana", ""),
    ("KS", "Kansas", ""),
    ("KY", "Kentucky", ""),
    ("LA", "Louisiana", "Luisiana"),
    ("MA", "Massachusetts", ""),
    ("MD", "Maryland", ""),
    ("ME", "Maine", ""),
    ("MI", "Michigan", "Míchigan"),
    ("MN", "Minnesota", ""),
    ("MO", "Missouri", "Misuri"),
    ("MP", "Northern Mariana Islands", "Islas Marianas del Norte"),
    ("MS", "Mississippi", "Misisipi"),
    ("MT", "Montana", ""),
    ("NC", "North Carolina", "Carolina del Norte"),
    ("ND", "North Dakota", "Dakota del Norte"),
    ("NE", "Nebraska", ""),
    ("NH", "New Hampshire", "Nuevo Hampshire"),
    ("NJ", "New Jersey", "Nueva Jersey"),
    ("NM", "New Mexico", "Nuevo México"),
    ("NV", "Nevada", ""),
    ("NY", "New York", "Nueva York"),
    ("OH", "Ohio", ""),
    ("OK", "Oklahoma", ""),
    ("OR", "Oregon", "Oregón"),
    ("PA", "Pennsylvania", "Pensilvania"),
    ("PR", "Puerto Rico", ""),
    ("RI", "Rhode Island", ""),
    ("SC", "South Carolina", "Carolina del Sur"),
    ("SD", "South Dakota", "Dakota del Sur"),
    ("TN", "Tennessee", "Tennessee"),
    ("TX", "Texas", ""),
    ("UT", "Utah", ""),
    ("VA", "Virginia", ""),
    ("VI", "U S Virgin Islands", "Islas Vírgenes de Estados Unidos"),
    ("VT", "Vermont", ""),
    ("WA", "Washington", ""),
    ("WI", "Wisconsin", ""),
    ("WV", "West Virginia", "Virginia Occidental"),
    ("WY", "Wyoming", ""),
];

pub fn address(language: Language, text: &str) -> String {
    let pieces = tokens(text);
    let mut out = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let mut trail = piece.trail;
        let words = match said(language, &pieces, at) {
            Some((words, cut_short)) => {
                // The full stop of an abbreviation goes with it.
                trail = if cut_short { trail.trim_start_matches('.') } else { trail };
                words
            }
            None => scan::piece_words(language, piece.core),
        };
        let pause = if pieces.get(at + 1).is_some_and(|next| is_zip(next.core)) && trail.is_empty() {
            ","
        } else {
            ""
        };
        out.push(format!("{}{words}{trail}{pause}", piece.lead));
    }
    out.join(" ")
}

/// The words for one piece, and whether it was cut short.
fn said(language: Language, pieces: &[Token<'_>], at: usize) -> Option<(String, bool)> {
    let core = pieces[at].core;
    let before = at.checked_sub(1).map(|at| &pieces[at]);
    let opens = before.is_none_or(|before| before.trail.contains(','));
    let zip_next = pieces.get(at + 1).is_some_and(|next| is_zip(next.core));
    if is_zip(core) && before.is_some_and(|before| state(language, before.core).is_some()) {
        return Some((scan::zip(language, core), false));
    }
    if let Some(name) = state(language, core)
        && (zip_next || at + 1 == pieces.len())
        && at > 0
    {
        return Some((name, false));
    }
    if core == "St" {
        return Some((if opens { "Saint" } else { "Street" }.to_owned(), true));
    }
    if let Some((_, whole)) = CUT.iter().find(|(cut, _)| *cut == core) {
        return Some(((*whole).to_owned(), true));
    }
    if let Some(n) = whole(core)
        && !core.contains(',')
    {
        let said = if core.len() <= 4 && !core.starts_with('0') {
            scan::in_pairs(language, n)
        } else {
            scan::zip(language, core)
        };
        return Some((said, false));
    }
    if let Some((letters, digits, tail)) = letters_then_digits(core) {
        return Some((scan::form(language, letters, digits, tail), false));
    }
    // "5C": the number and its letter.
    let end = core.find(|c: char| !c.is_ascii_digit()).filter(|end| *end > 0)?;
    let (number, letter) = core.split_at(end);
    let apartment = letter.len() == 1 && letter.bytes().all(|b| b.is_ascii_uppercase());
    let n = whole(number).filter(|_| apartment && number.len() <= 4)?;
    Some((format!("{} {}", scan::in_pairs(language, n), scan::code(language, letter)), false))
}

fn state(language: Language, code: &str) -> Option<String> {
    let (_, english, spanish) = STATES.iter().find(|(known, ..)| *known == code)?;
    let name = if language == Language::Spanish && !spanish.is_empty() { spanish } else { english };
    Some((*name).to_owned())
}

fn is_zip(core: &str) -> bool {
    let (five, four) = core.split_once('-').map_or((core, None), |(five, four)| (five, Some(four)));
    let all = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    all(five, 5) && four.is_none_or(|four| all(four, 4))
}
