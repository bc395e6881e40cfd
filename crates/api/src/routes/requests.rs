//! A request for an in-person meeting, taken by a program for a person.

use super::own;
use crate::{
    answer::{json, mark, tag},
    client::{Ask, Room, Work},
    dto::{
        asked::{Acting, NewRequest, Post, Preferred, Reach as ReachSaid},
        inquiry::{Receipt, ReceivedShown},
        own::{NoteCorrection, NoteProof},
    },
    problem::{self, Fault, Problem},
    routes::Number,
    scalar::{Code, Line},
    sent::{Act, Json},
};
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use desk::{
    Done,
    acts::{CorrectProof, RequestMeeting},
};
use domain::{
    calendar::Zone,
    codes::ItemCode,
    inquiry::{Channel, Request},
    person::{Name, PostAddress, Reach, Representative},
    pii::Pii,
    slots::PreferredTime,
    text::Lang,
};
use pack::{NumberFault, Pack, Reason};
use std::collections::BTreeMap;

/// Take a request for an in-person meeting
///
/// The serving office and the urgency come from the agency's own rules. When the person has an open inquiry for the same
/// reason, nothing is taken (`already-live`), and a fresh link to it goes to the address on record.
#[utoipa::path(
    post, path = "/inquiries", operation_id = "requestMeeting", tag = "Requests", security(("token" = ["request"])),
    request_body = NewRequest,
    responses((status = 201, description = "It is taken.", body = ReceivedShown,
        headers(("Location" = String, description = "The inquiry."), ("ETag" = String, description = "Its version."))))
)]
pub(crate) async fn request(Room(api): Room, act: Act<Ask, Json<NewRequest>>) -> Result<Response, Problem> {
    let ask = read(api.desk.pack(), &act.body.0, act.caller.now)?;
    let received = api.desk.request_meeting(&act.caller, &ask).await?;
    let kept = act.answered(&api).await?;
    let done = Done::in_answer(&kept.answer).ok_or(problem::BROKEN)?;
    // Signed as of the first contact, so that a repeat says the same.
    let token = api.desk.links().sign(received.inquiry.id, received.inquiry.opened);
    let number = done.number.digits();
    let body = ReceivedShown {
        inquiry: number.clone(),
        version: done.version,
        link: format!("{}/go/{token}", api.options.public_url),
    };
    let mut response = json(StatusCode::CREATED, &body);
    if let Ok(at) = HeaderValue::from_str(&format!("/api/v1/inquiries/{number}")) {
        response.headers_mut().insert(header::LOCATION, at);
    }
    response.headers_mut().insert(header::ETAG, tag(done.version));
    mark(&mut response, act.repeated);
    Ok(response)
}

/// Correct what is recorded of a person, on their word
///
/// They said so to a member of staff, who has made sure who they are and says how it was said. A telephone number or an e-mail address that is no
/// more is told so, and links that went out before open nothing any more.
#[utoipa::path(
    post, path = "/inquiries/{number}/correct", operation_id = "noteCorrection", tag = "Requests",
    security(("token" = ["work"])), params(Number), request_body = NoteCorrection,
    responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn correct(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<NoteCorrection>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let NoteCorrection { recorded, said } = &act.body.0;
    let correction = own::correction(&api.desk, &on, recorded, "/recorded/lang", act.caller.now)?;
    let did = api.desk.correct_recorded(&act.caller, on.id, &correction, Some((*said).into())).await;
    act.done(&api, &on, did).await
}

/// Correct what somebody proves themselves by
///
/// They have shown a member of staff who they are, who says how, and what was wrong. With the date of birth and the number the person opens
/// their inquiry: what is recorded is told to nobody, and the journal has neither value. It counts for everything that they have asked.
#[utoipa::path(
    post, path = "/inquiries/{number}/proof", operation_id = "noteProof", tag = "Requests",
    security(("token" = ["work"])), params(Number), request_body = NoteProof,
    responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn proof(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<NoteProof>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let said = &act.body.0;
    if said.born.is_some_and(|born| !api.desk.is_birthday(born.0, act.caller.now)) {
        return Err(Problem::at(problem::ANSWER_NOT_TAKEN, "/born", "nobody is born on that day"));
    }
    let reads = CorrectProof {
        born: said.born.map(|born| Pii::new(born.0)),
        file_number: file_number(api.desk.pack(), said.file_number.as_ref())?,
        said: said.said.into(),
        because: said.because.as_str().to_owned(),
    };
    let did = Box::pin(api.desk.correct_proof(&act.caller, on.id, &reads)).await;
    act.done(&api, &on, did).await
}

/// The agency's number for the person, as it compares.
fn file_number(pack: &Pack, said: Option<&Line>) -> Result<Option<Pii<String>>, Problem> {
    let (Some(said), Some(number)) = (said, &pack.agency().person_number) else { return Ok(None) };
    let read = number.read(said.as_str());
    let read = read.map_err(|why| Problem::at(problem::ANSWER_NOT_TAKEN, "/file_number", why.to_string()))?;
    Ok(Some(Pii::new(read)))
}

fn pii(line: Option<&Line>) -> Option<Pii<String>> {
    line.map(|line| line.as_str().into())
}

/// The request in the desk's own words.
pub(super) fn read(pack: &Pack, said: &NewRequest, now: jiff::Timestamp) -> Result<RequestMeeting, Problem> {
    let refused = |at: &str| Problem::at(problem::BAD_JSON, at, "this cannot be read");
    if said.born.0 > now.to_zoned(jiff::tz::TimeZone::UTC).date().tomorrow().unwrap_or(said.born.0) {
        return Err(Problem::at(problem::BORN_AHEAD, "/born", "a date of birth lies in the past"));
    }
    // An unknown reason is the desk's to refuse.
    let reason_code = said.reason.as_str().parse().map_err(|_| refused("/reason"))?;
    let reason = pack.open_reason(&reason_code);
    let (answers, papers) = match reason {
        Some(reason) => (answers(reason, said)?, papers(reason, &said.papers)?),
        None => (BTreeMap::new(), Vec::new()),
    };
    Ok(RequestMeeting {
        reason: reason_code,
        zip: said.zip.as_str().parse().map_err(|_| refused("/zip"))?,
        name: Name {
            given: said.name.given.as_str().trim().into(),
            family: said.name.family.as_str().trim().into(),
        },
        born: Pii::new(said.born.0),
        file_number: file_number(pack, said.file_number.as_ref())?,
        receipt: match &said.receipt {
            Some(receipt) => {
                let read = pack.agency().case_number.read(receipt.as_str());
                let wrong =
                    |why: NumberFault| Problem::at(problem::ANSWER_NOT_TAKEN, "/receipt", why.to_string());
                Some(read.map_err(wrong)?.number)
            }
            None => None,
        },
        request: Request {
            channel: Channel::Api,
            words: said.words.as_str().into(),
            answers: Pii::new(answers),
            papers,
            preferred: preferred(&said.preferred),
            call_hours: said.call_hours.as_ref().map(|hours| hours.as_str().into()),
            representative: said.representative.as_ref().map(representative),
        },
        zone_chosen: said.reach.zone.is_some(),
        reach: reach(pack, &said.reach)?,
        draft_token: None,
    })
}

/// Times that would suit the person.
pub(super) fn preferred(said: &[Preferred]) -> Vec<PreferredTime> {
    let wish = |wish: &Preferred| PreferredTime {
        date: wish.date.map(|day| day.0),
        weekday: wish.weekday.map(Into::into),
        part: wish.part.map(Into::into),
        words: None,
    };
    said.iter().map(wish).collect()
}

/// Somebody who acts for the person.
pub(super) fn representative(said: &Acting) -> Representative {
    Representative {
        name: said.name.as_str().into(),
        organisation: pii(said.organisation.as_ref()),
        on_file: said.on_file,
    }
}

/// A postal address that was said at a place of the body.
pub(super) fn post(said: &Post, at: &str) -> Result<PostAddress, Problem> {
    let unit = said.unit.as_ref().map_or("", |unit| unit.as_str());
    let (street, city, state) = (said.street.as_str(), said.city.as_str(), said.state.as_str());
    let address = PostAddress::new(street, unit, city, state, said.zip.as_str());
    let says = "lines of at most 46 characters, and a state of two letters";
    address.ok_or_else(|| Problem::at(problem::ANSWER_NOT_TAKEN, at, says))
}

/// One of the agency's languages, said at a place of the body.
pub(crate) fn language(pack: &Pack, said: &str, at: &str) -> Result<Lang, Problem> {
    let lang: Option<Lang> = said.parse().ok();
    lang.filter(|lang| pack.languages().contains(lang)).ok_or_else(|| {
        let all: Vec<&str> = pack.languages().iter().map(Lang::as_str).collect();
        Problem::at(problem::LANGUAGE, at, format!("one of {}", all.join(", ")))
    })
}

fn reach(pack: &Pack, said: &ReachSaid) -> Result<Reach, Problem> {
    let lang = language(pack, said.lang.as_str(), "/reach/lang")?;
    let zone = match &said.zone {
        Some(name) => name.as_str(),
        // The serving office's zone takes its place.
        None => "UTC",
    };
    let zone: Zone = zone
        .parse()
        .map_err(|_| Problem::at(problem::ZONE, "/reach/zone", "an IANA name such as America/New_York"))?;
    Ok(Reach {
        lang,
        phone: said.phone.as_str().parse().map_err(|_| Problem::from(problem::WRONG_SHAPE))?,
        email: said.email.as_ref().map(|email| email.as_str().into()),
        texts: said.texts,
        calls: said.calls,
        post: match &said.post {
            None => None,
            Some(to) => Some(Pii::new(post(to, "/reach/post")?)),
        },
        zone,
        say_who_calls: said.say_who_calls,
        no_message: said.no_message,
        discreet: said.discreet.iter().map(|way| (*way).into()).collect(),
        relay: said.relay,
        interpreter: said.interpreter.as_ref().map(|line| line.as_str().trim().to_owned()),
        accommodation: said.accommodation.as_ref().map(|text| text.as_str().into()),
        phrase: said.phrase.as_str().trim().into(),
    })
}

/// The answers, each checked against the reason's own question.
fn answers(reason: &Reason, said: &NewRequest) -> Result<BTreeMap<String, serde_json::Value>, Problem> {
    let mut faults = Vec::new();
    let mut answers = BTreeMap::new();
    for (code, value) in &said.answers.0 {
        let at = format!("/answers/{code}");
        let Some(question) = reason.questions.iter().find(|question| question.code == *code) else {
            faults.push(Fault { at, says: "the reason asks no such question".to_owned() });
            continue;
        };
        // A whole number may be written 5.0.
        let whole = value.as_f64().filter(|n| value.is_f64() && n.abs() < 9e15);
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and far from the ends")]
        let value = whole.map_or_else(|| value.clone(), |n| (n as i64).into());
        match question.from_json(&value) {
            Ok(answer) => {
                answers.insert(code.clone(), serde_json::to_value(answer).unwrap_or_default());
            }
            Err(why) => faults.push(Fault { at, says: why.to_string() }),
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(Problem::with(problem::ANSWER_NOT_TAKEN, faults)) }
}

fn papers(reason: &Reason, said: &[Code]) -> Result<Vec<ItemCode>, Problem> {
    said.iter()
        .enumerate()
        .map(|(n, code)| {
            let item = reason.items().find(|item| item.code.as_str() == code.as_str());
            item.map(|item| item.code.clone()).ok_or_else(|| {
                let says = "the reason's checklist has no such item";
                Problem::at(problem::ANSWER_NOT_TAKEN, format!("/papers/{n}"), says)
            })
        })
        .collect()
}
