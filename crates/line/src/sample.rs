//! A little invented agency that answers what the line asks: for example calls, and to try a line out at a terminal.

use crate::answer::{
    Answer, Asks, CaseTold, ClosedBecause, InquiryTold, LineNow, OfficeTold, Owed, OwedHere, Query,
};
use domain::{
    calendar::{WeeklyHours, Zone, windows::Window},
    case::{CaseState, ReceiptNumber},
    inquiry::Stage,
    number::InquiryNumber,
    pii::Pii,
    text::{Lang, Text},
};
use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};
use serde::{Deserialize, Deserializer, de::Error};

/// What the invented agency knows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    #[serde(default)]
    pub(crate) line: SampleLine,
    /// What waits for whoever calls.
    pub(crate) owed: Option<OwedHere>,
    #[serde(default)]
    case: Vec<SampleCase>,
    #[serde(default)]
    office: Vec<SampleOffice>,
    #[serde(default)]
    inquiry: Vec<SampleInquiry>,
    /// The windows that can be promised.
    #[serde(default)]
    window: Vec<Window>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SampleLine {
    closed: Option<ClosedBecause>,
    opens_at: Option<Zoned>,
    wait: Option<(u16, u16)>,
    #[serde(default)]
    callback_offered: bool,
    announcement: Option<Text>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleCase {
    number: ReceiptNumber,
    form: String,
    state: CaseState,
    title: Text,
    meaning: Text,
    received: Option<Date>,
    updated: Date,
    /// What normally comes next.
    next: Option<Text>,
    /// From when on asking helps.
    ask_from: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleOffice {
    zips: Vec<String>,
    name: String,
    address: String,
    hours: WeeklyHours,
    #[serde(default)]
    open: bool,
    opens_at: Option<Zoned>,
    #[serde(default)]
    approximate: bool,
}

/// The stable name of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StageName(&'static str);

impl<'de> Deserialize<'de> for StageName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = Stage::NAMES.into_iter().find(|known| *known == name);
        known.map(Self).ok_or_else(|| D::Error::unknown_variant(&name, &Stage::NAMES))
    }
}

/// A moment and its zone.
fn zoned(at: &Zoned) -> Option<(Timestamp, Zone)> {
    let zone = at.time_zone().iana_name().and_then(|name| name.parse().ok())?;
    Some((at.timestamp(), zone))
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleInquiry {
    number: InquiryNumber,
    born: Pii<Date>,
    stage: StageName,
    #[serde(default)]
    may_move: bool,
    /// The promised call was made in vain.
    #[serde(default)]
    missed: bool,
    /// Whatever is asked to be done is refused.
    #[serde(default)]
    refuses: bool,
    callback: Option<Window>,
    appointment: Option<SampleAppointment>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleAppointment {
    at: Zoned,
    office: String,
}

impl Sample {
    /// What the agency answers, and what it does: a callback that was moved is promised for the new window afterwards. `None` to
    /// what takes a person: a place in the queue and a talk.
    pub fn answer(&mut self, query: &Query, lang: &Lang, now: Timestamp) -> Option<Answer> {
        let in_lang = |text: &Text| text.in_lang(lang).to_owned();
        Some(match query {
            Query::Line => {
                let SampleLine { closed, opens_at, wait, callback_offered, announcement } = &self.line;
                Answer::Line(LineNow {
                    closed: *closed,
                    opens_at: opens_at.as_ref().and_then(zoned),
                    wait: *wait,
                    callback_offered: *callback_offered,
                    announcement: announcement.as_ref().map(in_lang),
                })
            }
            Query::Owed => Answer::Owed(self.owed),
            Query::Case(number) => {
                Answer::Case(self.case.iter().find(|case| case.number == *number).map(|case| CaseTold {
                    form: case.form.clone(),
                    state: case.state,
                    title: in_lang(&case.title),
                    meaning: in_lang(&case.meaning),
                    received: case.received,
                    updated: case.updated,
                    next: case.next.as_ref().map(in_lang),
                    asks: Asks::by(case.ask_from, now.to_zoned(TimeZone::UTC).date()),
                }))
            }
            Query::Office(zip) => {
                Answer::Office(self.office.iter().find(|office| office.zips.contains(zip)).map(|office| {
                    OfficeTold {
                        name: office.name.clone(),
                        address: office.address.clone(),
                        hours: office.hours.clone(),
                        open: office.open,
                        opens_at: office.opens_at.as_ref().and_then(zoned),
                        approximate: office.approximate,
                    }
                }))
            }
            Query::Inquiry(number) => Answer::Inquiry(self.inquiry(*number).map(|inquiry| inquiry.told())),
            Query::Verify(number, born) => {
                Answer::Verified(self.inquiry(*number).is_some_and(|inquiry| inquiry.born == *born))
            }
            Query::Windows(_) => Answer::Windows(self.window.clone()),
            Query::MoveCallback(number, window) => Answer::Moved(self.willing(*number).map(|inquiry| {
                inquiry.callback = Some(window.clone());
                window.clone()
            })),
            Query::CancelCallback(number) => Answer::Cancelled(
                self.willing(*number).is_some_and(|inquiry| inquiry.callback.take().is_some()),
            ),
            Query::OfferCallback => {
                Answer::Promised(self.window.first().filter(|_| self.line.callback_offered).cloned())
            }
            Query::Enqueue(_) | Query::Connect => return None,
        })
    }

    fn willing(&mut self, number: InquiryNumber) -> Option<&mut SampleInquiry> {
        self.inquiry(number).filter(|inquiry| !inquiry.refuses)
    }

    fn inquiry(&mut self, number: InquiryNumber) -> Option<&mut SampleInquiry> {
        self.inquiry.iter_mut().find(|inquiry| inquiry.number == number)
    }
}

impl SampleInquiry {
    fn told(&self) -> InquiryTold {
        let appointment = || {
            let SampleAppointment { at, office } = self.appointment.as_ref()?;
            let (at, zone) = zoned(at)?;
            Some(Owed::Appointment { at, zone, office: office.clone() })
        };
        let owed = self.callback.clone().map(Owed::Callback).or_else(appointment).unwrap_or(Owed::Nothing);
        InquiryTold { stage: self.stage.0, owed, may_move: self.may_move, missed: self.missed }
    }
}
