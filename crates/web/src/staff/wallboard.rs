//! The wallboard: eight figures of the room at most, live, to be read from across it; each opens to what is behind it.

mod behind;
mod moving;
mod spark;

pub(super) use behind::page as behind;
pub(super) use moving::act as move_waits;

use super::{
    frame::{Seat, Tab},
    fresh,
};
use crate::{core::WebError, parts::figures};
use axum::response::{IntoResponse, Response};
use domain::{
    access::Action,
    actor::{Role, Staff},
    callback::Callback,
    ids::StaffId,
    indicators::{By, Facts, Indicator, Measure, count, waiting_over},
    inquiry::Inquiry,
    wait::{Band, Operator, State, Status, WaitingCaller, likely},
};
use jiff::{SignedDuration, Timestamp};
use locale::args;
use maud::{Markup, html};
use std::collections::BTreeSet;
use store::{List, Page as Part, Waits, columns::MOST_WAITS};

/// How far ahead promises are looked at.
const SOON: SignedDuration = SignedDuration::from_hours(1);
/// How far back the small line goes.
const LINE: SignedDuration = SignedDuration::from_hours(2);
/// And in how many steps.
const STEPS: i32 = 24;
/// More promised calls than anybody on duty makes in an hour.
const MOST: u32 = 500;

/// What stands on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tile {
    Waiting,
    Longest,
    Estimate,
    Right,
    Due,
    Overdue,
    Kept,
    Operators,
}

impl Tile {
    const ALL: [Self; 8] = [
        Self::Waiting,
        Self::Longest,
        Self::Estimate,
        Self::Right,
        Self::Due,
        Self::Overdue,
        Self::Kept,
        Self::Operators,
    ];

    const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Longest => "longest",
            Self::Estimate => "estimate",
            Self::Right => "right",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Kept => "kept",
            Self::Operators => "operators",
        }
    }

    fn from_code(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tile| tile.code() == s)
    }
}

/// The room as it is now, and what has come of the day so far.
struct Room {
    /// Everybody whose wait is not over, in the order of their places.
    callers: Vec<WaitingCaller>,
    /// Those whose wait was over in the last two hours.
    gone: Vec<WaitingCaller>,
    operators: Vec<Operator>,
    /// Officers on duty.
    officers: usize,
    /// How many calls they can make within the hour, those who are on duty and planned, or not planned at all.
    keeps: u32,
    /// Officers who are planned within the hour; none where nobody is planned.
    planned: Option<usize>,
    /// Promised calls that are due within the hour, or late, the earliest first.
    calls: Vec<Inquiry>,
    /// Today's facts.
    facts: Facts,
    /// How long somebody would wait who asked now; the worst of the queues and languages that people wait in.
    estimate: Option<Band>,
}

impl Room {
    async fn load(seat: &Seat) -> Result<Self, WebError> {
        let (desk, now) = (&seat.ctx.app.desk, seat.ctx.now);
        let store = desk.store();
        let callers = store.waits(&Waits::All, MOST_WAITS).await?;
        let since = now.saturating_sub(LINE).unwrap_or(now);
        let gone = store.waits(&Waits::Over { since }, MOST_WAITS).await?;
        let operators: Vec<Operator> =
            store.operators().await?.iter().map(|operator| operator.settled(now)).collect();
        let on_duty: BTreeSet<StaffId> = operators.iter().map(|operator| operator.id).collect();
        let staff = store.all_staff().await?;
        let officers: Vec<&Staff> = staff.iter().filter(|one| one.active && one.is(Role::Officer)).collect();
        let here: Vec<&Staff> = officers.iter().copied().filter(|one| on_duty.contains(&one.id)).collect();
        let to = now.saturating_add(SOON).unwrap_or(now);
        let calls = store.list(&List::Callbacks { officer: None, to }, Part::first(MOST)).await?.rows;
        let line = desk.pack().line();
        let zone = &line.calendar.zone;
        let midnight = zone.day_start(zone.date(now)).unwrap_or(now);
        let facts = desk.facts(midnight, now, now).await?;
        let mut asks: Vec<_> = callers.iter().map(|one| (one.queue.clone(), one.lang.clone())).collect();
        asks.sort();
        asks.dedup();
        let estimate = likely(&callers, &operators, &asks, None, &line.wait, now)
            .into_iter()
            .filter_map(|likely| likely.band)
            .max_by_key(|band| band.most);
        let keeps = desk.keeping_of(here.iter().copied(), now, to).all_in(now, to);
        let rosters = officers.iter().filter_map(|one| one.roster.as_ref());
        let planned = rosters.clone().filter(|roster| !roster.there(now, to).is_empty()).count();
        let planned = (rosters.count() > 0).then_some(planned);
        Ok(Self { callers, gone, operators, officers: here.len(), keeps, planned, calls, facts, estimate })
    }

    /// Those who have not spoken with anybody yet.
    fn waiting(&self) -> impl Iterator<Item = &WaitingCaller> {
        self.callers.iter().filter(|one| !matches!(one.state, State::Talking { .. } | State::Over { .. }))
    }

    fn longest(&self) -> Option<&WaitingCaller> {
        self.waiting().min_by_key(|one| one.first_asked)
    }

    /// Promised calls that are late, or are not.
    fn calls(&self, late: bool, now: Timestamp) -> Vec<(&Inquiry, &Callback)> {
        let calls = self.calls.iter().filter_map(|inquiry| Some((inquiry, inquiry.callback()?)));
        calls.filter(|(_, callback)| (now >= callback.due()) == late).collect()
    }

    fn overdue(&self, now: Timestamp) -> Vec<(&Inquiry, &Callback)> {
        self.calls(true, now)
    }

    fn due(&self, now: Timestamp) -> Vec<(&Inquiry, &Callback)> {
        self.calls(false, now)
    }

    fn free(&self) -> usize {
        self.operators.iter().filter(|one| matches!(one.status, Status::Ready { .. })).count()
    }

    fn today(&self, indicator: Indicator) -> Option<Measure> {
        count(&self.facts, By::All).into_iter().find(|measure| measure.indicator == indicator)
    }
}

/// A figure as it stands on the board.
struct Figure {
    value: String,
    /// A smaller line under it.
    under: String,
    /// At risk or broken: red, with a sign and words.
    bad: bool,
}

fn n(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

impl Tile {
    fn figure(self, seat: &Seat, room: &Room) -> Figure {
        let (t, now) = (seat.t(), seat.ctx.now);
        let mut figure = Figure { value: t.say("figure-none"), under: String::new(), bad: false };
        match self {
            Self::Waiting => {
                figure.value = t.number(n(room.waiting().count()));
                let away = room.waiting().filter(|one| matches!(one.state, State::Away(_))).count();
                figure.under = t.say_with("wall-away", &args! { "n" => n(away) });
            }
            Self::Longest => {
                if let Some(longest) = room.longest() {
                    figure.value =
                        figures::length(t, now.duration_since(longest.first_asked).as_secs().max(0));
                }
            }
            Self::Estimate => {
                if let Some(band) = room.estimate {
                    figure.value = t.say_with(
                        "wall-band",
                        &args! { "least" => i64::from(band.least), "most" => i64::from(band.most) },
                    );
                }
            }
            Self::Right | Self::Kept => {
                let indicator =
                    if self == Self::Right { Indicator::EstimateRight } else { Indicator::PromisesKept };
                if let Some(measure) = room.today(indicator) {
                    if let Some(value) = measure.value {
                        figure.value = figures::figure(t, indicator, value);
                    }
                    figure.under = t.say_with("wall-n", &args! { "n" => measure.n.cast_signed() });
                }
            }
            Self::Due => {
                let due = room.due(now).len();
                figure.value = t.number(n(due));
                figure.under = t.say_with("wall-officers", &args! { "n" => n(room.officers) });
                if let Some(planned) = room.planned {
                    figure.under = t.say_with(
                        "wall-planned",
                        &args! { "officers" => figure.under, "planned" => n(planned) },
                    );
                }
                // A call that an absent officer left, and that nobody there could take, is in danger whoever else is on duty.
                let left = room.due(now).iter().filter(|(_, callback)| callback.is_left()).count();
                if left > 0 {
                    figure.under = t.say_with("wall-left", &args! { "n" => n(left), "else" => figure.under });
                }
                figure.bad = left > 0
                    || (due > 0 && (room.officers == 0 || due > usize::try_from(room.keeps).unwrap_or(due)));
            }
            Self::Overdue => {
                let overdue = room.overdue(now);
                figure.value = t.number(n(overdue.len()));
                figure.bad = !overdue.is_empty();
                if let Some((_, oldest)) = overdue.iter().min_by_key(|(_, callback)| callback.due()) {
                    figure.under = t.due(now, oldest.due());
                }
            }
            Self::Operators => {
                figure.value = t.number(n(room.operators.len()));
                figure.under = t.say_with("wall-free", &args! { "n" => n(room.free()) });
            }
        }
        figure
    }
}

pub(super) async fn page(seat: Seat) -> Result<Response, WebError> {
    seat.may(Action::RunWait, None)?;
    let room = Room::load(&seat).await?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let times = waiting_over(&[room.callers.as_slice(), room.gone.as_slice()].concat(), LINE, STEPS, ctx.now);
    let zone = &ctx.app.desk.pack().line().calendar.zone;
    let body = html! {
        (fresh::source(&seat))
        // Time passes also when nothing happens: what waits and what is late is asked for again then, too.
        div #wall.wall hx-get=(ctx.url("/staff/wallboard")) hx-trigger="look from:#desk-live, every 15s" hx-select="#wall"
            hx-swap="outerMorph" {
            ul.wall-tiles {
                @for tile in Tile::ALL { (self::tile(&seat, &room, tile)) }
            }
            (spark::show(t, &times, zone))
            p.wall-as-of { (t.say_with("wall-as-of", &args! { "time" => t.time(zone.local(ctx.now).time()) })) }
        }
    };
    let page = seat.page(t.say("wall-title"), Tab::Wallboard, body).with("wallboard.css").live();
    Ok(page.render(ctx).into_response())
}

fn tile(seat: &Seat, room: &Room, tile: Tile) -> Markup {
    let t = seat.t();
    let figure = tile.figure(seat, room);
    let to = seat.ctx.url(&format!("/staff/wallboard/{}", tile.code()));
    html! {
        li.wall-tile.wall-tile--bad[figure.bad] {
            a href=(to) {
                span.wall-name { (t.say_of("wall-tile", tile.code())) }
                span.wall-value { @if figure.bad { span aria-hidden="true" { "⚠ " } } (figure.value) }
                span.wall-under { (figure.under) }
            }
        }
    }
}
