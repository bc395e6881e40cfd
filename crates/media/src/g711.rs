//! The two companding laws of ITU-T G.711, both ways.

use crate::api::Law;

/// What each byte of μ-law means, as 16-bit samples (14 significant bits, shifted left by two).
static MU: [i16; 256] = table(Law::Mu);
/// What each byte of A-law means, as 16-bit samples (13 significant bits, shifted left by three).
static A: [i16; 256] = table(Law::A);
/// Each byte of one law as the nearest byte of the other.
static MU_TO_A: [u8; 256] = across(Law::Mu);
static A_TO_MU: [u8; 256] = across(Law::A);

/// The sample that a byte stands for.
pub fn decode(law: Law, byte: u8) -> i16 {
    match law {
        Law::Mu => MU[usize::from(byte)],
        Law::A => A[usize::from(byte)],
    }
}

/// The byte that stands for a sample.
pub const fn encode(law: Law, sample: i16) -> u8 {
    match law {
        Law::Mu => to_mu(sample),
        Law::A => to_a(sample),
    }
}

/// A byte of one law as a byte of another.
pub fn transcode(from: Law, to: Law, byte: u8) -> u8 {
    match (from, to) {
        (Law::Mu, Law::A) => MU_TO_A[usize::from(byte)],
        (Law::A, Law::Mu) => A_TO_MU[usize::from(byte)],
        (Law::Mu, Law::Mu) | (Law::A, Law::A) => byte,
    }
}

const fn from_mu(byte: u8) -> i16 {
    let byte = !byte;
    let exponent = (byte >> 4) & 7;
    // 33 is the bias of the law, in its 14 bits; everything is shifted left by two to 16 bits.
    let magnitude = ((((byte as i16 & 15) << 1) + 33) << exponent) - 33;
    let sample = magnitude << 2;
    if byte & 0x80 == 0 { sample } else { -sample }
}

const fn from_a(byte: u8) -> i16 {
    let byte = byte ^ 0x55;
    let exponent = (byte >> 4) & 7;
    let step = ((byte as i16 & 15) << 1) + 1;
    let magnitude = if exponent == 0 { step } else { (step + 32) << (exponent - 1) };
    let sample = magnitude << 3;
    if byte & 0x80 == 0 { -sample } else { sample }
}

const fn to_mu(sample: i16) -> u8 {
    const BIAS: u16 = 33 << 2;
    const CLIP: u16 = 32_635;
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = sample.unsigned_abs();
    let magnitude = if magnitude > CLIP { CLIP } else { magnitude } + BIAS;
    // The bias makes bit 7 the lowest that can lead.
    let exponent = 8 - magnitude.leading_zeros();
    let mantissa = (magnitude >> (exponent + 3)) & 15;
    !(sign | low(exponent << 4) | low(mantissa as u32))
}

const fn to_a(sample: i16) -> u8 {
    let sign = if sample < 0 { 0 } else { 0x80 };
    // One's complement, as the standard's own table has it: -1 is as near to nothing as 0 is.
    let magnitude = (if sample < 0 { !sample } else { sample }).unsigned_abs() >> 3;
    let byte = if magnitude < 32 {
        low(magnitude as u32 >> 1)
    } else {
        let exponent = 11 - magnitude.leading_zeros();
        low(exponent << 4) | low((magnitude as u32 >> exponent) & 15)
    };
    (sign | byte) ^ 0x55
}

/// The low byte: callers have made sure that there is no more.
const fn low(value: u32) -> u8 {
    value.to_le_bytes()[0]
}

const fn table(law: Law) -> [i16; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = match law {
            Law::Mu => from_mu(byte),
            Law::A => from_a(byte),
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

const fn across(from: Law) -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = match from {
            Law::Mu => to_a(from_mu(byte)),
            Law::A => to_mu(from_a(byte)),
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: [Law; 2] = [Law::Mu, Law::A];

    #[test]
    fn every_byte_survives_decoding_and_encoding() {
        for law in LAWS {
            for byte in 0..=255u8 {
                let again = encode(law, decode(law, byte));
                // μ-law has two zeros; the negative one becomes the positive one.
                let same = again == byte || (law == Law::Mu && byte == 0x7f && again == 0xff);
                assert!(same, "{law:?} {byte:#x} became {again:#x}");
            }
        }
    }

    /// Half a step of the segment, which is a 32nd of where it begins, and the truncation to 14 and 13 bits.
    #[test]
    fn no_sample_is_off_by_more_than_half_a_step() {
        for law in LAWS {
            for sample in i16::MIN..=i16::MAX {
                let got = i32::from(decode(law, encode(law, sample)));
                let off = (got - i32::from(sample)).abs();
                assert!(off <= got.abs() / 30 + 16, "{law:?} {sample} became {got}");
            }
        }
    }

    #[test]
    fn louder_is_never_quieter() {
        for law in LAWS {
            for sample in i16::MIN..i16::MAX {
                assert!(
                    decode(law, encode(law, sample)) <= decode(law, encode(law, sample + 1)),
                    "{law:?} {sample}"
                );
            }
        }
    }

    /// Values of the decision tables in G.711: ends of the scale, silence, first steps.
    #[test]
    fn known_values() {
        for (byte, sample) in [
            (0x00, -32124),
            (0x80, 32124),
            (0xff, 0),
            (0x7f, 0),
            (0xfe, 8),
            (0x7e, -8),
            (0xf0, 120),
            (0xe0, 372),
        ] {
            assert_eq!(decode(Law::Mu, byte), sample, "{byte:#x}");
        }
        for (byte, sample) in
            [(0xd5, 8), (0x55, -8), (0xaa, 32256), (0x2a, -32256), (0xd4, 24), (0x80, 5504), (0xc5, 264)]
        {
            assert_eq!(decode(Law::A, byte), sample, "{byte:#x}");
        }
        assert_eq!(encode(Law::Mu, 0), 0xff);
        assert_eq!(encode(Law::A, 0), 0xd5);
        for law in LAWS {
            assert_eq!(decode(law, encode(law, i16::MIN)), -decode(law, encode(law, i16::MAX)));
        }
    }

    /// The digital sequence of G.711 (table 5 and 6) is a sine of 1 kHz at 0 dBm0: 3.14 and 3.17 dB below the top.
    #[test]
    fn the_reference_tone_is_where_it_should_be() {
        let mu: [u8; 8] = [0x1e, 0x0b, 0x0b, 0x1e, 0x9e, 0x8b, 0x8b, 0x9e];
        let a: [u8; 8] = [0x34, 0x21, 0x21, 0x34, 0xb4, 0xa1, 0xa1, 0xb4];
        for (law, bytes, below) in [(Law::Mu, mu, 3.17), (Law::A, a, 3.145)] {
            let power: f64 = bytes.iter().map(|b| f64::from(decode(law, *b)).powi(2)).sum::<f64>() / 8.0;
            let top = if law == Law::Mu { 32124.0_f64 } else { 32256.0 };
            let level = 10.0 * (top.powi(2) / 2.0 / power).log10();
            assert!((level - below).abs() < 0.2, "{law:?}: {level} dB below the loudest sine");
        }
    }

    #[test]
    fn across_and_back_is_nearly_the_same() {
        for byte in 0..=255u8 {
            for (from, to) in [(Law::Mu, Law::A), (Law::A, Law::Mu)] {
                let there = decode(to, transcode(from, to, byte));
                let here = decode(from, byte);
                let off = (i32::from(there) - i32::from(here)).abs();
                assert!(off <= 16 + i32::from(here).abs() / 16, "{from:?} {byte:#x}: {here} became {there}");
                assert_eq!(transcode(from, from, byte), byte);
            }
        }
    }
}
