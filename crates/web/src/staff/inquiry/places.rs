//! The places of an office: the best with their reasons, and everything by day.

use super::{Act, elsewhere::Elsewhere, view::View};
use crate::{
    core::{Fields, WebError},
    parts::{self, Choice, Choices, Group, Input},
    staff::{frame::Seat, review},
};
use desk::{Place, PlaceChoice, Places};
use domain::{
    codes::OfficeCode,
    inquiry::Inquiry,
    slots::{Pool, Why},
};
use jiff::{Timestamp, civil::Date};
use locale::{Tongue, args};
use maud::{Markup, html};

/// So many of the best.
const BEST: usize = 3;
/// So many days at once.
const DAYS: usize = 10;

/// What was looked at.
pub(super) struct Looked {
    act: Act,
    office: OfficeCode,
    places: Places,
    elsewhere: Elsewhere,
    days: Vec<(Date, Vec<Place>)>,
    /// Where the next days begin.
    later: Option<Date>,
    /// Were earlier days left out?
    skipped: bool,
}

/// A place as a form sends it.
pub(super) fn value(place: &Place) -> String {
    format!("{}.{}", place.start.as_microsecond(), place.pool)
}

/// Reads it.
pub(super) fn read(value: &str) -> Option<(Timestamp, Pool)> {
    let mut parts = value.split('.');
    let (start, pool) = (parts.next()?, parts.next()?);
    Some((Timestamp::from_microsecond(start.parse().ok()?).ok()?, pool.parse().ok()?))
}

/// The office that a chosen place names, when it is not one of the office that is looked at.
fn named(act: Act, typed: &Fields) -> Option<OfficeCode> {
    typed.get(&act.field("place")).split('.').nth(2)?.parse().ok()
}

/// Keeps what can still be taken, each time once: of two pools the one that is there for it, the reserve last.
fn only_once(places: &mut Places, now: Timestamp) {
    let rank = |pool| match pool {
        Pool::Officer => 0,
        Pool::Online | Pool::SelfScheduled => 1,
        Pool::WalkInReserve | Pool::EmergencyReserve => 2,
    };
    places.all.retain(|place| place.start > now);
    places.all.sort_by_key(|place| (place.start, rank(place.pool)));
    places.all.dedup_by_key(|place| place.start);
    places.best.retain(|choice| choice.opening.start > now);
    let mut seen = Vec::new();
    places.best.retain(|choice| {
        let new = !seen.contains(&choice.opening.start);
        seen.push(choice.opening.start);
        new
    });
}

/// The office of the place that was chosen.
pub(super) fn office(inquiry: &Inquiry, act: Act, typed: &Fields) -> OfficeCode {
    named(act, typed).unwrap_or_else(|| looked_at(inquiry, act, typed))
}

/// The office whose places are shown: the one that was asked for, or the one the inquiry belongs to.
fn looked_at(inquiry: &Inquiry, act: Act, typed: &Fields) -> OfficeCode {
    typed.get(&act.field("office")).parse().unwrap_or_else(|_| match act {
        Act::Move => inquiry.office_now().clone(),
        _ => inquiry.office.clone(),
    })
}

impl Looked {
    pub(super) async fn load(
        seat: &Seat,
        inquiry: &Inquiry,
        act: Act,
        typed: &Fields,
    ) -> Result<Self, WebError> {
        let desk = &seat.ctx.app.desk;
        let office = looked_at(inquiry, act, typed);
        let mut places = desk.places(inquiry, Some(&office), seat.ctx.now).await?;
        only_once(&mut places, seat.ctx.now);
        let zone = desk.pack().office(&office).ok_or(WebError::NotFound)?.zone();
        let from: Option<Date> = typed.get("_from").parse().ok();
        let mut days: Vec<(Date, Vec<Place>)> = Vec::new();
        let mut later = None;
        for place in &places.all {
            let day = zone.date(place.start);
            if from.is_some_and(|from| day < from) {
                continue;
            }
            let full = days.len() == DAYS;
            match days.last_mut() {
                Some((last, here)) if *last == day => here.push(place.clone()),
                _ if full => {
                    later = Some(day);
                    break;
                }
                _ => days.push((day, vec![place.clone()])),
            }
        }
        let elsewhere = match act {
            Act::Book => Elsewhere::load(seat, inquiry, &office, places.best.first()).await?,
            _ => Elsewhere::none(),
        };
        Ok(Self { act, office, places, elsewhere, days, later, skipped: from.is_some() })
    }

    /// The best place is chosen already.
    pub(super) fn fill(&self, fields: &mut Fields) {
        fields.set(&self.act.field("office"), self.office.as_str());
        if self.act == Act::Book
            && let Some(best) = self.places.best.first()
        {
            fields.set(&self.act.field("place"), value(&best.opening));
        }
    }

    /// What was chosen stays chosen while it can be had, from whichever pool; else the best is.
    pub(super) fn fill_missing(&self, fields: &mut Fields) {
        let name = self.act.field("place");
        // Whoever asks for the places of an office chooses among those.
        if self.elsewhere.has(fields.get(&name)) && fields.get("_look") != "yes" {
            return;
        }
        let chosen = read(fields.get(&name))
            .and_then(|(start, _)| self.places.all.iter().find(|place| place.start == start));
        let best = self.places.best.first().map(|choice| &choice.opening).filter(|_| self.act == Act::Book);
        match chosen.or(best) {
            Some(place) => fields.set(&name, value(place)),
            None => {
                fields.0.remove(&name);
            }
        }
    }
}

pub(super) fn show(view: &View<'_>, act: Act) -> Markup {
    let Some(looked) = view.looked.as_ref().filter(|looked| looked.act == act) else { return html! {} };
    let t = view.seat.t();
    let (office, place, bring) = (act.field("office"), act.field("place"), act.field("bring"));
    let legend = t.say("staff-place-office");
    html! {
        @if let Some(advice) = view.fit.as_ref().filter(|_| act == Act::Book) {
            p.desk-advice__brief { strong { (t.say("staff-policy-says")) ": " } (advice.recommendation.why.in_lang(&view.seat.ctx.lang))
                @if let Some(note) = &advice.recommendation.staff { " " span.quiet { (note) } } }
        }
        div.desk-filter {
            (parts::select(&view.form(), &Choices { name: &office, legend: &legend, ..Choices::default() }, &review::offices(view.seat)))
            button.usa-button.usa-button--outline type="submit" name="_look" value="yes" { (t.say("staff-place-look")) }
        }
        (free(view, looked, &place))
        @if act == Act::Book {
            @let label = t.say_with("staff-place-bring", &args! { "lang" => t.say_of("staff-lang", view.inquiry.reach.lang.as_str()) });
            (parts::textarea(&view.form(), &Input { name: &bring, label: &label, hint: &t.say("staff-place-bring-hint"), longest: 1000, ..Input::default() }))
            (parts::textarea(&view.form(), &Input { name: "book-because", label: &t.say("staff-place-because"), hint: &t.say("staff-place-because-hint"), longest: 600, ..Input::default() }))
        }
    }
}

/// Everything that is free, in one field.
fn free(view: &View<'_>, looked: &Looked, name: &str) -> Markup {
    let seat = view.seat;
    let t = seat.t();
    let elsewhere = looked.elsewhere.group(view, &looked.office, looked.places.best.first());
    if let Some(why) = &looked.places.why {
        let (wrong, next) = WebError::Desk(why.clone().into()).says(t);
        let legend = t.say("staff-place-legend");
        return html! {
            p { strong { (wrong) ". " } (next) }
            @if let Some(group) = elsewhere {
                (parts::grouped_radios(&view.form(), &Choices { name, legend: &legend, ..Choices::default() }, &[group]))
            }
        };
    }
    let Some(office) = seat.ctx.app.desk.pack().office(&looked.office) else { return html! {} };
    let zone = office.zone();
    let today = zone.date(seat.ctx.now);
    let words = |at: Timestamp| {
        let local = zone.local(at);
        format!("{}, {}", t.opening(&t.on_day(local.date(), today)), t.time(local.time()))
    };
    let best: Vec<&PlaceChoice> = looked.places.best.iter().take(BEST).collect();
    // A place stands once: two buttons of one value in one field would both be chosen.
    let among_best = |place: &Place| !looked.skipped && best.iter().any(|b| b.opening.start == place.start);
    let mut groups = Vec::new();
    if !looked.skipped {
        let choices = best
            .iter()
            .map(|choice| {
                let words = words(choice.opening.start);
                let whys: Vec<String> = choice.why.iter().map(|why| because(t, *why, today)).collect();
                Choice::new(value(&choice.opening), words).hint(whys.join(" "))
            })
            .collect();
        groups.push(Group { heading: t.say("staff-place-best"), open: true, choices });
    }
    groups.extend(elsewhere);
    for (day, places) in &looked.days {
        let choices: Vec<Choice> = places
            .iter()
            .filter(|place| !among_best(place))
            .map(|place| {
                let label = t.time(zone.local(place.start).time());
                let kept = place.pool == Pool::EmergencyReserve;
                let hint = if kept { t.say("staff-place-reserve") } else { String::new() };
                Choice::new(value(place), label).hint(hint)
            })
            .collect();
        if !choices.is_empty() {
            let n = i64::try_from(choices.len()).unwrap_or(0);
            let heading = t
                .say_with("staff-place-day", &args! { "day" => t.opening(&t.on_day(*day, today)), "n" => n });
            groups.push(Group { heading, open: false, choices });
        }
    }
    // What was chosen is always on the page, also when its day is not.
    let chosen = view.form().value(name);
    let shown = groups.iter().any(|g: &Group| g.choices.iter().any(|choice| choice.value == chosen));
    if let Some((start, _)) = read(chosen).filter(|_| !shown) {
        let choices = vec![Choice::new(chosen, words(start))];
        groups.insert(0, Group { heading: t.say("staff-place-chosen"), open: true, choices });
    }
    let (legend, hint) = (
        t.say("staff-place-legend"),
        t.say_with("staff-place-hint", &args! { "zone" => t.zone(zone.name()) }),
    );
    html! {
        (parts::grouped_radios(&view.form(), &Choices { name, legend: &legend, hint: &hint, ..Choices::default() }, &groups))
        p.desk-more {
            @if looked.skipped {
                button.usa-button.usa-button--unstyled type="submit" name="_look" value="first" { (t.say("staff-place-first")) }
            }
            @if let Some(later) = looked.later {
                button.usa-button.usa-button--unstyled type="submit" name="_from" value=(later) { (t.say("staff-place-later")) }
            }
        }
    }
}

/// Why a place is offered.
pub(super) fn because(t: &Tongue, why: Why, today: Date) -> String {
    match why {
        Why::FitsPreference { number } => {
            t.say_with("staff-why-fits-preference", &args! { "n" => i64::from(number) })
        }
        Why::NoPreferenceFree => t.say("staff-why-no-preference-free"),
        Why::KeepsClear => t.say("staff-why-keeps-clear"),
        Why::NearestToTarget { target, days } => t.say_with(
            "staff-why-nearest-to-target",
            &args! { "day" => t.on_day(target, today), "off" => i64::from(days.abs()) },
        ),
        Why::EarliestBecauseUrgent { within } => {
            t.say_with("staff-why-earliest-because-urgent", &args! { "n" => i64::from(within) })
        }
        Why::LateThoughUrgent { within, days } => t.say_with(
            "staff-why-late-though-urgent",
            &args! { "n" => i64::from(within), "days" => i64::from(days) },
        ),
    }
}
