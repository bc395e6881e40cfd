//! Pieces of a text: what stands between blanks, without the punctuation around it.

/// One piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// Opening punctuation.
    pub lead: &'a str,
    /// The piece itself; empty for punctuation that stands alone.
    pub core: &'a str,
    /// Closing punctuation.
    pub trail: &'a str,
}

/// The pieces of a text, in order.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    text.split_whitespace().map(token).collect()
}

fn token(piece: &str) -> Token<'_> {
    let inner = piece.trim_start_matches(['(', '[', '"', '\'', '“', '«', '¿', '¡', '—', '–']);
    // A telephone number may begin with a parenthesis: "(202) 555-0143" is put together by its own rule.
    let lead = &piece[..piece.len() - inner.len()];
    let core =
        inner.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '”', '»', '…', '—', '–']);
    Token { lead, core, trail: &inner[core.len()..] }
}

/// A whole number of digits alone, commas between thousands allowed.
pub fn whole(core: &str) -> Option<u64> {
    let digits = if core.contains(',') {
        let mut groups = core.split(',');
        let first = groups.next()?;
        if !(1..=3).contains(&first.len()) || !groups.all(|group| group.len() == 3) {
            return None;
        }
        core.replace(',', "")
    } else {
        core.to_owned()
    };
    let plain = !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// The two or three parts of a text at `by`, each of digits alone.
pub fn numbers<const N: usize>(core: &str, by: char) -> Option<[u64; N]> {
    let mut parts = core.split(by);
    let mut found = [0; N];
    for slot in &mut found {
        let part = parts.next()?;
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *slot = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

/// A code of capitals and then digits, and perhaps a capital at the end: its three parts.
pub fn letters_then_digits(core: &str) -> Option<(&str, &str, &str)> {
    let first = core.find(|c: char| !c.is_ascii_uppercase())?;
    let (letters, rest) = core.split_at(first);
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    let good = !letters.is_empty() && !digits.is_empty() && tail.bytes().all(|b| b.is_ascii_uppercase());
    (good && letters.len() <= 4 && tail.len() <= 2).then_some((letters, digits, tail))
}
