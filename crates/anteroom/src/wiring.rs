//! Puts a desk together.

use crate::{
    address::OldSchema,
    clock::SystemClock,
    config::{Cases, Config, Mail, MailWay, StaffRules, Stored, TextWay},
    data,
    fault::Faults,
    packs,
    reload::{self, NotTaken, Versions},
    secret,
};
use cases::{
    CaseSource, ImportedCases,
    api::{CaseStatusApi, StoreBudget},
};
use desk::{Caller, Clock, Desk, Dice, Links, Parts, Site, Who};
use domain::{change::IdempotencyKey, journal::Seq};
use jiff::Timestamp;
use locale::{Overrides, Words};
use notices::{Mailer, Press, Sender, Texts};
use pack::Pack;
use std::{path::Path, sync::Arc};
use store::Store;

/// Everything that a running installation holds.
pub struct Installation {
    /// The desk.
    pub desk: Desk,
    /// The store, to be closed in the end.
    pub store: Arc<dyn Store>,
    /// The versions of the imported tables that the desk's pack was made of.
    pub tables: Versions,
    /// The agency's own service, if cases are found there.
    pub cases: Option<Arc<CaseStatusApi>>,
}

/// What an installation is made of.
pub struct Made<'a> {
    /// The data folder.
    pub data: &'a Path,
    /// The store.
    pub store: &'a Stored,
    /// Whose rules.
    pub pack: Pack,
    /// Where cases are found.
    pub cases: &'a Cases,
    /// How mail leaves.
    pub mail: &'a Mail,
    /// How texts leave, if they do.
    pub texts: Option<&'a TextWay>,
    /// How members of staff get in, and how long they stay signed in.
    pub staff: StaffRules,
    /// The address people use.
    pub public_url: &'a str,
    /// Where chance comes from.
    pub chance: [u8; 32],
}

impl Installation {
    /// Opens the store and puts the desk around it.
    pub async fn open(made: Made<'_>) -> Result<Self, Faults> {
        data::folder(made.data)?;
        let store = made.store.at.open(made.store.old).await?;
        let ready = Self::around(&store, made).await;
        match ready {
            Ok((desk, cases)) => Ok(Self { desk, store, tables: Versions::default(), cases }),
            Err(faults) => {
                store.close().await;
                Err(faults)
            }
        }
    }

    async fn around(
        store: &Arc<dyn Store>,
        made: Made<'_>,
    ) -> Result<(Desk, Option<Arc<CaseStatusApi>>), Faults> {
        // A store that is in use had a key: links that were sent are signed with it.
        let key = match store.journal_end().await? {
            Seq(0) => secret::key(made.data)?,
            _ => secret::kept(made.data)?,
        };
        // Told, not refused: whoever lost the key must be able to go on with a new one.
        if let Err(faults) = secret::check(made.data, key, &**store).await {
            tracing::error!(%faults, "links of other nodes are dead here");
        }
        let api = case_status(made.cases, store)?;
        let cases: Arc<dyn CaseSource> = match &api {
            Some(api) => Arc::<CaseStatusApi>::clone(api),
            None => Arc::new(ImportedCases::new(Arc::clone(store))),
        };
        let desk = Desk::new(Parts {
            cases,
            store: Arc::clone(store),
            pack: Arc::new(made.pack),
            mailer: Arc::new(mailer(&made.mail.way)?),
            words: Arc::new(Words::load(&Overrides::none())?),
            links: Arc::new(Links::new(key)),
            dice: Arc::new(Dice::new(made.chance)),
            site: Site { base: made.public_url.to_owned(), sender: made.mail.sender.clone() },
        })
        .with_texts(made.texts.map(texts).transpose()?.map(Arc::new))
        .with_press(press()?.map(Arc::new))
        .with_sessions(made.staff.sessions)
        .with_second(made.staff.second);
        Ok((desk, api))
    }

    /// The same, with what is kept over the pack now: imported tables, versions that were approved.
    pub async fn with_tables(mut self, now: Timestamp) -> Result<Self, Faults> {
        match reload::taken(&self.desk, now).await {
            Ok((desk, tables)) => {
                (self.desk, self.tables) = (desk, tables);
                Ok(self)
            }
            Err(error) => {
                self.store.close().await;
                Err(match error {
                    NotTaken::Misfit(faults) => Faults(faults),
                    other => Faults::of(&other),
                })
            }
        }
    }

    /// The installation that a configuration describes.
    pub async fn configured(config: &Config) -> Result<Self, Faults> {
        let (pack, warnings) = packs::from_folder(&config.pack)?;
        for warning in warnings {
            tracing::warn!(%warning, "the agency pack deserves a look");
        }
        Self::open(Made {
            data: &config.data,
            store: &config.store,
            pack,
            cases: &config.cases,
            mail: &config.mail,
            texts: config.texts.as_ref(),
            staff: config.staff.clone(),
            public_url: &config.http.public_url,
            chance: secret::chance()?,
        })
        .await
    }

    /// A data folder alone, with the built-in pack, for commands that send no mail.
    pub async fn bare(dir: &Path) -> Result<Self, Faults> {
        let sender =
            Sender { address: "no-reply@anteroom.example".to_owned(), domain: "anteroom.example".to_owned() };
        let mail = Mail { sender, way: MailWay::Folder(dir.join("mail")) };
        let public_url = "http://127.0.0.1:8080";
        Self::open(Made {
            data: dir,
            store: &Stored { at: data::store(dir), old: OldSchema::Migrate },
            pack: packs::uscis()?,
            cases: &Cases::File,
            mail: &mail,
            texts: None,
            staff: StaffRules::default(),
            public_url,
            chance: secret::chance()?,
        })
        .await
    }
}

/// The agency's own service, where cases are found there. What may be asked of it is counted in the store, for every node
/// together.
fn case_status(cases: &Cases, store: &Arc<dyn Store>) -> Result<Option<Arc<CaseStatusApi>>, Faults> {
    let Cases::Api(config) = cases else { return Ok(None) };
    let says = |fault| Faults::one(format!("[cases] {}", crate::fault::chain(&fault)));
    let budget = StoreBudget::new(Arc::clone(store), config).map_err(says)?;
    Ok(Some(Arc::new(CaseStatusApi::new(config, Arc::new(budget)).map_err(says)?)))
}

/// The mailer for a way.
pub fn mailer(way: &MailWay) -> Result<Mailer, Faults> {
    Ok(match way {
        MailWay::Smtp(config) => Mailer::smtp((**config).clone())?,
        MailWay::Folder(dir) => Mailer::drop_into(dir)?,
    })
}

/// What prints letters, with the typefaces of the pages.
fn press() -> Result<Option<Press>, Faults> {
    Ok(web::typefaces().map(|(regular, bold)| Press::new(regular, bold)).transpose()?)
}

/// The carrier of texts for a way.
fn texts(way: &TextWay) -> Result<Texts, Faults> {
    Ok(match way {
        TextWay::Http(config) => Texts::http((**config).clone())?,
        TextWay::Folder(dir) => Texts::drop_into(dir)?,
    })
}

/// A command of the command line: each run is a command of its own.
pub fn at_the_terminal(desk: &Desk, part: &'static str) -> Caller {
    let key = IdempotencyKey::of(part, desk.dice().token());
    Caller::new(Who::System(part), key, SystemClock.now())
}
