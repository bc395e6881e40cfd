//! The same figures for each queue, or for each language: who is waiting longer than the others, and who is there for them.

use super::{Room, Tile};
use crate::staff::{frame::Seat, signs};
use locale::Tongue;
use maud::{Markup, html};
use serde::Deserialize;

/// By what the room is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parted {
    Queue,
    Lang,
}

impl Parted {
    const ALL: [Self; 2] = [Self::Queue, Self::Lang];

    const fn code(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Lang => "lang",
        }
    }

    /// What is known of each part. Promised calls wait in no queue.
    fn tiles(self) -> impl Iterator<Item = Tile> {
        let of_calls = |tile: &Tile| matches!(tile, Tile::Due | Tile::Overdue | Tile::Kept);
        Tile::ALL.into_iter().filter(move |tile| self == Self::Lang || !of_calls(tile))
    }

    /// Each part that there is, with its name, and with nobody in it as well: that nobody waits is news, too.
    fn parts(self, seat: &Seat, room: &Room) -> Vec<(String, Room)> {
        let desk = &seat.ctx.app.desk;
        match self {
            Self::Queue => {
                desk.queues().iter().map(|queue| (signs::queue(seat, queue), room.of_queue(queue))).collect()
            }
            Self::Lang => {
                let name = |lang: &domain::text::Lang| seat.t().say_of("staff-lang", lang.as_str());
                desk.pack().languages().iter().map(|lang| (name(lang), room.in_lang(lang))).collect()
            }
        }
    }
}

/// How the board is asked for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::staff) struct View {
    #[serde(default)]
    by: String,
}

impl View {
    /// By what it is to be parted; by nothing when that is no way to part it.
    pub(super) fn by(&self) -> Option<Parted> {
        Parted::ALL.into_iter().find(|by| by.code() == self.by)
    }
}

/// Where the board is that is parted so.
pub(super) fn address(seat: &Seat, by: Option<Parted>) -> String {
    let board = seat.ctx.url("/staff/wallboard");
    by.map_or_else(|| board.clone(), |by| format!("{board}?by={}", by.code()))
}

pub(super) fn title(t: &Tongue, by: Parted) -> String {
    t.say_of("wall-by", by.code())
}

/// The ways from one board to the others.
pub(super) fn ways(seat: &Seat, now: Option<Parted>) -> Markup {
    let t = seat.t();
    html! {
        nav.wall-ways aria-label=(t.say("wall-ways")) {
            ul {
                @for by in [None, Some(Parted::Queue), Some(Parted::Lang)] {
                    li { a href=(address(seat, by)) aria-current=[(by == now).then_some("page")] {
                        (by.map_or_else(|| t.say("wall-title"), |by| title(t, by)))
                    } }
                }
            }
        }
    }
}

/// A row for each part, a column for each figure.
pub(super) fn show(seat: &Seat, room: &Room, by: Parted) -> Markup {
    let t = seat.t();
    html! {
        div.desk-scroll role="region" tabindex="0" aria-labelledby="parts-caption" {
            table.wall-parts {
                caption #parts-caption.usa-sr-only { (title(t, by)) }
                thead { tr {
                    th scope="col" { (t.say_of("wall-part", by.code())) }
                    @for tile in by.tiles() { th scope="col" { (t.say_of("wall-tile", tile.code())) } }
                } }
                tbody {
                    @for (name, part) in by.parts(seat, room) {
                        tr {
                            th scope="row" { bdi { (name) } }
                            @for tile in by.tiles() {
                                @let figure = tile.figure(seat, &part);
                                td.wall-part--bad[figure.bad] {
                                    span.wall-part-value { @if figure.bad { span aria-hidden="true" { "⚠ " } } (figure.value) }
                                    @if !figure.under.is_empty() { span.wall-part-under { (figure.under) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
