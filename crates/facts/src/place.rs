//! Places in the file: from byte offsets, and from offsets within a TOML string, to line and column.

use std::{fmt, ops::Range};

/// A place in a file: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters (not bytes).
    pub column: usize,
}

/// One fault, or one thing that deserves a look, with its place. Displays as `FILE:LINE:COL: sentence`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault<K> {
    /// The file's name, as given to the loader.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What is wrong.
    pub kind: K,
}

impl<K: fmt::Display> fmt::Display for Fault<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.place.line, self.place.column, self.kind)
    }
}

impl<K: fmt::Debug + fmt::Display> std::error::Error for Fault<K> {}

/// The place of a byte offset in `text`; an offset past the end or inside a character is taken back to the
/// nearest start of a character.
pub fn place_of(text: &str, offset: usize) -> Place {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Place { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
}

/// Where the `nth` character of a TOML string's value stands in the file, as a byte offset.
///
/// `span` is the whole token with its quotes. Escapes are walked over as TOML defines them; when the walk
/// does not reproduce `value`, the answer is the start of the token, which is never a wrong line for a
/// one-line string.
pub fn offset_in_string(text: &str, span: Range<usize>, value: &str, nth: usize) -> usize {
    let Some(token) = text.get(span.clone()) else { return span.start };
    let escaped = token.starts_with('"');
    let triple = token.len() >= 6 && (token.starts_with("\"\"\"") || token.starts_with("'''"));
    let quote = if triple { 3 } else { 1 };
    let mut at = quote;
    if triple {
        // A line break straight after the opening quotes is not part of the value.
        at += ["\r\n", "\n"].into_iter().find(|end| token[at..].starts_with(end)).map_or(0, str::len);
    }
    for (index, wanted) in value.chars().enumerate() {
        while escaped && let Some(skip) = line_continuation(&token[at..]) {
            at += skip;
        }
        if index == nth {
            return span.start + at;
        }
        let Some((found, width)) = next_char(&token[at..], escaped) else { return span.start };
        if found != wanted {
            return span.start;
        }
        at += width;
    }
    span.start + at
}

/// The length of a backslash at a line's end and the blanks it swallows, if one stands here.
fn line_continuation(raw: &str) -> Option<usize> {
    let rest = raw.strip_prefix('\\')?;
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    rest[..blank].contains('\n').then_some(1 + blank)
}

/// The next character of the value, and how many bytes of the file it takes.
fn next_char(raw: &str, escaped: bool) -> Option<(char, usize)> {
    let mut chars = raw.chars();
    let first = chars.next()?;
    if !escaped || first != '\\' {
        return Some((first, first.len_utf8()));
    }
    let kind = chars.next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => {
            let plain = match kind {
                'b' => '\u{8}',
                't' => '\t',
                'n' => '\n',
                'f' => '\u{c}',
                'r' => '\r',
                'e' => '\u{1b}',
                other => other,
            };
            return Some((plain, 1 + kind.len_utf8()));
        }
    };
    let code = u32::from_str_radix(raw.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(code)?, 2 + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_characters_behind_escapes_and_line_breaks() {
        for (token, value, nth, at) in [
            ("'a == 1'", "a == 1", 2, 3),
            (r#""a == \"é\" && b""#, "a == \"é\" && b", 12, 16),
            ("\"\"\"\na &&\\\n   b\"\"\"", "a &&b", 4, 13),
            ("'''\r\nab'''", "ab", 1, 6),
            (r#""\u0061b""#, "ab", 1, 7),
            ("'ab'", "something else", 3, 0),
            ("'ab'", "ab", 2, 3),
        ] {
            assert_eq!(offset_in_string(token, 0..token.len(), value, nth), at, "{token}");
        }
    }

    #[test]
    fn counts_columns_in_characters() {
        assert_eq!(place_of("a\nñb", 4), Place { line: 2, column: 2 });
        assert_eq!(place_of("a\nñb", 99), Place { line: 2, column: 3 });
        assert_eq!(place_of("a\nñb", 3), Place { line: 2, column: 1 });
    }
}
