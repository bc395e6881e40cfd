//! Short names that an agency pack gives to its own things: offices, reasons, services, queues.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Visitor};
use std::{fmt, sync::Arc};

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a {kind} code is 1 to 40 letters, digits, '-' or '_', not {found:?}")]
pub struct CodeError {
    /// What the code was for.
    pub kind: &'static str,
    /// What was found instead.
    pub found: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $kind:literal),+ $(,)?) => {$(
        $(#[$doc])*
        // Shared: each of an office's thousands of places names it and its service.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::str::FromStr for $name {
            type Err = CodeError;
            fn from_str(s: &str) -> Result<Self, CodeError> {
                let good = (1..=40).contains(&s.len())
                    && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
                if good { Ok(Self(s.into())) } else { Err(CodeError { kind: $kind, found: s.chars().take(60).collect() }) }
            }
        }
        impl TryFrom<String> for $name {
            type Error = CodeError;
            fn try_from(s: String) -> Result<Self, CodeError> { s.parse() }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.serialize_str(&self.0) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                struct Text;
                impl Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("a string") }
                    fn visit_str<E: serde::de::Error>(self, s: &str) -> Result<$name, E> { s.parse().map_err(E::custom) }
                }
                d.deserialize_str(Text)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

codes! {
    /// A field office, by the agency's own code (`LOS`). Two offices may share a building: never key on the address.
    OfficeCode = "office",
    /// Why an in-person visit is asked for (`proof-of-status`).
    ReasonCode = "reason",
    /// What is done at an office (`counter`).
    ServiceCode = "service",
    /// Contacts waiting for a tier (`tier2`).
    QueueCode = "queue",
    /// A paper or thing on a checklist (`passport`).
    ItemCode = "checklist item",
    /// Why an operator is not ready (`break`).
    PauseCode = "not-ready reason",
    /// Why a caller is passed on (`language`).
    PassCode = "reason for passing on",
    /// A line outside to which callers may be passed on (`court`).
    OutsideCode = "line outside",
    /// Why somebody listens to a colleague's call (`coaching`).
    ListenCode = "reason for listening",
    /// By which rule a person is protected (`vawa`).
    ClassCode = "class of protection",
    /// How a call with an operator ended (`resolved`).
    DispositionCode = "disposition",
}

impl OfficeCode {
    /// The line's own code: its callback windows are counted like an office's slots.
    pub fn line() -> Self {
        Self("line".into())
    }
}

impl ServiceCode {
    /// The line's own service.
    pub fn callback() -> Self {
        Self("callback".into())
    }

    /// What an office's walk-ins of a day are counted under, whatever is done with them.
    pub fn walk_in() -> Self {
        Self("walk-in".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_could_break_a_url_or_a_file_name() {
        for bad in ["", "a b", "../x", "é", &"x".repeat(41)] {
            assert!(bad.parse::<OfficeCode>().is_err(), "{bad:?}");
        }
        assert_eq!("LOS".parse::<OfficeCode>().unwrap().as_str(), "LOS");
        assert!(serde_json::from_str::<ReasonCode>("\"a b\"").is_err());
    }
}
