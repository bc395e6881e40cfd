//! What a page says to its reader, without its tags, and how plainly.

use locale::plain::grade;

/// Elements that stand within a sentence; the end and begin of any other ends one.
const WITHIN: [&str; 11] = ["a", "abbr", "b", "bdi", "code", "em", "i", "q", "span", "strong", "time"];
/// Elements whose words are no sentences of ours: pictures, and addresses as the post writes them.
const APART: [&str; 5] = ["svg", "script", "style", "address", "template"];

/// The blocks of text in a page's main part: paragraphs, headings, items, labels, buttons.
fn blocks(page: &str) -> Vec<String> {
    let main = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    let mut blocks = vec![String::new()];
    let mut inside: Option<String> = None;
    for part in main.split('<').skip(1).chain(None) {
        let (tag, text) = part.split_once('>').unwrap_or(("", part));
        let closes = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        match &inside {
            Some(apart) if closes && apart == name => inside = None,
            Some(_) => continue,
            None if APART.contains(&name) && !closes && !tag.ends_with('/') => {
                inside = Some(name.to_owned());
                continue;
            }
            None => {}
        }
        if !WITHIN.contains(&name) {
            blocks.push(String::new());
        }
        let text =
            text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
        blocks.last_mut().unwrap().push_str(&text);
    }
    blocks.retain(|block| block.chars().any(char::is_alphabetic));
    blocks
}

/// Nobody needs more than eight years of school to read a page: neither all of it, nor its sentences without the
/// headings and buttons, which are short.
pub fn plain(page: &str, lang: &str) {
    let lang = lang.parse().unwrap();
    let blocks = blocks(page);
    let sentences: Vec<&str> = blocks
        .iter()
        .map(|block| block.trim())
        .filter(|block| block.ends_with(['.', '?', '!', ':']) && block.split_whitespace().count() > 3)
        .collect();
    let of_sentences = grade(&lang, sentences.iter().copied());
    for asked in [grade(&lang, blocks.iter().map(String::as_str)), of_sentences].into_iter().flatten() {
        assert!(asked <= 8.0, "{asked:.1} years of school: {sentences:#?}");
    }
}
