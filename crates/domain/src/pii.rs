//! Personal data that cannot be printed by accident.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A value about a person. `Debug` and `Display` print `REDACTED`, so it cannot reach a log line, a
/// panic message or a metric by accident; whoever needs the value says so with [`Pii::reveal`].
///
/// Serialisation is transparent: the store must be able to keep it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pii<T>(T);

impl<T> Pii<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Every use is a place where personal data leaves its wrapper: keep them few.
    pub const fn reveal(&self) -> &T {
        &self.0
    }

    /// The value itself, owned.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl From<String> for Pii<String> {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Pii<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T> fmt::Debug for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("REDACTED")
    }
}

impl<T> fmt::Display for Pii<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("REDACTED")
    }
}

#[cfg(test)]
mod tests {
    use super::Pii;

    #[test]
    fn prints_redacted_everywhere() {
        let phone = Pii::from("+1 202 555 0101");
        assert_eq!(format!("{phone} {phone:?} {:?}", Some(&phone)), "REDACTED REDACTED Some(REDACTED)");
        assert_eq!(phone.reveal(), "+1 202 555 0101");
    }

    #[test]
    fn is_kept_whole_by_the_store() {
        let kept = serde_json::to_string(&Pii::from("Ana")).unwrap();
        assert_eq!(kept, "\"Ana\"");
    }
}
