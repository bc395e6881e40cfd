//! Licence expressions as the SPDX specification 2.3 (annex D) writes them, and the older `A/B` of crates.io.

use std::fmt;

use anyhow::{Result, bail, ensure};

/// A licence expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// One licence, with its exception where it has one.
    License(License),
    /// Both bind.
    And(Box<Expr>, Box<Expr>),
    /// Ours to choose.
    Or(Box<Expr>, Box<Expr>),
}

/// A licence, as in `Apache-2.0`, `GPL-2.0+` or `Apache-2.0 WITH LLVM-exception`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    id: String,
    exception: Option<String>,
}

impl fmt::Display for License {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)?;
        self.exception.as_ref().map_or(Ok(()), |exception| write!(f, " WITH {exception}"))
    }
}

impl Expr {
    /// Parses an expression. `WITH` binds closest, then `AND`, then `OR`.
    pub fn parse(text: &str) -> Result<Self> {
        let mut words = Words { words: split(text), at: 0 };
        let expr = words.or()?;
        ensure!(
            words.peek().is_none(),
            "`{}` is one word too many in `{text}`",
            words.peek().unwrap_or_default()
        );
        Ok(expr)
    }

    /// Whether we may use it, given which licences are allowed.
    pub fn allowed(&self, is_allowed: &impl Fn(&str) -> bool) -> bool {
        match self {
            Self::License(license) => is_allowed(&license.to_string()),
            Self::And(left, right) => left.allowed(is_allowed) && right.allowed(is_allowed),
            Self::Or(left, right) => left.allowed(is_allowed) || right.allowed(is_allowed),
        }
    }
}

/// Words, brackets and slashes; a slash is the old way to write OR.
fn split(text: &str) -> Vec<String> {
    text.replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ")
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

struct Words {
    words: Vec<String>,
    at: usize,
}

impl Words {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        self.at += usize::from(found);
        found
    }

    fn or(&mut self) -> Result<Expr> {
        let mut left = self.and()?;
        while self.take("OR") {
            left = Expr::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expr> {
        let mut left = self.one()?;
        while self.take("AND") {
            left = Expr::And(Box::new(left), Box::new(self.one()?));
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Expr> {
        if self.take("(") {
            let inner = self.or()?;
            ensure!(self.take(")"), "a bracket is not closed");
            return Ok(inner);
        }
        let id = self.id()?;
        let exception = if self.take("WITH") { Some(self.id()?) } else { None };
        Ok(Expr::License(License { id, exception }))
    }

    fn id(&mut self) -> Result<String> {
        let Some(word) = self.peek().map(str::to_owned) else { bail!("a licence is missing at the end") };
        let is_id = word.chars().all(|c| c.is_ascii_alphanumeric() || ".-+:".contains(c));
        ensure!(
            is_id && !["AND", "OR", "WITH"].contains(&word.as_str()),
            "`{word}` stands where a licence should"
        );
        self.at += 1;
        Ok(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the expression says when exactly these are allowed.
    fn check(text: &str, allowed: &[&str]) -> bool {
        Expr::parse(text).unwrap().allowed(&|license| allowed.contains(&license))
    }

    #[test]
    fn or_needs_one_and_needs_both() {
        assert!(check("MIT OR GPL-3.0-only", &["MIT"]));
        assert!(!check("MIT AND GPL-3.0-only", &["MIT"]));
        assert!(check("MIT AND ISC", &["MIT", "ISC"]));
        assert!(check("MIT/Apache-2.0", &["Apache-2.0"]));
        assert!(check("Apache-2.0 / MIT", &["MIT"]));
    }

    #[test]
    fn and_binds_closer_than_or() {
        // MIT OR (ISC AND GPL): MIT alone is enough, ISC alone is not.
        assert!(check("MIT OR ISC AND GPL-3.0-only", &["MIT"]));
        assert!(!check("MIT OR ISC AND GPL-3.0-only", &["ISC"]));
        assert!(check("ISC AND GPL-3.0-only OR MIT", &["MIT"]));
        assert!(!check("(MIT OR ISC) AND GPL-3.0-only", &["MIT", "ISC"]));
        assert!(check("(MIT OR Apache-2.0) AND Unicode-3.0", &["Apache-2.0", "Unicode-3.0"]));
        assert!(!check("(MIT OR Apache-2.0) AND Unicode-3.0", &["Apache-2.0"]));
    }

    #[test]
    fn an_exception_is_part_of_its_licence() {
        assert!(!check("Apache-2.0 WITH LLVM-exception", &["Apache-2.0"]));
        assert!(check("Apache-2.0 WITH LLVM-exception", &["Apache-2.0 WITH LLVM-exception"]));
        assert!(check("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", &["MIT"]));
        assert!(check("GPL-2.0-only WITH Classpath-exception-2.0 OR MIT AND ISC", &["MIT", "ISC"]));
        assert!(!check("GPL-2.0-only WITH Classpath-exception-2.0 OR MIT AND ISC", &["MIT"]));
    }

    #[test]
    fn or_later_is_another_licence() {
        assert!(!check("GPL-2.0+", &["GPL-2.0"]));
        assert!(check("LicenseRef-ring OR DocumentRef-a:LicenseRef-b", &["LicenseRef-ring"]));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in
            ["", "MIT OR", "AND MIT", "(MIT", "MIT)", "MIT ISC", "MIT WITH", "MIT WITH OR", "MIT, ISC", "()"]
        {
            assert!(Expr::parse(text).is_err(), "`{text}` was taken");
        }
    }
}
