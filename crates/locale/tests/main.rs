//! Texts and figures in every language.

mod golden;
mod overrides;
mod sources;
mod texts;
