//! `anteroom line check` and `line try`: a call flow without a telephone.

mod agency;
mod terminal;

use crate::{args::TryLine, clock::SystemClock, fault::Faults, say};
use agency::Agency;
use desk::Clock;
use domain::text::Lang;
use line::{Accommodation, Given};
use locale::{Overrides, Words};
use pack::{CallFlow, Files, Warning};
use std::{io, path::Path};
use terminal::Terminal;

/// The one name of the file in a pack.
const FLOW: &str = "callflow.toml";

/// Checks a call flow, and plays its example calls.
pub fn check(file: &Path) -> Result<(), Faults> {
    let (callflow, mut warnings) = read(file)?;
    let (played, more) = play(&callflow)?;
    warnings.extend(more);
    for warning in &warnings {
        say::line(format!("look at {warning}"));
    }
    say::line(format!(
        "{} states, {}, {played} example calls; hash {}",
        callflow.flow.states().count(),
        callflow.flow.langs().iter().map(Lang::as_str).collect::<Vec<_>>().join(" and "),
        callflow.flow.hash()
    ));
    Ok(())
}

/// Plays the example calls of a call flow; how many there are, and what deserves a look.
pub fn play(callflow: &CallFlow) -> Result<(usize, Vec<Warning>), Faults> {
    let words = Words::load(&Overrides::none())?;
    callflow.play(&words).map_err(|faults| Faults(faults.iter().map(ToString::to_string).collect()))
}

/// Plays a call flow in the terminal.
pub async fn try_out(args: TryLine) -> Result<(), Faults> {
    let (callflow, _) = read(&args.file)?;
    let now = args.at.unwrap_or_else(|| SystemClock.now());
    let agency = Agency::open(&args, &callflow, now).await?;
    let given = Given {
        lang: args.lang,
        caller_known: true,
        accommodation: if args.relay { Accommodation::Relay } else { Accommodation::None },
    };
    let words = Words::load(&Overrides::none())?;
    let mut terminal = Terminal { words, agency, out: io::stdout().lock() };
    let played = terminal.play(callflow.flow, &given, now, io::stdin().lock()).await;
    terminal.agency.close().await;
    played
}

/// The call flow of a pack's folder, named by its file or by the folder itself.
fn read(file: &Path) -> Result<(CallFlow, Vec<Warning>), Faults> {
    let folder = if file.is_dir() {
        file
    } else if file.file_name().is_some_and(|name| name == FLOW) {
        // A bare `callflow.toml` lies in the folder one is in.
        file.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
    } else {
        return Err(Faults::at(file, format!("a call flow is the file {FLOW} of a pack's folder")));
    };
    CallFlow::load(&Files::read_dir(folder)?)
        .map_err(|faults| Faults(faults.iter().map(ToString::to_string).collect()))
}

#[cfg(test)]
mod tests;
