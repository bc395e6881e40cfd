//! The story: who asks what in the three weeks before the demo's now, and how far each has come by then.

use super::{
    cast::{ELSEWHERE, FULL, OFFICE},
    chance::Chance,
    matters::Kind,
    people,
    script::{End, PlaceWish, Script, Window},
};
use domain::{
    calendar::{BusinessCalendar, Zone},
    callback::CallOutcome,
    codes::OfficeCode,
    decision::Need,
    inquiry::Channel,
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Time, time},
};
use pack::{Office, Pack};

/// How far back the story reaches.
pub const STORY_DAYS: i64 = 22;

/// ZIP codes that the USCIS pack gives to the demo's office.
const HERE: [&str; 8] = ["90012", "90015", "90017", "90026", "90031", "90033", "90042", "90057"];
/// The same for the other offices, in the order of [`ELSEWHERE`].
const THERE: [&str; 6] = ["10001", "33127", "60614", "77002", "98104", "89501"];

/// Times that the story turns on.
#[derive(Debug, Clone)]
pub struct Moments {
    /// The demo's now.
    pub now: Timestamp,
    /// When an officer last could have been on the line: some minutes ago while it is open.
    pub last_call: Timestamp,
    /// Is the line open, and may people here be called?
    pub calling_now: bool,
    /// The office's day to look at: today while it is not over, else the next.
    pub day: Date,
    /// The last times at which somebody could have come in.
    pub last_arrivals: [Timestamp; 2],
    /// The first Friday that leaves time to fill it.
    pub full_day: Date,
}

/// Writes the story's scripts.
struct Writer<'a> {
    line: &'a BusinessCalendar,
    office: &'a Office,
    pack: &'a Pack,
    chance: Chance,
    moments: Moments,
    scripts: Vec<Script>,
}

/// Every script of the story, and the times it turns on; none when the pack is not the one it is written for.
pub fn story(pack: &Pack, chance: Chance, now: Timestamp) -> Option<(Vec<Script>, Moments)> {
    let office = pack.office(&OFFICE.parse().ok()?)?;
    let moments = Moments::at(pack, office, now)?;
    let mut writer =
        Writer { line: &pack.line().calendar, office, pack, chance, moments, scripts: Vec::new() };
    writer.weeks()?;
    writer.new_ones()?;
    writer.calls()?;
    writer.papers()?;
    writer.visits()?;
    writer.full_day()?;
    Some((writer.scripts, writer.moments))
}

impl Moments {
    fn at(pack: &Pack, office: &Office, now: Timestamp) -> Option<Self> {
        let line = &pack.line().calendar;
        let zone = office.zone();
        let here = zone.date(now);
        let rules = pack.line().callbacks.as_written();
        let can_call = |at: Timestamp| {
            let clock = zone.local(at).time();
            line.is_open(at)
                && clock >= rules.from
                && clock.checked_add(1.hour()).is_ok_and(|end| end <= rules.to)
        };
        let last_call = (0..14 * 24 * 6)
            .map(|step| now - SignedDuration::from_mins(4 + step * 10))
            .find(|at| can_call(*at))?;
        let calling_now = now.duration_since(last_call) < SignedDuration::from_mins(5);
        let last_visit = |date: Date| zone.opening(date.to_datetime(time(14, 45, 0, 0)));
        let over = !office.calendar.is_business_day(here) || last_visit(here).is_none_or(|at| at < now);
        let day = if over { office.calendar.add_business_days(here, 1)? } else { here };
        // The last two starts at which people could have come in by now.
        let mut starts = (0..10_i32).map(|back| here.saturating_sub(back.days())).flat_map(|date| {
            let open = office.calendar.is_business_day(date);
            let times = [
                (14, 45),
                (14, 30),
                (13, 45),
                (13, 15),
                (11, 30),
                (10, 45),
                (10, 0),
                (9, 15),
                (8, 30),
                (8, 0),
            ];
            times
                .into_iter()
                .filter(move |_| open)
                .filter_map(move |(h, m)| zone.opening(date.to_datetime(time(h, m, 0, 0))))
        });
        let mut before = || starts.find(|at| *at + SignedDuration::from_mins(5) < now);
        let last_arrivals = [before()?, before()?];
        let full = pack.office(&FULL.parse().ok()?)?;
        let full_day = (4..30_i32).map(|ahead| here.saturating_add(ahead.days())).find(|date| {
            date.weekday() == jiff::civil::Weekday::Friday && full.calendar.is_business_day(*date)
        })?;
        Some(Self { now, last_call, calling_now, day, last_arrivals, full_day })
    }
}

impl Writer<'_> {
    fn zone(&self) -> &Zone {
        self.office.zone()
    }

    fn script(&mut self, kind: Kind, zip: &'static str, opened: Timestamp) -> Option<&mut Script> {
        let n = self.scripts.len();
        let who = people::person(n, &mut self.chance)?;
        let today = self.zone().date(opened);
        let matter = kind.matter(&who.lang, today, &mut self.chance)?;
        let mut script = Script::new(who, matter, zip, opened);
        script.channel = if self.chance.percent(40) { Channel::Web } else { Channel::Phone };
        self.scripts.push(script);
        self.scripts.last_mut()
    }

    fn here(&mut self) -> &'static str {
        self.chance.pick(&HERE).copied().unwrap_or(HERE[0])
    }

    fn anywhere(&mut self) -> &'static str {
        if self.chance.percent(70) {
            self.here()
        } else {
            self.chance.pick(&THERE).copied().unwrap_or(THERE[0])
        }
    }

    /// A moment so many business days of the line before now, at some hour of the day there.
    fn business_days_ago(&mut self, days: i32) -> Option<Timestamp> {
        let zone = self.line.zone.clone();
        let date = self.line.add_business_days(zone.date(self.moments.now), -days)?;
        let clock = time(
            i8::try_from(self.chance.between(9, 16)).ok()?,
            i8::try_from(self.chance.between(0, 59)).ok()?,
            0,
            0,
        );
        zone.opening(date.to_datetime(clock))
    }

    /// A moment between so many hours before now, at an hour when people are awake.
    fn hours_ago(&mut self, from: i64, to: i64) -> Timestamp {
        let at = self.moments.now - SignedDuration::from_mins(self.chance.between(to * 60, from * 60));
        let hour = self.zone().local(at).hour();
        // People seldom write at night.
        if hour < 6 { (at - SignedDuration::from_hours(8)).max(self.start()) } else { at }
    }

    fn start(&self) -> Timestamp {
        self.moments.now - SignedDuration::from_hours(24 * (STORY_DAYS - 1))
    }

    /// The weeks before: matters that took their course.
    fn weeks(&mut self) -> Option<()> {
        for _ in 0..84 {
            let opened = self.hours_ago(24 * (STORY_DAYS - 1), 30);
            let kind = Kind::any(&mut self.chance);
            let zip = self.anywhere();
            let promise = SignedDuration::from_mins(self.chance.between(15, 600));
            let nth = usize::try_from(self.chance.between(0, 22)).unwrap_or(0);
            let own = self.chance.percent(30);
            let missed = self.chance.percent(15);
            let moves_call = self.chance.percent(6);
            let comes = !self.chance.percent(12);
            let moves_visit = self.chance.percent(7);
            let by_phone = self.chance.percent(12);
            let other = self.chance.percent(3);
            let also = self.chance.percent(10);
            let script = self.script(kind, zip, opened)?;
            script.promise_after = promise;
            script.window = Window::Nth(nth);
            script.own_choice = own;
            script.moves_call = moves_call;
            script.comes = comes;
            script.moves_visit = moves_visit;
            script.papers_after = Some(SignedDuration::from_hours(40));
            if missed {
                script.calls = vec![CallOutcome::NoAnswer, CallOutcome::Machine];
                script.calls.truncate(1 + nth % 2);
            }
            if by_phone {
                script.need =
                    Some((Need::Phone, "Settled on the line: the receipt notice extends the card."));
            } else if other {
                script.need = Some((Need::Elsewhere, "Belongs to the consulate."));
            }
            if also {
                script.bring_also = Some(if script.who.lang.as_str() == "es" {
                    "La carta de su empleador, si la tiene."
                } else {
                    "The letter from your employer, if you have it."
                });
            }
        }
        Some(())
    }

    /// What came in lately and nobody has looked at yet; the urgent ones too.
    fn new_ones(&mut self) -> Option<()> {
        for n in 0..26 {
            let opened = if n < 6 { self.hours_ago(8, 0) } else { self.hours_ago(44, 1) };
            let opened = opened.min(self.moments.now - SignedDuration::from_mins(2));
            let kind = match n {
                0 | 7 => Kind::Travel,
                1 => Kind::StampSoon,
                2 => Kind::Departure,
                12 => Kind::TravelNoPapers,
                _ => Kind::any(&mut self.chance),
            };
            let zip = self.anywhere();
            self.script(kind, zip, opened)?.end = End::Review;
        }
        Some(())
    }

    /// Calls: promised for today and the next days, kept, missed and broken.
    fn calls(&mut self) -> Option<()> {
        let last = self.moments.last_call;
        // Ready to be called: the window that is open now, or the next one.
        let zip = self.here();
        let opened = self.business_days_ago(3)?;
        let ready = self.moments.now;
        let script = self.script(Kind::Stamp, zip, opened)?;
        script.window = Window::At(ready);
        script.end = End::Promised;
        // Being called at this moment, or left open when the line closed.
        let opened = self.business_days_ago(4)?;
        let script = self.script(Kind::Judge, zip, opened)?;
        script.window = Window::At(last);
        script.dial_at = Some(last);
        script.end = End::Calling;
        // A broken promise: the window went by and nobody called.
        let opened = self.business_days_ago(4)?;
        let script = self.script(Kind::Question, zip, opened)?;
        script.window = Window::At(last - SignedDuration::from_hours(26));
        script.end = End::Promised;
        // Spoken with, to be decided.
        for minutes in [35, 70] {
            let opened = self.business_days_ago(5)?;
            let at = last - SignedDuration::from_mins(minutes);
            let script = self.script(Kind::Stamp, zip, opened)?;
            script.window = Window::At(at);
            script.dial_at = Some(at);
            script.end = End::Spoken;
        }
        // Every attempt failed.
        for n in 0..3 {
            let opened = self.business_days_ago(8 + n)?;
            let zip = self.anywhere();
            let script = self.script(Kind::Packet, zip, opened)?;
            script.window = Window::Nth(4);
            // More than the pack asks for: whoever is called so often is not reached.
            script.calls = [CallOutcome::NoAnswer, CallOutcome::Busy, CallOutcome::Machine]
                .into_iter()
                .chain([CallOutcome::NoAnswer; 9])
                .collect();
        }
        // Promised for the next days.
        for n in 0..18_i64 {
            let opened = self.business_days_ago(1 + i32::try_from(n % 3).unwrap_or(0))?;
            let kind = if n % 5 == 0 { Kind::Parole } else { Kind::Stamp };
            let zip = self.anywhere();
            let at = self.moments.now + SignedDuration::from_hours(2 + n * 4);
            let own = self.chance.percent(40);
            let script = self.script(kind, zip, opened)?;
            script.window = Window::At(at);
            script.own_choice = own;
            script.end = End::Promised;
        }
        // Withdrawn.
        for n in 0..4 {
            let opened = self.business_days_ago(3 + 2 * n)?;
            let zip = self.anywhere();
            let script = self.script(Kind::Stamp, zip, opened)?;
            script.window = Window::Nth(20);
            script.end = End::Withdrawn;
        }
        Some(())
    }

    /// Papers that are awaited: asked for before the call, and in it.
    fn papers(&mut self) -> Option<()> {
        for n in 0..4 {
            let opened = self.business_days_ago(2 + n)?;
            let zip = self.anywhere();
            let script = self.script(Kind::TravelNoPapers, zip, opened)?;
            script.papers_first = true;
        }
        for n in 0..3 {
            let opened = self.business_days_ago(6 + n)?;
            let zip = self.anywhere();
            self.script(Kind::TravelNoPapers, zip, opened)?.promise_after = SignedDuration::from_mins(40);
        }
        Some(())
    }

    /// Visits: the office's day, some people at the counter, and what is still to be booked.
    fn visits(&mut self) -> Option<()> {
        let day = self.moments.day;
        let clocks = [
            time(8, 0, 0, 0),
            time(8, 15, 0, 0),
            time(8, 45, 0, 0),
            time(9, 0, 0, 0),
            time(9, 0, 0, 0),
            time(9, 30, 0, 0),
            time(10, 0, 0, 0),
            time(10, 15, 0, 0),
            time(10, 30, 0, 0),
            time(11, 0, 0, 0),
            time(11, 15, 0, 0),
            time(11, 45, 0, 0),
            time(13, 0, 0, 0),
            time(13, 15, 0, 0),
            time(13, 45, 0, 0),
            time(14, 0, 0, 0),
            time(14, 30, 0, 0),
            time(14, 45, 0, 0),
        ];
        for (n, clock) in clocks.into_iter().enumerate() {
            let kind = [Kind::Stamp, Kind::Judge, Kind::Stamp, Kind::Packet][n % 4];
            let place = self.visit(day, clock)?;
            let script = self.booked(kind, 6, place)?;
            script.comes = n % 9 != 4;
        }
        for place in self.moments.last_arrivals {
            self.booked(Kind::Stamp, 7, place)?.end = End::CheckedIn;
        }
        // The next days at the office.
        for n in 0..14 {
            let date = self.office.calendar.add_business_days(day, 1 + n % 4)?;
            let clock = clocks[usize::try_from(n * 5 % 18).unwrap_or(0)];
            let place = self.visit(date, clock)?;
            let script = self.booked(if n % 3 == 0 { Kind::Judge } else { Kind::Stamp }, 4, place)?;
            script.moves_visit = n == 3;
            script.cancels_visit = n == 6 || n == 9;
        }
        // Missed, and given another time or waiting for one.
        for n in 0..4 {
            let opened = self.business_days_ago(11 + n)?;
            let zip = self.here();
            let script = self.script(Kind::Stamp, zip, opened)?;
            script.promise_after = SignedDuration::from_mins(30);
            script.comes = false;
        }
        // Decided, to be booked.
        for n in 0..4 {
            let opened = self.business_days_ago(3 + n)?;
            let zip = self.here();
            let script = self.script(Kind::Stamp, zip, opened)?;
            script.promise_after = SignedDuration::from_mins(30);
            script.end = End::ToBook;
        }
        // Another office than the serving one.
        let office: OfficeCode = "SFV".parse().ok()?;
        for _ in 0..2 {
            let opened = self.business_days_ago(7)?;
            let zip = self.here();
            let script = self.script(Kind::Stamp, zip, opened)?;
            script.office = Some((office.clone(), "Works in Chatsworth and can walk there."));
        }
        Some(())
    }

    fn visit(&self, date: Date, clock: Time) -> Option<Timestamp> {
        self.zone().opening(date.to_datetime(clock))
    }

    /// Somebody here who was called within a day and booked for about that time.
    fn booked(&mut self, kind: Kind, business_days_ago: i32, place: Timestamp) -> Option<&mut Script> {
        let opened = self.business_days_ago(business_days_ago)?;
        let zip = self.here();
        let nth = usize::try_from(self.chance.between(0, 6)).unwrap_or(0);
        let script = self.script(kind, zip, opened)?;
        script.promise_after = SignedDuration::from_mins(30);
        script.window = Window::Nth(nth);
        script.place = PlaceWish::Near(place);
        Some(script)
    }

    /// A day at a small office on which every place of officers is taken.
    fn full_day(&mut self) -> Option<()> {
        let office = self.pack.office(&FULL.parse().ok()?)?;
        let at = ELSEWHERE.iter().position(|code| *code == FULL)?;
        let zip = THERE[at];
        let place = office.zone().opening(self.moments.full_day.to_datetime(time(8, 30, 0, 0)))?;
        for _ in 0..24 {
            let opened = self.business_days_ago(3)?;
            let nth = usize::try_from(self.chance.between(0, 8)).unwrap_or(0);
            let script = self.script(Kind::Stamp, zip, opened)?;
            script.promise_after = SignedDuration::from_mins(20);
            script.window = Window::Nth(nth);
            script.place = PlaceWish::Near(place);
        }
        Some(())
    }
}
