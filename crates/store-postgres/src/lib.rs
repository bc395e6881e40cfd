//! The store for several nodes: PostgreSQL. It keeps `store::Store`'s contract.
//!
//! A change is one transaction at READ COMMITTED, alone or with others that write other things (decision 0015). What two
//! changes could fight over is locked in one order (the command's key, records, officers, slots by key, jobs, the journal's end).
//! What meets a rival or loses its connection is tried again under the same key, as is a change whose COMMIT got no answer.

mod again;
mod check;
mod commit;
mod fault;
mod gather;
mod group;
mod hooks;
mod hosts;
mod jobs;
mod link;
mod listen;
mod migrate;
mod moving;
mod news;
mod opening;
mod options;
mod pace;
#[cfg(feature = "testing")]
pub mod peer;
mod reads;
#[cfg(feature = "testing")]
pub mod testing;
mod tidy;
mod time;
mod verify;

pub use hosts::{UrlError, said};
pub use link::NoPrimary;
pub use migrate::SCHEMA;
pub use options::Options;

use again::{again, read};
use async_trait::async_trait;
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
use group::Group;
use jiff::{SignedDuration, Timestamp, civil::Date};
use link::Link;
use reads::single::Singles;
use sqlx::PgPool;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::{
    Broken, Calls, CommitError, Committed, Eyes, Figures, Handovers, LeasedJob, List, Look, Page, Paged,
    People, Revisions, Signal, SignalSender, Store, StoreError, Waiting, Waits,
    chain::Verified,
    columns::{maybe, read},
};

/// The store in one PostgreSQL database, alone or beside other nodes.
#[derive(Debug)]
pub struct PostgresStore {
    link: Arc<Link>,
    read_only: bool,
    /// None once the store has closed.
    signals: Arc<Mutex<Option<SignalSender>>>,
    /// Where changes are done together. None while it is not open for writing.
    group: Option<Group>,
    /// Where single records are read together.
    singles: Singles,
}

impl PostgresStore {
    /// Where to read.
    fn readers(&self) -> &PgPool {
        &self.link.readers
    }

    /// Where to write, if it is allowed.
    fn writers(&self) -> Option<&PgPool> {
        (!self.read_only).then_some(&self.link.writers)
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn commit(&self, change: Change) -> Result<Committed, CommitError> {
        self.may_write()?;
        let change = Arc::new(change);
        let together = match &self.group {
            Some(group) => group.commit(&change).await,
            None => None,
        };
        let done = match together {
            Some(done) => done?,
            None => again!(&self.link, &change.command.key, commit::commit(&self.link.writers, &change))?,
        };
        // The signal first: whoever has an answer finds it counted among what was told.
        self.tell(done.seq);
        Ok(done)
    }

    async fn answered(&self, key: &IdempotencyKey, actor: &Actor) -> Result<Option<Committed>, CommitError> {
        // Asked before every act and mostly in vain: a read first.
        if !self.single(&self.singles.commands, key.as_str().to_owned()).await? {
            return Ok(None);
        }
        Ok(again!(&self.link, key, commit::answered_alone(self.readers(), self.writers(), key, actor))?)
    }

    async fn inquiry(&self, id: InquiryId) -> Result<Option<Inquiry>, StoreError> {
        maybe("inquiry", self.single(&self.singles.inquiries, id).await?)
    }

    async fn inquiry_numbered(&self, number: InquiryNumber) -> Result<Option<Inquiry>, StoreError> {
        maybe("inquiry", self.single(&self.singles.numbered, number).await?)
    }

    async fn live_inquiry(
        &self,
        person: PersonId,
        reason: &ReasonCode,
    ) -> Result<Option<Inquiry>, StoreError> {
        read!(self, reads::inquiries::live(self.readers(), person, reason))
    }

    async fn list_for(
        &self,
        list: &List,
        page: Page,
        eyes: Option<&Eyes>,
    ) -> Result<Paged<Inquiry>, StoreError> {
        read!(self, reads::inquiries::list(self.readers(), list, page, eyes))
    }

    async fn live_inquiries(&self, after: Option<InquiryId>, limit: u32) -> Result<Vec<Inquiry>, StoreError> {
        read!(self, reads::inquiries::all_live(self.readers(), after, limit))
    }

    async fn inquiries_opened(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError> {
        read!(self, reads::inquiries::opened(self.readers(), from, to, limit))
    }

    async fn count_opened(&self, from: Timestamp, to: Timestamp) -> Result<u64, StoreError> {
        read!(self, reads::inquiries::count_opened(self.readers(), from, to))
    }

    async fn inquiries_of(&self, person: PersonId) -> Result<Vec<Inquiry>, StoreError> {
        read!(self, reads::inquiries::of_person(self.readers(), person))
    }

    async fn figures(&self, now: Timestamp) -> Result<Figures, StoreError> {
        self.single(&self.singles.standing, now).await
    }

    async fn kept_from(&self, eyes: &Eyes, now: Timestamp) -> Result<Figures, StoreError> {
        read!(self, reads::inquiries::kept_from(self.readers(), eyes, now))
    }

    async fn waiting(&self, inquiry: &Inquiry) -> Result<Option<Waiting>, StoreError> {
        read!(self, reads::inquiries::waiting(self.readers(), inquiry.id))
    }

    async fn person(&self, id: PersonId) -> Result<Option<Person>, StoreError> {
        read!(self, reads::people::person(self.readers(), id))
    }

    async fn person_identified(&self, identity: &IdentityKey) -> Result<Option<Person>, StoreError> {
        read!(self, reads::people::identified(self.readers(), identity))
    }

    async fn people(&self, which: People, limit: u32) -> Result<Vec<Person>, StoreError> {
        read!(self, reads::people::people(self.readers(), which, limit))
    }

    async fn closed_until(
        &self,
        until: Timestamp,
        after: Option<(Timestamp, InquiryId)>,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError> {
        read!(self, reads::inquiries::closed_until(self.readers(), until, after, limit))
    }

    async fn reached_at(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<InquiryId>, StoreError> {
        read!(self, reads::calls::reached_at(self.readers(), number, limit))
    }

    async fn due(
        &self,
        inquiries: Option<Timestamp>,
        forget: &Forget,
    ) -> Result<BTreeMap<RecordClass, u64>, StoreError> {
        read!(self, tidy::due(self.readers(), inquiries, forget))
    }

    async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        read!(self, reads::people::staff(self.readers(), id))
    }

    async fn staff_named(&self, sign_in: &str) -> Result<Option<Staff>, StoreError> {
        read!(self, reads::people::staff_named(self.readers(), sign_in))
    }

    async fn all_staff(&self) -> Result<Vec<Staff>, StoreError> {
        read!(self, reads::people::all_staff(self.readers()))
    }

    async fn session(&self, token_hash: &str) -> Result<Option<Session>, StoreError> {
        read!(self, reads::people::session(self.readers(), token_hash))
    }

    async fn session_with_staff(&self, token_hash: &str) -> Result<Option<(Session, Staff)>, StoreError> {
        let found = self.single(&self.singles.sessions, token_hash.to_owned()).await?;
        let Some((session, staff)) = found else { return Ok(None) };
        Ok(Some((read("session", &session)?, read("member of staff", &staff)?)))
    }

    async fn sessions_of(&self, of: SessionsOf) -> Result<Vec<Session>, StoreError> {
        read!(self, reads::people::sessions_of(self.readers(), of))
    }

    async fn proofs(&self, staff: StaffId) -> Result<Option<Proofs>, StoreError> {
        read!(self, reads::people::proofs(self.readers(), staff))
    }

    async fn staff_federated(&self, key: &FederatedKey) -> Result<Option<Staff>, StoreError> {
        read!(self, reads::people::staff_federated(self.readers(), key))
    }

    async fn pass(&self, token_hash: &str) -> Result<Option<Pass>, StoreError> {
        read!(self, reads::people::pass(self.readers(), token_hash))
    }

    async fn passes_of(&self, of: PassOf) -> Result<Vec<Pass>, StoreError> {
        read!(self, reads::people::passes_of(self.readers(), of))
    }

    async fn draft(&self, token_hash: &str) -> Result<Option<Draft>, StoreError> {
        read!(self, reads::people::draft(self.readers(), token_hash))
    }

    async fn notice(&self, id: NoticeId) -> Result<Option<Notice>, StoreError> {
        maybe("notice", self.single(&self.singles.notices, id).await?)
    }

    async fn notices(&self, inquiry: InquiryId) -> Result<Vec<Notice>, StoreError> {
        read!(self, reads::people::notices(self.readers(), inquiry))
    }

    async fn to_print(
        &self,
        after: Option<(Timestamp, NoticeId)>,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Notice>, StoreError> {
        read!(self, reads::people::to_print(self.readers(), after, until, limit))
    }

    async fn case(&self, receipt: &ReceiptNumber) -> Result<Option<Case>, StoreError> {
        read!(self, reads::people::case(self.readers(), receipt))
    }

    async fn imported(&self) -> Result<Vec<Imported>, StoreError> {
        read!(self, reads::imported::all(self.readers()))
    }

    async fn imported_versions(&self) -> Result<BTreeMap<Table, u64>, StoreError> {
        read!(self, reads::imported::versions(self.readers()))
    }

    async fn tickets(&self, office: &OfficeCode, day: Date) -> Result<u64, StoreError> {
        read!(self, reads::places::tickets(self.readers(), office, day))
    }

    async fn wait(&self, id: WaitId) -> Result<Option<WaitingCaller>, StoreError> {
        read!(self, reads::waits::wait(self.readers(), id))
    }

    async fn waits(&self, which: &Waits, limit: u32) -> Result<Vec<WaitingCaller>, StoreError> {
        read!(self, reads::waits::waits(self.readers(), which, limit))
    }

    async fn facts(&self, from: Timestamp, to: Timestamp, now: Timestamp) -> Result<Facts, StoreError> {
        read!(self, reads::indicators::facts(self.readers(), from, to, now))
    }

    async fn operator(&self, id: StaffId) -> Result<Option<Operator>, StoreError> {
        read!(self, reads::waits::operator(self.readers(), id))
    }

    async fn operators(&self) -> Result<Vec<Operator>, StoreError> {
        read!(self, reads::waits::operators(self.readers()))
    }

    async fn line_nodes(&self) -> Result<Vec<LineNode>, StoreError> {
        read!(self, reads::waits::nodes(self.readers()))
    }

    async fn call_record(&self, id: CallRecordId) -> Result<Option<CallRecord>, StoreError> {
        read!(self, reads::calls::record(self.readers(), id))
    }

    async fn call_records(&self, which: &Calls, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
        read!(self, reads::calls::records(self.readers(), which, limit))
    }

    async fn remembered(&self, phone: &PhoneKey) -> Result<Option<Remembered>, StoreError> {
        read!(self, reads::calls::remembered(self.readers(), phone))
    }

    async fn texts_stopped(&self, phone: &PhoneKey) -> Result<Option<Timestamp>, StoreError> {
        read!(self, reads::calls::texts_stopped(self.readers(), phone))
    }

    async fn mark(&self, code: MarkCode) -> Result<Option<Mark>, StoreError> {
        read!(self, reads::marks::mark(self.readers(), code))
    }

    async fn line_notices(&self, since: Timestamp, limit: u32) -> Result<Vec<LineNotice>, StoreError> {
        read!(self, reads::calls::notices(self.readers(), since, limit))
    }

    async fn closing(&self, id: ClosingId) -> Result<Option<Closing>, StoreError> {
        read!(self, reads::closings::closing(self.readers(), id))
    }

    async fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError> {
        read!(self, reads::revisions::revision(self.readers(), id))
    }

    async fn revisions(&self, which: Revisions, limit: u32) -> Result<Vec<Revision>, StoreError> {
        read!(self, reads::revisions::revisions(self.readers(), which, limit))
    }

    async fn standing_revisions(&self) -> Result<BTreeMap<RevisionId, u64>, StoreError> {
        read!(self, reads::revisions::standing(self.readers()))
    }

    async fn closings(
        &self,
        office: Option<&OfficeCode>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Closing>, StoreError> {
        read!(self, reads::closings::closings(self.readers(), office, since, limit))
    }

    async fn handovers(&self, which: Handovers, limit: u32) -> Result<Vec<Handover>, StoreError> {
        read!(self, reads::handovers::handovers(self.readers(), which, limit))
    }

    async fn inquiries_by_phone(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<Inquiry>, StoreError> {
        read!(self, reads::calls::inquiries(self.readers(), number, limit))
    }

    async fn taken(&self, office: &OfficeCode, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError> {
        let rows = self.single(&self.singles.taken, (office.clone(), from, to)).await?;
        reads::places::taken_at(office, rows)
    }

    async fn taken_anywhere(&self, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError> {
        read!(self, reads::places::taken_anywhere(self.readers(), from, to))
    }

    async fn busy(
        &self,
        officer: Option<StaffId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Busy>, StoreError> {
        read!(self, reads::places::busy(self.readers(), officer, from, to))
    }

    async fn expired_holds(&self, now: Timestamp, limit: u32) -> Result<Vec<Holder>, StoreError> {
        read!(self, reads::places::expired(self.readers(), now, limit))
    }

    async fn story(&self, inquiry: InquiryId) -> Result<Vec<Written>, StoreError> {
        read!(self, reads::journal::story(self.readers(), inquiry))
    }

    async fn journal(&self, after: Seq, limit: u32) -> Result<Vec<Written>, StoreError> {
        read!(self, reads::journal::after(self.readers(), after, limit))
    }

    async fn journal_end(&self) -> Result<Seq, StoreError> {
        read!(self, reads::journal::end(self.readers()))
    }

    async fn lease_jobs(
        &self,
        worker: &str,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<LeasedJob>, StoreError> {
        self.may_write()?;
        // Leased, and the answer lost: the jobs wait until that lease has run out, and are then leased again.
        Ok(again!(&self.link, worker, jobs::lease(&self.link.writers, worker, now, lease, limit))?)
    }

    async fn next_job(&self) -> Result<Option<Timestamp>, StoreError> {
        read!(self, reads::jobs::next(self.readers()))
    }

    async fn dead_jobs(&self, limit: u32) -> Result<Vec<LeasedJob>, StoreError> {
        read!(self, reads::jobs::dead(self.readers(), limit))
    }

    async fn take_turn(
        &self,
        name: &str,
        limits: &Limits,
        now: Timestamp,
        patience: SignedDuration,
    ) -> Result<Turn, StoreError> {
        self.may_write()?;
        // Taken, and the answer lost: another turn is taken then, and the first goes unused. Never more than was agreed.
        Ok(again!(&self.link, name, pace::take(&self.link.writers, name, limits, now, patience))?)
    }

    async fn pace(&self, name: &str) -> Result<Option<Pace>, StoreError> {
        read!(self, pace::kept(self.readers(), name))
    }

    async fn hooks(&self) -> Result<BTreeMap<String, Hook>, StoreError> {
        read!(self, hooks::all(self.readers()))
    }

    async fn hook(&self, name: &str, act: HookAct, now: Timestamp) -> Result<Option<Hook>, StoreError> {
        self.may_write()?;
        // Taken, and the answer lost: nobody tells it until that lease has run out. Told, and the answer lost: it is told again.
        Ok(again!(&self.link, name, hooks::act_alone(&self.link.writers, name, &act, now))?)
    }

    async fn check(&self) -> Result<Vec<Broken>, StoreError> {
        read!(self, check::check(self.readers()))
    }

    async fn look(&self, from: Timestamp, journal: Verified) -> Result<Look, StoreError> {
        read!(self, check::look(self.readers(), from, journal.clone()))
    }

    async fn tidy(&self, forget: &Forget) -> Result<u64, StoreError> {
        self.may_write()?;
        Ok(again!(&self.link, "tidy", tidy::tidy(&self.link.writers, forget))?)
    }

    async fn verify_journal(&self) -> Result<Verified, StoreError> {
        Ok(again!(&self.link, "verify", verify::verify_alone(&self.link.readers))?)
    }

    async fn size(&self) -> Result<u64, StoreError> {
        read!(self, reads::size(self.readers()))
    }

    fn signal(&self) -> Signal {
        let signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
        signals.as_ref().map_or_else(|| store::signal(Seq::default()).1, SignalSender::subscribe)
    }

    async fn close(&self) {
        drop(self.signals.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.link.close().await;
    }
}
