//! What the program logs: to standard error, as text for people or as one JSON object a line. Never personal data:
//! what is about a person is `Pii` and prints as `REDACTED`.

use crate::{config::LogFormat, fault::Faults, traces::Traces};
use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer, fmt, fmt::MakeWriter, layer::SubscriberExt, registry::LookupSpan,
    util::SubscriberInitExt,
};

/// Starts logging, and sending traces if there is somewhere to send them.
pub fn start(level: &str, format: LogFormat, traces: &Traces) -> Result<(), Faults> {
    let logs = layer(level, format, std::io::stderr)?;
    let started = tracing_subscriber::registry().with(traces.layer()).with(logs).try_init();
    started.map_err(|error| Faults::one(format!("logging cannot be started: {error}")))
}

/// What writes logs of a level, in a form, to somewhere.
pub fn layer<S, W>(level: &str, format: LogFormat, to: W) -> Result<Box<dyn Layer<S> + Send + Sync>, Faults>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = filter(level)?;
    let logs = fmt::layer().with_writer(to);
    Ok(match format {
        LogFormat::Human => logs.with_target(false).with_filter(filter).boxed(),
        LogFormat::Json => logs.json().flatten_event(true).with_filter(filter).boxed(),
    })
}

/// What libraries would tell of requests, whatever level is asked for: addresses hold inquiries' numbers and links' tokens,
/// and HTTP/2's headers hold tokens too. The browser's leg tells of each packet and of the visitor's addresses.
const NEVER: [&str; 5] = ["tower_http::csrf=off", "h2=off", "str0m=warn", "is=warn", "dimpl=warn"];

/// What a level lets through.
pub fn filter(level: &str) -> Result<EnvFilter, Faults> {
    let wants =
        || Faults::one("log.level: error, warn, info, debug or trace, or a list such as \"info,desk=debug\"");
    let asked = EnvFilter::try_new(level).map_err(|_| wants())?;
    NEVER
        .iter()
        .try_fold(asked, |filter, never| Ok(filter.add_directive(never.parse().map_err(|_| wants())?)))
}
