//! A running server, as an operator would run it: its own process, its own configuration.

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

use crate::client::{self, Ask};

/// A server process.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub addr: SocketAddr,
    /// How long it took from its start to its first answer.
    pub started_in: Duration,
}

/// What it has used so far.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// Processor time, in seconds.
    pub cpu: f64,
    /// Memory now, in bytes.
    pub memory: u64,
}

fn free_port() -> Result<SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl Server {
    /// Starts one on a data folder and a store, with a pack.
    pub async fn start(program: &Path, data: &Path, store: &str, pack: &Path) -> Result<Self> {
        Self::start_with(program, data, store, pack, "").await
    }

    /// The same, with more in its configuration.
    pub async fn start_with(
        program: &Path,
        data: &Path,
        store: &str,
        pack: &Path,
        more: &str,
    ) -> Result<Self> {
        let addr = free_port()?;
        let config = data.join("bench.toml");
        // Written as TOML strings: paths may hold what TOML would read otherwise.
        let quoted = |path: &Path| format!("{:?}", path.display().to_string());
        let text = format!(
            "[http]\naddr = \"{addr}\"\npublic_url = \"http://{addr}\"\ntrusted_proxies = [\"127.0.0.1\"]\n[data]\ndir = {}\n[store]\nurl = {store:?}\n\
             [pack]\ndir = {}\n[mail]\nfrom = \"no-reply@help.example.gov\"\nfolder = {}\n[log]\nlevel = \"warn\"\n{more}",
            quoted(data),
            quoted(pack),
            quoted(&data.join("mail")),
        );
        fs::write(&config, text)?;
        let log = fs::File::create(data.join("server.log"))?;
        let begun = Instant::now();
        let mut child = Command::new(program)
            .args(["serve", "--config"])
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started", program.display()))?;
        loop {
            if let Ok((status, _)) = client::once(addr, &Ask::page("/readyz", "")).await
                && status.is_success()
            {
                return Ok(Self { child, addr, started_in: begun.elapsed() });
            }
            if let Some(ended) = child.try_wait()? {
                bail!("the server ended with {ended}: {}", fs::read_to_string(data.join("server.log"))?);
            }
            if begun.elapsed() > Duration::from_mins(2) {
                bail!("the server does not get ready");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn pid(&self) -> Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// What it has used so far.
    pub fn used(&self) -> Result<Used> {
        let pid = self.pid()?;
        let pages: u64 = fs::read_to_string(format!("/proc/{pid}/statm"))?
            .split_whitespace()
            .nth(1)
            .and_then(|text| text.parse().ok())
            .context("no resident pages")?;
        let page = u64::try_from(rustix::param::page_size())?;
        Ok(Used { cpu: cpu(pid)?, memory: pages * page })
    }

    /// What it has used so far, once its memory is no more given back and taken: what a program used to get ready hides what it takes
    /// afterwards. After a minute as it is then.
    pub async fn settled(&self) -> Result<Used> {
        const STILL: u64 = 1 << 20;
        let mut now = self.used()?;
        let mut same = 0;
        for _ in 0..60 {
            tokio::time::sleep(Duration::from_secs(1)).await;
            let then = self.used()?;
            same = if then.memory.abs_diff(now.memory) < STILL { same + 1 } else { 0 };
            now = then;
            if same == 5 {
                break;
            }
        }
        Ok(now)
    }

    /// Stops it, cleanly.
    pub async fn stop(mut self) -> Result<()> {
        let pid = i32::try_from(self.pid()?)?;
        kill_process(Pid::from_raw(pid).context("no process")?, Signal::TERM)?;
        self.child.wait().await?;
        Ok(())
    }
}

/// The fields after the name in what Linux says of a process (`proc_pid_stat(5)`), from its state on.
fn stat(pid: u32) -> Result<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = stat.rsplit_once(')').context("no process name")?.1;
    Ok(after_name.split_whitespace().map(str::to_owned).collect())
}

/// The sum of some of these fields that count processor time, in seconds.
#[expect(clippy::cast_precision_loss, reason = "seconds in three digits")]
fn seconds(stat: &[String], fields: &[usize]) -> f64 {
    let ticks = fields.iter().filter_map(|n| stat.get(*n)?.parse::<u64>().ok()).sum::<u64>();
    ticks as f64 / rustix::param::clock_ticks_per_second().max(1) as f64
}

/// The processor time that a process has used so far, in seconds.
pub fn cpu(pid: u32) -> Result<f64> {
    Ok(seconds(&stat(pid)?, &[11, 12]))
}

/// The same of a process with all the processes that it has started, those that have ended too.
pub fn cpu_of_family(pid: u32) -> Result<f64> {
    let mut all = seconds(&stat(pid)?, &[11, 12, 13, 14]);
    for entry in fs::read_dir("/proc")? {
        let Some(child) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // One that has just ended is counted with its parent's next time.
        let Ok(stat) = stat(child) else { continue };
        if stat.get(1).and_then(|parent| parent.parse().ok()) == Some(pid) {
            all += seconds(&stat, &[11, 12, 13, 14]);
        }
    }
    Ok(all)
}
