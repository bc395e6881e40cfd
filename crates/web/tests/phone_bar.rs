//! The telephone in one line on every other page, over a switchboard that does what the test says.

use crate::staff_room::{Room, faults::faults, script::Script};
use domain::{ids::WaitId, phone::PhoneNumber};
use jiff::Timestamp;
use std::sync::Arc;
use web::switchboard::{SoftphoneState, With};

const NOW: &str = "2026-11-23T17:00:00Z";

#[tokio::test]
async fn every_other_page_has_the_telephone_in_one_line() {
    let script = Arc::new(Script::default());
    let room = Room::with(NOW, Some(script.clone())).await;
    let me = room.id("operator").await;
    let number: Option<PhoneNumber> = Some("2025550143".parse().unwrap());
    let (since, until): (Timestamp, Timestamp) =
        (NOW.parse().unwrap(), "2026-11-23T17:00:20Z".parse().unwrap());
    let wait = WaitId::new(since, &[1; 10]);
    let ringing = SoftphoneState::Ringing { wait, caller: number.clone(), inquiry: None, since, until };
    let with = With::Wait { wait, inquiry: None };
    let talking = SoftphoneState::Talking {
        with,
        number,
        since,
        held: false,
        consult: None,
        overheard: None,
        taped: None,
    };
    let mut operator = room.browser("operator", "en").await;
    for (state, says) in
        [(SoftphoneState::Unplugged, "Not connected"), (ringing, "(202) 555-0143"), (talking, "On a call")]
    {
        script.put(me, state);
        for at in ["/review", "/account"] {
            let page = operator.get(at).await;
            let bar =
                page.body.split("id=\"phone-bar\"").nth(1).unwrap_or_else(|| panic!("{at}: {}", page.body));
            let bar = bar.split("</div>").next().unwrap();
            assert!(bar.contains(says) && bar.contains("href=\"/en/staff/line\""), "{at}: {bar}");
            assert_eq!(page.body.matches("/live/staff").count(), 1, "{at}: one stream");
            assert_eq!(faults(&page.body, "en"), Vec::<String>::new(), "{at}");
        }
        assert!(operator.get("/line/bar").await.body.contains(says));
    }
    assert!(!operator.get("/line").await.body.contains("id=\"phone-bar\""), "its own page shows more");
    let clerk = room.browser("clerk.los", "en").await.get("/day").await;
    assert!(!clerk.body.contains("id=\"phone-bar\""));
}
