//! What a configuration may and may not say.

use super::*;

const GOOD: &str = r#"
[http]
public_url = "https://help.example.gov/"
trusted_proxies = []
[data]
dir = "data"
[pack]
dir = "/srv/packs/uscis"
[mail]
from = "no-reply@help.example.gov"
[smtp]
host = "mail.example.gov"
"#;

fn settled(text: &str, env: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("anteroom.toml");
    fs::write(&path, text).unwrap();
    let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let place = format!("{}/", dir.path().display());
    read(&path, env).map_err(|faults| faults.0.iter().map(|f| f.replace(&place, "")).collect())
}

#[test]
fn the_defaults_are_safe() {
    let config = settled(GOOD, &[]).unwrap();
    assert_eq!(config.http.addr.to_string(), "127.0.0.1:8080");
    assert_eq!(config.http.public_url, "https://help.example.gov");
    assert!(config.http.trusted_proxies.is_empty());
    assert!(config.data.is_absolute() && config.data.ends_with("data"), "relative to the file");
    assert_eq!(config.mail.sender.domain, "help.example.gov");
    let MailWay::Smtp(smtp) = config.mail.way else { panic!("{:?}", config.mail.way) };
    assert_eq!((smtp.port, smtp.tls, smtp.hello.as_str()), (587, Tls::StartTls, "help.example.gov"));
    assert!(smtp.login.is_none());
    assert_eq!(config.check_every, crate::checks::EVERY);
}

#[test]
fn the_environment_wins() {
    let env = [
        ("ANTEROOM_HTTP_ADDR", "[::]:9000"),
        ("ANTEROOM_HTTP_TRUSTED_PROXIES", "10.0.0.7, ::1"),
        ("ANTEROOM_DATA_DIR", "elsewhere"),
        ("ANTEROOM_SMTP_USER", "anteroom"),
        ("ANTEROOM_SMTP_PASSWORD", "hush"),
        ("ANTEROOM_LOG_FORMAT", "json"),
        ("ANTEROOM_CHECK_EVERY_MINUTES", "30"),
        ("ANTEROOM_BIN", "not ours"),
        ("HOME", "/"),
    ];
    let config = settled(GOOD, &env).unwrap();
    assert_eq!(config.http.addr.to_string(), "[::]:9000");
    assert_eq!(config.http.trusted_proxies, ["10.0.0.7".parse::<IpAddr>().unwrap(), "::1".parse().unwrap()]);
    assert_eq!(config.data, Path::new("elsewhere"));
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.check_every, Duration::from_mins(30));
    assert!(!format!("{config:?}").contains("hush"), "a password is never printed");
}

#[test]
fn every_fault_is_told_with_its_place() {
    let text = "adr = 1\n[http]\naddr = \"somewhere\"\npubic_url = \"x\"\n[web]\na = 1\n[smtp]\nport = 70000\ntls = true\nuser = \"u\"\n[log]\nlevel = [1]\n";
    let faults = settled(text, &[("ANTEROOM_SMTP_PROT", "1"), ("ANTEROOM_LOG_FORMAT", "xml")]).unwrap_err();
    let want = [
        "anteroom.toml:1: every key stands in a section such as [http]; `adr` does not",
        "anteroom.toml:4: [http] has no key `pubic_url`; it has addr, public_url, trusted_proxies, calm",
        "anteroom.toml:12: log.level: a text, a number or a list of texts",
        "anteroom.toml:5: there is no section [web]; there are [http], [data], [store], [pack], [mail], [smtp], [log], [check], [metrics], [trace], [cases], [texts], [webhooks], [staff], [provider], [phone], [voice]",
        "ANTEROOM_SMTP_PROT: [smtp] has no key `prot`; it has host, port, tls, user, password, password_file, trust_file, hello",
        "anteroom.toml:3: http.addr: an address and port such as 127.0.0.1:8080",
        "anteroom.toml: http.public_url is missing: the address people use, such as https://help.example.gov",
        "anteroom.toml: data.dir is missing: a path",
        "anteroom.toml: pack.dir is missing: a path",
        "anteroom.toml: mail.from is missing: an e-mail address such as no-reply@help.example.gov",
        "anteroom.toml:9: smtp.tls: a text, a number or a list of texts",
        "ANTEROOM_LOG_FORMAT: log.format: human or json",
    ];
    for fault in want {
        assert!(faults.contains(&fault.to_owned()), "{fault}\nis not among\n{}", faults.join("\n"));
    }
}

#[test]
fn the_store_is_a_file_in_the_data_folder_or_where_its_url_says() {
    let with = |more: &str| settled(&format!("{GOOD}{more}"), &[]);
    let at = |more: &str| with(more).unwrap().store.at.to_string();
    assert!(at("").ends_with("/data/anteroom.db"));
    assert!(at("[store]\nurl = \"sqlite:else/a.db\"\n").ends_with("/else/a.db"));
    let many = "[store]\nurl = \"postgres://ann:hush@one:5432,two/anteroom\"\npassword = \"hush\"\n";
    let config = with(many).unwrap();
    assert_eq!(config.store.at.to_string(), "postgres://one:5432,two/anteroom");
    assert_eq!(config.store.old, OldSchema::Migrate);
    assert!(!format!("{config:?}").contains("hush"), "a password is never printed");
    let env = [("ANTEROOM_STORE_URL", "sqlite:b.db"), ("ANTEROOM_STORE_MIGRATE", "by-hand")];
    let config = settled(GOOD, &env).unwrap();
    assert_eq!(config.store.at, Address::Sqlite("b.db".into()));
    assert_eq!(config.store.old, OldSchema::Refuse);

    let faults = with("[store]\nurl = \"mysql://ann:hush@one/a\"\nmigrate = \"never\"\n").unwrap_err();
    assert!(faults[0].starts_with("anteroom.toml:14: store.url: sqlite:PATH, or postgres://"), "{faults:?}");
    assert_eq!(faults[1], "anteroom.toml:15: store.migrate: itself or by-hand");
    assert!(!faults.join("\n").contains("hush"), "{faults:?}");
    assert!(with("[store]\npassword = \"hush\"\n").unwrap_err()[0].contains("a file has none"));
}

#[test]
fn a_file_that_is_no_toml_is_told_with_its_line() {
    let faults = settled("[http]\naddr = \n", &[]).unwrap_err();
    assert!(faults[0].starts_with("anteroom.toml:2: "), "{faults:?}");
}

#[test]
fn mail_goes_one_way_and_passwords_belong_together() {
    let with = |more: &str| settled(&format!("{GOOD}{more}"), &[]);
    let env = |name: &str, value: &str| settled(GOOD, &[(name, value)]);
    assert!(env("ANTEROOM_MAIL_FOLDER", "mail").unwrap_err()[0].contains("exclude each other"));
    assert!(with("user = \"u\"\n").unwrap_err()[0].contains("without smtp.password"));
    assert!(with("password = \"p\"\n").unwrap_err()[0].contains("without smtp.user"));
    assert!(
        with("user = \"u\"\npassword_file = \"none\"\n").unwrap_err()[0]
            .contains("smtp.password_file cannot be read")
    );
    assert!(
        with("user = \"u\"\npassword = \"p\"\npassword_file = \"f\"\n").unwrap_err()[0].contains("exclude")
    );
    assert!(with("user = \"u\"\npassword = \"p\"\n").is_ok());
}

#[test]
fn a_public_address_is_a_scheme_and_a_host() {
    for good in ["http://127.0.0.1:8080", "https://help.example.gov/", "https://[::1]:8443"] {
        assert!(url(good).is_some(), "{good}");
    }
    for bad in ["help.example.gov", "ftp://x", "https://x/y", "https://u@x", "https://x/?q", ""] {
        assert!(url(bad).is_none(), "{bad}");
    }
    assert_eq!(url_host("https://[::1]:8443"), Some("[::1]"));
    assert_eq!(url_host("https://help.example.gov"), Some("help.example.gov"));
}

const API: &str = r#"
[cases]
source = "api"
base_url = "https://api-int.uscis.gov"
token_url = "https://api-int.uscis.gov/oauth/accesstoken"
client_id = "anteroom"
client_secret = "very-secret-indeed"
"#;

#[test]
fn cases_come_from_a_file_unless_a_service_is_named() {
    assert!(matches!(settled(GOOD, &[]).unwrap().cases, Cases::File));
    let text = format!("{GOOD}{API}per_second = 10\nper_day = 50000\nfresh = \"5m\"\nwhole = \"1.5s\"\n");
    let Cases::Api(api) = settled(&text, &[("ANTEROOM_CASES_BURST", "3")]).unwrap().cases else {
        panic!("a service")
    };
    assert_eq!((api.per_second, api.per_day, api.burst, api.kept), (10, 50_000, 3, 2000));
    assert_eq!((api.fresh, api.whole), ("5m".parse().unwrap(), "1.5s".parse().unwrap()));
}

#[test]
fn faults_of_the_case_source_have_their_line_and_no_secret() {
    let told = |more: &str| settled(&format!("{GOOD}{API}{more}"), &[]).unwrap_err();
    assert_eq!(
        told("zone = \"Mars/Olympus\"\n"),
        ["anteroom.toml:20: cases.zone: the name of a time zone, such as America/New_York"]
    );
    assert_eq!(told("per_day = 0\n"), ["anteroom.toml:20: cases.per_day: more than zero"]);
    assert_eq!(told("per_day = \"many\"\n"), ["anteroom.toml:20: cases.per_day: a whole number"]);
    assert_eq!(
        told("rest = \"soon\"\n"),
        ["anteroom.toml:20: cases.rest: a length of time such as 1.5s, 15m or 24h"]
    );
    let gone = told("client_secret_file = \"nowhere\"\n");
    assert_eq!(gone, ["anteroom.toml: [cases] one of client_secret and client_secret_file"]);
    assert!(!told("colour = \"blue\"\n").concat().contains("very-secret"));
    let idle =
        settled(&format!("{GOOD}[cases]\nbase_url = \"https://api-int.uscis.gov\"\n"), &[]).unwrap_err();
    assert_eq!(idle, ["anteroom.toml:14: cases.base_url: this is for source = \"api\""]);
    let half = settled(&format!("{GOOD}[cases]\nsource = \"api\"\n"), &[]).unwrap_err();
    assert_eq!(half.len(), 3, "{half:?}");
}

#[test]
fn figures_and_traces_are_off_unless_they_have_an_address() {
    let config = settled(GOOD, &[]).unwrap();
    assert_eq!((config.metrics, config.trace), (None, None));
    let env = [
        ("ANTEROOM_METRICS_ADDR", "127.0.0.1:9464"),
        ("ANTEROOM_TRACE_ENDPOINT", "http://[::1]:4318/v1/traces"),
    ];
    let config = settled(GOOD, &env).unwrap();
    assert_eq!(config.metrics.unwrap().port(), 9464);
    assert_eq!(config.trace.unwrap(), "http://[::1]:4318/v1/traces");
    for (name, bad) in [("ANTEROOM_METRICS_ADDR", "9464"), ("ANTEROOM_TRACE_ENDPOINT", "collector")] {
        assert_eq!(settled(GOOD, &[(name, bad)]).unwrap_err().len(), 1, "{bad}");
    }
}

const TEXTS: &str = r#"
[texts]
url = "https://texts.example.com/messages"
from = "+18005550100"
token = "very-secret-indeed"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"#;

#[test]
fn commands_that_speak_may_stand_in_a_list() {
    let speaks = "[voice]\ncommands = [\"en=say --out -\", \"es=decir -\"]\n";
    let argv = settled(&format!("{GOOD}{speaks}"), &[]).unwrap().voice.command.unwrap().argv;
    let argv: Vec<_> = argv.iter().map(|(lang, argv)| format!("{lang}: {}", argv.join("+"))).collect();
    assert_eq!(argv, ["en: say+--out+-", "es: decir+-"]);
}

#[test]
fn texts_are_off_unless_a_carrier_or_a_folder_is_named() {
    assert!(settled(GOOD, &[]).unwrap().texts.is_none());
    let config = settled(&format!("{GOOD}{TEXTS}"), &[]).unwrap();
    let Some(TextWay::Http(carrier)) = &config.texts else { panic!("a carrier") };
    assert_eq!((carrier.from.as_str(), carrier.url.len()), ("+18005550100", 34));
    assert!(!format!("{config:?}").contains("very-secret"), "a token is never printed");
    assert!(!format!("{config:?}").contains("MfKQ9r8"), "a secret is never printed");
    let folder = settled(GOOD, &[("ANTEROOM_TEXTS_FOLDER", "texts")]).unwrap().texts;
    assert!(matches!(folder, Some(TextWay::Folder(_))));

    let told = |from: &str, to: &str| {
        let text = format!("{GOOD}{TEXTS}").replace(from, to);
        settled(&text, &[]).unwrap_err().join("; ")
    };
    assert!(told("https://texts", "http://texts").contains("an https address"));
    assert!(told("token = \"very-secret-indeed\"", "").contains("texts.token"));
    assert!(told("whsec_", "").contains("texts.secret"));
    assert!(told("from = \"+18005550100\"", "").contains("texts.from is missing"));
    assert!(told("[texts]", "[texts]\nfolder = \"x\"").contains("excludes the other keys"));
}

#[test]
fn staff_stay_signed_in_as_long_as_it_says() {
    use domain::session::SessionLimits;
    assert_eq!(settled(GOOD, &[]).unwrap().staff, StaffRules::default());
    let said = format!("{GOOD}\n[staff]\nidle_minutes = 10\nlongest_hours = 8\n");
    let limits = settled(&said, &[("ANTEROOM_STAFF_FRESH_MINUTES", "5")]).unwrap().staff.sessions;
    assert_eq!(limits, SessionLimits { idle_minutes: 10, longest_hours: 8, fresh_minutes: 5 });
    let fault = settled(&said.replace("= 10", "= 0"), &[]).unwrap_err();
    assert!(
        fault.iter().any(|fault| fault.contains("staff.idle_minutes: a number of minutes from 1 to 480")),
        "{fault:?}"
    );
}

#[test]
fn a_second_proof_is_required_of_whom_it_says() {
    use domain::{actor::Role, second::Required};
    let said = |value: &str| settled(&format!("{GOOD}\n[staff]\nsecond_proof = {value}\n"), &[]);
    let required = |value| said(value).unwrap().staff.second;
    assert_eq!(required("\"nobody\""), Required::default());
    assert_eq!(required("\"everybody\"").0.len(), Role::ALL.len());
    assert_eq!(required("[\"administrator\", \"auditor\"]").0, [Role::Administrator, Role::Auditor].into());
    for wrong in ["\"boss\"", "\"\"", "[\"administrator\", \"boss\"]"] {
        let fault = said(wrong).unwrap_err();
        assert!(
            fault.iter().any(|fault| fault.contains("staff.second_proof: nobody, everybody, or roles")),
            "{fault:?}"
        );
    }
}
