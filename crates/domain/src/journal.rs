//! The journal: the append-only record of everything that happened.
//!
//! An entry names codes, times and identifiers only. What is personal stays in the records it points
//! at, so that erasing a person's record leaves the chain of entries whole.

use crate::{
    actor::{Right, Role},
    appointment::AppointmentEnd,
    calendar::windows::Window,
    call_record::{CallEnd, CallFault, Way},
    callback::{CallOutcome, GivenWhy, is_not},
    closing::ClosingDid,
    codes::{ClassCode, ItemCode, OfficeCode, PassCode, ReasonCode},
    decision::{DecisionKind, Need},
    delegate::{DelegateAct, DelegateEndWhy, OnWord},
    earlier::SaidBy,
    erasure::ErasedWhy,
    guard::{ConflictWhy, LiftWhy},
    handover::HandoverDid,
    ids::{
        AppointmentId, CallRecordId, CallbackId, ClosingId, DecisionId, HandoverId, LineNoticeId, NodeId,
        NoticeId, PassId, PlaceId, RevisionId, SessionId, StaffId, WaitId,
    },
    imported::Table,
    inquiry::{Channel, Closing, Recorded},
    line_notice::LineDoes,
    listening::ListenDid,
    notice::NoticeKind,
    pass::PassFor,
    recording::RecordingDid,
    retention::RecordClass,
    revision::{PackFile, RevisionDid},
    second::{ProofKind, ResetWhy},
    session::Scope,
    urgency::Urgency,
    wait::{OperatorDid, WaitDid},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An entry's place in the journal: 1, 2, 3 … without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

/// What happened. The names are stable: they are stored for decades and read by machines.
#[expect(missing_docs, reason = "each field is what its type says: the thing the entry is about")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
pub enum Happened {
    /// The person asked.
    RequestReceived { channel: Channel, reason: ReasonCode, office: OfficeCode },
    /// The inquiry's urgency was decided.
    UrgencyDecided { decision: DecisionId, urgency: Urgency, followed: bool },
    /// Papers are missing; the place is kept.
    PapersAsked { missing: Vec<ItemCode> },
    /// The papers are there; the inquiry is back at its place.
    PapersComplete,
    /// A call was promised.
    CallbackPromised {
        callback: CallbackId,
        window: Window,
        /// Why an operator passed the matter on to an officer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<PassCode>,
    },
    /// The window moved at the person's wish.
    CallbackMoved { callback: CallbackId, from: Window, to: Window },
    /// The person gave the callback back; the inquiry waits for another window.
    CallbackCancelled { callback: CallbackId, window: Window },
    /// An officer took the callback.
    CallbackTaken { callback: CallbackId },
    /// The callback went to another officer, or to whoever is on duty; why, where nobody gave it.
    CallbackGiven {
        callback: CallbackId,
        to: Option<StaffId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<GivenWhy>,
    },
    /// The officer began to dial.
    CallStarted {
        callback: CallbackId,
        attempt: u8,
        /// It was the person who rang.
        #[serde(default, skip_serializing_if = "is_not")]
        theirs: bool,
    },
    /// The attempt ended.
    CallEnded {
        callback: CallbackId,
        attempt: u8,
        outcome: CallOutcome,
        next: Option<Timestamp>,
        /// It was the person who had rung.
        #[serde(default, skip_serializing_if = "is_not")]
        theirs: bool,
    },
    /// After a call of ours had missed the person, somebody rang from their number, or showed that the inquiry is theirs, and
    /// asked to be put through.
    RangBack { callback: CallbackId, proved: bool },
    /// The next call was not made in time; anybody on duty may make it.
    RetryLate { callback: CallbackId, attempt: u8 },
    /// The window ended without a call.
    PromiseBroken { callback: CallbackId, window: Window },
    /// Every attempt failed; the person may choose another window and keeps the place.
    Unreached { callback: CallbackId },
    /// What the matter needs was decided.
    NeedDecided { decision: DecisionId, need: Need, followed: bool },
    /// A place was booked.
    AppointmentBooked {
        decision: Option<DecisionId>,
        appointment: AppointmentId,
        office: OfficeCode,
        start: Timestamp,
    },
    /// The appointment moved.
    AppointmentMoved { appointment: AppointmentId, office: OfficeCode, from: Timestamp, to: Timestamp },
    /// The appointment ended without a visit.
    AppointmentCancelled { appointment: AppointmentId, start: Timestamp, end: AppointmentEnd },
    /// The person was asked whether they come, and may answer until then.
    ConfirmationAsked { appointment: AppointmentId, by: Timestamp },
    /// The person says that they will come.
    AppointmentConfirmed { appointment: AppointmentId },
    /// The person asked to come earlier, or said something else of it; how, where a member of staff noted it for them.
    EarlierAsked {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<SaidBy>,
    },
    /// The person does not want to come earlier any more.
    EarlierStopped,
    /// A place that was given back is kept for a while.
    PlaceKeptBack { place: PlaceId, office: OfficeCode, start: Timestamp },
    /// A place is offered to the person, who may take it until then.
    EarlierOffered { place: PlaceId, start: Timestamp, until: Timestamp },
    /// The person took the place that was offered.
    EarlierTaken { place: PlaceId },
    /// The person would rather not have it.
    EarlierDeclined { place: PlaceId },
    /// The person did not answer in time.
    EarlierLapsed { place: PlaceId },
    /// Nobody wanted the place: it is for everybody.
    PlaceFreed { place: PlaceId, office: OfficeCode, start: Timestamp },
    /// The person is at the office.
    CheckedIn { appointment: AppointmentId, ticket: String },
    /// A clerk called the ticket to a counter.
    TicketCalled { appointment: AppointmentId, ticket: String, counter: String },
    /// The person stepped aside, or was set aside: by the code of why, and for or from which counter.
    SetAside { appointment: AppointmentId, ticket: String, why: String, counter: Option<String> },
    /// The person is back in the line, at their old turn.
    BackInLine { appointment: AppointmentId, ticket: String },
    /// The person was served.
    Served { appointment: AppointmentId },
    /// The person left before they were served.
    LeftUnserved { appointment: AppointmentId },
    /// The office let somebody in who had no booking.
    WalkInAdmitted { appointment: AppointmentId, office: OfficeCode, ticket: String },
    /// The office did not let somebody in who had no booking.
    WalkInRefused { office: OfficeCode },
    /// The person did not come.
    NoShow { appointment: AppointmentId },
    /// The inquiry is over.
    Closed { closing: Closing },
    /// The serving office was overridden. Why stands with the inquiry; entries of older releases have it here.
    OfficeChanged { from: OfficeCode, to: OfficeCode, because: String },
    /// A member of staff is too near to it, and has nothing to do with it any more.
    ConflictSet { of: StaffId, why: ConflictWhy },
    /// They may have to do with it again.
    ConflictLifted { of: StaffId, why: LiftWhy },
    /// The person is protected.
    ProtectionSet { class: ClassCode },
    /// They are not, or not any more.
    ProtectionLifted { class: ClassCode },
    /// A place was held for a choice.
    Held { start: Timestamp, until: Timestamp },
    /// A hold ran out and the place is free again.
    HoldExpired { start: Timestamp },
    /// A message was put in the outbox.
    NoticeQueued { notice: NoticeId, kind: NoticeKind },
    /// A message was handed to the carrier.
    NoticeSent { notice: NoticeId, kind: NoticeKind, attempt: u32 },
    /// A message could not be sent and will not be tried again.
    NoticeFailed { notice: NoticeId, kind: NoticeKind, attempt: u32 },
    /// A message was stopped before it was sent because it is no longer true.
    NoticeDropped { notice: NoticeId, kind: NoticeKind },
    /// The carrier says that a message has reached the person.
    NoticeArrived { notice: NoticeId, kind: NoticeKind },
    /// The carrier took a message and could not bring it to the person.
    NoticeLost { notice: NoticeId, kind: NoticeKind },
    /// The person agreed to text messages.
    TextsAgreed,
    /// The person wants no more text messages.
    TextsStopped,
    /// The person said where letters go.
    PostAgreed,
    /// The person wants no more letters.
    PostStopped,
    /// The person agreed to be told by an automated voice that calls.
    CallsAgreed,
    /// The person wants no more such calls.
    CallsStopped,
    /// What was recorded of the person was corrected: by themselves, or as they `said` to a member of staff.
    Corrected { what: Vec<Recorded>, said: Option<SaidBy> },
    /// A message could not be brought by any way that the person chose.
    Untold { kind: NoticeKind },
    /// Somebody read the person's record.
    Read { what: ReadWhat },
    /// Everything held about the person was given out, at their own request.
    Exported,
    /// A fresh link to the inquiry page was asked for.
    LinkResent,
    /// A member of staff signed in; with what beside or instead of the password.
    SignedIn {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<ProofKind>,
    },
    /// Somebody had a member of staff's password and not the second proof: whoever it was, the password is known.
    SecondRefused { of: StaffId },
    /// A member of staff can prove who they are in another way too.
    ProofAdded { kind: ProofKind },
    /// A member of staff took one of their own proofs away.
    ProofRemoved { kind: ProofKind },
    /// A member of staff made new recovery codes; the old ones are void.
    RecoveryMade,
    /// An administrator made an account, or somebody signed in at the agency's own provider for the first time.
    AccountMade { of: StaffId, roles: Vec<Role> },
    /// An administrator changed it, or the provider says something else of them than before.
    AccountChanged { of: StaffId, roles: Vec<Role> },
    /// An administrator closed it, or the provider gives them no role here any more.
    AccountClosed { of: StaffId },
    /// An administrator opened it again.
    AccountOpened { of: StaffId },
    /// An administrator gave somebody a password with which they choose their own.
    PasswordGiven { of: StaffId },
    /// A member of staff chose another password.
    PasswordChosen,
    /// An administrator took away all second proofs of a member of staff, who must set up another.
    ProofsReset { of: StaffId, why: ResetWhy },
    /// An administrator gave a member of staff a right on top of their roles.
    RightGiven { of: StaffId, right: Right },
    /// They took it away.
    RightTaken { of: StaffId, right: Right },
    /// It was planned when a member of staff works, or that nothing is planned; how many calls that they held went to whoever is
    /// on duty.
    RosterPlanned { of: StaffId, planned: bool, given: u32 },
    /// A member of staff signed out.
    SignedOut,
    /// A member of staff proved anew who they are, in a session under way.
    ProvedAnew,
    /// A browser's session was ended from another one: by its user, or by an administrator.
    SessionEnded { session: SessionId, of: StaffId },
    /// A member of staff let a program act for them.
    TokenCreated { token: SessionId, scopes: BTreeSet<Scope>, until: Timestamp },
    /// A member of staff ended a program's token.
    TokenRevoked { token: SessionId },
    /// A program of a person's, or a calendar, was let in by a token of its own.
    PassMade { pass: PassId, what: PassFor, until: Timestamp },
    /// It was ended before its time.
    PassEnded { pass: PassId, what: PassFor },
    /// Cases were imported.
    CasesImported { count: u32, hash: String },
    /// Staff were imported.
    StaffImported { count: u32, hash: String },
    /// A table was imported over the pack.
    TableImported { table: Table, rows: u32, hash: String },
    /// Something happened in a caller's wait for an operator.
    Wait { caller: WaitId, did: WaitDid },
    /// An operator is ready, or is not.
    Operator { operator: StaffId, did: OperatorDid },
    /// A process that held calls is gone; the places of its callers are kept.
    NodeLost { node: NodeId, callers: u32 },
    /// A call is over. `proved`: the caller showed that the inquiry is theirs.
    Called {
        call: CallRecordId,
        way: Way,
        end: CallEnd,
        seconds: u32,
        proved: bool,
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        faults: BTreeSet<CallFault>,
    },
    /// Somebody listens to a colleague's call, or does so no more.
    Listened {
        call: CallRecordId,
        by: StaffId,
        to: StaffId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wait: Option<WaitId>,
        did: ListenDid,
    },
    /// Something happened to a recording of a call.
    Recording { call: CallRecordId, nth: u8, did: RecordingDid },
    /// A supervisor said something of the line, or opened or closed it.
    LineAnnounced { notice: LineNoticeId, does: LineDoes, from: Timestamp, until: Timestamp },
    /// A supervisor took that back.
    LineWithdrawn { notice: LineNoticeId },
    /// An administrator let a program be told again what happened after a place of the journal.
    HookRewound { hook: String, after: Seq },
    /// An office's day, or a part of it, is planned to be closed, is closed, or is opened again.
    OfficeClosing {
        closing: ClosingId,
        office: OfficeCode,
        from: Timestamp,
        until: Timestamp,
        did: ClosingDid,
    },
    /// The office closed the day on which the visit was.
    DayClosed { closing: ClosingId, start: Timestamp },
    /// The person keeps the place they were given instead.
    NewPlaceKept { closing: ClosingId, appointment: AppointmentId },
    /// The office opened that day after all.
    DayReopened { closing: ClosingId },
    /// A version of a policy was begun, proposed, approved or given up.
    PolicyRevised {
        revision: RevisionId,
        policy: DecisionKind,
        did: RevisionDid,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hash: Option<String>,
    },
    /// The same happened to a version of a file of the agency pack.
    FileRevised {
        revision: RevisionId,
        file: PackFile,
        did: RevisionDid,
        version: Option<String>,
        from: Option<Date>,
        hash: Option<String>,
    },
    /// Nothing of the record may be erased any more; `whole`: nor of any other about the person.
    LegalHoldSet { whole: bool },
    /// That was taken back.
    LegalHoldLifted { whole: bool },
    /// Somebody asked for everything about the person to be erased.
    ErasureAsked,
    /// That was declined.
    ErasureDeclined,
    /// What is personal in the record was erased.
    Erased { class: RecordClass, why: ErasedWhy, notices: u32, calls: u32 },
    /// The person asked for a review of what was decided.
    ReviewAsked { decision: DecisionId, due: Timestamp },
    /// Somebody else than who decided it has decided on that.
    ReviewDecided { decision: DecisionId, upheld: bool },
    /// Many promised calls were proposed to go to somebody else or to other windows, went there, or stay.
    CallsHandedOver { handover: HandoverId, did: HandoverDid, calls: u32 },
    /// Somebody may act for the person of the inquiry until then; on whose word, where a member of staff noted it.
    DelegateNamed {
        nth: u8,
        may: BTreeSet<DelegateAct>,
        until: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        word: Option<OnWord>,
    },
    /// They act no more.
    DelegateEnded { nth: u8, why: DelegateEndWhy },
    /// Whoever runs accounts let a program act for an account under which nobody works.
    TokenLent { token: SessionId, of: StaffId, scopes: BTreeSet<Scope>, until: Timestamp },
    /// They were sent a new link, which works until then; on whose word, where a member of staff noted it.
    DelegateResent {
        nth: u8,
        until: Timestamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        word: Option<OnWord>,
    },
}

impl Happened {
    /// The stable name of everything that can happen.
    pub const ACTS: [&str; 115] = [
        "request-received",
        "urgency-decided",
        "papers-asked",
        "papers-complete",
        "callback-promised",
        "callback-moved",
        "callback-cancelled",
        "callback-taken",
        "callback-given",
        "call-started",
        "call-ended",
        "rang-back",
        "retry-late",
        "promise-broken",
        "unreached",
        "need-decided",
        "appointment-booked",
        "appointment-moved",
        "appointment-cancelled",
        "confirmation-asked",
        "appointment-confirmed",
        "earlier-asked",
        "earlier-stopped",
        "place-kept-back",
        "earlier-offered",
        "earlier-taken",
        "earlier-declined",
        "earlier-lapsed",
        "place-freed",
        "checked-in",
        "ticket-called",
        "set-aside",
        "back-in-line",
        "served",
        "left-unserved",
        "walk-in-admitted",
        "walk-in-refused",
        "no-show",
        "closed",
        "office-changed",
        "conflict-set",
        "conflict-lifted",
        "protection-set",
        "protection-lifted",
        "held",
        "hold-expired",
        "notice-queued",
        "notice-sent",
        "notice-failed",
        "notice-dropped",
        "notice-arrived",
        "notice-lost",
        "texts-agreed",
        "texts-stopped",
        "post-agreed",
        "post-stopped",
        "calls-agreed",
        "calls-stopped",
        "corrected",
        "untold",
        "read",
        "exported",
        "link-resent",
        "signed-in",
        "second-refused",
        "proof-added",
        "proof-removed",
        "recovery-made",
        "account-made",
        "account-changed",
        "account-closed",
        "account-opened",
        "password-given",
        "password-chosen",
        "proofs-reset",
        "right-given",
        "right-taken",
        "roster-planned",
        "signed-out",
        "proved-anew",
        "session-ended",
        "token-created",
        "token-revoked",
        "pass-made",
        "pass-ended",
        "cases-imported",
        "staff-imported",
        "table-imported",
        "wait",
        "operator",
        "node-lost",
        "called",
        "listened",
        "recording",
        "line-announced",
        "line-withdrawn",
        "hook-rewound",
        "office-closing",
        "day-closed",
        "new-place-kept",
        "day-reopened",
        "policy-revised",
        "file-revised",
        "legal-hold-set",
        "legal-hold-lifted",
        "erasure-asked",
        "erasure-declined",
        "erased",
        "review-asked",
        "review-decided",
        "calls-handed-over",
        "delegate-named",
        "delegate-ended",
        "token-lent",
        "delegate-resent",
    ];
}

#[cfg(test)]
mod tests;
mod told;
mod written;

pub use told::ReadWhat;
pub use written::{Entry, Written};
