//! Who may do what: one function, exhaustive, with the reason for every no.

use crate::{
    actor::{Right, Role, Staff},
    codes::OfficeCode,
    guard::Guard,
    inquiry::Inquiry,
};

#[cfg(test)]
mod tests;

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// See the lists of inquiries.
    SeeInquiries,
    /// Read one inquiry.
    ReadInquiry,
    /// Decide how soon.
    DecideUrgency,
    /// Ask for papers, or say that they are there.
    AskPapers,
    /// Promise, move or give back a callback.
    PromiseCallback,
    /// Take down what somebody says of themselves: what they ask for, or how what is recorded should read.
    TakeDown,
    /// Give a promised call to another officer.
    GivePromise,
    /// Call the person and record the outcome.
    CallPerson,
    /// Decide what the matter needs.
    DecideNeed,
    /// Book, move or cancel an appointment.
    Book,
    /// Choose another office than the serving one.
    ChangeOffice,
    /// Note that the person wants to come earlier, or does not any more.
    AskEarlier,
    /// See an office's day.
    SeeDay,
    /// Check a person in, call and serve them.
    RunDay,
    /// Let somebody in who has no booking, or not.
    DecideWalkIn,
    /// See the supervisor's figures and what has gone wrong.
    SeeFigures,
    /// Search the journal.
    SeeJournal,
    /// Keep the records: give a person what is held about them.
    KeepRecords,
    /// Agree that everything about a person is erased, or decline it.
    AgreeErasure,
    /// Import data.
    Import,
    /// Speak with people by telephone in the browser: take calls, pass them on.
    UseTelephone,
    /// See who waits on the line.
    SeeLine,
    /// Run the wait: say where operators are, and end waits.
    RunWait,
    /// Listen to a colleague's call, and speak in it.
    ListenIn,
    /// Play what was recorded of a call.
    HearRecording,
    /// Close an office's day, and open it again.
    CloseDay,
    /// Print letters and say that they are in the post.
    PrintLetters,
    /// See who is signed in and with which devices, and end that.
    RunAccounts,
    /// See how far other programs have been told what happens, and let them be told again.
    RunHooks,
    /// See the policies and the texts of the pack: what is in force, what was, what is drafted.
    SeePolicies,
    /// Draft a version of a policy or of a text of the pack and propose it.
    WritePolicies,
    /// Approve a version that somebody else proposed, and withdraw one before its day.
    ApprovePolicies,
    /// Say that a colleague is too near to an inquiry, or that they are not.
    RunConflicts,
    /// Plan when colleagues work.
    PlanRosters,
    /// Say that the person of an inquiry is protected.
    Protect,
    /// Say that they are not, or not any more.
    Unprotect,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 36] = [
        Self::SeeInquiries,
        Self::ReadInquiry,
        Self::DecideUrgency,
        Self::AskPapers,
        Self::PromiseCallback,
        Self::TakeDown,
        Self::GivePromise,
        Self::CallPerson,
        Self::DecideNeed,
        Self::Book,
        Self::ChangeOffice,
        Self::AskEarlier,
        Self::SeeDay,
        Self::RunDay,
        Self::DecideWalkIn,
        Self::CloseDay,
        Self::SeeFigures,
        Self::SeeJournal,
        Self::KeepRecords,
        Self::AgreeErasure,
        Self::Import,
        Self::UseTelephone,
        Self::SeeLine,
        Self::RunWait,
        Self::ListenIn,
        Self::HearRecording,
        Self::PrintLetters,
        Self::RunAccounts,
        Self::RunHooks,
        Self::SeePolicies,
        Self::WritePolicies,
        Self::ApprovePolicies,
        Self::RunConflicts,
        Self::PlanRosters,
        Self::Protect,
        Self::Unprotect,
    ];

    /// Can it be done with the inquiry of a protected person by somebody who may not see who that is? An office lets people in by
    /// their tickets, letters are posted, closed days give everybody another time; the line says that somebody is on it.
    const fn is_blind(self) -> bool {
        matches!(
            self,
            Self::SeeDay
                | Self::RunDay
                | Self::DecideWalkIn
                | Self::CloseDay
                | Self::PrintLetters
                | Self::Protect
        )
    }
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Denied {
    /// None of their roles does this.
    #[error("none of your roles does this")]
    Role,
    /// It belongs to another office than theirs.
    #[error("this belongs to another office")]
    OtherOffice,
    /// They are too near to the inquiry. To them it does not exist.
    #[error("they are too near to it")]
    Conflict,
    /// Its person is protected, and they were not given the right to see such people. To them it does not exist.
    #[error("its person is protected")]
    Protected,
    /// They may not sign in any more.
    #[error("this account is closed")]
    Inactive,
}

/// May this role do it anywhere, only at its own office, or not at all?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    No,
    OwnOffice,
    Anywhere,
}

const fn reach(role: Role, action: Action) -> Reach {
    use Action as A;
    match role {
        Role::Operator => match action {
            A::SeeInquiries
            | A::ReadInquiry
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::TakeDown
            | A::AskEarlier
            | A::UseTelephone
            | A::Protect
            | A::SeeLine => Reach::Anywhere,
            A::GivePromise
            | A::CallPerson
            | A::DecideNeed
            | A::Book
            | A::ChangeOffice
            | A::SeeDay
            | A::RunDay
            | A::DecideWalkIn
            | A::CloseDay
            | A::SeeFigures
            | A::SeeJournal
            | A::KeepRecords
            | A::AgreeErasure
            | A::Import
            | A::RunWait
            | A::ListenIn
            | A::HearRecording
            | A::PrintLetters
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::RunConflicts
            | A::PlanRosters
            | A::Unprotect
            | A::ApprovePolicies => Reach::No,
        },
        Role::Officer => match action {
            A::SeeInquiries
            | A::ReadInquiry
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::TakeDown
            | A::AskEarlier
            | A::CallPerson
            | A::DecideNeed
            | A::Book
            | A::ChangeOffice
            | A::SeeDay
            | A::Protect
            | A::UseTelephone => Reach::Anywhere,
            A::DecideWalkIn => Reach::OwnOffice,
            A::GivePromise
            | A::RunDay
            | A::CloseDay
            | A::SeeFigures
            | A::SeeJournal
            | A::KeepRecords
            | A::AgreeErasure
            | A::Import
            | A::SeeLine
            | A::RunWait
            | A::ListenIn
            | A::HearRecording
            | A::PrintLetters
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::RunConflicts
            | A::PlanRosters
            | A::Unprotect
            | A::ApprovePolicies => Reach::No,
        },
        Role::Clerk => match action {
            A::SeeDay | A::RunDay | A::ReadInquiry | A::PrintLetters => Reach::OwnOffice,
            A::SeeInquiries
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::TakeDown
            | A::GivePromise
            | A::CallPerson
            | A::DecideNeed
            | A::Book
            | A::ChangeOffice
            | A::AskEarlier
            | A::SeeFigures
            | A::DecideWalkIn
            | A::CloseDay
            | A::SeeJournal
            | A::KeepRecords
            | A::AgreeErasure
            | A::Import
            | A::UseTelephone
            | A::SeeLine
            | A::RunWait
            | A::ListenIn
            | A::HearRecording
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::RunConflicts
            | A::PlanRosters
            | A::Protect
            | A::Unprotect
            | A::ApprovePolicies => Reach::No,
        },
        Role::OfficeManager => match action {
            A::SeeDay
            | A::RunDay
            | A::DecideWalkIn
            | A::CloseDay
            | A::PlanRosters
            | A::ReadInquiry
            | A::Book
            | A::AskEarlier
            | A::SeeFigures
            | A::PrintLetters => Reach::OwnOffice,
            A::SeeInquiries
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::TakeDown
            | A::GivePromise
            | A::CallPerson
            | A::DecideNeed
            | A::ChangeOffice
            | A::SeeJournal
            | A::KeepRecords
            | A::AgreeErasure
            | A::Import
            | A::UseTelephone
            | A::SeeLine
            | A::RunWait
            | A::ListenIn
            | A::HearRecording
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::RunConflicts
            | A::Protect
            | A::Unprotect
            | A::ApprovePolicies => Reach::No,
        },
        Role::Supervisor => match action {
            A::SeeInquiries
            | A::ReadInquiry
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::TakeDown
            | A::AskEarlier
            | A::GivePromise
            | A::ChangeOffice
            | A::SeeDay
            | A::SeeFigures
            | A::UseTelephone
            | A::SeeLine
            | A::RunWait
            | A::RunConflicts
            | A::PlanRosters
            | A::Protect
            | A::Unprotect
            | A::ListenIn
            | A::HearRecording => Reach::Anywhere,
            A::CallPerson
            | A::DecideNeed
            | A::Book
            | A::RunDay
            | A::DecideWalkIn
            | A::CloseDay
            | A::SeeJournal
            | A::KeepRecords
            | A::AgreeErasure
            | A::Import
            | A::PrintLetters
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::ApprovePolicies => Reach::No,
        },
        Role::Analyst => match action {
            A::SeeFigures | A::SeePolicies | A::WritePolicies | A::ApprovePolicies => Reach::Anywhere,
            _ => Reach::No,
        },
        Role::Administrator => match action {
            A::SeeFigures
            | A::Import
            | A::RunAccounts
            | A::CloseDay
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::AgreeErasure
            | A::ApprovePolicies => Reach::Anywhere,
            _ => Reach::No,
        },
        Role::Auditor => match action {
            A::SeeInquiries
            | A::ReadInquiry
            | A::SeeDay
            | A::SeeFigures
            | A::SeeJournal
            | A::HearRecording
            | A::KeepRecords
            | A::AgreeErasure
            | A::SeePolicies => Reach::Anywhere,
            _ => Reach::No,
        },
    }
}

/// What something is done with: an inquiry, at an office, both, or nothing in particular.
#[derive(Debug, Clone, Copy, Default)]
pub struct On<'a> {
    office: Option<&'a OfficeCode>,
    inquiry: Option<&'a Inquiry>,
}

impl<'a> From<Option<&'a OfficeCode>> for On<'a> {
    fn from(office: Option<&'a OfficeCode>) -> Self {
        Self { office, inquiry: None }
    }
}

impl<'a> From<&'a Inquiry> for On<'a> {
    fn from(inquiry: &'a Inquiry) -> Self {
        (inquiry, inquiry.office_now()).into()
    }
}

impl<'a> From<(&'a Inquiry, &'a OfficeCode)> for On<'a> {
    fn from((inquiry, office): (&'a Inquiry, &'a OfficeCode)) -> Self {
        Self { office: Some(office), inquiry: Some(inquiry) }
    }
}

/// Does this inquiry exist for this member of staff? Whether their roles read it is another question.
pub fn sees(staff: &Staff, inquiry: &Inquiry) -> bool {
    kept_from(staff, &inquiry.guard).is_none()
}

/// Why an inquiry is kept from a member of staff.
fn kept_from(staff: &Staff, guard: &Guard) -> Option<Denied> {
    if guard.conflict(staff.id).is_some() {
        Some(Denied::Conflict)
    } else if guard.protected.is_some() && !staff.has(Right::Protected) {
        Some(Denied::Protected)
    } else {
        None
    }
}

/// May this member of staff do it? `on` is the inquiry that it happens to, or the office it happens at.
///
/// # Errors
/// Why not.
pub fn can<'a>(staff: &Staff, action: Action, on: impl Into<On<'a>>) -> Result<(), Denied> {
    if !staff.active {
        return Err(Denied::Inactive);
    }
    let on = on.into();
    let reach = staff.roles.iter().map(|role| reach(*role, action)).max().unwrap_or(Reach::No);
    if reach == Reach::No {
        return Err(Denied::Role);
    }
    match on.inquiry.and_then(|inquiry| kept_from(staff, &inquiry.guard)) {
        None => {}
        Some(Denied::Protected) if action.is_blind() => {}
        Some(denied) => return Err(denied),
    }
    if reach == Reach::Anywhere || on.office.is_none() || on.office == staff.office.as_ref() {
        Ok(())
    } else {
        Err(Denied::OtherOffice)
    }
}
