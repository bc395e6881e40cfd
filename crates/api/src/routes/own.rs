//! What a person does with their own inquiry, by a token that its number and their date of birth gave them: what their page does.

use super::{inquiries::place, requests};
use crate::{
    Api,
    answer::{json, mark, read, tag},
    dto::{
        inquiry::{Receipt, WindowShown},
        lists::{Some200, WindowList, WindowOffered},
        own::{
            AccessAsked, AccessGiven, AgreeCalls, AgreeTexts, AskReview, ChoosePost, ChooseWindow,
            CorrectRecorded, OwnNotices, OwnPlace, OwnPlaces, OwnShown, OwnStory, TakePlace, WishEarlier,
        },
    },
    limits::up,
    open::Question,
    person::{Own, Person},
    problem::{self, Problem},
    sent::{Act, Json, Nothing, Query},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use desk::Desk;
use domain::{
    inquiry::{Correction, Home, Inquiry, Stage},
    number::InquiryNumber,
    person::Name,
    pii::Pii,
};
use jiff::Timestamp;

/// Get a token for one's own inquiry
///
/// By its number and the person's date of birth, as on the page that opens it, and as often: tries are counted by address, and
/// by number on both together. The answer to a wrong pair says nothing of what was wrong. The token is good for an hour.
#[utoipa::path(
    post, path = "/public/access", operation_id = "getAccess", tag = "Own inquiry", security(()),
    request_body = AccessAsked, responses((status = 201, description = "There it is.", body = AccessGiven))
)]
pub(crate) async fn access(
    State(api): State<Api>,
    asked: Question<Json<AccessAsked>>,
) -> Result<Response, Problem> {
    asked.by.tries(&api, "proof", api.options.open_rates.proof)?;
    let (said, now) = (asked.body.0, asked.by.now);
    let wrong = || {
        metrics::counter!("anteroom_sign_ins_failed_total", "door" => "person").increment(1);
        problem::NOT_PROVEN
    };
    // Digits that do not fit together are nobody's number.
    let number: InquiryNumber = said.number.as_str().parse().map_err(|_| wrong())?;
    api.desk.may_prove(number, now).map_err(|wait| Problem::too_many(up(wait).max(1)))?;
    let given = api.desk.begin_access(number, &Pii::new(said.born.0), now).await?.ok_or_else(wrong)?;
    let given = AccessGiven::of(given).ok_or(problem::BROKEN)?;
    Ok(json(StatusCode::CREATED, &given))
}

/// End the token
///
/// It opens nothing from this moment.
#[utoipa::path(
    delete, path = "/own/access", operation_id = "endAccess", tag = "Own inquiry", security(("own" = [])),
    responses((status = 204, description = "It is gone."))
)]
pub(crate) async fn end(State(api): State<Api>, act: Act<Own, Nothing>) -> Result<Response, Problem> {
    api.desk.end_pass(&act.caller, act.client.pass).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    mark(&mut response, act.repeated);
    Ok(response)
}

/// Read where one's own inquiry stands
///
/// What is promised, what is missing, what was decided and why. Reading it is journalled, once an hour.
#[utoipa::path(
    get, path = "/own", operation_id = "readOwn", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "The inquiry.", body = OwnShown))
)]
pub(crate) async fn inquiry(
    State(api): State<Api>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let shown = OwnShown::of(&api.desk, &person.inquiry, person.now);
    read(&headers, Some(tag(person.inquiry.version)), &shown)
}

/// Read how many come before it
#[utoipa::path(
    get, path = "/own/position", operation_id = "readOwnPosition", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "How many.", body = OwnPlace))
)]
pub(crate) async fn position(
    State(api): State<Api>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let waiting = match person.inquiry.stage {
        Stage::Review { .. } => api.desk.store().waiting(&person.inquiry).await?,
        _ => None,
    };
    let (before, all) = (waiting.map(|waiting| waiting.before), waiting.map(|waiting| waiting.all));
    read(&headers, None, &OwnPlace { before, all })
}

/// Read what happened, oldest first
#[utoipa::path(
    get, path = "/own/story", operation_id = "readOwnStory", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "The story.", body = OwnStory))
)]
pub(crate) async fn story(
    State(api): State<Api>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let entries = api.desk.store().story(person.inquiry.id).await?;
    read(&headers, None, &OwnStory::of(&entries))
}

/// List the messages to the person, oldest first
#[utoipa::path(
    get, path = "/own/notices", operation_id = "listOwnNotices", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "The messages.", body = OwnNotices))
)]
pub(crate) async fn notices(
    State(api): State<Api>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let notices = api.desk.store().notices(person.inquiry.id).await?;
    read(&headers, None, &OwnNotices::of(&api.desk, &notices))
}

/// List the windows in which a call could come
#[utoipa::path(
    get, path = "/own/windows", operation_id = "listOwnWindows", tag = "Own inquiry", security(("own" = [])),
    params(Some200), responses((status = 200, description = "The windows, in order.", body = WindowList))
)]
pub(crate) async fn windows(
    State(api): State<Api>,
    person: Person,
    Query(part): Query<Some200>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let limit = usize::try_from(part.limit.0).unwrap_or(usize::MAX);
    let offers = api.desk.windows(&person.inquiry, person.now, limit).await?;
    let windows = offers.iter().map(|offer| WindowOffered {
        start: offer.window.start,
        window: WindowShown::of(&offer.window),
        left: offer.left,
    });
    read(&headers, None, &WindowList { windows: windows.collect() })
}

/// List the places that the visit could have
///
/// Those it could move to, and those it could have again once it was lost. Where an office lets people choose their own time, that
/// is done on the page, by a link that was sent.
#[utoipa::path(
    get, path = "/own/places", operation_id = "listOwnPlaces", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "The places, in order of time.", body = OwnPlaces))
)]
pub(crate) async fn places(
    State(api): State<Api>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let inquiry = &person.inquiry;
    if inquiry.appointment().is_some() {
        inquiry.may_move_alone(api.desk.pack().line().visits.move_rules(), person.now)?;
    }
    let all = api.desk.places_to_choose(inquiry, person.now).await?;
    let places = all.iter().filter_map(|opening| {
        let zone = api.desk.pack().office(&opening.office)?.zone();
        Some(place(opening, zone, Vec::new()))
    });
    read(&headers, None, &OwnPlaces { places: places.collect() })
}

/// Choose when the call comes
///
/// It moves the promised call; it promises one where none could be kept, or instead of the visit of a day that was closed.
#[utoipa::path(
    post, path = "/own/callback", operation_id = "chooseOwnWindow", tag = "Own inquiry", security(("own" = [])),
    request_body = ChooseWindow, responses((status = 200, description = "It is promised for then.", body = Receipt))
)]
pub(crate) async fn call(
    State(api): State<Api>,
    act: Act<Own, Json<ChooseWindow>>,
) -> Result<Response, Problem> {
    let (on, start) = (act.own(), act.body.0.start.0);
    let did = if on.may_choose_window() {
        api.desk.promise_callback(&act.caller, on.id, start, None).await
    } else if on.may_choose_after_closing(act.caller.now).is_some() {
        api.desk.call_instead(&act.caller, on.id, start).await
    } else {
        // Sent again after it was done, the stage has moved on; the desk then answers as before.
        api.desk.move_callback(&act.caller, on.id, start).await
    };
    act.done(&api, &on, did).await
}

/// Give the promised call back
#[utoipa::path(
    post, path = "/own/callback/cancel", operation_id = "cancelOwnCallback", tag = "Own inquiry",
    security(("own" = [])), responses((status = 200, description = "It is given back.", body = Receipt))
)]
pub(crate) async fn cancel_call(State(api): State<Api>, act: Act<Own, Nothing>) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.cancel_callback(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Choose when the visit is
///
/// One of the places that are listed, with its pool. It moves the visit there is; the new place is taken before the old is given
/// back.
#[utoipa::path(
    post, path = "/own/appointment", operation_id = "chooseOwnPlace", tag = "Own inquiry", security(("own" = [])),
    request_body = TakePlace, responses((status = 200, description = "It is booked.", body = Receipt))
)]
pub(crate) async fn visit(
    State(api): State<Api>,
    act: Act<Own, Json<TakePlace>>,
) -> Result<Response, Problem> {
    let on = act.own();
    let (start, pool) = (act.body.0.start.0, act.body.0.pool.into());
    let did = match on.appointment() {
        Some(visit) => api.desk.move_appointment(&act.caller, on.id, &visit.office, start, pool).await,
        None => api.desk.take_again(&act.caller, on.id, start, pool).await,
    };
    act.done(&api, &on, did).await
}

/// Cancel the visit
#[utoipa::path(
    post, path = "/own/appointment/cancel", operation_id = "cancelOwnAppointment", tag = "Own inquiry",
    security(("own" = [])), responses((status = 200, description = "It is cancelled.", body = Receipt))
)]
pub(crate) async fn cancel_visit(
    State(api): State<Api>,
    act: Act<Own, Nothing>,
) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.cancel_appointment(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say that one comes
#[utoipa::path(
    post, path = "/own/appointment/confirm", operation_id = "confirmOwnVisit", tag = "Own inquiry",
    security(("own" = [])), responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn confirm(State(api): State<Api>, act: Act<Own, Nothing>) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.confirm_visit(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Keep the place that was given for a day that was closed
#[utoipa::path(
    post, path = "/own/appointment/keep", operation_id = "keepOwnPlace", tag = "Own inquiry",
    security(("own" = [])), responses((status = 200, description = "It is kept.", body = Receipt))
)]
pub(crate) async fn keep(State(api): State<Api>, act: Act<Own, Nothing>) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.keep_new_place(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say that the missing papers are there
#[utoipa::path(
    post, path = "/own/papers/complete", operation_id = "ownPapersComplete", tag = "Own inquiry",
    security(("own" = [])), responses((status = 200, description = "The inquiry is back at its place.", body = Receipt))
)]
pub(crate) async fn papers(State(api): State<Api>, act: Act<Own, Nothing>) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.papers_complete(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Ask for an earlier visit
#[utoipa::path(
    post, path = "/own/earlier", operation_id = "askEarlier", tag = "Own inquiry", security(("own" = [])),
    request_body = WishEarlier, responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn earlier(
    State(api): State<Api>,
    act: Act<Own, Json<WishEarlier>>,
) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.ask_earlier(&act.caller, on.id, &act.body.0.wish()?, None).await;
    act.done(&api, &on, did).await
}

/// Ask for it no longer
#[utoipa::path(
    post, path = "/own/earlier/stop", operation_id = "stopEarlier", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn stop_earlier(
    State(api): State<Api>,
    act: Act<Own, Nothing>,
) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.stop_earlier(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Take the earlier place that is offered
#[utoipa::path(
    post, path = "/own/earlier/take", operation_id = "takeEarlier", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "It is booked.", body = Receipt))
)]
pub(crate) async fn take_earlier(
    State(api): State<Api>,
    act: Act<Own, Nothing>,
) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.take_earlier(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Leave the earlier place that is offered
#[utoipa::path(
    post, path = "/own/earlier/leave", operation_id = "leaveEarlier", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "It goes to somebody else.", body = Receipt))
)]
pub(crate) async fn leave_earlier(
    State(api): State<Api>,
    act: Act<Own, Nothing>,
) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.decline_earlier(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}

/// Say whether text messages may come
///
/// There is nothing here where the agency sends none.
#[utoipa::path(
    post, path = "/own/texts", operation_id = "agreeTexts", tag = "Own inquiry", security(("own" = [])),
    request_body = AgreeTexts, responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn texts(
    State(api): State<Api>,
    act: Act<Own, Json<AgreeTexts>>,
) -> Result<Response, Problem> {
    let on = act.own();
    if !api.desk.offers_texts() {
        return Err(problem::NOT_FOUND.into());
    }
    let did = api.desk.agree_texts(&act.caller, on.id, act.body.0.agreed).await;
    act.done(&api, &on, did).await
}

/// Say whether an automated voice may call
///
/// It does when nothing that is written reaches them. There is nothing here where no calls go out.
#[utoipa::path(
    post, path = "/own/calls", operation_id = "agreeCalls", tag = "Own inquiry", security(("own" = [])),
    request_body = AgreeCalls, responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn calls(
    State(api): State<Api>,
    act: Act<Own, Json<AgreeCalls>>,
) -> Result<Response, Problem> {
    let on = act.own();
    if !api.desk.offers_calls() {
        return Err(problem::NOT_FOUND.into());
    }
    let did = api.desk.agree_calls(&act.caller, on.id, act.body.0.agreed).await;
    act.done(&api, &on, did).await
}

/// Say where letters go
///
/// There is nothing here where the agency sends none.
#[utoipa::path(
    post, path = "/own/post", operation_id = "choosePost", tag = "Own inquiry", security(("own" = [])),
    request_body = ChoosePost, responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn post(
    State(api): State<Api>,
    act: Act<Own, Json<ChoosePost>>,
) -> Result<Response, Problem> {
    let on = act.own();
    if !api.desk.offers_post() {
        return Err(problem::NOT_FOUND.into());
    }
    let to = match &act.body.0.to {
        Some(to) => Some(Pii::new(requests::post(to, "/to")?)),
        None => None,
    };
    let did = api.desk.choose_post(&act.caller, on.id, to).await;
    act.done(&api, &on, did).await
}

/// Correct what is recorded of the person
///
/// Their name, how they are reached, and in which language. A telephone number or an e-mail address that is no more is told so, and links that went
/// out before open nothing any more.
#[utoipa::path(
    post, path = "/own/correct", operation_id = "correctRecorded", tag = "Own inquiry", security(("own" = [])),
    request_body = CorrectRecorded, responses((status = 200, description = "It is noted.", body = Receipt))
)]
pub(crate) async fn correct(
    State(api): State<Api>,
    act: Act<Own, Json<CorrectRecorded>>,
) -> Result<Response, Problem> {
    let on = act.own();
    let correction = correction(&api.desk, &on, &act.body.0, "/lang", act.caller.now)?;
    let did = api.desk.correct_recorded(&act.caller, on.id, &correction, None).await;
    act.done(&api, &on, did).await
}

/// How it should read, in the desk's own words; `at` is where the body says the language.
pub(super) fn correction(
    desk: &Desk,
    on: &Inquiry,
    said: &CorrectRecorded,
    at: &str,
    when: Timestamp,
) -> Result<Correction, Problem> {
    let preferred = said.preferred.as_deref().map(requests::preferred);
    let mut wishes = preferred.iter().flatten().enumerate();
    if let Some((n, _)) = wishes.find(|(_, wish)| wish.date.is_some_and(|day| !desk.may_wish(day, when))) {
        let says = "a day after today, no further away than visits are booked";
        let within = at.strip_suffix("/lang").unwrap_or_default();
        return Err(Problem::at(problem::ANSWER_NOT_TAKEN, format!("{within}/preferred/{n}/date"), says));
    }
    let (reach, now) = (&on.reach, Correction::of(on));
    let lang = match &said.lang {
        Some(lang) => requests::language(desk.pack(), lang.as_str(), at)?,
        // A program that says none leaves it.
        None => reach.lang.clone(),
    };
    Ok(Correction {
        lang,
        name: Name {
            given: said.name.given.as_str().trim().into(),
            family: said.name.family.as_str().trim().into(),
        },
        phone: said.phone.as_str().parse().map_err(|_| Problem::from(problem::WRONG_SHAPE))?,
        email: said.email.as_ref().map(|email| email.as_str().into()),
        call_hours: said.call_hours.as_ref().map(|text| text.as_str().into()),
        phrase: said.phrase.as_str().trim().into(),
        say_who_calls: said.say_who_calls,
        no_message: said.no_message.unwrap_or(reach.no_message),
        discreet: match &said.discreet {
            Some(ways) => ways.iter().map(|way| (*way).into()).collect(),
            None => reach.discreet.clone(),
        },
        relay: said.relay,
        interpreter: said.interpreter.as_ref().map(|line| line.as_str().trim().to_owned()),
        accommodation: said.accommodation.as_ref().map(|text| text.as_str().into()),
        // The desk knows which office follows.
        home: match &said.zip {
            Some(zip) => Home { zip: zip.as_str().into(), ..now.home },
            None => now.home,
        },
        preferred: preferred.unwrap_or(now.preferred),
        representative: match &said.representative {
            Some(acting) => acting.by.as_ref().map(requests::representative),
            None => now.representative,
        },
    })
}

/// Ask for a review of what was decided
///
/// Somebody else than who decided looks at it again, once for each decision, by the day that the inquiry then says. Until when it can be
/// asked for is in `review_until`.
#[utoipa::path(
    post, path = "/own/review", operation_id = "askReview", tag = "Own inquiry", security(("own" = [])),
    request_body = AskReview, responses((status = 200, description = "It is in the officers' list.", body = Receipt))
)]
pub(crate) async fn review(
    State(api): State<Api>,
    act: Act<Own, Json<AskReview>>,
) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.ask_review(&act.caller, on.id, act.body.0.why.as_str()).await;
    act.done(&api, &on, did).await
}

/// Withdraw the inquiry
#[utoipa::path(
    post, path = "/own/withdraw", operation_id = "withdraw", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "It is closed.", body = Receipt))
)]
pub(crate) async fn withdraw(State(api): State<Api>, act: Act<Own, Nothing>) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.withdraw(&act.caller, on.id).await;
    act.done(&api, &on, did).await
}
