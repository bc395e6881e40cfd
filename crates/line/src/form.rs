//! How a text is said: what a fact's text stands for.

use domain::{
    calendar::{WeeklyHours, Zone, windows::Window},
    number::InquiryNumber,
    phone::PhoneNumber,
};
use jiff::{Timestamp, Zoned, civil::Date};
use locale::Tongue;
use serde::{Deserialize, Serialize};
use speech::Language;

/// What a text stands for, and so how it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Plain words.
    Text,
    /// A code of letters and digits, in groups.
    Code,
    /// Digits, in groups.
    Digits,
    /// An inquiry number: eight digits that fit together.
    InquiryNumber,
    /// A ZIP code of five digits.
    Zip,
    /// A telephone number.
    Phone,
    /// A day, `2026-12-03`.
    Date,
    /// A moment with its zone, `2026-12-03T10:00:00-08:00[America/Los_Angeles]`.
    Moment,
    /// A promised stretch of time, as JSON of [`Window`].
    Window,
    /// A postal address on one line.
    Address,
    /// The opening hours of a week, as JSON.
    Week,
}

impl Form {
    /// Every form, for messages.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Code,
        Self::Digits,
        Self::InquiryNumber,
        Self::Zip,
        Self::Phone,
        Self::Date,
        Self::Moment,
        Self::Window,
        Self::Address,
        Self::Week,
    ];

    /// The name in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code => "code",
            Self::Digits => "digits",
            Self::InquiryNumber => "inquiry-number",
            Self::Zip => "zip",
            Self::Phone => "phone",
            Self::Date => "date",
            Self::Moment => "moment",
            Self::Window => "window",
            Self::Address => "address",
            Self::Week => "week",
        }
    }

    /// Reads the name.
    pub fn from_code(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == name)
    }

    /// Whether a text is one of these.
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Text | Self::Address => !text.trim().is_empty(),
            Self::Code => !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
            Self::Digits => !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()),
            Self::InquiryNumber => text.parse::<InquiryNumber>().is_ok(),
            Self::Zip => text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()),
            Self::Phone => text.parse::<PhoneNumber>().is_ok(),
            Self::Date => text.parse::<Date>().is_ok(),
            Self::Moment => moment(text).is_some(),
            Self::Window => window(text).is_some(),
            Self::Week => week(text).is_some(),
        }
    }

    /// What keyed digits are as a text of this form. A day is keyed as month, day and year: `12031980`.
    pub fn keyed(self, digits: &str) -> Option<String> {
        let text = if self == Self::Date {
            let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
            let (month, day) = (i8::try_from(part(0..2)?).ok()?, i8::try_from(part(2..4)?).ok()?);
            Date::new(part(4..8)?, month, day).ok()?.to_string()
        } else {
            digits.to_owned()
        };
        self.fits(&text).then_some(text)
    }

    /// Whether digits alone can make one.
    pub const fn can_be_keyed(self) -> bool {
        matches!(self, Self::Code | Self::Digits | Self::InquiryNumber | Self::Zip | Self::Phone | Self::Date)
    }

    /// The text as it is said. What does not fit is said as plain text.
    pub fn spoken(self, text: &str, language: Language, tongue: &Tongue, now: Timestamp) -> String {
        let written = || language.words(&self.write(text, tongue, now));
        match self {
            Self::Text => language.words(text),
            Self::Code => language.code(text),
            Self::Digits | Self::InquiryNumber => language.digits(text),
            Self::Zip => language.zip(text),
            Self::Phone => language.phone(text),
            Self::Address => language.address(text),
            Self::Date | Self::Moment | Self::Window | Self::Week => written(),
        }
    }

    /// The text as it is written for those who read along.
    pub fn write(self, text: &str, tongue: &Tongue, now: Timestamp) -> String {
        let as_it_is = || text.to_owned();
        match self {
            Self::Text | Self::Code | Self::Digits | Self::Zip | Self::Phone | Self::Address => as_it_is(),
            Self::InquiryNumber => {
                text.parse::<InquiryNumber>().map_or_else(|_| as_it_is(), |number| number.to_string())
            }
            Self::Date => {
                let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
                text.parse().map_or_else(|_| as_it_is(), |date: Date| tongue.on_day(date, today))
            }
            Self::Moment => {
                moment(text).map_or_else(as_it_is, |at| tongue.moment(at.timestamp(), zone_of(&at), now))
            }
            Self::Window => window(text).map_or_else(as_it_is, |window| {
                tongue.window(window.start, window.end, window.zone.name(), now)
            }),
            Self::Week => week(text).map_or_else(as_it_is, |week| tongue.week(&week)),
        }
    }

    /// A text of this form, for trying out prompts.
    pub(crate) const fn sample(self) -> &'static str {
        match self {
            Self::Text => "words",
            Self::Code => "IOE9999999901",
            Self::Digits => "9999999901",
            Self::InquiryNumber => "10000000",
            Self::Zip => "60601",
            Self::Phone => "+12025550143",
            Self::Date => "2026-12-03",
            Self::Moment => "2026-12-03T10:00:00-08:00[America/Los_Angeles]",
            Self::Window => {
                "{\"start\":\"2026-12-03T18:00:00Z\",\"end\":\"2026-12-03T19:00:00Z\",\"zone\":\"America/Los_Angeles\"}"
            }
            Self::Address => "1 Lake Street, Lakeview, IL 60601",
            Self::Week => "{}",
        }
    }
}

fn zone_of(at: &Zoned) -> &str {
    at.time_zone().iana_name().unwrap_or("UTC")
}

fn moment(text: &str) -> Option<Zoned> {
    text.parse().ok()
}

fn window(text: &str) -> Option<Window> {
    serde_json::from_str(text).ok()
}

fn week(text: &str) -> Option<WeeklyHours> {
    serde_json::from_str(text).ok()
}

/// A moment as a fact holds it.
pub(crate) fn moment_text(at: Timestamp, zone: &Zone) -> String {
    at.to_zoned(zone.tz().clone()).to_string()
}

/// Anything as JSON, as facts of the forms [`Form::Window`] and [`Form::Week`] hold it.
pub(crate) fn json<T: Serialize>(value: &T) -> String {
    // Plain structs of texts and times always have a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}
