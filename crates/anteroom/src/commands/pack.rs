//! `anteroom pack check`.

use crate::{clock::SystemClock, commands::line, fault::Faults, packs, say};
use desk::Clock;
use std::path::Path;

/// Checks a pack as a whole, whether it works from today on, and whether its example calls come out.
pub fn check(dir: &Path) -> Result<(), Faults> {
    let (pack, mut warnings) = packs::from_folder(dir)?;
    let today = pack.line().calendar.zone.date(SystemClock.now());
    let more =
        pack.check(today).map_err(|faults| Faults(faults.iter().map(ToString::to_string).collect()))?;
    warnings.extend(more);
    let mut calls = 0;
    if let Some(callflow) = pack.callflow() {
        let (played, more) = line::play(callflow)?;
        calls = played;
        warnings.extend(more);
    }
    for warning in &warnings {
        say::line(format!("look at {warning}"));
    }
    say::line(format!(
        "{}: {} offices, {} reasons, {} languages, {calls} example calls; hash {}",
        pack.agency().code,
        pack.offices().len(),
        pack.reasons().len(),
        pack.languages().len(),
        pack.hash()
    ));
    Ok(())
}
