//! Every address of the desks, opened by nobody and by each role: what one may not see is not there.
//!
//! The router is made of the table, so an address without a line does not exist.

use super::{Door, TABLE};
use crate as site;
use axum::http::StatusCode;
use desk::acts::PlanClosing;
use domain::{
    access::can,
    codes::OfficeCode,
    decision::DecisionKind,
    handover::{NewHandover, Target, Whose},
    ids::{ClosingId, HandoverId, RevisionId, StaffId},
    revision::Subject,
    text::{Lang, Text},
};
use jiff::{SignedDuration, Timestamp};
use room::{Room, STAFF};

mod kept;
#[path = "../../../tests/staff_room/mod.rs"]
mod room;

const NOW: &str = "2026-11-23T17:00:00Z";

/// What fills the gaps of a path: an inquiry, an office of Los Angeles with one who works there, a closing that it plans, and a draft of
/// a policy.
struct Filling {
    number: String,
    staff: StaffId,
    colleague: StaffId,
    closing: ClosingId,
    revision: RevisionId,
    handover: HandoverId,
}

impl Filling {
    async fn of(room: &Room) -> Self {
        let inquiry = room.ask("Ana", "Example", "case-question", Lang::en()).await;
        let staff = room.id("operator").await;
        let colleague = room.id("clerk.los").await;
        let words = [Lang::en(), Lang::es()].map(|lang| (lang, "Snow.".to_owned()));
        let from = NOW.parse::<Timestamp>().unwrap() + SignedDuration::from_hours(24);
        let until = from + SignedDuration::from_hours(2);
        let close = PlanClosing { office: "LOS".parse().unwrap(), from, until, why: Text::new(words) };
        let closing = room.desk.plan_closing(&room.system(), &close).await.unwrap().id;
        let draft = room
            .desk
            .begin_revision(&room.system(), &Subject::Policy(DecisionKind::Fit), "2026-01")
            .await
            .unwrap();
        let called = room.ask("Bo", "Example", "case-question", Lang::en()).await;
        let start = room.desk.windows(&called, room.now(), 1).await.unwrap()[0].window.start;
        room.desk.promise_callback(&room.system(), called.id, start, None).await.unwrap();
        let move_calls = NewHandover {
            whose: Whose::Pool,
            from: start,
            until: start + SignedDuration::from_hours(1),
            target: Target::Windows,
            because: "Snow".to_owned(),
        };
        let handover = room.desk.propose_handover(&room.system(), &move_calls).await.unwrap().id;
        Self { number: inquiry.number.digits(), staff, colleague, closing, revision: draft.id, handover }
    }

    fn path(&self, path: &str) -> String {
        path.replace("{staff}", &self.staff.to_string())
            .replace("{colleague}", &self.colleague.to_string())
            .replace("{number}", &self.number)
            .replace("{code}", "LOS")
            .replace("{date}", "2026-11-23")
            .replace("{figure}", "waiting")
            .replace("{id}", &self.closing.to_string())
            .replace("{policy}", "fit")
            .replace("{file}", "holidays")
            .replace("{of}", "pack")
            .replace("{n}", "1")
            .replace("{call}", &self.staff.to_string())
            .replace("{nth}", "1")
            .replace("{act}", "remove")
            .replace("{version}", "2026-01")
            .replace("{handover}", &self.handover.to_string())
            .replace("{revision}", &self.revision.to_string())
    }
}

#[tokio::test]
async fn nobody_is_sent_to_sign_in() {
    let room = Room::at(NOW).await;
    let filling = Filling::of(&room).await;
    for lang in ["en", "es"] {
        let mut nobody = room.nobody(lang);
        for line in TABLE {
            let path = filling.path(line.path);
            let path = path.trim_end_matches('/');
            let answer = match line.method {
                "GET" => nobody.get(path).await,
                _ => nobody.post(path, &[("_key", "k")]).await,
            };
            let what = format!("{} {path}", line.method);
            if line.door == Door::Open {
                assert_ne!(answer.status, StatusCode::SEE_OTHER, "{what}");
                continue;
            }
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}");
            let to = answer.location.unwrap();
            assert!(to.starts_with(&format!("/{lang}/staff/sign-in")), "{what} leads to {to}");
            assert!(!answer.body.contains("Example"), "{what} tells a name");
        }
    }
}

#[tokio::test]
async fn the_wrong_role_finds_nothing() {
    let room = Room::at(NOW).await;
    let filling = Filling::of(&room).await;
    let office: OfficeCode = "LOS".parse().unwrap();
    let (mut shut, mut open) = (0, 0);
    for (sign_in, _, _) in STAFF {
        let staff = room.store.staff_named(sign_in).await.unwrap().unwrap();
        for line in TABLE {
            let Door::May(action) = line.door else { continue };
            let path = filling.path(line.path);
            // A session of its own each time: some of these end it or change what the next would see.
            let mut browser = room.browser(sign_in, "en").await;
            let answer = match line.method {
                "GET" => browser.get(&path).await,
                _ => browser.post(&path, &[("_key", "k")]).await,
            };
            let what = format!("{sign_in}: {} {path}", line.method);
            let general = !path.contains("/LOS/") && !path.contains(&filling.number);
            let may = can(&staff, action, Some(&office).filter(|_| !general)).is_ok();
            if may {
                open += 1;
                // What is missing in a form, or does not fit the stage, is said in place: only the door is asked here.
                let said = [
                    StatusCode::OK,
                    StatusCode::SEE_OTHER,
                    StatusCode::CONFLICT,
                    StatusCode::UNPROCESSABLE_ENTITY,
                ];
                let found = said.contains(&answer.status)
                    || (path.starts_with("/find") && answer.body.contains("eight digits"));
                assert!(found, "{what} answers {}", answer.status);
            } else {
                shut += 1;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{what}");
                assert!(!answer.body.contains("Ana"), "{what} tells a name");
            }
        }
    }
    assert!(shut > 100 && open > 100, "{shut} doors were shut and {open} open");
}

#[tokio::test]
async fn after_signing_in_each_role_is_at_its_own_desk() {
    let room = Room::at(NOW).await;
    for (sign_in, _, _) in STAFF {
        let mut browser = room.browser(sign_in, "en").await;
        let first = browser.get("").await;
        let mut answer = browser.follow(&first).await;
        while answer.location.is_some() {
            answer = browser.follow(&answer).await;
        }
        assert_eq!(answer.status, StatusCode::OK, "{sign_in}");
    }
}
