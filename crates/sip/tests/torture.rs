//! The torture messages of RFC 4475, bit by bit as its appendix A has them, each in a packet of its own and each cut out of a stream.

use crate::common::*;
use sip::*;

/// What becomes of a message.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// Answered with this and forgotten.
    Answered(u16),
    /// A call.
    Call,
    /// Nothing at all.
    Silence,
}
use Fate::{Answered, Call, Silence};

macro_rules! torture {
    ($($name:literal => $fate:expr,)+) => {
        [$(($name, include_bytes!(concat!("torture/", $name, ".dat")).as_slice(), $fate),)+]
    };
}

fn messages() -> [(&'static str, &'static [u8], Fate); 49] {
    torture! {
        // 3.1.1: valid. A registrar, a presence server and a mailbox are what we are not.
        "wsinv" => Answered(481),      // has a To tag, of a dialog that is not
        "intmeth" => Answered(501),
        "esc01" => Call,
        "escnull" => Answered(405),
        "esc02" => Answered(501),      // RE%47IST%45R is not REGISTER
        "lwsdisp" => Answered(200),
        "longreq" => Call,
        "dblreq" => Answered(405),     // what follows the first request is no second one
        "semiuri" => Answered(200),
        "transports" => Answered(200),
        "mpart01" => Answered(405),
        "unreason" => Silence,
        "noreason" => Silence,
        // 3.1.2: invalid.
        "badinv01" => Answered(400),
        "clerr" => Answered(400),
        "ncl" => Answered(400),
        "scalar02" => Answered(400),
        "scalarlg" => Silence,
        "quotbal" => Answered(400),
        "ltgtruri" => Answered(400),
        "lwsruri" => Answered(400),
        "lwsstart" => Answered(400),
        "trws" => Answered(400),
        "escruri" => Answered(400),
        "baddate" => Call,             // a Date means nothing to us
        "regbadct" => Answered(405),
        "badaspec" => Answered(200),   // the spaces are clear enough
        "baddn" => Answered(200),      // and so is the name without quotes
        "badvers" => Answered(505),
        "mismatch01" => Answered(400),
        "mismatch02" => Answered(400),
        "bigcode" => Silence,
        // 3.2: transactions.
        "badbranch" => Answered(200),
        // 3.3: applications.
        "insuf" => Answered(400),
        "unkscm" => Answered(416),
        "novelsc" => Answered(416),
        "unksm2" => Answered(405),
        "bext01" => Answered(420),
        "invut" => Answered(415),
        "regaut01" => Answered(405),
        "multi01" => Answered(400),
        "mcl01" => Answered(400),
        "bcast" => Silence,
        "zeromf" => Answered(200),
        "cparam01" => Answered(405),
        "cparam02" => Answered(405),
        "regescrt" => Answered(405),
        "sdp01" => Answered(406),
        // 3.4: as it was before.
        "inv2543" => Call,
    }
}

fn fate(bench: &mut Bench) -> Fate {
    let Some(first) = bench.sent.pop_front() else {
        bench.no_event();
        return Silence;
    };
    if first.code() == 100 {
        let _ = bench.incoming();
        bench.quiet();
        return Call;
    }
    bench.quiet();
    bench.no_event();
    Answered(first.code())
}

#[test]
fn in_packets() {
    for (name, data, wanted) in messages() {
        let mut bench = Bench::new(settings());
        bench.put(data);
        assert_eq!(fate(&mut bench), wanted, "{name}");
    }
}

/// In a stream the length decides where a message ends: where it is wrong the stream is closed, or waits for more.
#[test]
fn in_streams() {
    for (name, data, wanted) in messages() {
        let mut settings = settings();
        settings.trunks[0].transport = Transport::Tcp;
        let mut bench = Bench::new(settings);
        bench.open(FlowId(3), Transport::Tcp, Some(theirs()));
        bench.put_from(FlowId(3), theirs(), data);
        let closed = bench.other.contains(&Output::Close(FlowId(3)));
        match name {
            "ncl" | "mcl01" => assert!(closed && bench.sent.is_empty(), "{name}"),
            // 9999 bytes are announced.
            "clerr" => assert!(!closed && bench.sent.is_empty()),
            // Its length is of one message, and another follows.
            "dblreq" => assert_eq!((bench.next().code(), bench.next().code()), (405, 100)),
            // No length, or one less than there is: the rest is no message.
            _ if closed => assert!(!String::from_utf8_lossy(data).contains("\r\nContent-Length:"), "{name}"),
            _ => assert_eq!(fate(&mut bench), wanted, "{name}"),
        }
    }
}
