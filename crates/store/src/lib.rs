//! The store: reads made for screens, and `commit`, the one door for writes.
//!
//! Two engines stand behind this trait. What every engine must do is written down twice: here, in words,
//! and in `contract` (feature `contract`), as tests that each engine runs.

pub mod chain;
pub mod check;
pub mod columns;
mod conflict;
#[cfg(feature = "contract")]
pub mod contract;
pub mod moving;
mod reads;
mod seen;
mod signal;
mod sought;

pub use conflict::{CommitError, Conflict, StoreError};
pub use reads::{
    Broken, Calls, Eyes, Figures, Handovers, HeldBy, LeasedJob, List, Look, Page, Paged, People, Revisions,
    Waiting, Waits,
};
pub use seen::Seen;
pub use signal::{Signal, SignalSender, signal};
pub use sought::{By, Found, Sought, search};

use async_trait::async_trait;
use chain::Verified;
use domain::{
    actor::{Actor, Staff},
    call_record::CallRecord,
    case::{Case, ReceiptNumber},
    change::{Busy, Change, Holder, IdempotencyKey},
    closing::Closing,
    codes::{OfficeCode, ReasonCode},
    draft::Draft,
    federated::FederatedKey,
    handover::Handover,
    hook::{Hook, HookAct},
    ids::{CallRecordId, ClosingId, InquiryId, NoticeId, PersonId, RevisionId, StaffId, WaitId},
    imported::{Imported, Table},
    indicators::Facts,
    inquiry::Inquiry,
    journal::{Seq, Written},
    line_notice::LineNotice,
    mark::{Mark, MarkCode},
    notice::Notice,
    number::InquiryNumber,
    pace::{Limits, Pace, Turn},
    pass::{Pass, PassOf},
    person::{IdentityKey, Person},
    phone::{PhoneKey, PhoneNumber},
    remembered::Remembered,
    retention::{Forget, RecordClass},
    revision::Revision,
    second::Proofs,
    session::{Session, SessionsOf},
    slots::Taken,
    wait::{LineNode, Operator, WaitingCaller},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::collections::BTreeMap;

/// What a commit answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Committed {
    /// The last journal entry this change wrote, or the journal's end when it wrote none.
    pub seq: Seq,
    /// Whether the command had been done before, and this is what was answered then.
    pub repeated: bool,
    /// The command's answer.
    pub answer: serde_json::Value,
}

/// Which schema a store had, and which it has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    /// Before; 0 when there was none.
    pub from: i64,
    /// Now.
    pub to: i64,
}

/// A store. Every method is one whole unit of work; none hands out a transaction.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Does all of a change, or nothing; answers only when it is durable.
    ///
    /// In this order: a repeated key answers as before; records are written, and a person's ended, if their predecessor's version
    /// stands; officers' time is given back, then taken; holds are confirmed (only if `expires > at`, and only if the holder holds exactly the places named, or gives the rest back) or expired
    /// (only if `expires <= at`); places are taken in key order, then given back, or kept back by another holder as a hold that has run out; jobs are dropped, queued and finished (only
    /// under the lease's fence, while the lease lasts); the journal is written; the answer is kept under the key.
    ///
    /// A place that begins in time which a closing shuts is taken, or made firm, by nobody but a change that goes through that
    /// closing; it answers [`Conflict::Full`]. Once a closing is committed, nothing committed later gets in; what is committed
    /// in the same instant may, and whoever carries the closing out looks once more.
    ///
    /// A holder has one place in a slot: claiming it again takes no other, and gives a hold its new end. Officers'
    /// time that nobody has is given back without complaint, and what is over is ended without complaint. A job that
    /// is leased is not dropped; queued anew meanwhile, it waits again at the new time once its worker has ended.
    async fn commit(&self, change: Change) -> Result<Committed, CommitError>;

    /// What this command answered, if it has been done: asked before deciding, since the state it was decided on is gone.
    ///
    /// # Errors
    /// [`Conflict::KeyInUse`] when the key belongs to another actor's command.
    async fn answered(&self, key: &IdempotencyKey, actor: &Actor) -> Result<Option<Committed>, CommitError>;

    /// One inquiry.
    async fn inquiry(&self, id: InquiryId) -> Result<Option<Inquiry>, StoreError>;
    /// One inquiry by the number its person carries.
    async fn inquiry_numbered(&self, number: InquiryNumber) -> Result<Option<Inquiry>, StoreError>;
    /// The live inquiry of a person for a reason, if there is one. At most one can exist.
    async fn live_inquiry(
        &self,
        person: PersonId,
        reason: &ReasonCode,
    ) -> Result<Option<Inquiry>, StoreError>;
    /// A list of inquiries, in the list's own order, without what is kept from `eyes`; without any eyes, all of it.
    async fn list_for(
        &self,
        list: &List,
        page: Page,
        eyes: Option<&Eyes>,
    ) -> Result<Paged<Inquiry>, StoreError>;
    /// A list of inquiries, all of it.
    async fn list(&self, list: &List, page: Page) -> Result<Paged<Inquiry>, StoreError> {
        self.list_for(list, page, None).await
    }
    /// Live inquiries in the order of their identifiers, those after `after`, at most `limit` (an engine caps it at
    /// 500): for whoever must look at every one of them, without what is over.
    async fn live_inquiries(&self, after: Option<InquiryId>, limit: u32) -> Result<Vec<Inquiry>, StoreError>;
    /// Inquiries that were opened from `from` (inclusive) to `to` (exclusive), the first first, at most `limit` (an engine caps
    /// it at 500), whatever has become of them.
    async fn inquiries_opened(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError>;
    /// How many inquiries were opened from `from` (inclusive) to `to` (exclusive).
    async fn count_opened(&self, from: Timestamp, to: Timestamp) -> Result<u64, StoreError>;
    /// Every inquiry of a person, oldest first.
    async fn inquiries_of(&self, person: PersonId) -> Result<Vec<Inquiry>, StoreError>;
    /// How many inquiries wait at each live stage, and how many are overdue at `now`.
    async fn figures(&self, now: Timestamp) -> Result<Figures, StoreError>;
    /// Of those, how many are kept from these eyes.
    async fn kept_from(&self, eyes: &Eyes, now: Timestamp) -> Result<Figures, StoreError>;
    /// Where an inquiry stands among those that wait for a first look: how many come before it.
    async fn waiting(&self, inquiry: &Inquiry) -> Result<Option<Waiting>, StoreError>;

    /// One person.
    async fn person(&self, id: PersonId) -> Result<Option<Person>, StoreError>;
    /// The person with this identity.
    async fn person_identified(&self, identity: &IdentityKey) -> Result<Option<Person>, StoreError>;

    /// People, by identifier, at most `limit` (an engine caps it at 500).
    async fn people(&self, which: People, limit: u32) -> Result<Vec<Person>, StoreError>;
    /// Inquiries that were closed at `until` or before (to the second) and were not erased, what was closed first, first, those
    /// behind `after` (when it was closed, and its identifier); at most `limit` (an engine caps it at 500). What is under legal
    /// hold is among them.
    async fn closed_until(
        &self,
        until: Timestamp,
        after: Option<(Timestamp, InquiryId)>,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError>;
    /// Which inquiries, open or closed, name this number as where their person is reached; at most `limit`.
    async fn reached_at(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<InquiryId>, StoreError>;
    /// How many records of each class have been kept long enough: inquiries that were closed at `inquiries` or before, and
    /// what [`Self::tidy`] would forget. What is under legal hold is not among them, and neither are answers and sessions.
    async fn due(
        &self,
        inquiries: Option<Timestamp>,
        forget: &Forget,
    ) -> Result<BTreeMap<RecordClass, u64>, StoreError>;

    /// One member of staff.
    async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError>;
    /// The member of staff who signs in by this name (lower case).
    async fn staff_named(&self, sign_in: &str) -> Result<Option<Staff>, StoreError>;
    /// All staff, by name.
    async fn all_staff(&self) -> Result<Vec<Staff>, StoreError>;
    /// The session with this token hash.
    async fn session(&self, token_hash: &str) -> Result<Option<Session>, StoreError>;
    /// The session with this token hash, with its member of staff: every request of theirs begins with it.
    async fn session_with_staff(&self, token_hash: &str) -> Result<Option<(Session, Staff)>, StoreError> {
        let Some(session) = self.session(token_hash).await? else { return Ok(None) };
        Ok(self.staff(session.staff).await?.map(|staff| (session, staff)))
    }
    /// The sessions of a member of staff, browsers' and programs' alike, or all programs', oldest first. Some may be over at present.
    async fn sessions_of(&self, of: SessionsOf) -> Result<Vec<Session>, StoreError>;
    /// What proves who a member of staff is beside their password; none when they never set anything up.
    async fn proofs(&self, staff: StaffId) -> Result<Option<Proofs>, StoreError>;
    /// The member of staff whose account this identity at the agency's provider is.
    async fn staff_federated(&self, key: &FederatedKey) -> Result<Option<Staff>, StoreError>;
    /// The pass with this token hash.
    async fn pass(&self, token_hash: &str) -> Result<Option<Pass>, StoreError>;
    /// The passes of an inquiry's person or of a member of staff, oldest first. Some may be over at present.
    async fn passes_of(&self, of: PassOf) -> Result<Vec<Pass>, StoreError>;
    /// The draft with this token hash.
    async fn draft(&self, token_hash: &str) -> Result<Option<Draft>, StoreError>;

    /// One notice.
    async fn notice(&self, id: NoticeId) -> Result<Option<Notice>, StoreError>;
    /// The notices of an inquiry, oldest first.
    async fn notices(&self, inquiry: InquiryId) -> Result<Vec<Notice>, StoreError>;

    /// Letters that wait for the print room since before `until` (inclusive), the oldest first, those after `after` (by time and
    /// identifier), at most `limit` (an engine caps it at 500).
    async fn to_print(
        &self,
        after: Option<(Timestamp, NoticeId)>,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Notice>, StoreError>;

    /// An imported case.
    async fn case(&self, receipt: &ReceiptNumber) -> Result<Option<Case>, StoreError>;

    /// The files that stand for the pack's tables, in the order of [`Table`]; at most one for each.
    async fn imported(&self) -> Result<Vec<Imported>, StoreError>;
    /// The versions of those files, for whoever asks often whether there is a new one.
    async fn imported_versions(&self) -> Result<BTreeMap<Table, u64>, StoreError>;

    /// How many tickets an office has given on a day.
    async fn tickets(&self, office: &OfficeCode, day: Date) -> Result<u64, StoreError>;

    /// One wait for an operator.
    async fn wait(&self, id: WaitId) -> Result<Option<WaitingCaller>, StoreError>;
    /// Waits, at most `limit` (an engine caps it at [`columns::MOST_WAITS`]).
    async fn waits(&self, which: &Waits, limit: u32) -> Result<Vec<WaitingCaller>, StoreError>;
    /// One operator, on duty or not; none who was never on duty.
    async fn operator(&self, id: StaffId) -> Result<Option<Operator>, StoreError>;
    /// The operators on duty, by identifier.
    async fn operators(&self) -> Result<Vec<Operator>, StoreError>;
    /// The processes that hold calls, by identifier, those included that are taken to be gone. One that a record names and
    /// that is not known is in it with version 0, gone since 1970.
    async fn line_nodes(&self) -> Result<Vec<LineNode>, StoreError>;

    /// The record of one call.
    async fn call_record(&self, id: CallRecordId) -> Result<Option<CallRecord>, StoreError>;
    /// Records of calls, at most `limit` (an engine caps it at 500).
    async fn call_records(&self, which: &Calls, limit: u32) -> Result<Vec<CallRecord>, StoreError>;
    /// What a number chose in its last call. One that has not called for long may still be there: see
    /// [`Remembered::is_forgotten`].
    async fn remembered(&self, phone: &PhoneKey) -> Result<Option<Remembered>, StoreError>;
    /// Since when a number wants no texts, if it said so and has not asked for them again.
    async fn texts_stopped(&self, phone: &PhoneKey) -> Result<Option<Timestamp>, StoreError>;
    /// What went out under a code, if anything did.
    async fn mark(&self, code: MarkCode) -> Result<Option<Mark>, StoreError>;
    /// What supervisors said of the line that ends after `since`, what ends last first, at most `limit`.
    async fn line_notices(&self, since: Timestamp, limit: u32) -> Result<Vec<LineNotice>, StoreError>;
    /// One closing.
    async fn closing(&self, id: ClosingId) -> Result<Option<Closing>, StoreError>;
    /// Closings of an office, or of all, that end after `since`, what begins first, first; at most `limit` (an engine caps
    /// it at 500).
    async fn closings(
        &self,
        office: Option<&OfficeCode>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Closing>, StoreError>;
    /// Handovers of many calls, the newest first; at most `limit` (an engine caps it at [`columns::LONGEST_PAGE`]).
    async fn handovers(&self, which: Handovers, limit: u32) -> Result<Vec<Handover>, StoreError>;
    /// One version of a policy that was made at the desk.
    async fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError>;
    /// Versions of policies that were made at the desk, in the order in which they were begun, at most `limit` (an engine caps it
    /// at 500; the oldest are left out).
    async fn revisions(&self, which: Revisions, limit: u32) -> Result<Vec<Revision>, StoreError>;
    /// The record's version of each that stands, for whoever asks often whether there is a new one.
    async fn standing_revisions(&self) -> Result<BTreeMap<RevisionId, u64>, StoreError>;
    /// Live inquiries whose person is reached at this number, the newest first, at most `limit`.
    async fn inquiries_by_phone(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<Inquiry>, StoreError>;

    /// What indicators are made of, in no order: waits that were over from `from` (inclusive) to `to` (exclusive), and
    /// promises that fall due in it, as they stand at `now`. It reads each whole record of the stretch: ask for a long one
    /// in parts.
    async fn facts(&self, from: Timestamp, to: Timestamp, now: Timestamp) -> Result<Facts, StoreError>;

    /// What is taken at an office from `from` (inclusive) to `to` (exclusive), over all services and pools, and what of that
    /// time the office closes.
    async fn taken(&self, office: &OfficeCode, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError>;
    /// What is taken at every office in a stretch of time, and what each closes of it.
    async fn taken_anywhere(&self, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError>;
    /// Officers' taken time that touches a stretch, of one officer or of all.
    async fn busy(
        &self,
        officer: Option<StaffId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Busy>, StoreError>;
    /// Holders of holds that have run out at `now`, at most `limit`.
    async fn expired_holds(&self, now: Timestamp, limit: u32) -> Result<Vec<Holder>, StoreError>;

    /// The entries about one inquiry, oldest first.
    async fn story(&self, inquiry: InquiryId) -> Result<Vec<Written>, StoreError>;
    /// Entries after `after`, oldest first, at most `limit`. A reader resumes from any entry.
    async fn journal(&self, after: Seq, limit: u32) -> Result<Vec<Written>, StoreError>;
    /// The last entry's place.
    async fn journal_end(&self) -> Result<Seq, StoreError>;

    /// Leases due jobs to `worker` until `now + lease`: no one else gets them meanwhile. A job whose lease ran out is
    /// leased again under a higher fence.
    async fn lease_jobs(
        &self,
        worker: &str,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<LeasedJob>, StoreError>;
    /// When the next job can be leased: when it is due or, if somebody has it, when that lease runs out.
    async fn next_job(&self) -> Result<Option<Timestamp>, StoreError>;
    /// Jobs that were given up, newest first, at most `limit`.
    async fn dead_jobs(&self, limit: u32) -> Result<Vec<LeasedJob>, StoreError>;

    /// Checks what must always hold: taken = claims, no overlap in an officer's time, no promise without a watch job or
    /// without its places, no live pair for one person and reason, no queued notice without a job, no
    /// caller and operator who disagree about having each other, a whole journal. Reports,
    /// never mends. It reads everything, and takes as long as that takes.
    async fn check(&self) -> Result<Vec<Broken>, StoreError>;
    /// Checks the same as far as it can still hurt somebody, at a cost that does not grow with the history: live
    /// inquiries, places and officers' time from `from` on, notices that are owed, the journal's last entries, and the
    /// next part of a rolling proof of the whole journal, which goes on from `journal`.
    ///
    /// What only [`Self::check`] finds: a callback's place held by nobody, and what is wrong with what is over.
    async fn look(&self, from: Timestamp, journal: Verified) -> Result<Look, StoreError>;

    /// Takes a turn of whatever `name` stands for, if there is one within `patience`, and keeps what that leaves: every
    /// node that uses this store draws on the same turns ([`Pace::take`]). It is no change: nothing of it is journalled.
    /// A turn that was taken stays taken, also when its answer was lost on the way.
    async fn take_turn(
        &self,
        name: &str,
        limits: &Limits,
        now: Timestamp,
        patience: SignedDuration,
    ) -> Result<Turn, StoreError>;
    /// What is kept of the turns taken under `name`; none when none was.
    async fn pace(&self, name: &str) -> Result<Option<Pace>, StoreError>;

    /// Programs that are told what happens, by their names, as they stand.
    async fn hooks(&self) -> Result<BTreeMap<String, Hook>, StoreError>;
    /// Does something with one of them ([`Hook::after`]), as it stands at this moment; one that is new begins at the journal's
    /// end. `None` when that counts for nothing. It is no change: nothing of it is journalled. What was done stays done, also
    /// when its answer was lost on the way.
    async fn hook(&self, name: &str, act: HookAct, now: Timestamp) -> Result<Option<Hook>, StoreError>;

    /// Forgets answers to commands, drafts, sessions, waits, records of calls and what numbers chose, as far as they were over
    /// by then; says how many. Waits and records of calls about what is under legal hold stay. What was acknowledged stays
    /// done; only its repeat is no longer known.
    async fn tidy(&self, forget: &Forget) -> Result<u64, StoreError>;

    /// Proves the journal from the very text that is stored, as of one moment. A broken chain is no error: see
    /// [`Verified::broken`].
    async fn verify_journal(&self) -> Result<Verified, StoreError>;

    /// How many bytes the store takes on its disk, indexes included.
    async fn size(&self) -> Result<u64, StoreError>;

    /// Wakes whoever waits for news: "look again, the journal has reached n".
    fn signal(&self) -> Signal;

    /// Ends what is under way and lets go of the engine. What is asked afterwards answers [`StoreError::Closing`], and
    /// signals end. Closing twice does nothing.
    async fn close(&self);
}
