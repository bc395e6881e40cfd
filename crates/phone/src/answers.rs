//! What the agency answers when the line asks: the desk's reads and acts, told as the line wants them.

use crate::record::About;
use desk::{Caller, Desk, DeskError, Outlook, Who};
use domain::{
    calendar::windows::Window,
    change::IdempotencyKey,
    codes::QueueCode,
    ids::InquiryId,
    inquiry::Inquiry,
    line_notice,
    number::InquiryNumber,
    pace::{Limits, Turn},
    phone::PhoneNumber,
    remembered::Accommodation,
    text::Lang,
    wait::{Standing, WaitingCaller},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use line::{Answer, Asks, CaseTold, InquiryTold, LineNow, OwedHere, Query};
use pack::Zip;

/// The most windows that are offered at once.
const WINDOWS: usize = 3;
/// How long a window for calling back is when nobody can say how long it takes.
const WINDOW: SignedDuration = SignedDuration::from_hours(2);
/// So many dates of birth may be tried for one inquiry in a day, by all callers together.
const TRIES: u32 = 10;

/// Why there is no answer. The caller hears that something does not work, and is led to a person.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    /// The desk failed.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// An answer, and what the exchange learns by it.
#[derive(Debug)]
pub struct Answered {
    /// What the line is told.
    pub answer: Answer,
    /// The inquiry that the call is about since.
    pub about: Option<About>,
    /// What its person needs; told only once the caller has shown that it is theirs.
    pub needs: Accommodation,
    /// The inquiry about which the number that rings was called in vain.
    pub rung: Option<InquiryId>,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self { answer, about: None, needs: Accommodation::None, rung: None }
    }
}

/// What the desk answers by reading; `None` to what changes something or takes a person.
///
/// # Errors
/// When the store or the case source fails.
pub async fn read(
    desk: &Desk,
    query: &Query,
    lang: &Lang,
    now: Timestamp,
) -> Result<Option<Answer>, NoAnswer> {
    let outlook = match query {
        Query::Line => desk.outlook(None, now).await?,
        _ => Outlook::default(),
    };
    Ok(look(desk, &outlook, query, lang, now).await?.map(|answered| answered.answer))
}

/// The line as a caller in this language finds it.
pub fn line_now(desk: &Desk, outlook: &Outlook, lang: &Lang, now: Timestamp) -> LineNow {
    let calendar = desk.hours_for(lang);
    let mut line = LineNow::under(&calendar, &outlook.notices, lang, now);
    if let Some(ahead) = outlook.ahead(lang) {
        // Where nobody is let into the queue that callers reach, the line is closed for them.
        if let Some(closed) = line_notice::queue_closed(&outlook.notices, &ahead.queue, now) {
            line.closes(&calendar, closed.ends());
        }
        let minutes = |minutes: u32| u16::try_from(minutes).unwrap_or(u16::MAX);
        line.wait = ahead.likely.band.map(|band| (minutes(band.least), minutes(band.most)));
        line.callback_offered = ahead.offers_callback;
    }
    line
}

/// Is nobody let into this queue now?
pub(crate) fn is_closed(
    desk: &Desk,
    outlook: &Outlook,
    (queue, lang): (&QueueCode, &Lang),
    now: Timestamp,
) -> bool {
    let own = desk.pack().line().hours_of(queue, lang);
    line_now(desk, outlook, lang, now).closed.is_some()
        || LineNow::under(&own, &outlook.notices, lang, now).closed.is_some()
        || line_notice::queue_closed(&outlook.notices, queue, now).is_some()
}

async fn look(
    desk: &Desk,
    outlook: &Outlook,
    query: &Query,
    lang: &Lang,
    now: Timestamp,
) -> Result<Option<Answered>, NoAnswer> {
    let answer = match query {
        Query::Line => Answer::Line(line_now(desk, outlook, lang, now)),
        Query::Case(number) => {
            let seen = desk.look_up_case(number, now).await?;
            Answer::Case(seen.map(|seen| {
                // The same words as on the page of its status, and the same day.
                let words = desk.words().tongue(lang);
                let next = seen.next();
                let today = desk.pack().line().calendar.zone.date(now);
                let asks = Asks::by(next.and_then(|next| next.ask_from(&seen.case)), today);
                let next = next.map(|next| words.say_of("public-next", next.step.as_str()));
                CaseTold::of(&seen.case, lang, next, asks)
            }))
        }
        Query::Office(zip) => {
            let found = zip.parse::<Zip>().ok().and_then(|zip| desk.pack().office_for_zip(zip));
            Answer::Office(found.map(|found| found.office.told(found.approximate, now)))
        }
        Query::Inquiry(number) => {
            let Some(inquiry) = inquiry(desk, *number).await? else {
                return Ok(Some(Answer::Inquiry(None).into()));
            };
            let office = inquiry.appointment().and_then(|a| desk.pack().office(&a.office));
            let moves = desk.pack().line().visits.reschedule_at_most;
            let told = InquiryTold::of(&inquiry, office.map(|office| office.name.as_str()), moves);
            return Ok(Some(Answered {
                about: Some(about(&inquiry, false)),
                ..Answer::Inquiry(Some(told)).into()
            }));
        }
        Query::Verify(number, born) => {
            let proved = desk.prove_person(*number, born, now).await?.is_some();
            let inquiry = if proved { inquiry(desk, *number).await? } else { None };
            return Ok(Some(Answered {
                about: inquiry.as_ref().map(|inquiry| about(inquiry, true)),
                needs: inquiry.as_ref().map(|found| Accommodation::of(&found.reach)).unwrap_or_default(),
                ..Answer::Verified(proved).into()
            }));
        }
        // Nobody rings from a number here: the exchange looks for what is owed to it.
        Query::Owed => Answer::Owed(None),
        Query::Windows(number) => {
            let Some(inquiry) = inquiry(desk, *number).await? else {
                return Ok(Some(Answer::Windows(Vec::new()).into()));
            };
            let offers = desk.windows(&inquiry, now, WINDOWS).await?;
            Answer::Windows(offers.into_iter().map(|offer| offer.window).collect())
        }
        Query::MoveCallback(..)
        | Query::CancelCallback(_)
        | Query::OfferCallback
        | Query::Enqueue(_)
        | Query::Connect => return Ok(None),
    };
    Ok(Some(answer.into()))
}

const fn about(inquiry: &Inquiry, proved: bool) -> About {
    About { inquiry: inquiry.id, person: inquiry.person, proved }
}

/// What the desk answers to a caller: reads, and what the verified person does with their own callback. The key names what is
/// asked in this call, so that it is done once. `None` to what takes a person or a place in line.
///
/// # Errors
/// When the store or the case source fails.
pub async fn answer(
    desk: &Desk,
    outlook: &Outlook,
    key: IdempotencyKey,
    query: &Query,
    lang: &Lang,
    now: Timestamp,
) -> Result<Option<Answered>, NoAnswer> {
    match query {
        // Said a moment ago, heard now.
        Query::Line => {
            let outlook = Outlook { notices: desk.line_notices(now).await, ..outlook.clone() };
            look(desk, &outlook, query, lang, now).await
        }
        // A birthday is one of some 25,000: whoever may try as often as they like gets in.
        Query::Verify(number, _) if !may_try(desk, *number, now).await? => {
            Ok(Some(Answer::Verified(false).into()))
        }
        Query::MoveCallback(number, window) => {
            let Some(found) = inquiry(desk, *number).await? else {
                return Ok(Some(Answer::Moved(None).into()));
            };
            let caller = Caller::new(Who::Person(found.id), key, now);
            match desk.move_callback(&caller, found.id, window.start).await {
                Ok(moved) => {
                    let window = moved.callback().map(|callback| callback.window.clone());
                    Ok(Some(Answer::Moved(window).into()))
                }
                Err(error) => refused(error).map(|()| Some(Answer::Moved(None).into())),
            }
        }
        Query::CancelCallback(number) => {
            let Some(found) = inquiry(desk, *number).await? else {
                return Ok(Some(Answer::Cancelled(false).into()));
            };
            let caller = Caller::new(Who::Person(found.id), key, now);
            match desk.cancel_callback(&caller, found.id).await {
                Ok(_) => Ok(Some(Answer::Cancelled(true).into())),
                Err(error) => refused(error).map(|()| Some(Answer::Cancelled(false).into())),
            }
        }
        _ => look(desk, outlook, query, lang, now).await,
    }
}

/// What waits for whoever rings from this number: whether, not about what.
///
/// # Errors
/// When the store fails.
pub async fn owed(desk: &Desk, number: &PhoneNumber) -> Result<Answered, NoAnswer> {
    let owes = desk.owes(number).await?;
    let here = if owes.missed() { Some(OwedHere::Call) } else { owes.place.map(|_| OwedHere::Place) };
    Ok(Answered { rung: owes.call, ..Answer::Owed(here).into() })
}

/// When whoever keeps a place is likely called: as the estimate says, or within two hours of when operators answer and the
/// person can be called.
pub fn window(
    desk: &Desk,
    outlook: &Outlook,
    standings: &[Standing],
    wait: &WaitingCaller,
    now: Timestamp,
) -> Option<Window> {
    let zone = wait.zone.clone().unwrap_or_else(|| desk.pack().line().calendar.zone.clone());
    let after = |from: Timestamp, by: SignedDuration| from.saturating_add(by).unwrap_or(from);
    let band = standings.iter().find(|standing| standing.caller == wait.id).and_then(|s| s.band);
    let minutes = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
    let (least, most) =
        band.map_or((SignedDuration::ZERO, WINDOW), |band| (minutes(band.least), minutes(band.most)));
    let closed = line_now(desk, outlook, &wait.lang, now);
    let soonest = match closed.closed {
        Some(_) => closed.opens_at?.0,
        None => after(now, least),
    };
    let start = desk.may_call_from(wait, soonest)?;
    if closed.closed.is_some() || start > soonest {
        return Some(Window { start, end: after(start, WINDOW), zone });
    }
    Some(Window { start, end: after(now, most.max(least + minutes(30))), zone })
}

/// What the rules refuse is an answer; what fails is none.
fn refused(error: DeskError) -> Result<(), NoAnswer> {
    match error {
        DeskError::Refused(_) | DeskError::NoPlace(_) | DeskError::NotFound | DeskError::Contended => Ok(()),
        error => Err(error.into()),
    }
}

async fn inquiry(desk: &Desk, number: InquiryNumber) -> Result<Option<Inquiry>, NoAnswer> {
    // Of what was erased the line has nothing to tell.
    Ok(desk.store().inquiry_numbered(number).await?.filter(|inquiry| inquiry.erased.is_none()))
}

/// Takes a try. They are counted in the store, so that hanging up, or calling another node, gives no more of them. For a number
/// that nobody has nothing is counted: the answer is no in any case.
async fn may_try(desk: &Desk, number: InquiryNumber, now: Timestamp) -> Result<bool, NoAnswer> {
    if inquiry(desk, number).await?.is_none() {
        return Ok(false);
    }
    let limits = Limits { per_second: 1, burst: TRIES, per_day: TRIES, zone: TimeZone::UTC };
    let name = format!("verify:{}", desk::token_hash(&number.to_string()));
    let turn = desk.store().take_turn(&name, &limits, now, SignedDuration::ZERO).await?;
    Ok(matches!(turn, Turn::At(_)))
}
