//! The parts of a store, and what a row of each is made of. Both engines name them alike.

/// What a value is, so that each engine can carry it its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A count, a version, a place in order.
    Number,
    /// A code, a hash, a name.
    Text,
    /// A JSON document, to the letter.
    Doc,
    /// A time.
    Time,
    /// An identifier.
    Id,
    /// Yes or no.
    Flag,
}

/// A part of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// People.
    Person,
    /// Inquiries.
    Inquiry,
    /// Their appointments.
    Visit,
    /// When each promise falls due.
    Promise,
    /// Staff.
    Staff,
    /// What proves who they are beside their password.
    Proof,
    /// Whose accounts identities at the agency's provider are.
    Federated,
    /// Sessions and tokens.
    Session,
    /// What opens one thing to a program.
    Pass,
    /// Drafts.
    Draft,
    /// Notices.
    Notice,
    /// Imported cases.
    Case,
    /// Places in time.
    Slot,
    /// Who has them.
    Claim,
    /// Officers' taken time.
    Busy,
    /// The journal.
    Journal,
    /// What commands answered.
    Command,
    /// Work that is due or was given up.
    Job,
    /// Imported tables.
    Imported,
    /// How many tickets offices have given.
    Tickets,
    /// How often something outside was asked lately: what was used of a day stays used.
    Pace,
    /// Callers who wait for an operator, or have waited.
    Waiter,
    /// Operators.
    Duty,
    /// Processes that hold calls.
    LineNode,
    /// Records of calls.
    CallRecord,
    /// What numbers chose.
    LineMemory,
    /// What supervisors said of the line.
    LineNotice,
    /// Offices' closings.
    Closing,
    /// Handovers of many calls.
    Handover,
    /// Programs that are told what happens.
    Hook,
    /// Versions of policies that are made at the desk.
    Revision,
    /// The codes on what went out.
    Mark,
    /// Numbers that want no texts.
    Stopped,
}

impl Part {
    /// All, each behind those it refers to.
    pub const ALL: [Self; 33] = [
        Self::Person,
        Self::Inquiry,
        Self::Visit,
        Self::Promise,
        Self::Staff,
        Self::Proof,
        Self::Federated,
        Self::Session,
        Self::Pass,
        Self::Draft,
        Self::Notice,
        Self::Case,
        Self::Slot,
        Self::Claim,
        Self::Busy,
        Self::Journal,
        Self::Command,
        Self::Job,
        Self::Imported,
        Self::Tickets,
        Self::Pace,
        Self::Waiter,
        Self::Duty,
        Self::LineNode,
        Self::CallRecord,
        Self::LineMemory,
        Self::LineNotice,
        Self::Closing,
        Self::Handover,
        Self::Hook,
        Self::Revision,
        Self::Mark,
        Self::Stopped,
    ];

    /// Its name, which both engines' tables have.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Inquiry => "inquiry",
            Self::Visit => "visit",
            Self::Promise => "promise",
            Self::Staff => "staff",
            Self::Proof => "proof",
            Self::Federated => "federated",
            Self::Session => "session",
            Self::Pass => "pass",
            Self::Draft => "draft",
            Self::Notice => "notice",
            Self::Case => "case_record",
            Self::Slot => "slot",
            Self::Claim => "claim",
            Self::Busy => "busy",
            Self::Journal => "journal",
            Self::Command => "command",
            Self::Job => "job",
            Self::Imported => "imported",
            Self::Tickets => "tickets",
            Self::Pace => "pace",
            Self::Waiter => "waiter",
            Self::Duty => "duty",
            Self::LineNode => "line_node",
            Self::CallRecord => "call_record",
            Self::LineMemory => "line_memory",
            Self::LineNotice => "line_notice",
            Self::Closing => "closing",
            Self::Handover => "handover",
            Self::Hook => "hook",
            Self::Revision => "revision",
            Self::Mark => "mark",
            Self::Stopped => "stopped",
        }
    }

    /// How many of the first columns are its key, by which its rows are in order.
    pub const fn keys(self) -> usize {
        match self {
            Self::Visit | Self::Promise | Self::Claim | Self::Tickets => 2,
            _ => 1,
        }
    }

    /// What a row is made of, the key first.
    pub const fn columns(self) -> &'static [(&'static str, Kind)] {
        use Kind::{Doc, Flag, Id, Number, Text, Time};
        match self {
            Self::Person => &[("id", Id), ("version", Number), ("identity", Text), ("doc", Doc)],
            Self::Inquiry => &[
                ("id", Id),
                ("version", Number),
                ("number", Text),
                ("person", Id),
                ("reason", Text),
                ("office", Text),
                ("stage", Text),
                ("live", Flag),
                ("urgency", Number),
                ("opened", Time),
                ("due", Time),
                ("next_attempt", Time),
                ("owner", Id),
                ("watch", Text),
                ("phone", Text),
                ("doc", Doc),
            ],
            Self::Visit => &[
                ("inquiry", Id),
                ("n", Number),
                ("appointment", Id),
                ("office", Text),
                ("start", Time),
                ("current", Flag),
            ],
            Self::Promise => &[("inquiry", Id), ("id", Id), ("due", Time)],
            Self::Staff => {
                &[("id", Id), ("version", Number), ("sign_in", Text), ("name", Text), ("doc", Doc)]
            }
            Self::Proof => &[("staff", Id), ("version", Number), ("doc", Doc)],
            Self::Federated => &[("key", Text), ("staff", Id)],
            Self::Session => &[
                ("id", Id),
                ("version", Number),
                ("staff", Id),
                ("token_hash", Text),
                ("used", Time),
                ("until", Time),
                ("doc", Doc),
            ],
            Self::Pass => &[("id", Id), ("token_hash", Text), ("owner", Id), ("until", Time), ("doc", Doc)],
            Self::Draft => {
                &[("id", Id), ("version", Number), ("token_hash", Text), ("saved", Time), ("doc", Doc)]
            }
            Self::Notice => &[
                ("id", Id),
                ("version", Number),
                ("inquiry", Id),
                ("queued", Time),
                ("owed", Flag),
                ("doc", Doc),
            ],
            Self::Case => &[("receipt", Text), ("doc", Doc)],
            Self::Slot => &[
                ("id", Number),
                ("office", Text),
                ("service", Text),
                ("start", Time),
                ("pool", Text),
                ("taken", Number),
                ("capacity", Number),
            ],
            Self::Claim => &[("holder", Id), ("slot", Number), ("expires", Time)],
            Self::Busy => {
                &[("id", Number), ("officer", Id), ("holder", Id), ("begins", Time), ("ends", Time)]
            }
            Self::Journal => &[
                ("seq", Number),
                ("at", Time),
                ("actor", Doc),
                ("inquiry", Id),
                ("happened", Doc),
                ("hash", Text),
            ],
            Self::Command => &[("key", Text), ("actor", Doc), ("at", Time), ("seq", Number), ("answer", Doc)],
            Self::Job => &[
                ("n", Number),
                ("id", Id),
                ("key", Text),
                ("kind", Doc),
                ("due", Time),
                ("attempts", Number),
                ("fence", Number),
                ("worker", Text),
                ("lease_until", Time),
                ("again", Flag),
                ("why", Text),
                ("died", Time),
            ],
            Self::Imported => &[
                ("tbl", Text),
                ("version", Number),
                ("rows", Number),
                ("hash", Text),
                ("as_of", Text),
                ("at", Time),
                ("text", Text),
            ],
            Self::Tickets => &[("office", Text), ("day", Text), ("given", Number)],
            Self::Pace | Self::Hook => &[("name", Text), ("doc", Doc)],
            Self::Waiter => &[
                ("id", Id),
                ("version", Number),
                ("queue", Text),
                ("live", Flag),
                ("band", Number),
                ("turn", Time),
                ("first_asked", Time),
                ("operator", Id),
                ("node", Id),
                ("phone", Text),
                ("person", Id),
                ("inquiry", Id),
                ("ended", Time),
                ("doc", Doc),
            ],
            Self::Duty => &[
                ("id", Id),
                ("version", Number),
                ("on_duty", Flag),
                ("waiter", Id),
                ("node", Id),
                ("doc", Doc),
            ],
            Self::LineNode => &[("id", Id), ("version", Number), ("until", Time)],
            Self::CallRecord => &[
                ("id", Id),
                ("version", Number),
                ("node", Id),
                ("phone", Text),
                ("inquiry", Id),
                ("began", Time),
                ("ended", Time),
                ("doc", Doc),
            ],
            Self::LineMemory => &[("phone", Text), ("lang", Text), ("accommodation", Text), ("seen", Time)],
            Self::LineNotice => &[("id", Id), ("version", Number), ("ends", Time), ("doc", Doc)],
            Self::Closing => &[
                ("id", Id),
                ("version", Number),
                ("office", Text),
                ("stage", Text),
                ("shuts", Flag),
                ("starts", Time),
                ("ends", Time),
                ("why", Doc),
                ("doc", Doc),
            ],
            Self::Handover => &[("id", Id), ("version", Number), ("at", Time), ("doc", Doc)],
            Self::Revision => &[
                ("id", Id),
                ("version", Number),
                ("policy", Text),
                ("stage", Text),
                ("name", Text),
                ("doc", Doc),
            ],
            Self::Mark => &[("code", Text), ("way", Text), ("at", Time)],
            Self::Stopped => &[("phone", Text), ("at", Time)],
        }
    }
}
