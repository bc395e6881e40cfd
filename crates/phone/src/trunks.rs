//! `trunks.toml`: by which ways calls come and go. Written by whoever runs the line, told by its provider.

use serde::Deserialize;
use sip::{E164, Law, Login, Net, Register, Transport, Trunk, TrunkId};
use std::{
    collections::HashSet,
    fs, io,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

/// So many trunks at most: a source is looked for in each.
const MOST: usize = 64;

/// Why the trunks cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrunksFault {
    /// The file cannot be read.
    #[error("{}: {source}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It is not written as it should be.
    #[error("{}:{line}: {says}", file.display())]
    Form {
        /// Which file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        says: String,
    },
    /// A trunk cannot be as it is written.
    #[error("{}: trunk {name:?}: {says}", file.display())]
    Trunk {
        /// Which file.
        file: PathBuf,
        /// Which trunk.
        name: String,
        /// What is wrong.
        says: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    trunk: Vec<WrittenTrunk>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenTrunk {
    name: String,
    #[serde(default)]
    transport: WrittenTransport,
    /// Host and port.
    peer: Option<String>,
    #[serde(default)]
    allow: Vec<String>,
    certificate: Option<String>,
    domain: Option<String>,
    user: Option<String>,
    password_file: Option<PathBuf>,
    realm: Option<String>,
    /// The address of record.
    register: Option<String>,
    #[serde(default = "hour")]
    register_seconds: u32,
    challenge_user: Option<String>,
    challenge_password_file: Option<PathBuf>,
    caller_id: Option<String>,
    #[serde(default = "north_america")]
    country: String,
    #[serde(default)]
    law: WrittenLaw,
    #[serde(default = "yes")]
    outbound: bool,
    ping_seconds: Option<u64>,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum WrittenTransport {
    #[default]
    Udp,
    Tcp,
    Tls,
}

#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum WrittenLaw {
    #[default]
    Mu,
    A,
}

const fn hour() -> u32 {
    3_600
}

const fn yes() -> bool {
    true
}

fn north_america() -> String {
    "1".to_owned()
}

/// Reads the file. Files it names are relative to its folder; hosts are looked up now.
///
/// # Errors
/// The first fault.
pub async fn read(file: &Path) -> Result<Vec<Trunk>, TrunksFault> {
    let text =
        fs::read_to_string(file).map_err(|source| TrunksFault::File { file: file.to_owned(), source })?;
    let written: Written = toml::from_str(&text).map_err(|error| {
        let line =
            error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        TrunksFault::Form { file: file.to_owned(), line, says: error.message().replace('\n', " ") }
    })?;
    let fault =
        |name: &str, says: String| TrunksFault::Trunk { file: file.to_owned(), name: name.to_owned(), says };
    if written.trunk.len() > MOST {
        return Err(fault("…", format!("there are more than {MOST}")));
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut names = HashSet::new();
    let mut trunks = Vec::new();
    for (id, trunk) in (1..).zip(written.trunk) {
        let name = trunk.name.clone();
        if !names.insert(name.clone()) {
            return Err(fault(&name, "there are two of this name".to_owned()));
        }
        trunks.push(settle(TrunkId(id), trunk, folder).await.map_err(|says| fault(&name, says))?);
    }
    Ok(trunks)
}

async fn settle(id: TrunkId, trunk: WrittenTrunk, folder: &Path) -> Result<Trunk, String> {
    let secret = |file: Option<PathBuf>| {
        file.map(|file| {
            let file = folder.join(file);
            fs::read_to_string(&file)
                .map(|text| text.trim_end_matches(['\n', '\r']).to_owned())
                .map_err(|error| format!("{}: {error}", file.display()))
        })
        .transpose()
    };
    let login = |user: Option<String>, password: Option<String>, realm: Option<String>| match (user, password)
    {
        (Some(user), Some(password)) => Ok(Some(Login { user, password, realm })),
        (None, None) => Ok(None),
        (Some(_), None) => Err("a user without a password file".to_owned()),
        (None, Some(_)) => Err("a password file without a user".to_owned()),
    };
    let peer = match &trunk.peer {
        Some(peer) => Some(look_up(peer).await?),
        None => None,
    };
    let allow = trunk.allow.iter().map(|net| range(net)).collect::<Result<Vec<_>, _>>()?;
    if peer.is_none() && allow.is_empty() && trunk.certificate.is_none() {
        return Err("without a peer, allowed addresses and a certificate nobody can call by it".to_owned());
    }
    if trunk.certificate.is_some() && (!allow.is_empty() || !matches!(trunk.transport, WrittenTransport::Tls))
    {
        return Err(
            "who is known by a certificate calls over tls, from any address: without allow".to_owned()
        );
    }
    if trunk.register.is_some() && peer.is_none() {
        return Err("to register there must be a peer".to_owned());
    }
    if !(60..=86_400).contains(&trunk.register_seconds) {
        return Err("register-seconds is 60 to 86400".to_owned());
    }
    if trunk.country.is_empty()
        || !trunk.country.bytes().all(|b| b.is_ascii_digit())
        || trunk.country.len() > 3
    {
        return Err("country is a calling code such as \"1\"".to_owned());
    }
    if trunk.ping_seconds.is_some_and(|seconds| !(5..=3_600).contains(&seconds)) {
        return Err("ping-seconds is 5 to 3600".to_owned());
    }
    let caller_id = trunk
        .caller_id
        .map(|number| E164::parse(&number).map_err(|error| format!("caller-id: {error}")))
        .transpose()?;
    let domain = trunk.domain.or_else(|| {
        // The name of the peer, when it was given by name: TLS and registration want it.
        let host = trunk.peer.as_deref().and_then(|peer| peer.rsplit_once(':')).map(|(host, _)| host)?;
        host.parse::<IpAddr>().is_err().then(|| host.trim_matches(['[', ']']).to_owned())
    });
    Ok(Trunk {
        id,
        name: trunk.name,
        transport: match trunk.transport {
            WrittenTransport::Udp => Transport::Udp,
            WrittenTransport::Tcp => Transport::Tcp,
            WrittenTransport::Tls => Transport::Tls,
        },
        peer,
        allow,
        certificate: trunk.certificate,
        domain,
        login: login(trunk.user, secret(trunk.password_file)?, trunk.realm)?,
        register: trunk.register.map(|aor| Register { aor, expires: trunk.register_seconds }),
        challenge: login(trunk.challenge_user, secret(trunk.challenge_password_file)?, None)?,
        caller_id,
        country: trunk.country,
        law: match trunk.law {
            WrittenLaw::Mu => Law::Mu,
            WrittenLaw::A => Law::A,
        },
        outbound: trunk.outbound,
        ping: trunk.ping_seconds.map(Duration::from_secs),
    })
}

async fn look_up(peer: &str) -> Result<SocketAddr, String> {
    if let Ok(addr) = peer.parse() {
        return Ok(addr);
    }
    let found = tokio::net::lookup_host(peer).await;
    let mut found = found.map_err(|error| format!("peer {peer:?} is a host and a port: {error}"))?;
    found.next().ok_or_else(|| format!("peer {peer:?} has no address"))
}

/// `192.0.2.0/24`, or one address.
fn range(text: &str) -> Result<Net, String> {
    let wrong = || format!("{text:?} is no address and no range such as 192.0.2.0/24");
    let Some((addr, prefix)) = text.split_once('/') else {
        return text.parse().map(Net::one).map_err(|_| wrong());
    };
    let addr: IpAddr = addr.parse().map_err(|_| wrong())?;
    let prefix: u8 = prefix.parse().map_err(|_| wrong())?;
    let longest = if addr.is_ipv4() { 32 } else { 128 };
    if prefix > longest { Err(wrong()) } else { Ok(Net { addr, prefix }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read_text(text: &str) -> Result<Vec<Trunk>, TrunksFault> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), "hush\n").unwrap();
        let file = folder.path().join("trunks.toml");
        fs::write(&file, text).unwrap();
        read(&file).await
    }

    #[tokio::test]
    async fn reads_a_trunk_that_registers_and_one_that_only_calls() {
        let trunks = read_text(
            r#"
            [[trunk]]
            name = "carrier"
            transport = "tcp"
            peer = "127.0.0.1:5060"
            user = "line"
            password-file = "secret"
            register = "sip:line@carrier.example"
            caller-id = "+1 202 555 0100"
            ping-seconds = 30

            [[trunk]]
            name = "old exchange"
            allow = ["192.0.2.0/24", "2001:db8::1"]
            country = "49"
            law = "a"
            outbound = false
            "#,
        )
        .await
        .unwrap();
        assert_eq!(trunks[0].login.as_ref().unwrap().password, "hush");
        assert_eq!(trunks[0].register.as_ref().unwrap().expires, 3_600);
        assert!(trunks[0].allows("127.0.0.1".parse().unwrap()));
        assert!(trunks[1].allows("192.0.2.77".parse().unwrap()));
        assert!(!trunks[1].allows("192.0.3.1".parse().unwrap()));
        assert_eq!((trunks[1].id, trunks[1].law, trunks[1].outbound), (TrunkId(2), Law::A, false));
    }

    #[tokio::test]
    async fn says_where_and_what_is_wrong() {
        for (text, says) in [
            ("[[trunk]]\nname = \"a\"\npear = \"x\"", ":3: unknown field `pear`"),
            ("[[trunk]]\nname = \"a\"", "nobody can call by it"),
            ("[[trunk]]\nname = \"a\"\nallow = [\"192.0.2.0/40\"]", "no range"),
            ("[[trunk]]\nname = \"a\"\ncertificate = \"sbc.example\"", "calls over tls"),
            ("[[trunk]]\nname = \"a\"\npeer = \"127.0.0.1:1\"\nuser = \"u\"", "without a password file"),
            ("[[trunk]]\nname = \"a\"\npeer = \"127.0.0.1:1\"\ncountry = \"US\"", "calling code"),
            (
                "[[trunk]]\nname = \"a\"\npeer = \"127.0.0.1:1\"\n[[trunk]]\nname = \"a\"\npeer = \"127.0.0.1:1\"",
                "two of this name",
            ),
        ] {
            let fault = read_text(text).await.unwrap_err().to_string();
            assert!(fault.contains(says), "{fault}");
        }
    }
}
