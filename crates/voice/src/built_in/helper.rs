//! One helper process, as the parent holds it.

use super::{HelperSettings, frame};
use crate::engine::EngineError;
use std::process::Stdio;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// Dropping it kills the process.
#[derive(Debug)]
pub(super) struct Helper {
    child: Child,
    requests: ChildStdin,
    answers: ChildStdout,
}

impl Helper {
    pub(super) fn start(settings: &HelperSettings) -> Result<Self, EngineError> {
        let mut child = Command::new(&settings.program)
            .args(&settings.arguments)
            .env_clear()
            // The program's allocator sets a whole GiB aside when it starts, as writable, which alone is more than a
            // helper may have.
            .envs([("MIMALLOC_ARENA_EAGER_COMMIT", "0"), ("MIMALLOC_ARENA_RESERVE", "32MiB")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // What a C library prints may be what it was reading.
            .stderr(Stdio::null())
            // Ctrl+C ends the exchange in its own order; calls are still spoken to meanwhile.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| EngineError::Unreachable(error.kind().to_string()))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(requests), Some(answers)) => Ok(Self { child, requests, answers }),
            _ => Err(EngineError::Ended("without pipes".to_owned())),
        }
    }

    pub(super) fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// One request and its answer. After an error the helper is of no more use.
    pub(super) async fn exchange(&mut self, asked: &frame::Asked<'_>) -> Result<Vec<i16>, EngineError> {
        let answer = async {
            self.requests.write_all(&asked.write()).await?;
            let mut head = [0; 4];
            self.answers.read_exact(&mut head).await?;
            let Some(length) = frame::length(head, frame::ANSWER_MOST) else { return Ok(None) };
            let mut content = vec![0; length];
            self.answers.read_exact(&mut content).await?;
            Ok::<_, std::io::Error>(Some(content))
        }
        .await;
        match answer {
            Ok(Some(content)) => frame::read_answer(&content),
            Ok(None) => Err(EngineError::Garbled("a frame that is too long")),
            Err(error) => Err(EngineError::Ended(match self.child.try_wait() {
                Ok(Some(status)) => status.to_string(),
                _ => error.kind().to_string(),
            })),
        }
    }
}
