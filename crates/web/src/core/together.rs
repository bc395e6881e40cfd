//! One reading for all who ask for the same at the same time.
//!
//! When something happens, every screen that shows a list asks for it at once. Who asks while it is being read waits for
//! the next reading, which begins after they asked, and shares it with all who came meanwhile: nobody is told of less than
//! there was when they asked.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::time::{Instant, sleep_until};

/// How much time lies between the beginnings of two readings at least.
const APART: Duration = Duration::from_millis(100);

/// A reading, and when it began.
type Last<V> = Arc<tokio::sync::Mutex<Option<(Instant, Arc<V>)>>>;

/// What is read together, by what is asked for.
#[derive(Debug)]
pub(crate) struct Together<K, V>(Arc<Mutex<BTreeMap<K, Last<V>>>>);

impl<K, V> Default for Together<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, V> Clone for Together<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K: Ord, V> Together<K, V> {
    /// What `read` finds, by whoever runs it first.
    pub(crate) async fn read<E>(
        &self,
        key: K,
        read: impl AsyncFnOnce() -> Result<V, E>,
    ) -> Result<Arc<V>, E> {
        let asked = Instant::now();
        let last = Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        let mut last = last.lock().await;
        if let Some((began, found)) = &*last {
            if *began >= asked {
                return Ok(Arc::clone(found));
            }
            sleep_until(*began + APART).await;
        }
        let began = Instant::now();
        let found = Arc::new(read().await?);
        *last = Some((began, Arc::clone(&found)));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        convert::Infallible,
        sync::atomic::{AtomicU32, Ordering},
    };
    use tokio::sync::Notify;

    #[tokio::test]
    async fn who_asks_meanwhile_shares_the_next_reading_and_is_told_of_all_that_there_was() {
        let (together, readings, there) = (Together::default(), AtomicU32::new(0), AtomicU32::new(1));
        let asked = Notify::new();
        let ask = async || {
            let read = async || {
                let found = there.load(Ordering::Relaxed);
                if readings.fetch_add(1, Ordering::Relaxed) == 0 {
                    // The first reading lasts until the others have asked.
                    asked.notified().await;
                }
                Ok::<_, Infallible>(found)
            };
            let Ok(found) = together.read("list", read).await;
            *found
        };
        let later = async {
            there.store(2, Ordering::Relaxed);
            tokio::join!(ask(), ask(), ask(), async { asked.notify_one() })
        };
        let (first, (second, third, fourth, ())) = tokio::join!(ask(), later);
        assert_eq!((first, second, third, fourth), (1, 2, 2, 2));
        assert_eq!(readings.load(Ordering::Relaxed), 2);
        there.store(3, Ordering::Relaxed);
        assert_eq!(ask().await, 3, "nobody is given what was read before they asked");
    }
}
