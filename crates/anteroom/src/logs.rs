//! What the program logs: to standard error, as text for people or as one JSON object a line. Never personal data:
//! what is about a person is `Pii` and prints as `REDACTED`.

use crate::{config::LogFormat, fault::Faults};
use tracing_subscriber::{EnvFilter, fmt};

/// Starts logging.
pub fn start(level: &str, format: LogFormat) -> Result<(), Faults> {
    let filter = filter(level)?;
    let logs = fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Human => logs.with_target(false).try_init(),
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| Faults::one(format!("logging cannot be started: {error}")))
}

/// What a level lets through.
pub fn filter(level: &str) -> Result<EnvFilter, Faults> {
    EnvFilter::try_new(level).map_err(|_| {
        Faults::one("log.level: error, warn, info, debug or trace, or a list such as \"info,desk=debug\"")
    })
}
