//! `anteroom migrate`: brings a store's schema up to date, and does nothing else.

use crate::{args::Installation, data, fault::Faults, say};

/// Brings the named installation's store up to date, and says from where to where.
pub async fn run(which: &Installation) -> Result<(), Faults> {
    let place = which.read()?;
    data::folder(&place.data)?;
    let done = place.store.at.migrate().await?;
    let at = &place.store.at;
    say::line(match (done.from, done.to) {
        (0, to) => format!("{at}: made, with schema {to}"),
        (from, to) if from == to => format!("{at}: schema {to} already; nothing to do"),
        (from, to) => format!("{at}: brought from schema {from} to {to}"),
    });
    Ok(())
}
