//! What the installation's key makes beside links: seals, and short tokens that prove what was shown a moment ago.

use crate::links::Links;
use domain::{actor::Staff, ids::StaffId};
use jiff::Timestamp;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use subtle::ConstantTimeEq;

/// How long whoever gave a right password has to give the second proof, in seconds.
const HALF: i64 = 10 * 60;

/// How long a passkey's challenge is good, in seconds.
const CHALLENGE: i64 = 5 * 60;

impl Links {
    /// Seals a secret so that only this installation opens it, and only as what it is about. The number must be fresh chance.
    pub fn seal(&self, number: [u8; NONCE_LEN], about: &str, secret: &[u8]) -> Option<String> {
        let mut sealed = secret.to_vec();
        let nonce = Nonce::assume_unique_for_key(number);
        self.sealer()?.seal_in_place_append_tag(nonce, Aad::from(about), &mut sealed).ok()?;
        Some(format!("{}{}", hex::encode(number), hex::encode(sealed)))
    }

    /// What was sealed, if it is genuine and about this.
    pub fn unseal(&self, about: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = hex::decode(sealed).ok()?;
        let (number, rest) = bytes.split_first_chunk::<NONCE_LEN>()?;
        let mut rest = rest.to_vec();
        let nonce = Nonce::assume_unique_for_key(*number);
        let open = self.sealer()?.open_in_place(nonce, Aad::from(about), &mut rest).ok()?;
        Some(open.to_vec())
    }

    fn sealer(&self) -> Option<LessSafeKey> {
        let key = self.stamp("anteroom seal 1", &[]);
        Some(LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &key).ok()?))
    }

    /// The token of whoever gave the right password and must still give a second proof. Another password makes it void.
    pub fn half(&self, staff: &Staff, now: Timestamp) -> String {
        self.timed("anteroom half 1", &[&staff.id.to_string(), &staff.password.0], HALF, now)
            .map_or_else(String::new, |token| format!("{}.{token}", staff.id))
    }

    /// Whose half-way token it says it is.
    pub fn half_of(token: &str) -> Option<StaffId> {
        token.split_once('.')?.0.parse().ok()
    }

    /// Is it genuine, and still good?
    pub fn opens_half(&self, staff: &Staff, token: &str, now: Timestamp) -> bool {
        token.split_once('.').is_some_and(|(_, rest)| {
            self.good("anteroom half 1", &[&staff.id.to_string(), &staff.password.0], rest, now)
        })
    }

    /// A challenge for a passkey.
    pub fn challenge(&self, chance: &str, now: Timestamp) -> String {
        let chance = chance.get(..32).unwrap_or(chance);
        self.timed("anteroom challenge 1", &[chance], CHALLENGE, now)
            .map_or_else(String::new, |token| format!("{chance}.{token}"))
    }

    /// Is this a challenge of ours, and still good?
    pub(crate) fn opens_challenge(&self, challenge: &str, now: Timestamp) -> bool {
        challenge
            .split_once('.')
            .is_some_and(|(chance, rest)| self.good("anteroom challenge 1", &[chance], rest, now))
    }

    /// The token by which a browser is known again in which this member of staff was signed in once. It opens nothing: wrong
    /// codes from it are counted apart from those of strangers, so that a stranger's guesses shut nobody out.
    pub fn known(&self, staff: StaffId, chance: &str) -> String {
        let chance = chance.get(..16).unwrap_or(chance);
        let tag = self.stamp("anteroom known browser 1", &[&staff.to_string(), chance]);
        format!("{chance}.{}", hex::encode(&tag[..16]))
    }

    /// Is it a browser in which this member of staff was signed in?
    pub fn knows(&self, staff: StaffId, token: &str) -> bool {
        token.split_once('.').is_some_and(|(chance, _)| {
            bool::from(self.known(staff, chance).as_bytes().ct_eq(token.as_bytes()))
        })
    }

    fn timed(&self, purpose: &str, parts: &[&str], lasts: i64, now: Timestamp) -> Option<String> {
        let until = format!("{:x}", now.as_second().checked_add(lasts)?);
        let tag = self.stamp(purpose, &[parts, &[&until]].concat());
        Some(format!("{until}.{}", hex::encode(&tag[..16])))
    }

    fn good(&self, purpose: &str, parts: &[&str], rest: &str, now: Timestamp) -> bool {
        let Some((until, tag)) = rest.split_once('.') else { return false };
        let want = self.stamp(purpose, &[parts, &[until]].concat());
        let genuine = hex::decode(tag).is_ok_and(|tag| bool::from(tag.ct_eq(&want[..16])));
        genuine && i64::from_str_radix(until, 16).is_ok_and(|until| now.as_second() < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::actor::PasswordHash;

    fn staff(now: Timestamp) -> Staff {
        Staff {
            id: StaffId::new(now, &[3; 10]),
            version: 1,
            sign_in: "ana".into(),
            name: "Ana".into(),
            roles: vec![],
            office: None,
            langs: vec![],
            password: PasswordHash("hash".into()),
            active: true,
            rights: std::collections::BTreeSet::new(),
            roster: None,
            planned_before: None,
            takes: domain::actor::Takes::default(),
            first_password: None,
        }
    }

    #[test]
    fn a_seal_opens_whole_and_about_the_same_only() {
        let links = Links::new([1; 32]);
        let sealed = links.seal([9; 12], "app of ana", b"secret").unwrap();
        assert_eq!(links.unseal("app of ana", &sealed).unwrap(), b"secret");
        assert_eq!(links.unseal("app of bo", &sealed), None);
        assert_eq!(Links::new([2; 32]).unseal("app of ana", &sealed), None);
        for place in 0..sealed.len() {
            let mut bad = sealed.clone().into_bytes();
            bad[place] = if bad[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(links.unseal("app of ana", &String::from_utf8(bad).unwrap()), None, "place {place}");
        }
        assert_eq!(links.unseal("app of ana", "junk"), None);
    }

    #[test]
    fn tokens_are_good_for_what_they_were_made_for_while_they_last() {
        let (links, now) = (Links::new([1; 32]), "2026-11-23T12:00:00Z".parse().unwrap());
        let after = |seconds| now + jiff::SignedDuration::from_secs(seconds);
        let ana = staff(now);
        let half = links.half(&ana, now);
        assert_eq!(Links::half_of(&half), Some(ana.id));
        assert!(links.opens_half(&ana, &half, now) && !links.opens_half(&ana, &half, after(HALF)));
        let other = Staff { password: PasswordHash("new".into()), ..ana.clone() };
        assert!(!links.opens_half(&other, &half, now) && !Links::new([2; 32]).opens_half(&ana, &half, now));
        let challenge = links.challenge(&"a".repeat(64), now);
        assert!(
            links.opens_challenge(&challenge, now) && !links.opens_challenge(&challenge, after(CHALLENGE))
        );
        assert!(!links.opens_challenge(half.as_str(), now) && !links.opens_half(&ana, &challenge, now));
        let known = links.known(ana.id, &"b".repeat(64));
        assert!(links.knows(ana.id, &known) && !links.knows(StaffId::new(now, &[4; 10]), &known));
        for junk in ["", ".", "..", "a.b.c", "a.b", &known[..known.len() - 1]] {
            assert!(!links.knows(ana.id, junk) && !links.opens_half(&ana, junk, now));
            assert!(!links.opens_challenge(junk, now) && Links::half_of(junk).is_none());
        }
    }
}
