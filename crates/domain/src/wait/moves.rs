//! What becomes of a caller who waits: granted, returned to the same place, away, back, over.

use super::{
    AwayWhy, How, Operator, Refused, Status, Unready, WaitDid, WaitRules, WaitStep, WaitingCaller,
    caller::{Away, Grant, State},
    operator::after,
};
use crate::ids::NodeId;
use jiff::Timestamp;

impl WaitingCaller {
    /// The refusal that says where they are.
    pub(super) fn elsewhere(&self) -> Refused {
        Refused::Caller { state: self.state.as_str().to_owned() }
    }

    /// Reserves an operator for them.
    ///
    /// # Errors
    /// [`Refused::Caller`] or [`Refused::Operator`] unless they wait and the operator is ready; [`Refused::NotYet`].
    pub fn offer(&self, operator: &Operator, rules: &WaitRules, now: Timestamp) -> Result<WaitStep, Refused> {
        let away = match &self.state {
            State::Waiting if self.is_due(now) => None,
            State::Away(away) if self.is_due(now) => Some(away.clone()),
            State::Waiting | State::Away(_) => return Err(Refused::NotYet),
            _ => return Err(self.elsewhere()),
        };
        let mut operator = operator.next(now);
        let Status::Ready { since: idle_since } = operator.status else { return Err(operator.elsewhere()) };
        let mut caller = self.next();
        caller.grants += 1;
        let grant = Grant { operator: operator.id, number: caller.grants, until: after(now, rules.offer()) };
        operator.status = Status::Ringing { caller: caller.id, grant: grant.number, idle_since };
        let did = WaitDid::Offered { operator: operator.id, grant: grant.number, until: grant.until };
        caller.state = State::Offered { grant, away };
        Ok(WaitStep::of(caller, Some(operator), did))
    }

    /// The grant, if it is this operator's and this one, and both records say so.
    fn granted<'a>(
        &'a self,
        operator: &Operator,
        number: u64,
    ) -> Result<(&'a Grant, Option<&'a Away>), Refused> {
        let State::Offered { grant, away } = &self.state else { return Err(Refused::GrantOver) };
        let same = matches!(&operator.status, Status::Ringing { caller, grant, .. } if *caller == self.id && *grant == number);
        if grant.operator != operator.id || grant.number != number || !same {
            return Err(Refused::GrantOver);
        }
        Ok((grant, away.as_ref()))
    }

    /// The operator takes the call: they speak, or the person is called back from `node`.
    ///
    /// # Errors
    /// [`Refused::GrantOver`].
    pub fn accept(
        &self,
        operator: &Operator,
        number: u64,
        node: Option<NodeId>,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let (grant, away) = self.granted(operator, number)?;
        if grant.until <= now {
            return Err(Refused::GrantOver);
        }
        let mut caller = self.next();
        let mut operator = operator.next(now);
        operator.status = Status::Talking { caller: caller.id, since: now };
        caller.state = if let Some(away) = away {
            caller.node = node;
            State::Calling { operator: operator.id, since: now, away: away.clone() }
        } else {
            caller.talked.get_or_insert(now);
            State::Talking { operator: operator.id, since: now, called_back: false }
        };
        let did = WaitDid::Accepted { operator: operator.id, grant: number };
        Ok(WaitStep::of(caller, Some(operator), did))
    }

    /// The operator declines: the caller is where they were, and the operator ready again in a while.
    ///
    /// # Errors
    /// [`Refused::GrantOver`].
    pub fn decline(
        &self,
        operator: &Operator,
        number: u64,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        self.granted(operator, number)?;
        let operator = operator.next(now).unready(Unready::Declined, now, Some(rules.declined()));
        let did = WaitDid::Declined { operator: operator.id, grant: number };
        Ok(WaitStep::of(self.returned(), Some(operator), did))
    }

    /// The grant has run out: the caller is where they were, and the operator not ready until they say so.
    ///
    /// # Errors
    /// [`Refused::GrantLasts`]; [`Refused::GrantOver`].
    pub fn expire(&self, operator: &Operator, now: Timestamp) -> Result<WaitStep, Refused> {
        let State::Offered { grant, .. } = &self.state else { return Err(Refused::GrantOver) };
        let (grant, _) = self.granted(operator, grant.number)?;
        if grant.until > now {
            return Err(Refused::GrantLasts);
        }
        let did = WaitDid::Unanswered { operator: operator.id, grant: grant.number };
        let operator = operator.next(now).unready(Unready::Unanswered, now, None);
        Ok(WaitStep::of(self.returned(), Some(operator), did))
    }

    /// Whoever was offered, as they were before.
    fn returned(&self) -> Self {
        let mut caller = self.next();
        if let State::Offered { away, .. } = &self.state {
            caller.state = away.clone().map_or(State::Waiting, State::Away);
        }
        caller
    }

    /// The operator's browser is gone: the caller is where they were, if they are still on the line or are to be called
    /// back. (Who has just been called back and was speaking is on the line.)
    ///
    /// # Errors
    /// [`Refused::Caller`] when they have no operator; [`Refused::Operator`] when it is another.
    pub fn cut_off(&self, operator: &Operator, now: Timestamp) -> Result<WaitStep, Refused> {
        self.has(operator)?;
        let mut caller = self.returned();
        match &self.state {
            State::Calling { away, .. } => {
                caller.state = State::Away(away.clone());
                caller.node = None;
            }
            State::Talking { .. } => caller.state = State::Waiting,
            _ => {}
        }
        let mut next = operator.next(now);
        if matches!(self.state, State::Calling { .. }) {
            next.called_in_vain(self.id);
        }
        let operator = next.gone(now);
        let did = WaitDid::CutOff { operator: operator.id };
        Ok(WaitStep::of(caller, Some(operator), did))
    }

    /// Is this the operator they have, by both records?
    pub(super) fn has(&self, operator: &Operator) -> Result<(), Refused> {
        if self.operator() != Some(operator.id) {
            return Err(self.elsewhere());
        }
        if operator.status.caller() != Some(self.id) {
            return Err(operator.elsewhere());
        }
        Ok(())
    }

    /// The operator they have, freed since the caller is not there any more; none when they have none.
    fn freed(
        &self,
        operator: Option<&Operator>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<Option<Operator>, Refused> {
        if self.operator().is_none() {
            return Ok(None);
        }
        let operator = operator.ok_or_else(|| self.elsewhere())?;
        self.has(operator)?;
        let next = operator.next(now);
        Ok(Some(match &self.state {
            State::Talking { since, .. } => next.wraps_up(self.id, now.duration_since(*since), rules, now),
            State::Calling { .. } => {
                let mut next = next;
                next.called_in_vain(self.id);
                next.free(now);
                next
            }
            _ => next.unrung(now),
        }))
    }

    /// They are not on the line any more, and keep their place: they chose so, or the call was lost. `operator` is the
    /// one they have, if they have one.
    ///
    /// # Errors
    /// [`Refused::NoNumber`]; [`Refused::Caller`] when they are not on the line, or choose so while they are speaking.
    pub fn keep(
        &self,
        operator: Option<&Operator>,
        why: AwayWhy,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let tries = match (&self.state, why) {
            (State::Waiting | State::Offered { away: None, .. }, _)
            | (State::Talking { .. }, AwayWhy::Dropped) => 0,
            // The process that was calling them back is gone: that attempt is not theirs to pay for.
            (State::Calling { away, .. }, AwayWhy::Dropped) => away.tries,
            _ => return Err(self.elsewhere()),
        };
        if self.number.is_none() {
            return Err(Refused::NoNumber);
        }
        let operator = self.freed(operator, rules, now)?;
        let mut caller = self.next();
        caller.node = None;
        caller.state = State::Away(Away { why, since: now, tries, not_before: None });
        Ok(WaitStep::of(caller, operator, WaitDid::Kept { why }))
    }

    /// They call again, and are at the place they kept. If they were being called back this moment, they are with that
    /// operator.
    ///
    /// # Errors
    /// [`Refused::Caller`] unless they were away.
    pub fn rejoin(&self, node: NodeId, now: Timestamp) -> Result<WaitStep, Refused> {
        let mut caller = self.next();
        caller.node = Some(node);
        caller.state = match &self.state {
            State::Away(_) => State::Waiting,
            State::Offered { grant, away: Some(_) } => State::Offered { grant: grant.clone(), away: None },
            State::Calling { operator, .. } => {
                caller.talked.get_or_insert(now);
                State::Talking { operator: *operator, since: now, called_back: false }
            }
            _ => return Err(self.elsewhere()),
        };
        Ok(WaitStep::of(caller, None, WaitDid::Rejoined))
    }

    /// The wait ends without a talk: they hung up or do not want to be called any more, the call was lost for good, or the
    /// line closed.
    ///
    /// # Errors
    /// [`Refused::Caller`] when it is over, or they are speaking (see [`Self::end_talk`]).
    pub fn leave(
        &self,
        operator: Option<&Operator>,
        how: How,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let how = match (&self.state, how) {
            (State::Over { .. }, _)
            | (_, How::Answered | How::CalledBack)
            | (State::Talking { .. }, How::GaveUp | How::Closed) => return Err(self.elsewhere()),
            (_, how) => how,
        };
        let operator = self.freed(operator, rules, now)?;
        let mut caller = self.next();
        caller.node = None;
        caller.state = State::Over { how, at: now };
        Ok(WaitStep::of(caller, operator, WaitDid::Over { how }))
    }

    /// The process that held their call is gone: the place is kept, if they can be called back. Their operator is gone
    /// too, if connected to the same process.
    ///
    /// # Errors
    /// [`Refused::Caller`] when they were not on the line.
    pub fn node_lost(
        &self,
        operator: Option<&Operator>,
        rules: &WaitRules,
        now: Timestamp,
    ) -> Result<WaitStep, Refused> {
        let mut step = match self.keep(operator, AwayWhy::Dropped, rules, now) {
            Err(Refused::NoNumber) => self.leave(operator, How::Lost, rules, now),
            kept => kept,
        }?;
        step.operator = step.operator.map(|operator| {
            let same = operator.node.is_some() && operator.node == self.node;
            if same { operator.gone(now) } else { operator }
        });
        Ok(step)
    }
}
