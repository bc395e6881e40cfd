//! What must always hold, in words: when it was looked at last, what does not hold, and what to do until it is set right.

use super::{frame::Seat, signs};
use crate::{
    core::WebError,
    parts::{Alert, alert},
};
use desk::Checked;
use domain::{access::Action, ids::InquiryId, inquiry::Inquiry};
use locale::args;
use maud::{Markup, html};
use std::{collections::BTreeMap, sync::Arc};
use store::Broken;

/// So many faults are told one by one. A store that is damaged worse needs somebody at the machine, not a longer page.
const MOST: usize = 50;

/// The last look, and what its faults are about.
pub(super) struct Shown {
    checked: Option<Arc<Checked>>,
    inquiries: BTreeMap<InquiryId, Inquiry>,
    officers: Vec<domain::actor::Staff>,
}

impl Shown {
    /// What there is to show at this seat.
    pub(super) async fn of(seat: &Seat) -> Result<Self, WebError> {
        let desk = &seat.ctx.app.desk;
        let mut shown = Self { checked: desk.checked(), inquiries: BTreeMap::new(), officers: Vec::new() };
        let Some(checked) = shown.checked.clone() else { return Ok(shown) };
        for broken in checked.broken.iter().take(MOST) {
            let mut about: Vec<InquiryId> = broken.inquiry().into_iter().collect();
            match broken {
                Broken::Pair { other, .. } => about.push(*other),
                Broken::Overlap { officer, .. } => shown.officers.extend(desk.store().staff(*officer).await?),
                _ => {}
            }
            for id in about {
                if let Some(inquiry) = desk.store().inquiry(id).await? {
                    shown.inquiries.insert(id, inquiry);
                }
            }
        }
        Ok(shown)
    }

    /// The inquiry's number, as a link for whoever may open it.
    fn number(&self, seat: &Seat, id: InquiryId) -> Markup {
        match self.inquiries.get(&id) {
            Some(inquiry) if seat.can(Action::ReadInquiry, None) => signs::number(seat, inquiry),
            Some(inquiry) => html! { bdi { (inquiry.number) } },
            None => html! { code { (id) } },
        }
    }

    fn officer(&self, id: domain::ids::StaffId) -> String {
        self.officers.iter().find(|staff| staff.id == id).map_or_else(|| id.to_string(), |s| s.name.clone())
    }
}

/// The part of the overview that says whether everything holds that must.
pub(super) fn section(seat: &Seat, shown: &Shown) -> Markup {
    let (t, ctx) = (seat.t(), &seat.ctx);
    html! {
        section aria-labelledby="check" {
            h2 #check { (t.say("staff-check-title")) }
            @match &shown.checked {
                None => p { (t.say("staff-check-not-yet")) },
                Some(checked) => {
                    @let when = t.moment(checked.at, seat.zone().name(), ctx.now);
                    @if checked.broken.is_empty() {
                        (alert(Alert::Success, "", &html! {
                            p { (t.say_with("staff-check-good", &args! { "when" => when })) }
                        }))
                    } @else {
                        (alert(Alert::Error, &t.say("staff-check-bad"), &faults(seat, shown, checked, &when)))
                    }
                }
            }
            p { (t.say("staff-check-about")) }
            a.usa-button.usa-button--outline href=(ctx.url("/staff/overview/check")) { (t.say("staff-check-run")) }
        }
    }
}

fn faults(seat: &Seat, shown: &Shown, checked: &Checked, when: &str) -> Markup {
    let t = seat.t();
    let more = i64::try_from(checked.broken.len().saturating_sub(MOST)).unwrap_or(i64::MAX);
    html! {
        p { (t.say_with("staff-check-found-at", &args! { "when" => when.to_owned() })) }
        ul {
            @for broken in checked.broken.iter().take(MOST) {
                li {
                    p { strong { (found(seat, shown, broken)) } " " (about(seat, shown, broken)) }
                    p { (t.say_of("staff-check-do", broken.kind())) }
                    // The identifiers, for whoever sets it right.
                    p.quiet lang="en" { code { (broken) } }
                }
            }
        }
        @if more > 0 { p { (t.say_with("staff-check-more", &args! { "n" => more })) } }
        p { (t.say("staff-check-bad-next")) }
    }
}

/// What does not hold, in a sentence.
fn found(seat: &Seat, shown: &Shown, broken: &Broken) -> String {
    let t = seat.t();
    match broken {
        Broken::Count { slot, taken, claims } => t.say_with(
            "staff-check-count",
            &args! { "slot" => slot.clone(), "taken" => *taken, "claims" => *claims },
        ),
        Broken::Overlap { officer, at, .. } => t.say_with(
            "staff-check-overlap",
            &args! {
                "officer" => shown.officer(*officer),
                "when" => t.moment(*at, seat.zone().name(), seat.ctx.now),
            },
        ),
        Broken::Pair { .. } => t.say("staff-check-pair"),
        Broken::Unwatched { .. } => t.say("staff-check-unwatched"),
        Broken::Shut { .. } => t.say("staff-check-shut"),
        Broken::Idle { .. } => t.say("staff-check-idle"),
        Broken::Remains { .. } => t.say("staff-check-remains"),
        Broken::Unbacked { .. } => t.say("staff-check-unbacked"),
        Broken::Stray { slot, .. } => t.say_with("staff-check-stray", &args! { "slot" => slot.clone() }),
        Broken::Unsent { .. } => t.say("staff-check-unsent"),
        Broken::Grant { .. } => t.say("staff-check-grant"),
        Broken::Chain { seq } => t.say_with("staff-check-chain", &args! { "seq" => seq.to_string() }),
    }
}

/// The inquiries it is about.
fn about(seat: &Seat, shown: &Shown, broken: &Broken) -> Markup {
    html! {
        @if let Some(one) = broken.inquiry() { (shown.number(seat, one)) }
        @if let Broken::Pair { other, .. } = broken { " · " (shown.number(seat, *other)) }
    }
}
