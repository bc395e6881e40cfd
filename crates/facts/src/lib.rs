//! Typed facts, conditions on them that cannot fail, and TOML read with its places.
//!
//! What an agency writes as rules (its policy, its telephone line) rests on facts: names with a declared type, bounds and
//! meaning. A condition is a **cell**, written in the part of CEL in which nothing can fail on facts that fit their [`Schema`]:
//! `&&`, `||`, `!`, `?:`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `+`, `-`, `*` on whole numbers, `size`, `startsWith`,
//! `endsWith`, `contains`, `exists`, `exists_one`, `all`, `filter`, `map` and `known`. CEL lets `error || true` be `true`, and
//! here there is no error to hide.
//!
//! [`Reader`] and [`Node`] read TOML without stopping at the first fault, and say of each where it stands.

mod ast;
mod cell;
mod check;
mod place;
mod problem;
mod reach;
mod read;
mod schema;
mod value;

pub use cel::Context;
pub use cell::{Cell, CellFault, bind, ensured};
pub use place::{Fault, Place, offset_in_string, place_of};
pub use problem::{CellProblem, ReadProblem, Unreachable};
pub use reach::{LIMIT, Reach, Why, reach};
pub use read::{Node, Reader};
pub use schema::{Declared, FactFault, GREATEST, Kind, LEAST, Schema, check_facts, check_value};
pub use value::{Facts, Value};
