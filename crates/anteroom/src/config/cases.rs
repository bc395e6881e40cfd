//! Where cases are found.

use super::{path, source::Source};
use cases::api::ApiConfig;
use domain::pii::Pii;
use jiff::SignedDuration;
use std::{path::Path, str::FromStr};

/// Where cases are found.
#[derive(Debug, Clone)]
pub enum Cases {
    /// In the file that was imported last.
    File,
    /// At the agency's own service.
    Api(Box<ApiConfig>),
}

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 21] = [
    ("cases", "source"),
    ("cases", "base_url"),
    ("cases", "token_url"),
    ("cases", "client_id"),
    ("cases", "client_secret"),
    ("cases", "client_secret_file"),
    ("cases", "demo_id"),
    ("cases", "trust_file"),
    ("cases", "proxy"),
    ("cases", "zone"),
    ("cases", "per_second"),
    ("cases", "burst"),
    ("cases", "per_day"),
    ("cases", "connect"),
    ("cases", "whole"),
    ("cases", "fresh"),
    ("cases", "stale"),
    ("cases", "kept"),
    ("cases", "failures"),
    ("cases", "rest"),
    ("cases", "rest_most"),
];

/// Reads the section; `None` when something in it is at fault.
pub(super) fn settle(source: &mut Source, folder: &Path) -> Option<Cases> {
    let api = source.or("cases", "source", "file or api", "file", |text| match text {
        "file" => Some(false),
        "api" => Some(true),
        _ => None,
    })?;
    if !api {
        // Whoever writes an address here believes that it is asked.
        return match KEYS.iter().skip(1).find(|(section, key)| source.has(section, key)) {
            None => Some(Cases::File),
            Some((section, key)) => {
                source.fault_at(section, key, "this is for source = \"api\"");
                None
            }
        };
    }
    let config = config(source, folder)?;
    match config.check() {
        Ok(()) => Some(Cases::Api(Box::new(config))),
        Err(fault) => {
            let says = crate::fault::chain(&fault);
            match fault.key() {
                Some(key) => {
                    // The sentence names its setting already.
                    let says =
                        says.strip_prefix(key).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&says);
                    source.fault_at("cases", key, says);
                }
                None => source.fault(&format!("[cases] {says}")),
            }
            None
        }
    }
}

fn config(source: &mut Source, folder: &Path) -> Option<ApiConfig> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let address = "an address such as https://api.example.gov";
    let base_url = source.need("cases", "base_url", address, text);
    let token_url = source.need("cases", "token_url", address, text);
    let client_id = source.need("cases", "client_id", "the client's name (\"consumer key\")", text);
    let mut config = ApiConfig::new(base_url?, token_url?, client_id?);
    config.client_secret = source.get("cases", "client_secret", "the client's secret", text)?.map(Pii::new);
    config.client_secret_file = path(source, "cases", "client_secret_file", folder, false)?;
    config.trust_file = path(source, "cases", "trust_file", folder, false)?;
    config.demo_id = source.get("cases", "demo_id", "a text", text)?;
    config.proxy = source.get("cases", "proxy", "an address such as http://proxy.example.gov:3128", text)?;
    if let Some(zone) = source.get("cases", "zone", "the name of a time zone", text)? {
        config.zone = zone;
    }
    let ApiConfig { per_second, burst, per_day, kept, failures, .. } = &mut config;
    for (key, place) in
        [("per_second", per_second), ("burst", burst), ("per_day", per_day), ("failures", failures)]
    {
        set(source, key, "a whole number", place)?;
    }
    set(source, "kept", "a whole number", kept)?;
    let ApiConfig { connect, whole, fresh, stale, rest, rest_most, .. } = &mut config;
    for (key, place) in [
        ("connect", connect),
        ("whole", whole),
        ("fresh", fresh),
        ("stale", stale),
        ("rest", rest),
        ("rest_most", rest_most),
    ] {
        set::<SignedDuration>(source, key, "a length of time such as 1.5s, 15m or 24h", place)?;
    }
    Some(config)
}

/// Puts a setting into its place, if it is there.
fn set<T: FromStr>(source: &mut Source, key: &str, wants: &str, place: &mut T) -> Option<()> {
    if let Some(value) = source.get("cases", key, wants, |text| text.parse().ok())? {
        *place = value;
    }
    Some(())
}
