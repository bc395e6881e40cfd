//! The officer's and the clerk's part of the main job, over HTTP, in both languages; and what is refused on the way.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Answer, Browser, Form, PASSWORD, Room, forms::offered};
use axum::http::StatusCode;
use desk::acts::{BookPlace, DecideNeed};
use domain::{
    callback::CallOutcome,
    decision::{DecisionKind, Need},
    inquiry::{Closing, Inquiry, Stage},
    text::Lang,
};
use jiff::SignedDuration;

const NOW: &str = "2026-11-23T17:00:00Z";
const REASON: &str = "immigration-judge-grant";

fn at(inquiry: &Inquiry) -> String {
    format!("/inquiry/{}", inquiry.number.digits())
}

/// Sends a form, looks at what the person will read, and sends that.
async fn tell(browser: &mut Browser<'_>, form: &Form) -> Answer {
    let preview = browser.submit(form).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", text(&preview.body));
    let end = form.action.clone();
    let sure = Form::all(&preview.body)
        .into_iter()
        .find(|f| f.action == end && f.value("_sure") == Some("yes"))
        .unwrap_or_else(|| panic!("nothing is shown before it is sent: {}", text(&preview.body)));
    browser.submit(&sure).await
}

/// What the alerts of a page say, for messages.
fn text(html: &str) -> String {
    let body = html.split_once("usa-alert__body").map_or(html, |(_, rest)| rest);
    let body: String = body.chars().take(1_500).collect();
    let parts = body.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text.trim()));
    parts.filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", text(&answer.body));
}

/// Walks an inquiry to the stage at which a visit is to be booked, by the desk itself.
async fn to_book(room: &Room, given: &str) -> Inquiry {
    let inquiry = room.ask(given, "Example", REASON, Lang::en()).await;
    let window = room.desk.windows(&inquiry, room.now(), 1).await.unwrap()[0].window.clone();
    room.desk
        .promise_callback(&room.as_staff("m.ortega").await, inquiry.id, window.start, None)
        .await
        .unwrap();
    room.until(window.start).await;
    room.desk.start_call(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
    let caller = room.as_staff("m.ortega").await;
    let inquiry = room.desk.end_call(&caller, inquiry.id, CallOutcome::Reached).await.unwrap();
    let decide = DecideNeed {
        need: Need::Visit,
        missing: vec![],
        because: Some("The order needs a stamp.".into()),
        sentence: None,
    };
    room.desk.decide_need(&room.as_staff("m.ortega").await, inquiry.id, &decide).await.unwrap()
}

async fn from_review_to_served(lang: &'static str, given: &str) {
    let room = Room::at(NOW).await;
    let inquiry = room.ask(given, "Example", REASON, lang.parse().unwrap()).await;
    let mut officer = room.nobody(lang);

    // Sign-in: from the page that was asked for, and back to it.
    let sent = officer.get("/review").await;
    let page = officer.follow(&sent).await;
    let form = Form::of(&page.body, "/staff/sign-in").with("name", "m.ortega");
    let wrong = officer.submit(&form.clone().with("password", "wrong")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.body.contains("wrong\""), "a password is never shown again");
    let right = officer.submit(&form.with("password", PASSWORD)).await;
    done(&right);
    assert_eq!(right.location.as_deref(), Some(format!("/{lang}/staff/review").as_str()));
    let review = officer.follow(&right).await;
    assert!(review.body.contains(&format!("{given} Example")));

    // Promise a call. A second click is the same promise.
    let page = officer.get(&at(&inquiry)).await;
    let start = offered(&page.body, "promise-start")[0].clone();
    let form = Form::of(&page.body, "/promise").with("promise-start", &start);
    let preview = officer.submit(&form).await;
    let sure = Form::of(&preview.body, "/promise");
    assert_eq!(sure.value("_sure"), Some("yes"));
    done(&officer.submit(&sure).await);
    done(&officer.submit(&sure).await);
    let promised = room.reload(&inquiry).await;
    let callback = promised.callback().unwrap().clone();
    assert_eq!(callback.owner, Some(room.store.staff_named("m.ortega").await.unwrap().unwrap().id));
    let list = officer.get("/callbacks").await;
    assert!(list.body.contains(&inquiry.number.to_string()));
    assert!(!list.body.contains("#call\""), "nobody calls before the window");

    // Call, reached. The session has run out meanwhile.
    room.until(callback.window.start).await;
    let mut officer = room.browser("m.ortega", lang).await;
    assert!(officer.get("/callbacks").await.body.contains("#call\""));
    let page = officer.get(&at(&inquiry)).await;
    done(&officer.submit(&Form::of(&page.body, "/call")).await);
    room.pass(5).await;
    let page = officer.get(&at(&inquiry)).await;
    assert!(page.body.contains("blue river"));
    let nothing = officer.submit(&Form::of(&page.body, "/outcome")).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = Form::of(&nothing.body, "/outcome").with("outcome-outcome", "reached");
    done(&officer.submit(&form).await);

    // Decide: against the recommendation only with a reason, and nothing typed is lost.
    let page = officer.get(&at(&inquiry)).await;
    let form = Form::of(&page.body, "/need");
    let recommended = form.value("need-need").unwrap().to_owned();
    let other = if recommended == "mail" { "phone" } else { "mail" };
    let typed = form.clone().with("need-need", other).with("need-sentence", "Aquí está su <respuesta>.");
    let refused = officer.submit(&typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = Form::of(&refused.body, "/need");
    assert_eq!(again.value("need-need"), Some(other));
    assert_eq!(again.value("need-sentence"), Some("Aquí está su <respuesta>."));
    assert!(refused.body.contains("href=\"#need-because\""));
    let form = form.with("need-need", "visit").with("need-because", "The order needs a stamp.");
    done(&tell(&mut officer, &form).await);
    assert!(matches!(room.reload(&inquiry).await.stage, Stage::ToBook { .. }));

    room.pass(1).await;
    // Book the place that suits best, with something more to bring. It is kept while the message is read.
    let page = officer.get(&at(&inquiry)).await;
    let form = Form::of(&page.body, "/book").with("book-bring", "The order, all pages\n\nA photo");
    let preview = officer.submit(&form).await;
    assert!(preview.body.contains("The order, all pages"));
    let sure = Form::of(&preview.body, "/book");
    assert!(sure.value("book-held").is_some());
    done(&officer.submit(&sure).await);
    let booked = room.reload(&inquiry).await;
    let visit = booked.appointment().unwrap().clone();
    assert_eq!(visit.office.as_str(), "LOS");
    assert!(visit.bring.iter().any(|b| b.text.in_lang(&Lang::en()) == "A photo"));
    let told = room.store.notices(inquiry.id).await.unwrap();
    let kinds: Vec<&str> = told.iter().map(|n| n.kind.as_str()).collect();
    assert_eq!(kinds, ["request-received", "callback-promised", "decision-made", "appointment-booked"]);

    // The counter.
    room.until(visit.start - SignedDuration::from_mins(10)).await;
    let mut clerk = room.browser("clerk.los", lang).await;
    let day = clerk.get("/day").await;
    let day = clerk.follow(&day).await;
    let page = clerk.follow(&day).await;
    assert!(page.body.contains(&format!("{given} Example")));
    let form = Form::of(&page.body, "/check-in").with("number", "4821 0937");
    let unknown = clerk.submit(&form).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(Form::of(&unknown.body, "/check-in").value("number"), Some("4821 0937"));
    let arrived = clerk.submit(&form.with("number", &inquiry.number.to_string())).await;
    done(&arrived);
    let page = clerk.follow(&arrived).await;
    assert!(page.body.contains("A001"));
    let call = Form::of(&page.body, "/call");
    let nowhere = clerk.submit(&call).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "a counter must be known");
    done(&clerk.submit(&Form::of(&page.body, "/counter").with("counter", "4")).await);
    let called = clerk.submit(&call).await;
    done(&called);
    let page = clerk.follow(&called).await;
    room.pass(20).await;
    assert_eq!(page.body.matches("usa-alert--success").count(), 1);
    done(&clerk.submit(&Form::of(&page.body, "/served")).await);
    assert!(matches!(room.reload(&inquiry).await.stage, Stage::Closed { closing: Closing::Served, .. }));

    // Out.
    let mut officer = room.browser("m.ortega", lang).await;
    let page = officer.get(&at(&inquiry)).await;
    done(&officer.submit(&Form::of(&page.body, "/sign-out")).await);
    assert_eq!(officer.get("/review").await.status, StatusCode::SEE_OTHER);
    assert_eq!(room.store.check().await.unwrap(), []);
}

#[tokio::test]
async fn from_review_to_served_in_english() {
    Box::pin(from_review_to_served("en", "Ana")).await;
}

#[tokio::test]
async fn from_review_to_served_in_spanish() {
    Box::pin(from_review_to_served("es", "Ana")).await;
}

#[tokio::test]
async fn a_full_place_is_said_in_place_and_nothing_typed_is_lost() {
    let room = Room::at(NOW).await;
    let inquiry = to_book(&room, "Ana").await;
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get(&at(&inquiry)).await;
    let places = room.desk.places(&inquiry, None, room.now()).await.unwrap();
    let place = places.all.iter().max_by_key(|p| p.start).unwrap().clone();
    let value = format!("{}.{}", place.start.as_microsecond(), place.pool);
    // Meanwhile others take every place of that time.
    for n in 0..place.left {
        let other = to_book(&room, &format!("Other{n}")).await;
        let ask = BookPlace {
            office: place.office.clone(),
            start: place.start,
            pool: place.pool,
            held: None,
            bring_also: vec![],
            because: None,
        };
        room.desk.book(&room.as_staff("j.lee").await, other.id, &ask).await.unwrap();
    }
    let mut officer = room.browser("m.ortega", "en").await;
    let form = Form::of(&page.body, "/book").with("book-place", &value).with("book-bring", "A photo");
    let full = officer.submit(&form).await;
    assert_eq!(full.status, StatusCode::CONFLICT, "{}", text(&full.body));
    assert!(full.body.contains("That place was just taken"));
    let again = Form::of(&full.body, "/book");
    assert_eq!(again.value("book-bring"), Some("A photo"));
    assert_ne!(again.value("book-place"), Some(value.as_str()), "what is taken is not offered again");
    assert!(matches!(room.reload(&inquiry).await.stage, Stage::ToBook { .. }));
    // Another place, and it goes through.
    done(&tell(&mut officer, &again).await);
}

#[tokio::test]
async fn a_colleague_says_how_a_call_ended_whose_officer_makes_none_any_more() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", REASON, Lang::en()).await;
    let window = room.desk.windows(&inquiry, room.now(), 1).await.unwrap()[0].window.clone();
    let caller = room.as_staff("m.ortega").await;
    room.desk.promise_callback(&caller, inquiry.id, window.start, None).await.unwrap();
    room.until(window.start).await;
    room.desk.start_call(&room.as_staff("m.ortega").await, inquiry.id).await.unwrap();
    let mut lee = room.browser("j.lee", "en").await;
    assert!(!lee.get(&at(&inquiry)).await.body.contains("/outcome\""), "it is a colleague's");
    let of = room.store.staff_named("m.ortega").await.unwrap().unwrap().id;
    room.desk.close_account(&room.as_staff("admin").await, of, "They left.").await.unwrap();
    let page = lee.get(&at(&inquiry)).await;
    assert!(page.body.contains("began this call and makes none any more"), "{}", text(&page.body));
    assert!(page.body.contains("They left."), "the story says why");
    done(&lee.submit(&Form::of(&page.body, "/outcome").with("outcome-outcome", "reached")).await);
    assert!(matches!(room.reload(&inquiry).await.stage, Stage::Spoken { .. }));
}

#[tokio::test]
async fn another_office_needs_a_reason() {
    let room = Room::at(NOW).await;
    let inquiry = to_book(&room, "Ana").await;
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get(&at(&inquiry)).await;
    let look = Form::of(&page.body, "/book").with("book-office", "NYC").with("_look", "yes");
    let shown = officer.submit(&look.with("book-bring", "A photo")).await;
    assert_eq!(shown.status, StatusCode::OK);
    let form = Form::of(&shown.body, "/book");
    assert_eq!((form.value("book-office"), form.value("book-bring")), (Some("NYC"), Some("A photo")));
    let refused = officer.submit(&form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let form = Form::of(&refused.body, "/book").with("book-because", "The person moves next week.");
    done(&tell(&mut officer, &form).await);
    assert_eq!(room.reload(&inquiry).await.appointment().unwrap().office.as_str(), "NYC");
}

#[tokio::test]
async fn the_best_of_other_offices_stands_beside_the_own_and_is_booked_in_one_step() {
    let room = Room::at(NOW).await;
    let inquiry = to_book(&room, "Ana").await;
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get(&at(&inquiry)).await;
    assert!(page.body.contains("Best at other offices"));
    let form = Form::of(&page.body, "/book");
    assert!(
        form.value("book-place").is_some_and(|own| own.split('.').count() == 2),
        "the own office comes first"
    );
    let there: Vec<String> =
        offered(&page.body, "book-place").into_iter().filter(|value| value.split('.').count() == 3).collect();
    assert!((1..=5).contains(&there.len()), "{there:?}");
    let place = &there[0];
    let office = place.rsplit('.').next().unwrap();
    assert_ne!(office, inquiry.office.as_str());
    // Without a reason it is refused, and what was chosen stays chosen.
    let refused = officer.submit(&form.with("book-place", place)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = Form::of(&refused.body, "/book");
    assert_eq!(again.value("book-place"), Some(place.as_str()));
    done(&tell(&mut officer, &again.with("book-because", "It is sooner there.")).await);
    let booked = room.reload(&inquiry).await;
    assert_eq!(booked.appointment().unwrap().office.as_str(), office);
    let fit = booked.decided(DecisionKind::Fit).unwrap();
    assert!(fit.because.is_some(), "why it is another office is kept");
}

#[tokio::test]
async fn a_stale_page_is_shown_anew_and_does_nothing() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", REASON, Lang::es()).await;
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get(&at(&inquiry)).await;
    let caller = room.as_staff("j.lee").await;
    let window = room.desk.windows(&inquiry, room.now(), 1).await.unwrap()[0].window.clone();
    room.desk.promise_callback(&caller, inquiry.id, window.start, None).await.unwrap();
    let form = Form::of(&page.body, "/urgency")
        .with("urgency-choice", "urgent")
        .with("urgency-because", "Travels soon.");
    let stale = officer.submit(&form).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("This has changed"));
    let form = Form::of(&stale.body, "/urgency");
    assert_eq!(form.value("urgency-because"), Some("Travels soon."), "what was typed is kept");
    let after = room.reload(&inquiry).await;
    assert!(after.callback().is_some());
    assert_eq!(after.decided(DecisionKind::Urgency), inquiry.decided(DecisionKind::Urgency));
    // Looked at again, it is done.
    done(&officer.submit(&form).await);
}

#[tokio::test]
async fn what_comes_from_another_site_or_another_role_does_nothing() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", REASON, Lang::en()).await;
    let mut officer = room.browser("m.ortega", "en").await;
    let page = officer.get(&at(&inquiry)).await;
    let form =
        Form::of(&page.body, "/urgency").with("urgency-choice", "urgent").with("urgency-because", "Because.");
    let elsewhere = officer.submit_from_elsewhere(&form).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    for wrong in ["clerk.nyc", "analyst", "auditor"] {
        let mut browser = room.browser(wrong, "en").await;
        assert_eq!(browser.submit(&form).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(room.reload(&inquiry).await, inquiry);
}

#[tokio::test]
async fn nobody_learns_anything_by_signing_in_wrongly_and_nobody_is_locked_out() {
    let room = Room::at(NOW).await;
    let mut answers = Vec::new();
    for (name, password) in [("m.ortega", "wrong"), ("nobody", "wrong"), ("nobody", PASSWORD), ("", "")] {
        let mut browser = room.nobody("en");
        let answer = browser.post("/sign-in", &[("name", name), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.cookies.iter().all(|c| !c.starts_with("staff=")));
        answers.push(answer.body.replace(&format!("value=\"{name}\""), "value=\"\""));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "every refusal reads the same");
    // Too many tries at one name only slow it down: its owner still gets in.
    let mut browser = room.nobody("en");
    for _ in 0..6 {
        browser.post("/sign-in", &[("name", "j.lee"), ("password", "wrong")]).await;
    }
    let owner = browser.post("/sign-in", &[("name", "J.Lee "), ("password", PASSWORD)]).await;
    done(&owner);
    // Too many from one address are refused for a while.
    let mut last = owner;
    for _ in 0..20 {
        last = browser.post("/sign-in", &[("name", "x"), ("password", "")]).await;
        if last.status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn signing_in_leads_nowhere_but_to_the_desks() {
    let room = Room::at(NOW).await;
    let to = [
        ("/staff/callbacks", "/en/staff/callbacks"),
        ("", "/en/staff/review"),
        ("https://evil.example", "/en/staff"),
        ("//evil.example", "/en/staff"),
        ("/staff//evil.example", "/en/staff"),
        ("/staff\\evil", "/en/staff"),
    ];
    for (then, want) in to {
        let mut browser = room.nobody("en");
        let fields = [("name", "m.ortega"), ("password", PASSWORD), ("then", then)];
        let answer = browser.post("/sign-in", &fields).await;
        assert_eq!(answer.location.as_deref(), Some(want), "{then}");
    }
}

#[tokio::test]
async fn reading_an_inquiry_is_journalled_and_news_is_not_reading() {
    let room = Room::at(NOW).await;
    let inquiry = room.ask("Ana", "Example", REASON, Lang::en()).await;
    let reads = async || {
        let story = room.store.story(inquiry.id).await.unwrap();
        story.iter().filter(|e| matches!(e.entry.happened, domain::journal::Happened::Read { .. })).count()
    };
    let mut officer = room.browser("m.ortega", "en").await;
    let news = officer.get(&format!("{}/news?version={}", at(&inquiry), inquiry.version)).await;
    assert_eq!((news.status, reads().await), (StatusCode::OK, 0));
    assert!(!news.body.contains("desk-news"), "nothing is new");
    officer.get(&at(&inquiry)).await;
    assert_eq!(reads().await, 1);
    let news = officer.get(&format!("{}/news?version={}", at(&inquiry), inquiry.version - 1)).await;
    assert!(news.body.contains("desk-news"));
    // The list says how many have come, and waits to be asked.
    let made = room.now().as_microsecond();
    let quiet = officer.get(&format!("/review/news?since={made}")).await;
    assert!(!quiet.body.contains("desk-news"));
    room.pass(1).await;
    room.ask("Bo", "Example", REASON, Lang::en()).await;
    let news = officer.get(&format!("/review/news?since={made}")).await;
    assert!(news.body.contains("1 new row waits"));
    assert!(!news.body.contains("Bo"));
}
