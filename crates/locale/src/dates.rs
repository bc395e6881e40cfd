//! Days, times of day and windows, as people say them.

use crate::{Tongue, args, zones};
use domain::calendar::{Span, WeeklyHours};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Time},
};

/// Any Monday: weekdays are said, never this date.
const MONDAY: Date = Date::constant(2024, 1, 1);

/// A part of the day. Languages cut the day differently (`de la tarde` is afternoon and evening); where
/// two parts have the same words in a language they count there as one.
fn part(time: Time) -> &'static str {
    match time.hour() {
        0..6 => "night",
        6..12 => "morning",
        12..18 => "afternoon",
        18..20 => "evening",
        _ => "late",
    }
}

/// The part of the day that ends at `time`: six o'clock still ends the afternoon.
fn part_ending(time: Time) -> &'static str {
    part(time.checked_sub(jiff::Span::new().nanoseconds(1)).unwrap_or(time))
}

/// 1 to 12.
fn twelve(time: Time) -> i8 {
    match time.hour() % 12 {
        0 => 12,
        hour => hour,
    }
}

fn is_noon(time: Time) -> bool {
    time.hour() == 12 && time.minute() == 0
}

fn is_midnight(time: Time) -> bool {
    time.hour() == 0 && time.minute() == 0
}

impl Tongue {
    /// "Thursday, December 3"; with the year when it is not the year of `today`. `today` is the date where
    /// the reader is, or where the office is.
    pub fn day(&self, date: Date, today: Date) -> String {
        self.formats.day(date, date.year() != today.year())
    }

    /// "10:00 a.m.". Seconds are left out.
    pub fn time(&self, time: Time) -> String {
        let clock = format!("{}:{:02}", twelve(time), time.minute());
        if is_noon(time) {
            self.say_plain("time-clock-noon")
        } else if is_midnight(time) {
            self.say_plain("time-clock-midnight")
        } else if time.hour() < 12 {
            self.say_plain_with("time-clock-morning", &args! { "clock" => clock })
        } else {
            self.say_plain_with("time-clock-afternoon", &args! { "clock" => clock })
        }
    }

    /// "Thursday, December 3, between 10 and 11 in the morning, Pacific time": from `start` to `end` (exclusive)
    /// in the IANA zone `zone`, seen at `now` (which only decides whether the year is said).
    pub fn window(&self, start: Timestamp, end: Timestamp, zone: &str, now: Timestamp) -> String {
        let (tz, zone) = zones::find(zone);
        if end <= start {
            return self.moment(start, zone, now);
        }
        let (first, last) = (start.to_zoned(tz.clone()).datetime(), end.to_zoned(tz.clone()).datetime());
        let today = now.to_zoned(tz).date();
        let one_day = first.date() == last.date()
            || (is_midnight(last.time()) && first.date().tomorrow().is_ok_and(|next| next == last.date()));
        let when = if one_day {
            self.say_plain_with(
                "time-window",
                &args! {
                    "day" => self.on_day(first.date(), today),
                    "hours" => self.between(first.time(), last.time()),
                },
            )
        } else {
            self.say_plain_with(
                "time-window-days",
                &args! {
                    "first" => self.on_day(first.date(), today),
                    "from" => self.point_in_day(first.time(), part(first.time())),
                    "last" => self.on_day(last.date(), today),
                    "until" => self.point_in_day(last.time(), part_ending(last.time())),
                },
            )
        };
        self.in_zone(&when, zone)
    }

    /// "Thursday, December 3, at 10:00 a.m., Pacific time": the instant `at` in the IANA zone `zone`, seen at
    /// `now` (which only decides whether the year is said).
    pub fn moment(&self, at: Timestamp, zone: &str, now: Timestamp) -> String {
        let (tz, zone) = zones::find(zone);
        let local = at.to_zoned(tz.clone());
        let time = local.time();
        let day = self.on_day(local.date(), now.to_zoned(tz).date());
        let when = if is_noon(time) {
            self.say_plain_with("time-moment-noon", &args! { "day" => day })
        } else if is_midnight(time) {
            self.say_plain_with("time-moment-midnight", &args! { "day" => day })
        } else {
            self.say_plain_with(
                "time-moment",
                &args! { "day" => day, "hour" => twelve(time), "clock" => self.time(time) },
            )
        };
        self.in_zone(&when, zone)
    }

    /// "Monday to Thursday, between 8 in the morning and 3 in the afternoon; Friday, between 8 in the morning and noon":
    /// the days of a week with hours, those alike said together.
    pub fn week(&self, hours: &WeeklyHours) -> String {
        let days: Vec<(Date, &[Span])> =
            MONDAY.series(1.day()).take(7).map(|day| (day, hours.on(day.weekday()))).collect();
        let said: Vec<String> = days
            .chunk_by(|(_, one), (_, next)| one == next)
            .filter_map(|alike| {
                let ((first, spans), (last, _)) = (alike.first()?, alike.last()?);
                let spans: Vec<String> =
                    spans.iter().map(|span| self.between(span.from(), span.to())).collect();
                (!spans.is_empty()).then(|| {
                    let (first, last) = (self.formats.weekday(*first), self.formats.weekday(*last));
                    let days = if alike.len() == 1 {
                        self.say_plain_with("time-day-alone", &args! { "day" => first })
                    } else {
                        self.say_plain_with("time-days", &args! { "first" => first, "last" => last })
                    };
                    self.say_plain_with(
                        "time-days-open",
                        &args! { "days" => days, "hours" => self.list(&spans) },
                    )
                })
            })
            .collect();
        if said.is_empty() { self.say_plain("time-never-open") } else { said.join("; ") }
    }

    /// What people call the IANA zone: "Pacific time", or "Europe/Berlin" for one without a name here.
    pub fn zone(&self, zone: &str) -> String {
        match zones::name(zone) {
            zones::ZoneName::Known(name) => self.say_of("time-zone", name),
            zones::ZoneName::Other => zone.to_owned(),
        }
    }

    fn in_zone(&self, when: &str, zone: &str) -> String {
        match zones::name(zone) {
            zones::ZoneName::Known(_) => {
                self.say_plain_with("time-with-zone", &args! { "when" => when, "zone" => self.zone(zone) })
            }
            zones::ZoneName::Other => {
                self.say_plain_with("time-with-other-zone", &args! { "when" => when, "zone" => zone })
            }
        }
    }

    /// The day within a sentence: "Thursday, December 3", "el jueves 3 de diciembre"; the year as in
    /// [`Tongue::day`].
    pub fn on_day(&self, date: Date, today: Date) -> String {
        let (weekday, date) =
            (self.formats.weekday(date), self.formats.date(date, date.year() != today.year()));
        self.say_plain_with("time-on-day", &args! { "weekday" => weekday, "date" => date })
    }

    /// "between 10 and 11 in the morning": the part of the day is said once when it is the same.
    fn between(&self, from: Time, until: Time) -> String {
        let until_words = self.point_in_day(until, part_ending(until));
        let same_part = self.part_words(part(from)) == self.part_words(part_ending(until));
        let said_at_the_end = same_part && !is_noon(until) && !is_midnight(until);
        let from_words = if said_at_the_end { self.point(from) } else { self.point_in_day(from, part(from)) };
        self.say_plain_with("time-between", &args! { "from" => from_words, "until" => until_words })
    }

    /// "10", "10:30", "noon".
    fn point(&self, time: Time) -> String {
        if is_noon(time) {
            self.say_plain("time-noon")
        } else if is_midnight(time) {
            self.say_plain("time-midnight")
        } else {
            let hour = twelve(time);
            let clock =
                if time.minute() == 0 { hour.to_string() } else { format!("{hour}:{:02}", time.minute()) };
            self.say_plain_with("time-point", &args! { "hour" => hour, "clock" => clock })
        }
    }

    /// "10 in the morning", "noon".
    fn point_in_day(&self, time: Time, part: &'static str) -> String {
        let point = self.point(time);
        if is_noon(time) || is_midnight(time) {
            point
        } else {
            self.say_plain_with(
                "time-point-part",
                &args! { "point" => point, "part" => self.part_words(part) },
            )
        }
    }

    fn part_words(&self, part: &'static str) -> String {
        self.say_of("time-part", part)
    }
}
