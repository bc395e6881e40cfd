//! Who works when: what programs say, and what they are shown.

use super::inquiry::{Moment, WindowShown};
use crate::scalar::{Code, Day, Hours, Id, Sentence, few};
use desk::{Desk, RosterBoard, RosterEffect, WindowKept};
use domain::{
    access::sees,
    actor::Staff,
    calendar::{Span, WeeklyHours, Zone},
    inquiry::Inquiry,
    refusal::Refusal,
    roster::{Roster, Shifts},
};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Whose rosters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RosterPart {
    /// Only of this office.
    #[param(value_type = Option<Code>, nullable = false, example = "LOS")]
    pub(crate) office: Option<Code>,
}

/// The hours of each weekday. A day that is left out has none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Week {
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    monday: Vec<Hours>,
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    tuesday: Vec<Hours>,
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    wednesday: Vec<Hours>,
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    thursday: Vec<Hours>,
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    friday: Vec<Hours>,
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    saturday: Vec<Hours>,
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    sunday: Vec<Hours>,
}

/// A day with other hours than its week's.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherDay {
    /// Which.
    day: Day,
    /// The hours; without any they are not there.
    #[serde(default, deserialize_with = "few::<_, _, 0, 6>")]
    #[schema(max_items = 6)]
    hours: Vec<Hours>,
}

/// When a member of staff is to work.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanRoster {
    /// The first day of these weekly hours; one that has passed is today.
    from: Day,
    week: Week,
    /// Every day with other hours from today on: those that are left out have their week's again.
    #[serde(default, deserialize_with = "few::<_, _, 0, 250>")]
    #[schema(max_items = 250)]
    days: Vec<OtherDay>,
    /// Why calls that they hold when they would not be there go to whoever is on duty. Needed where there are any.
    pub(crate) because: Option<Sentence>,
}

fn spans(hours: &[Hours]) -> Result<Vec<Span>, Refusal> {
    hours.iter().map(|one| one.as_str().parse().map_err(|_backwards| Refusal::RosterHours)).collect()
}

impl PlanRoster {
    /// What is said, as the desk plans it.
    pub(crate) fn shifts(&self) -> Result<Shifts, Refusal> {
        let week = &self.week;
        let days = [
            &week.monday,
            &week.tuesday,
            &week.wednesday,
            &week.thursday,
            &week.friday,
            &week.saturday,
            &week.sunday,
        ];
        let mut all: [Vec<Span>; 7] = Default::default();
        for (spans_of, hours) in all.iter_mut().zip(days) {
            *spans_of = spans(hours)?;
        }
        let others = self.days.iter().map(|one| Ok((one.day.0, spans(&one.hours)?)));
        let days: BTreeMap<Date, Vec<Span>> = others.collect::<Result<_, Refusal>>()?;
        Ok(Shifts { from: self.from.0, week: all, days })
    }
}

/// The hours of each weekday.
#[derive(Debug, Serialize, ToSchema)]
struct WeekShown {
    /// The first day on which they hold.
    #[schema(value_type = Day)]
    from: Date,
    #[schema(example = json!(["08:00-12:00", "12:30-16:30"]))]
    monday: Vec<String>,
    tuesday: Vec<String>,
    wednesday: Vec<String>,
    thursday: Vec<String>,
    friday: Vec<String>,
    saturday: Vec<String>,
    sunday: Vec<String>,
}

fn written(spans: &[Span]) -> Vec<String> {
    spans.iter().map(Span::to_string).collect()
}

impl WeekShown {
    fn of(from: Date, week: &WeeklyHours) -> Self {
        let on = |day| written(week.on(day));
        Self {
            from,
            monday: on(Weekday::Monday),
            tuesday: on(Weekday::Tuesday),
            wednesday: on(Weekday::Wednesday),
            thursday: on(Weekday::Thursday),
            friday: on(Weekday::Friday),
            saturday: on(Weekday::Saturday),
            sunday: on(Weekday::Sunday),
        }
    }
}

/// A day with other hours.
#[derive(Debug, Serialize, ToSchema)]
struct OtherDayShown {
    #[schema(value_type = Day)]
    day: Date,
    hours: Vec<String>,
}

/// What is planned.
#[derive(Debug, Serialize, ToSchema)]
struct HoursShown {
    /// By whose clock.
    #[schema(example = "America/Los_Angeles")]
    zone: String,
    /// The weekly hours, each until the next begin.
    weeks: Vec<WeekShown>,
    /// Days with other hours.
    days: Vec<OtherDayShown>,
}

impl HoursShown {
    fn of(roster: &Roster) -> Self {
        let weeks = roster.hours.versions().iter().map(|one| WeekShown::of(one.from, &one.week));
        let days = roster.days.iter().map(|(day, spans)| OtherDayShown { day: *day, hours: written(spans) });
        Self { zone: roster.zone.name().to_owned(), weeks: weeks.collect(), days: days.collect() }
    }
}

/// A member of staff with their roster.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterShown {
    #[schema(value_type = Id)]
    id: Uuid,
    /// How often their record has been written.
    version: u64,
    name: String,
    roles: Vec<&'static str>,
    langs: Vec<String>,
    #[schema(example = "LOS")]
    office: Option<String>,
    /// When they work; none where nothing is planned: they are counted whenever calls are promised.
    roster: Option<HoursShown>,
}

impl RosterShown {
    pub(crate) fn of(staff: &Staff) -> Self {
        Self {
            id: staff.id.uuid(),
            version: staff.version,
            name: staff.name.clone(),
            roles: staff.roles.iter().map(|role| role.as_str()).collect(),
            langs: staff.langs.iter().map(|lang| lang.as_str().to_owned()).collect(),
            office: staff.office.as_ref().map(|office| office.as_str().to_owned()),
            roster: staff.roster.as_ref().map(HoursShown::of),
        }
    }
}

/// A window of promised calls.
#[derive(Debug, Serialize, ToSchema)]
struct WindowKeptShown {
    from: Moment,
    until: Moment,
    /// How many calls can be kept in it as it is planned now.
    keeps: u32,
    /// And as it would be planned.
    would_keep: u32,
    promised: u32,
}

impl WindowKeptShown {
    fn of(one: &WindowKept, zone: &Zone) -> Self {
        let at = |at: Timestamp| Moment::of(at, zone);
        Self {
            from: at(one.start),
            until: at(one.end),
            keeps: one.before,
            would_keep: one.after,
            promised: one.promised,
        }
    }
}

/// Who works when.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterList {
    staff: Vec<RosterShown>,
    /// Windows in which more calls are promised than can be kept.
    over: Vec<WindowKeptShown>,
}

impl RosterList {
    pub(crate) fn of(desk: &Desk, board: &RosterBoard) -> Self {
        let zone = &desk.pack().line().calendar.zone;
        Self {
            staff: board.staff.iter().map(RosterShown::of).collect(),
            over: board.over.iter().map(|one| WindowKeptShown::of(one, zone)).collect(),
        }
    }
}

/// A call that would go to whoever is on duty.
#[derive(Debug, Serialize, ToSchema)]
struct CallLeft {
    /// The inquiry's number, for those who read it.
    #[schema(example = "48210936")]
    number: Option<String>,
    window: WindowShown,
}

/// A day that would change.
#[derive(Debug, Serialize, ToSchema)]
struct DayChangedShown {
    #[schema(value_type = Day)]
    day: Date,
    /// The hours as they are planned now; none where nothing is.
    hours: Option<Vec<String>>,
    /// And as they would be.
    would_be: Option<Vec<String>>,
    /// How many others of the office work.
    others: usize,
    /// How many visits are booked there.
    visits: usize,
}

/// What a roster would change. Nothing was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RosterEffectShown {
    /// The windows that would keep more or fewer calls.
    windows: Vec<WindowKeptShown>,
    /// Calls that they hold when they would not be there.
    calls: Vec<CallLeft>,
    /// The days that would change, of the next four weeks the first fourteen.
    days: Vec<DayChangedShown>,
}

impl RosterEffectShown {
    pub(crate) fn of(desk: &Desk, who: &Staff, effect: &RosterEffect) -> Self {
        let zone = &desk.pack().line().calendar.zone;
        let reads = |inquiry: &Inquiry| {
            domain::access::can(who, domain::access::Action::ReadInquiry, inquiry).is_ok()
        };
        let calls = effect.calls.iter().filter_map(|inquiry| {
            let window = WindowShown::of(&inquiry.callback()?.window);
            let number = (reads(inquiry) && sees(who, inquiry)).then(|| inquiry.number.digits());
            Some(CallLeft { number, window })
        });
        let days = effect.days.iter().map(|one| DayChangedShown {
            day: one.day,
            hours: one.before.as_deref().map(written),
            would_be: one.after.as_deref().map(written),
            others: one.others,
            visits: one.visits,
        });
        Self {
            windows: effect.windows.iter().map(|one| WindowKeptShown::of(one, zone)).collect(),
            calls: calls.collect(),
            days: days.collect(),
        }
    }
}
