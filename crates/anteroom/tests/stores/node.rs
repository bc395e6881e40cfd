//! Real nodes: `anteroom serve` processes on one database, and programs and people who use them.

use serde_json::{Value, json};
use std::{
    fmt::Write,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};
use store_postgres::testing::{Cluster, shared};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long something that must happen may take on a busy machine. Nothing waits for its end.
pub const LIMIT: Duration = Duration::from_mins(1);

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_anteroom");

/// A member of staff who may do all that the tests do.
const STAFF: &str = "sign_in,name,roles,langs,password\nm.ortega,Mara Ortega,officer supervisor administrator auditor,en es,a long invented password\n";

static KEYS: AtomicU32 = AtomicU32::new(0);

/// Where mail goes.
pub enum Mail {
    /// Into the node's folder.
    Folder,
    /// To a server at this address.
    Server(SocketAddr),
}

/// A node's folder, configuration and process.
pub struct Node {
    dir: PathBuf,
    pub address: SocketAddr,
    process: Child,
}

/// Runs the program to its end; what it printed.
pub fn run(args: &[&str]) -> Result<String, String> {
    let output = Command::new(PROGRAM).args(args).stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// Writes a node's configuration; its path.
pub fn configure(dir: &Path, store: &str, mail: &Mail) -> (PathBuf, SocketAddr) {
    fs::create_dir_all(dir).unwrap();
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/uscis");
    let mail = match mail {
        Mail::Folder => "[mail]\nfrom = \"no-reply@agency.example\"\nfolder = \"mail\"\n".to_owned(),
        Mail::Server(at) => format!(
            "[mail]\nfrom = \"no-reply@agency.example\"\n[smtp]\nhost = \"{}\"\nport = {}\ntls = \"none\"\n",
            at.ip(),
            at.port()
        ),
    };
    let text = format!(
        "[http]\naddr = \"{address}\"\npublic_url = \"http://{address}\"\n[data]\ndir = \"data\"\n[pack]\ndir = \"{}\"\n[store]\nurl = \"{store}\"\n{mail}",
        pack.display()
    );
    let file = dir.join("anteroom.toml");
    fs::write(&file, text).unwrap();
    (file, address)
}

impl Node {
    /// Starts a node with its folder at `dir`, and waits until it answers.
    pub async fn start(dir: &Path, store: &str, mail: &Mail) -> Self {
        let (file, address) = configure(dir, store, mail);
        let log = fs::File::create(dir.join("log")).unwrap();
        let process = Command::new(PROGRAM)
            .arg("serve")
            .arg("--config")
            .arg(&file)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut node = Self { dir: dir.to_owned(), address, process };
        let begun = Instant::now();
        while TcpStream::connect(node.address).await.is_err() {
            assert!(node.process.try_wait().unwrap().is_none() && begun.elapsed() < LIMIT, "{}", node.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        node
    }

    /// The configuration file, for commands at the terminal.
    pub fn config(&self) -> String {
        self.dir.join("anteroom.toml").display().to_string()
    }

    /// What it logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.dir.join("log")).unwrap_or_default()
    }

    /// The letters it put into its folder.
    pub fn letters(&self) -> Vec<String> {
        let files = fs::read_dir(self.dir.join("mail")).into_iter().flatten();
        files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    }

    /// Its process.
    pub fn pid(&self) -> String {
        self.process.id().to_string()
    }

    /// Ends it as an administrator would, and says whether it went well.
    pub fn stop(&mut self) -> bool {
        assert!(Command::new("kill").args(["-TERM", &self.pid()]).status().unwrap().success());
        self.process.wait().unwrap().success()
    }

    /// Sends a request and gives the stream it is answered on.
    async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<TcpStream> {
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n",
            self.address,
            body.len()
        );
        for (name, value) in headers {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(format!("{text}\r\n{body}").as_bytes()).await?;
        Ok(stream)
    }

    /// Asks, and waits for the whole answer. An error when the node has gone.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> std::io::Result<Answer> {
        let mut stream = self.send(method, path, headers, body).await?;
        let mut text = Vec::new();
        tokio::time::timeout(LIMIT, stream.read_to_end(&mut text)).await.expect("no answer in time")?;
        let text = String::from_utf8(text).unwrap();
        // A node that was killed in the middle of an answer has not answered.
        let (head, body) = text.split_once("\r\n\r\n").ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
        Ok(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    /// Listens to a live stream.
    pub async fn listen(&self, path: &str, headers: &[(&str, &str)]) -> Stream {
        let stream = self.send("GET", path, headers, "").await.unwrap();
        let mut stream = Stream { stream, said: String::new() };
        stream.says("text/event-stream").await;
        stream
    }

    /// Reads by the API.
    pub async fn get(&self, token: &str, path: &str) -> Value {
        let bearer = format!("Bearer {token}");
        let path = format!("/api/v1{path}");
        self.ask("GET", &path, &[("Authorization", &bearer)], "").await.unwrap().json()
    }

    /// Does a command by the API, under a key; an error when the node has gone.
    pub async fn post_as(&self, token: &str, path: &str, key: &str, body: &Value) -> std::io::Result<Answer> {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Idempotency-Key", key),
            ("Content-Type", "application/json"),
        ];
        self.ask("POST", &format!("/api/v1{path}"), &headers, &body.to_string()).await
    }

    /// Does a command by the API.
    pub async fn post(&self, token: &str, path: &str, body: &Value) -> Value {
        self.post_as(token, path, &key(), body).await.unwrap().json()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{} said:\n{}", self.address, self.log());
        }
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// Imports the member of staff, and makes a token for them; it is told.
pub fn staffed(dir: &Path, config: &str) -> String {
    let file = dir.join("staff.csv");
    fs::write(&file, STAFF).unwrap();
    run(&["import", "staff", &file.display().to_string(), "--config", config]).unwrap();
    let mut args = vec!["token", "create", "--config", config, "--staff", "m.ortega", "--name", "test"];
    for scope in ["read", "request", "work", "journal"] {
        args.extend(["--scope", scope]);
    }
    run(&args).unwrap().trim().to_owned()
}

/// The number of an inquiry that was taken.
pub fn number(received: &Value) -> String {
    received["inquiry"].as_str().unwrap().to_owned()
}

/// A key of its own for each command.
pub fn key() -> String {
    format!("test-{}", KEYS.fetch_add(1, Ordering::Relaxed))
}

/// What a node answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The body of what went well. Answers may come in chunks: their sizes stand on lines of their own.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// A live stream.
pub struct Stream {
    stream: TcpStream,
    said: String,
}

impl Stream {
    /// Waits until it says this, and forgets what it said up to there.
    pub async fn says(&mut self, what: &str) {
        let reading = async {
            let mut buffer = [0; 4096];
            loop {
                if let Some(at) = self.said.find(what) {
                    self.said.drain(..at + what.len());
                    return;
                }
                let read = self.stream.read(&mut buffer).await.unwrap();
                assert_ne!(read, 0, "the stream ended: {}", self.said);
                self.said.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
            }
        };
        assert!(tokio::time::timeout(LIMIT, reading).await.is_ok(), "never said: {what}");
    }
}

/// Two nodes on one database, with a member of staff and their token.
pub struct Pair {
    pub one: Node,
    pub two: Node,
    pub token: String,
    pub database: String,
    pub dir: tempfile::TempDir,
}

impl Pair {
    /// Starts them as the documentation says: one, the key to the other, the other.
    pub async fn start(first: Mail) -> Self {
        let database = shared().empty().await;
        let url = shared().url(&database);
        // The other is told of more hosts, of which only one is there.
        let many = url.replace('@', "@127.0.0.1:1,");
        Self::at([&url, &many], database, first).await
    }

    /// The same on a database at these URLs.
    pub async fn at(urls: [&str; 2], database: String, first: Mail) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (here, there) = (dir.path().join("one"), dir.path().join("two"));
        let (config, _) = configure(&here, urls[0], &first);
        let config = config.display().to_string();
        run(&["migrate", "--config", &config]).unwrap();
        let token = staffed(dir.path(), &config);
        let one = Node::start(&here, urls[0], &first).await;
        fs::create_dir_all(there.join("data")).unwrap();
        fs::copy(here.join("data/secret.key"), there.join("data/secret.key")).unwrap();
        let two = Node::start(&there, urls[1], &Mail::Folder).await;
        Self { one, two, token, database, dir }
    }

    /// The server both are on.
    pub fn cluster() -> &'static Cluster {
        shared()
    }
}

/// A request for the nth invented person.
pub fn request(nth: u32, zip: &str) -> Value {
    json!({
        "reason": "immigration-judge-grant",
        "zip": zip,
        "name": { "given": format!("Ana{nth}"), "family": "Example" },
        "born": "1980-05-17",
        "words": "Please help.",
        "reach": {
            "lang": "es", "phone": format!("+1213555{:04}", 100 + nth % 100), "phrase": "blue river",
            "email": format!("ana{nth}@example.org"),
        },
    })
}
