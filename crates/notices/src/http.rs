//! Requests to other servers: addresses that secrets may go to, answers that are not too large.

use crate::mailer::Why;
use outward::OutwardFault;
use reqwest::{Client, Response, Url};
use serde::de::DeserializeOwned;
use std::time::Duration;

/// The largest answer that is read, in bytes.
const LARGEST: usize = 16 * 1024;

/// Why a client could not be made from its configuration.
#[derive(Debug, thiserror::Error)]
pub enum ClientFault {
    /// Not an address, or one without encryption to another machine.
    #[error("an https address (http only on this machine), without a user name")]
    Address,
    /// There is no client for it.
    #[error(transparent)]
    Client(#[from] OutwardFault),
}

/// An address that secrets may be sent to.
pub fn address(text: &str) -> Result<Url, ClientFault> {
    outward::address(text).ok_or(ClientFault::Address)
}

/// A client whose requests end in time.
pub fn client(trust: Option<&[u8]>, timeout: Duration) -> Result<Client, ClientFault> {
    Ok(outward::client(trust, timeout, timeout)?)
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
