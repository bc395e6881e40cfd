//! Recordings without a media thread: order, loss, and what is left when the writer dies.

use super::*;
use crate::{counters::Counters, frame::SILENCE, outbox};
use std::sync::{Arc, mpsc::sync_channel};

fn file(name: &str) -> PathBuf {
    let file = std::env::temp_dir().join(format!("anteroom-media-{name}-{}.wav", std::process::id()));
    let _ = std::fs::remove_file(&file);
    file
}

#[test]
fn what_the_disk_is_too_slow_for_is_silence_of_the_same_length() {
    let to = file("slow");
    // Room for three jobs, and nobody who takes them for a while.
    let (jobs, writing) = sync_channel(3);
    let mut tape = Tape::new(1, LegId(1), to.clone(), jobs);
    for _ in 0..500 {
        tape.frame(&[100; 160], &[-100; 160]);
    }
    tape.close();
    assert!(tape.held.len() <= HELD + 3, "what waits is bounded: {}", tape.held.len());
    let writer = std::thread::spawn(move || {
        let (mut out, events) = outbox::queue(Arc::new(|| {}), Arc::<Counters>::default());
        write_all(&writing, &mut out);
        events.recv()
    });
    while !tape.flush() {
        std::thread::yield_now();
    }
    drop(tape);
    let Some(Event::Recorded { recording, .. }) = writer.join().unwrap() else { panic!("recorded") };
    assert_eq!(recording.length, Duration::from_secs(10));
    assert!(recording.lost > Duration::from_secs(8), "{:?}", recording.lost);
    assert!(recording.gaps.is_empty(), "nobody asked for these");
    let wav = hound::WavReader::open(&to).unwrap();
    assert_eq!(wav.duration(), 80_000);
    std::fs::remove_file(to).unwrap();
}

#[test]
fn a_writer_that_dies_leaves_a_file_that_can_be_played() {
    let to = file("dead");
    let mut writing = Writing::open(LegId(1), &to).unwrap();
    for _ in 0..100 {
        writing.sound(&[7; PIECE]).unwrap();
    }
    // Ten seconds were written; nothing is closed.
    let copy = file("copy");
    std::fs::copy(&to, &copy).unwrap();
    std::mem::forget(writing);
    let wav = hound::WavReader::open(&copy).unwrap();
    assert!(wav.duration() >= 8 * RATE, "{}", wav.duration());
    assert!(wav.into_samples::<i16>().all(|sample| sample.unwrap() == 7));
    std::fs::remove_file(to).unwrap();
    std::fs::remove_file(copy).unwrap();
}

#[test]
fn only_the_owner_may_listen() {
    use std::os::unix::fs::PermissionsExt as _;
    let to = file("mode");
    let (jobs, writing) = sync_channel(10);
    let mut tape = Tape::new(1, LegId(1), to.clone(), jobs);
    tape.frame(&SILENCE, &SILENCE);
    tape.close();
    assert!(tape.flush());
    drop(tape);
    let (mut out, _events) = outbox::queue(Arc::new(|| {}), Arc::<Counters>::default());
    write_all(&writing, &mut out);
    assert_eq!(std::fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::remove_file(to).unwrap();
}
