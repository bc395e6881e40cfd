//! Recordings: WAV files written by a thread of their own, so that a slow disk is never heard.

use crate::{
    api::{Event, LegId, Recording},
    clip::{RATE, length},
    frame::{Frame, STEP},
    outbox::Outbox,
};
use std::{
    collections::{HashMap, VecDeque},
    fs::{File, OpenOptions},
    io::{self, BufWriter},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, SyncSender, TrySendError},
    time::Duration,
};

/// Pieces of 100 ms that may wait for the disk, of all recordings together: 26 MB.
pub const WAITING: usize = 4_096;
/// Values in a piece: 100 ms, two sides.
const PIECE: usize = 1_600;
/// Pieces of one recording that may wait for room in the queue.
const HELD: usize = 8;
/// The header is made true again each time so many values were written: two seconds. A file whose writer died is valid up to there.
const TRUE_EACH: u32 = 2 * 2 * RATE;
/// The longest recording: twelve hours.
const LONGEST: u64 = 12 * 3_600 * RATE as u64;

/// What the writer is asked to do for one recording.
pub enum Job {
    /// Begins a file.
    Open {
        /// The recording.
        tape: u64,
        /// Whose.
        leg: LegId,
        /// The file.
        to: PathBuf,
    },
    /// Sound, left and right in turn.
    Sound {
        /// The recording.
        tape: u64,
        /// The values.
        values: Vec<i16>,
    },
    /// Silence.
    Gap {
        /// The recording.
        tape: u64,
        /// How many samples.
        samples: u64,
        /// Wanted, or because the disk was too slow.
        wanted: bool,
    },
    /// Ends the file.
    Close {
        /// The recording.
        tape: u64,
    },
}

/// One recording, on the side of the media thread. Nothing here ever waits.
pub struct Tape {
    id: u64,
    jobs: SyncSender<Job>,
    held: VecDeque<Job>,
    values: Vec<i16>,
    paused: bool,
    closed: bool,
}

impl Tape {
    /// Begins a recording. Its name is used once.
    pub fn new(tape: u64, leg: LegId, to: PathBuf, jobs: SyncSender<Job>) -> Self {
        let held = VecDeque::from([Job::Open { tape, leg, to }]);
        Self { id: tape, jobs, held, values: Vec::new(), paused: false, closed: false }
    }

    /// Takes 20 ms: what the leg says, and what it hears.
    pub fn frame(&mut self, says: &Frame, hears: &Frame) {
        if self.paused {
            self.gap(u64::from(STEP), true);
        } else {
            self.values.extend(says.iter().zip(hears).flat_map(|(says, hears)| [*says, *hears]));
            if self.values.len() >= PIECE {
                self.piece();
            }
        }
        self.flush();
    }

    /// Records nothing until it is resumed.
    pub fn pause(&mut self) {
        self.piece();
        self.paused = true;
    }

    /// Goes on.
    pub fn resume(&mut self) {
        self.paused = false;
    }

    /// Ends the recording. To be flushed until that says that all is handed over.
    pub fn close(&mut self) {
        if !std::mem::replace(&mut self.closed, true) {
            self.piece();
            self.held.push_back(Job::Close { tape: self.id });
        }
    }

    /// Hands over what there is room for; true when nothing is left.
    pub fn flush(&mut self) -> bool {
        while let Some(job) = self.held.pop_front() {
            // A pause that still lasts grows here, and goes as one.
            if self.paused
                && self.held.is_empty()
                && matches!(job, Job::Gap { wanted: true, .. })
                && !self.closed
            {
                self.held.push_front(job);
                return false;
            }
            match self.jobs.try_send(job) {
                Ok(()) => {}
                Err(TrySendError::Full(job)) => {
                    self.held.push_front(job);
                    return false;
                }
                Err(TrySendError::Disconnected(_)) => {
                    self.held.clear();
                    return true;
                }
            }
        }
        true
    }

    fn piece(&mut self) {
        let values = std::mem::replace(&mut self.values, Vec::with_capacity(PIECE));
        if values.is_empty() {
            return;
        }
        if self.held.len() < HELD {
            self.held.push_back(Job::Sound { tape: self.id, values });
        } else {
            self.gap(u64::try_from(values.len() / 2).unwrap_or(0), false);
        }
    }

    fn gap(&mut self, more: u64, of: bool) {
        match self.held.back_mut() {
            Some(Job::Gap { samples, wanted, .. }) if *wanted == of => *samples += more,
            _ => self.held.push_back(Job::Gap { tape: self.id, samples: more, wanted: of }),
        }
    }
}

struct Writing {
    leg: LegId,
    to: PathBuf,
    wav: hound::WavWriter<BufWriter<File>>,
    samples: u64,
    untrue: u32,
    gaps: Vec<(Duration, Duration)>,
    lost: u64,
}

/// The writer's thread: until every sender is gone.
pub fn write_all(jobs: &Receiver<Job>, out: &mut Outbox) {
    let mut tapes: HashMap<u64, Writing> = HashMap::new();
    while let Ok(job) = jobs.recv() {
        let tape = match &job {
            Job::Open { tape, .. }
            | Job::Sound { tape, .. }
            | Job::Gap { tape, .. }
            | Job::Close { tape } => *tape,
        };
        match job {
            Job::Open { leg, to, .. } => match Writing::open(leg, &to) {
                Ok(writing) => {
                    tapes.insert(tape, writing);
                }
                Err(error) => out.tell(Event::RecordingFailed { leg, to, why: error.kind() }),
            },
            Job::Close { .. } => {
                if let Some(writing) = tapes.remove(&tape) {
                    out.tell(writing.close());
                }
            }
            Job::Sound { values, .. } => go_on(&mut tapes, tape, out, |writing| writing.sound(&values)),
            Job::Gap { samples, wanted, .. } => {
                go_on(&mut tapes, tape, out, |writing| writing.gap(samples, wanted));
            }
        }
        out.flush();
    }
    for (_, writing) in tapes {
        out.tell(writing.close());
    }
    out.flush();
}

fn go_on(
    tapes: &mut HashMap<u64, Writing>,
    tape: u64,
    out: &mut Outbox,
    write: impl FnOnce(&mut Writing) -> Result<(), hound::Error>,
) {
    if let Some(writing) = tapes.get_mut(&tape)
        && let Err(error) = write(writing)
    {
        out.tell(Event::RecordingFailed { leg: writing.leg, to: writing.to.clone(), why: kind(&error) });
        tapes.remove(&tape);
    }
}

fn kind(error: &hound::Error) -> io::ErrorKind {
    match error {
        hound::Error::IoError(error) => error.kind(),
        _ => io::ErrorKind::Other,
    }
}

impl Writing {
    /// Only its owner may read what was said.
    fn open(leg: LegId, to: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
        let spec = hound::WavSpec {
            channels: 2,
            sample_rate: RATE,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut wav = hound::WavWriter::new(BufWriter::new(file), spec)
            .map_err(|error| io::Error::new(kind(&error), error))?;
        wav.flush().map_err(|error| io::Error::new(kind(&error), error))?;
        Ok(Self { leg, to: to.to_owned(), wav, samples: 0, untrue: 0, gaps: Vec::new(), lost: 0 })
    }

    fn sound(&mut self, values: &[i16]) -> Result<(), hound::Error> {
        if self.samples >= LONGEST {
            return Err(hound::Error::IoError(io::ErrorKind::FileTooLarge.into()));
        }
        let mut wav = self.wav.get_i16_writer(u32::try_from(values.len()).unwrap_or(0));
        for value in values {
            wav.write_sample(*value);
        }
        wav.flush()?;
        self.wrote(values.len())
    }

    fn gap(&mut self, samples: u64, wanted: bool) -> Result<(), hound::Error> {
        let samples = samples.min(LONGEST.saturating_sub(self.samples));
        let from = self.at();
        for _ in 0..samples {
            self.wav.write_sample(0_i16)?;
            self.wav.write_sample(0_i16)?;
        }
        self.wrote(usize::try_from(samples * 2).unwrap_or(0))?;
        if wanted {
            self.gaps.push((from, self.at()));
        } else {
            self.lost += samples;
        }
        Ok(())
    }

    fn wrote(&mut self, values: usize) -> Result<(), hound::Error> {
        self.samples += u64::try_from(values / 2).unwrap_or(0);
        self.untrue = self.untrue.saturating_add(u32::try_from(values).unwrap_or(u32::MAX));
        if self.untrue >= TRUE_EACH {
            self.untrue = 0;
            self.wav.flush()?;
        }
        Ok(())
    }

    fn at(&self) -> Duration {
        length(usize::try_from(self.samples).unwrap_or(0))
    }

    fn close(self) -> Event {
        let (leg, to, at) = (self.leg, self.to.clone(), self.at());
        let lost = length(usize::try_from(self.lost).unwrap_or(0));
        match self.wav.finalize() {
            Ok(()) => Event::Recorded { leg, recording: Recording { to, length: at, gaps: self.gaps, lost } },
            Err(error) => Event::RecordingFailed { leg, to, why: kind(&error) },
        }
    }
}

#[cfg(test)]
#[path = "recorder_tests.rs"]
mod tests;
