//! The frame of every desk: who sits here, where they may go, what they may do.

use super::{fresh, line};
use crate::{
    App,
    core::{Ctx, Page, StaffSession, WebError},
    parts,
};
use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Response},
};
use desk::{Caller, DeskError};
use domain::{
    access::{Action, On, can},
    calendar::Zone,
    change::IdempotencyKey,
    codes::OfficeCode,
    journal::Seq,
};
use locale::{Key, Tongue, key};
use maud::{Markup, html};

/// A member of staff at their desk.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) ctx: Ctx,
    pub(super) me: StaffSession,
    /// Where the journal was before anything was read for the page: news after it is news to the reader.
    pub(super) from: Seq,
}

impl FromRequestParts<App> for Seat {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let mut ctx = Ctx::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let me = StaffSession::from_request_parts(parts, app).await?;
        ctx.app.desk = ctx.app.desk.seen_by(&me.staff);
        let from = app.desk.store().signal().now();
        Ok(Self { ctx, me, from })
    }
}

/// Where one can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Review,
    Callbacks,
    Line,
    Intake,
    Day,
    Closings,
    Rosters,
    Post,
    Overview,
    Indicators,
    Wallboard,
    Journal,
    Policies,
    Records,
    People,
    Hooks,
    Account,
    None,
}

/// The links of the frame: where to, its name, its key, what one must be allowed to do.
const TABS: [(Tab, &str, Key, &str, Action); 16] = [
    (Tab::Review, "/staff/review", key!("staff-nav-review"), "r", Action::SeeInquiries),
    (Tab::Callbacks, "/staff/callbacks", key!("staff-nav-callbacks"), "k", Action::SeeInquiries),
    (Tab::Line, "/staff/line", key!("phone-nav"), "q", Action::UseTelephone),
    (Tab::Intake, "/staff/intake", key!("intake-nav"), "1", Action::TakeDown),
    (Tab::Day, "/staff/day", key!("staff-nav-day"), "d", Action::SeeDay),
    (Tab::Closings, "/staff/closings", key!("closing-nav"), "x", Action::CloseDay),
    (Tab::Rosters, "/staff/rosters", key!("roster-nav"), "z", Action::PlanRosters),
    (Tab::Post, "/staff/post", key!("staff-nav-post"), "l", Action::PrintLetters),
    (Tab::Overview, "/staff/overview", key!("staff-nav-overview"), "o", Action::SeeFigures),
    (Tab::Indicators, "/staff/indicators", key!("staff-nav-indicators"), "g", Action::SeeFigures),
    (Tab::Wallboard, "/staff/wallboard", key!("wall-nav"), "w", Action::RunWait),
    (Tab::Journal, "/staff/journal", key!("journal-nav"), "j", Action::SeeJournal),
    (Tab::Policies, "/staff/policies", key!("policy-nav"), "y", Action::SeePolicies),
    (Tab::Records, "/staff/records", key!("records-nav"), "a", Action::AgreeErasure),
    (Tab::People, "/staff/people", key!("account-people-nav"), "u", Action::RunAccounts),
    (Tab::Hooks, "/staff/webhooks", key!("hook-nav"), "b", Action::RunHooks),
];

impl Seat {
    pub(super) fn t(&self) -> &Tongue {
        self.ctx.t()
    }

    /// May they do it?
    pub(super) fn can<'a>(&self, action: Action, on: impl Into<On<'a>>) -> bool {
        can(&self.me.staff, action, on).is_ok()
    }

    /// They may do it, or the page is not there.
    pub(super) fn may<'a>(&self, action: Action, on: impl Into<On<'a>>) -> Result<(), WebError> {
        can(&self.me.staff, action, on).map_err(|denied| WebError::Desk(DeskError::Denied(denied)))
    }

    /// This member of staff, under the key of a form.
    pub(super) fn caller(&self, key: IdempotencyKey) -> Caller {
        self.ctx.caller(self.me.who(), key)
    }

    /// This member of staff, for what may be done as often as it is asked.
    pub(super) fn caller_once(&self) -> Caller {
        self.ctx.caller_once(self.me.who())
    }

    /// The zone of this desk: the office's, or the line's for those who work at none.
    pub(super) fn zone(&self) -> &Zone {
        let pack = self.ctx.app.desk.pack();
        let office = self.me.staff.office.as_ref().and_then(|code| pack.office(code));
        office.map_or(&pack.line().calendar.zone, |office| office.zone())
    }

    /// What an office is called; its code when the pack has lost it.
    pub(super) fn office_name(&self, code: &OfficeCode) -> String {
        self.ctx.app.desk.pack().office(code).map_or_else(|| code.to_string(), |o| o.name.clone())
    }

    /// A page of the desk.
    pub(super) fn page(&self, heading: impl Into<String>, tab: Tab, body: Markup) -> Page {
        let page =
            Page::new(heading, body).wide().bare().nav(self.who(tab)).below(self.bar(tab)).with("staff.css");
        if self.shows_phone(tab) { page.live() } else { page }
    }

    /// Does the page show in one line how the telephone is? Its own page shows more.
    fn shows_phone(&self, tab: Tab) -> bool {
        tab != Tab::Line && line::bar::telephones(self)
    }

    /// Who sits here.
    fn who(&self, tab: Tab) -> Markup {
        let t = self.t();
        let staff = &self.me.staff;
        let roles: Vec<String> =
            staff.roles.iter().map(|role| t.say_of("staff-role", role.as_str())).collect();
        html! {
            div.desk-who {
                span { strong { bdi { (staff.name) } } " · " (t.list(&roles))
                    @if let Some(office) = &staff.office { " · " bdi { (self.office_name(office)) } }
                }
                a.usa-link href=(self.ctx.url("/staff/account")) aria-current=[(tab == Tab::Account).then_some("page")] {
                    (t.say("account-nav")) }
                (parts::post_button(&self.ctx, &self.ctx.url("/staff/sign-out"), &t.say("staff-sign-out"), "usa-button--unstyled"))
            }
        }
    }

    /// How the telephone is, and where one may go.
    fn bar(&self, tab: Tab) -> Markup {
        let t = self.t();
        html! {
            @if self.shows_phone(tab) { (fresh::connect(self, None)) (line::bar::show(self)) }
            div.desk-bar {
                nav.desk-nav aria-label=(t.say("staff-nav")) {
                    ul {
                        @for (which, to, name, access, action) in TABS {
                            @if self.can(action, None) && (which != Tab::Line || self.ctx.app.switchboard.is_some()) {
                                li {
                                    a href=(self.ctx.url(to)) accesskey=(access)
                                        aria-current=[(which == tab).then_some("page")] {
                                        (t.say_key(name)) " " kbd aria-hidden="true" { (access.to_uppercase()) }
                                    }
                                }
                            }
                        }
                    }
                }
                @if self.can(Action::ReadInquiry, None) {
                    form.desk-find role="search" action=(self.ctx.url("/staff/find")) {
                        label.usa-sr-only for="find" { (t.say("staff-find-label")) }
                        input.usa-input #find name="number" inputmode="numeric" autocomplete="off" accesskey="f"
                            placeholder=(t.say("staff-find-hint"));
                        button.usa-button.usa-button--outline type="submit" { (t.say("staff-find")) }
                    }
                }
            }
        }
    }
}
