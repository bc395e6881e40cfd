//! A form that was begun goes on elsewhere, by a code.

#![expect(clippy::unwrap_used, reason = "a test may fail by unwrapping, in its helpers too")]

use crate::common::{Room, request};
use desk::{DeskError, token_hash};
use domain::{draft::ResumeCode, text::Lang};
use std::collections::BTreeMap;

const MONDAY: &str = "2026-11-30T17:00:00Z";

async fn begun(room: &Room) -> String {
    let token = room.desk.dice().token();
    let fields = BTreeMap::from([("zip".to_owned(), vec!["90012".to_owned()])]);
    room.desk.save_draft(&room.anyone(), &token, &Lang::en(), &fields).await.unwrap();
    token
}

#[tokio::test]
async fn a_code_leads_to_the_form_until_it_is_old_or_there_is_another() {
    let mut room = Room::at(MONDAY).await;
    let token = begun(&room).await;
    let (code, until) = room.desk.keep_draft(&room.anyone(), &token).await.unwrap();
    assert_eq!(room.desk.resume_draft(&code, room.now).await.unwrap().as_ref(), Some(&token));
    let kept = room.store.draft(&token_hash(&token)).await.unwrap().unwrap();
    assert!(!format!("{:?}", kept.fields.reveal()).contains(&code.one_piece()), "the code stands nowhere");
    // Saving on keeps it; another code ends the first.
    let more = BTreeMap::from([("reason".to_owned(), vec!["proof-of-status".to_owned()])]);
    room.desk.save_draft(&room.anyone(), &token, &Lang::en(), &more).await.unwrap();
    assert!(room.desk.resume_draft(&code, room.now).await.unwrap().is_some());
    let (second, _) = room.desk.keep_draft(&room.anyone(), &token).await.unwrap();
    assert_eq!(room.desk.resume_draft(&code, room.now).await.unwrap(), None);
    assert!(room.desk.resume_draft(&second, room.now).await.unwrap().is_some());
    // It is kept no longer for being saved: the code is of its day.
    room.pass(60 * 24 * 6);
    room.desk.save_draft(&room.anyone(), &token, &Lang::en(), &more).await.unwrap();
    assert_eq!(room.desk.resume_draft(&second, until).await.unwrap(), None);
    assert!(room.desk.draft(&token, until).await.unwrap().is_some());
}

#[tokio::test]
async fn nobody_guesses_one_and_it_goes_when_the_request_is_sent() {
    let room = Room::at(MONDAY).await;
    let nothing = room.desk.keep_draft(&room.anyone(), &room.desk.dice().token()).await;
    assert!(matches!(nothing, Err(DeskError::NotFound)));
    let token = begun(&room).await;
    let (code, _) = room.desk.keep_draft(&room.anyone(), &token).await.unwrap();
    for guess in 0..100_u64 {
        let guessed = ResumeCode::from_chance([guess, guess * 7 + 1]);
        assert_eq!(room.desk.resume_draft(&guessed, room.now).await.unwrap(), None);
    }
    let mut ask = request("Ana", "proof-of-status", "90012", Lang::en());
    ask.draft_token = Some(token.clone());
    room.desk.request_meeting(&room.anyone(), &ask).await.unwrap();
    assert_eq!(room.desk.resume_draft(&code, room.now).await.unwrap(), None);
    let hash = token_hash(&format!("resume {}", code.one_piece()));
    assert_eq!(room.store.draft(&hash).await.unwrap(), None, "nothing is left of it");
}
