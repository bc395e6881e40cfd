//! Passkeys made and used by an authenticator of our own, right and wrong in each way.

use super::{passkey::public, *};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, UnparsedPublicKey},
};
use sha2::{Digest, Sha256};

const CHALLENGE: &str = "a-challenge";

/// What the tests change in what an authenticator says.
#[derive(Clone)]
struct Said {
    kind: &'static str,
    challenge: &'static str,
    origin: &'static str,
    rp: &'static str,
    flags: u8,
    crossed: bool,
}

const MADE: Said = Said {
    kind: "webauthn.create",
    challenge: CHALLENGE,
    origin: "https://help.agency.example",
    rp: "help.agency.example",
    flags: 0x45,
    crossed: false,
};

const USED: Said = Said { kind: "webauthn.get", flags: 0x05, ..MADE };

impl Said {
    fn client(&self) -> Vec<u8> {
        let challenge = BASE64.encode(self.challenge);
        serde_json::json!({ "type": self.kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.crossed })
            .to_string()
            .into_bytes()
    }

    fn data(&self, count: u32) -> Vec<u8> {
        let mut data = Sha256::digest(self.rp).to_vec();
        data.push(self.flags);
        data.extend(count.to_be_bytes());
        if self.flags & 0x40 != 0 {
            data.extend([0; 16]);
            data.extend([0, 4]);
            data.extend(b"key!");
            // The key in COSE form follows; the browser gives it in another form as well, which is the one that is read.
            data.extend([0xa5; 77]);
        }
        data
    }

    fn made(&self, key: &[u8]) -> Option<(String, String, u32)> {
        let (client, data) = (BASE64.encode(self.client()), BASE64.encode(self.data(0)));
        Registration { relying: relying(), client, data, key: BASE64.encode(key) }.verify()
    }

    fn used(&self, key: &Key, count: u32) -> Assertion {
        let (client, data) = (self.client(), self.data(count));
        let signature = key.sign(&[&data[..], &Sha256::digest(&client)].concat());
        let [client, data, signature] = [client, data, signature].map(|part| BASE64.encode(part));
        Assertion { relying: relying(), id: BASE64.encode("key!"), client, data, signature }
    }
}

fn relying() -> Relying {
    Relying { origin: "https://help.agency.example".into(), id: "help.agency.example".into() }
}

enum Key {
    Curve(EcdsaKeyPair),
    Edwards(Ed25519KeyPair),
}

impl Key {
    fn curve() -> Self {
        let (chance, kind) = (SystemRandom::new(), &ECDSA_P256_SHA256_ASN1_SIGNING);
        let pair = EcdsaKeyPair::generate_pkcs8(kind, &chance).unwrap();
        Self::Curve(EcdsaKeyPair::from_pkcs8(kind, pair.as_ref(), &chance).unwrap())
    }

    fn edwards() -> Self {
        let pair = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Self::Edwards(Ed25519KeyPair::from_pkcs8(pair.as_ref()).unwrap())
    }

    fn public(&self) -> Vec<u8> {
        let (head, point) = match self {
            Self::Curve(pair) => {
                ("3059301306072a8648ce3d020106082a8648ce3d030107034200", pair.public_key().as_ref())
            }
            Self::Edwards(pair) => ("302a300506032b6570032100", pair.public_key().as_ref()),
        };
        [hex::decode(head).unwrap(), point.to_vec()].concat()
    }

    fn sign(&self, text: &[u8]) -> Vec<u8> {
        match self {
            Self::Curve(pair) => pair.sign(&SystemRandom::new(), text).unwrap().as_ref().to_vec(),
            Self::Edwards(pair) => pair.sign(text).as_ref().to_vec(),
        }
    }
}

#[test]
fn a_passkey_is_made_and_used_for_us_by_its_owner_only() {
    for key in [Key::curve(), Key::edwards()] {
        let (id, kept, count) = MADE.made(&key.public()).unwrap();
        assert_eq!((id, count), (BASE64.encode("key!"), 0));
        assert_eq!(USED.used(&key, 7).verify(&kept), Some(7));
        assert_eq!(USED.used(&key, 7).challenge().as_deref(), Some(CHALLENGE));
        for (what, wrong) in [
            ("another page", Said { origin: "https://evil.example", ..USED }),
            ("another site", Said { rp: "evil.example", ..USED }),
            ("a frame of another page", Said { crossed: true, ..USED }),
            ("nobody there", Said { flags: 0x04, ..USED }),
            ("no finger, face or PIN", Said { flags: 0x01, ..USED }),
            ("making one", Said { kind: "webauthn.create", ..USED }),
        ] {
            assert_eq!(wrong.used(&key, 7).verify(&kept), None, "{what}");
        }
        for (what, wrong) in [
            ("another page", Said { origin: "https://evil.example", ..MADE }),
            ("another site", Said { rp: "evil.example", ..MADE }),
            ("no finger, face or PIN", Said { flags: 0x41, ..MADE }),
            ("no key in it", Said { flags: 0x05, ..MADE }),
            ("using one", Said { kind: "webauthn.get", ..MADE }),
        ] {
            assert_eq!(wrong.made(&key.public()), None, "{what}");
        }
        let said = USED.used(&key, 7);
        let other = USED.used(&key, 8);
        assert_eq!(
            Assertion { data: other.data.clone(), ..said.clone() }.verify(&kept),
            None,
            "another count"
        );
        assert_eq!(Assertion { signature: other.signature, ..said.clone() }.verify(&kept), None);
        assert_eq!(said.verify(&BASE64.encode(Key::curve().public())), None, "another key");
        for junk in ["", "!", "AAAA"] {
            assert_eq!(said.verify(junk), None);
            assert_eq!(Assertion { client: junk.into(), ..said.clone() }.verify(&kept), None);
            assert_eq!(Assertion { data: junk.into(), ..said.clone() }.verify(&kept), None);
        }
    }
}

/// A key and a signature of the word `signed` that another program made: some computers keep no other kind of key.
#[test]
fn keys_of_rsa_are_read() {
    let key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAxp4XCxa1XkiCi15cIg4jHo2Kn7JYQkVNAKT_eXNVTu4dQTgqHpZU\
        PWf9_ZYliK4OyiwSDQpfrQXED_WjrowPYaKZngLzTKf-wykdaqKcn1bSOynx-MI_-XrXRinWyDRWioOKRr-G5guhhIg1E3gx\
        hV1hZzVJjrjIShSpls_uDq1V0zwCLt63DpU79imrwfx_rI3yyen1BlsuPwC4zS6QsrLg51XsDwBuPAEFMRJ_RhIA8TBEqU_h\
        riQjlejXQ7dgsOQNmhikp0tPN2H-lT1dYbn7KNRE82i9vgVEwDFBuBYot6n1vpcQSgYMR7bYHAe_NMeaXvLLlCXioakuYcH_\
        TwIDAQAB";
    let signature = "o_DVVvgyjh-cbv2RRmWAZjCJra_VkrJKSfXkc2Ko63Z9bmYeSwDJO66FRu0pT0Qnzz8YFOzaz6luJq88gks3Eeff4gd3OBEb\
        KPoeat7mqKrSmj4abKNJs5FyWvWqqg9_RB8tZjkAdwDLMX8tAZiiK6eVBb7hPOjiz6XRW11Mdht8Z2K0-_qlHp9NGLOyuftz\
        crMoGY2UAJjc7tI7JI4vPC3o60gP1-fTZZZQDDqBwJ7FTgIN841jHQ9EAtaV0xwyvRgXUPNm0jkVo_T9zIrGAKT-uTVOkO5N\
        qCPaJ3HIWXpsNqKPuFFv5sHiTLrIJaJ9a-mhn9C6SIbwOMyVsE5CkQ";
    let (key, signature) = (BASE64.decode(key).unwrap(), BASE64.decode(signature).unwrap());
    let (algorithm, point) = public(&key).unwrap();
    UnparsedPublicKey::new(algorithm, point).verify(b"signed", &signature).unwrap();
    UnparsedPublicKey::new(algorithm, point).verify(b"Signed", &signature).unwrap_err();
    for length in 0..key.len() {
        assert!(public(&key[..length]).is_none(), "cut to {length} bytes");
    }
}
