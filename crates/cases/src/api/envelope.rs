//! The three ways in which the service writes an error.
//!
//! ```json
//! {"code": 404, "message": "…"}
//! {"error": {"code": "503", "message": "…"}}
//! {"errors": [{"code": "BAD_REQUEST", "message": "…", "category": "…", "reference": "…", "status": "400", "traceId": "…"}]}
//! ```
//!
//! The second comes after blank lines. A code is a number, a number in quotation marks, or a word. The messages are
//! read by nobody: they may repeat the receipt number.

use serde_json::Value;

/// What an envelope says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// The status in it.
    pub(super) status: Option<u16>,
    /// The code, when it is a word in capital letters.
    pub(super) word: Option<String>,
}

/// Reads an envelope; none when the body is not one.
pub(super) fn read(body: &[u8]) -> Option<Told> {
    // JSON ignores blank lines before it, but not a byte order mark.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    of(&serde_json::from_slice(body).ok()?)
}

/// The same, of JSON that is read already.
pub(super) fn of(json: &Value) -> Option<Told> {
    let one = match json.get("errors").and_then(Value::as_array) {
        Some(errors) => errors.first()?,
        None => json.get("error").unwrap_or(json),
    };
    let code = one.get("code");
    let status = one.get("status").and_then(number).or_else(|| code.and_then(number));
    let word = code.and_then(Value::as_str).filter(|word| is_word(word)).map(str::to_owned);
    // A case comes with a `message` too.
    let says = one.get("message").is_some_and(Value::is_string) && json.get("case_status").is_none();
    (status.is_some() || word.is_some() || says).then_some(Told { status, word })
}

fn number(value: &Value) -> Option<u16> {
    let status = match value {
        Value::Number(number) => u16::try_from(number.as_u64()?).ok()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    (400..600).contains(&status).then_some(status)
}

/// Letters and underscores: nothing in it can be a receipt number.
fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = Option<(Option<u16>, Option<&'static str>)>;

    #[test]
    fn every_shape_is_read() {
        let table: [(&str, Row); 14] = [
            (r#"{"code": 401, "message": "Invalid Access Token"}"#, Some((Some(401), None))),
            (r#"{"code": "404", "message": "…"}"#, Some((Some(404), None))),
            ("\n\n  {\"error\":{\"code\":\"503\",\"message\":\"…\"}}", Some((Some(503), None))),
            ("\u{feff}{\"error\":{\"code\":503}}", Some((Some(503), None))),
            (
                r#"{"errors":[{"code":"BAD_REQUEST","message":"…","category":"VALIDATION","reference":"r","status":"400","traceId":"t"}]}"#,
                Some((Some(400), Some("BAD_REQUEST"))),
            ),
            (r#"{"errors":[{"code":429,"message":"…"}]}"#, Some((Some(429), None))),
            (r#"{"errors":[]}"#, None),
            (r#"{"message":"…","case_status":{}}"#, None),
            (r#"{"message":"…"}"#, Some((None, None))),
            (r#"{"fault":{"faultstring":"…"}}"#, None),
            (r#"{"code":"EAC9999103403"}"#, None),
            (r#"{"code":200}"#, None),
            ("[]", None),
            ("<html>", None),
        ];
        for (body, want) in table {
            let want = want.map(|(status, word)| Told { status, word: word.map(str::to_owned) });
            assert_eq!(read(body.as_bytes()), want, "{body}");
        }
    }
}
