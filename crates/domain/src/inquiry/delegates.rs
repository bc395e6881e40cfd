//! Whom the person's representative lets act for them, and what of it holds now.

use super::{Correction, Inquiry, Recorded};
use crate::{
    calendar::Zone,
    change::Step,
    delegate::{
        Delegate, DelegateAct, DelegateEnd, DelegateEndWhy, DelegateRules, NewDelegate, OnWord, Resent,
    },
    journal::Happened,
    notice::NoticeKind,
    refusal::Refusal,
};
use jiff::{SignedDuration, Timestamp, civil::Date};

/// So many are named for one inquiry in all: whoever names more does not know whom.
const MOST_EVER: u8 = 60;

impl Inquiry {
    /// The delegate with this number, whether or not they act any more.
    pub fn delegate(&self, nth: u8) -> Option<&Delegate> {
        self.delegates.iter().find(|delegate| delegate.nth == nth)
    }

    /// Whoever may act for the person now, in the order in which they were named.
    pub fn delegates_now(&self, now: Timestamp) -> impl Iterator<Item = &Delegate> {
        self.delegates.iter().filter(move |delegate| delegate.is_live(now))
    }

    /// The delegate with this number, while they act.
    ///
    /// # Errors
    /// [`Refusal::DelegateOver`].
    pub fn delegate_now(&self, nth: u8, now: Timestamp) -> Result<&Delegate, Refusal> {
        self.delegate(nth).filter(|delegate| delegate.is_live(now)).ok_or(Refusal::DelegateOver)
    }

    /// May the delegate with this number do it now?
    ///
    /// # Errors
    /// [`Refusal::DelegateOver`]; [`Refusal::NotDelegated`].
    pub fn may_as_delegate(&self, nth: u8, act: DelegateAct, now: Timestamp) -> Result<(), Refusal> {
        if self.delegate_now(nth, now)?.may(act) { Ok(()) } else { Err(Refusal::NotDelegated) }
    }

    /// Can delegates be named here at all? `word`: on whose word a member of staff would do it, who sees for themselves whether the
    /// form is there.
    ///
    /// # Errors
    /// [`Refusal::Closed`]; [`Refusal::NoDelegates`] where the agency has none, or the person is protected;
    /// [`Refusal::NoRepresentative`]; [`Refusal::FormNotOnFile`].
    pub fn takes_delegates<'a>(
        &self,
        rules: Option<&'a DelegateRules>,
        word: Option<OnWord>,
    ) -> Result<&'a DelegateRules, Refusal> {
        if !self.is_live() {
            return Err(Refusal::Closed);
        }
        let rules = rules.filter(|_| self.guard.protected.is_none()).ok_or(Refusal::NoDelegates)?;
        let acting = self.request.representative.as_ref().ok_or(Refusal::NoRepresentative)?;
        if rules.needs_form && !acting.on_file && word.is_none() {
            return Err(Refusal::FormNotOnFile);
        }
        Ok(rules)
    }

    /// The last day for which a delegate can be named now, by the person's calendar.
    pub fn last_delegate_day(&self, rules: &DelegateRules, now: Timestamp) -> Date {
        let longest = SignedDuration::from_hours(24 * i64::from(rules.longest_days));
        self.reach.zone.date(now.saturating_add(longest).unwrap_or(now))
    }

    /// Lets somebody act for the person, until the end of a day.
    ///
    /// # Errors
    /// As [`Self::takes_delegates`]; [`Refusal::DelegatesFull`], [`Refusal::DelegateDays`], [`Refusal::NotDelegable`].
    pub fn name_delegate(
        &self,
        new: NewDelegate,
        rules: Option<&DelegateRules>,
        word: Option<OnWord>,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let rules = self.takes_delegates(rules, word)?;
        let until = self.ends_with(new.last_day, rules, now)?;
        if !new.may.is_subset(&rules.acts) {
            return Err(Refusal::NotDelegable);
        }
        let full = Refusal::DelegatesFull { most: rules.most };
        let nth = self.delegates.last().map_or(0, |last| last.nth) + 1;
        if self.delegates_now(now).count() >= usize::from(rules.most) || nth > MOST_EVER {
            return Err(full);
        }
        let NewDelegate { name, reach, lang, may, .. } = new;
        let mut step = Step::from(self);
        step.happened.push(Happened::DelegateNamed { nth, may: may.clone(), until, word });
        step.inquiry.delegates.push(Delegate {
            nth,
            name,
            reach,
            lang,
            may,
            since: now,
            until,
            word,
            resent: None,
            ended: None,
        });
        step.announce.push(NoticeKind::DelegateNamed);
        Ok(step)
    }

    /// When a delegate's last day is over, if it can be that day.
    fn ends_with(&self, last_day: Date, rules: &DelegateRules, now: Timestamp) -> Result<Timestamp, Refusal> {
        let today = self.reach.zone.date(now);
        if last_day < today || last_day > self.last_delegate_day(rules, now) {
            return Err(Refusal::DelegateDays { most: rules.longest_days });
        }
        Ok(end_of(&self.reach.zone, last_day).unwrap_or(now))
    }

    /// A delegate is sent a new link, with another last day or the one that they have. The link that they had opens nothing from then on.
    /// The person is told where it lasts longer.
    ///
    /// # Errors
    /// As [`Self::takes_delegates`]; [`Refusal::DelegateOver`]; [`Refusal::DelegateLinkSoon`] so soon after the last one;
    /// [`Refusal::DelegateDays`].
    pub fn renew_delegate(
        &self,
        nth: u8,
        last_day: Option<Date>,
        rules: Option<&DelegateRules>,
        word: Option<OnWord>,
        now: Timestamp,
    ) -> Result<Step, Refusal> {
        let rules = self.takes_delegates(rules, word)?;
        let before = self.delegate_now(nth, now)?;
        if before.resent.is_some_and(|last| now.duration_since(last.at) < Resent::PAUSE) {
            return Err(Refusal::DelegateLinkSoon);
        }
        let until = match last_day {
            Some(day) => self.ends_with(day, rules, now)?,
            None => before.until,
        };
        let mut step = Step::from(self);
        if until > before.until {
            step.announce.push(NoticeKind::DelegateNamed);
        }
        step.happened.push(Happened::DelegateResent { nth, until, word });
        let resent = Resent { times: before.link().saturating_add(1), at: now };
        for one in step.inquiry.delegates.iter_mut().filter(|one| one.nth == nth) {
            (one.until, one.resent) = (until, Some(resent));
        }
        Ok(step)
    }

    /// Is this the link of the delegate that works: the one with this number of those that they were sent?
    pub fn is_opened_by_delegates_link(&self, nth: u8, link: u16) -> bool {
        self.delegate(nth).is_some_and(|delegate| delegate.link() == link)
    }

    /// A delegate acts no more, from now on.
    ///
    /// # Errors
    /// [`Refusal::DelegateOver`] when they do not any more, or never did.
    pub fn end_delegate(&self, nth: u8, why: DelegateEndWhy, now: Timestamp) -> Result<Step, Refusal> {
        self.delegate_now(nth, now)?;
        let mut step = Step::from(self);
        step.happened.extend(step.inquiry.end_delegates(|one| one.nth == nth, why, now));
        Ok(step)
    }

    /// May a delegate correct it so? How the person is reached, in which language, and by what they know an officer again, stay
    /// their own.
    ///
    /// # Errors
    /// [`Refusal::NotDelegated`].
    pub fn may_correct_as_delegate(&self, correction: &Correction) -> Result<(), Refusal> {
        let theirs = correction.differs(&Correction::of(self)).into_iter().all(Recorded::is_for_delegate);
        if theirs { Ok(()) } else { Err(Refusal::NotDelegated) }
    }

    /// Ends whoever fits and still acts, and says so.
    pub(super) fn end_delegates(
        &mut self,
        which: impl Fn(&Delegate) -> bool,
        why: DelegateEndWhy,
        now: Timestamp,
    ) -> Vec<Happened> {
        let live = self.delegates.iter_mut().filter(|one| one.is_live(now) && which(one));
        let ended = live.map(|one| {
            one.ended = Some(DelegateEnd { at: now, why });
            Happened::DelegateEnded { nth: one.nth, why }
        });
        ended.collect()
    }

    /// After whatever was done: nobody acts for the person of an inquiry that is over, also not when it is opened again.
    pub(crate) fn settle_delegates(&mut self, now: Timestamp) -> Vec<Happened> {
        if self.is_live() {
            return Vec::new();
        }
        self.end_delegates(|_| true, DelegateEndWhy::Closed, now)
    }
}

/// The instant after the last of a day.
fn end_of(zone: &Zone, day: Date) -> Option<Timestamp> {
    zone.day_start(day.tomorrow().ok()?)
}
