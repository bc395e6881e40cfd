//! Backups are taken while a server writes, are whole, overwrite nothing, and are put back into an empty folder only.

use crate::node::{Mail, Node, configure, key, request, run, staffed};
use domain::{
    call_record::{CallRecord, Way},
    change::Write,
    ids::{CallRecordId, StaffId},
    recording::{self, Tape},
};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{Store, contract::fixtures::Maker};
use store_sqlite::{Options, SqliteStore};

/// An installation in a folder: its configuration, and a token to use it with.
fn installation(dir: &Path) -> (String, String) {
    let (config, _) = configure(dir, "sqlite:data/anteroom.db", &Mail::Folder);
    let config = config.display().to_string();
    let token = staffed(dir, &config);
    (config, token)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn journal(config: &str) -> String {
    run(&["journal", "export", "--config", config]).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_taken_while_a_server_writes_and_is_put_back_elsewhere() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path().join("here");
    let (config, token) = installation(&here);
    let server = Arc::new(Node::start(&here, "sqlite:data/anteroom.db", &Mail::Folder).await);
    let received = server.post(&token, "/inquiries", &request(0, "90012")).await;
    let (stop, begun) = (Arc::new(AtomicBool::new(false)), Arc::new(tokio::sync::Notify::new()));
    let writing = tokio::spawn({
        let (server, token) = (Arc::clone(&server), token.clone());
        let (stop, begun) = (Arc::clone(&stop), Arc::clone(&begun));
        async move {
            let mut done = 0;
            while !stop.load(Ordering::Relaxed) {
                done += 1;
                server.post(&token, "/inquiries", &request(done, "90012")).await;
                begun.notify_one();
            }
        }
    });
    begun.notified().await;
    let to = dir.path().join("kept");
    let args = ["backup", &to.display().to_string(), "--config", &config].map(str::to_owned);
    let backup = move || run(&args.each_ref().map(String::as_str));
    let said = tokio::task::spawn_blocking(backup).await.unwrap().unwrap();
    assert!(said.contains("journal entries, last hash"), "{said}");
    begun.notified().await;
    stop.store(true, Ordering::Relaxed);
    writing.await.unwrap();

    // Readable by nobody else, with nothing left over beside it.
    assert_eq!(mode(&to), 0o700);
    let mut names: Vec<_> =
        fs::read_dir(&to).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["anteroom.db", "backup.json", "secret.key"]);
    assert!(names.iter().all(|name| mode(&to.join(name)) == 0o600));
    assert!(!dir.path().join(".kept.unfinished").exists());
    let again = run(&["backup", &to.display().to_string(), "--config", &config]).unwrap_err();
    assert!(again.contains("overwrites nothing"), "{again}");

    // Elsewhere: the journal up to the backup, to the letter, and a server that knows the links.
    let there = dir.path().join("there");
    let (other, _) = configure(&there, "sqlite:data/anteroom.db", &Mail::Folder);
    let other = other.display().to_string();
    let said = run(&["restore", &to.display().to_string(), "--config", &other]).unwrap();
    assert!(said.contains("restored"), "{said}");
    let (whole, kept) = (journal(&config), journal(&other));
    assert!(whole.starts_with(&kept) && kept.len() < whole.len());
    assert!(["anteroom.db", "secret.key"].iter().all(|name| mode(&there.join("data").join(name)) == 0o600));
    let restored = Node::start(&there, "sqlite:data/anteroom.db", &Mail::Folder).await;
    let link = received["link"].as_str().unwrap().rsplit('/').next().unwrap();
    let opened = restored.ask("GET", &format!("/go/{link}"), &[], "").await.unwrap();
    assert_eq!(opened.status, 303, "{opened:?}");
    restored.post_as(&token, "/inquiries", &key(), &request(9999, "90012")).await.unwrap().json();
    run(&["doctor", "--config", &other]).unwrap();

    // Not over what is there, and not while a server runs.
    for config in [&config, &other] {
        let told = run(&["restore", &to.display().to_string(), "--config", config]).unwrap_err();
        assert!(told.contains("a server is running on this folder"), "{told}");
    }
    drop(restored);
    let told = run(&["restore", &to.display().to_string(), "--config", &other]).unwrap_err();
    assert!(told.contains("anteroom.db: this is there already"), "{told}");
}

/// Half a backup, a changed one and one of another database are told apart from a whole one, and nothing is restored.
#[test]
fn what_is_no_whole_backup_is_not_restored() {
    let dir = tempfile::tempdir().unwrap();
    let (config, _) = installation(&dir.path().join("here"));
    let to = dir.path().join("kept");
    run(&["backup", &to.display().to_string(), "--config", &config]).unwrap();
    let there = dir.path().join("there");
    let restore = || {
        let into = there.display().to_string();
        let told = run(&["restore", &to.display().to_string(), "--data", &into]).unwrap_err();
        assert!(!there.join("anteroom.db").exists() && !there.join("secret.key").exists(), "{told}");
        told
    };
    let (store, label) = (to.join("anteroom.db"), to.join("backup.json"));
    let whole = (fs::read(&store).unwrap(), fs::read(&label).unwrap());

    // One letter of the first entry's hash.
    let first: serde_json::Value = serde_json::from_str(journal(&config).lines().next().unwrap()).unwrap();
    let hash = first["hash"].as_str().unwrap().as_bytes();
    let at = whole.0.windows(hash.len()).position(|bytes| bytes == hash).unwrap();
    let mut changed = whole.0.clone();
    changed[at] ^= 1;
    fs::write(&store, &changed).unwrap();
    assert!(restore().contains("does not follow from the one before"));
    fs::write(&store, &whole.0).unwrap();

    let other = String::from_utf8(whole.1.clone()).unwrap().replace("\"entries\": ", "\"entries\": 9");
    fs::write(&label, other).unwrap();
    assert!(restore().contains("not the one that the backup was labelled with"));
    fs::remove_file(&label).unwrap();
    assert!(restore().contains("no whole backup"));
    fs::write(&label, &whole.1).unwrap();
    run(&["restore", &to.display().to_string(), "--data", &there.display().to_string()]).unwrap();

    let (config, _) = configure(&dir.path().join("pg"), "postgres://ann:hush@127.0.0.1:1/a", &Mail::Folder);
    let told = run(&["backup", "x", "--config", &config.display().to_string()]).unwrap_err();
    assert!(told.contains("PostgreSQL's own tools") && !told.contains("hush"), "{told}");
}

/// Recordings are kept with the store that knows them, and what it does not know stays out of both.
#[test]
fn recordings_go_with_the_store_that_knows_them() {
    let dir = tempfile::tempdir().unwrap();
    let here = dir.path().join("here");
    let (config, _) = installation(&here);
    let (known, going_on, erased) = (call(1), call(2), call(3));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(recorded(&here, known, going_on));
    let tapes = here.join("data/recordings");
    fs::create_dir_all(&tapes).unwrap();
    let file = |id, nth| tapes.join(Tape::file(id, nth));
    fs::write(file(known, 1), b"what was said").unwrap();
    fs::write(file(known, 2), b"of a recording that the record does not have").unwrap();
    fs::write(file(going_on, 1), b"half").unwrap();
    fs::write(file(erased, 1), b"of a call that was erased").unwrap();
    fs::write(tapes.join("notes.txt"), b"another's").unwrap();
    let to = dir.path().join("kept");
    let said = run(&["backup", &to.display().to_string(), "--config", &config]).unwrap();
    assert!(said.contains("1 recordings"), "{said}");
    let names = |folder: &Path| -> Vec<String> {
        let files = fs::read_dir(folder).unwrap();
        files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names(&to.join("recordings")), [Tape::file(known, 1)]);
    assert_eq!(
        (mode(&to.join("recordings")), mode(&to.join("recordings").join(Tape::file(known, 1)))),
        (0o700, 0o600)
    );

    // A recording that was changed, or is missing, is no whole backup.
    let kept = to.join("recordings").join(Tape::file(known, 1));
    let there = dir.path().join("there");
    let restore = || run(&["restore", &to.display().to_string(), "--data", &there.display().to_string()]);
    fs::write(&kept, b"what was not said").unwrap();
    assert!(restore().unwrap_err().contains("not what the backup was labelled with"));
    fs::write(&kept, b"what was said").unwrap();
    // Nor is one put over others.
    fs::create_dir_all(there.join("recordings")).unwrap();
    fs::write(there.join("recordings").join(Tape::file(erased, 1)), b"older").unwrap();
    assert!(restore().unwrap_err().contains("restore where there are no recordings"));
    assert!(!there.join("anteroom.db").exists());
    fs::remove_dir_all(there.join("recordings")).unwrap();
    let said = restore().unwrap();
    assert!(said.contains("1 recordings"), "{said}");
    assert_eq!(names(&there.join("recordings")), [Tape::file(known, 1)]);
    assert_eq!(fs::read(there.join("recordings").join(Tape::file(known, 1))).unwrap(), b"what was said");
}

fn call(n: u8) -> CallRecordId {
    CallRecordId::new("2026-11-23T15:00:00Z".parse().unwrap(), &[n; 10])
}

/// A call that is over and was recorded, and one that goes on.
async fn recorded(here: &Path, over: CallRecordId, going_on: CallRecordId) {
    let store = SqliteStore::open(here.join("data/anteroom.db"), Options::default()).await.unwrap();
    let (make, now) = (Maker::default(), "2026-11-23T15:00:00Z".parse().unwrap());
    let by = StaffId::new(now, &[9; 10]);
    let record = |id, until| {
        let mut record = CallRecord::begin(id, Way::In, now);
        recording::begin(&mut record.recorded, 1, by, now);
        record.recorded[0].until = until;
        Write::CallRecord(Box::new(record))
    };
    store.commit(make.writing([record(over, Some(now)), record(going_on, None)])).await.unwrap();
    store.close().await;
}
