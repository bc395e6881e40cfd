//! Requests that end in time, and answers that are not too large.

use super::{
    config::{ApiConfig, ConfigFault},
    error::ApiError,
};
use jiff::SignedDuration;
use reqwest::{Client, RequestBuilder, StatusCode, header::RETRY_AFTER, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{sync::Arc, time::Duration};

/// The largest answer that is read. A case with two languages and a long history has about 10 kB.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// What came back.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// How long the service asks to wait.
    pub(super) retry_after: Option<SignedDuration>,
    pub(super) body: Vec<u8>,
}

/// The client: rustls on ring with the public authorities, no redirects (a bearer token goes to one host and no
/// other), no proxy but the configured one, no compression (an answer is as large as it is).
pub(super) fn client(config: &ApiConfig) -> Result<Client, ConfigFault> {
    let (connect, whole) = config.times()?;
    let mut builder = Client::builder()
        .tls_backend_preconfigured(tls(config)?)
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(connect)
        .timeout(whole)
        .pool_idle_timeout(Duration::from_mins(1))
        .user_agent(concat!("anteroom/", env!("CARGO_PKG_VERSION")));
    if let Some(proxy) = &config.proxy {
        let proxy = reqwest::Proxy::all(proxy).map_err(|_| ConfigFault::Url { key: "proxy" })?;
        builder = builder.proxy(proxy);
    }
    builder.build().map_err(ConfigFault::Client)
}

fn tls(config: &ApiConfig) -> Result<ClientConfig, ConfigFault> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = &config.trust_file {
        let pem = std::fs::read(path).map_err(|source| ConfigFault::File {
            key: "trust_file",
            path: path.clone(),
            source,
        })?;
        let before = roots.len();
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            roots.add(certificate.map_err(|_| ConfigFault::Trust)?).map_err(|_| ConfigFault::Trust)?;
        }
        if roots.len() == before {
            return Err(ConfigFault::Trust);
        }
    }
    let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(ConfigFault::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(tls)
}

/// Sends a request and reads the whole answer, within `left`.
pub(super) async fn send(request: RequestBuilder, left: Duration) -> Result<Reply, ApiError> {
    let exchange = async {
        let mut response = request.send().await.map_err(ApiError::from_client)?;
        let status = response.status();
        let retry_after =
            response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(wait);
        let too_large = || ApiError::TooLarge { limit: MAX_BODY };
        if response.content_length().is_some_and(|length| length > MAX_BODY as u64) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(ApiError::from_client)? {
            if body.len() + chunk.len() > MAX_BODY {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply { status, retry_after, body })
    };
    tokio::time::timeout(left, exchange).await.unwrap_or(Err(ApiError::TooSlow))
}

/// `Retry-After` in seconds. Its other form, a date, would be judged by two clocks that need not agree: it counts as
/// not there.
fn wait(value: &str) -> Option<SignedDuration> {
    let digits = value.trim();
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| SignedDuration::from_secs(digits.parse().unwrap_or(i64::from(u32::MAX))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_nothing() {
        assert_eq!(wait(" 7 "), Some(SignedDuration::from_secs(7)));
        assert_eq!(wait("0"), Some(SignedDuration::ZERO));
        assert_eq!(wait("99999999999999999999"), Some(SignedDuration::from_secs(u32::MAX.into())));
        for other in ["", "-1", "1.5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"] {
            assert_eq!(wait(other), None, "{other}");
        }
    }
}
