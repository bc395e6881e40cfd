//! What is read as a WAV file, and what is not.

use super::*;
use hound::{SampleFormat, WavSpec, WavWriter};
use proptest::prelude::*;
use std::io::Cursor;

fn file(format: &[u8], data_length: u32, data: &[u8]) -> Vec<u8> {
    let mut file = b"RIFF\0\0\0\0WAVE".to_vec();
    file.extend(b"LIST\x03\0\0\0abc\0");
    file.extend(b"fmt ");
    file.extend(u32::try_from(format.len()).expect("short").to_le_bytes());
    file.extend(format);
    file.extend(b"data");
    file.extend(data_length.to_le_bytes());
    file.extend(data);
    file
}

fn format(code: u16, channels: u16, rate: u32, bits: u16) -> Vec<u8> {
    let block = channels * bits / 8;
    let mut format = [code.to_le_bytes(), channels.to_le_bytes()].concat();
    format.extend(rate.to_le_bytes());
    format.extend((rate * u32::from(block)).to_le_bytes());
    format.extend([block.to_le_bytes(), bits.to_le_bytes()].concat());
    format
}

fn written(
    bits: u16,
    sample_format: SampleFormat,
    channels: u16,
    write: impl Fn(&mut WavWriter<&mut Cursor<Vec<u8>>>),
) -> Wav {
    let mut bytes = Cursor::new(Vec::new());
    let spec = WavSpec { channels, sample_rate: 16_000, bits_per_sample: bits, sample_format };
    let mut writer = WavWriter::new(&mut bytes, spec).expect("a writer");
    write(&mut writer);
    writer.finalize().expect("written");
    read(bytes.get_ref()).expect("read")
}

#[test]
fn every_usual_width_is_read() {
    for bits in [8_u16, 16, 24, 32] {
        let full = 2_i64.pow(u32::from(bits) - 1);
        let wav = written(bits, SampleFormat::Int, 1, |writer| {
            for sample in [0, full / 2, -full / 2, -full] {
                writer.write_sample(i32::try_from(sample).expect("fits")).expect("written");
            }
        });
        assert_eq!((wav.rate, wav.channels), (16_000, 1));
        assert_eq!(wav.samples, [0.0, 0.5, -0.5, -1.0], "{bits} bits");
    }
    let wav = written(32, SampleFormat::Float, 1, |writer| {
        for sample in [0.25, -3.0, f32::NAN, f32::INFINITY] {
            writer.write_sample(sample).expect("written");
        }
    });
    assert_eq!(wav.samples, [0.25, -1.0, 0.0, 0.0]);
}

#[test]
fn several_channels_become_their_mean() {
    let wav = written(16, SampleFormat::Int, 2, |writer| {
        for sample in [8_192_i16, -8_192, 16_384, 0] {
            writer.write_sample(sample).expect("written");
        }
    });
    assert_eq!((wav.channels, wav.samples), (2, vec![0.0, 0.25]));
}

/// Values from ITU-T G.711, tables 1a to 2b: the loudest, the quietest and one between, of each sign.
#[test]
fn telephone_codes_are_read() {
    for (byte, value) in [(0x80, 32_124), (0x00, -32_124), (0xFF, 0), (0x7F, 0), (0xF0, 120), (0x8F, 16_764)]
    {
        assert_eq!(mu_law(byte), value, "mu-law {byte:#x}");
    }
    for (byte, value) in [(0xAA, 32_256), (0x2A, -32_256), (0xD5, 8), (0x55, -8), (0xD4, 24), (0x80, 5_504)] {
        assert_eq!(a_law(byte), value, "A-law {byte:#x}");
    }
    let wav = read(&file(&format(7, 1, 8_000, 8), 2, &[0x80, 0xFF])).expect("read");
    assert_eq!(wav.samples, [32_124.0 / 32_768.0, 0.0]);
    let wav = read(&file(&format(6, 1, 8_000, 8), 1, &[0xAA])).expect("read");
    assert_eq!(wav.samples, [32_256.0 / 32_768.0]);
}

#[test]
fn a_length_that_lies_does_not_matter() {
    let data = [0, 64, 0, 192];
    for length in [4, 0, 0x7FFF_F000, u32::MAX, 5] {
        let wav = read(&file(&format(1, 1, 8_000, 16), length, &data)).expect("read");
        assert_eq!(wav.samples, [0.5, -0.5], "{length}");
    }
    let mut extensible = format(0xFFFE, 1, 8_000, 16);
    extensible.extend([22, 0, 16, 0, 4, 0, 0, 0, 1, 0]);
    extensible.extend([0; 14]);
    assert_eq!(read(&file(&extensible, 4, &data)).expect("read").samples, [0.5, -0.5]);
}

#[test]
fn what_is_none_is_refused_with_its_reason() {
    for bytes in [&b""[..], b"RIFF", b"RIFF\0\0\0\0WAVE", b"<html>not found</html>", b"ID3\x03 an mp3 file"] {
        assert_eq!(read(bytes), Err(WavFault::NotWav));
    }
    assert_eq!(read(&file(b"ab", 0, b"")), Err(WavFault::NotWav));
    let fault = |code, channels, rate, bits| {
        read(&file(&format(code, channels, rate, bits), 0, b"")).expect_err("no")
    };
    assert_eq!(fault(1, 1, 8_000, 12), WavFault::Format { code: 1, bits: 12 });
    assert_eq!(fault(0x55, 1, 8_000, 16), WavFault::Format { code: 0x55, bits: 16 });
    assert_eq!(fault(1, 1, 0, 16), WavFault::Rate(0));
    assert_eq!(fault(1, 1, 1_000_000, 16), WavFault::Rate(1_000_000));
    assert_eq!(fault(1, 0, 8_000, 16), WavFault::Channels(0));
    assert_eq!(fault(1, 9, 8_000, 16), WavFault::Channels(9));
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes: Vec<u8>, header: [u8; 16], length: u32) {
        let _ = read(&bytes);
        let _ = read(&file(&header, length, &bytes));
        let riff = [b"RIFF\0\0\0\0WAVE".to_vec(), bytes].concat();
        let _ = read(&riff);
    }

    #[test]
    fn samples_are_never_beyond_full_scale(data: Vec<u8>, pick in 0_usize..7, channels in 1_u16..3) {
        let (code, bits) = [(1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (6, 8), (7, 8)][pick];
        let wav = read(&file(&format(code, channels, 8_000, bits), u32::MAX, &data)).expect("read");
        prop_assert!(wav.samples.iter().all(|sample| sample.abs() <= 1.0));
        prop_assert_eq!(wav.samples.len(), data.len() / usize::from(bits / 8 * channels));
    }
}
