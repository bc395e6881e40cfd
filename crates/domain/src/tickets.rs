//! The tickets that an office has given on a day. Each number is given once: the store keeps the count, and writes the next
//! only where the one before it stands.

use crate::codes::OfficeCode;
use jiff::civil::Date;

/// How many tickets an office has given on a day, the next one included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tickets {
    /// Which office.
    pub office: OfficeCode,
    /// Which day there.
    pub day: Date,
    /// How many, from 1 on.
    pub given: u64,
}

impl Tickets {
    /// The next ticket behind so many that were given.
    pub const fn next(office: OfficeCode, day: Date, given: u64) -> Self {
        Self { office, day, given: given.saturating_add(1) }
    }

    /// What stands on the ticket that was given last: `A001`, `A002` …
    pub fn last(&self) -> String {
        format!("A{:03}", self.given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_from_one() {
        let office: OfficeCode = "SPR".parse().unwrap();
        let day = jiff::civil::date(2031, 3, 3);
        assert_eq!(Tickets::next(office.clone(), day, 0).last(), "A001");
        assert_eq!(Tickets::next(office, day, 1234).last(), "A1235");
    }
}
