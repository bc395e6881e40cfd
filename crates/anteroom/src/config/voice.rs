//! What speaks on the telephone.

use super::{path, source::Source};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use voice::{CommandConfig, HttpConfig};

/// What speaks, before the built-in voice.
#[derive(Debug, Clone, Default)]
pub struct VoiceChoice {
    /// A service behind HTTP.
    pub http: Option<HttpConfig>,
    /// A program.
    pub command: Option<CommandConfig>,
    /// Recordings laid over single prompts, the later folder over the earlier.
    pub recordings: Option<PathBuf>,
    /// Where what was said to everybody is kept; in the data folder when it is left out.
    pub cache: Option<PathBuf>,
}

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 9] = [
    ("voice", "url"),
    ("voice", "model"),
    ("voice", "voices"),
    ("voice", "api_key_file"),
    ("voice", "trust_file"),
    ("voice", "plain_http"),
    ("voice", "commands"),
    ("voice", "recordings"),
    ("voice", "cache"),
];

/// Reads the section; `None` when something in it is at fault.
pub(super) fn settle(source: &mut Source, folder: &Path) -> Option<VoiceChoice> {
    let http = http(source, folder)?;
    let commands = source.get(
        "voice",
        "commands",
        "a language and a program with its arguments, such as [\"en=espeak-ng --stdout -v en-us\"], separated by ;",
        commands,
    )?;
    let recordings = path(source, "voice", "recordings", folder, false)?;
    let cache = path(source, "voice", "cache", folder, false)?;
    let command = commands.map(|argv| CommandConfig { argv, ..CommandConfig::new() });
    Some(VoiceChoice { http, command, recordings, cache })
}

#[expect(clippy::option_option, reason = "outside: was there a fault; inside: is there a service")]
fn http(source: &mut Source, folder: &Path) -> Option<Option<HttpConfig>> {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let Some(url) = source.get("voice", "url", "an address such as https://voice.example.gov", text)? else {
        for key in ["model", "voices", "api_key_file", "trust_file", "plain_http"] {
            if source.has("voice", key) {
                source.fault_at("voice", key, "this is for a service: voice.url says where it is");
                return None;
            }
        }
        return Some(None);
    };
    let model = source.need("voice", "model", "the model, as the service calls it", text)?;
    let voices =
        source.need("voice", "voices", "languages and voices such as [\"en=heart\", \"es=dora\"]", pairs)?;
    let key = match path(source, "voice", "api_key_file", folder, false)? {
        Some(file) => {
            Some(source.attempt("voice", "api_key_file", fs::read_to_string(file))?.trim().to_owned())
        }
        None => None,
    };
    let plain = source.or("voice", "plain_http", "yes or no", "no", |text| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    })?;
    let config = HttpConfig {
        voices,
        api_key: key,
        trust_file: path(source, "voice", "trust_file", folder, false)?,
        plain_http: plain,
        ..HttpConfig::new(url, model)
    };
    Some(Some(config))
}

/// `en=heart es=dora`.
fn pairs(text: &str) -> Option<BTreeMap<String, String>> {
    let read = |part: &str| {
        let (lang, voice) = part.split_once('=')?;
        (!lang.is_empty() && !voice.is_empty()).then(|| (lang.to_owned(), voice.to_owned()))
    };
    text.split_whitespace().map(read).collect::<Option<BTreeMap<_, _>>>().filter(|pairs| !pairs.is_empty())
}

/// `en=espeak-ng --stdout; es=espeak-ng --stdout -v es`.
fn commands(text: &str) -> Option<BTreeMap<String, Vec<String>>> {
    let read = |part: &str| {
        let (lang, command) = part.trim().split_once('=')?;
        let argv: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        (!lang.is_empty() && !argv.is_empty()).then(|| (lang.to_owned(), argv))
    };
    text.split(';').map(read).collect()
}
