//! An inquiry beside a call: who it is, where it stands, what happened, and the ways into it.

use super::{
    Act, matter, story,
    view::{self, CALLS, Shown, View},
    who,
};
use crate::{
    core::{Fields, WebError},
    staff::frame::Seat,
};
use domain::{ids::InquiryId, inquiry::Inquiry};
use maud::{Markup, html};
use store::Calls;

/// The window in which inquiries open beside a call: the page of the call must stay, since the call lives in it.
const WINDOW: &str = "anteroom-case";

/// Opens the inquiry and shows it in brief. Reading it is journalled.
pub(in crate::staff) async fn brief(seat: &Seat, id: InquiryId) -> Result<Markup, WebError> {
    let inquiry = seat.ctx.app.desk.open_inquiry(&seat.caller_once(), id).await?;
    let desk = &seat.ctx.app.desk;
    let view = View {
        colleagues: Vec::new(),
        case: view::look_at_case(seat, &inquiry).await?,
        story: desk.store().story(inquiry.id).await?,
        calls: desk.store().call_records(&Calls::Inquiry(inquiry.id), CALLS).await?,
        notices: desk.store().notices(inquiry.id).await?,
        officers: desk.store().all_staff().await?.into_iter().map(|s| (s.id, s.name)).collect(),
        urgency: None,
        need: None,
        fit: None,
        windows: Vec::new(),
        looked: None,
        acts: Vec::new(),
        fields: Fields::default(),
        shown: Shown::default(),
        seat,
        inquiry: &inquiry,
    };
    Ok(show(&view))
}

fn show(view: &View<'_>) -> Markup {
    let (seat, inquiry) = (view.seat, view.inquiry);
    let t = seat.t();
    let to = |act: Option<Act>| to(seat, inquiry, act);
    html! {
        section.phone-case aria-labelledby="case-title" {
            h2 #case-title { bdi { (inquiry.name.full().reveal()) } " · "
                a.usa-link href=(to(None)) target=(WINDOW) { bdi { (inquiry.number) } } }
            p.desk-summary { (view::summary(view)) }
            p.quiet { (t.say("phone-case-window")) }
            p.phone-row {
                @for act in [Act::Outcome, Act::Promise] {
                    @if act.is_open(seat, inquiry) {
                        a.usa-button.usa-button--outline.desk-small href=(to(Some(act))) target=(WINDOW) {
                            (t.say_of("phone-act", act.code())) }
                    }
                }
            }
            (matter::case(view))
            (who::show(view))
            (story::show(view))
        }
    }
}

fn to(seat: &Seat, inquiry: &Inquiry, act: Option<Act>) -> String {
    let at = act.map(|act| format!("#{}", act.code())).unwrap_or_default();
    seat.ctx.url(&format!("/staff/inquiry/{}{at}", inquiry.number.digits()))
}
