//! Which callback windows can be promised: those that officers can keep.

use crate::{Desk, DeskError};
use domain::{
    actor::{Role, Staff},
    calendar::windows::{Window, callback_windows},
    ids::StaffId,
    inquiry::{Inquiry, Promise, free_stretch, window_slot},
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp, ToSpan};

/// A window that can be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowOffer {
    /// The window.
    pub window: Window,
    /// How many more calls can be kept in it.
    pub left: u32,
}

impl Desk {
    /// The windows that can be promised now for an inquiry, in order, at most `limit`.
    pub async fn windows(
        &self,
        inquiry: &Inquiry,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<WindowOffer>, DeskError> {
        let line = self.pack.line();
        let all =
            callback_windows(&line.callbacks, &line.calendar, &inquiry.reach.zone, inquiry.urgency, now);
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return Ok(Vec::new()) };
        let taken =
            self.store.taken(&domain::codes::OfficeCode::line(), first.start, last.end + 1.second()).await?;
        let keeping = self.keeping(first.start, last.end).await?;
        let current = inquiry.callback().map(|c| c.window.start);
        Ok(all
            .into_iter()
            .filter(|window| Some(window.start) != current)
            .map(|window| WindowOffer {
                left: keeping
                    .calls_in(window.start, window.end)
                    .saturating_sub(taken.of(&window_slot(&window))),
                window,
            })
            .filter(|offer| offer.left > 0)
            .take(limit)
            .collect())
    }

    /// The officers who may be promised for.
    pub(crate) async fn officers(&self) -> Result<Vec<Staff>, DeskError> {
        Ok(self.store.all_staff().await?.into_iter().filter(|s| s.active && s.is(Role::Officer)).collect())
    }

    /// A promise for `window`: the asked officer's first free stretch in it, or any officer's when none is asked for.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] for a window that is not among those offered; [`Refusal::WindowFull`].
    pub(crate) async fn promise_in(
        &self,
        inquiry: &Inquiry,
        start: Timestamp,
        owner: Option<StaffId>,
        now: Timestamp,
    ) -> Result<Promise, DeskError> {
        let line = self.pack.line();
        let rules = &line.callbacks;
        let window = callback_windows(rules, &line.calendar, &inquiry.reach.zone, inquiry.urgency, now)
            .into_iter()
            .find(|w| w.start == start)
            .ok_or(Refusal::NotOffered)?;
        let capacity = self.keeping(start, window.end).await?.calls_in(start, window.end);
        let taken = self.store.taken(&domain::codes::OfficeCode::line(), start, window.end).await?;
        if taken.of(&window_slot(&window)) >= capacity {
            return Err(Refusal::WindowFull.into());
        }
        let planned = match owner {
            Some(officer) => {
                self.free_stretch(officer, &window, inquiry).await?.ok_or(Refusal::WindowFull)?
            }
            None => window.start,
        };
        let remind = window.start - SignedDuration::from_hours(1);
        Ok(Promise {
            planned,
            owner,
            minutes: rules.call_length().as_mins(),
            capacity,
            remind: (remind > now + SignedDuration::from_mins(30)).then_some(remind),
            look: rules.look_at(window.start, now),
            window,
        })
    }

    /// The first stretch of a call's length in a window in which the officer is there and free. A stretch that this inquiry's own
    /// callback holds counts as free: it is given back in the same commit.
    pub(crate) async fn free_stretch(
        &self,
        officer: StaffId,
        window: &Window,
        inquiry: &Inquiry,
    ) -> Result<Option<Timestamp>, DeskError> {
        let own = inquiry.callback().map(|c| c.id.into());
        let others = self.not_free(officer, window.start, window.end, own).await?;
        let length = self.pack.line().callbacks.call_length();
        Ok(free_stretch(others, window.start, window.end, length))
    }
}
