//! How long members of staff stay signed in.

use super::source::Source;
use domain::session::SessionLimits;

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 3] =
    [("staff", "idle_minutes"), ("staff", "longest_hours"), ("staff", "fresh_minutes")];

/// Reads the section; what it leaves out is as it is by default.
pub(super) fn settle(source: &mut Source) -> Option<SessionLimits> {
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
    Some(SessionLimits {
        idle_minutes: idle_minutes?,
        longest_hours: longest_hours?,
        fresh_minutes: fresh_minutes?,
    })
}
