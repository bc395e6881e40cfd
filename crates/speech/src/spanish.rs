//! Numbers, dates and times in Spanish.

use crate::Gender;

const SMALL: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] =
    ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];
/// Each is a million times the one before: Spanish counts in the long scale.
const SCALES: [(u64, &str, &str); 3] = [
    (1_000_000_000_000_000_000, "trillón", "trillones"),
    (1_000_000_000_000, "billón", "billones"),
    (1_000_000, "millón", "millones"),
];
pub const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// How the one at the end of a number is said.
#[derive(Clone, Copy, PartialEq)]
enum One {
    /// "uno": alone.
    Alone,
    /// "un": before a masculine noun.
    Before,
    /// "una".
    Feminine,
}

fn below_hundred(n: usize, one: One) -> String {
    match (n, one) {
        (1, One::Before) => "un".to_owned(),
        (1, One::Feminine) => "una".to_owned(),
        (21, One::Before) => "veintiún".to_owned(),
        (21, One::Feminine) => "veintiuna".to_owned(),
        (0..30, _) => SMALL[n].to_owned(),
        _ if n.is_multiple_of(10) => TENS[n / 10].to_owned(),
        _ => format!("{} y {}", TENS[n / 10], below_hundred(n % 10, one)),
    }
}

fn below_thousand(n: usize, one: One) -> String {
    let hundreds = match (n, one) {
        (100, _) => return "cien".to_owned(),
        // "doscientas": from two hundred on they agree with what is counted.
        (200.., One::Feminine) => format!("{}as", HUNDREDS[n / 100].trim_end_matches("os")),
        _ => HUNDREDS[n / 100].to_owned(),
    };
    match (n / 100, n % 100) {
        (0, _) => below_hundred(n, one),
        (_, 0) => hundreds,
        (_, rest) => format!("{hundreds} {}", below_hundred(rest, one)),
    }
}

fn unsigned(n: u64, one: One) -> String {
    for (scale, single, many) in SCALES {
        if n >= scale {
            let head = match n / scale {
                1 => format!("un {single}"),
                times => format!("{} {many}", unsigned(times, One::Before)),
            };
            return if n.is_multiple_of(scale) {
                head
            } else {
                format!("{head} {}", unsigned(n % scale, one))
            };
        }
    }
    let part = |n: u64, one| below_thousand(usize::try_from(n).unwrap_or(0), one);
    // "veintiún mil", and "veintiuna mil" before a feminine noun.
    let of_thousands = if one == One::Feminine { One::Feminine } else { One::Before };
    match (n / 1000, n % 1000) {
        (0, _) => part(n, one),
        (1, 0) => "mil".to_owned(),
        (1, rest) => format!("mil {}", part(rest, one)),
        (thousands, 0) => format!("{} mil", part(thousands, of_thousands)),
        (thousands, rest) => format!("{} mil {}", part(thousands, of_thousands), part(rest, one)),
    }
}

fn signed(n: i64, one: One) -> String {
    let words = unsigned(n.unsigned_abs(), one);
    if n < 0 { format!("menos {words}") } else { words }
}

/// A number by itself: "veintiuno".
pub fn cardinal(n: i64) -> String {
    signed(n, One::Alone)
}

/// A number before what is counted: "veintiún", "veintiuna".
pub fn counting(n: i64, of: Gender) -> String {
    signed(n, if of == Gender::Feminine { One::Feminine } else { One::Before })
}

/// Whether a million or more stands at the end, so that "de" follows: "un millón de dólares".
fn needs_de(n: u64) -> bool {
    n >= 1_000_000 && n.is_multiple_of(1_000_000)
}

/// "primero" to "décimo", beyond that the number itself, as people say it.
pub fn ordinal(n: u64, of: Gender) -> String {
    const FIRST: [&str; 10] = [
        "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo",
    ];
    let word = n.checked_sub(1).and_then(|n| FIRST.get(usize::try_from(n).unwrap_or(usize::MAX)));
    match (word, of) {
        (Some(word), Gender::Masculine) => (*word).to_owned(),
        (Some(word), Gender::Feminine) => format!("{}a", word.trim_end_matches('o')),
        (None, _) => unsigned(n, One::Alone),
    }
}

/// The day in a date: only the first is an ordinal.
pub fn day(n: u64) -> String {
    if n == 1 { "primero".to_owned() } else { unsigned(n, One::Alone) }
}

/// 0:00 to 23:59 without the part of the day: "diez", "una y media", "diez y cinco".
pub fn clock(hour: u64, minute: u64) -> String {
    let hour = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    let hour = unsigned(hour, One::Feminine);
    match minute {
        0 => hour,
        15 => format!("{hour} y cuarto"),
        30 => format!("{hour} y media"),
        _ => format!("{hour} y {}", unsigned(minute, One::Alone)),
    }
}

/// The part of the day of an hour on the 24-hour clock.
pub const fn part(hour: u64) -> &'static str {
    match hour {
        0..6 => "de la madrugada",
        6..12 => "de la mañana",
        12..20 => "de la tarde",
        _ => "de la noche",
    }
}

/// A day that stands for itself: "tres de diciembre de dos mil veintiséis".
pub fn date(year: u64, month: usize, day_of: u64) -> String {
    let month = MONTHS.get(month.wrapping_sub(1)).copied().unwrap_or_default();
    format!("{} de {month} de {}", day(day_of), unsigned(year, One::Alone))
}

pub fn dollars(dollars: u64, cents: u64) -> String {
    let unit = if dollars == 1 { "dólar" } else { "dólares" };
    let small = if cents == 1 { "centavo" } else { "centavos" };
    let of = if needs_de(dollars) { "de " } else { "" };
    let amount = || format!("{} {of}{unit}", unsigned(dollars, One::Before));
    match (dollars, cents) {
        (_, 0) => amount(),
        (0, _) => format!("{} {small}", unsigned(cents, One::Before)),
        _ => format!("{} con {} {small}", amount(), unsigned(cents, One::Before)),
    }
}

/// A letter by its name. B and V sound alike, so V is "uve".
pub fn letter(c: char) -> String {
    match c.to_ascii_lowercase() {
        'b' => "be",
        'c' => "ce",
        'd' => "de",
        'f' => "efe",
        'g' => "ge",
        'h' => "hache",
        'j' => "jota",
        'k' => "ka",
        'l' => "ele",
        'm' => "eme",
        'n' => "ene",
        'ñ' => "eñe",
        'p' => "pe",
        'q' => "cu",
        'r' => "erre",
        's' => "ese",
        't' => "te",
        'v' => "uve",
        'w' => "doble uve",
        'x' => "equis",
        'y' => "i griega",
        'z' => "zeta",
        other => return other.to_string(),
    }
    .to_owned()
}
