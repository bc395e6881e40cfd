//! What an operator may say.

use super::*;

fn good() -> ApiConfig {
    let base = "https://api-int.uscis.gov";
    let mut config = ApiConfig::new(base, format!("{base}/oauth/accesstoken"), "anteroom");
    config.client_secret = Some(Pii::from("very-secret-indeed"));
    config
}

fn fault(change: impl FnOnce(&mut ApiConfig)) -> String {
    let mut config = good();
    change(&mut config);
    config.check().unwrap_err().to_string()
}

#[test]
fn what_is_left_out_has_its_default() {
    assert!(good().check().is_ok());
}

#[test]
fn the_secret_is_never_printed() {
    let printed = format!("{:?}", good());
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
