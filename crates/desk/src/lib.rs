//! What people do, one file for each act.
//!
//! Every act has the same shape: **load** what it needs, let the domain's rules **decide**, **commit** the
//! change through the store's one door, and **decide again** when something moved in between. What was
//! acknowledged once is answered the same when it is asked again under its key.

pub mod acts;
mod alike;
mod announce;
mod asked;
mod buckets;
mod caller;
mod chance;
mod checks;
mod clock;
mod closings;
mod commit;
mod crowd;
mod earlier;
mod erasing;
mod error;
mod handovers;
mod indicators;
mod jobs;
mod kiosk;
mod letters;
mod line;
mod links;
mod marks;
mod owed;
pub mod passwords;
mod places;
mod policy_effect;
mod presence;
mod proofs;
mod recommend;
mod revisions;
mod rosters;
mod signs;
mod site;
mod spoken;
mod suspicion;
mod versions;
mod waits;
mod windows;
mod wording;
mod work;

pub use alike::ALIKE;
pub use asked::Misfit;
pub use buckets::Buckets;
pub use caller::{Caller, Conditions, Who};
pub use chance::Dice;
pub use checks::Checked;
pub use clock::Clock;
pub use closings::ClosingSeen;
pub use commit::Done;
pub use erasing::{AHEAD_DAYS, Due, WouldBeDue, due_by, keeps_recording};
pub use error::DeskError;
pub use handovers::{Becomes, HandoverRow, HandoverSeen};
pub use indicators::{Published, figure_definition, figure_name, sees_the_line};
pub use jobs::{JobReport, Worker};
pub use kiosk::Screen;
pub use letters::Letter;
pub use line::{Ahead, Outlook};
pub use links::{DelegateToken, Links, newest_is_ours, token_hash};
pub use owed::Owes;
pub use places::{Place, PlaceChoice, Places};
pub use policy_effect::{DryRun, MOST_DAYS};
pub use proofs::{Assertion, Given, ProofRefused, Registration, Relying, base32, code as app_code};
pub use recommend::Advice;
pub use revisions::{Judged, OWN_VERSION};
pub use rosters::{DayChanged, RosterBoard, RosterEffect, WindowKept};
pub use site::Site;
pub use suspicion::{Calm, Looked, What, Worked};
pub use versions::{ChangedLine, Stands, Version, Versions};
pub use waits::{Granted, WaitBoard};
pub use windows::WindowOffer;
pub use work::{WAIT, Work};

use cases::CaseSource;
use domain::{actor::Staff, second::Required, session::SessionLimits};
use notices::{Calls, HookSecret, Mailer, Press, Texts};
use pack::Pack;
use std::sync::Arc;
use store::Store;

/// Everything an act may use.
#[derive(Clone)]
pub struct Desk {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) pack: Arc<Pack>,
    pub(crate) cases: Arc<dyn CaseSource>,
    pub(crate) mailer: Arc<Mailer>,
    pub(crate) texts: Option<Arc<Texts>>,
    pub(crate) calls: Option<Arc<Calls>>,
    pub(crate) press: Option<Arc<Press>>,
    pub(crate) words: Arc<locale::Words>,
    /// Those of the program, without the agency's own.
    house: Arc<locale::Words>,
    pub(crate) links: Arc<Links>,
    pub(crate) dice: Arc<Dice>,
    pub(crate) site: Site,
    pub(crate) checks: Arc<checks::Checks>,
    pub(crate) notices: Arc<line::Notices>,
    pub(crate) published: Arc<indicators::LastPublished>,
    pub(crate) lately: Arc<line::Lately>,
    pub(crate) wordings: Arc<wording::Wordings>,
    pub(crate) sessions: SessionLimits,
    pub(crate) second: Arc<Required>,
    pub(crate) crowd: crowd::Crowd,
    pub(crate) proved: Arc<Buckets<domain::number::InquiryNumber>>,
    pub(crate) asked_link: Arc<Buckets<domain::number::InquiryNumber>>,
    pub(crate) sent: Arc<suspicion::Lately>,
    /// The store as the member of staff sees it for whom pages are made; acts look at all of it, and ask who may.
    seen: Option<Arc<dyn Store>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

/// What a desk is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Whose rules.
    pub pack: Arc<Pack>,
    /// The agency's own records.
    pub cases: Arc<dyn CaseSource>,
    /// Who carries the mail.
    pub mailer: Arc<Mailer>,
    /// The words of every language.
    pub words: Arc<locale::Words>,
    /// Signed links.
    pub links: Arc<Links>,
    /// Chance.
    pub dice: Arc<Dice>,
    /// Where the public pages are.
    pub site: Site,
}

impl Desk {
    /// A desk of these parts.
    pub fn new(parts: Parts) -> Self {
        let Parts { store, pack, cases, mailer, words, links, dice, site } = parts;
        Self {
            store,
            words: pack.words().map_or_else(|| Arc::clone(&words), Arc::clone),
            house: words,
            pack,
            cases,
            mailer,
            texts: None,
            calls: None,
            press: None,
            links,
            dice,
            site,
            checks: Arc::default(),
            notices: Arc::default(),
            published: Arc::default(),
            lately: Arc::default(),
            wordings: Arc::default(),
            sessions: SessionLimits::default(),
            second: Arc::default(),
            crowd: crowd::Crowd::default(),
            proved: Arc::default(),
            asked_link: Arc::default(),
            sent: Arc::default(),
            seen: None,
        }
    }

    /// The same desk with other limits of sessions.
    #[must_use]
    pub fn with_sessions(self, sessions: SessionLimits) -> Self {
        Self { sessions, ..self }
    }

    /// The same desk, where these must have a second proof.
    #[must_use]
    pub fn with_second(self, second: Required) -> Self {
        Self { second: Arc::new(second), ..self }
    }

    /// Who must have a second proof.
    pub fn second(&self) -> &Required {
        &self.second
    }

    /// How long sessions last.
    pub const fn sessions(&self) -> SessionLimits {
        self.sessions
    }

    /// The same desk over another pack.
    #[must_use]
    pub fn with_pack(&self, pack: Arc<Pack>) -> Self {
        let words = Arc::clone(self.words_of(&pack));
        // What earlier wordings leave to the words of pages may be another's now.
        Self { pack, words, wordings: Arc::default(), ..self.clone() }
    }

    /// The words of every language as they are with a pack, which may have its own of messages to the person.
    pub fn words_of<'a>(&'a self, pack: &'a Pack) -> &'a Arc<locale::Words> {
        pack.words().unwrap_or(&self.house)
    }

    /// The same desk with a carrier of text messages. Without one nobody is asked whether they want any.
    #[must_use]
    pub fn with_texts(self, texts: Option<Arc<Texts>>) -> Self {
        Self { texts, ..self }
    }

    /// The same desk with a line that calls. Without one nobody is asked whether they want to be called.
    #[must_use]
    pub fn with_calls(self, calls: Option<Arc<Calls>>) -> Self {
        Self { calls, ..self }
    }

    /// The same desk with a press. Without one nobody is asked whether they want letters.
    #[must_use]
    pub fn with_press(self, press: Option<Arc<Press>>) -> Self {
        Self { press, ..self }
    }

    /// Can letters be printed?
    pub const fn offers_post(&self) -> bool {
        self.press.is_some()
    }

    /// Can text messages be sent?
    pub const fn offers_texts(&self) -> bool {
        self.texts.is_some()
    }

    /// Can notices be told by telephone?
    pub const fn offers_calls(&self) -> bool {
        self.calls.is_some()
    }

    /// What the carrier of text messages signs with.
    pub fn texts_secret(&self) -> Option<&HookSecret> {
        self.texts.as_deref().and_then(Texts::secret)
    }

    /// The same desk for a member of staff: what is kept from them is in no read.
    #[must_use]
    pub fn seen_by(self, staff: &Staff) -> Self {
        let seen = store::Seen::by(Arc::clone(&self.store), Arc::new(staff.clone()));
        Self { seen: Some(Arc::new(seen)), ..self }
    }

    /// The store, for reads that screens make themselves.
    pub fn store(&self) -> &Arc<dyn Store> {
        self.seen.as_ref().unwrap_or(&self.store)
    }

    /// The store whoever looks, for what is read once for many and judged for each of them.
    pub fn whole_store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The agency pack.
    pub fn pack(&self) -> &Arc<Pack> {
        &self.pack
    }

    /// Signed links.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Chance.
    pub fn dice(&self) -> &Dice {
        &self.dice
    }

    /// The words of every language.
    pub fn words(&self) -> &Arc<locale::Words> {
        &self.words
    }
}
