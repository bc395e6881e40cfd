//! The way every sound goes, measured.

use super::*;
use crate::said::RATE;
use proptest::prelude::*;
use std::f32::consts::{SQRT_2, TAU};

/// A tone of this loudness at its peaks.
fn tone(rate: u32, hertz: f32, peak: f32, seconds: f32) -> Vec<f32> {
    let count = (rate as f32 * seconds) as usize;
    (0..count).map(|index| peak * (TAU * hertz * index as f32 / rate as f32).sin()).collect()
}

/// How loud this frequency is in the middle of a sound: the peak of the tone.
fn heard(samples: &[f32], hertz: f32) -> f32 {
    let middle = &samples[samples.len() / 4..samples.len() * 3 / 4];
    let (re, im) = middle.iter().enumerate().fold((0.0, 0.0), |(re, im), (index, sample)| {
        let phase = TAU * hertz * index as f32 / RATE as f32;
        (re + sample * phase.cos(), im + sample * phase.sin())
    });
    2.0 * f32::hypot(re, im) / middle.len() as f32
}

fn decibels(ratio: f32) -> f32 {
    20.0 * ratio.log10()
}

fn ints(samples: &[f32]) -> Vec<i16> {
    samples.iter().map(|sample| (sample * 32_767.0) as i16).collect()
}

fn floats(samples: &[i16]) -> Vec<f32> {
    samples.iter().map(|sample| f32::from(*sample) / 32_768.0).collect()
}

fn wav(rate: u32, samples: Vec<f32>) -> Wav {
    Wav { rate, channels: 1, samples }
}

const RATES: [u32; 10] = [4_000, 8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 192_000];

#[test]
fn a_tone_within_the_band_stays_as_it_is_from_every_rate() {
    for rate in RATES {
        for hertz in [300.0, 1_000.0, 1_500.0, 3_000.0, 3_300.0] {
            if hertz > rate as f32 * 0.4 {
                continue;
            }
            let samples = resample::to_telephone(&tone(rate, hertz, 0.5, 0.5), rate);
            assert!(samples.len().abs_diff(4_000) <= 1, "{rate}: {}", samples.len());
            let change = decibels(heard(&samples, hertz) / 0.5);
            assert!(change.abs() < 0.5, "{hertz} Hz from {rate}: {change} dB");
        }
    }
}

#[test]
fn a_tone_that_a_telephone_cannot_carry_does_not_fold_back_into_its_band() {
    for rate in RATES.into_iter().filter(|rate| *rate >= 11_025) {
        for hertz in [4_100.0, 4_700.0, 5_300.0, 7_000.0, 10_000.0] {
            if hertz > rate as f32 / 2.0 {
                continue;
            }
            let samples = resample::to_telephone(&tone(rate, hertz, 0.5, 0.5), rate);
            let loudest = samples[1_000..3_000].iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
            let left = decibels(loudest / 0.5);
            assert!(left < -55.0, "{hertz} Hz from {rate}: {left} dB are left");
        }
    }
}

#[test]
fn what_is_below_the_band_goes() {
    let mut samples = tone(RATE, 1_000.0, 0.2, 0.5);
    for (sample, hum) in samples.iter_mut().zip(tone(RATE, 50.0, 0.3, 0.5)) {
        *sample += hum + 0.4;
    }
    shape::high_pass(&mut samples);
    assert!((decibels(heard(&samples, 1_000.0) / 0.2)).abs() < 0.5);
    assert!(decibels(heard(&samples, 50.0) / 0.3) < -17.0);
    assert!(samples[2_000..].iter().sum::<f32>().abs() / 2_000.0 < 0.001, "no offset is left");
}

#[test]
fn silence_at_the_ends_goes_and_pauses_stay() {
    let silence = vec![0.0005; 8_000];
    let speech = tone(RATE, 440.0, 0.3, 0.5);
    let pause = vec![0.0; 4_000];
    let all = [&silence[..], &speech, &pause, &speech, &silence].concat();
    let sound = finish_wav(&wav(RATE, all), 10).expect("a sound");
    let extra = sound.samples.len() - 12_000;
    assert!((300..1_200).contains(&extra), "{extra} samples more than is heard");
    let sounds = floats(&sound.samples);
    assert!(sounds[..20].iter().all(|sample| sample.abs() < 0.01), "no click at the beginning");
    assert!(sounds[sounds.len() - 20..].iter().all(|sample| sample.abs() < 0.01), "none at the end");
}

#[test]
fn loud_and_soft_become_alike() {
    for peak in [0.01, 0.05, 0.3, 1.0] {
        // Half of it is a pause, which does not count.
        let mut samples = tone(RATE, 700.0, peak, 1.0);
        samples.extend(vec![0.0; 6_000]);
        samples.extend(tone(RATE, 700.0, peak, 1.0));
        let sound = finish_wav(&wav(RATE, samples), 10).expect("a sound");
        let tone = &floats(&sound.samples)[1_000..7_000];
        let loudness = (tone.iter().map(|sample| sample * sample).sum::<f32>() / tone.len() as f32).sqrt();
        assert!((decibels(loudness) + 20.0).abs() < 1.0, "{peak}: {} dB", decibels(loudness));
        assert!((decibels(heard(tone, 700.0) / (0.1 * SQRT_2))).abs() < 1.0);
    }
}

#[test]
fn what_cannot_be_played_is_named() {
    assert_eq!(finish_wav(&wav(RATE, Vec::new()), 10), Err(PathError::Silent));
    assert_eq!(finish_wav(&wav(16_000, vec![0.0; 16_000]), 10), Err(PathError::Silent));
    assert_eq!(finish_wav(&wav(16_000, vec![0.9; 16_000]), 10), Err(PathError::Silent), "an offset alone");
    assert_eq!(finish_wav(&wav(RATE, tone(RATE, 440.0, 0.3, 3.2)), 3), Err(PathError::TooLong(3)));
    assert_eq!(finish_wav(&wav(RATE, vec![0.0; 8_000 * 14]), 3), Err(PathError::TooLong(3)));
    assert_eq!(
        finish(Raw::Samples { rate: 1, samples: vec![1; 10] }, 3),
        Err(PathError::Wav(WavFault::Rate(1)))
    );
    assert_eq!(finish(Raw::Wav(b"mp3".to_vec()), 3), Err(PathError::Wav(WavFault::NotWav)));
}

#[test]
fn slower_is_longer_and_no_deeper() {
    let samples = ints(&tone(RATE, 440.0, 0.3, 2.0));
    for percent in [65, 80, 90] {
        let slow = slower(&samples, percent);
        assert_eq!(slow.len(), samples.len() * 100 / usize::from(percent));
        let slow = floats(&slow);
        assert!((decibels(heard(&slow, 440.0) / 0.3)).abs() < 1.5, "{percent}: {}", heard(&slow, 440.0));
        assert!(heard(&slow, 440.0 * f32::from(percent) / 100.0) < 0.03, "{percent}: deeper");
    }
    assert_eq!(slower(&samples, 100), samples);
    assert_eq!(slower(&samples[..100], 65), samples[..100], "too short to tell");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_is_ever_louder_than_the_limit(
        samples in prop::collection::vec(any::<i16>(), 0..4_000),
        gain in 0.0_f32..1.0,
        rate in 4_000_u32..50_000,
    ) {
        let samples: Vec<i16> = samples.iter().map(|s| (f32::from(*s) * gain) as i16).collect();
        let limit = (shape::CEILING * 32_767.0) as u16 + 1;
        if let Ok(sound) = finish(Raw::Samples { rate, samples }, 10) {
            prop_assert!(sound.samples.iter().all(|sample| sample.unsigned_abs() <= limit));
            let slow = slower(&sound.samples, 65);
            prop_assert!(slow.iter().all(|sample| sample.unsigned_abs() <= limit + 1));
        }
    }

    #[test]
    fn one_loud_click_makes_nothing_clip_and_the_rest_no_softer(at in 1_000_usize..7_000) {
        let mut samples = tone(RATE, 440.0, 0.02, 1.0);
        samples[at] = 1.0;
        let sound = finish_wav(&wav(RATE, samples), 10).expect("a sound");
        let tone = floats(&sound.samples);
        prop_assert!(tone.iter().all(|sample| sample.abs() <= shape::CEILING + 0.001));
        prop_assert!(heard(&tone, 440.0) > 0.05, "{}", heard(&tone, 440.0));
    }

    #[test]
    fn no_bytes_break_it(bytes: Vec<u8>, pick in 0_usize..5, rate in 4_000_u32..192_000, channels in 1_u8..9) {
        let (code, bits) = [(1, 8), (1, 16), (3, 32), (6, 8), (7, 8)][pick];
        let mut file = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
        file.extend([code, 0, channels, 0]);
        file.extend(rate.to_le_bytes());
        file.extend([0, 0, 0, 0, 0, 0, bits, 0]);
        file.extend(b"data\xFF\xFF\xFF\xFF");
        file.extend(bytes);
        if let Ok(sound) = finish(Raw::Wav(file), 10) {
            prop_assert!(sound.samples.len() <= 80_000);
        }
    }
}
