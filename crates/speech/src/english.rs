//! Numbers, dates and times in English.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "quintillion"),
    (1_000_000_000_000_000, "quadrillion"),
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
];
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn small(n: usize) -> &'static str {
    SMALL.get(n).copied().unwrap_or_default()
}

/// 0 to 99.
fn below_hundred(n: u64) -> String {
    let n = usize::try_from(n % 100).unwrap_or(0);
    match (n / 10, n % 10) {
        (0 | 1, _) => small(n).to_owned(),
        (tens, 0) => TENS[tens].to_owned(),
        (tens, ones) => format!("{}-{}", TENS[tens], small(ones)),
    }
}

fn unsigned(n: u64) -> String {
    for (scale, name) in SCALES {
        if n >= scale {
            let head = format!("{} {name}", unsigned(n / scale));
            return if n.is_multiple_of(scale) { head } else { format!("{head} {}", unsigned(n % scale)) };
        }
    }
    match (n / 100, n % 100) {
        (0, _) => below_hundred(n),
        (hundreds, 0) => format!("{} hundred", below_hundred(hundreds)),
        (hundreds, rest) => format!("{} hundred {}", below_hundred(hundreds), below_hundred(rest)),
    }
}

pub fn cardinal(n: i64) -> String {
    let words = unsigned(n.unsigned_abs());
    if n < 0 { format!("minus {words}") } else { words }
}

pub fn ordinal(n: u64) -> String {
    let words = unsigned(n);
    let at = words.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (head, last) = words.split_at(at);
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        other => other.strip_suffix('y').map_or_else(|| format!("{other}th"), |stem| format!("{stem}ieth")),
    };
    format!("{head}{last}")
}

/// In pairs, as years, house numbers and forms are said: "twenty twenty-six", "fifteen oh one", "seven ninety-seven",
/// "twelve hundred". From 1 to 9999; larger numbers as amounts.
pub fn pairs(n: u64) -> String {
    match (n / 100, n % 100) {
        (0 | 100.., _) => unsigned(n),
        (high, _) if high.is_multiple_of(10) && n % 100 < 10 => unsigned(n),
        (high, 0) => format!("{} hundred", below_hundred(high)),
        (high, low @ 1..10) => format!("{} oh {}", below_hundred(high), below_hundred(low)),
        (high, low) => format!("{} {}", below_hundred(high), below_hundred(low)),
    }
}

/// 0:00 to 23:59 without the part of the day: "ten", "ten oh five", "eleven thirty".
pub fn clock(hour: u64, minute: u64) -> String {
    let hour = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    match minute {
        0 => below_hundred(hour),
        1..10 => format!("{} oh {}", below_hundred(hour), below_hundred(minute)),
        _ => format!("{} {}", below_hundred(hour), below_hundred(minute)),
    }
}

/// The part of the day of an hour on the 24-hour clock.
pub const fn part(hour: u64) -> &'static str {
    match hour {
        0..6 => "in the early morning",
        6..12 => "in the morning",
        12..18 => "in the afternoon",
        18..20 => "in the evening",
        _ => "at night",
    }
}

/// A day of a month, 1 to 12, that stands for itself: "December third, twenty twenty-six".
pub fn date(year: u64, month: usize, day: u64) -> String {
    let month = MONTHS.get(month.wrapping_sub(1)).copied().unwrap_or_default();
    format!("{month} {}, {}", ordinal(day), pairs(year))
}

pub fn dollars(dollars: u64, cents: u64) -> String {
    let unit = if dollars == 1 { "dollar" } else { "dollars" };
    let small = if cents == 1 { "cent" } else { "cents" };
    match (dollars, cents) {
        (_, 0) => format!("{} {unit}", unsigned(dollars)),
        (0, _) => format!("{} {small}", unsigned(cents)),
        _ => format!("{} {unit} and {} {small}", unsigned(dollars), unsigned(cents)),
    }
}

/// A letter by its name: a capital that stands alone.
pub fn letter(c: char) -> String {
    c.to_ascii_uppercase().to_string()
}
