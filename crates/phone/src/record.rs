//! What happened in a call, for its record and the figures: codes and times, nothing that was said or keyed.

mod ending;

pub use ending::Ending;

use desk::Dice;
use domain::{
    call_record::{self, CallFault, CallRecord, CallWait, Came, LookedUp, TurnedAway, Way},
    callback::CallOutcome,
    codes::OutsideCode,
    ids::{CallRecordId, InquiryId, NodeId, PersonId, StaffId, WaitId},
    listening::{self, Listened, Listening},
    phone::PhoneKey,
    recording::{self, Recorded},
    remembered::Remembered,
    text::Lang,
    wait::{Band, SentOut},
};
use jiff::{SignedDuration, Timestamp};
use sip::TrunkId;
use std::collections::BTreeSet;

/// A call that lasts longer is written down while it goes on, so that what becomes of it is known even if its process dies.
const LASTS: SignedDuration = SignedDuration::from_secs(10);

/// The inquiry that a call is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// Which.
    pub inquiry: InquiryId,
    /// Whose.
    pub person: PersonId,
    /// Whether the caller showed that it is theirs.
    pub proved: bool,
}

/// What a number chose in its last call, as far as it is known here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Memory {
    /// It was not asked for: the number is withheld, or the agency called.
    #[default]
    NotAsked,
    /// It is being looked for; whether the line waits for it, and in which language it would begin otherwise.
    Asked {
        /// The line is to begin.
        begin: bool,
    },
    /// It is known; nothing when the number chose nothing before.
    Known(Option<Remembered>),
}

/// What is known of a call while it goes on.
#[derive(Debug, Clone)]
pub struct Record {
    /// By which trunk it came; none for a browser.
    pub trunk: Option<TrunkId>,
    /// When it came.
    pub began: Timestamp,
    /// How many lookups failed.
    pub failures: u32,
    /// How many prompts could not be said.
    pub unsaid: u32,
    /// What its number chose before.
    pub memory: Memory,
    /// What it is about, if that is known.
    pub about: Option<About>,
    /// What it has come to.
    pub came: Came,
    called: Option<InquiryId>,
    /// Who spoke in it last for the agency.
    pub staff: Option<StaffId>,
    /// Of a call that the agency made: what came of it.
    pub outcome: Option<CallOutcome>,
    /// What went wrong, each once, in the order in which it first did.
    pub faults: Vec<CallFault>,
    states: Vec<String>,
    looked_up: BTreeSet<LookedUp>,
    listened: Vec<Listened>,
    recorded: Vec<Recorded>,
    refused_recording: Option<Timestamp>,
    outside: Vec<SentOut>,
    wait: Option<CallWait>,
    waits_since: Option<Timestamp>,
    /// For how long the other side has held, up to the last time they did not any more.
    held: SignedDuration,
    held_since: Option<Timestamp>,
    turned_away: Option<TurnedAway>,
    /// Its name and how often it was handed over to be written, once it was.
    written: Option<(CallRecordId, u64)>,
    /// Whether something worth writing has happened since.
    news: bool,
}

/// What the exchange knows of a call beside its record.
#[derive(Debug)]
pub struct Beside<'a> {
    /// Which way it went.
    pub way: Way,
    /// The name of its trunk.
    pub trunk: Option<&'a str>,
    /// Under which name this process holds calls.
    pub node: Option<NodeId>,
    /// By what its number is known again.
    pub phone: Option<PhoneKey>,
    /// Its language.
    pub lang: Option<Lang>,
}

impl Record {
    /// A call has come.
    pub const fn begin(trunk: Option<TrunkId>, began: Timestamp) -> Self {
        Self {
            trunk,
            began,
            failures: 0,
            unsaid: 0,
            memory: Memory::NotAsked,
            about: None,
            called: None,
            came: Came { talked: false, transferred: false, promised: false, kept: false, told: false },
            staff: None,
            outcome: None,
            faults: Vec::new(),
            states: Vec::new(),
            looked_up: BTreeSet::new(),
            listened: Vec::new(),
            recorded: Vec::new(),
            refused_recording: None,
            outside: Vec::new(),
            wait: None,
            waits_since: None,
            held: SignedDuration::ZERO,
            held_since: None,
            turned_away: None,
            written: None,
            news: true,
        }
    }

    /// Something went wrong.
    pub fn fault(&mut self, fault: CallFault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
            self.news = true;
        }
    }

    /// A state was entered.
    pub fn entered(&mut self, state: String) {
        call_record::enter(&mut self.states, state);
    }

    /// The states that were entered, the newest last.
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// Something was looked up or done for the caller.
    pub fn looked_up(&mut self, what: &str, found: bool) {
        self.looked_up.insert(LookedUp { what: what.to_owned(), found });
        self.came.told |= found;
    }

    /// It is known what the call is about. What was shown to be the caller's is not replaced by what was only named.
    pub fn is_about(&mut self, about: About) {
        if about.proved || self.about.is_none_or(|before| !before.proved) {
            self.about = Some(about);
            self.news = true;
        }
    }

    /// The agency called about this inquiry: to the number that its person gave.
    pub fn called_about(&mut self, inquiry: Option<InquiryId>) {
        self.called = inquiry;
    }

    /// The caller has a place in the wait.
    pub fn waits(&mut self, wait: WaitId, now: Timestamp) {
        if self.wait.is_none_or(|before| before.id != wait) {
            self.wait = Some(CallWait { id: wait, told: None, seconds: 0 });
        }
        self.waits_since.get_or_insert(now);
        self.turned_away = None;
        self.news = true;
    }

    /// The caller was told how long it takes.
    pub const fn told(&mut self, band: Band) {
        if let Some(wait) = &mut self.wait {
            wait.tell(band);
        }
    }

    /// The caller does not wait any more: somebody took the call, or they went on.
    pub fn waits_no_more(&mut self, now: Timestamp) {
        if let (Some(wait), Some(since)) = (&mut self.wait, self.waits_since.take()) {
            let seconds = u32::try_from(now.duration_since(since).as_secs().max(0)).unwrap_or(u32::MAX);
            wait.seconds = wait.seconds.saturating_add(seconds);
        }
    }

    /// Somebody asked for a person and was not let in. Whoever waits after all was.
    pub const fn turned_away(&mut self, why: TurnedAway) {
        if self.wait.is_none() {
            self.turned_away = Some(why);
        }
    }

    /// The other side holds from now on, or does no more.
    pub fn holds(&mut self, held: bool, now: Timestamp) {
        if held {
            self.held_since.get_or_insert(now);
        } else if let Some(since) = self.held_since.take() {
            self.held = self.held.saturating_add(now.duration_since(since));
        }
    }

    /// For how many seconds the other side has held.
    pub fn held(&self, now: Timestamp) -> u32 {
        let going_on = self.held_since.map_or(SignedDuration::ZERO, |since| now.duration_since(since));
        u32::try_from(self.held.saturating_add(going_on).as_secs().max(0)).unwrap_or(u32::MAX)
    }

    /// The same, of a talk that is over: what they hold afterwards is another's.
    pub fn take_held(&mut self, now: Timestamp) -> u32 {
        let held = self.held(now);
        (self.held, self.held_since) = (SignedDuration::ZERO, None);
        held
    }

    /// The caller and somebody of the agency hear each other.
    pub fn talks(&mut self, staff: StaffId, now: Timestamp) {
        self.waits_no_more(now);
        (self.staff, self.came.talked, self.news) = (Some(staff), true, true);
    }

    /// The caller was passed on to a line outside.
    pub fn sent_out(&mut self, to: OutsideCode, by: StaffId, at: Timestamp) {
        self.outside.push(SentOut { to, by, at, answered: None, outcome: None, faults: BTreeSet::new() });
        self.news = true;
    }

    /// Somebody answered there.
    pub fn outside_answered(&mut self, now: Timestamp) {
        self.waits_no_more(now);
        if let Some(sent) = self.outside.last_mut() {
            sent.answered = Some(now);
        }
        (self.came.transferred, self.news) = (true, true);
    }

    /// Nobody did.
    pub fn outside_failed(&mut self, outcome: CallOutcome) {
        if let Some(sent) = self.outside.last_mut() {
            sent.outcome = Some(outcome);
        }
        self.news = true;
    }

    /// What went wrong in the call outside.
    pub fn outside_faults(&mut self, faults: &[CallFault]) {
        if let Some(sent) = self.outside.last_mut() {
            sent.faults.extend(faults);
        }
    }

    /// The name of the call's record, also before it is written.
    pub fn id(&mut self, dice: &Dice) -> CallRecordId {
        self.written.get_or_insert_with(|| (CallRecordId::new(self.began, &dice.chance()), 0)).0
    }

    /// Somebody listens, to be heard by whom the mode says.
    pub fn listens(&mut self, now: &Listening) {
        self.news = true;
        match self.listened.iter_mut().find(|one| one.until.is_none() && one.by == now.by) {
            Some(going_on) => {
                going_on.modes.insert(now.mode);
            }
            None => listening::keep(&mut self.listened, now),
        }
    }

    /// They listen no more.
    pub fn listens_no_more(&mut self, by: StaffId, now: Timestamp) {
        for one in self.listened.iter_mut().filter(|one| one.until.is_none() && one.by == by) {
            one.until = Some(now);
        }
        self.news = true;
    }

    /// It is recorded from now on.
    pub fn is_recorded(&mut self, nth: u8, by: StaffId, now: Timestamp) {
        recording::begin(&mut self.recorded, nth, by, now);
        self.news = true;
    }

    /// The recording stands still, or goes on.
    pub fn recording_stands(&mut self, paused: bool, now: Timestamp) {
        recording::pause(&mut self.recorded, paused, now);
        self.news = true;
    }

    /// It is recorded no more.
    pub fn is_recorded_no_more(&mut self, now: Timestamp) {
        recording::end(&mut self.recorded, now);
        self.news = true;
    }

    /// The other side refuses: nothing of the call was recorded.
    pub fn refuses_recording(&mut self, now: Timestamp) {
        self.recorded.clear();
        self.refused_recording = Some(now);
        self.news = true;
    }

    /// Is there something to be written while the call goes on?
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.news && (now.duration_since(self.began) >= LASTS || self.wait.is_some())
    }

    /// The record as it is to be written while the call goes on, if it is: it lasts, and something is new. It is then no
    /// longer new.
    pub fn going_on(&mut self, beside: Beside<'_>, dice: &Dice, now: Timestamp) -> Option<CallRecord> {
        // Without its process's name nobody would know that it is gone.
        if !self.is_due(now) || beside.node.is_none() {
            return None;
        }
        self.news = false;
        Some(self.write(beside, dice, now))
    }

    /// The record of the call that is over.
    pub fn over(&mut self, ending: Ending, beside: Beside<'_>, dice: &Dice, now: Timestamp) -> CallRecord {
        self.waits_no_more(now);
        self.came.told |= ending == Ending::Finished;
        let mut record = self.write(beside, dice, now);
        record.faults.extend(ending.fault());
        record.over(self.came, now);
        record
    }

    fn write(&mut self, beside: Beside<'_>, dice: &Dice, now: Timestamp) -> CallRecord {
        let Beside { way, trunk, node, phone, lang } = beside;
        let id = self.id(dice);
        let before = self.written.map_or(0, |(_, before)| before);
        self.written = Some((id, before + 1));
        let mut wait = self.wait;
        if let (Some(wait), Some(since)) = (&mut wait, self.waits_since) {
            let seconds = u32::try_from(now.duration_since(since).as_secs().max(0)).unwrap_or(u32::MAX);
            wait.seconds = wait.seconds.saturating_add(seconds);
        }
        CallRecord {
            version: before + 1,
            trunk: trunk.map(str::to_owned),
            node,
            phone,
            lang,
            states: self.states.clone(),
            looked_up: self.looked_up.clone(),
            wait,
            staff: self.staff,
            inquiry: self.called.or(self.about.map(|about| about.inquiry)),
            proved: self.called.is_some() || self.about.is_some_and(|about| about.proved),
            outcome: self.outcome,
            faults: self.faults.iter().copied().collect(),
            listened: self.listened.clone(),
            recorded: self.recorded.clone(),
            refused_recording: self.refused_recording,
            outside: self.outside.clone(),
            turned_away: self.turned_away,
            ..CallRecord::begin(id, way, self.began)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::call_record::CallEnd;

    fn at(seconds: i64) -> Timestamp {
        "2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
    }

    fn beside() -> Beside<'static> {
        let node = Some(NodeId::new(at(0), &[4; 10]));
        Beside { way: Way::In, trunk: Some("carrier"), node, phone: None, lang: Some(Lang::en()) }
    }

    fn dice() -> Dice {
        Dice::new([7; 32])
    }

    #[test]
    fn the_time_for_which_somebody_holds_is_summed_and_goes_with_the_talk() {
        let mut record = Record::begin(None, at(0));
        assert_eq!(record.held(at(9)), 0);
        record.holds(true, at(10));
        record.holds(true, at(15));
        assert_eq!(record.held(at(20)), 10, "it goes on");
        record.holds(false, at(30));
        record.holds(false, at(40));
        record.holds(true, at(50));
        assert_eq!(record.take_held(at(55)), 25);
        assert_eq!(record.held(at(90)), 0, "the next talk begins anew");
    }

    #[test]
    fn whoever_waits_after_all_was_not_turned_away() {
        let mut record = Record::begin(None, at(0));
        record.turned_away(TurnedAway::Closed);
        let told = record.clone().over(Ending::HungUp, beside(), &dice(), at(9));
        assert_eq!(told.turned_away, Some(TurnedAway::Closed));
        record.waits(WaitId::new(at(12), &[5; 10]), at(12));
        record.turned_away(TurnedAway::Closed);
        let waited = record.over(Ending::HungUp, beside(), &dice(), at(20));
        assert_eq!(waited.turned_away, None);
    }

    #[test]
    fn a_short_call_is_written_once() {
        let mut record = Record::begin(None, at(0));
        assert_eq!(record.going_on(beside(), &dice(), at(9)), None);
        record.looked_up("case", true);
        let over = record.over(Ending::HungUp, beside(), &dice(), at(9));
        assert_eq!((over.version, over.end, over.node), (1, Some(CallEnd::Line), None));
    }

    #[test]
    fn a_long_call_is_written_when_something_is_new() {
        let dice = dice();
        let mut record = Record::begin(None, at(0));
        let first = record.going_on(beside(), &dice, at(10)).unwrap();
        assert_eq!((first.version, first.ended), (1, None));
        assert_eq!(record.going_on(beside(), &dice, at(11)), None);
        let wait = WaitId::new(at(12), &[5; 10]);
        record.waits(wait, at(12));
        record.told(Band { least: 2, most: 4 });
        let second = record.going_on(beside(), &dice, at(20)).unwrap();
        assert_eq!((second.id, second.version), (first.id, 2));
        assert_eq!(second.wait.unwrap().seconds, 8);
        record.talks(StaffId::new(at(0), &[6; 10]), at(192));
        record.fault(CallFault::TrunkLost);
        let over = record.over(Ending::Lost, beside(), &dice, at(300));
        assert_eq!((over.version, over.end), (3, Some(CallEnd::Operator)));
        assert_eq!(over.wait, Some(CallWait { id: wait, told: Some((2, 4)), seconds: 180 }));
        assert!(over.faults.contains(&CallFault::TrunkLost));
    }

    #[test]
    fn what_was_shown_is_not_replaced_by_what_was_named() {
        let mut record = Record::begin(None, at(0));
        let about = |n: u8, proved| About {
            inquiry: InquiryId::new(at(0), &[n; 10]),
            person: PersonId::new(at(0), &[n; 10]),
            proved,
        };
        for (n, proved) in [(1, false), (2, true), (3, false)] {
            record.is_about(about(n, proved));
        }
        assert_eq!(record.about, Some(about(2, true)));
    }
}
