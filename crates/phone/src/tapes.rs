//! The folder of recordings: what is no longer to be kept is deleted.

use desk::{Caller, Clock, Desk, DeskError, Who};
use domain::{
    change::IdempotencyKey,
    recording::{RecordingDid, Tape},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};
use tokio::sync::watch;

/// How often it is looked through.
const EACH: Duration = Duration::from_mins(10);
/// A file that was written so lately may be of a call whose record is still to be written.
const FRESH: Duration = Duration::from_mins(10);

/// Looks through the folder until told to stop.
pub async fn tidy(
    folder: PathBuf,
    desk: watch::Receiver<Desk>,
    clock: Arc<dyn Clock>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let now = desk.borrow().clone();
        if let Err(error) = look_through(&folder, &now, clock.as_ref(), FRESH).await {
            tracing::warn!(%error, "the recordings cannot be looked through");
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = tokio::time::sleep(EACH) => {}
        }
    }
}

/// Why the folder was not looked through to its end.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Folder(#[from] std::io::Error),
}

/// Deletes every recording that is not to be kept; says how many those were.
async fn look_through(
    folder: &Path,
    desk: &Desk,
    clock: &dyn Clock,
    fresh: Duration,
) -> Result<usize, Fault> {
    let (mut files, mut deleted) = (tokio::fs::read_dir(folder).await?, 0);
    while let Some(file) = files.next_entry().await? {
        let Some((call, nth)) = file.file_name().to_str().and_then(Tape::named) else { continue };
        let written = file.metadata().await?.modified()?;
        if age(written) < fresh || desk.keeps_recording(call, nth, clock.now()).await? {
            continue;
        }
        let record = desk.store().call_record(call).await.map_err(DeskError::from)?;
        let tape = Tape { call, nth, inquiry: record.and_then(|record| record.inquiry) };
        tokio::fs::remove_file(file.path()).await?;
        deleted += 1;
        let key = IdempotencyKey::of("recording-deleted", Tape::file(call, nth));
        let caller = Caller::new(Who::System("retention"), key, clock.now());
        desk.note_recording(&caller, &tape, RecordingDid::Deleted).await?;
    }
    Ok(deleted)
}

/// How long ago by the clock that files are dated by.
#[expect(
    clippy::disallowed_methods,
    reason = "files are dated by the system's clock, whatever the desk's says"
)]
fn age(written: SystemTime) -> Duration {
    SystemTime::now().duration_since(written).unwrap_or_default()
}
