//! Invented people and their matters, to make changes of. Times are minutes from a Monday morning in 2031.

use domain::{
    actor::{Actor, PasswordHash, Role, Staff},
    appointment::{Appointment, AppointmentEnd, Bring, PastAppointment},
    calendar::{Zone, windows::Window},
    callback::{Attempt, CallOutcome, Callback},
    case::{Case, CaseState, CaseStep},
    change::{
        Busy, Change, Claim, Command, Confirm, Holder, IdempotencyKey, JobKind, NewJob, Release, Write,
    },
    codes::{ItemCode, OfficeCode, ReasonCode},
    decision::{Deciding, Outcome, RuleCited, TriedRow},
    draft::Draft,
    ids::{
        AppointmentId, CallbackId, Chance, DraftId, InquiryId, JobId, NoticeId, PersonId, SessionId, StaffId,
    },
    inquiry::{Channel, Inquiry, NewInquiry, Request, Stage, window_slot},
    journal::{Entry, Happened, ReadWhat},
    notice::{Carrier, Delivery, Notice, NoticeKind},
    number::InquiryNumber,
    person::{IdentityKey, Name, Person, Reach},
    pii::Pii,
    session::Session,
    slots::{Pool, SlotKey},
    text::{Lang, Text},
    urgency::Urgency,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

/// So many minutes after Monday, 3 March 2031, 15:00 UTC.
pub fn at(minutes: i64) -> Timestamp {
    let monday: Timestamp = "2031-03-03T15:00:00Z".parse().unwrap();
    monday + SignedDuration::from_mins(minutes)
}

/// A place of one office in the officers' pool, so many minutes after [`at`]`(0)`.
pub fn slot(office: &str, minutes: i64) -> SlotKey {
    SlotKey {
        office: office.parse().unwrap(),
        service: "counter".parse().unwrap(),
        start: at(minutes),
        pool: Pool::Officer,
    }
}

/// A claim for good.
pub fn claim(slot: &SlotKey, holder: Holder, capacity: u32) -> Claim {
    Claim { slot: slot.clone(), holder, capacity, expires: None }
}

/// A hold until so many minutes after [`at`]`(0)`.
pub fn hold(slot: &SlotKey, holder: Holder, capacity: u32, until: i64) -> Claim {
    Claim { expires: Some(at(until)), ..claim(slot, holder, capacity) }
}

/// A hold made firm.
pub fn confirm<'a>(holder: Holder, slots: impl IntoIterator<Item = &'a SlotKey>) -> Confirm {
    Confirm { holder, slots: slots.into_iter().cloned().collect(), gives_back: false }
}

/// A place given back.
pub fn release(slot: &SlotKey, holder: Holder) -> Release {
    Release::of(slot.clone(), holder)
}

/// A stretch of an officer's time.
pub fn busy(officer: StaffId, holder: Holder, from: i64, to: i64) -> Busy {
    Busy { officer, holder, start: at(from), end: at(to) }
}

/// An entry about an inquiry, or about none.
pub fn read_entry(inquiry: Option<InquiryId>) -> Entry {
    Entry { inquiry, happened: Happened::Read { what: ReadWhat::Inquiry } }
}

/// Makes things, each with identifiers of its own, the same in every run.
#[derive(Debug, Default)]
pub struct Maker(AtomicU64);

impl Maker {
    fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }

    /// Chance that never comes again.
    pub fn chance(&self) -> Chance {
        let mut chance = [7; 10];
        chance[2..].copy_from_slice(&self.next().to_be_bytes());
        chance
    }

    /// A change of its own, by a part of the system, at `at(0)`, with nothing in it.
    pub fn change(&self) -> Change {
        self.change_at(0)
    }

    /// The same, so many minutes later.
    pub fn change_at(&self, minutes: i64) -> Change {
        Change::new(Command {
            key: IdempotencyKey::of("contract", self.next()),
            actor: Actor::system("contract"),
            at: at(minutes),
        })
    }

    /// A change that writes these records.
    pub fn writing(&self, writes: impl IntoIterator<Item = Write>) -> Change {
        let mut change = self.change();
        change.writes.extend(writes);
        change
    }

    /// A change that takes these places.
    pub fn claiming(&self, claims: impl IntoIterator<Item = Claim>) -> Change {
        let mut change = self.change();
        change.claims.extend(claims);
        change
    }

    /// Somebody who holds places.
    pub fn holder(&self) -> Holder {
        CallbackId::new(at(0), &self.chance()).into()
    }

    /// A member of staff's identifier.
    pub fn officer(&self) -> StaffId {
        StaffId::new(at(0), &self.chance())
    }

    /// A job about nothing in particular, due so many minutes after `at(0)`.
    pub fn job(&self, due: i64) -> NewJob {
        NewJob::new(JobKind::HoldWatch { holder: self.holder() }, at(due))
    }

    /// An identifier of a job that is not there.
    pub fn no_job(&self) -> JobId {
        JobId::new(at(0), &self.chance())
    }

    /// A person nobody knows yet.
    pub fn person(&self) -> Person {
        let n = self.next();
        let name = Name { given: "Ana".into(), family: format!("Rivera {n}").into() };
        let born = jiff::civil::date(1980, 2, 29);
        Person {
            id: PersonId::new(at(0), &self.chance()),
            version: 1,
            identity: IdentityKey::of(&name, born, None),
            name,
            born: Pii::new(born),
            file_number: Some(format!("A000000{n:03}").into()),
            legal_hold: None,
            erasure: None,
        }
    }

    /// A member of staff.
    pub fn staff(&self, name: &str) -> Staff {
        let id = self.officer();
        Staff {
            id,
            version: 1,
            sign_in: format!("{}-{}", name.to_lowercase(), self.next()),
            name: name.to_owned(),
            roles: vec![Role::Officer, Role::Clerk],
            office: Some(office("SPR")),
            langs: vec![Lang::en(), Lang::es()],
            password: PasswordHash("$argon2id$invented".to_owned()),
            active: true,
            rights: std::collections::BTreeSet::new(),
            roster: None,
            planned_before: None,
            takes: domain::actor::Takes::default(),
            first_password: None,
        }
    }

    /// A session that is used at `at(used)` and ends at `at(until)`.
    pub fn session(&self, used: i64, until: i64) -> Session {
        Session {
            id: SessionId::new(at(0), &self.chance()),
            version: 1,
            staff: self.officer(),
            token_hash: format!("session-{}", self.next()),
            since: at(0),
            used: at(used),
            until: at(until),
            program: None,
            browser: domain::session::Browser { idle_minutes: Some(60), ..Default::default() },
        }
    }

    /// A draft saved at `at(saved)`.
    pub fn draft(&self, saved: i64) -> Draft {
        Draft {
            id: DraftId::new(at(0), &self.chance()),
            version: 1,
            token_hash: format!("draft-{}", self.next()),
            lang: Lang::es(),
            fields: Pii::new(BTreeMap::from([("words".to_owned(), vec!["Perdí mi tarjeta".to_owned()])])),
            saved: at(saved),
        }
    }

    /// A notice about an inquiry, put in the outbox at `at(queued)`.
    pub fn notice(&self, inquiry: InquiryId, queued: i64) -> Notice {
        Notice {
            id: NoticeId::new(at(queued), &self.chance()),
            version: 1,
            inquiry,
            kind: NoticeKind::RequestReceived,
            lang: Lang::es(),
            by: Carrier::Email,
            to: "ana@example.org".into(),
            asked: false,
            facts: Pii::new(json!({ "office": "Springfield", "numbers": [1, 2.5] })),
            wording: None,
            queued_at: at(queued),
            delivery: Delivery::Queued,
            arrived: None,
            rung: Vec::new(),
        }
    }

    /// An inquiry of a new person that an officer must look at by `at(opened + 1440)`.
    pub fn inquiry(&self, opened: i64) -> Inquiry {
        self.inquiry_of(&self.person(), "proof-of-status", opened)
    }

    /// An inquiry of a person for a reason.
    pub fn inquiry_of(&self, person: &Person, reason: &str, opened: i64) -> Inquiry {
        let id = InquiryId::new(at(opened), &self.chance());
        let urgency = Urgency::Regular;
        let decision = Deciding {
            rule: RuleCited {
                policy: "triage".to_owned(),
                version: "2031-01".to_owned(),
                hash: "00".to_owned(),
                row: "default".to_owned(),
                cite: None,
                outcome: BTreeMap::from([("urgency".to_owned(), json!("regular"))]),
                tried: vec![TriedRow {
                    id: "default".to_owned(),
                    fired: true,
                    facts: BTreeMap::from([("days_left".to_owned(), json!(12))]),
                }],
            },
            because: None,
            sentence: words("In its turn."),
            change: None,
        }
        .record(Outcome::Urgency(urgency), Actor::system("triage"), at(opened), &self.chance());
        let new = NewInquiry {
            id,
            number: InquiryNumber::from_chance(u32::try_from(self.next()).unwrap()),
            person: person.id,
            name: person.name.clone(),
            reason: reason_code(reason),
            zip: "00501".into(),
            office: office("SPR"),
            receipt: Some("IOE9999999901".parse().unwrap()),
            request: Request {
                channel: Channel::Web,
                words: "I lost my card and must travel.".into(),
                answers: Pii::new(BTreeMap::from([("travel".to_owned(), json!(true))])),
                papers: vec![item("passport")],
                preferred: Vec::new(),
                call_hours: None,
                representative: None,
            },
            reach: Reach {
                lang: Lang::es(),
                phone: "(202) 555-0101".parse().unwrap(),
                email: Some("ana@example.org".into()),
                texts: false,
                calls: false,
                post: None,
                zone: zone(),
                say_who_calls: true,
                no_message: false,
                discreet: std::collections::BTreeSet::new(),
                relay: false,
                interpreter: None,
                accommodation: None,
                phrase: "blue kettle".into(),
            },
            urgency,
            decision,
            due: at(opened + 1440),
        };
        Inquiry::receive(new, at(opened)).inquiry
    }

    /// A callback with a window of two hours.
    pub fn callback(&self, from: i64, owner: Option<StaffId>) -> Callback {
        Callback {
            id: CallbackId::new(at(from), &self.chance()),
            window: Window { start: at(from), end: at(from + 120), zone: zone() },
            owner,
            next_attempt: at(from + 15),
            promised_at: at(0),
            promised_by: Actor::Person,
            moves: 0,
            attempts: Vec::new(),
            broken_at: None,
            again_by: None,
            renewed: 0,
            then: None,
            brief: None,
            given: Vec::new(),
        }
    }

    /// An appointment of half an hour in two places.
    pub fn appointment(&self, office_code: &str, start: i64) -> Appointment {
        Appointment {
            id: AppointmentId::new(at(start), &self.chance()),
            office: office(office_code),
            service: "counter".parse().unwrap(),
            start: at(start),
            end: at(start + 30),
            zone: zone(),
            pool: Pool::Officer,
            slots: vec![slot(office_code, start), slot(office_code, start + 15)],
            booked_at: at(0),
            booked_by: Actor::Person,
            moves: 0,
            sequence: 0,
            bring: vec![Bring { item: Some(item("passport")), text: words("Your passport") }],
            asked: None,
            confirmed: None,
            shut: None,
            walk_in: false,
        }
    }

    /// One inquiry at each stage.
    pub fn every_stage(&self) -> Vec<Inquiry> {
        let officer = self.officer();
        let mut called = self.callback(0, Some(officer));
        called.attempts.push(Attempt {
            officer,
            started: at(1),
            ended: at(2),
            outcome: CallOutcome::NoAnswer,
            theirs: false,
        });
        let mut late = self.callback(0, None);
        late.broken_at = Some(at(121));
        let review = Stage::Review { since: at(0), due: at(60) };
        let stages = vec![
            review.clone(),
            Stage::Papers { since: at(1), missing: vec![item("photo")], back_to: Box::new(review) },
            Stage::Promised(self.callback(60, None)),
            Stage::Promised(late),
            Stage::Calling { callback: called.clone(), officer, since: at(3), theirs: true },
            Stage::Spoken { officer, at: at(4), due: at(64) },
            Stage::Unreached { since: at(5), due: at(65) },
            Stage::ToBook { since: at(6), due: at(66) },
            Stage::Booked(self.appointment("SPR", 600)),
            Stage::CheckedIn {
                appointment: self.appointment("SPR", 630),
                at: at(620),
                ticket: "A 12".to_owned(),
                called: Some(("3".to_owned(), at(631))),
                aside: None,
                missed: 2,
            },
            Stage::Closed { at: at(7), closing: domain::inquiry::Closing::ByMail },
        ];
        stages
            .into_iter()
            .map(|stage| {
                let mut inquiry = self.inquiry(0);
                inquiry.stage = stage;
                inquiry.past_callbacks.push(called.clone());
                inquiry.past_appointments.push(PastAppointment {
                    appointment: self.appointment("SPR", -600),
                    end: AppointmentEnd::NoShow,
                    at: at(-500),
                    counter: None,
                });
                inquiry
            })
            .collect()
    }
}

/// The inquiry's next version, at another stage.
pub fn next(inquiry: &Inquiry, stage: Stage) -> Inquiry {
    let mut next = inquiry.clone();
    next.version += 1;
    next.stage = stage;
    next
}

/// An inquiry as a record to write.
pub fn write(inquiry: &Inquiry) -> Write {
    Write::Inquiry(Box::new(inquiry.clone()))
}

/// Promises a callback rightly: with its place and its watch.
pub fn promise(change: &mut Change, inquiry: &Inquiry, callback: &Callback) -> Inquiry {
    let promised = next(inquiry, Stage::Promised(callback.clone()));
    change.writes.push(write(&promised));
    change.claims.push(claim(&window_slot(&callback.window), callback.id.into(), 5));
    let watch = JobKind::CallbackWatch { inquiry: inquiry.id, callback: callback.id };
    change.jobs.push(NewJob::new(watch, callback.window.end));
    promised
}

/// Books an appointment rightly: with its places and its watch.
pub fn book(change: &mut Change, inquiry: &Inquiry, appointment: &Appointment) -> Inquiry {
    let booked = next(inquiry, Stage::Booked(appointment.clone()));
    change.writes.push(write(&booked));
    change.claims.extend(appointment.slots.iter().map(|slot| claim(slot, appointment.id.into(), 2)));
    let watch = JobKind::AppointmentWatch { inquiry: inquiry.id, appointment: appointment.id };
    change.jobs.push(NewJob::new(watch, appointment.end));
    booked
}

/// An invented case.
pub fn case(receipt: &str, state: CaseState) -> Case {
    Case {
        receipt: receipt.parse().unwrap(),
        form: "I-90".to_owned(),
        state,
        title: words("Received"),
        meaning: words("We have it."),
        received: Some(jiff::civil::date(2031, 1, 2)),
        updated: jiff::civil::date(2031, 2, 3),
        history: vec![CaseStep { on: jiff::civil::date(2031, 1, 2), title: words("Received") }],
    }
}

/// A text in English.
pub fn words(text: &str) -> Text {
    Text::new([(Lang::en(), text.to_owned())])
}

/// An office's code.
pub fn office(code: &str) -> OfficeCode {
    code.parse().unwrap()
}

/// A reason's code.
pub fn reason_code(code: &str) -> ReasonCode {
    code.parse().unwrap()
}

fn item(code: &str) -> ItemCode {
    code.parse().unwrap()
}

fn zone() -> Zone {
    "America/New_York".parse().unwrap()
}
