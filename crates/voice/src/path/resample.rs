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
    let filter = Filter::of(rate);
    let count = (samples.len() as u64 * u64::from(RATE)).div_ceil(u64::from(rate));
    // Both rates are whole numbers, so that what lies between two input samples comes round again after `up` output samples.
    let up = u64::from(RATE / greatest_common(rate, RATE));
    let down = u64::from(rate / greatest_common(rate, RATE));
    let mut kept: Vec<Option<Taps>> = vec![None; if up <= MOST_KEPT { up as usize } else { 0 }];
    (0..count)
        .map(|index| {
            let (whole, part) = (index * down / up, index * down % up);
            let taps = || filter.taps(part as f64 / up as f64);
            match kept.get_mut(part as usize) {
                Some(slot) => slot.get_or_insert_with(taps).sum(samples, whole),
                None => taps().sum(samples, whole),
            }
        })
        .collect()
}

/// So many places between two input samples are kept; the usual rates have at most 320.
const MOST_KEPT: u64 = 512;

fn greatest_common(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common(b, a % b) }
}

/// The filter for one rate.
struct Filter {
    /// Zero crossings in one input sample, and the filter's gain so that a constant stays what it is.
    pace: f64,
    /// Input samples on each side.
    reach: f64,
}

impl Filter {
    fn of(rate: u32) -> Self {
        let from = f64::from(rate);
        // Below 8 kHz the input's own band is the narrower one.
        let pace = 2.0 * CUT.min(from / 2.0 * 0.925) / from;
        Self { pace, reach: REACH / pace }
    }

    /// What each input sample counts for an output sample that lies `part` of a sample after one.
    fn taps(&self, part: f64) -> Taps {
        let before = (self.reach - part).floor();
        let weights = (0..=(self.reach + part).floor() as usize + before as usize)
            .map(|tap| {
                let away = (tap as f64 - before - part).abs() * self.pace * FINE as f64;
                let (entry, between) = (away as usize, away.fract() as f32);
                match SIDE.get(entry..entry + 2) {
                    Some([a, b]) => (a + (b - a) * between) * self.pace as f32,
                    _ => 0.0,
                }
            })
            .collect();
        Taps { before: before as u64, weights }
    }
}

/// What each input sample around one counts.
#[derive(Clone)]
struct Taps {
    /// So many of them stand before it.
    before: u64,
    weights: Vec<f32>,
}

impl Taps {
    /// The output sample at the input sample `whole`. Beyond the ends there is silence.
    fn sum(&self, samples: &[f32], whole: u64) -> f32 {
        let (skipped, first) = (self.before.saturating_sub(whole), whole.saturating_sub(self.before));
        let weights = self.weights.get(skipped as usize..).unwrap_or_default();
        let heard = samples.get(first as usize..).unwrap_or_default();
        heard.iter().zip(weights).map(|(sample, weight)| sample * weight).sum()
    }
}
