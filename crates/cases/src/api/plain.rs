//! Plain text out of the service's texts, which carry links and tabs from the agency's own pages.

/// The text without tags, with the few character references it uses, and with single spaces; cut at `most`
/// characters. Empty when nothing is left.
pub(super) fn plain(text: &str, most: usize) -> String {
    let text = references(&without_tags(text));
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()) {
        // A link ends in a tab before the full stop.
        let joins = word.starts_with(['.', ',', ';', ':', '!', '?', ')']);
        if !line.is_empty() && !joins {
            line.push(' ');
        }
        line.push_str(word);
    }
    if let Some((end, _)) = line.char_indices().nth(most) {
        let keep = line.char_indices().nth(most.saturating_sub(1)).map_or(0, |(at, _)| at).min(end);
        line.truncate(keep);
        line.push('…');
    }
    line
}

fn without_tags(text: &str) -> String {
    let mut left = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(at) = left.find('<') {
        let (before, from) = left.split_at(at);
        kept.push_str(before);
        // "<" before a letter or a slash begins a tag if it ends; any other stands for itself.
        let is_tag = from[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if let Some(end) = from.find('>').filter(|_| is_tag) {
            let name = from[1..end].trim_start_matches('/');
            let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
            if ["br", "p", "li", "div", "ul", "ol"].contains(&name.to_ascii_lowercase().as_str()) {
                kept.push(' ');
            }
            left = &from[end + 1..];
        } else {
            kept.push('<');
            left = &from[1..];
        }
    }
    kept.push_str(left);
    kept
}

fn references(text: &str) -> String {
    let pairs =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'")];
    // The ampersand last: "&amp;lt;" is a text about "&lt;".
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to)).replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn links_and_tabs_become_a_sentence() {
        let from = "On May 7,  we wrote to you, at \t<a href=\"https://www.uscis.gov/x\" target=\"_blank\">www.uscis.gov/x</a>\t.  If you\u{a0}move,<br/>tell us &amp; wait &lt; 5 days.";
        let to = "On May 7, we wrote to you, at www.uscis.gov/x. If you move, tell us & wait < 5 days.";
        assert_eq!(plain(from, 1000), to);
        assert_eq!(plain("a < b and <b>c", 100), "a < b and c");
        assert_eq!(plain("&amp;lt;", 100), "&lt;");
        assert_eq!(plain(" \t<p></p>\n", 100), "");
        assert_eq!(plain("año nuevo", 3), "añ…");
        assert_eq!(plain("año", 3), "año");
    }

    proptest! {
        #[test]
        fn is_short_and_on_one_line(text in "\\PC{0,40}|[<>a &;/\t\n.]{0,60}", most in 1_usize..30) {
            let line = plain(&text, most);
            prop_assert!(line.chars().count() <= most);
            prop_assert!(!line.chars().any(char::is_control) && !line.contains("  "));
        }
    }
}
