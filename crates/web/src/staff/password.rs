//! Passwords are checked and made off the threads that serve, a few at a time, and as long for a name that nobody has.

use crate::core::{Ctx, WebError};
use desk::{DeskError, passwords};
use domain::{
    actor::{PasswordHash, Staff},
    pii::Pii,
};
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
    let hash = staff.map_or_else(|| NOBODY.to_owned(), |staff| staff.password.0.clone());
    let there = staff.is_some();
    let fits = aside(move || passwords::opens(&hash, password.reveal())).await?;
    Ok(fits && there)
}

/// A password that is taken, as it is kept.
///
/// # Errors
/// Only when the server is stopping, or has no memory left.
pub(super) async fn hashed(ctx: &Ctx, password: Pii<String>) -> Result<PasswordHash, WebError> {
    let salt = ctx.app.desk.salt();
    let hashed = aside(move || passwords::hash(password.reveal(), salt)).await?;
    hashed.map_err(|fault| {
        tracing::error!(%fault, "a password could not be hashed");
        WebError::TimedOut
    })
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, WebError> {
    let place = AT_ONCE.acquire().await.map_err(|_| WebError::TimedOut)?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(place);
        done
    });
    done.await.map_err(|_| WebError::Desk(DeskError::Store(store::StoreError::Closing)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stand_in_costs_what_a_real_hash_costs() {
        let ours = passwords::hash("correct horse battery", [7; 16]).unwrap().0;
        let parts = |hash: &str| -> Vec<String> { hash.split('$').map(str::to_owned).collect() };
        let (ours, nobody) = (parts(&ours), parts(NOBODY));
        assert_eq!(nobody[..4], ours[..4], "algorithm, version and parameters");
        assert_eq!(nobody[5].len(), ours[5].len());
        assert!(!passwords::opens(NOBODY, "correct horse battery"));
    }
}
