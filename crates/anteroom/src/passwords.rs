//! Passwords of files and of the demo, hashed off the threads that serve.

use crate::fault::Faults;
use domain::{actor::PasswordHash, pii::Pii};

/// Hashes passwords, in order. Each has a salt of its own.
pub async fn hash(passwords: Vec<Pii<String>>) -> Result<Vec<PasswordHash>, Faults> {
    let hashing = tokio::task::spawn_blocking(move || passwords.iter().map(one).collect());
    hashing.await.map_err(|_| Faults::one("hashing passwords was stopped"))?
}

fn one(password: &Pii<String>) -> Result<PasswordHash, Faults> {
    let chance = crate::secret::chance()?;
    let mut salt = [0; 16];
    salt.copy_from_slice(&chance[..16]);
    desk::passwords::hash(password.reveal(), salt).map_err(|error| Faults::one(error.to_string()))
}
