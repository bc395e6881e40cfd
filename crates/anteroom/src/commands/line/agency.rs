//! Who answers what a call that is tried out asks: an installation, or the invented agency of the example calls.

use crate::{
    args::{self, TryLine},
    commands::import,
    fault::Faults,
    wiring,
};
use desk::Desk;
use domain::{inquiry::Inquiry, number::InquiryNumber, text::Lang};
use jiff::Timestamp;
use line::{Answer, CaseTold, InquiryTold, LineNow, Query, Sample};
use pack::{CallFlow, Zip};

/// The most windows that are offered at once.
const WINDOWS: usize = 3;

/// Who answers.
pub enum Agency {
    /// The invented agency of the example calls.
    Invented(Box<Sample>),
    /// An installation.
    Installed(Box<wiring::Installation>),
}

impl Agency {
    /// The agency that is named, else the invented one.
    pub async fn open(args: &TryLine, callflow: &CallFlow) -> Result<Self, Faults> {
        if args.config.is_none() && args.data.is_none() {
            let sample = callflow.calls.first().map(|calls| calls.sample().clone());
            return Ok(Self::Invented(Box::new(sample.unwrap_or_default())));
        }
        let named = args::Installation { config: args.config.clone(), data: args.data.clone() };
        // Looked at first: to try a line out makes no store and migrates none.
        named.read()?.store.at.look().await?.close().await;
        let installation = import::installation(&named).await?.with_tables().await?;
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
            Self::Invented(sample) => Ok(sample.answer(query, lang)),
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
    Ok(Some(match query {
        Query::Line => Answer::Line(LineNow::by(&desk.pack().line().calendar, now)),
        Query::Case(number) => {
            let seen = desk.look_up_case(number, now).await?;
            Answer::Case(seen.map(|seen| CaseTold::of(&seen.case, lang)))
        }
        Query::Office(zip) => {
            let zip = zip.parse::<Zip>().ok();
            let found = zip.and_then(|zip| desk.pack().office_for_zip(zip));
            Answer::Office(found.map(|found| found.office.told(found.approximate, now)))
        }
        Query::Inquiry(number) => {
            let told = inquiry(desk, *number).await?.map(|inquiry| {
                let office = inquiry.appointment().and_then(|a| desk.pack().office(&a.office));
                let moves = desk.pack().line().visits.reschedule_at_most;
                InquiryTold::of(&inquiry, office.map(|office| office.name.as_str()), moves)
            });
            Answer::Inquiry(told)
        }
        Query::Verify(number, born) => {
            Answer::Verified(desk.prove_person(*number, born, now).await?.is_some())
        }
        Query::Windows(number) => {
            let Some(inquiry) = inquiry(desk, *number).await? else {
                return Ok(Some(Answer::Windows(Vec::new())));
            };
            let offers = desk.windows(&inquiry, now, WINDOWS).await?;
            Answer::Windows(offers.into_iter().map(|offer| offer.window).collect())
        }
        Query::MoveCallback(_, window) => Answer::Moved(Some(window.clone())),
        Query::CancelCallback(_) => Answer::Cancelled(true),
        Query::OfferCallback => Answer::Promised(None),
        Query::Enqueue(_) | Query::Connect => return Ok(None),
    }))
}

async fn inquiry(desk: &Desk, number: InquiryNumber) -> Result<Option<Inquiry>, Faults> {
    Ok(desk.store().inquiry_numbered(number).await?)
}
