//! Asking other servers over HTTPS: TLS by rustls on ring, the public authorities and those that an operator names, an end to
//! every request.

use reqwest::{Client, ClientBuilder, Url, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{net::IpAddr, sync::Arc, time::Duration};

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum OutwardFault {
    /// What an operator trusts besides is no PEM text with a certificate.
    #[error("the certificate authority is not a PEM file with a certificate")]
    Trust,
    /// TLS could not be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
    /// The client could not be made.
    #[error("the HTTP client cannot be made")]
    Client(#[source] reqwest::Error),
}

/// A client whose connections are made within `connect` and whose requests end within `whole`. `trust` is PEM, of authorities
/// that are trusted besides the public ones. Secrets go to one host and no other: no redirects, and no proxy of the
/// environment's.
///
/// # Errors
/// [`OutwardFault::Trust`] and [`OutwardFault::Tls`]; never [`OutwardFault::Client`].
pub fn builder(
    trust: Option<&[u8]>,
    connect: Duration,
    whole: Duration,
) -> Result<ClientBuilder, OutwardFault> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(pem) = trust {
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| OutwardFault::Trust)?;
            roots.add(certificate).map_err(|_| OutwardFault::Trust)?;
        }
        if roots.len() == before {
            return Err(OutwardFault::Trust);
        }
    }
    let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(OutwardFault::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(connect)
        .timeout(whole)
        .pool_idle_timeout(Duration::from_mins(1))
        .user_agent(concat!("anteroom/", env!("CARGO_PKG_VERSION"))))
}

/// The same, ready.
///
/// # Errors
/// [`OutwardFault`].
pub fn client(trust: Option<&[u8]>, connect: Duration, whole: Duration) -> Result<Client, OutwardFault> {
    builder(trust, connect, whole)?.build().map_err(OutwardFault::Client)
}

/// An address that secrets may be sent to: encrypted, or on this machine; without a user's name, and without a part of a page. None
/// when it is none.
pub fn address(text: &str) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    let host = url.host_str()?;
    let here =
        host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    (bare && safe).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_encrypted_or_nowhere_far() {
        for good in
            ["https://id.example.gov/a?b=c", "http://localhost:8/", "http://127.0.0.7/", "http://[::1]:9/x"]
        {
            assert!(address(good).is_some(), "{good}");
        }
        for bad in [
            "http://id.example.gov/",
            "http://10.0.0.1/",
            "http://localhost.example.gov/",
            "https://ana@id.example.gov/",
            "https://:secret@id.example.gov/",
            "https://id.example.gov/#top",
            "ftp://localhost/",
            "id.example.gov",
            "",
        ] {
            assert!(address(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn what_is_trusted_has_a_certificate() {
        let short = Duration::from_secs(1);
        assert!(client(None, short, short).is_ok());
        for none in [&b""[..], b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(matches!(client(Some(none), short, short), Err(OutwardFault::Trust)));
        }
    }
}
