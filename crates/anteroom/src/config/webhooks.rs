//! Programs that are told what happens: a file of its own, for there can be several.

use super::{path, source::Source};
use notices::{HookSecret, Wanted, Webhook, WebhookConfig};
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// The keys of the section.
pub(crate) const KEYS: [(&str, &str); 1] = [("webhooks", "file")];

/// So many at most: each of them reads the journal.
const MOST: usize = 16;
/// How long one message may take.
const TIMEOUT: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    webhook: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    name: String,
    url: String,
    secret_file: PathBuf,
    #[serde(default)]
    events: Vec<String>,
    trust_file: Option<PathBuf>,
}

/// Reads the section and the file that it names; `None` when something is at fault.
pub(super) fn settle(source: &mut Source, folder: &Path) -> Option<Vec<WebhookConfig>> {
    let Some(file) = path(source, "webhooks", "file", folder, false)? else { return Some(Vec::new()) };
    let text = source.attempt("webhooks", "file", fs::read_to_string(&file))?;
    match read(&file, &text) {
        Ok(hooks) => Some(hooks),
        Err(says) => {
            source.fault(&format!("{}{says}", file.display()));
            None
        }
    }
}

/// What the file says, or its first fault with its place.
fn read(file: &Path, text: &str) -> Result<Vec<WebhookConfig>, String> {
    let written: File = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text[..start].matches('\n').count() + 1;
        format!(":{line}: {}", error.message().replace('\n', " "))
    })?;
    if written.webhook.len() > MOST {
        return Err(format!(": there are more than {MOST} webhooks"));
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut names = BTreeSet::new();
    let mut hooks = Vec::new();
    for hook in written.webhook {
        let fault = |says: String| format!(": webhook {:?}: {says}", hook.name);
        let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if hook.name.is_empty() || hook.name.len() > 40 || !hook.name.chars().all(sound) {
            return Err(fault("its name is 1 to 40 small letters, digits and hyphens".to_owned()));
        }
        if !names.insert(hook.name.clone()) {
            return Err(fault("there are two of this name".to_owned()));
        }
        hooks.push(settled(&hook, folder).map_err(fault)?);
    }
    Ok(hooks)
}

fn settled(hook: &Written, folder: &Path) -> Result<WebhookConfig, String> {
    let at = folder.join(&hook.secret_file);
    let text = fs::read_to_string(&at).map_err(|error| format!("{}: {error}", at.display()))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let secrets: Result<Vec<HookSecret>, _> = lines.map(str::parse).collect();
    // While one is changed for another, messages are signed with both.
    let Some(secrets) = secrets.ok().filter(|secrets| (1..=2).contains(&secrets.len())) else {
        return Err(format!(
            "{}: one secret, or two on a line each, `whsec_` and at least 24 bytes in base64",
            at.display()
        ));
    };
    let wanted = Wanted::read(hook.events.iter().map(String::as_str)).map_err(|error| error.to_string())?;
    let trust = match &hook.trust_file {
        Some(file) => {
            let at = folder.join(file);
            Some(fs::read(&at).map_err(|error| format!("{}: {error}", at.display()))?)
        }
        None => None,
    };
    let config = WebhookConfig {
        name: hook.name.clone(),
        url: hook.url.clone(),
        secrets,
        wanted,
        trust,
        timeout: TIMEOUT,
    };
    // Whether it can be used at all is found before the server starts.
    Webhook::new(config.clone()).map_err(|error| format!("url: {error}"))?;
    Ok(config)
}
