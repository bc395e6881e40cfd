//! An inquiry as its own person sees it, and what they say.

use crate::{
    dto::{
        agency::OfficeShown,
        asked::{Acting, FullName, Post, Preferred},
        inquiry::{AppointmentShown, DecisionShown, Moment, ReviewShown, TextsShown, WindowShown, texts},
        lists::PlaceShown,
        notices::NoticeShown,
        reach::ReachShown,
        said::{PoolChoice, SaidChoice, WrittenWay},
    },
    problem::{self, Problem},
    scalar::{Day, Email, InquiryDigits, Line, NoticeHours, Phone, Sentence, When, ZipCode, maybe_few},
};
use desk::{Desk, acts::NewPass};
use domain::{
    actor::Actor,
    earlier::Wish,
    inquiry::{Inquiry, Stage},
    journal::Written,
    notice::{Delivery, Notice},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What proves that an inquiry is one's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessAsked {
    /// The number that the person carries.
    pub(crate) number: InquiryDigits,
    /// Their date of birth.
    pub(crate) born: Day,
}

/// A token for one inquiry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessGiven {
    /// Send it as `Authorization: Bearer …`. Nobody keeps it: who loses it asks for another.
    token: String,
    /// When it ends.
    #[schema(value_type = When)]
    until: Timestamp,
}

impl AccessGiven {
    /// None for a pass whose token nobody knows any more.
    pub(crate) fn of(pass: NewPass) -> Option<Self> {
        Some(Self { token: pass.token?, until: pass.until })
    }
}

/// The promised call.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnCall {
    window: WindowShown,
    /// From which number we call.
    #[schema(example = "1-800-555-0100")]
    from: String,
    /// Do we call now, or is the person on the line?
    calling: bool,
    /// While we call: the code that whoever calls can say, so that it is known to be us.
    #[schema(example = "K7PM3QX")]
    code: Option<String>,
    /// When we call next.
    #[schema(value_type = When)]
    next_attempt: Timestamp,
    /// How often we have called.
    #[schema(example = 1)]
    attempts: usize,
    /// How often it has moved at the person's wish.
    #[schema(example = 0)]
    moves: u8,
    /// When we broke the promise, if we did.
    #[schema(value_type = Option<When>)]
    broken_at: Option<Timestamp>,
}

/// A paper that is missing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperShown {
    #[schema(example = "passport")]
    code: String,
    /// What it is, by language.
    name: Option<TextsShown>,
    /// What to do to get it, by language.
    help: Option<TextsShown>,
}

/// An earlier time that is offered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EarlierOffer {
    #[schema(example = "LOS")]
    office: String,
    start: Moment,
    /// Until when it can be taken.
    #[schema(value_type = When)]
    until: Timestamp,
}

/// What the person said of coming earlier.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EarlierShown {
    /// The first day that suits.
    #[schema(value_type = Day)]
    from: Date,
    /// The last day that suits.
    #[schema(value_type = Day)]
    until: Date,
    /// How many hours before they need to know.
    #[schema(example = 24)]
    notice_hours: u16,
    /// What is offered now.
    offer: Option<EarlierOffer>,
}

/// An inquiry as its own person sees it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnShown {
    #[schema(example = "48210936", pattern = "^[0-9]{8}$")]
    number: String,
    /// Its tag for `If-Match`.
    #[schema(example = 4)]
    version: u64,
    #[schema(example = "proof-of-status")]
    reason: String,
    /// The office that serves the person.
    office: Option<OfficeShown>,
    #[schema(example = "promised")]
    stage: &'static str,
    #[schema(example = "regular")]
    urgency: &'static str,
    /// When the person first got in touch. This clock never restarts.
    #[schema(value_type = When)]
    opened: Timestamp,
    /// By when the next thing must happen; none while it is the person's turn.
    #[schema(value_type = Option<When>)]
    due: Option<Timestamp>,
    call: Option<OwnCall>,
    appointment: Option<AppointmentShown>,
    /// When the person said that they come.
    #[schema(value_type = Option<When>)]
    confirmed_at: Option<Timestamp>,
    /// When the office closed their day: until when they may choose something else.
    #[schema(value_type = Option<When>)]
    choose_until: Option<Timestamp>,
    /// The ticket of a person who has checked in.
    #[schema(example = "A007")]
    ticket: Option<String>,
    /// The counter that calls it.
    #[schema(example = "4")]
    counter: Option<String>,
    missing: Vec<PaperShown>,
    earlier: Option<EarlierShown>,
    /// How it ended, once it has.
    #[schema(example = "served")]
    closing: Option<&'static str>,
    /// What was decided, oldest first.
    decisions: Vec<DecisionShown>,
    /// The reviews that were asked for, oldest first.
    reviews: Vec<ReviewShown>,
    /// Until when a review of how it stands can be asked for; none where it cannot.
    #[schema(value_type = Option<When>)]
    review_until: Option<Timestamp>,
    reach: ReachShown,
}

impl OwnShown {
    pub(crate) fn of(desk: &Desk, inquiry: &Inquiry, now: Timestamp) -> Self {
        let pack = desk.pack();
        let reason = pack.reason(&inquiry.reason);
        let call = inquiry.callback().map(|callback| {
            // They rang: nobody calls them, and there is no code to be said.
            let calling = matches!(inquiry.stage, Stage::Calling { theirs: false, .. });
            OwnCall {
                window: WindowShown::of(&callback.window),
                from: pack.agency().phone.calls_from_shown.clone(),
                calling,
                code: calling.then(|| desk.links().next_call_mark(callback).to_string()),
                next_attempt: callback.next_attempt,
                attempts: callback.attempts.iter().filter(|attempt| !attempt.theirs).count(),
                moves: callback.moves,
                broken_at: callback.broken_at,
            }
        });
        let missing = match &inquiry.stage {
            Stage::Papers { missing, .. } => missing.as_slice(),
            _ => &[],
        };
        let (ticket, counter) = match &inquiry.stage {
            Stage::CheckedIn { ticket, called, .. } => {
                (Some(ticket.clone()), called.as_ref().map(|(counter, _)| counter.clone()))
            }
            _ => (None, None),
        };
        Self {
            number: inquiry.number.digits(),
            version: inquiry.version,
            reason: inquiry.reason.as_str().to_owned(),
            office: pack.office(&inquiry.office).map(OfficeShown::of),
            stage: inquiry.stage.as_str(),
            urgency: inquiry.urgency.as_str(),
            opened: inquiry.opened,
            due: inquiry.due(),
            call,
            appointment: inquiry.appointment().map(AppointmentShown::of),
            confirmed_at: inquiry.appointment().and_then(|visit| visit.confirmed),
            choose_until: inquiry.may_choose_after_closing(now).map(|day| day.until),
            ticket,
            counter,
            missing: missing
                .iter()
                .map(|code| {
                    let item = reason.and_then(|reason| reason.items().find(|item| item.code == *code));
                    PaperShown {
                        code: code.as_str().to_owned(),
                        name: item.map(|item| texts(&item.name)),
                        help: item.map(|item| texts(&item.help)),
                    }
                })
                .collect(),
            earlier: inquiry.earlier.as_ref().map(|earlier| EarlierShown {
                from: earlier.wish.from,
                until: earlier.wish.until,
                notice_hours: earlier.wish.notice_hours,
                offer: inquiry.offer().map(|offer| EarlierOffer {
                    office: offer.opening.office.as_str().to_owned(),
                    start: Moment::of(offer.opening.start, &offer.zone),
                    until: offer.until,
                }),
            }),
            closing: match inquiry.stage {
                Stage::Closed { closing, .. } => Some(closing.as_str()),
                _ => None,
            },
            decisions: inquiry.decisions.iter().map(DecisionShown::for_person).collect(),
            reviews: ReviewShown::all(inquiry),
            review_until: desk.may_ask_review(inquiry, now),
            reach: ReachShown::of(&inquiry.reach),
        }
    }
}

/// How many of the list that the inquiry waits in come before it; neither when it waits in none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnPlace {
    #[schema(example = 12)]
    pub(crate) before: Option<u64>,
    #[schema(example = 40)]
    pub(crate) all: Option<u64>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnEntry {
    #[schema(value_type = When)]
    at: Timestamp,
    /// What, by its stable name.
    #[schema(example = "callback-promised")]
    act: String,
    /// `person`, `delegate` or `agency`.
    #[schema(example = "agency")]
    by: &'static str,
}

/// What happened, oldest first, as far as it is about the person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnStory {
    entries: Vec<OwnEntry>,
}

impl OwnStory {
    pub(crate) fn of(entries: &[Written]) -> Self {
        let told = entries.iter().filter(|written| written.entry.happened.is_for_person());
        let entries = told.map(|written| OwnEntry {
            at: written.at,
            act: written.entry.happened.act(),
            by: match written.actor {
                Actor::Person => "person",
                Actor::Delegate { .. } => "delegate",
                Actor::Staff { .. } | Actor::System { .. } => "agency",
            },
        });
        Self { entries: entries.collect() }
    }
}

/// A message to the person.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnNotice {
    #[serde(flatten)]
    notice: NoticeShown,
    /// The code that stands on it, once it has gone out.
    #[schema(example = "K7PM3QX")]
    code: Option<String>,
}

/// The messages, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnNotices {
    notices: Vec<OwnNotice>,
}

impl OwnNotices {
    pub(crate) fn of(desk: &Desk, notices: &[Notice]) -> Self {
        let notices = notices.iter().map(|notice| OwnNotice {
            notice: NoticeShown::for_person(notice),
            code: matches!(notice.delivery, Delivery::Sent { .. })
                .then(|| desk.links().mark_of(notice).to_string()),
        });
        Self { notices: notices.collect() }
    }
}

/// The places that the person can take, in order of time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnPlaces {
    pub(crate) places: Vec<PlaceShown>,
}

/// In which window the call is to come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChooseWindow {
    /// The start of one of the windows that are offered.
    pub(crate) start: When,
}

/// Which place the visit is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TakePlace {
    /// The start of one of the places that are offered, and its pool.
    pub(crate) start: When,
    pub(crate) pool: PoolChoice,
}

/// On which days the person could come earlier.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WishEarlier {
    /// The first.
    pub(crate) from: Day,
    /// The last, itself included.
    pub(crate) until: Day,
    pub(crate) notice_hours: NoticeHours,
}

impl WishEarlier {
    /// What is wished, if its days are in order.
    pub(crate) fn wish(&self) -> Result<Wish, Problem> {
        let (from, until) = (self.from.0, self.until.0);
        if until < from {
            let says = "the last day is not before the first";
            return Err(Problem::at(problem::ANSWER_NOT_TAKEN, "/until", says));
        }
        Ok(Wish { from, until, notice_hours: self.notice_hours.0 })
    }
}

/// On which days somebody could come earlier, and how they said so.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteEarlier {
    /// The days.
    pub(crate) wish: WishEarlier,
    pub(crate) said: SaidChoice,
}

/// How what is recorded should read, and how the person said so.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteCorrection {
    /// All of it.
    pub(crate) recorded: CorrectRecorded,
    pub(crate) said: SaidChoice,
}

/// Whether text messages may come.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgreeTexts {
    pub(crate) agreed: bool,
}

/// Whether an automated voice may call.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgreeCalls {
    pub(crate) agreed: bool,
}

/// Where letters go.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChoosePost {
    /// Without it none are sent.
    pub(crate) to: Option<Post>,
}

/// Why what was decided should be looked at again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AskReview {
    pub(crate) why: Sentence,
}

/// What is recorded of the person, as it should read. All of it: what is not said is taken away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectRecorded {
    pub(crate) name: FullName,
    pub(crate) phone: Phone,
    /// Where e-mail goes.
    pub(crate) email: Option<Email>,
    /// The language in which the person is written and spoken to, one of the agency's. Left out, it stays.
    #[schema(example = "es")]
    pub(crate) lang: Option<Line>,
    /// When the person can take a call, in their words.
    #[schema(example = "After four in the afternoon")]
    pub(crate) call_hours: Option<Sentence>,
    /// The phrase the officer will say.
    #[schema(example = "blue river")]
    pub(crate) phrase: Line,
    /// May the officer say who is calling to whoever picks up?
    #[serde(default)]
    pub(crate) say_who_calls: bool,
    /// Must nothing be left on a machine that answers? Then no automated voice calls either. Left out, it stays.
    pub(crate) no_message: Option<bool>,
    /// The ways of writing by which nothing may say what it is about. Left out, they stay.
    #[serde(default, deserialize_with = "maybe_few::<_, _, 0, 3>")]
    #[schema(max_items = 3)]
    pub(crate) discreet: Option<Vec<WrittenWay>>,
    /// Does the call come through a relay service?
    #[serde(default)]
    pub(crate) relay: bool,
    /// The language of an interpreter, in words.
    #[schema(example = "Haitian Creole")]
    pub(crate) interpreter: Option<Line>,
    /// What the person needs at the office or on the phone.
    pub(crate) accommodation: Option<Sentence>,
    /// Where the person lives: the office that serves it follows, and what is promised stays as it is. Left out, it stays.
    pub(crate) zip: Option<ZipCode>,
    /// Times that would suit the person for a visit, best first. Left out, they stay.
    #[serde(default, deserialize_with = "maybe_few::<_, _, 0, 3>")]
    #[schema(max_items = 3)]
    pub(crate) preferred: Option<Vec<Preferred>>,
    /// Who acts for the person. Left out, it stays.
    pub(crate) representative: Option<Represented>,
}

/// Who acts for the person now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Represented {
    /// Without it nobody does.
    pub(crate) by: Option<Acting>,
}

/// What somebody proves themselves by, as it should read, and on what it is corrected.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteProof {
    /// The date of birth. Left out, it stays.
    pub(crate) born: Option<Day>,
    /// The agency's own number for the person. Left out, it stays.
    #[schema(example = "A000000001")]
    pub(crate) file_number: Option<Line>,
    /// How they showed who they are.
    pub(crate) said: SaidChoice,
    /// What they showed, and what was wrong.
    pub(crate) because: Sentence,
}
