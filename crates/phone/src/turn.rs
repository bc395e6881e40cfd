//! A relay for browsers whose network lets no datagrams through (TURN, RFC 8656): each page gets a name and a password of its own
//! that soon run out, made from a secret that the relay shares. Nothing is asked of the relay for that; coturn calls it
//! `use-auth-secret`.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha1::Sha1;
use std::fmt;
use web::switchboard::IceServer;

/// The relay, and what it shares with us.
#[derive(Clone, PartialEq, Eq)]
pub struct Turn {
    /// Its addresses: `turn:…`, `turns:…`; and `stun:…`, which need no password.
    pub urls: Vec<String>,
    /// The secret. Without one, only addresses that need no password are given.
    pub secret: Option<String>,
    /// For how long a name and a password can be used.
    pub lasts: SignedDuration,
}

impl fmt::Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Turn").field("urls", &self.urls).field("lasts", &self.lasts).finish_non_exhaustive()
    }
}

impl Turn {
    /// What a browser is told that opens a page now. The name has nothing of whoever opened it: `token` is chance.
    pub fn servers(&self, token: &str, now: Timestamp) -> Vec<IceServer> {
        let (stun, turn): (Vec<String>, Vec<String>) =
            self.urls.iter().cloned().partition(|url| url.starts_with("stun"));
        let mut servers = Vec::new();
        if !stun.is_empty() {
            servers.push(IceServer { urls: stun, username: None, credential: None });
        }
        if let Some(secret) = self.secret.as_ref().filter(|_| !turn.is_empty()) {
            let until = now.saturating_add(self.lasts).unwrap_or(now).as_second();
            let username = format!("{until}:{token}");
            let credential = Some(password(secret, &username));
            servers.push(IceServer { urls: turn, username: Some(username), credential });
        }
        servers
    }
}

/// The password of a name: only who has the secret can say it.
fn password(secret: &str, name: &str) -> String {
    // A key of any length can be used with it.
    Hmac::<Sha1>::new_from_slice(secret.as_bytes()).map_or_else(
        |_| String::new(),
        |mut mac| {
            mac.update(name.as_bytes());
            STANDARD.encode(mac.finalize().into_bytes())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn() -> Turn {
        Turn {
            urls: vec!["stun:relay.example".to_owned(), "turn:relay.example?transport=tcp".to_owned()],
            secret: Some("north".to_owned()),
            lasts: SignedDuration::from_hours(1),
        }
    }

    #[test]
    fn a_name_runs_out_and_its_password_is_what_the_relay_expects() {
        let now = Timestamp::from_second(1_700_000_000).unwrap();
        let servers = turn().servers("abc", now);
        assert_eq!((servers[0].username.as_ref(), servers[0].urls.len()), (None, 1));
        assert_eq!(servers[1].username.as_deref(), Some("1700003600:abc"));
        // openssl dgst -sha1 -hmac north -binary, of the name, in base64.
        assert_eq!(servers[1].credential.as_deref(), Some("IMSPYGMI9e0aXDFcZousOwkA8N0="));
        let json = serde_json::to_string(&servers).unwrap();
        assert!(!json.contains("north") && !format!("{:?}", turn()).contains("north"));
    }

    #[test]
    fn without_a_secret_there_is_no_relay() {
        let open = Turn { secret: None, ..turn() };
        assert_eq!(open.servers("abc", Timestamp::UNIX_EPOCH).len(), 1);
    }
}
