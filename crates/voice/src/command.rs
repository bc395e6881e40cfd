//! An engine that is a program: text on its standard input, a WAV file on its standard output.

use crate::engine::{Engine, EngineError, Raw, Request};
use async_trait::async_trait;
use rustix::process::{Pid, Signal, kill_process_group};
use std::{collections::BTreeMap, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, Command as Process},
    sync::Semaphore,
};

/// What an operator says about the program.
#[derive(Debug, Clone)]
pub struct CommandConfig {
    /// Its name in figures and logs.
    pub name: String,
    /// The program and its arguments for each language, by tag. There is no shell. In an argument, `{percent}` stands for
    /// the speed in percent and `{lang}` for the language.
    pub argv: BTreeMap<String, Vec<String>>,
    /// How long it may run.
    pub whole: Duration,
    /// The largest output, in bytes.
    pub most: usize,
    /// How many run at once at most. At least 1.
    pub at_once: usize,
}

impl CommandConfig {
    /// No program yet, 5 seconds, 16 MB, two at once.
    pub fn new() -> Self {
        Self {
            name: "command".to_owned(),
            argv: BTreeMap::new(),
            whole: Duration::from_secs(5),
            most: 16 * 1024 * 1024,
            at_once: 2,
        }
    }

    /// The same with this program for this language.
    #[must_use]
    pub fn argv<T: Into<String>>(
        mut self,
        lang: impl Into<String>,
        argv: impl IntoIterator<Item = T>,
    ) -> Self {
        self.argv.insert(lang.into(), argv.into_iter().map(Into::into).collect());
        self
    }
}

impl Default for CommandConfig {
    fn default() -> Self {
        Self::new()
    }
}

/// What is wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandFault {
    /// No program for any language.
    #[error("argv: at least one language")]
    Languages,
    /// A language without a program.
    #[error("argv for {0}: the program and its arguments")]
    Empty(String),
}

/// The engine.
#[derive(Debug)]
pub struct Command {
    config: CommandConfig,
    turns: Semaphore,
}

impl Command {
    /// The engine. Nothing is started before the first words.
    ///
    /// # Errors
    /// See [`CommandFault`].
    pub fn new(config: CommandConfig) -> Result<Self, CommandFault> {
        if config.argv.is_empty() {
            return Err(CommandFault::Languages);
        }
        if let Some((lang, _)) = config.argv.iter().find(|(_, argv)| argv.is_empty()) {
            return Err(CommandFault::Empty(lang.clone()));
        }
        Ok(Self { turns: Semaphore::new(config.at_once.max(1)), config })
    }

    fn argv(&self, lang: &str) -> Option<&Vec<String>> {
        crate::lang::choose(lang, |lang| self.config.argv.get(lang))
    }
}

/// A running program. Dropping it before it has ended by itself ends it with everything that it started.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It was made the head of its own group, and has not been waited for while it has a number.
        let group = self.0.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        if let Some(group) = group {
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

async fn run(argv: &[String], words: &str, most: usize) -> Result<Vec<u8>, EngineError> {
    let (program, arguments) = argv.split_first().ok_or(EngineError::Refused)?;
    let child = Process::new(program)
        .args(arguments)
        // Secrets of this process are none of the program's business.
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| EngineError::Unreachable(error.kind().to_string()))?;
    let mut running = Running(child);
    let pipes = (running.0.stdin.take(), running.0.stdout.take());
    let (Some(mut input), Some(output)) = pipes else {
        return Err(EngineError::Ended("without pipes".to_owned()));
    };
    let feed = async move {
        // A program may end, or have read enough, before the end of the text: its output and status tell.
        let _ = input.write_all(words.as_bytes()).await;
        drop(input);
    };
    let collect = async {
        let mut content = Vec::new();
        let read = output.take(most as u64 + 1).read_to_end(&mut content).await;
        read.map_err(|error| EngineError::Ended(error.kind().to_string()))?;
        if content.len() > most { Err(EngineError::TooLarge(most)) } else { Ok(content) }
    };
    // Not one after the other: a program that writes while it reads would stand still. Not until both are done either: one
    // that never reads but has written too much is ended.
    tokio::pin!(feed);
    tokio::pin!(collect);
    let content = tokio::select! {
        () = &mut feed => collect.await?,
        content = &mut collect => content?,
    };
    let status = running.0.wait().await.map_err(|error| EngineError::Ended(error.kind().to_string()))?;
    if status.success() { Ok(content) } else { Err(EngineError::Ended(status.to_string())) }
}

#[async_trait]
impl Engine for Command {
    fn name(&self) -> &str {
        &self.config.name
    }

    fn identity(&self, lang: &str) -> String {
        format!("command {:?}", self.argv(lang))
    }

    fn speaks(&self, lang: &str) -> bool {
        self.argv(lang).is_some()
    }

    fn paces(&self, lang: &str) -> bool {
        self.argv(lang).is_some_and(|argv| argv.iter().any(|argument| argument.contains("{percent}")))
    }

    async fn speak(&self, request: &Request<'_>) -> Result<Raw, EngineError> {
        let argv = self.argv(request.lang).ok_or(EngineError::Refused)?;
        let percent = request.percent.to_string();
        let filled = |text: &String| text.replace("{percent}", &percent).replace("{lang}", request.lang);
        let argv: Vec<String> = argv.iter().map(filled).collect();
        let whole = self.config.whole;
        let turn = tokio::time::timeout(whole, self.turns.acquire()).await;
        let _turn = turn.ok().and_then(Result::ok).ok_or(EngineError::Busy)?;
        let content = tokio::time::timeout(whole, run(&argv, request.words, self.config.most)).await;
        Ok(Raw::Wav(content.unwrap_or(Err(EngineError::TooSlow(whole)))?))
    }
}
