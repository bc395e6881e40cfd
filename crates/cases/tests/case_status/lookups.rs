//! Tokens, cases, languages, the cache.

use crate::*;
use domain::text::Lang;
use peer::Reply;
use serde_json::json;

#[tokio::test]
async fn a_case_is_found_in_both_languages() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.demo_id = Some("demo-7".into());
    let api = api(&config);
    let before = wall.now();
    let seen = found(&api, WITH, wall.now()).await;
    assert!(seen.as_of >= before && seen.as_of <= wall.now());
    assert_eq!(seen.case.title.in_lang(&Lang::es()), "Se programó la entrevista");
    insta::assert_snapshot!(serde_json::to_string_pretty(&seen.case).unwrap());
    let bare = found(&api, WITHOUT, wall.now()).await;
    assert!(bare.case.history.is_empty());
    assert_eq!(peer.counts(), (2, 1));
    assert_eq!(peer.seen.lock().unwrap().demo_ids, ["demo-7", "demo-7"]);
}

#[tokio::test]
async fn an_unknown_number_is_an_answer() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    assert_eq!(api.find(&receipt("SRC0000000001"), wall.now()).await.unwrap(), None);
    assert_eq!(api.find(&receipt("SRC0000000001"), wall.now()).await.unwrap(), None);
    assert_eq!(peer.counts().0, 1);
    peer.next(Reply::new(422, json!({"errors": [{"code": "422", "message": "…"}]}).to_string()));
    assert_eq!(api.find(&receipt("QQQ0000000001"), wall.now()).await.unwrap(), None);
    // What cannot be one of the agency's numbers is not even asked.
    for other in ["123456", "AB1234567890123", "EAC999910340X", "EAC99991034031"] {
        assert_eq!(api.find(&receipt(other), wall.now()).await.unwrap(), None);
    }
    assert_eq!(peer.counts().0, 2);
}

#[tokio::test]
async fn a_404_from_elsewhere_is_not_the_answer_that_there_is_no_case() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    for body in [
        "<html>Not Found</html>",
        r#"{"fault":{"faultstring":"no such proxy"}}"#,
        r#"{"error":{"code":"503"}}"#,
    ] {
        peer.next(Reply::new(404, body));
        assert!(matches!(fails(&api, WITH, wall.now()).await, CaseSourceError::Unreadable { .. }), "{body}");
    }
}

#[tokio::test]
async fn one_token_serves_until_shortly_before_it_ends() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.fresh = SignedDuration::ZERO;
    let api = api(&config);
    let start = wall.now();
    for (seconds, tokens) in [(0, 1), (600, 1), (1_738, 1), (1_741, 2), (3_400, 2), (3_600, 3)] {
        found(&api, WITH, start + SignedDuration::from_secs(seconds)).await;
        assert_eq!(peer.counts().1, tokens, "after {seconds} s");
    }
    // A clock that was set back: nothing is known about when the token ends.
    found(&api, WITH, start - SignedDuration::from_hours(5)).await;
    assert_eq!(peer.counts().1, 4);
}

#[tokio::test]
async fn a_token_that_ended_early_is_replaced_once() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    found(&api, WITH, wall.now()).await;
    peer.end_tokens();
    found(&api, WITHOUT, wall.now()).await;
    assert_eq!(peer.counts(), (3, 2));
    // A fresh token that is refused as well is the end: no third request.
    peer.always(Some(Reply::new(401, json!({"code": 401, "message": "Invalid Access Token"}).to_string())));
    assert!(matches!(fails(&api, "LIN9999106502", wall.now()).await, CaseSourceError::Refused { .. }));
    assert_eq!(peer.counts(), (5, 3));
}

#[tokio::test]
async fn fifty_at_once_share_one_token() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = Arc::new(api(&config(&peer)));
    let tasks: Vec<_> = (0..50)
        .map(|n| {
            let api = api.clone();
            tokio::spawn(async move { found(&api, &format!("LIN99991{n:05}"), wall.now()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(peer.counts(), (50, 1));
}

#[tokio::test]
async fn fifty_who_ask_for_one_number_share_one_answer() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = Arc::new(api(&config(&peer)));
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let api = api.clone();
            tokio::spawn(async move { found(&api, WITH, wall.now()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(peer.counts().0, 1);
}

#[tokio::test]
async fn credentials_that_are_not_accepted_are_said_so() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let mut config = config(&peer);
    config.client_secret = Some(Pii::from("another"));
    let api = api(&config);
    for _ in 0..5 {
        assert!(matches!(fails(&api, WITH, wall.now()).await, CaseSourceError::Refused { .. }));
    }
    // And then the service is left alone, still for the same reason.
    peer.next_token(Reply::new(200, "{}"));
    let error = fails(&api, WITH, wall.now()).await;
    assert!(matches!(error, CaseSourceError::Refused { .. }));
    assert!(told(&error).contains("left alone"), "{}", told(&error));
    assert_eq!(peer.seen.lock().unwrap().next_token.len(), 1);
}

#[tokio::test]
async fn a_changed_secret_needs_no_restart() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "old\n").unwrap();
    let mut config = config(&peer);
    (config.client_secret, config.client_secret_file) = (None, Some(file.path().to_owned()));
    let api = api(&config);
    assert!(matches!(fails(&api, WITH, wall.now()).await, CaseSourceError::Refused { .. }));
    std::fs::write(file.path(), format!("{SECRET}\r\n")).unwrap();
    found(&api, WITH, wall.now()).await;
}

#[tokio::test]
async fn what_is_not_a_token_is_not_used() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    let api = api(&config(&peer));
    for body in [
        "",
        "{}",
        r#"{"access_token":""}"#,
        r#"{"access_token":"token-x","token_type":"mac"}"#,
        r#"{"access_token":"token-\n"}"#,
    ] {
        peer.next_token(Reply::new(200, body));
        let error = fails(&api, WITH, wall.now()).await;
        assert!(
            told(&error).contains("gave no token") || told(&error).contains("left alone"),
            "{}",
            told(&error)
        );
    }
    assert_eq!(peer.counts().0, 0);
}

#[tokio::test]
async fn clocks_need_not_agree() {
    let (peer, wall) = (Peer::start().await, Wall::start());
    // The service is days ahead: its dates are shown as they are, and the age is by our clock.
    peer.seen.lock().unwrap().changes.insert("modifiedDate".into(), json!("12-31-2030 00:00:00"));
    let api = api(&config(&peer));
    let seen = found(&api, WITH, wall.now()).await;
    assert_eq!(seen.case.updated.to_string(), "2030-12-31");
    assert!(seen.as_of <= wall.now());
    // Ours is set back by a day: what was kept is from the future, and is asked for anew.
    let earlier = wall.now() - SignedDuration::from_hours(24);
    assert!(found(&api, WITH, earlier).await.as_of < seen.as_of);
    assert_eq!(peer.counts().0, 2);
}
