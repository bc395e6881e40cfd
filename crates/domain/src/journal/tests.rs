//! The list of everything that can happen.

use super::*;

/// The list is read by whoever searches: what is not on it cannot be searched for.
#[test]
fn every_act_is_on_the_list() {
    let source = include_str!("../journal.rs");
    let (_, rest) = source.split_once("pub enum Happened {").unwrap();
    let (body, _) = rest.split_once("\n}\n").unwrap();
    let names = body.lines().filter_map(|line| {
        let name = line.strip_prefix("    ")?;
        let end = name.find([' ', ',']).unwrap_or(name.len());
        name.starts_with(|c: char| c.is_ascii_uppercase()).then(|| &name[..end])
    });
    let spelled = names.map(|name| {
        name.chars().fold(String::new(), |mut text, c| {
            if c.is_ascii_uppercase() && !text.is_empty() {
                text.push('-');
            }
            text.push(c.to_ascii_lowercase());
            text
        })
    });
    assert_eq!(spelled.collect::<Vec<_>>(), Happened::ACTS);
    assert_eq!(Happened::LinkResent.act(), "link-resent");
    assert_eq!(Happened::Read { what: ReadWhat::Inquiry }.act(), "read");
}
