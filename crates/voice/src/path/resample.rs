//! Any rate to 8 kHz, with what a telephone cannot carry taken away first: a windowed sinc.

use crate::said::RATE;
use std::{f64::consts::PI, sync::LazyLock};

/// Where the filter is half, in Hz; it begins to fall at about 3,350 and is down by 60 dB at 4,000, so that nothing folds
/// back into the band.
const CUT: f64 = 3_700.0;

/// Zero crossings of the sinc on each side.
const REACH: f64 = 32.0;

/// How finely the filter is tabulated between two zero crossings; between two entries it is taken as straight.
const FINE: usize = 256;

/// The shape of the Kaiser window: 70 dB.
const BETA: f64 = 7.0;

/// One side of the filter: the windowed sinc at 0, 1/[`FINE`], … zero crossings.
static SIDE: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let count = REACH as usize * FINE;
    (0..=count + 1)
        .map(|index| {
            let x = index as f64 / FINE as f64;
            let sinc = if index == 0 { 1.0 } else { (PI * x).sin() / (PI * x) };
            let inside = 1.0 - (x / REACH).powi(2);
            if inside < 0.0 { 0.0 } else { (sinc * bessel(BETA * inside.sqrt()) / bessel(BETA)) as f32 }
        })
        .collect()
});

/// The modified Bessel function of order zero.
fn bessel(x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for k in 1..40 {
        term *= (x / (2.0 * f64::from(k))).powi(2);
        sum += term;
    }
    sum
}

/// `samples` at `rate` as samples at [`RATE`]. `rate` is 4,000 to 192,000.
pub(super) fn to_telephone(samples: &[f32], rate: u32) -> Vec<f32> {
    let side = &*SIDE;
    let (from, to) = (f64::from(rate), f64::from(RATE));
    // Below 8 kHz the input's own band is the narrower one.
    let cut = CUT.min(from / 2.0 * 0.925);
    // Zero crossings in one input sample, and the filter's gain so that a constant stays what it is.
    let pace = 2.0 * cut / from;
    let reach = REACH / pace;
    let count = (samples.len() as u64 * u64::from(RATE)).div_ceil(u64::from(rate));
    (0..count)
        .map(|index| {
            let centre = index as f64 * from / to;
            let first = (centre - reach).ceil().max(0.0) as usize;
            let last = ((centre + reach).floor() as usize).min(samples.len().saturating_sub(1));
            let sum: f32 = samples
                .get(first..=last)
                .unwrap_or_default()
                .iter()
                .zip(first..)
                .map(|(sample, at)| {
                    let away = (at as f64 - centre).abs() * pace * FINE as f64;
                    let (entry, part) = (away as usize, away.fract() as f32);
                    match side.get(entry..entry + 2) {
                        Some([a, b]) => sample * (a + (b - a) * part),
                        _ => 0.0,
                    }
                })
                .sum();
            sum * pace as f32
        })
        .collect()
}
