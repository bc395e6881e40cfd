//! Passkeys: what a browser says is checked as `WebAuthn` (Level 3, 7.1 and 7.2) asks, with the cryptography that is here anyway.
//!
//! We ask for no attestation: which maker's device it is decides nothing here. What is left to check is one file (decision 0018).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// For whom a passkey is: where the pages are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relying {
    /// The pages' origin, as a browser writes it.
    pub origin: String,
    /// Its host name.
    pub id: String,
}

/// What a browser says when a passkey has been made. Everything is base64url.
#[derive(Debug, Clone)]
pub struct Registration {
    /// Where we are.
    pub relying: Relying,
    /// `clientDataJSON`.
    pub client: String,
    /// The authenticator's data.
    pub data: String,
    /// The public key, as `SubjectPublicKeyInfo`.
    pub key: String,
}

/// What a browser says when a passkey is used. Everything is base64url.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// Where we are.
    pub relying: Relying,
    /// Which passkey.
    pub id: String,
    /// `clientDataJSON`.
    pub client: String,
    /// The authenticator's data.
    pub data: String,
    /// Its signature.
    pub signature: String,
}

/// What the browser itself says of the ceremony.
#[derive(Deserialize)]
struct Client {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    crossed: bool,
}

/// Somebody touched the authenticator.
const PRESENT: u8 = 0x01;
/// It knows that it was its owner: by a fingerprint, a face, a PIN.
const VERIFIED: u8 = 0x04;
/// A new passkey's data follow.
const ATTESTED: u8 = 0x40;

/// What of an authenticator's data is read.
struct Data<'a> {
    count: u32,
    flags: u8,
    rest: &'a [u8],
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

fn client(text: &str) -> Option<(Client, Vec<u8>)> {
    let bytes = bytes(text)?;
    Some((serde_json::from_slice(&bytes).ok()?, bytes))
}

fn challenge_in(text: &str) -> Option<String> {
    String::from_utf8(bytes(&client(text)?.0.challenge)?).ok()
}

impl Client {
    /// Was it made for us, on our own page?
    fn is_ours(&self, kind: &str, relying: &Relying) -> bool {
        self.kind == kind && self.origin == relying.origin && !self.crossed
    }
}

/// Reads an authenticator's data, if they are for us and their owner was there.
fn data<'a>(bytes: &'a [u8], relying: &Relying) -> Option<Data<'a>> {
    let (hash, rest) = bytes.split_first_chunk::<32>()?;
    let (flags, rest) = rest.split_first()?;
    let (count, rest) = rest.split_first_chunk::<4>()?;
    let ours = *hash == <[u8; 32]>::from(Sha256::digest(relying.id.as_bytes()));
    let there = flags & (PRESENT | VERIFIED) == PRESENT | VERIFIED;
    (ours && there).then_some(Data { count: u32::from_be_bytes(*count), flags: *flags, rest })
}

impl Registration {
    /// The challenge that it answers, not yet proved to be one of ours.
    pub(crate) fn challenge(&self) -> Option<String> {
        challenge_in(&self.client)
    }

    /// What is kept of the new passkey: its name with the authenticator, its key, its count.
    pub(crate) fn verify(&self) -> Option<(String, String, u32)> {
        let (client, _) = client(&self.client)?;
        let raw = bytes(&self.data)?;
        let data = data(&raw, &self.relying)?;
        if !client.is_ours("webauthn.create", &self.relying) || data.flags & ATTESTED == 0 {
            return None;
        }
        // Behind the model's number stands the length of the identifier.
        let (_, rest) = data.rest.split_first_chunk::<16>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let id = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
        let key = bytes(&self.key)?;
        public(&key)?;
        let good = (1..=1023).contains(&id.len());
        good.then(|| (URL_SAFE_NO_PAD.encode(id), URL_SAFE_NO_PAD.encode(&key), data.count))
    }
}

impl Assertion {
    /// The challenge that it answers, not yet proved to be one of ours.
    pub fn challenge(&self) -> Option<String> {
        challenge_in(&self.client)
    }

    /// The count of the authenticator, if the passkey with this key has signed it for us.
    pub(crate) fn verify(&self, key: &str) -> Option<u32> {
        let (client, said) = client(&self.client)?;
        let raw = bytes(&self.data)?;
        let data = data(&raw, &self.relying)?;
        if !client.is_ours("webauthn.get", &self.relying) {
            return None;
        }
        let key = bytes(key)?;
        let (algorithm, point) = public(&key)?;
        let signed = [&raw[..], &Sha256::digest(&said)].concat();
        UnparsedPublicKey::new(algorithm, point).verify(&signed, &bytes(&self.signature)?).ok()?;
        Some(data.count)
    }
}

/// The algorithm of a public key and what `ring` takes of it. A `SubjectPublicKeyInfo` is a sequence of the algorithm's
/// identifier and a string of bits.
pub(super) fn public(der: &[u8]) -> Option<(&'static dyn VerificationAlgorithm, &[u8])> {
    const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    const EDWARDS: &[u8] = &[0x2b, 0x65, 0x70];
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let (all, nothing) = element(der, 0x30)?;
    let (algorithm, rest) = element(all, 0x30)?;
    let (bits, end) = element(rest, 0x03)?;
    let (oid, parameters) = element(algorithm, 0x06)?;
    let (unused, key) = bits.split_first()?;
    if *unused != 0 || !nothing.is_empty() || !end.is_empty() {
        return None;
    }
    match oid {
        EC if element(parameters, 0x06)?.0 == P256 && key.len() == 65 => Some((&ECDSA_P256_SHA256_ASN1, key)),
        EDWARDS if key.len() == 32 => Some((&ED25519, key)),
        RSA => Some((&RSA_PKCS1_2048_8192_SHA256, key)),
        _ => None,
    }
}

/// The content of a DER element with this tag, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ ..0x80 => (usize::from(short), rest),
        long => {
            let (digits, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            let fits = (1..=2).contains(&digits.len());
            let length = digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit));
            (fits.then_some(length)?, rest)
        }
    };
    (*found == tag).then_some(())?;
    rest.split_at_checked(length)
}
