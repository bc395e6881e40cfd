//! Calls that are recorded: announced before anything is, paused while something is said that nobody should keep, refused by one key,
//! and played by whoever may.

use crate::{
    books::{looked, wait},
    officer::{Officer, SAYS},
    outward::{THEY_SAY, due, record, talks, trunk},
    peer::Peer,
    running::{LIMIT, run},
    telephone::{Closed, Line},
};
use domain::{
    inquiry::Inquiry,
    journal::{Happened, Seq},
    recording::{
        RecordingDid::{self, Begun, Ended, Paused, Played, Resumed},
        Tape,
    },
};
use media::browser::has_tone;
use std::{
    fs,
    net::{SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};
use store::Store;

const STAFF: &str = "sign_in,name,roles,office,langs,password\n\
    m.ortega,M. Ortega,officer,,en es,correct horse battery\n\
    admin,A. Admin,administrator,,en,correct horse battery\n\
    p.okafor,P. Okafor,supervisor,,en,correct horse battery\n";

/// An installation whose calls are recorded, as this says.
fn recorded(how: &str) -> (Closed, Inquiry) {
    let (closed, inquiry) = due();
    // Long enough that it is seen while it is said.
    let beep = crate::baresip::wav(40_000, |n| if n % 16 < 8 { 8_000 } else { -8_000 });
    fs::write(closed.dir().join("beep.wav"), beep).unwrap();
    closed.edit("trunks = ", &format!("recording = \"{how}\"\ntrunks = "));
    (closed, inquiry)
}

/// What the journal says of recordings, once there is so much of it.
fn told(dir: &Path, wanted: usize) -> Vec<RecordingDid> {
    let begun = Instant::now();
    loop {
        let entries = wait(async {
            let books = looked(dir).await;
            let entries = books.journal(Seq(0), 10_000).await.unwrap();
            books.close().await;
            entries
        });
        let told: Vec<RecordingDid> = entries
            .into_iter()
            .filter_map(|written| match written.entry.happened {
                Happened::Recording { did, .. } => Some(did),
                _ => None,
            })
            .collect();
        if told.len() >= wanted {
            return told;
        }
        assert!(begun.elapsed() < LIMIT, "{told:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn files(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir.join("data/recordings")).unwrap().map(|file| file.unwrap().path()).collect()
}

/// Calls, and picks up: until what is said of the recording has been said.
fn announced(
    line: &mut Line,
    officer: &mut Officer,
    inquiry: &Inquiry,
    peer: &mut Peer,
) -> (UdpSocket, SocketAddr) {
    officer.calls(inquiry);
    let invite = peer.asks("INVITE");
    let (rtp, to) = peer.picks_up(&invite);
    peer.follows(&invite, "c");
    officer.sees("The other side is told that the call is recorded");
    // Nobody is heard before it was said.
    let heard = talks(&rtp, to, Duration::from_millis(400));
    assert!(!has_tone(&heard, SAYS), "the officer is heard before it was said that the call is recorded");
    assert_eq!(files(line.dir()), Vec::<PathBuf>::new(), "nothing is recorded yet");
    (rtp, to)
}

/// What one side of a recording has, in mu-law as it is told apart elsewhere, from one second to another.
fn side(file: &Path, right: usize, from: u32, to: u32) -> Vec<u8> {
    let mut wav = hound::WavReader::open(file).unwrap();
    let spec = wav.spec();
    assert_eq!((spec.channels, spec.sample_rate), (2, 8_000));
    let all: Vec<i16> = wav.samples::<i16>().map(Result::unwrap).collect();
    let (from, to) = (usize::try_from(from).unwrap() * 8_000, usize::try_from(to).unwrap() * 8_000);
    all.chunks(2).skip(from).take(to - from).map(|both| media::browser::mu(both[right])).collect()
}

#[test]
fn a_call_is_recorded_after_it_was_said_and_stands_still_when_the_officer_says_so() {
    let (closed, inquiry) = recorded("announced");
    closed.file("more.csv", STAFF);
    let (file, config) = (closed.dir().join("more.csv"), closed.dir().join("anteroom.toml"));
    let (well, says) =
        run(&["import", "staff", &file.display().to_string(), "--config", &config.display().to_string()]);
    assert!(well, "{says}");
    let mut peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, ""));
    let mut line = closed.serve();
    let dir = line.dir().to_owned();
    let at = line.running.address("\"serving\"");
    let mut officer = Officer::sits_down_as(at, "m.ortega", SAYS);
    let (rtp, to) = announced(&mut line, &mut officer, &inquiry, &mut peer);
    std::thread::scope(|scope| {
        let talk = scope.spawn(|| talks(&rtp, to, Duration::from_secs(22)));
        officer.sees("This call is recorded");
        std::thread::sleep(Duration::from_secs(3));
        officer.presses(&[("do", "pause-recording")]);
        officer.sees("The recording is paused");
        std::thread::sleep(Duration::from_secs(3));
        officer.presses(&[("do", "resume-recording")]);
        officer.sees("This call is recorded");
        std::thread::sleep(Duration::from_secs(2));
        assert!(has_tone(&talk.join().unwrap(), SAYS), "they hear each other");
    });
    officer.hangs_up();
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
    let record = record(&line, 1);
    let one = &record.recorded[0];
    assert_eq!((record.recorded.len(), one.nth, one.pauses.len()), (1, 1, 1), "{record:?}");
    assert!(one.until.is_some() && record.refused_recording.is_none());
    assert_eq!(told(&dir, 4), [Begun, Paused, Resumed, Ended]);
    let tape = dir.join("data/recordings").join(Tape::file(record.id, 1));
    assert_eq!(files(&dir), std::slice::from_ref(&tape));
    let pause = one.pauses[0];
    let second = |at: jiff::Timestamp| u32::try_from(at.duration_since(one.from).as_secs()).unwrap();
    let (still, on) = (second(pause.from), second(pause.until.unwrap()));
    assert!(has_tone(&side(&tape, 0, 1, still), THEY_SAY), "what they said stands on the left");
    assert!(has_tone(&side(&tape, 1, 1, still), SAYS), "what they heard on the right");
    let silence = side(&tape, 0, still + 1, on);
    assert!(!silence.is_empty() && !has_tone(&silence, THEY_SAY), "nothing of the pause is there");

    // An officer may not hear it; a supervisor may, and that is written first.
    let page = format!("/en/staff/inquiry/{}", inquiry.number.digits());
    let sound = format!("/en/staff/recording/{}/1", record.id);
    assert!(!officer.opens(&page).body.contains("/staff/recording/"));
    assert_eq!(officer.opens(&sound).status, 404);
    let mut supervisor = Officer::sits_down_as(at, "p.okafor", 1_800.0);
    let seen = supervisor.opens(&page).body;
    assert!(seen.contains(&sound) && seen.contains("Paused once"), "{seen}");
    assert_eq!(supervisor.opens(&sound).status, 200);
    assert_eq!(told(&dir, 5)[4], Played);
}

#[test]
fn whoever_refuses_is_not_recorded_and_nothing_stays() {
    let (closed, inquiry) = recorded("may-refuse");
    let mut peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, ""));
    let mut line = closed.serve();
    let dir = line.dir().to_owned();
    let mut officer = Officer::sits_down(&mut line);
    let (rtp, to) = announced(&mut line, &mut officer, &inquiry, &mut peer);
    std::thread::scope(|scope| {
        let talk = scope.spawn(|| talks(&rtp, to, Duration::from_secs(14)));
        officer.sees("This call is recorded");
        std::thread::sleep(Duration::from_secs(2));
        let info =
            peer.then("INFO", &["Content-Type: application/dtmf-relay"], "Signal=2\r\nDuration=160\r\n");
        peer.put(info);
        peer.code(200);
        officer.sees("Not recorded: the caller refused");
        // The talk goes on.
        assert!(has_tone(&talk.join().unwrap(), SAYS));
    });
    officer.hangs_up();
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
    let record = record(&line, 1);
    assert!(record.recorded.is_empty() && record.refused_recording.is_some(), "{record:?}");
    assert_eq!(told(&dir, 2), [RecordingDid::Begun, RecordingDid::Refused]);
    assert_eq!(files(&dir), Vec::<PathBuf>::new());
}

/// Of a recording whose call nobody knows any more, as after an erasure, nothing stays.
#[test]
fn a_recording_goes_with_the_record_of_its_call() {
    let (closed, _) = recorded("announced");
    let folder = closed.dir().join("data/recordings");
    fs::create_dir_all(&folder).unwrap();
    let gone = domain::ids::CallRecordId::new(crate::books::now(), &[9; 10]);
    let (tape, notes) = (folder.join(Tape::file(gone, 1)), folder.join("notes.txt"));
    for file in [&tape, &notes] {
        let file = fs::File::create(file).unwrap();
        file.set_modified(SystemTime::from(crate::books::now()) - Duration::from_hours(1)).unwrap();
    }
    let line = closed.serve();
    assert_eq!(told(line.dir(), 1), [RecordingDid::Deleted]);
    assert_eq!(files(line.dir()), [notes], "what is no recording is none of ours");
}
