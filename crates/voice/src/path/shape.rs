//! Band, ends and loudness.

use crate::said::RATE;

/// The frame in which loudness is measured: 10 ms.
const FRAME: usize = RATE as usize / 100;

/// Below this no frame counts as sound: -60 dB of full scale.
const FLOOR: f32 = 0.001;

/// A frame this much below the loudest counts as silence: 40 dB.
const BELOW: f32 = 0.01;

/// Kept before the first sound and after the last, in frames: a soft consonant and an ending breath.
const LEAD: usize = 3;
const TAIL: usize = 8;

/// The loudness of speech, as its root mean square over the frames that are not pauses: -20 dB of full scale, which is about
/// -17 dBm0 in G.711 and below what a network may be given (-13 dBm0 over three seconds, 47 CFR 68.308).
const LOUD: f32 = 0.1;

/// No sample is louder: -2 dB of full scale.
pub(super) const CEILING: f32 = 0.8;

/// From here on peaks are bent instead of cut.
const KNEE: f32 = 0.5;

/// The most that is made louder: 30 dB. What is quieter is noise.
const GAIN_MOST: f32 = 31.6;

/// Without a constant offset. The filters would take it away too, but make a click of its beginning and its end.
pub(super) fn without_offset(samples: &[f32]) -> Vec<f32> {
    let sum: f64 = samples.iter().map(|sample| f64::from(*sample)).sum();
    let mean = (sum / samples.len().max(1) as f64) as f32;
    samples.iter().map(|sample| sample - mean).collect()
}

/// Takes away what lies below the telephone's band, the hum of the mains above all: Butterworth of second order at 150 Hz.
pub(super) fn high_pass(samples: &mut [f32]) {
    let w = std::f32::consts::TAU * 150.0 / RATE as f32;
    let alpha = w.sin() / std::f32::consts::SQRT_2;
    let (cos, a0) = (w.cos(), 1.0 + alpha);
    let (b0, b1) = (f32::midpoint(1.0, cos) / a0, -(1.0 + cos) / a0);
    let (a1, a2) = (-2.0 * cos / a0, (1.0 - alpha) / a0);
    let [mut x1, mut x2, mut y1, mut y2] = [0.0; 4];
    for sample in samples {
        let x = *sample;
        let y = b0 * x + b1 * x1 + b0 * x2 - a1 * y1 - a2 * y2;
        (x2, x1, y2, y1) = (x1, x, y1, y);
        *sample = y;
    }
}

fn frames(samples: &[f32]) -> Vec<f32> {
    let power = |frame: &[f32]| frame.iter().map(|s| s * s).sum::<f32>() / frame.len() as f32;
    samples.chunks(FRAME).map(|frame| power(frame).sqrt()).collect()
}

/// What counts as sound in these frames; nothing when none does.
fn threshold(frames: &[f32]) -> Option<f32> {
    let loudest = frames.iter().copied().fold(0.0, f32::max);
    // A frame with an offset of nearly nothing is as silent as one of zeros. Not `>=`: nothing is above what is no number.
    (loudest > FLOOR * 3.0).then(|| (loudest * BELOW).max(FLOOR))
}

/// Without silence at the ends; nothing when nothing can be heard.
pub(super) fn trim(samples: &[f32]) -> Option<&[f32]> {
    let frames = frames(samples);
    let threshold = threshold(&frames)?;
    let first = frames.iter().position(|frame| *frame > threshold)?;
    let last = frames.iter().rposition(|frame| *frame > threshold)?;
    let end = ((last + 1 + TAIL) * FRAME).min(samples.len());
    samples.get(first.saturating_sub(LEAD) * FRAME..end)
}

/// In and out within 5 ms, so that a cut is no click.
pub(super) fn fade(samples: &mut [f32]) {
    let length = FRAME / 2;
    let ends = length.min(samples.len() / 2);
    for index in 0..ends {
        let share = index as f32 / length as f32;
        samples[index] *= share;
        let from_end = samples.len() - 1 - index;
        samples[from_end] *= share;
    }
}

/// As loud as everything else, and nowhere louder than [`CEILING`].
pub(super) fn level(samples: &[f32]) -> Vec<i16> {
    let frames = frames(samples);
    let threshold = threshold(&frames).unwrap_or(FLOOR);
    let spoken = frames.iter().filter(|frame| **frame > threshold);
    let (count, power) = spoken.fold((0.0, 0.0), |(n, sum), frame| (n + 1.0, sum + frame * frame));
    let loudness = if count > 0.0 { f32::sqrt(power / count) } else { LOUD };
    let gain = (LOUD / loudness.max(f32::MIN_POSITIVE)).min(GAIN_MOST);
    samples.iter().map(|sample| (bent(sample * gain) * 32_767.0).round() as i16).collect()
}

/// Straight to [`KNEE`], then ever flatter towards [`CEILING`], which it never passes.
fn bent(sample: f32) -> f32 {
    let size = sample.abs();
    if size <= KNEE || size.is_nan() {
        return sample;
    }
    let room = CEILING - KNEE;
    (KNEE + room * ((size - KNEE) / room).tanh()).copysign(sample)
}
