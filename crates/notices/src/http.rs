//! Requests to other servers: TLS by rustls on ring, no redirects, answers that are not too large.

use crate::mailer::Why;
use reqwest::{Client, Response, Url, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};

/// The largest answer that is read, in bytes.
const LARGEST: usize = 16 * 1024;

/// Why a client could not be made from its configuration.
#[derive(Debug, thiserror::Error)]
pub enum ClientFault {
    /// Not an address, or one without encryption to another machine.
    #[error("an https address (http only on this machine), without a user name")]
    Address,
    /// Not PEM with a certificate.
    #[error("the certificate authority is not a PEM file with a certificate")]
    Trust,
    /// TLS could not be set up.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
    /// The client could not be made.
    #[error("the HTTP client cannot be made")]
    Client(#[source] reqwest::Error),
}

/// An address that secrets may be sent to.
pub fn address(text: &str) -> Result<Url, ClientFault> {
    let url: Url = text.parse().map_err(|_| ClientFault::Address)?;
    let host = url.host_str().ok_or(ClientFault::Address)?;
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    if bare && safe { Ok(url) } else { Err(ClientFault::Address) }
}

/// A client whose requests end in time. A token goes to one host and no other: no redirects, no proxy.
pub fn client(trust: Option<&[u8]>, timeout: Duration) -> Result<Client, ClientFault> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(pem) = trust {
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|_| ClientFault::Trust)?;
            roots.add(certificate).map_err(|_| ClientFault::Trust)?;
        }
        if roots.len() == before {
            return Err(ClientFault::Trust);
        }
    }
    let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(ClientFault::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(timeout)
        .timeout(timeout)
        .pool_idle_timeout(Duration::from_mins(1))
        .user_agent(concat!("anteroom/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(ClientFault::Client)
}

/// Why a request had no answer.
pub fn why(error: &reqwest::Error) -> Why {
    if error.is_timeout() { Why::Timeout } else { Why::Unreachable }
}

/// The answer as JSON, if it is that and not too large.
pub async fn json<T: DeserializeOwned>(mut answer: Response) -> Option<T> {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        if body.len() + chunk.len() > LARGEST {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).ok()
}
