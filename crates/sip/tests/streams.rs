//! TCP and TLS: framing, keep-alive, connections that come and go.

use crate::common::*;
use sip::*;

const TCP: FlowId = FlowId(5);

fn stream_settings() -> Settings {
    let mut settings = settings();
    settings.trunks[0].transport = Transport::Tcp;
    settings
}

fn bench() -> Bench {
    let mut bench = Bench::new(stream_settings());
    bench.open(TCP, Transport::Tcp, Some(theirs()));
    bench
}

#[test]
fn messages_are_cut_out_of_a_stream_however_it_comes() {
    let mut bytes = b"\r\n".to_vec();
    bytes.extend(Caller::new("s1").request("OPTIONS", ""));
    bytes.extend(Caller::new("s2").request("OPTIONS", "Content-Type: text/plain\n\nhello\r\n\r\nworld"));
    bytes.extend(b"\r\n\r\n");
    bytes.extend(Caller::new("s3").request("OPTIONS", "l: 3\nContent-Type: text/plain\n\nabc"));
    for size in [1, 2, 3, 7, 50, 333, 10_000] {
        let mut bench = bench();
        for bite in bytes.chunks(size) {
            bench.put_from(TCP, theirs(), bite);
        }
        for call_id in ["s1", "s2", "s3"] {
            let ok = bench.code(200);
            assert_eq!((ok.get("Call-ID"), ok.flow), (call_id, TCP));
        }
        bench.quiet();
        // The two line ends between were answered with one.
        assert_eq!(bench.other.len(), 1, "{size}");
    }
}

#[test]
fn a_stream_that_cannot_be_cut_is_closed() {
    for bad in [
        "OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/TCP 1.1.1.1\r\n\r\n".to_owned(),
        "OPTIONS sip:x@y SIP/2.0\r\nContent-Length: 99999999999999999999\r\n\r\n".to_owned(),
        "OPTIONS sip:x@y SIP/2.0\r\nContent-Length: 5\r\nl: 6\r\n\r\n".to_owned(),
        "OPTIONS sip:x@y SIP/2.0\r\nContent-Length: 100000\r\n\r\n".to_owned(),
        "x".repeat(70_000),
    ] {
        let mut bench = bench();
        bench.put_from(TCP, theirs(), &bad);
        assert_eq!(bench.other, [Output::Close(TCP)]);
        bench.put_from(TCP, theirs(), Caller::new("after").request("OPTIONS", ""));
        bench.quiet();
    }
}

#[test]
fn a_call_over_a_stream_sends_only_its_answer_again() {
    let mut bench = bench();
    let mut caller = Caller::new("tcp");
    bench.put_from(TCP, theirs(), caller.invite("", &usual_sdp()));
    assert_eq!(bench.code(100).flow, TCP);
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    let ok = bench.code(200);
    assert_eq!(ok.get("Contact"), "<sip:+18005550199@203.0.113.10:5060;transport=tcp>");
    bench.secs(1);
    assert_eq!(bench.code(200).raw, ok.raw);
    ok.tag("To").unwrap().clone_into(&mut caller.to_tag);
    bench.put_from(TCP, theirs(), caller.request("ACK", ""));
    bench.command(Command::Hangup { call }).unwrap();
    let bye = bench.asks("BYE");
    assert!(bye.get("Via").starts_with("SIP/2.0/TCP "));
    bench.secs(10);
    bench.quiet();
    bench.put_from(TCP, theirs(), bye.answer(200, "", ""));
    bench.secs(33);
    assert_eq!((bench.line.calls(), bench.line.transactions()), (0, 0));
}

#[test]
fn a_connection_is_made_for_a_call() {
    let mut bench = Bench::new(stream_settings());
    let call = bench.dial();
    bench.quiet();
    let [Output::Connect { request, trunk: TRUNK, transport: Transport::Tcp, to }] = bench.other[..] else {
        panic!("{:?}", bench.other)
    };
    assert_eq!(to, theirs());
    let opened = Input::FlowOpened {
        flow: TCP,
        transport: Transport::Tcp,
        local: addr("203.0.113.10:40000"),
        remote: Some(to),
        trunk: None,
        request: Some(request),
    };
    bench.line.handle(bench.now, opened);
    bench.pump();
    let invite = bench.asks("INVITE");
    assert!(invite.get("Via").starts_with("SIP/2.0/TCP 203.0.113.10:40000;"));
    assert_eq!(invite.flow, TCP);
    bench.secs(10);
    bench.quiet();
    // The next one uses the same.
    bench.dial();
    assert_eq!(bench.asks("INVITE").flow, TCP);
    // It breaks: both fail.
    bench.line.handle(bench.now, Input::FlowClosed(TCP));
    bench.pump();
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::TransportLost });
    assert_eq!(bench.ended(), Ended::TransportLost);
}

#[test]
fn a_connection_that_does_not_come_about() {
    for told in [true, false] {
        let mut bench = Bench::new(stream_settings());
        let call = bench.dial();
        let [Output::Connect { request, .. }] = bench.other[..] else { panic!() };
        if told {
            bench.line.handle(bench.now, Input::ConnectFailed(request));
            bench.pump();
        } else {
            bench.secs(11);
        }
        assert_eq!(bench.event(), Event::Ended { call, why: Ended::TransportLost });
        bench.at_rest();
    }
}

#[test]
fn a_call_outlives_its_connection_when_the_trunk_can_be_reached() {
    let mut bench = bench();
    let mut caller = Caller::new("lost");
    bench.put_from(TCP, theirs(), caller.invite("", &usual_sdp()));
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    bench.code(100);
    bench.code(200).tag("To").unwrap().clone_into(&mut caller.to_tag);
    bench.put_from(TCP, theirs(), caller.request("ACK", ""));
    bench.events.clear();
    bench.line.handle(bench.now, Input::FlowClosed(TCP));
    bench.pump();
    bench.no_event();
    bench.command(Command::Hangup { call }).unwrap();
    let Some(Output::Connect { request, .. }) = bench.other.pop() else { panic!() };
    let (flow, local) = (FlowId(6), addr("203.0.113.10:40001"));
    let (transport, remote) = (Transport::Tcp, Some(theirs()));
    bench.line.handle(
        bench.now,
        Input::FlowOpened { flow, transport, local, remote, trunk: None, request: Some(request) },
    );
    bench.pump();
    assert_eq!(bench.asks("BYE").flow, flow);
}

#[test]
fn a_call_of_a_trunk_that_only_calls_is_lost_with_its_connection() {
    let mut settings = stream_settings();
    settings.trunks[0].peer = None;
    settings.trunks[0].allow = vec![Net::one(theirs().ip())];
    let mut bench = Bench::new(settings);
    bench.open(TCP, Transport::Tcp, Some(theirs()));
    let mut caller = Caller::new("gone");
    bench.put_from(TCP, theirs(), caller.invite("", &usual_sdp()));
    let call = bench.incoming();
    bench.command(Command::Accept { call, media: media() }).unwrap();
    bench.events.clear();
    bench.line.handle(bench.now, Input::FlowClosed(TCP));
    bench.pump();
    assert_eq!(bench.event(), Event::Ended { call, why: Ended::TransportLost });
    assert_eq!(bench.line.calls(), 0);
}

#[test]
fn no_more_streams_than_are_allowed_and_mutual_tls_needs_no_list() {
    let mut settings = stream_settings();
    settings.limits.streams = 2;
    let mut bench = Bench::new(settings);
    for n in 0..4 {
        bench.open(FlowId(10 + n), Transport::Tcp, Some(theirs()));
    }
    assert_eq!(bench.other, [Output::Close(FlowId(12)), Output::Close(FlowId(13))]);

    let mut bench = Bench::new(stream_settings());
    let from = addr("192.0.2.200:50000");
    let opened = Input::FlowOpened {
        flow: FlowId(20),
        transport: Transport::Tls,
        local: ours(),
        remote: Some(from),
        trunk: Some(TRUNK),
        request: None,
    };
    bench.line.handle(bench.now, opened);
    bench.put_from(FlowId(20), from, Caller::new("tls").request("OPTIONS", ""));
    bench.code(200);
}

#[test]
fn a_trunk_that_we_registered_with_is_called_again_when_the_connection_breaks() {
    let mut settings = stream_settings();
    settings.trunks[0].register =
        Some(Register { aor: "sip:us@provider.example".to_owned(), expires: 3_600 });
    settings.limits.streams = 0;
    let mut bench = Bench::new(settings);
    for (n, flow) in [FlowId(30), FlowId(31)].into_iter().enumerate() {
        let Some(Output::Connect { request, .. }) = bench.other.pop() else { panic!() };
        let local = addr("203.0.113.10:40000");
        let (transport, remote) = (Transport::Tcp, Some(theirs()));
        bench.line.handle(
            bench.now,
            Input::FlowOpened { flow, transport, local, remote, trunk: None, request: Some(request) },
        );
        bench.pump();
        let register = bench.asks("REGISTER");
        assert_eq!(register.get("Contact"), "<sip:us@203.0.113.10:40000;transport=tcp>");
        bench.put_from(flow, theirs(), register.answer(200, "r", "Expires: 600\n"));
        assert!(matches!(bench.event(), Event::Registered { .. }));
        if n == 0 {
            bench.line.handle(bench.now, Input::FlowClosed(flow));
            bench.secs(6);
        }
    }
    // One registration is kept, not two.
    bench.secs(541);
    assert_eq!(bench.sent.len(), 1);
}
