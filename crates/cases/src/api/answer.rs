//! A case out of the service's answer.
//!
//! ```json
//! {"message": "…", "case_status": {"receiptNumber": "…", "formType": "N400",
//!   "submittedDate": "01-15-2025 09:00:00", "modifiedDate": "03-02-2025 14:28:46",
//!   "current_case_status_text_en": "…", "current_case_status_desc_en": "…",
//!   "current_case_status_text_es": "…", "current_case_status_desc_es": "…",
//!   "hist_case_status": [{"date": "…", "completed_text_en": "…", "completed_text_es": "…"}]}}
//! ```
//!
//! `hist_case_status` is `null` when there is none. Cases that were filed online (`IOE…`) come without the two
//! dates. Dates are the agency's own wall clock: the day is taken as written, because it is the day that stands on
//! the person's notices.

use super::{envelope, error::ApiError, forms, plain::plain, statuses};
use domain::{
    case::{Case, CaseStep, ReceiptNumber},
    text::{Lang, Text},
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

/// The most characters of a status title.
const MAX_TITLE: usize = 300;
/// The most characters that explain a status.
const MAX_MEANING: usize = 2000;
/// The most characters of a form's name.
const MAX_FORM: usize = 40;
/// The most earlier steps.
const MAX_HISTORY: usize = 200;

/// What an answer said.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) case: Case,
    /// The title, when the table of statuses does not have it.
    pub(super) unknown_title: Option<String>,
}

#[derive(Deserialize)]
struct Told {
    #[serde(rename = "receiptNumber")]
    receipt: Option<String>,
    #[serde(rename = "formType")]
    form: Option<String>,
    #[serde(rename = "submittedDate")]
    submitted: Option<String>,
    #[serde(rename = "modifiedDate")]
    modified: Option<String>,
    current_case_status_text_en: Option<String>,
    current_case_status_text_es: Option<String>,
    current_case_status_desc_en: Option<String>,
    current_case_status_desc_es: Option<String>,
    hist_case_status: Option<Vec<Step>>,
}

#[derive(Deserialize)]
struct Step {
    date: Option<String>,
    completed_text_en: Option<String>,
    completed_text_es: Option<String>,
}

/// Reads the body of a 200.
pub(super) fn read(body: &[u8], asked: &ReceiptNumber) -> Result<Read, ApiError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut json: Value = serde_json::from_slice(body).map_err(|_| ApiError::NotJson)?;
    let Some(told @ Value::Object(_)) = json.get_mut("case_status").map(Value::take) else {
        // Gateways have been seen to put an error into a 200.
        return Err(match envelope::of(&json) {
            Some(envelope::Told { status: Some(status), word }) => {
                ApiError::Status { status, code: word, retry_after: None }
            }
            _ => ApiError::NotACase("case_status is missing"),
        });
    };
    let told: Told =
        serde_json::from_value(told).map_err(|_| ApiError::NotACase("a field has another type"))?;
    let same = told.receipt.as_deref().and_then(|receipt| receipt.parse().ok()).as_ref() == Some(asked);
    if !same {
        return Err(ApiError::NotACase("it is about another receipt number"));
    }
    let title_en = plain(&told.current_case_status_text_en.unwrap_or_default(), MAX_TITLE);
    let title =
        text(title_en.clone(), plain(&told.current_case_status_text_es.unwrap_or_default(), MAX_TITLE));
    if title.langs().next().is_none() {
        return Err(ApiError::NotACase("it has no status"));
    }
    let meaning_en = plain(&told.current_case_status_desc_en.unwrap_or_default(), MAX_MEANING);
    let in_words = day_in_words(&meaning_en);
    let meaning = text(meaning_en, plain(&told.current_case_status_desc_es.unwrap_or_default(), MAX_MEANING));
    let history = steps(told.hist_case_status.unwrap_or_default());

    let newest = history.first().map(|step| step.on);
    let submitted = told.submitted.as_deref().and_then(day);
    let updated = told
        .modified
        .as_deref()
        .and_then(day)
        .or(in_words)
        .or(newest)
        .or(submitted)
        .ok_or(ApiError::NotACase("it has no date"))?;
    // Cases filed online come without the day of filing: then it is not known, and nobody is told another.
    let received = submitted.map(|day| day.min(updated));

    let english = |step: &CaseStep| step.title.in_lang(&Lang::en()).to_owned();
    let earlier: Vec<String> = history.iter().map(english).collect();
    let state = statuses::state(&title_en, earlier.iter().map(String::as_str));
    let unknown_title = statuses::says(&title_en).is_none().then_some(title_en);
    let form = forms::named(&plain(&told.form.unwrap_or_default(), MAX_FORM));
    let case = Case { receipt: asked.clone(), form, state, title, meaning, received, updated, history };
    Ok(Read { case, unknown_title })
}

/// Earlier steps, newest first. One without a day or a text is left out: what was asked for is the status now.
fn steps(told: Vec<Step>) -> Vec<CaseStep> {
    let mut steps: Vec<CaseStep> = told
        .into_iter()
        .filter_map(|step| {
            let on = day(&step.date?)?;
            let en = plain(&step.completed_text_en.unwrap_or_default(), MAX_TITLE);
            let es = plain(&step.completed_text_es.unwrap_or_default(), MAX_TITLE);
            (!en.is_empty() || !es.is_empty()).then(|| CaseStep { on, title: text(en, es) })
        })
        .collect();
    steps.sort_by_key(|step| std::cmp::Reverse(step.on));
    steps.truncate(MAX_HISTORY);
    steps
}

/// A language without a text is left out, so that the other is shown.
fn text(en: String, es: String) -> Text {
    Text::new([(Lang::en(), en), (Lang::es(), es)].into_iter().filter(|(_, text)| !text.is_empty()))
}

/// The day of `MM-DD-YYYY HH:MM:SS`, or of `YYYY-MM-DD`, which the history of cases filed online has.
fn day(told: &str) -> Option<Date> {
    let day = told.trim().split([' ', 'T']).next()?;
    let [a, b, c]: [&str; 3] = day.split('-').collect::<Vec<_>>().try_into().ok()?;
    let digits = |part: &str, many: usize| part.len() == many && part.bytes().all(|b| b.is_ascii_digit());
    let (year, month, day) = if digits(a, 2) && digits(b, 2) && digits(c, 4) {
        (c, a, b)
    } else if digits(a, 4) && digits(b, 2) && digits(c, 2) {
        (a, b, c)
    } else {
        return None;
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The day with which the agency's English descriptions begin: "On September 5, 2023, we …", "As of …".
fn day_in_words(meaning: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let rest = meaning.strip_prefix("On ").or_else(|| meaning.strip_prefix("As of "))?;
    let mut words = rest.split_whitespace();
    let month = words.next()?;
    let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == month)?.1;
    let day = words.next()?.strip_suffix(',')?.parse().ok()?;
    let year = words.next()?.trim_end_matches(',').parse().ok()?;
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests;
