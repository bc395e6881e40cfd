//! The triage policy as data: a decision table with CEL cells that explains itself.
//!
//! One TOML file is one version of one table. It declares its facts, its outcomes, its rows and examples of
//! what should come out; a file with a fault is refused with the line and column of each fault. A checked
//! [`Policy`] answers with a [`Recommendation`] that names every row tried and what each saw. It recommends;
//! people decide.
//!
//! ```toml
//! policy = "need"          # which decision it recommends: "urgency", "need" or "fit"
//! version = "2026-11-01"   # journaled with each decision
//! effective = 2026-11-01   # the first day on which it holds
//! hit = "first"            # the first row whose condition holds decides
//!
//! [facts]                  # every fact has an `about`
//! urgent = { type = "bool", about = "A decision of urgency has been made." }
//! travel_in_days = { type = "int", min = 0, max = 400, optional = true, about = "Days until the journey." }
//! reason = { one-of = ["proof-of-status", "other"], about = "Why a visit is asked for." }
//! missing = { type = "list", one-of = ["photos", "passport"], about = "What has not been shown yet." }
//! state = { type = "text", about = "The state of residence, two letters." }
//!
//! [outcomes]               # what each `then` must hold; `optional = true` for what it may
//! need = { one-of = ["phone", "visit"] }
//!
//! [[row]]
//! id = "N1-soon"
//! when = 'urgent && known(travel_in_days) && travel_in_days <= 15'
//! then = { need = "visit" }
//! why = { en = "…", es = "…" }     # for the person, in every language of the pack
//! change = { en = "…", es = "…" }  # optional: what would change it
//! staff = "…"                      # optional: for the officer only
//! cite = "…"                       # the rule behind the row
//!
//! [[row]]                  # the last row is the default: no `when`
//! # …
//!
//! [[example]]
//! name = "A journey in ten days"
//! given = { urgent = true, travel_in_days = 10, reason = "other", missing = [], state = "CA" }
//! expect = "N1-soon"
//! ```
//!
//! # What is not known
//!
//! There are no sentinels: with `absent = -1`, the rule `travel_in_days <= 15` would hold for everyone who does
//! not travel. A fact that may be unknown is `optional`, is left out of the [`Facts`], and a condition may look
//! at it only where `known(fact)` has settled that it is there (`known(x) && x <= 15`, `!known(x) || x > 15`,
//! `known(x) ? x <= 15 : urgent`). Anything else is refused at load.
//!
//! # What a condition may use
//!
//! `&&`, `||`, `!`, `?:`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `+`, `-`, `*` on whole numbers, `size`,
//! `startsWith`, `endsWith`, `contains`, `exists`, `exists_one`, `all`, `filter`, `map` and `known`. This is the
//! part of CEL that cannot fail on facts that fit the schema: CEL lets `error || true` be `true`, and here there
//! is no error to hide. Whole numbers are bounded (by ±1,000,000,000 where the schema says nothing), so that
//! sums can be shown to stay in range.

mod compare;
mod effect;
mod fault;
mod load;
mod policy;
mod set;
mod sheet;

pub use compare::{Comparison, Did, Field, FieldChange, Mark, PartChange, compare, lines, words};

pub use domain::decision::DecisionKind;
pub use effect::{Answer, Effect, Turned, answer};
pub use facts::{
    CellProblem, Declared, FactFault, Facts, GREATEST, Kind, LEAST, Place, ReadProblem, Schema, Unreachable,
    Value,
};
pub use fault::{Fault, FaultKind, Warning, WarningKind};
pub use policy::{Policy, Recommendation, Row, Tried};
pub use set::{PolicySet, SetFault};
pub use sheet::{ExampleText, RowText, Sheet, SheetExample, SheetFault, SheetPart, SheetRow, SheetValue};
