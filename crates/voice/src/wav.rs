//! WAV files as the world writes them: several widths and codes, lengths that lie, chunks that are of no concern.
//!
//! A program that writes to a pipe cannot know the length beforehand and puts a huge one or none; what is there is then
//! taken. Nothing that bytes can say makes this panic or reserve more than the bytes themselves warrant.

/// Why it is no WAV that can be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WavFault {
    /// No `RIFF`…`WAVE`, no `fmt `, or no `data`.
    #[error("not a WAV file")]
    NotWav,
    /// A code or a width that is not read here.
    #[error(
        "format {code} with {bits} bits a sample: PCM of 8, 16, 24 or 32 bits, 32-bit float, A-law or mu-law"
    )]
    Format {
        /// The code of the format.
        code: u16,
        /// Bits a sample.
        bits: u16,
    },
    /// Fewer than 4,000 or more than 192,000 samples a second.
    #[error("{0} samples a second: 4000 to 192000")]
    Rate(u32),
    /// No channel, or more than 8.
    #[error("{0} channels: 1 to 8")]
    Channels(u16),
}

/// Samples from -1 to 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wav {
    pub(crate) rate: u32,
    /// So many in the file. The samples are one channel: the mean of them.
    pub(crate) channels: u16,
    pub(crate) samples: Vec<f32>,
}

#[derive(Clone, Copy)]
enum Code {
    Unsigned8,
    Signed(usize),
    Float,
    ALaw,
    MuLaw,
}

impl Code {
    fn of(code: u16, bits: u16) -> Result<Self, WavFault> {
        match (code, bits) {
            (1, 8) => Ok(Self::Unsigned8),
            (1, 16 | 24 | 32) => Ok(Self::Signed(usize::from(bits / 8))),
            (3, 32) => Ok(Self::Float),
            (6, 8) => Ok(Self::ALaw),
            (7, 8) => Ok(Self::MuLaw),
            _ => Err(WavFault::Format { code, bits }),
        }
    }

    const fn width(self) -> usize {
        match self {
            Self::Unsigned8 | Self::ALaw | Self::MuLaw => 1,
            Self::Signed(width) => width,
            Self::Float => 4,
        }
    }

    fn sample(self, bytes: &[u8]) -> f32 {
        match (self, bytes) {
            (Self::Unsigned8, [byte]) => (f32::from(*byte) - 128.0) / 128.0,
            (Self::ALaw, [byte]) => f32::from(a_law(*byte)) / 32_768.0,
            (Self::MuLaw, [byte]) => f32::from(mu_law(*byte)) / 32_768.0,
            (Self::Float, &[a, b, c, d]) => {
                let value = f32::from_le_bytes([a, b, c, d]);
                if value.is_finite() { value.clamp(-1.0, 1.0) } else { 0.0 }
            }
            // The 16 most significant bits: a telephone has 14.
            (Self::Signed(_), &[.., low, high]) => f32::from(i16::from_le_bytes([low, high])) / 32_768.0,
            _ => 0.0,
        }
    }
}

/// ITU-T G.711, A-law.
fn a_law(byte: u8) -> i16 {
    let byte = byte ^ 0x55;
    let (exponent, mantissa) = ((byte >> 4) & 7, i16::from(byte & 15));
    let size = match exponent {
        0 => (mantissa << 4) + 8,
        _ => ((mantissa << 4) + 0x108) << (exponent - 1),
    };
    if byte & 0x80 == 0 { -size } else { size }
}

/// ITU-T G.711, mu-law.
fn mu_law(byte: u8) -> i16 {
    let byte = !byte;
    let (exponent, mantissa) = ((byte >> 4) & 7, i16::from(byte & 15));
    let size = (((mantissa << 3) + 0x84) << exponent) - 0x84;
    if byte & 0x80 == 0 { size } else { -size }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The chunk at the start of `bytes`: its name, its content and what follows.
fn chunk(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let name = bytes.get(..4)?;
    let length = usize::try_from(u32_at(bytes, 4)?).ok()?;
    let rest = bytes.get(8..)?;
    let content = &rest[..length.min(rest.len())];
    // Chunks begin at even places.
    let next = rest.get(length.saturating_add(length % 2)..).unwrap_or_default();
    // A writer that did not know the length may have left it at nothing.
    if name == b"data" && length == 0 { Some((name, rest, &[])) } else { Some((name, content, next)) }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Wav, WavFault> {
    if bytes.get(..4) != Some(b"RIFF") || bytes.get(8..12) != Some(b"WAVE") {
        return Err(WavFault::NotWav);
    }
    let mut rest = &bytes[12..];
    let mut format = None;
    while let Some((name, content, next)) = chunk(rest) {
        match name {
            b"fmt " => format = Some(content),
            b"data" => return samples(format.ok_or(WavFault::NotWav)?, content),
            _ => {}
        }
        rest = next;
    }
    Err(WavFault::NotWav)
}

fn samples(format: &[u8], data: &[u8]) -> Result<Wav, WavFault> {
    let part = |at| u16_at(format, at).ok_or(WavFault::NotWav);
    let (mut code, channels, bits) = (part(0)?, part(2)?, part(14)?);
    let rate = u32_at(format, 4).ok_or(WavFault::NotWav)?;
    if code == 0xFFFE {
        code = part(24)?;
    }
    if !(4_000..=192_000).contains(&rate) {
        return Err(WavFault::Rate(rate));
    }
    if !(1..=8).contains(&channels) {
        return Err(WavFault::Channels(channels));
    }
    let code = Code::of(code, bits)?;
    let width = code.width();
    let samples = data
        .chunks_exact(width * usize::from(channels))
        .map(|frame| {
            frame.chunks_exact(width).map(|bytes| code.sample(bytes)).sum::<f32>() / f32::from(channels)
        })
        .collect();
    Ok(Wav { rate, channels, samples })
}

#[cfg(test)]
mod tests;
