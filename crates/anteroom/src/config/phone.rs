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
    /// Certificates.
    pub tls: TlsFiles,
    /// What is heard while waiting: 8 kHz WAV.
    pub music: Option<PathBuf>,
}

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 15] = [
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
    ("phone", "certificate"),
    ("phone", "certificate_key"),
    ("phone", "trust"),
    ("phone", "mutual_tls"),
    ("phone", "music"),
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
    let certificate = path(source, "phone", "certificate", folder, false);
    let key = path(source, "phone", "certificate_key", folder, false);
    let trust = path(source, "phone", "trust", folder, false);
    let mutual = source.or("phone", "mutual_tls", "yes or no", "no", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    });
    let music = path(source, "phone", "music", folder, false);
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
        tls: TlsFiles { certificate: certificate?, key: key?, trust: trust?, mutual: mutual? },
        music: music?,
    }))
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
