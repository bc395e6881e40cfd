//! What is on disk, and what happens to it.

use super::*;
use crate::{cache::SoundKey, said::Said};

fn key(words: &str, percent: u8) -> SoundKey {
    SoundKey::made(WordsKey::of(&Said::shared("en", words)), &[b"engine"], percent)
}

fn sound(value: i16, samples: usize) -> Sound {
    Sound { samples: vec![value; samples].into() }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn what_was_put_there_is_found_after_a_restart_and_says_no_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().join("new/voice");
    let disk = Disk::open(&folder, 1_000_000).expect("open");
    assert_eq!(disk.get(&key("hello", 100)), Found::Nothing);
    disk.put(&key("hello", 100), &sound(7, 1_000)).expect("put");
    let again = Disk::open(&folder, 1_000_000).expect("open");
    assert_eq!(again.get(&key("hello", 100)), Found::Sound(sound(7, 1_000)));
    assert_eq!(again.get(&key("hello", 80)), Found::Nothing);
    assert_eq!(again.bytes(), 2_040);
    let names = files(&folder);
    assert_eq!(names.len(), 1);
    assert!(!names[0].to_string_lossy().contains("hello"));
}

#[test]
fn another_rendering_of_the_same_words_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::open(folder.path(), 1_000_000).expect("open");
    disk.put(&key("hello", 80), &sound(8, 10)).expect("put");
    disk.put(&key("other", 100), &sound(9, 10)).expect("put");
    assert_eq!(disk.any(WordsKey::of(&Said::shared("en", "hello"))), Some(sound(8, 10)));
    assert_eq!(disk.any(WordsKey::of(&Said::shared("es", "hello"))), None);
}

#[test]
fn a_corrupt_file_is_thrown_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::open(folder.path(), 1_000_000).expect("open");
    let breakages: [fn(&mut Vec<u8>); 6] = [
        |bytes| bytes.truncate(bytes.len() - 2),
        |bytes| bytes.clear(),
        |bytes| bytes[100] ^= 1,
        |bytes| bytes[10] ^= 1,
        |bytes| bytes[0] = b'x',
        |bytes| bytes.push(0),
    ];
    for breakage in breakages {
        disk.put(&key("a", 100), &sound(1, 1_000)).expect("put");
        let path = files(folder.path())[0].clone();
        let mut bytes = fs::read(&path).expect("read");
        breakage(&mut bytes);
        fs::write(&path, bytes).expect("written");
        assert_eq!(disk.get(&key("a", 100)), Found::Corrupt);
        assert!(files(folder.path()).is_empty());
        assert_eq!(disk.get(&key("a", 100)), Found::Nothing);
        assert_eq!(disk.bytes(), 0);
    }
}

#[test]
fn it_stays_within_its_size_and_keeps_what_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::open(folder.path(), 3 * 2_040).expect("open");
    for words in ["a", "b", "c"] {
        disk.put(&key(words, 100), &sound(1, 1_000)).expect("put");
    }
    assert_ne!(disk.get(&key("a", 100)), Found::Nothing);
    disk.put(&key("d", 100), &sound(1, 1_000)).expect("put");
    assert_eq!(disk.get(&key("b", 100)), Found::Nothing);
    assert_ne!(disk.get(&key("a", 100)), Found::Nothing);
    disk.put(&key("huge", 100), &sound(1, 100_000)).expect("not an error");
    assert_eq!(disk.get(&key("huge", 100)), Found::Nothing);
    assert_eq!((disk.bytes(), files(folder.path()).len()), (3 * 2_040, 3));
    let smaller = Disk::open(folder.path(), 2_040).expect("open");
    assert_eq!((smaller.bytes(), files(folder.path()).len()), (2_040, 1));
}

#[test]
fn what_is_not_ours_stays_and_what_was_left_half_written_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".new-abc"), "half").expect("written");
    fs::write(folder.path().join("notes.txt"), "mine").expect("written");
    Disk::open(folder.path(), 10).expect("open");
    assert_eq!(files(folder.path()), [folder.path().join("notes.txt")]);
    let fault = Disk::open(&folder.path().join("notes.txt/voice"), 10).expect_err("no folder");
    assert!(fault.to_string().contains("notes.txt"), "{fault}");
}
