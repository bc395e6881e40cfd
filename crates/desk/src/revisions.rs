//! Versions that are made at the desk, of policies and of files of the pack: what is there, and what is wrong with each.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::Action,
    change::{Change, Write},
    codes::ReasonCode,
    decision::DecisionKind,
    ids::{InquiryId, RevisionId},
    journal::Happened,
    revision::{Named, PackFile, Revision, RevisionRefused, RevisionStage, Subject, is_name},
};
use jiff::{Timestamp, civil::Date};
use pack::{Fault, Pack, Warning, text_hash};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::{Committed, Revisions, StoreError, columns::LONGEST_PAGE};
use triage::{Comparison, Policy, Sheet, compare};

/// What the folder's own version of a file is called.
pub const OWN_VERSION: &str = "pack";
/// So many versions of one day are told apart by a number behind it.
const MOST_OF_A_DAY: u32 = 200;
/// How many live inquiries are looked at at once.
const PORTION: u32 = 500;

/// What the linter says of a text.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    /// The policy; none when there are faults.
    pub policy: Option<Policy>,
    /// Of a file: the pack as it is without this text, and as it would be; the latter none when there are faults.
    pub packs: Option<(Arc<Pack>, Option<Arc<Pack>>)>,
    /// Of a part of the call flow: how many example calls come out, or those that do not.
    ///
    /// They are files of their own, which can only be changed after the call flow: they keep nothing from being proposed.
    pub calls: Option<Result<usize, Vec<Fault>>>,
    /// What keeps it from being proposed, each with its line.
    pub faults: Vec<Fault>,
    /// What deserves a look.
    pub warnings: Vec<Warning>,
}

impl Desk {
    /// The agency's day.
    pub fn today(&self, now: Timestamp) -> Date {
        self.pack.line().calendar.zone.date(now)
    }

    /// Judges a text as a version of a policy: as a pack is judged, with its examples run.
    ///
    /// # Errors
    /// When it could not be judged; faults are no error.
    pub async fn judge_policy(&self, kind: DecisionKind, text: &str) -> Result<Judged, DeskError> {
        let (pack, text) = (Arc::clone(&self.pack), text.to_owned());
        // Whether each row can fire is tried out, which takes a moment that other requests should not wait for.
        let judged = tokio::task::spawn_blocking(move || match pack.judge_policy(kind, &text) {
            Ok((policy, warnings)) => Judged { policy: Some(policy), warnings, ..Judged::default() },
            Err(faults) => Judged { faults, ..Judged::default() },
        });
        Ok(judged.await.map_err(|error| StoreError::Engine(Box::new(error)))?)
    }

    /// Judges a text as a version of a policy, or as a file of the pack, with the pack as a whole as it will be on a day; without a day,
    /// with everything that was approved so far.
    ///
    /// # Errors
    /// When it could not be judged; faults are no error.
    pub async fn judge(
        &self,
        of: &Subject,
        text: &str,
        day: Option<Date>,
        now: Timestamp,
    ) -> Result<Judged, DeskError> {
        let file = match of {
            Subject::Policy(kind) => return self.judge_policy(*kind, text).await,
            Subject::File(file) => file.clone(),
        };
        let today = self.today(now);
        let before = self.pack_on(day, today).await?;
        let (text, words) = (text.to_owned(), Arc::clone(&self.words));
        let on = day.unwrap_or(today).max(today);
        let judged = tokio::task::spawn_blocking(move || judge_file(before, &file, &text, on, &words));
        Ok(judged.await.map_err(|error| StoreError::Engine(Box::new(error)))?)
    }

    /// The pack as it will be on a day of the agency by what was approved so far; without a day, with all of it.
    async fn pack_on(&self, day: Option<Date>, today: Date) -> Result<Arc<Pack>, DeskError> {
        let day = day.unwrap_or(Date::MAX).max(today);
        let standing = self.store.revisions(Revisions::Standing, LONGEST_PAGE).await?;
        if is_made_of(&self.pack, &standing, day) {
            return Ok(Arc::clone(&self.pack));
        }
        let tables = self.store.imported().await?;
        let pack = Arc::clone(&self.pack);
        let then = tokio::task::spawn_blocking(move || pack.with_kept(&tables, &standing, day));
        let then = then.await.map_err(|error| StoreError::Engine(Box::new(error)))?;
        // Where tables do not fit any more this node's own pack is what there is.
        Ok(then.map_or_else(|_| Arc::clone(&self.pack), |(pack, _)| Arc::new(pack)))
    }

    /// How many live inquiries, of those that the caller may see, were opened for each of these reasons.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn live_by_reason(
        &self,
        caller: &Caller,
        reasons: &BTreeSet<ReasonCode>,
    ) -> Result<BTreeMap<ReasonCode, u32>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        let mut live: BTreeMap<ReasonCode, u32> = BTreeMap::new();
        let mut after: Option<InquiryId> = None;
        while !reasons.is_empty() {
            let portion = self.store().live_inquiries(after, PORTION).await?;
            let Some(last) = portion.last() else { break };
            after = Some(last.id);
            for inquiry in portion.iter().filter(|inquiry| reasons.contains(&inquiry.reason)) {
                *live.entry(inquiry.reason.clone()).or_default() += 1;
            }
        }
        Ok(live)
    }

    /// Drafts and proposals, in the order in which they were begun.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn open_revisions(&self, caller: &Caller) -> Result<Vec<Revision>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        Ok(self.store.revisions(Revisions::Open, LONGEST_PAGE).await?)
    }

    /// Versions that were approved, in the order in which they were begun.
    ///
    /// # Errors
    /// [`DeskError::Denied`].
    pub async fn standing_revisions(&self, caller: &Caller) -> Result<Vec<Revision>, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        Ok(self.store.revisions(Revisions::Standing, LONGEST_PAGE).await?)
    }

    /// One version that was made at the desk.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn revision(&self, caller: &Caller, id: RevisionId) -> Result<Revision, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        self.store.revision(id).await?.ok_or(DeskError::NotFound)
    }

    /// Does a text say what is in force on that day by what was approved so far?
    pub(crate) async fn is_unchanged(
        &self,
        of: &Subject,
        text: &str,
        day: Date,
        today: Date,
    ) -> Result<bool, DeskError> {
        match of {
            Subject::Policy(kind) => {
                Ok(self.changes_of(*kind, text, day).is_some_and(|changes| changes.is_empty()))
            }
            Subject::File(file) => Ok(self.pack_on(Some(day), today).await?.file_text(file) == Some(text)),
        }
    }

    /// What a text changes in the version that is in force on a day; none when one of the two cannot be taken apart.
    pub fn changes_of(&self, kind: DecisionKind, text: &str, on: Date) -> Option<Comparison> {
        let before = Sheet::read(self.pack.policy(kind, on)?.text()).ok()?;
        Some(compare(&before, &Sheet::read(text).ok()?))
    }

    /// A revision's text as it would be in force from a day on, under a name or its own, if nothing speaks against it.
    pub(crate) async fn named(
        &self,
        revision: &Revision,
        name: Option<&str>,
        day: Date,
        now: Timestamp,
    ) -> Result<Named, DeskError> {
        if name.is_some_and(|name| !is_name(name)) {
            return Err(RevisionRefused::Name.into());
        }
        let judged = self.judge(&revision.subject, &revision.text, Some(day), now).await?;
        if !judged.faults.is_empty() {
            return Err(RevisionRefused::Faults { n: judged.faults.len() }.into());
        }
        let named = match &revision.subject {
            Subject::Policy(kind) => self.named_policy(*kind, &revision.text, name, day).await?,
            Subject::File(_) => Named {
                text: revision.text.clone(),
                name: name.or(revision.name.as_deref()).ok_or(RevisionRefused::Name)?.to_owned(),
                hash: text_hash(&revision.text),
            },
        };
        if self.name_is_taken(&revision.subject, &named.name, Some(revision.id)).await? {
            return Err(RevisionRefused::NameInUse.into());
        }
        Ok(named)
    }

    /// A policy with its name and its first day written into its text.
    async fn named_policy(
        &self,
        kind: DecisionKind,
        text: &str,
        name: Option<&str>,
        day: Date,
    ) -> Result<Named, DeskError> {
        let sheet = |text: &str| Sheet::read(text).map_err(|_| RevisionRefused::Unreadable);
        let text = match name {
            Some(name) => sheet(text)?.with_version(name),
            None => text.to_owned(),
        };
        let text = sheet(&text)?.with_effective(day);
        // What stands in force is what was judged, to the letter.
        let judged = self.judge_policy(kind, &text).await?;
        let policy = judged.policy.ok_or(RevisionRefused::Unreadable)?;
        Ok(Named { text, name: policy.version().to_owned(), hash: policy.hash().to_owned() })
    }

    /// Is another version called so: one of the pack, one that was approved, one that is proposed?
    pub(crate) async fn name_is_taken(
        &self,
        of: &Subject,
        name: &str,
        but: Option<RevisionId>,
    ) -> Result<bool, StoreError> {
        let of_pack = match of {
            Subject::Policy(kind) => self.pack.policies(*kind).is_some_and(|set| {
                set.version(name).is_some() && self.pack.made_at_desk(*kind, name).is_none()
            }),
            Subject::File(_) => name == OWN_VERSION,
        };
        let mut kept = self.store.revisions(Revisions::Open, LONGEST_PAGE).await?;
        kept.extend(self.store.revisions(Revisions::Standing, LONGEST_PAGE).await?);
        let theirs = |other: &Revision| {
            other.subject == *of && Some(other.id) != but && other.taken_name() == Some(name)
        };
        Ok(of_pack || kept.iter().any(theirs))
    }

    /// A name for a version, after the day, that no other has.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn free_name(&self, of: &Subject, today: Date) -> Result<String, DeskError> {
        let mut name = today.to_string();
        for n in 2..=MOST_OF_A_DAY {
            if !self.name_is_taken(of, &name, None).await? {
                break;
            }
            name = format!("{today}-{n}");
        }
        Ok(name)
    }

    /// What a version of a file says: the folder's own, or one that was approved.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; [`DeskError::Denied`].
    pub async fn file_version(
        &self,
        caller: &Caller,
        file: &PackFile,
        version: &str,
    ) -> Result<String, DeskError> {
        caller.may(Action::SeePolicies, None)?;
        if version == OWN_VERSION {
            return self.pack.own_file(file).map(str::to_owned).ok_or(DeskError::NotFound);
        }
        let standing = self.store.revisions(Revisions::Standing, LONGEST_PAGE).await?;
        let is_it = |one: &Revision| one.subject.file() == Some(file) && one.taken_name() == Some(version);
        standing.into_iter().find(is_it).map(|one| one.text).ok_or(DeskError::NotFound)
    }

    /// The change that writes a revision.
    pub(crate) fn revised(caller: &Caller, next: Revision, happened: Option<Happened>) -> Change {
        let mut change = Change::new(caller.command());
        if let Some(happened) = happened {
            change.note(None, happened);
        }
        change.answer = serde_json::json!({ "revision": next.id });
        change.writes.push(Write::Revision(Box::new(next)));
        change
    }

    /// The revision that a command answered with.
    pub(crate) async fn answered_revision(&self, done: &Committed) -> Result<Revision, DeskError> {
        let id =
            done.answer["revision"].as_str().and_then(|id| id.parse().ok()).ok_or(DeskError::NotFound)?;
        self.store.revision(id).await?.ok_or(DeskError::NotFound)
    }
}

/// Is it the pack that it will be on a day, by these?
fn is_made_of(pack: &Pack, standing: &[Revision], day: Date) -> bool {
    let mut newest: BTreeMap<&PackFile, (Date, Timestamp, RevisionId)> = BTreeMap::new();
    for one in standing {
        if let (Some(file), RevisionStage::Approved { from, at, .. }) = (one.subject.file(), &one.stage)
            && *from <= day
        {
            let this = (*from, *at, one.id);
            let newest = newest.entry(file).or_insert(this);
            *newest = this.max(*newest);
        }
    }
    let known = |id: RevisionId| pack.left_out().iter().any(|out| out.revision == id);
    newest.iter().all(|(file, (_, _, id))| pack.file_made_at_desk(file) == Some(*id) || known(*id))
}

/// Judges a text as a file of a pack, from a day on.
fn judge_file(before: Arc<Pack>, file: &PackFile, text: &str, on: Date, words: &locale::Words) -> Judged {
    let (new, warnings) = match before.judge_file(file, text) {
        Ok(judged) => judged,
        Err(faults) => return Judged { packs: Some((before, None)), faults, ..Judged::default() },
    };
    let mut judged = Judged { warnings, ..Judged::default() };
    if file.is_of_call_flow() {
        judged.calls = new.callflow().map(|callflow| callflow.play(words).map(|(played, _)| played));
    } else {
        // What the pack cannot do on this day anyway is not this file's fault.
        let known: BTreeSet<Fault> = before.check(on).err().into_iter().flatten().collect();
        let fresh = new.check(on).err().into_iter().flatten();
        judged.faults.extend(fresh.filter(|fault| !known.contains(fault)));
    }
    let new = judged.faults.is_empty().then(|| Arc::new(new));
    Judged { packs: Some((before, new)), ..judged }
}
