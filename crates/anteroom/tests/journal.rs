//! `anteroom journal verify`: what it says of a whole journal, and of one in whose file a bit was flipped.

#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::{
    path::Path,
    process::{Command, Output},
};
use store::{
    Store,
    contract::fixtures::{Maker, read_entry},
};
use store_sqlite::{Options, SqliteStore};

fn verify(dir: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_anteroom");
    Command::new(program).args(["journal", "verify", "--data"]).arg(dir).output().unwrap()
}

/// The places in a file where these bytes begin.
fn places(file: &[u8], bytes: &[u8]) -> Vec<usize> {
    file.windows(bytes.len()).enumerate().filter_map(|(at, seen)| (seen == bytes).then_some(at)).collect()
}

#[tokio::test]
async fn a_flipped_bit_is_told_with_its_entry() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("anteroom.db");
    let store = SqliteStore::open(&path, Options::default()).await.unwrap();
    let make = Maker::default();
    let mut change = make.change();
    change.journal.extend((0..9).map(|_| read_entry(Some(make.inquiry(0).id))));
    store.commit(change).await.unwrap();
    let entries = store.journal(domain::journal::Seq(0), 100).await.unwrap();
    store.close().await;

    let whole = verify(dir.path());
    let said = String::from_utf8(whole.stdout).unwrap();
    assert!(whole.status.success(), "{said}");
    assert!(said.contains("9 entries") && said.contains(&entries[8].hash), "{said}");

    let sound = std::fs::read(&path).unwrap();
    for entry in &entries[..8] {
        // Its hash lies in the file once, behind its texts; the last one's is also in the end that is kept apart.
        let [hash] = places(&sound, entry.hash.as_bytes())[..] else { panic!("entry {}", entry.seq.0) };
        for before in [0, 7, 60] {
            let mut file = sound.clone();
            file[hash - before] ^= 4;
            std::fs::write(&path, file).unwrap();
            let broken = verify(dir.path());
            let said = String::from_utf8(broken.stderr).unwrap();
            assert_eq!(broken.status.code(), Some(1), "{said}");
            let due = format!("journal entry {} does not follow from the one before", entry.seq.0);
            assert!(said.contains(&due), "{said}");
        }
    }
}
