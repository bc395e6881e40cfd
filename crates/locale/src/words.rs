//! All languages: the built-in words, and an agency's own over them.

use crate::{
    formats::FormatError,
    message,
    tongue::{Bundle, Tongue},
};
use domain::text::{Lang, LangError};
use fluent_bundle::FluentResource;
use rust_embed::RustEmbed;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

#[derive(RustEmbed)]
#[folder = "../../locales"]
struct BuiltIn;

/// Why the words could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    /// A file is not Fluent.
    #[error("{file}:{line}: not a Fluent message: {what}")]
    Syntax {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        what: String,
    },
    /// A key stands twice in one language.
    #[error("{file}:{line}: the text {key:?} is there twice")]
    Twice {
        /// The file with the second one.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// An agency's file has a key that no page uses.
    #[error("{file}:{line}: no page has a text {key:?}")]
    UnknownKey {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// An agency's text uses an argument that its page does not give.
    #[error("{file}:{line}: the text {key:?} may use {allowed:?}, not ${argument}")]
    UnknownArgument {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The key.
        key: String,
        /// The argument.
        argument: String,
        /// What it may use.
        allowed: Vec<String>,
    },
    /// A folder's name is not a language.
    #[error("{file}: {source}")]
    Lang {
        /// The folder or file.
        file: String,
        /// Why not.
        source: LangError,
    },
    /// A file cannot be read.
    #[error("{path}: {source}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// There are no dates or numbers in this language.
    #[error(transparent)]
    Format(#[from] FormatError),
}

/// An agency's own words, laid over the built-in ones.
///
/// A text named here replaces the built-in one. A language that is not built in is added: what it lacks
/// is shown in English.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    sources: Vec<Source>,
    mirrored: bool,
}

/// The tag of the right-to-left sample, from the range that ISO 639-2 leaves to private use.
pub const MIRRORED: &str = "qrl";

#[derive(Debug, Clone)]
struct Source {
    lang: Lang,
    file: String,
    text: String,
}

impl Overrides {
    /// Only the built-in words.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds one file. `file` is the name that faults are reported by.
    pub fn add(&mut self, lang: Lang, file: impl Into<String>, text: impl Into<String>) {
        self.sources.push(Source { lang, file: file.into(), text: text.into() });
    }

    /// Adds the language [`MIRRORED`]: English with its letters from right to left. It shows how a page stands in
    /// a language that is written so, before there is one. For looking at pages, never for people.
    #[must_use]
    pub fn with_mirrored_sample(mut self) -> Self {
        self.mirrored = true;
        self
    }

    /// Reads `<dir>/<lang>/*.ftl`. Other files are left alone; a folder that does not exist has no overrides.
    pub fn read(dir: &Path) -> Result<Self, WordsError> {
        let mut overrides = Self::none();
        if !dir.is_dir() {
            return Ok(overrides);
        }
        for folder in sorted(dir)?.into_iter().filter(|path| path.is_dir()) {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let lang: Lang = name
                .parse()
                .map_err(|source| WordsError::Lang { file: folder.display().to_string(), source })?;
            for path in
                sorted(&folder)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "ftl"))
            {
                let text = std::fs::read_to_string(&path)
                    .map_err(|source| WordsError::Read { path: path.clone(), source })?;
                overrides.add(lang.clone(), path.display().to_string(), text);
            }
        }
        Ok(overrides)
    }
}

fn sorted(dir: &Path) -> Result<Vec<PathBuf>, WordsError> {
    let fault = |source| WordsError::Read { path: dir.to_owned(), source };
    let mut paths = std::fs::read_dir(dir)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>())
        .map_err(fault)?;
    paths.sort();
    Ok(paths)
}

/// Each message of one language with the names of its arguments.
pub type Catalogue = BTreeMap<String, BTreeSet<String>>;

/// Every text in every language. Load once, share by reference.
#[derive(Debug)]
pub struct Words {
    tongues: BTreeMap<Lang, Tongue>,
    catalogues: BTreeMap<Lang, Catalogue>,
    english: Lang,
}

impl Words {
    /// The built-in words under `overrides`.
    pub fn load(overrides: &Overrides) -> Result<Self, WordsError> {
        let english = Lang::en();
        let built_in = built_in()?;
        let langs: BTreeSet<&Lang> =
            built_in.iter().chain(&overrides.sources).map(|s| &s.lang).chain([&english]).collect();

        let mut bundles: BTreeMap<Lang, Bundle> = BTreeMap::new();
        let mut catalogues: BTreeMap<Lang, Catalogue> = BTreeMap::new();
        for lang in langs {
            bundles.insert(lang.clone(), Bundle::new(lang)?);
            catalogues.insert(lang.clone(), Catalogue::new());
        }
        let mut mirrored = if overrides.mirrored { Some(Bundle::mirrored()) } else { None };
        let mut add = |source: &Source, resource| -> Result<(), WordsError> {
            if let (Some(bundle), true) = (&mut mirrored, source.lang == english) {
                bundle.add(parse(source)?);
            }
            if let Some(bundle) = bundles.get_mut(&source.lang) {
                bundle.add(resource);
            }
            Ok(())
        };
        for source in &built_in {
            let resource = parse(source)?;
            let catalogue = catalogues.entry(source.lang.clone()).or_default();
            for (key, arguments) in message::messages(&resource) {
                if catalogue.insert(key.clone(), arguments).is_some() {
                    let line = message::line_of(&source.text, &key);
                    return Err(WordsError::Twice { file: source.file.clone(), line, key });
                }
            }
            add(source, resource)?;
        }
        let reference = catalogues.get(&english).cloned().unwrap_or_default();
        for source in &overrides.sources {
            let resource = parse(source)?;
            check_override(source, &resource, &reference)?;
            catalogues.entry(source.lang.clone()).or_default().extend(message::messages(&resource));
            add(source, resource)?;
        }
        if let (Some(bundle), Ok(lang)) = (mirrored, MIRRORED.parse()) {
            bundles.insert(lang, bundle);
        }

        let bundles: BTreeMap<Lang, Arc<Bundle>> =
            bundles.into_iter().map(|(l, b)| (l, Arc::new(b))).collect();
        let mut tongues = BTreeMap::new();
        for (lang, bundle) in &bundles {
            let fallback = bundles.get(&english).unwrap_or(bundle);
            tongues
                .insert(lang.clone(), Tongue::new(lang.clone(), Arc::clone(bundle), Arc::clone(fallback))?);
        }
        Ok(Self { tongues, catalogues, english })
    }

    /// The words in `lang`, or in English when there are none.
    pub fn tongue(&self, lang: &Lang) -> &Tongue {
        self.tongues.get(lang).unwrap_or_else(|| &self.tongues[&self.english])
    }

    /// The languages there are, in the order of their tags.
    pub fn langs(&self) -> impl Iterator<Item = &Lang> {
        self.tongues.keys()
    }

    /// How many of the messages that there are in English there are in `lang`, and how many there are.
    pub fn covers(&self, lang: &Lang) -> (usize, usize) {
        let Some(english) = self.catalogues.get(&self.english) else { return (0, 0) };
        let there = self.tongues.get(lang).filter(|tongue| tongue.lang() == lang);
        (there.map_or(0, |tongue| english.keys().filter(|key| tongue.has(key)).count()), english.len())
    }

    /// Every message of `lang` with the names of its arguments, for checks.
    pub fn catalogue(&self, lang: &Lang) -> Option<&Catalogue> {
        self.catalogues.get(lang)
    }
}

/// A file of the built-in words as it is written; for whoever lays others over them.
pub fn built_in_text(lang: &Lang, file: &str) -> Option<String> {
    let file = BuiltIn::get(&format!("{lang}/{file}.ftl"))?;
    Some(String::from_utf8_lossy(&file.data).into_owned())
}

fn built_in() -> Result<Vec<Source>, WordsError> {
    let mut names: Vec<_> = BuiltIn::iter().filter(|name| name.ends_with(".ftl")).collect();
    names.sort();
    let mut sources = Vec::new();
    for name in names {
        let Some(file) = BuiltIn::get(&name) else { continue };
        let folder = name.split('/').next().unwrap_or_default();
        let lang = folder.parse().map_err(|source| WordsError::Lang { file: name.to_string(), source })?;
        let text = String::from_utf8_lossy(&file.data).into_owned();
        sources.push(Source { lang, file: format!("locales/{name}"), text });
    }
    Ok(sources)
}

fn parse(source: &Source) -> Result<FluentResource, WordsError> {
    FluentResource::try_new(source.text.clone()).map_err(|(_, errors)| {
        let first = errors.into_iter().next();
        WordsError::Syntax {
            file: source.file.clone(),
            line: first.as_ref().map_or(1, |e| message::line_at(&source.text, e.pos.start)),
            what: first.map_or_else(String::new, |e| e.kind.to_string()),
        }
    })
}

fn check_override(
    source: &Source,
    resource: &FluentResource,
    reference: &Catalogue,
) -> Result<(), WordsError> {
    for (key, arguments) in message::messages(resource) {
        let line = message::line_of(&source.text, &key);
        let file = source.file.clone();
        let Some(allowed) = reference.get(&key) else {
            return Err(WordsError::UnknownKey { file, line, key });
        };
        if let Some(argument) = arguments.difference(allowed).next() {
            let (argument, allowed) = (argument.clone(), allowed.iter().cloned().collect());
            return Err(WordsError::UnknownArgument { file, line, key, argument, allowed });
        }
    }
    Ok(())
}
