//! Work that a browser does before a form is taken, while so many are sent that machines are likely among them.
//!
//! The browser looks for a number with which a hash begins with zeros (as in Hashcash: Back, *Hashcash: a denial of service
//! counter-measure*, 2002). People notice a moment; whoever sends ten thousand forms pays for each. Nothing of the person is
//! measured, nobody is asked to read letters from a picture, and no third party learns anything.

use crate::Links;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How long what was asked is good: a form may stand open on a telephone that is put aside.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(60);
/// Whoever has no scripts waits so long instead.
pub const WAIT: SignedDuration = SignedDuration::from_secs(60);
/// The longest number that is looked at, in digits.
const LONGEST_FOUND: usize = 20;

/// Work that was asked for one form and no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// When it was asked for.
    pub asked: Timestamp,
    /// With how many zeros, in bits, the hash must begin.
    pub bits: u32,
}

impl Links {
    /// Asks for work: what the browser is given, for `subject`, which may do `what` with it and nothing else.
    pub fn ask_work(&self, what: &str, subject: &str, bits: u32, now: Timestamp) -> String {
        let (asked, bits) = (format!("{:x}", now.as_second()), bits.to_string());
        let tag = self.stamp("anteroom work 1", &[what, subject, &asked, &bits]);
        format!("{asked}.{bits}.{}", hex::encode(&tag[..16]))
    }

    /// The work that was asked for with this, if we asked for it, for this, and lately.
    pub fn work_asked(&self, what: &str, subject: &str, given: &str, now: Timestamp) -> Option<Work> {
        let mut parts = given.splitn(3, '.');
        let (asked, bits, tag) = (parts.next()?, parts.next()?, parts.next()?);
        let good = self.stamp("anteroom work 1", &[what, subject, asked, bits]);
        if !hex::decode(tag).is_ok_and(|tag| bool::from(tag.ct_eq(&good[..16]))) {
            return None;
        }
        let asked = Timestamp::from_second(i64::from_str_radix(asked, 16).ok()?).ok()?;
        let work = Work { asked, bits: bits.parse().ok()? };
        (now < asked + GOOD_FOR).then_some(work)
    }
}

impl Work {
    /// Is this a number that was looked for? SHA-256 of what was given, a point and the number begins with so many zero bits.
    pub fn is_done(&self, given: &str, found: &str) -> bool {
        if found.is_empty() || found.len() > LONGEST_FOUND || !found.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let hash = Sha256::new().chain_update(given).chain_update(".").chain_update(found).finalize();
        let zeros = hash.iter().try_fold(0, |zeros, byte| match byte {
            0 => Ok(zeros + 8),
            byte => Err(zeros + byte.leading_zeros()),
        });
        let (Ok(zeros) | Err(zeros)) = zeros;
        zeros >= self.bits
    }

    /// Has whoever has no scripts waited instead?
    pub fn has_waited(&self, now: Timestamp) -> bool {
        now >= self.asked + WAIT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(given: &str, work: Work) -> String {
        (0..u64::MAX).map(|n| n.to_string()).find(|n| work.is_done(given, n)).unwrap()
    }

    #[test]
    fn is_done_for_one_form_by_its_own_browser_and_in_time() {
        let now: Timestamp = "2026-11-27T15:00:00Z".parse().unwrap();
        let links = Links::new([1; 32]);
        let given = links.ask_work("request", "draft-1", 10, now);
        let work = links.work_asked("request", "draft-1", &given, now).unwrap();
        assert_eq!(work, Work { asked: now, bits: 10 });
        let number = found(&given, work);
        assert!(work.is_done(&given, &number));
        assert!(
            !work.is_done(&given, "")
                && !work.is_done(&given, "-1")
                && !work.is_done(&given, &"9".repeat(21))
        );

        // Not for another form, another act, another's key, a lighter task, or an hour later.
        assert_eq!(links.work_asked("request", "draft-2", &given, now), None);
        assert_eq!(links.work_asked("own-time", "draft-1", &given, now), None);
        assert_eq!(Links::new([2; 32]).work_asked("request", "draft-1", &given, now), None);
        assert_eq!(links.work_asked("request", "draft-1", &given.replace(".10.", ".1."), now), None);
        assert_eq!(links.work_asked("request", "draft-1", &given, now + GOOD_FOR), None);
        for junk in ["", ".", "..", "x.y.z", &given[..given.len() - 1]] {
            assert_eq!(links.work_asked("request", "draft-1", junk, now), None, "{junk}");
        }
        assert!(!work.has_waited(now + SignedDuration::from_secs(59)) && work.has_waited(now + WAIT));
    }

    #[test]
    fn zeros_are_counted_over_the_bytes() {
        let work = |bits| Work { asked: Timestamp::UNIX_EPOCH, bits };
        let n = found("a", work(9));
        let hash = Sha256::digest(format!("a.{n}"));
        assert!(hash[0] == 0 && hash[1] < 0x80, "{hash:x?}");
        assert!(!work(9).is_done(
            "a",
            &(0..u64::MAX).map(|n| n.to_string()).find(|n| Sha256::digest(format!("a.{n}"))[0] != 0).unwrap()
        ));
        assert!(work(0).is_done("a", "1"));
    }
}
