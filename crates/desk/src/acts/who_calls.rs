//! Somebody calls, and whoever is rung looks who that may be.

use crate::{Caller, Desk, DeskError, token_hash};
use domain::{
    access::Action,
    call_record::CallRecord,
    change::{Change, IdempotencyKey},
    inquiry::Inquiry,
    journal::{Happened, ReadWhat},
    phone::PhoneNumber,
};
use store::Calls;

/// So many inquiries of one number are shown: a law firm may have hundreds.
const INQUIRIES: u32 = 5;
/// So many calls.
const CALLS: u32 = 3;

/// What is known of a number.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownNumber {
    /// Live inquiries whose people are reached at it, the newest first. Whoever calls may be somebody else.
    pub inquiries: Vec<Inquiry>,
    /// Whether there are more.
    pub more: bool,
    /// Its calls that are over, the newest first.
    pub calls: Vec<CallRecord>,
}

impl Desk {
    /// Looks for whose number it is, and when it called before. That these inquiries were looked at is journalled with each,
    /// once an hour for each reader.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::Store`].
    pub async fn who_calls(&self, caller: &Caller, number: &PhoneNumber) -> Result<KnownNumber, DeskError> {
        let staff = caller.staff()?.id;
        caller.may(Action::ReadInquiry, None)?;
        let mut inquiries = self.store().inquiries_by_phone(number, INQUIRIES + 1).await?;
        let more = inquiries.len() > INQUIRIES as usize;
        inquiries.truncate(INQUIRIES as usize);
        let phone = Calls::Phone(self.links.phone_key(number));
        let calls = self.store().call_records(&phone, CALLS + 1).await?;
        let mut calls: Vec<CallRecord> = calls.into_iter().filter(|call| call.ended.is_some()).collect();
        calls.truncate(CALLS as usize);
        let known = KnownNumber { inquiries, more, calls };
        if known.inquiries.is_empty() {
            return Ok(known);
        }
        let hour = caller.now.as_second() / 3600;
        let ids: Vec<String> = known.inquiries.iter().map(|inquiry| inquiry.id.to_string()).collect();
        let key = token_hash(&format!("{}:{staff}:{hour}", ids.join(",")));
        let once = caller.under(IdempotencyKey::of("who-calls", key));
        // It is looked at each time the telephone's page is laid over itself, and must not wait for the writer.
        if self.store.answered(&once.key, &once.actor()).await?.is_some() {
            return Ok(known);
        }
        self.act(&once, async || {
            let mut change = Change::new(once.command());
            for inquiry in &known.inquiries {
                change.note(Some(inquiry.id), Happened::Read { what: ReadWhat::Caller });
            }
            Ok(change)
        })
        .await?;
        Ok(known)
    }
}
