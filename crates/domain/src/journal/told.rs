//! What of the journal is told to the person whom it is about, and how what was read is called.

use super::Happened;
use crate::{call_record::Way, urgency::Urgency};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

impl Happened {
    /// Until when somebody may act for the person by it.
    pub const fn delegate_until(&self) -> Option<Timestamp> {
        match self {
            Self::DelegateNamed { until, .. } | Self::DelegateResent { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// Its stable name, as it stands in the journal.
    pub fn act(&self) -> String {
        let act =
            serde_json::to_value(self).ok().and_then(|value| value.get("act")?.as_str().map(str::to_owned));
        act.unwrap_or_default()
    }

    /// Is it told to the person whose inquiry it is? The rest is how the desk works inside, or is told under the messages.
    pub const fn is_for_person(&self) -> bool {
        matches!(
            self,
            Self::RequestReceived { .. }
                | Self::UrgencyDecided { urgency: Urgency::Urgent | Urgency::Regular, .. }
                | Self::PapersAsked { .. }
                | Self::PapersComplete
                | Self::CallbackPromised { .. }
                | Self::CallbackMoved { .. }
                | Self::CallbackCancelled { .. }
                | Self::RangBack { .. }
                | Self::CallStarted { .. }
                | Self::CallEnded { .. }
                | Self::PromiseBroken { .. }
                | Self::Unreached { .. }
                | Self::NeedDecided { .. }
                | Self::ReviewAsked { .. }
                | Self::ReviewDecided { .. }
                | Self::AppointmentBooked { .. }
                | Self::AppointmentMoved { .. }
                | Self::AppointmentCancelled { .. }
                | Self::CheckedIn { .. }
                | Self::TicketCalled { .. }
                | Self::DayClosed { .. }
                | Self::NewPlaceKept { .. }
                | Self::DayReopened { .. }
                | Self::SetAside { .. }
                | Self::BackInLine { .. }
                | Self::LeftUnserved { .. }
                | Self::WalkInAdmitted { .. }
                | Self::WalkInRefused { .. }
                | Self::Served { .. }
                | Self::NoShow { .. }
                | Self::Closed { .. }
                | Self::OfficeChanged { .. }
                | Self::EarlierAsked { .. }
                | Self::EarlierStopped
                | Self::EarlierOffered { .. }
                | Self::EarlierTaken { .. }
                | Self::EarlierDeclined { .. }
                | Self::EarlierLapsed { .. }
                | Self::ConfirmationAsked { .. }
                | Self::AppointmentConfirmed { .. }
                | Self::PostAgreed
                | Self::PostStopped
                | Self::CallsAgreed
                | Self::CallsStopped
                | Self::Corrected { .. }
                | Self::TextsAgreed
                | Self::TextsStopped
                | Self::LinkResent
                | Self::DelegateNamed { .. }
                | Self::DelegateEnded { .. }
                | Self::DelegateResent { .. }
                | Self::PassMade { .. }
                | Self::Called { way: Way::In | Way::Browser, .. }
        )
    }
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadWhat {
    /// The whole inquiry.
    Inquiry,
    /// The person's own page, by the person.
    OwnPage,
    /// The case status by receipt number.
    CaseStatus,
    /// What is known of whoever calls from a number.
    Caller,
    /// A letter, printed.
    Letter,
    /// Whose inquiries they are, and who read them.
    LookedFor,
    /// What is promised, by the person's calendar.
    Calendar,
}

impl ReadWhat {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inquiry => "inquiry",
            Self::OwnPage => "own-page",
            Self::CaseStatus => "case-status",
            Self::Caller => "caller",
            Self::Letter => "letter",
            Self::LookedFor => "looked-for",
            Self::Calendar => "calendar",
        }
    }
}
