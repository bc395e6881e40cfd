//! What screens ask for.

use crate::chain::Verified;
use domain::{
    actor::{Right, Staff},
    change::{Holder, JobKind},
    codes::{OfficeCode, QueueCode},
    ids::{ClosingId, HandoverId, InquiryId, JobId, NodeId, NoticeId, PersonId, StaffId, WaitId},
    phone::PhoneKey,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A list of inquiries and its order. What was erased stands in none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// What an officer must look at: review, spoken, unreached, to-book; urgent first, then by deadline, then by
    /// first contact, then by identifier.
    Review {
        /// Only those whose serving office is this.
        office: Option<OfficeCode>,
    },
    /// Promised and running callbacks whose next attempt lies before `to`, earliest first; of an officer (with those nobody
    /// holds), or all. What is overdue is always in it.
    Callbacks {
        /// Of this officer and of nobody.
        officer: Option<StaffId>,
        /// Up to here (exclusive).
        to: Timestamp,
    },
    /// Promised and running callbacks whose next attempt lies in a stretch of time, earliest first.
    Calendar {
        /// Those that an officer holds: one, or any.
        held: Option<HeldBy>,
        /// And those that nobody holds?
        pool: bool,
        /// From (inclusive).
        from: Timestamp,
        /// To (exclusive).
        to: Timestamp,
    },
    /// Appointments at an office that start in a stretch of time, earliest first: booked, checked in, and those that
    /// ended (served, missed, cancelled) as they last stood there. An inquiry with several stands once: by the
    /// appointment that holds, else by the last of those that ended.
    Day {
        /// Which office.
        office: OfficeCode,
        /// From (inclusive).
        from: Timestamp,
        /// To (exclusive).
        to: Timestamp,
    },
    /// Inquiries at one stage, newest first.
    Stage {
        /// The stage's stable name.
        stage: String,
    },
    /// Everything, newest first.
    All,
    /// Under legal hold by themselves, the oldest first.
    Held,
}

/// Which handovers of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handovers {
    /// This one.
    One(HandoverId),
    /// Those that were proposed after this.
    Since(Timestamp),
}

impl Handovers {
    /// The one, if it is one; and after when it was proposed.
    pub const fn sought(self) -> (Option<HandoverId>, Timestamp) {
        match self {
            Self::One(id) => (Some(id), Timestamp::MIN),
            Self::Since(since) => (None, since),
        }
    }
}

/// By which officer callbacks are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldBy {
    /// By whoever.
    Any,
    /// By this one.
    One(StaffId),
}

impl HeldBy {
    /// The one, if it is one.
    pub const fn one(self) -> Option<StaffId> {
        match self {
            Self::Any => None,
            Self::One(officer) => Some(officer),
        }
    }
}

/// Through whose eyes a list is read: it has nothing that is kept from them. An office's day has protected people in it all the
/// same, since its visitors are let in by whoever is there; whoever shows it says no more of them than is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eyes {
    /// Whose: what they are too near to is kept from them.
    pub staff: StaffId,
    /// May they see people who are protected?
    pub protected: bool,
}

impl Eyes {
    /// Those of a member of staff.
    pub fn of(staff: &Staff) -> Self {
        Self { staff: staff.id, protected: staff.has(Right::Protected) }
    }

    /// How a record begins that says that they are too near to an inquiry. In no other place of its document can it stand, since
    /// quotes within a text are escaped.
    pub fn conflict(&self) -> String {
        format!("\"staff\":\"{}\",\"why\":", self.staff)
    }

    /// Are protected people in this list?
    pub const fn sees_protected(&self, list: &List) -> bool {
        self.protected || matches!(list, List::Day { .. })
    }
}

/// Which people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Everything about them is under legal hold.
    Held,
    /// Somebody asked for everything about them to be erased.
    ToErase,
}

/// Which waits for an operator. All but the last three are those that are not over, in the order of their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waits {
    /// Of every queue.
    All,
    /// Of one queue.
    Queue(QueueCode),
    /// From a telephone number, by [`domain::wait::phone_key`].
    Phone(String),
    /// Of a person.
    Person(PersonId),
    /// About an inquiry.
    Inquiry(InquiryId),
    /// Whose calls a process holds.
    Node(NodeId),
    /// Over since then, the latest first.
    Over {
        /// Since when (inclusive).
        since: Timestamp,
    },
    /// The same from a telephone number, by [`domain::wait::phone_key`].
    OverFrom {
        /// The number's key.
        phone: String,
        /// Since when (inclusive).
        since: Timestamp,
    },
    /// The same about an inquiry.
    OverAbout {
        /// Which.
        inquiry: InquiryId,
        /// Since when (inclusive).
        since: Timestamp,
    },
}

/// Which versions of policies that were made at the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revisions {
    /// Drafts and proposals.
    Open,
    /// Those that were approved: in force, to come, or followed by another.
    Standing,
}

impl Revisions {
    /// The stages of [`domain::revision::RevisionStage`] that these have.
    pub const fn stages(self) -> [&'static str; 2] {
        match self {
            Self::Open => ["draft", "proposed"],
            Self::Standing => ["approved", "approved"],
        }
    }
}

/// Which records of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Calls {
    /// About an inquiry, the newest first.
    Inquiry(InquiryId),
    /// From or to a number, the newest first.
    Phone(PhoneKey),
    /// That a process holds, by identifier.
    Node(NodeId),
    /// Over since then, the latest first.
    Over {
        /// Since when (inclusive).
        since: Timestamp,
    },
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Leave out so many.
    pub offset: u32,
    /// Return at most so many (an engine caps it at 500).
    pub limit: u32,
}

impl Page {
    /// The first `limit`.
    pub const fn first(limit: u32) -> Self {
        Self { offset: 0, limit }
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Paged<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Are there more behind them?
    pub more: bool,
}

/// How many inquiries are where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// By the stage's stable name; a stage at which none waits is left out.
    pub by_stage: BTreeMap<String, u64>,
    /// Live and past what is due.
    pub overdue: u64,
}

/// A place among those that wait for a first look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// How many come before.
    pub before: u64,
    /// How many wait in all.
    pub all: u64,
}

/// A job that has been leased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeasedJob {
    /// Which job.
    pub id: JobId,
    /// What to do.
    pub kind: JobKind,
    /// When it was due.
    pub due: Timestamp,
    /// How often it has been leased, this time included.
    pub attempts: u32,
    /// Proof of the lease, to be shown when finishing.
    pub fence: u64,
    /// Why it was put off or given up, last.
    pub why: Option<String>,
}

/// Something that must always hold and does not. Each names what somebody needs to find the rows and set them right:
/// nothing here is ever mended by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A slot's count differs from its claims.
    #[error("slot {slot}: {taken} counted, {claims} claimed")]
    Count {
        /// Which slot, in words.
        slot: String,
        /// The count.
        taken: i64,
        /// The claims.
        claims: i64,
    },
    /// Two stretches of one officer overlap.
    #[error("officer {officer} has two calls at {at}: of {} and of {}", holder.0, other.0)]
    Overlap {
        /// Whose.
        officer: StaffId,
        /// When the later one begins.
        at: Timestamp,
        /// For which callback.
        holder: Holder,
        /// For which callback besides.
        other: Holder,
    },
    /// Two live inquiries of one person for one reason.
    #[error("inquiries {inquiry} and {other} are live for the same person and reason")]
    Pair {
        /// The one.
        inquiry: InquiryId,
        /// The other.
        other: InquiryId,
    },
    /// A promise nobody watches.
    #[error("inquiry {inquiry} has a promise, and no job {watch} waits")]
    Unwatched {
        /// Which.
        inquiry: InquiryId,
        /// The key of the job that should wait.
        watch: String,
    },
    /// A promise without its places, or with others than it names; or a cancelled booking that still has some.
    #[error(
        "inquiry {inquiry}: {} does not hold the places it was promised (lacks: {}; holds besides: {})",
        holder.0, listed(lacks), listed(keeps)
    )]
    Unbacked {
        /// Which.
        inquiry: InquiryId,
        /// Its callback or appointment.
        holder: Holder,
        /// What it was promised and does not hold.
        lacks: Vec<String>,
        /// What it holds and was not promised, or has been given back.
        keeps: Vec<String>,
    },
    /// A place taken for good by nobody that any inquiry knows.
    #[error("place {slot} is taken by {}, which no inquiry knows", holder.0)]
    Stray {
        /// By whom.
        holder: Holder,
        /// Which place, in words.
        slot: String,
    },
    /// A queued notice without a job that sends it.
    #[error("notice {notice} of inquiry {inquiry} has no job that sends it")]
    Unsent {
        /// Which.
        notice: NoticeId,
        /// About which inquiry.
        inquiry: InquiryId,
    },
    /// A caller's record says that an operator has them, and the operator's says otherwise; or the other way round.
    #[error("caller {caller} and operator {operator} do not agree that they have each other")]
    Grant {
        /// The caller.
        caller: WaitId,
        /// The operator.
        operator: StaffId,
    },
    /// A visit stands in time that its office has closed, with everybody moved who was in it.
    #[error("inquiry {inquiry} has a visit in time that closing {closing} shuts")]
    Shut {
        /// Whose visit.
        inquiry: InquiryId,
        /// Which closing.
        closing: ClosingId,
    },
    /// A closing is under way, and no job goes on with it.
    #[error("closing {closing} is under way, and no job goes on with it")]
    Idle {
        /// Which.
        closing: ClosingId,
    },
    /// An inquiry was erased, and something of it is left.
    #[error("inquiry {inquiry} was erased, and notices of it are left")]
    Remains {
        /// Which.
        inquiry: InquiryId,
    },
    /// The journal's chain is broken.
    #[error("journal entry {seq} does not follow from the one before")]
    Chain {
        /// The first entry that is wrong.
        seq: u64,
    },
}

impl Broken {
    /// The stable name of every kind, in the order in which they are told.
    pub const KINDS: [&str; 12] = [
        "count",
        "overlap",
        "pair",
        "unwatched",
        "unbacked",
        "stray",
        "unsent",
        "grant",
        "shut",
        "idle",
        "remains",
        "chain",
    ];

    /// The place of its kind in [`Self::KINDS`].
    pub(crate) const fn rank(&self) -> usize {
        match self {
            Self::Count { .. } => 0,
            Self::Overlap { .. } => 1,
            Self::Pair { .. } => 2,
            Self::Unwatched { .. } => 3,
            Self::Unbacked { .. } => 4,
            Self::Stray { .. } => 5,
            Self::Unsent { .. } => 6,
            Self::Grant { .. } => 7,
            Self::Shut { .. } => 8,
            Self::Idle { .. } => 9,
            Self::Remains { .. } => 10,
            Self::Chain { .. } => 11,
        }
    }

    /// The stable name of its kind, for figures and texts.
    pub const fn kind(&self) -> &'static str {
        Self::KINDS[self.rank()]
    }

    /// The inquiry to open for it, if there is one.
    pub const fn inquiry(&self) -> Option<InquiryId> {
        match self {
            Self::Pair { inquiry, .. }
            | Self::Unwatched { inquiry, .. }
            | Self::Unbacked { inquiry, .. }
            | Self::Unsent { inquiry, .. }
            | Self::Shut { inquiry, .. }
            | Self::Remains { inquiry } => Some(*inquiry),
            Self::Count { .. }
            | Self::Overlap { .. }
            | Self::Stray { .. }
            | Self::Grant { .. }
            | Self::Idle { .. }
            | Self::Chain { .. } => None,
        }
    }
}

fn listed(places: &[String]) -> String {
    if places.is_empty() { "nothing".to_owned() } else { places.join(", ") }
}

/// What a look at the running store found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// What does not hold, kind by kind.
    pub broken: Vec<Broken>,
    /// How far the rolling proof of the journal has come, for the next look to go on from. Once it has reached the end it
    /// begins again at the first entry.
    pub journal: Verified,
}
