//! Cases at the agency's own service: two nodes over one store, and what people are told when it is down.

use crate::{
    SECRET, WITH,
    installed::Installed,
    peer::{Peer, Reply},
    running::{Visitor, run},
};
use serde_json::Value;
use std::{fs, net::SocketAddr};

fn configured(peer: &Peer, more: &str) -> Installed {
    let cases = format!(
        "[cases]\nsource = \"api\"\nbase_url = \"{}\"\ntoken_url = \"{}\"\nclient_id = \"anteroom\"\n\
         client_secret_file = \"secret.txt\"\nwhole = \"5s\"\nfailures = 2\nrest = \"10m\"\n{more}",
        peer.base(),
        peer.token_url()
    );
    Installed::with(&cases, &[("secret.txt", &format!("{SECRET}\n"))])
}

/// What a program is answered that asks for a case.
fn case(at: SocketAddr, token: &str, receipt: &str) -> (u16, Value) {
    let answer = Visitor::with(at, token).open(&format!("/api/v1/cases/{receipt}"));
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

/// The page that a person reads.
fn page(at: SocketAddr, lang: &str, receipt: &str) -> (u16, String) {
    let at_status = format!("/{lang}/status");
    let answer = Visitor::of(at).fill(&at_status, &at_status, &[("receipt", receipt)]);
    (answer.status, answer.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_together_ask_no_more_than_was_agreed() {
    let peer = Peer::start().await;
    let installed = configured(&peer, "per_second = 50\nper_day = 20\n");
    let token = installed.token("m.ortega", &["read"]);
    let mut nodes = [installed.serve("one"), installed.serve("two")];
    let at = nodes.each_mut().map(|node| node.address("\"serving\""));
    // Thirty at each node, by as many threads as there are.
    let asking: Vec<_> = (0..60)
        .map(|n: usize| {
            let token = token.clone();
            tokio::task::spawn_blocking(move || case(at[n % 2], &token, &format!("LIN99993{n:05}")))
        })
        .collect();
    let (mut found, mut refused) = (0, 0);
    for answer in asking {
        match answer.await.unwrap() {
            (200, shown) => {
                assert_eq!((&shown["how"], shown["form"].as_str()), (&"asked".into(), Some("N-400")));
                found += 1;
            }
            (503, problem) => {
                assert_eq!(problem["code"], "case-source");
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((found, refused), (20, 40));
    assert_eq!(peer.counts().0, 20, "as many as the day has, for both nodes together");
    for node in &mut nodes {
        assert!(node.stop());
    }
    // Who starts anew does not begin a new day.
    let mut again = installed.serve("three");
    let at = again.address("\"serving\"");
    let answer = tokio::task::spawn_blocking(move || case(at, &token, "LIN9999399999")).await.unwrap();
    assert_eq!(answer.0, 503);
    assert_eq!(peer.counts().0, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_told_that_the_records_are_away_and_what_to_do() {
    let peer = Peer::start().await;
    // Nothing stays fresh, so that each look asks.
    let installed = configured(&peer, "per_second = 50\nfresh = \"0s\"\n");
    let token = installed.token("m.ortega", &["read"]);
    let mut node = installed.serve("log");
    let at = node.address("\"serving\"");
    let look = |lang: &'static str, receipt: &'static str| {
        tokio::task::spawn_blocking(move || page(at, lang, receipt))
    };
    let (status, shown) = look("en", WITH).await.unwrap();
    assert_eq!(status, 200, "{shown}");
    assert!(shown.contains("Interview Was Scheduled") && shown.contains("This was true on"), "{shown}");
    assert!(!shown.contains("cannot reach the case records"), "{shown}");

    peer.always(Some(Reply::new(500, "down")));
    let (status, kept) = look("en", WITH).await.unwrap();
    assert_eq!(status, 200, "{kept}");
    assert!(
        kept.contains("We cannot reach the case records right now") && kept.contains("Interview Was"),
        "{kept}"
    );
    let (_, kept) = look("es", WITH).await.unwrap();
    assert!(kept.contains("Ahora no podemos consultar los registros de casos"), "{kept}");
    let (status, away) = look("en", "LIN9999106501").await.unwrap();
    assert_eq!(status, 503);
    assert!(away.contains("We cannot see the case records right now"), "{away}");
    assert!(
        away.contains("Your case is not lost") && away.contains("href=\"/en/request\""),
        "the next step: {away}"
    );
    let asked = peer.counts().0;
    let by_program = {
        let token = token.clone();
        tokio::task::spawn_blocking(move || (case(at, &token, WITH), case(at, &token, "LIN9999106501")))
    };
    let ((status, shown), (away, problem)) = by_program.await.unwrap();
    assert_eq!((status, &shown["how"]), (200, &"kept".into()));
    assert_eq!((away, &problem["code"]), (503, &"case-source".into()));
    assert_eq!(peer.counts().0, asked, "a service that fails is left alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_tries_the_credentials_and_faults_have_their_place() {
    let peer = Peer::start().await;
    let installed = configured(&peer, "");
    fs::create_dir(installed.dir.path().join("mail")).ok();
    let doctor = |installed: &Installed| {
        let config = installed.config();
        tokio::task::spawn_blocking(move || run(&["doctor", "--config", &config]))
    };
    let (well, says) = doctor(&installed).await.unwrap();
    assert!(well && says.contains("ok: case source"), "{says}");
    assert_eq!(peer.counts().0, 0, "it asks for no case");
    fs::write(installed.dir.path().join("secret.txt"), "another\n").unwrap();
    let (well, says) = doctor(&installed).await.unwrap();
    assert!(!well && says.contains("[cases] the agency's case records refuse this installation"), "{says}");
    fs::remove_file(installed.dir.path().join("secret.txt")).unwrap();
    let (well, says) = doctor(&installed).await.unwrap();
    assert!(!well && says.contains("cases.client_secret_file: "), "{says}");
    assert!(says.contains("anteroom.toml:"), "{says}");
}
