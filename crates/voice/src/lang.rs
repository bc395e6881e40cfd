//! Languages by their tags.

/// The language alone: `es` of `es-MX`.
pub(crate) fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}

/// What is meant for this language: under its whole tag, or under the language alone.
pub(crate) fn choose<T>(lang: &str, get: impl Fn(&str) -> Option<T>) -> Option<T> {
    get(lang).or_else(|| get(primary(lang)))
}
