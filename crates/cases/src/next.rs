//! What is normal next for a case, and when it makes sense to ask.
//!
//! Only what is generally so: by its status where that is one of those that are known, else by its state. Where nothing is known
//! nothing is promised.

use crate::api::next_by_title;
use domain::{
    case::{Case, CaseState},
    text::Lang,
};
use jiff::{ToSpan, civil::Date};

/// What normally comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// It is checked whether everything is there; a receipt notice comes.
    Receipt,
    /// Somebody works on it; what comes, and when, is not known.
    Work,
    /// The person answers a letter.
    Answer,
    /// What the person sent is read.
    Reading,
    /// The person comes to an appointment of the agency's own.
    Appointment,
    /// A date for one is sent.
    Date,
    /// The person missed one.
    Missed,
    /// Another office takes it up.
    Moved,
    /// A letter says what was decided and what follows.
    Letter,
    /// Something comes by mail.
    Mail,
    /// It should be there.
    There,
    /// It came back to the agency.
    Returned,
    /// Nothing is known.
    Unknown,
}

impl NextStep {
    /// Every one.
    pub const ALL: [Self; 13] = [
        Self::Receipt,
        Self::Work,
        Self::Answer,
        Self::Reading,
        Self::Appointment,
        Self::Date,
        Self::Missed,
        Self::Moved,
        Self::Letter,
        Self::Mail,
        Self::There,
        Self::Returned,
        Self::Unknown,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Work => "work",
            Self::Answer => "answer",
            Self::Reading => "reading",
            Self::Appointment => "appointment",
            Self::Date => "date",
            Self::Missed => "missed",
            Self::Moved => "moved",
            Self::Letter => "letter",
            Self::Mail => "mail",
            Self::There => "there",
            Self::Returned => "returned",
            Self::Unknown => "unknown",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }
}

/// What is normal next, and when asking helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// What comes.
    pub step: NextStep,
    /// After so many days without it asking helps; none where that is not known.
    pub ask_after_days: Option<u16>,
}

impl Next {
    /// What is normal next for a case.
    pub fn of(case: &Case) -> Self {
        next_by_title(case.title.in_lang(&Lang::en())).unwrap_or(match case.state {
            CaseState::Received => Self { step: NextStep::Receipt, ask_after_days: Some(30) },
            CaseState::Pending => Self { step: NextStep::Work, ask_after_days: None },
            CaseState::Decision => Self { step: NextStep::Letter, ask_after_days: Some(30) },
        })
    }

    /// From which day on asking helps, counted from the last change.
    pub fn ask_from(self, case: &Case) -> Option<Date> {
        case.updated.checked_add(i64::from(self.ask_after_days?).days()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::Text;

    fn case(title: &str, state: CaseState) -> Case {
        Case {
            receipt: "IOE9999999901".parse().unwrap(),
            form: "I-90".to_owned(),
            state,
            title: Text::new([(Lang::en(), title.to_owned())]),
            meaning: Text::default(),
            received: None,
            updated: "2026-11-20".parse().unwrap(),
            history: Vec::new(),
        }
    }

    #[test]
    fn by_the_status_else_by_the_state() {
        let mailed = case("card was mailed to me.", CaseState::Pending);
        assert_eq!(Next::of(&mailed), Next { step: NextStep::Mail, ask_after_days: Some(30) });
        assert_eq!(Next::of(&mailed).ask_from(&mailed), Some("2026-12-20".parse().unwrap()));
        let unknown = case("Fee Will Be Refunded", CaseState::Decision);
        assert_eq!(Next::of(&unknown).step, NextStep::Unknown, "nothing is known, and nothing is promised");
        let own = case("Our own words", CaseState::Pending);
        assert_eq!((Next::of(&own).step, Next::of(&own).ask_from(&own)), (NextStep::Work, None));
        assert_eq!(Next::of(&case("Our own words", CaseState::Received)).step, NextStep::Receipt);
        assert_eq!(Next::of(&case("Our own words", CaseState::Decision)).step, NextStep::Letter);
    }

    #[test]
    fn names_are_read_back() {
        for step in NextStep::ALL {
            assert_eq!(NextStep::named(step.as_str()), Some(step));
        }
        assert_eq!(NextStep::named("soon"), None);
    }
}
