//! One JSON object a line, with the names of the CSV columns; `history` is an array of objects
//! `{"on": "2026-11-23", "title_en": "…"}`.

use crate::{
    MAX_ROWS,
    fault::FileFaults,
    row::{Column, REQUIRED, Written, WrittenStep},
};
use domain::case::Case;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// An object's fields as they were written, so that one written twice is found.
struct Fields(Vec<(String, Value)>);

impl<'de> de::Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Fields;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        d.deserialize_map(Reader)
    }
}

pub(crate) fn rows(text: &str, found: &mut FileFaults) -> Vec<(usize, Case)> {
    let mut rows = Vec::new();
    let mut read = 0;
    for (line, text) in text.lines().enumerate().map(|(at, text)| (at + 1, text.trim())) {
        if text.is_empty() {
            continue;
        }
        read += 1;
        if read > MAX_ROWS {
            found.add(line, format!("the file has more than {MAX_ROWS} cases; split it"));
            return rows;
        }
        let Ok(Fields(fields)) = serde_json::from_str(text) else {
            found.add(line, "each line is one whole JSON object, such as {\"receipt\": \"…\", …}");
            if text == "[" {
                return rows;
            }
            continue;
        };
        if let Some(written) = row(&fields, line, found)
            && let Some(case) = written.check(line, found)
        {
            rows.push((line, case));
        }
    }
    if read == 0 {
        found.add(0, "the file is empty; each line is one case");
    }
    rows
}

fn row(fields: &[(String, Value)], line: usize, found: &mut FileFaults) -> Option<Written> {
    let mut written = Written::default();
    let mut good = true;
    for (at, (name, value)) in fields.iter().enumerate() {
        let fault = match Column::named(name) {
            None => Some(format!("there is no field {name:?}")),
            Some(_) if fields[..at].iter().any(|(other, _)| other == name) => {
                Some(format!("the field {name} is there twice"))
            }
            Some(Column::History) => match history(value) {
                Ok(steps) => {
                    written.history = steps;
                    None
                }
                Err(says) => Some(says),
            },
            Some(column) => match value {
                Value::String(cell) => {
                    written.put(column, cell);
                    None
                }
                _ => Some(format!("{name}: a text in quotation marks")),
            },
        };
        if let Some(says) = fault {
            found.add(line, says);
            good = false;
        }
    }
    for name in REQUIRED.iter().filter(|name| !fields.iter().any(|(n, _)| n == *name)) {
        found.add(line, format!("the field {name} is missing"));
        good = false;
    }
    good.then_some(written)
}

/// The steps of a case, as both formats may write them.
pub(crate) fn history(value: &Value) -> Result<Vec<WrittenStep>, String> {
    let shape =
        || "history: an array of objects such as {\"on\": \"2026-11-23\", \"title_en\": \"…\"}".to_owned();
    let steps = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Array(steps) => steps,
        _ => return Err(shape()),
    };
    steps
        .iter()
        .map(|step| {
            let mut written = WrittenStep { on: String::new(), titles: Vec::new() };
            for (name, value) in step.as_object().ok_or_else(shape)? {
                let cell = value.as_str().ok_or_else(shape)?.trim();
                match (name.as_str(), Column::named(name)) {
                    ("on", _) => cell.clone_into(&mut written.on),
                    (_, Some(Column::Title(lang))) => {
                        let lang = lang.parse().map_err(|_| shape())?;
                        if !cell.is_empty() {
                            written.titles.push((lang, cell.to_owned()));
                        }
                    }
                    _ => return Err(shape()),
                }
            }
            Ok(written)
        })
        .collect()
}
