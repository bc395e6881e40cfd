//! How members of staff get in, and how long they stay signed in.

use super::source::Source;
use domain::{actor::Role, second::Required, session::SessionLimits};

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 4] = [
    ("staff", "idle_minutes"),
    ("staff", "longest_hours"),
    ("staff", "fresh_minutes"),
    ("staff", "second_proof"),
];

/// What an installation is told of its staff.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StaffRules {
    /// How long they stay signed in.
    pub sessions: SessionLimits,
    /// Who must have a second proof. Whoever has one is asked for it, whether they must or not.
    pub second: Required,
}

/// Reads `nobody`, `everybody` or roles.
fn required(text: &str) -> Option<Required> {
    match text {
        "nobody" => Some(Required::default()),
        "everybody" => Some(Required::everybody()),
        roles => {
            let roles = roles.split([' ', ',']).filter(|part| !part.is_empty());
            let roles = roles.map(|role| role.parse::<Role>().ok()).collect::<Option<_>>().map(Required);
            roles.filter(|required| !required.0.is_empty())
        }
    }
}

/// Reads the section; what it leaves out is as it is by default.
pub(super) fn settle(source: &mut Source) -> Option<StaffRules> {
    let default = SessionLimits::default();
    let mut number = |key, what, default: u16, most: u16| {
        source.or("staff", key, what, &default.to_string(), |text| {
            text.parse().ok().filter(|number| (1..=most).contains(number))
        })
    };
    let idle_minutes = number("idle_minutes", "a number of minutes from 1 to 480", default.idle_minutes, 480);
    let longest_hours = number("longest_hours", "a number of hours from 1 to 24", default.longest_hours, 24);
    let fresh_minutes =
        number("fresh_minutes", "a number of minutes from 1 to 480", default.fresh_minutes, 480);
    let second = source.or(
        "staff",
        "second_proof",
        "nobody, everybody, or roles such as [\"administrator\", \"supervisor\"]",
        "nobody",
        required,
    );
    let sessions = SessionLimits {
        idle_minutes: idle_minutes?,
        longest_hours: longest_hours?,
        fresh_minutes: fresh_minutes?,
    };
    Some(StaffRules { sessions, second: second? })
}
