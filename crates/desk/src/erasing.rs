//! What goes when a record is erased, and what will be due soon.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    erasure::{Erased, ErasedWhy, RecordsRefused, TracedNumber, Traces},
    ids::CallRecordId,
    inquiry::Inquiry,
    journal::Happened,
    notice::Delivery,
    person::Person,
    retention::{RecordClass, Retention},
    wait::phone_key,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::collections::{BTreeMap, BTreeSet};
use store::{Calls, Store, StoreError, Waits};

/// So many days ahead it is told what will be erased.
pub const AHEAD_DAYS: i64 = 30;

/// So many records of calls about one inquiry are counted at most.
const MOST_CALLS: u32 = 500;

/// What is due of a class of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which class.
    pub class: RecordClass,
    /// The agency's rule, if it has one for it.
    pub rule: Option<String>,
    /// For how many days it is kept; none: for good.
    pub days: Option<i64>,
    /// So many are due now, and go with the next pass.
    pub now: u64,
    /// So many will be due within [`AHEAD_DAYS`], those that are due now among them.
    pub soon: u64,
}

/// What another schedule would mean for a class of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldBeDue {
    /// Which class.
    pub class: RecordClass,
    /// For how many days it is kept now; none: for good.
    pub days_before: Option<i64>,
    /// And would be.
    pub days_after: Option<i64>,
    /// So many will have been kept long enough by the day, as it is now; none for recordings, which are files.
    pub due_before: Option<u64>,
    /// And would have been.
    pub due_after: Option<u64>,
}

/// How many records of each class a schedule would erase at an instant, as they stand now. Recordings, which are files, are not
/// among them: see [`keeps_recording`].
///
/// # Errors
/// [`StoreError`].
pub async fn due_by(
    store: &dyn Store,
    retention: &Retention,
    at: Timestamp,
) -> Result<BTreeMap<RecordClass, u64>, StoreError> {
    let forget = retention.forget(at, Timestamp::MIN);
    store.due(retention.until(RecordClass::Inquiries, at), &forget).await
}

/// Whether a recording is to be kept: its call has a record that knows of it, and it is not older than the agency's schedule
/// says, or it is under legal hold.
///
/// # Errors
/// [`StoreError`].
pub async fn keeps_recording(
    store: &dyn Store,
    retention: &Retention,
    call: CallRecordId,
    nth: u8,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let Some(record) = store.call_record(call).await? else { return Ok(false) };
    let Some(one) = record.recorded.iter().find(|one| one.nth == nth) else { return Ok(false) };
    let until = retention.until(RecordClass::Recordings, now);
    if until.is_none_or(|until| one.from > until) {
        return Ok(true);
    }
    let Some(inquiry) = record.inquiry else { return Ok(false) };
    let Some(inquiry) = store.inquiry(inquiry).await? else { return Ok(false) };
    let person = store.person(inquiry.person).await?;
    Ok(inquiry.legal_hold.is_some() || person.is_some_and(|person| person.legal_hold.is_some()))
}

impl Desk {
    /// What has been kept long enough, and what will have been soon, class by class. Nothing is erased by asking.
    ///
    /// # Errors
    /// [`DeskError::Denied`] for whoever does not keep the records.
    pub async fn records_due(&self, caller: &Caller) -> Result<Vec<Due>, DeskError> {
        caller.may(Action::KeepRecords, None)?;
        let retention = self.pack.retention();
        let store = self.store.as_ref();
        let now = due_by(store, retention, caller.now).await?;
        let ahead = caller.now.saturating_add(SignedDuration::from_hours(24 * AHEAD_DAYS));
        let soon = due_by(store, retention, ahead.unwrap_or(Timestamp::MAX)).await?;
        let of = |counts: &BTreeMap<RecordClass, u64>, class| counts.get(&class).copied().unwrap_or(0);
        // Recordings are files, deleted as they come due: nothing counts them ahead.
        let counted = RecordClass::ALL.into_iter().filter(|class| *class != RecordClass::Recordings);
        let due = counted.map(|class| Due {
            class,
            rule: retention.of(class).map(|kept| kept.rule.clone()),
            days: retention.days(class),
            now: of(&now, class),
            soon: of(&soon, class),
        });
        Ok(due.collect())
    }

    /// What another schedule would mean from a day of the agency on, class by class: what is due by the end of that day is erased with
    /// the next pass. Nothing is erased by asking.
    ///
    /// # Errors
    /// [`DeskError::Denied`] for whoever sees no versions.
    pub async fn would_be_due(
        &self,
        caller: &Caller,
        before: &Retention,
        after: &Retention,
        on: Date,
    ) -> Result<Vec<WouldBeDue>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        let zone = &self.pack.line().calendar.zone;
        let end = on.tomorrow().ok().and_then(|next| zone.day_start(next));
        let at = end.map_or(caller.now, |end| end.max(caller.now));
        let store = self.store.as_ref();
        let (now, then) = (due_by(store, before, at).await?, due_by(store, after, at).await?);
        let of = |counts: &BTreeMap<RecordClass, u64>, class| {
            (class != RecordClass::Recordings).then(|| counts.get(&class).copied().unwrap_or(0))
        };
        let all = RecordClass::ALL.into_iter().map(|class| WouldBeDue {
            class,
            days_before: before.days(class),
            days_after: after.days(class),
            due_before: of(&now, class),
            due_after: of(&then, class),
        });
        Ok(all.collect())
    }

    /// Erases inquiries of one person, and with the last of theirs the record of who they are.
    ///
    /// # Errors
    /// [`RecordsRefused::UnderWay`] while a message is to be sent, or somebody waits or speaks on the line about one of them.
    pub(crate) async fn erase(
        &self,
        change: &mut Change,
        going: &[Inquiry],
        person: Option<&Person>,
        why: &ErasedWhy,
    ) -> Result<(), DeskError> {
        let ids: BTreeSet<_> = going.iter().map(|inquiry| inquiry.id).collect();
        for inquiry in going {
            let notices = self.store.notices(inquiry.id).await?;
            let calls = self.store.call_records(&Calls::Inquiry(inquiry.id), MOST_CALLS).await?;
            let owed = notices.iter().any(|notice| {
                matches!(
                    notice.delivery,
                    Delivery::Queued | Delivery::Delayed { .. } | Delivery::ToPrint { .. }
                )
            });
            let speaks = calls.iter().any(|call| call.ended.is_none());
            let waits = !self.store.waits(&Waits::Inquiry(inquiry.id), 1).await?.is_empty();
            if owed || speaks || waits {
                return Err(RecordsRefused::UnderWay.into());
            }
            let erased = Erased {
                at: change.command.at,
                class: RecordClass::Inquiries,
                why: why.clone(),
                notices: count(notices.len()),
                calls: count(calls.len()),
                contacts: count(inquiry.contacts.len()),
                decisions: count(inquiry.decisions.len()),
            };
            change.note(
                Some(inquiry.id),
                Happened::Erased {
                    class: erased.class,
                    why: erased.why.clone(),
                    notices: erased.notices,
                    calls: erased.calls,
                },
            );
            // A family has one telephone: what hangs on the number goes with the last who is reached there.
            let number = &inquiry.reach.phone;
            let most = u32::try_from(ids.len()).unwrap_or(u32::MAX).saturating_add(1);
            let others = self.store.reached_at(number, most).await?;
            let alone = others.iter().all(|other| ids.contains(other));
            change.writes.push(Write::Inquiry(Box::new(inquiry.erase(erased))));
            change.writes.push(Write::Traces(Box::new(Traces {
                inquiry: inquiry.id,
                number: alone
                    .then(|| TracedNumber { key: self.links.phone_key(number), wait: phone_key(number) }),
            })));
        }
        let Some(person) = person else { return Ok(()) };
        let left = self.store.inquiries_of(person.id).await?;
        if left.iter().all(|inquiry| ids.contains(&inquiry.id)) {
            if !self.store.waits(&Waits::Person(person.id), 1).await?.is_empty() {
                return Err(RecordsRefused::UnderWay.into());
            }
            change.writes.push(Write::EndPerson(Box::new(person.clone())));
        } else {
            // Two of their inquiries that go at once must not each leave the person to the other.
            change.writes.push(Write::Person(Box::new(person.touched())));
        }
        Ok(())
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
