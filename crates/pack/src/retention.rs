//! Reading `retention.toml`: how long records are kept, by class.

use crate::{doc::Doc, fault::Findings};
use domain::retention::{Kept, LONGEST_RULE, RecordClass, Retention};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKept {
    rule: String,
    days: u32,
}

/// The schedule. What is wrong with one class hides nothing of another.
pub(crate) fn read(mut doc: Doc<'_>, found: &mut Findings) -> Retention {
    let mut all = Vec::new();
    for class in RecordClass::ALL {
        let Some((least, most)) = class.choice() else { continue };
        let Some(kept) = doc.take::<WrittenKept>(class.as_str(), found) else { continue };
        let at = doc.source.at(&kept.span());
        let WrittenKept { rule, days } = kept.into_inner();
        let rule = rule.trim().to_owned();
        if rule.is_empty() || rule.chars().count() > LONGEST_RULE || rule.chars().any(char::is_control) {
            let says = format!(
                "`rule` is what your schedule calls it, in 1 to {LONGEST_RULE} characters: people read it where a record was"
            );
            found.fault(at.clone(), says);
        }
        if !(least..=most).contains(&days) {
            let says = format!("`{}` are kept for {least} to {most} days", class.as_str());
            found.fault(at, says);
        }
        all.push((class, Kept { rule, days }));
    }
    doc.finish(found);
    Retention::new(all)
}
