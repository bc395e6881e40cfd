//! When an office or a telephone line is open, and why it is not.
//!
//! Everything is data: hours with dates on them, closures, holidays by rule. A [`BusinessCalendar`]
//! puts them together in one IANA zone and answers in instants, so that nobody else has to think
//! about the two days a year that have 23 or 25 hours.

mod business;
mod closure;
mod holiday;
mod hours;
mod why;
pub mod windows;
mod zone;

pub use business::{BusinessCalendar, OpenSpan};
pub use closure::{Closure, ClosureError};
pub use holiday::{Holiday, HolidayError, HolidayOn, HolidayRule, Holidays, Nth, Observed};
pub use hours::{DatedHours, HoursError, OpeningHours, Span, SpanError, WeeklyHours};
pub use why::Closed;
pub use zone::{UnknownZone, Zone};

pub(crate) mod weekday;
pub(crate) use business::{span_on, spans_on};
pub(crate) use zone::next_day;

#[cfg(test)]
pub(crate) mod tests;
