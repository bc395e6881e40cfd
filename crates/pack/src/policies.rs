//! `policy/*.toml`: the tables, and whether what they ask for can be supplied.

use crate::{
    facts::Supplied,
    fault::{Fault, Findings, Place, Source, Warning},
};
use domain::{decision::Need, text::Lang, urgency::Urgency};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::{DeTable, DeValue};
use triage::{DecisionKind, Declared, Kind, Policy, PolicySet};

/// The policies of a pack, by decision.
pub(crate) type Policies = BTreeMap<DecisionKind, PolicySet>;

pub(crate) fn read(
    sources: &[Source<'_>],
    langs: &[Lang],
    supplied: Option<&BTreeMap<String, Supplied>>,
    found: &mut Findings,
) -> Policies {
    let mut policies = Policies::new();
    let mut refused = false;
    for source in sources {
        match Policy::load(source.file, source.text, langs) {
            Ok((policy, warnings)) => {
                for warning in warnings {
                    let at = triage_place(&warning.file, warning.place);
                    found.warnings.push(Warning { at, says: warning.kind.to_string() });
                }
                if let Some(supplied) = supplied {
                    check_facts(*source, &policy, supplied, found);
                }
                check_outcomes(*source, &policy, found);
                add(*source, policy, &mut policies, found);
            }
            Err(faults) => {
                refused = true;
                found.faults.extend(faults.iter().map(said));
            }
        }
    }
    // A file that was refused may be the one that is missing.
    if !refused {
        check_complete(&policies, found);
    }
    policies
}

/// A version that is made outside of the pack's files, judged as one of them.
pub(crate) fn judge(
    source: Source<'_>,
    kind: DecisionKind,
    langs: &[Lang],
    supplied: &BTreeMap<String, Supplied>,
) -> Result<(Policy, Vec<Warning>), Vec<Fault>> {
    let mut found = Findings::default();
    let policy = match Policy::load(source.file, source.text, langs) {
        Ok((policy, warnings)) => {
            found.warnings.extend(warnings.into_iter().map(|warning| Warning {
                at: triage_place(&warning.file, warning.place),
                says: warning.kind.to_string(),
            }));
            check_facts(source, &policy, supplied, &mut found);
            if policy.kind() == kind {
                check_outcomes(source, &policy, &mut found);
            } else {
                let says = format!("this is a version of the {kind} policy: write policy = \"{kind}\"");
                found.fault(key_place(source, &["policy"]), says);
            }
            Some(policy)
        }
        Err(faults) => {
            found.faults.extend(faults.iter().map(said));
            None
        }
    };
    let warnings = found.finish()?;
    // Every way to have no policy records a fault; this is said for completeness only.
    policy.map(|policy| (policy, warnings)).ok_or_else(Vec::new)
}

fn said(fault: &triage::Fault) -> Fault {
    Fault { at: triage_place(&fault.file, fault.place), says: fault.kind.to_string() }
}

fn triage_place(file: &str, place: triage::Place) -> Place {
    Place { file: file.to_owned(), line: Some(place.line), column: Some(place.column) }
}

fn add(source: Source<'_>, policy: Policy, policies: &mut Policies, found: &mut Findings) {
    let kind = policy.kind();
    let at = key_place(source, &["effective"]);
    let problem = match policies.get_mut(&kind) {
        Some(set) => set.add(policy).err(),
        None => match PolicySet::new([policy]) {
            Ok(set) => {
                policies.insert(kind, set);
                None
            }
            Err(problem) => Some(problem),
        },
    };
    if let Some(problem) = problem {
        found.fault(at, problem.to_string());
    }
}

/// Every decision needs a policy.
fn check_complete(policies: &Policies, found: &mut Findings) {
    for kind in DecisionKind::ALL {
        if !policies.contains_key(&kind) {
            let says = format!("no file here recommends the {kind}: write one with policy = \"{kind}\"");
            found.fault(Place::file("policy/"), says);
        }
    }
}

fn check_facts(
    source: Source<'_>,
    policy: &Policy,
    supplied: &BTreeMap<String, Supplied>,
    found: &mut Findings,
) {
    for (name, declared) in policy.facts() {
        let at = || key_place(source, &["facts", name]);
        let Some(supply) = supplied.get(name) else {
            found.fault(at(), format!("nobody supplies the fact `{name}`: {}", nearest(name, supplied)));
            continue;
        };
        if let Some(problem) = misfit(&supply.kind, declared) {
            found.fault(at(), format!("the fact `{name}` is {}, and {problem}", supply.kind));
        }
        if let (Kind::OneOf(supply), Kind::OneOf(declared)) = (&supply.kind, &declared.kind) {
            for word in declared.iter().filter(|word| !supply.contains(word)) {
                found.warn(at(), format!("the fact `{name}` is never {word:?}"));
            }
        }
        if supply.may_be_unknown && !declared.optional {
            let says = format!("the fact `{name}` may be not known: declare it with optional = true");
            found.fault(at(), says);
        }
    }
}

/// Why a declaration does not hold everything that is supplied.
fn misfit(supply: &Kind, declared: &Declared) -> Option<String> {
    match (supply, &declared.kind) {
        (Kind::Bool, Kind::Bool) | (Kind::OneOf(_) | Kind::Text, Kind::Text) => None,
        (Kind::Int { min, max }, Kind::Int { min: low, max: high }) => {
            (min < low || high < max).then(|| "here its `min` and `max` are narrower".to_owned())
        }
        (Kind::OneOf(words), Kind::OneOf(set)) => {
            let missing: Vec<String> =
                words.iter().filter(|word| !set.contains(word)).map(|word| format!("{word:?}")).collect();
            (!missing.is_empty()).then(|| format!("here `one-of` lacks {}", missing.join(", ")))
        }
        (_, other) => Some(format!("here it is declared as {other}")),
    }
}

fn nearest(name: &str, supplied: &BTreeMap<String, Supplied>) -> String {
    let related: BTreeSet<&str> = supplied
        .keys()
        .map(String::as_str)
        .filter(|known| known.contains(name) || name.contains(known) || known.ends_with(&format!("_{name}")))
        .collect();
    if related.is_empty() {
        "it is neither a question of reasons.toml nor known to the desk".to_owned()
    } else {
        let words: Vec<String> = related.into_iter().map(|known| format!("`{known}`")).collect();
        format!("did you mean {}?", words.join(" or "))
    }
}

/// The one outcome that the desk reads from each policy.
fn check_outcomes(source: Source<'_>, policy: &Policy, found: &mut Findings) {
    let (name, want) = match policy.kind() {
        DecisionKind::Urgency => {
            ("urgency", Kind::OneOf(Urgency::ALL.map(|u| u.as_str().to_owned()).to_vec()))
        }
        DecisionKind::Need => ("need", Kind::OneOf(Need::ALL.map(|n| n.as_str().to_owned()).to_vec())),
        DecisionKind::Fit => ("serving_office", Kind::Bool),
    };
    let Some(declared) = policy.outcomes().get(name) else {
        found.fault(
            key_place(source, &["outcomes"]),
            format!("[outcomes] must have `{name}`, which is {want}"),
        );
        return;
    };
    let good = match (&declared.kind, &want) {
        (Kind::Bool, Kind::Bool) => true,
        (Kind::OneOf(set), Kind::OneOf(allowed)) => set.iter().all(|word| allowed.contains(word)),
        _ => false,
    };
    if !good {
        found.fault(key_place(source, &["outcomes", name]), format!("the outcome `{name}` must be {want}"));
    }
    if declared.optional {
        found.fault(
            key_place(source, &["outcomes", name]),
            format!("the outcome `{name}` cannot be optional"),
        );
    }
}

/// Where a key of a TOML file stands; the file as a whole when it is not there.
fn key_place(source: Source<'_>, path: &[&str]) -> Place {
    let (table, _) = DeTable::parse_recoverable(source.text);
    let mut table = table.get_ref();
    let mut at = None;
    for key in path {
        let Some((name, value)) = table.get_key_value(*key) else { break };
        at = Some(name.span());
        match value.get_ref() {
            DeValue::Table(inner) => table = inner,
            _ => break,
        }
    }
    at.map_or_else(|| Place::file(source.file), |span| source.at(&span))
}
