//! What was erased is in no table: a dump of the database has none of it.

use crate::cluster::{fresh, shared};
use store::{
    Store,
    contract::{
        done,
        fixtures::Maker,
        retention::{PERSONAL, erase, somebody},
    },
};

/// Which of somebody's texts stand in a dump of the whole database.
fn found(database: &str) -> Vec<&'static str> {
    let dump = shared().tool("pg_dump").arg(database).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    let dump = String::from_utf8(dump.stdout).unwrap();
    PERSONAL.into_iter().filter(|text| dump.contains(text)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_an_erased_person_is_in_a_dump() {
    let (store, database) = fresh().await;
    let make = Maker::default();
    let who = somebody(&store, &make).await;
    assert_eq!(found(&database), PERSONAL);
    done(&store, erase(&make, &who, true)).await;
    assert_eq!(found(&database), Vec::<&str>::new());
    assert!(store.verify_journal().await.unwrap().broken.is_none());
    store.close().await;
}
