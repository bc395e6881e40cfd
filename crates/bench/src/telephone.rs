//! The telephone line under load: sipp, an independent peer, calls a real server over loopback.

use crate::{
    client::{self, Ask},
    report::Report,
    server::{Server, Used},
};
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    net::{SocketAddr, UdpSocket},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

const WHERE: &str = "telephone";
/// A call that chooses its language by one digit, and hangs up.
const DIGIT: &str = include_str!("../scenarios/digit.xml");
/// A call that talks into the line, which talks back.
const TALK: &str = include_str!("../scenarios/talk.xml");
/// A call that waits for a person, and says nothing.
const WAIT: &str = include_str!("../scenarios/wait.xml");
/// How many callers wait at once in the long queue, how many come a second, and how long a call needs until it waits.
const QUEUE: u32 = 2_000;
const COME: u32 = 50;
const UNTIL_WAITING: Duration = Duration::from_secs(8);
/// Each hears their place once in so much time.
const PLACE_SAID: Duration = Duration::from_mins(1);
/// How late a step of the sound may be before somebody hears it, and the figures' labels of what is later.
const LATER: [&str; 2] = ["50", "more"];

/// How much is asked of it.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// New calls a second, each with one digit.
    pub rate: u32,
    /// Calls that are held at once.
    pub held: u32,
    /// How long each load lasts.
    pub lasts: Duration,
}

/// What sipp says of a run.
#[derive(Debug, Clone, Copy)]
struct Said {
    fine: u64,
    failed: u64,
    wall: Duration,
}

/// A line that takes calls from this machine, and what it is called by.
pub struct Line {
    server: Server,
    at: SocketAddr,
    metrics: SocketAddr,
    dir: PathBuf,
}

fn free_udp() -> Result<SocketAddr> {
    Ok(UdpSocket::bind("127.0.0.1:0")?.local_addr()?)
}

impl Line {
    /// Starts it on a store that is there. So many calls it takes at once.
    pub async fn open(
        program: &Path,
        (data, store): (&Path, &str),
        pack: &Path,
        most_calls: u32,
    ) -> Result<Self> {
        let (at, metrics) = (free_udp()?, free_udp()?);
        let trunks = data.join("trunks.toml");
        fs::write(&trunks, "[[trunk]]\nname = \"here\"\nallow = [\"127.0.0.0/8\"]\noutbound = false\n")?;
        let more = format!(
            "[metrics]\naddr = \"{metrics}\"\n[phone]\nlisten = [\"udp:{at}\"]\ntrunks = {:?}\nmedia_ports = \"30000-49998\"\n\
             most_calls = {most_calls}\n",
            trunks.display().to_string()
        );
        let server = Server::start_with(program, data, store, pack, &more).await?;
        let dir = data.join("sipp");
        fs::create_dir_all(&dir)?;
        fs::write(dir.join("digit.xml"), DIGIT)?;
        fs::write(dir.join("talk.xml"), TALK)?;
        fs::write(dir.join("wait.xml"), WAIT)?;
        // Half a minute of something in mu-law that is not silence.
        let sound: Vec<u8> = (0..240_000_u32).map(|n| if n % 16 < 8 { 0x9e } else { 0x1e }).collect();
        fs::write(dir.join("t.ulaw"), sound)?;
        let line = Self { server, at, metrics, dir };
        line.speaks().await?;
        Ok(line)
    }

    /// The first calls make the prompts into sound; what is measured is a line that has spoken before.
    async fn speaks(&self) -> Result<()> {
        let begun = Instant::now();
        loop {
            let said = self.sipp("digit.xml", &["-m", "4", "-r", "2"]).await?;
            if said.failed == 0 && begun.elapsed() > Duration::from_secs(20) {
                return Ok(());
            }
            ensure!(begun.elapsed() < Duration::from_mins(3), "the line does not answer: {said:?}");
        }
    }

    fn start(&self, scenario: &str, args: &[&str]) -> Result<(Child, PathBuf)> {
        let stats = self.dir.join(format!("{scenario}.csv"));
        // Of an earlier run nothing is to be read.
        let _ = fs::remove_file(&stats);
        let child = Command::new("sipp")
            .arg(self.at.to_string())
            .args(["-sf", scenario, "-s", "100", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin"])
            .args(["-trace_stat", "-fd", "1", "-stf"])
            .arg(&stats)
            .args(args)
            .current_dir(&self.dir)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("sipp cannot be started: install the package sip-tester")?;
        Ok((child, stats))
    }

    async fn sipp(&self, scenario: &str, args: &[&str]) -> Result<Said> {
        let begun = Instant::now();
        let (mut child, stats) = self.start(scenario, args)?;
        child.wait().await?;
        let wall = begun.elapsed();
        let (fine, failed) = counted(&fs::read_to_string(&stats)?)?;
        Ok(Said { fine, failed, wall })
    }

    async fn figures(&self) -> Result<String> {
        let (status, text) = client::once(self.metrics, &Ask::page("/metrics", "")).await?;
        ensure!(status.is_success(), "no figures: {status}");
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// The sum of a figure over all its labels; 0 when it has not been counted yet.
    async fn figure(&self, name: &str) -> Result<f64> {
        let text = self.figures().await?;
        let of = |line: &str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '{']));
        let values = text.lines().filter(|line| of(line)).filter_map(|line| line.rsplit(' ').next());
        Ok(values.filter_map(|value| value.parse::<f64>().ok()).sum())
    }

    /// How many steps of the sound there were, and how many of them were more than 20 ms late.
    async fn steps(&self) -> Result<(u64, u64)> {
        let text = self.figures().await?;
        let (mut all, mut late) = (0, 0);
        for line in text.lines().filter(|line| line.starts_with("anteroom_phone_late_steps_total{")) {
            let count: u64 = line.rsplit(' ').next().and_then(|n| n.parse().ok()).context("no count")?;
            all += count;
            if LATER.iter().any(|label| line.contains(&format!("late=\"{label}\""))) {
                late += count;
            }
        }
        Ok((all, late))
    }

    /// Plays every scene, and stops it.
    pub async fn play(self, load: Load, report: &mut Report) -> Result<()> {
        // First what memory is counted of: nothing has been given back and kept yet.
        self.held_calls(load, report).await?;
        self.short_calls(load, report).await?;
        self.server.stop().await
    }

    /// Calls with one digit, so many a second.
    async fn short_calls(&self, load: Load, report: &mut Report) -> Result<()> {
        let (rate, count) =
            (load.rate.to_string(), (u64::from(load.rate) * load.lasts.as_secs()).to_string());
        let (before, steps) = (self.server.used()?, self.steps().await?);
        let said = self.sipp("digit.xml", &["-m", &count, "-r", &rate, "-l", "5000"]).await?;
        let (after, late) = (self.server.used()?, self.steps().await?);
        let of = format!("{} of {} fine, {:.0} a second", said.fine, said.fine + said.failed, said.rate());
        report.note(WHERE, "calls answered, one digit understood, ended", of);
        report.note(
            WHERE,
            "processor time for each such call",
            format!("{:.3} ms", cpu(before, after, said.fine)),
        );
        report.note(WHERE, "steps of the sound more than 20 ms late meanwhile", share(steps, late));
        Ok(())
    }

    /// Calls that are held with sound both ways.
    async fn held_calls(&self, load: Load, report: &mut Report) -> Result<()> {
        let held = load.held.to_string();
        let empty = self.server.settled().await?;
        // All of them are there after five seconds; what is measured is the time after that.
        let settle = Duration::from_secs(8);
        let lasts = (settle + load.lasts + Duration::from_secs(5)).as_millis().to_string();
        let rate = (load.held / 5).max(1).to_string();
        let args = ["-m", &held, "-l", &held, "-r", &rate, "-d", &lasts];
        let (mut child, stats) = self.start("talk.xml", &args)?;
        tokio::time::sleep(settle).await;
        let (before, steps, begun) = (self.server.used()?, self.steps().await?, Instant::now());
        tokio::time::sleep(load.lasts).await;
        let (after, late, wall) = (self.server.used()?, self.steps().await?, begun.elapsed());
        child.wait().await?;
        let (fine, failed) = counted(&fs::read_to_string(&stats)?)?;
        report.note(
            WHERE,
            "calls held at once, sound both ways",
            format!("{fine} of {} fine", fine + failed),
        );
        let core = (after.cpu - before.cpu) / wall.as_secs_f64() / f64::from(load.held.max(1)) * 100.0;
        report.note(WHERE, "of a core for each call held", format!("{core:.3} %"));
        report.note(WHERE, "steps of the sound more than 20 ms late meanwhile", share(steps, late));
        // What making the first prompts took was given back, and is taken again: what the calls give back says more.
        let without = empty.memory.min(self.server.settled().await?.memory);
        let each = after.memory.saturating_sub(without) / u64::from(load.held.max(1));
        report.note(WHERE, "memory for each call held", format!("{} KiB", each >> 10));
        Ok(())
    }
}

/// Two thousand callers who wait for an operator and hear their place once a minute.
pub async fn queue(program: &Path, at: (&Path, &str), pack: &Path, report: &mut Report) -> Result<()> {
    let line = Line::open(program, at, pack, QUEUE + 500).await?;
    let empty = line.server.settled().await?;
    let all_there = Duration::from_secs(u64::from(QUEUE / COME)) + UNTIL_WAITING;
    let lasts = (all_there + PLACE_SAID + Duration::from_secs(20)).as_millis().to_string();
    let (many, rate) = (QUEUE.to_string(), COME.to_string());
    let args = ["-m", &many, "-l", &many, "-r", &rate, "-d", &lasts];
    let (mut child, stats) = line.start("wait.xml", &args)?;
    tokio::time::sleep(all_there).await;
    let (before, steps) = (line.server.used()?, line.steps().await?);
    let (unsaid, begun) = (line.figure("anteroom_phone_unsaid_total").await?, Instant::now());
    tokio::time::sleep(PLACE_SAID).await;
    let (after, late, wall) = (line.server.used()?, line.steps().await?, begun.elapsed());
    let calls = line.figure("anteroom_phone_calls").await?;
    let unsaid = line.figure("anteroom_phone_unsaid_total").await? - unsaid;
    child.wait().await?;
    let (fine, failed) = counted(&fs::read_to_string(&stats)?)?;
    let waited = format!(
        "{fine} of {} fine, {calls:.0} there after a minute, {unsaid:.0} prompts unsaid",
        fine + failed
    );
    report.note(WHERE, "callers who wait at once, each told their place once a minute", waited);
    let core = (after.cpu - before.cpu) / wall.as_secs_f64() / f64::from(QUEUE) * 100.0;
    report.note(WHERE, "of a core for each caller who waits", format!("{core:.3} %"));
    report.note(WHERE, "steps of the sound more than 20 ms late meanwhile", share(steps, late));
    let memory = after.memory.saturating_sub(empty.memory) / u64::from(QUEUE);
    report.note(WHERE, "memory for each caller who waits", format!("{} KiB", memory >> 10));
    line.server.stop().await
}

/// Three times as many calls as it takes; then how long until every call is taken again.
pub async fn overload(
    program: &Path,
    at: (&Path, &str),
    pack: &Path,
    load: Load,
    report: &mut Report,
) -> Result<()> {
    let line = Line::open(program, at, pack, load.held).await?;
    // A call lasts 1.3 seconds: so many a second fill it three times.
    let rate = (f64::from(load.held) / 1.3 * 3.0).ceil().to_string();
    let count = (f64::from(load.held) / 1.3 * 3.0 * load.lasts.as_secs_f64()).ceil().to_string();
    let said = line.sipp("digit.xml", &["-m", &count, "-r", &rate, "-l", "20000"]).await?;
    let of = format!("{} taken, {} turned away", said.fine, said.failed);
    report.note(WHERE, "three times as many calls as it takes", of);
    let begun = Instant::now();
    loop {
        let after = begun.elapsed();
        let said = line.sipp("digit.xml", &["-m", "20", "-r", "20"]).await?;
        if said.failed == 0 {
            report.note(WHERE, "until every call is taken again", format!("{:.1} s", after.as_secs_f64()));
            return line.server.stop().await;
        }
        if after > Duration::from_mins(1) {
            bail!("calls are still turned away a minute later: {said:?}");
        }
    }
}

impl Said {
    #[expect(clippy::cast_precision_loss, reason = "calls in five digits")]
    fn rate(&self) -> f64 {
        self.fine as f64 / self.wall.as_secs_f64()
    }
}

/// The processor time for each of so many, in milliseconds.
#[expect(clippy::cast_precision_loss, reason = "calls in five digits")]
fn cpu(before: Used, after: Used, of: u64) -> f64 {
    (after.cpu - before.cpu) * 1000.0 / of.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "a share in three digits")]
fn share((all_before, late_before): (u64, u64), (all, late): (u64, u64)) -> String {
    let (all, late) = (all.saturating_sub(all_before), late.saturating_sub(late_before));
    format!("{late} of {all} ({:.4} %)", late as f64 * 100.0 / all.max(1) as f64)
}

/// How many calls went fine and how many failed, by the last line of what sipp writes down.
fn counted(stats: &str) -> Result<(u64, u64)> {
    let mut lines = stats.lines();
    let names: Vec<&str> = lines.next().context("sipp says nothing")?.split(';').collect();
    let last: Vec<&str> = lines.next_back().context("sipp says nothing")?.split(';').collect();
    let of = |name: &str| -> Result<u64> {
        let at = names.iter().position(|found| *found == name).with_context(|| format!("no {name}"))?;
        last.get(at).and_then(|text| text.parse().ok()).with_context(|| format!("no count of {name}"))
    };
    Ok((of("SuccessfulCall(C)")?, of("FailedCall(C)")?))
}
