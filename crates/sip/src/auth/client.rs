//! Answering challenges.

use super::{Algorithm, Facts, digest, digests, value};
use crate::{Login, chance::Chance};

/// What we know of one trunk's realms: the nonces they gave, and how often each was used.
#[derive(Default)]
pub struct Client {
    realms: Vec<Realm>,
}

struct Realm {
    name: String,
    proxy: bool,
    nonce: String,
    opaque: Option<String>,
    algorithm: Algorithm,
    qop: bool,
    count: u32,
}

/// Realms that are remembered of one trunk.
const MOST_REALMS: usize = 8;

impl Client {
    /// Takes the challenges of a 401 (`proxy` false) or 407. Of those for one realm the strongest is answered (RFC 8760, 2.4).
    /// False when none can be answered: another realm, a foreign algorithm, a foreign quality.
    pub fn challenged<'a>(
        &mut self,
        login: &Login,
        proxy: bool,
        lines: impl Iterator<Item = &'a str>,
    ) -> bool {
        let mut best: Option<Realm> = None;
        for params in lines.flat_map(digests).take(16) {
            let algorithm = value(&params, "algorithm").map_or(Some(Algorithm::Md5), Algorithm::read);
            let (Some(algorithm), Some(realm), Some(nonce)) =
                (algorithm, value(&params, "realm"), value(&params, "nonce"))
            else {
                continue;
            };
            let qop = value(&params, "qop");
            let auth = qop.is_some_and(|q| q.split(',').any(|q| q.trim().eq_ignore_ascii_case("auth")));
            let ours = login.realm.as_deref().is_none_or(|r| r == realm);
            if !ours || (qop.is_some() && !auth) || best.as_ref().is_some_and(|b| b.algorithm >= algorithm) {
                continue;
            }
            best = Some(Realm {
                name: realm.to_owned(),
                proxy,
                nonce: nonce.to_owned(),
                opaque: value(&params, "opaque").map(str::to_owned),
                algorithm,
                qop: auth,
                count: 0,
            });
        }
        let Some(best) = best else { return false };
        self.realms.retain(|r| r.name != best.name || r.proxy != proxy);
        if self.realms.len() >= MOST_REALMS {
            self.realms.remove(0);
        }
        self.realms.push(best);
        true
    }

    /// The header lines that authorise a request. Each use of a nonce counts one more (`nc`, hexadecimal).
    pub fn authorise(
        &mut self,
        login: &Login,
        method: &str,
        uri: &str,
        chance: &mut Chance,
    ) -> Vec<(&'static str, String)> {
        let mut lines = Vec::with_capacity(self.realms.len());
        for realm in &mut self.realms {
            realm.count += 1;
            let count = format!("{:08x}", realm.count);
            let ours = chance.token();
            let facts = Facts {
                user: &login.user,
                realm: &realm.name,
                password: &login.password,
                method,
                uri,
                nonce: &realm.nonce,
                qop: realm.qop.then_some((count.as_str(), ours.as_str())),
            };
            let response = digest(realm.algorithm, &facts);
            let mut line = format!(
                "Digest username={}, realm={}, nonce={}, uri=\"{uri}\", response=\"{response}\", algorithm={}",
                quoted(&login.user),
                quoted(&realm.name),
                quoted(&realm.nonce),
                realm.algorithm.name(),
            );
            if let Some(opaque) = &realm.opaque {
                line.push_str(", opaque=");
                line.push_str(&quoted(opaque));
            }
            if realm.qop {
                line.push_str(", qop=auth, cnonce=\"");
                line.push_str(&ours);
                line.push_str("\", nc=");
                line.push_str(&count);
            }
            lines.push((if realm.proxy { "Proxy-Authorization" } else { "Authorization" }, line));
        }
        lines
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
