//! `anteroom doctor`: looks at everything and changes nothing.

use crate::{
    address::Address,
    args::Installation,
    clock::SystemClock,
    config::{self, Cases, Config, MailWay},
    data,
    fault::{Faults, chain},
    packs, reload, say, secret, wiring,
};
use desk::Clock;
use domain::session::SessionsOf;
use jiff::civil::Date;
use pack::Pack;
use std::{fs, path::Path};
use store::{Revisions, Store, columns::LONGEST_PAGE};

/// What was found so far.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn add<T>(&mut self, what: &str, result: Result<T, Faults>) -> Option<T> {
        match result {
            Ok(value) => {
                say::line(format!("ok: {what}"));
                Some(value)
            }
            Err(faults) => {
                self.0.extend(faults.0);
                None
            }
        }
    }
}

/// Looks at an installation.
pub async fn run(which: &Installation) -> Result<(), Faults> {
    let mut found = Findings::default();
    if let Some(file) = &which.config {
        if let Some(config) = found.add("configuration", config::read(file, std::env::vars())) {
            configured(&config, &mut found).await;
        }
    } else if let Some(dir) = &which.data {
        stored(dir, &data::store(dir), None, &mut found).await;
    }
    if found.0.is_empty() { Ok(()) } else { Err(Faults(found.0)) }
}

async fn configured(config: &Config, found: &mut Findings) {
    let read = found.add("agency pack", packs::from_folder(&config.pack));
    if let Some((pack, warnings)) = &read {
        let today = pack.line().calendar.zone.date(SystemClock.now());
        let works =
            pack.check(today).map_err(|faults| Faults(faults.iter().map(ToString::to_string).collect()));
        let more = found.add("agency pack from today on", works).unwrap_or_default();
        for warning in warnings.iter().chain(&more) {
            say::line(format!("look at {}: {warning}", config.pack.display()));
        }
    }
    found.add("public address", public_url(&config.http.public_url));
    let checked = match &config.mail.way {
        // A mailer would make the folder.
        MailWay::Folder(dir) if !dir.is_dir() => {
            Err(Faults::at(dir, "there is no such folder; it is made at the first start"))
        }
        way => match wiring::mailer(way) {
            Ok(mailer) => mailer.check().await.map_err(|failure| Faults::one(format!("mail: {failure}"))),
            Err(faults) => Err(faults),
        },
    };
    found.add("mail", checked);
    if let Cases::Api(cases) = &config.cases {
        let signed_in = cases.try_sign_in(SystemClock.now()).await;
        found
            .add("case source", signed_in.map_err(|fault| Faults::one(format!("[cases] {}", chain(&fault)))));
    }
    stored(&config.data, &config.store.at, read.map(|(pack, _)| pack), found).await;
}

/// What is kept in the store over the pack: does it still fit?
async fn kept(pack: &Pack, store: &dyn Store) -> Result<(), Faults> {
    let tables = store.imported().await?;
    let revisions = store.revisions(Revisions::Standing, LONGEST_PAGE).await?;
    // What begins later must fit as well.
    match pack.with_kept(&tables, &revisions, Date::MAX) {
        Ok((over, _)) if over.left_out().is_empty() => Ok(()),
        Ok((over, _)) => Err(Faults(reload::left_out(&over).collect())),
        Err(faults) => Err(Faults(faults.iter().map(ToString::to_string).collect())),
    }
}

/// Says which programs' tokens end soon: no fault, but somebody should see to the next ones.
async fn tokens(store: &dyn Store, found: &mut Findings) {
    let now = SystemClock.now();
    let programs = store.sessions_of(SessionsOf::Programs).await;
    for session in found.add("tokens", programs.map_err(Into::into)).unwrap_or_default() {
        if let Some(program) = session.program.as_ref().filter(|_| session.ends_soon(now)) {
            say::line(format!("look at tokens: that of {:?} ends at {}", program.name, session.until));
        }
    }
}

fn public_url(url: &str) -> Result<(), Faults> {
    let host = url.strip_prefix("http://").unwrap_or_default();
    let near = ["127.", "localhost", "[::1]"].iter().any(|near| host.starts_with(near));
    if url.starts_with("https://") || near {
        Ok(())
    } else {
        Err(Faults::one(
            "http.public_url: people's links must begin with https://, or they can be read on the way",
        ))
    }
}

async fn stored(dir: &Path, at: &Address, pack: Option<Pack>, found: &mut Findings) {
    let open = data::open_to_others(dir, at);
    found.add("rights", if open.is_empty() { Ok(()) } else { Err(Faults(open)) });
    let key = found.add("key", secret::read(&dir.join(secret::FILE)));
    let space = fs::metadata(dir).map_err(|error| Faults::at(dir, error)).and_then(|meta| {
        if meta.permissions().readonly() {
            Err(Faults::at(dir, "the folder cannot be written"))
        } else {
            Ok(())
        }
    });
    found.add("data folder", space);
    let Some(store) = found.add("store", at.look().await) else { return };
    let checked = match store.check().await {
        Ok(broken) if broken.is_empty() => Ok(()),
        Ok(broken) => Err(Faults(broken.iter().map(ToString::to_string).collect())),
        Err(error) => Err(error.into()),
    };
    found.add("what must always hold", checked);
    if let Some(pack) = pack {
        found.add("tables and versions over the pack", kept(&pack, &*store).await);
    }
    let journal = match store.verify_journal().await {
        Ok(verified) => match verified.broken {
            None => Ok(()),
            Some(seq) => {
                Err(Faults::one(format!("journal entry {} does not follow from the one before", seq.0)))
            }
        },
        Err(error) => Err(error.into()),
    };
    found.add("journal", journal);
    if let Some(key) = key {
        found.add("links", secret::check(dir, key, &*store).await);
    }
    tokens(&*store, found).await;
    let dead = match store.dead_jobs(100).await {
        Ok(dead) if dead.is_empty() => Ok(()),
        Ok(dead) => Err(Faults(
            dead.iter()
                .map(|job| {
                    format!(
                        "{} was given up after {} tries (due {})",
                        job.kind.as_str(),
                        job.attempts,
                        job.due
                    )
                })
                .collect(),
        )),
        Err(error) => Err(error.into()),
    };
    found.add("work", dead);
    store.close().await;
}
