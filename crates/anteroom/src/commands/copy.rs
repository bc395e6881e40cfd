//! `anteroom store copy`: moves an agency into another store, whatever its engine.

use crate::{address::Address, args::StoreCopy, fault::Faults, say};
use store::{Store, moving};

/// After how many rows of a part it is said how far it has come.
const TELL_EVERY: u64 = 50_000;

/// Moves everything, proves it and says what was moved.
pub async fn run(args: &StoreCopy) -> Result<(), Faults> {
    let read = |what, url: &str| Address::parse(url).map_err(|says| Faults::one(format!("{what}: {says}")));
    let (from, into) = (read("FROM", &args.from)?, read("TO", &args.into)?);
    if from == into {
        return Err(Faults::one("FROM and TO are the same store"));
    }
    let mut source = from.source().await?;
    let moved = match into.target().await {
        Ok(target) => moving::all(&mut *source, target, tell).await.map_err(|error| {
            let says = format!("{from} was not copied to {into}, which is as empty as before");
            Faults::one(format!("{says}: {}", crate::fault::chain(&error)))
        }),
        Err(faults) => Err(faults),
    };
    source.close().await;
    let end = moved?;
    say::line(format!("journal whole up to entry {}, last hash {}", end.seq.0, end.hash));
    let store = into.look().await?;
    let checked = check(&*store).await;
    store.close().await;
    checked.map_err(|Faults(says)| {
        let mut all = vec![format!(
            "all of it was copied to {into}, to the letter; but this does not hold there, as it does not at {from}:"
        )];
        all.extend(says);
        Faults(all)
    })?;
    say::line(format!("{into} holds all of {from}; what must always hold does"));
    Ok(())
}

fn tell(moved: moving::Moved) {
    let (name, rows) = (moved.part.name(), moved.rows);
    if moved.whole {
        say::line(format!("{name}: {rows} rows"));
    } else if rows % TELL_EVERY == 0 {
        say::line(format!("{name}: {rows} rows so far"));
    }
}

async fn check(store: &dyn Store) -> Result<(), Faults> {
    let broken = store.check().await?;
    if broken.is_empty() { Ok(()) } else { Err(Faults(broken.iter().map(ToString::to_string).collect())) }
}

#[cfg(test)]
mod tests;
