//! What a page says to its reader, without its tags, and how plainly.

use super::forms::{attribute, tags};
use locale::plain::grade;
use std::collections::BTreeSet;

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

/// What holds on every public page.
pub fn whole(page: &str, lang: &str) {
    assert!(page.contains(&format!("<html lang=\"{lang}\" dir=\"ltr\">")), "{page}");
    assert_eq!(tags(page, "h1").len(), 1, "one heading: {page}");
    assert!(!page.contains('⟦'), "a text is missing: {page}");
    assert!(!page.contains("{$"), "an argument is missing: {page}");
    let ids: Vec<String> =
        page.split(" id=\"").skip(1).map(|p| p.split('"').next().unwrap().to_owned()).collect();
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "identifiers are unique: {ids:?}");
    let labelled: BTreeSet<String> =
        tags(page, "label").iter().filter_map(|tag| attribute(tag, "for")).collect();
    for tag in ["input", "select", "textarea"].iter().flat_map(|name| tags(page, name)) {
        if attribute(tag, "type").as_deref() == Some("hidden") {
            continue;
        }
        let id = attribute(tag, "id").unwrap_or_else(|| panic!("a field without an identifier: {tag}"));
        assert!(labelled.contains(&id), "a field without a label: {tag}");
    }
    for tag in page.split('<').filter_map(|part| part.split('>').next()) {
        assert!(tag.matches(" class=\"").count() <= 1, "of two classes a browser reads the first: {tag}");
    }
    for described in page.split(" aria-describedby=\"").skip(1) {
        for id in described.split('"').next().unwrap().split(' ') {
            assert!(unique.contains(&id.to_owned()), "described by {id}, which is not there");
        }
    }
    for link in page.split("href=\"#").skip(1) {
        let id = link.split('"').next().unwrap().to_owned();
        assert!(unique.contains(&id), "a link to #{id}, which is not there");
    }
    plain(page, lang);
    assert!(!page.contains(" style=\"") && !page.contains("<script>"), "the policy allows nothing inline");
}
