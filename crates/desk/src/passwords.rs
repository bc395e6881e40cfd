//! Passwords: hashed with Argon2id, never kept.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc},
};
use domain::actor::PasswordHash;

/// A password could not be hashed: it is longer than any hash takes, or there is no memory for it.
#[derive(Debug, thiserror::Error)]
#[error("a password cannot be hashed: {0}")]
pub struct NoHash(String);

/// Hashes a password, with salt that nothing else has. It takes some tens of milliseconds of one core and 19 MiB: not for a
/// thread that serves.
///
/// # Errors
/// [`NoHash`].
pub fn hash(password: &str, salt: [u8; 16]) -> Result<PasswordHash, NoHash> {
    let hashed = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
    let hashed: phc::PasswordHash = hashed.map_err(|error| NoHash(error.to_string()))?;
    Ok(PasswordHash(hashed.to_string()))
}

/// Does the password open the hash? It takes as long as making one.
pub fn opens(hash: &str, password: &str) -> bool {
    let Ok(parsed) = phc::PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

/// Takes a hash that another system made: Argon2id in PHC form.
pub fn taken_over(text: &str) -> Option<PasswordHash> {
    let hash = phc::PasswordHash::new(text).ok()?;
    (hash.algorithm.as_str() == "argon2id" && hash.salt.is_some() && hash.hash.is_some())
        .then(|| PasswordHash(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_opens_with_its_password_only() {
        let password = "correct horse battery";
        let (one, two) = (hash(password, [1; 16]).unwrap(), hash(password, [2; 16]).unwrap());
        assert_ne!(one, two);
        assert!(opens(&one.0, password) && opens(&two.0, password));
        assert!(!opens(&one.0, "correct horse"));
        assert_eq!(taken_over(&one.0).as_ref(), Some(&one));
        assert_eq!(taken_over("$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g"), None);
        for none in ["secret", "none", "provider"] {
            assert_eq!(taken_over(none), None);
            assert!(!opens(none, none), "what stands in the place of a password opens nothing");
        }
    }
}
