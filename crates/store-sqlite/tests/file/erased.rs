//! What was erased is in no byte of the file, nor of what lies beside it.

use crate::common::{fresh, open};
use domain::retention::Retention;
use std::path::Path;
use store::{
    Store,
    contract::{
        done,
        fixtures::{Maker, at},
        retention::{PERSONAL, erase, somebody},
    },
};

/// Which of somebody's texts stand in the file or beside it.
fn found(path: &Path) -> Vec<&'static str> {
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    let bytes: Vec<u8> = folder.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let stands = |text: &&str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
    PERSONAL.into_iter().filter(stands).collect()
}

#[tokio::test]
async fn nothing_of_an_erased_person_is_in_the_file() {
    let (store, path, _folder) = fresh().await;
    let make = Maker::default();
    // Others around them, so that their rows share pages with what stays.
    for _ in 0..40 {
        done(&store, make.writing([store::contract::fixtures::write(&make.inquiry(0))])).await;
    }
    let who = somebody(&store, &make).await;
    // In the log, and then in the file.
    assert_eq!(found(&path), PERSONAL);
    store.close().await;
    assert_eq!(found(&path), PERSONAL);
    let store = open(&path).await;
    done(&store, erase(&make, &who, true)).await;
    // Forgetting what is over empties the log, while the store is open.
    store.tidy(&Retention::default().forget(at(0), at(-9))).await.unwrap();
    // The answer to it is told before the log is emptied; whoever comes next waits for both.
    done(&store, make.change()).await;
    assert_eq!(found(&path), Vec::<&str>::new());
    assert!(store.verify_journal().await.unwrap().broken.is_none());
    store.close().await;
    assert_eq!(found(&path), Vec::<&str>::new());
}
