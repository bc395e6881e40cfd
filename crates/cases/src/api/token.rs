//! The bearer token: fetched with client credentials, kept until shortly before it ends, one fetch at a time.

use super::{clock::Clock, error::ApiError, http};
use domain::pii::Pii;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, StatusCode, Url, header::HeaderValue};
use serde::{Deserialize, Deserializer};
use std::path::PathBuf;
use tokio::sync::Mutex;

/// What is believed when the token service does not say how long a token lasts. The agency's last 30 minutes.
const UNSAID: i64 = 300;
/// A token is renewed so long before it ends, or a tenth of its life before, whichever is less.
const MARGIN: i64 = 60;

/// Where the secret is.
#[derive(Debug, Clone)]
pub(super) enum Secret {
    Here(Pii<String>),
    File(PathBuf),
}

impl Secret {
    pub(super) async fn read(&self) -> std::io::Result<Pii<String>> {
        match self {
            Self::Here(secret) => Ok(secret.clone()),
            Self::File(path) => {
                let text = tokio::fs::read_to_string(path).await?;
                Ok(Pii::new(text.trim_end_matches(['\n', '\r']).to_owned()))
            }
        }
    }
}

/// A token, ready as a header, and which one it is.
#[derive(Clone)]
pub(super) struct Bearer {
    pub(super) header: HeaderValue,
    pub(super) number: u64,
}

struct Held {
    bearer: Bearer,
    from: Timestamp,
    until: Timestamp,
}

/// Fetches tokens.
pub(super) struct Tokens {
    client: Client,
    url: Url,
    client_id: String,
    secret: Secret,
    /// The token that is held, and how many there were. Locked while one is fetched: who comes meanwhile waits.
    held: Mutex<(Option<Held>, u64)>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    access_token: Option<Pii<String>>,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<i64>,
    #[serde(default)]
    token_type: Option<String>,
}

/// The agency writes `"expires_in": "1799"`; RFC 6749 says a number.
fn seconds<'de, D: Deserializer<'de>>(d: D) -> Result<Option<i64>, D::Error> {
    Ok(match serde_json::Value::deserialize(d)? {
        serde_json::Value::Number(n) => n.as_i64(),
        serde_json::Value::String(s) => s.trim().parse().ok(),
        _ => None,
    })
}

impl Tokens {
    pub(super) fn new(client: Client, url: Url, client_id: String, secret: Secret) -> Self {
        Self { client, url, client_id, secret, held: Mutex::default() }
    }

    /// A token that is good now. `refused` is the number of one that the service did not accept: it is not given out
    /// again.
    pub(super) async fn get(&self, clock: &Clock, refused: Option<u64>) -> Result<Bearer, ApiError> {
        let lock = self.held.lock();
        let mut kept = tokio::time::timeout(clock.left(), lock).await.map_err(|_| ApiError::TooSlow)?;
        let now = clock.now();
        if let Some(held) = &kept.0
            && Some(held.bearer.number) != refused
            // From: after a clock was set back, nothing is known about when the token ends.
            && (held.from..held.until).contains(&now)
        {
            return Ok(held.bearer.clone());
        }
        kept.0 = None;
        let (header, lasts) = self.fetch(clock).await?;
        kept.1 += 1;
        let bearer = Bearer { header, number: kept.1 };
        // Counted from before the request, as the service counts from some moment after it.
        let until = now.saturating_add(SignedDuration::from_secs(lasts - MARGIN.min(lasts / 10 + 1)));
        kept.0 = Some(Held { bearer: bearer.clone(), from: now, until: until.unwrap_or(now) });
        Ok(bearer)
    }

    async fn fetch(&self, clock: &Clock) -> Result<(HeaderValue, i64), ApiError> {
        let secret = self.secret.read().await.map_err(ApiError::Secret)?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", self.client_id.as_str()),
            ("client_secret", secret.reveal().as_str()),
        ];
        let request = self.client.post(self.url.clone()).header("accept", "application/json").form(&form);
        let reply = http::send(request, clock.left()).await?;
        match reply.status {
            StatusCode::OK => {}
            // RFC 6749, 5.2: 400 for a grant that is not accepted, 401 for a client that is not known.
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(ApiError::Refused { status: reply.status.as_u16() });
            }
            status => {
                let status = status.as_u16();
                return Err(ApiError::Status { status, code: None, retry_after: reply.retry_after });
            }
        }
        let answer: Answer = serde_json::from_slice(&reply.body).map_err(|_| ApiError::NoToken)?;
        // "Bearer" by the standard; the agency's gateway says "BearerToken".
        let bearer = answer.token_type.is_none_or(|kind| kind.to_ascii_lowercase().starts_with("bearer"));
        let token = answer.access_token.filter(|token| bearer && !token.reveal().is_empty());
        let token = token.ok_or(ApiError::NoToken)?;
        let mut header =
            HeaderValue::from_str(&format!("Bearer {}", token.reveal())).map_err(|_| ApiError::NoToken)?;
        header.set_sensitive(true);
        Ok((header, answer.expires_in.filter(|s| *s > 0).unwrap_or(UNSAID).min(24 * 3600)))
    }
}
