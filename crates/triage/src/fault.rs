//! What can be wrong with a policy file, each with its place.

use crate::{
    place::Place,
    schema::{FactFault, Kind},
};
use std::fmt;

/// One fault that keeps a policy from being loaded. Displays as `FILE:LINE:COL: sentence`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file's name, as given to the loader.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What is wrong.
    pub kind: FaultKind,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.place.line, self.place.column, self.kind)
    }
}

impl std::error::Error for Fault {}

/// Something that does not keep a policy from being loaded but deserves a look. Displays like a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// The file's name, as given to the loader.
    pub file: String,
    /// Where in the file.
    pub place: Place,
    /// What to look at.
    pub kind: WarningKind,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.place.line, self.place.column, self.kind)
    }
}

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
    /// The file is not TOML.
    #[error("not valid TOML: {0}")]
    Toml(String),
    /// A key that is not part of the format.
    #[error("unknown key `{key}` in {within}; it may hold {}", quoted(.allowed))]
    UnknownKey {
        /// The key.
        key: String,
        /// In what.
        within: String,
        /// What may stand there.
        allowed: Vec<String>,
    },
    /// A key that must be there and is not.
    #[error("{within} has no `{key}`")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// In what.
        within: String,
    },
    /// A TOML value of another type than the key takes.
    #[error("`{key}` must be {want}, not {found}")]
    WrongType {
        /// The key.
        key: String,
        /// What it takes.
        want: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// A text that must say something and does not.
    #[error("`{key}` is blank")]
    Blank {
        /// The key.
        key: String,
    },
    /// A word outside a fixed set.
    #[error("`{key}` must be one of {}, not {found:?}", quoted(.allowed))]
    Word {
        /// The key.
        key: String,
        /// The set.
        allowed: Vec<String>,
        /// What was found.
        found: String,
    },
    /// A name that a cell could not use, or that would hide something of CEL's own; outcomes follow suit.
    #[error(
        "`{name}` cannot be the name of a fact or an outcome: a name is lower-case letters, digits and `_`, starts with a letter, has at most 60 characters and is not a word of CEL's own"
    )]
    Name {
        /// The name.
        name: String,
    },
    /// `min` above `max`.
    #[error("`min` ({min}) is above `max` ({max})")]
    Bounds {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A set without elements, or one that names an element twice.
    #[error("the set of `{name}` {problem}")]
    Set {
        /// The fact or outcome.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A table without rows.
    #[error("the table has no rows")]
    NoRows,
    /// A table without examples cannot show that it does what its author means.
    #[error("the table has no examples; each row should have one")]
    NoExamples,
    /// Two rows with one id, or two examples with one name.
    #[error("the {what} `{id}` is already on line {line}")]
    Duplicate {
        /// `row` or `example`.
        what: &'static str,
        /// The id or name.
        id: String,
        /// Where the first one is.
        line: usize,
    },
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
    /// A sentence is not there in a language the pack must have.
    #[error("`{key}` has no text in `{lang}`")]
    MissingLanguage {
        /// The key (`why` or `change`).
        key: &'static str,
        /// The language.
        lang: String,
    },
    /// A key of a sentence is not a language tag.
    #[error("`{found}` is not a language; a language is a tag such as `en` or `es`")]
    Language {
        /// What was found.
        found: String,
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

/// What is wrong in a `when` cell. The language of cells is the part of CEL in which nothing can fail on facts
/// that fit the schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellProblem {
    /// CEL's parser refuses it.
    #[error("`when` is not a condition: {0}")]
    Syntax(String),
    /// Longer than any sentence a person can check.
    #[error("`when` has {found} characters; at most {limit} are allowed")]
    TooLong {
        /// Its length.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A name that is neither a fact nor a variable of a comprehension around it.
    #[error("unknown fact `{0}`")]
    UnknownFact(String),
    /// A comprehension's variable has the name of a fact or of a variable around it.
    #[error("the variable `{0}` has the name of a fact or of a variable around it; choose another")]
    Shadows(String),
    /// A part of CEL that cells may not use, most often because it can fail.
    #[error("{0} cannot be used in a condition")]
    NotAllowed(String),
    /// An operator between types it is not for.
    #[error("`{operator}` cannot be used with {found}")]
    Mismatch {
        /// The operator or function.
        operator: String,
        /// The types it was given.
        found: String,
    },
    /// The whole cell is not true or false.
    #[error("`when` must be true or false, and this is {0}")]
    NotBool(String),
    /// A comparison whose answer the schema already gives.
    #[error("this comparison is always {0}, because of what the schema allows")]
    Constant(bool),
    /// A text is compared with a word it can never be: most often a misspelling.
    #[error("{found} is never among {allowed}")]
    NeverEqual {
        /// The words that can never be met.
        found: String,
        /// The words the other side may have.
        allowed: String,
    },
    /// A sum or product that may leave the range of whole numbers.
    #[error("the result of `{0}` may be too large; give its facts a narrower `min` and `max`")]
    MayOverflow(String),
    /// An optional fact is looked at where it may not be known.
    #[error("the fact `{0}` is optional; look at it only behind `known({0}) &&`")]
    Unguarded(String),
    /// `known()` of a fact that is always known.
    #[error("the fact `{0}` is not optional, so `known({0})` says nothing")]
    AlwaysKnown(String),
}

/// Why a row can never fire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreachable {
    /// An earlier row has no condition.
    AfterDefault(String),
    /// No facts that fit the schema fulfil its condition.
    Never,
    /// Whenever its condition holds, that of this earlier row does.
    ImpliedBy(String),
    /// Whenever its condition holds, one of these earlier rows has fired already.
    CoveredBy(Vec<String>),
}

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AfterDefault(row) => write!(f, "row `{row}` before it has no condition"),
            Self::Never => f.write_str("no facts fulfil its condition"),
            Self::ImpliedBy(row) => write!(f, "whenever its condition holds, row `{row}` has fired already"),
            Self::CoveredBy(rows) => {
                write!(f, "whenever its condition holds, one of {} has fired already", quoted(rows))
            }
        }
    }
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
