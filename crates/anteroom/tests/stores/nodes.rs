//! Several nodes on one database.

use crate::node::{LIMIT, Mail, Node, Pair, configure, key, number, request, run};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};
use store_postgres::testing::Cluster;

/// What a letter is known by.
fn message_id(letter: &str) -> String {
    let line = letter.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:"));
    line.unwrap_or_else(|| panic!("a letter without an identifier: {letter}")).to_owned()
}

/// Waits until every message of these inquiries has been sent, by whichever node.
async fn all_sent(node: &Node, token: &str, numbers: &[String]) {
    let begun = Instant::now();
    for number in numbers {
        loop {
            let notices = node.get(token, &format!("/inquiries/{number}/notices")).await;
            let notices = notices["notices"].as_array().unwrap();
            assert!(!notices.is_empty(), "{number} was told nothing");
            if notices.iter().all(|notice| notice["state"] == "sent") {
                break;
            }
            assert!(begun.elapsed() < LIMIT, "{number}: {notices:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// How many messages these inquiries have.
async fn messages(node: &Node, token: &str, numbers: &[String]) -> usize {
    let mut all = 0;
    for number in numbers {
        let notices = node.get(token, &format!("/inquiries/{number}/notices")).await;
        all += notices["notices"].as_array().unwrap().len();
    }
    all
}

/// A person's page is open at one node, and everything is done at the other, whose line to this one is cut in between.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_at_one_node_shows_what_is_done_at_the_other() {
    let pair = Pair::start(Mail::Folder).await;
    let Pair { one, two, token, database, .. } = &pair;
    let received = one.post(token, "/inquiries", &request(1, "90012")).await;
    let number = number(&received);

    // The link was signed by the one; the other knows it.
    let link = received["link"].as_str().unwrap().rsplit('/').next().unwrap();
    let opened = two.ask("GET", &format!("/go/{link}"), &[], "").await.unwrap();
    assert_eq!(opened.status, 303, "{opened:?}");
    let cookie = opened.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let cookie = [("Cookie", cookie.as_str())];
    // What the one gave the browser counts at the other: a person may land at another node with each request.
    let shown = one.ask("GET", &format!("/en/inquiry/{number}"), &cookie, "").await.unwrap();
    assert_eq!(shown.status, 200, "{shown:?}");
    let mut page = two.listen(&format!("/en/live/inquiry/{number}"), &cookie).await;
    let urgent = json!({ "urgency": "urgent", "because": "The person travels tomorrow." });
    one.post(token, &format!("/inquiries/{number}/urgency"), &urgent).await;
    page.says("event: look").await;
    assert_eq!(two.get(token, &format!("/inquiries/{number}")).await["version"], 2);

    // The lines on which nodes hear of each other are cut, and cut again as soon as they are made anew.
    for missing in [true, false, true] {
        let cut = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' AND query LIKE 'LISTEN%'"
        );
        Pair::cluster().sql("postgres", &cut).await;
        let at = |act: &str| format!("/inquiries/{number}/papers{act}");
        if missing {
            one.post(token, &at(""), &json!({ "missing": ["photo-id"] })).await;
        } else {
            one.post(token, &at("/complete"), &Value::Null).await;
        }
        page.says("event: look").await;
    }
    let stage = |inquiry: Value| inquiry["stage"].clone();
    assert_eq!(stage(two.get(token, &format!("/inquiries/{number}")).await), "papers");
}

/// People at both nodes at once: each message is sent once, by one of them, and both do some of the work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_is_done_once_by_whichever_node() {
    let pair = Arc::new(Pair::start(Mail::Folder).await);
    let tasks: Vec<_> = (0..6_u32)
        .map(|task| {
            let pair = Arc::clone(&pair);
            tokio::spawn(async move {
                let mut numbers = Vec::new();
                for round in 0..5_u32 {
                    let node = if (task + round) % 2 == 0 { &pair.one } else { &pair.two };
                    let received =
                        node.post(&pair.token, "/inquiries", &request(task * 5 + round, "90012")).await;
                    numbers.push(number(&received));
                }
                numbers
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.extend(task.await.unwrap());
    }
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 30);
    all_sent(&pair.two, &pair.token, &numbers).await;
    let letters: Vec<String> = [pair.one.letters(), pair.two.letters()].concat();
    let sent = messages(&pair.one, &pair.token, &numbers).await;
    assert_eq!(letters.len(), sent);
    assert_eq!(letters.iter().map(|letter| message_id(letter)).collect::<BTreeSet<_>>().len(), sent);
    let config = pair.two.config();
    assert!(run(&["journal", "verify", "--config", &config]).unwrap().contains("each following"));
}

/// A node is killed while people ask and its work hangs: what it acknowledged is there, and the other does its work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_node_loses_nothing_and_its_work_moves() {
    // A mail server that takes connections and never says a word: whoever leases a message stays with it.
    let deaf = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut pair = Pair::start(Mail::Server(deaf.local_addr().unwrap())).await;
    assert!(pair.two.stop(), "{}", pair.two.log());
    let first = number(&pair.one.post(&pair.token, "/inquiries", &request(0, "90012")).await);
    let hanging = tokio::time::timeout(LIMIT, deaf.accept()).await.expect("no message was leased").unwrap();

    let url = Pair::cluster().url(&pair.database);
    pair.two = Node::start(&pair.dir.path().join("two"), &url, &Mail::Folder).await;
    let (one, two, token) = (&pair.one, &pair.two, pair.token.as_str());
    // Commands without end, until the node is gone; those it answered are written down, and the last one's key.
    let asking = async {
        let mut acknowledged = vec![first];
        for nth in 1.. {
            let key = key();
            match one.post_as(token, "/inquiries", &key, &request(nth, "90012")).await {
                Ok(answer) => acknowledged.push(number(&answer.json())),
                Err(_) => return (acknowledged, key, nth),
            }
        }
        unreachable!()
    };
    let killing = async {
        // Not before it has answered some.
        while two.get(token, "/inquiries").await["rows"].as_array().unwrap().len() < 8 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let pid = one.pid();
        assert!(std::process::Command::new("kill").args(["-KILL", &pid]).status().unwrap().success());
    };
    let ((acknowledged, last, nth), ()) = tokio::join!(asking, killing);
    drop(hanging);

    // The command that was not answered is sent again, to the other node: it is done once, then or now.
    let again = two.post_as(token, "/inquiries", &last, &request(nth, "90012")).await.unwrap();
    let mut numbers = acknowledged;
    numbers.push(number(&again.json()));
    let listed = two.get(token, "/inquiries?limit=200").await;
    let listed: BTreeSet<String> = listed["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["number"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(listed, numbers.iter().cloned().collect());

    // The dead node's leases last a minute, which is let go by.
    let stuck =
        "SELECT COUNT(*) FROM job WHERE worker IS NOT NULL AND lease_until > now() + interval '5 seconds'";
    assert!(Pair::cluster().number(&pair.database, stuck).await > 0, "the killed node had leased nothing");
    Pair::cluster().sql(&pair.database, "UPDATE job SET lease_until = now() WHERE worker IS NOT NULL").await;
    all_sent(two, token, &numbers).await;
    let letters = two.letters();
    let ids: BTreeSet<String> = letters.iter().map(|letter| message_id(letter)).collect();
    assert_eq!((ids.len(), letters.len()), (letters.len(), messages(two, token, &numbers).await));
    let doctor = run(&["doctor", "--config", &two.config()]);
    assert!(doctor.is_ok(), "{doctor:?}");
}

/// A table that is imported at the terminal of one machine is taken by the nodes on both.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_imported_table_reaches_every_node() {
    let pair = Pair::start(Mail::Folder).await;
    let office = async |node: &Node, nth| {
        let received = node.post(&pair.token, "/inquiries", &request(nth, "94105")).await;
        let inquiry = node.get(&pair.token, &format!("/inquiries/{}", number(&received))).await;
        inquiry["office"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (office(&pair.one, 1).await, office(&pair.two, 2).await),
        ("SFR".to_owned(), "SFR".to_owned())
    );
    let file = pair.dir.path().join("zips.csv");
    std::fs::write(&file, "ZipCode,IsRetired,FieldOfficeDesignation\n94105,no,SNJ\n").unwrap();
    run(&["import", "zips", &file.display().to_string(), "--config", &pair.one.config()]).unwrap();
    let begun = Instant::now();
    let mut nth = 3;
    for node in [&pair.one, &pair.two] {
        while office(node, nth).await != "SNJ" {
            nth += 1;
            assert!(begun.elapsed() < LIMIT, "{} never took the table", node.address);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        nth += 1;
    }
}

/// A node without the key of the others does not start, and one with a key of its own is found out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_has_the_key_of_the_others() {
    let pair = Pair::start(Mail::Folder).await;
    pair.one.post(&pair.token, "/inquiries", &request(1, "90012")).await;
    let url = Pair::cluster().url(&pair.database);
    let dir = pair.dir.path().join("three");
    let (config, _) = configure(&dir, &url, &Mail::Folder);
    let config = config.display().to_string();
    let told = run(&["serve", "--config", &config]).unwrap_err();
    assert!(told.contains("copy it from another node"), "{told}");

    let key = dir.join("data/secret.key");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::write(&key, [7; 32]).unwrap();
    std::fs::set_permissions(&key, mode).unwrap();
    let node = Node::start(&dir, &url, &Mail::Folder).await;
    assert!(node.log().contains("links of other nodes are dead here"), "{}", node.log());
    let told = run(&["doctor", "--config", &config]).unwrap_err();
    assert!(told.contains("signed with another key"), "{told}");
    assert!(run(&["doctor", "--config", &pair.two.config()]).unwrap().contains("ok: links"));
}

/// The host that writes is killed in the middle of a command, and its standby takes over: both nodes find it, and people
/// only wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_follow_when_a_standby_takes_over() {
    let primary = Cluster::start().await;
    let database = primary.empty().await;
    let standby = primary.standby("second").await;
    primary.sql("postgres", "ALTER SYSTEM SET synchronous_standby_names = 'second'").await;
    primary.sql("postgres", "SELECT pg_reload_conf()").await;
    let synchronous = "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
    while primary.number("postgres", synchronous).await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let url = format!("postgres://anteroom@{},{}/{database}", standby.host(), primary.host());
    let pair = Arc::new(Pair::at([&url, &url], database, Mail::Folder).await);
    let ask = |nth: u32| {
        let pair = Arc::clone(&pair);
        tokio::spawn(async move {
            let node = if nth.is_multiple_of(2) { &pair.one } else { &pair.two };
            number(&node.post(&pair.token, "/inquiries", &request(nth, "90012")).await)
        })
    };
    let mut numbers = vec![ask(0).await.unwrap(), ask(1).await.unwrap()];
    let under_way: Vec<_> = (2..8).map(ask).collect();
    primary.kill();
    let meanwhile: Vec<_> = (8..12).map(ask).collect();
    standby.sql("postgres", "SELECT pg_promote()").await;
    for asked in under_way.into_iter().chain(meanwhile) {
        numbers.push(asked.await.unwrap());
    }
    for node in [&pair.one, &pair.two] {
        assert_eq!(node.ask("GET", "/readyz", &[], "").await.unwrap().status, 200);
        let listed = node.get(&pair.token, "/inquiries?limit=200").await;
        let listed = listed["rows"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap());
        assert_eq!(listed.collect::<BTreeSet<_>>(), numbers.iter().map(String::as_str).collect());
    }
    all_sent(&pair.one, &pair.token, &numbers).await;
    let doctor = run(&["doctor", "--config", &pair.two.config()]);
    assert!(doctor.is_ok(), "{doctor:?}");
}
