//! The wallboard: eight figures of the room at most, live, to be read from across it; each opens to what is behind it.

mod behind;
mod moving;
mod parted;
mod room;
mod spark;

pub(super) use behind::page as behind;
pub(super) use moving::act as move_waits;

use super::{
    frame::{Seat, Tab},
    fresh, signs,
};
use crate::{core::WebError, parts::figures};
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use domain::{
    access::Action,
    indicators::{Indicator, waiting_over},
    wait::State,
};
use jiff::{SignedDuration, Timestamp};
use locale::args;
use maud::{Markup, html};
use parted::View;
use room::Room;

/// How far back the small line goes.
const LINE: SignedDuration = SignedDuration::from_hours(2);
/// And in how many steps.
const STEPS: i32 = 24;
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
                if let Some(band) = room.estimate() {
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
                figure.under = t.say_with("wall-officers", &args! { "n" => n(room.here()) });
                if let Some(planned) = room.planned(now) {
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
                    || (due > 0
                        && (room.here() == 0 || due > usize::try_from(room.keeps(seat)).unwrap_or(due)));
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

pub(super) async fn page(seat: Seat, Query(view): Query<View>) -> Result<Response, WebError> {
    seat.may(Action::RunWait, None)?;
    let room = Room::load(&seat).await?;
    let (t, ctx) = (seat.t(), &seat.ctx);
    let times = waiting_over(&[room.callers.as_slice(), room.gone.as_slice()].concat(), LINE, STEPS, ctx.now);
    let zone = &ctx.app.desk.pack().line().calendar.zone;
    let parted = view.by();
    let body = html! {
        (fresh::source(&seat))
        (parted::ways(&seat, parted))
        // Time passes also when nothing happens: what waits and what is late is asked for again then, too.
        div #wall.wall hx-get=(parted::address(&seat, parted)) hx-trigger="look from:#desk-live, every 15s" hx-select="#wall"
            hx-swap="outerMorph" {
            @match parted {
                Some(by) => (parted::show(&seat, &room, by)),
                None => {
                    ul.wall-tiles {
                        @for tile in Tile::ALL { (self::tile(&seat, &room, tile)) }
                    }
                    (spark::show(t, &times, zone))
                }
            }
            @for says in closed(&seat) { p.wall-as-of { (says) } }
            p.wall-as-of { (t.say_with("wall-as-of", &args! { "time" => t.time(zone.local(ctx.now).time()) })) }
        }
    };
    let title = parted.map_or_else(|| t.say("wall-title"), |by| parted::title(t, by));
    let page = seat.page(title, Tab::Wallboard, body).with("wallboard.css").live();
    Ok(page.render(ctx).into_response())
}

/// The queues that are closed by their own hours while the line is open, in words.
fn closed(seat: &Seat) -> Vec<String> {
    let (t, desk, now) = (seat.t(), &seat.ctx.app.desk, seat.ctx.now);
    let line = desk.pack().line();
    let says = |(own, opens): (&pack::QueueHours, Option<Timestamp>)| {
        let mut who = vec![signs::queue(seat, &own.queue)];
        who.extend(own.lang.as_ref().map(|lang| desk.words().tongue(lang).say("web-language-name")));
        let opens = opens.map_or_else(
            || t.say("wall-queue-never"),
            |at| {
                t.say_with(
                    "wall-queue-opens",
                    &args! { "moment" => t.moment(at, line.calendar.zone.name(), now) },
                )
            },
        );
        t.say_with("wall-queue-closed", &args! { "who" => who.join(" · "), "opens" => opens })
    };
    line.queues_closed(now).into_iter().map(says).collect()
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
