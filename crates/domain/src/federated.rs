//! An identity at the agency's own provider, and whose account it is.

use crate::ids::StaffId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// An identity at a provider, known again by a hash: what the provider calls somebody need not stand here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FederatedKey(String);

impl FederatedKey {
    /// Of a provider's issuer and what it calls the person: together they are never another person's.
    pub fn of(issuer: &str, subject: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [issuer, subject] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        Self(hex::encode(hash.finalize()))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whose account an identity is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Federated {
    /// Which identity.
    pub key: FederatedKey,
    /// Whose.
    pub staff: StaffId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_provider_or_person_is_another_key() {
        let key = FederatedKey::of("https://id.example", "7");
        assert_eq!(key, FederatedKey::of("https://id.example", "7"));
        assert_ne!(key, FederatedKey::of("https://id.example", "8"));
        assert_ne!(key, FederatedKey::of("https://id.example7", ""));
        assert_eq!(key.as_str().len(), 64);
    }
}
