//! The person corrects what was recorded of them: their name, how they can be reached, where they live, who acts for them.
//!
//! What they asked for and what was decided on it stay as they were said: a decision keeps the facts it was made on. Their date of
//! birth is their second proof, so no page of theirs changes it: a member of staff does, to whom they have shown who they are.

use super::{Because, Inquiry};
use crate::{
    calendar::Zone,
    change::Step,
    codes::OfficeCode,
    delegate::{DelegateEndWhy, OnWord, WordOf},
    earlier::SaidBy,
    journal::Happened,
    notice::Carrier,
    person::{Name, Representative},
    phone::PhoneNumber,
    pii::Pii,
    refusal::Refusal,
    slots::PreferredTime,
    text::Lang,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something recorded that its person can correct.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recorded {
    /// What they are called.
    Name,
    /// The number that is called.
    Phone,
    /// Where e-mail goes.
    Email,
    /// The language in which they are written and spoken to.
    Language,
    /// When they can take a call.
    CallHours,
    /// What the officer says to be known.
    Phrase,
    /// Whether whoever picks up may be told who calls.
    SayWho,
    /// Whether a message may be left on a machine.
    NoMessage,
    /// By which ways nothing may say what it is about.
    Discreet,
    /// That they call through a relay service.
    Relay,
    /// The language of an interpreter.
    Interpreter,
    /// What else they need.
    Accommodation,
    /// Where they live, by ZIP code.
    Zip,
    /// When a visit would suit them.
    Preferred,
    /// Who acts for them.
    Representative,
    /// When they were born. It is their second proof: only staff correct it.
    Born,
    /// The agency's own number for them: only staff correct it.
    FileNumber,
}

impl Recorded {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Language => "language",
            Self::CallHours => "call-hours",
            Self::Phrase => "phrase",
            Self::SayWho => "say-who",
            Self::NoMessage => "no-message",
            Self::Discreet => "discreet",
            Self::Relay => "relay",
            Self::Interpreter => "interpreter",
            Self::Accommodation => "accommodation",
            Self::Zip => "zip",
            Self::Preferred => "preferred",
            Self::Representative => "representative",
            Self::Born => "born",
            Self::FileNumber => "file-number",
        }
    }

    /// May whoever acts for the person correct it?
    pub const fn is_for_delegate(self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::CallHours
                | Self::Relay
                | Self::Interpreter
                | Self::Accommodation
                | Self::Preferred
        )
    }

    /// Does what we send go elsewhere by it?
    pub const fn is_contact(self) -> bool {
        matches!(self, Self::Phone | Self::Email)
    }
}

/// Where somebody lives, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// The ZIP code.
    pub zip: Pii<String>,
    /// The office that serves it, or the one that was chosen instead.
    pub office: OfficeCode,
    /// The zone in which times are read there.
    pub zone: Zone,
}

/// All of it, as it should read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What they are called.
    pub name: Name,
    /// The number that is called.
    pub phone: PhoneNumber,
    /// Where e-mail goes; none for no e-mail.
    pub email: Option<Pii<String>>,
    /// The language in which they are written and spoken to: one of the agency's.
    pub lang: Lang,
    /// When they can take a call, in their words.
    pub call_hours: Option<Pii<String>>,
    /// What the officer says to be known.
    pub phrase: Pii<String>,
    /// May whoever picks up be told who calls?
    pub say_who_calls: bool,
    /// Must nothing be left on a machine that answers?
    pub no_message: bool,
    /// The ways of writing to them by which nothing may say what it is about.
    pub discreet: BTreeSet<Carrier>,
    /// Do they call through a relay service?
    pub relay: bool,
    /// The language of an interpreter, in words.
    pub interpreter: Option<String>,
    /// What else they need.
    pub accommodation: Option<Pii<String>>,
    /// Where they live. Office and zone follow from the ZIP code; whoever does the act knows which they are.
    pub home: Home,
    /// When a visit would suit them, best first.
    pub preferred: Vec<PreferredTime>,
    /// Who acts for them.
    pub representative: Option<Representative>,
}

impl Correction {
    /// What is recorded now.
    pub fn of(inquiry: &Inquiry) -> Self {
        let reach = &inquiry.reach;
        Self {
            name: inquiry.name.clone(),
            phone: reach.phone.clone(),
            email: reach.email.clone(),
            lang: reach.lang.clone(),
            call_hours: inquiry.request.call_hours.clone(),
            phrase: reach.phrase.clone(),
            say_who_calls: reach.say_who_calls,
            no_message: reach.no_message,
            discreet: reach.discreet.clone(),
            relay: reach.relay,
            interpreter: reach.interpreter.clone(),
            accommodation: reach.accommodation.clone(),
            home: Home { zip: inquiry.zip.clone(), office: inquiry.office.clone(), zone: reach.zone.clone() },
            preferred: inquiry.request.preferred.clone(),
            representative: inquiry.request.representative.clone(),
        }
    }

    /// In what the two differ, in the order in which a form shows it.
    pub fn differs(&self, from: &Self) -> Vec<Recorded> {
        let all = [
            (Recorded::Name, self.name != from.name),
            (Recorded::Phone, self.phone != from.phone),
            (Recorded::Email, self.email != from.email),
            (Recorded::Language, self.lang != from.lang),
            (Recorded::CallHours, self.call_hours != from.call_hours),
            (Recorded::Phrase, self.phrase != from.phrase),
            (Recorded::SayWho, self.say_who_calls != from.say_who_calls),
            (Recorded::NoMessage, self.no_message != from.no_message),
            (Recorded::Discreet, self.discreet != from.discreet),
            (Recorded::Relay, self.relay != from.relay),
            (Recorded::Interpreter, self.interpreter != from.interpreter),
            (Recorded::Accommodation, self.accommodation != from.accommodation),
            (Recorded::Zip, self.home.zip != from.home.zip),
            (Recorded::Preferred, self.preferred != from.preferred),
            (Recorded::Representative, self.representative != from.representative),
        ];
        all.into_iter().filter(|(_, differs)| *differs).map(|(what, _)| what).collect()
    }
}

impl Inquiry {
    /// The person says how it should read, on their page or to a member of staff (`noted`: how they said so). Where that changes
    /// nothing, nothing happens.
    ///
    /// Who agreed to texts agreed to them at a number: at another one they are asked anew. Links that went out to where the
    /// person is reached no more open nothing from `now` on: who has them may be a stranger, which may be just what is corrected.
    ///
    /// Whoever lives elsewhere is served by the office there from then on. What is promised stays: a visit is where it was booked, a call
    /// comes when it was promised, until the person chooses otherwise. Whom a representative named acts no longer than that one does.
    ///
    /// # Errors
    /// [`Refusal::Closed`]; [`Refusal::NotOffered`] to whoever is protected on their page: they change where they are written to with
    /// somebody who has made sure who they are.
    pub fn correct(
        &self,
        correction: &Correction,
        noted: Option<SaidBy>,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        if !self.is_live() {
            return Err(Refusal::Closed);
        }
        if self.guard.protected.is_some() && noted.is_none() {
            return Err(Refusal::NotOffered);
        }
        let what = correction.differs(&Correction::of(self));
        let mut step = Step::from(self);
        if what.is_empty() {
            return Ok(step);
        }
        let Correction {
            name,
            phone,
            email,
            lang,
            call_hours,
            phrase,
            say_who_calls,
            no_message,
            discreet,
            relay,
            interpreter,
            accommodation,
            home,
            preferred,
            representative,
        } = correction.clone();
        let moved = what.iter().any(|what| what.is_contact());
        // What was agreed to for a number is not agreed to for another.
        let same = phone == self.reach.phone;
        let texts = self.reach.texts && same;
        // An automated voice says who calls, to a machine too: whoever takes that back wants no such calls either.
        let calls = self.reach.calls && same && !no_message && (say_who_calls || !self.reach.say_who_calls);
        if self.reach.texts && !texts {
            step.happened.push(Happened::TextsStopped);
        }
        if self.reach.calls && !calls {
            step.happened.push(Happened::CallsStopped);
        }
        let other_agent = what.contains(&Recorded::Representative)
            && self.request.representative.as_ref().map(|acting| &acting.name)
                != representative.as_ref().map(|acting| &acting.name);
        let lives_elsewhere = what.contains(&Recorded::Zip);
        step.happened.push(Happened::Corrected { what, said: noted });
        if lives_elsewhere {
            if home.office != self.office {
                let (from, to) = (self.office.clone(), home.office.clone());
                step.happened.push(Happened::OfficeChanged { from, to, because: String::new() });
            }
            (step.inquiry.zip, step.inquiry.office) = (home.zip, home.office);
            step.inquiry.reach.zone = home.zone;
        }
        if other_agent {
            let said = noted.map(|said| DelegateEndWhy::Staff(OnWord { of: WordOf::Person, said }));
            let why = said.unwrap_or(DelegateEndWhy::Person);
            step.happened.extend(step.inquiry.end_delegates(|_| true, why, now));
        }
        (step.inquiry.request.preferred, step.inquiry.request.representative) = (preferred, representative);
        step.inquiry.name = name;
        step.inquiry.request.call_hours = call_hours;
        let reach = &mut step.inquiry.reach;
        (reach.phone, reach.email, reach.texts, reach.phrase) = (phone, email, texts, phrase);
        reach.lang = lang;
        (reach.calls, reach.say_who_calls, reach.relay) = (calls, say_who_calls, relay);
        (reach.no_message, reach.discreet) = (no_message, discreet);
        (reach.interpreter, reach.accommodation) = (interpreter, accommodation);
        if moved {
            step.inquiry.links_from = Some(now);
        }
        Ok(step)
    }

    /// What the person proves themselves by was corrected, by a member of staff to whom they have shown who they are: how they did so, and
    /// why, in that member's words.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::Closed`].
    pub fn proof_corrected(
        &self,
        what: Vec<Recorded>,
        said: SaidBy,
        because: &str,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        if !self.is_live() {
            return Err(Refusal::Closed);
        }
        if because.trim().is_empty() {
            return Err(Refusal::ReasonNeeded);
        }
        let mut step = Step::from(self);
        if !what.is_empty() {
            step.happened.push(Happened::Corrected { what, said: Some(said) });
            step.inquiry.proof_changes.push(Because { at: now, because: because.trim().into() });
        }
        Ok(step)
    }

    /// Does a link that was made at `made` still open it?
    pub fn is_opened_by_link_of(&self, made: Timestamp) -> bool {
        // A link knows when it was made to the second.
        self.links_from.is_none_or(|from| from.as_second() <= made.as_second())
    }
}
