//! Which of the three states a status title stands for.
//!
//! The agency publishes no list; `data/statuses.csv` holds the titles that are known, and what each says about the
//! case as a whole. Some say nothing ("Duplicate Notice Was Mailed" comes before and after a decision): for these the
//! newest earlier step that says something counts. The other two columns say what normally comes next, and when it makes sense to ask.

use crate::{Next, NextStep};
use domain::case::CaseState;
use std::{collections::HashMap, sync::LazyLock};

/// What a title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// This state.
    State(CaseState),
    /// Nothing about the state: it is as it was before.
    AsBefore,
}

static TABLE: LazyLock<HashMap<String, Says>> =
    LazyLock::new(|| rows().filter_map(|(title, says)| Some((key(title), says?))).collect());

/// The rows as written: the title, and what it says, if that is one of the four words.
fn rows() -> impl Iterator<Item = (&'static str, Option<Says>)> {
    // Titles have no commas, which a test makes sure of.
    lines().map(|[title, says, ..]| {
        let says = match says {
            "received" => Some(Says::State(CaseState::Received)),
            "pending" => Some(Says::State(CaseState::Pending)),
            "decision" => Some(Says::State(CaseState::Decision)),
            "as-before" => Some(Says::AsBefore),
            _ => None,
        };
        (title, says)
    })
}

/// The four columns of each line.
fn lines() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = include_str!("data/statuses.csv").lines().skip(1);
    lines.filter_map(|line| line.splitn(4, ',').collect::<Vec<_>>().try_into().ok())
}

/// What normally comes after a title, and after how many days without it asking helps.
static NEXT: LazyLock<HashMap<String, Next>> = LazyLock::new(|| {
    let rows = lines().filter_map(|[title, _, step, days]| Some((title, NextStep::named(step)?, days)));
    rows.map(|(title, step, days)| (key(title), Next { step, ask_after_days: days.parse().ok() })).collect()
});

/// What normally comes after a title; none when it is not in the table.
pub(crate) fn next(title: &str) -> Option<Next> {
    NEXT.get(&key(title)).copied()
}

/// Titles differ in case, spaces, apostrophes and a full stop, and mean the same.
fn key(title: &str) -> String {
    let straight = title.replace(['\u{2019}', '\u{2018}'], "'").to_lowercase();
    straight.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}

/// What a title says; none when it is not in the table.
pub(super) fn says(title: &str) -> Option<Says> {
    TABLE.get(&key(title)).copied()
}

/// The state of a case: by its title, else by its earlier steps, newest first, else pending. A case with an unknown
/// title is most often one that somebody works on, and "pending" promises nothing.
pub(super) fn state<'a>(title: &'a str, earlier: impl Iterator<Item = &'a str>) -> CaseState {
    std::iter::once(title)
        .chain(earlier)
        // An unknown title ends the search: it may be what changed the state.
        .map_while(says)
        .find_map(|says| match says {
            Says::State(state) => Some(state),
            Says::AsBefore => None,
        })
        .unwrap_or(CaseState::Pending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn the_table_is_whole() {
        let mut seen = std::collections::HashSet::new();
        let mut written = String::new();
        for (title, says) in rows() {
            assert!(says.is_some() && !title.contains(',') && title.trim() == title, "{title}");
            assert!(seen.insert(key(title)), "{title} is there twice");
            writeln!(written, "{title}: {:?}", says.unwrap()).unwrap();
        }
        assert_eq!(seen.len(), include_str!("data/statuses.csv").lines().count() - 1);
        assert_eq!(NEXT.len(), seen.len(), "each says what comes next, or that it is not known");
        let days = lines().map(|[_, _, _, days]| days);
        assert!(days.into_iter().all(|days| days.is_empty() || days.parse::<u16>().is_ok()));
        insta::assert_snapshot!(written);
    }

    /// The titles that are known to be in public use.
    const KNOWN: [&str; 29] = [
        "Case Was Received",
        "Case Was Approved",
        "Case Was Denied",
        "Case Is Being Actively Reviewed By USCIS",
        "Request for Additional Evidence Was Sent",
        "Request for Initial Evidence Was Sent",
        "Response To USCIS' Request For Evidence Was Received",
        "Interview Was Scheduled",
        "Interview Cancelled",
        "Case is Ready to Be Scheduled for An Interview",
        "Case Was Updated To Show Fingerprints Were Taken",
        "Case Was Updated To Show That No One Appeared for In-Person Processing",
        "Case Was Transferred And A New Office Has Jurisdiction",
        "Case Was Transferred To Schedule An Interview",
        "New Card Is Being Produced",
        "Card Was Mailed To Me",
        "Card Was Delivered To Me By The Post Office",
        "Card Was Returned To USCIS",
        "Notice Was Returned To USCIS Because The Post Office Could Not Deliver It",
        "Name Was Updated",
        "Date of Birth Was Updated",
        "Duplicate Notice Was Mailed",
        "Expedite Request Approved",
        "Expedite Request Denied",
        "Case Was Rejected Because It Was Improperly Filed",
        "Withdrawal Acknowledgement Notice Was Sent",
        "Fee Will Be Refunded",
        "Case Was Reopened",
        "Notice Explaining USCIS Actions Was Mailed",
    ];

    #[test]
    fn every_known_title_has_its_state() {
        let mut written = String::new();
        for title in KNOWN {
            let says = says(title);
            assert!(says.is_some(), "{title}");
            writeln!(written, "{title}: {:?}", says.unwrap()).unwrap();
        }
        insta::assert_snapshot!(written);
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!(says(" case  was APPROVED. "), Some(Says::State(CaseState::Decision)));
        assert_eq!(
            says("Response To USCIS\u{2019} Request For Evidence Was Received"),
            Some(Says::State(CaseState::Pending))
        );
        assert_eq!(says("Something New"), None);
    }

    #[test]
    fn a_title_that_says_nothing_leaves_the_state_as_it_was() {
        let of = |title: &str, earlier: &[&str]| state(title, earlier.iter().copied());
        let duplicate = "Duplicate Notice Was Mailed";
        assert_eq!(of(duplicate, &["Case Was Approved", "Case Was Received"]), CaseState::Decision);
        assert_eq!(of(duplicate, &["Name Was Updated", "Case Was Received"]), CaseState::Received);
        assert_eq!(of(duplicate, &["Case Was Reopened", "Case Was Denied"]), CaseState::Pending);
        assert_eq!(of(duplicate, &["Something New", "Case Was Denied"]), CaseState::Pending);
        assert_eq!(of(duplicate, &[]), CaseState::Pending);
        assert_eq!(of("Something New", &["Case Was Approved"]), CaseState::Pending);
    }
}
