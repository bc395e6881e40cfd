//! The check of one cell against the schema: names, types and the absence of anything that could fail.
//!
//! What passes here is total: on facts that fit the schema it is true or false, so CEL's rule that
//! `error || true` is `true` has no error to hide. That is why division, indexing and conversions are refused,
//! why sums and products must stay within range by their facts' bounds, and why optional facts need a guard.

use crate::{
    ast::{KNOWN, known_when},
    problem::CellProblem,
    schema::{Kind, Schema},
};
use cel::{
    IdedExpr,
    common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, operators},
};
use std::{collections::BTreeSet, fmt};

/// More elements or characters than any fact has: the bound for sizes and counts.
const MANY: i128 = 1 << 31;

/// What an expression can come out as.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Type {
    Bool,
    /// A whole number between these two.
    Int(i128, i128),
    /// A text; of this set, if one is known.
    Text(Option<BTreeSet<String>>),
    /// A list of these; `None` while nothing is known of its elements (`[]`).
    List(Option<Box<Type>>),
    /// Already reported: fits everything, so that one mistake is said once.
    Wrong,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bool => "true or false",
            Self::Int(..) => "a whole number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Wrong => "something unknown",
        })
    }
}

impl Type {
    fn of(kind: &Kind) -> Self {
        let set = |words: &Vec<String>| Some(words.iter().cloned().collect());
        match kind {
            Kind::Bool => Self::Bool,
            Kind::Int { min, max } => Self::Int((*min).into(), (*max).into()),
            Kind::Text => Self::Text(None),
            Kind::OneOf(words) => Self::Text(set(words)),
            Kind::List(words) => Self::List(Some(Box::new(Self::Text(words.as_ref().and_then(set))))),
        }
    }

    /// The type of something that is one or the other; `None` if they do not go together.
    fn join(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Wrong, other) | (other, Self::Wrong) => other,
            (Self::Bool, Self::Bool) => Self::Bool,
            (Self::Int(a, b), Self::Int(c, d)) => Self::Int(a.min(c), b.max(d)),
            (Self::Text(Some(a)), Self::Text(Some(b))) => Self::Text(Some(&a | &b)),
            (Self::Text(_), Self::Text(_)) => Self::Text(None),
            (Self::List(None), list @ Self::List(_)) | (list @ Self::List(_), Self::List(None)) => list,
            (Self::List(Some(a)), Self::List(Some(b))) => Self::List(Some(Box::new(a.join(*b)?))),
            _ => return None,
        })
    }
}

/// Every problem of a cell, each with the parser's number of the node it is at.
pub(crate) fn check(expr: &IdedExpr, schema: &Schema) -> Vec<(u64, CellProblem)> {
    let mut check = Check { schema, scope: Vec::new(), problems: Vec::new() };
    match check.type_of(expr, &BTreeSet::new()) {
        Type::Bool | Type::Wrong => {}
        other => check.report(expr.id, CellProblem::NotBool(other.to_string())),
    }
    check.problems
}

struct Check<'a> {
    schema: &'a Schema,
    /// Variables of the comprehensions around, innermost last.
    scope: Vec<(String, Type)>,
    problems: Vec<(u64, CellProblem)>,
}

impl Check<'_> {
    fn report(&mut self, id: u64, problem: CellProblem) {
        self.problems.push((id, problem));
    }

    fn wrong(&mut self, id: u64, problem: CellProblem) -> Type {
        self.report(id, problem);
        Type::Wrong
    }

    fn not_allowed(&mut self, id: u64, what: impl Into<String>) -> Type {
        self.wrong(id, CellProblem::NotAllowed(what.into()))
    }

    /// The type of `expr` where the optional facts in `known` are known.
    fn type_of(&mut self, expr: &IdedExpr, known: &BTreeSet<String>) -> Type {
        let id = expr.id;
        match &expr.expr {
            Expr::Literal(LiteralValue::Boolean(_)) => Type::Bool,
            Expr::Literal(LiteralValue::Int(i)) => Type::Int((*i.inner()).into(), (*i.inner()).into()),
            Expr::Literal(LiteralValue::String(s)) => Type::Text(Some([s.inner().to_owned()].into())),
            Expr::Literal(LiteralValue::Double(_)) => self.not_allowed(id, "a number with a point"),
            Expr::Literal(LiteralValue::UInt(_)) => self.not_allowed(id, "a number with a `u`"),
            Expr::Literal(LiteralValue::Bytes(_)) => self.not_allowed(id, "bytes"),
            Expr::Literal(LiteralValue::Null) => self.not_allowed(id, "`null`"),
            Expr::Ident(name) => self.name(id, name, known),
            Expr::Call(call) => self.call(id, call, known),
            Expr::List(list) => {
                let mut all = None;
                for element in &list.elements {
                    let found = self.type_of(element, known);
                    all = match all {
                        None => Some(found),
                        Some(before) => match Type::join(before, found) {
                            Some(joined) => Some(joined),
                            None => return self.mismatch(element.id, "[…]", "elements of different types"),
                        },
                    };
                }
                Type::List(all.map(Box::new))
            }
            Expr::Comprehension(fold) => self.fold(id, fold, known),
            Expr::Select(select) => self.not_allowed(id, format!("the field `.{}`", select.field)),
            Expr::Map(_) => self.not_allowed(id, "a map"),
            Expr::Struct(made) => self.not_allowed(id, format!("the message `{}`", made.type_name)),
            Expr::Unspecified => self.not_allowed(id, "an empty expression"),
        }
    }

    fn name(&mut self, id: u64, name: &str, known: &BTreeSet<String>) -> Type {
        if let Some(fact) = name.strip_prefix(KNOWN) {
            return match self.schema.get(fact) {
                None => self.wrong(id, CellProblem::UnknownFact(fact.to_owned())),
                Some(fact) if fact.optional => Type::Bool,
                Some(_) => self.wrong(id, CellProblem::AlwaysKnown(fact.to_owned())),
            };
        }
        if let Some((_, found)) = self.scope.iter().rev().find(|(variable, _)| variable == name) {
            return found.clone();
        }
        match self.schema.get(name) {
            None => self.wrong(id, CellProblem::UnknownFact(name.to_owned())),
            Some(fact) if fact.optional && !known.contains(name) => {
                self.wrong(id, CellProblem::Unguarded(name.to_owned()))
            }
            Some(fact) => Type::of(&fact.kind),
        }
    }

    fn call(&mut self, id: u64, call: &CallExpr, known: &BTreeSet<String>) -> Type {
        let name = call.func_name.as_str();
        match (name, &call.target, call.args.as_slice()) {
            (operators::LOGICAL_AND | operators::LOGICAL_OR, None, [left, right]) => {
                let written = if name == operators::LOGICAL_AND { "&&" } else { "||" };
                let first = self.type_of(left, known);
                // The right side is looked at only where the left one did not settle the matter.
                let known = known | &known_when(left, name == operators::LOGICAL_AND);
                let second = self.type_of(right, &known);
                self.bools(id, written, &[first, second])
            }
            (operators::LOGICAL_NOT, None, [inner]) => {
                let found = self.type_of(inner, known);
                self.bools(id, "!", &[found])
            }
            (operators::CONDITIONAL, None, [condition, yes, no]) => {
                let found = self.type_of(condition, known);
                self.bools(id, "?:", &[found]);
                let yes = self.type_of(yes, &(known | &known_when(condition, true)));
                let no = self.type_of(no, &(known | &known_when(condition, false)));
                let found = format!("{yes} and {no}");
                yes.join(no).unwrap_or_else(|| self.mismatch(id, "?:", &found))
            }
            // Only comprehensions contain it, around a condition that is checked as their step.
            (operators::NOT_STRICTLY_FALSE, None, _) => Type::Bool,
            (operators::EQUALS | operators::NOT_EQUALS, None, [left, right]) => {
                let (left, right) = (self.type_of(left, known), self.type_of(right, known));
                self.equal(id, name, left, right)
            }
            (
                operators::LESS | operators::LESS_EQUALS | operators::GREATER | operators::GREATER_EQUALS,
                None,
                [left, right],
            ) => {
                let (left, right) = (self.type_of(left, known), self.type_of(right, known));
                self.order(id, name, &left, &right)
            }
            (operators::IN, None, [left, right]) => self.among(id, left, right, known),
            (operators::ADD | operators::SUBSTRACT | operators::MULTIPLY, None, [left, right]) => {
                let (left, right) = (self.type_of(left, known), self.type_of(right, known));
                self.arithmetic(id, name, left, right)
            }
            (operators::NEGATE, None, [inner]) => match self.type_of(inner, known) {
                Type::Int(least, most) => self.within_range(id, "-", -most, -least),
                Type::Wrong => Type::Wrong,
                other => self.mismatch(id, "-", &other.to_string()),
            },
            (operators::DIVIDE | operators::MODULO, None, _) => {
                self.not_allowed(id, "division, which fails on zero,")
            }
            (operators::INDEX, None, _) => {
                self.not_allowed(id, "an element by its index, which may not be there,")
            }
            ("size", None, [inner]) => self.size(id, inner, known),
            ("size", Some(inner), []) => self.size(id, inner, known),
            ("startsWith" | "endsWith" | "contains", Some(target), [part]) => {
                let (target, part) = (self.type_of(target, known), self.type_of(part, known));
                match (&target, &part) {
                    (Type::Text(_) | Type::Wrong, Type::Text(_) | Type::Wrong) => Type::Bool,
                    _ => self.mismatch(id, name, &format!("{target} and {part}")),
                }
            }
            _ => self.not_allowed(id, format!("`{}`", written(name))),
        }
    }

    fn mismatch(&mut self, id: u64, operator: &str, found: &str) -> Type {
        self.wrong(
            id,
            CellProblem::Mismatch { operator: written(operator).to_owned(), found: found.to_owned() },
        )
    }

    fn bools(&mut self, id: u64, operator: &str, found: &[Type]) -> Type {
        match found.iter().find(|t| !matches!(t, Type::Bool | Type::Wrong)) {
            Some(other) => self.mismatch(id, operator, &other.to_string()),
            None => Type::Bool,
        }
    }

    fn equal(&mut self, id: u64, operator: &str, left: Type, right: Type) -> Type {
        match (&left, &right) {
            (Type::Text(Some(a)), Type::Text(Some(b))) if a.is_disjoint(b) => {
                // The smaller set is the literal, which is what was misspelt.
                let (found, allowed) = if a.len() <= b.len() { (a, b) } else { (b, a) };
                self.wrong(id, CellProblem::NeverEqual { found: words(found), allowed: words(allowed) })
            }
            (Type::Int(a, b), Type::Int(c, d)) if b < c || d < a => {
                self.wrong(id, CellProblem::Constant(operator == operators::NOT_EQUALS))
            }
            (Type::Int(a, b), Type::Int(c, d)) if a == b && (a, b) == (c, d) => {
                self.wrong(id, CellProblem::Constant(operator != operators::NOT_EQUALS))
            }
            (Type::Text(Some(a)), Type::Text(Some(b))) if a.len() == 1 && a == b => {
                self.wrong(id, CellProblem::Constant(operator != operators::NOT_EQUALS))
            }
            _ => {
                let found = format!("{left} and {right}");
                match left.join(right) {
                    Some(_) => Type::Bool,
                    None => self.mismatch(id, operator, &found),
                }
            }
        }
    }

    fn order(&mut self, id: u64, operator: &str, left: &Type, right: &Type) -> Type {
        let (a, b, c, d) = match (left, right) {
            (Type::Wrong, _) | (_, Type::Wrong) => return Type::Bool,
            (Type::Int(a, b), Type::Int(c, d)) => (a, b, c, d),
            _ => return self.mismatch(id, operator, &format!("{left} and {right}")),
        };
        let (always, never) = match operator {
            operators::LESS => (b < c, a >= d),
            operators::LESS_EQUALS => (b <= c, a > d),
            operators::GREATER => (a > d, b <= c),
            _ => (a >= d, b < c),
        };
        if always || never { self.wrong(id, CellProblem::Constant(always)) } else { Type::Bool }
    }

    fn among(&mut self, id: u64, left: &IdedExpr, right: &IdedExpr, known: &BTreeSet<String>) -> Type {
        let found = self.type_of(left, known);
        if let Expr::List(list) = &right.expr
            && !list.elements.is_empty()
        {
            // Each element by itself, so that one misspelt word among good ones is found.
            for element in &list.elements {
                let one = self.type_of(element, known);
                self.equal(element.id, operators::IN, found.clone(), one);
            }
            return Type::Bool;
        }
        match self.type_of(right, known) {
            Type::Wrong => Type::Bool,
            Type::List(None) => self.wrong(id, CellProblem::Constant(false)),
            Type::List(Some(element)) => self.equal(id, operators::IN, found, *element),
            other => self.mismatch(id, "in", &format!("{found} and {other}")),
        }
    }

    fn arithmetic(&mut self, id: u64, operator: &str, left: Type, right: Type) -> Type {
        match (left, right) {
            (Type::Wrong, _) | (_, Type::Wrong) => Type::Wrong,
            (Type::Int(a, b), Type::Int(c, d)) => {
                let (least, most) = match operator {
                    operators::ADD => (a + c, b + d),
                    operators::SUBSTRACT => (a - d, b - c),
                    _ => {
                        // Both factors are within i64, so that no product leaves i128.
                        let products = [a * c, a * d, b * c, b * d];
                        (products.into_iter().min().unwrap_or(0), products.into_iter().max().unwrap_or(0))
                    }
                };
                self.within_range(id, operator, least, most)
            }
            (left @ Type::List(_), right @ Type::List(_)) if operator == operators::ADD => {
                left.join(right).unwrap_or_else(|| self.mismatch(id, "+", "lists of different types"))
            }
            (left, right) => self.mismatch(id, operator, &format!("{left} and {right}")),
        }
    }

    fn within_range(&mut self, id: u64, operator: &str, least: i128, most: i128) -> Type {
        if least < i64::MIN.into() || most > i64::MAX.into() {
            return self.wrong(id, CellProblem::MayOverflow(written(operator).to_owned()));
        }
        Type::Int(least, most)
    }

    fn size(&mut self, id: u64, inner: &IdedExpr, known: &BTreeSet<String>) -> Type {
        match self.type_of(inner, known) {
            Type::Text(_) | Type::List(_) | Type::Wrong => Type::Int(0, MANY),
            other => self.mismatch(id, "size", &other.to_string()),
        }
    }

    /// `exists`, `all`, `exists_one`, `filter` and `map`, as the parser writes them out.
    fn fold(&mut self, id: u64, fold: &ComprehensionExpr, known: &BTreeSet<String>) -> Type {
        let element = match self.type_of(&fold.iter_range, known) {
            Type::List(Some(element)) => *element,
            Type::List(None) | Type::Wrong => Type::Wrong,
            other => return self.mismatch(id, "exists, all, filter or map", &other.to_string()),
        };
        let variable = &fold.iter_var;
        if self.schema.contains_key(variable) || self.scope.iter().any(|(other, _)| other == variable) {
            return self.wrong(id, CellProblem::Shadows(variable.clone()));
        }
        let start = match self.type_of(&fold.accu_init, known) {
            // `exists_one` counts up from 0.
            Type::Int(..) => Type::Int(0, MANY),
            other => other,
        };
        let before = self.scope.len();
        self.scope.push((variable.clone(), element));
        self.scope.push((fold.accu_var.clone(), start.clone()));
        let step = self.type_of(&fold.loop_step, known);
        self.scope.truncate(before);
        let found = format!("{start} and {step}");
        let result = match start.join(step) {
            Some(Type::Int(..)) => Type::Int(0, MANY),
            Some(joined) => joined,
            None => return self.mismatch(id, "exists, all, filter or map", &found),
        };
        self.scope.push((fold.accu_var.clone(), result));
        let result = self.type_of(&fold.result, known);
        self.scope.truncate(before);
        result
    }
}

/// An operator as people write it.
fn written(name: &str) -> &str {
    if name == operators::CONDITIONAL {
        return "?:";
    }
    name.trim_matches(|c| c == '_' || c == '@')
}

fn words(set: &BTreeSet<String>) -> String {
    set.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ")
}
