//! The HTML part: one column of at most 600 pixels, styled in place (mail readers drop style sheets), no
//! image, no script, nothing loaded from anywhere, so that opening it tells nobody that it was opened.

use crate::letter::{Letter, Part};
use locale::Tongue;
use maud::{DOCTYPE, Markup, PreEscaped, html};

// Colours are the USWDS tokens ink, base-lighter, base-dark, primary and primary-lighter. Each pair of text and
// ground has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3).
const BODY: &str = "margin:0;padding:0;background:#ffffff;color:#1b1b1b";
const PAGE: &str = "max-width:600px;margin:0 auto;padding:16px;font-family:'Public Sans',Helvetica,Arial,sans-serif;\
                    font-size:17px;line-height:1.5";
const HEADER: &str =
    "border-bottom:4px solid #005ea2;padding:0 0 8px;font-weight:700;font-size:17px;margin:0 0 16px";
const HEADING: &str = "font-size:24px;line-height:1.3;margin:0 0 16px;font-weight:700";
const PARAGRAPH: &str = "margin:0 0 16px";
const CARD: &str =
    "width:100%;border-collapse:collapse;margin:0 0 16px;background:#f0f0f0;border-left:8px solid #005ea2";
const LABEL: &str = "text-align:start;vertical-align:top;padding:8px 12px;font-weight:700;width:9em";
const VALUE: &str = "vertical-align:top;padding:8px 12px";
const TITLE: &str = "font-size:19px;margin:0 0 8px;font-weight:700";
const LIST: &str = "margin:0 0 16px;padding-inline-start:24px";
const BUTTON: &str = "display:inline-block;background:#005ea2;color:#ffffff;padding:12px 20px;border-radius:4px;\
                      font-weight:700;text-decoration:underline";
const ADDRESS: &str = "color:#005ea2;word-break:break-all;font-size:15px";
const NOTES: &str =
    "border-top:1px solid #a9aeb1;margin:24px 0 0;padding:16px 0 0;font-size:15px;color:#3d4551";

/// On paper the button is of no use and its address is: the card keeps its frame.
const PRINT: &str = "@media print{.button{display:none!important}.card{border:1pt solid #000!important}}";

/// The letter as a page.
pub fn html(t: &Tongue, letter: &Letter) -> String {
    let (notes, body): (Vec<&Part>, Vec<&Part>) =
        letter.parts.iter().partition(|part| matches!(part, Part::Note(_)));
    let page = html! {
        (DOCTYPE)
        html lang=(t.lang()) dir=(t.dir().as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light";
                title { (letter.subject) }
                style { (PreEscaped(PRINT)) }
            }
            body style=(BODY) {
                div style=(PAGE) {
                    @if !letter.agency.is_empty() { p style=(HEADER) { (letter.agency) } }
                    main {
                        h1 style=(HEADING) { (letter.subject) }
                        @for each in body { (part(each)) }
                    }
                    footer style=(NOTES) {
                        @for each in notes { (part(each)) }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn part(part: &Part) -> Markup {
    html! {
        @match part {
            Part::Say(text) | Part::Note(text) => p style=(PARAGRAPH) { (text) },
            Part::Card(rows) => {
                table class="card" style=(CARD) {
                    @for (label, lines) in rows {
                        tr {
                            th scope="row" style=(LABEL) { (label) }
                            td style=(VALUE) {
                                @for (at, line) in lines.iter().enumerate() {
                                    @if at > 0 { br; }
                                    (line)
                                }
                            }
                        }
                    }
                }
            }
            Part::List { title, items } => {
                h2 style=(TITLE) { (title) }
                ul style=(LIST) { @for item in items { li { (item) } } }
            }
            Part::Link { label, url } => {
                p class="button" style=(PARAGRAPH) { a href=(url) style=(BUTTON) { (label) } }
                p style=(ADDRESS) { (url) }
            }
        }
    }
}
