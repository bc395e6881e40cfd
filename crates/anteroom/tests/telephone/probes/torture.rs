//! The torture messages of RFC 4475 against the running line: each gets what it deserves, and the line goes on. What each means, and that
//! all of them are as the RFC has them, is tested where signalling lives; here they come by real sockets.

use crate::{peer::Peer, telephone::Line};
use std::{fs, path::Path, time::Duration};

const SOON: Duration = Duration::from_secs(10);

/// What of them is answered, each with its code; the rest is calls (100) or nothing at all (0).
const FATES: [(&str, u16); 49] = [
    ("wsinv", 481),
    ("intmeth", 501),
    ("esc01", 100),
    ("escnull", 405),
    ("esc02", 501),
    ("lwsdisp", 200),
    ("longreq", 100),
    ("dblreq", 405),
    ("semiuri", 200),
    ("transports", 200),
    ("mpart01", 405),
    ("unreason", 0),
    ("noreason", 0),
    ("badinv01", 400),
    ("clerr", 400),
    ("ncl", 400),
    ("scalar02", 400),
    ("scalarlg", 0),
    ("quotbal", 400),
    ("ltgtruri", 400),
    ("lwsruri", 400),
    ("lwsstart", 400),
    ("trws", 400),
    ("escruri", 400),
    ("baddate", 100),
    ("regbadct", 405),
    ("badaspec", 200),
    ("baddn", 200),
    ("badvers", 505),
    ("mismatch01", 400),
    ("mismatch02", 400),
    ("bigcode", 0),
    ("badbranch", 200),
    ("insuf", 400),
    ("unkscm", 416),
    ("novelsc", 416),
    ("unksm2", 405),
    ("bext01", 420),
    ("invut", 415),
    ("regaut01", 405),
    ("multi01", 400),
    ("mcl01", 400),
    ("bcast", 0),
    ("zeromf", 200),
    ("cparam01", 405),
    ("cparam02", 405),
    ("regescrt", 405),
    ("sdp01", 406),
    ("inv2543", 100),
];

/// An address of this machine that nobody else has, for each of them: what is still under way to one is not taken for another's.
fn own(n: usize, message: &[u8]) -> String {
    let head = String::from_utf8_lossy(&message[..message.len().min(1_000)]).into_owned();
    // Without rport an answer goes to the port that the Via names.
    let port = match () {
        () if head.contains("192.0.2.59:5050") => 5_050,
        () if head.contains("/TLS fold-and-staple") => 5_061,
        () => 5_060,
    };
    format!("127.44.75.{}:{port}", n + 1)
}

#[test]
fn the_line_outlives_every_one_of_them() {
    let line = Line::beeping("").serve();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sip/tests/torture");
    for (n, (name, code)) in FATES.into_iter().enumerate() {
        let message = fs::read(folder.join(format!("{name}.dat"))).unwrap();
        let mut peer = Peer::udp_at(&own(n, &message), line.at);
        peer.put(&message);
        match code {
            0 => peer.quiet(),
            _ => assert_eq!(peer.within(SOON).map(|heard| heard.code()), Some(code), "{name}"),
        }
    }
    let mut peer = Peer::tcp(line.at);
    peer.answered(&[]);
    peer.hangs_up();
}
