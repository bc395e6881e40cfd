//! In which words a notice is written: those that were in force when it was decided.

use crate::{Desk, DeskError, OWN_VERSION};
use domain::{
    notice::{AgencyWording, Notice, Wording},
    revision::PackFile,
    text::Lang,
};
use locale::Words;
use pack::text_hash;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::{Revisions, StoreError, columns::LONGEST_PAGE};

/// So many wordings that are in force no more are kept ready: what waits was decided under the last few.
const MOST_KEPT: usize = 8;

/// Wordings that are in force no more, by language and by what they say.
#[derive(Default)]
pub(crate) struct Wordings(Mutex<Kept>);

type Kept = BTreeMap<(Lang, String), Arc<Words>>;

impl Wordings {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A notice's words, and what they are truly those of.
pub(crate) struct Written {
    pub(crate) words: Arc<Words>,
    pub(crate) wording: Wording,
}

impl Desk {
    /// The wording in force in a language: what is decided now is written in it.
    pub(crate) fn wording(&self, lang: &Lang) -> Wording {
        let file = PackFile::Notices(lang.clone());
        let text = self.pack.file_text(&file).filter(|text| !text.trim().is_empty());
        let agency = text.map(|text| AgencyWording {
            version: self.pack.version_made_at_desk(&file).unwrap_or(OWN_VERSION).to_owned(),
            hash: text_hash(text),
        });
        Wording { templates: notices::TEMPLATE_VERSION, agency }
    }

    /// The words that a notice was pinned to. Where they are to be had no more (the folder's own text was changed under its name, the
    /// program's templates take other arguments since) it is written in those of now, and says so.
    pub(crate) async fn written(&self, notice: &Notice) -> Result<Written, DeskError> {
        let now = self.wording(&notice.lang);
        let pinned = notice.wording.as_ref().map(|wording| &wording.agency);
        let Some(agency) = pinned.filter(|agency| **agency != now.agency) else {
            return Ok(Written { words: Arc::clone(&self.words), wording: now });
        };
        Ok(match Box::pin(self.earlier_words(&notice.lang, agency.as_ref())).await? {
            Some(words) => Written { words, wording: Wording { agency: agency.clone(), ..now } },
            None => Written { words: Arc::clone(&self.words), wording: now },
        })
    }

    async fn earlier_words(
        &self,
        lang: &Lang,
        agency: Option<&AgencyWording>,
    ) -> Result<Option<Arc<Words>>, DeskError> {
        let Some(text) = self.wording_text(lang, agency).await? else { return Ok(None) };
        let key = (lang.clone(), text_hash(&text));
        let ready = self.wordings.kept().get(&key).cloned();
        if ready.is_some() {
            return Ok(ready);
        }
        let (pack, of) = (Arc::clone(&self.pack), lang.clone());
        let words = tokio::task::spawn_blocking(move || pack.worded(&of, &text).ok());
        let words = words.await.map_err(|error| StoreError::Engine(Box::new(error)))?;
        if let Some(words) = &words {
            let mut kept = self.wordings.kept();
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.insert(key, Arc::clone(words));
        }
        Ok(words)
    }

    /// What a version of the agency's wording says, to the letter; an empty text for the program's own.
    async fn wording_text(
        &self,
        lang: &Lang,
        agency: Option<&AgencyWording>,
    ) -> Result<Option<String>, DeskError> {
        let Some(agency) = agency else { return Ok(Some(String::new())) };
        let file = PackFile::Notices(lang.clone());
        let is_it = |text: &str| text_hash(text) == agency.hash;
        if agency.version == OWN_VERSION {
            return Ok(self.pack.own_file(&file).filter(|text| is_it(text)).map(str::to_owned));
        }
        let standing = self.store.revisions(Revisions::Standing, LONGEST_PAGE).await?;
        let made = standing.into_iter().find(|one| one.subject.file() == Some(&file) && is_it(&one.text));
        Ok(made.map(|one| one.text))
    }
}
