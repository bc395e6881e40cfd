//! The words of a request: texts with a form, each with the schema that describes it and the check that keeps it.

use serde::{Deserialize, Deserializer, de};
use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Object, RefOr, schema::Schema},
};

/// A schema from its JSON.
pub(crate) fn schema(json: serde_json::Value) -> RefOr<Schema> {
    RefOr::T(serde_json::from_value(json).unwrap_or_else(|_| Schema::Object(Object::new())))
}

/// A list of a bounded length, which its schema says beside it.
pub(crate) fn few<'de, D, T, const LEAST: usize, const MOST: usize>(d: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let all = Vec::deserialize(d)?;
    if (LEAST..=MOST).contains(&all.len()) {
        Ok(all)
    } else {
        Err(de::Error::custom(format_args!("this has {LEAST} to {MOST} items")))
    }
}

/// Such a list where it may be left out.
pub(crate) fn maybe_few<'de, D, T, const LEAST: usize, const MOST: usize>(
    d: D,
) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let Some(all) = Option::<Vec<T>>::deserialize(d)? else { return Ok(None) };
    if (LEAST..=MOST).contains(&all.len()) {
        Ok(Some(all))
    } else {
        Err(de::Error::custom(format_args!("this has {LEAST} to {MOST} items")))
    }
}

macro_rules! scalars {
    ($($(#[doc = $doc:literal])* $name:ident { $schema:expr, $fits:expr })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) String);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let mut json = $schema;
                json["type"] = "string".into();
                json["description"] = concat!($($doc),*).trim().into();
                schema(json)
            }
        }
        impl ToSchema for $name {}
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                let fits: fn(&str) -> bool = $fits;
                if fits(&text) {
                    Ok(Self(text))
                } else {
                    Err(de::Error::custom(concat!("this is no ", stringify!($name), ": see its schema")))
                }
            }
        }
        impl $name {
            /// The text.
            #[allow(dead_code, clippy::allow_attributes, reason = "not every one is read in this way")]
            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }
    )+};
}

/// One line: no control characters, and something that can be seen.
const LINE: &str = r"^[^\u0000-\u001f\u007f]*[^\u0000-\u0020\u007f][^\u0000-\u001f\u007f]*$";
/// Several lines.
const LINES: &str = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*[^\u0000-\u0020\u007f][^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$";

fn line(text: &str, most: usize) -> bool {
    text.chars().count() <= most
        && text.chars().all(|c| c >= ' ' && c != '\u{7f}')
        && text.chars().any(|c| c > ' ' && c != '\u{7f}')
}

fn lines(text: &str, most: usize) -> bool {
    let keeps = |c: char| (c >= ' ' && c != '\u{7f}') || matches!(c, '\t' | '\n' | '\r');
    text.chars().count() <= most && text.chars().all(keeps) && text.chars().any(|c| c > ' ' && c != '\u{7f}')
}

/// Two times of a clock with 24 hours. Whether the second is later is for the rules to say.
fn hours(text: &str) -> bool {
    let time = |text: &str| {
        let Some((hour, minute)) = text.split_once(':') else { return false };
        let digits = |s: &str| s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit());
        digits(hour) && digits(minute) && hour < "24" && minute < "60"
    };
    text.split_once('-').is_some_and(|(from, to)| time(from) && (to == "24:00" || time(to)))
}

fn among(text: &str, lengths: std::ops::RangeInclusive<usize>, good: fn(u8) -> bool) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(good)
}

fn email(text: &str) -> bool {
    let Some((local, host)) = text.split_once('@') else { return false };
    let word = |b: u8| b.is_ascii_alphanumeric() || b"_%+-".contains(&b);
    let label = |s: &str| among(s, 1..=63, |b| b.is_ascii_alphanumeric() || b == b'-');
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    text.len() <= 120
        && local.split('.').all(|part| !part.is_empty() && part.bytes().all(word))
        && labels.split('.').all(label)
        && among(top, 2..=20, |b| b.is_ascii_alphabetic())
}

/// The shape of a hash; whether it is one is for the desk to say. Its costs are bounded: each sign-in pays them.
fn argon2id(text: &str) -> bool {
    let digits = |s: &str, lengths: std::ops::RangeInclusive<usize>| {
        among(s, lengths, |b| b.is_ascii_digit()) && !s.starts_with('0')
    };
    let base64 =
        |s: &str, lengths| among(s, lengths, |b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/');
    let parts: Vec<&str> = text.split('$').collect();
    let ["", "argon2id", "v=19", costs, salt, hash] = parts[..] else { return false };
    let costs: Vec<&str> = costs.split(',').collect();
    let [m, t, p] = costs[..] else { return false };
    let of = |cost: &str, name, lengths| cost.strip_prefix(name).is_some_and(|n| digits(n, lengths));
    of(m, "m=", 4..=6)
        && of(t, "t=", 1..=2)
        && of(p, "p=", 1..=1)
        && base64(salt, 11..=64)
        && base64(hash, 22..=86)
}

scalars! {
    /// A short text on one line.
    Line { json!({ "minLength": 1, "maxLength": 100, "pattern": LINE, "example": "Ana" }), |s| line(s, 100) }
    /// A sentence or a few, on one line.
    Sentence {
        json!({ "minLength": 1, "maxLength": 500, "pattern": LINE, "example": "The order needs a stamp." }),
        |s| line(s, 500)
    }
    /// A longer text, in which lines may break.
    Words {
        json!({ "minLength": 1, "maxLength": 4000, "pattern": LINES, "example": "My card was stolen and I travel soon." }),
        |s| lines(s, 4000)
    }
    /// A stretch of a day, by the clock; `24:00` is its end.
    Hours {
        json!({ "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", "example": "08:00-12:00" }),
        hours
    }
    /// A short name that the agency's pack gives to one of its own things.
    Code {
        json!({ "pattern": "^[A-Za-z0-9_-]{1,40}$", "example": "proof-of-status" }),
        |s| among(s, 1..=40, |b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    }
    /// A five-digit ZIP code.
    ZipCode { json!({ "pattern": "^[0-9]{5}$", "example": "90012" }), |s| among(s, 5..=5, |b| b.is_ascii_digit()) }
    /// A telephone number in E.164: a plus and 8 to 15 digits.
    Phone {
        json!({ "pattern": r"^\+[0-9]{8,15}$", "example": "+12135550101" }),
        |s| s.strip_prefix('+').is_some_and(|d| among(d, 8..=15, |b| b.is_ascii_digit()))
    }
    /// An e-mail address.
    Email {
        json!({
            "maxLength": 120,
            "pattern": r"^[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,20}$",
            "example": "ana@example.org",
        }),
        email
    }
    /// The number on a receipt notice, without spaces and hyphens.
    ReceiptNumber {
        json!({ "pattern": "^[A-Za-z0-9]{6,20}$", "example": "IOE9999999901" }),
        |s| among(s, 6..=20, |b| b.is_ascii_alphanumeric())
    }
    /// The code on a message or a call, as it was typed.
    MarkSigns {
        json!({ "pattern": "^[A-Za-z0-9 -]{1,20}$", "example": "K7PM3QX" }),
        |s| among(s, 1..=20, |b| b.is_ascii_alphanumeric() || b == b' ' || b == b'-')
    }
    /// A language by its tag.
    LangTag { json!({ "pattern": "^[a-z]{2,3}$", "example": "es" }), |s| among(s, 2..=3, |b| b.is_ascii_lowercase()) }
    /// A time zone by its IANA name.
    ZoneName {
        json!({ "pattern": "^[A-Za-z0-9_+/-]{1,60}$", "example": "America/Los_Angeles" }),
        |s| among(s, 1..=60, |b| b.is_ascii_alphanumeric() || b"_+/-".contains(&b))
    }
    /// The counter to which a ticket is called.
    Counter { json!({ "pattern": "^[A-Za-z0-9-]{1,20}$", "example": "4" }), |s| among(s, 1..=20, |b| b.is_ascii_alphanumeric() || b == b'-') }
    /// The name with which a member of staff signs in.
    SignIn {
        json!({ "pattern": "^[A-Za-z0-9._@+-]{2,60}$", "example": "m.ortega" }),
        |s| among(s, 2..=60, |b| b.is_ascii_alphanumeric() || b"._@+-".contains(&b))
    }
    /// An Argon2id hash in PHC form, as `argon2` and most systems write it.
    Argon2id {
        json!({
            "pattern": r"^\$argon2id\$v=19\$m=[1-9][0-9]{3,5},t=[1-9][0-9]?,p=[1-9]\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{22,86}$",
            "example": "$argon2id$v=19$m=19456,t=2,p=1$YW4gaW52ZW50ZWQgc2FsdA$3dQNzVYzZHe7RYKVnFzXTCJzxLLC0RjdKwRY6xzk9K0",
        }),
        argon2id
    }
    /// The name of a file. A day in it (`-08-28-2026`) is taken as the day that it is of.
    FileName {
        json!({ "pattern": "^[A-Za-z0-9._ -]{1,100}$", "example": "zips-08-28-2026.csv" }),
        |s| among(s, 1..=100, |b| b.is_ascii_alphanumeric() || b"._ -".contains(&b))
    }
    /// What a version of a policy or of a file is called.
    VersionName {
        json!({ "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$", "example": "2027-01-04" }),
        domain::revision::is_name
    }
    /// The whole text of a file.
    FileText {
        json!({ "minLength": 1, "maxLength": pack::MAX_FILE_BYTES, "example": "date,name_en,name_es\n2027-07-02,Day off,Día libre\n" }),
        |s| (1..=pack::MAX_FILE_BYTES).contains(&s.chars().count())
    }
    /// The number that a person carries: eight digits, the last a check digit.
    InquiryDigits {
        json!({ "pattern": "^[0-9]{8}$", "example": "48210936" }),
        |s| among(s, 8..=8, |b| b.is_ascii_digit())
    }
    /// A place in a list, as the answer before named it. Nothing can be read out of it.
    Cursor {
        json!({ "pattern": "^[A-Za-z0-9_-]{1,200}$", "example": "cmV2aWV3OjUw" }),
        |s| among(s, 1..=200, |b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    }
}

/// An instant (RFC 3339).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When(pub(crate) jiff::Timestamp);

/// Is this text written as RFC 3339 §5.6 says? jiff reads more than that.
fn rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = |bytes: &[u8], shape: &str| {
        bytes.len() == shape.len()
            && bytes
                .iter()
                .zip(shape.bytes())
                .all(|(b, s)| if s == b'0' { b.is_ascii_digit() } else { *b == s })
    };
    let Some((time, rest)) = bytes.split_at_checked(19) else { return false };
    let mut time = time.to_vec();
    time[10].make_ascii_uppercase();
    let digits = rest.strip_prefix(b".").map_or(0, |f| f.iter().take_while(|b| b.is_ascii_digit()).count());
    let rest = match rest.first() {
        Some(b'.') if digits == 0 => return false,
        Some(b'.') => &rest[1 + digits..],
        _ => rest,
    };
    let offset = matches!(rest, b"Z" | b"z") || shape(rest, "+00:00") || shape(rest, "-00:00");
    shape(&time, "0000-00-00T00:00:00") && offset
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let read = if rfc3339(&text) { text.parse().ok() } else { None };
        read.map(Self).ok_or_else(|| de::Error::custom("an instant is written 2026-12-03T18:00:00Z"))
    }
}

impl PartialSchema for When {
    fn schema() -> RefOr<Schema> {
        schema(json!({
            "type": "string", "format": "date-time", "description": "An instant (RFC 3339).",
            "example": "2026-12-03T18:00:00Z",
        }))
    }
}
impl ToSchema for When {}

/// How many hours before somebody needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoticeHours(pub(crate) u16);

/// The most that can be asked for: two weeks.
const MOST_NOTICE: u16 = 336;

impl<'de> Deserialize<'de> for NoticeHours {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let hours = u16::deserialize(d)?;
        if (1..=MOST_NOTICE).contains(&hours) {
            Ok(Self(hours))
        } else {
            Err(de::Error::custom(format_args!("this is 1 to {MOST_NOTICE}")))
        }
    }
}

impl PartialSchema for NoticeHours {
    fn schema() -> RefOr<Schema> {
        schema(json!({
            "type": "integer", "minimum": 1, "maximum": MOST_NOTICE,
            "description": "How many hours before the person needs to know.", "example": 24,
        }))
    }
}
impl ToSchema for NoticeHours {}

/// A day (RFC 3339 full-date).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Day(pub(crate) jiff::civil::Date);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = if plain { text.parse().ok() } else { None };
        day.map(Self).ok_or_else(|| de::Error::custom("a day is written 1980-05-17"))
    }
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        schema(json!({
            "type": "string", "format": "date", "description": "A day.", "example": "1980-05-17",
        }))
    }
}
impl ToSchema for Day {}

/// An identifier (RFC 9562), with its hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Id(pub(crate) uuid::Uuid);

impl std::str::FromStr for Id {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        // `Uuid` also reads braces, a URN and no hyphens at all.
        if text.len() == 36 { uuid::Uuid::parse_str(text).map(Self).map_err(|_| ()) } else { Err(()) }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(|()| de::Error::custom("an identifier is a UUID with its hyphens"))
    }
}

impl PartialSchema for Id {
    fn schema() -> RefOr<Schema> {
        schema(json!({
            "type": "string", "format": "uuid", "description": "An identifier (RFC 9562).",
            "example": "019a9f3c-5c00-7b1e-8a4d-2f6f0c9d1e77",
        }))
    }
}
impl ToSchema for Id {}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads<T: for<'de> Deserialize<'de>>(text: &str) -> bool {
        serde_json::from_value::<T>(json!(text)).is_ok()
    }

    #[test]
    fn instants_are_rfc_3339_and_nothing_else() {
        for good in ["2026-12-03T18:00:00Z", "2026-12-03t18:00:00.123z", "2026-12-03T18:00:00-08:00"] {
            assert!(reads::<When>(good), "{good}");
        }
        for bad in [
            "2026-12-03 18:00:00Z",
            "2026-12-03T18:00Z",
            "2026-12-03T18:00:00",
            "2026-12-03T18:00:00.Z",
            "2026-12-03T18:00:00+08",
            "2026-13-03T18:00:00Z",
            "20261203T180000Z",
            "2026-12-03T18:00:00Z[UTC]",
            "",
        ] {
            assert!(!reads::<When>(bad), "{bad}");
        }
    }

    #[test]
    fn texts_have_their_form() {
        assert!(
            reads::<Line>(" José ") && !reads::<Line>("  ") && !reads::<Line>("a\nb") && !reads::<Line>("")
        );
        assert!(reads::<Line>(&"é".repeat(100)) && !reads::<Line>(&"é".repeat(101)));
        assert!(reads::<Words>("a\r\n\tb") && !reads::<Words>("a\0b") && !reads::<Words>("\n"));
        for good in ["a@b.cd", "a.b+c@x-y.example.org"] {
            assert!(reads::<Email>(good), "{good}");
        }
        for bad in ["a", "a@b", "a..b@c.de", ".a@c.de", "a@c..de", "a@b@c.de", "a b@c.de", "a@c.1"] {
            assert!(!reads::<Email>(bad), "{bad}");
        }
        assert!(reads::<Day>("2024-02-29") && !reads::<Day>("2023-02-29") && !reads::<Day>("20240229"));
        assert!(reads::<Id>("019a9f3c-5c00-7b1e-8a4d-2f6f0c9d1e77"));
        assert!(!reads::<Id>("019a9f3c5c007b1e8a4d2f6f0c9d1e77"));
        assert!(reads::<Phone>("+12135550101") && !reads::<Phone>("2135550101"));
    }
}
