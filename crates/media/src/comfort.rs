//! Comfort noise (RFC 3389): a quiet hiss where the other end sends nothing because nobody speaks.

/// The hiss of one source.
#[derive(Debug, Clone)]
pub struct Comfort {
    seed: u32,
    amplitude: i32,
}

/// What each step of one dB below the loudest sample is, from 0 to 96: noise of that level, as an amplitude.
fn amplitude(level: u8) -> i32 {
    // √3 turns the effective value into the amplitude of even noise. Louder than -30 dB is nobody's background.
    let level = f32::from(level.clamp(30, 127));
    rounded(32_768.0 * 1.732 * 10.0_f32.powf(-level / 20.0))
}

#[expect(clippy::cast_possible_truncation, reason = "from 0 to 1800")]
fn rounded(value: f32) -> i32 {
    value.round() as i32
}

impl Comfort {
    /// A hiss that is not yet asked for: silence.
    pub const fn new(seed: u32) -> Self {
        Self { seed, amplitude: 0 }
    }

    /// Takes the payload of a packet: the level in -dBov, then the shape of the spectrum, which is left as it is.
    pub fn packet(&mut self, payload: &[u8]) {
        if let Some(level) = payload.first() {
            self.amplitude = amplitude(level & 0x7f);
        }
    }

    /// No hiss from now on.
    pub const fn forget(&mut self) {
        self.amplitude = 0;
    }

    /// Fills what would be silence.
    pub fn fill(&mut self, frame: &mut [i16]) {
        for sample in frame {
            self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [_, _, low, high] = self.seed.to_le_bytes();
            let noise = i32::from(i16::from_le_bytes([low, high]));
            *sample = i16::try_from((noise * self.amplitude) >> 15).unwrap_or(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(payload: &[u8]) -> f64 {
        let mut comfort = Comfort::new(5);
        comfort.packet(payload);
        let mut frame = [0; 8000];
        comfort.fill(&mut frame);
        let power = frame.iter().map(|s| f64::from(*s).powi(2)).sum::<f64>() / 8000.0;
        20.0 * (power.sqrt() / 32_768.0).log10()
    }

    #[test]
    fn the_hiss_is_as_loud_as_was_said() {
        for wanted in [30_u8, 40, 50, 60, 70] {
            let got = level(&[wanted, 0, 0]);
            assert!((got + f64::from(wanted)).abs() < 1.0, "{got} for -{wanted}");
        }
        assert!(level(&[0]) < -29.0, "never loud");
    }

    #[test]
    fn nothing_said_is_silence() {
        let mut frame = [1; 160];
        Comfort::new(1).fill(&mut frame);
        assert_eq!(frame, [0; 160]);
        let mut comfort = Comfort::new(1);
        comfort.packet(&[]);
        comfort.packet(&[40]);
        comfort.forget();
        comfort.fill(&mut frame);
        assert_eq!(frame, [0; 160]);
    }
}
