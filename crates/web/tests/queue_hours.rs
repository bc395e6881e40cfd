//! A queue with hours of its own: the start page says them to whom they concern, and the wallboard to whoever runs the line.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::staff_room::{Room, faults::faults, reading::whole};

/// Spanish from nine to five; the line from eight to eight. It is six in the evening on a Monday there.
async fn evening() -> Room {
    let mut files = Room::files();
    let line = String::from_utf8(files.bytes("line.toml").unwrap().to_vec()).unwrap();
    let own = "[[line.queues]]\nqueue = \"operators\"\nlang = \"es\"\n\
        hours = [{ from = \"2024-01-01\", week = { weekdays = [\"09:00-17:00\"] } }]\n\n[callbacks]";
    files.insert("line.toml", line.replacen("[callbacks]", own, 1));
    Room::of("2026-11-23T23:00:00Z", None, &files).await
}

#[tokio::test]
async fn the_start_page_says_the_hours_of_its_language() {
    let room = evening().await;
    let english = room.nobody("en").open("/en").await.body;
    whole(&english, "en");
    assert!(english.contains("The line is open now") && english.contains("In another one they may differ."));
    let spanish = room.nobody("es").open("/es").await.body;
    whole(&spanish, "es");
    assert!(spanish.contains("La línea está cerrada a esta hora."), "{spanish}");
    assert!(spanish.contains("Abre otra vez") && spanish.contains("En otro puede ser distinto."));
}

#[tokio::test]
async fn the_wallboard_says_which_queue_is_closed_by_its_hours() {
    let room = evening().await;
    for (lang, says) in [("en", "Closed by its hours:"), ("es", "Cerrada por su horario:")] {
        let page = room.browser("supervisor", lang).await.get("/wallboard").await.body;
        assert_eq!(faults(&page, lang), Vec::<String>::new());
        assert!(page.contains(says), "{page}");
        // At noon everybody is answered.
        let noon = Room::at("2026-11-23T17:00:00Z").await;
        let page = noon.browser("supervisor", lang).await.get("/wallboard").await.body;
        assert!(!page.contains(says));
    }
}
