//! Kamailio in front of the line, as a session border controller stands: it takes datagrams, and speaks with the line over TCP; both
//! ways it stays in the path of every call (Record-Route).

use crate::{
    books::{promised, wait},
    officer::Officer,
    peer::{Peer, answer, sdp},
    sipp,
    telephone::{Line, free},
};
use std::{
    fs,
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// What it does: whoever wants the line gets the line; whomever the line wants is at the other address.
const CONFIG: &str = r#"#!KAMAILIO
debug=0
log_stderror=yes
children=1
tcp_children=1
auto_aliases=no
dns=no
rev_dns=no
listen=udp:SBC
listen=tcp:SBC
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "siputils.so"
loadmodule "textops.so"
request_route {
    if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
    if (has_totag()) {
        if (loose_route() || t_check_trans()) { t_relay(); exit; }
        if (!is_method("ACK")) sl_send_reply("404", "Not here");
        exit;
    }
    if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
    t_check_trans();
    if (is_method("INVITE")) record_route();
    if ($rU == "line" || $rU == "100") { $du = "sip:LINE;transport=tcp"; } else { $du = "sip:CALLED"; }
    t_relay();
}
"#;

struct Sbc(Child);

impl Drop for Sbc {
    fn drop(&mut self) {
        // As the head of its own processes it ends them with itself.
        let _ = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status();
        let _ = self.0.wait();
    }
}

impl Sbc {
    fn start(dir: &Path, at: SocketAddr, line: SocketAddr, called: SocketAddr) -> Self {
        let config = CONFIG.replace("SBC", &at.to_string()).replace("LINE", &line.to_string());
        let file = dir.join("kamailio.cfg");
        fs::write(&file, config.replace("CALLED", &called.to_string())).unwrap();
        let run = dir.join("kamailio");
        fs::create_dir_all(&run).unwrap();
        let says = dir.join("kamailio.log");
        let child = Command::new("kamailio")
            .args(["-DD", "-E", "-m", "64", "-M", "8"])
            .args(["-f".as_ref(), file.as_os_str(), "-Y".as_ref(), run.as_os_str()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&says).unwrap())
            .spawn()
            .unwrap();
        let (sbc, begun) = (Self(child), Instant::now());
        while TcpStream::connect(at).is_err() {
            let late = begun.elapsed() > crate::running::LIMIT;
            assert!(!late, "kamailio does not start: {}", fs::read_to_string(&says).unwrap());
            std::thread::sleep(Duration::from_millis(100));
        }
        sbc
    }
}

#[test]
fn calls_come_and_go_through_a_session_border_controller() {
    let closed = Line::beeping("number = \"+1 202 555 0100\"\n");
    let dir = closed.dir().to_owned();
    let inquiry = wait(promised(&dir, -1));
    let at = free();
    let mut called = Peer::udp(at);
    let trunk =
        format!("[[trunk]]\nname = \"sbc\"\ntransport = \"tcp\"\npeer = \"{at}\"\nping-seconds = 3600\n");
    closed.file("trunks.toml", &trunk);
    let _sbc = Sbc::start(&dir, at, closed.at(), called.ours);
    // The line asks it whether it is there; it passes the question on.
    let mut line = closed.serve();
    let asks = called.asks("OPTIONS");
    called.put(answer(&asks, 200, "c", &[], ""));

    // In, over datagrams and over a connection, with keys.
    sipp::scenario_at(&line, at, "dtmf_rr.xml", &["-m", "1"]);
    sipp::scenario_at(&line, at, "dtmf_rr.xml", &["-m", "1", "-t", "t1"]);
    for ended in line.ended(2) {
        assert_eq!((&ended["trunk"], &ended["ending"]), (&"sbc".into(), &"hung-up".into()));
        let states = ended["states"].as_str().unwrap();
        assert!(states.contains("language-chosen rang-back main"), "1 was understood: {states}");
    }

    // Out, and every request of the call by the way that was recorded.
    let mut officer = Officer::sits_down(&mut line);
    officer.calls(&inquiry);
    let invite = called.asks("INVITE");
    assert_eq!(invite.all("Record-Route").len(), 2, "TCP on one side, UDP on the other: {}", invite.text);
    assert_eq!(invite.all("Via").len(), 2);
    let described = sdp(called.rtp.local_addr().unwrap(), "0", "");
    let contact = format!("Contact: {}", called.contact);
    called.put(answer(&invite, 180, "c", &[&contact], ""));
    called.put(answer(&invite, 200, "c", &[&contact], &described));
    let ack = called.asks("ACK");
    assert_eq!(format!("<{}>", ack.uri()), called.contact, "the routes are used up on the way");
    officer.sees("data-phone=\"talking\"");
    assert!(called.hears(Duration::from_secs(10)));
    // Who was called moves the sound: by the same way back.
    called.follows(&invite, "c");
    let body = called.sdp();
    let moved = called.then("INVITE", &[], &body);
    called.put(moved);
    called.code(100);
    called.code(200);
    let ack = called.request("ACK", &[], "");
    called.put(ack);
    officer.hangs_up();
    let bye = called.asks("BYE");
    called.put(answer(&bye, 200, "", &[], ""));
    officer.sees("data-phone=\"ended\"");
}
