//! How somebody's place in line has moved since they first looked: kept by their own browser, since nobody else needs to know when
//! they looked.

use crate::core::{
    Ctx,
    cookies::{self, Keep},
};
use axum::http::HeaderValue;
use domain::{inquiry::Inquiry, number::InquiryNumber};
use jiff::{ToSpan, civil::Date};
use locale::args;
use maud::{Markup, html};
use store::Waiting;

/// So many days are kept: the first on which they looked, and the last ones.
const MOST: usize = 7;

/// So long without a look, in seconds, and the browser forgets it: sixty days.
const KEPT: i64 = 60 * 86_400;

/// How many were before them on each day on which they looked, by the person's own calendar; the earliest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Places(Vec<(Date, u64)>);

impl Places {
    /// As a browser keeps it: `20261124-30.20261125-17`. What is not of this form is nothing: anybody can write anything there.
    fn read(kept: &str) -> Self {
        let place = |one: &str| {
            let (day, before) = one.split_once('-')?;
            Some((Date::strptime("%Y%m%d", day).ok()?, before.parse().ok()?))
        };
        let mut places: Vec<_> = kept.split('.').take(MOST).filter_map(place).collect();
        places.sort_by_key(|(day, _)| *day);
        Self(places)
    }

    fn written(&self) -> String {
        let one = |(day, before): &(Date, u64)| format!("{}-{before}", day.strftime("%Y%m%d"));
        self.0.iter().map(one).collect::<Vec<_>>().join(".")
    }

    /// The same after a look: a day has the place of its last one.
    fn looked(mut self, today: Date, before: u64) -> Self {
        self.0.retain(|(day, _)| *day < today);
        while self.0.len() >= MOST {
            self.0.remove(1);
        }
        self.0.push((today, before));
        self
    }
}

fn cookie_name(number: InquiryNumber) -> String {
    format!("place_{}", number.digits())
}

fn kept(ctx: &Ctx, inquiry: &Inquiry) -> Places {
    ctx.cookie(&cookie_name(inquiry.number)).map(|kept| Places::read(&kept)).unwrap_or_default()
}

fn today(ctx: &Ctx, inquiry: &Inquiry) -> Date {
    inquiry.reach.zone.date(ctx.now)
}

/// Where they stood on the days before.
pub(super) fn section(ctx: &Ctx, inquiry: &Inquiry) -> Markup {
    let (t, today) = (ctx.t(), today(ctx, inquiry));
    // Nothing was read before the year in which it happens: a day that somebody else wrote there is left out.
    let earlier = kept(ctx, inquiry).0.into_iter().filter(|(day, _)| *day < today && *day > today - 1.year());
    let said = earlier.map(|(day, before)| {
        let place = i64::try_from(before).unwrap_or(i64::MAX).saturating_add(1);
        t.say_with("public-position-was", &args! { "place" => place, "day" => t.on_day(day, today) })
    });
    let said: Vec<String> = said.collect();
    html! { @if !said.is_empty() { ul { @for one in &said { li { (one) } } } } }
}

/// The header that keeps today's place.
pub(super) fn keep(ctx: &Ctx, inquiry: &Inquiry, waiting: Waiting) -> HeaderValue {
    let places = kept(ctx, inquiry).looked(today(ctx, inquiry), waiting.before);
    let name = cookie_name(inquiry.number);
    cookies::set(&name, &places.written(), Keep::Seconds(KEPT), ctx.app.options.https())
}

/// The header that forgets it.
pub(super) fn forget(ctx: &Ctx, number: InquiryNumber) -> HeaderValue {
    cookies::set(&cookie_name(number), "", Keep::Gone, ctx.app.options.https())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reads_what_it_wrote_and_nothing_else() {
        let places = Places(vec![(date(2026, 11, 24), 30), (date(2026, 11, 25), 17)]);
        assert_eq!(places.written(), "20261124-30.20261125-17");
        assert_eq!(Places::read(&places.written()), places);
        for wrong in ["", ".", "-", "20261324-1", "20261124", "20261124--1", "x-y.<b>"] {
            assert_eq!(Places::read(wrong), Places::default(), "{wrong}");
        }
    }

    #[test]
    fn a_day_has_its_last_place_and_the_first_day_stays() {
        let first = date(2026, 11, 1);
        let mut places = Places::default();
        for (day, before) in (0_i64..20).zip((0_u64..=100).rev()) {
            places = places.looked(first + day.days(), before + 5).looked(first + day.days(), before);
        }
        assert_eq!(places.0.len(), MOST);
        assert_eq!(places.0[0], (first, 100));
        assert_eq!(places.0[1], (date(2026, 11, 15), 86));
        assert_eq!(places.0[MOST - 1], (date(2026, 11, 20), 81));
    }
}
