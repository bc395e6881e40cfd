//! What a message asks for: its arguments, read from its syntax tree.

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};

/// The messages of a file, each with the names of its arguments. Terms are not messages: nobody asks for them.
pub fn messages(resource: &FluentResource) -> BTreeMap<String, BTreeSet<String>> {
    let entries: Vec<&Message<&str>> = resource
        .entries()
        .filter_map(|entry| if let Entry::Message(message) = entry { Some(message) } else { None })
        .collect();
    entries
        .into_iter()
        .map(|message| {
            let mut found = BTreeSet::new();
            if let Some(pattern) = &message.value {
                of_pattern(pattern, &mut found);
            }
            for attribute in &message.attributes {
                of_pattern(&attribute.value, &mut found);
            }
            (message.id.name.to_owned(), found)
        })
        .collect()
}

fn of_pattern(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, found);
        }
    }
}

fn of_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, found),
        Expression::Select { selector, variants } => {
            of_inline(selector, found);
            for variant in variants {
                of_pattern(&variant.value, found);
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|each| of_inline(each, found));
            arguments.named.iter().for_each(|each| of_inline(&each.value, found));
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        // A term sees only the arguments written beside it, and those are literals by Fluent's grammar.
        // A reference to another message would pass its arguments on unseen; the test of texts refuses it.
        InlineExpression::TermReference { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. } => {}
    }
}

/// The line (from 1) on which byte `at` of `source` stands.
pub fn line_at(source: &str, at: usize) -> usize {
    source.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// The line (from 1) on which the message `key` begins.
pub fn line_of(source: &str, key: &str) -> usize {
    lines_of(source, key).next().unwrap_or(1)
}

/// Every line (from 1) on which a message `key` begins: more than one where it stands twice.
pub fn lines_of<'a>(source: &'a str, key: &'a str) -> impl Iterator<Item = usize> + 'a {
    source
        .lines()
        .enumerate()
        .filter(move |(_, line)| {
            line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        })
        .map(|(index, _)| index + 1)
}
