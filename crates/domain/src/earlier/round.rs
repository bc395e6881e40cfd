//! What is done next with a place that was given back.

use super::{EarlierRules, Returned};
use crate::{calendar::Zone, change::Step, inquiry::Inquiry, slots::Opening};
use jiff::{SignedDuration, Timestamp};

/// Whoever is offered a place has at least so long to take it.
pub(crate) const LEAST: SignedDuration = SignedDuration::from_mins(15);

/// What becomes of the place.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// It is looked at again then, as it stands now.
    Again {
        /// As it stands.
        place: Returned,
        /// When.
        due: Timestamp,
    },
    /// It is for everybody.
    Free,
    /// Nothing: it was taken, or another job goes on with it.
    Nothing,
}

/// One round.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// What it does to people's inquiries.
    pub steps: Vec<Step>,
    /// The place that is offered from now on, as it must be there.
    pub offers: Option<Opening>,
    /// What becomes of the place.
    pub next: Next,
}

/// The next round of a place. `to` is the inquiry to which it is offered, as it stands now; `candidates` are those who asked to
/// come earlier, in their order, each with what they would have of the place. Until `quiet` nobody is offered anything.
pub fn round<'a>(
    place: &Returned,
    zone: &Zone,
    rules: EarlierRules,
    to: Option<&Inquiry>,
    candidates: impl IntoIterator<Item = (&'a Inquiry, Opening)>,
    quiet: Option<Timestamp>,
    now: Timestamp,
) -> Round {
    let mut steps = Vec::new();
    let mut place = place.clone();
    if place.offered {
        let offer = to.and_then(|inquiry| Some((inquiry, inquiry.offer()?)));
        let Some((inquiry, offer)) = offer.filter(|(_, offer)| offer.place.id == place.id) else {
            return Round { steps, offers: None, next: Next::Nothing };
        };
        if now < offer.until {
            let due = offer.until;
            return Round { steps, offers: None, next: Next::Again { place, due } };
        }
        steps.extend(inquiry.lapse_earlier(place.id));
        place = place.back();
    }
    if place.asked.len() >= rules.offers_at_most() || now + LEAST >= place.start() {
        return Round { steps, offers: None, next: Next::Free };
    }
    if let Some(due) = quiet.filter(|until| now < *until) {
        let next = if due + LEAST < place.start() { Next::Again { place, due } } else { Next::Free };
        return Round { steps, offers: None, next };
    }
    for (inquiry, opening) in candidates {
        if place.asked.contains(&inquiry.id) {
            continue;
        }
        let mut offered = place.clone();
        offered.asked.push(inquiry.id);
        offered.offered = true;
        let offer = inquiry.offer_earlier(&offered, opening.clone(), zone, rules.offer(), now);
        if let Ok((step, due)) = offer {
            steps.push(step);
            return Round { steps, offers: Some(opening), next: Next::Again { place: offered, due } };
        }
    }
    Round { steps, offers: None, next: Next::Free }
}
