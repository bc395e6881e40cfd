//! Who may do what: one function, exhaustive, with the reason for every no.

use crate::{
    actor::{Role, Staff},
    codes::OfficeCode,
};

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
    /// Close an office's day, and open it again.
    CloseDay,
    /// Print letters and say that they are in the post.
    PrintLetters,
    /// See who is signed in and with which devices, and end that.
    RunAccounts,
    /// See how far other programs have been told what happens, and let them be told again.
    RunHooks,
    /// See the policies: what is in force, what was, what is drafted.
    SeePolicies,
    /// Draft a version of a policy and propose it.
    WritePolicies,
    /// Approve a version that somebody else proposed, and withdraw one before its day.
    ApprovePolicies,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 29] = [
        Self::SeeInquiries,
        Self::ReadInquiry,
        Self::DecideUrgency,
        Self::AskPapers,
        Self::PromiseCallback,
        Self::GivePromise,
        Self::CallPerson,
        Self::DecideNeed,
        Self::Book,
        Self::ChangeOffice,
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
        Self::PrintLetters,
        Self::RunAccounts,
        Self::RunHooks,
        Self::SeePolicies,
        Self::WritePolicies,
        Self::ApprovePolicies,
    ];
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
            | A::UseTelephone
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
            | A::PrintLetters
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::ApprovePolicies => Reach::No,
        },
        Role::Officer => match action {
            A::SeeInquiries
            | A::ReadInquiry
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::CallPerson
            | A::DecideNeed
            | A::Book
            | A::ChangeOffice
            | A::SeeDay
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
            | A::PrintLetters
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::ApprovePolicies => Reach::No,
        },
        Role::Clerk => match action {
            A::SeeDay | A::RunDay | A::ReadInquiry | A::PrintLetters => Reach::OwnOffice,
            A::SeeInquiries
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::GivePromise
            | A::CallPerson
            | A::DecideNeed
            | A::Book
            | A::ChangeOffice
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
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::ApprovePolicies => Reach::No,
        },
        Role::OfficeManager => match action {
            A::SeeDay
            | A::RunDay
            | A::DecideWalkIn
            | A::CloseDay
            | A::ReadInquiry
            | A::Book
            | A::SeeFigures
            | A::PrintLetters => Reach::OwnOffice,
            A::SeeInquiries
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
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
            | A::RunAccounts
            | A::RunHooks
            | A::SeePolicies
            | A::WritePolicies
            | A::ApprovePolicies => Reach::No,
        },
        Role::Supervisor => match action {
            A::SeeInquiries
            | A::ReadInquiry
            | A::DecideUrgency
            | A::AskPapers
            | A::PromiseCallback
            | A::GivePromise
            | A::ChangeOffice
            | A::SeeDay
            | A::SeeFigures
            | A::UseTelephone
            | A::SeeLine
            | A::RunWait
            | A::ListenIn => Reach::Anywhere,
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
            | A::KeepRecords
            | A::AgreeErasure
            | A::SeePolicies => Reach::Anywhere,
            _ => Reach::No,
        },
    }
}

/// May this member of staff do it? `office` is the office it happens at, if it happens at one.
///
/// # Errors
/// Why not.
pub fn can(staff: &Staff, action: Action, office: Option<&OfficeCode>) -> Result<(), Denied> {
    if !staff.active {
        return Err(Denied::Inactive);
    }
    match staff.roles.iter().map(|role| reach(*role, action)).max().unwrap_or(Reach::No) {
        Reach::Anywhere => Ok(()),
        Reach::OwnOffice if office.is_none() || office == staff.office.as_ref() => Ok(()),
        Reach::OwnOffice => Err(Denied::OtherOffice),
        Reach::No => Err(Denied::Role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{actor::PasswordHash, ids::StaffId};
    use std::fmt::Write as _;

    fn staff(role: Role) -> Staff {
        Staff {
            id: StaffId::new("2026-11-23T00:00:00Z".parse().unwrap(), &[0; 10]),
            version: 1,
            sign_in: "x".into(),
            name: "X".into(),
            roles: vec![role],
            office: Some("LOS".parse().unwrap()),
            langs: vec![],
            password: PasswordHash(String::new()),
            active: true,
        }
    }

    /// The whole matrix, so that a change of who may do what is seen by whoever reviews it.
    #[test]
    fn the_matrix_is_as_reviewed() {
        let mut text = String::new();
        let (own, other) = ("LOS".parse().unwrap(), "NYC".parse().unwrap());
        for action in Action::ALL {
            write!(text, "{:<16}", format!("{action:?}")).unwrap();
            for role in Role::ALL {
                let staff = staff(role);
                let mark = match (can(&staff, action, Some(&own)), can(&staff, action, Some(&other))) {
                    (Ok(()), Ok(())) => "all",
                    (Ok(()), Err(Denied::OtherOffice)) => "own",
                    (Err(Denied::Role), Err(Denied::Role)) => "-",
                    odd => panic!("{role:?} {action:?} {odd:?}"),
                };
                write!(text, " {}={mark}", role.as_str()).unwrap();
            }
            text.push('\n');
        }
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_closed_account_may_do_nothing() {
        for role in Role::ALL {
            let mut staff = staff(role);
            staff.active = false;
            for action in Action::ALL {
                assert_eq!(can(&staff, action, None), Err(Denied::Inactive));
            }
        }
    }
}
