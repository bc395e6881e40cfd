//! Signed messages between servers, in the form of the Standard Webhooks (<https://www.standardwebhooks.com>, version 1): an
//! identifier, a time and an HMAC-SHA-256 of both and of the body.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::pii::Pii;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// How old a message may be, and how far ahead of us the other clock.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// The least length of a secret, in bytes.
const SHORTEST: usize = 24;

/// Why a secret is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret is `whsec_` and at least 24 bytes in base64")]
pub struct SecretFault;

/// Why a message is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HookFault {
    /// A header is missing or makes no sense.
    #[error("webhook-id, webhook-timestamp or webhook-signature is missing or makes no sense")]
    Headers,
    /// It is too old, or from the future.
    #[error("webhook-timestamp is more than five minutes from now")]
    Time,
    /// It was not signed with our secret, or changed on the way.
    #[error("webhook-signature does not fit")]
    Signature,
}

/// A secret that two servers share.
#[derive(Clone)]
pub struct HookSecret(Pii<Vec<u8>>);

impl std::fmt::Debug for HookSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HookSecret(…)")
    }
}

impl std::str::FromStr for HookSecret {
    type Err = SecretFault;

    fn from_str(text: &str) -> Result<Self, SecretFault> {
        let bytes = STANDARD.decode(text.trim().strip_prefix("whsec_").ok_or(SecretFault)?);
        bytes
            .ok()
            .filter(|bytes| bytes.len() >= SHORTEST)
            .map(|bytes| Self(Pii::new(bytes)))
            .ok_or(SecretFault)
    }
}

impl HookSecret {
    fn mac(&self, id: &str, at: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.reveal()).ok()?;
        mac.update(format!("{id}.{at}.").as_bytes());
        mac.update(body);
        Some(mac)
    }

    /// The value of `webhook-signature`.
    pub fn sign(&self, id: &str, at: Timestamp, body: &[u8]) -> String {
        let mac = self.mac(id, at.as_second(), body).map(|mac| STANDARD.encode(mac.finalize().into_bytes()));
        format!("v1,{}", mac.unwrap_or_default())
    }

    /// Was this signed with the secret, lately? `header` gives a header's value by its name.
    ///
    /// # Errors
    /// Why it is not believed.
    pub fn check<'a>(
        &self,
        header: impl Fn(&str) -> Option<&'a str>,
        body: &[u8],
        now: Timestamp,
    ) -> Result<&'a str, HookFault> {
        let id = header("webhook-id").filter(|id| (1..=100).contains(&id.len())).ok_or(HookFault::Headers)?;
        let at: i64 = header("webhook-timestamp").and_then(|at| at.parse().ok()).ok_or(HookFault::Headers)?;
        let signed = header("webhook-signature").ok_or(HookFault::Headers)?;
        // A server that changes its secret signs with the old and the new one for a while.
        let fits = signed.split(' ').filter_map(|one| one.strip_prefix("v1,")).any(|one| {
            let code = STANDARD.decode(one).unwrap_or_default();
            self.mac(id, at, body).is_some_and(|mac| mac.verify_slice(&code).is_ok())
        });
        if !fits {
            return Err(HookFault::Signature);
        }
        let at = Timestamp::from_second(at).map_err(|_| HookFault::Headers)?;
        if now.duration_since(at).abs() > WINDOW {
            return Err(HookFault::Time);
        }
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(
        secret: &HookSecret,
        [id, at, signed]: [&str; 3],
        body: &str,
        now: i64,
    ) -> Result<String, HookFault> {
        let header = |name: &str| match name {
            "webhook-id" => Some(id),
            "webhook-timestamp" => Some(at),
            "webhook-signature" => Some(signed),
            _ => None,
        };
        secret.check(header, body.as_bytes(), Timestamp::from_second(now).unwrap()).map(str::to_owned)
    }

    /// The example of the specification's own libraries.
    #[test]
    fn signs_as_others_do() {
        let secret: HookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let at = Timestamp::from_second(1_614_265_330).unwrap();
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let signed = secret.sign(id, at, br#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn believes_what_is_signed_and_fresh_and_nothing_else() {
        let secret: HookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let other: HookSecret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".parse().unwrap();
        let now = 1_800_000_000;
        let signed = secret.sign("m1", Timestamp::from_second(now).unwrap(), b"{}");
        let at = now.to_string();
        assert_eq!(check(&secret, ["m1", &at, &signed], "{}", now), Ok("m1".to_owned()));
        assert_eq!(check(&secret, ["m1", &at, &format!("v1,AAAA {signed}")], "{}", now + 300).unwrap(), "m1");
        for late in [now + 301, now - 301] {
            assert_eq!(check(&secret, ["m1", &at, &signed], "{}", late), Err(HookFault::Time));
        }
        assert_eq!(check(&other, ["m1", &at, &signed], "{}", now), Err(HookFault::Signature));
        assert_eq!(check(&secret, ["m2", &at, &signed], "{}", now), Err(HookFault::Signature));
        assert_eq!(check(&secret, ["m1", "1", &signed], "{}", 1), Err(HookFault::Signature));
        assert_eq!(check(&secret, ["m1", &at, "v1,"], "{}", now), Err(HookFault::Signature));
        assert_eq!(check(&secret, ["", &at, &signed], "{}", now), Err(HookFault::Headers));
        assert_eq!(check(&secret, ["m1", "soon", &signed], "{}", now), Err(HookFault::Headers));
    }

    #[test]
    fn a_short_secret_is_none() {
        assert_eq!("whsec_AAAA".parse::<HookSecret>().unwrap_err(), SecretFault);
        assert_eq!("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse::<HookSecret>().unwrap_err(), SecretFault);
        let secret: HookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        assert_eq!(format!("{secret:?}"), "HookSecret(…)");
    }

    proptest! {
        #[test]
        fn no_changed_body_passes(body in ".{1,60}", at in 0_usize..60, by in 1_u8..=255) {
            let secret: HookSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            let signed = secret.sign("m1", now, body.as_bytes());
            let mut changed = body.clone().into_bytes();
            let at = at % changed.len();
            changed[at] ^= by;
            let header = |name: &str| match name {
                "webhook-id" => Some("m1"),
                "webhook-timestamp" => Some("1800000000"),
                _ => Some(signed.as_str()),
            };
            prop_assert_eq!(secret.check(header, body.as_bytes(), now), Ok("m1"));
            prop_assert_eq!(secret.check(header, &changed, now), Err(HookFault::Signature));
        }
    }
}
