//! The context of a page: who reads it in which language, when, and from where.

use crate::{
    App,
    core::{WebError, cookies, limits::Gate},
};
use axum::{
    extract::{ConnectInfo, FromRequestParts, OriginalUri},
    http::{HeaderMap, request::Parts},
};
use desk::{Caller, Who};
use domain::{change::IdempotencyKey, text::Lang};
use jiff::Timestamp;
use locale::Tongue;
use std::net::{IpAddr, SocketAddr};

/// The context of a page under `/{lang}/…`.
#[derive(Debug, Clone)]
pub(crate) struct Ctx {
    pub(crate) app: App,
    pub(crate) lang: Lang,
    pub(crate) now: Timestamp,
    /// What follows the language in the address: the same page in another language has the same.
    pub(crate) rest: String,
    /// Who asks, for limits; the connection's peer or what a trusted proxy says.
    pub(crate) from: String,
    pub(crate) headers: HeaderMap,
}

impl Ctx {
    /// The words of this page's language.
    pub(crate) fn t(&self) -> &Tongue {
        self.app.desk.words().tongue(&self.lang)
    }

    /// An address in this page's language: `url("/request")` is `/en/request`.
    pub(crate) fn url(&self, rest: &str) -> String {
        format!("/{}{rest}", self.lang)
    }

    /// A cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        cookies::get(&self.headers, name, self.app.options.https())
    }

    /// Whoever asks, under a key of the form that was sent.
    pub(crate) fn caller(&self, who: Who, key: IdempotencyKey) -> Caller {
        Caller::new(who, key, self.now)
    }

    /// Whoever asks, for a command that may be done as often as it is asked.
    pub(crate) fn caller_once(&self, who: Who) -> Caller {
        self.caller(who, IdempotencyKey::of("web", self.app.desk.dice().token()))
    }

    /// Takes one of the tries that a gate gives to this address.
    pub(crate) fn limit(&self, gate: Gate) -> Result<(), WebError> {
        self.app.limits.take(gate, &self.from, self.now)
    }

    /// Takes one of the tries that a gate gives to a subject (an inquiry number, a sign-in name).
    pub(crate) fn limit_on(&self, gate: Gate, subject: &str) -> Result<(), WebError> {
        self.app.limits.take(gate, subject, self.now)
    }

    /// Does a script ask for a part of the page?
    pub(crate) fn is_partial(&self) -> bool {
        self.headers.contains_key("hx-request")
    }
}

impl FromRequestParts<App> for Ctx {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let uri = OriginalUri::from_request_parts(parts, app).await.map_or(parts.uri.clone(), |uri| uri.0);
        let (lang, rest) = split(uri.path_and_query().map_or("/", |p| p.as_str()));
        let known = app.desk.pack().languages().iter().find(|l| l.as_str() == lang);
        let Some(lang) = known.cloned() else { return Err(WebError::NotFound) };
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self {
            now: app.clock.now(),
            lang,
            rest: rest.to_owned(),
            from: caller_of(&parts.headers, peer, &app.options.trusted_proxies),
            headers: parts.headers.clone(),
            app: app.clone(),
        })
    }
}

/// The first segment of a path and what follows it.
fn split(path: &str) -> (&str, &str) {
    let path = path.strip_prefix('/').unwrap_or(path);
    match path.find(['/', '?']) {
        Some(at) => path.split_at(at),
        None => (path, ""),
    }
}

/// The address under which tries are counted: IPv4 whole, IPv6 by its /64 (one subscriber has that much).
///
/// Of `X-Forwarded-For` the last address that is not a trusted proxy counts: whatever stands before it was written
/// by the caller.
pub(crate) fn caller_of(headers: &HeaderMap, peer: Option<IpAddr>, trusted: &[IpAddr]) -> String {
    let Some(peer) = peer else { return "unknown".to_owned() };
    let mut at = peer.to_canonical();
    if trusted.contains(&at) {
        let said: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        for text in said.iter().rev() {
            let Ok(ip) = text.trim().parse::<IpAddr>() else { break };
            at = ip.to_canonical();
            if !trusted.contains(&at) {
                break;
            }
        }
    }
    match at {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// The language for whoever has not said one in the address: the cookie's, else the first of `Accept-Language` that
/// there is (by order; weights are given in order by every browser), else the pack's first.
pub(crate) fn guess(app: &App, headers: &HeaderMap) -> Lang {
    let langs = app.desk.pack().languages();
    let find = |tag: &str| langs.iter().find(|l| l.as_str().eq_ignore_ascii_case(tag)).cloned();
    cookies::get(headers, "lang", app.options.https())
        .and_then(|tag| find(&tag))
        .or_else(|| {
            let accepted = headers.get("accept-language")?.to_str().ok()?;
            accepted.split(',').find_map(|part| find(part.split([';', '-']).next()?.trim()))
        })
        .or_else(|| langs.first().cloned())
        .unwrap_or_else(Lang::en)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(text: &str) -> HeaderMap {
        [("x-forwarded-for".parse::<axum::http::HeaderName>().unwrap(), text.parse().unwrap())]
            .into_iter()
            .collect()
    }

    #[test]
    fn believes_only_trusted_proxies() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let headers = forwarded("6.6.6.6, 192.0.2.7, 10.0.0.1");
        assert_eq!(caller_of(&headers, Some(proxy), &[proxy]), "192.0.2.7");
        assert_eq!(caller_of(&headers, Some("192.0.2.9".parse().unwrap()), &[proxy]), "192.0.2.9");
        assert_eq!(caller_of(&headers, Some(proxy), &[]), "10.0.0.1");
        assert_eq!(caller_of(&forwarded("junk"), Some(proxy), &[proxy]), "10.0.0.1");
    }

    #[test]
    fn counts_a_subscriber_as_one() {
        let one = caller_of(&HeaderMap::new(), Some("2001:db8:1:2:3:4:5:6".parse().unwrap()), &[]);
        assert_eq!(one, caller_of(&HeaderMap::new(), Some("2001:db8:1:2::9".parse().unwrap()), &[]));
        assert_ne!(one, caller_of(&HeaderMap::new(), Some("2001:db8:1:3::9".parse().unwrap()), &[]));
        assert_eq!(caller_of(&HeaderMap::new(), Some("::ffff:192.0.2.1".parse().unwrap()), &[]), "192.0.2.1");
    }

    #[test]
    fn takes_the_language_off() {
        assert_eq!(split("/en/request?x=1"), ("en", "/request?x=1"));
        assert_eq!(split("/en"), ("en", ""));
        assert_eq!(split("/en?x"), ("en", "?x"));
        assert_eq!(split("/"), ("", ""));
    }
}
