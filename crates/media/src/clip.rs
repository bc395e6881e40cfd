//! Sound to be played: 8 kHz, one channel, shared between all who hear it.

use std::{fmt, io::Read, sync::Arc, time::Duration};

/// Samples in a second.
pub const RATE: u32 = 8_000;
/// The longest clip: an hour.
const LONGEST: u32 = 3_600 * RATE;

/// A piece of sound. Cheap to clone.
#[derive(Clone, PartialEq, Eq)]
pub struct Clip {
    samples: Arc<[i16]>,
}

/// Why a WAV file cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    /// It is not a WAV file, or not whole.
    #[error("this is not a WAV file: {0}")]
    Wav(#[from] hound::Error),
    /// It is one, but not of telephone sound.
    #[error(
        "a clip is 8000 Hz, one channel, 16 bits; this one is {rate} Hz, {channels} channels, {bits} bits"
    )]
    Format {
        /// Samples in a second.
        rate: u32,
        /// Channels.
        channels: u16,
        /// Bits of a sample.
        bits: u16,
    },
    /// It is longer than an hour.
    #[error("a clip is at most an hour long")]
    TooLong,
}

impl Clip {
    /// From samples at 8 kHz. What goes beyond an hour is left out.
    pub fn from_pcm(samples: impl Into<Arc<[i16]>>) -> Self {
        let samples: Arc<[i16]> = samples.into();
        match samples.get(..LONGEST as usize) {
            Some(hour) if hour.len() < samples.len() => Self { samples: hour.into() },
            _ => Self { samples },
        }
    }

    /// From a WAV file of 8 kHz, one channel, 16 bits.
    pub fn from_wav(file: impl Read) -> Result<Self, ClipError> {
        let wav = hound::WavReader::new(file)?;
        let spec = wav.spec();
        let integers = spec.sample_format == hound::SampleFormat::Int;
        if spec.sample_rate != RATE || spec.channels != 1 || spec.bits_per_sample != 16 || !integers {
            return Err(ClipError::Format {
                rate: spec.sample_rate,
                channels: spec.channels,
                bits: spec.bits_per_sample,
            });
        }
        if wav.duration() > LONGEST {
            return Err(ClipError::TooLong);
        }
        let samples: Vec<i16> = wav.into_samples().collect::<Result<_, _>>()?;
        Ok(Self { samples: samples.into() })
    }

    /// The samples.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// How long it takes to say it.
    pub fn length(&self) -> Duration {
        length(self.samples.len())
    }
}

/// The time of so many samples.
pub fn length(samples: usize) -> Duration {
    Duration::from_micros(u64::try_from(samples).unwrap_or(u64::MAX).saturating_mul(125))
}

/// Its length only: what is said may be about a person.
impl fmt::Debug for Clip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clip({:?})", self.length())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn wav(rate: u32, channels: u16, samples: &[i16]) -> Vec<u8> {
        let spec = hound::WavSpec {
            channels,
            sample_rate: rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut file = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
        for sample in samples {
            writer.write_sample(*sample).unwrap();
        }
        writer.finalize().unwrap();
        file.into_inner()
    }

    #[test]
    fn a_wav_of_telephone_sound_is_read() {
        let clip = Clip::from_wav(&wav(8000, 1, &[1, -2, 3])[..]).unwrap();
        assert_eq!(clip.samples(), [1, -2, 3]);
        assert_eq!(clip.length(), Duration::from_micros(375));
        assert_eq!(format!("{clip:?}"), "Clip(375µs)");
    }

    #[test]
    fn other_sound_is_refused_and_said_what_it_is() {
        let error = Clip::from_wav(&wav(44_100, 2, &[1, 2])[..]).unwrap_err();
        assert!(matches!(error, ClipError::Format { rate: 44_100, channels: 2, bits: 16 }), "{error}");
        assert!(matches!(Clip::from_wav(&b"RIFFnonsense"[..]), Err(ClipError::Wav(_))));
    }
}
