//! A file of cases as somebody exports it, over any bytes: what a fuzzer (`fuzz/`) and the property test beside this run. It panics
//! when something does not hold.

use crate::{Format, MAX_FAULTS, parse};
use std::collections::BTreeSet;

/// A file of either kind.
///
/// # Panics
/// When one number is read twice, or faults are told without an end.
pub fn file(data: &[u8]) {
    for format in [Format::of(None, data), Format::Csv, Format::JsonLines] {
        match parse(data, format) {
            Ok(cases) => {
                let numbers: BTreeSet<_> = cases.iter().map(|case| &case.receipt).collect();
                assert_eq!(numbers.len(), cases.len());
            }
            Err(faults) => {
                assert!(!faults.faults().is_empty() && faults.faults().len() <= MAX_FAULTS);
                assert!(!faults.sentences().is_empty());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CSV: &str = "receipt,form,state,title_en,title_es,meaning_en,meaning_es,received,updated,history\n\
        IOE0912345678,I-485,pending,Case,Caso,An officer reviews it.,Un oficial lo revisa.,2026-03-02,2026-10-05,\
        2026-03-02|Received|Recibido\nMSC0912345678,I-90,received,\"A, b\",Caso,x,x,2026-09-01,2026-10-05,\n";
    const JSON: &str = "{\"receipt\": \"IOE0912345678\", \"form\": \"I-485\", \"state\": \"pending\", \"title_en\": \"Case\", \
        \"title_es\": \"Caso\", \"meaning_en\": \"x\", \"meaning_es\": \"x\", \"received\": \"2026-03-02\", \"updated\": \"2026-10-05\", \
        \"history\": [{\"on\": \"2026-03-02\", \"title_en\": \"Received\", \"title_es\": \"Recibido\"}]}\n";

    #[test]
    fn what_is_real_is_read() {
        assert_eq!(parse(CSV.as_bytes(), Format::Csv).map(|cases| cases.len()), Ok(2));
        assert_eq!(parse(JSON.as_bytes(), Format::JsonLines).map(|cases| cases.len()), Ok(1));
    }

    proptest! {
        #[test]
        fn files_that_are_bent(json in any::<bool>(), bends in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..20, ".{0,6}"), 0..4)) {
            let mut text: Vec<char> = if json { JSON } else { CSV }.chars().collect();
            for (at, length, with) in bends {
                let at = at.index(text.len());
                let end = (at + length).min(text.len());
                text.splice(at..end, with.chars());
            }
            file(text.into_iter().collect::<String>().as_bytes());
        }
    }
}
