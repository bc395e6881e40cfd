//! An engine behind HTTP that speaks as that of `OpenAI` does: `POST {base}/v1/audio/speech`.

use crate::engine::{Engine, EngineError, Raw, Request};
use async_trait::async_trait;
use outward::OutwardFault;
use reqwest::{
    Client, Url,
    header::{AUTHORIZATION, HeaderValue},
};
use std::{collections::BTreeMap, fmt, path::PathBuf, time::Duration};

/// What an operator says about the service. `Debug` does not show the key.
#[derive(Clone)]
pub struct HttpConfig {
    /// Its name in figures and logs.
    pub name: String,
    /// Where it is, without `/v1/audio/speech`.
    pub base_url: String,
    /// The model, as the service calls it.
    pub model: String,
    /// The voice for each language, by tag. A language that is not here is not spoken by this engine.
    pub voices: BTreeMap<String, String>,
    /// Sent as a bearer token.
    pub api_key: Option<String>,
    /// Certificates (PEM) that are trusted besides the public authorities.
    pub trust_file: Option<PathBuf>,
    /// Whether plain http may be used to another machine. Words about people travel there.
    pub plain_http: bool,
    /// How long an answer may take in all. A caller waits meanwhile.
    pub whole: Duration,
    /// The largest answer, in bytes.
    pub most: usize,
}

impl HttpConfig {
    /// A service with every default: 5 seconds and 16 MB.
    pub fn new(base_url: impl Into<String>, model: impl Into<String>) -> Self {
        Self {
            name: "http".to_owned(),
            base_url: base_url.into(),
            model: model.into(),
            voices: BTreeMap::new(),
            api_key: None,
            trust_file: None,
            plain_http: false,
            whole: Duration::from_secs(5),
            most: 16 * 1024 * 1024,
        }
    }

    /// The same with this voice for this language.
    #[must_use]
    pub fn voice(mut self, lang: impl Into<String>, voice: impl Into<String>) -> Self {
        self.voices.insert(lang.into(), voice.into());
        self
    }
}

impl fmt::Debug for HttpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpConfig")
            .field("name", &self.name)
            .field("base_url", &self.base_url)
            .field("model", &self.model)
            .field("voices", &self.voices)
            .field("api_key", &self.api_key.as_ref().map(|_| "REDACTED"))
            .field("whole", &self.whole)
            .finish_non_exhaustive()
    }
}

/// What is wrong with the configuration. No text here holds the key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum HttpFault {
    /// Not an address.
    #[error("base_url: an address such as https://voice.example.gov, without a user, a query or a fragment")]
    Url,
    /// Words would travel in the clear.
    #[error(
        "base_url: https, or plain_http = true; without it plain http is for this machine only (localhost)"
    )]
    Plain,
    /// A character that no header can carry.
    #[error("api_key: one line of visible characters")]
    Key,
    /// No voice for any language.
    #[error("voices: at least one language")]
    Voices,
    /// The certificates cannot be read.
    #[error("trust_file: {0} cannot be read")]
    File(PathBuf, #[source] std::io::Error),
    /// A file without a certificate, or with one that is none.
    #[error("trust_file: certificates in PEM form (-----BEGIN CERTIFICATE-----)")]
    Trust,
    /// The client could not be made.
    #[error(transparent)]
    Client(OutwardFault),
}

/// The engine.
#[derive(Debug)]
pub struct Http {
    config: HttpConfig,
    url: Url,
    key: Option<HeaderValue>,
    client: Client,
}

impl Http {
    /// The engine. Nothing is asked before the first words.
    ///
    /// # Errors
    /// See [`HttpFault`].
    pub fn new(config: HttpConfig) -> Result<Self, HttpFault> {
        if config.voices.is_empty() {
            return Err(HttpFault::Voices);
        }
        let url = address(&config)?;
        let key = match &config.api_key {
            None => None,
            Some(key) => {
                let mut value =
                    HeaderValue::from_str(&format!("Bearer {key}")).map_err(|_| HttpFault::Key)?;
                value.set_sensitive(true);
                Some(value)
            }
        };
        let trust = match &config.trust_file {
            Some(path) => Some(std::fs::read(path).map_err(|fault| HttpFault::File(path.clone(), fault))?),
            None => None,
        };
        let client =
            outward::client(trust.as_deref(), config.whole, config.whole).map_err(|fault| match fault {
                OutwardFault::Trust => HttpFault::Trust,
                other => HttpFault::Client(other),
            })?;
        Ok(Self { config, url, key, client })
    }

    fn voice(&self, lang: &str) -> Option<&String> {
        crate::lang::choose(lang, |lang| self.config.voices.get(lang))
    }

    async fn exchange(&self, body: String) -> Result<Vec<u8>, EngineError> {
        let mut request =
            self.client.post(self.url.clone()).header("content-type", "application/json").body(body);
        if let Some(key) = &self.key {
            request = request.header(AUTHORIZATION, key.clone());
        }
        let whole = self.config.whole;
        let fault = |error: reqwest::Error| match error {
            error if error.is_timeout() => EngineError::TooSlow(whole),
            error if error.is_connect() => EngineError::Unreachable("no connection".to_owned()),
            _ => EngineError::Unreachable("the connection broke".to_owned()),
        };
        let mut response = request.send().await.map_err(fault)?;
        let status = response.status();
        if !status.is_success() {
            return Err(EngineError::Status(status.as_u16()));
        }
        let most = self.config.most;
        if response.content_length().is_some_and(|length| length > most as u64) {
            return Err(EngineError::TooLarge(most));
        }
        let mut content = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(fault)? {
            if content.len() + chunk.len() > most {
                return Err(EngineError::TooLarge(most));
            }
            content.extend_from_slice(&chunk);
        }
        Ok(content)
    }
}

fn address(config: &HttpConfig) -> Result<Url, HttpFault> {
    let url: Url = config.base_url.parse().map_err(|_| HttpFault::Url)?;
    let bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    let host = url.host_str().filter(|_| bare && url.fragment().is_none()).ok_or(HttpFault::Url)?;
    let here = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if here || config.plain_http => {}
        "http" => return Err(HttpFault::Plain),
        _ => return Err(HttpFault::Url),
    }
    let whole = url.as_str().trim_end_matches('/');
    format!("{whole}/v1/audio/speech").parse().map_err(|_| HttpFault::Url)
}

#[async_trait]
impl Engine for Http {
    fn name(&self) -> &str {
        &self.config.name
    }

    fn identity(&self, lang: &str) -> String {
        let voice = self.voice(lang).map_or("", String::as_str);
        format!("http {} {} {voice}", self.url, self.config.model)
    }

    fn speaks(&self, lang: &str) -> bool {
        self.voice(lang).is_some()
    }

    async fn speak(&self, request: &Request<'_>) -> Result<Raw, EngineError> {
        let voice = self.voice(request.lang).ok_or(EngineError::Refused)?;
        let mut body = serde_json::json!({
            "model": self.config.model,
            "input": request.words,
            "voice": voice,
            "response_format": "wav",
        });
        // Not every service knows it; those that do not are only asked when it matters.
        if request.percent != 100 {
            body["speed"] = (f64::from(request.percent) / 100.0).into();
        }
        let whole = self.config.whole;
        let content = tokio::time::timeout(whole, self.exchange(body.to_string())).await;
        Ok(Raw::Wav(content.unwrap_or(Err(EngineError::TooSlow(whole)))?))
    }
}
