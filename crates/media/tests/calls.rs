//! Legs together on real sockets: bridges, holds, who listens, whispers and barges, and recordings.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::common::{
    self, Phone, has, pair, pair_with, part, peak, plane, settings, sound, talk, tone, wait,
};
use media::{Command, Event, Join, Law, Plan, Plane, Recording, Settings};
use std::{path::PathBuf, time::Duration};

/// The second half of what was heard: by then every leg has found its source and every buffer its depth.
fn late(got: &[common::Got]) -> Vec<i16> {
    let all = sound(got);
    assert!(all.len() >= 160 * 20, "{} samples", all.len());
    all[all.len() / 2..].to_vec()
}

/// A tone through a line that may lose a little time now and then, as a busy machine does: the best 50 ms of it.
fn best(samples: &[i16], hertz: f64) -> f64 {
    samples.chunks_exact(400).map(|piece| part(piece, hertz)).fold(0.0, f64::max)
}

#[test]
fn a_tone_into_one_leg_comes_out_of_the_other_unchanged() {
    let (plane, _events) = plane(settings(44_000..=44_099));
    let ((a, mut first), (b, mut second)) = (pair(&plane), pair(&plane));
    plane.send(Command::Bridge { a, b }).unwrap();
    let heard = talk(&mut [(&mut first, Some(440.0)), (&mut second, Some(1_000.0))], 60);
    let (first_heard, second_heard) = (late(&heard[0]), late(&heard[1]));
    assert!(best(&second_heard, 440.0) > 0.9 && best(&first_heard, 1_000.0) > 0.9);
    assert!(!has(&second_heard, 1_000.0), "nobody hears himself");
    // The numbers are the leg's own and without a hole.
    let passed: Vec<_> = heard[1].iter().filter(|got| peak(&sound(std::slice::from_ref(got))) > 0).collect();
    assert!(passed.iter().all(|got| got.ssrc == passed[0].ssrc && got.ssrc != first.ssrc));
    // But where this machine stood still for so long that silence was sent instead.
    let steady = |two: &&[&common::Got]| {
        two[1].sequence == two[0].sequence.wrapping_add(1)
            && two[1].timestamp == two[0].timestamp.wrapping_add(160)
    };
    assert!(passed.windows(2).filter(steady).count() * 10 >= passed.len() * 8);
}

#[test]
fn two_laws_are_translated_and_loss_stays_visible() {
    let (plane, _events) = plane(settings(44_100..=44_199));
    let (a, mut first) = pair_with(&plane, |plan| Plan { law: Law::A, ..plan });
    let (b, mut second) = pair(&plane);
    plane.send(Command::Bridge { a, b }).unwrap();
    // The first says A-law silence, which is another byte than that of μ-law.
    for n in 0..10_u32 {
        if n == 5 {
            first.sequence = first.sequence.wrapping_add(1);
        } else {
            first.packet(false, 8, n * 160, &[0xd5; 160]);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let mut passed = Vec::new();
    common::until(|| {
        passed.extend(second.hear().into_iter().filter(|got| got.payload != [0xff; 160]));
        passed.len() >= 9
    });
    assert_eq!(passed.len(), 9);
    assert!(passed.iter().all(|got| got.kind == 0 && got.payload == [0xfe; 160]), "8 is the nearest to 8");
    assert_eq!(passed[8].sequence.wrapping_sub(passed[0].sequence), 9, "one is missing");
    second.say(440.0);
    let back = first.listen(3);
    assert!(back.iter().all(|got| got.kind == 8));
}

#[test]
fn digits_within_a_bridge_are_told_and_not_passed_on() {
    let (plane, events) = plane(settings(44_200..=44_299));
    let ((a, mut first), (b, second)) = (pair(&plane), pair(&plane));
    plane.send(Command::Bridge { a, b }).unwrap();
    first.say(440.0);
    first.press(6);
    let told =
        wait(&events, |event| if let Event::Digit { leg, key } = event { Some((*leg, *key)) } else { None });
    assert_eq!(told, (a, b'6'));
    plane.send(Command::Digits { leg: b, digits: "6".into() }).unwrap();
    let got = second.listen(60);
    assert_eq!(got.iter().filter(|got| got.kind == 101).count(), 8, "only what was asked for");
}

#[test]
fn who_is_on_hold_hears_music_and_is_not_heard() {
    let (plane, _events) = plane(settings(44_300..=44_399));
    let ((a, mut caller), (b, mut operator)) = (pair(&plane), pair(&plane));
    plane.send(Command::Bridge { a, b }).unwrap();
    plane.send(Command::Hold { leg: a, music: Some(tone(300.0, 1_000)) }).unwrap();
    let heard = talk(&mut [(&mut caller, Some(440.0)), (&mut operator, Some(1_000.0))], 60);
    assert!(best(&late(&heard[0]), 300.0) > 0.9);
    assert_eq!(peak(&late(&heard[1])), 0);
    plane.send(Command::Unhold { leg: a }).unwrap();
    let heard = talk(&mut [(&mut caller, Some(440.0)), (&mut operator, Some(1_000.0))], 60);
    assert!(best(&late(&heard[0]), 1_000.0) > 0.9);
    assert!(best(&late(&heard[1]), 440.0) > 0.9);
    // An announcement into a bridge is heard instead of the other end, and then the other end again.
    plane.send(Command::Play { leg: a, clips: vec![tone(700.0, 300)], mark: 1 }).unwrap();
    plane.send(Command::Mute { leg: a, muted: true }).unwrap();
    let heard = talk(&mut [(&mut caller, Some(440.0)), (&mut operator, Some(1_000.0))], 60);
    assert!(best(&sound(&heard[0]), 700.0) > 0.9);
    assert!(best(&late(&heard[0]), 1_000.0) > 0.9);
    assert_eq!(peak(&late(&heard[1])), 0, "muted");
    plane.send(Command::Unbridge { leg: b }).unwrap();
    let heard = talk(&mut [(&mut caller, Some(440.0)), (&mut operator, Some(1_000.0))], 60);
    assert_eq!((peak(&late(&heard[0])), peak(&late(&heard[1]))), (0, 0));
}

/// What each of three hears of the others' tones: caller 440, operator 1000, supervisor 1600.
fn three(plane: &Plane, mode: Join) -> [[bool; 3]; 3] {
    let ((a, mut caller), (b, mut operator), (c, mut supervisor)) = (pair(plane), pair(plane), pair(plane));
    plane.send(Command::Bridge { a, b }).unwrap();
    plane.send(Command::Listen { ear: c, on: b, mode }).unwrap();
    let mut phones =
        [(&mut caller, Some(440.0)), (&mut operator, Some(1_000.0)), (&mut supervisor, Some(1_600.0))];
    let heard = talk(&mut phones, 80);
    let tones = |n: usize| {
        let samples = sound(&heard[n]);
        [440.0, 1_000.0, 1_600.0].map(|hertz| has(&samples, hertz))
    };
    [tones(0), tones(1), tones(2)]
}

#[test]
fn a_supervisor_listens_whispers_or_barges_in() {
    let (plane, _events) = plane(settings(44_400..=44_499));
    let listens = [true, true, false];
    assert_eq!(three(&plane, Join::Listen), [[false, true, false], [true, false, false], listens]);
    assert_eq!(three(&plane, Join::Whisper), [[false, true, false], [true, false, true], listens]);
    assert_eq!(three(&plane, Join::Barge), [[false, true, true], [true, false, true], listens]);
}

#[test]
fn legs_of_several_threads_find_each_other() {
    let several = Settings { threads: 3, ..settings(44_500..=44_599) };
    let (plane, _events) = plane(several);
    for _ in 0..2 {
        assert_eq!(
            three(&plane, Join::Barge),
            [[false, true, true], [true, false, true], [true, true, false]]
        );
    }
    // One after the other is bridged to the same operator; the last one counts.
    let (b, mut operator) = pair(&plane);
    let mut callers: Vec<_> = (0..4).map(|_| pair(&plane)).collect();
    for (a, _) in &callers {
        plane.send(Command::Bridge { a: *a, b }).unwrap();
    }
    let mut last: Phone = callers.pop().unwrap().1;
    let heard = talk(&mut [(&mut last, Some(440.0)), (&mut operator, Some(1_000.0))], 60);
    assert!(best(&late(&heard[0]), 1_000.0) > 0.9 && best(&late(&heard[1]), 440.0) > 0.9);
}

fn file(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = directory.join(format!("{name}-{}.wav", std::process::id()));
    let _ = std::fs::remove_file(&file);
    file
}

fn recorded(event: &Event) -> Option<Recording> {
    if let Event::Recorded { recording, .. } = event { Some(recording.clone()) } else { None }
}

fn sides(file: &PathBuf) -> (Vec<i16>, Vec<i16>) {
    let mut wav = hound::WavReader::open(file).unwrap();
    assert_eq!((wav.spec().channels, wav.spec().sample_rate), (2, 8_000));
    let all: Vec<i16> = wav.samples().map(Result::unwrap).collect();
    (all.iter().step_by(2).copied().collect(), all.iter().skip(1).step_by(2).copied().collect())
}

#[test]
fn a_bridge_is_recorded_with_its_sides_apart_and_its_pause_marked() {
    let (plane, events) = plane(settings(44_600..=44_699));
    let ((a, mut caller), (b, mut operator)) = (pair(&plane), pair(&plane));
    let to = file("sides");
    plane.send(Command::Bridge { a, b }).unwrap();
    plane.send(Command::Record { leg: a, to: to.clone() }).unwrap();
    let mut phones = [(&mut caller, Some(440.0)), (&mut operator, Some(1_000.0))];
    talk(&mut phones, 50);
    plane.send(Command::PauseRecording { leg: a }).unwrap();
    talk(&mut phones, 25);
    plane.send(Command::ResumeRecording { leg: a }).unwrap();
    talk(&mut phones, 50);
    plane.send(Command::StopRecording { leg: a }).unwrap();
    let recording = wait(&events, recorded);
    assert_eq!(recording.to, to);
    let (caller_side, agency_side) = sides(&to);
    assert!(has(&caller_side, 440.0) && has(&agency_side, 1_000.0));
    assert!(!has(&caller_side, 1_000.0) && !has(&agency_side, 440.0));
    let [(from, until)] = recording.gaps[..] else { panic!("one gap: {:?}", recording.gaps) };
    let at = |time: Duration| usize::try_from(time.as_millis() * 8).unwrap();
    assert!(until.saturating_sub(from) >= Duration::from_millis(300), "{from:?} to {until:?}");
    assert_eq!(peak(&caller_side[at(from)..at(until)]), 0);
    assert!(peak(&caller_side[at(until)..]) > 1_000);
    assert_eq!(caller_side.len(), at(recording.length));
    assert_eq!(recording.lost, Duration::ZERO);
    // And what was said was heard all the while.
    let heard = talk(&mut phones, 60);
    assert!(best(&late(&heard[1]), 440.0) > 0.9);
}

#[test]
fn a_caller_alone_is_recorded_with_what_is_said_to_him() {
    let (plane, events) = plane(settings(44_700..=44_799));
    let (leg, mut caller) = pair(&plane);
    let to = file("alone");
    plane.send(Command::Record { leg, to: to.clone() }).unwrap();
    plane.send(Command::Play { leg, clips: vec![tone(700.0, 1_000)], mark: 1 }).unwrap();
    talk(&mut [(&mut caller, Some(440.0))], 60);
    // The end of the leg is the end of the recording.
    plane.send(Command::Close { leg }).unwrap();
    wait(&events, recorded);
    let (caller_side, agency_side) = sides(&to);
    assert!(best(&caller_side, 440.0) > 0.9 && best(&agency_side, 700.0) > 0.9);
}

#[test]
fn a_recording_that_cannot_be_is_told() {
    let (plane, events) = plane(settings(44_800..=44_899));
    let (leg, mut caller) = pair(&plane);
    let to = file("there");
    std::fs::write(&to, b"somebody's").unwrap();
    plane.send(Command::Record { leg, to: to.clone() }).unwrap();
    talk(&mut [(&mut caller, Some(440.0))], 5);
    let why =
        wait(&events, |event| if let Event::RecordingFailed { why, .. } = event { Some(*why) } else { None });
    assert_eq!(why, std::io::ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&to).unwrap(), b"somebody's");
}

#[test]
fn a_recording_is_whole_when_the_room_is_closed_in_the_middle() {
    let (plane, events) = plane(settings(44_900..=44_999));
    let (leg, mut caller) = pair(&plane);
    let to = file("closed");
    plane.send(Command::Record { leg, to: to.clone() }).unwrap();
    talk(&mut [(&mut caller, Some(440.0))], 50);
    drop(plane);
    wait(&events, recorded);
    assert!(sides(&to).0.len() > 6_000);
}
