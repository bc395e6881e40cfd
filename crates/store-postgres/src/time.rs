//! Times as columns keep them: `timestamptz`, whole microseconds, UTC.

use jiff::Timestamp;
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueFormat, PgValueRef, types::Oid},
};

/// `timestamptz` and its array type have the same numbers in every PostgreSQL (`pg_type.dat`).
const TIMESTAMPTZ: Oid = Oid(1184);
const TIMESTAMPTZ_ARRAY: Oid = Oid(1185);

/// The wire counts microseconds from 2000-01-01 UTC.
const EPOCH: i64 = 946_684_800_000_000;

/// The earliest time PostgreSQL knows (4713 BC, Julian), in its own count.
const EARLIEST: i64 = -211_813_488_000_000_000;

/// A time on its way to or from a column. What lies before every time PostgreSQL knows is sent as `-infinity`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Time(pub Timestamp);

impl Type<Postgres> for Time {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(TIMESTAMPTZ)
    }
}

impl PgHasArrayType for Time {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(TIMESTAMPTZ_ARRAY)
    }
}

impl Encode<'_, Postgres> for Time {
    fn encode_by_ref(&self, buf: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let micros = self.0.as_microsecond() - EPOCH;
        let micros = if micros < EARLIEST { i64::MIN } else { micros };
        buf.extend_from_slice(&micros.to_be_bytes());
        Ok(IsNull::No)
    }
}

impl Decode<'_, Postgres> for Time {
    fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
        if value.format() != PgValueFormat::Binary {
            return Err("a time came as text: every query here has its arguments bound".into());
        }
        let micros = i64::from_be_bytes(value.as_bytes()?.try_into()?);
        Ok(Self(match micros {
            i64::MIN => Timestamp::MIN,
            i64::MAX => Timestamp::MAX,
            _ => Timestamp::from_microsecond(micros.saturating_add(EPOCH))?,
        }))
    }
}
