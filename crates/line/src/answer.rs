//! What the line asks and what it is told, as types: a phone room cannot answer with a fact that is none.

use crate::{
    contract::Ask,
    form::{json, moment_text},
};
use domain::{
    calendar::{BusinessCalendar, Closed, WeeklyHours, Zone, windows::Window},
    case::{Case, ReceiptNumber},
    inquiry::{Inquiry, Stage},
    line_notice::{self, LineDoes, LineNotice},
    number::InquiryNumber,
    pii::Pii,
    text::{Lang, Text},
};
use facts::Facts;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// What is asked. Texts in the answer are wanted in the language of the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Whether the line is open, why not, and how long the wait is.
    Line,
    /// Whether whoever rings from this number has been called in vain, or keeps a place.
    Owed,
    /// A case.
    Case(ReceiptNumber),
    /// The office that serves a ZIP code of five digits.
    Office(String),
    /// Where an inquiry stands.
    Inquiry(InquiryNumber),
    /// Whether the caller is the person of the inquiry: born on that day. Whoever answers counts the tries, and answers alike
    /// whether the inquiry exists or not.
    Verify(InquiryNumber, Pii<Date>),
    /// To which windows the callback could move, three at most. The caller has been verified.
    Windows(InquiryNumber),
    /// Move the callback to this window. The caller has been verified.
    MoveCallback(InquiryNumber, Window),
    /// Give the callback back. The caller has been verified.
    CancelCallback(InquiryNumber),
    /// Promise to call back instead of letting the caller wait; the place in line is kept.
    OfferCallback,
    /// Let the caller wait in this queue.
    Enqueue(String),
    /// Let the caller talk with whom the queue found.
    Connect,
}

impl Query {
    /// What sort of thing is asked.
    pub const fn ask(&self) -> Ask {
        match self {
            Self::Line => Ask::Line,
            Self::Owed => Ask::Owed,
            Self::Case(_) => Ask::Case,
            Self::Office(_) => Ask::Office,
            Self::Inquiry(_) => Ask::Inquiry,
            Self::Verify(..) => Ask::Verify,
            Self::Windows(_) => Ask::Windows,
            Self::MoveCallback(..) => Ask::MoveCallback,
            Self::CancelCallback(_) => Ask::CancelCallback,
            Self::OfferCallback => Ask::OfferCallback,
            Self::Enqueue(_) => Ask::Enqueue,
            Self::Connect => Ask::Connect,
        }
    }
}

/// Why operators do not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosedBecause {
    /// Outside the hours of the week.
    Hours,
    /// A holiday.
    Holiday,
    /// An announced closure.
    Closure,
}

/// The line now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineNow {
    /// Why operators do not answer; `None` while they do.
    pub closed: Option<ClosedBecause>,
    /// When they answer again, and the zone to say it in.
    pub opens_at: Option<(Timestamp, Zone)>,
    /// The wait that is likely, in whole minutes, least and longest; `None` when there is no honest estimate.
    pub wait: Option<(u16, u16)>,
    /// Whether a callback can be promised now.
    pub callback_offered: bool,
    /// What is announced to every caller.
    pub announcement: Option<String>,
}

/// How far ahead the next opening is looked for, in days.
const HORIZON_DAYS: u32 = 60;

impl LineNow {
    /// The line by its calendar alone: nothing is known of a queue, nothing is announced, and no callback is offered.
    pub fn by(calendar: &BusinessCalendar, now: Timestamp) -> Self {
        let closed = calendar.why_closed(now).map(|closed| match closed {
            Closed::Holiday { .. } => ClosedBecause::Holiday,
            Closed::Closure { .. } => ClosedBecause::Closure,
            _ => ClosedBecause::Hours,
        });
        let opens_at = closed.and_then(|_| calendar.next_open(now, HORIZON_DAYS));
        Self {
            closed,
            opens_at: opens_at.map(|at| (at, calendar.zone.clone())),
            wait: None,
            callback_offered: false,
            announcement: None,
        }
    }
}

impl LineNow {
    /// The line by its calendar and by what supervisors say of it, for a caller in this language.
    pub fn under(calendar: &BusinessCalendar, notices: &[LineNotice], lang: &Lang, now: Timestamp) -> Self {
        let mut line = Self::by(calendar, now);
        match line_notice::by_hand(notices, now) {
            Some(hand) if hand.does == LineDoes::Opens => (line.closed, line.opens_at) = (None, None),
            Some(hand) => line.closes(calendar, hand.ends()),
            None => {}
        }
        let said: Vec<&str> = line_notice::standing(notices, now)
            .into_iter()
            .filter(|notice| notice.has_words())
            .map(|notice| notice.text.in_lang(lang).trim())
            .collect();
        line.announcement = (!said.is_empty()).then(|| said.join(" "));
        line
    }

    /// Operators do not answer before then, and not before the hours of the week either.
    pub fn closes(&mut self, calendar: &BusinessCalendar, until: Timestamp) {
        let opens =
            if calendar.is_open(until) { Some(until) } else { calendar.next_open(until, HORIZON_DAYS) };
        self.closed = Some(ClosedBecause::Closure);
        self.opens_at = opens.map(|at| (at, calendar.zone.clone()));
    }
}

/// A case as the line tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTold {
    /// The form it began with.
    pub form: String,
    /// `received`, `pending` or `decision`.
    pub state: domain::case::CaseState,
    /// Its status in words.
    pub title: String,
    /// What that means.
    pub meaning: String,
    /// When the agency received it, where the source says so.
    pub received: Option<Date>,
    /// When its status last changed.
    pub updated: Date,
    /// What normally comes next, in words; `None` where that is not known.
    pub next: Option<String>,
    /// When asking helps.
    pub asks: Asks,
}

/// When asking about a case helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asks {
    /// Nobody knows how long it takes.
    #[default]
    Unknown,
    /// From this day on, which lies ahead.
    From(Date),
    /// It has taken as long as it normally does.
    Now,
}

impl Asks {
    /// As of today, of what should have come by a day.
    pub fn by(from: Option<Date>, today: Date) -> Self {
        match from {
            None => Self::Unknown,
            Some(from) if from > today => Self::From(from),
            Some(_) => Self::Now,
        }
    }
}

impl CaseTold {
    /// The case in a language, with what normally comes next, in that language as well, and when asking helps.
    pub fn of(case: &Case, lang: &Lang, next: Option<String>, asks: Asks) -> Self {
        let text = |text: &Text| text.in_lang(lang).to_owned();
        Self {
            form: case.form.clone(),
            state: case.state,
            title: text(&case.title),
            meaning: text(&case.meaning),
            received: case.received,
            updated: case.updated,
            next,
            asks,
        }
    }
}

/// An office as the line tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeTold {
    /// Its name.
    pub name: String,
    /// Its address on one line.
    pub address: String,
    /// Its hours.
    pub hours: WeeklyHours,
    /// Whether it is open now.
    pub open: bool,
    /// When it opens again, and the zone to say it in; `None` while it is open.
    pub opens_at: Option<(Timestamp, Zone)>,
    /// Whether it was found by part of the ZIP code only.
    pub approximate: bool,
}

/// What is owed to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owed {
    /// Nothing yet.
    Nothing,
    /// A call in this window.
    Callback(Window),
    /// A visit.
    Appointment {
        /// When.
        at: Timestamp,
        /// The office's zone.
        zone: Zone,
        /// The office.
        office: String,
    },
}

/// What waits for whoever rings from a number. It says nothing about any matter: whoever rings may be somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwedHere {
    /// Somebody has called it in vain.
    Call,
    /// A place in line is kept for it.
    Place,
}

/// An inquiry as the line tells it: when, never what about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InquiryTold {
    /// Where it stands, by the stable name of its stage.
    pub stage: &'static str,
    /// What is owed.
    pub owed: Owed,
    /// Whether the person may still move it or give it back.
    pub may_move: bool,
    /// Whether the promised call was made in vain, or not at all: whoever rings may be put through.
    pub missed: bool,
}

impl InquiryTold {
    /// An inquiry, with the name of its appointment's office. A callback may move so many times; while the officer dials it cannot.
    pub fn of(inquiry: &Inquiry, office: Option<&str>, moves: u8) -> Self {
        let owed = match (inquiry.callback(), inquiry.appointment()) {
            (Some(callback), _) => Owed::Callback(callback.window.clone()),
            (None, Some(appointment)) => Owed::Appointment {
                at: appointment.start,
                zone: appointment.zone.clone(),
                office: office.unwrap_or(appointment.office.as_str()).to_owned(),
            },
            (None, None) => Owed::Nothing,
        };
        let may_move = matches!(&inquiry.stage, Stage::Promised(callback) if callback.moves < moves);
        let missed = inquiry.missed_callback().is_some();
        Self { stage: inquiry.stage.as_str(), owed, may_move, missed }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To [`Query::Line`].
    Line(LineNow),
    /// To [`Query::Owed`].
    Owed(Option<OwedHere>),
    /// To [`Query::Case`]; `None` when there is no such case.
    Case(Option<CaseTold>),
    /// To [`Query::Office`]; `None` when no office serves it.
    Office(Option<OfficeTold>),
    /// To [`Query::Inquiry`]; `None` when there is no such inquiry.
    Inquiry(Option<InquiryTold>),
    /// To [`Query::Verify`].
    Verified(bool),
    /// To [`Query::Windows`]. Of more than three the first three count.
    Windows(Vec<Window>),
    /// To [`Query::MoveCallback`]: where it is now, or `None` when that was refused.
    Moved(Option<Window>),
    /// To [`Query::CancelCallback`].
    Cancelled(bool),
    /// To [`Query::OfferCallback`]: when they are called, or `None` when it cannot be promised.
    Promised(Option<Window>),
    /// To [`Query::Enqueue`]: an operator is free for this caller.
    Reached,
    /// To [`Query::Enqueue`]: the queue takes nobody, or no longer.
    QueueClosed,
    /// To [`Query::Connect`]: they have talked, and the operator has hung up.
    Talked,
    /// To [`Query::Connect`]: they never heard each other.
    NotConnected,
}

impl Answer {
    /// To what it is an answer, under which outcome of it, with which facts.
    pub(crate) fn told(&self) -> (Ask, &'static str, Facts) {
        let mut facts = Facts::new();
        let (ask, outcome) = match self {
            Self::Line(now) => {
                now.tell(&mut facts);
                (Ask::Line, "done")
            }
            Self::Owed(Some(owed)) => {
                facts.set("owed", word(owed));
                (Ask::Owed, "something")
            }
            Self::Owed(None) => (Ask::Owed, "nothing"),
            Self::Case(case) => (Ask::Case, found(case.as_ref(), |case| case.tell(&mut facts))),
            Self::Office(office) => (Ask::Office, found(office.as_ref(), |office| office.tell(&mut facts))),
            Self::Inquiry(inquiry) => {
                (Ask::Inquiry, found(inquiry.as_ref(), |inquiry| inquiry.tell(&mut facts)))
            }
            Self::Verified(true) => {
                facts.set("verified", true);
                (Ask::Verify, "yes")
            }
            Self::Verified(false) => (Ask::Verify, "no"),
            Self::Windows(windows) => {
                for (name, window) in ["window_1", "window_2", "window_3"].into_iter().zip(windows) {
                    facts.set(name, json(window));
                }
                let count = i64::try_from(windows.len().min(3)).unwrap_or(3);
                if count > 0 {
                    facts.set("windows", count);
                }
                (Ask::Windows, if count > 0 { "some" } else { "none" })
            }
            Self::Moved(window) => {
                (Ask::MoveCallback, done(window.as_ref(), "promise_window", "done", &mut facts))
            }
            Self::Cancelled(done) => (Ask::CancelCallback, if *done { "done" } else { "refused" }),
            Self::Promised(window) => {
                (Ask::OfferCallback, done(window.as_ref(), "callback_window", "promised", &mut facts))
            }
            Self::Reached => (Ask::Enqueue, "reached"),
            Self::QueueClosed => (Ask::Enqueue, "closed"),
            Self::Talked => (Ask::Connect, "ended"),
            Self::NotConnected => (Ask::Connect, "failed"),
        };
        (ask, outcome, facts)
    }
}

fn found<T>(found: Option<&T>, tell: impl FnOnce(&T)) -> &'static str {
    if let Some(found) = found {
        tell(found);
        "found"
    } else {
        "none"
    }
}

fn done(window: Option<&Window>, fact: &str, good: &'static str, facts: &mut Facts) -> &'static str {
    if let Some(window) = window {
        facts.set(fact, json(window));
        good
    } else {
        "refused"
    }
}

/// The name under which serde writes one of a set.
fn word<T: Serialize>(value: &T) -> String {
    json(value).trim_matches('"').to_owned()
}

impl LineNow {
    fn tell(&self, facts: &mut Facts) {
        facts.set("open", self.closed.is_none());
        facts.set("closed_because", self.closed.as_ref().map_or_else(|| "open".to_owned(), word));
        facts.set("callback_offered", self.callback_offered);
        facts.set("announced", self.announcement.is_some());
        if let Some((at, zone)) = &self.opens_at {
            facts.set("opens_at", moment_text(*at, zone));
        }
        tell_wait(self.wait, facts);
        if let Some(announcement) = &self.announcement {
            facts.set("announcement", announcement.as_str());
        }
    }
}

/// A wait as a band; one beyond a day is no estimate.
pub(crate) fn tell_wait(wait: Option<(u16, u16)>, facts: &mut Facts) {
    if let Some((from, to)) = wait.filter(|(from, to)| from <= to && *to <= 1440) {
        facts.set("wait_from", i64::from(from));
        facts.set("wait_to", i64::from(to));
    }
}

impl CaseTold {
    fn tell(&self, facts: &mut Facts) {
        facts.set("case_form", self.form.as_str());
        facts.set("case_state", word(&self.state));
        facts.set("case_title", self.title.as_str());
        facts.set("case_meaning", self.meaning.as_str());
        facts.set("case_updated", self.updated.to_string());
        if let Some(received) = self.received {
            facts.set("case_received", received.to_string());
        }
        if let Some(next) = &self.next {
            facts.set("case_next", next.as_str());
        }
        facts.set(
            "case_ask",
            match self.asks {
                Asks::Unknown => "unknown",
                Asks::From(_) => "from",
                Asks::Now => "now",
            },
        );
        if let Asks::From(day) = self.asks {
            facts.set("case_ask_from", day.to_string());
        }
    }
}

impl OfficeTold {
    /// An office by its calendar.
    pub fn by(
        name: &str,
        address: String,
        calendar: &BusinessCalendar,
        approximate: bool,
        now: Timestamp,
    ) -> Self {
        let open = calendar.is_open(now);
        let opens_at = if open { None } else { calendar.next_open(now, HORIZON_DAYS) };
        let hours = calendar.hours.version(calendar.zone.date(now)).map(|version| version.week.clone());
        Self {
            name: name.to_owned(),
            address,
            hours: hours.unwrap_or_default(),
            open,
            opens_at: opens_at.map(|at| (at, calendar.zone.clone())),
            approximate,
        }
    }

    fn tell(&self, facts: &mut Facts) {
        facts.set("office_name", self.name.as_str());
        facts.set("office_address", self.address.as_str());
        facts.set("office_hours", json(&self.hours));
        facts.set("office_open", self.open);
        facts.set("office_approximate", self.approximate);
        if let Some((at, zone)) = &self.opens_at {
            facts.set("office_opens_at", moment_text(*at, zone));
        }
    }
}

impl InquiryTold {
    fn tell(&self, facts: &mut Facts) {
        facts.set("inquiry_stage", self.stage);
        facts.set("may_move", self.may_move);
        facts.set("call_missed", self.missed);
        match &self.owed {
            Owed::Nothing => facts.set("promise", "none"),
            Owed::Callback(window) => {
                facts.set("promise", "callback");
                facts.set("promise_window", json(window));
            }
            Owed::Appointment { at, zone, office } => {
                facts.set("promise", "appointment");
                facts.set("promise_at", moment_text(*at, zone));
                facts.set("promise_office", office.as_str());
            }
        }
    }
}
