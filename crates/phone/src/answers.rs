//! What the agency answers when the line asks: the desk's reads and acts, told as the line wants them.

use desk::{Caller, Desk, DeskError, Who};
use domain::{
    change::IdempotencyKey,
    inquiry::Inquiry,
    number::InquiryNumber,
    pace::{Limits, Turn},
    text::Lang,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use line::{Answer, CaseTold, InquiryTold, LineNow, Query};
use pack::Zip;

/// The most windows that are offered at once.
const WINDOWS: usize = 3;
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
    Ok(Some(match query {
        Query::Line => Answer::Line(LineNow::by(&desk.pack().line().calendar, now)),
        Query::Case(number) => {
            let seen = desk.look_up_case(number, now).await?;
            Answer::Case(seen.map(|seen| CaseTold::of(&seen.case, lang)))
        }
        Query::Office(zip) => {
            let found = zip.parse::<Zip>().ok().and_then(|zip| desk.pack().office_for_zip(zip));
            Answer::Office(found.map(|found| found.office.told(found.approximate, now)))
        }
        Query::Inquiry(number) => {
            let told = inquiry(desk, *number).await?.map(|inquiry| {
                let office = inquiry.appointment().and_then(|a| desk.pack().office(&a.office));
                let moves = desk.pack().line().visits.reschedule_at_most;
                InquiryTold::of(&inquiry, office.map(|office| office.name.as_str()), moves)
            });
            Answer::Inquiry(told)
        }
        Query::Verify(number, born) => {
            Answer::Verified(desk.prove_person(*number, born, now).await?.is_some())
        }
        Query::Windows(number) => {
            let Some(inquiry) = inquiry(desk, *number).await? else {
                return Ok(Some(Answer::Windows(Vec::new())));
            };
            let offers = desk.windows(&inquiry, now, WINDOWS).await?;
            Answer::Windows(offers.into_iter().map(|offer| offer.window).collect())
        }
        Query::MoveCallback(..)
        | Query::CancelCallback(_)
        | Query::OfferCallback
        | Query::Enqueue(_)
        | Query::Connect => return Ok(None),
    }))
}

/// What the desk answers to a caller: reads, and what the verified person does with their own callback. The key names what is
/// asked in this call, so that it is done once. `None` to what takes a person or a place in line.
///
/// # Errors
/// When the store or the case source fails.
pub async fn answer(
    desk: &Desk,
    key: IdempotencyKey,
    query: &Query,
    lang: &Lang,
    now: Timestamp,
) -> Result<Option<Answer>, NoAnswer> {
    match query {
        // A birthday is one of some 25,000: whoever may try as often as they like gets in.
        Query::Verify(number, _) if !may_try(desk, *number, now).await? => Ok(Some(Answer::Verified(false))),
        Query::MoveCallback(number, window) => {
            let Some(found) = inquiry(desk, *number).await? else { return Ok(Some(Answer::Moved(None))) };
            let caller = Caller::new(Who::Person(found.id), key, now);
            match desk.move_callback(&caller, found.id, window.start).await {
                Ok(moved) => {
                    Ok(Some(Answer::Moved(moved.callback().map(|callback| callback.window.clone()))))
                }
                Err(error) => refused(error).map(|()| Some(Answer::Moved(None))),
            }
        }
        Query::CancelCallback(number) => {
            let Some(found) = inquiry(desk, *number).await? else {
                return Ok(Some(Answer::Cancelled(false)));
            };
            let caller = Caller::new(Who::Person(found.id), key, now);
            match desk.cancel_callback(&caller, found.id).await {
                Ok(_) => Ok(Some(Answer::Cancelled(true))),
                Err(error) => refused(error).map(|()| Some(Answer::Cancelled(false))),
            }
        }
        _ => read(desk, query, lang, now).await,
    }
}

/// What the rules refuse is an answer; what fails is none.
fn refused(error: DeskError) -> Result<(), NoAnswer> {
    match error {
        DeskError::Refused(_) | DeskError::NoPlace(_) | DeskError::NotFound | DeskError::Contended => Ok(()),
        error => Err(error.into()),
    }
}

async fn inquiry(desk: &Desk, number: InquiryNumber) -> Result<Option<Inquiry>, NoAnswer> {
    Ok(desk.store().inquiry_numbered(number).await?)
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
