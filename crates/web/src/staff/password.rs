//! Passwords are checked off the threads that serve, a few at a time, and as long for a name that nobody has.

use crate::core::WebError;
use argon2::{
    Argon2,
    password_hash::{PasswordVerifier, phc},
};
use desk::DeskError;
use domain::{actor::Staff, pii::Pii};
use tokio::sync::Semaphore;

/// A check takes some tens of milliseconds of one core and 19 MiB: more at once would starve the pages.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// The hash that stands in for a name that nobody has: Argon2id with the parameters that passwords are hashed with here
/// (19 MiB, two passes, one lane), of 32 random bytes that were thrown away.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$0XizoUgTYYKcUmgHeZTPYA$c/IDgo3lHjzVoklVD0cca5hsmSHcuZELf+KKv5IBx+U";

/// Is this the password of this member of staff? Takes the same time when there is none.
///
/// # Errors
/// Only when the server is stopping.
pub(super) async fn fits(staff: Option<&Staff>, password: Pii<String>) -> Result<bool, WebError> {
    let closing = |_| WebError::Desk(DeskError::Store(store::StoreError::Closing));
    let hash = staff.map_or_else(|| NOBODY.to_owned(), |staff| staff.password.0.clone());
    let there = staff.is_some();
    let place = AT_ONCE.acquire().await.map_err(|_| WebError::TimedOut)?;
    let checked = tokio::task::spawn_blocking(move || {
        let fits = verify(&hash, password.reveal());
        drop(place);
        fits
    });
    Ok(checked.await.map_err(closing)? && there)
}

fn verify(hash: &str, password: &str) -> bool {
    let Ok(parsed) = phc::PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::PasswordHasher;

    #[test]
    fn the_stand_in_costs_what_a_real_hash_costs() {
        let ours: phc::PasswordHash =
            Argon2::default().hash_password_with_salt(b"correct horse battery", &[7; 16]).unwrap();
        let nobody = phc::PasswordHash::new(NOBODY).unwrap();
        assert_eq!(nobody.algorithm, ours.algorithm);
        assert_eq!(nobody.version, ours.version);
        assert_eq!(nobody.params, ours.params);
        assert_eq!(
            nobody.hash.map(|hash| hash.as_bytes().len()),
            ours.hash.map(|hash| hash.as_bytes().len())
        );
        assert!(verify(&ours.to_string(), "correct horse battery"));
        assert!(!verify(&ours.to_string(), "correct horse"));
        assert!(!verify(NOBODY, "correct horse battery"));
        assert!(!verify("none", "none"));
    }
}
