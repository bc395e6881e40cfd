//! A saved form is kept for another device, under a code that people can carry.
//!
//! The code leads to a record of its own that holds the form's token, sealed with the code: whoever has the store and not the code
//! cannot go on with the form as its person. It is as old as the form can get, and goes with it.

use crate::{Caller, Desk, DeskError, token_hash};
use domain::{
    change::{Change, Write},
    draft::{Draft, KEPT_DAYS, ResumeCode},
    ids::DraftId,
    pii::Pii,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Under which name a form says by which record its code is found: the hash of that one. No field of a form begins so.
const CODE: &str = "_code";
/// Under which name that record has the sealed token.
const SEALED: &str = "_sealed";

fn hash_of(code: &ResumeCode) -> String {
    token_hash(&format!("resume {}", code.one_piece()))
}

impl Desk {
    /// Gives a code for the form behind `token`, and says until when it works. A code that was given before works no more.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] without such a form.
    pub async fn keep_draft(
        &self,
        caller: &Caller,
        token: &str,
    ) -> Result<(ResumeCode, Timestamp), DeskError> {
        let code = ResumeCode::from_chance([0; 2].map(|_: u64| u64::from_be_bytes(self.dice.secret())));
        let (own, hash) = (token_hash(token), hash_of(&code));
        let sealed = self.seal(&code, token).ok_or(DeskError::NotFound)?;
        self.act(caller, async || {
            let form = self.store.draft(&own).await?.filter(|draft| draft.is_live(caller.now));
            let mut form = form.ok_or(DeskError::NotFound)?;
            let mut change = Change::new(caller.command());
            if let Some(before) = self.code_of(&form).await? {
                change.writes.push(Write::EndDraft(before.id));
            }
            let mut fields = form.fields.into_inner();
            fields.insert(CODE.to_owned(), vec![hash.clone()]);
            form.fields = Pii::new(fields);
            form.version += 1;
            form.saved = caller.now;
            change.writes.push(Write::Draft(Box::new(Draft {
                id: DraftId::new(caller.now, &self.dice.chance()),
                version: 1,
                token_hash: hash.clone(),
                lang: form.lang.clone(),
                fields: Pii::new(BTreeMap::from([(SEALED.to_owned(), vec![sealed.clone()])])),
                saved: caller.now,
            })));
            change.writes.push(Write::Draft(Box::new(form)));
            Ok(change)
        })
        .await?;
        Ok((code, caller.now + SignedDuration::from_hours(24 * KEPT_DAYS)))
    }

    /// The token of the form that a code was given for, while both are kept. What is not there says nothing of why.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn resume_draft(&self, code: &ResumeCode, now: Timestamp) -> Result<Option<String>, DeskError> {
        let kept = self.store.draft(&hash_of(code)).await?.filter(|draft| draft.is_live(now));
        let sealed = kept.and_then(|kept| kept.fields.into_inner().remove(SEALED)?.pop());
        // Sealed twice it is open.
        let Some(token) = sealed.and_then(|sealed| self.seal(code, &sealed)) else { return Ok(None) };
        Ok(self.draft(&token, now).await?.map(|_| token))
    }

    /// The record by which a form's code is found.
    pub(crate) async fn code_of(&self, form: &Draft) -> Result<Option<Draft>, DeskError> {
        match form.fields.reveal().get(CODE).and_then(|hashes| hashes.first()) {
            Some(hash) => Ok(self.store.draft(hash).await?),
            None => Ok(None),
        }
    }

    /// A token of 32 bytes, in hexadecimal, with the code's own stamp over it: a stamp is used for one token only.
    fn seal(&self, code: &ResumeCode, token: &str) -> Option<String> {
        let mut bytes: [u8; 32] = hex::decode(token).ok()?.try_into().ok()?;
        let stamp = self.links.stamp("a form goes on elsewhere", &[&code.one_piece()]);
        bytes.iter_mut().zip(stamp).for_each(|(byte, over)| *byte ^= over);
        Some(hex::encode(bytes))
    }
}
