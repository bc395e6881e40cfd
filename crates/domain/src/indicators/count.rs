//! Counting, by the definitions.

use super::{
    AGAIN_WITHIN_DAYS, ANSWERED_WITHIN, By, CallCame, Facts, Indicator, Measure, Owed, OwedWhat, PassedOn,
    Promised, ReviewCame, SHORT, Source, Waited,
    duty::{Adherence, Duty, Handled, adherence, duty, handled},
};
use crate::{
    appointment::AppointmentEnd,
    call_record::TurnedAway,
    codes::{OfficeCode, ReasonCode},
    phone::PhoneNumber,
    wait::How,
};
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// Counts every indicator that is defined by `by`, for each group that there is; by nothing, for all.
pub fn count(facts: &Facts, by: By) -> Vec<Measure> {
    if by == By::Pause {
        return pauses(facts);
    }
    let mut groups: BTreeMap<Option<&str>, Group<'_>> = BTreeMap::new();
    if by == By::All {
        let (duty, adherence) = (duty(facts), adherence(facts));
        groups.insert(None, Group { duty, adherence, ..Group::default() });
    }
    let again = asked_again(facts);
    for ((wait, again), handled) in facts.waits.iter().zip(again).zip(handled(facts)) {
        let name = match by {
            By::All => None,
            By::Queue => Some(wait.queue.as_str()),
            By::Lang => Some(wait.lang.as_str()),
            By::Office | By::Reason | By::Relay | By::Represented | By::Pause => match told_apart(wait, by) {
                Some(name) => Some(name),
                None => continue,
            },
        };
        let group = groups.entry(name).or_default();
        group.waits.push(wait);
        group.again.extend(again);
        group.handled.extend(handled.map(|handled| (wait.how, handled)));
    }
    for (why, lang) in &facts.turned_away {
        let name = match (by, lang) {
            (By::All, _) => None,
            (By::Lang, Some(lang)) => Some(lang.as_str()),
            _ => continue,
        };
        groups.entry(name).or_default().blocked.push(*why);
    }
    for owed in &facts.promises {
        let name = match by {
            By::All => None,
            By::Queue | By::Pause => continue,
            By::Office => Some(owed.office.as_str()),
            By::Lang => Some(owed.lang.as_str()),
            By::Reason => Some(owed.reason.as_str()),
            By::Relay => Some(yes(owed.relay)),
            By::Represented => Some(yes(owed.represented)),
        };
        groups.entry(name).or_default().promises.push(owed);
    }
    let counted = |indicator: Indicator| {
        groups
            .iter()
            .filter(move |(_, group)| by == By::All || group.has(indicator.source()))
            .map(move |(name, group)| Measure { group: name.map(str::to_owned), ..group.measure(indicator) })
    };
    Indicator::ALL.into_iter().filter(|indicator| by.defines(*indicator)).flat_map(counted).collect()
}

/// The group of a wait, where it is known.
fn told_apart(wait: &Waited, by: By) -> Option<&str> {
    match by {
        By::Office => wait.about.office.as_ref().map(OfficeCode::as_str),
        By::Reason => wait.reason.as_ref().map(ReasonCode::as_str),
        By::Relay => wait.about.relay.map(yes),
        By::Represented => wait.about.represented.map(yes),
        By::All | By::Queue | By::Lang | By::Pause => None,
    }
}

const fn yes(so: bool) -> &'static str {
    if so { "yes" } else { "no" }
}

/// The part of the time on duty in which operators were not ready, by why: together it is [`Indicator::Shrinkage`] of all.
fn pauses(facts: &Facts) -> Vec<Measure> {
    let duty = duty(facts);
    let whole = duty.on_duty();
    let measure = |(why, seconds): (&String, &i64)| Measure {
        indicator: Indicator::Shrinkage,
        group: Some(why.clone()),
        value: part(*seconds, whole),
        n: wide(duty.counted),
        left_out: wide(duty.left_out),
        recorded: true,
    };
    duty.away.iter().map(measure).collect()
}

/// Did what was told first come true? Nothing where nothing was told, or nobody spoke with them.
pub fn estimate_came_true(wait: &Waited) -> Option<bool> {
    let (told, talked) = (wait.told.as_ref()?, wait.talked?);
    let seconds = talked.duration_since(told.at).as_secs();
    Some((i64::from(told.least) * 60..=i64::from(told.most) * 60).contains(&seconds))
}

/// By how many seconds the wait was longer than the middle of what was told first.
fn longer_than_told(wait: &Waited) -> Option<i64> {
    let (told, talked) = (wait.told.as_ref()?, wait.talked?);
    let middle = (i64::from(told.least) + i64::from(told.most)) * 30;
    Some(talked.duration_since(told.at).as_secs() - middle)
}

/// For each wait whether the same number asked again for the same thing within [`AGAIN_WITHIN_DAYS`]; none where they spoke with
/// nobody, the number is not known, or so many days have not been seen yet. Where one of the two did not say what it is about, it
/// is taken for the same: what hides a second call would make the figure better than it is.
fn asked_again(facts: &Facts) -> Vec<Option<bool>> {
    let within = SignedDuration::from_hours(24 * AGAIN_WITHIN_DAYS);
    let mut by_number: BTreeMap<&PhoneNumber, Vec<&Waited>> = BTreeMap::new();
    for wait in &facts.waits {
        if let Some(number) = &wait.number {
            by_number.entry(number).or_default().push(wait);
        }
    }
    let same = |one: &Waited, other: &Waited| {
        one.reason.is_none() || other.reason.is_none() || one.reason == other.reason
    };
    facts
        .waits
        .iter()
        .map(|wait| {
            let (_, all) = wait.talked.zip(by_number.get(wait.number.as_ref()?))?;
            let last = wait.ended.saturating_add(within).ok()?;
            let later = |other: &&&Waited| other.asked > wait.ended && other.asked <= last;
            (last <= facts.until).then(|| all.iter().filter(later).any(|other| same(wait, other)))
        })
        .collect()
}

/// The records of one group.
#[derive(Default)]
struct Group<'a> {
    waits: Vec<&'a Waited>,
    /// Of those who spoke with an operator long enough ago: did they ask again?
    again: Vec<bool>,
    /// How long operators were at those of whom that is known.
    handled: Vec<(How, Handled)>,
    /// Who was turned away.
    blocked: Vec<TurnedAway>,
    /// Operators' time on duty.
    duty: Duty,
    /// What of their planned time they were.
    adherence: Adherence,
    promises: Vec<&'a Owed>,
}

impl Group<'_> {
    fn has(&self, source: Source) -> bool {
        match source {
            Source::Waits => !self.waits.is_empty() || !self.blocked.is_empty(),
            Source::Handled => !self.waits.is_empty(),
            Source::Duty => self.duty != Duty::default(),
            Source::Shifts => self.adherence != Adherence::default(),
            Source::Calls => self.calls().next().is_some(),
            Source::Visits => self.visits().next().is_some(),
            Source::Reviews => self.reviews().next().is_some(),
            Source::Promises => self.calls().next().is_some() || self.visits().next().is_some(),
        }
    }

    fn calls(&self) -> impl Iterator<Item = Promised> + '_ {
        self.promises.iter().filter_map(|owed| match owed.what {
            OwedWhat::Call(call) => Some(call),
            OwedWhat::Visit(_) | OwedWhat::Review(_) => None,
        })
    }

    fn visits(&self) -> impl Iterator<Item = (&Owed, Option<AppointmentEnd>)> + '_ {
        self.promises.iter().filter_map(|owed| match owed.what {
            OwedWhat::Visit(end) => Some((*owed, end)),
            OwedWhat::Call(_) | OwedWhat::Review(_) => None,
        })
    }

    fn reviews(&self) -> impl Iterator<Item = Option<ReviewCame>> + '_ {
        self.promises.iter().filter_map(|owed| match owed.what {
            OwedWhat::Review(came) => Some(came),
            OwedWhat::Call(_) | OwedWhat::Visit(_) => None,
        })
    }

    fn measure(&self, indicator: Indicator) -> Measure {
        // A release that did not write it down says nothing by that.
        let unwritten = !self.waits.is_empty() && self.waits.iter().all(|wait| !wait.measured);
        let recorded = match indicator.source() {
            Source::Handled => !unwritten,
            Source::Duty => !(unwritten && self.duty == Duty::default()),
            Source::Shifts => {
                let forgotten = self.adherence.counted == 0 && self.adherence.unknown > 0;
                !(forgotten || unwritten && self.duty == Duty::default())
            }
            Source::Waits => !(indicator.is_blocked() && unwritten && self.blocked.is_empty()),
            Source::Calls | Source::Visits | Source::Reviews | Source::Promises => true,
        };
        let (value, n, all) = match indicator.source() {
            Source::Waits => self.of_waits(indicator),
            Source::Handled => self.of_handled(indicator),
            Source::Duty => self.of_duty(indicator),
            Source::Shifts => self.of_shifts(),
            Source::Calls => self.of_calls(indicator),
            Source::Visits => self.of_visits(indicator),
            Source::Reviews => self.of_reviews(indicator),
            Source::Promises => self.of_promises(),
        };
        let (value, n) = if recorded { (value, n) } else { (None, 0) };
        let (n, all) = (wide(n), wide(all));
        Measure { indicator, group: None, value, n, left_out: all.saturating_sub(n), recorded }
    }

    fn of_waits(&self, indicator: Indicator) -> (Option<i64>, usize, usize) {
        let all = self.waits.len() + self.blocked.len();
        let waits = || self.waits.iter().copied();
        // Nothing stands for who was turned away: nobody spoke with them, and they did not leave.
        let offered = || waits().map(Some).chain(self.blocked.iter().map(|_| None));
        let waited = |wait: &Waited| wait.talked.map(|at| at.duration_since(wait.asked).as_secs());
        let blocked = |why| self.blocked.iter().filter(|one| **one == why).count();
        let (value, n) = match indicator {
            Indicator::Blocked => share(offered(), |wait| wait.is_none()),
            Indicator::BlockedClosed => (Some(narrow(blocked(TurnedAway::Closed))), all),
            Indicator::BlockedFull => (Some(narrow(blocked(TurnedAway::Full))), all),
            Indicator::PersonHalf => percentile(waits().filter_map(waited).collect(), 50),
            Indicator::PersonMost => percentile(waits().filter_map(waited).collect(), 90),
            Indicator::AnswerSpeed => {
                mean(waits().filter(|wait| wait.how == How::Answered).filter_map(waited))
            }
            // Whoever chose a callback has left this denominator, and is in the time to a person.
            Indicator::ServiceLevel => share(offered().filter(|wait| wait.is_none_or(held)), |wait| {
                wait.is_some_and(|wait| {
                    wait.how == How::Answered
                        && waited(wait).is_some_and(|seconds| seconds <= ANSWERED_WITHIN)
                })
            }),
            Indicator::Abandoned => share(offered(), |wait| wait.is_some_and(left)),
            Indicator::AbandonedLong => {
                share(offered().filter(|wait| !wait.is_some_and(short)), |wait| wait.is_some_and(left))
            }
            Indicator::CallbackLost => {
                let called = |wait: &&Waited| wait.tried > 0 || wait.how == How::CalledBack;
                share(waits().filter(called), |wait| wait.talked.is_none())
            }
            Indicator::TalkTime => {
                mean(waits().filter_map(|wait| Some(wait.ended.duration_since(wait.talked?).as_secs())))
            }
            Indicator::EstimateRight => share(waits().filter_map(estimate_came_true), |right| right),
            Indicator::EstimateBias => mean(waits().filter_map(longer_than_told)),
            Indicator::PassedOn => share(waits().filter(|wait| !left(wait)), |wait| wait.passed),
            Indicator::AskedAgain => share(self.again.iter().copied(), |again| again),
            _ => (Some(narrow(all)), all),
        };
        (value, n, all)
    }

    /// What is counted from operators' time at each caller, and from what became of it.
    fn of_handled(&self, indicator: Indicator) -> (Option<i64>, usize, usize) {
        use Indicator as I;
        let back = matches!(
            indicator,
            I::BackHandle | I::BackHandleHalf | I::BackHandleMost | I::BackTalk | I::BackHold | I::BackWrapUp
        );
        let wanted = if back { How::CalledBack } else { How::Answered };
        let these = || self.handled.iter().filter(|(how, _)| *how == wanted).map(|(_, handled)| *handled);
        let (value, n) = match indicator {
            I::Escalated => {
                let spoken = self.waits.iter().filter(|wait| wait.measured && !left(wait));
                share(spoken, |wait| wait.escalated)
            }
            I::LiveTalk | I::BackTalk => mean(these().map(|handled| handled.talk)),
            I::LiveHold | I::BackHold => mean(these().map(|handled| handled.held)),
            I::LiveWrapUp | I::BackWrapUp => mean(these().map(|handled| handled.wrap_up)),
            I::LiveHandleHalf | I::BackHandleHalf => percentile(these().map(Handled::all).collect(), 50),
            I::LiveHandleMost | I::BackHandleMost => percentile(these().map(Handled::all).collect(), 90),
            _ => mean(these().map(Handled::all)),
        };
        (value, n, self.waits.len())
    }

    /// What is counted from operators' time on duty; each piece of it is one.
    fn of_duty(&self, indicator: Indicator) -> (Option<i64>, usize, usize) {
        let duty = &self.duty;
        let value = match indicator {
            Indicator::Occupancy => part(duty.busy, duty.busy + duty.ready),
            Indicator::Utilisation => part(duty.busy, duty.on_duty()),
            _ => part(duty.away(), duty.on_duty()),
        };
        (value, duty.counted, duty.counted + duty.left_out)
    }

    /// What is counted from planned stretches; each is one.
    fn of_shifts(&self) -> (Option<i64>, usize, usize) {
        let Adherence { planned, kept, counted, too_long, unknown } = self.adherence;
        (part(kept, planned), counted, counted + too_long + unknown)
    }

    fn of_reviews(&self, indicator: Indicator) -> (Option<i64>, usize, usize) {
        let all = self.reviews().count();
        let due = || self.reviews().flatten();
        let is = |wanted: ReviewCame| move |came| came == wanted;
        let (value, n) = match indicator {
            Indicator::ReviewsUpheld => share(due(), is(ReviewCame::Upheld)),
            Indicator::ReviewsGranted => share(due(), is(ReviewCame::Granted)),
            Indicator::ReviewsOtherwise => share(due(), is(ReviewCame::Otherwise)),
            Indicator::ReviewsOvertaken => share(due(), is(ReviewCame::Overtaken)),
            _ => (Some(narrow(all)), all),
        };
        (value, n, all)
    }

    fn of_calls(&self, indicator: Indicator) -> (Option<i64>, usize, usize) {
        let all = self.calls().count();
        let due = || self.calls().filter(|call| !matches!(call.came, CallCame::Open | CallCame::GivenBack));
        let on_time = |call: Promised| call.came != CallCame::MissedByUs;
        let is = |came: CallCame| move |call: Promised| call.came == came;
        let after =
            || due().filter_map(|call| Some(call.dialled?.duration_since(call.from).as_secs())).collect();
        let decided =
            |granted| self.calls().filter_map(|call| call.decided).filter(move |one| one.granted == granted);
        let (value, n) = match indicator {
            Indicator::CallsKept => share(due(), is(CallCame::Kept)),
            Indicator::CallsOnTime => share(due(), on_time),
            Indicator::CallsReached => share(due().filter(|call| on_time(*call)), is(CallCame::Kept)),
            Indicator::CallsMissedByUs => share(due(), is(CallCame::MissedByUs)),
            Indicator::CallsMissedByPerson => share(due(), is(CallCame::MissedByPerson)),
            Indicator::CallsFailed => share(due(), is(CallCame::Failed)),
            Indicator::CallsMoved => share(self.calls(), |call| call.moved),
            Indicator::CallsMovedByUs => share(self.calls(), |call| call.moved_by_us),
            Indicator::DialledHalf => percentile(after(), 50),
            Indicator::DialledMost => percentile(after(), 90),
            Indicator::CallTalk => mean(due().filter_map(|call| call.talked)),
            Indicator::LatestOwed => {
                let late: Vec<i64> = due().filter_map(|call| call.late).collect();
                (late.iter().copied().max(), late.len())
            }
            Indicator::Overturned => {
                let passed = self.calls().filter_map(|call| call.passed);
                share(passed.filter(|came| *came != PassedOn::Open), |came| came == PassedOn::Overturned)
            }
            Indicator::GrantedChanged => share(decided(true), |one| one.changed),
            Indicator::DeniedChanged => share(decided(false), |one| one.changed),
            _ => (Some(narrow(due().count())), due().count()),
        };
        (value, n, all)
    }

    fn of_visits(&self, indicator: Indicator) -> (Option<i64>, usize, usize) {
        let all = self.visits().count();
        let due = || self.visits().filter(|(_, end)| stood(*end));
        let is = |wanted: AppointmentEnd| move |(_, end): (&Owed, _)| end == Some(wanted);
        // Whoever cancelled or was cancelled waited for no visit.
        let days = || {
            due()
                .filter(|(_, end)| *end != Some(AppointmentEnd::CancelledByOffice))
                .map(|(owed, _)| owed.due.duration_since(owed.asked).as_secs().max(0))
                .collect()
        };
        let (value, n) = match indicator {
            Indicator::VisitsServed => share(due(), is(AppointmentEnd::Served)),
            Indicator::VisitsMissed => share(due(), is(AppointmentEnd::NoShow)),
            Indicator::VisitsBroken => share(due(), is(AppointmentEnd::CancelledByOffice)),
            Indicator::VisitDaysHalf => percentile(days(), 50),
            Indicator::VisitDaysMost => percentile(days(), 90),
            _ => (Some(narrow(due().count())), due().count()),
        };
        (value, n, all)
    }

    /// We kept it: dialled in time, whether or not the person was reached; at the office, whether or not they came. Whoever came and
    /// left before they were served was not given what was promised.
    fn of_promises(&self) -> (Option<i64>, usize, usize) {
        let kept = self.promises.iter().filter_map(|owed| match owed.what {
            OwedWhat::Call(call) => match call.came {
                CallCame::Kept | CallCame::MissedByPerson => Some(true),
                CallCame::MissedByUs | CallCame::Failed => Some(false),
                CallCame::GivenBack | CallCame::Open => None,
            },
            OwedWhat::Visit(end) => {
                let broken = matches!(end, Some(AppointmentEnd::CancelledByOffice | AppointmentEnd::Left));
                stood(end).then_some(!broken)
            }
            OwedWhat::Review(_) => None,
        });
        let (value, n) = share(kept, |kept| kept);
        (value, n, self.calls().count() + self.visits().count())
    }
}

/// Has it come to its time, one way or the other? Not what the person gave back, nor what is still to come.
const fn stood(end: Option<AppointmentEnd>) -> bool {
    use AppointmentEnd::{CancelledByOffice, Left, NoShow, Served};
    matches!(end, Some(Served | NoShow | Left | CancelledByOffice))
}

fn held(wait: &Waited) -> bool {
    wait.how != How::CalledBack && wait.tried == 0
}

fn left(wait: &Waited) -> bool {
    wait.talked.is_none()
}

fn short(wait: &Waited) -> bool {
    left(wait) && wait.ended.duration_since(wait.asked).as_secs() <= SHORT
}

fn share<T>(of: impl Iterator<Item = T>, mut is: impl FnMut(T) -> bool) -> (Option<i64>, usize) {
    let (mut n, mut part) = (0_usize, 0_usize);
    for one in of {
        n += 1;
        part += usize::from(is(one));
    }
    // Rounded to the nearest thousandth: a share of all is never shown as less than all.
    let value = (part * 1000 + n / 2).checked_div(n).map(narrow);
    (value, n)
}

/// A part of a whole in thousandths, rounded to the nearest; none of nothing.
fn part(seconds: i64, whole: i64) -> Option<i64> {
    (seconds * 1000 + whole / 2).checked_div(whole)
}

fn mean(of: impl Iterator<Item = i64>) -> (Option<i64>, usize) {
    let all: Vec<i64> = of.collect();
    let sum: i64 = all.iter().sum();
    (sum.checked_div(narrow(all.len())), all.len())
}

/// The smallest value that at least so many of a hundred do not exceed (nearest rank).
fn percentile(mut of: Vec<i64>, percent: usize) -> (Option<i64>, usize) {
    of.sort_unstable();
    let rank = (of.len() * percent).div_ceil(100);
    (of.get(rank.saturating_sub(1)).copied(), of.len())
}

fn narrow(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
