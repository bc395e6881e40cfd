//! A code for a camera.

use base64::{Engine, engine::general_purpose::STANDARD};
use fast_qr::{
    ECL, QRBuilder,
    convert::{Builder, svg::SvgBuilder},
};
use maud::{Markup, html};

/// A QR code of a short text; nothing if the text does not fit one.
pub(crate) fn qr(text: &str, alt: &str) -> Markup {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else { return html! {} };
    let svg = STANDARD.encode(SvgBuilder::default().margin(2).to_str(&code));
    html! { img.qr src={ "data:image/svg+xml;base64," (svg) } alt=(alt) width="160" height="160"; }
}
