//! How text messages leave.

use super::{path, secret, source::Source};
use notices::{HookSecret, TextsConfig};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// How text messages leave.
#[derive(Debug, Clone)]
pub enum TextWay {
    /// To a carrier.
    Http(Box<TextsConfig>),
    /// Into a folder, one file a message.
    Folder(PathBuf),
}

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 8] = [
    ("texts", "url"),
    ("texts", "token"),
    ("texts", "token_file"),
    ("texts", "from"),
    ("texts", "secret"),
    ("texts", "secret_file"),
    ("texts", "trust_file"),
    ("texts", "folder"),
];

/// How long one message may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Reads the section; outside `None` when something in it is at fault, inside when there is none.
pub(super) fn settle(source: &mut Source, folder: &Path) -> Option<Option<TextWay>> {
    let others = KEYS.iter().any(|(section, key)| *key != "folder" && source.has(section, key));
    match (path(source, "texts", "folder", folder, false)?, others) {
        (None, false) => return Some(None),
        (Some(folder), false) => return Some(Some(TextWay::Folder(folder))),
        (Some(_), true) => {
            source.fault("texts.folder excludes the other keys: texts go into a folder or to a carrier");
            return None;
        }
        (None, true) => {}
    }
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let url = source.need("texts", "url", "an address such as https://texts.example.com/messages", text);
    let from = source.need("texts", "from", "the number or short code that texts come from", text);
    let token = secret(source, "texts", "token", folder)?;
    let signed = secret(source, "texts", "secret", folder)?;
    let trust = match path(source, "texts", "trust_file", folder, false)? {
        Some(file) => Some(source.attempt("texts", "trust_file", fs::read(file))?),
        None => None,
    };
    let Some(token) = token else {
        source.fault("texts.token or texts.token_file is missing: what the carrier knows us by");
        return None;
    };
    let Some(Ok(signed)) = signed.map(|text| text.reveal().parse::<HookSecret>()) else {
        source.fault(
            "texts.secret or texts.secret_file: what the carrier signs with, `whsec_` and at least 24 bytes in base64",
        );
        return None;
    };
    let config = TextsConfig { url: url?, token, from: from?, secret: signed, trust, timeout: TIMEOUT };
    // Whether it can be used at all is found before anybody is promised a text.
    if let Err(fault) = notices::Texts::http(config.clone()) {
        source.fault(&format!("[texts] {fault}"));
        return None;
    }
    Some(Some(TextWay::Http(Box::new(config))))
}
