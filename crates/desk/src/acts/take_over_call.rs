//! The window of a promised call is near: when the officer who holds it is not there, it goes to somebody who is.

use crate::{Caller, Desk, DeskError};
use domain::{
    access::{Action, can},
    actor::Staff,
    callback::{Callback, GivenWhy},
    change::{AfterJob, Change, Finish},
    ids::{CallbackId, InquiryId, StaffId},
    inquiry::{Giving, Inquiry, Stage, free_stretch},
};
use jiff::Timestamp;

/// What a look at a promised call finds to do.
enum Found {
    /// Nothing, now or later: it is nobody's, was tried, or is looked at by others.
    Nothing,
    /// Its officer is there, or it is too early: look again then.
    Again(Timestamp),
    /// They are not.
    Absent(Giving, GivenWhy),
}

impl Desk {
    /// Looks whether the officer is there who holds a promised call: before its window begins, and again when they are to dial.
    /// When they are not, it goes to an officer who is, who may see its person and has time in the window; else to whoever is on
    /// duty. It is never nobody's: until it is called it has a holder, or is everybody's.
    pub(crate) async fn take_over_call(
        &self,
        caller: &Caller,
        finish: &Finish,
        id: InquiryId,
        callback: CallbackId,
    ) -> Result<(), DeskError> {
        self.act(caller, async || {
            let inquiry = self.load(id).await?;
            let mut finish = finish.clone();
            let mut change = match self.look_for_holder(&inquiry, callback, caller.now).await? {
                Found::Nothing => Change::new(caller.command()),
                Found::Again(due) => {
                    finish.then = AfterJob::Again { due, why: "there".to_owned() };
                    Change::new(caller.command())
                }
                Found::Absent(giving, why) => {
                    if let Giving::Officer { planned, .. } = giving {
                        // Whoever has it now may leave as well.
                        finish.then = AfterJob::Again { due: planned, why: "given".to_owned() };
                    }
                    let step =
                        inquiry.take_over_callback(callback, giving, why, caller.actor(), caller.now)?;
                    self.change_of(caller, step)?
                }
            };
            change.finish = Some(finish);
            Ok(change)
        })
        .await?;
        Ok(())
    }

    async fn look_for_holder(
        &self,
        inquiry: &Inquiry,
        id: CallbackId,
        now: Timestamp,
    ) -> Result<Found, DeskError> {
        let Stage::Promised(callback) = &inquiry.stage else { return Ok(Found::Nothing) };
        let rules = &self.pack.line().callbacks;
        let over = callback.in_window().next().is_some() || now >= callback.window.end;
        let (false, true, Some(look)) = (over, callback.id == id, rules.look_at(callback.window.start, now))
        else {
            return Ok(Found::Nothing);
        };
        if look > now {
            return Ok(Found::Again(look));
        }
        let Some(holder) = callback.owner else { return Ok(Found::Nothing) };
        if self.is_here(holder, now).await? {
            let dials = callback.next_attempt;
            return Ok(if dials > now { Found::Again(dials) } else { Found::Nothing });
        }
        let mut here = self.officers_here(now).await?;
        here.retain(|one| one.id != holder && can(one, Action::CallPerson, inquiry).is_ok());
        let why = if here.is_empty() { GivenWhy::NobodyThere } else { GivenWhy::OfficerAbsent };
        let giving = self.somebody_for(inquiry, callback, here, now).await?;
        Ok(Found::Absent(giving.unwrap_or(Giving::Anybody), why))
    }

    /// Who of them makes the call: who speaks the person's language, can dial soonest in the window and has least in it.
    async fn somebody_for(
        &self,
        inquiry: &Inquiry,
        callback: &Callback,
        here: Vec<Staff>,
        now: Timestamp,
    ) -> Result<Option<Giving>, DeskError> {
        let length = self.pack.line().callbacks.call_length();
        let (from, until) = (now.max(callback.window.start), callback.window.end);
        let mut best: Option<((bool, Timestamp, usize, StaffId), Giving)> = None;
        for officer in here {
            let others = self.not_free(officer.id, from, until, Some(callback.id.into())).await?;
            let has = others.len();
            let Some(planned) = free_stretch(others, from, until, length) else { continue };
            let order = (!officer.langs.contains(&inquiry.reach.lang), planned, has, officer.id);
            if best.as_ref().is_none_or(|(least, _)| order < *least) {
                best = Some((
                    order,
                    Giving::Officer { officer: officer.id, planned, minutes: length.as_mins() },
                ));
            }
        }
        Ok(best.map(|(_, giving)| giving))
    }
}
