//! Plays the scripts in their own time, by the desk's real acts, so that every promise, decision, notice and journal
//! entry of the demo is a genuine one.

mod acts;
mod line;

use super::{
    callers,
    chance::Chance,
    script::{End, Script},
};
use crate::fault::Faults;
use desk::{Caller, Desk, DeskError, Who, Worker, acts::OperatorState};
use domain::{
    actor::{Role, Staff},
    change::IdempotencyKey,
    ids::{InquiryId, NodeId},
    inquiry::{Inquiry, Stage},
    text::Lang,
    wait::Choice,
};
use jiff::{SignedDuration, Timestamp};
use std::{cmp::Reverse, collections::BinaryHeap};

/// What the calls of the line are made from.
const CALLS: u64 = 8_003_755_283;
/// How much work is done at once, in the story's time.
const TOGETHER: SignedDuration = SignedDuration::from_mins(15);

/// What happens next in a script. The order breaks ties of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    Ask,
    Promise,
    AskPapers,
    PapersThere,
    MoveCall,
    Withdraw,
    Dial,
    HangUp,
    Decide,
    Book,
    MoveVisit,
    CancelVisit,
    Arrive,
    CallTicket,
    Serve,
    LookAgain,
}

/// What came of a story.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// How many inquiries were made.
    pub inquiries: usize,
    /// Acts that a rule refused: the desk said no to the story, which then went another way.
    pub refused: Vec<String>,
}

struct Part {
    script: Script,
    id: Option<InquiryId>,
    /// How many attempts to call have been made.
    tried: usize,
    moved: bool,
}

struct Stagehand<'a> {
    desk: &'a Desk,
    chance: Chance,
    staff: Vec<Staff>,
    parts: Vec<Part>,
    queue: BinaryHeap<Reverse<(Timestamp, usize, Next)>>,
    /// The line in the last days, and the process that holds its calls.
    line: line::Line,
    node: Option<NodeId>,
    acts: u64,
    next_officer: usize,
    told: Told,
}

/// Plays the scripts until `now`, and the work that falls due meanwhile.
pub async fn play(desk: &Desk, scripts: Vec<Script>, chance: Chance, now: Timestamp) -> Result<Told, Faults> {
    let staff = desk.store().all_staff().await?;
    let queue =
        scripts.iter().enumerate().map(|(n, script)| Reverse((script.opened, n, Next::Ask))).collect();
    let parts = scripts.into_iter().map(|script| Part { script, id: None, tried: 0, moved: false }).collect();
    // The line has a chance of its own: what happens there is no other story because of it.
    let mut calls = Chance::new(CALLS);
    let line = line::Line::of(callers::days(&desk.pack().line().calendar, &mut calls, now), &staff);
    let told = Told::default();
    let mut stage =
        Stagehand { desk, chance, staff, parts, queue, line, node: None, acts: 0, next_officer: 0, told };
    let worker = Worker { name: "demo-story".to_owned() };
    let first = stage.queue.peek().map_or(now, |Reverse((when, _, _))| (*when).min(now));
    stage.officers(&Choice::NotReady { reason: None }, first).await?;
    let begins = Caller::new(Who::System("demo"), stage.key(), first);
    stage.node = Some(desk.begin_line(&begins).await?.id);
    let mut at = Timestamp::MIN;
    while let Some(Reverse((when, n, next))) = stage.queue.pop() {
        if when > now {
            break;
        }
        at = stage.work_until(&worker, when, at).await?;
        at = at.max(when);
        stage.line_until(at).await?;
        match stage.act(n, next, at).await {
            Ok(after) => {
                stage.queue.extend(after.into_iter().map(|(when, next)| Reverse((when.max(at), n, next))));
            }
            Err(DeskError::Store(error)) => return Err(error.into()),
            Err(refusal) => stage.told.refused.push(format!("{next:?}: {refusal}")),
        }
    }
    stage.work_until(&worker, now, at).await?;
    stage.line_until(now).await?;
    desk.run_due(&worker, now).await?;
    stage.officers(&Choice::Off, now).await?;
    stage.told.inquiries = stage.parts.iter().filter(|part| part.id.is_some()).count();
    Ok(stage.told)
}

impl Stagehand<'_> {
    /// Does the work that falls due until `when`. What falls due within a quarter of an hour is done together: each
    /// lease is a commit of its own, and whoever starts the demo waits for all of them.
    async fn work_until(
        &mut self,
        worker: &Worker,
        when: Timestamp,
        mut at: Timestamp,
    ) -> Result<Timestamp, Faults> {
        while let Some(due) = self.desk.store().next_job().await?
            && due + TOGETHER <= when
        {
            at = at.max(due + TOGETHER);
            self.line_until(at).await?;
            self.desk.run_due(worker, at).await?;
        }
        Ok(at)
    }

    /// All officers come on duty, or go: their calls would go to others while they are not there.
    async fn officers(&mut self, choice: &Choice, at: Timestamp) -> Result<(), Faults> {
        let officers: Vec<Staff> = self.staff.iter().filter(|s| s.is(Role::Officer)).cloned().collect();
        for officer in officers {
            let caller = self.by(&officer, at);
            let state = OperatorState { choice: choice.clone(), node: None };
            self.desk.set_operator_state(&caller, officer.id, &state).await?;
        }
        Ok(())
    }

    fn key(&mut self) -> IdempotencyKey {
        self.acts += 1;
        IdempotencyKey::of("demo", self.acts)
    }

    fn person(&mut self, id: InquiryId, at: Timestamp) -> Caller {
        Caller::new(Who::Person(id), self.key(), at)
    }

    fn by(&mut self, staff: &Staff, at: Timestamp) -> Caller {
        Caller::new(Who::Staff(Box::new(staff.clone())), self.key(), at)
    }

    /// The next officer in turn, one who speaks the person's language.
    fn officer(&mut self, lang: &Lang) -> Result<Staff, DeskError> {
        let able: Vec<&Staff> =
            self.staff.iter().filter(|s| s.is(Role::Officer) && s.langs.contains(lang)).collect();
        let officer = able.get(self.next_officer % able.len().max(1)).copied().cloned();
        self.next_officer += 1;
        officer.ok_or(DeskError::NotFound)
    }

    /// The first instant at or after `at` at which the line is open.
    fn working(&self, at: Timestamp) -> Timestamp {
        self.desk.pack().line().calendar.next_open(at, 14).unwrap_or(at)
    }

    fn minutes(&mut self, from: i64, to: i64) -> SignedDuration {
        SignedDuration::from_secs(self.chance.between(from * 60, to * 60))
    }

    async fn inquiry(&self, n: usize) -> Result<Inquiry, DeskError> {
        let id = self.parts[n].id.ok_or(DeskError::NotFound)?;
        self.desk.store().inquiry(id).await?.ok_or(DeskError::NotFound)
    }

    /// What follows from where the inquiry is now.
    fn after(&mut self, n: usize, inquiry: &Inquiry, at: Timestamp) -> Vec<(Timestamp, Next)> {
        let end = self.parts[n].script.end;
        let next = match &inquiry.stage {
            Stage::Review { .. } if end == End::Review => return Vec::new(),
            Stage::Review { .. } => {
                let script = &self.parts[n].script;
                let (papers, after) = (script.papers_first, script.promise_after);
                let asked = inquiry.request.papers.len() > script.matter.papers.len();
                (self.working(at + after), if papers && !asked { Next::AskPapers } else { Next::Promise })
            }
            Stage::Papers { .. } => match self.parts[n].script.papers_after {
                Some(after) => (at + after, Next::PapersThere),
                None => return Vec::new(),
            },
            Stage::Promised(callback) => match end {
                End::Promised => return Vec::new(),
                _ if self.parts[n].script.moves_call
                    && callback.moves == 0
                    && at + SignedDuration::from_mins(90) < callback.window.start =>
                {
                    self.parts[n].script.moves_call = false;
                    (at + self.minutes(20, 80), Next::MoveCall)
                }
                End::Withdrawn => (at + self.minutes(60, 240), Next::Withdraw),
                _ => {
                    let first = callback.attempts.is_empty();
                    let dial = self.parts[n].script.dial_at.filter(|_| first);
                    let late = self.minutes(0, 2);
                    (dial.unwrap_or(callback.next_attempt + late), Next::Dial)
                }
            },
            Stage::Spoken { .. } if end == End::Spoken => return Vec::new(),
            Stage::Spoken { .. } => (at + self.minutes(1, 4), Next::Decide),
            Stage::Unreached { .. } => {
                let chooses = self.parts[n].script.own_choice;
                if !chooses {
                    return Vec::new();
                }
                (at + SignedDuration::from_hours(20), Next::Promise)
            }
            Stage::ToBook { .. } if end == End::ToBook => return Vec::new(),
            Stage::ToBook { .. } => {
                let shortly = at + self.minutes(1, 3);
                (self.working(shortly), Next::Book)
            }
            Stage::Booked(appointment) => return self.after_booking(n, appointment.start, at),
            Stage::CheckedIn { .. } if end == End::CheckedIn => return Vec::new(),
            Stage::CheckedIn { appointment, called: None, .. } => {
                (at.max(appointment.start) + self.minutes(0, 7), Next::CallTicket)
            }
            Stage::CheckedIn { appointment, .. } => {
                let length = appointment.end.duration_since(appointment.start).as_mins();
                (at + self.minutes(length * 2 / 3, length + 4), Next::Serve)
            }
            Stage::Calling { .. } | Stage::Closed { .. } => return Vec::new(),
        };
        vec![next]
    }

    fn after_booking(&mut self, n: usize, start: Timestamp, at: Timestamp) -> Vec<(Timestamp, Next)> {
        let early = self.minutes(2, 14);
        let Part { script, moved, .. } = &mut self.parts[n];
        let changes = (script.moves_visit || script.cancels_visit) && !*moved;
        let in_time = start - SignedDuration::from_hours(18) > at;
        if changes && in_time {
            *moved = true;
            let next = if script.moves_visit { Next::MoveVisit } else { Next::CancelVisit };
            return vec![(at + SignedDuration::from_hours(5), next)];
        }
        if script.comes {
            return vec![(start - early, Next::Arrive)];
        }
        // The sweep finds out that they did not come; the day after, an officer gives them another time.
        script.comes = true;
        vec![(self.working(start + SignedDuration::from_hours(26)), Next::LookAgain)]
    }
}
