//! An inquiry as programs see it: what its reader's roles do not need is not in it.

use super::reach::ReachShown;
use crate::scalar::{Id, When};
use domain::{
    access::{Action, can},
    actor::{Actor, Staff},
    appointment::Appointment,
    calendar::{Zone, windows::Window},
    decision::{Decision, Outcome},
    inquiry::{Inquiry, ReviewState, Stage},
    pii::Pii,
    text::Text,
};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// An instant, and the same by the clock of the zone in which it was promised.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Moment {
    /// The instant, in UTC.
    #[schema(value_type = When)]
    at: Timestamp,
    /// The same by the clock of the zone, with its offset.
    #[schema(format = "date-time", example = "2026-12-03T10:00:00-08:00")]
    local: String,
    /// The zone's IANA name.
    #[schema(example = "America/Los_Angeles")]
    zone: String,
}

impl Moment {
    pub(crate) fn of(at: Timestamp, zone: &Zone) -> Self {
        let local = at.to_zoned(zone.tz().clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        Self { at, local, zone: zone.name().to_owned() }
    }

    pub(crate) fn utc(at: Timestamp) -> Self {
        Self { at, local: at.to_string(), zone: "UTC".to_owned() }
    }
}

/// A window in which a call is promised. Its end is not part of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct WindowShown {
    from: Moment,
    until: Moment,
}

impl WindowShown {
    pub(crate) fn of(window: &Window) -> Self {
        Self { from: Moment::of(window.start, &window.zone), until: Moment::of(window.end, &window.zone) }
    }
}

/// What an act did. The same act under the same key is answered the same, whatever has happened since.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Receipt {
    /// Which inquiry, by the number its person carries.
    #[schema(example = "48210936", pattern = "^[0-9]{8}$")]
    pub(crate) inquiry: String,
    /// The version it has since: its tag for `If-Match`.
    #[schema(example = 4)]
    pub(crate) version: u64,
    /// The stage it is at since.
    #[schema(example = "promised")]
    pub(crate) stage: String,
    /// The window that is promised since.
    pub(crate) window: Option<WindowShown>,
    /// The appointment that stands since.
    pub(crate) appointment: Option<ReceiptAppointment>,
    /// The ticket of a person who has checked in.
    #[schema(example = "A007")]
    pub(crate) ticket: Option<String>,
}

/// Which appointment.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReceiptAppointment {
    #[schema(value_type = Id)]
    pub(crate) id: Uuid,
    #[schema(example = "LOS")]
    pub(crate) office: String,
    pub(crate) start: Moment,
}

/// What came of a request.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReceivedShown {
    /// The number the person carries.
    #[schema(example = "48210936", pattern = "^[0-9]{8}$")]
    pub(crate) inquiry: String,
    #[schema(example = 1)]
    pub(crate) version: u64,
    /// The address of the person's own page. It opens the page without a sign-in: it is for the person only.
    #[schema(example = "https://help.agency.example/go/019a9f3c")]
    pub(crate) link: String,
}

/// A person's name, as they write it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct NameShown {
    #[schema(example = "Ana")]
    pub(crate) given: String,
    #[schema(example = "Example")]
    pub(crate) family: String,
}

impl NameShown {
    pub(crate) fn of(inquiry: &Inquiry) -> Self {
        Self { given: inquiry.name.given.reveal().clone(), family: inquiry.name.family.reveal().clone() }
    }
}

/// A text by language.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!({ "en": "Bring your card.", "es": "Traiga su tarjeta." }))]
pub(crate) struct TextsShown(pub(crate) BTreeMap<String, String>);

pub(crate) fn texts(text: &Text) -> TextsShown {
    TextsShown(text.langs().map(|lang| (lang.as_str().to_owned(), text.in_lang(lang).to_owned())).collect())
}

/// Who did something.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct By {
    /// `person`, `delegate`, `staff` or `system`.
    #[schema(example = "staff")]
    who: &'static str,
    /// The name of the member of staff, or of the part of the system; the number of the delegate.
    #[schema(example = "M. Ortega")]
    name: Option<String>,
}

impl By {
    pub(crate) fn of(actor: &Actor) -> Self {
        match actor {
            Actor::Person => Self { who: "person", name: None },
            Actor::Delegate { nth } => Self { who: "delegate", name: Some(nth.to_string()) },
            Actor::Staff { name, .. } => Self { who: "staff", name: Some(name.clone()) },
            Actor::System { part } => Self { who: "system", name: Some(part.clone()) },
        }
    }
}

/// A decision: who decided what, by which rule.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct DecisionShown {
    /// `urgency`, `need` or `fit`.
    #[schema(example = "need")]
    kind: &'static str,
    /// What was decided: an urgency, a need; for a fit, whether it is the serving office.
    #[schema(example = "visit")]
    outcome: &'static str,
    by: By,
    #[schema(value_type = When)]
    at: Timestamp,
    /// The policy, its version and the row that fired.
    #[schema(example = "need@2026-11-01#judge-grant")]
    rule: String,
    /// SHA-256 of the policy's file.
    rule_hash: String,
    /// Why it differs from what was recommended.
    because: Option<String>,
    /// What the person reads, by language.
    sentence: TextsShown,
    /// What would change it, by language.
    change: Option<TextsShown>,
}

impl DecisionShown {
    fn of(decision: &Decision) -> Self {
        Self {
            kind: decision.outcome.kind().as_str(),
            outcome: match decision.outcome {
                Outcome::Urgency(urgency) => urgency.as_str(),
                Outcome::Need(need) => need.as_str(),
                Outcome::Fit { serving_office: true } => "serving-office",
                Outcome::Fit { serving_office: false } => "another-office",
            },
            by: By::of(&decision.by),
            at: decision.at,
            rule: format!("{}@{}#{}", decision.rule.policy, decision.rule.version, decision.rule.row),
            rule_hash: decision.rule.hash.clone(),
            because: decision.because.clone(),
            sentence: texts(&decision.sentence),
            change: decision.change.as_ref().map(texts),
        }
    }

    /// As the person reads it: who it was is no matter, nor what an officer wrote for colleagues.
    pub(crate) fn for_person(decision: &Decision) -> Self {
        let shown = Self::of(decision);
        Self { by: By { name: None, ..shown.by }, because: None, ..shown }
    }
}

/// A review that the person asked for of what was decided that they need.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReviewShown {
    /// `open`, `upheld`, `changed`, or `overtaken` when the inquiry ended before anybody had decided.
    #[schema(example = "open")]
    state: &'static str,
    /// Why they asked, in their words.
    why: String,
    #[schema(value_type = When)]
    asked: Timestamp,
    /// By when somebody else than who decided has decided on it.
    #[schema(value_type = When)]
    due: Timestamp,
    /// When that was done, or the inquiry ended.
    #[schema(value_type = Option<When>)]
    decided: Option<Timestamp>,
    /// Why, as the person reads it.
    because: Option<String>,
}

impl ReviewShown {
    /// Every review of the inquiry, oldest first.
    pub(crate) fn all(inquiry: &Inquiry) -> Vec<Self> {
        let reviews = inquiry.reviews.iter().map(|review| Self {
            state: review.state.as_str(),
            why: review.why.reveal().clone(),
            asked: review.asked,
            due: review.due,
            decided: match review.state {
                ReviewState::Open => None,
                ReviewState::Decided { at, .. } | ReviewState::Overtaken { at } => Some(at),
            },
            because: match review.state {
                ReviewState::Decided { decision, .. } => {
                    inquiry.decision(decision).and_then(|decision| decision.because.clone())
                }
                _ => None,
            },
        });
        reviews.collect()
    }
}

/// A promised call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CallbackShown {
    #[schema(value_type = Id)]
    id: Uuid,
    window: WindowShown,
    /// The officer who is to call; none when any on duty may.
    #[schema(value_type = Option<Id>)]
    officer: Option<Uuid>,
    /// When to dial next.
    #[schema(value_type = When)]
    next_attempt: Timestamp,
    /// How often it was tried.
    #[schema(example = 1)]
    attempts: usize,
    /// How often it has moved at the person's wish.
    #[schema(example = 0)]
    moves: u8,
    /// When the promise was found broken.
    #[schema(value_type = Option<When>)]
    broken_at: Option<Timestamp>,
}

/// A booked visit.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AppointmentShown {
    #[schema(value_type = Id)]
    id: Uuid,
    #[schema(example = "LOS")]
    office: String,
    #[schema(example = "counter")]
    service: String,
    start: Moment,
    end: Moment,
    #[schema(example = "officer")]
    pool: &'static str,
    /// How often it has moved at the person's wish.
    #[schema(example = 0)]
    moves: u8,
    /// What to bring, by language.
    bring: Vec<TextsShown>,
}

impl AppointmentShown {
    pub(crate) fn of(a: &Appointment) -> Self {
        Self {
            id: a.id.uuid(),
            office: a.office.as_str().to_owned(),
            service: a.service.as_str().to_owned(),
            start: Moment::of(a.start, &a.zone),
            end: Moment::of(a.end, &a.zone),
            pool: a.pool.as_str(),
            moves: a.moves,
            bring: a.bring.iter().map(|bring| texts(&bring.text)).collect(),
        }
    }
}

pub(super) fn own(text: Option<&Pii<String>>) -> Option<String> {
    text.map(|text| text.reveal().clone())
}

/// What the person asked for. Shown to those who work on inquiries of every office.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RequestShown {
    /// `web`, `phone`, `office` or `api`.
    #[schema(example = "api")]
    channel: &'static str,
    /// The matter in the person's words.
    words: String,
    /// The answers by the question's code.
    #[schema(value_type = BTreeMap<String, serde_json::Value>)]
    answers: BTreeMap<String, serde_json::Value>,
    /// The papers the person says they have.
    papers: Vec<String>,
    call_hours: Option<String>,
    #[schema(example = "90012")]
    zip: String,
    #[schema(example = "IOE9999999901")]
    receipt: Option<String>,
}

/// An inquiry: one person's one matter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct InquiryShown {
    #[schema(value_type = Id)]
    id: Uuid,
    /// The number the person carries.
    #[schema(example = "48210936", pattern = "^[0-9]{8}$")]
    number: String,
    /// Its tag for `If-Match`.
    #[schema(example = 4)]
    version: u64,
    #[schema(example = "proof-of-status")]
    reason: String,
    /// The office it belongs to.
    #[schema(example = "LOS")]
    office: String,
    #[schema(example = "regular")]
    urgency: &'static str,
    #[schema(example = "booked")]
    stage: &'static str,
    /// When the person first got in touch. This clock never restarts.
    #[schema(value_type = When)]
    opened: Timestamp,
    /// By when the next thing must happen.
    #[schema(value_type = Option<When>)]
    due: Option<Timestamp>,
    name: NameShown,
    callback: Option<CallbackShown>,
    appointment: Option<AppointmentShown>,
    /// The ticket of a person who has checked in.
    #[schema(example = "A007")]
    ticket: Option<String>,
    /// Papers that are missing, by code.
    missing: Vec<String>,
    /// How it ended, once it has.
    #[schema(example = "served")]
    closing: Option<&'static str>,
    decisions: Vec<DecisionShown>,
    /// The reviews that the person asked for, oldest first. Left out for those whose roles do not see inquiries of every office.
    reviews: Option<Vec<ReviewShown>>,
    /// How often a visit was missed.
    #[schema(example = 0)]
    missed_visits: usize,
    /// Left out for those whose roles neither promise calls nor make them.
    reach: Option<ReachShown>,
    /// Left out for those whose roles do not see inquiries of every office.
    request: Option<RequestShown>,
}

impl InquiryShown {
    /// The inquiry as this member of staff may see it.
    pub(crate) fn of(inquiry: &Inquiry, to: &Staff) -> Self {
        let office = inquiry.office_now();
        let may = |action| can(to, action, Some(office)).is_ok();
        let request = &inquiry.request;
        Self {
            id: inquiry.id.uuid(),
            number: inquiry.number.digits(),
            version: inquiry.version,
            reason: inquiry.reason.as_str().to_owned(),
            office: inquiry.office.as_str().to_owned(),
            urgency: inquiry.urgency.as_str(),
            stage: inquiry.stage.as_str(),
            opened: inquiry.opened,
            due: inquiry.due(),
            name: NameShown::of(inquiry),
            callback: inquiry.callback().map(|c| CallbackShown {
                id: c.id.uuid(),
                window: WindowShown::of(&c.window),
                officer: c.owner.map(domain::ids::StaffId::uuid),
                next_attempt: c.next_attempt,
                attempts: c.attempts.len(),
                moves: c.moves,
                broken_at: c.broken_at,
            }),
            appointment: inquiry.appointment().map(AppointmentShown::of),
            ticket: match &inquiry.stage {
                Stage::CheckedIn { ticket, .. } => Some(ticket.clone()),
                _ => None,
            },
            missing: match &inquiry.stage {
                Stage::Papers { missing, .. } => {
                    missing.iter().map(|item| item.as_str().to_owned()).collect()
                }
                _ => Vec::new(),
            },
            closing: match inquiry.stage {
                Stage::Closed { closing, .. } => Some(closing.as_str()),
                _ => None,
            },
            decisions: inquiry.decisions.iter().map(DecisionShown::of).collect(),
            reviews: may(Action::SeeInquiries).then(|| ReviewShown::all(inquiry)),
            missed_visits: inquiry.missed_visits(),
            reach: may(Action::PromiseCallback).then(|| ReachShown::of(&inquiry.reach)),
            request: may(Action::SeeInquiries).then(|| RequestShown {
                channel: channel(request.channel),
                words: request.words.reveal().clone(),
                answers: request.answers.reveal().clone(),
                papers: request.papers.iter().map(|item| item.as_str().to_owned()).collect(),
                call_hours: own(request.call_hours.as_ref()),
                zip: inquiry.zip.reveal().clone(),
                receipt: inquiry.receipt.as_ref().map(|r| r.as_str().to_owned()),
            }),
        }
    }
}

const fn channel(channel: domain::inquiry::Channel) -> &'static str {
    use domain::inquiry::Channel;
    match channel {
        Channel::Web => "web",
        Channel::Phone => "phone",
        Channel::Office => "office",
        Channel::Api => "api",
    }
}

/// A place that is held.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HeldShown {
    /// The hold: name it when booking.
    #[schema(value_type = Id)]
    pub(crate) held: Uuid,
    /// Until when.
    #[schema(value_type = When)]
    pub(crate) until: Timestamp,
}
