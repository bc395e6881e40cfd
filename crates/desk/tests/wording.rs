//! What waits is written in the words that were in force when it was decided, and says so.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::{
    common::{Room, request},
    policies::node,
};
use desk::{Desk, OWN_VERSION, Worker, acts::Propose};
use domain::{
    actor::Role,
    inquiry::Inquiry,
    notice::AgencyWording,
    revision::{PackFile, Starts, Subject},
    text::Lang,
};
use pack::text_hash;

/// A new wording of e-mail's greeting, in force at once; `n` keeps the callers apart.
async fn greet(room: &Room, name: &str, text: &str) {
    let subject = Subject::File(PackFile::Notices(Lang::en()));
    let (desk, analyst) = (node(room).await, |n| room.colleague(n, Role::Analyst));
    let draft = desk.begin_revision(&analyst(1), &subject, OWN_VERSION).await.unwrap();
    let draft = desk.write_revision(&analyst(1), draft.id, draft.version, text).await.unwrap();
    let ask = Propose { name: name.to_owned(), starts: Starts::Now, because: Some("Kinder words.".into()) };
    let proposal = desk.propose_revision(&analyst(1), draft.id, draft.version, &ask).await.unwrap();
    desk.approve_revision(&analyst(2), proposal.id, proposal.version).await.unwrap();
}

async fn asks(room: &Room, desk: &Desk, given: &str) -> Inquiry {
    let ask = request(given, "case-question", "90012", Lang::en());
    desk.request_meeting(&room.anyone(), &ask).await.unwrap().inquiry
}

/// What the mail to somebody says.
fn mailed(room: &Room, to: &str) -> String {
    let files = std::fs::read_dir(&room.mail).unwrap();
    files
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .find(|mail| mail.contains(&format!("{to}@example.org")))
        .unwrap()
}

async fn wording(room: &Room, inquiry: &Inquiry) -> Option<AgencyWording> {
    room.store.notices(inquiry.id).await.unwrap()[0].wording.clone().unwrap().agency
}

#[tokio::test]
async fn what_waits_keeps_the_wording_it_was_decided_under() {
    let mut room = Room::at("2026-11-23T17:00:00Z").await;
    let before = asks(&room, &node(&room).await, "Ana").await;
    let first = "notices-greeting = Good day { $name },\n";
    greet(&room, "first", first).await;
    let between = asks(&room, &node(&room).await, "Berta").await;
    room.pass(1);
    greet(&room, "second", "notices-greeting = Most esteemed { $name },\n").await;
    let after = asks(&room, &node(&room).await, "Carla").await;
    node(&room).await.run_due(&Worker { name: "test".into() }, room.now).await.unwrap();
    for (to, says) in [("berta", "Good day Berta"), ("carla", "Most esteemed Carla")] {
        assert!(mailed(&room, to).contains(says), "{to}: {}", mailed(&room, to));
    }
    let own = mailed(&room, "ana");
    assert!(!own.contains("Good day") && !own.contains("esteemed"), "the program's own words: {own}");
    assert_eq!(wording(&room, &before).await, None);
    let kept = wording(&room, &between).await.unwrap();
    assert_eq!((kept.version.as_str(), kept.hash), ("first", text_hash(first)));
    assert_eq!(wording(&room, &after).await.unwrap().version, "second");
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn what_the_folder_says_no_more_is_written_in_the_words_of_now_and_says_so() {
    let greeting = |text: &str| {
        let mut files = Room::files();
        files.insert("notices/en.ftl", text.as_bytes());
        files
    };
    let room = Room::of("2026-11-23T17:00:00Z", &greeting("notices-greeting = Good day { $name },\n")).await;
    let ana = asks(&room, &room.desk, "Ana").await;
    assert_eq!(wording(&room, &ana).await.unwrap().version, OWN_VERSION);
    let text = "notices-greeting = Most esteemed { $name },\n";
    let (changed, _) = pack::Pack::load(&greeting(text)).unwrap();
    let desk = room.desk.with_pack(std::sync::Arc::new(changed));
    desk.run_due(&Worker { name: "test".into() }, room.now).await.unwrap();
    assert!(mailed(&room, "ana").contains("Most esteemed Ana"));
    assert_eq!(
        wording(&room, &ana).await.unwrap().hash,
        text_hash(text),
        "what it was written in, not what was meant"
    );
}
