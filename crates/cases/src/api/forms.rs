//! How forms are called: the service writes `N400`, people and the agency's pages write `N-400`.

use std::{collections::HashMap, sync::LazyLock};

/// The series of forms whose names take a hyphen: letters, and the same with the hyphen. Form numbers are public
/// (<https://www.uscis.gov/forms/all-forms>).
static SERIES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let table = include_str!("data/form-series.csv");
    table.lines().skip(1).filter_map(|line| line.split_once(',')).collect()
});

/// The form's name with its hyphen. A name that has one, or that begins with the letters of no known series before a
/// digit, stays as it is.
pub(super) fn named(told: &str) -> String {
    let name: String = told.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let at = name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len());
    let (letters, number) = name.split_at(at);
    match SERIES.get(letters) {
        Some(series) if number.starts_with(|c: char| c.is_ascii_digit()) => format!("{series}{number}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_hyphen_stands_between_series_and_number() {
        let told =
            ["N400", "I765", "I129F", "I821D", "I601A", "N600K", "AR11", "EOIR29", "G1145", "n-400", "I-90"];
        let want = [
            "N-400", "I-765", "I-129F", "I-821D", "I-601A", "N-600K", "AR-11", "EOIR-29", "G-1145", "N-400",
            "I-90",
        ];
        assert_eq!(told.map(named), want);
        assert_eq!(
            ["X100", "REFUGEE", "I", "9089", " i 485 "].map(named),
            ["X100", "REFUGEE", "I", "9089", "I-485"]
        );
    }
}
