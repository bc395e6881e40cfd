//! Where each setting stands, and what is wrong with it.
#![expect(clippy::option_option, reason = "outside: was there a fault; inside: was it set")]

use super::keys;
use std::{collections::BTreeMap, fmt, path::Path};
use toml::de::{DeTable, DeValue};

/// Where a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    /// A line of the file.
    File(String, usize),
    /// A variable of the environment.
    Env(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file, line) => write!(f, "{file}:{line}"),
            Self::Env(name) => f.write_str(name),
        }
    }
}

/// Every setting as it was written, and the faults found so far.
#[derive(Debug, Default)]
pub(super) struct Source {
    settings: BTreeMap<(String, String), (String, Origin)>,
    faults: Vec<String>,
    file: String,
}

fn known(section: &str, key: &str) -> bool {
    keys().any(|known| known == (section, key))
}

impl Source {
    pub(super) fn parse(path: &Path, text: &str) -> Self {
        let mut source = Self { file: path.display().to_string(), ..Self::default() };
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let table = match DeTable::parse(text) {
            Ok(table) => table,
            Err(error) => {
                let line = error.span().map_or(1, |span| line(span.start));
                let says = error.message().replace('\n', " ");
                source.faults.push(format!("{}:{line}: {says}", source.file));
                return source;
            }
        };
        for (section, content) in table.get_ref() {
            let here = line(section.span().start);
            let name = section.get_ref();
            let DeValue::Table(content) = content.get_ref() else {
                source.fault_on(
                    here,
                    &format!("every key stands in a section such as [http]; `{name}` does not"),
                );
                continue;
            };
            if !keys().any(|(known, _)| known == name) {
                source.fault_on(here, &format!("there is no section [{name}]; there are {}", sections()));
                continue;
            }
            for (key, value) in content {
                let here = line(key.span().start);
                let key = key.get_ref();
                if !known(name, key) {
                    source.fault_on(here, &format!("[{name}] has no key `{key}`; it has {}", keys_of(name)));
                    continue;
                }
                let text = match value.get_ref() {
                    DeValue::String(text) => Some(text.to_string()),
                    DeValue::Integer(number) => Some(number.as_str().to_owned()),
                    DeValue::Array(parts) => list(parts, between(name, key)),
                    _ => None,
                };
                let Some(text) = text else {
                    source.fault_on(here, &format!("{name}.{key}: a text, a number or a list of texts"));
                    continue;
                };
                let origin = Origin::File(source.file.clone(), here);
                source.settings.insert((name.to_string(), key.to_string()), (text, origin));
            }
        }
        source
    }

    /// Lays the environment over what the file says. Variables of other programs are not looked at.
    pub(super) fn overlay(&mut self, env: impl Iterator<Item = (String, String)>) {
        for (name, value) in env {
            let Some(rest) = name.strip_prefix("ANTEROOM_") else { continue };
            let rest = rest.to_ascii_lowercase();
            let Some((section, key)) = rest.split_once('_') else { continue };
            if !keys().any(|(known, _)| known == section) {
                continue;
            }
            if !known(section, key) {
                self.faults
                    .push(format!("{name}: [{section}] has no key `{key}`; it has {}", keys_of(section)));
                continue;
            }
            self.settings.insert((section.to_owned(), key.to_owned()), (value, Origin::Env(name)));
        }
    }

    pub(super) fn fault(&mut self, says: &str) {
        self.faults.push(format!("{}: {says}", self.file));
    }

    fn fault_on(&mut self, line: usize, says: &str) {
        self.faults.push(format!("{}:{line}: {says}", self.file));
    }

    /// A fault of a setting, told where it stands.
    pub(super) fn fault_at(&mut self, section: &str, key: &str, says: &str) {
        let setting = self.settings.get(&(section.to_owned(), key.to_owned()));
        let origin = setting.map_or_else(|| self.file.clone(), |(_, origin)| origin.to_string());
        self.faults.push(format!("{origin}: {section}.{key}: {says}"));
    }

    /// Is this set?
    pub(super) fn has(&self, section: &str, key: &str) -> bool {
        self.settings.contains_key(&(section.to_owned(), key.to_owned()))
    }

    pub(super) fn is_from_file(&self, section: &str, key: &str) -> bool {
        let setting = self.settings.get(&(section.to_owned(), key.to_owned()));
        matches!(setting, Some((_, Origin::File(..))))
    }

    /// A setting that may be left out: `None` when it is at fault, `Some(None)` when it is left out.
    pub(super) fn get<T>(
        &mut self,
        section: &str,
        key: &str,
        wants: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        let Some((text, origin)) = self.settings.get(&(section.to_owned(), key.to_owned())) else {
            return Some(None);
        };
        let value = read(text);
        if value.is_none() {
            self.faults.push(format!("{origin}: {section}.{key}: {wants}"));
        }
        value.map(Some)
    }

    /// The same, where reading itself says what is wrong.
    pub(super) fn get_or_say<T>(
        &mut self,
        section: &str,
        key: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Option<T>> {
        let Some((text, origin)) = self.settings.get(&(section.to_owned(), key.to_owned())) else {
            return Some(None);
        };
        match read(text) {
            Ok(value) => Some(Some(value)),
            Err(says) => {
                self.faults.push(format!("{origin}: {section}.{key}: {says}"));
                None
            }
        }
    }

    /// A setting that must be there.
    pub(super) fn need<T>(
        &mut self,
        section: &str,
        key: &str,
        wants: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(section, key, wants, read)?;
        if value.is_none() {
            self.fault(&format!("{section}.{key} is missing: {wants}"));
        }
        value
    }

    /// A setting with a value when it is left out.
    pub(super) fn or<T>(
        &mut self,
        section: &str,
        key: &str,
        wants: &str,
        default: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        match self.get(section, key, wants, &read)? {
            Some(value) => Some(value),
            None => read(default),
        }
    }

    /// What was done with a setting, or the fault that it did not work.
    pub(super) fn attempt<T>(&mut self, section: &str, key: &str, done: std::io::Result<T>) -> Option<T> {
        match done {
            Ok(value) => Some(value),
            Err(error) => {
                let setting = self.settings.get(&(section.to_owned(), key.to_owned()));
                let origin = setting.map_or_else(|| self.file.clone(), |(_, origin)| origin.to_string());
                self.faults.push(format!("{origin}: {section}.{key} cannot be read: {error}"));
                None
            }
        }
    }

    pub(super) fn into_faults(self) -> Vec<String> {
        self.faults
    }
}

/// What stands between the texts of a list as the environment would write it.
fn between(section: &str, key: &str) -> &'static str {
    // Commands have spaces of their own.
    if (section, key) == ("voice", "commands") { "; " } else { " " }
}

/// A list of texts as the environment would write it.
fn list(parts: &toml::de::DeArray<'_>, between: &str) -> Option<String> {
    let texts: Option<Vec<&str>> = parts
        .iter()
        .map(|part| match part.get_ref() {
            DeValue::String(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    texts.map(|texts| texts.join(between))
}

fn sections() -> String {
    let mut names: Vec<String> = keys().map(|(section, _)| format!("[{section}]")).collect();
    names.dedup();
    names.join(", ")
}

fn keys_of(section: &str) -> String {
    let keys: Vec<&str> = keys().filter(|(of, _)| *of == section).map(|(_, key)| key).collect();
    keys.join(", ")
}
