//! `anteroom import cases`, `staff`, `zips`, `offices` and `holidays`.

use crate::{
    args::{self, ImportFile},
    clock::SystemClock,
    config::{self, Stored},
    fault::Faults,
    say, staff_file, table_report,
    wiring::{Installation, at_the_terminal},
};
use cases::Format;
use desk::{
    Clock,
    acts::{Run, TableFile},
};
use domain::imported::Table;
use std::{fs::File, io::Read, path::Path};

/// Imports cases.
pub async fn cases(args: &ImportFile) -> Result<(), Faults> {
    let content = read(&args.file, cases::MAX_BYTES)?;
    let cases = cases::parse(&content, Format::of(Some(&args.file), &content))
        .map_err(|faults| in_file(&args.file, &faults.sentences()))?;
    let installation = open(args).await?;
    let caller = at_the_terminal(&installation.desk, "import-cases");
    let done = if args.dry_run {
        installation.desk.plan_cases(&caller, &cases).await
    } else {
        installation.desk.import_cases(&caller, cases).await
    };
    installation.store.close().await;
    let done = done?;
    say::line(format!("cases: {} rows; {} new, {} changed", done.count, done.new, done.changed));
    say::line(ending(args.dry_run, done.new + done.changed > 0));
    Ok(())
}

/// Imports staff.
pub async fn staff(args: &ImportFile) -> Result<(), Faults> {
    let content = read(&args.file, cases::MAX_BYTES)?;
    let rows = staff_file::read(&content).map_err(|faults| in_file(&args.file, &faults.0))?;
    let staff = if args.dry_run { staff_file::unhashed(rows) } else { staff_file::hashed(rows).await? };
    let installation = open(args).await?;
    let caller = at_the_terminal(&installation.desk, "import-staff");
    let done = match installation.desk.plan_staff(&caller, &staff).await {
        Ok(plan) if args.dry_run => Ok(plan),
        Ok(plan) => installation.desk.import_staff(&caller, staff).await.map(|_| plan),
        Err(error) => Err(error),
    };
    installation.store.close().await;
    let done = done.map_err(|error| match Faults::from(error) {
        Faults(says) => in_file(&args.file, &says),
    })?;
    say::line(format!("staff: {} rows; {} new, {} changed", done.count, done.new, done.changed));
    say::line(ending(args.dry_run, done.new + done.changed > 0));
    Ok(())
}

/// Imports a table over the agency pack. Tables that no longer fit the pack do not stand in the way: a better one is
/// how they are mended.
pub async fn table(table: Table, args: &ImportFile) -> Result<(), Faults> {
    let name = args.file.display().to_string();
    let file = TableFile { name, content: read(&args.file, pack::MAX_FILE_BYTES)? };
    let run = if args.dry_run { Run::Dry } else { Run::Write };
    let installation = untouched(args).await?;
    let desk = &installation.desk;
    let caller = at_the_terminal(desk, "import-table");
    let done = match table {
        Table::Zips => desk.import_zips(&caller, &file, run).await,
        Table::Offices => desk.import_offices(&caller, &file, run).await,
        Table::Holidays => desk.import_holidays(&caller, &file, run).await,
    };
    installation.store.close().await;
    table_report::lines(&done?).into_iter().for_each(say::line);
    Ok(())
}

fn ending(dry: bool, news: bool) -> &'static str {
    match (dry, news) {
        (true, _) => "dry run: nothing was written",
        (false, true) => "imported",
        (false, false) => "all of it was known; nothing to do",
    }
}

async fn open(args: &ImportFile) -> Result<Installation, Faults> {
    untouched(args).await?.with_tables(SystemClock.now()).await
}

/// The installation with the pack alone. A dry run makes no store where there is none.
async fn untouched(args: &ImportFile) -> Result<Installation, Faults> {
    if args.dry_run {
        let Stored { at, .. } = args.into.read()?.store;
        at.expect().map_err(|Faults(says)| {
            Faults(says.iter().map(|says| format!("{says}, and a dry run makes none")).collect())
        })?;
    }
    installation(&args.into).await
}

/// The installation that is named, with the pack alone.
pub async fn installation(named: &args::Installation) -> Result<Installation, Faults> {
    match (&named.config, &named.data) {
        (Some(file), _) => Installation::configured(&config::read(file, std::env::vars())?).await,
        (None, Some(dir)) => Installation::bare(dir).await,
        (None, None) => Err(args::Installation::nameless()),
    }
}

fn read(path: &Path, most: usize) -> Result<Vec<u8>, Faults> {
    // One byte more than is allowed, so that a larger file is told to be too large.
    let limit = u64::try_from(most).unwrap_or(u64::MAX) + 1;
    let mut content = Vec::new();
    let file = File::open(path).map_err(|error| Faults::at(path, error))?;
    file.take(limit).read_to_end(&mut content).map_err(|error| Faults::at(path, error))?;
    Ok(content)
}

/// Sentences about a file, those about a line with it: `FILE:LINE: …`, as editors and terminals understand it.
fn in_file(path: &Path, says: &[String]) -> Faults {
    let placed = |says: &String| match says.strip_prefix("line ").and_then(|rest| rest.split_once(": ")) {
        Some((line, says)) if line.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{}:{line}: {says}", path.display())
        }
        _ => format!("{}: {says}", path.display()),
    };
    Faults(says.iter().map(placed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_has_its_file_and_line() {
        let says = ["line 12: name: 1 to 100 characters", "the file names nobody", "line of thought: none"];
        let told = in_file(Path::new("staff.csv"), &says.map(str::to_owned));
        assert_eq!(
            told.0,
            [
                "staff.csv:12: name: 1 to 100 characters",
                "staff.csv: the file names nobody",
                "staff.csv: line of thought: none"
            ]
        );
    }
}
