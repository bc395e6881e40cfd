//! A supervisor in an officer's call: who hears whom, what both see, and what is written down.

use crate::{
    books::{looked, wait},
    officer::{Officer, SAYS},
    outward::{THEY_SAY, due, record, talks, trunk},
    peer::Peer,
    running::{LIMIT, run},
};
use domain::{
    journal::{Happened, Seq},
    listening::{ListenDid, ListenEnd, ListenMode},
};
use media::browser::has_of;
use std::{
    collections::BTreeSet,
    net::{SocketAddr, UdpSocket},
    path::Path,
    time::{Duration, Instant},
};
use store::Store;

/// What the supervisor says, in hertz.
const SUPERVISOR_SAYS: f32 = 1_800.0;
/// Who says what: the person, the officer, the supervisor.
const ALL: [f32; 3] = [THEY_SAY, SAYS, SUPERVISOR_SAYS];

const STAFF: &str = "sign_in,name,roles,office,langs,password\n\
    m.ortega,M. Ortega,officer,,en es,correct horse battery\n\
    admin,A. Admin,administrator,,en,correct horse battery\n\
    p.okafor,P. Okafor,supervisor,,en,correct horse battery\n";

/// Waits until the person, the officer and the supervisor hear exactly this of the three.
fn until_heard(
    (rtp, to): (&UdpSocket, SocketAddr),
    officer: &Officer,
    supervisor: &Officer,
    wanted: [[bool; 3]; 3],
) {
    let begun = Instant::now();
    loop {
        officer.begins_to_hear();
        supervisor.begins_to_hear();
        let person = talks(rtp, to, Duration::from_millis(1_200));
        let heard = [has_of(&person, ALL), officer.heard_of(ALL), supervisor.heard_of(ALL)];
        if heard == wanted {
            return;
        }
        assert!(begun.elapsed() < LIMIT, "heard {heard:?}, wanted {wanted:?}");
    }
}

/// What the journal says of listening, in order, once there is so much of it.
async fn told(dir: &Path, wanted: usize) -> Vec<ListenDid> {
    let begun = Instant::now();
    loop {
        let store = looked(dir).await;
        let entries = store.journal(Seq(0), 10_000).await.unwrap();
        store.close().await;
        let told: Vec<ListenDid> = entries
            .into_iter()
            .filter_map(|written| match written.entry.happened {
                Happened::Listened { did, .. } => Some(did),
                _ => None,
            })
            .collect();
        if told.len() >= wanted {
            return told;
        }
        assert!(begun.elapsed() < LIMIT, "{told:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[test]
fn a_supervisor_listens_whispers_and_barges_in_and_all_of_it_is_written() {
    let (closed, inquiry) = due();
    closed.file("more.csv", STAFF);
    let (file, config) = (closed.dir().join("more.csv"), closed.dir().join("anteroom.toml"));
    let (file, config) = (file.display().to_string(), config.display().to_string());
    let (well, says) = run(&["import", "staff", &file, "--config", &config]);
    assert!(well, "{says}");
    let mut peer = Peer::udp(closed.at());
    closed.file("trunks.toml", &trunk("carrier", "udp", peer.ours, ""));
    let mut line = closed.serve();
    let at = line.running.address("\"serving\"");
    let mut officer = Officer::sits_down_as(at, "m.ortega", SAYS);
    let mut supervisor = Officer::sits_down_as(at, "p.okafor", SUPERVISOR_SAYS);
    assert!(supervisor.page().contains("Nobody else is on a call"));

    officer.calls(&inquiry);
    let invite = peer.asks("INVITE");
    let (rtp, to) = peer.picks_up(&invite);
    officer.sees("data-phone=\"talking\"");

    let page = supervisor.page();
    let whose = page.split("<option value=\"").skip(1).find(|option| option.contains("M. Ortega")).unwrap();
    let whose = whose.split('"').next().unwrap().to_owned();
    let listen = |mode| [("do", mode), ("whose", whose.as_str()), ("listen-why", "coaching")];
    supervisor.presses(&listen("listen"));
    supervisor.sees("data-phone=\"listening\"");
    officer.sees("listens to this call");
    let (n, y) = (false, true);
    let hears = [y, y, n];
    until_heard((&rtp, to), &officer, &supervisor, [[n, y, n], [y, n, n], hears]);
    supervisor.presses(&[("do", "as-whisper")]);
    officer.sees("The caller does not hear it");
    until_heard((&rtp, to), &officer, &supervisor, [[n, y, n], [y, n, y], hears]);
    supervisor.presses(&[("do", "as-barge")]);
    officer.sees("speaks with both of you");
    until_heard((&rtp, to), &officer, &supervisor, [[n, y, y], [y, n, y], hears]);
    // The browser goes, and the two are alone again.
    supervisor.leaves();
    until_heard(
        (&rtp, to),
        &officer,
        &Officer::sits_down_as(at, "p.okafor", SUPERVISOR_SAYS),
        [[n, y, n], [y, n, n], [n, n, n]],
    );
    assert!(!officer.page().contains("id=\"overheard\""));

    let mut supervisor = Officer::sits_down_as(at, "p.okafor", SUPERVISOR_SAYS);
    supervisor.presses(&listen("listen"));
    supervisor.sees("data-phone=\"listening\"");
    supervisor.hangs_up();
    supervisor.sees("data-phone=\"idle\"");
    supervisor.presses(&listen("whisper"));
    supervisor.sees("data-phone=\"listening\"");
    officer.hangs_up();
    let bye = peer.asks("BYE");
    peer.answer(&bye, 200, "", &[], "");
    supervisor.sees("data-phone=\"idle\"");

    let listened = record(&line, 1).listened;
    let modes: Vec<_> = listened.iter().map(|one| one.modes.clone()).collect();
    assert_eq!(
        modes,
        [
            BTreeSet::from(ListenMode::ALL),
            BTreeSet::from([ListenMode::Listen]),
            BTreeSet::from([ListenMode::Whisper])
        ]
    );
    assert!(listened.iter().all(|one| one.why.as_str() == "coaching" && one.until.is_some()));
    let told = wait(told(line.dir(), 8));
    let why = listened[0].why.clone();
    let ended = |did: &ListenDid| match did {
        ListenDid::Ended { how, .. } => Some(*how),
        _ => None,
    };
    assert_eq!(told[0], ListenDid::Began { mode: ListenMode::Listen, why: why.clone() });
    assert_eq!(told[1], ListenDid::Changed { mode: ListenMode::Whisper });
    assert_eq!(told[2], ListenDid::Changed { mode: ListenMode::Barge });
    assert_eq!(ended(&told[3]), Some(ListenEnd::BrowserGone));
    assert_eq!(told[4], ListenDid::Began { mode: ListenMode::Listen, why: why.clone() });
    assert_eq!(ended(&told[5]), Some(ListenEnd::Left));
    assert_eq!(told[6], ListenDid::Began { mode: ListenMode::Whisper, why });
    assert_eq!(ended(&told[7]), Some(ListenEnd::CallOver));
}
