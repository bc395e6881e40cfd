//! Recordings: whoever is recorded hears it before anything is, may refuse it where the agency says so, and nothing is recorded when
//! it cannot be said. It is written at the desk before the sound is.

use super::{
    Running,
    call::{CallKey, Role},
    came::Came,
    dialled::Words,
};
use crate::{answering::Phase, inbox::Arrives};
use desk::{Caller, Who};
use domain::{
    actor::Staff,
    change::IdempotencyKey,
    ids::StaffId,
    recording::{RecordingDid, Tape},
};
use media::Command as Sound;
use std::path::PathBuf;
use web::switchboard::{SoftphoneState, SwitchboardError, Taped, With};

/// The mark behind the words that say it: no turn of a line has this number.
pub(super) const ANNOUNCED: u64 = u64::MAX;
/// The key by which a caller refuses.
const REFUSES: char = '2';

/// What calls are recorded, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The folder.
    pub folder: PathBuf,
    /// Whether callers are asked, and may refuse by a key at any time.
    pub may_refuse: bool,
}

/// What the other side knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Told {
    /// Nothing yet.
    #[default]
    Not,
    /// It is being said: nobody is heard meanwhile.
    Now,
    /// It was said, and they did not refuse.
    Yes,
    /// They refused: nothing of this call is recorded.
    Refused,
    /// It could not be said: nothing is recorded.
    Unsaid,
}

/// How it is with the recording of a call.
#[derive(Debug, Default)]
pub(super) struct Taping {
    told: Told,
    /// So many were begun.
    begun: u8,
    /// What is being recorded, and whether it stands still.
    runs: Option<(Tape, bool)>,
}

impl Taping {
    /// Whether the other side must be heard by nobody yet.
    pub const fn holds_back(&self) -> bool {
        matches!(self.told, Told::Now)
    }

    /// What whoever speaks in it sees.
    pub const fn shown(&self) -> Option<Taped> {
        match (&self.told, &self.runs) {
            (Told::Now, _) => Some(Taped::Announced),
            (Told::Yes, Some((_, false))) => Some(Taped::Runs),
            (Told::Yes, Some((_, true))) => Some(Taped::Paused),
            (Told::Refused, _) => Some(Taped::Refused),
            _ => None,
        }
    }
}

impl Running {
    fn file_of(&self, tape: &Tape) -> Option<PathBuf> {
        Some(self.settings.recording.as_ref()?.folder.join(Tape::file(tape.call, tape.nth)))
    }

    /// Who speaks in a call for the agency, and about what.
    fn speaks_in(&self, call: CallKey) -> Option<(StaffId, With)> {
        let known = self.calls.get(&call)?;
        match &known.role {
            Role::Callback { staff, with, phase: Phase::Talking, .. } => Some((*staff, *with)),
            Role::Callback { .. } | Role::Telling(_) | Role::Outside(_) => None,
            Role::Caller | Role::Visitor(_) => {
                let (staff, wait) = (known.waits.operator?, known.waits.id?);
                known.waits.connected?;
                Some((staff, With::Wait { wait, inquiry: known.waits.inquiry }))
            }
        }
    }

    /// They hear each other. Whoever is to be recorded hears that first.
    pub(super) fn lets_talk(&mut self, staff: StaffId, call: CallKey) {
        let announced = self.settings.recording.as_ref().map(|recording| recording.may_refuse);
        let Some(known) = self.calls.get_mut(&call) else { return };
        match (announced, known.taping.told) {
            (Some(may_refuse), Told::Not) => {
                known.taping.told = Told::Now;
                let leg = known.leg;
                // What was heard before the answer.
                self.sound(Sound::Unbridge { leg });
                self.tell(call, Words::Recorded { may_refuse });
            }
            (Some(_), Told::Yes) => {
                self.bridge(staff, call);
                self.begin_tape(call);
            }
            _ => self.bridge(staff, call),
        }
    }

    /// It was said that the call is recorded, or could not be.
    pub(super) fn announced(&mut self, call: CallKey, said: bool) {
        let Some(known) = self.calls.get_mut(&call) else { return };
        if known.taping.told != Told::Now {
            return;
        }
        known.taping.told = if said { Told::Yes } else { Told::Unsaid };
        let Some((staff, _)) = self.speaks_in(call) else { return };
        self.bridge(staff, call);
        self.wire(staff);
        self.show_tape(call);
        if said {
            self.begin_tape(call);
        }
    }

    /// That it begins is written, then it does.
    fn begin_tape(&mut self, call: CallKey) {
        let caller = self.system("record-call");
        let Some((_, with)) = self.speaks_in(call) else { return };
        let Some(known) = self.calls.get_mut(&call) else { return };
        if known.taping.runs.is_some() {
            return;
        }
        known.taping.begun = known.taping.begun.saturating_add(1);
        let about = known.record.about.map(|about| about.inquiry);
        let tape = Tape {
            call: known.record.id(self.inbox.dice()),
            nth: known.taping.begun,
            inquiry: with.inquiry().or(about),
        };
        let (desk, inbox) = (known.desk.clone(), self.inbox.clone());
        tokio::spawn(async move {
            let written = desk.note_recording(&caller, &tape, RecordingDid::Begun).await;
            if let Err(error) = &written {
                tracing::error!(%error, "a call is not recorded: it cannot be written that it is");
            }
            inbox.put(Arrives::Waits(Came::Taped { call, tape, done: written.is_ok() })).await;
        });
    }

    /// The desk has written that a recording begins, or has not.
    pub(super) fn taped(&mut self, call: CallKey, tape: Tape, done: bool) {
        if !done {
            return;
        }
        let now = self.clock.now();
        let speaks = self.speaks_in(call);
        let to = self.file_of(&tape);
        let known = self.calls.get_mut(&call).filter(|known| {
            known.taping.told == Told::Yes && known.taping.begun == tape.nth && known.taping.runs.is_none()
        });
        let (Some(known), Some((staff, _)), Some(to)) = (known, speaks, to) else {
            // It was over, or refused, in that moment.
            return self.note_tape(tape, RecordingDid::Ended);
        };
        known.taping.runs = Some((tape, false));
        known.record.is_recorded(tape.nth, staff, now);
        let leg = known.leg;
        self.sound(Sound::Record { leg, to });
        self.show_tape(call);
    }

    /// Nothing more of this call is recorded for now; and what is being said about it is not said to the end.
    pub(super) fn end_tape(&mut self, call: CallKey) {
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return };
        let leg = known.leg;
        if known.taping.told == Told::Now {
            known.taping.told = Told::Not;
            known.saying.hush();
            self.sound(Sound::Hush { leg });
            return;
        }
        let Some((tape, _)) = known.taping.runs.take() else { return };
        known.record.is_recorded_no_more(now);
        self.sound(Sound::StopRecording { leg });
        self.note_tape(tape, RecordingDid::Ended);
    }

    /// Whoever speaks in a call lets its recording stand still, or go on.
    pub(super) fn pause_tape(&mut self, staff: &Staff, paused: bool) -> Result<(), SwitchboardError> {
        let now = self.clock.now();
        let key = self.once("pause-recording");
        let call = self.call_of(staff.id).ok_or(SwitchboardError::NotNow)?;
        let known = self.calls.get_mut(&call).ok_or(SwitchboardError::NotNow)?;
        let leg = known.leg;
        let Some((tape, was)) = known.taping.runs.as_mut().filter(|(_, was)| *was != paused) else {
            return Err(SwitchboardError::NotNow);
        };
        *was = paused;
        let tape = *tape;
        known.record.recording_stands(paused, now);
        self.sound(if paused { Sound::PauseRecording { leg } } else { Sound::ResumeRecording { leg } });
        self.show_tape(call);
        let did = if paused { RecordingDid::Paused } else { RecordingDid::Resumed };
        let caller = Caller::new(Who::Staff(Box::new(staff.clone())), key, now);
        self.write_tape(caller, tape, did);
        Ok(())
    }

    /// A key by which whoever is recorded refuses it; false when it is none.
    pub(super) fn refuses(&mut self, call: CallKey, sign: char) -> bool {
        let may = self.settings.recording.as_ref().is_some_and(|recording| recording.may_refuse);
        let speaks = self.speaks_in(call);
        let now = self.clock.now();
        let Some(known) = self.calls.get_mut(&call) else { return false };
        let told = known.taping.told;
        let (true, REFUSES, Told::Now | Told::Yes, Some((staff, _))) = (may, sign, told, speaks) else {
            return false;
        };
        known.taping.told = Told::Refused;
        known.record.refuses_recording(now);
        let (leg, runs, begun) = (known.leg, known.taping.runs.take(), known.taping.begun);
        let call_record = known.record.id(self.inbox.dice());
        let inquiry = known.record.about.map(|about| about.inquiry);
        known.saying.hush();
        self.sound(Sound::Hush { leg });
        if runs.is_some() {
            self.sound(Sound::StopRecording { leg });
        }
        // What an earlier talk of this call left goes as well.
        for nth in 1..=begun {
            if let Some(file) = self.file_of(&Tape { call: call_record, nth, inquiry }) {
                self.unwanted.insert(file.clone());
                delete(file);
            }
        }
        let tape = runs.map_or(Tape { call: call_record, nth: begun.max(1), inquiry }, |(tape, _)| tape);
        self.note_tape(tape, RecordingDid::Refused);
        self.bridge(staff, call);
        self.wire(staff);
        self.show_tape(call);
        true
    }

    /// A recording is complete, or went no further.
    pub(super) fn tape_is_in(&mut self, file: PathBuf, failed: Option<std::io::ErrorKind>) {
        if self.unwanted.remove(&file) {
            return delete(file);
        }
        let Some(why) = failed else { return };
        tracing::error!(%why, "a call could not be recorded");
        let now = self.clock.now();
        let is = |tape: &Tape, this: &Self| this.file_of(tape).as_ref() == Some(&file);
        let found = self.calls.iter().find_map(|(call, known)| {
            let (tape, _) = known.taping.runs.as_ref()?;
            is(tape, self).then_some((*call, *tape))
        });
        let Some((call, tape)) = found else { return };
        if let Some(known) = self.calls.get_mut(&call) {
            known.taping.runs = None;
            known.record.is_recorded_no_more(now);
        }
        self.note_tape(tape, RecordingDid::Failed);
        self.show_tape(call);
    }

    /// What whoever speaks in the call sees of it.
    fn show_tape(&self, call: CallKey) {
        let (Some(known), Some((staff, _))) = (self.calls.get(&call), self.speaks_in(call)) else { return };
        let taped = known.taping.shown();
        if let SoftphoneState::Talking { with, number, since, held, consult, overheard, .. } =
            self.lights.get(staff)
        {
            let talking = SoftphoneState::Talking { with, number, since, held, consult, overheard, taped };
            self.lights.set(staff, talking);
        }
    }

    fn note_tape(&mut self, tape: Tape, did: RecordingDid) {
        let caller = self.system("recording");
        self.write_tape(caller, tape, did);
    }

    fn write_tape(&self, caller: Caller, tape: Tape, did: RecordingDid) {
        let desk = self.desk.borrow().clone();
        tokio::spawn(async move {
            // Once more, for what must not be forgotten, under the same name.
            let again = Caller::new(caller.who.clone(), IdempotencyKey::clone(&caller.key), caller.now);
            if desk.note_recording(&caller, &tape, did).await.is_err()
                && let Err(error) = desk.note_recording(&again, &tape, did).await
            {
                tracing::error!(%error, did = did.as_str(), "what happened to a recording cannot be written");
            }
        });
    }
}

/// Deletes a file, whoever still writes into it.
fn delete(file: PathBuf) {
    tokio::task::spawn_blocking(move || match std::fs::remove_file(&file) {
        Ok(()) => {}
        // It may not have been begun.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => tracing::error!(%error, "a recording that was refused cannot be deleted"),
    });
}
