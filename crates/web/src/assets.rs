//! Style sheets, scripts, fonts and icons, embedded in the binary and served under their content's hash.

use crate::App;
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::{fmt::Write, sync::LazyLock};

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// The hash of all files together: style sheets name fonts and icons by relative paths, so all share one folder.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut all = Sha256::new();
    for name in names {
        if let Some(file) = Files::get(&name) {
            all.update(name.as_bytes());
            all.update(file.metadata.sha256_hash());
        }
    }
    hex::encode(all.finalize())[..16].to_owned()
});

/// The address of an asset, by its path under `assets/`.
pub(crate) fn url(path: &str) -> String {
    format!("/assets/{}/{path}", *HASH)
}

/// The typefaces of letters, regular and bold: those of the pages, in the form that a press takes. None when the assets were made
/// by an older recipe.
pub fn typefaces() -> Option<(Vec<u8>, Vec<u8>)> {
    let face = |weight: &str| {
        let file = Files::get(&format!("dist/print/sourcesanspro-{weight}-webfont.ttf"))?;
        Some(file.data.into_owned())
    };
    Some((face("regular")?, face("bold")?))
}

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A page from before an upgrade asks for the old folder: it gets the new file, and does not keep it.
const FOR_NOW: HeaderValue = HeaderValue::from_static("no-cache");

pub(crate) async fn file(Path((hash, path)): Path<(String, String)>) -> Response {
    let kind = match path.rsplit_once('.').map(|(_, ext)| ext) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let Some(file) = Files::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let keep = if hash == *HASH { FOR_EVER } else { FOR_NOW };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, keep),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, file.data.into_owned()).into_response()
}

/// The agency's colours, from its pack. A style sheet of its own, since the policy allows no inline style.
pub(crate) async fn look(State(app): State<App>) -> Response {
    let look = &app.desk.pack().agency().look;
    let mut css = String::from(":root{");
    for (name, colour) in [("primary", &look.primary), ("accent", &look.accent)] {
        if let Some(colour) = colour.as_deref()
            && is_colour(colour)
        {
            let _ = write!(css, "--agency-{name}:{colour};");
        }
    }
    css.push('}');
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    (headers, css).into_response()
}

/// The pack's check says so too; what goes into a style sheet is looked at where it goes in.
fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|b| b.is_ascii_hexdigit())
}
