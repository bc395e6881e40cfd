//! The calendar of promised calls: a day or a week of them, by the clock of this desk.

use super::{Asked, late, state};
use crate::{
    core::WebError,
    staff::{frame::Seat, signs},
};
use domain::{
    access::Action,
    actor::Role,
    calendar::Zone,
    callback::{Callback, GivenWhy},
    ids::StaffId,
    inquiry::{Inquiry, Stage},
    roster::Roster,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
};
use locale::args;
use maud::{Markup, html};
use std::{collections::BTreeMap, ops::RangeInclusive};
use store::{HeldBy, List, Page as Part, Paged};

/// So many calls at most: more than stand legibly in a week.
const MOST: u32 = 500;

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// What is to be done today and tomorrow.
    List,
    Day,
    Week,
}

impl View {
    pub(super) const ALL: [Self; 3] = [Self::List, Self::Day, Self::Week];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    pub(super) fn of(asked: &Asked) -> Self {
        Self::ALL.into_iter().find(|view| view.code() == asked.view).unwrap_or(Self::List)
    }
}

/// Whose calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Those of whoever sits here.
    Mine,
    /// Those that officers hold.
    Held,
    /// Those that anybody on duty makes.
    Pool,
    /// Both: mine and the pool's for an officer, all for anybody else.
    Both,
}

impl Of {
    const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Held => "held",
            Self::Pool => "pool",
            Self::Both => "both",
        }
    }

    /// What can be chosen here: whoever is no officer has no calls of their own.
    const fn choices(officer: bool) -> [Self; 3] {
        [Self::Both, if officer { Self::Mine } else { Self::Held }, Self::Pool]
    }
}

/// A stretch of the calendar, as it was asked for.
pub(super) struct Calendar<'a> {
    seat: &'a Seat,
    view: View,
    of: Of,
    officer: bool,
    /// The day, or the Monday of the week.
    first: Date,
    days: Vec<Date>,
    today: Date,
    zone: &'a Zone,
}

/// The calls of a stretch.
pub(super) struct Calls {
    pub(super) rows: Vec<Inquiry>,
    /// There are more than can be shown.
    more: bool,
    /// So many are late and were to be made before it.
    late: usize,
}

impl<'a> Calendar<'a> {
    pub(super) fn of(seat: &'a Seat, asked: &Asked) -> Self {
        let (zone, officer, view) = (seat.zone(), seat.me.staff.is(Role::Officer), View::of(asked));
        let today = zone.date(seat.ctx.now);
        let day = asked.day.parse().unwrap_or(today);
        let first = match view {
            View::Week => day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days()),
            View::List | View::Day => day,
        };
        let length = if view == View::Week { 7 } else { 1 };
        let days = (0..length).map(|n: i32| first.saturating_add(n.days())).collect();
        let of = Of::choices(officer).into_iter().find(|of| of.code() == asked.of).unwrap_or(Of::Both);
        Self { seat, view, of, officer, first, days, today, zone }
    }

    /// The instants between which it lies.
    fn stretch(&self) -> (Timestamp, Timestamp) {
        let begin = |day| self.zone.day_start(day).unwrap_or(self.seat.ctx.now);
        (begin(self.first), begin(next(self.days.last().copied().unwrap_or(self.first))))
    }

    /// The calls in it, in the order in which they are to be made.
    pub(super) async fn calls(&self) -> Result<Calls, WebError> {
        let (from, to) = self.stretch();
        let me = HeldBy::One(self.seat.me.staff.id);
        let (held, pool) = match self.of {
            Of::Mine => (Some(me), false),
            Of::Held => (Some(HeldBy::Any), false),
            Of::Pool => (None, true),
            Of::Both if self.officer => (Some(me), true),
            Of::Both => (Some(HeldBy::Any), true),
        };
        let store = self.seat.ctx.app.desk.store();
        let list = List::Calendar { held, pool, from, to };
        let Paged { rows, more } = store.list(&list, Part::first(MOST)).await?;
        // What stands before today is said in one line: it is in the list, first of all.
        let before = List::Calendar { held, pool, from: Timestamp::MIN, to: from.min(self.seat.ctx.now) };
        let before = store.list(&before, Part::first(MOST)).await?.rows;
        let late = before.iter().filter_map(Inquiry::callback).filter(|c| late(c, self.seat.ctx.now)).count();
        Ok(Calls { rows, more, late })
    }

    /// The address of another part of it.
    fn to(&self, view: View, of: Of, day: Date) -> String {
        let (view, of) = (view.code(), of.code());
        self.seat.ctx.url(&format!("/staff/callbacks?view={view}&of={of}&day={day}"))
    }

    /// The address of this part of it.
    pub(super) fn here(&self) -> String {
        self.to(self.view, self.of, self.first)
    }

    /// The same for whoever asks for news.
    pub(super) fn news(&self, since: Timestamp) -> String {
        let (view, of, day) = (self.view.code(), self.of.code(), self.first);
        let since = since.as_microsecond();
        self.seat.ctx.url(&format!("/staff/callbacks/news?since={since}&view={view}&of={of}&day={day}"))
    }

    fn step(&self, by: i32) -> Date {
        let days = i32::try_from(self.days.len()).unwrap_or(1);
        self.first.saturating_add((by * days).days())
    }

    /// The ways to the other views, to what lies before and behind, and to whose calls.
    pub(super) fn ways(&self) -> Markup {
        let t = self.seat.t();
        let now = |is: bool| is.then_some("page");
        html! {
            @if self.seat.can(Action::GivePromise, None) {
                p { a.usa-link href=(self.seat.ctx.url("/staff/handovers")) { (t.say("handover-title")) } }
            }
            nav.desk-days aria-label=(t.say("staff-cal-views")) { ul {
                @for view in View::ALL {
                    li { a.usa-link href=(self.to(view, self.of, self.first)) aria-current=[now(view == self.view)] {
                        (t.say_of("staff-cal-view", view.code())) } }
                }
            } }
            @if self.view != View::List {
                nav.desk-days aria-label=(t.say("staff-cal-when")) { ul {
                    li { a.usa-link rel="prev" accesskey="p" href=(self.to(self.view, self.of, self.step(-1))) {
                        (t.say_of("staff-cal-before", self.view.code())) " " kbd aria-hidden="true" { "P" } } }
                    li { a.usa-link accesskey="t" href=(self.to(self.view, self.of, self.today))
                        aria-current=[self.days.contains(&self.today).then_some("date")] {
                        (t.say("staff-cal-today")) " " kbd aria-hidden="true" { "T" } } }
                    li { a.usa-link rel="next" accesskey="n" href=(self.to(self.view, self.of, self.step(1))) {
                        (t.say_of("staff-cal-after", self.view.code())) " " kbd aria-hidden="true" { "N" } } }
                } }
                nav.desk-days aria-label=(t.say("staff-cal-whose")) { ul {
                    @for of in Of::choices(self.officer) {
                        li { a.usa-link href=(self.to(self.view, of, self.first)) aria-current=[now(of == self.of)] {
                            @if self.officer { (t.say_of("staff-cal-own", of.code())) } @else { (t.say_of("staff-cal-all", of.code())) } } }
                    }
                } }
                form.desk-filter action=(self.seat.ctx.url("/staff/callbacks")) {
                    input type="hidden" name="view" value=(self.view.code());
                    input type="hidden" name="of" value=(self.of.code());
                    div.usa-form-group {
                        label.usa-label for="day" { (t.say("staff-cal-day")) }
                        input.usa-input #day type="date" name="day" value=(self.first);
                    }
                    button.usa-button.usa-button--outline type="submit" { (t.say("staff-cal-go")) }
                }
            }
        }
    }

    /// The page's body: a table by hours for a wide window and for who hears it, a list by days for a narrow one.
    pub(super) fn show(&self, calls: &Calls, officers: &BTreeMap<StaffId, String>) -> Markup {
        let t = self.seat.t();
        let entries: Vec<Entry<'_>> =
            calls.rows.iter().filter_map(|inquiry| Entry::of(inquiry, self.zone)).collect();
        html! {
            p.quiet { (t.say_with("staff-cal-zone", &args! { "zone" => t.zone(self.zone.name()) })) }
            @if calls.late > 0 {
                p { strong.desk-late { span aria-hidden="true" { "⚠ " }
                    (t.say_with("staff-cal-late", &args! { "n" => i64::try_from(calls.late).unwrap_or(i64::MAX) })) } " "
                    a.usa-link href=(self.seat.ctx.url("/staff/callbacks")) { (t.say("staff-cal-late-look")) } }
            }
            @if calls.more { p { (t.say_with("staff-cal-more", &args! { "n" => i64::from(MOST) })) } }
            @if entries.is_empty() {
                div.desk-empty { p { strong { (t.say_of("staff-cal-empty", self.view.code())) } } }
            }
            (self.grid(&entries, officers))
            (self.list(&entries, officers))
        }
    }

    fn caption(&self) -> String {
        let t = self.seat.t();
        let day = |date| t.day(date, self.today);
        match self.view {
            View::Week => {
                let last = self.days.last().copied().unwrap_or(self.first);
                t.say_with("staff-cal-week-of", &args! { "first" => day(self.first), "last" => day(last) })
            }
            View::List | View::Day => day(self.first),
        }
    }

    /// The roster by which hours are shaded: that of whoever sits here, where their own calls are shown.
    fn roster(&self) -> Option<&Roster> {
        let own = self.officer && self.of != Of::Pool;
        self.seat.me.staff.roster.as_ref().filter(|_| own)
    }

    fn is_off(&self, date: Date, hour: i8) -> bool {
        let Some(roster) = self.roster() else { return false };
        let Some(start) = self.zone.opening(date.at(hour, 0, 0, 0)) else { return false };
        roster.there(start, start.saturating_add(1.hour()).unwrap_or(start)).is_empty()
    }

    /// The hours down the side: those in which people are called, and any other in which a call stands.
    fn hours(&self, entries: &[Entry<'_>]) -> RangeInclusive<i8> {
        let rules = self.seat.ctx.app.desk.pack().line().callbacks.as_written();
        let first = entries.iter().map(|entry| entry.hour).min().unwrap_or(rules.from.hour());
        let last = entries.iter().map(|entry| entry.hour).max().unwrap_or(rules.from.hour());
        first.min(rules.from.hour())
            ..=last.max(rules.to.hour().saturating_sub(i8::from(rules.to.minute() == 0)))
    }

    fn grid(&self, entries: &[Entry<'_>], officers: &BTreeMap<StaffId, String>) -> Markup {
        let t = self.seat.t();
        html! {
            div.desk-scroll.cal-wide role="region" tabindex="0" aria-labelledby="cal-caption" {
                table.usa-table.usa-table--borderless.desk-table.cal-grid {
                    caption #cal-caption { (self.caption()) }
                    thead { tr {
                        th scope="col" { (t.say("staff-cal-hour")) }
                        @for date in &self.days {
                            th scope="col" aria-current=[(*date == self.today).then_some("date")] { (self.head(*date)) }
                        }
                    } }
                    tbody {
                        @for hour in self.hours(entries) {
                            tr {
                                th scope="row" { (t.time(Time::constant(hour, 0, 0, 0))) }
                                @for date in &self.days {
                                    @let off = self.is_off(*date, hour);
                                    td.cal-off[off] {
                                        @if off { span.usa-sr-only { (t.say("staff-cal-off")) } }
                                        @let here: Vec<_> = entries.iter().filter(|one| (one.date, one.hour) == (*date, hour)).collect();
                                        @if !here.is_empty() {
                                            ul.cal-calls { @for entry in here { li { (self.entry(entry, officers)) } } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The day above its column, which leads to it; beneath, how many hours of it are worked.
    fn head(&self, date: Date) -> Markup {
        let t = self.seat.t();
        html! {
            @if self.view == View::Week {
                a.usa-link href=(self.to(View::Day, self.of, date)) { (t.day(date, self.today)) }
            } @else { (t.day(date, self.today)) }
            @if let Some(worked) = self.worked(date) { span.desk-here { (worked) } }
        }
    }

    /// The hours that are worked on a day, by the clock of this desk.
    fn worked(&self, date: Date) -> Option<String> {
        let (roster, t) = (self.roster()?, self.seat.t());
        let (from, until) = (self.zone.day_start(date)?, self.zone.day_start(next(date))?);
        let clock = |at| t.time(self.zone.local(at).time());
        let spans = roster.there(from, until);
        let spans: Vec<String> = spans
            .iter()
            .map(|span| {
                t.say_with(
                    "staff-cal-span",
                    &args! { "from" => clock(span.start), "until" => clock(span.end) },
                )
            })
            .collect();
        Some(if spans.is_empty() { t.say("staff-cal-off") } else { t.list(&spans) })
    }

    fn list(&self, entries: &[Entry<'_>], officers: &BTreeMap<StaffId, String>) -> Markup {
        let t = self.seat.t();
        html! {
            div.cal-narrow {
                @for date in &self.days {
                    @let here: Vec<_> = entries.iter().filter(|one| one.date == *date).collect();
                    @if !here.is_empty() || self.view == View::Day {
                        section aria-labelledby={ "cal-" (date) } {
                            h2 id={ "cal-" (date) } { (t.day(*date, self.today)) }
                            @if let Some(worked) = self.worked(*date) { p.quiet { (worked) } }
                            @if !here.is_empty() {
                                ul.cal-calls { @for entry in here { li { (self.entry(entry, officers)) } } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// One call: when, whose, where it stands, and by the person's clock where that shows something else.
    fn entry(&self, entry: &Entry<'_>, officers: &BTreeMap<StaffId, String>) -> Markup {
        let (seat, t) = (self.seat, self.seat.t());
        let Entry { inquiry, callback, .. } = entry;
        let window = &callback.window;
        let span = |zone: &Zone| {
            let clock = |at| t.time(zone.local(at).time());
            t.say_with(
                "staff-cal-span",
                &args! { "from" => clock(window.start), "until" => clock(window.end) },
            )
        };
        let due = callback.next_attempt;
        let waits = matches!(inquiry.stage, Stage::Promised(_))
            && seat.ctx.now < due
            && !late(callback, seat.ctx.now);
        let name = |id: StaffId| officers.get(&id).cloned().unwrap_or_default();
        html! {
            div.cal-call.cal-call--late[late(callback, seat.ctx.now)] {
                strong.cal-time { (signs::time(due, &t.time(self.zone.local(due).time()))) } " "
                (signs::number(seat, inquiry)) " " bdi { (signs::name(seat, inquiry)) }
                span.cal-line { @if waits { (t.say("staff-cal-promised")) } @else { (state(seat, inquiry, callback)) } }
                span.cal-line { (t.say_with("staff-cal-window", &args! { "window" => span(self.zone) })) }
                @if self.zone.local(window.start) != window.zone.local(window.start) {
                    span.desk-here { (t.say_with("staff-cal-theirs", &args! {
                        "window" => span(&window.zone), "zone" => t.zone(window.zone.name()) })) }
                }
                @match callback.owner {
                    Some(owner) if owner == seat.me.staff.id => {}
                    Some(owner) => span.cal-line { bdi { (name(owner)) } },
                    None => span.cal-line { (t.say("staff-officer-any")) },
                }
                @if let Some(given) = callback.taken_over() {
                    @let from = given.from.map(name).unwrap_or_default();
                    span.cal-line { (t.say_with("staff-cal-taken-over", &args! { "officer" => from }))
                        @if given.why == Some(GivenWhy::NobodyThere) { " " strong.desk-late { (t.say("wall-call-left")) } } }
                }
            }
        }
    }
}

fn next(day: Date) -> Date {
    day.saturating_add(1.day())
}

/// A call at its place: the day and the hour in which it is to be made, by the clock of this desk.
struct Entry<'a> {
    inquiry: &'a Inquiry,
    callback: &'a Callback,
    date: Date,
    hour: i8,
}

impl<'a> Entry<'a> {
    fn of(inquiry: &'a Inquiry, zone: &Zone) -> Option<Self> {
        let callback = inquiry.callback()?;
        let local = zone.local(callback.next_attempt);
        Some(Self { inquiry, callback, date: local.date(), hour: local.hour() })
    }
}
