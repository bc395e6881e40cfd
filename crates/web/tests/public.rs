//! A person's whole way over HTTP, without scripts, in both languages; and what others may not see.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{
    Answer, Browser, Form, Room,
    forms::{attribute, offered, tags},
    reading::whole,
};
use axum::http::StatusCode;
use desk::acts::{BookPlace, DecideNeed};
use domain::{
    callback::CallOutcome,
    decision::Need,
    inquiry::{Inquiry, Stage},
    text::Lang,
};

const MONDAY: &str = "2026-11-23T17:00:00Z";

async fn see(browser: &mut Browser<'_>, to: &str, lang: &str) -> String {
    let answer = browser.open(to).await;
    assert_eq!(answer.status, StatusCode::OK, "{to}: {answer:?}");
    whole(&answer.body, lang);
    answer.body
}

/// Fills in a form and follows where it leads.
async fn go(browser: &mut Browser<'_>, page: &str, end: &str, fields: &[(&str, &str)], lang: &str) -> String {
    let answer = send(browser, page, end, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{end}: {answer:?}");
    let to = answer.location.unwrap();
    see(browser, &to, lang).await
}

async fn send(browser: &mut Browser<'_>, page: &str, end: &str, fields: &[(&str, &str)]) -> Answer {
    let form = fields.iter().fold(Form::of(page, end), |form, (name, value)| form.with(name, value));
    browser.submit(&form).await
}

/// From the first page of the request to the one that asks whether everything is right.
async fn fill_in(browser: &mut Browser<'_>, lang: &str) -> String {
    let page = see(browser, &format!("/{lang}/request"), lang).await;
    let page = go(browser, &page, "/request", &[], lang).await;
    let wrong = send(browser, &page, "/zip", &[("zip", "9001")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    whole(&wrong.body, lang);
    assert!(wrong.body.contains("value=\"9001\""), "what was typed stands there again");
    let page = go(browser, &wrong.body, "/zip", &[("zip", "90012")], lang).await;
    let page = go(browser, &page, "/reason", &[("reason", "proof-of-status")], lang).await;
    let page = go(browser, &page, "/first", &[], lang).await;
    let page = go(browser, &page, "/card_state", &[("ask_card_state", "lost")], lang).await;
    let page = go(browser, &page, "/pending_form", &[("ask_pending_form", "i90")], lang).await;
    let date =
        [("ask_proof_needed_month", "12"), ("ask_proof_needed_day", "31"), ("ask_proof_needed_year", "2026")];
    let page = go(browser, &page, "/proof_needed", &date, lang).await;
    let page = go(browser, &page, "/cannot_wait", &[("ask_cannot_wait", "no")], lang).await;
    let page = go(browser, &page, "/mail_safe", &[("ask_mail_safe", "no")], lang).await;
    let page = go(browser, &page, "/photo_on_file", &[("ask_photo_on_file", "yes")], lang).await;
    let page = go(browser, &page, "/words", &[("words", "<b>Help</b> & thanks")], lang).await;
    let page = go(browser, &page, "/papers", &[("papers", "passport")], lang).await;
    let page =
        go(browser, &page, "/times", &[("time1_weekday", "tuesday"), ("time1_part", "morning")], lang).await;
    let wrong = send(
        browser,
        &page,
        "/you",
        &[("given", "Ana"), ("born_month", "2"), ("born_day", "30"), ("born_year", "1980")],
    )
    .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    whole(&wrong.body, lang);
    let you = [
        ("given", "Ana"),
        ("family", "Pérez"),
        ("born_month", "2"),
        ("born_day", "29"),
        ("born_year", "1980"),
    ];
    let page = go(browser, &wrong.body, "/you", &you, lang).await;
    let page =
        go(browser, &page, "/reach", &[("phone", "(213) 555-0101"), ("email", "ana@example.org")], lang)
            .await;
    assert!(Form::of(&page, "/call").value("phrase").is_some_and(|phrase| phrase.split(' ').count() == 3));
    let page = go(browser, &page, "/call", &[], lang).await;
    let page = go(browser, &page, "/help", &[("interpreter", "Mixteco")], lang).await;
    go(browser, &page, "/behalf", &[("behalf", "no")], lang).await
}

/// The number that an inquiry's page shows.
fn number(page: &str) -> String {
    let shown = page.split("number__digits\"><bdi>").nth(1).unwrap().split('<').next().unwrap();
    shown.replace(' ', "")
}

async fn inquiry(room: &Room, number: &str) -> Inquiry {
    room.store.inquiry_numbered(number.parse().unwrap()).await.unwrap().unwrap()
}

/// A lost visit is had again without an officer, as often as it may be.
async fn again(room: &Room, ana: &mut Browser<'_>, number: &str, lang: &str) {
    let base = format!("/{lang}/inquiry/{number}");
    // They take another time for it themselves, of a later page of days; then they have changed it as often as they may.
    assert!(see(ana, &base, lang).await.contains("/visit/time"));
    let first = see(ana, &format!("{base}/visit/time"), lang).await;
    let later =
        tags(&first, "a").iter().filter_map(|tag| attribute(tag, "href")).find(|to| to.contains("?from="));
    let page = see(ana, &later.unwrap(), lang).await;
    let chosen = offered(&page, "start")[0].clone();
    assert!(!offered(&first, "start").contains(&chosen) && page.contains("?from="), "and back: {page}");
    let sure = send(ana, &page, "/visit/time", &[("start", &chosen)]).await;
    whole(&sure.body, lang);
    go(ana, &sure.body, "/visit/time", &[], lang).await;
    let again = inquiry(room, number).await.appointment().unwrap().clone();
    assert!(chosen.starts_with(&again.start.to_string()) && again.moves == 2);
    let page = see(ana, &base, lang).await;
    go(ana, &page, "/visit/confirm", &[], lang).await;
    assert!(inquiry(room, number).await.appointment().unwrap().confirmed.is_some());
    assert!(!see(ana, &base, lang).await.contains("/visit/confirm"), "said once is enough");
    let no_more = ana.open(&format!("{base}/visit/time")).await;
    assert_eq!(no_more.status, StatusCode::CONFLICT, "before anybody looks for a time in vain");
    whole(&no_more.body, lang);
    let page = see(ana, &format!("{base}/visit/cancel"), lang).await;
    go(ana, &page, "/visit/cancel", &[], lang).await;
    assert!(!see(ana, &base, lang).await.contains("/visit/time"));
}

async fn whole_way(lang: &'static str) {
    let room = Room::at(MONDAY).await;
    let mut ana = room.nobody(lang);
    see(&mut ana, &format!("/{lang}"), lang).await;
    let check = fill_in(&mut ana, lang).await;
    assert!(check.contains("&lt;b&gt;Help&lt;/b&gt; &amp; thanks"));

    // A change comes back to the answers.
    let page = see(&mut ana, &format!("/{lang}/request/words?change"), lang).await;
    let check = go(&mut ana, &page, "/words?change", &[("words", "Help")], lang).await;
    assert!(check.contains("/request/check"));
    // Sent twice, before the answer to the first has arrived, it is one request.
    let form = Form::of(&check, "/check");
    let jar = ana.cookies.clone();
    let first = ana.submit(&form).await;
    ana.cookies = jar;
    let second = ana.submit(&form).await;
    assert_eq!(first.location, second.location);
    let received = ana.follow(&second).await.body;
    whole(&received, lang);
    let number = number(&received);
    let base = format!("/{lang}/inquiry/{number}");
    let page = see(&mut ana, &base, lang).await;
    assert!(page.contains("hx-sse:connect"));

    // Nobody else sees it, nor learns that it is there.
    let mut other = room.nobody(lang);
    for rest in ["", "/received", "/call/time", "/visit/time", "/withdraw", "/appointment.ics"] {
        let here = other.open(&format!("{base}{rest}")).await;
        let nowhere = other.open(&format!("/{lang}/inquiry/48210936{rest}")).await;
        assert_eq!((here.status, nowhere.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        whole(&here.body, lang);
    }
    let not_yet = ana.open(&format!("{base}/call/time")).await;
    assert_eq!(not_yet.status, StatusCode::CONFLICT);
    whole(&not_yet.body, lang);

    // A call is promised, moved, given back, and taken again.
    let officer = room.as_staff("m.ortega").await;
    let id = inquiry(&room, &number).await.id;
    let asked = inquiry(&room, &number).await;
    let windows = room.desk.windows(&asked, room.now(), 10).await.unwrap();
    room.desk.promise_callback(&officer, id, windows[0].window.start, None).await.unwrap();
    see(&mut ana, &base, lang).await;
    let page = see(&mut ana, &format!("{base}/call/time"), lang).await;
    let chosen = offered(&page, "start")[2].clone();
    let nothing = ana.submit(&Form { fields: vec![], ..Form::of(&page, "/call/time") }).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    whole(&nothing.body, lang);
    let sure = send(&mut ana, &page, "/call/time", &[("start", &chosen)]).await;
    whole(&sure.body, lang);
    go(&mut ana, &sure.body, "/call/time", &[], lang).await;
    let moved = inquiry(&room, &number).await;
    assert_eq!(moved.callback().unwrap().window.start.to_string(), chosen);
    // The very same form again is the same command.
    go(&mut ana, &sure.body, "/call/time", &[], lang).await;
    assert_eq!(inquiry(&room, &number).await.callback().unwrap().moves, 1);
    let page = see(&mut ana, &format!("{base}/call/cancel"), lang).await;
    go(&mut ana, &page, "/call/cancel", &[], lang).await;
    assert!(inquiry(&room, &number).await.callback().is_none());
    let page = see(&mut ana, &format!("{base}/call/time"), lang).await;
    let start = offered(&page, "start")[0].clone();
    let sure = send(&mut ana, &page, "/call/time", &[("start", &start)]).await;
    go(&mut ana, &sure.body, "/call/time", &[], lang).await;

    // The call, papers, a visit.
    room.until(start.parse().unwrap()).await;
    room.pass(5).await;
    let officer = room.as_staff("m.ortega").await;
    room.desk.start_call(&officer, id).await.unwrap();
    let (calls_now, was_it_us) = if lang == "es" {
        ("Un oficial le está llamando ahora", "¿Le llamamos nosotros?")
    } else {
        ("An officer is calling you now", "Did we call you?")
    };
    let page = see(&mut ana, &base, lang).await;
    assert!(page.contains(calls_now) && page.contains(was_it_us) && page.contains("202-555-0143"));
    room.desk.end_call(&room.as_staff("m.ortega").await, id, CallOutcome::Reached).await.unwrap();
    let page = see(&mut ana, &base, lang).await;
    assert!(!page.contains(calls_now) && page.contains(was_it_us), "and afterwards");
    let missing = vec!["passport-photos".parse().unwrap()];
    room.desk.ask_papers(&room.as_staff("m.ortega").await, id, missing).await.unwrap();
    let page = see(&mut ana, &base, lang).await;
    go(&mut ana, &page, "/papers", &[], lang).await;
    let decide =
        DecideNeed { need: Need::Visit, missing: vec![], because: Some("they must".into()), sentence: None };
    room.desk.decide_need(&room.as_staff("m.ortega").await, id, &decide).await.unwrap();
    see(&mut ana, &base, lang).await;
    let to_book = inquiry(&room, &number).await;
    let place = room.desk.places(&to_book, None, room.now()).await.unwrap().best.remove(0).opening;
    let book = BookPlace {
        office: place.office.clone(),
        start: place.start,
        pool: place.pool,
        held: None,
        bring_also: vec![],
        because: None,
    };
    room.desk.book(&room.as_staff("m.ortega").await, id, &book).await.unwrap();
    let page = see(&mut ana, &base, lang).await;
    assert!(page.contains("data:image/svg+xml;base64,"));
    let file = ana.open(&format!("{base}/appointment.ics")).await.body;
    assert!(file.contains("METHOD:PUBLISH\r\n") && !file.contains("ATTENDEE"), "{file}");
    let page = see(&mut ana, &format!("{base}/visit/time"), lang).await;
    let chosen = offered(&page, "start")[3].clone();
    let sure = send(&mut ana, &page, "/visit/time", &[("start", &chosen)]).await;
    whole(&sure.body, lang);
    go(&mut ana, &sure.body, "/visit/time", &[], lang).await;
    let moved = inquiry(&room, &number).await;
    assert!(chosen.starts_with(&moved.appointment().unwrap().start.to_string()));
    let page = see(&mut ana, &format!("{base}/visit/cancel"), lang).await;
    go(&mut ana, &page, "/visit/cancel", &[], lang).await;
    assert!(matches!(inquiry(&room, &number).await.stage, Stage::ToBook { .. }));

    Box::pin(again(&room, &mut ana, &number, lang)).await;
    let page = see(&mut ana, &format!("{base}/withdraw"), lang).await;
    go(&mut ana, &page, "/withdraw", &[], lang).await;
    assert!(!inquiry(&room, &number).await.is_live());
    assert!(room.store.check().await.unwrap().is_empty());

    // A borrowed computer forgets.
    let page = see(&mut ana, &base, lang).await;
    let left = send(&mut ana, &page, "/leave", &[]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert_eq!(ana.open(&base).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_person_goes_the_whole_way_in_english() {
    Box::pin(whole_way("en")).await;
}

#[tokio::test]
async fn a_person_goes_the_whole_way_in_spanish() {
    Box::pin(whole_way("es")).await;
}

#[tokio::test]
async fn plain_pages_are_whole_in_both_languages() {
    let room = Room::at(MONDAY).await;
    for lang in ["en", "es"] {
        let mut anyone = room.nobody(lang);
        for path in [
            "",
            "/our-calls",
            "/topics",
            "/offices",
            "/offices/LOS",
            "/status",
            "/request",
            "/inquiry",
            "/privacy",
            "/accessibility",
        ] {
            see(&mut anyone, &format!("/{lang}{path}"), lang).await;
        }
        for path in ["/nothing", "/inquiry/12", "/inquiry/12345678/call/time"] {
            let answer = anyone.open(&format!("/{lang}{path}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
            whole(&answer.body, lang);
        }
    }
    let mut anyone = room.nobody("en");
    assert_eq!(anyone.open("/xx").await.status, StatusCode::NOT_FOUND);
    assert_eq!(anyone.open("/").await.location.as_deref(), Some("/en"));
    assert_eq!(anyone.open("/es/").await.location.as_deref(), Some("/es"));
    for path in ["/healthz", "/readyz"] {
        assert_eq!(anyone.open(path).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_need_has_a_page_that_leads_into_the_request() {
    let room = Room::at(MONDAY).await;
    for (lang, words) in [("en", "lost green card"), ("es", "perdí mi mica")] {
        let mut ana = room.nobody(lang);
        let page = see(&mut ana, &format!("/{lang}"), lang).await;
        let found = send(&mut ana, &page, "/topics", &[("need", words)]).await;
        assert_eq!(found.status, StatusCode::OK);
        whole(&found.body, lang);
        assert!(found.body.contains(&format!("/{lang}/topics/proof-of-status")), "{}", found.body);
        let none = send(&mut ana, &page, "/topics", &[("need", "<xyzzy>")]).await;
        whole(&none.body, lang);
        assert!(
            none.body.contains("/topics/case-question"),
            "what was not found can be looked for in the list"
        );
        for reason in room.desk.pack().reasons() {
            see(&mut ana, &format!("/{lang}/topics/{}", reason.code), lang).await;
        }
        let page = see(&mut ana, &format!("/{lang}/topics/proof-of-status"), lang).await;
        assert!(page.contains("schema.org/GovernmentService"));
        let page = go(&mut ana, &page, "/topics/proof-of-status", &[], lang).await;
        let page = go(&mut ana, &page, "/zip", &[("zip", "90012")], lang).await;
        assert!(
            tags(&page, "input").iter().any(|tag| {
                attribute(tag, "value").as_deref() == Some("proof-of-status") && tag.contains(" checked")
            }),
            "the reason is chosen already: {page}"
        );
        let nowhere = ana.open(&format!("/{lang}/topics/nothing")).await;
        assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn search_engines_keep_what_says_nothing_of_anybody_and_no_more() {
    let room = Room::at(MONDAY).await;
    let mut engine = room.nobody("en");
    for (path, what) in [("/en/offices/LOS", "GovernmentOffice"), ("/en", "GovernmentOrganization")] {
        let page = engine.open(path).await.body;
        assert!(page.contains(&format!("itemtype=\"https://schema.org/{what}\"")), "{path}");
        assert!(page.contains("itemprop=\"telephone\" content=\"+"), "{path}");
    }
    let robots = engine.open("/robots.txt").await.body;
    for out in ["/*/inquiry", "/go/", "/*/staff", "/*/request", "/api/"] {
        assert!(robots.contains(&format!("Disallow: {out}\n")), "{robots}");
    }
    let map = engine.open("/sitemap.xml").await.body;
    let listed: Vec<&str> =
        map.split("<loc>http://desk.test").skip(1).map(|l| l.split('<').next().unwrap()).collect();
    assert!(listed.len() > 20, "{map}");
    for path in &listed {
        let page = engine.open(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.body.contains("noindex"), "{path} is listed");
        assert!(page.body.contains(&format!("rel=\"canonical\" href=\"http://desk.test{path}\"")), "{path}");
        assert!(page.body.contains("property=\"og:description\""), "{path}");
    }
    for path in ["/en/inquiry", "/en/request", "/en/staff/sign-in", "/en/nothing"] {
        assert!(engine.open(path).await.body.contains("name=\"robots\" content=\"noindex\""), "{path}");
    }
}

#[tokio::test]
async fn a_case_is_found_by_a_number_that_stands_in_no_address() {
    let room = Room::at(MONDAY).await;
    let mut anyone = room.nobody("es");
    let page = see(&mut anyone, "/es/status", "es").await;
    let found = send(&mut anyone, &page, "/status", &[("receipt", "ioe 9999-999-901")]).await;
    whole(&found.body, "es");
    assert!(found.body.contains("El caso se está revisando"));
    let unknown = send(&mut anyone, &page, "/status", &[("receipt", "XYZ9999999901")]).await;
    assert_eq!(unknown.status, StatusCode::OK);
    assert!(unknown.body.contains("usa-alert--warning"), "unknown letters draw a warning, not a refusal");
    let wrong = send(&mut anyone, &page, "/status", &[("receipt", "12<3")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    whole(&wrong.body, "es");
    assert!(wrong.body.contains("value=\"12&lt;3\""));
}

#[tokio::test]
async fn number_and_birthday_open_an_inquiry_and_wrong_ones_are_all_alike() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::es()).await;
    let mut luis = room.nobody("es");
    let page = see(&mut luis, "/es/inquiry", "es").await;
    let digits = asked.number.digits();
    let try_with = |number: &str, year: &str| {
        Form::of(&page, "/inquiry")
            .with("number", number)
            .with("born_month", "5")
            .with("born_day", "17")
            .with("born_year", year)
    };
    let wrong_year = luis.submit(&try_with(&digits, "1981")).await;
    let no_such = luis.submit(&try_with("48210930", "1980")).await;
    let checked =
        if no_such.status == StatusCode::UNPROCESSABLE_ENTITY { no_such } else { panic!("{no_such:?}") };
    whole(&checked.body, "es");
    assert_eq!(wrong_year.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = luis.submit(&try_with(&asked.number.to_string(), "1980")).await;
    assert_eq!(right.location, Some(format!("/es/inquiry/{digits}")));
    see(&mut luis, &format!("/es/inquiry/{digits}"), "es").await;

    // Numbers that exist and numbers that do not answer with the same words, and wait after as many tries.
    let other = domain::number::InquiryNumber::from_chance(4_711).digits();
    let mut answers = Vec::new();
    for number in [&digits, &other] {
        let mut thief = room.nobody("es");
        let mut said = Vec::new();
        for _ in 0..7 {
            let answer = thief.submit(&try_with(number, "1970")).await;
            said.push((answer.status, answer.body.replace(number.as_str(), "N")));
        }
        answers.push(said);
    }
    // Two of the five tries at the true number were used above.
    assert_eq!(answers[0][..3], answers[1][..3]);
    assert_eq!(answers[0][6], answers[1][6]);
    assert_eq!(answers[1][4].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answers[1][5].0, StatusCode::TOO_MANY_REQUESTS);
    whole(&answers[1][5].1, "es");
    // Whoever it belongs to is not shut out by a stranger who guesses: a fresh link is a press away, and goes to them.
    let link = Form::of(&answers[1][5].1, "/inquiry/link");
    assert_eq!(link.value("link_number"), Some("N"));
    assert!(answers[1][5].1.contains("pida abajo un enlace nuevo"));
}

#[tokio::test]
async fn a_link_opens_its_inquiry_and_leaves_no_token_behind() {
    let room = Room::at(MONDAY).await;
    let asked = room.ask("Luis", "Gómez", "proof-of-status", Lang::es()).await;
    let token = room.desk.links().sign(asked.id, room.now());
    let mut luis = room.nobody("es");
    let answer = luis.open(&format!("/go/{token}")).await;
    assert_eq!(
        answer.location,
        Some(format!("/es/inquiry/{}", asked.number.digits())),
        "in the person's language"
    );
    whole(&luis.follow(&answer).await.body, "es");
    assert_eq!(room.nobody("en").open(&format!("/go/{token}x")).await.status, StatusCode::NOT_FOUND);
    // The answer to "send me a link" is the same for every number.
    let page = see(&mut luis, "/es/inquiry", "es").await;
    let other = domain::number::InquiryNumber::from_chance(4_711).digits();
    let mut answers = Vec::new();
    for number in [asked.number.digits(), other] {
        let answer = send(&mut luis, &page, "/inquiry/link", &[("link_number", &number)]).await;
        assert_eq!(answer.status, StatusCode::OK);
        whole(&answer.body, "es");
        answers.push(answer.body);
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn whoever_asks_again_gets_a_link_and_learns_no_number() {
    let room = Room::at(MONDAY).await;
    let mut ana = room.nobody("en");
    let check = fill_in(&mut ana, "en").await;
    let sent = send(&mut ana, &check, "/check", &[]).await;
    let number = number(&ana.follow(&sent).await.body);
    let mut again = room.nobody("en");
    let check = fill_in(&mut again, "en").await;
    let refused = send(&mut again, &check, "/check", &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    whole(&refused.body, "en");
    assert!(!refused.body.replace(' ', "").contains(&number));
    assert_eq!(again.open(&format!("/en/inquiry/{number}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn forms_from_elsewhere_and_steps_ahead_are_refused() {
    let room = Room::at(MONDAY).await;
    let mut ana = room.nobody("en");
    let page = see(&mut ana, "/en/status", "en").await;
    let form = Form::of(&page, "/status").with("receipt", "IOE9999999901");
    let refused = ana.submit_from_elsewhere(&form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    whole(&refused.body, "en");
    assert_eq!(ana.open("/en/request/check").await.location.as_deref(), Some("/en/request/zip"));
    let long = Form::of(&page, "/status").with("receipt", &"x".repeat(70_000));
    let refused = ana.submit(&long).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    whole(&refused.body, "en");
}
