//! An agency pack: the folder of data that makes Anteroom one agency's.
//!
//! [`Files`] holds a pack's files in memory, [`Pack::load`] judges them as a whole and answers with a [`Pack`] or
//! with every [`Fault`] it found, each at its file and line. Nothing here reads a clock or, but for
//! [`Files::read_dir`], a disk. What each file may say is told in `docs/agency-pack.md`.

mod agency;
mod callflow;
mod check;
mod difference;
mod doc;
mod facts;
mod fault;
mod files;
mod leads;
mod line;
mod load;
mod offices;
mod official;
mod overlay;
mod plans;
mod policies;
mod question;
mod reasons;
mod retention;
mod revisions;
mod search;
mod table;
mod texts;
mod words;
mod written;
mod zips;

pub use agency::{
    Agency, AgencyPhone, Authoritative, CaseNumber, CaseNumberRead, FORMAT, Look, MapLink, NumberFault,
    PersonNumber,
};
pub use callflow::CallFlow;
pub use check::BOOKABLE_WITHIN_BUSINESS_DAYS;
pub use difference::{
    COMPARED_YEARS, ChangedOffice, ChangedPlaces, Difference, MovedZip, OfficeDifference, ZipDifference,
    changed_places, changed_reasons, difference,
};
pub use facts::{Circumstances, Supplied};
pub use fault::{Fault, Place, Warning};
pub use files::{Files, MAX_FILE_BYTES, MAX_FILES, ReadError, text_hash};
pub use line::{Line, QueueHours, Review, Visits};
pub use offices::Office;
pub use official::OfficialZips;
pub use overlay::{Retired, date_in_name, imported_table};
pub use question::{Answer, AnswerFault, Choice, MOST_DAYS, Question, QuestionKind};
pub use reasons::{Bring, Item, Reason, Route, Service, SuppliedBy};
pub use revisions::LeftOut;
pub use zips::{ServingOffice, Zip, ZipError};

use domain::{
    calendar::{BusinessCalendar, Holidays},
    codes::{ItemCode, OfficeCode, ReasonCode, ServiceCode},
    imported::Table,
    retention::Retention,
    slots::OfficePlan,
    text::Lang,
};
use jiff::civil::Date;
use locale::Words;
use policies::Policies;
use reasons::Reasons;
use std::{collections::BTreeMap, sync::Arc};
use triage::{DecisionKind, FactFault, Facts, Policy, PolicySet, Recommendation};
use zips::ZipTable;

/// A checked pack. It never changes: share it in an `Arc`.
#[derive(Debug, Clone)]
pub struct Pack {
    agency: Agency,
    offices: Vec<Office>,
    by_code: BTreeMap<OfficeCode, usize>,
    retired: Vec<Retired>,
    zips: ZipTable,
    official: Option<OfficialZips>,
    imported_rows: BTreeMap<Table, u32>,
    reasons: Reasons,
    line: Line,
    callflow: Option<CallFlow>,
    retention: Retention,
    /// Every word of the program with the agency's own over them, where it has any.
    words: Option<Arc<Words>>,
    holidays: Holidays,
    /// Where each holiday stands in its file, in the same order.
    holidays_at: Vec<Place>,
    policies: Policies,
    supplied: BTreeMap<String, Supplied>,
    /// What was made at the desk and laid over.
    made: revisions::Made,
    hash: String,
    /// The files that it was read from.
    files: Files,
    /// The files without what lies over them.
    base: Arc<Files>,
}

/// Why a policy gives no recommendation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskFault {
    /// No version of the policy holds on that day.
    #[error("no version of the {kind} policy holds on {on}")]
    NoPolicy {
        /// Which policy.
        kind: DecisionKind,
        /// The day.
        on: Date,
    },
    /// The facts do not fit it.
    #[error(transparent)]
    Facts(#[from] FactFault),
}

impl Pack {
    /// Reads and checks a pack as a whole.
    ///
    /// All faults are returned, in the order of files and lines. A file that cannot be read at all hides what
    /// other files say about it, and nothing else. Whether the pack works on a given day is [`Pack::check`]'s
    /// question.
    pub fn load(files: &Files) -> Result<(Self, Vec<Warning>), Vec<Fault>> {
        load::load(files)
    }

    /// What would go wrong from a day on: an office that nobody could book, a policy that does not hold yet. See
    /// `docs/agency-pack.md` for the list.
    pub fn check(&self, on: Date) -> Result<Vec<Warning>, Vec<Fault>> {
        check::check(self, on)
    }

    /// Who the agency is.
    pub const fn agency(&self) -> &Agency {
        &self.agency
    }

    /// The pack's languages; the first is the one used when nothing else is known.
    pub fn languages(&self) -> &[Lang] {
        &self.agency.languages
    }

    /// Every office that is open, in the order of the file.
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// One office, also one that is retired: inquiries and letters still name it. A retired one has no places.
    pub fn office(&self, code: &OfficeCode) -> Option<&Office> {
        let open = self.by_code.get(code).and_then(|at| self.offices.get(*at));
        open.or_else(|| self.retired(code).map(|gone| &gone.office))
    }

    /// An office that is retired.
    pub fn retired(&self, code: &OfficeCode) -> Option<&Retired> {
        self.retired.iter().find(|gone| gone.office.code == *code)
    }

    /// What the imported table of ZIP codes holds, if there is one.
    pub const fn imported_zips(&self) -> Option<&OfficialZips> {
        self.official.as_ref()
    }

    /// How many rows the imported file of a table has, if there is one.
    pub fn imported_rows(&self, table: Table) -> Option<u32> {
        self.imported_rows.get(&table).copied()
    }

    /// When an office is open.
    pub fn calendar_of(&self, code: &OfficeCode) -> Option<&BusinessCalendar> {
        self.office(code).map(|office| &office.calendar)
    }

    /// What an office offers.
    pub fn plan_of(&self, code: &OfficeCode) -> Option<&OfficePlan> {
        self.office(code).map(|office| &office.plan)
    }

    /// The office that serves an address; none for a ZIP code that no row covers, such as those of the military
    /// post (see [`Zip::is_military`]).
    pub fn office_for_zip(&self, zip: Zip) -> Option<ServingOffice<'_>> {
        let (at, official) = self.zips.find(zip)?;
        Some(ServingOffice { office: self.offices.get(at)?, approximate: !official })
    }

    /// Every reason, in the order in which people see them.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons.all
    }

    /// The reasons that these words of a person may mean, the likeliest first; none when no word is known.
    pub fn reasons_about(&self, words: &str, lang: &Lang) -> Vec<&Reason> {
        search::find(&self.reasons.all, words, lang)
    }

    /// One reason, also one for which nobody can ask any more: inquiries still name it.
    pub fn reason(&self, code: &ReasonCode) -> Option<&Reason> {
        self.reasons.all.iter().chain(&self.reasons.gone).find(|reason| reason.code == *code)
    }

    /// One reason for which people can ask now.
    pub fn open_reason(&self, code: &ReasonCode) -> Option<&Reason> {
        self.reasons.all.iter().find(|reason| reason.code == *code)
    }

    /// One paper or thing to bring, also one that is on no checklist any more: somebody may have been asked for it.
    pub fn item(&self, code: &ItemCode) -> Option<&Item> {
        self.reasons.item(code)
    }

    /// Every question that some reason asks.
    pub fn questions(&self) -> &[Question] {
        &self.reasons.questions
    }

    /// What is done at offices.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.reasons.services.iter().map(|(_, service)| service)
    }

    /// One service.
    pub fn service(&self, code: &ServiceCode) -> Option<&Service> {
        self.services().find(|service| service.code == *code)
    }

    /// The telephone line, and the rules around calls and visits.
    pub const fn line(&self) -> &Line {
        &self.line
    }

    /// What a caller hears and can do, where the pack has a `callflow.toml`.
    pub const fn callflow(&self) -> Option<&CallFlow> {
        self.callflow.as_ref()
    }

    /// The words of messages to the person, with the agency's own over the program's, where the pack has any.
    pub const fn words(&self) -> Option<&Arc<Words>> {
        self.words.as_ref()
    }

    /// How long records are kept, as far as the pack has a `retention.toml`.
    pub const fn retention(&self) -> &Retention {
        &self.retention
    }

    /// The holidays of the pack.
    pub const fn holidays(&self) -> &Holidays {
        &self.holidays
    }

    /// The version of a policy that holds on a day of the agency.
    pub fn policy(&self, kind: DecisionKind, on: Date) -> Option<&Policy> {
        self.policies(kind).and_then(|set| set.in_force(on))
    }

    /// Every version of a policy.
    pub fn policies(&self, kind: DecisionKind) -> Option<&PolicySet> {
        self.policies.get(&kind)
    }

    /// Every fact that a policy may ask for, by name.
    pub const fn facts(&self) -> &BTreeMap<String, Supplied> {
        &self.supplied
    }

    /// The facts of a request: what the desk knows, and one fact for each question of the pack. `answers` are by
    /// the question's code; those to questions that the reason does not ask do not count.
    pub fn request_facts(
        &self,
        reason: &Reason,
        answers: &BTreeMap<String, Answer>,
        known: &Circumstances<'_>,
    ) -> Facts {
        facts::request_facts(&self.reasons, reason, answers, known)
    }

    /// What a policy recommends on a day of the agency. Of the facts only those that the policy declares are
    /// given to it, so that all three can be asked with the same ones.
    pub fn recommend(&self, kind: DecisionKind, on: Date, facts: &Facts) -> Result<Recommendation, AskFault> {
        let policy = self.policy(kind, on).ok_or(AskFault::NoPolicy { kind, on })?;
        Ok(policy.recommend(&policy.only_its(facts))?)
    }

    /// SHA-256 of the whole pack, 64 hexadecimal digits: see [`Files::hash`].
    pub fn hash(&self) -> &str {
        &self.hash
    }
}
