//! What can be wrong with a file, a cell or a row of conditions.

use std::fmt;

/// What is wrong with how a file is written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadProblem {
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

pub(crate) fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
