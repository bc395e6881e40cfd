//! Other programs are told what happens, in the form of the Standard Webhooks (<https://www.standardwebhooks.com>, version 1).
//!
//! A message is one entry of the journal: what happened, when, to which inquiry. It names codes, times and identifiers only, as the
//! journal does; whoever may know more asks the API for it with a token of their own.

use crate::{
    hook::HookSecret,
    http::{self, ClientFault},
    mailer::Why,
};
use domain::{
    hook::HookFailure,
    journal::{Happened, Written},
    number::InquiryNumber,
};
use jiff::Timestamp;
use reqwest::{Client, Url, header};
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, time::Duration};

/// Which entries a program is told of: these acts, or `*` for everything that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Everything but that somebody read something.
    All,
    /// These.
    Acts(BTreeSet<&'static str>),
}

/// No such act.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no event {0:?}; there are *, {all}", all = Happened::ACTS.join(", "))]
pub struct NoSuchEvent(String);

impl Wanted {
    /// Reads the names of acts; none at all, or `*`, is everything.
    ///
    /// # Errors
    /// The first name that is none.
    pub fn read<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, NoSuchEvent> {
        let mut acts = BTreeSet::new();
        let mut all = false;
        for name in names {
            if name == "*" {
                all = true;
            } else {
                let act = Happened::ACTS.into_iter().find(|act| *act == name);
                acts.insert(act.ok_or_else(|| NoSuchEvent(name.to_owned()))?);
            }
        }
        Ok(if all || acts.is_empty() { Self::All } else { Self::Acts(acts) })
    }

    fn has(&self, act: &str) -> bool {
        match self {
            Self::All => act != "read",
            Self::Acts(acts) => acts.contains(act),
        }
    }
}

/// A program that is told.
#[derive(Debug, Clone)]
pub struct WebhookConfig {
    /// Its name, under which it is kept how far it was told.
    pub name: String,
    /// Where messages are posted.
    pub url: String,
    /// What they are signed with. The second is a new one, or an old one that still counts.
    pub secrets: Vec<HookSecret>,
    /// What it is told of.
    pub wanted: Wanted,
    /// Certificates (PEM) that are trusted besides the public authorities.
    pub trust: Option<Vec<u8>>,
    /// How long one message may take.
    pub timeout: Duration,
}

/// The same, ready.
#[derive(Debug)]
pub struct Webhook {
    config: WebhookConfig,
    url: Url,
    client: Client,
}

impl Webhook {
    /// Connects when the first message is sent.
    ///
    /// # Errors
    /// When the address or the certificates are of no use.
    pub fn new(config: WebhookConfig) -> Result<Self, ClientFault> {
        let url = http::address(&config.url)?;
        let client = http::client(config.trust.as_deref(), config.timeout)?;
        Ok(Self { config, url, client })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.config.name
    }

    /// Is it told of this?
    pub fn wants(&self, entry: &Written) -> bool {
        self.config.wanted.has(&entry.entry.happened.act())
    }

    /// Tells it of an entry, at `now`. The same entry has the same identifier however often it is told.
    ///
    /// # Errors
    /// Why it was not taken.
    pub async fn tell(
        &self,
        entry: &Written,
        number: Option<&InquiryNumber>,
        now: Timestamp,
    ) -> Result<(), HookFailure> {
        let (id, body) = (id(entry), body(entry, number).to_string());
        let signed: Vec<String> =
            self.config.secrets.iter().map(|secret| secret.sign(&id, now, body.as_bytes())).collect();
        let sent = self
            .client
            .post(self.url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", now.as_second().to_string())
            .header("webhook-signature", signed.join(" "))
            .body(body)
            .send();
        let answer = sent.await.map_err(|error| match http::why(&error) {
            Why::Timeout => HookFailure::Timeout,
            _ => HookFailure::Unreachable,
        })?;
        let status = answer.status();
        if status.is_success() { Ok(()) } else { Err(HookFailure::Status(status.as_u16())) }
    }
}

/// The identifier of the message about an entry. A part of its hash stands in it: in a store that was restored from a copy another
/// entry can have the same place.
fn id(entry: &Written) -> String {
    format!("evt_{}_{}", entry.seq.0, entry.hash.get(..12).unwrap_or(&entry.hash))
}

/// What is said of an act. What somebody has written in their own words stays here.
fn said(entry: &Written) -> Map<String, Value> {
    let mut said = match serde_json::to_value(&entry.entry.happened) {
        Ok(Value::Object(said)) => said,
        _ => Map::new(),
    };
    for apart in ["act", "because"] {
        said.remove(apart);
    }
    said
}

/// What is posted.
fn body(entry: &Written, number: Option<&InquiryNumber>) -> Value {
    let mut by = serde_json::to_value(&entry.actor).unwrap_or_default();
    if let Some(by) = by.as_object_mut() {
        by.remove("name");
    }
    json!({
        "type": entry.entry.happened.act(),
        "timestamp": entry.at,
        "data": { "seq": entry.seq, "inquiry": number, "by": by, "said": said(entry) },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        actor::Actor,
        journal::{Entry, ReadWhat, Seq},
    };

    const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

    fn written(happened: Happened) -> Written {
        Written {
            seq: Seq(41),
            at: "2026-11-27T15:00:00Z".parse().unwrap(),
            actor: Actor::Staff { id: NOBODY.parse().unwrap(), name: "M. Ortega".into() },
            entry: Entry { inquiry: Some(NOBODY.parse().unwrap()), happened },
            hash: "00ff11ee22dd33cc".repeat(4),
        }
    }

    fn moved() -> Happened {
        Happened::OfficeChanged {
            from: "SFR".parse().unwrap(),
            to: "SNJ".parse().unwrap(),
            because: "lives with a daughter in San Jose".into(),
        }
    }

    #[test]
    fn a_message_says_what_happened_and_nothing_in_anybodys_words() {
        let entry = written(moved());
        let number: InquiryNumber = "10000048".parse().unwrap();
        let body = body(&entry, Some(&number));
        assert_eq!(
            body,
            json!({ "type": "office-changed", "timestamp": "2026-11-27T15:00:00Z", "data": {
                "seq": 41, "inquiry": "10000048", "by": { "who": "staff", "id": NOBODY }, "said": { "from": "SFR", "to": "SNJ" } } })
        );
        assert_eq!(id(&entry), "evt_41_00ff11ee22dd");
    }

    #[test]
    fn everything_is_everything_that_changed_something() {
        let read = |names: &[&str]| Wanted::read(names.iter().copied()).unwrap();
        for all in [read(&[]), read(&["*", "read"])] {
            assert!(all.has("office-changed") && !all.has("read"));
        }
        let some = read(&["read", "closed"]);
        let act = Happened::Read { what: ReadWhat::Inquiry }.act();
        assert!(some.has(&act) && some.has("closed") && !some.has("office-changed"));
        let fault = Wanted::read(["closed", "close"]).unwrap_err().to_string();
        assert!(fault.starts_with("there is no event \"close\"; there are *, request-received, "), "{fault}");
    }
}
