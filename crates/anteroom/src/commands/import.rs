//! `anteroom import cases` and `staff`.

use crate::{
    args::{ImportFile, Installation as Which},
    config,
    fault::Faults,
    say, staff_file,
    wiring::{Installation, at_the_terminal},
};
use cases::Format;
use std::{fs::File, io::Read, path::Path};

/// Imports cases.
pub async fn cases(args: &ImportFile) -> Result<(), Faults> {
    let content = read(&args.file)?;
    let cases = cases::parse(&content, Format::of(Some(&args.file), &content))
        .map_err(|faults| in_file(&args.file, &faults.sentences()))?;
    if args.dry_run {
        say::line(format!("{} cases could be imported", cases.len()));
        return Ok(());
    }
    let installation = open(&args.into).await?;
    let done =
        installation.desk.import_cases(&at_the_terminal(&installation.desk, "import-cases"), cases).await;
    installation.store.close().await;
    say::line(format!("{} cases imported", done?.count));
    Ok(())
}

/// Imports staff.
pub async fn staff(args: &ImportFile) -> Result<(), Faults> {
    let content = read(&args.file)?;
    let rows = staff_file::read(&content).map_err(|faults| in_file(&args.file, &faults.0))?;
    if args.dry_run {
        say::line(format!("{} members of staff could be imported", rows.len()));
        return Ok(());
    }
    let staff = staff_file::hashed(rows).await?;
    let installation = open(&args.into).await?;
    let done =
        installation.desk.import_staff(&at_the_terminal(&installation.desk, "import-staff"), staff).await;
    installation.store.close().await;
    say::line(format!("{} members of staff imported", done?));
    Ok(())
}

async fn open(which: &Which) -> Result<Installation, Faults> {
    match (&which.config, &which.data) {
        (Some(file), _) => Installation::configured(&config::read(file, std::env::vars())?).await,
        (None, Some(dir)) => Installation::bare(dir).await,
        (None, None) => Err(Faults::one("name an installation with --config or --data")),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Faults> {
    // One byte more than is allowed, so that a larger file is told to be too large.
    let limit = u64::try_from(cases::MAX_BYTES).unwrap_or(u64::MAX) + 1;
    let mut content = Vec::new();
    let file = File::open(path).map_err(|error| Faults::at(path, error))?;
    file.take(limit).read_to_end(&mut content).map_err(|error| Faults::at(path, error))?;
    Ok(content)
}

fn in_file(path: &Path, says: &[String]) -> Faults {
    Faults(says.iter().map(|says| format!("{}: {says}", path.display())).collect())
}
