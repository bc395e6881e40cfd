//! Who answers what a call that is tried out asks: an installation, or the invented agency of the example calls.

use crate::{
    args::{self, TryLine},
    commands::import,
    fault::{self, Faults},
    wiring,
};
use desk::Desk;
use domain::text::Lang;
use jiff::Timestamp;
use line::{Answer, Query, Sample};
use pack::CallFlow;

/// Who answers.
pub enum Agency {
    /// The invented agency of the example calls.
    Invented(Box<Sample>),
    /// An installation.
    Installed(Box<wiring::Installation>),
}

impl Agency {
    /// The agency that is named, else the invented one.
    pub async fn open(args: &TryLine, callflow: &CallFlow, now: Timestamp) -> Result<Self, Faults> {
        if args.config.is_none() && args.data.is_none() {
            let sample = callflow.calls.first().map(|calls| calls.sample().clone());
            return Ok(Self::Invented(Box::new(sample.unwrap_or_default())));
        }
        let named = args::Installation { config: args.config.clone(), data: args.data.clone() };
        // Looked at first: to try a line out makes no store and migrates none.
        named.read()?.store.at.look().await?.close().await;
        let installation = import::installation(&named).await?.with_tables(now).await?;
        Ok(Self::Installed(Box::new(installation)))
    }

    /// Gives the store back.
    pub async fn close(&self) {
        if let Self::Installed(installation) = self {
            installation.store.close().await;
        }
    }

    /// The answer; `None` to what takes a person. An error is told to the caller as trouble, and to whoever tries the line out in
    /// full.
    pub async fn answer(
        &mut self,
        query: &Query,
        lang: &Lang,
        now: Timestamp,
    ) -> Result<Option<Answer>, Faults> {
        match self {
            Self::Invented(sample) => Ok(sample.answer(query, lang, now)),
            Self::Installed(installation) => of_desk(&installation.desk, query, lang, now).await,
        }
    }

    /// Whether what was asked would be done, were this a call.
    pub const fn only_pretends(&self) -> bool {
        matches!(self, Self::Installed(_))
    }
}

/// What a desk answers. It only reads: what would change something is answered as if it had been done.
async fn of_desk(desk: &Desk, query: &Query, lang: &Lang, now: Timestamp) -> Result<Option<Answer>, Faults> {
    if let Some(answer) = phone::read(desk, query, lang, now).await.map_err(fault::told)? {
        return Ok(Some(answer));
    }
    Ok(match query {
        Query::MoveCallback(_, window) => Some(Answer::Moved(Some(window.clone()))),
        Query::CancelCallback(_) => Some(Answer::Cancelled(true)),
        Query::OfferCallback => Some(Answer::Promised(None)),
        _ => None,
    })
}
