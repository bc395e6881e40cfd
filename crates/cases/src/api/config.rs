//! What an operator says about the service.

use super::{breaker, cache::Terms};
use domain::{pace::Limits, pii::Pii};
use jiff::{SignedDuration, tz::TimeZone};
use std::{path::PathBuf, time::Duration};

/// The Case Status API, as an installation is told about it.
///
/// `Debug` does not show the secret.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Where the service is, without `/case-status`: `https://api-int.uscis.gov` is the agency's sandbox; the
    /// production address comes with its approval.
    pub base_url: String,
    /// Where tokens come from: `https://api-int.uscis.gov/oauth/accesstoken` for the sandbox.
    pub token_url: String,
    /// The client's name ("consumer key").
    pub client_id: String,
    /// The client's secret, or else `client_secret_file`.
    pub client_secret: Option<Pii<String>>,
    /// A file with the secret. It is read anew for each token, so that a changed secret needs no restart.
    pub client_secret_file: Option<PathBuf>,
    /// Sent as the header `demo_id`, which the agency asks for while it watches the demonstration before approval.
    pub demo_id: Option<String>,
    /// Certificates (PEM) that are trusted besides the public authorities, for a gateway inside the agency.
    pub trust_file: Option<PathBuf>,
    /// A proxy for outgoing requests, `http://proxy.example.gov:3128`. The environment's proxies are not used: the
    /// secret goes only where this configuration says.
    pub proxy: Option<String>,
    /// The agency's zone: its day begins and ends the daily limit.
    pub zone: String,
    /// Look-ups a second.
    pub per_second: u32,
    /// How many may go at once after a quiet time.
    pub burst: u32,
    /// Look-ups a day.
    pub per_day: u32,
    /// How long a connection may take to come about.
    pub connect: SignedDuration,
    /// How long a look-up may take in all: waiting for its turn, token, answer and a second try.
    pub whole: SignedDuration,
    /// How long an answer is given again without asking.
    pub fresh: SignedDuration,
    /// How long an answer is shown, with its age, while the service is down.
    pub stale: SignedDuration,
    /// How many answers are kept, in memory.
    pub kept: usize,
    /// How many failures in a row open the breaker.
    pub failures: u32,
    /// How long the service is left alone the first time; each failed probe doubles it.
    pub rest: SignedDuration,
    /// The longest that it is left alone.
    pub rest_most: SignedDuration,
}

/// What is wrong with the configuration. No text here holds the secret.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigFault {
    /// Not an address.
    #[error("{key}: an address such as https://api.example.gov, without a user, a query or a fragment")]
    Url {
        /// The setting.
        key: &'static str,
    },
    /// An address that would carry a secret in the clear.
    #[error("{key}: https; plain http is for this machine only (localhost), because a secret travels there")]
    Plain {
        /// The setting.
        key: &'static str,
    },
    /// An empty text or a character that no header can carry.
    #[error("{key}: one line of visible characters")]
    Text {
        /// The setting.
        key: &'static str,
    },
    /// Neither secret, or both.
    #[error("one of client_secret and client_secret_file")]
    Secret,
    /// A file that cannot be read.
    #[error("{key}: {path} cannot be read")]
    File {
        /// The setting.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file without a certificate, or with one that is none.
    #[error("trust_file: certificates in PEM form (-----BEGIN CERTIFICATE-----)")]
    Trust,
    /// Not a zone.
    #[error("zone: the name of a time zone, such as America/New_York")]
    Zone,
    /// Zero where that would stop everything, or a length of time below zero.
    #[error("{key}: more than zero")]
    Zero {
        /// The setting.
        key: &'static str,
    },
    /// The two lengths do not fit together.
    #[error("{key}: not less than {than}")]
    Less {
        /// The setting.
        key: &'static str,
        /// The other.
        than: &'static str,
    },
    /// The HTTP client could not be made.
    #[error(transparent)]
    Client(outward::OutwardFault),
}

impl ConfigFault {
    /// The setting that is wrong; none when it is not one alone.
    pub const fn key(&self) -> Option<&'static str> {
        match self {
            Self::Url { key }
            | Self::Plain { key }
            | Self::Text { key }
            | Self::File { key, .. }
            | Self::Zero { key }
            | Self::Less { key, .. } => Some(key),
            Self::Trust => Some("trust_file"),
            Self::Zone => Some("zone"),
            Self::Secret | Self::Client(_) => None,
        }
    }
}

impl ApiConfig {
    /// A service with every default.
    pub fn new(
        base_url: impl Into<String>,
        token_url: impl Into<String>,
        client_id: impl Into<String>,
    ) -> Self {
        Self {
            base_url: base_url.into(),
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: None,
            client_secret_file: None,
            demo_id: None,
            trust_file: None,
            proxy: None,
            zone: "America/New_York".to_owned(),
            per_second: 5,
            burst: 1,
            per_day: 1000,
            connect: SignedDuration::from_secs(2),
            whole: SignedDuration::from_secs(8),
            fresh: SignedDuration::from_mins(15),
            stale: SignedDuration::from_hours(24),
            kept: 2000,
            failures: 5,
            rest: SignedDuration::from_secs(30),
            rest_most: SignedDuration::from_mins(10),
        }
    }

    /// What was agreed with the agency, for a [`super::Budget`].
    ///
    /// # Errors
    /// [`ConfigFault::Zone`], [`ConfigFault::Zero`].
    pub fn limits(&self) -> Result<Limits, ConfigFault> {
        for (key, value) in
            [("per_second", self.per_second), ("burst", self.burst), ("per_day", self.per_day)]
        {
            if value == 0 {
                return Err(ConfigFault::Zero { key });
            }
        }
        let zone = TimeZone::get(&self.zone).map_err(|_| ConfigFault::Zone)?;
        Ok(Limits { per_second: self.per_second, burst: self.burst, per_day: self.per_day, zone })
    }

    pub(super) fn terms(&self) -> Result<Terms, ConfigFault> {
        positive("stale", self.stale)?;
        if self.fresh.is_negative() {
            return Err(ConfigFault::Zero { key: "fresh" });
        }
        if self.stale < self.fresh {
            return Err(ConfigFault::Less { key: "stale", than: "fresh" });
        }
        Ok(Terms { fresh: self.fresh, stale: self.stale, most: self.kept })
    }

    pub(super) fn breaker(&self) -> Result<breaker::Settings, ConfigFault> {
        if self.failures == 0 {
            return Err(ConfigFault::Zero { key: "failures" });
        }
        positive("rest", self.rest)?;
        positive("whole", self.whole)?;
        if self.rest_most < self.rest {
            return Err(ConfigFault::Less { key: "rest_most", than: "rest" });
        }
        Ok(breaker::Settings {
            failures: self.failures,
            open: self.rest,
            open_most: self.rest_most,
            // No request outlives the whole time, so a probe that is silent for longer has been dropped.
            probe: self.whole,
        })
    }

    pub(super) fn times(&self) -> Result<(Duration, Duration), ConfigFault> {
        let connect = positive("connect", self.connect)?;
        Ok((connect, positive("whole", self.whole)?))
    }
}

fn positive(key: &'static str, length: SignedDuration) -> Result<Duration, ConfigFault> {
    Duration::try_from(length).ok().filter(|length| !length.is_zero()).ok_or(ConfigFault::Zero { key })
}

/// An address that a secret or a person's number may be sent to.
pub(super) fn address(key: &'static str, text: &str) -> Result<reqwest::Url, ConfigFault> {
    let url: reqwest::Url = text.parse().map_err(|_| ConfigFault::Url { key })?;
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    let host = url.host_str().filter(|_| bare && url.fragment().is_none()).ok_or(ConfigFault::Url { key })?;
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    match url.scheme() {
        "https" => Ok(url),
        "http" if here => Ok(url),
        "http" => Err(ConfigFault::Plain { key }),
        _ => Err(ConfigFault::Url { key }),
    }
}

#[cfg(test)]
mod tests;
