//! The built-in engine in its helper process: it speaks, and calls outlive its faults.

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use std::{sync::Arc, time::Duration};
use voice::{BuiltIn, Engine, EngineError, HelperSettings, Raw, Request, Said, Settings, Voice};

const WORDS: [(&str, &str); 2] = [
    ("en", "Your case was received on December third. To hear this again, press star."),
    ("es-MX", "Su caso fue recibido el tres de diciembre. Para oírlo otra vez, oprima asterisco."),
];

fn settings() -> HelperSettings {
    let mut settings = HelperSettings::new(env!("CARGO_BIN_EXE_voice-helper"), [""; 0]);
    // A machine that builds at the same time is slow.
    settings.whole = Duration::from_secs(30);
    settings
}

fn request<'a>(lang: &'a str, words: &'a str) -> Request<'a> {
    Request { words, lang, percent: 100 }
}

fn pid(id: u32) -> Pid {
    Pid::from_raw(i32::try_from(id).expect("a number")).expect("a process")
}

async fn spoken(engine: &BuiltIn, lang: &str, words: &str) -> usize {
    match engine.speak(&request(lang, words)).await.expect("spoken") {
        Raw::Samples { rate: 16_000, samples } => samples.len(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn both_languages_are_heard_and_none_clips() {
    let voice = Voice::open(Settings::new(vec![Arc::new(BuiltIn::new(settings()))])).expect("a voice");
    for (lang, words) in WORDS {
        let mut before = 0;
        for percent in [100, 80, 65] {
            let sound = voice.clip(&Said::shared(lang, words).at(percent)).await.expect("spoken");
            let length = sound.samples.len();
            assert!(length > before * 11 / 10, "{lang} at {percent}: {before}, then {length}");
            assert!((24_000..100_000).contains(&length), "{lang} at {percent}: {length}");
            let loudest = sound.samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
            assert!((8_000..=26_300).contains(&loudest), "{lang} at {percent}: {loudest}");
            before = length;
        }
    }
    let figures = voice.figures();
    assert_eq!((figures.made, figures.engines[0].made, figures.engines[0].failures), (6, 6, 0));
    assert!(figures.seconds_of_sound > Duration::from_secs(18), "{figures:?}");
    assert!(matches!(
        voice.clip(&Said::shared("fr", "Bonjour.")).await,
        Err(voice::VoiceError::Language(lang)) if lang == "fr"
    ));
}

#[tokio::test]
async fn a_helper_that_was_killed_is_replaced_within_the_same_request() {
    let engine = BuiltIn::new(settings());
    let usual = spoken(&engine, "en", "One, two, three.").await;
    let first = engine.idle()[0];
    kill_process(pid(first), Signal::KILL).expect("killed");
    assert_eq!(spoken(&engine, "en", "One, two, three.").await, usual);
    assert_ne!(engine.idle(), [first]);
    assert_eq!(engine.started(), 2);
}

#[tokio::test]
async fn a_helper_killed_while_it_speaks_is_replaced_within_the_same_request() {
    let engine = Arc::new(BuiltIn::new(settings()));
    spoken(&engine, "en", "One.").await;
    let first = engine.idle()[0];
    // It stands still before it is asked, so that it is killed in the middle for certain.
    kill_process(pid(first), Signal::STOP).expect("stopped");
    let asked = Arc::clone(&engine);
    let speaking = tokio::spawn(async move { spoken(&asked, "en", "One, two, three.").await });
    while !engine.idle().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    kill_process(pid(first), Signal::KILL).expect("killed");
    assert!(speaking.await.expect("ended") > 8_000);
}

#[tokio::test]
async fn a_helper_that_hangs_is_killed_and_replaced() {
    let mut settings = settings();
    settings.whole = Duration::from_secs(3);
    let engine = BuiltIn::new(settings);
    let usual = spoken(&engine, "es", "Uno, dos, tres.").await;
    let first = engine.idle()[0];
    kill_process(pid(first), Signal::STOP).expect("stopped");
    assert_eq!(spoken(&engine, "es", "Uno, dos, tres.").await, usual);
    // It is gone: not even the number is left, or it is somebody else's.
    let mut gone = false;
    for _ in 0..200 {
        gone = test_kill_process(pid(first)).is_err();
        if gone {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(gone, "the hanging helper is still there");
}

#[tokio::test]
async fn one_that_ends_at_once_rests_longer_each_time() {
    let engine = BuiltIn::new(HelperSettings::new("/bin/false", [""; 0]));
    let mut rested = false;
    for _ in 0..6 {
        match engine.speak(&request("en", "One.")).await {
            Err(EngineError::Ended(_)) => {}
            Err(EngineError::Resting(_)) => rested = true,
            other => panic!("{other:?}"),
        }
    }
    assert!(rested);
    assert!(engine.started() < 12, "{}", engine.started());
    let none = BuiltIn::new(HelperSettings::new("/nowhere/voice", [""; 0]));
    let said = none.speak(&request("en", "One.")).await;
    assert!(matches!(said, Err(EngineError::Unreachable(_))), "{said:?}");
}

#[tokio::test]
async fn one_that_answers_nonsense_is_an_engine_that_failed() {
    // It gives back the request, which is no answer.
    let engine = BuiltIn::new(HelperSettings::new("/bin/cat", [""; 0]));
    let said = engine.speak(&request("en", "One.")).await;
    assert!(matches!(said, Err(EngineError::Garbled(_))), "{said:?}");
}

#[tokio::test]
async fn many_at_once_take_turns_with_few_helpers() {
    let engine = Arc::new(BuiltIn::new(settings()));
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let engine = Arc::clone(&engine);
        asked.spawn(async move { spoken(&engine, "en", "Please hold the line.").await });
    }
    let lengths = asked.join_all().await;
    assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]), "{lengths:?}");
    assert!(engine.started() <= 2);
    let ids = engine.idle();
    drop(engine);
    for id in ids {
        let mut tries = 0;
        while test_kill_process(pid(id)).is_ok() {
            tries += 1;
            assert!(tries < 200, "a helper outlived its parent's engine");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
