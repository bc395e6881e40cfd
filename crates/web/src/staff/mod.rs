//! The desks. One table names every address with who may open it; the router is made of that table, and so is the test
//! that walks every address as nobody and as each wrong role.

mod account;
mod calendar;
mod callbacks;
mod checks;
mod closings;
mod day;
mod find;
mod frame;
mod fresh;
mod handovers;
mod home;
mod indicators;
mod inquiry;
mod intake;
mod journal;
mod journal_person;
mod line;
mod overview;
mod own_password;
mod password;
mod people;
mod policies;
mod post;
mod programs;
mod provider;
mod recording;
mod records;
mod retention;
mod review;
mod rosters;
mod second;
mod sessions;
mod sign_in;
mod signs;
mod step_up;
#[cfg(test)]
mod tests;
mod texts;
mod wallboard;
mod webhooks;

pub(crate) use line::{code, is_offer, unplugged};
pub(crate) use provider::{land, logged_out};

use crate::{App, core::Fields};
use axum::{
    Router,
    extract::Path,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};
use domain::access::Action;
use frame::Seat;
use inquiry::{Act, Numbered};

/// Who may open an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// Whoever comes.
    Open,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever may do this.
    May(Action),
}

/// One address.
#[cfg_attr(not(test), expect(dead_code, reason = "the method is what the walk over all addresses reads"))]
#[derive(Clone, Copy)]
struct Line {
    method: &'static str,
    /// Below `/{lang}/staff`.
    path: &'static str,
    door: Door,
    /// Does it do so much that it asks for a fresh proof?
    fresh: bool,
    page: fn() -> MethodRouter<App>,
}

const fn line(method: &'static str, path: &'static str, door: Door, page: fn() -> MethodRouter<App>) -> Line {
    Line { method, path, door, fresh: false, page }
}

/// A line whose act asks for a fresh proof: it touches everybody who calls, or somebody else's account.
const fn fresh(line: Line) -> Line {
    Line { fresh: true, ..line }
}

/// An act on an inquiry: its address is the act's name, its door the act's action.
macro_rules! act {
    ($act:ident, $path:literal) => {
        line("POST", $path, Door::May(Act::$act.action()), || {
            post(|seat: Seat, at: Path<Numbered>, fields: Fields| inquiry::act(Act::$act, seat, at, fields))
        })
    };
}

/// What a button of an office's day does, to the person whose number it sends.
macro_rules! on_the_day {
    ($what:ident, $path:literal) => {
        line("POST", $path, RUN, || {
            post(|seat: Seat, at: Path<day::At>, fields: Fields| day::act(day::Do::$what, seat, at, fields))
        })
    };
}

const SEE: Door = Door::May(Action::SeeInquiries);
const READ: Door = Door::May(Action::ReadInquiry);
const DAY: Door = Door::May(Action::SeeDay);
const RUN: Door = Door::May(Action::RunDay);
const WALK_IN: Door = Door::May(Action::DecideWalkIn);
const CLOSE: Door = Door::May(Action::CloseDay);
const PLAN: Door = Door::May(Action::PlanRosters);
const PHONE: Door = Door::May(Action::UseTelephone);
const TAKE: Door = Door::May(Action::TakeDown);
const HEAR: Door = Door::May(Action::HearRecording);
const RUN_LINE: Door = Door::May(Action::RunWait);
const POST: Door = Door::May(Action::PrintLetters);
const ACCOUNTS: Door = Door::May(Action::RunAccounts);
const JOURNAL: Door = Door::May(Action::SeeJournal);
const RECORDS: Door = Door::May(Action::KeepRecords);
const POLICIES: Door = Door::May(Action::SeePolicies);
const WRITE: Door = Door::May(Action::WritePolicies);
const APPROVE: Door = Door::May(Action::ApprovePolicies);
const ERASURE: Door = Door::May(Action::AgreeErasure);
const HOOKS: Door = Door::May(Action::RunHooks);
const CONFLICTS: Door = Door::May(Action::RunConflicts);
const GIVE: Door = Door::May(Action::GivePromise);
const FIGURES: Door = Door::May(Action::SeeFigures);

/// Every address of the desks.
const TABLE: &[Line] = &[
    line("GET", "/", Door::SignedIn, || get(home::home)),
    line("GET", "/sign-in", Door::Open, || get(sign_in::page)),
    line("POST", "/sign-in", Door::Open, || post(sign_in::sign_in)),
    line("GET", "/sign-in/code", Door::Open, || get(second::code_page)),
    line("POST", "/sign-in/code", Door::Open, || post(second::code)),
    line("GET", "/sign-in/challenge", Door::Open, || get(second::passkey::challenge)),
    line("POST", "/sign-in/passkey", Door::Open, || post(second::by_passkey)),
    line("GET", "/sign-in/provider", Door::Open, || get(provider::go)),
    line("GET", "/sign-in/back", Door::Open, || get(provider::back)),
    line("GET", "/sign-in/out", Door::Open, || get(provider::out)),
    line("POST", "/sign-out", Door::SignedIn, || post(sign_in::sign_out)),
    line("GET", "/find", READ, || get(find::find)),
    line("GET", "/find/person", TAKE, || get(intake::whom::page)),
    line("POST", "/find/person", TAKE, || post(intake::whom::find)),
    line("GET", "/review", SEE, || get(review::page)),
    line("GET", "/review/news", SEE, || get(review::news)),
    line("GET", "/callbacks", SEE, || get(callbacks::page)),
    line("GET", "/callbacks/news", SEE, || get(callbacks::news)),
    line("GET", "/handovers", GIVE, || get(handovers::list)),
    fresh(line("POST", "/handovers", GIVE, || post(handovers::propose))),
    line("GET", "/handover/{handover}", GIVE, || get(handovers::page)),
    fresh(line("POST", "/handover/{handover}/approve", GIVE, || post(handovers::approve))),
    line("POST", "/handover/{handover}/withdraw", GIVE, || post(handovers::withdraw)),
    line("GET", "/inquiry/{number}", READ, || get(inquiry::page)),
    line("GET", "/inquiry/{number}/news", READ, || get(inquiry::news)),
    line("GET", "/inquiry/{number}/records", RECORDS, || get(records::page)),
    fresh(line("POST", "/inquiry/{number}/export", RECORDS, || post(records::export))),
    fresh(line("POST", "/inquiry/{number}/hold", RECORDS, || post(records::hold))),
    fresh(line("POST", "/inquiry/{number}/lift", RECORDS, || post(records::lift))),
    fresh(line("POST", "/inquiry/{number}/erase", RECORDS, || post(records::erase))),
    line("GET", "/records", ERASURE, || get(retention::page)),
    fresh(line("POST", "/records/agree", ERASURE, || post(retention::agree))),
    line("POST", "/records/decline", ERASURE, || post(retention::decline)),
    act!(Urgency, "/inquiry/{number}/urgency"),
    act!(Papers, "/inquiry/{number}/papers"),
    act!(PapersComplete, "/inquiry/{number}/papers-complete"),
    act!(Promise, "/inquiry/{number}/promise"),
    act!(MoveCall, "/inquiry/{number}/move-call"),
    act!(CancelCall, "/inquiry/{number}/cancel-call"),
    act!(Give, "/inquiry/{number}/give"),
    act!(Call, "/inquiry/{number}/call"),
    act!(Outcome, "/inquiry/{number}/outcome"),
    act!(Need, "/inquiry/{number}/need"),
    act!(Book, "/inquiry/{number}/book"),
    act!(Move, "/inquiry/{number}/move"),
    act!(Cancel, "/inquiry/{number}/cancel"),
    act!(Earlier, "/inquiry/{number}/earlier"),
    act!(StopEarlier, "/inquiry/{number}/stop-earlier"),
    act!(Office, "/inquiry/{number}/office"),
    line("GET", "/inquiry/{number}/correct", TAKE, || get(inquiry::correct::ask)),
    line("POST", "/inquiry/{number}/correct", TAKE, || post(inquiry::correct::keep)),
    line("GET", "/inquiry/{number}/proof", TAKE, || get(inquiry::proof::ask)),
    line("POST", "/inquiry/{number}/proof", TAKE, || post(inquiry::proof::keep)),
    line("GET", "/inquiry/{number}/delegates", TAKE, || get(inquiry::delegates::ask)),
    line("POST", "/inquiry/{number}/delegates", TAKE, || post(inquiry::delegates::keep)),
    line("POST", "/inquiry/{number}/delegates/end", TAKE, || post(inquiry::delegates::end)),
    line("POST", "/inquiry/{number}/delegates/link", TAKE, || post(inquiry::delegates::renew)),
    line("POST", "/inquiry/{number}/apart", READ, || post(inquiry::apart::declare)),
    line("GET", "/apart", Door::SignedIn, || get(inquiry::apart::done)),
    line("POST", "/inquiry/{number}/protect", Door::May(Action::Protect), || post(inquiry::protect::protect)),
    fresh(line("POST", "/inquiry/{number}/unprotect", Door::May(Action::Unprotect), || {
        post(inquiry::protect::unprotect)
    })),
    line("GET", "/protected", Door::SignedIn, || get(inquiry::protect::done)),
    line("POST", "/inquiry/{number}/conflict", CONFLICTS, || post(inquiry::apart::set)),
    fresh(line("POST", "/inquiry/{number}/conflict/lift", CONFLICTS, || post(inquiry::apart::lift))),
    line("GET", "/line", PHONE, || get(line::page)),
    line("GET", "/line/bar", PHONE, || get(line::bar::page)),
    line("GET", "/line/live", PHONE, || get(line::live)),
    line("POST", "/line/plug", PHONE, || post(line::plug)),
    line("POST", "/line/unplug", PHONE, || post(line::unplug)),
    line("POST", "/line/call", PHONE, || post(line::call)),
    line("POST", "/line/escalate", PHONE, || post(line::escalate)),
    line("POST", "/line/duty", PHONE, || post(line::duty)),
    line("GET", "/line/announcements", RUN_LINE, || get(line::announcements::page)),
    fresh(line("POST", "/line/announcements", RUN_LINE, || post(line::announcements::say))),
    fresh(line("POST", "/line/announcements/withdraw", RUN_LINE, || post(line::announcements::withdraw))),
    line("GET", "/intake", TAKE, || get(intake::page)),
    line("POST", "/intake", TAKE, || post(intake::take)),
    line("GET", "/intake/done", TAKE, || get(intake::done)),
    line("GET", "/day", DAY, || get(day::mine)),
    line("GET", "/office/{code}/day", DAY, || get(day::today)),
    line("GET", "/office/{code}/day/{date}", DAY, || get(day::page)),
    line("GET", "/office/{code}/display", DAY, || get(day::display)),
    line("POST", "/office/{code}/counter", RUN, || post(day::counter)),
    on_the_day!(CheckIn, "/office/{code}/day/{date}/check-in"),
    on_the_day!(Call, "/office/{code}/day/{date}/call"),
    on_the_day!(Served, "/office/{code}/day/{date}/served"),
    on_the_day!(Missed, "/office/{code}/day/{date}/missed"),
    line("POST", "/office/{code}/day/{date}/next", RUN, || post(day::next)),
    on_the_day!(Park, "/office/{code}/day/{date}/park"),
    on_the_day!(NotHere, "/office/{code}/day/{date}/not-here"),
    on_the_day!(Hand, "/office/{code}/day/{date}/hand"),
    on_the_day!(Back, "/office/{code}/day/{date}/back"),
    on_the_day!(Left, "/office/{code}/day/{date}/left"),
    line("POST", "/office/{code}/kiosk", RUN, || post(day::kiosk::open)),
    line("POST", "/office/{code}/hall", RUN, || post(day::kiosk::display)),
    line("GET", "/office/{code}/walk-in", WALK_IN, || get(day::walk_in::page)),
    line("POST", "/office/{code}/walk-in", WALK_IN, || post(day::walk_in::decide)),
    line("GET", "/closings", CLOSE, || get(closings::mine)),
    line("GET", "/office/{code}/closings", CLOSE, || get(closings::office)),
    line("POST", "/office/{code}/closings", CLOSE, || post(closings::plan)),
    line("GET", "/closing/{id}", CLOSE, || get(closings::page)),
    fresh(line("POST", "/closing/{id}/close", CLOSE, || post(closings::close))),
    line("POST", "/closing/{id}/drop", CLOSE, || post(closings::give_up)),
    fresh(line("POST", "/closing/{id}/undo", CLOSE, || post(closings::undo))),
    line("GET", "/rosters", PLAN, || get(rosters::list)),
    line("GET", "/roster/{colleague}", PLAN, || get(rosters::page)),
    line("POST", "/roster/{colleague}", PLAN, || post(rosters::preview)),
    fresh(line("POST", "/roster/{colleague}/plan", PLAN, || post(rosters::plan))),
    line("GET", "/indicators", FIGURES, || get(indicators::page)),
    line("GET", "/indicators.csv", FIGURES, || get(indicators::csv)),
    line("GET", "/wallboard", RUN_LINE, || get(wallboard::page)),
    line("GET", "/wallboard/{figure}", RUN_LINE, || get(wallboard::behind)),
    line("POST", "/waits/move", RUN_LINE, || post(wallboard::move_waits)),
    line("GET", "/recording/{call}/{nth}", HEAR, || get(recording::play)),
    line("GET", "/post", POST, || get(post::page)),
    line("GET", "/post/letters.pdf", POST, || get(post::letters)),
    line("POST", "/post/posted", POST, || axum::routing::post(post::posted)),
    line("GET", "/overview", FIGURES, || get(overview::page)),
    line("GET", "/overview/check", FIGURES, || get(overview::check)),
    line("GET", "/journal", JOURNAL, || get(journal::page)),
    line("GET", "/journal/person", JOURNAL, || get(journal_person::page)),
    line("POST", "/journal/person", JOURNAL, || post(journal_person::find)),
    line("GET", "/account", Door::SignedIn, || get(account::page)),
    line("POST", "/account/end", Door::SignedIn, || post(account::end)),
    line("POST", "/account/end-others", Door::SignedIn, || post(account::end_others)),
    line("POST", "/account/calendar", Door::SignedIn, || post(calendar::make)),
    line("POST", "/account/calendar/end", Door::SignedIn, || post(calendar::end)),
    line("GET", "/account/password", Door::SignedIn, || get(own_password::page)),
    fresh(line("POST", "/account/password", Door::SignedIn, || post(own_password::choose))),
    line("GET", "/account/prove", Door::SignedIn, || get(provider::prove)),
    line("GET", "/account/proofs", Door::SignedIn, || get(second::page)),
    line("GET", "/account/proofs/app", Door::SignedIn, || get(second::app)),
    fresh(line("POST", "/account/proofs/app", Door::SignedIn, || post(second::add_app))),
    fresh(line("POST", "/account/proofs/passkey", Door::SignedIn, || post(second::add_passkey))),
    fresh(line("POST", "/account/proofs/remove", Door::SignedIn, || post(second::remove))),
    fresh(line("POST", "/account/proofs/recovery", Door::SignedIn, || post(second::recovery))),
    line("GET", "/people", ACCOUNTS, || get(people::list)),
    line("GET", "/people/new", ACCOUNTS, || get(people::make_page)),
    fresh(line("POST", "/people/new", ACCOUNTS, || post(people::make))),
    line("GET", "/people/{staff}", ACCOUNTS, || get(people::page)),
    line("GET", "/people/{staff}/change", ACCOUNTS, || get(people::change_page)),
    fresh(line("POST", "/people/{staff}/change", ACCOUNTS, || post(people::change))),
    fresh(line("POST", "/people/{staff}/close", ACCOUNTS, || post(people::close))),
    fresh(line("POST", "/people/{staff}/open", ACCOUNTS, || post(people::open))),
    fresh(line("POST", "/people/{staff}/password", ACCOUNTS, || post(people::password))),
    fresh(line("POST", "/people/{staff}/end", ACCOUNTS, || post(people::end))),
    fresh(line("POST", "/people/{staff}/end-all", ACCOUNTS, || post(people::end_all))),
    fresh(line("POST", "/people/{staff}/reset-proofs", ACCOUNTS, || post(people::reset_proofs))),
    fresh(line("POST", "/people/{staff}/right", ACCOUNTS, || post(people::right))),
    line("GET", "/policies", POLICIES, || get(policies::list)),
    line("POST", "/policies/{policy}/draft", WRITE, || post(policies::begin)),
    line("GET", "/policies/{policy}/{version}", POLICIES, || get(policies::version)),
    line("GET", "/policy/{revision}", POLICIES, || get(policies::revision)),
    line("GET", "/policy/{revision}/text", WRITE, || get(policies::text)),
    line("POST", "/policy/{revision}/text", WRITE, || post(policies::save_text)),
    line("GET", "/policy/{revision}/effect", POLICIES, || get(policies::effect)),
    line("GET", "/policy/{revision}/row/{n}", WRITE, || get(policies::row)),
    line("POST", "/policy/{revision}/row/{n}", WRITE, || post(policies::save_row)),
    line("POST", "/policy/{revision}/row/{n}/{act}", WRITE, || post(policies::turn_row)),
    line("GET", "/policy/{revision}/example/{n}", WRITE, || get(policies::example)),
    line("POST", "/policy/{revision}/example/{n}", WRITE, || post(policies::save_example)),
    line("POST", "/policy/{revision}/example/{n}/{act}", WRITE, || post(policies::turn_example)),
    line("POST", "/policy/{revision}/propose", WRITE, || post(policies::propose)),
    line("POST", "/policy/{revision}/back", WRITE, || post(policies::take_back)),
    line("POST", "/policy/{revision}/drop", WRITE, || post(policies::give_up)),
    fresh(line("POST", "/policy/{revision}/approve", APPROVE, || post(policies::approve))),
    fresh(line("POST", "/policy/{revision}/withdraw", APPROVE, || post(policies::withdraw))),
    line("GET", "/texts", POLICIES, || get(texts::list)),
    line("POST", "/texts/{file}/draft", WRITE, || post(texts::begin)),
    line("GET", "/texts/{file}/{of}", POLICIES, || get(texts::version)),
    line("GET", "/text/{revision}", POLICIES, || get(policies::revision)),
    line("GET", "/text/{revision}/text", WRITE, || get(policies::text)),
    line("POST", "/text/{revision}/text", WRITE, || post(policies::save_text)),
    line("POST", "/text/{revision}/propose", WRITE, || post(policies::propose)),
    line("POST", "/text/{revision}/back", WRITE, || post(policies::take_back)),
    line("POST", "/text/{revision}/drop", WRITE, || post(policies::give_up)),
    fresh(line("POST", "/text/{revision}/approve", APPROVE, || post(policies::approve))),
    fresh(line("POST", "/text/{revision}/withdraw", APPROVE, || post(policies::withdraw))),
    line("GET", "/programs", ACCOUNTS, || get(programs::list)),
    line("GET", "/programs/new", ACCOUNTS, || get(programs::make_page)),
    fresh(line("POST", "/programs/new", ACCOUNTS, || post(programs::make))),
    fresh(line("POST", "/programs/end", ACCOUNTS, || post(programs::end))),
    line("GET", "/webhooks", HOOKS, || get(webhooks::page)),
    fresh(line("POST", "/webhooks", HOOKS, || post(webhooks::again))),
];

/// The pages under `/{lang}/staff`.
pub(crate) fn routes(app: &App) -> Router<App> {
    TABLE.iter().fold(Router::new(), |router, line| {
        let page = (line.page)();
        let asks = || from_fn_with_state((app.clone(), line.door), step_up::ask);
        router.route(line.path, if line.fresh { page.layer(asks()) } else { page })
    })
}
