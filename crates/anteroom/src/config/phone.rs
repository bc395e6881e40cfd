//! The telephone line: where calls come in, what they sound like.

use super::{path, source::Source};
use domain::phone::PhoneNumber;
use phone::{First, Listen, TlsFiles};
use sip::Transport;
use std::{
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    path::{Path, PathBuf},
};

/// The telephone line as it is told.
#[derive(Debug, Clone)]
pub struct Phone {
    /// Where calls are listened for.
    pub listen: Vec<Listen>,
    /// By which ways calls come and go.
    pub trunks: PathBuf,
    /// The name or address that trunks are told to reach us by.
    pub host: Option<String>,
    /// The one number that is published, and shown to whom we call.
    pub number: Option<PhoneNumber>,
    /// Where sound is received.
    pub media_addr: IpAddr,
    /// The address that is told for it, when a router stands between.
    pub media_public: Option<IpAddr>,
    /// By which ports.
    pub media_ports: RangeInclusive<u16>,
    /// On how many threads.
    pub media_threads: usize,
    /// So many calls at once.
    pub most_calls: usize,
    /// Whom the exchange connects first when it calls somebody back.
    pub callback_first: First,
    /// Whether calls are recorded, and whether callers may refuse it.
    pub recording: Option<MayRefuse>,
    /// Where recordings lie; none: in the data folder.
    pub recordings: Option<PathBuf>,
    /// Certificates.
    pub tls: TlsFiles,
    /// What is heard while waiting: 8 kHz WAV.
    pub music: Option<PathBuf>,
    /// The relay for browsers whose network lets no datagrams through.
    pub turn: Option<Relay>,
}

/// Whether callers may refuse to be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MayRefuse(pub bool);

/// A relay as it is told.
#[derive(Debug, Clone)]
pub struct Relay {
    /// Its addresses.
    pub urls: Vec<String>,
    /// Where the secret is that it shares with us, alone in its file.
    pub secret: Option<PathBuf>,
    /// For how many hours a name and a password can be used.
    pub hours: i64,
}

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 20] = [
    ("phone", "listen"),
    ("phone", "trunks"),
    ("phone", "host"),
    ("phone", "number"),
    ("phone", "media_addr"),
    ("phone", "media_public"),
    ("phone", "media_ports"),
    ("phone", "media_threads"),
    ("phone", "most_calls"),
    ("phone", "callback_first"),
    ("phone", "recording"),
    ("phone", "recordings"),
    ("phone", "certificate"),
    ("phone", "certificate_key"),
    ("phone", "trust"),
    ("phone", "mutual_tls"),
    ("phone", "music"),
    ("phone", "turn"),
    ("phone", "turn_secret"),
    ("phone", "turn_hours"),
];

/// Reads the section; `None` outside when something in it is at fault, inside when there is no line.
#[expect(clippy::option_option, reason = "outside: was there a fault; inside: is there a line")]
pub(super) fn settle(source: &mut Source, folder: &Path) -> Option<Option<Phone>> {
    let listen = source.get(
        "phone",
        "listen",
        "transports and addresses such as [\"udp:0.0.0.0:5060\", \"tls:0.0.0.0:5061\"]",
        listen,
    )?;
    let Some(listen) = listen else {
        // Whoever writes of trunks believes that calls come in.
        return match KEYS.iter().skip(1).find(|(section, key)| source.has(section, key)) {
            None => Some(None),
            Some((section, key)) => {
                source.fault_at(section, key, "calls come in only where phone.listen says");
                None
            }
        };
    };
    let first = listen.first()?.addr.ip();
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let trunks = path(source, "phone", "trunks", folder, true);
    let host = source.get("phone", "host", "a name or an address", text);
    let number =
        source.get("phone", "number", "a telephone number such as +1 202 555 0100", |t| t.parse().ok());
    let media_addr = source.get("phone", "media_addr", "an address of this machine", |t| t.parse().ok());
    let media_public = source.get("phone", "media_public", "an address", |t| t.parse().ok());
    let media_ports =
        source.or("phone", "media_ports", "ports such as 20000-29999, at least two", "20000-29999", ports);
    let media_threads = source.or("phone", "media_threads", "a number from 1 to 64", "1", |text| {
        text.parse().ok().filter(|threads| (1..=64).contains(threads))
    });
    let most_calls = source.or("phone", "most_calls", "a number from 1 to 10000", "500", |text| {
        text.parse().ok().filter(|calls| (1..=10_000).contains(calls))
    });
    let callback_first =
        source.or("phone", "callback_first", "officer or person", "officer", |text| match text {
            "officer" => Some(First::Officer),
            "person" => Some(First::Person),
            _ => None,
        });
    let recording =
        source.or("phone", "recording", "off, announced or may-refuse", "off", |text| match text {
            "off" => Some(None),
            "announced" => Some(Some(MayRefuse(false))),
            "may-refuse" => Some(Some(MayRefuse(true))),
            _ => None,
        });
    let recordings = path(source, "phone", "recordings", folder, false);
    let certificate = path(source, "phone", "certificate", folder, false);
    let key = path(source, "phone", "certificate_key", folder, false);
    let trust = path(source, "phone", "trust", folder, false);
    let mutual = source.or("phone", "mutual_tls", "yes or no", "no", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let music = path(source, "phone", "music", folder, false);
    let turn = relay(source, folder);
    let media_addr = media_addr?.unwrap_or(first);
    let media_public = media_public?;
    if media_addr.is_unspecified() && media_public.is_none() {
        source.fault("phone.media_addr is every address of this machine: say in phone.media_public where sound is to be sent");
        return None;
    }
    Some(Some(Phone {
        listen,
        trunks: trunks??,
        host: host?,
        number: number?,
        media_addr,
        media_public,
        media_ports: media_ports?,
        media_threads: media_threads?,
        most_calls: most_calls?,
        callback_first: callback_first?,
        recording: recording?,
        recordings: recordings?,
        tls: TlsFiles { certificate: certificate?, key: key?, trust: trust?, mutual: mutual? },
        music: music?,
        turn: turn?,
    }))
}

/// The relay; `None` outside when something of it is at fault, inside when there is none.
#[expect(clippy::option_option, reason = "outside: was there a fault; inside: is there a relay")]
fn relay(source: &mut Source, folder: &Path) -> Option<Option<Relay>> {
    let says = "addresses such as [\"turn:relay.example:3478?transport=tcp\", \"stun:relay.example\"]";
    let urls = source.get("phone", "turn", says, |text| {
        let urls: Vec<String> =
            text.split([' ', ',']).filter(|url| !url.is_empty()).map(str::to_owned).collect();
        let known = |url: &String| {
            ["stun:", "stuns:", "turn:", "turns:"]
                .iter()
                .any(|scheme| url.strip_prefix(scheme).is_some_and(|host| !host.is_empty()))
        };
        (!urls.is_empty() && urls.iter().all(known)).then_some(urls)
    });
    let secret = path(source, "phone", "turn_secret", folder, false);
    let hours = source.or("phone", "turn_hours", "a number from 1 to 48", "12", |text| {
        text.parse().ok().filter(|hours| (1..=48).contains(hours))
    });
    let (urls, secret, hours) = (urls?, secret?, hours?);
    let Some(urls) = urls else {
        if secret.is_some() {
            source.fault("phone.turn_secret is of no use without phone.turn: say where the relay is");
            return None;
        }
        return Some(None);
    };
    if secret.is_none() && urls.iter().any(|url| url.starts_with("turn")) {
        source.fault(
            "phone.turn names a relay: say in phone.turn_secret in which file the secret is that it shares",
        );
        return None;
    }
    Some(Some(Relay { urls, secret, hours }))
}

fn listen(text: &str) -> Option<Vec<Listen>> {
    let read = |part: &str| {
        let (transport, addr) = part.split_once(':')?;
        let transport = match transport {
            "udp" => Transport::Udp,
            "tcp" => Transport::Tcp,
            "tls" => Transport::Tls,
            _ => return None,
        };
        Some(Listen { transport, addr: addr.parse::<SocketAddr>().ok()? })
    };
    let parts: Option<Vec<_>> = text.split([' ', ',']).filter(|part| !part.is_empty()).map(read).collect();
    parts.filter(|parts| !parts.is_empty())
}

fn ports(text: &str) -> Option<RangeInclusive<u16>> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (from.trim().parse::<u16>().ok()?, to.trim().parse::<u16>().ok()?);
    (from >= 1_024 && to > from).then_some(from..=to)
}
