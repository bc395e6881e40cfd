//! Codes of an app: RFC 6238 with SHA-1, six digits and thirty seconds, which is what every app can do.

use jiff::Timestamp;
use ring::hmac;
use subtle::ConstantTimeEq;

/// The bytes of a secret (RFC 4226, 4: 160 bits are recommended).
pub const SECRET: usize = 20;

/// The seconds of a step.
const STEP: u64 = 30;

/// How many steps an app's clock may be before or behind ours.
const DRIFT: u64 = 1;

/// The code of a step.
pub fn code(secret: &[u8], step: u64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[tag.len() - 1] & 0xf);
    let word = tag[at..at + 4].iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// The six digits, if it is written like a code: people leave a space in the middle.
pub(super) fn written(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// The step of which this is the code, if it is one of now: the newest, when two have the same.
pub(super) fn step_of(secret: &[u8], typed: &str, now: Timestamp) -> Option<u64> {
    let digits = written(typed)?;
    let step = u64::try_from(now.as_second()).ok()? / STEP;
    (step.saturating_sub(DRIFT)..=step + DRIFT)
        .rev()
        .find(|step| bool::from(code(secret, *step).as_bytes().ct_eq(digits.as_bytes())))
}

/// Bytes in the letters of RFC 4648, 6, without padding: as apps and people take a secret.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B; its eight digits end in our six.
    #[test]
    fn makes_the_codes_of_the_standard() {
        for (second, want) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(b"12345678901234567890", second / STEP), want);
        }
    }

    /// RFC 4648, 10, without the padding.
    #[test]
    fn writes_the_letters_of_the_standard() {
        let want = ["", "MY", "MZXQ", "MZXW6", "MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI"];
        for (length, want) in want.iter().enumerate() {
            assert_eq!(base32(&b"foobar"[..length]), *want);
        }
    }

    #[test]
    fn takes_the_codes_of_a_minute_and_a_half_however_they_are_written() {
        let secret = b"12345678901234567890";
        let now: Timestamp = "2026-11-23T12:00:10Z".parse().unwrap();
        let step = u64::try_from(now.as_second()).unwrap() / STEP;
        for off in [-2_i64, -1, 0, 1, 2] {
            let then = step.checked_add_signed(off).unwrap();
            let code = code(secret, then);
            let typed = format!(" {} {}", &code[..3], &code[3..]);
            assert_eq!(step_of(secret, &typed, now), (off.abs() < 2).then_some(then), "{off}");
        }
        for junk in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            assert_eq!(written(junk), None);
        }
    }
}
