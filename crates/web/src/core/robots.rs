//! What search engines may keep: the pages that say nothing of anybody.

use crate::App;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use std::fmt::Write;

/// The public pages that a search engine may list, below `/{lang}`. Each calls `Page::indexed`; a test compares.
pub(crate) const INDEXED: [&str; 8] =
    ["", "/topics", "/offices", "/status", "/our-calls", "/statistics", "/privacy", "/accessibility"];

/// Inquiries, signed links, forms and desks stay out. Refusing is a courtesy that engines keep; what guards these pages is
/// that nobody sees them without proof, and that they say `noindex` themselves.
pub(super) async fn robots(State(app): State<App>) -> Response {
    let mut text = String::from("User-agent: *\n");
    for path in ["/go/", "/calendar/", "/api/", "/*/inquiry", "/*/request", "/*/staff", "/*/call", "/*/demo"]
    {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "Disallow: {path}");
    }
    let _ = writeln!(text, "Sitemap: {}/sitemap.xml", app.options.public_url.trim_end_matches('/'));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// Every indexed page in every language of the pack.
pub(super) async fn sitemap(State(app): State<App>) -> Response {
    let base = app.options.public_url.trim_end_matches('/');
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let pack = app.desk.pack();
    let topics = pack.reasons().iter().map(|reason| format!("/topics/{}", reason.code));
    let offices = pack.offices().iter().map(|office| format!("/offices/{}", office.code));
    let paths: Vec<String> =
        INDEXED.iter().map(|path| (*path).to_owned()).chain(topics).chain(offices).collect();
    for lang in pack.languages() {
        for path in &paths {
            // Codes and languages are plain letters, digits and hyphens; the base was checked as an address.
            let _ = writeln!(text, "<url><loc>{base}/{lang}{path}</loc></url>");
        }
    }
    text.push_str("</urlset>\n");
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response()
}
