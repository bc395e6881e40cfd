//! The real program in a process of its own, spoken to over its own sockets.

use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// How long anything may take before a test gives up.
pub const LIMIT: Duration = Duration::from_mins(1);

/// The program, with nothing of this process's environment that would configure it.
pub fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_anteroom"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ANTEROOM_")) {
        command.env_remove(name);
    }
    command.args(args).stdin(Stdio::null());
    command
}

/// Runs a command to its end; what it printed, and whether it went well.
pub fn run(args: &[&str]) -> (bool, String) {
    let output = program(args).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

/// A server that runs. It is stopped when the test ends.
pub struct Running {
    child: Child,
    pub logs: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    /// Starts a command whose logs go into a file.
    pub fn start(mut command: Command, logs: &Path) -> Self {
        let file = fs::File::create(logs).unwrap();
        let child = command.stdout(Stdio::piped()).stderr(file).spawn().unwrap();
        Self { child, logs: logs.to_owned() }
    }

    pub fn log(&self) -> String {
        String::from_utf8(fs::read(&self.logs).unwrap()).unwrap()
    }

    /// The first line of the log that says this.
    pub fn says(&mut self, what: &str) -> Value {
        self.until(what, || {
            let log = self.log();
            let line = log.lines().find(|line| line.contains(what))?;
            serde_json::from_str(line).ok()
        })
    }

    /// The address in such a line.
    pub fn address(&mut self, what: &str) -> SocketAddr {
        self.says(what)["addr"].as_str().unwrap().parse().unwrap()
    }

    fn until<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(begun.elapsed() < LIMIT, "the log never said {what:?}:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The first line of standard output that has this.
    pub fn prints(&mut self, what: &str) -> String {
        let out = self.child.stdout.take().unwrap();
        let mut lines = BufReader::new(out).lines();
        let found = lines.by_ref().map_while(Result::ok).find(|line| line.contains(what));
        // What else it prints must not block it.
        std::thread::spawn(move || lines.for_each(drop));
        found.unwrap_or_else(|| panic!("never printed {what:?}:\n{}", self.log()))
    }

    /// Tells it to stop, and waits until it has.
    pub fn stop(&mut self) -> bool {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap().success()
    }
}

/// Somebody with a browser that keeps cookies, or a program with a token; a connection for each request.
pub struct Visitor {
    pub at: SocketAddr,
    cookies: BTreeMap<String, String>,
    token: Option<String>,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
}

impl Visitor {
    pub fn of(at: SocketAddr) -> Self {
        Self { at, cookies: BTreeMap::new(), token: None }
    }

    pub fn with(at: SocketAddr, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..Self::of(at) }
    }

    fn send(&mut self, head: &str, more: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.at).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let token = self.token.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n"));
        let text = format!(
            "{head} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Cookie: {}\r\n{}{more}Content-Length: {}\r\n\r\n{body}",
            cookies.join("; "),
            token.unwrap_or_default(),
            body.len(),
            at = self.at,
        );
        stream.write_all(text.as_bytes()).unwrap();
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let (headers, body) = text.split_once("\r\n\r\n").unwrap();
        let header = |name: &'static str| {
            headers.lines().filter_map(move |line| {
                let (key, value) = line.split_once(": ")?;
                key.eq_ignore_ascii_case(name).then(|| value.to_owned())
            })
        };
        for cookie in header("set-cookie") {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = headers.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, location: header("location").next().unwrap_or_default(), body: body.to_owned() }
    }

    pub fn open(&mut self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), "", "")
    }

    /// Gives a command as a program does.
    pub fn command(&mut self, path: &str, key: &str, body: &str) -> Answer {
        let more = format!("Content-Type: application/json\r\nIdempotency-Key: {key}\r\n");
        self.send(&format!("POST {path}"), &more, body)
    }

    /// Sends what a script sends.
    pub fn post(&mut self, path: &str, kind: &str, body: &str) -> Answer {
        self.send(&format!("POST {path}"), &format!("Content-Type: {kind}\r\n"), body)
    }

    /// Sends a form as the page at `page` has it, what is hidden in it and what is ticked included.
    pub fn fill(&mut self, page: &str, to: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.open(page).body;
        let action = format!("action=\"{to}\"");
        let form = page.split("<form").find(|form| form.contains(&action)).unwrap_or(&page);
        let form = form.split("</form>").next().unwrap_or(form);
        let hidden = form.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|input| {
            let (name, rest) = input.split_once('"')?;
            Some((name, rest.strip_prefix(" value=\"")?.split('"').next()?))
        });
        let ticked = form.split("<input ").skip(1).filter_map(|input| {
            let input = input.split('>').next()?;
            let value = |name: &str| input.split_once(&format!(" {name}=\""))?.1.split('"').next();
            let ticked = value("type") == Some("checkbox") && input.contains(" checked");
            ticked.then_some((value("name")?, value("value")?))
        });
        let all = hidden.chain(ticked).chain(fields.iter().copied());
        let body: Vec<String> = all.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.send(&format!("POST {to}"), kind, &body.join("&"))
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
