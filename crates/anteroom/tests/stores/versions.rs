//! Versions of the schema, through the program.

use crate::node::{Mail, Pair, configure, run};
use std::fs;

/// By hand or by itself, and never what a newer one wrote.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schema_is_brought_up_to_date_by_hand_and_a_newer_one_is_refused() {
    let database = Pair::cluster().empty().await;
    let dir = tempfile::tempdir().unwrap();
    let (config, _) = configure(dir.path(), &Pair::cluster().url(&database), &Mail::Folder);
    let text = fs::read_to_string(&config).unwrap().replace("[store]", "[store]\nmigrate = \"by-hand\"");
    fs::write(&config, text).unwrap();
    let config = config.display().to_string();
    let told = run(&["serve", "--config", &config]).unwrap_err();
    assert!(told.contains("anteroom migrate"), "{told}");
    assert!(run(&["journal", "verify", "--config", &config]).unwrap_err().contains("anteroom migrate"));
    assert!(run(&["migrate", "--config", &config]).unwrap().contains("made, with schema"));
    assert!(run(&["migrate", "--config", &config]).unwrap().contains("nothing to do"));
    assert!(run(&["journal", "verify", "--config", &config]).unwrap().starts_with("0 entries"));
    Pair::cluster().sql(&database, "UPDATE anteroom_schema SET version = 999, needs = 999").await;
    for command in [&["serve"][..], &["migrate"], &["journal", "verify"], &["doctor"]] {
        let told = run(&[command, &["--config", &config]].concat()).unwrap_err();
        assert!(told.contains("written by a newer version (schema 999"), "{command:?}: {told}");
    }
}

/// SQLite keeps the number in the file's header, big-endian, at byte 60.
#[test]
fn a_file_of_another_version_is_refused_or_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().display().to_string();
    assert!(run(&["migrate", "--data", &data]).unwrap().contains("made, with schema"));
    assert!(run(&["migrate", "--data", &data]).unwrap().contains("nothing to do"));
    let file = dir.path().join("anteroom.db");
    let known = fs::read(&file).unwrap();
    let written = |version: u32| {
        let mut bytes = known.clone();
        bytes[60..64].copy_from_slice(&version.to_be_bytes());
        fs::write(&file, bytes).unwrap();
    };
    written(999);
    let zips = dir.path().join("zips.csv").display().to_string();
    fs::write(&zips, "ZipCode,IsRetired,FieldOfficeDesignation\n").unwrap();
    for command in [&["migrate"][..], &["journal", "verify"], &["doctor"], &["import", "zips", &zips]] {
        let told = run(&[command, &["--data", &data]].concat()).unwrap_err();
        assert!(told.contains("written by a newer version (schema 999"), "{command:?}: {told}");
    }
    written(1);
    assert!(run(&["journal", "verify", "--data", &data]).unwrap_err().contains("anteroom migrate"));
}

/// Wherever a password comes from, whatever goes wrong is told without it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_never_printed() {
    let dir = tempfile::tempdir().unwrap();
    let url = Pair::cluster().url("no_such_database").replace("anteroom@", "anteroom:hush@");
    let (config, _) = configure(dir.path(), &url, &Mail::Folder);
    let file = config.display().to_string();
    let copied = format!("sqlite:{}", dir.path().join("a.db").display());
    fs::create_dir_all(dir.path().join("data")).unwrap();
    for command in [
        &["serve", "--config", &file][..],
        &["migrate", "--config", &file],
        &["doctor", "--config", &file],
        &["journal", "verify", "--config", &file],
        &["store", "copy", &url, &copied],
    ] {
        let told = run(command).unwrap_err();
        assert!(told.contains("no_such_database") && !told.contains("hush"), "{command:?}: {told}");
    }
    let secret = dir.path().join("password");
    fs::write(&secret, "hush\n").unwrap();
    let url = url.replace(":hush@", "@");
    let text = fs::read_to_string(&config).unwrap();
    let apart = format!("password_file = \"{}\"\nurl = \"{url}\"", secret.display());
    let text = text.lines().map(|line| if line.starts_with("url = ") { apart.as_str() } else { line });
    fs::write(&config, text.collect::<Vec<_>>().join("\n")).unwrap();
    let told = run(&["migrate", "--config", &file]).unwrap_err();
    assert!(told.contains("no_such_database") && !told.contains("hush"), "{told}");
}
