//! A text in parts that can be played one after another, so that the first is heard while the next is made.

/// A part shorter than this, in bytes, stays with its neighbour: the voice's melody would fall at each.
const SHORT: usize = 40;

/// The sentences of a text. Joined with a space they are the text again, but for white space at the ends.
///
/// A sentence ends at `.`, `!`, `?` or `…` before white space. Words alone come here, so no full stop is an
/// abbreviation's. A short sentence stays with the one before it.
pub fn sentences(words: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut ended = false;
    for (at, c) in words.char_indices() {
        let (before, after) = (words[start..at].trim(), words[at..].trim());
        if ended && c.is_whitespace() && before.len() >= SHORT && after.len() >= SHORT {
            parts.push(before);
            start = at;
        }
        ended = matches!(c, '.' | '!' | '?' | '…');
    }
    let last = words[start..].trim();
    if !last.is_empty() {
        parts.push(last);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_at_its_sentences_but_not_at_short_ones() {
        assert_eq!(sentences(""), [""; 0]);
        assert_eq!(sentences(" Yes. No. "), ["Yes. No."]);
        let long = "Your case was received on December third, at the office in Newark.";
        let two = format!("{long} {long} Bye.");
        assert_eq!(sentences(&two), [long.to_owned(), format!("{long} Bye.")]);
        assert_eq!(sentences(&two).join(" "), two);
    }
}
