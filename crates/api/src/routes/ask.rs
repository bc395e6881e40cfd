//! A person asks, and is nobody known yet: their own program sends what the form would, or asks for a fresh link.

use super::requests;
use crate::{
    Api,
    answer::{json, mark},
    dto::{
        asked::NewRequest,
        public::{Filed, LinkAsked},
    },
    limits::up,
    open::{Filing, Question},
    problem::{self, Fault, Problem},
    sent::{self, Json},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use desk::{Done, Looked, Misfit, What, Who, Worked};
use serde::Deserialize;
use utoipa::IntoParams;

/// The header in which work is sent that was asked for.
const WORK: &str = "Anteroom-Work";
/// More than anything that is given and found together.
const LONGEST_WORK: usize = 100;

/// What is sent of work that was asked for first.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it describes a header, which is read by hand")]
pub(crate) struct WorkSent {
    /// Where the answer before was `work-first`: what was given there, a semicolon, and the number that was found.
    #[serde(rename = "Anteroom-Work")]
    #[param(
        nullable = false,
        pattern = "^[0-9a-f.]{1,70};[0-9]{1,20}$",
        example = "6a0f1c2b.16.00112233445566778899aabbccddeeff;48213"
    )]
    work: Option<String>,
}

/// What the header says: what was given, and what was found. Nothing where there is none, or an empty one.
fn worked(headers: &HeaderMap) -> Result<Worked<'_>, Problem> {
    let mut sent = headers.get_all(WORK).iter();
    let Some(first) = sent.next() else { return Ok(Worked::default()) };
    let bad = || {
        Problem::at(
            problem::BAD_HEADER,
            WORK,
            "send what was given, a semicolon, and the number that was found",
        )
    };
    let text = first.to_str().ok().filter(|text| text.len() <= LONGEST_WORK).ok_or_else(bad)?;
    if text.is_empty() && sent.next().is_none() {
        return Ok(Worked::default());
    }
    let (given, found) = text.split_once(';').ok_or_else(bad)?;
    let plain = |text: &str, most: usize, is: fn(u8) -> bool| {
        (1..=most).contains(&text.len()) && text.bytes().all(is)
    };
    let good = plain(given, 70, |b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'.'))
        && plain(found, 20, |b| b.is_ascii_digit());
    if !good || sent.next().is_some() {
        return Err(bad());
    }
    Ok(Worked { given, found })
}

/// What does not fit, each with its place in the body.
fn faults(misfits: &[Misfit]) -> Vec<Fault> {
    let fault = |misfit: &Misfit| match misfit {
        Misfit::Born => Fault { at: "/born".to_owned(), says: "nobody is born on that day".to_owned() },
        Misfit::Answer(code) => Fault {
            at: format!("/answers/{code}"),
            says: "the reason asks this; see /public/reasons for what fits".to_owned(),
        },
        Misfit::Wish(n) => Fault {
            at: format!("/preferred/{n}/date"),
            says: "a day after today, no further away than visits are booked".to_owned(),
        },
    };
    misfits.iter().map(fault).collect()
}

/// Ask for an in-person meeting
///
/// What the form asks, with the same checks, and confirmed in the same way: the number comes in this answer, and in a message to the
/// person. Who has an open inquiry for the same reason gets a fresh link to it instead (`already-live`), sent to the contact on
/// record. While far more requests come than usual, there is work to do first (`work-first`): find a number with which the SHA-256 of
/// `given`, a point and that number begins with `bits` zero bits, and send the same command again, under the same key, with it; or wait
/// a minute and send `0`.
#[utoipa::path(
    post, path = "/public/requests", operation_id = "fileRequest", tag = "Public", security(()), params(WorkSent),
    request_body = NewRequest, responses((status = 201, description = "It has come in.", body = Filed))
)]
pub(crate) async fn file(
    State(api): State<Api>,
    headers: HeaderMap,
    filing: Filing<Json<NewRequest>>,
) -> Result<Response, Problem> {
    let (now, desk) = (filing.by.now, &api.desk);
    let mut ask = requests::read(desk.pack(), &filing.body.0, now)?;
    let wrong = desk.misfits(&ask, now);
    if !wrong.is_empty() {
        return Err(Problem::with(problem::ANSWER_NOT_TAKEN, faults(&wrong)));
    }
    ask.reach = desk.as_offered(ask.reach);
    if !filing.repeated {
        let subject = filing.caller.key.as_str();
        let looked = desk.look(What::Request, subject, filing.by.from(), worked(&headers)?, now).await;
        match looked.map_err(|wait| Problem::too_many(up(wait).max(1)))? {
            Looked::Passes => {}
            Looked::Works { given, bits } => return Err(Problem::work_first(given, bits)),
        }
        filing.by.tries(&api, "request", api.options.open_rates.request)?;
    }
    let received = desk.request_meeting(&filing.caller, &ask).await?;
    let kept = sent::answered(&api, &filing.caller).await?;
    let done = Done::in_answer(&kept.answer).ok_or(problem::BROKEN)?;
    let due = kept.answer["due"].as_str().and_then(|due| due.parse().ok());
    let filed = Filed::of(desk, &received.inquiry, &done, due, &api.options.public_url);
    let mut response = json(StatusCode::CREATED, &filed);
    mark(&mut response, filing.repeated);
    Ok(response)
}

/// Ask for a fresh link to one's inquiry
///
/// It goes to the contact on record, whoever asked, and opens the person's page. The answer is the same whether there is such an
/// inquiry or not, and takes as long; one link goes out in an hour.
#[utoipa::path(
    post, path = "/public/link", operation_id = "askLink", tag = "Public", security(()), request_body = LinkAsked,
    responses((status = 202, description = "If there is such an inquiry, a link is on its way to its person."))
)]
pub(crate) async fn link(
    State(api): State<Api>,
    asked: Question<Json<LinkAsked>>,
) -> Result<Response, Problem> {
    asked.by.tries(&api, "link", api.options.open_rates.link)?;
    // Digits that do not fit together are nobody's number, and are told so at once: that is no secret.
    let number = asked.body.0.number.as_str().parse().map_err(|_| {
        Problem::at(
            problem::ANSWER_NOT_TAKEN,
            "/number",
            "these digits are no inquiry number: one of them is wrong",
        )
    })?;
    api.desk.may_ask_link(number, asked.by.now).map_err(|wait| Problem::too_many(up(wait).max(1)))?;
    let key = domain::change::IdempotencyKey::of("open-link", api.desk.dice().token());
    let caller = desk::Caller::new(Who::Anyone, key, asked.by.now);
    api.desk.resend_link(&caller, number).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
