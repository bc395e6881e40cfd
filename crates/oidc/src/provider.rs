//! The provider: found by discovery, asked for tokens, and told who we are.

use crate::{
    error::{OidcError, TokenFault},
    http,
    jwt::{Claims, Keys, SigningKey, holds, seconds, text},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use domain::pii::Pii;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, Url};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tokio::sync::Mutex;

/// For how long what discovery found is believed, and the keys at most.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// After tokens with an unknown key the keys are asked for again no more often: made-up names must not make us ask at every request.
const AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(20);

/// How long our own proof to the provider is good, in seconds.
const ASSERTION: i64 = 60;

/// How we prove to the provider who we are.
#[derive(Debug)]
pub enum ClientProof {
    /// By a token that our private key signs (`private_key_jwt`): nothing secret leaves this machine.
    Key(SigningKey),
    /// By a secret that both know (`client_secret_basic`).
    Secret(Pii<String>),
}

/// How we know the provider.
#[derive(Debug)]
pub struct Config {
    /// Its issuer, as its tokens name it.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// How we prove that.
    pub proof: ClientProof,
    /// Where it sends browsers back to.
    pub redirect: String,
    /// Where it sends browsers after signing out.
    pub after_logout: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// What of these the proof must have been (`acr`); anything, when there are none.
    pub contexts: Vec<String>,
    /// A further certificate authority to trust, in PEM.
    pub trust: Option<Vec<u8>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    end_session_endpoint: Option<String>,
}

struct Held {
    metadata: Arc<Metadata>,
    at: Timestamp,
    keys: Option<(Arc<Keys>, Timestamp)>,
    /// When the keys were asked for because a token named an unknown one.
    renewed: Option<Timestamp>,
}

/// The provider.
pub struct Provider {
    config: Config,
    client: Client,
    held: Mutex<Option<Held>>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({})", self.config.issuer)
    }
}

/// A sign-in that has begun. All but the address is kept for the browser that began it, and shown to nobody.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Where the browser goes.
    pub to: String,
    /// What must come back.
    pub state: String,
    /// What the token must name.
    pub nonce: String,
    /// What proves that it is us who began (PKCE).
    pub verifier: String,
}

/// Who has signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, at the provider: never another person's again.
    pub subject: String,
    /// The session there, if it says so.
    pub session: Option<String>,
    /// Everything it says.
    pub claims: Claims,
}

/// Whose sessions are over at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedOut {
    /// Whose.
    pub subject: String,
    /// Only this session; all, when it is left out.
    pub session: Option<String>,
    /// The message's own name: each is done once.
    pub id: String,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

impl Provider {
    /// A provider; nothing is asked yet.
    ///
    /// # Errors
    /// What is wrong with the configuration.
    pub fn new(config: Config) -> Result<Self, OidcError> {
        address(&config.issuer)?;
        let client = http::client(config.trust.as_deref())?;
        Ok(Self { config, client, held: Mutex::default() })
    }

    /// Its issuer.
    pub fn issuer(&self) -> &str {
        &self.config.issuer
    }

    /// Begins a sign-in. `chance` is three texts that nobody guesses; `again` asks the provider for a fresh proof.
    ///
    /// # Errors
    /// When the provider cannot be found.
    pub async fn begin(&self, chance: [String; 3], again: bool, now: Timestamp) -> Result<Begun, OidcError> {
        let metadata = self.metadata(now).await?;
        let [state, nonce, verifier] = chance;
        let scope =
            ["openid".to_owned()].into_iter().chain(self.config.scopes.clone()).collect::<Vec<_>>().join(" ");
        let mut to = address(&metadata.authorization_endpoint)?;
        {
            let mut query = to.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &self.config.client_id)
                .append_pair("redirect_uri", &self.config.redirect)
                .append_pair("scope", &scope)
                .append_pair("state", &state)
                .append_pair("nonce", &nonce)
                .append_pair("code_challenge", &BASE64.encode(Sha256::digest(&verifier)))
                .append_pair("code_challenge_method", "S256");
            if !self.config.contexts.is_empty() {
                query.append_pair("acr_values", &self.config.contexts.join(" "));
            }
            if again {
                query.append_pair("prompt", "login").append_pair("max_age", "0");
            }
        }
        Ok(Begun { to: to.into(), state, nonce, verifier })
    }

    /// Ends a sign-in: takes the token for the code that came back, and checks it. `since`: the proof must be of this time or later.
    ///
    /// # Errors
    /// What went wrong, or what is wrong with the token.
    pub async fn finish(
        &self,
        code: &str,
        nonce: &str,
        verifier: &str,
        since: Option<Timestamp>,
        id: &str,
        now: Timestamp,
    ) -> Result<SignedIn, OidcError> {
        let metadata = self.metadata(now).await?;
        let mut form = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("code", code.to_owned()),
            ("redirect_uri", self.config.redirect.clone()),
            ("code_verifier", verifier.to_owned()),
        ];
        let mut request = self.client.post(address(&metadata.token_endpoint)?);
        match &self.config.proof {
            ClientProof::Key(key) => {
                let claims = self.assertion(&metadata.token_endpoint, id, now);
                let signed = key.sign(&claims).ok_or(OidcError::Config("our key cannot sign"))?;
                form.extend([
                    ("client_id", self.config.client_id.clone()),
                    (
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer".to_owned(),
                    ),
                    ("client_assertion", signed),
                ]);
            }
            ClientProof::Secret(secret) => {
                // RFC 6749, 2.3.1: both are written as a form would before they are joined.
                let coded = |text: &str| -> String {
                    Url::parse_with_params("x:/", [("", text)])
                        .ok()
                        .and_then(|url| url.query().map(|query| query[1..].to_owned()))
                        .unwrap_or_default()
                };
                request = request.basic_auth(coded(&self.config.client_id), Some(coded(secret.reveal())));
            }
        }
        let tokens: Tokens = http::json(request.form(&form), "tokens").await?;
        let claims = self.open(&tokens.id_token, now).await?;
        self.is_answer(&claims, nonce, since)?;
        let subject =
            text(&claims, "sub").filter(|sub| (1..=255).contains(&sub.len())).ok_or(TokenFault::Claim)?;
        Ok(SignedIn {
            subject: subject.to_owned(),
            session: text(&claims, "sid").map(|sid| sid.chars().take(255).collect()),
            claims,
        })
    }

    /// Is the token the answer to what was asked?
    fn is_answer(&self, claims: &Claims, nonce: &str, since: Option<Timestamp>) -> Result<(), TokenFault> {
        if text(claims, "nonce") != Some(nonce) {
            return Err(TokenFault::Nonce);
        }
        let contexts = &self.config.contexts;
        let proved = text(claims, "acr").is_some_and(|acr| contexts.iter().any(|wanted| wanted == acr));
        if !contexts.is_empty() && !proved {
            return Err(TokenFault::Context);
        }
        if let Some(since) = since {
            let at = seconds(claims, "auth_time").ok_or(TokenFault::Claim)?;
            // Their clock may be behind ours.
            if at + 60 < since.as_second() {
                return Err(TokenFault::Time);
            }
        }
        Ok(())
    }

    fn assertion(&self, to: &str, id: &str, now: Timestamp) -> Claims {
        let (us, at) = (&self.config.client_id, now.as_second());
        let said = serde_json::json!({ "iss": us, "sub": us, "aud": to, "jti": id, "iat": at, "exp": at + ASSERTION });
        match said {
            Value::Object(claims) => claims,
            _ => Claims::new(),
        }
    }

    /// What a token of the provider's says, if it holds. Keys that are not known are asked for once more: providers change them.
    async fn open(&self, token: &str, now: Timestamp) -> Result<Claims, OidcError> {
        let opened = match self.keys(now, false).await?.open(token) {
            Err(TokenFault::Key) => self.keys(now, true).await?.open(token),
            other => other,
        };
        let claims = opened?;
        holds(&claims, &self.config.issuer, &self.config.client_id, now)?;
        Ok(claims)
    }

    /// Reads the provider's message that somebody has signed out there (Back-Channel Logout 1.0, 2.6).
    ///
    /// # Errors
    /// What is wrong with it. One without a subject is not taken.
    pub async fn logged_out(&self, token: &str, now: Timestamp) -> Result<LoggedOut, OidcError> {
        let claims = self.open(token, now).await?;
        let event = claims
            .get("events")
            .and_then(|events| events.get("http://schemas.openid.net/event/backchannel-logout"));
        if !event.is_some_and(Value::is_object) || claims.contains_key("nonce") {
            return Err(TokenFault::Claim.into());
        }
        let subject = text(&claims, "sub").ok_or(TokenFault::Claim)?.to_owned();
        let id = text(&claims, "jti").ok_or(TokenFault::Claim)?.to_owned();
        Ok(LoggedOut { subject, session: text(&claims, "sid").map(str::to_owned), id })
    }

    /// Where a browser signs out at the provider too, if it offers that (RP-Initiated Logout 1.0).
    ///
    /// # Errors
    /// When the provider cannot be found.
    pub async fn logout(&self, now: Timestamp) -> Result<Option<String>, OidcError> {
        let metadata = self.metadata(now).await?;
        let Some(end) = &metadata.end_session_endpoint else { return Ok(None) };
        let mut to = address(end)?;
        to.query_pairs_mut()
            .append_pair("client_id", &self.config.client_id)
            .append_pair("post_logout_redirect_uri", &self.config.after_logout);
        Ok(Some(to.into()))
    }

    async fn metadata(&self, now: Timestamp) -> Result<Arc<Metadata>, OidcError> {
        let mut held = self.held.lock().await;
        self.found(&mut held, now).await
    }

    async fn found(&self, held: &mut Option<Held>, now: Timestamp) -> Result<Arc<Metadata>, OidcError> {
        if let Some(held) = held.as_ref().filter(|held| now.duration_since(held.at) < KEPT) {
            return Ok(Arc::clone(&held.metadata));
        }
        let at = format!("{}/.well-known/openid-configuration", self.config.issuer.trim_end_matches('/'));
        let found: Metadata = http::json(self.client.get(address(&at)?), "discovery").await?;
        if found.issuer != self.config.issuer {
            return Err(OidcError::OtherIssuer { said: found.issuer.chars().take(200).collect() });
        }
        for place in [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri] {
            address(place)?;
        }
        let metadata = Arc::new(found);
        let (keys, renewed) = held.take().map_or((None, None), |held| (held.keys, held.renewed));
        *held = Some(Held { metadata: Arc::clone(&metadata), at: now, keys, renewed });
        Ok(metadata)
    }

    async fn keys(&self, now: Timestamp, renew: bool) -> Result<Arc<Keys>, OidcError> {
        let mut held = self.held.lock().await;
        let metadata = self.found(&mut held, now).await?;
        let lately = |at: Timestamp, within| now.duration_since(at) < within;
        let known = held.as_ref().and_then(|held| held.keys.as_ref().map(|keys| (keys, held.renewed)));
        if let Some(((keys, at), renewed)) = known {
            let asked_anew = renewed.is_some_and(|at| lately(at, AT_MOST_EVERY));
            if (renew && asked_anew) || (!renew && lately(*at, KEPT)) {
                return Ok(Arc::clone(keys));
            }
        }
        let keys: Keys = http::json(self.client.get(address(&metadata.jwks_uri)?), "keys").await?;
        let keys = Arc::new(keys);
        if let Some(held) = held.as_mut() {
            held.keys = Some((Arc::clone(&keys), now));
            held.renewed = if renew { Some(now) } else { held.renewed };
        }
        Ok(keys)
    }
}

/// An address that tokens may go to: encrypted, or on this machine.
fn address(text: &str) -> Result<Url, OidcError> {
    let bad = OidcError::Config("the provider's addresses must be https, or http on this machine");
    outward::address(text).ok_or(bad)
}
