//! What can be done with an inquiry, when, and by whom.

use crate::staff::frame::Seat;
use domain::{
    access::Action,
    inquiry::{Inquiry, Stage},
};

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Urgency,
    Papers,
    PapersComplete,
    Promise,
    MoveCall,
    CancelCall,
    Give,
    Call,
    Outcome,
    Need,
    Book,
    Move,
    Cancel,
    Earlier,
    StopEarlier,
    Office,
}

impl Act {
    pub(crate) const ALL: [Self; 16] = [
        Self::Call,
        Self::Outcome,
        Self::Book,
        Self::PapersComplete,
        Self::Promise,
        Self::Need,
        Self::Papers,
        Self::Move,
        Self::Cancel,
        Self::Earlier,
        Self::StopEarlier,
        Self::MoveCall,
        Self::CancelCall,
        Self::Give,
        Self::Urgency,
        Self::Office,
    ];

    /// What one must be allowed to do.
    pub(crate) const fn action(self) -> Action {
        match self {
            Self::Urgency => Action::DecideUrgency,
            Self::Papers | Self::PapersComplete => Action::AskPapers,
            Self::Promise | Self::MoveCall | Self::CancelCall => Action::PromiseCallback,
            Self::Give => Action::GivePromise,
            Self::Call | Self::Outcome => Action::CallPerson,
            Self::Need => Action::DecideNeed,
            Self::Book | Self::Move | Self::Cancel => Action::Book,
            Self::Earlier | Self::StopEarlier => Action::AskEarlier,
            Self::Office => Action::ChangeOffice,
        }
    }

    /// The last segment of its address, and the beginning of its fields' names.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Urgency => "urgency",
            Self::Papers => "papers",
            Self::PapersComplete => "papers-complete",
            Self::Promise => "promise",
            Self::MoveCall => "move-call",
            Self::CancelCall => "cancel-call",
            Self::Give => "give",
            Self::Call => "call",
            Self::Outcome => "outcome",
            Self::Need => "need",
            Self::Book => "book",
            Self::Move => "move",
            Self::Cancel => "cancel",
            Self::Earlier => "earlier",
            Self::StopEarlier => "stop-earlier",
            Self::Office => "office",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// The field of one of its questions.
    pub(crate) fn field(self, name: &str) -> String {
        format!("{}-{name}", self.code())
    }

    /// The key that opens it. The frame has F, K, L, D, O, R, S, Q, G and W.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Urgency => "u",
            Self::Papers => "p",
            Self::PapersComplete => "c",
            Self::Promise => "b",
            Self::MoveCall => "m",
            Self::CancelCall => "x",
            Self::Give => "h",
            Self::Call => "t",
            Self::Outcome => "e",
            Self::Need => "n",
            Self::Book => "a",
            Self::Move => "v",
            Self::Cancel => "z",
            Self::Earlier => "y",
            Self::StopEarlier => "j",
            Self::Office => "i",
        }
    }

    /// Is a message sent to the person, so that it is shown first?
    pub(crate) const fn is_told(self) -> bool {
        match self {
            Self::Papers
            | Self::Promise
            | Self::MoveCall
            | Self::CancelCall
            | Self::Need
            | Self::Book
            | Self::Move
            | Self::Cancel => true,
            Self::Urgency
            | Self::PapersComplete
            | Self::Give
            | Self::Call
            | Self::Outcome
            | Self::Earlier
            | Self::StopEarlier
            | Self::Office => false,
        }
    }

    /// Does it take one of the places of an office?
    pub(crate) const fn is_placing(self) -> bool {
        matches!(self, Self::Book | Self::Move)
    }

    /// Can it be done now by whoever sits here?
    pub(crate) fn is_open(self, seat: &Seat, inquiry: &Inquiry) -> bool {
        self.fits(seat, inquiry) && seat.can(self.action(), inquiry)
    }

    fn fits(self, seat: &Seat, inquiry: &Inquiry) -> bool {
        use Stage as S;
        let stage = &inquiry.stage;
        match self {
            Self::Urgency => {
                !matches!(stage, S::Calling { .. } | S::Booked(_) | S::CheckedIn { .. } | S::Closed { .. })
            }
            Self::Papers => {
                matches!(stage, S::Review { .. } | S::Spoken { .. } | S::Unreached { .. } | S::ToBook { .. })
            }
            Self::PapersComplete => matches!(stage, S::Papers { .. }),
            Self::Promise => matches!(stage, S::Review { .. } | S::Unreached { .. } | S::ToBook { .. }),
            Self::MoveCall | Self::CancelCall | Self::Give => matches!(stage, S::Promised(_)),
            Self::Call => matches!(stage, S::Promised(callback) if seat.ctx.now >= callback.window.start),
            Self::Outcome => {
                let mine = matches!(stage, S::Calling { officer, .. } if *officer == seat.me.staff.id);
                mine || inquiry.left_call().is_some()
            }
            Self::Need => {
                let waits = matches!(
                    stage,
                    S::Review { .. }
                        | S::Papers { .. }
                        | S::Spoken { .. }
                        | S::Unreached { .. }
                        | S::ToBook { .. }
                );
                waits && inquiry.may_decide(&seat.me.staff.actor()).is_ok()
            }
            Self::Book => matches!(stage, S::ToBook { .. }),
            Self::Move | Self::Cancel => matches!(stage, S::Booked(_)),
            Self::Earlier => seat.ctx.app.desk.offers_earlier() && inquiry.could_come_earlier().is_some(),
            Self::StopEarlier => inquiry.earlier.is_some(),
            Self::Office => !matches!(stage, S::Booked(_) | S::CheckedIn { .. } | S::Closed { .. }),
        }
    }
}
