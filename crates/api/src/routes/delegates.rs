//! Who may act for the person of an inquiry: listed, named and ended, by a program of the person's or on their word.

use crate::{
    Api,
    answer::read,
    client::{Read, Room, With, Work},
    dto::{
        delegates::{
            DelegateList, EndDelegate, NameDelegate, NoteDelegate, NoteDelegateEnd, NoteDelegateLink,
            RenewDelegate,
        },
        inquiry::Receipt,
    },
    person::{Own, Person},
    problem::Problem,
    routes::Number,
    sent::{Act, Json},
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

/// List who may act for oneself
///
/// Those who acted before as well.
#[utoipa::path(
    get, path = "/own/delegates", operation_id = "listOwnDelegates", tag = "Own inquiry", security(("own" = [])),
    responses((status = 200, description = "Who may.", body = DelegateList))
)]
pub(crate) async fn own_list(
    State(_): State<Api>,
    person: Person,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    read(&headers, None, &DelegateList::of(&person.inquiry))
}

/// Let somebody act for oneself
///
/// For whoever has a representative, where the agency lets them delegate. The delegate is sent a link of their own; it opens no more than was
/// given.
#[utoipa::path(
    post, path = "/own/delegates", operation_id = "nameDelegate", tag = "Own inquiry", security(("own" = [])),
    request_body = NameDelegate, responses((status = 200, description = "They may, and were sent their link.", body = Receipt))
)]
pub(crate) async fn own_name(
    State(api): State<Api>,
    act: Act<Own, Json<NameDelegate>>,
) -> Result<Response, Problem> {
    let on = act.own();
    let new = act.body.0.read(api.desk.pack(), &on.reach.lang, "")?;
    let did = api.desk.name_delegate(&act.caller, on.id, &new, None).await;
    act.done(&api, &on, did).await
}

/// Let them act no more
///
/// Their link, and every page that it opened, opens nothing from this moment.
#[utoipa::path(
    post, path = "/own/delegates/end", operation_id = "endDelegate", tag = "Own inquiry", security(("own" = [])),
    request_body = EndDelegate, responses((status = 200, description = "They do not act any more.", body = Receipt))
)]
pub(crate) async fn own_end(
    State(api): State<Api>,
    act: Act<Own, Json<EndDelegate>>,
) -> Result<Response, Problem> {
    let on = act.own();
    let did = api.desk.end_delegate(&act.caller, on.id, act.body.0.nth, None).await;
    act.done(&api, &on, did).await
}

/// Send them a new link
///
/// What the link that they had opened is shut from this moment. At most once in an hour.
#[utoipa::path(
    post, path = "/own/delegates/link", operation_id = "renewDelegate", tag = "Own inquiry", security(("own" = [])),
    request_body = RenewDelegate, responses((status = 200, description = "They were sent it.", body = Receipt))
)]
pub(crate) async fn own_renew(
    State(api): State<Api>,
    act: Act<Own, Json<RenewDelegate>>,
) -> Result<Response, Problem> {
    let on = act.own();
    let RenewDelegate { nth, last_day } = &act.body.0;
    let last_day = last_day.as_ref().map(|day| day.0);
    let did = Box::pin(api.desk.renew_delegate(&act.caller, on.id, *nth, last_day, None)).await;
    act.done(&api, &on, did).await
}

/// List who may act for the person of an inquiry
#[utoipa::path(
    get, path = "/inquiries/{number}/delegates", operation_id = "listDelegates", tag = "Inquiries",
    security(("token" = ["read"])), params(Number),
    responses((status = 200, description = "Who may.", body = DelegateList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Read>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let found = client.open(&api, &number).await?;
    read(&headers, None, &DelegateList::of(&found))
}

/// Let somebody act for the person, on their word or their representative's
///
/// Said to a member of staff, who has made sure who it was and says how it was said. The delegate is sent a link, and the person is told.
#[utoipa::path(
    post, path = "/inquiries/{number}/delegates", operation_id = "noteDelegate", tag = "Requests",
    security(("token" = ["work"])), params(Number), request_body = NoteDelegate,
    responses((status = 200, description = "They may, and were sent their link.", body = Receipt))
)]
pub(crate) async fn name(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<NoteDelegate>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let NoteDelegate { delegate, word } = &act.body.0;
    let new = delegate.read(api.desk.pack(), &on.reach.lang, "/delegate")?;
    let did = api.desk.name_delegate(&act.caller, on.id, &new, Some((*word).into())).await;
    act.done(&api, &on, did).await
}

/// Let them act no more, on the person's word or their representative's
#[utoipa::path(
    post, path = "/inquiries/{number}/delegates/end", operation_id = "noteDelegateEnd", tag = "Requests",
    security(("token" = ["work"])), params(Number), request_body = NoteDelegateEnd,
    responses((status = 200, description = "They do not act any more.", body = Receipt))
)]
pub(crate) async fn end(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<NoteDelegateEnd>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let NoteDelegateEnd { nth, word } = act.body.0;
    let did = api.desk.end_delegate(&act.caller, on.id, nth, Some(word.into())).await;
    act.done(&api, &on, did).await
}

/// Send them a new link, on the person's word or their representative's
///
/// What the link that they had opened is shut from this moment. At most once in an hour.
#[utoipa::path(
    post, path = "/inquiries/{number}/delegates/link", operation_id = "noteDelegateLink", tag = "Requests",
    security(("token" = ["work"])), params(Number), request_body = NoteDelegateLink,
    responses((status = 200, description = "They were sent it.", body = Receipt))
)]
pub(crate) async fn renew(
    Room(api): Room,
    Path(number): Path<String>,
    act: Act<Work, Json<NoteDelegateLink>>,
) -> Result<Response, Problem> {
    let on = act.on(&api, &number).await?;
    let NoteDelegateLink { nth, last_day, word } = &act.body.0;
    let last_day = last_day.as_ref().map(|day| day.0);
    let did =
        Box::pin(api.desk.renew_delegate(&act.caller, on.id, *nth, last_day, Some((*word).into()))).await;
    act.done(&api, &on, did).await
}
