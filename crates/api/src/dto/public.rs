//! What everybody may know.

use crate::{
    dto::{
        agency::OfficeShown,
        inquiry::{TextsShown, texts},
    },
    scalar::{Day, InquiryDigits, MarkSigns, ReceiptNumber, When},
};
use desk::{Desk, Done, Outlook, Published};
use domain::{
    calendar::BusinessCalendar,
    inquiry::Inquiry,
    line_notice::{LineDoes, LineNotice, standing},
};
use jiff::{Timestamp, civil::Date};
use pack::Pack;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far ahead the next opening is looked for, in days.
const AHEAD_DAYS: u32 = 60;

/// Which case.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseAsked {
    /// The number on the receipt notice.
    pub(crate) receipt: ReceiptNumber,
}

/// Which code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodeAsked {
    /// The code that stands on the message, or that was said in the call.
    pub(crate) code: MarkSigns,
}

/// Whether a code is the agency's.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodeAnswer {
    pub(crate) ours: bool,
    /// `email`, `text`, `post` or `call`.
    #[schema(example = "text")]
    pub(crate) way: Option<&'static str>,
    /// On which day, by the agency's clock.
    #[schema(value_type = Option<Day>)]
    pub(crate) day: Option<Date>,
}

/// How long whoever asks for an operator now would likely wait.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WaitShown {
    #[schema(example = "es")]
    lang: String,
    /// Between so many minutes …
    #[schema(example = 5)]
    least_minutes: Option<i64>,
    /// … and so many. Without both it cannot be said.
    #[schema(example = 10)]
    most_minutes: Option<i64>,
    /// Is a call back offered before one waits?
    offers_callback: bool,
    /// Do operators answer in this language now? Its hours may be shorter than the line's.
    open: bool,
    /// When they do again, while they do not.
    #[schema(value_type = Option<When>)]
    opens: Option<Timestamp>,
}

/// Is it open, until when, and when again? What a supervisor decided for now stands above the hours of the week.
fn stands(
    calendar: &BusinessCalendar,
    hand: Option<&LineNotice>,
    now: Timestamp,
) -> (bool, Option<Timestamp>, Option<Timestamp>) {
    let next = |from| if calendar.is_open(from) { Some(from) } else { calendar.next_open(from, AHEAD_DAYS) };
    match hand {
        Some(hand) if hand.does == LineDoes::Opens => (true, Some(hand.ends()), None),
        Some(hand) => (false, None, next(hand.ends())),
        None if calendar.is_open(now) => {
            let spans = calendar.open_spans(calendar.zone.date(now));
            (true, spans.iter().find(|span| span.contains(now)).map(|span| span.end), None)
        }
        None => (false, None, calendar.next_open(now, AHEAD_DAYS)),
    }
}

/// The telephone line, as of now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineShown {
    /// The published number.
    #[schema(example = "1-800-555-0100")]
    number: String,
    open: bool,
    /// Until when it is open, while it is.
    #[schema(value_type = Option<When>)]
    until: Option<Timestamp>,
    /// When it opens again, while it is not.
    #[schema(value_type = Option<When>)]
    opens: Option<Timestamp>,
    /// The zone of its hours.
    #[schema(example = "America/New_York")]
    zone: String,
    /// What is announced, by language.
    announced: Vec<TextsShown>,
    /// The wait in the line's first queue, by language.
    wait: Vec<WaitShown>,
}

impl LineShown {
    pub(crate) fn of(pack: &Pack, outlook: &Outlook, hand: Option<&LineNotice>, now: Timestamp) -> Self {
        let calendar = &pack.line().calendar;
        let (open, until, opens) = stands(calendar, hand, now);
        let first = outlook.likely.first().map(|ahead| ahead.queue.clone());
        let ahead = outlook.likely.iter().filter(|ahead| Some(&ahead.queue) == first.as_ref());
        Self {
            number: pack.agency().phone.shown.clone(),
            open,
            until,
            opens,
            zone: calendar.zone.name().to_owned(),
            announced: standing(&outlook.notices, now)
                .into_iter()
                .filter(|notice| notice.has_words())
                .map(|notice| texts(&notice.text))
                .collect(),
            wait: ahead
                .map(|ahead| {
                    let own = pack.line().hours_of(&ahead.queue, &ahead.lang);
                    let (open, _, opens) = stands(&own, hand, now);
                    WaitShown {
                        lang: ahead.lang.as_str().to_owned(),
                        least_minutes: ahead.likely.band.map(|band| i64::from(band.least)),
                        most_minutes: ahead.likely.band.map(|band| i64::from(band.most)),
                        offers_callback: ahead.offers_callback,
                        open,
                        opens,
                    }
                })
                .collect(),
        }
    }
}

/// A figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FigureTold {
    /// What is counted; the page for everybody says how.
    #[schema(example = "promises-kept")]
    indicator: &'static str,
    /// By what it is told apart: `all`, `reason`, `office`, `lang`, `relay` or `represented`.
    #[schema(example = "office")]
    by: &'static str,
    /// Of which reason, office or language; `yes` or `no` by the other two.
    #[schema(example = "LOS")]
    group: Option<String>,
    /// The figure, in the indicator's unit; none where it was counted from nothing, or is held back.
    #[schema(example = 97)]
    value: Option<i64>,
    /// From how many it was counted; none where it is held back.
    #[schema(example = 412)]
    n: Option<u64>,
    /// Is it held back because too few people stand behind it?
    held_back: bool,
}

/// How well people are served.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Statistics {
    #[schema(value_type = Day)]
    from: Date,
    #[schema(value_type = Day)]
    to: Date,
    figures: Vec<FigureTold>,
}

impl Statistics {
    pub(crate) fn of(told: &Published) -> Self {
        let figures = told.figures.iter().flat_map(|(by, shown)| {
            shown.iter().map(move |one| FigureTold {
                indicator: one.measure.indicator.as_str(),
                by: by.as_str(),
                group: one.measure.group.clone(),
                value: one.measure.value.filter(|_| !one.hidden),
                n: (!one.hidden).then_some(one.measure.n),
                held_back: one.hidden,
            })
        });
        Self { from: told.from, to: told.to, figures: figures.collect() }
    }
}

/// Of which inquiry a fresh link is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkAsked {
    /// The number that the person carries.
    pub(crate) number: InquiryDigits,
}

/// What happens next.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NextStep {
    #[schema(example = "An officer reads your request")]
    step: String,
    /// By when, from where, or how.
    about: String,
}

/// A request that has come in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Filed {
    /// The number the person carries. With their date of birth it opens the inquiry: here by `/public/access`, and on its page.
    #[schema(example = "48210936", pattern = "^[0-9]{8}$")]
    inquiry: String,
    #[schema(example = 1)]
    version: u64,
    /// The stage it is at.
    #[schema(example = "review")]
    stage: String,
    /// The office that serves the person.
    office: Option<OfficeShown>,
    /// By when the first step is done.
    #[schema(value_type = Option<When>)]
    due: Option<Timestamp>,
    /// What happens next, step by step, in the person's language.
    next: Vec<NextStep>,
    /// How the number reaches the person as well, in their language; none where nothing that we send does.
    #[schema(example = "We have sent you a message with a link to your inquiry.")]
    confirmed: Option<String>,
    /// Where the inquiry's page is opened, with its number and the date of birth.
    #[schema(example = "https://help.agency.example/en/inquiry")]
    page: String,
}

impl Filed {
    pub(crate) fn of(
        desk: &Desk,
        inquiry: &Inquiry,
        done: &Done,
        due: Option<Timestamp>,
        site: &str,
    ) -> Self {
        let lang = &inquiry.reach.lang;
        let t = desk.words().tongue(lang);
        let steps = desk.next_steps(t, inquiry, due, inquiry.opened);
        let number = done.number.digits();
        Self {
            inquiry: number,
            version: done.version,
            stage: done.stage.clone(),
            office: desk.pack().office(&inquiry.office).map(OfficeShown::of),
            due,
            next: steps.into_iter().map(|(step, about)| NextStep { step, about }).collect(),
            confirmed: desk.how_confirmed(t, inquiry),
            page: format!("{site}/{lang}/inquiry"),
        }
    }
}
