//! What of signalling is read from strangers, each a function over any bytes. Fuzzers (`fuzz/`) and the property tests beside this
//! run the same ones. Each panics when something does not hold.

use crate::{
    Direction, Endpoint, FlowId, Input, Law, LocalMedia, Login, Output, Settings, Transport, Trunk, TrunkId,
    auth::{Client, Judgement, Server},
    chance::Chance,
    message::{
        Malformed, Message, NameAddr, Reply, Via, host_of, is_loose, params, parse, party, unquote, user_of,
    },
    sdp,
    stream::{Piece, Stream},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

const OURS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 5060);
const THEIRS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 5070);
/// The longest message.
const MOST: usize = 65_535;

/// A message (RFC 3261, 7), what stands in its headers, and our answer to it.
///
/// # Panics
/// When an answer to what could be read cannot be read itself, or is about another call.
pub fn message(data: &[u8]) {
    match parse(data) {
        Ok(Message::Request(request)) => {
            let common = &request.common;
            headers(&request.uri);
            headers(&common.from.uri);
            let _ = common.session_description();
            let answer = Reply::to(common, THEIRS).start(200, Some("ours")).finish(None);
            let Ok(Message::Response(read)) = parse(&answer) else {
                panic!("our own answer is no message: {}", String::from_utf8_lossy(&answer))
            };
            assert_eq!(read.code, 200);
            assert_eq!((&read.common.call_id, read.common.cseq), (&common.call_id, common.cseq));
            assert_eq!(read.common.from.tag(), common.from.tag());
        }
        Ok(Message::Response(response)) => {
            assert!((100..700).contains(&response.code));
            headers(&response.common.to.uri);
        }
        Err(Malformed::Answer { code, .. }) => assert!((400..=599).contains(&code), "{code}"),
        Err(Malformed::Silent) => {}
    }
    if let Ok(text) = std::str::from_utf8(data) {
        text.lines().for_each(headers);
    }
}

/// Values of headers: addresses, parameters, ways.
fn headers(line: &str) {
    let _ = (params(line), unquote(line), user_of(line), host_of(line), is_loose(line), party(line, "1"));
    if let Some(address) = NameAddr::read(line) {
        let _ = (address.tag(), address.param("lr"));
    }
    if let Some(via) = Via::read(line) {
        let _ = (via.branch(), via.port(), via.seen_from(THEIRS));
    }
}

/// A session description (RFC 8866), what both speak of it (RFC 3264), and our answer.
///
/// # Panics
/// When our answer cannot be read, or says something else than we speak.
pub fn description(data: &[u8]) {
    let Ok(theirs) = sdp::read(data) else { return };
    assert!(!theirs.laws.is_empty() && theirs.ours < theirs.lines.len());
    let plan = sdp::agree(&theirs, Direction::SendRecv);
    let session = sdp::Session { id: 1, version: 1, media: LocalMedia { addr: OURS } };
    let answer = sdp::answer(&session, &theirs, plan.direction);
    let Ok(read) = sdp::read(answer.as_bytes()) else { panic!("our own answer cannot be read: {answer}") };
    assert_eq!(read.laws, [plan.law]);
    assert_eq!((read.remote, read.telephone_event), (OURS, plan.telephone_event));
    let lines = |text: &str| text.lines().filter(|line| line.starts_with("m=")).count();
    assert_eq!(lines(&answer), theirs.lines.len(), "an answer has as many media as the offer");
    let offer = sdp::offer(&session, Law::A, Direction::SendRecv);
    assert!(sdp::read(offer.as_bytes()).is_ok_and(|read| read.laws == [Law::A, Law::Mu]));
}

/// The headers of digest authentication (RFC 8760), as whoever is challenged and as whoever challenges.
///
/// # Panics
/// When somebody who does not know the password is taken for one who does, or our answer has a line of its own.
pub fn digest(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // A header's value is one line: that is how it comes.
    let lines = || text.lines();
    let login = Login { user: "line".to_owned(), password: "hush".to_owned(), realm: None };
    let mut client = Client::default();
    if client.challenged(&login, false, lines()) {
        let answers = client.authorise(&login, "INVITE", "sip:line@127.0.0.1", &mut Chance::new([1; 32]));
        assert!(!answers.is_empty());
        for (_, line) in &answers {
            assert!(!line.contains(['\r', '\n']), "{line}");
        }
    }
    let mut server = Server::new([2; 32]);
    let stranger = Login { password: "known to nobody".to_owned(), ..login };
    assert!(server.judge(&stranger, "exchange", "INVITE", 7, lines()) == Judgement::Ask);
}

/// A stream, however it is cut into pieces (RFC 3261, 18.3).
///
/// # Panics
/// When the cuts make a difference, or a message is longer than it may be.
pub fn stream(data: &[u8]) {
    let (cuts, data) = data.split_at(data.len().min(4));
    let (mut whole, mut pieces) = (Vec::new(), Vec::new());
    Stream::new(MOST).push(data, &mut whole);
    let mut by_pieces = Stream::new(MOST);
    let (mut rest, mut nth) = (data, 0);
    while !rest.is_empty() {
        let size = usize::from(cuts.get(nth % cuts.len().max(1)).copied().unwrap_or(1)).max(1);
        let (now, later) = rest.split_at(size.min(rest.len()));
        by_pieces.push(now, &mut pieces);
        (rest, nth) = (later, nth + 1);
    }
    assert_eq!(whole, pieces);
    for piece in &whole {
        if let Piece::Message(message) = piece {
            assert!(message.len() <= MOST);
        }
    }
}

/// A user agent to which packets come, one after the other: between two of them stands a line with a dot alone.
///
/// # Panics
/// When a packet has more answers than it may have, or calls stay that nobody keeps.
pub fn endpoint(data: &[u8]) {
    let trunks = vec![Trunk::at(TrunkId(1), "them", Transport::Udp, THEIRS)];
    let mut settings = Settings { trunks, ..Settings::default() };
    settings.limits.calls = 8;
    let mut line = Endpoint::new(settings, [3; 32]);
    let mut now = Instant::now();
    let opened = Input::FlowOpened {
        flow: FlowId(1),
        transport: Transport::Udp,
        local: OURS,
        remote: None,
        trunk: None,
        request: None,
    };
    line.handle(now, opened);
    for packet in packets(data) {
        line.handle(now, Input::Packet { flow: FlowId(1), from: THEIRS, data: packet });
        let sent = std::iter::from_fn(|| line.poll_output()).filter(|out| matches!(out, Output::Send { .. }));
        assert!(sent.count() <= 4);
        now += Duration::from_millis(40);
        line.handle_timeout(now);
        while line.poll_output().is_some() {}
        assert!(line.calls() <= 8);
    }
}

/// What stands between lines with a dot alone.
fn packets(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    const BETWEEN: &[u8] = b"\n.\n";
    let mut rest = Some(data);
    std::iter::from_fn(move || {
        let data = rest?;
        let at = data.windows(BETWEEN.len()).position(|window| window == BETWEEN);
        let (packet, later) = at.map_or((data, None), |at| (&data[..at], Some(&data[at + BETWEEN.len()..])));
        rest = later;
        Some(packet)
    })
    .take(32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Messages as they come, the torture of RFC 4475 among them.
    fn real() -> Vec<Vec<u8>> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/torture");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        let all: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
        assert!(all.len() >= 49);
        all
    }

    const DESCRIPTION: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nb=AS:64\r\nt=0 0\r\n\
        m=video 3000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\nm=audio 3002 RTP/AVP 9 8 0 101 13\r\na=rtpmap:8 PCMA/8000\r\n\
        a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=rtcp:3005 IN IP4 192.0.2.1\r\na=ptime:20\r\na=sendonly\r\n";

    fn challenges() -> Vec<u8> {
        let [first, second] = Server::new([2; 32]).challenge("exchange", 1, true);
        let answer = "Digest username=\"line\", realm=\"exchange\", nonce=\"1.1.ab\", uri=\"sip:x\", response=\"0\", \
            algorithm=SHA-256, nc=00000001, cnonce=\"c\", qop=auth, opaque=\"a\\\"b\"";
        format!("{first}\n{second}\n{answer}").into_bytes()
    }

    /// Some bytes of one of these replaced, left out or repeated.
    fn bent(real: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
        let bend = (
            any::<prop::sample::Index>(),
            0_usize..24,
            prop::collection::vec(any::<u8>(), 0..6),
            any::<bool>(),
        );
        (prop::sample::select(real), prop::collection::vec(bend, 0..5)).prop_map(|(mut data, bends)| {
            for (at, length, with, again) in bends {
                let at = at.index(data.len() + 1);
                let end = (at + length).min(data.len());
                let piece = data[at..end].to_vec();
                data.splice(at..end, if again { [piece.clone(), piece].concat() } else { with });
            }
            data
        })
    }

    #[test]
    fn what_is_real_holds() {
        for data in real() {
            message(&data);
            stream(&[&[7, 1, 90, 3], &data[..]].concat());
            endpoint(&data);
        }
        description(DESCRIPTION.as_bytes());
        assert!(sdp::read(DESCRIPTION.as_bytes()).is_ok(), "it is one");
        digest(&challenges());
        assert_eq!(packets(b"a\n.\nb\n.\n").collect::<Vec<_>>(), [&b"a"[..], b"b", b""]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

        #[test]
        fn messages_that_are_bent(data in bent(real())) {
            message(&data);
        }

        #[test]
        fn descriptions_that_are_bent(data in bent(vec![DESCRIPTION.as_bytes().to_vec()])) {
            description(&data);
        }

        #[test]
        fn challenges_that_are_bent(data in bent(vec![challenges()])) {
            digest(&data);
        }

        #[test]
        fn streams_that_are_bent(cuts in any::<[u8; 4]>(), data in prop::collection::vec(bent(real()), 1..4)) {
            stream(&[&cuts[..], &data.concat()].concat());
        }

        #[test]
        fn packets_that_are_bent(data in prop::collection::vec(bent(real()), 1..6)) {
            endpoint(&data.join(&b"\n.\n"[..]));
        }

        #[test]
        fn bytes_that_are_nothing(data in prop::collection::vec(any::<u8>(), 0..600)) {
            message(&data);
            description(&data);
            digest(&data);
            stream(&data);
            endpoint(&data);
        }
    }
}
