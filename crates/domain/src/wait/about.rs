//! What is known of a caller beside their place: whom one tells apart, and what they keyed.

use crate::{case::ReceiptNumber, codes::OfficeCode, inquiry::Inquiry, phone::PhoneNumber, pii::Pii};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Whom one tells apart where it is counted how people are served, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AboutCaller {
    /// The office that serves them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeCode>,
    /// Do they speak by a relay service, or type?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<bool>,
    /// Does somebody act for them?
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub represented: Option<bool>,
}

impl AboutCaller {
    /// The same, and where nothing was known, what their inquiry says.
    #[must_use]
    pub fn or(self, inquiry: &Inquiry) -> Self {
        Self {
            office: self.office.or_else(|| Some(inquiry.office.clone())),
            relay: self.relay.or(Some(inquiry.reach.relay)),
            represented: self.represented.or(Some(inquiry.request.representative.is_some())),
        }
    }
}

/// What a caller told the line by the keys of their telephone, and need not say again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Keyed {
    /// The case they asked about last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptNumber>,
    /// The ZIP code for which they asked for an office last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zip: Option<Pii<String>>,
}

impl Keyed {
    /// Nothing.
    pub const fn is_empty(&self) -> bool {
        self.receipt.is_none() && self.zip.is_none()
    }
}

/// A telephone number as a store looks it up: SHA-256 of its E.164 form, hexadecimal.
pub fn phone_key(number: &PhoneNumber) -> String {
    hex::encode(Sha256::digest(number.e164()))
}
