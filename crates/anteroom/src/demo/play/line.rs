//! The line in the days before now: calls come, operators answer, people give up or are called back, all by the desk's own acts.

use super::Stagehand;
use crate::demo::callers::{Asks, Day, Hears, Patience};
use desk::{
    Caller, DeskError, Granted, Who,
    acts::{JoinWait, OperatorState},
};
use domain::{
    actor::{Role, Staff},
    call_record::{CallEnd, CallRecord, CallWait, LookedUp, Way},
    callback::CallOutcome,
    codes::DispositionCode,
    ids::{CallRecordId, StaffId, WaitId},
    urgency::Urgency,
    wait::{AwayWhy, Choice, How, Keyed, State, WaitingCaller},
};
use jiff::{SignedDuration, Timestamp};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, VecDeque},
};

/// What operators note of most calls: two of the pack's words.
const NOTED: [&str; 4] = ["answered", "status-told", "answered", "request-taken"];
/// From the operator's telephone ringing until they answer, and from dialling a kept place until somebody does.
const ANSWERS: SignedDuration = SignedDuration::from_secs(6);
const PICKS_UP: SignedDuration = SignedDuration::from_secs(14);
/// Records of calls that are over are written together.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// A little after something frees an operator it is looked who is next.
const SHORTLY: SignedDuration = SignedDuration::from_secs(1);

/// What happens next on the line. The order breaks ties of time; numbers are places in the list of callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Opens,
    /// An operator, by place, takes a break or is back.
    Rests(usize),
    Returns(usize),
    Asks(usize),
    Tires(usize),
    Answers(usize, u64),
    PicksUp(usize),
    Ends(usize),
    Notes(usize),
    /// Whoever is free is looked for.
    Looks,
    /// The records are written of whoever has hung up since they were written last.
    Writes,
    Closes,
}

/// Somebody who asks for an operator, as far as they have come.
#[derive(Clone)]
struct Guest {
    asks: Asks,
    id: Option<WaitId>,
    spoke_with: Option<StaffId>,
}

/// The line as it is played.
#[derive(Default)]
pub(super) struct Line {
    asks: Vec<Guest>,
    hears: VecDeque<Hears>,
    callers: BTreeMap<WaitId, usize>,
    turns: BinaryHeap<Reverse<(Timestamp, Turn)>>,
    operators: Vec<Staff>,
}

impl Line {
    pub(super) fn of(days: Vec<Day>, staff: &[Staff]) -> Self {
        let operators: Vec<Staff> = staff.iter().filter(|one| one.is(Role::Operator)).cloned().collect();
        let mut line = Self { operators, ..Self::default() };
        for day in days {
            line.day(day);
        }
        line
    }

    fn day(&mut self, day: Day) {
        self.turn(day.opens, Turn::Opens);
        for n in 0..self.operators.len() {
            // One after the other, so that somebody is there.
            let staggered = i64::try_from(n).unwrap_or(0) * 50;
            for (hour, minutes, lasts) in [(2, 10, 15), (4, 20, 45), (7, 5, 15)] {
                let rests = day.opens + SignedDuration::from_mins(hour * 60 + minutes + staggered);
                let returns = rests + SignedDuration::from_mins(lasts);
                if returns < day.closes {
                    self.turn(rests, Turn::Rests(n));
                    self.turn(returns, Turn::Returns(n));
                }
            }
        }
        for caller in day.asks {
            self.turn(caller.asked, Turn::Asks(self.asks.len()));
            self.asks.push(Guest { asks: caller, id: None, spoke_with: None });
        }
        let mut hour = day.opens;
        while hour < day.closes {
            hour = (hour + EVERY).min(day.closes);
            self.turn(hour, Turn::Writes);
        }
        self.hears.extend(day.hears);
        self.turn(day.closes, Turn::Closes);
    }

    fn turn(&mut self, at: Timestamp, turn: Turn) {
        self.turns.push(Reverse((at, turn)));
    }
}

impl Stagehand<'_> {
    /// Plays the line up to `when`.
    pub(super) async fn line_until(&mut self, when: Timestamp) -> Result<(), DeskError> {
        while let Some(Reverse((at, turn))) = self.line.turns.peek().copied()
            && at <= when
        {
            self.line.turns.pop();
            match Box::pin(self.take_turn(turn, at)).await {
                Ok(()) => {}
                Err(DeskError::Store(error)) => return Err(error.into()),
                Err(refusal) => self.told.refused.push(format!("{turn:?}: {refusal}")),
            }
        }
        Ok(())
    }

    async fn take_turn(&mut self, turn: Turn, at: Timestamp) -> Result<(), DeskError> {
        match turn {
            Turn::Opens => self.everybody(&Choice::Ready, at).await?,
            Turn::Rests(n) => {
                let reason = if at.as_second() % 2 == 0 { "break" } else { "paperwork" };
                self.one(n, &Choice::NotReady { reason: reason.parse().ok() }, at).await?;
            }
            Turn::Returns(n) => self.one(n, &Choice::Ready, at).await?,
            Turn::Asks(n) => self.asks(n, at).await?,
            Turn::Tires(n) => return self.tires(n, at).await,
            Turn::Answers(n, grant) => return self.answers(n, grant, at).await,
            Turn::PicksUp(n) => {
                if let Some((wait, operator)) = self.with_operator(n).await? {
                    let by = self.operator_at(operator, at)?;
                    self.desk.call_back_ended(&by, wait.id, CallOutcome::Reached).await?;
                    let until = at + self.line.asks[n].asks.talks;
                    self.line.turn(until, Turn::Ends(n));
                }
            }
            Turn::Ends(n) => return self.ends(n, at).await,
            Turn::Notes(n) => {
                let (about, id) = (self.line.asks[n].asks.about, self.line.asks[n].id);
                let noted: Option<DispositionCode> = NOTED[about % NOTED.len()].parse().ok();
                if let (Some(id), Some(noted), Some(operator)) = (id, noted, self.line.asks[n].spoke_with) {
                    let by = self.operator_at(operator, at)?;
                    self.desk.dispose_wait(&by, id, operator, &noted).await?;
                }
            }
            Turn::Looks => {}
            Turn::Writes => return self.writes(at).await,
            Turn::Closes => return self.closes(at).await,
        }
        self.look(at).await
    }

    /// Offers whoever waits to whoever is free.
    async fn look(&mut self, at: Timestamp) -> Result<(), DeskError> {
        let caller = self.system(at);
        for Granted { caller, grant, .. } in self.desk.grant_waits(&caller).await? {
            if let Some(n) = self.line.callers.get(&caller).copied() {
                self.line.turn(at + ANSWERS, Turn::Answers(n, grant));
            }
        }
        Ok(())
    }

    async fn asks(&mut self, n: usize, at: Timestamp) -> Result<(), DeskError> {
        let asks = self.line.asks[n].asks.clone();
        let queue = self.desk.pack().line().wait.written().queues.first().map(|queue| queue.code.clone());
        let join = JoinWait {
            queue: queue.ok_or(DeskError::NotFound)?,
            lang: asks.lang,
            reason: None,
            urgency: Urgency::Regular,
            person: None,
            inquiry: None,
            number: Some(asks.number),
            first_asked: None,
            node: self.node,
            rung: None,
            keyed: Keyed::default(),
            relay: Some(asks.relay),
        };
        let caller = self.system(at);
        let joined = self.desk.join_wait(&caller, &join).await?;
        if joined.again {
            // They are there already.
            return Ok(());
        }
        let id = joined.wait.id;
        self.line.asks[n].id = Some(id);
        self.line.callers.insert(id, n);
        let caller = self.system(at);
        let standings = self.desk.wait_standings(&caller).await?;
        if let Some(standing) = standings.iter().find(|standing| standing.caller == id) {
            self.desk.tell_wait(&caller, id, standing).await?;
        }
        if let Patience::HangsUp(after) | Patience::CalledBack(after) = asks.patience {
            self.line.turn(at + after, Turn::Tires(n));
        }
        Ok(())
    }

    /// Somebody who still waits hangs up, or chooses to be called back.
    async fn tires(&mut self, n: usize, at: Timestamp) -> Result<(), DeskError> {
        let Some(id) = self.line.asks[n].id else { return Ok(()) };
        let wait = self.wait(id).await?;
        if !matches!(wait.state, State::Waiting) {
            return Ok(());
        }
        let caller = self.system(at);
        let end = if let Patience::HangsUp(_) = self.line.asks[n].asks.patience {
            self.desk.leave_wait(&caller, id, How::GaveUp).await?;
            CallEnd::Left
        } else {
            self.desk.keep_place(&caller, id, AwayWhy::Asked, None).await?;
            CallEnd::CallBack
        };
        self.keep_call(n, None, end, at).await
    }

    async fn answers(&mut self, n: usize, grant: u64, at: Timestamp) -> Result<(), DeskError> {
        let Some((wait, operator)) = self.with_operator(n).await? else { return Ok(()) };
        let by = self.operator_at(operator, at)?;
        let wait = self.desk.accept_wait(&by, wait.id, operator, grant, self.node).await?;
        let next = match wait.state {
            State::Calling { .. } => (at + PICKS_UP, Turn::PicksUp(n)),
            _ => (at + self.line.asks[n].asks.talks, Turn::Ends(n)),
        };
        self.line.turn(next.0, next.1);
        Ok(())
    }

    async fn ends(&mut self, n: usize, at: Timestamp) -> Result<(), DeskError> {
        let Some((wait, operator)) = self.with_operator(n).await? else { return Ok(()) };
        let by = self.operator_at(operator, at)?;
        let ended = self.desk.end_talk(&by, wait.id, Some(self.line.asks[n].asks.held)).await?;
        self.line.asks[n].spoke_with = Some(operator);
        let notes = self.line.asks[n].asks.notes;
        self.line.turn(at + notes, Turn::Notes(n));
        let wrap_up =
            SignedDuration::from_secs(i64::from(self.desk.pack().line().wait.written().wrap_up_seconds));
        self.line.turn(at + wrap_up + SHORTLY, Turn::Looks);
        // Whoever was called back has the record of the call that kept the place.
        if matches!(ended.state, State::Over { how: How::Answered, .. }) {
            self.keep_call(n, Some(operator), CallEnd::Operator, at).await?;
        }
        Ok(())
    }

    /// The record of a call in which somebody asked for an operator.
    async fn keep_call(
        &mut self,
        n: usize,
        staff: Option<StaffId>,
        end: CallEnd,
        at: Timestamp,
    ) -> Result<(), DeskError> {
        let Guest { asks, id, .. } = self.line.asks[n].clone();
        let Some(id) = id else { return Ok(()) };
        let wait = self.wait(id).await?;
        let mut record = self.record(&asks.number, asks.rang, at);
        record.lang = Some(asks.lang);
        record.states = ["ring", "greeting", "main", "person", "queue"].map(str::to_owned).to_vec();
        let until = if staff.is_some() { at - asks.talks } else { at };
        let seconds = u32::try_from(until.duration_since(asks.asked).as_secs()).unwrap_or(0);
        let told = wait.told.first().map(|told| (told.least, told.most));
        record.wait = Some(CallWait { id, told, seconds });
        record.staff = staff;
        record.end = Some(end);
        let caller = self.system(at);
        self.desk.keep_calls(&caller, &[record], &[]).await
    }

    /// The records of whoever heard from the line what they wanted, and has hung up.
    async fn writes(&mut self, at: Timestamp) -> Result<(), DeskError> {
        let mut records = Vec::new();
        while self.line.hears.front().is_some_and(|hears| hears.hung_up <= at) {
            let Some(hears) = self.line.hears.pop_front() else { break };
            let mut record = self.record(&hears.number, hears.rang, hears.hung_up);
            record.lang = Some(hears.lang);
            record.states = hears.states.iter().map(|state| (*state).to_owned()).collect();
            record.looked_up.insert(LookedUp { what: hears.what.to_owned(), found: true });
            record.end = Some(CallEnd::Line);
            records.push(record);
        }
        let caller = self.system(at);
        if records.is_empty() { Ok(()) } else { self.desk.keep_calls(&caller, &records, &[]).await }
    }

    fn record(&mut self, number: &domain::phone::PhoneNumber, rang: Timestamp, at: Timestamp) -> CallRecord {
        let id = CallRecordId::new(rang, &self.desk.dice().chance());
        let mut record = CallRecord::begin(id, Way::In, rang);
        record.phone = Some(self.desk.links().phone_key(number));
        record.ended = Some(at);
        record
    }

    /// Whoever still waits is told that the line is closed, and everybody goes home.
    async fn closes(&mut self, at: Timestamp) -> Result<(), DeskError> {
        let caller = self.system(at);
        for wait in self.desk.wait_board(&caller).await?.callers {
            let caller = self.system(at);
            self.desk.leave_wait(&caller, wait.id, How::Closed).await?;
        }
        self.everybody(&Choice::Off, at).await
    }

    async fn everybody(&mut self, choice: &Choice, at: Timestamp) -> Result<(), DeskError> {
        for n in 0..self.line.operators.len() {
            self.one(n, choice, at).await?;
        }
        Ok(())
    }

    async fn one(&mut self, n: usize, choice: &Choice, at: Timestamp) -> Result<(), DeskError> {
        let Some(operator) = self.line.operators.get(n).cloned() else { return Ok(()) };
        let by = self.by(&operator, at);
        let state = OperatorState { choice: choice.clone(), node: self.node };
        self.desk.set_operator_state(&by, operator.id, &state).await?;
        Ok(())
    }

    async fn wait(&self, id: WaitId) -> Result<WaitingCaller, DeskError> {
        self.desk.store().wait(id).await?.ok_or(DeskError::NotFound)
    }

    /// A caller who is offered to an operator, is called by one, or speaks with one.
    async fn with_operator(&self, n: usize) -> Result<Option<(WaitingCaller, StaffId)>, DeskError> {
        let Some(id) = self.line.asks[n].id else { return Ok(None) };
        let wait = self.wait(id).await?;
        Ok(wait.operator().map(|operator| (wait, operator)))
    }

    fn operator_at(&mut self, operator: StaffId, at: Timestamp) -> Result<Caller, DeskError> {
        let known = self.line.operators.iter().find(|one| one.id == operator).cloned();
        Ok(self.by(&known.ok_or(DeskError::NotFound)?, at))
    }

    fn system(&mut self, at: Timestamp) -> Caller {
        Caller::new(Who::System("demo"), self.key(), at)
    }
}
