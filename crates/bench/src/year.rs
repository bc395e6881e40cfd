//! One year of a national agency, through the store's one door.
//!
//! The volumes are those that `product.md`'s figures and its sources give: 11 million contacts, of which a tenth part that
//! needs more than an answer leaves an inquiry, and 170,000 appointments. A contact that ends with an answer leaves one entry
//! in the journal: that a case was read. What is written is made by the domain's own rules; many people share a moment, so
//! that a year takes minutes to write and not days.

use crate::{cast::Cast, chance::Chance, matter::Matters, ready::short_reason};
use anyhow::{Context, Result};
use domain::{
    actor::{Actor, Staff},
    calendar::windows::Window,
    callback::{CallOutcome, retry::Then},
    change::{Change, Command, IdempotencyKey, JobKind, NewJob, Step, Write},
    decision::Need,
    ids::{AppointmentId, CallbackId, NoticeId},
    inquiry::{Booking, Inquiry, NextTry, Promise, VisitRules},
    journal::{Entry, Happened, ReadWhat},
    notice::{Delivery, Notice, NoticeKind},
    person::Person,
    pii::Pii,
    slots::{Opening, Pool, Slot, slots},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use notices::{Agency, News, NoticeFacts};
use pack::{Office, Pack, Reason};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, HashMap},
    sync::Arc,
};
use store::Store;

/// How many people share a moment.
const TOGETHER: usize = 40;
/// How many answers share a change.
const ANSWERS: usize = 500;
/// Contacts in a year.
pub const CONTACTS: u64 = 11_000_000;
/// Of them, inquiries: those that reach a person (40 %) and need more than an answer (12 % an officer, 8 % a service request).
pub const INQUIRIES: u64 = CONTACTS * 40 / 100 * 20 / 100;
/// Appointments in a year.
pub const APPOINTMENTS: u64 = 170_000;
/// Business days in a year.
const DAYS: u64 = 250;

/// What happens next to people who share their moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Promise,
    Dial,
    HangUp,
    Decide,
    Book,
    Arrive,
    Serve,
}

/// One of them.
struct One {
    person: Person,
    inquiry: Inquiry,
    jobs: BTreeMap<String, NewJob>,
    notices: Vec<Notice>,
}

struct Group {
    all: Vec<One>,
    officer: Staff,
    /// What their matter needs: a visit for some groups, the mail or a talk for the others.
    need: Need,
}

struct Year<'a> {
    store: &'a Arc<dyn Store>,
    pack: &'a Pack,
    reason: &'a Reason,
    matters: &'a mut Matters,
    groups: HashMap<u64, Group>,
    queue: BinaryHeap<Reverse<(Timestamp, u64, Next)>>,
    /// Free officers' places, by office and day.
    free: HashMap<(usize, Date), Vec<(Slot, u32)>>,
    turn: usize,
    said: Said,
}

/// What was written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said {
    /// Contacts, answered or more.
    pub contacts: u64,
    /// Inquiries.
    pub inquiries: u64,
    /// Appointments.
    pub appointments: u64,
    /// Notices.
    pub notices: u64,
}

/// Writes a year, or one part in `part` of it, that ends at `now`.
pub async fn write(
    store: &Arc<dyn Store>,
    pack: &Pack,
    cast: &Cast,
    matters: &mut Matters,
    part: u64,
    now: Timestamp,
) -> Result<Said> {
    let line = &pack.line().calendar;
    let today = line.zone.date(now);
    let first = line.add_business_days(today, -i32::try_from(DAYS)?).context("the line never opens")?;
    let reason = short_reason(pack)?;
    let mut year = Year {
        store,
        pack,
        reason,
        matters,
        groups: HashMap::new(),
        queue: BinaryHeap::new(),
        free: HashMap::new(),
        turn: 0,
        said: Said::default(),
    };
    let groups_a_day = INQUIRIES / part / DAYS / TOGETHER as u64;
    let visits_in_hundred = usize::try_from(APPOINTMENTS * 100 / INQUIRIES)?;
    let answers_a_day = (CONTACTS - INQUIRIES) / part / DAYS;
    let mut day = first;
    let mut n = 0;
    while day < today {
        day = line.add_business_days(day, 1).context("the line never opens")?;
        let opens = line.zone.day_start(day).context("no such day")? + SignedDuration::from_hours(8);
        for group in 0..groups_a_day.max(1) {
            let at = opens + SignedDuration::from_secs(i64::try_from(group * 43_200 / groups_a_day.max(1))?);
            if at >= now {
                break;
            }
            year.until(at).await?;
            let officer = cast.officers[usize::try_from(n)? % cast.officers.len()].clone();
            let need = match year.matters.chance.below(100) {
                n if n < visits_in_hundred => Need::Visit,
                n if n < visits_in_hundred + 15 => Need::Mail,
                _ => Need::Phone,
            };
            year.ask(n, officer, need, at).await?;
            n += 1;
        }
        let closes = (opens + SignedDuration::from_hours(12)).min(now);
        year.until(closes).await?;
        year.answers(answers_a_day, closes).await?;
        year.free.retain(|(_, date), _| *date >= day);
    }
    year.until(now).await?;
    year.rest(now).await?;
    Ok(year.said)
}

/// A stored notice that was sent.
fn notice(
    inquiry: &Inquiry,
    kind: NoticeKind,
    news: News,
    at: Timestamp,
    chance: &mut Chance,
) -> Option<Notice> {
    let facts = NoticeFacts {
        lang: inquiry.reach.lang.clone(),
        agency: Agency {
            name: "The agency".to_owned(),
            short: "Agency".to_owned(),
            phone: "1-800-555-0100".to_owned(),
        },
        inquiry: inquiry.number,
        first_name: Some(inquiry.name.given.clone()),
        link: Pii::new(format!("https://help.example.gov/go/{}", chance.token())),
        made_at: at,
        mark: None,
        news,
    };
    Some(Notice {
        id: NoticeId::new(at, &chance.bytes()),
        version: 1,
        inquiry: inquiry.id,
        kind,
        lang: inquiry.reach.lang.clone(),
        by: domain::notice::Carrier::Email,
        to: inquiry.reach.email.clone()?,
        asked: false,
        facts: Pii::new(serde_json::to_value(&facts).ok()?),
        wording: None,
        queued_at: at,
        delivery: Delivery::Sent { at, receipt: "250 2.0.0 Ok: queued".to_owned() },
        arrived: None,
        rung: Vec::new(),
    })
}

impl Year<'_> {
    fn change(&mut self, actor: Actor, at: Timestamp) -> Change {
        let key = IdempotencyKey::of("bench-year", self.matters.chance.token());
        Change::new(Command { key, actor, at })
    }

    /// People ask.
    async fn ask(&mut self, n: u64, officer: Staff, need: Need, at: Timestamp) -> Result<()> {
        let mut change = self.change(Actor::Person, at);
        let mut all = Vec::with_capacity(TOGETHER);
        for _ in 0..TOGETHER {
            let office = &self.pack.offices()[self.turn % self.pack.offices().len()];
            self.turn += 1;
            let mail = self.matters.chance.percent(60);
            let (person, step) = self.matters.ask(office, self.reason, mail, at);
            let mut one =
                One { person, inquiry: step.inquiry.clone(), jobs: BTreeMap::new(), notices: Vec::new() };
            let news = News::RequestReceived { answer_by: None };
            self.take(&mut change, &mut one, step, Some((NoticeKind::RequestReceived, news)));
            all.push(one);
        }
        self.store.commit(change).await?;
        self.said.contacts += all.len() as u64;
        self.said.inquiries += all.len() as u64;
        self.groups.insert(n, Group { all, officer, need });
        self.queue.push(Reverse((at + SignedDuration::from_mins(40), n, Next::Promise)));
        Ok(())
    }

    /// Takes over a step: its entries and places now, its record when the group is written.
    fn take(&mut self, change: &mut Change, one: &mut One, step: Step, told: Option<(NoticeKind, News)>) {
        let id = step.inquiry.id;
        change.claims.extend(step.claims);
        change
            .journal
            .extend(step.happened.into_iter().map(|happened| Entry { inquiry: Some(id), happened }));
        for job in step.jobs {
            one.jobs.insert(job.key.0.clone(), job);
        }
        for key in step.drop_jobs {
            one.jobs.remove(&key.0);
        }
        one.inquiry = step.inquiry;
        let at = change.command.at;
        if let Some((kind, news)) = told
            && let Some(notice) = notice(&one.inquiry, kind, news, at, &mut self.matters.chance)
        {
            let (id, inquiry) = (notice.id, Some(one.inquiry.id));
            change.journal.push(Entry { inquiry, happened: Happened::NoticeQueued { notice: id, kind } });
            change
                .journal
                .push(Entry { inquiry, happened: Happened::NoticeSent { notice: id, kind, attempt: 1 } });
            self.said.notices += 1;
            one.notices.push(notice);
        }
    }

    /// Does what happens until `when`.
    async fn until(&mut self, when: Timestamp) -> Result<()> {
        while let Some(Reverse((at, n, next))) = self.queue.peek().copied()
            && at <= when
        {
            self.queue.pop();
            let mut group = self.groups.remove(&n).context("a group that is over")?;
            let after = self.act(&mut group, next, at).await?;
            match after {
                Some((at, next)) => {
                    self.queue.push(Reverse((at, n, next)));
                    self.groups.insert(n, group);
                }
                None => self.keep(vec![group], at).await?,
            }
        }
        Ok(())
    }

    async fn act(
        &mut self,
        group: &mut Group,
        next: Next,
        at: Timestamp,
    ) -> Result<Option<(Timestamp, Next)>> {
        let by = group.officer.actor();
        let mut change = self.change(by.clone(), at);
        let line = &self.pack.line().calendar;
        let tomorrow = line.add_business_days(line.zone.date(at), 1).context("the line never opens")?;
        let ten = line.zone.day_start(tomorrow).context("no such day")? + SignedDuration::from_hours(10);
        let mut last = at;
        for one in &mut group.all {
            let inquiry = &one.inquiry;
            let officer = group.officer.id;
            let (step, told) = match next {
                Next::Promise => {
                    let window = Window {
                        start: ten,
                        end: ten + SignedDuration::from_mins(60),
                        zone: inquiry.reach.zone.clone(),
                    };
                    let promise = Promise {
                        window: window.clone(),
                        owner: None,
                        planned: ten,
                        minutes: 20,
                        capacity: 100_000,
                        remind: None,
                        look: None,
                    };
                    let id = CallbackId::new(at, &self.matters.chance.bytes());
                    let window = notices::Window {
                        from: window.start,
                        until: window.end,
                        zone: window.zone.name().to_owned(),
                    };
                    let news = News::CallbackPromised { window, phrase: true };
                    (
                        inquiry.promise(id, promise, by.clone(), at)?,
                        Some((NoticeKind::CallbackPromised, news)),
                    )
                }
                Next::Dial => (inquiry.start_call(officer, at)?, None),
                Next::HangUp => {
                    let next = NextTry::None { look_again: at, then: Then::Choose };
                    (inquiry.end_call(officer, CallOutcome::Reached, next, at, at)?, None)
                }
                Next::Decide => (self.matters.needs(inquiry, group.need, by.clone(), at)?, None),
                Next::Book => {
                    let office = self.pack.office(&inquiry.office).context("no such office")?;
                    let opening = self.place(office, at)?;
                    last = last.max(opening.start);
                    let news = self.booked(office, inquiry, &opening);
                    let booking = Booking {
                        opening,
                        zone: office.zone().clone(),
                        bring: Vec::new(),
                        remind: None,
                        ask: None,
                        grace_minutes: 60,
                        held: false,
                    };
                    let id = AppointmentId::new(at, &self.matters.chance.bytes());
                    let deciding = crate::matter::deciding("fit", "serving");
                    let bytes = self.matters.chance.bytes();
                    self.said.appointments += 1;
                    (
                        inquiry.book(id, booking, deciding, by.clone(), at, &bytes)?,
                        Some((NoticeKind::AppointmentBooked, news)),
                    )
                }
                Next::Arrive => {
                    // They share a moment, and come at different times of the day: the rules are told to be generous.
                    let rules = VisitRules { early_minutes: 60 * 24 * 30, grace_minutes: 60 * 24 * 30 };
                    let start = inquiry.appointment().context("nothing booked")?.start;
                    (inquiry.check_in(format!("A{:03}", self.turn % 900), rules, start)?, None)
                }
                Next::Serve => (inquiry.serve(at)?, None),
            };
            self.take(&mut change, one, step, told);
        }
        self.store.commit(change).await?;
        Ok(match next {
            Next::Promise => Some((ten, Next::Dial)),
            Next::Dial => Some((at + SignedDuration::from_mins(12), Next::HangUp)),
            Next::HangUp => Some((at + SignedDuration::from_mins(3), Next::Decide)),
            Next::Decide if group.need == Need::Visit => {
                Some((at + SignedDuration::from_mins(5), Next::Book))
            }
            Next::Decide | Next::Serve => None,
            Next::Book => Some((last + SignedDuration::from_hours(1), Next::Arrive)),
            Next::Arrive => Some((at + SignedDuration::from_mins(20), Next::Serve)),
        })
    }

    /// The next free officers' place of an office, five business days ahead or as soon after as there is one.
    fn place(&mut self, office: &Office, at: Timestamp) -> Result<Opening> {
        let turn =
            self.pack.offices().iter().position(|o| o.code == office.code).context("no such office")?;
        let today = office.calendar.zone.date(at);
        for ahead in 5..40 {
            let day = office.calendar.add_business_days(today, ahead).context("the office never opens")?;
            let free = self.free.entry((turn, day)).or_insert_with(|| {
                let mut all: Vec<(Slot, u32)> = slots(&office.plan, &office.calendar, day, day)
                    .into_iter()
                    .filter(|slot| slot.service == self.reason.service)
                    .map(|slot| {
                        let n = slot.capacity_in(Pool::Officer);
                        (slot, n)
                    })
                    .filter(|(_, n)| *n > 0)
                    .collect();
                all.reverse();
                all
            });
            let Some((slot, left)) = free.last_mut() else { continue };
            let (slot, capacity) = (slot.clone(), slot.capacity_in(Pool::Officer));
            *left -= 1;
            if *left == 0 {
                free.pop();
            }
            return Ok(Opening {
                office: slot.office.clone(),
                service: slot.service.clone(),
                pool: Pool::Officer,
                start: slot.start,
                end: slot.end,
                slots: vec![slot.key(Pool::Officer)],
                capacities: vec![capacity],
                capacity,
                left: capacity,
            });
        }
        anyhow::bail!("{} has no place in forty days", office.code)
    }

    fn booked(&self, office: &Office, inquiry: &Inquiry, opening: &Opening) -> News {
        News::AppointmentBooked {
            appointment: notices::Appointment {
                id: AppointmentId::from_uuid(inquiry.id.uuid()),
                sequence: 0,
                starts: opening.start,
                ends: opening.end,
                zone: office.zone().name().to_owned(),
                office: notices::Office { name: office.name.clone(), address: vec![office.address()] },
                bring: Vec::new(),
                early_minutes: self.pack.line().visits.arrive_early_minutes,
            },
        }
    }

    /// Writes the records of groups.
    async fn keep(&mut self, groups: Vec<Group>, at: Timestamp) -> Result<()> {
        for group in groups {
            let mut change = self.change(Actor::system("bench"), at);
            for mut one in group.all {
                one.inquiry.version = 1;
                change.writes.push(Write::Person(Box::new(one.person)));
                change.writes.push(Write::Inquiry(Box::new(one.inquiry)));
                change.writes.extend(one.notices.into_iter().map(|notice| Write::Notice(Box::new(notice))));
                // What has been done meanwhile is not queued again.
                change.jobs.extend(one.jobs.into_values().filter(|job| {
                    matches!(job.kind, JobKind::CallbackWatch { .. } | JobKind::AppointmentWatch { .. })
                }));
            }
            self.store.commit(change).await?;
        }
        Ok(())
    }

    /// Whoever still waits at the end of the year.
    async fn rest(&mut self, now: Timestamp) -> Result<()> {
        let groups = std::mem::take(&mut self.groups).into_values().collect();
        self.keep(groups, now).await
    }

    /// Contacts that ended with an answer.
    async fn answers(&mut self, count: u64, at: Timestamp) -> Result<()> {
        let mut left = usize::try_from(count)?;
        while left > 0 {
            let now = left.min(ANSWERS);
            let mut change = self.change(Actor::system("line"), at);
            let read = Entry { inquiry: None, happened: Happened::Read { what: ReadWhat::CaseStatus } };
            change.journal.resize(now, read);
            self.store.commit(change).await?;
            left -= now;
        }
        self.said.contacts += count;
        Ok(())
    }
}
