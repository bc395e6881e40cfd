//! One invented person's matter, made by the domain's own rules.

use crate::chance::Chance;
use domain::{
    actor::Actor,
    change::Step,
    decision::{Deciding, Need, Outcome, RuleCited, TriedRow},
    ids::{InquiryId, PersonId},
    inquiry::{Channel, Inquiry, NewInquiry, Request},
    number::InquiryNumber,
    person::{IdentityKey, Name, Person, Reach},
    pii::Pii,
    refusal::Refusal,
    text::{Lang, Text},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use pack::{Office, Reason};
use std::collections::BTreeMap;

/// Coprime to the number of inquiry numbers, so that counting up meets each number once, scattered as drawn ones are.
const STRIDE: u64 = 1_234_577;

/// Makes matters; counts them.
#[derive(Debug)]
pub struct Matters {
    made: u64,
    /// Its chance.
    pub chance: Chance,
}

/// A decision as a policy of a dozen rows records it.
pub fn deciding(what: &str, recommended: &str) -> Deciding {
    let tried = (1..=6).map(|n| TriedRow {
        id: format!("R{n}"),
        fired: n == 6,
        facts: BTreeMap::from([
            ("travel_days".to_owned(), serde_json::Value::Null),
            ("papers_missing".to_owned(), false.into()),
        ]),
    });
    Deciding {
        rule: RuleCited {
            policy: what.to_owned(),
            version: "2026-11-01".to_owned(),
            hash: "5c1f0d7e9b3a4a86".to_owned(),
            row: "R6".to_owned(),
            cite: Some("Operating procedure 4.2".to_owned()),
            outcome: BTreeMap::from([(what.to_owned(), recommended.into())]),
            tried: tried.collect(),
        },
        because: None,
        sentence: Text::new([(
            Lang::en(),
            "An officer has looked at what you wrote, and this is what it needs.".to_owned(),
        )]),
        change: Some(Text::new([(Lang::en(), "A new paper from the agency would change this.".to_owned())])),
    }
}

impl Matters {
    /// None made yet.
    pub const fn new(chance: Chance) -> Self {
        Self { made: 0, chance }
    }

    /// A person who asks, in `office`'s area, for `reason`. With `mail`, they can be written to.
    pub fn ask(&mut self, office: &Office, reason: &Reason, mail: bool, now: Timestamp) -> (Person, Step) {
        let n = self.made;
        self.made += 1;
        let name = Name { given: format!("Given{n}").into(), family: format!("Invented{}", n / 7).into() };
        let born = Date::constant(1980, 5, 17);
        let person = Person {
            id: PersonId::new(now, &self.chance.bytes()),
            version: 1,
            identity: IdentityKey::of(&name, born, None),
            name: name.clone(),
            born: Pii::new(born),
            file_number: None,
            legal_hold: None,
            erasure: None,
        };
        let decision = deciding("urgency", "regular").record(
            Outcome::Urgency(Urgency::Regular),
            Actor::system("policy"),
            now,
            &self.chance.bytes(),
        );
        let numbers = u64::from(domain::number::INQUIRY_NUMBERS);
        let number = u32::try_from(n * STRIDE % numbers).unwrap_or_default();
        let step = Inquiry::receive(
            NewInquiry {
                id: InquiryId::new(now, &self.chance.bytes()),
                number: InquiryNumber::from_chance(number),
                person: person.id,
                name,
                reason: reason.code.clone(),
                zip: office.zip.as_str().into(),
                office: office.code.clone(),
                receipt: None,
                request: Request {
                    channel: Channel::Web,
                    words: "My card has run out and my employer asks for proof that I may work.".into(),
                    answers: Pii::default(),
                    papers: Vec::new(),
                    preferred: Vec::new(),
                    call_hours: None,
                    representative: None,
                },
                reach: Reach {
                    lang: Lang::en(),
                    phone: "2025550101".parse().unwrap_or_else(|_| unreachable!("a good number")),
                    texts: false,
                    calls: false,
                    post: None,
                    email: mail.then(|| Pii::new(format!("person-{n}@example.org"))),
                    zone: office.zone().clone(),
                    say_who_calls: true,
                    no_message: false,
                    discreet: std::collections::BTreeSet::new(),
                    relay: false,
                    interpreter: None,
                    accommodation: None,
                    phrase: "blue river".into(),
                },
                urgency: Urgency::Regular,
                decision,
                due: now + SignedDuration::from_hours(24),
            },
            now,
        );
        (person, step)
    }

    /// A visit is needed.
    pub fn needs(
        &mut self,
        inquiry: &Inquiry,
        need: Need,
        by: Actor,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let due = now + SignedDuration::from_hours(48);
        let chance = self.chance.bytes();
        inquiry.decide_need(need, Vec::new(), deciding("need", need.as_str()), by, due, now, &chance)
    }
}
