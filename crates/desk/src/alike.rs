//! Answers that take as long whatever they say, so that nobody learns by a clock what the words keep from them.

use std::{future::Future, time::Duration};

/// What does not tell whether a number exists comes no sooner than this: well above what is done for one that does, so that
/// the difference is not seen, and well below what anybody minds.
pub const ALIKE: Duration = Duration::from_millis(250);

/// What was done, no sooner than [`ALIKE`].
pub(crate) async fn no_sooner<T>(does: impl Future<Output = T>) -> T {
    tokio::join!(does, tokio::time::sleep(ALIKE)).0
}

/// What was found at once, and that nothing was no sooner than [`ALIKE`].
pub(crate) async fn nothing_no_sooner<T, E>(
    finds: impl Future<Output = Result<Option<T>, E>>,
) -> Result<Option<T>, E> {
    let sleep = tokio::time::sleep(ALIKE);
    let found = finds.await?;
    if found.is_none() {
        sleep.await;
    }
    Ok(found)
}
