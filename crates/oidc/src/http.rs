//! Requests to the provider that end in time, and answers that are not too large.

use crate::error::OidcError;
use outward::OutwardFault;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The largest answer that is read: key sets of large providers have some tens of kilobytes.
const MAX_BODY: usize = 512 * 1024;

/// How long one request may take: somebody waits for it.
const WHOLE: Duration = Duration::from_secs(8);

/// How long a connection may take of that.
const CONNECT: Duration = Duration::from_secs(4);

/// The client.
pub(crate) fn client(trust: Option<&[u8]>) -> Result<Client, OidcError> {
    outward::client(trust, CONNECT, WHOLE).map_err(|fault| match fault {
        OutwardFault::Trust => {
            OidcError::Config("trust_file holds no certificate authority that can be read")
        }
        OutwardFault::Tls(_) => OidcError::Config("TLS cannot be set up"),
        OutwardFault::Client(error) => OidcError::Unreachable(error),
    })
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
