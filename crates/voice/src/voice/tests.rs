//! Who is asked, in which order, and what is remembered.

use super::*;
use crate::engine::{Raw, Request};
use async_trait::async_trait;
use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
};
use tokio::sync::Notify;

/// An engine whose sound is a tone as long as the words, and which fails when it is told to.
#[derive(Default)]
struct Tone {
    name: &'static str,
    model: &'static str,
    fails: AtomicBool,
    silent: AtomicBool,
    panics: AtomicBool,
    asked: AtomicU32,
    percent: AtomicU32,
    one_speed: bool,
    /// It waits for this before it speaks.
    gate: Option<Notify>,
}

impl Tone {
    fn new(name: &'static str) -> Arc<Self> {
        Arc::new(Self { name, ..Self::default() })
    }

    fn asked(&self) -> u32 {
        self.asked.load(Ordering::SeqCst)
    }

    fn fail(&self, fails: bool) {
        self.fails.store(fails, Ordering::SeqCst);
    }
}

#[async_trait]
impl Engine for Tone {
    fn name(&self) -> &str {
        self.name
    }

    fn identity(&self, _: &str) -> String {
        self.model.to_owned()
    }

    fn speaks(&self, lang: &str) -> bool {
        lang != "xx"
    }

    fn paces(&self, _: &str) -> bool {
        !self.one_speed
    }

    async fn speak(&self, request: &Request<'_>) -> Result<Raw, EngineError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        self.percent.store(request.percent.into(), Ordering::SeqCst);
        if let Some(gate) = &self.gate {
            gate.notified().await;
        }
        assert!(!self.panics.load(Ordering::SeqCst), "as it was told");
        if self.fails.load(Ordering::SeqCst) {
            return Err(EngineError::Status(500));
        }
        let loud = if self.silent.load(Ordering::SeqCst) { 0 } else { 10_000 };
        let count = request.words.len() * 800;
        let samples = (0..count).map(|at| if at / 10 % 2 == 0 { loud } else { -loud }).collect();
        Ok(Raw::Samples { rate: 16_000, samples })
    }
}

fn settings(engines: &[&Arc<Tone>], cache: Option<&Path>) -> Settings {
    let engines = engines.iter().map(|engine| Arc::clone(*engine) as Arc<dyn Engine>).collect();
    Settings { cache: cache.map(Path::to_owned), ..Settings::new(engines) }
}

fn voice(engines: &[&Arc<Tone>], cache: Option<&Path>) -> Voice {
    Voice::open(settings(engines, cache)).expect("a voice")
}

fn hello() -> Said {
    Said::shared("en", "Hello there.")
}

/// Files are written behind the caller's back: this waits until there are so many.
async fn files(folder: &Path, count: usize) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for _ in 0..600 {
        files =
            fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        files.retain(|path: &PathBuf| path.extension().is_some_and(|ending| ending == "sound"));
        if files.len() == count {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(files.len(), count);
    files
}

#[tokio::test]
async fn what_is_in_memory_is_ready_at_once() {
    let tone = Tone::new("tone");
    let voice = voice(&[&tone], None);
    assert!(voice.ready(&hello()).is_none() && tone.asked() == 0, "nothing is made for it");
    let made = voice.clip(&hello()).await.expect("spoken");
    let ready = voice.ready(&hello()).expect("ready");
    assert!(Arc::ptr_eq(&made.samples, &ready.samples));
    assert!(voice.ready(&hello().at(80)).is_none(), "another speed");
    assert!(voice.ready(&Said { keep: Keep::Call, ..hello() }).is_none(), "a caller's own");
    assert!(voice.ready(&Said::shared("xx", "Hello there.")).is_none(), "nobody speaks that");
    assert_eq!((tone.asked(), voice.figures().hits_memory), (1, 1));
}

#[tokio::test]
async fn what_was_said_is_not_made_again() {
    let tone = Tone::new("tone");
    let voice = voice(&[&tone], None);
    let first = voice.clip(&hello()).await.expect("spoken");
    let again = voice.clip(&hello()).await.expect("spoken");
    assert!(Arc::ptr_eq(&first.samples, &again.samples));
    voice.clip(&hello().at(80)).await.expect("spoken");
    voice.clip(&Said::shared("es", "Hello there.")).await.expect("spoken");
    voice.clip(&Said { keep: Keep::Call, ..hello() }).await.expect("spoken");
    assert_eq!(tone.asked(), 4, "another speed, another language, and a caller's own are others");
    let figures = voice.figures();
    assert_eq!((figures.made, figures.hits_memory), (4, 1));
    assert!(
        figures.seconds_of_sound > Duration::from_secs(2) && figures.memory_bytes > 30_000,
        "{figures:?}"
    );
}

#[tokio::test]
async fn shared_sounds_outlive_a_restart_and_personal_ones_never_reach_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let tone = Tone::new("tone");
    let first = voice(&[&tone], Some(folder.path()));
    let sound = first.clip(&hello()).await.expect("spoken");
    first.clip(&Said::personal("en", "Your number is one two three.")).await.expect("spoken");
    files(folder.path(), 1).await;
    drop(first);
    let second = voice(&[&tone], Some(folder.path()));
    assert_eq!(second.clip(&hello()).await.expect("kept"), sound);
    assert_eq!((tone.asked(), second.figures().hits_disk), (2, 1));
    // Once read, it is in memory.
    second.clip(&hello()).await.expect("kept");
    assert_eq!((second.figures().hits_disk, second.figures().hits_memory), (1, 1));
    assert_eq!(files(folder.path(), 1).await.len(), 1);
    // Another model says it in another way.
    let other = Arc::new(Tone { name: "tone", model: "newer", ..Tone::default() });
    voice(&[&other], Some(folder.path())).clip(&hello()).await.expect("spoken");
    assert_eq!(other.asked(), 1);
}

#[tokio::test]
async fn a_corrupt_file_is_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let tone = Tone::new("tone");
    voice(&[&tone], Some(folder.path())).clip(&hello()).await.expect("spoken");
    let path = files(folder.path(), 1).await[0].clone();
    fs::write(&path, "corrupt").expect("written");
    let again = voice(&[&tone], Some(folder.path()));
    again.clip(&hello()).await.expect("spoken");
    assert_eq!((tone.asked(), again.figures().corrupt), (2, 1));
    files(folder.path(), 1).await;
}

#[tokio::test]
async fn the_same_words_asked_for_at_once_are_made_once_even_when_the_first_gives_up() {
    let tone = Arc::new(Tone { name: "tone", gate: Some(Notify::new()), ..Tone::default() });
    let voice = voice(&[&tone], None);
    let ask = || {
        let voice = voice.clone();
        tokio::spawn(async move { voice.clip(&hello()).await })
    };
    let first = ask();
    while tone.asked() == 0 {
        tokio::task::yield_now().await;
    }
    let others = [ask(), ask()];
    while voice.figures().joined < 2 {
        tokio::task::yield_now().await;
    }
    first.abort();
    tone.gate.as_ref().expect("a gate").notify_one();
    for other in others {
        other.await.expect("ended").expect("spoken");
    }
    assert_eq!((tone.asked(), voice.figures().made), (1, 1));
}

#[tokio::test]
async fn a_failing_engine_is_passed_over_and_left_alone_and_comes_back() {
    let (first, second) = (Tone::new("first"), Tone::new("second"));
    let mut settings = settings(&[&first, &second], None);
    settings.limits.breaker =
        BreakerSettings { failures: 2, rest: Duration::from_millis(300), rest_most: Duration::from_secs(1) };
    let voice = Voice::open(settings).expect("a voice");
    first.fail(true);
    for words in ["One.", "Two.", "Three.", "Four."] {
        voice.clip(&Said::shared("en", words)).await.expect("the second speaks");
    }
    assert_eq!((first.asked(), second.asked()), (2, 4));
    let figures = voice.figures();
    assert_eq!(
        (figures.engines[0].failures, figures.engines[0].skipped, figures.engines[0].resting),
        (2, 2, true)
    );
    assert_eq!(figures.engines[1].made, 4);
    // The better voice says it once it is back, although the other one's is kept.
    first.fail(false);
    tokio::time::sleep(Duration::from_millis(400)).await;
    voice.clip(&Said::shared("en", "One.")).await.expect("the first speaks");
    assert_eq!((first.asked(), second.asked(), voice.figures().engines[0].resting), (3, 4, false));
}

#[tokio::test]
async fn whoever_is_left_alone_is_asked_before_there_is_silence() {
    let only = Tone::new("only");
    let voice = voice(&[&only], None);
    only.fail(true);
    for words in ["One.", "Two.", "Three."] {
        let said = voice.clip(&Said::shared("en", words)).await;
        assert_eq!(said, Err(VoiceError::Failed(vec![("only".to_owned(), EngineError::Status(500))])));
    }
    assert!(voice.figures().engines[0].resting);
    only.fail(false);
    voice.clip(&Said::shared("en", "Four.")).await.expect("spoken");
    assert_eq!(voice.figures().silent, 3);
}

#[tokio::test]
async fn an_older_rendering_is_better_than_silence() {
    let folder = tempfile::tempdir().expect("a folder");
    let tone = Tone::new("tone");
    let before = voice(&[&tone], Some(folder.path()));
    let old = before.clip(&hello()).await.expect("spoken");
    files(folder.path(), 1).await;
    let newer = Arc::new(Tone { name: "tone", model: "newer", ..Tone::default() });
    newer.fail(true);
    let voice = voice(&[&newer], Some(folder.path()));
    assert_eq!(voice.clip(&hello().at(80)).await.expect("from disk"), old);
    assert!(voice.clip(&Said::shared("en", "Never said.")).await.is_err());
    assert!(
        voice.clip(&Said { keep: Keep::Call, ..hello() }).await.is_err(),
        "a caller's own is not looked for"
    );
    assert_eq!((voice.figures().older, voice.figures().silent), (1, 2));
}

#[tokio::test]
async fn a_silent_or_broken_engine_is_one_that_failed() {
    let (first, second) = (Tone::new("first"), Tone::new("second"));
    let voice = voice(&[&first, &second], None);
    first.silent.store(true, Ordering::SeqCst);
    voice.clip(&Said::shared("en", "One.")).await.expect("the second speaks");
    assert_eq!(voice.figures().engines[0].failures, 1);
    first.panics.store(true, Ordering::SeqCst);
    assert!(voice.clip(&Said::shared("en", "Two.")).await.is_err());
    first.panics.store(false, Ordering::SeqCst);
    voice.clip(&Said::shared("en", "Two.")).await.expect("and is asked again");
}

#[tokio::test]
async fn a_slow_engine_holds_up_nobody_else() {
    let slow = Arc::new(Tone { name: "slow", gate: Some(Notify::new()), ..Tone::default() });
    let second = Tone::new("second");
    let mut settings = settings(&[&slow, &second], None);
    (settings.limits.at_once, settings.limits.turn) = (1, Duration::from_millis(50));
    let voice = Voice::open(settings).expect("a voice");
    let waiting = tokio::spawn({
        let voice = voice.clone();
        async move { voice.clip(&Said::shared("en", "One.")).await }
    });
    while slow.asked() == 0 {
        tokio::task::yield_now().await;
    }
    for words in ["Two.", "Three.", "Four.", "Five."] {
        voice.clip(&Said::shared("en", words)).await.expect("the second speaks");
    }
    assert_eq!((slow.asked(), second.asked(), voice.figures().engines[0].resting), (1, 4, false));
    slow.gate.as_ref().expect("a gate").notify_one();
    waiting.await.expect("ended").expect("the first speaks");
}

#[tokio::test]
async fn a_busy_engine_is_waited_for_before_there_is_silence() {
    let only = Arc::new(Tone { name: "only", gate: Some(Notify::new()), ..Tone::default() });
    let mut settings = settings(&[&only], None);
    (settings.limits.at_once, settings.limits.turn) = (1, Duration::from_millis(10));
    let voice = Voice::open(settings).expect("a voice");
    let ask = |words: &'static str| {
        let voice = voice.clone();
        tokio::spawn(async move { voice.clip(&Said::shared("en", words)).await })
    };
    let first = ask("One.");
    while only.asked() == 0 {
        tokio::task::yield_now().await;
    }
    let second = ask("Two.");
    while voice.figures().engines[0].failures == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    only.gate.as_ref().expect("a gate").notify_one();
    first.await.expect("ended").expect("spoken");
    while only.asked() < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    only.gate.as_ref().expect("a gate").notify_one();
    second.await.expect("ended").expect("spoken");
}

#[tokio::test]
async fn an_engine_of_one_speed_is_stretched() {
    let fixed = Arc::new(Tone { name: "fixed", one_speed: true, ..Tone::default() });
    let voice = voice(&[&fixed], None);
    let usual = voice.clip(&hello()).await.expect("spoken").samples.len();
    let slow = voice.clip(&hello().at(65)).await.expect("spoken").samples.len();
    assert_eq!(fixed.percent.load(Ordering::SeqCst), 100);
    assert!(slow > usual * 3 / 2, "{usual} {slow}");
    assert_eq!(voice.clip(&hello().at(20)).await.expect("as 65").samples.len(), slow);
}

#[tokio::test]
async fn a_recording_goes_before_every_engine() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("en")).expect("made");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 8_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(folder.path().join("en/greeting.wav"), spec).expect("a file");
    for at in 0..8_000 {
        writer.write_sample(if at / 10 % 2 == 0 { 5_000_i16 } else { -5_000 }).expect("written");
    }
    writer.finalize().expect("written");
    let tone = Tone::new("tone");
    let (recordings, faults) = Recordings::load([folder.path()]);
    assert!(faults.is_empty());
    let voice = Voice::open(Settings { recordings, ..settings(&[&tone], None) }).expect("a voice");
    let said = hello().prompt("greeting");
    let usual = voice.ready(&said).expect("ready").samples.len();
    assert!(voice.ready(&said.clone().at(80)).is_none(), "it is made slower first");
    let slow = voice.clip(&said.clone().at(80)).await.expect("played").samples.len();
    assert_eq!((slow, tone.asked()), (usual * 100 / 80, 0));
    assert_eq!(voice.ready(&said.clone().at(80)).expect("ready").samples.len(), slow);
    voice.clip(&hello().prompt("other")).await.expect("spoken");
    assert_eq!((voice.figures().recordings, tone.asked()), (3, 1));
}

#[tokio::test]
async fn prompts_are_made_before_they_are_asked_for() {
    let tone = Tone::new("tone");
    let voice = voice(&[&tone], None);
    let prompts = ["One.", "Two.", "Three.", "Four.", "Five.", "One."].map(|words| Said::shared("en", words));
    let all = prompts.iter().cloned().chain([Said::shared("xx", "None."), Said::shared("en", "")]);
    assert_eq!(voice.warm(all).await, Warmed { ready: 6, failed: 2 });
    assert_eq!(tone.asked(), 5);
    voice.clip(&prompts[3]).await.expect("kept");
    assert_eq!(tone.asked(), 5);
}

#[tokio::test]
async fn what_cannot_be_said_is_refused() {
    let tone = Arc::new(Tone { name: "tone", gate: Some(Notify::new()), ..Tone::default() });
    let mut settings = settings(&[&tone], None);
    settings.limits.waiting = 2;
    let voice = Voice::open(settings).expect("a voice");
    for words in [String::new(), " … ".to_owned(), "a".repeat(2_001)] {
        let bytes = words.len();
        assert_eq!(
            voice.clip(&Said::shared("en", words)).await,
            Err(VoiceError::Words { bytes, most: 2_000 })
        );
    }
    assert_eq!(voice.clip(&Said::shared("xx", "One.")).await, Err(VoiceError::Language("xx".to_owned())));
    let ask = |words: &'static str| {
        let voice = voice.clone();
        tokio::spawn(async move { voice.clip(&Said::shared("en", words)).await })
    };
    let waiting = [ask("One."), ask("Two.")];
    while tone.asked() < 2 {
        tokio::task::yield_now().await;
    }
    assert_eq!(voice.clip(&Said::shared("en", "Three.")).await, Err(VoiceError::Busy));
    for asked in waiting {
        tone.gate.as_ref().expect("a gate").notify_one();
        tokio::task::yield_now().await;
        asked.abort();
    }
    let twice = [Tone::new("tone"), Tone::new("tone")];
    assert!(matches!(
        Voice::open(self::settings(&[&twice[0], &twice[1]], None)),
        Err(OpenError::Name(name)) if name == "tone"
    ));
}

#[test]
fn nothing_prints_words() {
    let said = Said::personal("en", "Maria Lopez");
    let request = Request { words: &said.words, lang: "en", percent: 100 };
    let printed = format!("{said:?} {request:?}");
    assert!(!printed.contains("Maria") && printed.contains("11 bytes"), "{printed}");
}
