//! Passwords: hashed with Argon2id, never kept.

use crate::fault::Faults;
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, phc},
};
use domain::{actor::PasswordHash, pii::Pii};

/// The fewest characters of a password (NIST SP 800-63B-4, 3.1.1.2: fifteen where it is the only factor).
pub const SHORTEST: usize = 15;
/// The most, so that hashing stays bounded.
pub const LONGEST: usize = 200;

/// Hashes passwords, in order, off the threads that serve. Each has a salt of its own.
pub async fn hash(passwords: Vec<Pii<String>>) -> Result<Vec<PasswordHash>, Faults> {
    let hashing = tokio::task::spawn_blocking(move || passwords.iter().map(one).collect());
    hashing.await.map_err(|_| Faults::one("hashing passwords was stopped"))?
}

fn one(password: &Pii<String>) -> Result<PasswordHash, Faults> {
    let salt = crate::secret::chance()?;
    let hash: phc::PasswordHash = Argon2::default()
        .hash_password_with_salt(password.reveal().as_bytes(), &salt[..16])
        .map_err(|error| Faults::one(format!("a password cannot be hashed: {error}")))?;
    Ok(PasswordHash(hash.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordVerifier;

    #[tokio::test]
    async fn a_hash_opens_with_its_password_only() {
        let hashes =
            hash(vec!["correct horse battery".into(), "correct horse battery".into()]).await.unwrap();
        assert_ne!(hashes[0], hashes[1], "each has its own salt");
        let parsed = phc::PasswordHash::new(&hashes[0].0).unwrap();
        assert!(Argon2::default().verify_password(b"correct horse battery", &parsed).is_ok());
        assert!(Argon2::default().verify_password(b"correct horse", &parsed).is_err());
        let taken_over = desk::acts::taken_over;
        assert_eq!(taken_over(&hashes[0].0).as_ref(), Some(&hashes[0]));
        assert_eq!(taken_over("$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"), None);
        assert_eq!(taken_over("secret"), None);
    }
}
