//! From page to page, as long as nothing is wrong with one.

use super::{Answer, Browser, Form, faults::faults};
use axum::http::StatusCode;

/// A page of the desks without faults, in its language.
pub async fn page(browser: &mut Browser<'_>, lang: &str, path: &str) -> Answer {
    let page = browser.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    assert_eq!(faults(&page.body, lang), Vec::<String>::new(), "{lang} {path}");
    page
}

/// Where a form leads that is taken.
pub async fn sent(browser: &mut Browser<'_>, form: &Form) -> Answer {
    let answer = browser.submit(form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser.follow(&answer).await
}
