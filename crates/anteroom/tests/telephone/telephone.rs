//! An installation with a telephone line that takes calls from this machine.

use crate::{installed::Installed, running::Running};
use serde_json::Value;
use std::{
    net::{SocketAddr, TcpListener, UdpSocket},
    path::Path,
    time::{Duration, Instant},
};

/// A trunk for everything on this machine.
const TRUNKS: &str = "[[trunk]]\nname = \"here\"\nallow = [\"127.0.0.0/8\"]\noutbound = false\n";

/// One case that is known, as the import reads it.
const CASES: &str = "receipt,form,state,title_en,title_es,meaning_en,meaning_es,received,updated\n\
    IOE0912345678,I-485,pending,Case Is Being Reviewed,Su caso está en revisión,An officer reviews it.,\
    Un oficial lo revisa.,2026-03-02,2026-10-05\n";

/// An installation whose line does not answer yet.
pub struct Closed {
    installed: Installed,
    at: SocketAddr,
    /// Whether it is ready only once it can speak.
    speaks: bool,
}

impl Closed {
    /// Its folder.
    pub fn dir(&self) -> &Path {
        self.installed.dir.path()
    }

    /// Where it will answer.
    pub const fn at(&self) -> SocketAddr {
        self.at
    }

    /// A file of its folder, written or written anew.
    pub fn file(&self, name: &str, content: &str) {
        std::fs::write(self.dir().join(name), content).unwrap();
    }

    /// Its configuration, with something else in it.
    pub fn edit(&self, from: &str, to: &str) {
        let file = self.installed.config();
        let config = std::fs::read_to_string(&file).unwrap();
        assert!(config.contains(from), "{from} in {config}");
        std::fs::write(file, config.replace(from, to)).unwrap();
    }

    /// From its start operators answer at every hour of every day, and at every hour an automated voice may call.
    pub fn always_open(&self) {
        let (shipped, pack) = (crate::installed::pack(), self.dir().join("pack"));
        copy(&shipped, &pack);
        let file = pack.join("line.toml");
        let mut line = std::fs::read_to_string(&file).unwrap();
        let day = "[\"00:00-24:00\"]";
        for (from, to) in [
            ("weekdays = [\"08:00-20:00\"]", format!("weekdays = {day}, saturday = {day}, sunday = {day}")),
            ("holidays = true", "holidays = false".to_owned()),
            (
                "from = \"09:00\"\nto = \"20:00\"\nmost",
                "from = \"00:00\"\nto = \"23:59:59\"\nmost".to_owned(),
            ),
        ] {
            assert!(line.contains(from), "{from} in {line}");
            line = line.replacen(from, &to, 1);
        }
        std::fs::write(file, line).unwrap();
        self.edit(&shipped.display().to_string(), &pack.display().to_string());
    }

    /// Answers calls from now on.
    pub fn serve(self) -> Line {
        let Self { installed, at, speaks } = self;
        let mut running = installed.serve("log");
        running.says("\"serving\"");
        if speaks {
            running.says("the line's prompts are ready");
        }
        Line { installed, running, at }
    }
}

pub struct Line {
    pub installed: Installed,
    pub running: Running,
    pub at: SocketAddr,
}

impl Line {
    /// Answers calls over UDP and TCP at the same port, with more in its section.
    pub fn open(more: &str) -> Self {
        Self::closed(more).serve()
    }

    /// The same before it answers, with nobody who writes its store.
    pub fn closed(more: &str) -> Closed {
        Self::installed(more, "")
    }

    /// One that beeps instead of speaking: for what is not about what is said. It is ready in a moment.
    pub fn beeping(more: &str) -> Closed {
        let mut closed =
            Self::installed(more, "[voice]\ncommands = [\"en=cat beep.wav\", \"es=cat beep.wav\"]\n");
        let beep = closed.dir().join("beep.wav");
        std::fs::write(&beep, crate::baresip::wav(8_000, |n| if n % 16 < 8 { 8_000 } else { -8_000 }))
            .unwrap();
        closed.edit("cat beep.wav", &format!("cat {}", beep.display()));
        closed.speaks = false;
        closed
    }

    fn installed(more: &str, voice: &str) -> Closed {
        let at = free();
        let section = format!(
            "[phone]\nlisten = [\"udp:{at}\", \"tcp:{at}\"]\n\
             trunks = \"trunks.toml\"\nmedia_ports = \"30000-39998\"\n{more}{voice}"
        );
        let installed = Installed::with(&section, &[("trunks.toml", TRUNKS), ("cases.csv", CASES)]);
        let cases = installed.path("cases.csv");
        let (well, says) = crate::running::run(&["import", "cases", &cases, "--config", &installed.config()]);
        assert!(well, "{says}");
        Closed { installed, at, speaks: true }
    }

    /// Its folder.
    pub fn dir(&self) -> &Path {
        self.installed.dir.path()
    }

    /// Its process is killed, and another begins, at another address: the first may have been taken meanwhile.
    pub fn dies(self) -> Self {
        let Self { installed, running, at: before } = self;
        drop(running);
        let next = Closed { installed, at: free(), speaks: true };
        next.edit(&before.to_string(), &next.at.to_string());
        next.serve()
    }

    /// What the record says of the calls that have ended, once there are so many.
    pub fn ended(&self, calls: usize) -> Vec<Value> {
        let begun = Instant::now();
        loop {
            let log = self.running.log();
            let ended: Vec<Value> = log
                .lines()
                .filter(|line| line.contains("a call has ended"))
                .map(|line| serde_json::from_str(line).unwrap())
                .collect();
            if ended.len() >= calls {
                return ended;
            }
            assert!(begun.elapsed() < crate::running::LIMIT, "{} calls have ended:\n{log}", ended.len());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// An address that is free now.
pub fn free() -> SocketAddr {
    // By both kinds: whoever has one of them need not have the other.
    loop {
        let at = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        if UdpSocket::bind(at).is_ok() {
            return at;
        }
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
