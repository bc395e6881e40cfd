//! Walks over the parsed form of a cell.

use cel::{
    IdedExpr,
    common::ast::{EntryExpr, Expr, LiteralValue, operators},
};
use std::{collections::BTreeSet, fmt::Write as _};

/// `known(fact)` is parsed to an identifier with this prefix, which no cell can spell by itself.
pub(crate) const KNOWN: &str = "@known_";

/// A call of an operator or function without a receiver, by name and arguments.
pub(crate) fn call(expr: &IdedExpr) -> Option<(&str, &[IdedExpr])> {
    match &expr.expr {
        Expr::Call(call) if call.target.is_none() => Some((&call.func_name, &call.args)),
        _ => None,
    }
}

/// Every name in the expression, variables of comprehensions and `@known_…` included.
pub(crate) fn names(expr: &IdedExpr, found: &mut BTreeSet<String>) {
    match &expr.expr {
        Expr::Ident(name) => {
            found.insert(name.clone());
        }
        Expr::Call(call) => {
            call.target.iter().for_each(|target| names(target, found));
            call.args.iter().for_each(|arg| names(arg, found));
        }
        Expr::Comprehension(fold) => {
            for part in [&fold.iter_range, &fold.accu_init, &fold.loop_cond, &fold.loop_step, &fold.result] {
                names(part, found);
            }
        }
        Expr::List(list) => list.elements.iter().for_each(|element| names(element, found)),
        Expr::Select(select) => names(&select.operand, found),
        Expr::Map(map) => map.entries.iter().for_each(|entry| entry_names(&entry.expr, found)),
        Expr::Struct(made) => made.entries.iter().for_each(|entry| entry_names(&entry.expr, found)),
        Expr::Literal(_) | Expr::Unspecified => {}
    }
}

fn entry_names(entry: &EntryExpr, found: &mut BTreeSet<String>) {
    match entry {
        EntryExpr::StructField(field) => names(&field.value, found),
        EntryExpr::MapEntry(entry) => {
            names(&entry.key, found);
            names(&entry.value, found);
        }
    }
}

/// The expression written out without the parser's node numbers: two cells with the same text here mean the
/// same.
pub(crate) fn canonical(expr: &IdedExpr) -> String {
    let mut out = String::new();
    write_canonical(expr, &mut out);
    out
}

fn write_canonical(expr: &IdedExpr, out: &mut String) {
    let mut all = |open: &str, parts: &[&IdedExpr]| {
        out.push_str(open);
        for part in parts {
            out.push(' ');
            write_canonical(part, out);
        }
        out.push(')');
    };
    match &expr.expr {
        Expr::Ident(name) => out.push_str(name),
        Expr::Literal(literal) => {
            // Writing to a String cannot fail.
            let _ = write!(out, "{literal:?}");
        }
        Expr::Call(call) => {
            let parts: Vec<_> = call.target.as_deref().into_iter().chain(&call.args).collect();
            let kind = if call.target.is_some() { "." } else { "" };
            all(&format!("({kind}{}", call.func_name), &parts);
        }
        Expr::List(list) => all("(list", &list.elements.iter().collect::<Vec<_>>()),
        Expr::Comprehension(fold) => all(
            &format!("(fold {} {}", fold.iter_var, fold.accu_var),
            &[&fold.iter_range, &fold.accu_init, &fold.loop_cond, &fold.loop_step, &fold.result],
        ),
        // The check of cells lets none of these through; Debug keeps them apart all the same.
        other @ (Expr::Select(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified) => {
            let _ = write!(out, "{other:?}");
        }
    }
}

/// The optional facts that are surely known where `expr` came out as `outcome`.
pub(crate) fn known_when(expr: &IdedExpr, outcome: bool) -> BTreeSet<String> {
    match (&expr.expr, call(expr)) {
        (Expr::Ident(name), _) if outcome => {
            name.strip_prefix(KNOWN).map(str::to_owned).into_iter().collect()
        }
        (_, Some((operators::LOGICAL_NOT, [inner]))) => known_when(inner, !outcome),
        (_, Some((operator @ (operators::LOGICAL_AND | operators::LOGICAL_OR), [left, right]))) => {
            let (left, right) = (known_when(left, outcome), known_when(right, outcome));
            // A true `&&` and a false `||` tell about both sides; the other two about either.
            if (operator == operators::LOGICAL_AND) == outcome { &left | &right } else { &left & &right }
        }
        _ => BTreeSet::new(),
    }
}

/// The conjuncts of a condition, written out.
pub(crate) fn conjuncts(expr: &IdedExpr, found: &mut BTreeSet<String>) {
    if let Some((operators::LOGICAL_AND, parts)) = call(expr) {
        for part in parts {
            conjuncts(part, found);
        }
    } else {
        found.insert(canonical(expr));
    }
}

/// A comparison of one fact with literals (`days <= 15`, `"a" == state`, `zip in ["1", "2"]`): the fact's name
/// and the literals.
pub(crate) fn direct(expr: &IdedExpr) -> Option<(&str, Vec<&LiteralValue>)> {
    let (operator, [left, right]) = call(expr)? else { return None };
    match (operator, &left.expr, &right.expr) {
        (
            operators::EQUALS
            | operators::NOT_EQUALS
            | operators::LESS
            | operators::LESS_EQUALS
            | operators::GREATER
            | operators::GREATER_EQUALS,
            Expr::Ident(name),
            Expr::Literal(literal),
        )
        | (
            operators::EQUALS
            | operators::NOT_EQUALS
            | operators::LESS
            | operators::LESS_EQUALS
            | operators::GREATER
            | operators::GREATER_EQUALS,
            Expr::Literal(literal),
            Expr::Ident(name),
        ) => Some((name, vec![literal])),
        (operators::IN, Expr::Ident(name), Expr::List(list)) => {
            let literals = list.elements.iter().map(|element| match &element.expr {
                Expr::Literal(literal) => Some(literal),
                _ => None,
            });
            Some((name, literals.collect::<Option<_>>()?))
        }
        _ => None,
    }
}
