//! What can be wrong with a call flow and its prompts, each with its place.

use facts::{CellProblem, Kind, ReadProblem};

/// One fault that keeps a call flow from being used. Displays as `FILE:LINE:COL: sentence`.
pub type Fault = facts::Fault<FaultKind>;

/// Something that deserves a look, with which the call flow can be used all the same. Displays like a fault.
pub type Warning = facts::Fault<WarningKind>;

/// What deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WarningKind {
    /// A prompt that is never said.
    #[error("nothing says the prompt `{0}`")]
    UnusedPrompt(String),
    /// A fact that is declared and never set.
    #[error("no state gathers or sets the fact `{0}`")]
    UnusedFact(String),
    /// A state that no example call enters.
    #[error("no example call enters the state `{0}`")]
    StateWithoutCall(String),
}

/// What is wrong with a call flow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    /// The file does not read as it should.
    #[error(transparent)]
    Read(#[from] ReadProblem),
    /// A version of the format that this program does not read.
    #[error("this program reads format 1")]
    Format,
    /// Fewer than the least or more than the most.
    #[error("`{key}` is from {least} to {most}")]
    Range {
        /// The key.
        key: String,
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A time-out in which nobody can find a number on a paper.
    #[error("`{key}` is {found} seconds; a caller has at least {least} seconds to answer")]
    ShortTimeout {
        /// The key.
        key: String,
        /// What was found.
        found: i64,
        /// The least.
        least: i64,
    },
    /// A transition that every waiting state needs is not declared.
    #[error("[defaults] has no `{0}`: what happens then must be said, and never come about by accident")]
    NoDefault(&'static str),
    /// A state that is not there.
    #[error("there is no state `{0}`")]
    UnknownState(String),
    /// A fact that is not there.
    #[error("there is no fact `{0}`: declare it in [facts]")]
    UnknownFact(String),
    /// A fact that only this program sets.
    #[error("the fact `{0}` cannot be set here: only what is looked up gives it")]
    GivenFact(String),
    /// A fact of the contract is declared again.
    #[error("the fact `{0}` is there already, for every call flow")]
    FactTaken(String),
    /// More than one verb.
    #[error("state `{state}` has both `{one}` and `{other}`; a state does one thing")]
    TwoVerbs {
        /// The state.
        state: String,
        /// One verb.
        one: &'static str,
        /// The other.
        other: &'static str,
    },
    /// A state without a way on.
    #[error(
        "state `{0}` is a dead end: it has no verb, and neither `to` nor `next` says where the call goes on"
    )]
    DeadEnd(String),
    /// A state from which no end of the call can be reached.
    #[error("state `{0}` is a dead end: from it no call ever comes to `hangup` or to a person")]
    NoEnd(String),
    /// A key that says nothing in this state.
    #[error("`{key}` has no effect in state `{state}`, which {why}")]
    NoEffect {
        /// The key.
        key: String,
        /// The state.
        state: String,
        /// What it does instead.
        why: &'static str,
    },
    /// `gather` without keys or digits, or with both.
    #[error("`gather` takes either `keys` or `digits` with `into`")]
    Gather,
    /// More options than a person can keep in mind.
    #[error("state `{state}` offers {found} options; a menu has at most {most}")]
    TooManyOptions {
        /// The state.
        state: String,
        /// How many.
        found: usize,
        /// The most.
        most: usize,
    },
    /// An option on a key that means the same everywhere.
    #[error(
        "`{0}` cannot be an option: an option is a key from 1 to 8 (`0` is a person, `9` is slower, `*` says it again)"
    )]
    Option(String),
    /// Digits are gathered into a fact that cannot hold them.
    #[error("digits cannot be gathered into `{fact}`, which {why}")]
    Into {
        /// The fact.
        fact: String,
        /// Why not.
        why: String,
    },
    /// An outcome is missing or is none.
    #[error("`on` must name {} and nothing else", quoted(.0))]
    Outcomes(Vec<String>),
    /// Something is looked up before what it needs is known.
    #[error("state `{state}` needs the fact `{fact}`, and a call can come here without it")]
    Needs {
        /// The state.
        state: String,
        /// The fact.
        fact: String,
    },
    /// A value that its fact cannot have.
    #[error("the fact `{fact}` must be {want}, not {found}")]
    Value {
        /// The fact.
        fact: String,
        /// What it may be.
        want: Kind,
        /// What was found.
        found: String,
    },
    /// A text that is not of its fact's form.
    #[error("{found:?} is not a text of the form `{form}`, which the fact `{fact}` has")]
    Form {
        /// The fact.
        fact: String,
        /// The form.
        form: &'static str,
        /// What was found.
        found: String,
    },
    /// `say` of a declared fact is for texts.
    #[error("`say` is for facts of the type `text`")]
    SayOfOther,
    /// `repeat` and the like say `again` or name a state.
    #[error(
        "`operator` cannot be `again` in state `{0}`: 0 leads to a person, save where the caller waits for one"
    )]
    OperatorAgain(String),
    /// Something in a condition.
    #[error("{0}")]
    Cell(CellProblem),
    /// The last branch has a condition.
    #[error(
        "the last branch of `next` must have no `when`: it is where the call goes when nothing else holds"
    )]
    NoLastBranch,
    /// A branch that is never taken.
    #[error("this branch is never taken: {0}")]
    Branch(String),
    /// No call comes here.
    #[error("no call can reach the state `{0}`")]
    Unreachable(String),
    /// From a state no person can be reached.
    #[error(
        "from state `{0}` no person can be reached: there must be a way to `enqueue`, `connect` or `offer_callback`"
    )]
    NoPerson(String),
    /// Silence, wrong keys or a failure end the call.
    #[error(
        "in state `{state}`, `{outcome}` comes to `hangup` (in `{at}`) without another question: never hang up on a caller who did not answer"
    )]
    EndsInHangup {
        /// The state.
        state: String,
        /// The outcome.
        outcome: &'static str,
        /// Where the call is hung up.
        at: String,
    },
    /// States that lead to each other without asking the caller anything.
    #[error("these states lead to each other without asking anything: {}", quoted(.0))]
    Loop(Vec<String>),
    /// A prompt is not there in a language.
    #[error("the prompt `{key}` is missing in `{lang}`")]
    MissingPrompt {
        /// The prompt.
        key: String,
        /// The language.
        lang: String,
    },
    /// A prompt uses what no fact is called.
    #[error("the prompt `{key}` uses `${argument}`, and there is no such fact")]
    UnknownArgument {
        /// The prompt.
        key: String,
        /// The argument.
        argument: String,
    },
    /// A prompt uses a fact that may not be known where it is said.
    #[error("the prompt `{key}` uses `${argument}`, and state `{state}` can say it before that is known")]
    UnknownThere {
        /// The prompt.
        key: String,
        /// The argument.
        argument: String,
        /// The state.
        state: String,
    },
    /// A prompt cannot be put together.
    #[error("the prompt `{key}` cannot be said: {what}")]
    Prompt {
        /// The prompt.
        key: String,
        /// Why not.
        what: String,
    },
    /// A file of prompts is not Fluent.
    #[error("not a Fluent message: {0}")]
    Fluent(String),
    /// A language without prompts.
    #[error("there are no prompts in `{0}`")]
    NoPrompts(String),
    /// A language whose numbers and dates cannot be said.
    #[error("numbers, dates and codes cannot be said in `{0}` yet")]
    NoSpeech(String),
    /// An example call did not go as it says.
    #[error("call `{call}`, step {step}: {what}")]
    Call {
        /// The call.
        call: String,
        /// The step, from 1.
        step: usize,
        /// What went otherwise.
        what: String,
    },
}

pub(crate) fn quoted(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
