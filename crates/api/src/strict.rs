//! Reads a value exactly as the OpenAPI document describes it, and says where it does not fit.
//!
//! serde's own readers are kinder than a schema: they take an array for an object and `{"urgent": null}` for `"urgent"`.
//! What is accepted by accident is depended on by somebody, so this reader takes neither. On the other hand `5.0` is a
//! whole number in JSON Schema, so it is one here.

use serde::{
    Deserialize,
    de::{
        self, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
        value::StringDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_json::{Map, Value};
use std::fmt;

/// What does not fit, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The way to it from the outside in, last first while it is being made.
    path: Vec<String>,
    says: String,
}

impl Misfit {
    /// The place as a JSON Pointer (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        self.path.iter().rev().fold(String::new(), |mut way, step| {
            way.push('/');
            way.push_str(&step.replace('~', "~0").replace('/', "~1"));
            way
        })
    }

    /// What is wrong there.
    pub(crate) fn says(&self) -> &str {
        &self.says
    }

    fn under(mut self, step: impl Into<String>) -> Self {
        self.path.push(step.into());
        self
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.says)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(says: T) -> Self {
        Self { path: Vec::new(), says: says.to_string().chars().take(300).collect() }
    }
}

/// Where the value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// A JSON body.
    Json,
    /// A query, in which everything is text.
    Query,
}

/// Reads a `T`.
///
/// # Errors
/// The first thing that does not fit.
pub(crate) fn read<T: for<'de> Deserialize<'de>>(value: &Value, from: From) -> Result<T, Misfit> {
    T::deserialize(Strict { value, from })
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    value: &'a Value,
    from: From,
}

impl<'a> Strict<'a> {
    const fn of(self, value: &'a Value) -> Self {
        Self { value, ..self }
    }

    fn wrong<T>(self, expected: &dyn de::Expected) -> Result<T, Misfit> {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        Err(de::Error::custom(format_args!("{found} stands where {expected} is expected")))
    }

    fn whole<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match (self.value, self.from) {
            (Value::Number(n), From::Json) => {
                if let Some(n) = n.as_u64() {
                    visitor.visit_u64(n)
                } else if let Some(n) = n.as_i64() {
                    visitor.visit_i64(n)
                } else if let Some(n) = n.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < 9e15) {
                    #[expect(clippy::cast_possible_truncation, reason = "it is whole and far from the ends")]
                    visitor.visit_i64(n as i64)
                } else {
                    self.wrong(&visitor)
                }
            }
            (Value::String(text), From::Query) => {
                let plain = !text.is_empty() && text.len() < 20 && text.bytes().all(|b| b.is_ascii_digit());
                match text.parse::<u64>() {
                    Ok(n) if plain => visitor.visit_u64(n),
                    _ => self.wrong(&visitor),
                }
            }
            _ => self.wrong(&visitor),
        }
    }
}

macro_rules! whole {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            self.whole(visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Strict<'_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Number(n) if n.is_f64() => visitor.visit_f64(n.as_f64().unwrap_or(f64::NAN)),
            Value::Number(_) => self.whole(visitor),
            Value::String(text) => visitor.visit_str(text),
            Value::Array(all) => visitor.visit_seq(Items { reader: self, all, at: 0 }),
            Value::Object(fields) => {
                visitor.visit_map(Fields { reader: self, rest: fields.iter(), now: None })
            }
        }
    }

    whole! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if self.value.is_object() { self.deserialize_any(visitor) } else { self.wrong(&visitor) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.value {
            Value::String(name) => visitor.visit_enum(Name(name)),
            _ => self.wrong(&visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map
        identifier ignored_any
    }
}

struct Items<'a> {
    reader: Strict<'a>,
    all: &'a [Value],
    at: usize,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some(value) = self.all.get(self.at) else { return Ok(None) };
        let at = self.at;
        self.at += 1;
        seed.deserialize(self.reader.of(value)).map(Some).map_err(|misfit| misfit.under(at.to_string()))
    }
}

struct Fields<'a> {
    reader: Strict<'a>,
    rest: serde_json::map::Iter<'a>,
    now: Option<(&'a String, &'a Value)>,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        self.now = self.rest.next();
        let Some((name, _)) = self.now else { return Ok(None) };
        let key: StringDeserializer<Misfit> = name.clone().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|misfit| misfit.under(name))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let Some((name, value)) = self.now else { return Err(de::Error::custom("a value without a name")) };
        seed.deserialize(self.reader.of(value)).map_err(|misfit| misfit.under(name))
    }
}

/// The name of one of an enum's values, which carry nothing.
struct Name<'a>(&'a str);

impl<'de> EnumAccess<'de> for Name<'_> {
    type Error = Misfit;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Misfit> {
        let name: StringDeserializer<Misfit> = self.0.to_owned().into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'de> VariantAccess<'de> for Name<'_> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        Ok(())
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Misfit> {
        Err(de::Error::custom("this value carries nothing"))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Misfit> {
        Err(de::Error::custom("this value carries nothing"))
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Misfit> {
        Err(de::Error::custom("this value carries nothing"))
    }
}

/// A query as an object of texts.
///
/// # Errors
/// A name that stands twice.
pub(crate) fn query(text: &str) -> Result<Value, Misfit> {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if fields.insert(name.clone().into_owned(), Value::String(value.into_owned())).is_some() {
            let twice: Misfit = de::Error::custom("this stands twice");
            return Err(twice.under(name));
        }
    }
    Ok(Value::Object(fields))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        count: u8,
        #[serde(default)]
        inner: Vec<Inner>,
        kind: Option<Kind>,
        #[serde(default)]
        more: BTreeMap<String, Value>,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        name: String,
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        Urgent,
    }

    #[track_caller]
    fn misfit(value: &Value, at: &str) {
        let misfit = read::<Outer>(value, From::Json).unwrap_err();
        assert_eq!(misfit.pointer(), at, "{misfit}");
    }

    #[test]
    fn reads_what_a_schema_allows() {
        let value =
            json!({ "count": 5.0, "inner": [{ "name": "a" }], "kind": "urgent", "more": { "x": 1.5 } });
        let outer: Outer = read(&value, From::Json).unwrap();
        assert_eq!(outer.count, 5);
        assert_eq!(outer.inner, [Inner { name: "a".into() }]);
        assert_eq!((outer.kind, outer.more["x"].clone()), (Some(Kind::Urgent), json!(1.5)));
        let outer: Outer = read(&json!({ "count": 0, "kind": null }), From::Json).unwrap();
        assert_eq!(outer.kind, None);
    }

    #[test]
    fn takes_nothing_by_kindness_and_says_where() {
        misfit(&json!([5]), "");
        misfit(&json!({ "count": "5" }), "/count");
        misfit(&json!({ "count": 5.5 }), "/count");
        misfit(&json!({ "count": 256 }), "/count");
        misfit(&json!({ "count": -1 }), "/count");
        misfit(&json!({ "count": 1, "inner": [["a"]] }), "/inner/0");
        misfit(&json!({ "count": 1, "inner": [{ "name": "a" }, { "name": 1 }] }), "/inner/1/name");
        misfit(&json!({ "count": 1, "inner": [{ "name": "a", "b/~": 1 }] }), "/inner/0/b~1~0");
        misfit(&json!({ "count": 1, "inner": null }), "/inner");
        misfit(&json!({ "count": 1, "kind": { "urgent": null } }), "/kind");
        misfit(&json!({ "count": 1, "kind": "later" }), "/kind");
        misfit(&json!({}), "");
    }

    #[test]
    fn reads_numbers_out_of_a_query() {
        let read = |text| read::<Outer>(&query(text).unwrap(), From::Query);
        assert_eq!(read("count=7").unwrap().count, 7);
        assert_eq!(read("count=256").unwrap_err().pointer(), "/count");
        for bad in ["count=", "count=+7", "count=7.0", "count=7&other=1", "count=0x7"] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert_eq!(query("a=1&a=2").unwrap_err().pointer(), "/a");
    }
}
