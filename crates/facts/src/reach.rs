//! Which rows can fire at all.
//!
//! A condition is taken apart at `&&`, `||`, `!` and `?:` into leaves. A leaf over facts with few values that
//! matter (true and false, the words of a set, the numbers and words a fact is compared with and their
//! neighbours) is tabulated by CEL itself. Any other leaf (a list, a sum, a text searched) is free to be true
//! or false. So what is called unreachable is unreachable; and where every leaf is of the first sort, what is
//! not called so can be reached.

use crate::{
    ast::{self, KNOWN},
    cell::{Cell, bind, holds},
    problem::Unreachable,
    schema::{Declared, Kind, Schema},
    value::{Facts, Value},
};
use cel::{
    IdedExpr,
    common::ast::{Expr, LiteralValue, operators},
};
use std::collections::{BTreeMap, BTreeSet};

/// Up to this many combinations a row is decided for certain; beyond, as far as [`STEPS`] reach.
pub const LIMIT: usize = 200_000;
/// The steps of one search. A tree over n combinations has fewer than 2n nodes with a choice of two or more at
/// each, so every product within the limit is finished.
const STEPS: usize = 2 * LIMIT;
/// The most combinations tabulated for one leaf; a larger leaf counts as free.
const LEAF_LIMIT: usize = 4_096;

/// What is known of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Some facts make it fire (or a free leaf would have to decide).
    Yes,
    /// None do. The numbers in it are indices of rows.
    No(Why),
    /// The search had to be given up: see [`LIMIT`].
    TooMany,
}

/// Why a row cannot fire, by the indices of earlier rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// This earlier row has no condition.
    AfterDefault(usize),
    /// No facts fulfil its condition.
    Never,
    /// Whenever its condition holds, that of this earlier row does.
    ImpliedBy(usize),
    /// Whenever its condition holds, one of these earlier rows has fired already.
    CoveredBy(Vec<usize>),
}

impl Why {
    /// The same with the rows' ids.
    pub fn named(self, ids: &[String]) -> Unreachable {
        match self {
            Self::AfterDefault(row) => Unreachable::AfterDefault(ids[row].clone()),
            Self::Never => Unreachable::Never,
            Self::ImpliedBy(row) => Unreachable::ImpliedBy(ids[row].clone()),
            Self::CoveredBy(rows) => {
                Unreachable::CoveredBy(rows.into_iter().map(|row| ids[row].clone()).collect())
            }
        }
    }
}

/// The reach of each row, in order. `None` stands for a row without condition.
pub fn reach(schema: &Schema, rows: &[Option<&Cell>]) -> Vec<Reach> {
    let mut model = Model::new(schema, rows);
    let conditions: Vec<Condition> = rows
        .iter()
        .map(|row| row.map_or(Condition::Always(true), |cell| model.condition(&cell.expr)))
        .collect();
    let default = conditions.iter().position(|c| *c == Condition::Always(true));
    (0..rows.len())
        .map(|row| match default {
            Some(default) if default < row => Reach::No(Why::AfterDefault(default)),
            _ => model.reach_of(row, &conditions, rows),
        })
        .collect()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Condition {
    Always(bool),
    Leaf(usize),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

/// A part of a condition that is looked up: true or false for each combination of its variables.
struct Leaf {
    variables: Vec<usize>,
    table: Vec<bool>,
}

/// Something that varies: a fact (with `None` for "not known"), or a free leaf.
struct Variable {
    name: String,
    values: Vec<Option<Value>>,
}

struct Model<'a> {
    schema: &'a Schema,
    variables: Vec<Variable>,
    leaves: Vec<Leaf>,
    /// Leaves by what they say, so that the same comparison in two rows is one leaf.
    by_text: BTreeMap<String, usize>,
}

impl<'a> Model<'a> {
    fn new(schema: &'a Schema, rows: &[Option<&Cell>]) -> Self {
        let mut compared: BTreeMap<String, BTreeSet<Value>> = BTreeMap::new();
        for cell in rows.iter().flatten() {
            constants(&cell.expr, &mut compared);
        }
        let variables = schema
            .iter()
            .map(|(name, declared)| Variable {
                name: name.clone(),
                values: values(declared, compared.get(name).unwrap_or(&BTreeSet::new())),
            })
            .collect();
        Self { schema, variables, leaves: Vec::new(), by_text: BTreeMap::new() }
    }

    fn condition(&mut self, expr: &IdedExpr) -> Condition {
        if let Expr::Literal(LiteralValue::Boolean(outcome)) = &expr.expr {
            return Condition::Always(*outcome.inner());
        }
        match ast::call(expr) {
            Some((operators::LOGICAL_NOT, [inner])) => Condition::Not(Box::new(self.condition(inner))),
            Some((operators::LOGICAL_AND, [left, right])) => {
                Condition::And(Box::new(self.condition(left)), Box::new(self.condition(right)))
            }
            Some((operators::LOGICAL_OR, [left, right])) => {
                Condition::Or(Box::new(self.condition(left)), Box::new(self.condition(right)))
            }
            Some((operators::CONDITIONAL, [test, yes, no])) => {
                let test = self.condition(test);
                let yes = Condition::And(Box::new(test.clone()), Box::new(self.condition(yes)));
                let no =
                    Condition::And(Box::new(Condition::Not(Box::new(test))), Box::new(self.condition(no)));
                Condition::Or(Box::new(yes), Box::new(no))
            }
            _ => Condition::Leaf(self.leaf(expr)),
        }
    }

    fn leaf(&mut self, expr: &IdedExpr) -> usize {
        let text = ast::canonical(expr);
        if let Some(&leaf) = self.by_text.get(&text) {
            return leaf;
        }
        let leaf = self.tabulated(expr).unwrap_or_else(|| {
            self.variables.push(Variable { name: text.clone(), values: vec![None, None] });
            Leaf { variables: vec![self.variables.len() - 1], table: vec![false, true] }
        });
        self.leaves.push(leaf);
        self.by_text.insert(text, self.leaves.len() - 1);
        self.leaves.len() - 1
    }

    /// The leaf with its table, if every fact in it has few values that matter here.
    fn tabulated(&self, expr: &IdedExpr) -> Option<Leaf> {
        let mut names = BTreeSet::new();
        ast::names(expr, &mut names);
        let alone =
            matches!(&expr.expr, Expr::Ident(name) if name.starts_with(KNOWN)) || ast::direct(expr).is_some();
        let mut variables = Vec::new();
        for name in names {
            let fact = name.strip_prefix(KNOWN).unwrap_or(&name);
            // A variable of a comprehension is not in the schema.
            let Some(declared) = self.schema.get(fact) else { continue };
            if !alone && !matches!(declared.kind, Kind::Bool | Kind::OneOf(_)) {
                return None;
            }
            let index = self.variables.iter().position(|variable| variable.name == fact)?;
            if !variables.contains(&index) {
                variables.push(index);
            }
        }
        let size = self.product(&variables, LEAF_LIMIT)?;
        let table = (0..size).map(|combination| self.look(expr, &variables, combination)).collect();
        Some(Leaf { variables, table })
    }

    /// What CEL says to one combination. Where a fact is not known CEL fails; the guard before the leaf is
    /// false there, so the answer does not matter.
    fn look(&self, expr: &IdedExpr, variables: &[usize], combination: usize) -> bool {
        let mut rest = combination;
        let mut facts = Facts::new();
        for variable in variables.iter().map(|&index| &self.variables[index]) {
            if let Some(value) = &variable.values[rest % variable.values.len()] {
                facts.set(variable.name.clone(), value.clone());
            }
            rest /= variable.values.len();
        }
        holds(expr, &bind(self.schema, &facts)).unwrap_or(false)
    }

    /// How many combinations these variables have, if at most `limit`.
    fn product(&self, variables: &[usize], limit: usize) -> Option<usize> {
        variables
            .iter()
            .try_fold(1_usize, |product, &index| product.checked_mul(self.variables[index].values.len()))
            .filter(|&product| product <= limit)
    }

    fn reach_of(&self, row: usize, conditions: &[Condition], rows: &[Option<&Cell>]) -> Reach {
        let earlier: Vec<usize> = (0..row).collect();
        // The cheap question first: most rows have a witness, and it is found early.
        let whole = self.can_fire(row, &earlier, conditions, STEPS);
        if whole == Some(true) {
            return Reach::Yes;
        }
        // After a search that was given up, the simpler questions get a tenth each.
        let steps = if whole.is_none() { STEPS / 10 } else { STEPS };
        if self.can_fire(row, &[], conditions, steps) == Some(false) {
            return Reach::No(Why::Never);
        }
        if let Some(&other) = earlier.iter().find(|&&other| {
            self.can_fire(row, &[other], conditions, steps) == Some(false)
                || same_or_narrower(rows[row], rows[other])
        }) {
            return Reach::No(Why::ImpliedBy(other));
        }
        if whole.is_none() {
            return Reach::TooMany;
        }
        // Name only the rows that matter: leave out each one without which the row is still covered.
        let mut needed = earlier;
        let mut at = 0;
        while at < needed.len() {
            let mut fewer = needed.clone();
            fewer.remove(at);
            if self.can_fire(row, &fewer, conditions, STEPS) == Some(false) {
                needed = fewer;
            } else {
                at += 1;
            }
        }
        Reach::No(Why::CoveredBy(needed))
    }

    /// Whether some combination fulfils `row` and none of `earlier`; `None` when the search has to be given up.
    fn can_fire(
        &self,
        row: usize,
        earlier: &[usize],
        conditions: &[Condition],
        steps: usize,
    ) -> Option<bool> {
        let wanted = &conditions[row];
        let unwanted: Vec<&Condition> = earlier.iter().map(|&index| &conditions[index]).collect();
        // The row's own variables first: most combinations fall there.
        let mut order = Vec::new();
        for condition in [wanted].into_iter().chain(unwanted.iter().copied()) {
            let mut leaves = BTreeSet::new();
            condition.leaves(&mut leaves);
            for &variable in leaves.iter().flat_map(|&leaf| &self.leaves[leaf].variables) {
                if !order.contains(&variable) && self.variables[variable].values.len() > 1 {
                    order.push(variable);
                }
            }
        }
        let only = |variable: &Variable| (variable.values.len() == 1).then_some(0);
        let chosen = self.variables.iter().map(only).collect();
        let mut search = Search { model: self, wanted, unwanted, chosen, steps };
        search.run(&order)
    }

    /// What a condition comes out as when only some variables are chosen; `None` when that is open.
    fn outcome(&self, condition: &Condition, chosen: &[Option<usize>]) -> Option<bool> {
        match condition {
            Condition::Always(outcome) => Some(*outcome),
            Condition::Not(inner) => self.outcome(inner, chosen).map(|outcome| !outcome),
            Condition::And(left, right) => match self.outcome(left, chosen) {
                Some(false) => Some(false),
                left => match (left, self.outcome(right, chosen)) {
                    (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                },
            },
            Condition::Or(left, right) => match self.outcome(left, chosen) {
                Some(true) => Some(true),
                left => match (left, self.outcome(right, chosen)) {
                    (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                },
            },
            Condition::Leaf(leaf) => {
                let leaf = &self.leaves[*leaf];
                let at = leaf.variables.iter().rev().try_fold(0, |at, &variable| {
                    Some(at * self.variables[variable].values.len() + chosen[variable]?)
                })?;
                Some(leaf.table[at])
            }
        }
    }
}

/// Tries combinations one variable after the other, and leaves a branch as soon as it is settled.
struct Search<'a> {
    model: &'a Model<'a>,
    wanted: &'a Condition,
    unwanted: Vec<&'a Condition>,
    chosen: Vec<Option<usize>>,
    /// How many more it may take.
    steps: usize,
}

impl Search<'_> {
    fn run(&mut self, order: &[usize]) -> Option<bool> {
        self.steps = self.steps.checked_sub(1)?;
        let wanted = self.model.outcome(self.wanted, &self.chosen);
        if wanted == Some(false) {
            return Some(false);
        }
        let mut open = wanted.is_none();
        for unwanted in &self.unwanted {
            match self.model.outcome(unwanted, &self.chosen) {
                Some(true) => return Some(false),
                Some(false) => {}
                None => open = true,
            }
        }
        let Some((&variable, rest)) = order.split_first().filter(|_| open) else { return Some(true) };
        let mut fired = Some(false);
        for value in 0..self.model.variables[variable].values.len() {
            self.chosen[variable] = Some(value);
            fired = self.run(rest);
            if fired != Some(false) {
                break;
            }
        }
        self.chosen[variable] = None;
        fired
    }
}

impl Condition {
    fn leaves(&self, found: &mut BTreeSet<usize>) {
        match self {
            Self::Always(_) => {}
            Self::Leaf(leaf) => {
                found.insert(*leaf);
            }
            Self::Not(inner) => inner.leaves(found),
            Self::And(left, right) | Self::Or(left, right) => {
                left.leaves(found);
                right.leaves(found);
            }
        }
    }
}

/// Whether `row` asks for all that `other` asks for, word by word: the test that needs no combinations.
fn same_or_narrower(row: Option<&Cell>, other: Option<&Cell>) -> bool {
    let (Some(row), Some(other)) = (row, other) else { return false };
    let (mut asked, mut needed) = (BTreeSet::new(), BTreeSet::new());
    ast::conjuncts(&row.expr, &mut asked);
    ast::conjuncts(&other.expr, &mut needed);
    needed.is_subset(&asked)
}

/// The literals that each fact is compared with anywhere in the expression.
fn constants(expr: &IdedExpr, found: &mut BTreeMap<String, BTreeSet<Value>>) {
    if let Some((name, literals)) = ast::direct(expr) {
        let of_fact = found.entry(name.to_owned()).or_default();
        of_fact.extend(literals.into_iter().filter_map(|literal| match literal {
            LiteralValue::Int(i) => Some(Value::Int(*i.inner())),
            LiteralValue::String(s) => Some(Value::Text(s.inner().to_owned())),
            _ => None,
        }));
    } else if let Some((_, args)) = ast::call(expr) {
        for arg in args {
            constants(arg, found);
        }
    }
}

/// The values of a fact that matter, given what it is compared with.
fn values(declared: &Declared, compared: &BTreeSet<Value>) -> Vec<Option<Value>> {
    let mut values: Vec<Option<Value>> = match &declared.kind {
        Kind::Bool => vec![Some(Value::Bool(false)), Some(Value::Bool(true))],
        Kind::OneOf(words) => words.iter().map(|word| Some(Value::Text(word.clone()))).collect(),
        Kind::Int { min, max } => {
            let near = compared.iter().filter_map(|value| match value {
                Value::Int(i) => Some([i.saturating_sub(1), *i, i.saturating_add(1)]),
                _ => None,
            });
            let numbers: BTreeSet<i64> =
                near.flatten().filter(|i| (min..=max).contains(&i)).chain([*min, *max]).collect();
            numbers.into_iter().map(|i| Some(Value::Int(i))).collect()
        }
        Kind::Text => {
            let mut words: Vec<Value> =
                compared.iter().filter(|v| matches!(v, Value::Text(_))).cloned().collect();
            // One text that equals none of them: longer than the longest.
            let longest = words.iter().map(|word| word.to_string().len()).max().unwrap_or(0);
            words.push(Value::Text("x".repeat(longest + 1)));
            words.into_iter().map(Some).collect()
        }
        // Lists are looked at only in free leaves; what matters here is whether one is known.
        Kind::List(_) => vec![Some(Value::List(Vec::new()))],
    };
    if declared.optional {
        values.push(None);
    }
    values
}
