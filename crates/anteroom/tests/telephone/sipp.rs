//! Called by sipp, an independent peer with its own idea of the protocol.

use crate::telephone::Line;
use std::{net::SocketAddr, path::Path, process::Command};

/// Runs a scenario against the line; every call of it must go well.
fn scenario(line: &Line, name: &str, args: &[&str]) {
    scenario_at(line, line.at, name, args);
}

/// The same against what stands in front of it.
pub fn scenario_at(line: &Line, at: SocketAddr, name: &str, args: &[&str]) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/telephone/sipp").join(name);
    let output = Command::new("sipp")
        .arg(at.to_string())
        .args(["-sf", file.to_str().unwrap(), "-s", "100", "-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin"])
        .args(["-timeout", "60", "-timeout_error"])
        .args(args)
        .current_dir(line.installed.dir.path())
        .output()
        .unwrap();
    let says = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{name} {args:?}: {says}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn digits_over_udp_and_tcp() {
    let line = Line::open("");
    scenario(&line, "dtmf.xml", &["-m", "1"]);
    scenario(&line, "dtmf.xml", &["-m", "1", "-t", "t1"]);
    for ended in line.ended(2) {
        assert_eq!(ended["ending"], "hung-up");
        let states = ended["states"].as_str().unwrap();
        assert!(states.contains("language-chosen rang-back main"), "1 was understood: {states}");
    }
}

#[test]
fn two_hundred_short_calls_at_once_go_well() {
    let line = Line::open("");
    scenario(&line, "cps.xml", &["-m", "200", "-r", "50", "-d", "500", "-l", "200"]);
    assert!(line.ended(200).iter().all(|ended| ended["ending"] == "hung-up"));
}
