//! The rules of `deny.toml`, for machines without cargo-deny.
//!
//! Reads the same file and refuses a setting it does not know, so that the two can not quietly differ.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::{run, spdx};

/// `deny.toml`, as far as we use it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Rules {
    graph: Graph,
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Graph {
    targets: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Licenses {
    allow: Vec<String>,
    exceptions: Vec<Exception>,
    /// Only silences a warning of cargo-deny.
    #[serde(rename = "unused-allowed-license")]
    _unused: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Bans {
    multiple_versions: Allow,
    wildcards: Deny,
    #[serde(rename = "allow-wildcard-paths")]
    _wildcard_paths: bool,
    deny: Vec<Ban>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    #[serde(default)]
    wrappers: Vec<String>,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Sources {
    unknown_registry: Deny,
    unknown_git: Deny,
    allow_git: Vec<String>,
}

/// A setting of which we know this one value.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Allow {
    Allow,
}

/// A setting of which we know this one value.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Deny {
    Deny,
}

/// What `cargo metadata` says, as far as we ask.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    /// Every package of the graph, ours included.
    pub packages: Vec<Package>,
    resolve: Resolve,
}

/// A package.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    version: String,
    id: String,
    license: Option<String>,
    /// None for a package of this workspace.
    pub source: Option<String>,
    /// What its manifest asks for, of every kind.
    pub dependencies: Vec<Dependency>,
}

/// A line of a manifest.
#[derive(Debug, Deserialize)]
pub struct Dependency {
    /// The name of what is asked for.
    pub name: String,
    req: String,
    path: Option<String>,
    /// `dev`, `build`, or none for an ordinary one.
    pub kind: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    dependencies: Vec<String>,
}

/// The graph of this workspace; for one platform, or for all of them.
pub fn metadata(root: &Path, target: Option<&str>) -> Result<Metadata> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--format-version=1", "--all-features"]).current_dir(root);
    if let Some(target) = target {
        cargo.args(["--filter-platform", target]);
    }
    Ok(serde_json::from_str(&run::output(&mut cargo)?)?)
}

/// Every breach of `deny.toml` in this workspace, sorted.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(root.join("deny.toml")).context("cannot read deny.toml")?;
    let rules: Rules = toml::from_str(&text).context("deny.toml says something that xtask does not know")?;
    ensure!(rules.sources.allow_git.is_empty(), "xtask does not know how to allow a git source");
    let mut found = BTreeSet::new();
    for target in &rules.graph.targets {
        found.extend(judge(&rules, &metadata(root, Some(target))?)?);
    }
    Ok(found.into_iter().collect())
}

fn judge(rules: &Rules, metadata: &Metadata) -> Result<Vec<String>> {
    // Each "deny" and "allow" above has one value; named here so that a new one is not forgotten.
    let (Allow::Allow, Deny::Deny) = (&rules.bans.multiple_versions, &rules.bans.wildcards);
    let (Deny::Deny, Deny::Deny) = (&rules.sources.unknown_registry, &rules.sources.unknown_git);

    let by_id: BTreeMap<_, _> =
        metadata.packages.iter().map(|package| (package.id.as_str(), package)).collect();
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in &metadata.resolve.nodes {
        let parent = by_id.get(node.id.as_str()).context("a node without a package")?;
        for child in &node.dependencies {
            parents.entry(child).or_default().push(&parent.name);
        }
    }
    let mut found = Vec::new();
    for node in &metadata.resolve.nodes {
        let package = by_id[node.id.as_str()];
        let name = format!("{} {}", package.name, package.version);
        license(&rules.licenses, package, &name, &mut found);
        for ban in rules.bans.deny.iter().filter(|ban| ban.name == package.name) {
            let parents = parents.get(package.id.as_str()).map(Vec::as_slice).unwrap_or_default();
            let strangers: Vec<_> =
                parents.iter().filter(|p| !ban.wrappers.iter().any(|w| w == *p)).collect();
            if ban.wrappers.is_empty() || !strangers.is_empty() {
                found.push(format!("{name} is banned ({}); asked for by {}", ban.reason, parents.join(", ")));
            }
        }
        if let Some(source) = &package.source
            && source != "registry+https://github.com/rust-lang/crates.io-index"
        {
            found.push(format!("{name} comes from {source}, not from crates.io"));
        }
        if package.source.is_none() {
            let loose = package.dependencies.iter().filter(|d| d.req == "*" && d.path.is_none());
            found.extend(loose.map(|d| format!("{name} asks for any version of {}", d.name)));
        }
    }
    Ok(found)
}

fn license(rules: &Licenses, package: &Package, name: &str, found: &mut Vec<String>) {
    let Some(text) = &package.license else {
        found.push(format!("{name} names no licence"));
        return;
    };
    let exceptional = |license: &str| {
        rules
            .exceptions
            .iter()
            .any(|e| e.name == package.name && e.allow.iter().any(|allowed| allowed == license))
    };
    let is_allowed =
        |license: &str| rules.allow.iter().any(|allowed| allowed == license) || exceptional(license);
    match spdx::Expr::parse(text) {
        Ok(expr) if expr.allowed(&is_allowed) => {}
        Ok(_) => found.push(format!("{name} is under `{text}`, which deny.toml does not allow")),
        Err(error) => found.push(format!("{name} has a licence we can not read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
        [graph]
        targets = []
        [licenses]
        allow = ["MIT", "Apache-2.0"]
        exceptions = [{ crate = "weak", allow = ["MPL-2.0"] }]
        unused-allowed-license = "allow"
        [bans]
        multiple-versions = "allow"
        wildcards = "deny"
        allow-wildcard-paths = true
        deny = [{ crate = "openssl", reason = "no" }, { crate = "chrono", wrappers = ["icalendar"], reason = "jiff" }]
        [sources]
        unknown-registry = "deny"
        unknown-git = "deny"
        allow-git = []
    "#;

    const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

    /// A package `name` under `license` from `source`, asked for by `root` or by `parent`.
    fn check(name: &str, license: Option<&str>, source: &str, parent: Option<&str>) -> Vec<String> {
        let package = |name: &str, license: Option<&str>, source: Option<&str>, req: &str| {
            serde_json::json!({ "name": name, "version": "1.0.0", "id": name, "license": license, "source": source,
                "dependencies": [{ "name": "x", "req": req, "path": null, "kind": null }] })
        };
        let mut packages = vec![
            package("root", Some("Apache-2.0"), None, if name == "loose" { "*" } else { "^1" }),
            package(name, license, Some(source), "*"),
        ];
        let mut nodes = vec![
            serde_json::json!({ "id": "root", "dependencies": [parent.unwrap_or(name)] }),
            serde_json::json!({ "id": name, "dependencies": [] }),
        ];
        if let Some(parent) = parent {
            packages.push(package(parent, Some("MIT"), Some(CRATES_IO), "^1"));
            nodes.push(serde_json::json!({ "id": parent, "dependencies": [name] }));
        }
        let metadata = serde_json::json!({ "packages": packages, "resolve": { "nodes": nodes } });
        judge(&toml::from_str(RULES).unwrap(), &serde_json::from_value(metadata).unwrap()).unwrap()
    }

    #[test]
    fn what_is_allowed_passes() {
        assert_eq!(check("fine", Some("MIT OR GPL-3.0-only"), CRATES_IO, None), [""; 0]);
        assert_eq!(check("weak", Some("MPL-2.0"), CRATES_IO, None), [""; 0]);
        assert_eq!(check("chrono", Some("MIT"), CRATES_IO, Some("icalendar")), [""; 0]);
    }

    #[test]
    fn each_breach_is_found() {
        let one = |name, license, source, parent| {
            let found = check(name, license, source, parent);
            assert_eq!(found.len(), 1, "{found:?}");
            found.into_iter().next().unwrap()
        };
        assert!(one("strong", Some("GPL-3.0-only"), CRATES_IO, None).contains("GPL-3.0-only"));
        assert!(one("other", Some("MPL-2.0"), CRATES_IO, None).contains("MPL-2.0"));
        assert!(one("none", None, CRATES_IO, None).contains("no licence"));
        assert!(one("odd", Some("MIT,ISC"), CRATES_IO, None).contains("can not read"));
        assert!(one("openssl", Some("MIT"), CRATES_IO, Some("tls")).contains("asked for by tls"));
        assert!(one("chrono", Some("MIT"), CRATES_IO, Some("calendar")).contains("jiff"));
        assert!(
            one("forked", Some("MIT"), "git+https://example.org/forked", None).contains("not from crates.io")
        );
        assert!(one("loose", Some("MIT"), CRATES_IO, None).contains("any version of x"));
    }

    #[test]
    fn a_setting_we_do_not_know_is_refused() {
        assert!(toml::from_str::<Rules>(RULES).is_ok());
        assert!(
            toml::from_str::<Rules>(
                &RULES.replace("multiple-versions = \"allow\"", "multiple-versions = \"deny\"")
            )
            .is_err()
        );
        assert!(toml::from_str::<Rules>(&format!("{RULES}\nallow-registry = []")).is_err());
    }
}
