//! What indicators are made of, gathered for a stretch of time; and the figures that everybody may read.

use crate::{Desk, DeskError};
use domain::{
    access::{Action, can},
    actor::Staff,
    codes::OfficeCode,
    indicators::{
        AGAIN_WITHIN_DAYS, ANSWERED_WITHIN, By, Facts, Indicator, LEAST_SHOWN, LONGEST_SPELL, MOST_DAYS,
        SHORT, Shown, count, hide_small,
    },
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use locale::{Tongue, args};
use std::sync::Arc;
use tokio::sync::Mutex;

/// So long a stretch is asked for at once: a quarter of a nation's day, whose records fit into memory beside everything else.
const AT_ONCE: SignedDuration = SignedDuration::from_hours(6);

impl Desk {
    /// What indicators from `from` (inclusive) to `to` (exclusive) are made of, as it stands at `now`.
    ///
    /// # Errors
    /// The store's.
    pub async fn facts(&self, from: Timestamp, to: Timestamp, now: Timestamp) -> Result<Facts, DeskError> {
        let mut all = Facts { from, until: to.min(now), ..Facts::default() };
        let mut begin = from;
        while begin < to {
            let end = begin.saturating_add(AT_ONCE).unwrap_or(to).min(to);
            all.and(self.store.facts(begin, end, now).await?);
            begin = end;
        }
        // The end of operators' time in the period is kept with their next caller.
        let last = to.saturating_add(LONGEST_SPELL).unwrap_or(to).min(now);
        while begin < last {
            let end = begin.saturating_add(AT_ONCE).unwrap_or(last).min(last);
            all.pieces.extend(self.store.facts(begin, end, now).await?.pieces);
            begin = end;
        }
        Ok(all)
    }
}

impl Desk {
    /// What this member of staff may see of some days, both the first and the last of them, by the line's clock: whoever sees one
    /// office's figures sees no others, and not the line's.
    ///
    /// # Errors
    /// [`DeskError::Denied`]; [`DeskError::NotFound`] for days that no calendar has.
    pub async fn facts_for(
        &self,
        staff: &Staff,
        (first, last): (Date, Date),
        now: Timestamp,
    ) -> Result<Facts, DeskError> {
        can(staff, Action::SeeFigures, None)?;
        let zone = &self.pack.line().calendar.zone;
        let after = last.tomorrow().unwrap_or(last);
        let (from, to) = zone.day_start(first).zip(zone.day_start(after)).ok_or(DeskError::NotFound)?;
        let mut facts = self.facts(from, to, now).await?;
        if sees_the_line(staff) {
            for one in &self.store.all_staff().await? {
                facts.staff(one);
            }
        } else {
            facts.waits.clear();
            facts.turned_away.clear();
            facts.pieces.clear();
            facts.promises.retain(|owed| can(staff, Action::SeeFigures, Some(&owed.office)).is_ok());
        }
        Ok(facts)
    }
}

/// May this member of staff see the figures of the line that all offices share?
pub fn sees_the_line(staff: &Staff) -> bool {
    can(staff, Action::SeeFigures, Some(&OfficeCode::line())).is_ok()
}

/// What an indicator is called.
pub fn figure_name(t: &Tongue, indicator: Indicator) -> String {
    t.say_of_with("figure-name", indicator.as_str(), &bounds())
}

/// How it is counted.
pub fn figure_definition(t: &Tongue, indicator: Indicator) -> String {
    t.say_of_with("figure-is", indicator.as_str(), &bounds())
}

/// The bounds that names and definitions tell.
fn bounds() -> locale::Args<'static> {
    let longest = LONGEST_SPELL.as_hours();
    args! { "within" => ANSWERED_WITHIN, "short" => SHORT, "again" => AGAIN_WITHIN_DAYS, "longest" => longest }
}

/// What is told to the public: figures of whole days, with what is counted from too few held back.
#[derive(Debug, PartialEq, Eq)]
pub struct Published {
    /// The first day.
    pub from: Date,
    /// The last day: yesterday.
    pub to: Date,
    /// By what they are told apart, and the figures.
    pub figures: Vec<(By, Vec<Shown>)>,
}

impl Published {
    /// The figures told apart by this.
    pub fn by(&self, by: By) -> &[Shown] {
        self.figures.iter().find(|(of, _)| *of == by).map_or(&[], |(_, figures)| figures)
    }
}

/// The last that was counted for the public. A day's figures do not change any more: they are counted once, and whoever asks
/// meanwhile waits for that.
pub(crate) type LastPublished = Mutex<Option<Arc<Published>>>;

/// What is published.
const TOLD: [Indicator; 12] = [
    Indicator::PromisesKept,
    Indicator::Offered,
    Indicator::Blocked,
    Indicator::PersonHalf,
    Indicator::PersonMost,
    Indicator::Abandoned,
    Indicator::CallsKept,
    Indicator::ReviewsDue,
    Indicator::ReviewsUpheld,
    Indicator::ReviewsGranted,
    Indicator::VisitDaysHalf,
    Indicator::VisitDaysMost,
];

/// By what it is told apart. How well people are served must not hang on their language, their ears or who acts for them.
const TOLD_BY: [By; 6] = [By::All, By::Reason, By::Office, By::Lang, By::Relay, By::Represented];

/// What is told of groups: few are in each, and a table of more is read by nobody.
const TOLD_OF_GROUPS: [Indicator; 7] = [
    Indicator::PromisesKept,
    Indicator::PersonHalf,
    Indicator::PersonMost,
    Indicator::Abandoned,
    Indicator::CallsKept,
    Indicator::VisitDaysHalf,
    Indicator::VisitDaysMost,
];

impl Desk {
    /// What is told to the public on the day of `now`, by the line's clock: the figures of the days before it.
    ///
    /// # Errors
    /// The store's.
    pub async fn published(&self, now: Timestamp) -> Result<Arc<Published>, DeskError> {
        let zone = &self.pack.line().calendar.zone;
        let today = zone.date(now);
        let to = today.saturating_sub(1.day());
        let mut last = self.published.lock().await;
        if let Some(published) = last.as_ref().filter(|published| published.to == to) {
            return Ok(Arc::clone(published));
        }
        // Today's waits make the rest of the days for which they are kept.
        let from = to.saturating_sub((MOST_DAYS - 2).days());
        let stretch = zone.day_start(from).zip(zone.day_start(today));
        let facts = match stretch {
            Some((begin, end)) => self.facts(begin, end, now).await?,
            None => Facts::default(),
        };
        let figures = TOLD_BY.map(|by| {
            let told = if by == By::All { &TOLD[..] } else { &TOLD_OF_GROUPS };
            let told = count(&facts, by).into_iter().filter(|one| told.contains(&one.indicator)).collect();
            (by, hide_small(told, LEAST_SHOWN))
        });
        let published = Arc::new(Published { from, to, figures: figures.into() });
        *last = Some(Arc::clone(&published));
        Ok(published)
    }

    /// The same, if it has been counted: for a page that shows a little of it and waits for nothing. Where it has not been, it is
    /// counted meanwhile, for whoever comes next.
    pub fn published_already(&self, now: Timestamp) -> Option<Arc<Published>> {
        // Whoever holds it is counting.
        let last = self.published.try_lock().ok()?;
        let to = self.pack.line().calendar.zone.date(now).saturating_sub(1.day());
        let counted = last.as_ref().filter(|published| published.to == to).map(Arc::clone);
        drop(last);
        if counted.is_none() {
            let desk = self.clone();
            tokio::spawn(async move {
                if let Err(error) = desk.published(now).await {
                    tracing::warn!(%error, "what is told to the public cannot be counted");
                }
            });
        }
        counted
    }
}
