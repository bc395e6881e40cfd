//! What indicators are made of, gathered for a stretch of time; and the figures that everybody may read.

use crate::{Desk, DeskError};
use domain::indicators::{By, Facts, Indicator, LEAST_SHOWN, MOST_DAYS, Shown, count, hide_small};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
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
        let mut all = Facts { until: to.min(now), ..Facts::default() };
        let mut begin = from;
        while begin < to {
            let end = begin.saturating_add(AT_ONCE).unwrap_or(to).min(to);
            let part = self.store.facts(begin, end, now).await?;
            all.waits.extend(part.waits);
            all.promises.extend(part.promises);
            begin = end;
        }
        Ok(all)
    }
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
const TOLD: [Indicator; 5] = [
    Indicator::PromisesKept,
    Indicator::PersonHalf,
    Indicator::PersonMost,
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
        let figures = [By::All, By::Reason, By::Office].map(|by| {
            let told = count(&facts, by).into_iter().filter(|one| TOLD.contains(&one.indicator)).collect();
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
