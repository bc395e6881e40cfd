//! ICU4X formatters of one language, made once.

use crate::words::MIRRORED;
use icu_calendar::Date as IcuDate;
use icu_datetime::{DateTimeFormatter, fieldsets};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_list::{
    ListFormatter,
    options::{ListFormatterOptions, ListLength},
};
use icu_locale::{Locale, LocaleDirectionality};
use jiff::civil::Date;

/// The Unicode data has no dates or numbers for a language.
#[derive(Debug, thiserror::Error)]
#[error("no dates or numbers are known for the language {lang:?}: {what}")]
pub struct FormatError {
    lang: String,
    what: String,
}

impl FormatError {
    fn new(lang: &str, what: &dyn std::fmt::Display) -> Self {
        Self { lang: lang.to_owned(), what: what.to_string() }
    }
}

/// The regional form in which a language is written here: English and Spanish as in the United States
/// (month before day, twelve hours), any other language in its own default form.
fn region(lang: &str) -> &str {
    match lang {
        "en" | MIRRORED => "en-US",
        "es" => "es-US",
        other => other,
    }
}

pub struct Formats {
    weekday_month_day: DateTimeFormatter<fieldsets::MDE>,
    weekday_month_day_year: DateTimeFormatter<fieldsets::YMDE>,
    weekday: DateTimeFormatter<fieldsets::E>,
    month_day: DateTimeFormatter<fieldsets::MD>,
    month_day_year: DateTimeFormatter<fieldsets::YMD>,
    decimal: DecimalFormatter,
    list: ListFormatter,
    right_to_left: bool,
}

impl Formats {
    pub fn new(lang: &str) -> Result<Self, FormatError> {
        let locale = Locale::try_from_str(region(lang)).map_err(|e| FormatError::new(lang, &e))?;
        // "a, b and c", without the serial comma: English lists are written as in world English.
        let list_locale = if lang == "en" {
            Locale::try_from_str("en-001").unwrap_or(locale.clone())
        } else {
            locale.clone()
        };
        let fault = |e| FormatError::new(lang, &e);
        let number = |e: icu_provider::DataError| FormatError::new(lang, &e);
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        Ok(Self {
            weekday_month_day: DateTimeFormatter::try_new((&locale).into(), fieldsets::MDE::long())
                .map_err(fault)?,
            weekday_month_day_year: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMDE::long())
                .map_err(fault)?,
            weekday: DateTimeFormatter::try_new((&locale).into(), fieldsets::E::long()).map_err(fault)?,
            month_day: DateTimeFormatter::try_new((&locale).into(), fieldsets::MD::long()).map_err(fault)?,
            month_day_year: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::long())
                .map_err(fault)?,
            decimal: DecimalFormatter::try_new(
                (&locale).into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .map_err(number)?,
            list: ListFormatter::try_new_and((&list_locale).into(), options).map_err(number)?,
            right_to_left: lang == MIRRORED
                || LocaleDirectionality::new_common().is_right_to_left(&locale.id),
        })
    }

    pub const fn right_to_left(&self) -> bool {
        self.right_to_left
    }

    /// "Thursday, December 3".
    pub fn day(&self, date: Date, with_year: bool) -> String {
        let icu = icu_date(date);
        if with_year {
            self.weekday_month_day_year.format(&icu).to_string()
        } else {
            self.weekday_month_day.format(&icu).to_string()
        }
    }

    /// "Thursday".
    pub fn weekday(&self, date: Date) -> String {
        self.weekday.format(&icu_date(date)).to_string()
    }

    /// "December 3".
    pub fn date(&self, date: Date, with_year: bool) -> String {
        let icu = icu_date(date);
        if with_year {
            self.month_day_year.format(&icu).to_string()
        } else {
            self.month_day.format(&icu).to_string()
        }
    }

    /// "1,234".
    pub fn number(&self, decimal: &Decimal) -> String {
        self.decimal.format(decimal).to_string()
    }

    /// "a, b and c".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        self.list.format(items.iter().map(AsRef::as_ref)).to_string()
    }
}

impl std::fmt::Debug for Formats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Formats").field("right_to_left", &self.right_to_left).finish_non_exhaustive()
    }
}

/// The same day in ICU's type. Both count the proleptic Gregorian calendar, jiff over −9999 to 9999, so
/// nothing is out of range.
fn icu_date(date: Date) -> IcuDate<icu_calendar::Iso> {
    let (year, month, day) = (i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
    IcuDate::try_new_iso(year, month, day).unwrap_or_else(|_| unreachable!("jiff holds only days that exist"))
}

/// A formatter of numbers in `lang`.
pub fn decimal(
    lang: &str,
    options: icu_decimal::options::DecimalFormatterOptions,
) -> Result<DecimalFormatter, FormatError> {
    let locale = Locale::try_from_str(region(lang)).map_err(|e| FormatError::new(lang, &e))?;
    DecimalFormatter::try_new(locale.into(), options).map_err(|e| FormatError::new(lang, &e))
}
