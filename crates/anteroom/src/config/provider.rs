//! The agency's own provider, where staff sign in there.

use super::{path, secret, source::Source};
use domain::actor::Role;
use oidc::{ClientProof, Config, Mapping, Provider, SigningKey};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use web::AtProvider;

/// The keys of the section. Each role has one: the groups there that are this role here.
pub(crate) const KEYS: [(&str, &str); 24] = [
    ("provider", "issuer"),
    ("provider", "name"),
    ("provider", "client_id"),
    ("provider", "key_file"),
    ("provider", "key_id"),
    ("provider", "secret"),
    ("provider", "secret_file"),
    ("provider", "scopes"),
    ("provider", "acr"),
    ("provider", "trust_file"),
    ("provider", "sign_in_claim"),
    ("provider", "name_claim"),
    ("provider", "roles_claim"),
    ("provider", "office_claim"),
    ("provider", "langs_claim"),
    ("provider", "passwords"),
    ("provider", "operator"),
    ("provider", "officer"),
    ("provider", "clerk"),
    ("provider", "office_manager"),
    ("provider", "supervisor"),
    ("provider", "analyst"),
    ("provider", "administrator"),
    ("provider", "auditor"),
];

/// Reads the section; outside `None` when something in it is at fault, inside when there is none.
pub(super) fn settle(
    source: &mut Source,
    folder: &Path,
    public_url: Option<&str>,
) -> Option<Option<Arc<AtProvider>>> {
    if !KEYS.iter().any(|(section, key)| source.has(section, key)) {
        return Some(None);
    }
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let words = |text: &str| Some(text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    let issuer =
        source.need("provider", "issuer", "the provider's issuer, such as https://id.example.gov", text);
    let client_id = source.need("provider", "client_id", "what the provider calls this installation", text);
    let name = source.or("provider", "name", "what people call the provider", "your agency", text);
    let scopes = source.or("provider", "scopes", "scopes such as [\"profile\"]", "profile", words);
    let contexts = source.or("provider", "acr", "authentication contexts", "", words);
    let mut claim =
        |key: &str, default: &str| source.or("provider", key, "the name of a claim", default, text);
    let sign_in = claim("sign_in_claim", "preferred_username");
    let called = claim("name_claim", "name");
    let roles = claim("roles_claim", "groups");
    let office = source.get("provider", "office_claim", "the name of a claim", text);
    let langs = source.get("provider", "langs_claim", "the name of a claim", text);
    let only = source.or(
        "provider",
        "passwords",
        "everybody, or the sign-in name of the one emergency account",
        "everybody",
        text,
    );
    let role = groups(source);
    let proof = proof(source, folder);
    let trust = match path(source, "provider", "trust_file", folder, false)? {
        Some(file) => Some(source.attempt("provider", "trust_file", fs::read(file))?),
        None => None,
    };
    let public_url = public_url?;
    let config = Config {
        issuer: issuer?,
        client_id: client_id?,
        proof: proof?,
        redirect: format!("{public_url}/sign-in/back"),
        after_logout: public_url.to_owned(),
        scopes: scopes?,
        contexts: contexts?,
        trust,
    };
    let mapping = Mapping {
        sign_in: sign_in?,
        name: called?,
        roles: roles?,
        role: role?,
        office: office?,
        langs: langs?,
    };
    match Provider::new(config) {
        Ok(provider) => {
            let only = Some(only?.to_lowercase()).filter(|only| only != "everybody");
            Some(Some(Arc::new(AtProvider { provider, name: name?, mapping, only })))
        }
        Err(error) => {
            source.fault(&format!("[provider] {error}"));
            None
        }
    }
}

/// Which groups are which role.
fn groups(source: &mut Source) -> Option<BTreeMap<String, BTreeSet<Role>>> {
    let mut groups = BTreeMap::<String, BTreeSet<Role>>::new();
    for role in Role::ALL {
        let wants = "groups of the provider, with commas between them";
        let named = source.or("provider", &role.as_str().replace('-', "_"), wants, "", |text| {
            Some(
                text.split(',')
                    .map(str::trim)
                    .filter(|group| !group.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>(),
            )
        })?;
        for group in named {
            groups.entry(group).or_default().insert(role);
        }
    }
    if groups.is_empty() {
        source.fault("[provider] names no group of any role, such as officer = \"desk-officers\": nobody could sign in");
        return None;
    }
    Some(groups)
}

fn proof(source: &mut Source, folder: &Path) -> Option<ClientProof> {
    let key: Option<PathBuf> = path(source, "provider", "key_file", folder, false)?;
    let kid = source.get("provider", "key_id", "the key's name at the provider", |text| {
        (!text.is_empty()).then(|| text.to_owned())
    })?;
    let secret = secret(source, "provider", "secret", folder)?;
    match (key, secret) {
        (Some(file), None) => {
            let pem = source.attempt("provider", "key_file", fs::read(file))?;
            let key = SigningKey::from_pem(&pem, kid);
            if key.is_none() {
                let says = "a private key in PEM: RSA of 2048 bits or more, P-256 or Ed25519";
                source.fault_at("provider", "key_file", says);
            }
            key.map(ClientProof::Key)
        }
        (None, Some(secret)) => Some(ClientProof::Secret(secret)),
        (Some(_), Some(_)) => {
            source
                .fault("provider.key_file and provider.secret exclude each other: the key is the better way");
            None
        }
        (None, None) => {
            source.fault("provider.key_file is missing (or provider.secret_file): how we prove who we are");
            None
        }
    }
}
