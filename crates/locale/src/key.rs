//! Keys and arguments of messages.

use fluent_bundle::{FluentArgs, FluentValue};

/// A message's key, made only by [`key!`](crate::key!) so that the test of texts can find it in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(&'static str);

impl Key {
    /// Use [`key!`](crate::key!).
    #[doc(hidden)]
    pub const fn from_macro(key: &'static str) -> Self {
        Self(key)
    }

    /// The key as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

/// A key for a table of labels: `const NAME: Key = key!("public-field-name");`
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $crate::Key::from_macro($key)
    };
}

/// The arguments of a message. Made by [`args!`](crate::args!).
///
/// Texts are put in as they are. Numbers choose the plural form and are grouped in the language's way;
/// a number that is a name (a year, a house number) goes in as text.
#[derive(Debug, Default)]
pub struct Args<'a>(FluentArgs<'a>);

impl<'a> Args<'a> {
    /// No arguments.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one argument.
    pub fn set(&mut self, name: &'static str, value: impl Into<FluentValue<'a>>) {
        self.0.set(name, value);
    }

    pub(crate) const fn fluent(&self) -> &FluentArgs<'a> {
        &self.0
    }
}

/// The arguments of a message: `args! { "name" => person.name(), "count" => 3 }`.
///
/// Values are anything a message can take: `&str`, `String`, integers, floats.
#[macro_export]
macro_rules! args {
    ($($name:literal => $value:expr),* $(,)?) => {{
        #[allow(unused_mut, clippy::allow_attributes, reason = "without arguments nothing is set")]
        let mut args = $crate::Args::new();
        $(args.set($name, $value);)*
        args
    }};
}
