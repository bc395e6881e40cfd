//! `anteroom records due`: what the schedule would erase by a day, counted by class. It only reads, also while a server runs on the
//! store, and says nothing of anybody.

use crate::{args::Installation, clock::SystemClock, config, data, fault::Faults, packs, say};
use desk::{Clock, due_by, keeps_recording};
use domain::{
    recording::Tape,
    retention::{RecordClass, Retention},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use pack::Pack;
use std::{collections::BTreeMap, fs, io, path::Path};
use store::{Revisions, Store, columns::LONGEST_PAGE};

/// Lists what is due by the end of a day of the agency; without one, what is due now.
pub async fn due(which: &Installation, by: Option<Date>) -> Result<(), Faults> {
    let (pack, at, recordings) = if let Some(file) = &which.config {
        let config = config::read(file, std::env::vars())?;
        let folder =
            config.phone.as_ref().map(|phone| data::recordings(&config.data, phone.recordings.clone()));
        (packs::from_folder(&config.pack)?.0, config.store.at, folder)
    } else if let Some(dir) = &which.data {
        (packs::uscis()?, data::store(dir), None)
    } else {
        return Err(Installation::nameless());
    };
    let store = at.look().await?;
    let counted = counted(store.as_ref(), &pack, recordings.as_deref(), by).await;
    store.close().await;
    counted?.into_iter().for_each(say::line);
    Ok(())
}

async fn counted(
    store: &dyn Store,
    pack: &Pack,
    recordings: Option<&Path>,
    by: Option<Date>,
) -> Result<Vec<String>, Faults> {
    let now = SystemClock.now();
    let zone = &pack.line().calendar.zone;
    let end = by.and_then(|day| zone.day_start(day.saturating_add(1.day())));
    let at = end.map_or(now, |end| end.max(now));
    // What lies over the pack's folder counts, as for the running server.
    let tables = store.imported().await?;
    let revisions = store.revisions(Revisions::Standing, LONGEST_PAGE).await?;
    let over = pack.with_kept(&tables, &revisions, zone.date(now));
    let (over, _) = over.map_err(|faults| Faults(faults.iter().map(ToString::to_string).collect()))?;
    let retention = over.retention();
    let mut counts = due_by(store, retention, at).await?;
    if let Some(folder) = recordings {
        counts.insert(RecordClass::Recordings, old_recordings(store, retention, folder, at).await?);
    }
    let until = by.map_or_else(|| "now".to_owned(), |day| format!("by {day}"));
    Ok(lines(retention, &counts, &until))
}

/// How many recordings are in the folder that would be deleted by then.
async fn old_recordings(
    store: &dyn Store,
    retention: &Retention,
    folder: &Path,
    at: Timestamp,
) -> Result<u64, Faults> {
    let files = match fs::read_dir(folder) {
        Ok(files) => files,
        // It is made with the first recording.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(Faults::at(folder, error)),
    };
    let mut old = 0;
    for file in files {
        let name = file?.file_name();
        let Some((call, nth)) = name.to_str().and_then(Tape::named) else { continue };
        old += u64::from(!keeps_recording(store, retention, call, nth, at).await?);
    }
    Ok(old)
}

/// A line for each class: how many are due, and how long the class is kept by which rule.
fn lines(retention: &Retention, counts: &BTreeMap<RecordClass, u64>, until: &str) -> Vec<String> {
    let line = |class: RecordClass| {
        let n = counts.get(&class).copied().unwrap_or(0);
        let kept = match (retention.of(class), retention.days(class)) {
            (Some(kept), _) => format!("kept {} days, {}", kept.days, kept.rule),
            (None, Some(days)) => format!("kept {days} days"),
            (None, None) => "kept for good".to_owned(),
        };
        format!("{} {n} due {until} ({kept})", class.as_str())
    };
    RecordClass::ALL.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::retention::Kept;

    #[test]
    fn each_class_has_a_line_with_its_count_and_rule() {
        let kept = Kept { rule: "Schedule 4".into(), days: 400 };
        let retention = Retention::new([(RecordClass::Inquiries, kept)]);
        let lines = lines(&retention, &BTreeMap::from([(RecordClass::Inquiries, 3)]), "by 2027-01-31");
        assert_eq!(lines.len(), RecordClass::ALL.len());
        assert_eq!(lines[0], "inquiries 3 due by 2027-01-31 (kept 400 days, Schedule 4)");
        assert!(lines[5].starts_with("drafts 0 due by 2027-01-31 (kept "), "{lines:?}");
        let none = self::lines(&Retention::default(), &BTreeMap::new(), "now");
        assert_eq!(none[0], "inquiries 0 due now (kept for good)");
    }
}
