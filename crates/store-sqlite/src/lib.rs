//! The embedded store: SQLite, one thread that writes, many readers.
//!
//! Records are JSON documents beside the columns that lists are made of; the schema is in `schema/`, one change's
//! way through it in `commit/`, the reads in `reads/`. What it must do is `store::Store`'s contract.

mod check;
mod commit;
mod convert;
mod folding;
mod hooks;
mod jobs;
mod moving;
mod open;
mod opening;
mod options;
mod pace;
mod points;
mod reads;
mod sql;
mod tidy;
mod verify;
mod writer;

pub use open::SCHEMA;
pub use options::Options;

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
use jiff::{SignedDuration, Timestamp, civil::Date};
use points::Points;
use sqlx::SqlitePool;
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use store::{
    Broken, Calls, CommitError, Committed, Eyes, Figures, Handovers, LeasedJob, List, Look, Page, Paged,
    People, Revisions, Signal, SignalSender, Store, StoreError, Waiting, Waits, chain::Verified,
};
use tokio::sync::{mpsc, oneshot};
use writer::{Ask, Hooking, Leasing, Taking, Work};

/// The store in one SQLite file (with `-wal` and `-shm` beside it while it is open).
#[derive(Debug)]
pub struct SqliteStore {
    readers: SqlitePool,
    /// For reads of single records.
    points: Points,
    /// None when the file was opened for reading only.
    writer: Option<mpsc::Sender<Ask>>,
    patience: Duration,
    /// None once the store has closed.
    signals: Mutex<Option<SignalSender>>,
}

impl SqliteStore {
    /// Puts something in the writer's queue and waits until it is done.
    async fn ask<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(oneshot::Sender<Result<T, E>>) -> Work,
    ) -> Result<T, E> {
        let writer = self.writer.as_ref().ok_or(StoreError::ReadOnly)?;
        let place = match tokio::time::timeout(self.patience, writer.reserve()).await {
            Err(_late) => return Err(StoreError::Busy.into()),
            Ok(Err(_closed)) => return Err(StoreError::Closing.into()),
            Ok(Ok(place)) => place,
        };
        let (to, answer) = oneshot::channel();
        place.send(Ask::Do(work(to)));
        answer.await.unwrap_or_else(|_gone| Err(StoreError::Closing.into()))
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn commit(&self, change: Change) -> Result<Committed, CommitError> {
        self.ask(|to| Work::Commit(Box::new(change), to)).await
    }

    async fn answered(&self, key: &IdempotencyKey, actor: &Actor) -> Result<Option<Committed>, CommitError> {
        Ok(self.points.read(|conn| commit::answered(conn, key, actor))?)
    }

    async fn inquiry(&self, id: InquiryId) -> Result<Option<Inquiry>, StoreError> {
        self.points.doc("inquiry", "SELECT doc FROM inquiry WHERE id = ?1", [id.to_string()])
    }

    async fn inquiry_numbered(&self, number: InquiryNumber) -> Result<Option<Inquiry>, StoreError> {
        self.points.doc("inquiry", "SELECT doc FROM inquiry WHERE number = ?1", [number.digits()])
    }

    async fn live_inquiry(
        &self,
        person: PersonId,
        reason: &ReasonCode,
    ) -> Result<Option<Inquiry>, StoreError> {
        self.points.doc(
            "inquiry",
            "SELECT doc FROM inquiry WHERE person = ?1 AND reason = ?2 AND live = 1",
            [person.to_string().as_str(), reason.as_str()],
        )
    }

    async fn list_for(
        &self,
        list: &List,
        page: Page,
        eyes: Option<&Eyes>,
    ) -> Result<Paged<Inquiry>, StoreError> {
        Ok(reads::inquiries::list(&self.readers, list, page, eyes).await?)
    }

    async fn live_inquiries(&self, after: Option<InquiryId>, limit: u32) -> Result<Vec<Inquiry>, StoreError> {
        Ok(reads::inquiries::all_live(&self.readers, after, limit).await?)
    }

    async fn inquiries_opened(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError> {
        Ok(reads::inquiries::opened(&self.readers, from, to, limit).await?)
    }

    async fn count_opened(&self, from: Timestamp, to: Timestamp) -> Result<u64, StoreError> {
        Ok(reads::inquiries::count_opened(&self.readers, from, to).await?)
    }

    async fn inquiries_of(&self, person: PersonId) -> Result<Vec<Inquiry>, StoreError> {
        Ok(reads::inquiries::of_person(&self.readers, person).await?)
    }

    async fn figures(&self, now: Timestamp) -> Result<Figures, StoreError> {
        Ok(reads::inquiries::figures(&self.readers, now).await?)
    }

    async fn kept_from(&self, eyes: &Eyes, now: Timestamp) -> Result<Figures, StoreError> {
        Ok(reads::inquiries::kept_from(&self.readers, eyes, now).await?)
    }

    async fn waiting(&self, inquiry: &Inquiry) -> Result<Option<Waiting>, StoreError> {
        Ok(reads::inquiries::waiting(&self.readers, inquiry.id).await?)
    }

    async fn person(&self, id: PersonId) -> Result<Option<Person>, StoreError> {
        self.points.doc("person", "SELECT doc FROM person WHERE id = ?1", [id.to_string()])
    }

    async fn person_identified(&self, identity: &IdentityKey) -> Result<Option<Person>, StoreError> {
        self.points.doc("person", "SELECT doc FROM person WHERE identity = ?1", [identity.as_str()])
    }

    async fn people(&self, which: People, limit: u32) -> Result<Vec<Person>, StoreError> {
        Ok(reads::people::people(&self.readers, which, limit).await?)
    }

    async fn closed_until(
        &self,
        until: Timestamp,
        after: Option<(Timestamp, InquiryId)>,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError> {
        Ok(reads::inquiries::closed_until(&self.readers, until, after, limit).await?)
    }

    async fn reached_at(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<InquiryId>, StoreError> {
        Ok(reads::calls::reached_at(&self.readers, number, limit).await?)
    }

    async fn due(
        &self,
        inquiries: Option<Timestamp>,
        forget: &Forget,
    ) -> Result<BTreeMap<RecordClass, u64>, StoreError> {
        Ok(tidy::due(&self.readers, inquiries, forget).await?)
    }

    async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        self.points.doc("member of staff", "SELECT doc FROM staff WHERE id = ?1", [id.to_string()])
    }

    async fn staff_named(&self, sign_in: &str) -> Result<Option<Staff>, StoreError> {
        self.points.doc("member of staff", "SELECT doc FROM staff WHERE sign_in = ?1", [sign_in])
    }

    async fn all_staff(&self) -> Result<Vec<Staff>, StoreError> {
        Ok(reads::people::all_staff(&self.readers).await?)
    }

    async fn session(&self, token_hash: &str) -> Result<Option<Session>, StoreError> {
        self.points.doc("session", "SELECT doc FROM session WHERE token_hash = ?1", [token_hash])
    }

    async fn sessions_of(&self, of: SessionsOf) -> Result<Vec<Session>, StoreError> {
        Ok(reads::people::sessions_of(&self.readers, of).await?)
    }

    async fn proofs(&self, staff: StaffId) -> Result<Option<Proofs>, StoreError> {
        self.points.doc("proofs", "SELECT doc FROM proof WHERE staff = ?1", [staff.to_string()])
    }

    async fn staff_federated(&self, key: &FederatedKey) -> Result<Option<Staff>, StoreError> {
        let sql = "SELECT doc FROM staff WHERE id = (SELECT staff FROM federated WHERE key = ?1)";
        self.points.doc("member of staff", sql, [key.as_str()])
    }

    async fn pass(&self, token_hash: &str) -> Result<Option<Pass>, StoreError> {
        self.points.doc("pass", "SELECT doc FROM pass WHERE token_hash = ?1", [token_hash])
    }

    async fn passes_of(&self, of: PassOf) -> Result<Vec<Pass>, StoreError> {
        Ok(reads::people::passes_of(&self.readers, of).await?)
    }

    async fn draft(&self, token_hash: &str) -> Result<Option<Draft>, StoreError> {
        self.points.doc("draft", "SELECT doc FROM draft WHERE token_hash = ?1", [token_hash])
    }

    async fn notice(&self, id: NoticeId) -> Result<Option<Notice>, StoreError> {
        self.points.doc("notice", "SELECT doc FROM notice WHERE id = ?1", [id.to_string()])
    }

    async fn notices(&self, inquiry: InquiryId) -> Result<Vec<Notice>, StoreError> {
        Ok(reads::people::notices(&self.readers, inquiry).await?)
    }

    async fn to_print(
        &self,
        after: Option<(Timestamp, NoticeId)>,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Notice>, StoreError> {
        Ok(reads::people::to_print(&self.readers, after, until, limit).await?)
    }

    async fn case(&self, receipt: &ReceiptNumber) -> Result<Option<Case>, StoreError> {
        self.points.doc("case", "SELECT doc FROM case_record WHERE receipt = ?1", [receipt.as_str()])
    }

    async fn imported(&self) -> Result<Vec<Imported>, StoreError> {
        Ok(reads::imported::all(&self.readers).await?)
    }

    async fn imported_versions(&self) -> Result<BTreeMap<Table, u64>, StoreError> {
        Ok(reads::imported::versions(&self.readers).await?)
    }

    async fn tickets(&self, office: &OfficeCode, day: Date) -> Result<u64, StoreError> {
        Ok(reads::places::tickets(&self.readers, office, day).await?)
    }

    async fn wait(&self, id: WaitId) -> Result<Option<WaitingCaller>, StoreError> {
        self.points.doc("waiting caller", "SELECT doc FROM waiter WHERE id = ?1", [id.to_string()])
    }

    async fn waits(&self, which: &Waits, limit: u32) -> Result<Vec<WaitingCaller>, StoreError> {
        Ok(reads::waits::waits(&self.readers, which, limit).await?)
    }

    async fn facts(&self, from: Timestamp, to: Timestamp, now: Timestamp) -> Result<Facts, StoreError> {
        Ok(reads::indicators::facts(&self.readers, from, to, now).await?)
    }

    async fn operator(&self, id: StaffId) -> Result<Option<Operator>, StoreError> {
        self.points.doc("operator", "SELECT doc FROM duty WHERE id = ?1", [id.to_string()])
    }

    async fn operators(&self) -> Result<Vec<Operator>, StoreError> {
        Ok(reads::waits::operators(&self.readers).await?)
    }

    async fn line_nodes(&self) -> Result<Vec<LineNode>, StoreError> {
        Ok(reads::waits::nodes(&self.readers).await?)
    }

    async fn call_record(&self, id: CallRecordId) -> Result<Option<CallRecord>, StoreError> {
        self.points.doc("call record", "SELECT doc FROM call_record WHERE id = ?1", [id.to_string()])
    }

    async fn call_records(&self, which: &Calls, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
        Ok(reads::calls::records(&self.readers, which, limit).await?)
    }

    async fn remembered(&self, phone: &PhoneKey) -> Result<Option<Remembered>, StoreError> {
        Ok(reads::calls::remembered(&self.readers, phone).await?)
    }

    async fn texts_stopped(&self, phone: &PhoneKey) -> Result<Option<Timestamp>, StoreError> {
        Ok(reads::calls::texts_stopped(&self.readers, phone).await?)
    }

    async fn mark(&self, code: MarkCode) -> Result<Option<Mark>, StoreError> {
        Ok(reads::marks::mark(&self.points, code)?)
    }

    async fn line_notices(&self, since: Timestamp, limit: u32) -> Result<Vec<LineNotice>, StoreError> {
        Ok(reads::calls::notices(&self.readers, since, limit).await?)
    }

    async fn closing(&self, id: ClosingId) -> Result<Option<Closing>, StoreError> {
        self.points.doc("closing", "SELECT doc FROM closing WHERE id = ?1", [id.to_string()])
    }

    async fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError> {
        self.points.doc("revision", "SELECT doc FROM revision WHERE id = ?1", [id.to_string()])
    }

    async fn revisions(&self, which: Revisions, limit: u32) -> Result<Vec<Revision>, StoreError> {
        Ok(reads::revisions::revisions(&self.readers, which, limit).await?)
    }

    async fn standing_revisions(&self) -> Result<BTreeMap<RevisionId, u64>, StoreError> {
        Ok(reads::revisions::standing(&self.readers).await?)
    }

    async fn closings(
        &self,
        office: Option<&OfficeCode>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Closing>, StoreError> {
        Ok(reads::closings::closings(&self.readers, office, since, limit).await?)
    }

    async fn handovers(&self, which: Handovers, limit: u32) -> Result<Vec<Handover>, StoreError> {
        Ok(reads::handovers::handovers(&self.readers, which, limit).await?)
    }

    async fn inquiries_by_phone(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<Inquiry>, StoreError> {
        Ok(reads::calls::inquiries(&self.readers, number, limit).await?)
    }

    async fn taken(&self, office: &OfficeCode, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError> {
        Ok(self.points.read(|conn| reads::places::taken_at(conn, office, from, to))?)
    }

    async fn taken_anywhere(&self, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError> {
        Ok(reads::places::taken_anywhere(&self.readers, from, to).await?)
    }

    async fn busy(
        &self,
        officer: Option<StaffId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Busy>, StoreError> {
        Ok(reads::places::busy(&self.readers, officer, from, to).await?)
    }

    async fn expired_holds(&self, now: Timestamp, limit: u32) -> Result<Vec<Holder>, StoreError> {
        Ok(reads::places::expired(&self.readers, now, limit).await?)
    }

    async fn story(&self, inquiry: InquiryId) -> Result<Vec<Written>, StoreError> {
        Ok(reads::journal::story(&self.readers, inquiry).await?)
    }

    async fn journal(&self, after: Seq, limit: u32) -> Result<Vec<Written>, StoreError> {
        Ok(reads::journal::after(&self.readers, after, limit).await?)
    }

    async fn journal_end(&self) -> Result<Seq, StoreError> {
        Ok(reads::journal::end(&self.readers).await?)
    }

    async fn lease_jobs(
        &self,
        worker: &str,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<LeasedJob>, StoreError> {
        let lease = Leasing { worker: worker.to_owned(), now, lasts: lease, limit };
        self.ask(|to| Work::Lease(lease, to)).await
    }

    async fn next_job(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(reads::jobs::next(&self.readers).await?)
    }

    async fn dead_jobs(&self, limit: u32) -> Result<Vec<LeasedJob>, StoreError> {
        Ok(reads::jobs::dead(&self.readers, limit).await?)
    }

    async fn take_turn(
        &self,
        name: &str,
        limits: &Limits,
        now: Timestamp,
        patience: SignedDuration,
    ) -> Result<Turn, StoreError> {
        let ask = Taking { name: name.to_owned(), limits: limits.clone(), now, patience };
        self.ask(|to| Work::Turn(ask, to)).await
    }

    async fn pace(&self, name: &str) -> Result<Option<Pace>, StoreError> {
        Ok(pace::kept(&self.readers, name).await?)
    }

    async fn hooks(&self) -> Result<BTreeMap<String, Hook>, StoreError> {
        Ok(hooks::all(&self.readers).await?)
    }

    async fn hook(&self, name: &str, act: HookAct, now: Timestamp) -> Result<Option<Hook>, StoreError> {
        let ask = Hooking { name: name.to_owned(), act, now };
        self.ask(|to| Work::Hook(ask, to)).await
    }

    async fn check(&self) -> Result<Vec<Broken>, StoreError> {
        Ok(check::check(&self.readers).await?)
    }

    async fn look(&self, from: Timestamp, journal: Verified) -> Result<Look, StoreError> {
        Ok(check::look(&self.readers, from, journal).await?)
    }

    async fn tidy(&self, forget: &Forget) -> Result<u64, StoreError> {
        let forget = *forget;
        self.ask(|to| Work::Tidy(forget, to)).await
    }

    async fn verify_journal(&self) -> Result<Verified, StoreError> {
        let mut conn = self.readers.acquire().await.map_err(convert::engine)?;
        let mut all = sqlx::Connection::begin(&mut *conn).await.map_err(convert::engine)?;
        let verified = verify::verify(&mut all).await?;
        all.rollback().await.map_err(convert::engine)?;
        Ok(verified)
    }

    async fn size(&self) -> Result<u64, StoreError> {
        Ok(reads::size(&self.readers).await?)
    }

    fn signal(&self) -> Signal {
        let signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
        signals.as_ref().map_or_else(|| store::signal(Seq::default()).1, SignalSender::subscribe)
    }

    async fn close(&self) {
        // Finishes what is queued, and folds the log into the file.
        drop(self.signals.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.points.close();
        self.readers.close().await;
        let Some(writer) = &self.writer else { return };
        let (to, closed) = oneshot::channel();
        if writer.send(Ask::Close(to)).await.is_ok() {
            // An error means that the writer has gone already.
            drop(closed.await);
        }
    }
}
