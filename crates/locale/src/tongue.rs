//! One language: its messages, found and filled in.

use crate::{
    formats::{FormatError, Formats},
    key::{Args, Key},
};
use domain::text::Lang;
use fluent_bundle::{FluentResource, FluentValue, concurrent::FluentBundle};
use icu_decimal::{
    DecimalFormatter,
    input::Decimal,
    options::{DecimalFormatterOptions, GroupingStrategy},
};
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use std::{borrow::Cow, sync::Arc};
use unic_langid::LanguageIdentifier;

/// The direction of a language's script, for the `dir` attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dir {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Dir {
    /// `"ltr"` or `"rtl"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// The messages of one language.
pub struct Bundle(FluentBundle<FluentResource>);

impl Bundle {
    pub fn new(lang: &Lang) -> Result<Self, FormatError> {
        Formats::new(lang.as_str())?;
        Ok(Self::empty(lang.as_str()))
    }

    /// English from right to left.
    pub fn mirrored() -> Self {
        let mut bundle = Self::empty("en");
        bundle.0.set_transform(Some(mirror));
        bundle
    }

    fn empty(lang: &str) -> Self {
        // Two or three lower-case letters, as a `Lang` has, always parse.
        let id: LanguageIdentifier = lang.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        bundle.set_formatter(Some(group_number));
        Self(bundle)
    }

    /// Adds messages; those already there are replaced.
    pub fn add(&mut self, resource: FluentResource) {
        self.0.add_resource_overriding(resource);
    }

    fn filled(&self, key: &str, args: Option<&Args>) -> Option<String> {
        let pattern = self.0.get_message(key)?.value()?;
        // Faults of a message (an argument that was not given) leave `{$name}` in the text. The test of
        // texts keeps them from happening; a reader is better served by the rest of the sentence than by none.
        let mut faults = Vec::new();
        Some(self.0.format_pattern(pattern, args.map(Args::fluent), &mut faults).into_owned())
    }
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Bundle").field(&self.0.locales).finish()
    }
}

/// Lets the letters of a message run from right to left (RIGHT-TO-LEFT OVERRIDE … POP). What is put into a
/// message is not touched, as a Latin name in an Arabic sentence is not.
fn mirror(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_alphabetic) {
        Cow::Owned(format!("\u{202e}{text}\u{202c}"))
    } else {
        text.into()
    }
}

struct Grouped(DecimalFormatter);

impl Memoizable for Grouped {
    type Args = (bool,);
    type Error = FormatError;

    fn construct(lang: LanguageIdentifier, (group,): Self::Args) -> Result<Self, FormatError> {
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy =
            Some(if group { GroupingStrategy::Auto } else { GroupingStrategy::Never });
        crate::formats::decimal(&lang.to_string(), options).map(Self)
    }
}

/// Writes the numbers in messages the language's way. Fluent itself would write `1234`.
fn group_number(value: &FluentValue, memo: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimal = Decimal::try_from_str(&number.as_string()).ok()?;
    memo.with_try_get::<Grouped, _, _>((number.options.use_grouping,), |format| {
        format.0.format(&decimal).to_string()
    })
    .ok()
}

/// One language's words.
#[derive(Debug)]
pub struct Tongue {
    lang: Lang,
    bundle: Arc<Bundle>,
    english: Arc<Bundle>,
    pub(crate) formats: Formats,
}

impl Tongue {
    pub(crate) fn new(lang: Lang, bundle: Arc<Bundle>, english: Arc<Bundle>) -> Result<Self, FormatError> {
        let formats = Formats::new(lang.as_str())?;
        Ok(Self { lang, bundle, english, formats })
    }

    /// The language, for the `lang` attribute.
    pub const fn lang(&self) -> &Lang {
        &self.lang
    }

    /// The direction, for the `dir` attribute.
    pub const fn dir(&self) -> Dir {
        if self.formats.right_to_left() { Dir::Rtl } else { Dir::Ltr }
    }

    /// The text named `key`, which takes no arguments.
    ///
    /// A text that this language lacks is shown in English; one that nobody has, as `⟦key⟧`.
    pub fn say(&self, key: &'static str) -> String {
        self.find(key, None)
    }

    /// The text named `key`, with its arguments, each in bidi isolates.
    pub fn say_with(&self, key: &'static str, args: &Args) -> String {
        self.find(key, Some(args))
    }

    /// [`Tongue::say`] for plain text: without bidi isolates.
    pub fn say_plain(&self, key: &'static str) -> String {
        without_isolates(&self.find(key, None))
    }

    /// [`Tongue::say_with`] for plain text: without bidi isolates.
    pub fn say_plain_with(&self, key: &'static str, args: &Args) -> String {
        without_isolates(&self.find(key, Some(args)))
    }

    /// The text named by a [`Key`] out of a table.
    pub fn say_key(&self, key: Key) -> String {
        self.find(key.as_str(), None)
    }

    /// The text of one member of a family: `say_of("public-stage", "review")` says `public-stage-review`.
    ///
    /// For members that the program names itself (stages, kinds). Whoever owns the family keeps a test
    /// that every member has its text, with [`Tongue::has`].
    pub fn say_of(&self, family: &'static str, member: &str) -> String {
        self.find(&format!("{family}-{member}"), None)
    }

    /// [`Tongue::say_of`] with arguments.
    pub fn say_of_with(&self, family: &'static str, member: &str, args: &Args) -> String {
        self.find(&format!("{family}-{member}"), Some(args))
    }

    /// [`Tongue::say_of_with`] for plain text: without bidi isolates.
    pub fn say_of_plain_with(&self, family: &'static str, member: &str, args: &Args) -> String {
        without_isolates(&self.find(&format!("{family}-{member}"), Some(args)))
    }

    /// Whether this language itself (not the English behind it) has the text `key`.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.0.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// A count, grouped in the language's way: "44,000".
    pub fn number(&self, n: i64) -> String {
        self.formats.number(&Decimal::from(n))
    }

    /// A number of tenths, with one place behind the point: 934 is "93.4".
    pub fn tenths(&self, n: i64) -> String {
        let mut decimal = Decimal::from(n);
        decimal.multiply_pow10(-1);
        self.formats.number(&decimal)
    }

    /// Things in a row: "a, b and c".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        self.formats.list(items)
    }

    /// The same words with a capital at the start, for a phrase that opens a line: "El jueves 3 de diciembre".
    pub fn opening(&self, phrase: &str) -> String {
        let mut chars = phrase.chars();
        chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }

    fn find(&self, key: &str, args: Option<&Args>) -> String {
        self.bundle
            .filled(key, args)
            .or_else(|| self.english.filled(key, args))
            .unwrap_or_else(|| format!("\u{27e6}{key}\u{27e7}"))
    }
}

/// The text without the invisible marks (FSI, LRI, RLI, PDI) that keep scripts apart in HTML.
fn without_isolates(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}
