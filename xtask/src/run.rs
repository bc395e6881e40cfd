//! Child processes that never outlive us.
//!
//! Each child leads a process group of its own. The group is ended when the child has ended (so that nothing a
//! test left behind lives on), when we panic, and when we are told to stop by SIGINT, SIGTERM or SIGHUP.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// The groups that are alive now.
static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// How long a group may take to end by itself after SIGTERM.
const GRACE: Duration = Duration::from_secs(5);

/// Ends every child when we are told to stop. Call once, first.
pub fn end_children_on_signal() -> Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let groups = GROUPS.lock().unwrap_or_else(PoisonError::into_inner).clone();
            for group in groups {
                end_group(group);
            }
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

fn end_group(group: Pid) {
    // An error means that nobody is left in the group, which is what we want.
    if kill_process_group(group, Signal::TERM).is_err() {
        return;
    }
    let step = Duration::from_millis(50);
    let mut waited = Duration::ZERO;
    while waited < GRACE && test_kill_process_group(group).is_ok() {
        thread::sleep(step);
        waited += step;
    }
    let _ = kill_process_group(group, Signal::KILL);
}

/// A running child; its whole group ends with this value.
struct Group {
    child: Child,
    id: Pid,
}

impl Group {
    fn start(command: &mut Command) -> Result<Self> {
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        let id = Pid::from_child(&child);
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).push(id);
        Ok(Self { child, id })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // A child that still runs is ours to reap: without it the group would look alive for ever.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = kill_process_group(self.id, Signal::TERM);
            thread::sleep(Duration::from_millis(200));
            let _ = kill_process_group(self.id, Signal::KILL);
            let _ = self.child.wait();
        }
        end_group(self.id);
        GROUPS.lock().unwrap_or_else(PoisonError::into_inner).retain(|id| *id != self.id);
    }
}

/// Runs a command to its end; its output goes where ours goes.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    let mut group = Group::start(command)?;
    Ok(group.child.wait()?)
}

/// Runs a command that must succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("{} ended with {status}", show(command));
    }
    Ok(())
}

/// Runs a command, passes its output on line by line and keeps it for counting.
pub fn tee(command: &mut Command) -> Result<(ExitStatus, String)> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut group = Group::start(command)?;
    let out = group.child.stdout.take().context("no standard output")?;
    let err = group.child.stderr.take().context("no standard error")?;
    let err = thread::spawn(move || pass_on(err, &mut std::io::stderr()));
    let mut text = pass_on(out, &mut std::io::stdout())?;
    let errors = err.join().map_err(|_| anyhow::anyhow!("reading standard error failed"))??;
    text.push_str(&errors);
    Ok((group.child.wait()?, text))
}

fn pass_on(from: impl Read, to: &mut impl Write) -> Result<String> {
    let mut from = BufReader::new(from);
    let mut kept = Vec::new();
    loop {
        let start = kept.len();
        if from.read_until(b'\n', &mut kept)? == 0 {
            return Ok(String::from_utf8_lossy(&kept).into_owned());
        }
        to.write_all(&kept[start..])?;
    }
}

/// Runs a command that must succeed and returns its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let mut group = Group::start(command.stdout(Stdio::piped()))?;
    let mut text = String::new();
    group.child.stdout.take().context("no standard output")?.read_to_string(&mut text)?;
    let status = group.child.wait()?;
    if !status.success() {
        bail!("{} ended with {status}", show(command));
    }
    Ok(text)
}

/// Whether a command can be run at all and is content.
pub fn answers(command: &mut Command) -> bool {
    status(command.stdout(Stdio::null()).stderr(Stdio::null())).is_ok_and(|status| status.success())
}

/// The command as one would type it.
fn show(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(std::ffi::OsStr::to_string_lossy));
    words.join(" ")
}

/// Whether a program of this name is on the search path.
pub fn have(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_and_passes_on_both_streams() {
        let (status, text) = tee(Command::new("sh").args(["-c", "echo one; echo two >&2; exit 3"])).unwrap();
        assert_eq!(status.code(), Some(3));
        assert!(text.contains("one\n") && text.contains("two\n"), "{text}");
    }

    #[test]
    fn what_a_child_leaves_behind_ends_with_it() {
        let pid = output(Command::new("sh").args(["-c", "sleep 600 >/dev/null 2>&1 & echo $!"])).unwrap();
        let left = std::path::Path::new("/proc").join(pid.trim());
        let alive = || {
            std::fs::read_to_string(left.join("stat")).is_ok_and(|stat| !stat.contains(") Z ")) // a zombie is dead
        };
        assert!(!alive(), "process {} is still running", pid.trim());
    }

    #[test]
    fn failure_names_the_command() {
        let error = run(Command::new("sh").args(["-c", "exit 7"])).unwrap_err();
        assert!(error.to_string().starts_with("sh -c exit 7 ended with"), "{error}");
        assert!(run(&mut Command::new("no-such-program-anywhere")).is_err());
    }
}
