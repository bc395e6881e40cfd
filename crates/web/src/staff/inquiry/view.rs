//! The page of one inquiry.

use super::{
    Act, advice, apart, asked_review, dial, forms, matter, news_line, places::Looked, preview::Preview,
    recordings, story, told, who,
};
use crate::{
    core::{Errors, Fields, Form, WebError},
    parts::{self, Alert, alert},
    staff::{
        frame::{Seat, Tab},
        signs,
    },
};
use desk::{Advice, DeskError, WindowOffer};
use domain::{
    access::{Action, can},
    actor::{Role, Staff},
    call_record::CallRecord,
    decision::DecisionKind,
    ids::StaffId,
    inquiry::{Inquiry, Stage},
    journal::Written,
    notice::Notice,
};
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeMap;
use store::Calls;

/// So many windows to choose from.
const WINDOWS: usize = 60;
/// The records of so many calls: of older ones the story says what became of them, not how.
pub(super) const CALLS: u32 = 20;

/// What a page shows besides the inquiry itself.
#[derive(Default)]
pub(super) struct Shown {
    /// The act that has just been done.
    pub(super) did: Option<Act>,
    /// What is recorded has just been corrected.
    pub(super) corrected: bool,
    /// The act whose form is open, with what was typed into it.
    pub(super) open: Option<Act>,
    pub(super) typed: Fields,
    pub(super) errors: Errors,
    /// Why it could not be done.
    pub(super) note: Option<Markup>,
    /// What the person will read.
    pub(super) preview: Option<Preview>,
}

/// What the agency's records say.
pub(super) enum CaseLook {
    /// The person named none.
    None,
    /// The records know no such case.
    Unknown,
    /// The records do not answer.
    Down,
    /// This.
    Seen(Box<cases::Seen>),
}

/// Everything that is on the page.
pub(super) struct View<'a> {
    pub(super) seat: &'a Seat,
    pub(super) inquiry: &'a Inquiry,
    pub(super) case: CaseLook,
    pub(super) story: Vec<Written>,
    /// The records of its latest calls.
    pub(super) calls: Vec<CallRecord>,
    pub(super) notices: Vec<Notice>,
    pub(super) officers: BTreeMap<StaffId, String>,
    /// Officers to whom a promised call can be given, by name.
    pub(super) colleagues: Vec<Staff>,
    pub(super) urgency: Option<Advice>,
    pub(super) need: Option<Advice>,
    pub(super) fit: Option<Advice>,
    pub(super) windows: Vec<WindowOffer>,
    pub(super) looked: Option<Looked>,
    pub(super) acts: Vec<Act>,
    /// What stands in the forms.
    pub(super) fields: Fields,
    pub(super) shown: Shown,
}

impl View<'_> {
    pub(super) fn form(&self) -> Form<'_> {
        Form::new(&self.fields, &self.shown.errors)
    }

    pub(super) fn has(&self, act: Act) -> bool {
        self.acts.contains(&act)
    }

    pub(super) fn to(&self, act: Act) -> String {
        self.seat.ctx.url(&format!("/staff/inquiry/{}/{}", self.inquiry.number.digits(), act.code()))
    }
}

/// The page.
pub(super) async fn show(seat: &Seat, inquiry: &Inquiry, shown: Shown) -> Result<Markup, WebError> {
    let view = load(seat, inquiry, shown).await?;
    Ok(render(&view))
}

async fn load<'a>(seat: &'a Seat, inquiry: &'a Inquiry, shown: Shown) -> Result<View<'a>, WebError> {
    let (desk, now) = (&seat.ctx.app.desk, seat.ctx.now);
    let acts: Vec<Act> = Act::ALL.into_iter().filter(|act| act.is_open(seat, inquiry)).collect();
    let urgency = advise(seat, inquiry, &acts, Act::Urgency, DecisionKind::Urgency).await?;
    let need = advise(seat, inquiry, &acts, Act::Need, DecisionKind::Need).await?;
    let fit = advise(seat, inquiry, &acts, Act::Book, DecisionKind::Fit).await?;
    let promises = acts.contains(&Act::Promise) || acts.contains(&Act::MoveCall);
    let windows = if promises { desk.windows(inquiry, now, WINDOWS).await? } else { Vec::new() };
    let placing = acts.iter().copied().find(|act| act.is_placing());
    let looked = match placing {
        Some(act) => Some(Looked::load(seat, inquiry, act, &shown.typed).await?),
        None => None,
    };
    let case = look_at_case(seat, inquiry).await?;
    let staff = desk.store().all_staff().await?;
    let mut view = View {
        case,
        story: desk.store().story(inquiry.id).await?,
        calls: desk.store().call_records(&Calls::Inquiry(inquiry.id), CALLS).await?,
        notices: desk.store().notices(inquiry.id).await?,
        officers: staff.iter().map(|one| (one.id, one.name.clone())).collect(),
        colleagues: staff
            .into_iter()
            .filter(|one| one.is(Role::Officer) && can(one, Action::CallPerson, inquiry).is_ok())
            .collect(),
        urgency,
        need,
        fit,
        windows,
        looked,
        acts,
        fields: Fields::default(),
        shown,
        seat,
        inquiry,
    };
    view.fields = forms::filled(&view);
    Ok(view)
}

/// What the agency's records say of the inquiry's case.
pub(super) async fn look_at_case(seat: &Seat, inquiry: &Inquiry) -> Result<CaseLook, WebError> {
    let Some(receipt) = &inquiry.receipt else { return Ok(CaseLook::None) };
    match seat.ctx.app.desk.look_up_case(receipt, seat.ctx.now).await {
        Ok(Some(seen)) => Ok(CaseLook::Seen(Box::new(seen))),
        Ok(None) => Ok(CaseLook::Unknown),
        Err(DeskError::CaseSource(_)) => Ok(CaseLook::Down),
        Err(error) => Err(error.into()),
    }
}

/// The policy's advice on an act, where the act can be done.
async fn advise(
    seat: &Seat,
    inquiry: &Inquiry,
    acts: &[Act],
    act: Act,
    kind: DecisionKind,
) -> Result<Option<Advice>, WebError> {
    if !acts.contains(&act) {
        return Ok(None);
    }
    Ok(Some(seat.ctx.app.desk.advise(inquiry, kind, seat.ctx.now).await?))
}

fn render(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let full = inquiry.name.full();
    let body = html! {
        p.desk-summary { (summary(view)) }
        (news_line(seat, inquiry, inquiry.version, false))
        @if let Some(did) = view.shown.did {
            div role="status" { (alert(Alert::Success, "", &html! { p { (t.say_of("staff-did-act", did.code())) } })) }
        }
        @if view.shown.corrected {
            div role="status" { (alert(Alert::Success, "", &html! { p { (t.say("staff-did-correct")) } })) }
        }
        @if let Some(note) = &view.shown.note { div role="alert" tabindex="-1" data-focus { (note) } }
        (parts::error_summary(&seat.ctx, &view.shown.errors))
        @if let Some(preview) = &view.shown.preview { (preview.show(view)) }
        div.desk-three {
            div.desk-matter { (asked_review::show(view)) (told::show(view)) (matter::show(view)) }
            div.desk-acts { (acts(view)) }
            aside.desk-side aria-label=(t.say("staff-who-title")) { (who::show(view)) (recordings::show(view)) (story::show(view)) (apart::show(view))
                @if view.seat.can(Action::KeepRecords, None) {
                    @let to = format!("/staff/inquiry/{}/records", view.inquiry.number.digits());
                    p { a.usa-link href=(view.seat.ctx.url(&to)) { (t.say("records-link")) } } } }
        }
    };
    let page = seat
        .page(format!("{} · {}", full.reveal(), inquiry.number), Tab::None, body)
        .title(inquiry.number.to_string())
        .live();
    let made_by_form = view.shown.open.is_some();
    if made_by_form { page.no_switch() } else { page }.render(&seat.ctx)
}

/// One line that a colleague could read aloud.
pub(super) fn summary(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let now = seat.ctx.now;
    let zone = inquiry.reach.zone.name();
    let officer = |id: &StaffId| view.officers.get(id).cloned().unwrap_or_default();
    let stands = match &inquiry.stage {
        Stage::Review { since, .. } => t.say_with("staff-stands-review", &args! { "since" => t.ago(now, *since) }),
        Stage::Papers { since, missing, .. } => t.say_with(
            "staff-stands-papers",
            &args! { "n" => i64::try_from(missing.len()).unwrap_or(0), "since" => t.ago(now, *since) },
        ),
        Stage::Promised(callback) => t.say_with(
            "staff-stands-promised",
            &args! { "window" => t.window(callback.window.start, callback.window.end, zone, now) },
        ),
        Stage::Calling { officer: who, since, .. } => t.say_with(
            "staff-stands-calling",
            &args! { "officer" => officer(who), "since" => t.ago(now, *since) },
        ),
        Stage::Spoken { officer: who, at, .. } => t.say_with(
            "staff-stands-spoken",
            &args! { "officer" => officer(who), "since" => t.ago(now, *at) },
        ),
        Stage::Unreached { since, .. } => {
            t.say_with("staff-stands-unreached", &args! { "since" => t.ago(now, *since) })
        }
        Stage::ToBook { since, .. } => {
            t.say_with("staff-stands-to-book", &args! { "since" => t.ago(now, *since) })
        }
        Stage::Booked(a) => t.say_with(
            "staff-stands-booked",
            &args! { "moment" => t.moment(a.start, a.zone.name(), now), "office" => seat.office_name(&a.office) },
        ),
        Stage::CheckedIn { ticket, at, .. } => t.say_with(
            "staff-stands-checked-in",
            &args! { "ticket" => ticket, "since" => t.ago(now, *at) },
        ),
        Stage::Closed { at, closing } => t.say_with(
            "staff-stands-closed",
            &args! { "how" => t.say_of("staff-closing", closing.as_str()), "since" => t.ago(now, *at) },
        ),
    };
    html! {
        (signs::urgency(seat, inquiry.urgency)) " · " strong { (signs::reason(seat, inquiry)) } " · "
        bdi { (seat.office_name(inquiry.office_now())) } ". " (stands)
        @if inquiry.due().is_some() && !matches!(inquiry.stage, Stage::Booked(_) | Stage::CheckedIn { .. }) {
            " · " (signs::due(seat, inquiry.due()))
        }
    }
}

/// What can be done now: the likeliest open, each with its key.
fn acts(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let open = view.shown.open.filter(|act| view.has(*act)).or_else(|| likeliest(view));
    html! {
        section aria-labelledby="acts" {
            h2 #acts { (t.say("staff-acts-title")) }
            @if let Some(advice) = &view.need { (advice::show(view.seat, advice)) }
            @if view.acts.is_empty() { (nothing(view)) }
            @if let Stage::Promised(callback) = &inquiry.stage
                && !view.has(Act::Call) && seat.can(Act::Call.action(), None) {
                p.quiet #call { (t.say("staff-call-not-yet")) " " (signs::window(seat, &callback.window)) }
            }
            @if let Stage::Calling { officer, .. } = &inquiry.stage && !view.has(Act::Outcome) {
                p { (t.say_with("staff-call-colleague", &args! { "officer" => view.officers.get(officer).cloned().unwrap_or_default() })) }
            }
            @if let Some(left) = inquiry.left_call() {
                p { strong { (t.say_with("staff-call-left", &args! { "officer" => view.officers.get(&left).cloned().unwrap_or_default() })) }
                    " " (t.say("staff-call-left-next")) }
            }
            (dial::tries(view))
            @for act in &view.acts {
                details.desk-act id=(act.code()) open[Some(*act) == open] {
                    summary accesskey=(act.key()) {
                        span.desk-act__name { (t.say_of("staff-act", act.code())) } " " kbd aria-hidden="true" { (act.key().to_uppercase()) }
                    }
                    p.desk-act__then { (t.say_of("staff-then", act.code())) }
                    (forms::show(view, *act))
                }
            }
            p.quiet { (t.say("staff-keys")) }
        }
    }
}

/// The act that comes next: papers before a call when the policy wants them first, else the first of the list.
fn likeliest(view: &View<'_>) -> Option<Act> {
    let papers = view.need.as_ref().is_some_and(|advice| advice.outcome("need") == Some("papers"));
    let first = view.acts.first().copied();
    if papers && first == Some(Act::Promise) && view.has(Act::Papers) { Some(Act::Papers) } else { first }
}

/// Why there is nothing to do here.
fn nothing(view: &View<'_>) -> Markup {
    let t = view.seat.t();
    let office = view.inquiry.office_now();
    html! {
        @match &view.inquiry.stage {
            Stage::Closed { .. } => p { (t.say("staff-nothing-closed")) },
            Stage::Booked(a) | Stage::CheckedIn { appointment: a, .. } => {
                p { (t.say("staff-nothing-day")) }
                @if view.seat.can(Action::SeeDay, Some(office)) {
                    p { a.usa-link href=(view.seat.ctx.url(&format!("/staff/office/{}/day/{}", a.office, a.zone.date(a.start)))) {
                        (t.say("staff-nav-day")) ": " bdi { (view.seat.office_name(&a.office)) } } }
                }
            }
            _ => p { (t.say("staff-nothing-role")) },
        }
    }
}
