//! 20 ms of sound, the step in which everything is sent.

/// 160 samples at 8 kHz.
pub type Frame = [i16; 160];

/// Silence.
pub const SILENCE: Frame = [0; 160];

/// Samples of sound in a step.
pub const STEP: u32 = 160;

/// Voices together. Sums are clipped, not wrapped: two who shout are loud.
pub fn sum<'a>(voices: impl IntoIterator<Item = &'a Frame>) -> Frame {
    let mut all = SILENCE;
    for voice in voices {
        for (sample, more) in all.iter_mut().zip(voice) {
            *sample = sample.saturating_add(*more);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_add_up_and_clip() {
        assert_eq!(sum([&[100; 160], &[-30; 160]]), [70; 160]);
        assert_eq!(sum([&[30_000; 160], &[30_000; 160]]), [i16::MAX; 160]);
        assert_eq!(sum([]), SILENCE);
    }
}
