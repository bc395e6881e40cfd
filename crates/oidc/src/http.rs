//! Requests to the provider that end in time, and answers that are not too large.

use crate::error::OidcError;
use reqwest::{Client, RequestBuilder, StatusCode, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Duration};

/// The largest answer that is read: key sets of large providers have some tens of kilobytes.
const MAX_BODY: usize = 512 * 1024;

/// How long one request may take: somebody waits for it.
const WHOLE: Duration = Duration::from_secs(8);

/// The client: rustls on ring with the public authorities and one's own, and no redirects, which would carry our proof away.
pub(crate) fn client(trust: Option<&[u8]>) -> Result<Client, OidcError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let bad = || OidcError::Config("trust_file holds no certificate authority that can be read");
    if let Some(pem) = trust {
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            roots.add(certificate.map_err(|_| bad())?).map_err(|_| bad())?;
        }
        if roots.len() == before {
            return Err(bad());
        }
    }
    let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| OidcError::Config("TLS cannot be set up"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(Duration::from_secs(4))
        .timeout(WHOLE)
        .user_agent(concat!("anteroom/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(OidcError::Unreachable)
}

/// Sends a request and reads the JSON that comes back.
pub(crate) async fn json<T: DeserializeOwned>(
    request: RequestBuilder,
    what: &'static str,
) -> Result<T, OidcError> {
    let mut response = request.send().await.map_err(OidcError::Unreachable)?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(OidcError::Unreachable)? {
        if body.len() + chunk.len() > MAX_BODY {
            return Err(OidcError::Unreadable { what });
        }
        body.extend_from_slice(&chunk);
    }
    if status != StatusCode::OK {
        let said: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        // Its description may name somebody; the code is one of a list.
        let code: String = said["error"].as_str().unwrap_or("no code").chars().take(60).collect();
        let plain = code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let code = if plain { code } else { "no code".to_owned() };
        return Err(OidcError::Answered { status: status.as_u16(), code });
    }
    serde_json::from_slice(&body).map_err(|_| OidcError::Unreadable { what })
}
