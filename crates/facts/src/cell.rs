//! One `when` cell: parsed, checked and evaluated.

use crate::{
    ast::{self, KNOWN},
    check,
    problem::CellProblem,
    schema::{Declared, Schema},
    value::{Facts, Value},
};
use cel::{
    Context, Env, IdedExpr,
    common::ast::Expr,
    parser::{Macro, MacroExprHelper},
};
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

/// The longest cell, in characters: what a person can still check by reading. It also bounds how deep the
/// parser can nest.
pub(crate) const LONGEST: usize = 2_000;

/// CEL's standard environment and one macro of ours, `known(fact)`. It never changes.
static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| {
    let mut env = Env::stdlib().with_optional_support(false);
    env.add_macro(Macro::global("known", 1, |helper: &mut MacroExprHelper<'_>, _, args| {
        let Some(arg) = args.pop() else { return Ok(None) };
        match arg.expr {
            Expr::Ident(name) => Ok(Some(helper.next_expr(Expr::Ident(format!("{KNOWN}{name}"))))),
            _ => Err(helper.new_error(arg.id, "known() takes the name of a fact")),
        }
    }))
    .expect("CEL has no macro `known` of its own");
    Arc::new(env)
});

/// A problem in a cell, at a character of the cell (from 0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// Where in the cell.
    pub at: usize,
    /// What is wrong.
    pub problem: CellProblem,
}

/// A checked condition: on facts that fit the schema it is true or false.
#[derive(Debug, Clone)]
pub struct Cell {
    /// As it was written.
    pub source: String,
    pub(crate) expr: IdedExpr,
    /// The facts it looks at, `known(…)` included.
    pub facts: BTreeSet<String>,
}

impl Cell {
    /// Parses and checks a cell. `schema` must be the whole schema of the table.
    pub fn compile(source: &str, schema: &Schema) -> Result<Self, Vec<CellFault>> {
        let length = source.chars().count();
        if length > LONGEST {
            let problem = CellProblem::TooLong { found: length, limit: LONGEST };
            return Err(vec![CellFault { at: 0, problem }]);
        }
        let program = ENV.compile(source).map_err(|errors| syntax(source, &errors))?;
        let (expr, info) = (program.expression(), program.source_info());
        let faults = check::check(expr, schema);
        if faults.is_empty() {
            let mut names = BTreeSet::new();
            ast::names(expr, &mut names);
            let facts = names
                .iter()
                .map(|name| name.strip_prefix(KNOWN).unwrap_or(name))
                .filter(|name| schema.contains_key(*name))
                .map(str::to_owned)
                .collect();
            return Ok(Self { source: source.to_owned(), expr: expr.clone(), facts });
        }
        // The parser counts bytes.
        let place = |id| info.offset_for(id).map_or(0, |(start, _)| characters(source, start as usize));
        Err(faults.into_iter().map(|(id, problem)| CellFault { at: place(id), problem }).collect())
    }

    /// Whether the condition holds on facts of this schema: [`Cell::holds`] for one condition alone, with only the facts that it
    /// looks at bound.
    ///
    /// # Errors
    /// As [`Cell::holds`].
    pub fn holds_on(&self, schema: &Schema, facts: &Facts) -> Result<bool, String> {
        let looked_at = self.facts.iter().filter_map(|name| schema.get_key_value(name));
        self.holds(&bound(looked_at, facts))
    }

    /// Whether the condition holds on facts that were bound.
    ///
    /// # Errors
    /// What the evaluator says when it does not come out true or false; never on facts that fit the schema.
    pub fn holds(&self, facts: &Context<'_, '_>) -> Result<bool, String> {
        holds(&self.expr, facts)
    }
}

/// The optional facts that are surely known where a condition holds, as far as it can be read at all: for whoever must know before
/// the whole schema does.
pub fn ensured(source: &str) -> BTreeSet<String> {
    if source.chars().count() > LONGEST {
        return BTreeSet::new();
    }
    ENV.compile(source).map(|program| ast::known_when(program.expression(), true)).unwrap_or_default()
}

/// Evaluates an expression that must come out true or false.
pub(crate) fn holds(expr: &IdedExpr, facts: &Context<'_, '_>) -> Result<bool, String> {
    match cel::Value::resolve(expr, facts) {
        Ok(cel::Value::Bool(outcome)) => Ok(outcome),
        Ok(other) => Err(format!("its condition came out as {other:?}, which is neither true nor false")),
        Err(error) => Err(error.to_string()),
    }
}

/// The facts as CEL sees them. An optional fact that is not known is not bound at all: if a rule reached it in
/// spite of the check at load, that would be an error and not a value.
pub fn bind(schema: &Schema, facts: &Facts) -> Context<'static, 'static> {
    bound(schema.iter(), facts)
}

fn bound<'s>(
    declared: impl Iterator<Item = (&'s String, &'s Declared)>,
    facts: &Facts,
) -> Context<'static, 'static> {
    let mut context = Context::with_env(Arc::clone(&ENV));
    for (name, declared) in declared {
        let value = facts.get(name);
        if declared.optional {
            context.add_variable_from_value(format!("{KNOWN}{name}"), cel::Value::Bool(value.is_some()));
        }
        if let Some(value) = value {
            context.add_variable_from_value(name.clone(), to_cel(value));
        }
    }
    context
}

fn to_cel(value: &Value) -> cel::Value {
    match value {
        Value::Bool(b) => cel::Value::Bool(*b),
        Value::Int(i) => cel::Value::Int(*i),
        Value::Text(t) => cel::Value::from(t.as_str()),
        Value::List(words) => {
            cel::Value::List(Arc::new(words.iter().map(|word| cel::Value::from(word.as_str())).collect()))
        }
    }
}

/// How many characters start before a byte.
fn characters(source: &str, byte: usize) -> usize {
    source.char_indices().take_while(|(at, _)| *at < byte).count()
}

/// What the parser complains about, as characters of the cell. It counts lines and columns from 1 and leaves
/// zeros where it does not know.
fn syntax(source: &str, errors: &cel::ParseErrors) -> Vec<CellFault> {
    let place = |(line, column): (isize, isize)| {
        let (line, column) = (usize::try_from(line).unwrap_or(0), usize::try_from(column).unwrap_or(0));
        let before: usize =
            source.split_inclusive('\n').take(line.saturating_sub(1)).map(|l| l.chars().count()).sum();
        (before + column.saturating_sub(1)).min(source.chars().count())
    };
    let mut faults: Vec<CellFault> = errors
        .errors
        .iter()
        .map(|error| {
            let said = error.msg.trim_start_matches("Syntax error: ");
            CellFault { at: place(error.pos), problem: CellProblem::Syntax(said.to_owned()) }
        })
        .collect();
    // Recovery often reports one mistake many times; the first at each place says it.
    faults.dedup_by_key(|fault| fault.at);
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expr(source: &str) -> IdedExpr {
        ENV.compile(source).unwrap().expression().clone()
    }

    /// The hazard is real, which is why facts are checked first and cells cannot fail.
    #[test]
    fn cel_itself_masks_an_error_beside_a_true() {
        let nothing = bind(&Schema::new(), &Facts::new());
        assert_eq!(holds(&expr("age >= 80 || true"), &nothing), Ok(true));
        assert_eq!(holds(&expr("1 / 0 == 1 && false"), &nothing), Ok(false));
    }

    #[test]
    fn an_error_or_another_type_is_never_taken_for_false() {
        let nothing = bind(&Schema::new(), &Facts::new());
        assert!(holds(&expr("age >= 80"), &nothing).unwrap_err().contains("age"));
        assert!(holds(&expr("1 + 1"), &nothing).unwrap_err().contains("neither true nor false"));
    }

    #[test]
    fn offsets_count_characters() {
        let faults = Cell::compile("'ñandú' == 'ñandú' && wrong", &Schema::new()).unwrap_err();
        let at = faults.iter().find(|f| f.problem == CellProblem::UnknownFact("wrong".into())).unwrap().at;
        assert_eq!(at, 22);
        let faults = Cell::compile("'ñandú' == 'ñandú' && )", &Schema::new()).unwrap_err();
        assert_eq!(faults[0].at, 22);
    }
}
