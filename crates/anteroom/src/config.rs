//! The configuration: a TOML file, and environment variables over it.
//!
//! Every setting is `[section] key`, and `ANTEROOM_SECTION_KEY` in the environment. All faults are told at once, each
//! with the line or the variable it stands in. A key that nobody knows is a fault: it is most often a misspelt one.
#![expect(clippy::option_option, reason = "outside: was there a fault; inside: was it set")]

mod cases;
mod phone;
mod provider;
mod source;
mod staff;
mod texts;
mod voice;
mod webhooks;

pub use cases::Cases;
pub use phone::{MayRefuse, Phone, Relay};
pub use staff::StaffRules;
pub use texts::TextWay;
pub use voice::VoiceChoice;

use crate::{
    address::{Address, OldSchema},
    data,
    fault::Faults,
};
use axum::http::Uri;
use domain::pii::Pii;
use notices::{Login, Sender, SmtpConfig, Tls, WebhookConfig};
use source::Source;
use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// Everything an installation is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// The pages.
    pub http: Http,
    /// Where the key is kept, and the store when it is a file and no other place is named for it.
    pub data: PathBuf,
    /// The store.
    pub store: Stored,
    /// The agency pack's folder.
    pub pack: PathBuf,
    /// Where cases are found.
    pub cases: Cases,
    /// How mail leaves.
    pub mail: Mail,
    /// How text messages leave; nobody is asked for them when it is left out.
    pub texts: Option<TextWay>,
    /// The agency's own provider; nobody signs in there when it is left out.
    pub provider: Option<Arc<web::AtProvider>>,
    /// Programs that are told what happens.
    pub webhooks: Vec<WebhookConfig>,
    /// How members of staff get in, and how long they stay signed in.
    pub staff: StaffRules,
    /// What is logged.
    pub log: Log,
    /// How often it is looked at whether everything holds that must.
    pub check_every: Duration,
    /// Where the figures can be read; nowhere when it is left out.
    pub metrics: Option<SocketAddr>,
    /// Where traces are sent; nowhere when it is left out.
    pub trace: Option<String>,
    /// The telephone line; none when it is left out.
    pub phone: Option<Phone>,
    /// What speaks on it.
    pub voice: VoiceChoice,
}

/// The pages.
#[derive(Debug, Clone)]
pub struct Http {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The address people use, without a slash at the end.
    pub public_url: String,
    /// The proxies in front, whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How many requests come in ten minutes of a busy day.
    pub calm: u32,
}

/// The store.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Where it is.
    pub at: Address,
    /// What to do about a schema that an older version of the program left.
    pub old: OldSchema,
}

/// How mail leaves.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Who it comes from.
    pub sender: Sender,
    /// By which way.
    pub way: MailWay,
}

/// By which way mail leaves.
#[derive(Debug, Clone)]
pub enum MailWay {
    /// By SMTP.
    Smtp(Box<SmtpConfig>),
    /// Into a folder, one file a message.
    Folder(PathBuf),
}

/// What is logged.
#[derive(Debug, Clone)]
pub struct Log {
    /// A level, or a list of them by room.
    pub level: String,
    /// In which form.
    pub format: LogFormat,
}

/// The form of logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

/// Every key there is but those of cases, texts, webhooks, staff, the telephone and the voice.
const OWN_KEYS: [(&str, &str); 25] = [
    ("http", "addr"),
    ("http", "public_url"),
    ("http", "trusted_proxies"),
    ("http", "calm"),
    ("data", "dir"),
    ("store", "url"),
    ("store", "password"),
    ("store", "password_file"),
    ("store", "migrate"),
    ("pack", "dir"),
    ("mail", "from"),
    ("mail", "folder"),
    ("smtp", "host"),
    ("smtp", "port"),
    ("smtp", "tls"),
    ("smtp", "user"),
    ("smtp", "password"),
    ("smtp", "password_file"),
    ("smtp", "trust_file"),
    ("smtp", "hello"),
    ("log", "level"),
    ("log", "format"),
    ("check", "every_minutes"),
    ("metrics", "addr"),
    ("trace", "endpoint"),
];

/// Every key there is, section by section.
pub(crate) fn keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    OWN_KEYS
        .into_iter()
        .chain(cases::KEYS)
        .chain(texts::KEYS)
        .chain(webhooks::KEYS)
        .chain(staff::KEYS)
        .chain(provider::KEYS)
        .chain(phone::KEYS)
        .chain(voice::KEYS)
}

/// How long one message may take.
const SMTP_TIMEOUT: Duration = Duration::from_secs(30);
/// How many idle connections to the mail server are kept.
const SMTP_POOL: u32 = 4;

/// Reads the configuration file, and what of the environment is ours. Paths in the file are relative to its folder;
/// those in the environment to the working folder.
///
/// # Errors
/// Every fault.
pub fn read(path: &Path, env: impl Iterator<Item = (String, String)>) -> Result<Config, Faults> {
    let text = fs::read_to_string(path).map_err(|error| Faults::at(path, error))?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    let mut source = Source::parse(path, &text);
    source.overlay(env);
    let config = settle(&mut source, &folder);
    let faults = source.into_faults();
    match config {
        Some(config) if faults.is_empty() => Ok(config),
        _ => Err(Faults(faults)),
    }
}

fn settle(source: &mut Source, folder: &Path) -> Option<Config> {
    let addr =
        source.or("http", "addr", "an address and port such as 127.0.0.1:8080", "127.0.0.1:8080", |text| {
            text.parse().ok()
        });
    let public_url =
        source.need("http", "public_url", "the address people use, such as https://help.example.gov", url);
    let trusted_proxies = source.or(
        "http",
        "trusted_proxies",
        "the addresses of proxies, such as [\"10.0.0.7\"]",
        "",
        |text| text.split([' ', ',']).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect(),
    );
    let calm = source.or(
        "http",
        "calm",
        "how many requests come in ten minutes of a busy day, from 1 to 1000000",
        "200",
        |text| text.parse().ok().filter(|calm| (1..=1_000_000).contains(calm)),
    );
    let data = path(source, "data", "dir", folder, true).flatten();
    let store = stored(source, folder, data.as_ref());
    let pack = path(source, "pack", "dir", folder, true);
    let sender = source.need("mail", "from", "an e-mail address such as no-reply@help.example.gov", sender);
    let way = mail_way(source, folder, public_url.as_deref());
    let level = source.or(
        "log",
        "level",
        "error, warn, info, debug or trace, or a list such as \"info,desk=debug\"",
        "info",
        |text| crate::logs::filter(text).is_ok().then(|| text.to_owned()),
    );
    let format = source.or("log", "format", "human or json", "human", |text| match text {
        "human" => Some(LogFormat::Human),
        "json" => Some(LogFormat::Json),
        _ => None,
    });
    let check_every =
        source.or("check", "every_minutes", "a number of minutes from 1 to 1440", "5", |text| {
            text.parse().ok().filter(|minutes| (1..=1440).contains(minutes)).map(Duration::from_mins)
        });
    let cases = cases::settle(source, folder);
    let texts = texts::settle(source, folder);
    let webhooks = webhooks::settle(source, folder);
    let staff = staff::settle(source);
    let provider = provider::settle(source, folder, public_url.as_deref());
    let metrics =
        source.get("metrics", "addr", "an address and port such as 127.0.0.1:9464", |text| text.parse().ok());
    let trace = source.get(
        "trace",
        "endpoint",
        "an OTLP/HTTP address such as http://127.0.0.1:4318/v1/traces",
        |text| {
            text.parse::<Uri>().ok().filter(|uri| uri.scheme().is_some() && uri.host().is_some())?;
            Some(text.to_owned())
        },
    );
    let phone = phone::settle(source, folder);
    let voice = voice::settle(source, folder);
    Some(Config {
        http: Http { addr: addr?, public_url: public_url?, trusted_proxies: trusted_proxies?, calm: calm? },
        data: data?,
        store: store?,
        pack: pack??,
        mail: Mail { sender: sender?, way: way? },
        log: Log { level: level?, format: format? },
        check_every: check_every?,
        cases: cases?,
        texts: texts?,
        webhooks: webhooks?,
        staff: staff?,
        provider: provider?,
        metrics: metrics?,
        trace: trace?,
        phone: phone?,
        voice: voice?,
    })
}

/// A path; `None` outside when it is at fault, inside when it is not there and need not be.
fn path(
    source: &mut Source,
    section: &str,
    key: &str,
    folder: &Path,
    needed: bool,
) -> Option<Option<PathBuf>> {
    let read = |text: &str| (!text.is_empty()).then(|| PathBuf::from(text));
    let says = "a path";
    let from_file = source.is_from_file(section, key);
    let path = if needed {
        source.need(section, key, says, read).map(Some)
    } else {
        source.get(section, key, says, read)
    };
    // What a file says is relative to it, so that it means the same wherever the program is started.
    path.map(|path| path.map(|path| if from_file { folder.join(path) } else { path }))
}

/// The store; without a URL it is a file in the data folder.
fn stored(source: &mut Source, folder: &Path, data: Option<&PathBuf>) -> Option<Stored> {
    let from_file = source.is_from_file("store", "url");
    // The fault says more than whether: which part of the URL is wrong.
    let url = source.get_or_say("store", "url", Address::parse);
    let password = password(source, "store", folder);
    let old = source.or("store", "migrate", "itself or by-hand", "itself", |text| match text {
        "itself" => Some(OldSchema::Migrate),
        "by-hand" => Some(OldSchema::Refuse),
        _ => None,
    });
    let at = match url? {
        Some(at) if from_file => at.beside(folder),
        Some(at) => at,
        None => data::store(data?),
    };
    let password = password?;
    if password.is_some() && matches!(at, Address::Sqlite(_)) {
        source.fault("store.password is for a database: a file has none");
        return None;
    }
    Some(Stored { at: at.with_password(password), old: old? })
}

/// A password: in the configuration, or alone in a file.
fn password(source: &mut Source, section: &str, folder: &Path) -> Option<Option<Pii<String>>> {
    secret(source, section, "password", folder)
}

/// What nobody else may know: in the configuration, or alone in a file that a second key names.
fn secret(source: &mut Source, section: &str, key: &str, folder: &Path) -> Option<Option<Pii<String>>> {
    let in_file = format!("{key}_file");
    let text = |text: &str| (!text.is_empty()).then(|| Pii::new(text.to_owned()));
    let secret = source.get(section, key, &format!("a {key}"), text)?;
    match (secret, path(source, section, &in_file, folder, false)?) {
        (Some(_), Some(_)) => {
            source.fault(&format!("{section}.{key} and {section}.{in_file} exclude each other"));
            None
        }
        (None, Some(file)) => {
            let text = source.attempt(section, &in_file, fs::read_to_string(file))?;
            Some(Some(Pii::new(text.trim_end_matches(['\n', '\r']).to_owned())))
        }
        (secret, None) => Some(secret),
    }
}

fn mail_way(source: &mut Source, folder: &Path, public_url: Option<&str>) -> Option<MailWay> {
    let drop = path(source, "mail", "folder", folder, false)?;
    let host = source.get("smtp", "host", "the mail server's name", |text| {
        (!text.is_empty() && !text.contains(char::is_whitespace)).then(|| text.to_owned())
    })?;
    let tls = source.or("smtp", "tls", "starttls, implicit or none", "starttls", |text| match text {
        "starttls" => Some(Tls::StartTls),
        "implicit" => Some(Tls::Implicit),
        "none" => Some(Tls::None),
        _ => None,
    })?;
    let port = source.get("smtp", "port", "a port from 1 to 65535", |text| {
        text.parse::<u16>().ok().filter(|port| *port > 0)
    })?;
    let login = login(source, folder)?;
    let trust = match path(source, "smtp", "trust_file", folder, false)? {
        Some(file) => Some(source.attempt("smtp", "trust_file", fs::read(file))?),
        None => None,
    };
    let hello = source.get("smtp", "hello", "this machine's name in the DNS", |text| {
        (!text.is_empty()).then(|| text.to_owned())
    })?;
    match (drop, host) {
        (Some(folder), None) => Some(MailWay::Folder(folder)),
        (None, Some(host)) => Some(MailWay::Smtp(Box::new(SmtpConfig {
            port: port.unwrap_or(match tls {
                Tls::None => 25,
                Tls::StartTls => 587,
                Tls::Implicit => 465,
            }),
            hello: hello.or_else(|| Some(url_host(public_url?)?.to_owned()))?,
            timeout: SMTP_TIMEOUT,
            pool: SMTP_POOL,
            host,
            tls,
            trust,
            login,
        }))),
        (Some(_), Some(_)) => {
            source.fault(
                "mail.folder and smtp.host exclude each other: mail goes into a folder or to a server",
            );
            None
        }
        (None, None) => {
            source.fault(
                "smtp.host is missing: a mail server, or mail.folder for a folder that mail is put into",
            );
            None
        }
    }
}

fn login(source: &mut Source, folder: &Path) -> Option<Option<Login>> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let user = source.get("smtp", "user", "a user name", text)?;
    let password = password(source, "smtp", folder)?;
    match (user, password) {
        (Some(user), Some(password)) => Some(Some(Login { user, password })),
        (None, None) => Some(None),
        (Some(_), None) => {
            source.fault("smtp.user is there without smtp.password or smtp.password_file");
            None
        }
        (None, Some(_)) => {
            source.fault("smtp.password is there without smtp.user");
            None
        }
    }
}

/// A public address: a scheme, a host and perhaps a port, and nothing behind them.
fn url(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme))?;
    let host = uri.authority().filter(|a| !a.as_str().contains('@'))?;
    (uri.path() == "/" && uri.query().is_none()).then(|| format!("{scheme}://{host}"))
}

fn url_host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    Some(
        rest.rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(rest, |(host, _)| host),
    )
}

fn sender(text: &str) -> Option<Sender> {
    let (name, domain) = text.split_once('@')?;
    let good = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"<>()@,;:\"\\".contains(c))
    };
    (good(name) && good(domain) && !domain.starts_with('.') && !domain.ends_with('.'))
        .then(|| Sender { address: text.to_owned(), domain: domain.to_ascii_lowercase() })
}

#[cfg(test)]
mod tests;
