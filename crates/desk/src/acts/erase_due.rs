//! What has been kept for as long as the agency's schedule says is erased.

use crate::{Caller, Desk, DeskError, Who};
use domain::{
    change::{Change, IdempotencyKey},
    erasure::{ErasedWhy, RecordsRefused},
    ids::InquiryId,
    pace::{Limits, Turn},
    retention::RecordClass,
};
use jiff::{SignedDuration, Timestamp};

/// How many are read at once.
const PART: u32 = 50;

/// What a day's pass did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErasedDue {
    /// So many inquiries were erased.
    pub erased: u64,
    /// So many are due and stay: under legal hold, or with something still under way.
    pub stay: u64,
}

impl Desk {
    /// Erases every inquiry that is due, one by one, once a day on one of the nodes that use the store; none when it is not this
    /// node's turn, or the agency has no schedule for inquiries. It may be dropped at any time: what is left is due again the next
    /// day.
    ///
    /// # Errors
    /// [`DeskError::Store`].
    pub async fn erase_due(&self, now: Timestamp) -> Result<Option<ErasedDue>, DeskError> {
        let retention = self.pack.retention();
        let (Some(kept), Some(until)) =
            (retention.of(RecordClass::Inquiries), retention.until(RecordClass::Inquiries, now))
        else {
            return Ok(None);
        };
        let zone = self.pack.line().calendar.zone.tz().clone();
        let daily = Limits { per_second: 1, burst: 1, per_day: 1, zone };
        let Turn::At(_) = self.store.take_turn("retention", &daily, now, SignedDuration::ZERO).await? else {
            return Ok(None);
        };
        let why = ErasedWhy::Rule { name: kept.rule.clone() };
        let (mut did, mut after) = (ErasedDue::default(), None);
        loop {
            let due = self.store.closed_until(until, after, PART).await?;
            let Some(last) = due.last() else { return Ok(Some(did)) };
            after = last.closed_at().map(|at| (at, last.id));
            for inquiry in &due {
                match self.erase_one(inquiry.id, inquiry.version, &why, now).await {
                    Ok(()) => did.erased += 1,
                    Err(DeskError::Records(_) | DeskError::NotFound | DeskError::Contended) => did.stay += 1,
                    Err(error) => return Err(error),
                }
            }
        }
    }

    async fn erase_one(
        &self,
        id: InquiryId,
        version: u64,
        why: &ErasedWhy,
        now: Timestamp,
    ) -> Result<(), DeskError> {
        let key = IdempotencyKey::of("erase", format!("{id}:{version}"));
        let caller = Caller::new(Who::System("retention"), key, now);
        self.act(&caller, async || {
            let inquiry = self.load(id).await?;
            if inquiry.version != version {
                // Somebody has just done something with it: tomorrow is early enough.
                return Err(RecordsRefused::UnderWay.into());
            }
            let person = self.store.person(inquiry.person).await?;
            inquiry.may_go(person.as_ref())?;
            let mut change = Change::new(caller.command());
            self.erase(&mut change, std::slice::from_ref(&inquiry), person.as_ref(), why).await?;
            Ok(change)
        })
        .await?;
        Ok(())
    }
}
