//! What programs say when they act on an inquiry.

use crate::scalar::{Code, Counter, Id, Line, Sentence, When, few};
use domain::{
    actor::Role, callback::CallOutcome, codes::OfficeCode, decision, session::Scope, slots::Pool,
    urgency::Urgency,
};
use serde::Deserialize;
use utoipa::ToSchema;

macro_rules! choices {
    ($($(#[doc = $doc:literal])* $name:ident for $of:ty { $($variant:ident),+ $(,)? })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, ToSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum $name { $(
            $variant
        ),+ }

        impl From<$name> for $of {
            fn from(choice: $name) -> Self {
                match choice { $($name::$variant => Self::$variant),+ }
            }
        }
    )+};
}

choices! {
    /// How soon a matter must be dealt with.
    UrgencyChoice for Urgency { Urgent, Regular }
    /// What a matter needs.
    NeedChoice for decision::Need { Visit, Mail, Phone, Papers, Elsewhere }
    /// How a call ended.
    CallEnd for CallOutcome { Reached, NoAnswer, Busy, Machine, Declined, WrongNumber, LineFault }
    /// Whom a place is kept for.
    PoolChoice for Pool { Officer, Online, SelfScheduled, WalkInReserve, EmergencyReserve }
    /// What a member of staff does.
    RoleChoice for Role {
        Operator, Officer, Clerk, OfficeManager, Supervisor, Analyst, Administrator, Auditor,
    }
    /// How somebody told a member of staff what they want.
    SaidChoice for domain::earlier::SaidBy { Telephone, Office, Writing }
    /// A way of writing to the person.
    WrittenWay for domain::notice::Carrier { Email, Text, Post }
    /// Something that whoever acts for the person can be allowed to do.
    DelegateActChoice for domain::delegate::DelegateAct { Confirm, Papers, Correct, Call, Visit, TakeCall }
    /// On whose word a member of staff does it.
    WordOfChoice for domain::delegate::WordOf { Person, Representative }
    /// By what figures are told apart.
    ApartChoice for domain::indicators::By { All, Queue, Office, Lang, Reason, Relay, Represented, Pause }
    /// What a token may do of what its member of staff may do.
    ScopeChoice for Scope { Read, Request, Work, Day, Journal, Import, Policies }
}

/// How soon a matter must be dealt with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecideUrgency {
    pub(crate) urgency: UrgencyChoice,
    /// Why it differs from what is recommended; needed when it does.
    pub(crate) because: Option<Sentence>,
    /// What the person reads, in their own language, instead of the rule's own sentence.
    pub(crate) sentence: Option<Sentence>,
}

/// Which papers are missing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskPapers {
    /// Items of the reason's checklist, by code.
    #[serde(deserialize_with = "few::<_, _, 1, 40>")]
    #[schema(min_items = 1, max_items = 40)]
    pub(crate) missing: Vec<Code>,
}

/// Which window is promised.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PromiseCallback {
    /// The start of one of the windows that are offered.
    pub(crate) start: When,
    /// The officer who is to call; none when any officer on duty may.
    pub(crate) officer: Option<Id>,
}

/// To which window the callback moves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveCallback {
    /// The start of one of the windows that are offered.
    pub(crate) start: When,
}

/// How the call ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndCall {
    pub(crate) outcome: CallEnd,
}

/// What the matter needs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecideNeed {
    pub(crate) need: NeedChoice,
    /// Which papers are missing, when it needs papers.
    #[serde(default, deserialize_with = "few::<_, _, 0, 40>")]
    #[schema(max_items = 40)]
    pub(crate) missing: Vec<Code>,
    /// Why it differs from what is recommended; needed when it does.
    pub(crate) because: Option<Sentence>,
    /// What the person reads, in their own language, instead of the rule's own sentence.
    pub(crate) sentence: Option<Sentence>,
}

/// Which place is held, or taken by a move.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoosePlace {
    #[schema(example = "LOS")]
    pub(crate) office: Code,
    pub(crate) start: When,
    pub(crate) pool: PoolChoice,
}

/// Which place is booked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookPlace {
    #[schema(example = "LOS")]
    pub(crate) office: Code,
    pub(crate) start: When,
    pub(crate) pool: PoolChoice,
    /// The hold that keeps the place, as holding it answered.
    pub(crate) held: Option<Id>,
    /// What the person is to bring besides the checklist, in their own language.
    #[serde(default, deserialize_with = "few::<_, _, 0, 20>")]
    #[schema(max_items = 20)]
    pub(crate) bring_also: Vec<Sentence>,
    /// Why this office, when it is not the one that serves the person's address.
    pub(crate) because: Option<Sentence>,
}

/// Which office instead of the serving one.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOffice {
    #[schema(example = "SFR")]
    pub(crate) office: Code,
    /// Why.
    pub(crate) because: Sentence,
}

/// To which counter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallTicket {
    pub(crate) counter: Counter,
}

/// What a new token is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewToken {
    /// What its owner calls it.
    #[schema(example = "nightly export")]
    pub(crate) name: TokenName,
    /// What it may do: nothing that the token which asks may not.
    #[serde(deserialize_with = "few::<_, _, 1, 7>")]
    #[schema(min_items = 1, max_items = 7)]
    pub(crate) scopes: Vec<ScopeChoice>,
    /// When it ends: within a year, and not after the token which asks.
    pub(crate) until: When,
}

/// A token's name is a line.
pub(crate) type TokenName = Line;

/// A code of an office.
pub(crate) fn office(code: &Code) -> Option<OfficeCode> {
    code.as_str().parse().ok()
}
