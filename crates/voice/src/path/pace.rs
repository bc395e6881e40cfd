//! Slower without a deeper voice, for recordings and engines that know one speed: overlap-add of pieces that fit each other
//! (WSOLA).

/// A piece: 30 ms. It holds at least two periods of a deep voice.
const PIECE: usize = 240;

/// Half of it is laid over the one before.
const STEP: usize = PIECE / 2;

/// How far from its place a piece is looked for, in samples: 8 ms, a period of a deep voice.
const SEEK: usize = 64;

/// The sound at this speed, in percent of its own. At 100 and above it is returned as it is.
pub(crate) fn slower(samples: &[i16], percent: u8) -> Vec<i16> {
    if percent >= 100 || samples.len() < PIECE + 2 * SEEK {
        return samples.to_vec();
    }
    let percent = usize::from(percent.max(20));
    let length = samples.len() * 100 / percent;
    let mut out = vec![0.0_f32; length + PIECE];
    let mut last = 0;
    for place in (0..length).step_by(STEP) {
        let wanted = (place * percent / 100).min(samples.len() - PIECE);
        let start = if place == 0 { 0 } else { best(samples, wanted, last + STEP) };
        for (index, sample) in samples[start..start + PIECE].iter().enumerate() {
            // Two windows half a piece apart add up to one.
            let phase = (index as f32 + 0.5) / PIECE as f32 * std::f32::consts::PI;
            let window = if place == 0 && index < STEP { 1.0 } else { phase.sin().powi(2) };
            out[place + index] += f32::from(*sample) * window;
        }
        last = start;
    }
    out.truncate(length);
    out.iter().map(|sample| sample.round() as i16).collect()
}

/// Where near `wanted` the sound is most like what would follow naturally at `follows`.
fn best(samples: &[i16], wanted: usize, follows: usize) -> usize {
    let Some(natural) = samples.get(follows..follows + STEP) else { return wanted };
    let from = wanted.saturating_sub(SEEK);
    let to = (wanted + SEEK).min(samples.len() - PIECE);
    let likeness = |start: usize| -> f32 {
        let here = &samples[start..start + STEP];
        let (dot, power) = natural.iter().zip(here).fold((0.0, 1.0), |(dot, power), (a, b)| {
            (dot + f32::from(*a) * f32::from(*b), power + f32::from(*b) * f32::from(*b))
        });
        dot / f32::sqrt(power)
    };
    (from..=to).max_by(|a, b| likeness(*a).total_cmp(&likeness(*b))).unwrap_or(wanted)
}
