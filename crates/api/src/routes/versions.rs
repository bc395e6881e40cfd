//! Versions of policies and of the pack's files: read, drafted, judged, proposed. Approving one, and withdrawing one before its
//! day, ask for a fresh proof of who is at the keyboard, which no program can give.

use crate::{
    answer::{json, mark, read, tag},
    client::{Policies, Read, Room, With},
    dto::versions::{
        BeginDraft, DifferenceShown, DraftList, DraftShown, DraftWhole, JudgedShown, ProposeDraft,
        VersionList, VersionText, WriteDraft, subject,
    },
    problem::{self, Problem},
    sent::{Act, File, Json, Nothing},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use desk::{Caller, DeskError};
use domain::{
    access::Action,
    ids::RevisionId,
    revision::{Revision, Subject},
};

fn revision_of(id: &str) -> Result<RevisionId, Problem> {
    let id: crate::scalar::Id = id.parse().map_err(|()| problem::NOT_FOUND)?;
    Ok(RevisionId::from_uuid(id.0))
}

fn subject_of(slug: &str) -> Result<Subject, Problem> {
    Ok(subject(slug).ok_or(problem::NOT_FOUND)?)
}

/// List the versions of policies and of the pack's files
#[utoipa::path(
    get, path = "/versions", operation_id = "listVersions", tag = "Policies", security(("token" = ["read"])),
    responses((status = 200, description = "Each policy and file with its versions.", body = VersionList))
)]
pub(crate) async fn list(
    Room(api): Room,
    client: With<Read>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let all = api.desk.versions(&client.reader(&api)).await?;
    read(&headers, None, &VersionList::of(&all))
}

/// Read what a version says
#[utoipa::path(
    get, path = "/versions/{subject}/{name}", operation_id = "readVersion", tag = "Policies",
    security(("token" = ["read"])),
    params(
        ("subject" = crate::scalar::Code, Path, description = "The policy or file.", example = "need"),
        ("name" = crate::scalar::VersionName, Path, description = "The version.", example = "2026-01"),
    ),
    responses((status = 200, description = "Its text.", body = VersionText))
)]
pub(crate) async fn text(
    Room(api): Room,
    client: With<Read>,
    Path((slug, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    client.may(Action::SeePolicies, None)?;
    let of = subject_of(&slug)?;
    let text = api.desk.version_text(&client.reader(&api), &of, &name).await?;
    read(&headers, None, &VersionText { subject: slug, name, text })
}

/// Begin a draft with what a version says
#[utoipa::path(
    post, path = "/versions/{subject}/drafts", operation_id = "beginDraft", tag = "Policies",
    security(("token" = ["policies"])), request_body = BeginDraft,
    params(("subject" = crate::scalar::Code, Path, description = "The policy or file.", example = "need")),
    responses((status = 201, description = "There is the draft.", body = DraftShown))
)]
pub(crate) async fn begin(
    Room(api): Room,
    Path(slug): Path<String>,
    act: Act<Policies, Json<BeginDraft>>,
) -> Result<Response, Problem> {
    act.client.may(Action::WritePolicies, None)?;
    let of = subject_of(&slug)?;
    let draft = api.desk.begin_revision(&act.caller, &of, act.body.0.from.as_str()).await;
    answer(StatusCode::CREATED, draft, act.repeated)
}

/// List drafts and proposals, in the order in which they were begun
#[utoipa::path(
    get, path = "/drafts", operation_id = "listDrafts", tag = "Policies", security(("token" = ["read"])),
    responses((status = 200, description = "What is not approved or given up.", body = DraftList))
)]
pub(crate) async fn open(
    Room(api): Room,
    client: With<Read>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let open = api.desk.open_revisions(&client.reader(&api)).await?;
    read(&headers, None, &DraftList { drafts: open.iter().map(DraftShown::of).collect() })
}

/// Read a draft, a proposal or a version that was one
#[utoipa::path(
    get, path = "/drafts/{draft}", operation_id = "readDraft", tag = "Policies", security(("token" = ["read"])),
    params(("draft" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "It, with its text.", body = DraftWhole))
)]
pub(crate) async fn show(
    Room(api): Room,
    client: With<Read>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let draft = api.desk.revision(&client.reader(&api), revision_of(&id)?).await?;
    let shown = DraftWhole { draft: DraftShown::of(&draft), text: draft.text.clone() };
    read(&headers, Some(tag(draft.version)), &shown)
}

/// See in what a draft differs from what is in force
#[utoipa::path(
    get, path = "/drafts/{draft}/difference", operation_id = "readDraftDifference", tag = "Policies",
    security(("token" = ["read"])), params(("draft" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "The lines that went and came.", body = DifferenceShown))
)]
pub(crate) async fn difference(
    Room(api): Room,
    client: With<Read>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let draft = api.desk.revision(&client.reader(&api), revision_of(&id)?).await?;
    read(&headers, None, &DifferenceShown::of(api.desk.changed_lines(&draft, client.now)))
}

/// Judge a draft
///
/// With everything else as it will be on its day; without a day, as it was approved so far.
#[utoipa::path(
    get, path = "/drafts/{draft}/judgement", operation_id = "judgeDraft", tag = "Policies",
    security(("token" = ["read"])), params(("draft" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "What is wrong with it.", body = JudgedShown))
)]
pub(crate) async fn judge(
    Room(api): Room,
    client: With<Read>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let draft = api.desk.revision(&client.reader(&api), revision_of(&id)?).await?;
    let day = draft.would_start(api.desk.today(client.now));
    let judged = api.desk.judge(&draft.subject, &draft.text, day, client.now).await?;
    read(&headers, None, &JudgedShown::of(&judged))
}

/// Write a draft anew
#[utoipa::path(
    put, path = "/drafts/{draft}", operation_id = "writeDraft", tag = "Policies",
    security(("token" = ["policies"])), request_body = WriteDraft,
    params(("draft" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "It is written, with faults or without.", body = DraftShown))
)]
pub(crate) async fn write(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Policies, File<WriteDraft>>,
) -> Result<Response, Problem> {
    act.client.may(Action::WritePolicies, None)?;
    let id = revision_of(&id)?;
    let seen = seen(&api, &act.caller, id).await?;
    let draft = api.desk.write_revision(&act.caller, id, seen, act.body.0.text.as_str()).await;
    answer(StatusCode::OK, draft, act.repeated)
}

/// Propose a draft
///
/// Another person approves it, on the page that shows what is different.
#[utoipa::path(
    post, path = "/drafts/{draft}/propose", operation_id = "proposeDraft", tag = "Policies",
    security(("token" = ["policies"])), request_body = ProposeDraft,
    params(("draft" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "It waits for another person.", body = DraftShown))
)]
pub(crate) async fn propose(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Policies, Json<ProposeDraft>>,
) -> Result<Response, Problem> {
    act.client.may(Action::WritePolicies, None)?;
    let id = revision_of(&id)?;
    let seen = seen(&api, &act.caller, id).await?;
    let draft = api.desk.propose_revision(&act.caller, id, seen, &act.body.0.proposal()).await;
    answer(StatusCode::OK, draft, act.repeated)
}

/// Make a draft of a proposal again
#[utoipa::path(
    post, path = "/drafts/{draft}/back", operation_id = "takeProposalBack", tag = "Policies",
    security(("token" = ["policies"])), params(("draft" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "It is a draft.", body = DraftShown))
)]
pub(crate) async fn back(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Policies, Nothing>,
) -> Result<Response, Problem> {
    let draft = api.desk.take_revision_back(&act.caller, revision_of(&id)?).await;
    answer(StatusCode::OK, draft, act.repeated)
}

/// Give a draft up
#[utoipa::path(
    post, path = "/drafts/{draft}/drop", operation_id = "dropDraft", tag = "Policies",
    security(("token" = ["policies"])), params(("draft" = crate::scalar::Id, Path, description = "Which.")),
    responses((status = 200, description = "It is given up.", body = DraftShown))
)]
pub(crate) async fn give_up(
    Room(api): Room,
    Path(id): Path<String>,
    act: Act<Policies, Nothing>,
) -> Result<Response, Problem> {
    let draft = api.desk.drop_revision(&act.caller, revision_of(&id)?).await;
    answer(StatusCode::OK, draft, act.repeated)
}

/// The version that the caller wants it to be; without any, the one that it is.
async fn seen(api: &crate::Api, caller: &Caller, id: RevisionId) -> Result<u64, Problem> {
    let now = api.desk.revision(caller, id).await?.version;
    match &caller.only.versions {
        Some(wanted) if wanted.contains(&now) => Ok(now),
        // One that it is not: a repeat is answered as before, and anything else is refused as too late.
        Some(wanted) => Ok(wanted.first().copied().unwrap_or(0)),
        None => Ok(now),
    }
}

fn answer(
    status: StatusCode,
    draft: Result<Revision, DeskError>,
    repeated: bool,
) -> Result<Response, Problem> {
    let draft = draft?;
    let mut response = json(status, &DraftShown::of(&draft));
    response.headers_mut().insert(header::ETAG, tag(draft.version));
    mark(&mut response, repeated);
    Ok(response)
}
