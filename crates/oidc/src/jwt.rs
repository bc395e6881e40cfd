//! Signed tokens (RFC 7515, 7519): read with the provider's keys, and made with ours. Signatures by `ring`.

use crate::error::TokenFault;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jiff::Timestamp;
use ring::{
    rand::SystemRandom,
    signature::{
        self, ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ED25519, EcdsaKeyPair,
        Ed25519KeyPair, RsaKeyPair, RsaPublicKeyComponents, UnparsedPublicKey,
    },
};
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};
use serde::Deserialize;
use serde_json::{Map, Value};

/// What a token says.
pub type Claims = Map<String, Value>;

/// By how many seconds the provider's clock may be before or behind ours.
const LEEWAY: i64 = 60;

/// Longer tokens are not read.
const LONGEST: usize = 32 * 1024;

/// The algorithms that are taken. `none` and those with a shared secret are not among them: with them, whoever knows our
/// public key or our secret could write tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
enum Algorithm {
    #[serde(rename = "RS256")]
    Rsa,
    #[serde(rename = "PS256")]
    RsaPss,
    #[serde(rename = "ES256")]
    Curve,
    #[serde(rename = "EdDSA")]
    Edwards,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// What must be understood and is not, by us.
    #[serde(default)]
    crit: Option<Value>,
}

/// The provider's public keys (RFC 7517). Those of kinds that we do not know are left out.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Keys {
    #[serde(default)]
    keys: Vec<Value>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: String,
    n: String,
    e: String,
    x: String,
    y: String,
}

impl Key {
    fn verify(&self, algorithm: Algorithm, text: &[u8], signed: &[u8]) -> Option<bool> {
        let bytes = |text: &str| BASE64.decode(text.trim_end_matches('=')).ok();
        let kind = (self.kty.as_str(), self.crv.as_str());
        Some(match (algorithm, kind) {
            (Algorithm::Rsa | Algorithm::RsaPss, ("RSA", _)) => {
                let key = RsaPublicKeyComponents { n: bytes(&self.n)?, e: bytes(&self.e)? };
                let how = if algorithm == Algorithm::Rsa {
                    &signature::RSA_PKCS1_2048_8192_SHA256
                } else {
                    &signature::RSA_PSS_2048_8192_SHA256
                };
                key.verify(how, text, signed).is_ok()
            }
            (Algorithm::Curve, ("EC", "P-256")) => {
                let point = [vec![4], bytes(&self.x)?, bytes(&self.y)?].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(text, signed).is_ok()
            }
            (Algorithm::Edwards, ("OKP", "Ed25519")) => {
                UnparsedPublicKey::new(&ED25519, bytes(&self.x)?).verify(text, signed).is_ok()
            }
            _ => return None,
        })
    }
}

impl Keys {
    /// What a token says, if one of these keys has signed it.
    ///
    /// # Errors
    /// What is wrong. [`TokenFault::Key`] may mean that the provider has other keys meanwhile.
    pub fn open(&self, token: &str) -> Result<Claims, TokenFault> {
        if token.len() > LONGEST {
            return Err(TokenFault::Unreadable);
        }
        let (text, signed) = token.rsplit_once('.').ok_or(TokenFault::Unreadable)?;
        let (header, claims) = text.split_once('.').ok_or(TokenFault::Unreadable)?;
        let header: Header = part(header)?;
        let algorithm = Algorithm::deserialize(Value::from(header.alg)).map_err(|_| TokenFault::Algorithm)?;
        if header.crit.is_some() {
            return Err(TokenFault::Algorithm);
        }
        let signed = BASE64.decode(signed).map_err(|_| TokenFault::Unreadable)?;
        let keys = self.keys.iter().filter_map(|key| Key::deserialize(key).ok());
        let keys = keys.filter(|key| key.usage.as_deref().is_none_or(|usage| usage == "sig"));
        let mut known = false;
        for key in keys.filter(|key| header.kid.is_none() || key.kid == header.kid) {
            match key.verify(algorithm, text.as_bytes(), &signed) {
                Some(true) => return part(claims),
                Some(false) => known = true,
                None => {}
            }
        }
        Err(if known { TokenFault::Signature } else { TokenFault::Key })
    }
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, TokenFault> {
    let bytes = BASE64.decode(text).map_err(|_| TokenFault::Unreadable)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenFault::Unreadable)
}

/// Is it from this provider, for us, and good now? `exp` must be there.
///
/// # Errors
/// What is wrong.
pub fn holds(claims: &Claims, issuer: &str, client: &str, now: Timestamp) -> Result<(), TokenFault> {
    if text(claims, "iss") != Some(issuer) {
        return Err(TokenFault::Issuer);
    }
    let ours = |value: &Value| value.as_str() == Some(client);
    let (for_us, several) = match claims.get("aud") {
        Some(Value::Array(all)) => (all.iter().any(ours), all.len() > 1),
        Some(one) => (ours(one), false),
        None => (false, false),
    };
    let party = text(claims, "azp");
    if !for_us || (several && party.is_none()) || party.is_some_and(|party| party != client) {
        return Err(TokenFault::Audience);
    }
    let now = now.as_second();
    let over = seconds(claims, "exp").is_none_or(|end| now >= end.saturating_add(LEEWAY));
    let early = ["iat", "nbf"].iter().filter_map(|name| seconds(claims, name)).any(|at| at > now + LEEWAY);
    if over || early { Err(TokenFault::Time) } else { Ok(()) }
}

/// A claim that is a text.
pub fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}

/// A claim that is a time, in whole seconds.
pub fn seconds(claims: &Claims, name: &str) -> Option<i64> {
    let value = claims.get(name)?;
    #[expect(clippy::cast_possible_truncation, reason = "RFC 7519 allows fractions; a second is enough")]
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

/// Our own key, with which we prove who we are to the provider.
pub struct SigningKey {
    kid: Option<String>,
    pair: Pair,
}

enum Pair {
    Rsa(Box<RsaKeyPair>),
    Curve(Box<EcdsaKeyPair>),
    Edwards(Box<Ed25519KeyPair>),
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", self.algorithm())
    }
}

impl SigningKey {
    /// Reads a private key in PEM: RSA of at least 2048 bits, P-256 or Ed25519.
    pub fn from_pem(pem: &[u8], kid: Option<String>) -> Option<Self> {
        let der = PrivateKeyDer::from_pem_slice(pem).ok()?;
        let chance = SystemRandom::new();
        let pair = match &der {
            PrivateKeyDer::Pkcs1(der) => {
                Pair::Rsa(Box::new(RsaKeyPair::from_der(der.secret_pkcs1_der()).ok()?))
            }
            PrivateKeyDer::Pkcs8(der) => {
                let der = der.secret_pkcs8_der();
                let rsa = RsaKeyPair::from_pkcs8(der).ok().map(|pair| Pair::Rsa(Box::new(pair)));
                let curve = || {
                    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, &chance);
                    pair.ok().map(|pair| Pair::Curve(Box::new(pair)))
                };
                let edwards = || {
                    let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der);
                    pair.ok().map(|pair| Pair::Edwards(Box::new(pair)))
                };
                rsa.or_else(curve).or_else(edwards)?
            }
            _ => return None,
        };
        Some(Self { kid, pair })
    }

    const fn algorithm(&self) -> &'static str {
        match self.pair {
            Pair::Rsa(_) => "RS256",
            Pair::Curve(_) => "ES256",
            Pair::Edwards(_) => "EdDSA",
        }
    }

    /// A token that says this.
    pub fn sign(&self, claims: &Claims) -> Option<String> {
        let mut header = serde_json::json!({ "alg": self.algorithm(), "typ": "JWT" });
        if let Some(kid) = &self.kid {
            header["kid"] = kid.as_str().into();
        }
        let claims = Value::Object(claims.clone());
        let text = [&header, &claims].map(|part| BASE64.encode(part.to_string())).join(".");
        let chance = SystemRandom::new();
        let signed = match &self.pair {
            Pair::Rsa(pair) => {
                let mut signed = vec![0; pair.public().modulus_len()];
                pair.sign(&signature::RSA_PKCS1_SHA256, &chance, text.as_bytes(), &mut signed).ok()?;
                signed
            }
            Pair::Curve(pair) => pair.sign(&chance, text.as_bytes()).ok()?.as_ref().to_vec(),
            Pair::Edwards(pair) => pair.sign(text.as_bytes()).as_ref().to_vec(),
        };
        Some(format!("{text}.{}", BASE64.encode(signed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::KeyPair;

    const ISSUER: &str = "https://id.agency.example";

    fn now() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    fn claims() -> Claims {
        let at = now().as_second();
        let claims = serde_json::json!({
            "iss": ISSUER, "aud": "anteroom", "sub": "7", "iat": at - 5, "exp": at + 60
        });
        claims.as_object().unwrap().clone()
    }

    fn key(algorithm: &'static rcgen::SignatureAlgorithm, kid: &str) -> (SigningKey, Value) {
        let made = rcgen::KeyPair::generate_for(algorithm).unwrap();
        let ours = SigningKey::from_pem(made.serialize_pem().as_bytes(), Some(kid.into())).unwrap();
        let public = match &ours.pair {
            Pair::Curve(pair) => {
                let point = pair.public_key().as_ref();
                let [x, y] = [&point[1..33], &point[33..]].map(|part| BASE64.encode(part));
                serde_json::json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "use": "sig" })
            }
            Pair::Edwards(pair) => {
                let x = BASE64.encode(pair.public_key().as_ref());
                serde_json::json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": kid })
            }
            Pair::Rsa(_) => panic!("not made here"),
        };
        (ours, public)
    }

    #[test]
    fn a_token_opens_with_the_key_that_signed_it_and_no_other() {
        for algorithm in [&rcgen::PKCS_ECDSA_P256_SHA256, &rcgen::PKCS_ED25519] {
            let (ours, public) = key(algorithm, "a");
            let (_, other) = key(algorithm, "a");
            let token = ours.sign(&claims()).unwrap();
            let keys = |keys: Vec<Value>| Keys { keys };
            assert_eq!(
                keys(vec![serde_json::json!({ "kty": "new" }), public.clone()]).open(&token),
                Ok(claims())
            );
            assert_eq!(keys(vec![other]).open(&token), Err(TokenFault::Signature));
            assert_eq!(keys(vec![]).open(&token), Err(TokenFault::Key));
            let mut renamed = public.clone();
            renamed["kid"] = "b".into();
            assert_eq!(keys(vec![renamed]).open(&token), Err(TokenFault::Key));
            let mut sealing = public.clone();
            sealing["use"] = "enc".into();
            assert_eq!(keys(vec![sealing]).open(&token), Err(TokenFault::Key));
            for place in 0..token.len() {
                let mut bad = token.clone().into_bytes();
                bad[place] = if bad[place] == b'A' { b'B' } else { b'A' };
                let bad = String::from_utf8(bad).unwrap();
                // The last letter of a signature may have bits that stand for nothing; every other change is found.
                let opened = keys(vec![public.clone()]).open(&bad);
                assert!(opened.is_err() || place == token.len() - 1, "place {place}");
            }
        }
    }

    #[test]
    fn tokens_without_a_signature_or_with_a_shared_secret_are_not_taken() {
        let (ours, public) = key(&rcgen::PKCS_ECDSA_P256_SHA256, "a");
        let token = ours.sign(&claims()).unwrap();
        let [_, said, signed] = token.split('.').collect::<Vec<_>>()[..] else { panic!() };
        let keys = Keys { keys: vec![public] };
        for alg in ["none", "NONE", "HS256", "RS1", "ES384"] {
            let header = BASE64.encode(format!(r#"{{"alg":"{alg}"}}"#));
            assert_eq!(keys.open(&format!("{header}.{said}.{signed}")), Err(TokenFault::Algorithm), "{alg}");
        }
        let header = BASE64.encode(r#"{"alg":"ES256","crit":["exp"]}"#);
        assert_eq!(keys.open(&format!("{header}.{said}.{signed}")), Err(TokenFault::Algorithm));
        for junk in ["", ".", "..", "a.b.c", "a.b"] {
            assert_eq!(keys.open(junk), Err(TokenFault::Unreadable), "{junk}");
        }
    }

    #[test]
    fn a_token_holds_for_us_from_them_at_its_time() {
        let check = |change: &dyn Fn(&mut Claims)| {
            let mut claims = claims();
            change(&mut claims);
            holds(&claims, ISSUER, "anteroom", now())
        };
        let at = now().as_second();
        assert_eq!(check(&|_| ()), Ok(()));
        let set = |name: &'static str, value: Value| {
            move |claims: &mut Claims| drop(claims.insert(name.into(), value.clone()))
        };
        let mut list = vec![
            (set("iss", "https://evil.example".into()), TokenFault::Issuer),
            (set("iss", format!("{ISSUER}/").into()), TokenFault::Issuer),
            (set("aud", "other".into()), TokenFault::Audience),
            (set("aud", serde_json::json!(["other"])), TokenFault::Audience),
            (set("aud", serde_json::json!(["other", "anteroom"])), TokenFault::Audience),
            (set("azp", "other".into()), TokenFault::Audience),
            (set("exp", (at - LEEWAY).into()), TokenFault::Time),
            (set("exp", "soon".into()), TokenFault::Time),
            (set("iat", (at + LEEWAY + 1).into()), TokenFault::Time),
            (set("nbf", (at + LEEWAY + 1).into()), TokenFault::Time),
        ];
        for (change, want) in list.drain(..) {
            assert_eq!(check(&change), Err(want));
        }
        assert_eq!(check(&set("exp", (at - LEEWAY + 1).into())), Ok(()));
        assert_eq!(check(&set("aud", serde_json::json!(["anteroom"]))), Ok(()));
        assert_eq!(check(&|claims| drop(claims.remove("exp"))), Err(TokenFault::Time));
        assert_eq!(check(&|claims| drop(claims.remove("aud"))), Err(TokenFault::Audience));
    }
}
