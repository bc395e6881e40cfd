//! The store as one member of staff sees it: what is kept from them is not there.
//!
//! Whoever makes a page or an answer for somebody reads through this. It does not compile until somebody has said here what a new
//! read shows. Codes, times and identifiers stay what they are: the journal is whole, and figures of all people together are.

use crate::{
    Broken, Calls, CommitError, Committed, Eyes, Figures, Handovers, LeasedJob, List, Look, Page, Paged,
    People, Revisions, Signal, Store, StoreError, Waiting, Waits, chain::Verified,
};
use async_trait::async_trait;
use domain::{
    access::sees,
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
    wait::{Keyed, LineNode, Operator, WaitingCaller},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::{collections::BTreeMap, sync::Arc};

/// A store through the eyes of a member of staff.
pub struct Seen {
    store: Arc<dyn Store>,
    staff: Arc<Staff>,
    eyes: Eyes,
}

impl Seen {
    /// This store through these eyes.
    pub fn by(store: Arc<dyn Store>, staff: Arc<Staff>) -> Self {
        Self { eyes: Eyes::of(&staff), store, staff }
    }

    fn kept(&self, inquiry: Option<Inquiry>) -> Option<Inquiry> {
        inquiry.filter(|inquiry| sees(&self.staff, inquiry))
    }

    fn all(&self, mut inquiries: Vec<Inquiry>) -> Vec<Inquiry> {
        inquiries.retain(|inquiry| sees(&self.staff, inquiry));
        inquiries
    }

    /// That somebody waits is no secret; about what, and who they are, may be.
    async fn veiled(&self, wait: WaitingCaller) -> Result<WaitingCaller, StoreError> {
        Ok(match wait.inquiry {
            Some(id) if self.inquiry(id).await?.is_none() => {
                WaitingCaller { inquiry: None, person: None, reason: None, keyed: Keyed::default(), ..wait }
            }
            _ => wait,
        })
    }

    async fn kept_call(&self, record: CallRecord) -> Result<Option<CallRecord>, StoreError> {
        Ok(match record.inquiry {
            Some(id) if self.inquiry(id).await?.is_none() => None,
            _ => Some(record),
        })
    }
}

#[async_trait]
impl Store for Seen {
    async fn commit(&self, change: Change) -> Result<Committed, CommitError> {
        self.store.commit(change).await
    }

    async fn answered(&self, key: &IdempotencyKey, actor: &Actor) -> Result<Option<Committed>, CommitError> {
        self.store.answered(key, actor).await
    }

    async fn inquiry(&self, id: InquiryId) -> Result<Option<Inquiry>, StoreError> {
        Ok(self.kept(self.store.inquiry(id).await?))
    }

    async fn inquiry_numbered(&self, number: InquiryNumber) -> Result<Option<Inquiry>, StoreError> {
        Ok(self.kept(self.store.inquiry_numbered(number).await?))
    }

    async fn live_inquiry(
        &self,
        person: PersonId,
        reason: &ReasonCode,
    ) -> Result<Option<Inquiry>, StoreError> {
        Ok(self.kept(self.store.live_inquiry(person, reason).await?))
    }

    async fn list_for(
        &self,
        list: &List,
        page: Page,
        _: Option<&Eyes>,
    ) -> Result<Paged<Inquiry>, StoreError> {
        let mut part = self.store.list_for(list, page, Some(&self.eyes)).await?;
        // A day has everybody in it who comes; of who is protected it has no more than a counter needs.
        for row in part.rows.iter_mut().filter(|row| !sees(&self.staff, row)) {
            *row = row.veiled();
        }
        Ok(part)
    }

    async fn live_inquiries(&self, after: Option<InquiryId>, limit: u32) -> Result<Vec<Inquiry>, StoreError> {
        Ok(self.all(self.store.live_inquiries(after, limit).await?))
    }

    async fn inquiries_opened(
        &self,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError> {
        Ok(self.all(self.store.inquiries_opened(from, to, limit).await?))
    }

    async fn count_opened(&self, from: Timestamp, to: Timestamp) -> Result<u64, StoreError> {
        self.store.count_opened(from, to).await
    }

    async fn inquiries_of(&self, person: PersonId) -> Result<Vec<Inquiry>, StoreError> {
        Ok(self.all(self.store.inquiries_of(person).await?))
    }

    async fn figures(&self, now: Timestamp) -> Result<Figures, StoreError> {
        let mut figures = self.store.figures(now).await?;
        let kept = self.store.kept_from(&self.eyes, now).await?;
        figures.overdue = figures.overdue.saturating_sub(kept.overdue);
        for (stage, n) in kept.by_stage {
            // Read a moment later, it may have moved on meanwhile.
            figures.by_stage.entry(stage).and_modify(|all| *all = all.saturating_sub(n));
        }
        figures.by_stage.retain(|_, n| *n > 0);
        Ok(figures)
    }

    async fn kept_from(&self, eyes: &Eyes, now: Timestamp) -> Result<Figures, StoreError> {
        self.store.kept_from(eyes, now).await
    }

    async fn waiting(&self, inquiry: &Inquiry) -> Result<Option<Waiting>, StoreError> {
        self.store.waiting(inquiry).await
    }

    async fn person(&self, id: PersonId) -> Result<Option<Person>, StoreError> {
        self.store.person(id).await
    }

    async fn person_identified(&self, identity: &IdentityKey) -> Result<Option<Person>, StoreError> {
        self.store.person_identified(identity).await
    }

    async fn people(&self, which: People, limit: u32) -> Result<Vec<Person>, StoreError> {
        let mut seen = Vec::new();
        for person in self.store.people(which, limit).await? {
            // Nobody is named through an inquiry that is kept from whoever reads.
            if self.store.inquiries_of(person.id).await?.iter().all(|inquiry| sees(&self.staff, inquiry)) {
                seen.push(person);
            }
        }
        Ok(seen)
    }

    async fn closed_until(
        &self,
        until: Timestamp,
        after: Option<(Timestamp, InquiryId)>,
        limit: u32,
    ) -> Result<Vec<Inquiry>, StoreError> {
        Ok(self.all(self.store.closed_until(until, after, limit).await?))
    }

    async fn to_print(
        &self,
        after: Option<(Timestamp, NoticeId)>,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Notice>, StoreError> {
        let mut seen = Vec::new();
        for notice in self.store.to_print(after, until, limit).await? {
            seen.extend(self.inquiry(notice.inquiry).await?.map(|_| notice));
        }
        Ok(seen)
    }

    async fn reached_at(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<InquiryId>, StoreError> {
        let mut seen = Vec::new();
        for id in self.store.reached_at(number, limit).await? {
            seen.extend(self.inquiry(id).await?.map(|_| id));
        }
        Ok(seen)
    }

    async fn due(
        &self,
        inquiries: Option<Timestamp>,
        forget: &Forget,
    ) -> Result<BTreeMap<RecordClass, u64>, StoreError> {
        self.store.due(inquiries, forget).await
    }

    async fn staff(&self, id: StaffId) -> Result<Option<Staff>, StoreError> {
        self.store.staff(id).await
    }

    async fn staff_named(&self, sign_in: &str) -> Result<Option<Staff>, StoreError> {
        self.store.staff_named(sign_in).await
    }

    async fn all_staff(&self) -> Result<Vec<Staff>, StoreError> {
        self.store.all_staff().await
    }

    async fn session(&self, token_hash: &str) -> Result<Option<Session>, StoreError> {
        self.store.session(token_hash).await
    }

    async fn session_with_staff(&self, token_hash: &str) -> Result<Option<(Session, Staff)>, StoreError> {
        self.store.session_with_staff(token_hash).await
    }

    async fn sessions_of(&self, of: SessionsOf) -> Result<Vec<Session>, StoreError> {
        self.store.sessions_of(of).await
    }

    async fn proofs(&self, staff: StaffId) -> Result<Option<Proofs>, StoreError> {
        self.store.proofs(staff).await
    }

    async fn staff_federated(&self, key: &FederatedKey) -> Result<Option<Staff>, StoreError> {
        self.store.staff_federated(key).await
    }

    async fn pass(&self, token_hash: &str) -> Result<Option<Pass>, StoreError> {
        self.store.pass(token_hash).await
    }

    async fn passes_of(&self, of: PassOf) -> Result<Vec<Pass>, StoreError> {
        match of {
            PassOf::Inquiry(id) if self.inquiry(id).await?.is_none() => Ok(Vec::new()),
            PassOf::Inquiry(_) | PassOf::Staff(_) => self.store.passes_of(of).await,
        }
    }

    async fn draft(&self, token_hash: &str) -> Result<Option<Draft>, StoreError> {
        self.store.draft(token_hash).await
    }

    async fn mark(&self, code: MarkCode) -> Result<Option<Mark>, StoreError> {
        self.store.mark(code).await
    }

    async fn notice(&self, id: NoticeId) -> Result<Option<Notice>, StoreError> {
        match self.store.notice(id).await? {
            Some(notice) => Ok(self.inquiry(notice.inquiry).await?.map(|_| notice)),
            None => Ok(None),
        }
    }

    async fn notices(&self, inquiry: InquiryId) -> Result<Vec<Notice>, StoreError> {
        match self.inquiry(inquiry).await? {
            Some(_) => self.store.notices(inquiry).await,
            None => Ok(Vec::new()),
        }
    }

    async fn case(&self, receipt: &ReceiptNumber) -> Result<Option<Case>, StoreError> {
        self.store.case(receipt).await
    }

    async fn imported(&self) -> Result<Vec<Imported>, StoreError> {
        self.store.imported().await
    }

    async fn imported_versions(&self) -> Result<BTreeMap<Table, u64>, StoreError> {
        self.store.imported_versions().await
    }

    async fn tickets(&self, office: &OfficeCode, day: Date) -> Result<u64, StoreError> {
        self.store.tickets(office, day).await
    }

    async fn wait(&self, id: WaitId) -> Result<Option<WaitingCaller>, StoreError> {
        match self.store.wait(id).await? {
            Some(wait) => self.veiled(wait).await.map(Some),
            None => Ok(None),
        }
    }

    async fn waits(&self, which: &Waits, limit: u32) -> Result<Vec<WaitingCaller>, StoreError> {
        let mut seen = Vec::new();
        for wait in self.store.waits(which, limit).await? {
            seen.push(self.veiled(wait).await?);
        }
        Ok(seen)
    }

    async fn operator(&self, id: StaffId) -> Result<Option<Operator>, StoreError> {
        self.store.operator(id).await
    }

    async fn operators(&self) -> Result<Vec<Operator>, StoreError> {
        self.store.operators().await
    }

    async fn line_nodes(&self) -> Result<Vec<LineNode>, StoreError> {
        self.store.line_nodes().await
    }

    async fn call_record(&self, id: CallRecordId) -> Result<Option<CallRecord>, StoreError> {
        match self.store.call_record(id).await? {
            Some(record) => self.kept_call(record).await,
            None => Ok(None),
        }
    }

    async fn call_records(&self, which: &Calls, limit: u32) -> Result<Vec<CallRecord>, StoreError> {
        let mut seen = Vec::new();
        for record in self.store.call_records(which, limit).await? {
            seen.extend(self.kept_call(record).await?);
        }
        Ok(seen)
    }

    async fn remembered(&self, phone: &PhoneKey) -> Result<Option<Remembered>, StoreError> {
        self.store.remembered(phone).await
    }

    async fn texts_stopped(&self, phone: &PhoneKey) -> Result<Option<Timestamp>, StoreError> {
        self.store.texts_stopped(phone).await
    }

    async fn line_notices(&self, since: Timestamp, limit: u32) -> Result<Vec<LineNotice>, StoreError> {
        self.store.line_notices(since, limit).await
    }

    async fn closing(&self, id: ClosingId) -> Result<Option<Closing>, StoreError> {
        self.store.closing(id).await
    }

    async fn closings(
        &self,
        office: Option<&OfficeCode>,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Closing>, StoreError> {
        self.store.closings(office, since, limit).await
    }

    async fn revision(&self, id: RevisionId) -> Result<Option<Revision>, StoreError> {
        self.store.revision(id).await
    }

    async fn revisions(&self, which: Revisions, limit: u32) -> Result<Vec<Revision>, StoreError> {
        self.store.revisions(which, limit).await
    }

    async fn standing_revisions(&self) -> Result<BTreeMap<RevisionId, u64>, StoreError> {
        self.store.standing_revisions().await
    }

    async fn handovers(&self, which: Handovers, limit: u32) -> Result<Vec<Handover>, StoreError> {
        self.store.handovers(which, limit).await
    }

    async fn inquiries_by_phone(&self, number: &PhoneNumber, limit: u32) -> Result<Vec<Inquiry>, StoreError> {
        Ok(self.all(self.store.inquiries_by_phone(number, limit).await?))
    }

    async fn facts(&self, from: Timestamp, to: Timestamp, now: Timestamp) -> Result<Facts, StoreError> {
        self.store.facts(from, to, now).await
    }

    async fn taken(&self, office: &OfficeCode, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError> {
        self.store.taken(office, from, to).await
    }

    async fn taken_anywhere(&self, from: Timestamp, to: Timestamp) -> Result<Taken, StoreError> {
        self.store.taken_anywhere(from, to).await
    }

    async fn busy(
        &self,
        officer: Option<StaffId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<Busy>, StoreError> {
        self.store.busy(officer, from, to).await
    }

    async fn expired_holds(&self, now: Timestamp, limit: u32) -> Result<Vec<Holder>, StoreError> {
        self.store.expired_holds(now, limit).await
    }

    async fn story(&self, inquiry: InquiryId) -> Result<Vec<Written>, StoreError> {
        match self.inquiry(inquiry).await? {
            Some(_) => self.store.story(inquiry).await,
            None => Ok(Vec::new()),
        }
    }

    async fn journal(&self, after: Seq, limit: u32) -> Result<Vec<Written>, StoreError> {
        self.store.journal(after, limit).await
    }

    async fn journal_end(&self) -> Result<Seq, StoreError> {
        self.store.journal_end().await
    }

    async fn lease_jobs(
        &self,
        worker: &str,
        now: Timestamp,
        lease: SignedDuration,
        limit: u32,
    ) -> Result<Vec<LeasedJob>, StoreError> {
        self.store.lease_jobs(worker, now, lease, limit).await
    }

    async fn next_job(&self) -> Result<Option<Timestamp>, StoreError> {
        self.store.next_job().await
    }

    async fn dead_jobs(&self, limit: u32) -> Result<Vec<LeasedJob>, StoreError> {
        self.store.dead_jobs(limit).await
    }

    async fn check(&self) -> Result<Vec<Broken>, StoreError> {
        self.store.check().await
    }

    async fn look(&self, from: Timestamp, journal: Verified) -> Result<Look, StoreError> {
        self.store.look(from, journal).await
    }

    async fn take_turn(
        &self,
        name: &str,
        limits: &Limits,
        now: Timestamp,
        patience: SignedDuration,
    ) -> Result<Turn, StoreError> {
        self.store.take_turn(name, limits, now, patience).await
    }

    async fn pace(&self, name: &str) -> Result<Option<Pace>, StoreError> {
        self.store.pace(name).await
    }

    async fn hooks(&self) -> Result<BTreeMap<String, Hook>, StoreError> {
        self.store.hooks().await
    }

    async fn hook(&self, name: &str, act: HookAct, now: Timestamp) -> Result<Option<Hook>, StoreError> {
        self.store.hook(name, act, now).await
    }

    async fn tidy(&self, forget: &Forget) -> Result<u64, StoreError> {
        self.store.tidy(forget).await
    }

    async fn verify_journal(&self) -> Result<Verified, StoreError> {
        self.store.verify_journal().await
    }

    async fn size(&self) -> Result<u64, StoreError> {
        self.store.size().await
    }

    fn signal(&self) -> Signal {
        self.store.signal()
    }

    async fn close(&self) {
        self.store.close().await;
    }
}
