//! `line.toml` and `holidays.toml`: the telephone line, callbacks, and the rules around visits.

use crate::{
    doc::Doc,
    fault::{Findings, Place},
};
use domain::{
    calendar::{BusinessCalendar, DatedHours, Holiday, Holidays, OpeningHours, Zone, windows::CallbackRules},
    closing::ClosingRules,
    codes::{QueueCode, ReasonCode},
    earlier::EarlierRules,
    floor::FloorRules,
    inquiry::{MoveRules, Reconfirm, VisitRules},
    notice_call::NoticeCallRules,
    text::Lang,
    texting::TextHours,
    urgency::Urgency,
    wait::WaitRules,
};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use std::{borrow::Cow, ops::Range};
use toml::Spanned;

/// How many years of holidays are computed when a pack is checked.
pub(crate) const HOLIDAY_YEARS: i16 = 10;

/// How far ahead the next opening of a queue is looked for, in days.
const AHEAD_DAYS: u32 = 60;

/// The telephone line and the rules around calls and visits.
#[derive(Debug, Clone)]
pub struct Line {
    /// When operators and officers answer.
    pub calendar: BusinessCalendar,
    /// Queues with hours of their own.
    pub queues: Vec<QueueHours>,
    /// The rules of callbacks.
    pub callbacks: CallbackRules,
    /// The rules around visits.
    pub visits: Visits,
    /// By when a request has been looked at.
    pub review: Review,
    /// The rules of the wait for an operator.
    pub wait: WaitRules,
    /// The rules of closings.
    pub closing: ClosingRules,
    /// When text messages are no disturbance.
    pub texts: TextHours,
    /// The rules of calls that tell a notice.
    pub notice_calls: NoticeCallRules,
    /// Where those stand, if they are written.
    pub(crate) wait_at: Option<Place>,
    pub(crate) at: Place,
}

/// When operators answer in one queue, for everybody or for those who speak one language.
#[derive(Debug, Clone)]
pub struct QueueHours {
    /// Which queue.
    pub queue: QueueCode,
    /// Only for this language.
    pub lang: Option<Lang>,
    /// Its hours, all of them within the line's.
    pub hours: OpeningHours,
    at: Place,
}

/// The rules around visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visits {
    /// The best day for a regular matter: so many business days of the office after the first contact.
    pub target_business_days: u16,
    /// An urgent matter is seen within so many business days after the first contact; 0 is the same day.
    pub urgent_within_business_days: u16,
    /// Nothing is offered later than so many days from today.
    pub horizon_days: u16,
    /// How often a person may move a visit alone.
    pub reschedule_at_most: u8,
    /// Until how many hours before the start.
    pub reschedule_until_hours: u16,
    /// How many minutes before the start a person may check in.
    pub arrive_early_minutes: u16,
    /// How many minutes after the end a late person is still served.
    pub grace_minutes: u16,
    /// How many minutes a place is kept while it is being booked.
    pub hold_minutes: u16,
    /// How many hours before the start a reminder goes out.
    pub remind_hours: u16,
    /// Whether people are asked to confirm; without it they are not.
    #[serde(default)]
    pub reconfirm: Option<Reconfirm>,
    /// How those who have an appointment and those who walked in stand in one line.
    #[serde(default)]
    pub floor: FloorRules,
    /// What becomes of places that are given back; without it they are for everybody at once.
    #[serde(default)]
    pub earlier: Option<EarlierRules>,
}

impl Visits {
    /// How far a person may move a visit alone, as the domain wants it.
    pub fn move_rules(&self) -> MoveRules {
        MoveRules { limit: self.reschedule_at_most, until_hours: i64::from(self.reschedule_until_hours) }
    }

    /// When a person may check in, as the domain wants it.
    pub fn visit_rules(&self) -> VisitRules {
        VisitRules {
            early_minutes: i64::from(self.arrive_early_minutes),
            grace_minutes: i64::from(self.grace_minutes),
        }
    }

    /// How long a place is kept while it is being booked.
    pub fn hold(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.hold_minutes))
    }
}

/// By when an officer has looked at a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// An urgent one, in hours.
    pub urgent_within_hours: u16,
    /// A regular one, in business days of the line.
    pub regular_within_business_days: u16,
    /// Whether people can ask for a review of what was decided; without it they can not.
    #[serde(default)]
    pub asked: Option<AskedReviews>,
}

/// How long people can ask for a review of a decision, and by when somebody else has decided on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedReviews {
    /// So many days after the decision.
    pub within_days: u16,
    /// In business days of the line after they asked.
    pub business_days: u16,
}

impl Line {
    /// When operators answer whoever asks for this queue in this language: its hours for that language, else its own, else the line's.
    /// The line's days without hours are everybody's.
    pub fn hours_of(&self, queue: &QueueCode, lang: &Lang) -> Cow<'_, BusinessCalendar> {
        let of = |wanted: Option<&Lang>| {
            self.queues.iter().find(|one| one.queue == *queue && one.lang.as_ref() == wanted)
        };
        let own = of(Some(lang)).or_else(|| of(None));
        own.map_or(Cow::Borrowed(&self.calendar), |own| Cow::Owned(self.calendar_of(own)))
    }

    fn calendar_of(&self, own: &QueueHours) -> BusinessCalendar {
        BusinessCalendar { hours: own.hours.clone(), ..self.calendar.clone() }
    }

    /// The queues that are closed by their own hours while the line is open, each with when it opens again.
    pub fn queues_closed(&self, now: Timestamp) -> Vec<(&QueueHours, Option<Timestamp>)> {
        if !self.calendar.is_open(now) {
            return Vec::new();
        }
        let all = self.queues.iter().map(|own| (own, self.calendar_of(own)));
        let closed = all.filter(|(_, calendar)| !calendar.is_open(now));
        closed.map(|(own, calendar)| (own, calendar.next_open(now, AHEAD_DAYS))).collect()
    }

    /// Hours are for queues that somebody can wait in.
    pub(crate) fn check_queues(&self, known: impl Fn(&QueueCode) -> bool, found: &mut Findings) {
        for own in &self.queues {
            let named = self.wait.written().queues.iter().any(|named| named.code == own.queue);
            if !named && !known(&own.queue) {
                let says = format!("nobody waits in a queue called `{}`", own.queue);
                found.fault(own.at.clone(), says);
            }
        }
    }

    /// Nobody has priority for a reason that the agency does not know.
    pub(crate) fn check_priority(&self, known: impl Fn(&ReasonCode) -> bool, found: &mut Findings) {
        let Some(at) = &self.wait_at else { return };
        for priority in self.wait.written().priority.iter().filter(|priority| !known(&priority.reason)) {
            let says =
                format!("`priority` is for reason `{}`, which reasons.toml does not have", priority.reason);
            found.fault(at.clone(), says);
        }
    }

    /// By when an officer has looked at a request that came in at `now`: so many hours later, or the end of the
    /// last of so many business days of the line after today. `None` when the line never opens again.
    pub fn review_due(&self, urgency: Urgency, now: Timestamp) -> Option<Timestamp> {
        match urgency {
            Urgency::Urgent => {
                now.checked_add(SignedDuration::from_hours(i64::from(self.review.urgent_within_hours))).ok()
            }
            Urgency::Regular => self.end_of_business_day(self.review.regular_within_business_days, now),
        }
    }

    /// The end of the last of so many business days of the line after today. `None` when the line never opens again.
    pub fn end_of_business_day(&self, days: u16, now: Timestamp) -> Option<Timestamp> {
        let last = self.calendar.add_business_days(self.calendar.zone.date(now), i32::from(days))?;
        self.calendar.open_spans(last).last().map(|span| span.end)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLine {
    zone: Spanned<Zone>,
    holidays: bool,
    hours: Vec<DatedHours>,
    #[serde(default)]
    queues: Vec<Spanned<WrittenQueue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQueue {
    queue: QueueCode,
    #[serde(default)]
    lang: Option<Lang>,
    hours: Vec<DatedHours>,
}

/// The hours of single queues, cut to the line's.
fn read_queues(
    written: Vec<Spanned<WrittenQueue>>,
    line: &OpeningHours,
    langs: &[Lang],
    at: impl Fn(&Range<usize>) -> Place,
    found: &mut Findings,
) -> Vec<QueueHours> {
    let mut read: Vec<QueueHours> = Vec::new();
    for one in written {
        let at = at(&one.span());
        let WrittenQueue { queue, lang, hours } = one.into_inner();
        if let Some(lang) = lang.as_ref().filter(|lang| !langs.contains(lang)) {
            found.fault(at.clone(), format!("`lang` is none of the pack's languages: `{lang}`"));
        }
        if read.iter().any(|before| before.queue == queue && before.lang == lang) {
            found.fault(at.clone(), format!("the hours of queue `{queue}` stand here a second time"));
        }
        match OpeningHours::new(hours) {
            Err(error) => found.fault(at, error.to_string()),
            Ok(own) => {
                let hours = line.within(&own);
                let never = |one: &DatedHours| one.week.is_empty();
                if own.versions().is_empty() || hours.versions().last().is_none_or(never) {
                    found.fault(at, format!("queue `{queue}` has no hours in which the line is open"));
                } else {
                    read.push(QueueHours { queue, lang, hours, at });
                }
            }
        }
    }
    read
}

pub(crate) fn read_line(
    mut doc: Doc<'_>,
    holidays: &Holidays,
    langs: &[Lang],
    found: &mut Findings,
) -> Option<Line> {
    let source = doc.source;
    let line = doc.need::<WrittenLine>("line", found);
    let callbacks = doc.need::<CallbackRules>("callbacks", found);
    let visits = doc.need::<Visits>("visits", found);
    let review = doc.need::<Review>("review", found);
    let wait = doc.take::<WaitRules>("wait", found);
    let texts = doc.take::<TextHours>("texts", found);
    let notice_calls = doc.take::<NoticeCallRules>("notice_calls", found);
    let closing = doc.take::<ClosingRules>("closing", found);
    doc.finish(found);
    let wait_at = wait.as_ref().map(|wait| source.at(&wait.span()));
    let wait = wait.map(toml::Spanned::into_inner).unwrap_or_default();
    if let Some(at) = &wait_at {
        check_words(&wait, langs, at, found);
    }
    if let Some(texts) = &texts
        && texts.get_ref().from >= texts.get_ref().to
    {
        let says = "`to` is later than `from` on the same day, or no text could ever be sent";
        found.fault(source.at(&texts.span()), says);
    }
    if let Some(rules) = &notice_calls
        && let Some(says) = rules.get_ref().fault()
    {
        found.fault(source.at(&rules.span()), says);
    }
    if let Some(review) = &review {
        let Review { urgent_within_hours, regular_within_business_days, asked } = review.get_ref();
        if *urgent_within_hours == 0 || *regular_within_business_days == 0 {
            found.fault(
                source.at(&review.span()),
                "a review needs at least one hour (urgent) and one business day (regular)",
            );
        }
        if asked.is_some_and(|asked| asked.within_days == 0 || asked.business_days == 0) {
            let says = "in `asked`, `within_days` and `business_days` are at least 1: leave `asked` out to offer no reviews";
            found.fault(source.at(&review.span()), says);
        }
    }
    if let Some(visits) = &visits {
        let at = source.at(&visits.span());
        let v = visits.get_ref();
        if v.target_business_days < v.urgent_within_business_days {
            found.fault(at.clone(), "`urgent_within_business_days` is later than `target_business_days`: urgent would wait longer");
        }
        let FloorRules { late_minutes, walk_in_minutes, urgent_walk_in_minutes } = v.floor;
        if [late_minutes, walk_in_minutes, urgent_walk_in_minutes].iter().any(|minutes| *minutes > 480) {
            found.fault(
                at.clone(),
                "the minutes of `floor` are at most 480: nobody waits longer than a day is open",
            );
        }
        if urgent_walk_in_minutes > walk_in_minutes {
            let says = "`urgent_walk_in_minutes` is more than `walk_in_minutes`: urgent would wait longer";
            found.fault(at.clone(), says);
        }
        if v.hold_minutes == 0 {
            found.fault(at.clone(), "`hold_minutes` is at least 1, or nothing could ever be booked");
        }
        if let Some(Reconfirm { ask_hours, by_hours, .. }) = v.reconfirm
            && (by_hours == 0 || ask_hours <= by_hours)
        {
            found.fault(
                at.clone(),
                "in `reconfirm`, `by_hours` is at least 1, and `ask_hours` more than it, or nobody has time to answer",
            );
        }
        // Every business week has at most seven days, so this many calendar days hold the target.
        if u32::from(v.horizon_days) < u32::from(v.target_business_days) * 7 / 5 {
            found.fault(at, "`horizon_days` ends before the target of `target_business_days`");
        }
    }
    let line_at = line.as_ref().map(|line| source.at(&line.span()));
    let (line, at) = (line?.into_inner(), line_at?);
    let hours =
        OpeningHours::new(line.hours).map_err(|error| found.fault(at.clone(), error.to_string())).ok()?;
    let holidays = if line.holidays { holidays.clone() } else { Holidays::default() };
    let queues = read_queues(line.queues, &hours, langs, |span| source.at(span), found);
    Some(Line {
        queues,
        calendar: BusinessCalendar { zone: line.zone.into_inner(), hours, closures: Vec::new(), holidays },
        callbacks: callbacks?.into_inner(),
        visits: visits?.into_inner(),
        review: review?.into_inner(),
        wait,
        texts: texts.map(Spanned::into_inner).unwrap_or_default(),
        notice_calls: notice_calls.map(Spanned::into_inner).unwrap_or_default(),
        closing: closing.map(toml::Spanned::into_inner).unwrap_or_default(),
        wait_at,
        at,
    })
}

/// The words that operators choose from are there in every language.
fn check_words(wait: &WaitRules, langs: &[Lang], at: &Place, found: &mut Findings) {
    let written = wait.written();
    let pauses = written.not_ready.iter().map(|named| (named.code.as_str(), &named.name));
    let given_on = written.pass_on.iter().map(|named| (named.code.as_str(), &named.name));
    let queues = written.queues.iter().map(|named| (named.code.as_str(), &named.name));
    let moved = written.move_on.iter().map(|named| (named.code.as_str(), &named.name));
    let up = written.escalate.iter().map(|named| (named.code.as_str(), &named.name));
    let ears = written.listen.iter().map(|named| (named.code.as_str(), &named.name));
    let ends = written.disposition.iter().map(|named| (named.code.as_str(), &named.name));
    let out = written.outside.iter().map(|line| (line.code.as_str(), &line.name));
    for (code, name) in
        pauses.chain(given_on).chain(queues).chain(moved).chain(up).chain(ears).chain(ends).chain(out)
    {
        for lang in name.missing(langs) {
            found.fault(at.clone(), format!("the name of `{code}` is missing in `{lang}`"));
        }
    }
}

/// The holidays, and where each stands.
pub(crate) fn read_holidays(
    mut doc: Doc<'_>,
    langs: &[Lang],
    found: &mut Findings,
) -> (Holidays, Vec<Place>) {
    doc.check_texts(langs, found);
    let source = doc.source;
    let holidays = doc.each::<Holiday>("holiday", found);
    doc.finish(found);
    let (mut good, mut places) = (Vec::new(), Vec::new());
    for holiday in holidays {
        match Holidays::new(vec![holiday.get_ref().clone()]) {
            Ok(_) => {
                places.push(source.at(&holiday.span()));
                good.push(holiday.into_inner());
            }
            Err(error) => found.fault(source.at(&holiday.span()), error.to_string()),
        }
    }
    // Each was accepted alone, and holidays do not contradict each other.
    (Holidays::new(good).unwrap_or_default(), places)
}
