//! Every address of the desks as somebody from whom the inquiry is kept: it answers as of one that does not exist.

use super::*;
use domain::{guard::ConflictWhy, inquiry::Inquiry, number::InquiryNumber};

/// Walks every address as each member of staff, with the number of an inquiry that is kept from them and with one that nobody has.
async fn walk(room: &Room, kept: &Inquiry, by_number: bool) {
    let mut filling = Filling::of(room).await;
    let nobodys = InquiryNumber::from_chance(4711);
    assert!(room.store.inquiry_numbered(nobodys).await.unwrap().is_none());
    let mut asked = 0;
    for (sign_in, _, _) in STAFF {
        for line in TABLE {
            let mut answers = Vec::new();
            for number in [kept.number, nobodys] {
                filling.number = number.digits();
                let mut path = filling.path(line.path);
                if line.path == "/find" {
                    path = format!("/find?number={}", number.digits());
                }
                // Somebody protected is let in by whoever is there, who learns that they are expected and nothing else.
                let on_the_day = by_number && line.method == "POST" && line.path.starts_with("/office/");
                if !path.contains(&number.digits()) && !on_the_day && number == nobodys {
                    continue;
                }
                let mut browser = room.browser(sign_in, "en").await;
                let digits = number.digits();
                let fields = [("_key", "k"), ("number", digits.as_str()), ("why", "own"), ("class", "vawa")];
                let answer = match line.method {
                    "GET" => browser.get(path.trim_end_matches('/')).await,
                    _ => browser.post(&path, &fields).await,
                };
                let what = format!("{sign_in}: {} {path}", line.method);
                assert!(!answer.body.contains("Zoraida"), "{what} tells a name");
                answers.push((what, answer));
            }
            if let [(what, of_kept), (_, of_none)] = &answers[..] {
                asked += 1;
                assert_eq!(of_kept.status, of_none.status, "{what} is told from one that does not exist");
            }
        }
    }
    assert!(asked > 200, "{asked} addresses were asked about it");
}

async fn zoraida(room: &Room) -> Inquiry {
    room.ask("Zoraida", "Hidden", "case-question", Lang::en()).await
}

#[tokio::test]
async fn what_somebody_is_too_near_to_does_not_exist_for_them() {
    let room = Room::at(NOW).await;
    let inquiry = zoraida(&room).await;
    let before = room.browser("m.ortega", "en").await.get("/review").await.body;
    assert!(before.contains("Zoraida"), "it is in the list until then");
    // The supervisor says it of everybody, and of themselves last: then it is kept from them as well.
    let (last, others): (Vec<_>, Vec<_>) = STAFF.into_iter().partition(|(name, _, _)| *name == "supervisor");
    for (sign_in, _, _) in others.into_iter().chain(last) {
        let (caller, id) = (room.as_staff("supervisor").await, room.id(sign_in).await);
        room.desk.set_conflict(&caller, inquiry.id, id, ConflictWhy::Other).await.unwrap();
    }
    walk(&room, &inquiry, true).await;
}

#[tokio::test]
async fn somebody_protected_does_not_exist_for_whoever_has_not_the_right() {
    let room = Room::at(NOW).await;
    let inquiry = zoraida(&room).await;
    let caller = room.as_staff("m.ortega").await;
    let class = "vawa".parse().unwrap();
    room.desk.protect(&caller, inquiry.id, &class, &std::collections::BTreeSet::new()).await.unwrap();
    walk(&room, &inquiry, false).await;
    // Whoever has the right finds the form that ends it, and what to mind.
    let (admin, supervisor) = (room.as_staff("admin").await, room.id("supervisor").await);
    room.desk.give_right(&admin, supervisor, domain::actor::Right::Protected, true).await.unwrap();
    for lang in ["en", "es"] {
        let page = room
            .browser("supervisor", lang)
            .await
            .get(&format!("/inquiry/{}", inquiry.number.digits()))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("Zoraida") && page.body.contains("/unprotect"), "{}", page.body);
    }
}
