//! Schemathesis reads the OpenAPI document and tries to be answered otherwise: over real HTTP, with real data, as each role.
//!
//! It lives in a Python environment of its own under the target folder, made when it is first needed.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::common::{Room, START};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::{
    fs::File,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The folder of build products, however it is called here.
fn target() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().to_owned()
}

/// The program, in an environment that holds exactly what the requirements say. Several tests may come here at once: one
/// makes it, the others wait.
fn schemathesis() -> PathBuf {
    let wanted = root().join("tests/schemathesis/requirements.txt");
    let home = target().join("schemathesis");
    std::fs::create_dir_all(&home).unwrap();
    let lock = File::create(home.join("lock")).unwrap();
    lock.lock().unwrap();
    let (env, done) = (home.join("env"), home.join("done.txt"));
    let program = env.join("bin/schemathesis");
    let text = std::fs::read_to_string(&wanted).unwrap();
    if std::fs::read_to_string(&done).is_ok_and(|have| have == text) && program.exists() {
        return program;
    }
    let says = "schemathesis needs python3 with its venv module, and PyPI or a mirror that pip is told of. On Debian: apt-get \
                install python3-venv";
    let run = |command: &mut Command| match command.output() {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!("{says}\n{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => panic!("{says}\n{error}"),
    };
    run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&env));
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    run(Command::new(env.join("bin/python")).args(pip).arg(&wanted));
    std::fs::write(&done, text).unwrap();
    program
}

/// Inquiries at several stages, the one that the document's examples name among them.
async fn seed(room: &Room) {
    let officer = room.token("m.ortega").await;
    let number = room.to_book("Ana").await;
    let place = room.place(&number, 0).await;
    room.post(&officer, &format!("/inquiries/{number}/appointment"), &place).await.ok();
    room.to_book("Bo").await;
    let number = room.ask(&officer, "Cy").await;
    let start = room.window(&officer, &number).await;
    room.post(&officer, &format!("/inquiries/{number}/callback"), &json!({ "start": start })).await.ok();
    room.ask(&officer, "Di").await;
    let admin = room.token("admin").await;
    let case = json!({
        "receipt": "IOE9999999901", "form": "I-90", "state": "pending", "title": { "en": "We have it" },
        "meaning": { "en": "Nothing to do." }, "received": "2026-10-01", "updated": "2026-10-02",
    });
    room.post(&admin, "/cases/import", &json!({ "cases": [case] })).await.ok();
    room.until(room.now() + SignedDuration::from_mins(1)).await;
}

/// The document as this server serves it, with the numbers of real inquiries for examples: what the program is told to try
/// must be there to be tried.
fn document(numbers: &[String]) -> Value {
    let mut all = api::document();
    for item in all["paths"].as_object_mut().unwrap().values_mut() {
        for operation in item.as_object_mut().unwrap().values_mut() {
            let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
            let Some(parameters) = parameters else { continue };
            for parameter in parameters.iter_mut().filter(|p| p["name"] == "number") {
                parameter.as_object_mut().unwrap().remove("example");
                let examples = numbers.iter().map(|n| (format!("n{n}"), json!({ "value": n })));
                parameter["examples"] = Value::Object(examples.collect());
            }
        }
    }
    all
}

/// What is tried: with a token, or without any.
const WITH: [&str; 2] = ["--exclude-path-regex", "^/api/v1/(public/|own)"];
const WITHOUT: [&str; 2] = ["--include-path-regex", "^/api/v1/public/"];
/// A person's own addresses, but not the one that ends the token.
const OWN: [&str; 2] = ["--include-path-regex", "^/api/v1/own(?!/access)"];

async fn finds_nothing_as(sign_in: &str, tries: [&str; 2]) {
    let program = schemathesis();
    let room = Room::at(START).await;
    seed(&room).await;
    let page = room.store.list(&store::List::All, store::Page::first(10)).await.unwrap();
    let numbers: Vec<String> = page.rows.iter().map(|inquiry| inquiry.number.digits()).collect();
    let (token, mine) = match sign_in {
        "" => (room.access(&numbers[0]).await, "/own"),
        sign_in => (room.token(sign_in).await, "/me"),
    };
    let home = tempfile::tempdir().unwrap();
    let spec = home.path().join("openapi.json");
    std::fs::write(&spec, document(&numbers).to_string()).unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let service = room.router.clone().into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let mut command = Command::new(program);
    command
        .current_dir(home.path())
        .env("NO_COLOR", "1")
        .args(["run", "--url", &url, "--header", &format!("Authorization: Bearer {token}")])
        .args(["--checks", "all", "--phases", "examples,coverage,fuzzing", "--max-examples", "8"])
        .args(["--seed", "7", "--no-shrink", "--request-timeout", "20", "--warnings", "off"])
        .args(tries)
        .args(["--continue-on-failure", "--max-failures", "20"])
        .arg(&spec);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    server.abort();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    // Not one that could not get in, and so found nothing.
    assert_eq!(room.get(&token, mine).await.status, 200, "the token was lost on the way\n{text}");
    assert_eq!(room.store.check().await.unwrap(), []);
}

macro_rules! roles {
    ($($test:ident = $sign_in:literal;)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $test() {
            finds_nothing_as($sign_in, WITH).await;
        }
    )+};
}

roles! {
    as_an_operator = "operator";
    as_an_officer = "m.ortega";
    as_a_clerk = "clerk.los";
    as_an_office_manager = "manager.los";
    as_a_supervisor = "supervisor";
    as_an_analyst = "analyst";
    as_an_administrator = "admin";
    as_an_auditor = "auditor";
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_a_person() {
    finds_nothing_as("", OWN).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn as_anybody() {
    // The token is sent along, and nobody looks at it.
    finds_nothing_as("m.ortega", WITHOUT).await;
}
