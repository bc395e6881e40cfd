//! What an operator may say.

use super::*;
use crate::{CasesConfig, api::CaseStatusApi, api::LocalBudget};
use std::sync::Arc;

const GOOD: &str = r#"
    source = "case-status-api"
    base_url = "https://api-int.uscis.gov"
    token_url = "https://api-int.uscis.gov/oauth/accesstoken"
    client_id = "anteroom"
    client_secret = "very-secret-indeed"
"#;

fn read(text: &str) -> ApiConfig {
    let CasesConfig::CaseStatusApi(config) = toml::from_str(text).unwrap() else { panic!("{text}") };
    *config
}

fn fault(change: impl FnOnce(&mut ApiConfig)) -> String {
    let mut config = read(GOOD);
    change(&mut config);
    let limits = match config.limits() {
        Ok(limits) => limits,
        Err(fault) => return fault.to_string(),
    };
    CaseStatusApi::new(&config, Arc::new(LocalBudget::new(limits))).unwrap_err().to_string()
}

#[test]
fn what_is_left_out_has_its_default() {
    let config = read(GOOD);
    assert_eq!((config.per_second, config.burst, config.per_day), (5, 1, 1000));
    assert_eq!((config.whole, config.fresh), (SignedDuration::from_secs(8), SignedDuration::from_mins(15)));
    assert!(CaseStatusApi::new(&config, Arc::new(LocalBudget::new(config.limits().unwrap()))).is_ok());
    let config = read(&format!("{GOOD}\nfresh = \"5m\"\nwhole = \"1.5s\"\nper_second = 10"));
    assert_eq!(
        (config.fresh, config.whole),
        (SignedDuration::from_mins(5), SignedDuration::from_millis(1500))
    );
    assert!(matches!(toml::from_str("source = \"imported\"").unwrap(), CasesConfig::Imported));
}

#[test]
fn misspelt_keys_are_faults() {
    for text in [format!("{GOOD}\nper_minute = 3"), "source = \"elsewhere\"".into()] {
        assert!(toml::from_str::<CasesConfig>(&text).is_err(), "{text}");
    }
}

#[test]
fn the_secret_is_never_printed() {
    let config = read(GOOD);
    let api = CaseStatusApi::new(&config, Arc::new(LocalBudget::new(config.limits().unwrap()))).unwrap();
    let printed = format!("{config:?} {api:?}");
    assert!(printed.contains("REDACTED") && !printed.contains("very-secret"), "{printed}");
}

#[test]
fn every_fault_has_its_sentence() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = || Some(file.path().to_owned());
    let faults = [
        fault(|c| c.base_url = "api.example.gov".into()),
        fault(|c| c.base_url = "http://api.example.gov".into()),
        fault(|c| c.token_url = "https://a:b@example.gov/token".into()),
        fault(|c| c.token_url = "https://example.gov/token?grant=1".into()),
        fault(|c| c.token_url = "file:///etc/passwd".into()),
        fault(|c| c.client_id = String::new()),
        fault(|c| c.client_secret = None),
        fault(|c| c.client_secret_file = path()),
        fault(|c| (c.client_secret, c.client_secret_file) = (None, path())),
        fault(|c| c.demo_id = Some("a\nb".into())),
        fault(|c| c.trust_file = path()),
        fault(|c| c.proxy = Some("http://".into())),
        fault(|c| c.zone = "Mars/Olympus".into()),
        fault(|c| c.per_day = 0),
        fault(|c| c.failures = 0),
        fault(|c| c.whole = SignedDuration::ZERO),
        fault(|c| c.connect = SignedDuration::from_secs(-1)),
        fault(|c| c.stale = SignedDuration::from_secs(1)),
        fault(|c| c.rest_most = SignedDuration::from_secs(1)),
    ];
    insta::assert_snapshot!(faults.join("\n"));
    let gone = fault(|c| (c.client_secret, c.client_secret_file) = (None, Some("/nowhere/secret".into())));
    assert_eq!(gone, "client_secret_file: /nowhere/secret cannot be read");
}

#[test]
fn plain_http_is_for_this_machine() {
    for here in ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"] {
        assert!(address("base_url", here).is_ok(), "{here}");
    }
    for there in ["http://localhost.example.gov", "http://10.0.0.1", "http://127.0.0.1.example.gov"] {
        assert!(matches!(address("base_url", there), Err(ConfigFault::Plain { .. })), "{there}");
    }
}
