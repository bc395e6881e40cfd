//! Reads Rust sources for the texts they name. A small lexer, not a search: comments and strings that only
//! look like code are not taken for it.
#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// How a source names texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// One message.
    Key(String),
    /// All messages of a family.
    Family(String),
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub line: usize,
    pub named: Named,
    /// The names given in an `args!` beside it: empty when there is none, `None` when it is made elsewhere.
    pub arguments: Option<BTreeSet<String>>,
}

/// What one source file says.
#[derive(Debug, Default)]
pub struct Found {
    pub uses: Vec<Use>,
    /// The lines of calls whose key is not a literal.
    pub dynamic: Vec<usize>,
}

/// Every `.rs` file in the `src` of every crate that may know `locale`; what others call `say` says no text of ours.
pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for room in std::fs::read_dir(root.join("crates")).unwrap() {
        let at = room.unwrap().path();
        let may = std::fs::read_to_string(at.join("Cargo.toml")).is_ok_and(|m| m.contains("locale"));
        if may {
            collect(&at.join("src"), &mut files);
        }
    }
    files.sort();
    files
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// Looks through one source.
pub fn read(source: &str) -> Found {
    let tokens = lex(source);
    let mut found = Found::default();
    let is = |at: usize, sign: char| tokens.get(at).is_some_and(|(t, _)| *t == Token::Sign(sign));
    for (at, (token, line)) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { continue };
        if word == "key" && is(at + 1, '!') && is(at + 2, '(') {
            if let Some((Token::Text(key), _)) = tokens.get(at + 3) {
                let named = Named::Key(key.clone());
                found.uses.push(Use { line: *line, named, arguments: Some(BTreeSet::new()) });
            }
            continue;
        }
        let (family, with) = match word.as_str() {
            "say" | "say_plain" => (false, false),
            "say_with" | "say_plain_with" => (false, true),
            "say_of" => (true, false),
            "say_of_with" | "say_of_plain_with" => (true, true),
            _ => continue,
        };
        if at == 0 || !is(at - 1, '.') || !is(at + 1, '(') {
            continue;
        }
        let Some((Token::Text(key), _)) = tokens.get(at + 2) else {
            found.dynamic.push(*line);
            continue;
        };
        let named = if family { Named::Family(key.clone()) } else { Named::Key(key.clone()) };
        let arguments = if with { arguments(&tokens, at + 1) } else { Some(BTreeSet::new()) };
        found.uses.push(Use { line: *line, named, arguments });
    }
    found
}

/// The names in the `args! { … }` that stands directly in the call opened at `open`.
fn arguments(tokens: &[(Token, usize)], open: usize) -> Option<BTreeSet<String>> {
    let mut depth = 0_usize;
    let mut names = None;
    for at in open..tokens.len() {
        match &tokens[at].0 {
            Token::Sign('(' | '{' | '[') => depth += 1,
            Token::Sign(')' | '}' | ']') => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Token::Word(word) if word == "args" && depth == 1 => names = Some(BTreeSet::new()),
            Token::Text(name) if depth == 2 && matches!(tokens.get(at + 1), Some((Token::Sign('='), _))) => {
                if let Some(names) = &mut names {
                    names.insert(name.clone());
                }
            }
            _ => {}
        }
    }
    names
}

fn lex(source: &str) -> Vec<(Token, usize)> {
    let chars: Vec<char> = source.chars().collect();
    let (mut at, mut line) = (0, 1);
    let mut tokens = Vec::new();
    while at < chars.len() {
        let c = chars[at];
        let next = chars.get(at + 1).copied();
        if c == '\n' {
            line += 1;
            at += 1;
        } else if c == '/' && next == Some('/') {
            while at < chars.len() && chars[at] != '\n' {
                at += 1;
            }
        } else if c == '/' && next == Some('*') {
            at += 2;
            while at < chars.len() && !(chars[at] == '*' && chars.get(at + 1) == Some(&'/')) {
                line += usize::from(chars[at] == '\n');
                at += 1;
            }
            at += 2;
        } else if c == '\'' {
            // A character literal; a lifetime has no quote after its first letter.
            at += match (next, chars.get(at + 2)) {
                (Some('\\'), _) => {
                    let rest = &chars[at + 3..];
                    3 + rest.iter().position(|c| *c == '\'').map_or(rest.len(), |n| n + 1)
                }
                (Some(_), Some('\'')) => 3,
                _ => 1,
            };
        } else if c == '"' {
            let (start, mut text) = (line, String::new());
            at += 1;
            while at < chars.len() && chars[at] != '"' {
                if chars[at] == '\\' {
                    at += 1;
                }
                if let Some(c) = chars.get(at) {
                    text.push(*c);
                    line += usize::from(*c == '\n');
                }
                at += 1;
            }
            at += 1;
            tokens.push((Token::Text(text), start));
        } else if c == 'r' && matches!(next, Some('"' | '#')) && raw_hashes(&chars[at + 1..]).is_some() {
            let hashes = raw_hashes(&chars[at + 1..]).unwrap();
            let (start, mut text) = (line, String::new());
            at += hashes + 2;
            while at < chars.len()
                && !(chars[at] == '"' && chars[at + 1..].iter().take_while(|c| **c == '#').count() >= hashes)
            {
                text.push(chars[at]);
                line += usize::from(chars[at] == '\n');
                at += 1;
            }
            at += hashes + 1;
            tokens.push((Token::Text(text), start));
        } else if c.is_alphanumeric() || c == '_' {
            let start = at;
            while at < chars.len() && (chars[at].is_alphanumeric() || chars[at] == '_') {
                at += 1;
            }
            tokens.push((Token::Word(chars[start..at].iter().collect()), line));
        } else {
            if !c.is_whitespace() {
                tokens.push((Token::Sign(c), line));
            }
            at += 1;
        }
    }
    tokens
}

/// The number of hashes of a raw string, when `after` begins one.
fn raw_hashes(after: &[char]) -> Option<usize> {
    let hashes = after.iter().take_while(|c| **c == '#').count();
    (after.get(hashes) == Some(&'"')).then_some(hashes)
}
