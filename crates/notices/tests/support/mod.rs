//! A real mail server on loopback, started and stopped by the test.
#![expect(clippy::unwrap_used, reason = "a test may fail, in its helpers too")]

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A certificate for `localhost` and its key, made for one test.
pub struct Identity {
    pub certificate: String,
    pub key: String,
}

impl Identity {
    pub fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        Self { certificate: made.cert.pem(), key: made.signing_key.serialize_pem() }
    }
}

/// How the server keeps connections secret.
pub enum Secret<'a> {
    No,
    StartTls(&'a Identity),
    Implicit(&'a Identity),
}

/// Debian's aiosmtpd with the rules of `tests/peer/smtp_peer.py`.
pub struct Server {
    child: Child,
    pub port: u16,
    dir: TempDir,
}

impl Server {
    pub fn plain() -> Self {
        Self::start(&Secret::No, None)
    }

    pub fn start(secret: &Secret, login: Option<(&str, &str)>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mail = dir.path().join("mail");
        std::fs::create_dir(&mail).unwrap();
        let port = free_port();
        let mut command = Command::new("aiosmtpd");
        command
            .env("PYTHONPATH", Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peer"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .args(["-n", "-c", "smtp_peer.Peer", "-l", &format!("127.0.0.1:{port}")]);
        if let Secret::StartTls(identity) | Secret::Implicit(identity) = secret {
            let (certificate, key) = (dir.path().join("cert.pem"), dir.path().join("key.pem"));
            std::fs::write(&certificate, &identity.certificate).unwrap();
            std::fs::write(&key, &identity.key).unwrap();
            let (certificate_flag, key_flag) = match secret {
                Secret::Implicit(_) => ("--smtpscert", "--smtpskey"),
                _ => ("--tlscert", "--tlskey"),
            };
            command.arg(certificate_flag).arg(certificate).arg(key_flag).arg(key);
        }
        command.arg(&mail);
        if let Some((user, password)) = login {
            command.args([user, password]);
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap_or_else(|error| {
            panic!("aiosmtpd does not start ({error}): install it with `apt-get install python3-aiosmtpd`")
        });
        let mut server = Self { child, port, dir };
        server.wait_until_it_listens();
        server
    }

    fn wait_until_it_listens(&mut self) {
        let end = Instant::now() + Duration::from_secs(20);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        while TcpStream::connect(address).is_err() {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("aiosmtpd stopped with {status}: its reason is above");
            }
            assert!(Instant::now() < end, "aiosmtpd did not listen within 20 seconds");
            thread::sleep(Duration::from_millis(30));
        }
    }

    /// The messages that arrived, in order.
    pub fn mail(&self) -> Vec<Vec<u8>> {
        files(&self.dir.path().join("mail"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing to do if it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The contents of the `.eml` files in `dir`, in order of their names.
pub fn files(dir: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// A port on which nothing listens now.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}
