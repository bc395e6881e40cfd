//! Digits that must be heard, digits that must not, and sound that is no digit.

use super::*;
use crate::{api::Law, g711};
use proptest::prelude::*;

const ALL: &[u8; 16] = b"0123456789*#ABCD";

/// A signal of digits and what was done to it.
#[derive(Clone, Copy)]
struct Signal {
    on: f32,
    off: f32,
    row_db: f32,
    column_db: f32,
    detune: f32,
    noise_db: Option<f32>,
    law: Law,
}

const PLAIN: Signal = Signal {
    on: 100.0,
    off: 100.0,
    row_db: -10.0,
    column_db: -10.0,
    detune: 0.0,
    noise_db: None,
    law: Law::Mu,
};

/// Noise that is the same in every run.
struct Noise(u32);

impl Noise {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / 8_388_608.0 - 1.0
    }
}

fn amplitude(db: f32) -> f32 {
    32_000.0 * 10.0_f32.powf(db / 20.0)
}

fn through(law: Law, sample: f32) -> i16 {
    g711::decode(law, g711::encode(law, sample as i16))
}

fn make(signal: Signal, keys: &[u8]) -> Vec<i16> {
    let mut noise = Noise(1);
    let mut out = Vec::new();
    for key in keys {
        let (row, column) =
            (0..4).flat_map(|r| (0..4).map(move |c| (r, c))).find(|(r, c)| KEYS[*r][*c] == *key).unwrap();
        let (on, off) = ((signal.on * 8.0) as usize, (signal.off * 8.0) as usize);
        for n in 0..on + off {
            let time = n as f32 / 8000.0;
            let tone = |hertz: f32, db: f32| {
                let level = if n < on { amplitude(db) } else { 0.0 };
                level * (TAU * hertz * (1.0 + signal.detune) * time).sin()
            };
            let hiss = signal.noise_db.map_or(0.0, |db| amplitude(db) * noise.next() * 1.22);
            let sample = tone(ROWS[row], signal.row_db) + tone(COLUMNS[column], signal.column_db) + hiss;
            out.push(through(signal.law, sample));
        }
    }
    out
}

fn heard(samples: &[i16]) -> Vec<u8> {
    let mut detector = Detector::default();
    let mut keys = Vec::new();
    for frame in samples.chunks(160) {
        detector.hear(frame, |key| keys.push(key));
    }
    keys
}

fn hears_all(name: &str, signal: Signal) {
    for law in [Law::Mu, Law::A] {
        // However the digits lie in the blocks.
        for lead in (0..BLOCK).step_by(17) {
            let mut samples = vec![0; lead];
            samples.extend(make(Signal { law, ..signal }, ALL));
            assert_eq!(heard(&samples), ALL, "{name}, {law:?}, {lead} samples before");
        }
    }
}

#[test]
fn digits_of_every_lawful_length_are_heard() {
    for ms in [100.0, 80.0, 60.0, 50.0, 40.0] {
        hears_all(&format!("{ms} ms"), Signal { on: ms, off: ms, ..PLAIN });
    }
}

#[test]
fn faint_uneven_noisy_and_slightly_off_digits_are_heard() {
    hears_all("-35 dB", Signal { row_db: -35.0, column_db: -35.0, ..PLAIN });
    hears_all("column 4 dB over", Signal { row_db: -14.0, ..PLAIN });
    hears_all("column 8 dB under", Signal { column_db: -18.0, ..PLAIN });
    hears_all("column 8 dB over", Signal { row_db: -18.0, ..PLAIN });
    hears_all("noise 15 dB below", Signal { noise_db: Some(-22.0), ..PLAIN });
    hears_all("1.5 % over", Signal { detune: 0.015, ..PLAIN });
    hears_all("1.5 % under", Signal { detune: -0.015, ..PLAIN });
    hears_all("1.5 % over, short", Signal { detune: 0.015, on: 50.0, off: 50.0, ..PLAIN });
}

#[test]
fn what_is_too_short_or_too_far_off_is_refused() {
    let none = |name: &str, signal| {
        for lead in (0..BLOCK).step_by(17) {
            let mut samples = vec![0; lead];
            samples.extend(make(signal, ALL));
            assert_eq!(heard(&samples), b"", "{name}, {lead}");
        }
    };
    none("20 ms", Signal { on: 20.0, ..PLAIN });
    none("3.5 % over", Signal { detune: 0.035, ..PLAIN });
    none("3.5 % under", Signal { detune: -0.035, ..PLAIN });
    none("-50 dB", Signal { row_db: -55.0, column_db: -55.0, ..PLAIN });
    none("column 15 dB over", Signal { row_db: -25.0, ..PLAIN });
    none("column 15 dB under", Signal { column_db: -25.0, ..PLAIN });
}

#[test]
fn a_dropout_inside_a_digit_does_not_double_it() {
    for at in 240..500 {
        let mut samples = make(Signal { on: 120.0, ..PLAIN }, b"5");
        samples[at..at + 80].fill(0);
        assert_eq!(heard(&samples), b"5", "10 ms missing from {at}");
    }
}

/// A voice: pulses at a gliding pitch through three resonances that wander, with pauses and hiss. Not a person, but it has what
/// fools detectors: strong harmonics that pass through the tones of the keypad.
fn voice(seconds: usize, seed: u32) -> Vec<i16> {
    let mut noise = Noise(seed);
    let mut state = [[0.0_f32; 2]; 3];
    let (mut phase, mut pitch, mut target) = (0.0_f32, 120.0_f32, 150.0_f32);
    let mut formants = [500.0_f32, 1500.0, 2500.0];
    let mut aims = formants;
    let mut voiced = true;
    let mut out = Vec::with_capacity(seconds * 8000);
    for n in 0..seconds * 8000 {
        if n % 1000 == 0 {
            target = 90.0 + 130.0 * (noise.next() + 1.0) / 2.0;
            aims =
                [550.0 + 300.0 * noise.next(), 1500.0 + 700.0 * noise.next(), 2600.0 + 400.0 * noise.next()];
            voiced = noise.next() > -0.5;
        }
        pitch += (target - pitch) / 800.0;
        phase += pitch / 8000.0;
        let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
        phase -= phase.floor();
        let source = if voiced { 9000.0 * pulse } else { 300.0 * noise.next() };
        let mut sum = 0.0;
        for (k, memory) in state.iter_mut().enumerate() {
            formants[k] += (aims[k] - formants[k]) / 400.0;
            let radius = (-PI * 70.0 / 8000.0_f32).exp();
            let y = source * (1.0 - radius) * 6.0
                + 2.0 * radius * (TAU * formants[k] / 8000.0).cos() * memory[0]
                - radius * radius * memory[1];
            *memory = [y, memory[0]];
            sum += y;
        }
        out.push(through(Law::Mu, sum));
    }
    out
}

#[test]
fn a_voice_is_no_digit() {
    for seed in 1..=6 {
        let samples = voice(60, seed);
        let loud = samples.iter().filter(|s| s.unsigned_abs() > 1000).count();
        assert!(loud > samples.len() / 20, "the voice must be heard at all: {loud}");
        assert_eq!(heard(&samples), b"", "voice {seed}");
    }
}

#[test]
fn noise_music_and_single_tones_are_no_digits() {
    let mut noise = Noise(9);
    let hiss: Vec<i16> = (0..480_000).map(|_| (noise.next() * 20_000.0) as i16).collect();
    assert_eq!(heard(&hiss), b"");
    for hertz in (200..3_600).step_by(7) {
        let tone: Vec<i16> =
            (0..1600).map(|n| (12_000.0 * (TAU * hertz as f32 * n as f32 / 8000.0).sin()) as i16).collect();
        assert_eq!(heard(&tone), b"", "{hertz} Hz");
    }
    // Chords of three and four tones, and dial tones of several countries.
    for chord in [
        &[350.0, 440.0][..],
        &[440.0, 480.0],
        &[425.0],
        &[480.0, 620.0],
        &[697.0, 1209.0, 1477.0],
        &[523.0, 659.0, 784.0, 1046.0],
    ] {
        let tone: Vec<i16> = (0..8000)
            .map(|n| {
                chord.iter().map(|hertz| 6000.0 * (TAU * hertz * n as f32 / 8000.0).sin()).sum::<f32>() as i16
            })
            .collect();
        assert_eq!(heard(&tone), b"", "{chord:?}");
    }
}

#[test]
fn what_is_made_is_heard() {
    for key in ALL {
        let mut generator = Generator::new(*key).unwrap();
        let mut samples = Vec::new();
        let mut frame = [0; 160];
        while generator.fill(&mut frame) {
            samples.extend(frame.map(|s| through(Law::A, f32::from(s))));
        }
        assert_eq!(samples.len(), 1600);
        assert_eq!(heard(&samples), [*key]);
    }
    assert!(Generator::new(b'x').is_none());
}

proptest! {
    #[test]
    fn random_sound_never_panics(samples in proptest::collection::vec(any::<i16>(), 0..2000)) {
        heard(&samples);
    }
}
