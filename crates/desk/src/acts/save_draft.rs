//! A request form is saved as the person goes.

use crate::{Caller, Desk, DeskError, token_hash};
use domain::{
    change::{Change, Write},
    draft::Draft,
    ids::DraftId,
    pii::Pii,
    text::Lang,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What a draft may hold at most: a form has some dozens of fields, none longer than a page of text.
const MOST_FIELDS: usize = 200;
/// The longest text of one field, in bytes.
const LONGEST: usize = 8_000;

impl Desk {
    /// The saved form behind a token, while it is kept.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn draft(&self, token: &str, now: Timestamp) -> Result<Option<Draft>, DeskError> {
        Ok(self.store.draft(&token_hash(token)).await?.filter(|draft| draft.is_live(now)))
    }

    /// Saves fields into the form behind `token` (what was saved before and is not named stays). Fields beyond the
    /// bounds are cut: a draft is a convenience, the request itself is checked when it is sent.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn save_draft(
        &self,
        caller: &Caller,
        token: &str,
        lang: &Lang,
        fields: &BTreeMap<String, Vec<String>>,
    ) -> Result<Draft, DeskError> {
        let hash = token_hash(token);
        self.act(caller, async || {
            let old = self.store.draft(&hash).await?.filter(|d| d.is_live(caller.now));
            let mut draft = match old {
                Some(old) => Draft { version: old.version + 1, ..old },
                None => Draft {
                    id: DraftId::new(caller.now, &self.dice.chance()),
                    version: 1,
                    token_hash: hash.clone(),
                    lang: lang.clone(),
                    fields: Pii::default(),
                    saved: caller.now,
                },
            };
            let mut all = draft.fields.into_inner();
            for (name, values) in fields {
                if all.len() >= MOST_FIELDS && !all.contains_key(name) {
                    continue;
                }
                all.insert(name.chars().take(80).collect(), values.iter().take(50).map(|v| cut(v)).collect());
            }
            draft.fields = Pii::new(all);
            draft.lang = lang.clone();
            draft.saved = caller.now;
            let mut change = Change::new(caller.command());
            change.writes.push(Write::Draft(Box::new(draft)));
            Ok(change)
        })
        .await?;
        self.store.draft(&hash).await?.ok_or(DeskError::NotFound)
    }
}

fn cut(text: &str) -> String {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
