//! The way every sound goes, whoever made it: one channel, the telephone's rate and band, no silence at the ends, one
//! loudness, a length within bounds.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "samples and their places are far below the bounds of the types they are counted in; `as` saturates besides"
)]

mod pace;
mod resample;
mod shape;

pub(crate) use pace::slower;

use crate::{
    engine::Raw,
    said::{RATE, Sound},
    wav::{self, Wav, WavFault},
};

/// Grows when the same raw sound would come out differently, so that what was kept is made again.
pub(crate) const VERSION: u32 = 2;

/// Why a sound cannot be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PathError {
    /// Not a WAV file that is read here.
    #[error(transparent)]
    Wav(#[from] WavFault),
    /// Nothing can be heard in it.
    #[error("nothing can be heard in it")]
    Silent,
    /// Longer than may be.
    #[error("longer than {0} seconds")]
    TooLong(u32),
}

/// The sound as it is played.
pub(crate) fn finish(raw: Raw, most_seconds: u32) -> Result<Sound, PathError> {
    let wav = match raw {
        Raw::Wav(bytes) => wav::read(&bytes)?,
        Raw::Samples { rate, .. } if !(4_000..=192_000).contains(&rate) => {
            return Err(WavFault::Rate(rate).into());
        }
        Raw::Samples { rate, samples } => Wav {
            rate,
            channels: 1,
            samples: samples.iter().map(|sample| f32::from(*sample) / 32_768.0).collect(),
        },
    };
    finish_wav(&wav, most_seconds)
}

pub(crate) fn finish_wav(wav: &Wav, most_seconds: u32) -> Result<Sound, PathError> {
    // Before the work is done: silence at the ends is a few seconds at most.
    let too_long =
        |samples: usize, rate: u32, seconds: u32| samples as u64 > u64::from(rate) * u64::from(seconds);
    if too_long(wav.samples.len(), wav.rate, most_seconds.saturating_add(10)) {
        return Err(PathError::TooLong(most_seconds));
    }
    let samples = shape::without_offset(&wav.samples);
    let mut samples = resample::to_telephone(&samples, wav.rate);
    shape::high_pass(&mut samples);
    let samples = shape::trim(&samples).ok_or(PathError::Silent)?;
    if too_long(samples.len(), RATE, most_seconds) {
        return Err(PathError::TooLong(most_seconds));
    }
    let mut samples = samples.to_vec();
    shape::fade(&mut samples);
    Ok(Sound { samples: shape::level(&samples).into() })
}

#[cfg(test)]
mod tests;
