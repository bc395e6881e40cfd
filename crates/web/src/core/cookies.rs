//! Cookies: read from a request, written into an answer. All are `HttpOnly`, `SameSite=Lax` and for the whole site.

use axum::http::{HeaderMap, HeaderValue, header};
use std::fmt::Write;

/// The value of a cookie. Over https its name carries `__Host-`, which a neighbouring site cannot forge.
pub(crate) fn get(headers: &HeaderMap, name: &str, https: bool) -> Option<String> {
    let name = full(name, https);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value.to_owned())
}

/// How long a browser keeps a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Until the browser is closed.
    Session,
    /// For so many seconds.
    Seconds(i64),
    /// Not at all: it goes now.
    Gone,
}

/// The header that sets a cookie. `value` has only what a cookie may have; anything else is left out.
pub(crate) fn set(name: &str, value: &str, keep: Keep, https: bool) -> HeaderValue {
    let value: String =
        value.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
    let mut line = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax", full(name, https));
    match keep {
        Keep::Session => {}
        Keep::Seconds(seconds) => {
            let _ = write!(line, "; Max-Age={seconds}");
        }
        Keep::Gone => line.push_str("; Max-Age=0"),
    }
    if https {
        line.push_str("; Secure");
    }
    HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
}

fn full(name: &str, https: bool) -> String {
    if https { format!("__Host-{name}") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_wrote() {
        for https in [false, true] {
            let line = set("lang", "es", Keep::Session, https);
            let pair = line.to_str().unwrap().split(';').next().unwrap().to_owned();
            let mut headers = HeaderMap::new();
            headers.append(header::COOKIE, HeaderValue::from_static("a=b; x"));
            headers.append(header::COOKIE, HeaderValue::from_str(&format!("c=d; {pair}")).unwrap());
            assert_eq!(get(&headers, "lang", https).as_deref(), Some("es"));
            assert_eq!(get(&headers, "lang", !https), None);
            assert_eq!(line.to_str().unwrap().contains("Secure"), https);
        }
    }

    #[test]
    fn a_value_cannot_bring_attributes_of_its_own() {
        let line = set("lang", "en; Domain=evil.example\r\n", Keep::Session, false);
        assert_eq!(line, "lang=enDomainevil.example; Path=/; HttpOnly; SameSite=Lax");
    }
}
