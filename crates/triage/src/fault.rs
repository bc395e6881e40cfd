//! What can be wrong with a policy file, each with its place.

use facts::{CellProblem, FactFault, Kind, ReadProblem, Unreachable};

/// One fault that keeps a policy from being loaded. Displays as `FILE:LINE:COL: sentence`.
pub type Fault = facts::Fault<FaultKind>;

/// Something that does not keep a policy from being loaded but deserves a look. Displays like a fault.
pub type Warning = facts::Fault<WarningKind>;

/// What deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WarningKind {
    /// No example expects this row.
    #[error("no example expects row `{row}`")]
    RowWithoutExample {
        /// The row.
        row: String,
    },
    /// No row looks at this fact, and yet whoever asks must supply it.
    #[error("no row looks at the fact `{fact}`")]
    UnusedFact {
        /// The fact.
        fact: String,
    },
    /// Too many combinations of facts to find out whether the row can fire.
    #[error(
        "row `{row}` may be unreachable: its facts and those of the rows before it have more than {limit} combinations, too many to try them all"
    )]
    Undecided {
        /// The row.
        row: String,
        /// Up to how many combinations a row is always decided.
        limit: usize,
    },
}

/// What is wrong with a policy file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The file does not read as it should.
    #[error(transparent)]
    Read(#[from] ReadProblem),
    /// A table without rows.
    #[error("the table has no rows")]
    NoRows,
    /// A table without examples cannot show that it does what its author means.
    #[error("the table has no examples; each row should have one")]
    NoExamples,
    /// Something in a `when` cell.
    #[error("row `{row}`: {problem}")]
    Cell {
        /// The row.
        row: String,
        /// What is wrong.
        problem: CellProblem,
    },
    /// A row that can never fire.
    #[error("row `{row}` can never fire: {because}")]
    Unreachable {
        /// The row.
        row: String,
        /// Why.
        because: Unreachable,
    },
    /// The last row has a condition, so some facts would reach no row.
    #[error("the last row, `{row}`, has a condition; the last row must be the default, without `when`")]
    NoDefault {
        /// The last row.
        row: String,
    },
    /// `then` names something that `[outcomes]` does not.
    #[error("row `{row}`: `{name}` is not in [outcomes]")]
    UnknownOutcome {
        /// The row.
        row: String,
        /// The name.
        name: String,
    },
    /// `then` lacks something that `[outcomes]` demands.
    #[error("row `{row}`: `then` has no `{name}`, which [outcomes] demands")]
    MissingOutcome {
        /// The row.
        row: String,
        /// The name.
        name: String,
    },
    /// A value in `then` is not what `[outcomes]` allows.
    #[error("row `{row}`: the outcome `{name}` must be {want}, not {found}")]
    Outcome {
        /// The row.
        row: String,
        /// The name.
        name: String,
        /// What it may be.
        want: Kind,
        /// What was found.
        found: String,
    },
    /// The facts of an example do not fit the schema.
    #[error("example `{example}`: {problem}")]
    ExampleFacts {
        /// The example.
        example: String,
        /// What is wrong with its facts.
        problem: FactFault,
    },
    /// An example expects a row that is not there.
    #[error("example `{example}` expects row `{expected}`, and there is no such row")]
    ExampleRow {
        /// The example.
        example: String,
        /// The row it expects.
        expected: String,
    },
    /// Another row fired than the example expects.
    #[error("example `{example}` expects row `{expected}`, but row `{fired}` fired: {because}")]
    ExampleFails {
        /// The example.
        example: String,
        /// The row it expects.
        expected: String,
        /// The row that fired instead.
        fired: String,
        /// What both rows saw.
        because: String,
    },
}
