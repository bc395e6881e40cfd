//! What a checker of pages would say without a browser.

use super::forms::{attribute, tags};
use std::collections::BTreeSet;

/// Every fault of a page, in words.
pub fn faults(html: &str, lang: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !html.contains(&format!("<html lang=\"{lang}\"")) {
        faults.push("wrong language".to_owned());
    }
    if let Some((_, rest)) = html.split_once('\u{27e6}') {
        faults.push(format!("a text is missing: {}", rest.chars().take(40).collect::<String>()));
    }
    let all: Vec<&str> =
        html.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(t, _)| t)).collect();
    let open: Vec<&str> = all.iter().copied().filter(|t| !t.starts_with(['/', '!'])).collect();
    let mut ids = BTreeSet::new();
    for id in open.iter().filter_map(|tag| attribute(tag, "id")) {
        if !ids.insert(id.clone()) {
            faults.push(format!("id {id} stands twice"));
        }
    }
    for tag in &open {
        for name in ["for", "aria-labelledby", "aria-describedby"] {
            for id in attribute(tag, name).unwrap_or_default().split_whitespace() {
                if !ids.contains(id) {
                    faults.push(format!("{name} names {id}, which is not there"));
                }
            }
        }
    }
    let labelled: BTreeSet<String> =
        tags(html, "label").into_iter().filter_map(|t| attribute(t, "for")).collect();
    for kind in ["input", "select", "textarea"] {
        for tag in tags(html, kind) {
            let hidden = attribute(tag, "type").as_deref() == Some("hidden");
            let named = attribute(tag, "id").is_some_and(|id| labelled.contains(&id));
            if !hidden && !named {
                faults.push(format!("a field without a label: {tag}"));
            }
        }
    }
    let mut keys = BTreeSet::new();
    for key in open.iter().filter_map(|tag| attribute(tag, "accesskey")) {
        if !keys.insert(key.clone()) {
            faults.push(format!("key {key} is given twice"));
        }
    }
    let mut last = 0;
    for tag in &open {
        let level = match tag.split(' ').next() {
            Some("h1") => 1,
            Some("h2") => 2,
            Some("h3") => 3,
            Some("h4") => 4,
            _ => continue,
        };
        if level > last + 1 {
            faults.push(format!("a heading of level {level} after one of level {last}: {tag}"));
        }
        last = level;
    }
    let h1 = open.iter().filter(|tag| tag.split(' ').next() == Some("h1")).count();
    if h1 != 1 {
        faults.push(format!("{h1} main headings"));
    }
    for table in html.split("<table").skip(1) {
        let table = table.split_once("</table>").unwrap().0;
        if tags(table, "th").iter().any(|th| attribute(th, "scope").is_none()) {
            faults.push("a header cell without a scope".to_owned());
        }
        if !table.contains("<caption") {
            faults.push("a table without a caption".to_owned());
        }
    }
    if html.contains("style=\"") || html.contains(" onclick=") || html.contains("<script>") {
        faults.push("something inline that the policy forbids".to_owned());
    }
    faults
}
