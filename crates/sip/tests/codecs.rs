//! What is agreed about sound.

use crate::common::*;
use sip::*;

/// Offers a description in a new call; gives what was made of it.
fn offer(body: &str) -> Result<(Plan, String), Box<Msg>> {
    let mut bench = Bench::new(settings());
    bench.put(Caller::new("sdp").invite("", body));
    let first = bench.next();
    if first.code() != 100 {
        bench.no_event();
        return Err(Box::new(first));
    }
    let Some(Event::Incoming { call, offer: Some(plan), .. }) = bench.events.pop_front() else {
        unreachable!()
    };
    let _ = bench.command(Command::Accept { call, media: media() });
    Ok((plan, bench.code(200).body))
}

fn plan_of(body: &str) -> Plan {
    offer(body).unwrap_or_else(|refused| panic!("{}", refused.first)).0
}

#[test]
fn the_first_law_of_the_offer_is_answered_alone() {
    let (plan, answer) =
        offer(&sdp(30000, "18 8 0 96", "a=rtpmap:96 telephone-event/8000")).unwrap_or_else(|_| panic!());
    assert_eq!((plan.law, plan.telephone_event, plan.comfort_noise), (Law::A, Some(96), None));
    assert!(answer.contains("m=audio 20000 RTP/AVP 8 96\r\n"), "{answer}");
    assert!(answer.contains("a=rtpmap:96 telephone-event/8000\r\n"));
    let plan = plan_of(&sdp(30000, "0", "a=ptime:30\na=rtcp:30011 IN IP4 198.51.100.3"));
    assert_eq!((plan.ptime, plan.rtcp), (30, Some(addr("198.51.100.3:30011"))));
    // An event type for wide-band sound is another thing.
    let plan = plan_of(&sdp(30000, "0 101", "a=rtpmap:101 telephone-event/16000"));
    assert_eq!(plan.telephone_event, None);
}

#[test]
fn nothing_in_common() {
    for body in [
        sdp(30000, "18 96", "a=rtpmap:96 opus/48000/2"),
        sdp(0, "0 8", ""),
        sdp(30000, "0", "").replace("RTP/AVP", "RTP/SAVP"),
        sdp(30000, "0", "").replace("RTP/AVP", "UDP/TLS/RTP/SAVPF"),
        sdp(30000, "0", "").replace("m=audio", "m=video"),
        sdp(30000, "0", "").replace("IN IP4 198.51.100.1\r\nt", "IN IP4 host.example\r\nt"),
        sdp(30000, "0", "").split("m=").next().unwrap_or_default().to_owned(),
    ] {
        let Err(refused) = offer(&body) else { panic!("{body}") };
        assert_eq!(refused.code(), 488, "{body}");
        assert!(refused.get("Warning").starts_with("304 "));
    }
}

#[test]
fn other_media_are_refused_line_by_line() {
    let body = sdp(30000, "0", "a=rtpmap:0 PCMU/8000\nm=image 4000 udptl t38\na=T38FaxVersion:0");
    let body = body.replace(
        "m=audio",
        "m=video 5000 RTP/AVP 31 32\r\nm=audio 6000 RTP/SAVP 0\r\na=crypto:junk\r\nm=audio",
    );
    let (plan, answer) = offer(&body).unwrap_or_else(|refused| panic!("{}", refused.first));
    assert_eq!(plan.remote.port(), 30000);
    let lines: Vec<&str> = answer.lines().filter(|line| line.starts_with("m=")).collect();
    assert_eq!(
        lines,
        ["m=video 0 RTP/AVP 31 32", "m=audio 0 RTP/SAVP 0", "m=audio 20000 RTP/AVP 0", "m=image 0 udptl t38"]
    );
}

#[test]
fn directions() {
    for (theirs, ours, said) in [
        ("sendrecv", Direction::SendRecv, "a=sendrecv"),
        ("sendonly", Direction::RecvOnly, "a=recvonly"),
        ("recvonly", Direction::SendOnly, "a=sendonly"),
        ("inactive", Direction::Inactive, "a=inactive"),
    ] {
        for body in [
            sdp(30000, "0", &format!("a={theirs}")),
            sdp(30000, "0", "").replace("t=0 0\r\n", &format!("t=0 0\r\na={theirs}\r\n")),
        ] {
            let (plan, answer) = offer(&body).unwrap_or_else(|_| panic!());
            assert_eq!(plan.direction, ours);
            assert!(answer.contains(said), "{answer}");
        }
    }
}

#[test]
fn lines_that_mean_nothing_to_us_do_no_harm() {
    let plan = plan_of(&sdp(
        30000,
        "0 101",
        "b=TIAS:64000\na=candidate:junk\na=fingerprint:x\na=ssrc:y\na=rtcp-fb:z\na=crypto:1 AES junk\na=rtpmap:101 telephone-event/8000\na=x",
    ));
    assert_eq!(plan.telephone_event, Some(101));
}

#[test]
fn another_kind_of_address_than_ours() {
    let body = sdp(30000, "0", "").replace("IN IP4 198.51.100.1", "IN IP6 2001:db8::1");
    let mut bench = Bench::new(settings());
    bench.put(Caller::new("six").invite("", &body));
    bench.code(100);
    let call = bench.incoming();
    assert_eq!(bench.command(Command::Accept { call, media: media() }), Err(CommandError::NoCodec));
    bench.code(488);
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::NoAgreement });
}
