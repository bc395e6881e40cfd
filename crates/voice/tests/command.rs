//! The engine that is a program: one that speaks, and ones that fail.

use std::{path::Path, sync::Arc, time::Duration};
use voice::{Command, CommandConfig, CommandFault, Engine, EngineError, Raw, Request, Said, Settings, Voice};

fn config(argv: &[&str]) -> CommandConfig {
    let mut config = CommandConfig::new().argv("en", argv.iter().copied());
    config.whole = Duration::from_secs(20);
    config
}

async fn output(config: CommandConfig, words: &str) -> Result<Vec<u8>, EngineError> {
    let engine = Command::new(config).expect("an engine");
    match engine.speak(&Request { words, lang: "en-US", percent: 80 }).await? {
        Raw::Wav(bytes) => Ok(bytes),
        other @ Raw::Samples { .. } => panic!("{other:?}"),
    }
}

fn text(output: Result<Vec<u8>, EngineError>) -> String {
    String::from_utf8(output.expect("an output")).expect("a text")
}

#[tokio::test]
async fn espeak_speaks_both_languages() {
    let places = ["/usr/local/bin", "/usr/bin", "/bin"];
    if !places.iter().any(|place| Path::new(place).join("espeak-ng").exists()) {
        eprintln!("espeak-ng is not installed: not tried");
        return;
    }
    let mut config = config(&["espeak-ng", "--stdout", "-v", "en-us"]);
    config = config.argv("es", ["espeak-ng", "--stdout", "-v", "es-419"]);
    let engine = Arc::new(Command::new(config).expect("an engine"));
    let voice = Voice::open(Settings::new(vec![engine])).expect("a voice");
    for (lang, words) in [("en", "Please hold the line."), ("es", "Por favor, no cuelgue. Año nuevo.")] {
        let usual = voice.clip(&Said::shared(lang, words)).await.expect("spoken").samples.len();
        assert!((6_000..40_000).contains(&usual), "{lang}: {usual}");
        // It is not told the speed, so its sound is stretched.
        let slow = voice.clip(&Said::shared(lang, words).at(80)).await.expect("spoken").samples.len();
        assert_eq!(slow, usual * 100 / 80);
    }
    assert_eq!(voice.figures().engines[0].failures, 0);
}

#[tokio::test]
async fn words_go_in_and_output_comes_out_without_a_shell() {
    assert_eq!(text(output(config(&["cat"]), "Hello; rm -rf $HOME").await), "Hello; rm -rf $HOME");
    assert_eq!(
        text(output(config(&["echo", "{percent}", "{lang}", "$HOME; ls"]), "x").await),
        "80 en-US $HOME; ls\n"
    );
    // It reads nothing of what it is given, which is more than a pipe holds.
    assert_eq!(text(output(config(&["echo", "done"]), &"long ".repeat(100_000)).await), "done\n");
    // It writes while it reads, more than a pipe holds.
    let long = "long ".repeat(200_000);
    assert_eq!(output(config(&["cat"]), &long).await.expect("an output").len(), long.len());
}

#[tokio::test]
async fn the_environment_is_not_handed_on() {
    assert!(std::env::var("CARGO_MANIFEST_DIR").is_ok(), "there is something to hide");
    let mut told: Vec<String> =
        text(output(config(&["env"]), "x").await).lines().map(str::to_owned).collect();
    told.sort();
    assert_eq!(told, ["LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin"]);
}

#[tokio::test]
async fn each_misbehaviour_is_a_failure_with_its_name() {
    let failed = async |argv: &[&str]| output(config(argv), "x").await.expect_err("no");
    assert_eq!(failed(&["false"]).await, EngineError::Ended("exit status: 1".to_owned()));
    assert_eq!(
        failed(&["sh", "-c", "kill -9 $$"]).await,
        EngineError::Ended("signal: 9 (SIGKILL)".to_owned())
    );
    assert!(matches!(failed(&["/nowhere/speak"]).await, EngineError::Unreachable(_)));
    assert_eq!(failed(&["cat", "/dev/zero"]).await, EngineError::TooLarge(16 * 1024 * 1024));
    let mut slow = config(&["sleep", "60"]);
    slow.whole = Duration::from_millis(300);
    assert_eq!(output(slow, "x").await, Err(EngineError::TooSlow(Duration::from_millis(300))));
}

#[tokio::test]
async fn what_a_slow_program_started_ends_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = folder.path().join("pid");
    let script = format!("sleep 60 & echo $! > {}; wait", told.display());
    let mut slow = config(&["sh", "-c", &script]);
    slow.whole = Duration::from_secs(2);
    assert!(matches!(output(slow, "x").await, Err(EngineError::TooSlow(_))));
    let pid = std::fs::read_to_string(&told).expect("it had started");
    let status = format!("/proc/{}/stat", pid.trim());
    for _ in 0..200 {
        // A process that has ended but that nobody has waited for yet is a `Z`.
        if std::fs::read_to_string(&status).map_or(true, |status| status.contains(") Z ")) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it is still there");
}

#[test]
fn a_configuration_that_cannot_be_is_refused() {
    assert_eq!(Command::new(CommandConfig::new()).err(), Some(CommandFault::Languages));
    assert_eq!(Command::new(config(&[])).err(), Some(CommandFault::Empty("en".to_owned())));
}
