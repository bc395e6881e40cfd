//! The cryptography of a browser's leg: SRTP and STUN by ring, DTLS by dimpl, a certificate by rcgen.

use aes::{
    Aes128, Aes256, Block,
    cipher::{BlockEncrypt as _, KeyInit as _},
};
use ring::{
    aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey},
    digest, hmac,
};
use std::{fmt, sync::Arc, time::Instant};
use str0m::crypto::{
    AeadAes128GcmCipher, AeadAes256GcmCipher, Aes128CmSha1_80Cipher, CryptoError, CryptoProvider,
    Sha1HmacProvider, Sha256Provider, SrtpProvider, SupportedAeadAes128Gcm, SupportedAeadAes256Gcm,
    SupportedAes128CmSha1_80,
    dtls::{DtlsCert, DtlsImplError, DtlsInstance, DtlsOutput, DtlsProvider, DtlsVersion, ProtocolVersion},
};

/// The tag of AES-GCM.
const TAG: usize = 16;

/// All that str0m asks for.
pub fn provider() -> CryptoProvider {
    CryptoProvider {
        srtp_provider: &Ours,
        sha1_hmac_provider: &Ours,
        sha256_provider: &Ours,
        dtls_provider: &Ours,
    }
}

/// A certificate of our own, known to the browser by its fingerprint in the answer. It names nobody. Its serial number comes
/// from its key, so that no two have the same.
pub fn certificate() -> Option<DtlsCert> {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).ok()?;
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name.push(rcgen::DnType::CommonName, "WebRTC");
    // Its age means nothing: what counts is the fingerprint, and it lives only as long as the process.
    params.not_before = rcgen::date_time_ymd(2024, 1, 1);
    params.not_after = rcgen::date_time_ymd(2049, 12, 31);
    let certificate = params.self_signed(&key).ok()?;
    Some(DtlsCert { certificate: certificate.der().to_vec(), private_key: key.serialize_der() })
}

#[derive(Debug)]
struct Ours;

impl Sha1HmacProvider for Ours {
    fn sha1_hmac(&self, key: &[u8], payloads: &[&[u8]]) -> [u8; 20] {
        // STUN (RFC 8489, section 14.5) and the older SRTP profile know no other.
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
        let mut context = hmac::Context::with_key(&key);
        for payload in payloads {
            context.update(payload);
        }
        let mut out = [0; 20];
        copy(&mut out, context.sign().as_ref());
        out
    }
}

impl Sha256Provider for Ours {
    fn sha256(&self, data: &[u8]) -> [u8; 32] {
        let mut out = [0; 32];
        copy(&mut out, digest::digest(&digest::SHA256, data).as_ref());
        out
    }
}

impl SrtpProvider for Ours {
    fn aes_128_cm_sha1_80(&self) -> &'static dyn SupportedAes128CmSha1_80 {
        &Self
    }

    fn aead_aes_128_gcm(&self) -> &'static dyn SupportedAeadAes128Gcm {
        &Self
    }

    fn aead_aes_256_gcm(&self) -> &'static dyn SupportedAeadAes256Gcm {
        &Self
    }

    fn srtp_aes_128_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        // Only the first block of the output is looked at.
        if let (Ok(cipher), Some(input)) = (Aes128::new_from_slice(key), input.first_chunk::<16>()) {
            let mut block = Block::from(*input);
            cipher.encrypt_block(&mut block);
            copy(output, &block);
        }
    }

    fn srtp_aes_256_ecb_round(&self, key: &[u8], input: &[u8], output: &mut [u8]) {
        if let (Ok(cipher), Some(input)) = (Aes256::new_from_slice(key), input.first_chunk::<16>()) {
            let mut block = Block::from(*input);
            cipher.encrypt_block(&mut block);
            copy(output, &block);
        }
    }
}

impl SupportedAes128CmSha1_80 for Ours {
    fn create_cipher(&self, key: [u8; 16], _: bool) -> Box<dyn Aes128CmSha1_80Cipher> {
        Box::new(CounterMode(Aes128::new(&key.into())))
    }
}

impl SupportedAeadAes128Gcm for Ours {
    fn create_cipher(&self, key: [u8; 16], _: bool) -> Box<dyn AeadAes128GcmCipher> {
        Box::new(Gcm::new(&AES_128_GCM, &key))
    }
}

impl SupportedAeadAes256Gcm for Ours {
    fn create_cipher(&self, key: [u8; 32], _: bool) -> Box<dyn AeadAes256GcmCipher> {
        Box::new(Gcm::new(&AES_256_GCM, &key))
    }
}

/// AES in counter mode (RFC 3711, section 4.1.1).
struct CounterMode(Aes128);

impl Aes128CmSha1_80Cipher for CounterMode {
    fn encrypt(&mut self, iv: &[u8; 16], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        if output.len() < input.len() {
            return Err(failed());
        }
        let mut counter = u128::from_be_bytes(*iv);
        for (from, into) in input.chunks(16).zip(output.chunks_mut(16)) {
            let mut block = Block::from(counter.to_be_bytes());
            self.0.encrypt_block(&mut block);
            for ((into, from), key) in into.iter_mut().zip(from).zip(block) {
                *into = from ^ key;
            }
            counter = counter.wrapping_add(1);
        }
        Ok(())
    }

    fn decrypt(&mut self, iv: &[u8; 16], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        self.encrypt(iv, input, output)
    }
}

/// AES in Galois counter mode (RFC 7714).
struct Gcm {
    key: Option<LessSafeKey>,
    work: Vec<u8>,
}

impl Gcm {
    fn new(algorithm: &'static Algorithm, key: &[u8]) -> Self {
        // Keys of these lengths are always taken; without one, nothing is sent and nothing believed.
        Self { key: UnboundKey::new(algorithm, key).ok().map(LessSafeKey::new), work: Vec::new() }
    }

    fn seal(&self, iv: [u8; 12], aad: &[u8], input: &[u8], output: &mut [u8]) -> Result<(), CryptoError> {
        let (Some(key), true) = (&self.key, output.len() >= input.len() + TAG) else { return Err(failed()) };
        let (text, after) = output.split_at_mut(input.len());
        text.copy_from_slice(input);
        let nonce = Nonce::assume_unique_for_key(iv);
        let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), text).map_err(|_| failed())?;
        copy(after, tag.as_ref());
        Ok(())
    }

    fn open(
        &mut self,
        iv: [u8; 12],
        aads: &[&[u8]],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<usize, CryptoError> {
        let Some(key) = &self.key else { return Err(failed()) };
        self.work.clear();
        self.work.extend_from_slice(input);
        let aad = Aad::from(aads.concat());
        let text =
            key.open_in_place(Nonce::assume_unique_for_key(iv), aad, &mut self.work).map_err(|_| failed())?;
        let place = output.get_mut(..text.len()).ok_or_else(failed)?;
        place.copy_from_slice(text);
        Ok(text.len())
    }
}

impl AeadAes128GcmCipher for Gcm {
    fn encrypt(
        &mut self,
        iv: &[u8; 12],
        aad: &[u8],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<(), CryptoError> {
        self.seal(*iv, aad, input, output)
    }

    fn decrypt(
        &mut self,
        iv: &[u8; 12],
        aads: &[&[u8]],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<usize, CryptoError> {
        self.open(*iv, aads, input, output)
    }
}

impl AeadAes256GcmCipher for Gcm {
    fn encrypt(
        &mut self,
        iv: &[u8; 12],
        aad: &[u8],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<(), CryptoError> {
        self.seal(*iv, aad, input, output)
    }

    fn decrypt(
        &mut self,
        iv: &[u8; 12],
        aads: &[&[u8]],
        input: &[u8],
        output: &mut [u8],
    ) -> Result<usize, CryptoError> {
        self.open(*iv, aads, input, output)
    }
}

impl DtlsProvider for Ours {
    fn generate_certificate(&self) -> Option<DtlsCert> {
        certificate()
    }

    fn new_dtls(
        &self,
        cert: &DtlsCert,
        now: Instant,
        version: DtlsVersion,
        mtu: Option<usize>,
    ) -> Result<Box<dyn DtlsInstance>, CryptoError> {
        // ICE has shown that the other end is where it says: no cookie is needed.
        let mut builder = dimpl::Config::builder().use_server_cookie(false);
        if let Some(mtu) = mtu {
            builder = builder.mtu(mtu);
        }
        let config = Arc::new(builder.build().map_err(|_| failed())?);
        let cert = cert.clone();
        let dtls = match version {
            DtlsVersion::Dtls12 => dimpl::Dtls::new_12(config, cert, now),
            DtlsVersion::Dtls13 => dimpl::Dtls::new_13(config, cert, now),
            DtlsVersion::Auto => dimpl::Dtls::new_auto(config, cert, now),
            _ => return Err(failed()),
        };
        Ok(Box::new(Session(dtls)))
    }
}

struct Session(dimpl::Dtls);

impl DtlsInstance for Session {
    fn set_active(&mut self, active: bool) {
        self.0.set_active(active);
    }

    fn handle_packet(&mut self, packet: &[u8]) -> Result<(), DtlsImplError> {
        self.0.handle_packet(packet)
    }

    fn poll_output<'a>(&mut self, buffer: &'a mut [u8]) -> DtlsOutput<'a> {
        self.0.poll_output(buffer)
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), DtlsImplError> {
        self.0.handle_timeout(now)
    }

    fn send_application_data(&mut self, data: &[u8]) -> Result<(), DtlsImplError> {
        self.0.send_application_data(data)
    }

    fn is_active(&self) -> bool {
        self.0.is_active()
    }

    fn protocol_version(&self) -> Option<ProtocolVersion> {
        self.0.protocol_version()
    }

    fn is_closing(&self) -> bool {
        self.0.is_closing()
    }

    fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    fn close(&mut self) -> Result<(), DtlsImplError> {
        self.0.close()
    }
}

/// Keys are printed nowhere.
impl fmt::Debug for CounterMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CounterMode")
    }
}

impl fmt::Debug for Gcm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gcm")
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session")
    }
}

fn copy(into: &mut [u8], from: &[u8]) {
    for (into, from) in into.iter_mut().zip(from) {
        *into = *from;
    }
}

/// What exactly went wrong with a key is told to nobody.
fn failed() -> CryptoError {
    CryptoError::Other("the packet could not be sealed or opened".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        hex.as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    fn array<const N: usize>(hex: &str) -> [u8; N] {
        bytes(hex).try_into().unwrap()
    }

    /// RFC 3711, appendix B.2: the keystream for a session key and salt.
    #[test]
    fn counter_mode_makes_the_keystream_of_the_standard() {
        let mut cipher =
            Ours.aes_128_cm_sha1_80().create_cipher(array("2B7E151628AED2A6ABF7158809CF4F3C"), true);
        let mut out = [0; 48];
        cipher.encrypt(&array("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), &[0; 48], &mut out).unwrap();
        let expected = "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0";
        assert_eq!(out[..], bytes(expected));
        let mut again = [0; 48];
        cipher.decrypt(&array("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), &out, &mut again).unwrap();
        assert_eq!(again, [0; 48]);
        assert!(cipher.encrypt(&[0; 16], &[0; 20], &mut [0; 19]).is_err());
    }

    /// RFC 3711, appendix B.3: the cipher key is derived from the master key by one round.
    #[test]
    fn keys_are_derived_as_in_the_standard() {
        let mut out = [0; 32];
        let input = bytes("0EC675AD498AFEEBB6960B3AABE60000");
        Ours.srtp_aes_128_ecb_round(&bytes("E1F97A0D3E018BE0D64FA32C06DE4139"), &input, &mut out);
        assert_eq!(out[..16], bytes("C61E7A93744F39EE10734AFE3FF7A087"));
        // FIPS 197, appendix C.3.
        let key = bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        Ours.srtp_aes_256_ecb_round(&key, &bytes("00112233445566778899aabbccddeeff"), &mut out);
        assert_eq!(out[..16], bytes("8ea2b7ca516745bfeafc49904b496089"));
    }

    /// RFC 7714, section 16.1.1: a packet of RTP under AES-128-GCM; and what is changed on its way is refused.
    #[test]
    fn a_packet_is_sealed_as_in_the_standard_and_no_other_is_opened() {
        let key = array("000102030405060708090a0b0c0d0e0f");
        let iv = array("51753c6580c2726f20718414");
        let aad = bytes("8040f17b8041f8d35501a0b2");
        let text = b"Gallia est omnis divisa in partes tres";
        let mut cipher = Ours.aead_aes_128_gcm().create_cipher(key, true);
        let mut sealed = vec![0; text.len() + TAG];
        cipher.encrypt(&iv, &aad, text, &mut sealed).unwrap();
        let expected = "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce";
        assert_eq!(sealed, bytes(expected));
        let mut opened = vec![0; text.len()];
        let halves = aad.split_at(5);
        assert_eq!(cipher.decrypt(&iv, &[halves.0, halves.1], &sealed, &mut opened).unwrap(), text.len());
        assert_eq!(opened, text);
        sealed[3] ^= 1;
        assert!(cipher.decrypt(&iv, &[&aad], &sealed, &mut opened).is_err());
        assert!(cipher.decrypt(&iv, &[&aad], &sealed[..10], &mut opened).is_err());
        assert!(cipher.encrypt(&iv, &aad, text, &mut opened).is_err(), "no room for the tag");
    }

    /// RFC 2202, test case 2; FIPS 180, "abc".
    #[test]
    fn digests_are_those_of_the_standards() {
        let mac = Ours.sha1_hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(mac[..], bytes("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));
        let digest = bytes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Ours.sha256(b"abc")[..], digest);
    }

    #[test]
    fn no_two_certificates_are_the_same() {
        let (one, two) = (certificate().unwrap(), certificate().unwrap());
        assert_ne!(one.certificate, two.certificate);
    }
}
