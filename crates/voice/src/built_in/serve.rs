//! The helper's own side.

use super::frame;
use pico::{Language, PicoFault, Speaker};
use rustix::process::{Resource, Rlimit, setrlimit};
use std::{
    io::{self, Read, Write},
    process::ExitCode,
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    time::Duration,
};

/// When one text takes longer, the helper ends itself: its parent may be gone and then nobody else would end it.
const LONGEST: Duration = Duration::from_secs(20);

/// The memory that it may write to, in bytes. Both voices need about 20 MB.
const MEMORY_MOST: u64 = 256 * 1024 * 1024;

/// The whole life of a helper process: answers on standard output what comes on standard input, until that ends.
///
/// It leaves no core file behind, because words about a person would be in it.
pub fn main() -> ExitCode {
    for (resource, most) in [(Resource::Core, 0), (Resource::Data, MEMORY_MOST)] {
        let limit = Rlimit { current: Some(most), maximum: Some(most) };
        if setrlimit(resource, limit).is_err() {
            return ExitCode::FAILURE;
        }
    }
    let served = watch().and_then(|watch| serve_watched(io::stdin().lock(), io::stdout().lock(), &watch));
    if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Answers requests until the input ends.
///
/// # Errors
/// When the input breaks off in a frame or holds none, or the output is closed.
pub fn serve(input: impl Read, output: impl Write) -> io::Result<()> {
    serve_watched(input, output, &channel().0)
}

/// Whether a text is being spoken, told to the one who watches the time.
type Watch = Sender<bool>;

fn watch() -> io::Result<Watch> {
    let (watch, told) = channel();
    std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
        let mut speaking = false;
        loop {
            // Nobody tells anything for hours when nobody calls.
            let next = if speaking {
                told.recv_timeout(LONGEST)
            } else {
                told.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match next {
                Ok(now) => speaking = now,
                Err(RecvTimeoutError::Timeout) => std::process::exit(70),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    })?;
    Ok(watch)
}

fn serve_watched(mut input: impl Read, mut output: impl Write, watch: &Watch) -> io::Result<()> {
    let mut voices = Voices::default();
    loop {
        let mut head = [0; 4];
        match input.read_exact(&mut head) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        let length = frame::length(head, frame::REQUEST_MOST).ok_or(io::ErrorKind::InvalidData)?;
        let mut content = vec![0; length];
        input.read_exact(&mut content)?;
        let asked = frame::Asked::read(&content).ok_or(io::ErrorKind::InvalidData)?;
        // Nobody may be watching.
        let _ = watch.send(true);
        let samples = voices.speak(&asked).ok();
        let _ = watch.send(false);
        output.write_all(&frame::write_answer(samples.as_deref()))?;
        output.flush()?;
    }
}

/// Each is made at its first word.
#[derive(Default)]
struct Voices {
    english: Option<Speaker>,
    spanish: Option<Speaker>,
}

impl Voices {
    fn speak(&mut self, asked: &frame::Asked<'_>) -> Result<Vec<i16>, PicoFault> {
        let place = match asked.language {
            Language::English => &mut self.english,
            Language::Spanish => &mut self.spanish,
        };
        let mut speaker = match place.take() {
            Some(speaker) => speaker,
            None => Speaker::new(asked.language)?,
        };
        // After a fault it is not put back but made anew.
        let samples = speaker.speak(asked.words, u16::from(asked.percent), frame::SAMPLES_MOST)?;
        *place = Some(speaker);
        Ok(samples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EngineError;

    #[test]
    fn requests_are_answered_in_order_until_the_input_ends() {
        let asked = |language, words| frame::Asked { language, percent: 100, words }.write();
        let too_long = "a ".repeat(4_000);
        let input = [asked(Language::English, "One."), asked(Language::Spanish, &too_long)].concat();
        let mut output = Vec::new();
        serve(&input[..], &mut output).expect("served");
        let length =
            frame::length(output[..4].try_into().expect("four"), frame::ANSWER_MOST).expect("a length");
        let first = frame::read_answer(&output[4..4 + length]).expect("sound");
        assert!(first.len() > 4_000, "{}", first.len());
        assert_eq!(
            frame::read_answer(&output[8 + length..]),
            Err(EngineError::Refused),
            "too much sound is refused"
        );
    }

    #[test]
    fn what_is_no_request_ends_it() {
        for input in
            [&[0xFF; 8][..], &[3, 0, 0, 0, b'x', 100, b'a'], &[9, 0, 0, 0, b'e'], &[1, 0, 0, 0, b'e']]
        {
            assert!(serve(input, &mut Vec::new()).is_err(), "{input:?}");
        }
    }
}
