//! The command line.
#![expect(
    clippy::doc_markdown,
    reason = "these comments are what `--help` prints, where backticks are noise"
)]

use crate::{
    address::OldSchema,
    config::{self, Stored},
    data,
    fault::Faults,
};
use clap::{Args, Parser, Subcommand};
use domain::{
    revision::{NoSubject, Subject},
    session::Scope,
    text::{Lang, LangError},
};
use jiff::{Timestamp, Zoned, civil::Date};
use std::{net::SocketAddr, path::PathBuf};

/// The room before the office: a contact centre and appointment desk for a public agency.
#[derive(Debug, Parser)]
#[command(name = "anteroom", version, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and do the work that falls due, until told to stop
    Serve {
        /// The configuration file (docs/operations.md lists every key)
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Serve the USCIS pack with invented people, to look around
    Demo(Demo),
    /// Agency packs
    #[command(subcommand)]
    Pack(Pack),
    /// The telephone line's call flow
    #[command(subcommand)]
    Line(Line),
    /// Put an agency's records into the store, all of a file or nothing
    #[command(subcommand)]
    Import(Import),
    /// The record of everything that happened
    #[command(subcommand)]
    Journal(Journal),
    /// Versions of policies and of the pack's files that were made at the desk and approved
    #[command(subcommand)]
    Versions(Versions),
    /// How long records are kept
    #[command(subcommand)]
    Records(Records),
    /// Tokens with which programs use the API
    #[command(subcommand)]
    Token(Token),
    /// Bring the store's schema up to date, as this version of the program needs it
    Migrate(Installation),
    /// The store as a whole
    #[command(subcommand)]
    Store(Store),
    /// Copy the store's file and the key into a new folder, also while a server runs
    Backup(Backup),
    /// Put a backup into an empty data folder
    Restore(Restore),
    /// Look whether everything is as it must be; changes nothing
    Doctor(Installation),
    /// Turns words into sound for this program's own telephone line
    #[command(hide = true)]
    Speak,
}

/// The demo.
#[derive(Debug, Args)]
pub struct Demo {
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub http: SocketAddr,
    /// The demo's folder; made anew each time
    #[arg(long, value_name = "DIR", default_value = "demo-data")]
    pub data: PathBuf,
    /// Go on with what is in the folder
    #[arg(long)]
    pub keep: bool,
    /// Begin at this time instead of now; the clock runs on from there. RFC 3339 with a zone:
    /// 2026-11-23T09:30:00-08:00, also 2026-11-23T09:30[America/Los_Angeles]; or "open": now while the line is open, else on the
    /// morning of the next day on which it is
    #[arg(long, value_name = "TIME", value_parser = begin)]
    pub at: Option<Begin>,
    /// Send what is written from now on to this mail server on your own machine, instead of into the folder
    #[arg(long, value_name = "ADDR")]
    pub smtp: Option<SocketAddr>,
    /// Where telephones on this machine call, over UDP and TCP, or "off" [default: 127.0.0.1:5060, if it is free]
    #[arg(long, value_name = "ADDR", value_parser = sip)]
    pub sip: Option<SipAt>,
    /// The telephone on this machine that everybody has whom officers call, over UDP; it needs --sip as well [default: nobody
    /// has one]
    #[arg(long, value_name = "ADDR", value_parser = telephone)]
    pub telephone: Option<SocketAddr>,
    /// Show pages as well in a made-up language that runs from right to left: English, mirrored
    #[arg(long)]
    pub mirrored: bool,
    /// How many requests in ten minutes are as many as on a busy day; with 1 the third shows what a rush is met with [default: 200]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub calm: Option<u32>,
}

/// When the demo begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// Then.
    At(Timestamp),
    /// While there is something to see: at a time at which the line is open.
    Open,
}

fn begin(text: &str) -> Result<Begin, String> {
    if text == "open" { Ok(Begin::Open) } else { moment(text).map(Begin::At) }
}

/// Where the demo's telephone line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SipAt {
    /// There.
    At(SocketAddr),
    /// Nowhere.
    Off,
}

fn sip(text: &str) -> Result<SipAt, String> {
    match text {
        "off" => Ok(SipAt::Off),
        text => match text.parse::<SocketAddr>() {
            Ok(addr) if addr.ip().is_loopback() => Ok(SipAt::At(addr)),
            Ok(_) => {
                Err("the demo answers calls from this machine only: an address such as 127.0.0.1:5060"
                    .to_owned())
            }
            Err(_) => Err("an address such as 127.0.0.1:5060, or off".to_owned()),
        },
    }
}

fn telephone(text: &str) -> Result<SocketAddr, String> {
    match text.parse::<SocketAddr>() {
        Ok(addr) if addr.ip().is_loopback() => Ok(addr),
        Ok(_) => Err("the demo calls nobody but this machine: an address such as 127.0.0.1:5070".to_owned()),
        Err(_) => Err("an address such as 127.0.0.1:5070".to_owned()),
    }
}

/// What can be done with packs.
#[derive(Debug, Subcommand)]
pub enum Pack {
    /// Check a pack as a whole; each fault is told with its file and line
    Check {
        /// The pack's folder
        dir: PathBuf,
    },
}

/// What can be done with call flows.
#[derive(Debug, Subcommand)]
pub enum Line {
    /// Check a call flow with its prompts, and play its example calls
    Check {
        /// The pack's callflow.toml; its prompts/ and calls/ lie beside it
        file: PathBuf,
    },
    /// Play a call flow in the terminal: you type keys, and read what is said
    Try(TryLine),
}

/// A call flow to be played.
#[derive(Debug, Args)]
pub struct TryLine {
    /// The pack's callflow.toml; its prompts/ and calls/ lie beside it
    pub file: PathBuf,
    /// The language that the caller chose in an earlier call; without it the line asks
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// When the call is made, instead of now: 2026-11-23T09:30:00-08:00
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub at: Option<Timestamp>,
    /// Look things up in the installation with this configuration, and change nothing; without it, or --data, the invented
    /// agency of the example calls answers
    #[arg(long, value_name = "FILE", conflicts_with = "data")]
    pub config: Option<PathBuf>,
    /// Look things up in the installation with this data folder, and change nothing
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The caller uses a relay service or a TTY: silence is no fault
    #[arg(long)]
    pub relay: bool,
}

/// Reads a language.
fn lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|fault: LangError| fault.to_string())
}

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Cases from a CSV or JSON-lines file
    Cases(ImportFile),
    /// Staff from a CSV file: sign_in, name, roles, office, langs, password or password_hash
    Staff(ImportFile),
    /// Which office serves which ZIP code: the table that USCIS publishes, in its columns
    Zips(ImportFile),
    /// Offices that are new, changed or retired, from a CSV file
    Offices(ImportFile),
    /// Holidays: rules as in the pack's holidays.toml, or single days from a CSV file
    Holidays(ImportFile),
}

/// A file to import, and where to.
#[derive(Debug, Args)]
pub struct ImportFile {
    /// The file
    pub file: PathBuf,
    /// Where it goes
    #[command(flatten)]
    pub into: Installation,
    /// Read and check the file, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What can be done with the journal.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// Prove that no entry was changed, left out or put in
    Verify(Installation),
    /// Write every entry to standard output, one JSON object a line, oldest first
    Export {
        /// Which installation
        #[command(flatten)]
        of: Installation,
        /// Begin behind this entry
        #[arg(long, value_name = "NUMBER", default_value_t = 0)]
        after: u64,
    },
}

/// What can be done with versions.
#[derive(Debug, Subcommand)]
pub enum Versions {
    /// List every approved version: of what, its name, its first day, the hash of its text
    List(Installation),
    /// Write the text of a version to standard output, as it would stand in the pack
    Export {
        /// Of what: urgency, need, fit, or a file such as reasons.toml or prompts/en.ftl
        #[arg(value_name = "WHAT", value_parser = subject)]
        what: Subject,
        /// Which version, by its name; without it the one that begins last
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Which installation
        #[command(flatten)]
        of: Installation,
    },
}

/// Reads what a version is of.
fn subject(text: &str) -> Result<Subject, String> {
    text.parse().map_err(|fault: NoSubject| fault.to_string())
}

/// What can be asked of how long records are kept.
#[derive(Debug, Subcommand)]
pub enum Records {
    /// Count what the schedule would erase, class by class; erases nothing
    Due {
        /// By the end of this day of the agency, 2027-01-31; without it, now
        #[arg(long, value_name = "DAY")]
        by: Option<Date>,
        /// Which installation
        #[command(flatten)]
        of: Installation,
    },
}

/// What can be done with a store as a whole.
#[derive(Debug, Subcommand)]
pub enum Store {
    /// Copy everything from one store into an empty one, of whatever engine; all of it or nothing. Stop the
    /// server first: what it writes meanwhile has the copy refused
    Copy(StoreCopy),
}

/// Which store is copied where.
#[derive(Debug, Args)]
pub struct StoreCopy {
    /// The store that is copied: sqlite:PATH or postgres://USER@HOST:PORT/DATABASE (passwords better in ~/.pgpass)
    #[arg(value_name = "FROM")]
    pub from: String,
    /// The empty store it is copied into, written in the same way
    #[arg(value_name = "TO")]
    pub into: String,
}

/// A backup to be made.
#[derive(Debug, Args)]
pub struct Backup {
    /// The folder that is made for it
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
    /// Of which installation
    #[command(flatten)]
    pub of: Installation,
}

/// A backup to be put back.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup's folder
    #[arg(value_name = "DIR")]
    pub from: PathBuf,
    /// Into which installation
    #[command(flatten)]
    pub into: Installation,
}

/// What can be done with tokens.
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Let a program act for a member of staff, within its scopes; prints the token, once
    Create(NewToken),
}

/// A token to be made.
#[derive(Debug, Args)]
pub struct NewToken {
    /// For whom the program acts: their sign-in name
    #[arg(long, value_name = "SIGN_IN")]
    pub staff: String,
    /// What the program is called
    #[arg(long)]
    pub name: String,
    /// What it may do of what they may: read, request, work, day, journal, import; give it once for each
    #[arg(long = "scope", value_name = "SCOPE", required = true, value_parser = scope)]
    pub scopes: Vec<Scope>,
    /// How many days it lasts
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: u16,
    /// Which installation
    #[command(flatten)]
    pub of: Installation,
}

/// Reads a scope.
fn scope(text: &str) -> Result<Scope, String> {
    Scope::from_code(text).ok_or_else(|| {
        let all = Scope::ALL.map(Scope::as_str).join(", ");
        format!("the scopes are {all}")
    })
}

/// An installation, by its configuration or only by its data folder.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Installation {
    /// The configuration file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The data folder with its own store; the agency pack is then the built-in USCIS one
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Where an installation keeps what it keeps.
#[derive(Debug)]
pub struct Kept {
    /// The data folder.
    pub data: PathBuf,
    /// The store.
    pub store: Stored,
    /// The folder of recordings.
    pub recordings: PathBuf,
}

impl Installation {
    /// Reads where the installation is kept. A data folder by itself has its store in it.
    pub fn read(&self) -> Result<Kept, Faults> {
        match (&self.config, &self.data) {
            (Some(file), _) => {
                let config = config::read(file, std::env::vars())?;
                let own = config.phone.and_then(|phone| phone.recordings);
                let recordings = data::recordings(&config.data, own);
                Ok(Kept { data: config.data, store: config.store, recordings })
            }
            (None, Some(dir)) => Ok(Kept {
                data: dir.clone(),
                store: Stored { at: data::store(dir), old: OldSchema::Migrate },
                recordings: data::recordings(dir, None),
            }),
            (None, None) => Err(Self::nameless()),
        }
    }

    /// The fault that none was named, which the command line lets nobody do.
    pub fn nameless() -> Faults {
        Faults::one("name an installation with --config or --data")
    }
}

/// Reads a moment that says its zone: a time without one would be another in each place.
fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse::<Timestamp>()
        .or_else(|_| text.parse::<Zoned>().map(|zoned| zoned.timestamp()))
        .map_err(|_| "a time with its zone is written 2026-11-23T09:30:00-08:00".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_moment_needs_a_zone() {
        let utc = "2026-11-23T17:30:00Z".parse().unwrap();
        for text in
            ["2026-11-23T09:30:00-08:00", "2026-11-23T17:30:00Z", "2026-11-23T09:30[America/Los_Angeles]"]
        {
            assert_eq!(moment(text), Ok(utc), "{text}");
        }
        assert!(moment("2026-11-23T09:30:00").is_err());
        assert!(moment("tomorrow").is_err());
    }

    #[test]
    fn an_installation_is_named_once() {
        let parse = |args: &[&str]| Cli::try_parse_from([&["anteroom"], args].concat());
        assert!(parse(&["doctor"]).is_err());
        assert!(parse(&["doctor", "--data", "d", "--config", "c"]).is_err());
        assert!(parse(&["doctor", "--data", "d"]).is_ok());
        assert!(parse(&["journal", "verify", "--data", "d"]).is_ok());
        assert!(parse(&["journal", "export", "--config", "c", "--after", "7"]).is_ok());
        assert!(parse(&["migrate", "--config", "c"]).is_ok());
        assert!(parse(&["line", "try", "f", "--data", "d", "--config", "c"]).is_err());
        assert!(parse(&["line", "try", "f", "--lang", "es", "--relay"]).is_ok());
        assert!(parse(&["import", "cases", "f", "--config", "c", "--dry-run"]).is_ok());
    }
}
