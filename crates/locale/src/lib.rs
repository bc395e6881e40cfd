//! Every text a person reads: Fluent messages, plurals, dates as people say them.
//!
//! # Where the words are
//!
//! `locales/<lang>/<room>.ftl`, one file for each room of the house in each language. A message's key
//! begins with the name of its file (`public-request-title` is in `public.ftl`), so that whoever reads a
//! key knows where its words are and two rooms cannot take the same key. English and Spanish are
//! complete: the build (`crates/locale/build.rs`) fails when a key or an attribute lacks a language, when
//! two languages take different arguments, when a key stands twice and when a file can not be read. A test
//! (`crates/locale/tests/texts.rs`) fails when a source file names a key that does not exist or leaves out
//! one of its arguments, and when no source file uses a key.
//!
//! # How a source file names a text
//!
//! The test reads the sources, so a key must be readable there:
//!
//! | call | key |
//! | --- | --- |
//! | `t.say("public-title")` | the literal; the message takes no arguments |
//! | `t.say_with("public-greeting", &args! { "name" => name })` | the literal, with every argument by name |
//! | `t.say_plain("…")`, `t.say_plain_with("…", &args! { … })` | the same, without bidi isolates, for plain text |
//! | `t.say_of("public-stage", code)` | the family `public-stage-*`; one message for each member |
//! | `t.say_of_with("public-stage", code, &args! { … })` | the same with arguments; `say_of_plain_with` for plain text |
//! | `t.say_key(field.label)` | a [`Key`] made by `key!("public-field-name")`, for tables of labels |
//!
//! Anything but a string literal as the first argument of the first five is refused by the test.
//!
//! # Direction and isolates
//!
//! What is put into a message is wrapped in Unicode isolates (FSI … PDI), so that a Latin name in an
//! Arabic sentence, or the other way round, does not reorder it. They are invisible in HTML. `say_plain`
//! leaves them out, for subjects, text mail, calendar files and whatever is compared or searched.

#[cfg(test)]
mod complete;
mod dates;
mod formats;
mod key;
mod message;
pub mod plain;
mod spans;
mod tongue;
mod words;
mod zones;

pub use key::{Args, Key};
pub use message::{line_of, messages};
pub use tongue::{Dir, Tongue};
pub use words::{Catalogue, MIRRORED, Overrides, Words, WordsError, built_in_text};
