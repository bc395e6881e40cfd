//! Three weeks of an agency's life, and a visitor to it, leave nothing personal in the log, at its loudest.

use crate::running::{Running, Visitor, program};
use domain::journal::Seq;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::Path,
};
use store::{List, Page, Store};
use store_sqlite::{Options, SqliteStore};

/// What is personal, by what it is.
type Personal = BTreeMap<String, &'static str>;

/// What is personal in the store itself: everything that the people in it said or were given.
async fn personal(file: &Path) -> Personal {
    let store = SqliteStore::open_read_only(file, Options::default()).await.unwrap();
    let mut all = Personal::new();
    let mut add = |text: &str, what: &'static str| {
        // What is shorter stands in half the words of any log.
        if text.chars().count() >= 4 {
            all.insert(text.to_owned(), what);
        }
    };
    let mut offset = 0;
    loop {
        let page = store.list(&List::All, Page { offset, limit: 500 }).await.unwrap();
        for inquiry in &page.rows {
            let person = store.person(inquiry.person).await.unwrap().unwrap();
            add(person.name.given.reveal(), "given name");
            add(person.name.family.reveal(), "family name");
            add(&person.born.reveal().to_string(), "date of birth");
            if let Some(number) = &person.file_number {
                add(number.reveal(), "A-number");
            }
            let reach = &inquiry.reach;
            add(reach.phone.e164(), "telephone number");
            add(&reach.phone.e164()[2..], "telephone number");
            add(&reach.phone.spoken_form(), "telephone number");
            add(reach.phrase.reveal(), "phrase");
            if let Some(email) = &reach.email {
                add(email.reveal(), "address of mail");
            }
            if let Some(text) = &reach.accommodation {
                add(text.reveal(), "what they need");
            }
            if let Some(receipt) = &inquiry.receipt {
                add(receipt.as_str(), "receipt number");
            }
            add(inquiry.request.words.reveal(), "their words");
            add(&inquiry.number.digits(), "inquiry number");
            add(&inquiry.number.to_string(), "inquiry number");
            for notice in store.notices(inquiry.id).await.unwrap() {
                // The link that opens the inquiry: a proof of its own.
                let facts = notice.facts.reveal().to_string();
                for link in facts.split("/go/").skip(1) {
                    add(link.split(['"', '\\', '?']).next().unwrap(), "link");
                }
            }
        }
        offset += 500;
        if !page.more {
            break;
        }
    }
    for staff in store.all_staff().await.unwrap() {
        add(&staff.name, "member of staff");
        add(&staff.password.0, "hash of a password");
        for session in store.sessions_of(staff.id.into()).await.unwrap() {
            add(&session.token_hash, "hash of a token");
        }
    }
    assert!(store.journal_end().await.unwrap() > Seq(1000), "weeks were played");
    store.close().await;
    all
}

/// Which of them stand in a text: a name as a word of its own, for `Lin` is in `Line`.
fn found<'a>(text: &str, personal: &'a Personal) -> BTreeSet<(&'static str, &'a str)> {
    let word = |c: char| c.is_alphanumeric();
    // The log is long: what has a word that is nowhere in it need not be searched for.
    let words: HashSet<&str> = text.split(|c| !word(c)).collect();
    let likely = |what: &str| what.split(|c| !word(c)).all(|part| words.contains(part));
    let alone = |what: &str| {
        text.match_indices(what).any(|(at, _)| {
            !text[..at].chars().next_back().is_some_and(word)
                && !text[at + what.len()..].chars().next().is_some_and(word)
        })
    };
    personal
        .iter()
        .filter(|(text, _)| likely(text) && alone(text))
        .map(|(text, what)| (*what, text.as_str()))
        .collect()
}

/// What a visitor and a member of staff do in the demo: look people up, be refused, be wrong.
fn visit(at: std::net::SocketAddr, personal: &Personal) -> Vec<String> {
    let of = |what: &str| personal.iter().find(|(_, w)| **w == what).unwrap().0.clone();
    let number = personal.iter().find(|(n, w)| **w == "inquiry number" && n.len() == 8).unwrap().0.clone();
    let (receipt, born) = (of("receipt number"), of("date of birth"));
    let mut visitor = Visitor::of(at);
    assert_eq!(visitor.open("/en").status, 200);
    let shown = visitor.fill("/en/status", "/en/status", &[("receipt", &receipt)]);
    assert_eq!(shown.status, 200, "{shown:?}");
    assert!(shown.body.contains(&receipt));
    assert_eq!(visitor.fill("/en/status", "/en/status", &[("receipt", "IOE0000000000")]).status, 200);
    let (year, rest) = born.split_once('-').unwrap();
    let (month, day) = rest.split_once('-').unwrap();
    // A number with another's date of birth: both are personal, and the pair is wrong.
    let fields = [("number", number.as_str()), ("born_year", year), ("born_month", month), ("born_day", day)];
    visitor.fill("/en/inquiry", "/en/inquiry", &fields);
    let links: Vec<_> = personal.iter().filter(|(_, what)| **what == "link").map(|(link, _)| link).collect();
    let opened =
        links.iter().map(|link| visitor.open(&format!("/go/{link}"))).find(|opened| opened.status == 303);
    let opened =
        opened.unwrap_or_else(|| panic!("none of {} links opens, such as {}", links.len(), links[0]));
    let page = visitor.open(&opened.location);
    assert_eq!(page.status, 200);
    // A fresh link goes to an address on record, by a mail server that is not there.
    visitor.fill("/en/inquiry", "/en/inquiry/link", &[("link_number", &number)]);
    assert_eq!(Visitor::of(at).open(&format!("/en/inquiry/{number}")).status, 404);
    let mut staff = Visitor::of(at);
    let wrong = staff.fill(
        "/en/staff/sign-in",
        "/en/staff/sign-in",
        &[("name", "m.ortega"), ("password", "wrong-but-mine")],
    );
    assert_eq!(wrong.status, 422, "{wrong:?}");
    let token = "a-guessed-token-of-nobody";
    assert_eq!(Visitor::with(at, token).open(&format!("/api/v1/inquiries/{number}")).status, 401);
    vec!["wrong-but-mine".to_owned(), token.to_owned(), "IOE0000000000".to_owned()]
}

#[tokio::test(flavor = "multi_thread")]
async fn weeks_of_life_at_the_loudest_level_name_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let (data, log) = (dir.path().join("data"), dir.path().join("log"));
    // Nobody listens on the port of a socket that was closed again.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let folder = data.display().to_string();
    let mut demo = program(&[
        "demo",
        "--http",
        "127.0.0.1:0",
        "--data",
        &folder,
        "--smtp",
        &closed,
        "--at",
        "2026-11-24T09:35:00-08:00",
    ]);
    demo.env("ANTEROOM_LOG_LEVEL", "trace").env("ANTEROOM_LOG_FORMAT", "json");
    let mut running = Running::start(demo, &log);
    let line = running.prints("http://127.0.0.1:");
    let at = line.split("http://").nth(1).unwrap().split(['/', ' ']).next().unwrap().parse().unwrap();
    let mut people = personal(&data.join("anteroom.db")).await;
    let typed = tokio::task::spawn_blocking({
        let people = people.clone();
        move || visit(at, &people)
    })
    .await
    .unwrap();
    people.extend(typed.into_iter().map(|text| (text, "typed by a visitor")));
    // The mail to nowhere has been tried, and said so.
    running.says("a notice was not sent");
    assert!(running.stop());
    let log = fs::read_to_string(&running.logs).unwrap();
    let count = |what: &str| people.values().filter(|w| **w == what).count();
    println!("{} lines, {} bytes; {} personal texts", log.lines().count(), log.len(), people.len());
    for what in [
        "given name",
        "family name",
        "telephone number",
        "address of mail",
        "receipt number",
        "A-number",
        "link",
    ] {
        assert!(count(what) > 5, "too few of: {what}");
    }
    // It was loud: every request and act is there.
    for said in ["\"act\":\"request_meeting\"", "\"route\":\"/{lang}/status\"", "\"level\":\"DEBUG\""] {
        assert!(log.contains(said), "nothing was logged of {said}");
    }
    assert_eq!(found(&log, &people), BTreeSet::new());
    // The search finds what is there.
    let given = people.iter().find(|(_, what)| **what == "given name").unwrap().0;
    assert_eq!(found(&format!("{log} {{\"name\":\"{given}\"}}"), &people).len(), 1);
}
