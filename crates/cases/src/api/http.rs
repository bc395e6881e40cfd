//! Requests that end in time, and answers that are not too large.

use super::{
    config::{ApiConfig, ConfigFault},
    error::ApiError,
};
use jiff::SignedDuration;
use outward::OutwardFault;
use reqwest::{Client, RequestBuilder, StatusCode, header::RETRY_AFTER};
use std::time::Duration;

/// The largest answer that is read. A case with two languages and a long history has about 10 kB.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// What came back.
pub(super) struct Reply {
    pub(super) status: StatusCode,
    /// How long the service asks to wait.
    pub(super) retry_after: Option<SignedDuration>,
    pub(super) body: Vec<u8>,
}

/// The client. No proxy but the configured one, no compression (an answer is as large as it is).
pub(super) fn client(config: &ApiConfig) -> Result<Client, ConfigFault> {
    let (connect, whole) = config.times()?;
    let trust = match &config.trust_file {
        Some(path) => Some(std::fs::read(path).map_err(|source| ConfigFault::File {
            key: "trust_file",
            path: path.clone(),
            source,
        })?),
        None => None,
    };
    let fault = |fault| match fault {
        OutwardFault::Trust => ConfigFault::Trust,
        other => ConfigFault::Client(other),
    };
    let mut builder = outward::builder(trust.as_deref(), connect, whole).map_err(fault)?;
    if let Some(proxy) = &config.proxy {
        let proxy = reqwest::Proxy::all(proxy).map_err(|_| ConfigFault::Url { key: "proxy" })?;
        builder = builder.proxy(proxy);
    }
    builder.build().map_err(|error| ConfigFault::Client(OutwardFault::Client(error)))
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
