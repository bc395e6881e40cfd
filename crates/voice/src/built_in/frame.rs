//! What goes between the exchange's process and the helper: frames of a length (four bytes, the least first) and a content.
//!
//! A request is the language, the speed in percent, and the words in UTF-8. An answer is one byte, 0 for sound and 1 for
//! "cannot", and samples of two bytes.

use crate::engine::EngineError;
use pico::Language;

/// The largest request.
pub(super) const REQUEST_MOST: usize = pico::MOST_WORDS + 2;

/// The most samples of an answer: 150 seconds.
pub(super) const SAMPLES_MOST: usize = pico::RATE as usize * 150;

/// The largest answer.
pub(super) const ANSWER_MOST: usize = SAMPLES_MOST * 2 + 1;

/// What is asked for. It has no `Debug`: the words may be about a person.
pub(super) struct Asked<'a> {
    pub(super) language: Language,
    pub(super) percent: u8,
    pub(super) words: &'a str,
}

impl<'a> Asked<'a> {
    pub(super) fn write(&self) -> Vec<u8> {
        let language = match self.language {
            Language::English => b'e',
            Language::Spanish => b's',
        };
        framed([language, self.percent].into_iter().chain(self.words.bytes()).collect())
    }

    pub(super) fn read(content: &'a [u8]) -> Option<Self> {
        let [language, percent, words @ ..] = content else { return None };
        let language = match language {
            b'e' => Language::English,
            b's' => Language::Spanish,
            _ => return None,
        };
        Some(Self { language, percent: *percent, words: str::from_utf8(words).ok()? })
    }
}

/// Sound, or nothing for "cannot".
pub(super) fn write_answer(samples: Option<&[i16]>) -> Vec<u8> {
    let Some(samples) = samples else { return framed(vec![1]) };
    framed(std::iter::once(0).chain(samples.iter().flat_map(|sample| sample.to_le_bytes())).collect())
}

/// What an answer says: sound, [`EngineError::Refused`], or nothing that is one ([`EngineError::Garbled`]).
pub(super) fn read_answer(content: &[u8]) -> Result<Vec<i16>, EngineError> {
    match content {
        [1] => Err(EngineError::Refused),
        [0, samples @ ..] if samples.len() % 2 == 0 => {
            Ok(samples.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect())
        }
        _ => Err(EngineError::Garbled("not a frame of the helper's")),
    }
}

/// A length, if it is within bounds.
pub(super) fn length(head: [u8; 4], most: usize) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(head)).ok().filter(|length| *length <= most)
}

fn framed(mut content: Vec<u8>) -> Vec<u8> {
    // Both kinds are far below 4 GiB.
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes();
    content.splice(..0, length);
    content
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(words in ".{0,40}", percent: u8, samples: Option<Vec<i16>>) {
            let asked = Asked { language: Language::Spanish, percent, words: &words }.write();
            let length = length(asked[..4].try_into().expect("four"), REQUEST_MOST);
            prop_assert_eq!(length, Some(asked.len() - 4));
            let read = Asked::read(&asked[4..]).expect("read");
            prop_assert!(read.words == words && read.percent == percent && read.language == Language::Spanish);
            let answer = write_answer(samples.as_deref());
            prop_assert_eq!(read_answer(&answer[4..]), samples.ok_or(EngineError::Refused));
        }

        #[test]
        fn nothing_that_is_read_breaks_it(bytes: Vec<u8>) {
            let _ = Asked::read(&bytes);
            let _ = read_answer(&bytes);
        }
    }

    #[test]
    fn a_length_out_of_bounds_is_none() {
        assert_eq!(length(8_u32.to_le_bytes(), 8), Some(8));
        assert_eq!(length(9_u32.to_le_bytes(), 8), None);
        assert_eq!(length([0xFF; 4], ANSWER_MOST), None);
    }
}
