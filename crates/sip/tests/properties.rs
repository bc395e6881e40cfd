//! Whatever comes: no panic, bounded answers, and nothing left when all is over.

use crate::common::*;
use proptest::prelude::*;
use sip::*;

/// Messages of every kind, to be bent.
fn seeds() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for method in [
        "INVITE", "BYE", "CANCEL", "ACK", "OPTIONS", "INFO", "UPDATE", "PRACK", "REFER", "NOTIFY", "REGISTER",
    ] {
        let mut caller = Caller::new("seed");
        all.push(caller.invite("", &usual_sdp()));
        "x".clone_into(&mut caller.to_tag);
        let extra = format!(
            "Supported: timer, 100rel\nSession-Expires: 600;refresher=uac\nMin-SE: 90\nRAck: 1 1 INVITE\nRecord-Route: <sip:198.51.100.1;lr>, <sip:a@b>\nRefer-To: <sip:1@b>\nEvent: refer\nP-Asserted-Identity: \"x\" <tel:+12025550100>\nAuthorization: Digest username=\"us\", realm=\"r\", nonce=\"1.1.x\", uri=\"sip:x\", response=\"0\", nc=00000001, cnonce=\"c\", qop=auth\nContent-Type: application/sdp\n\n{}",
            usual_sdp()
        );
        all.push(caller.request(method, &extra));
    }
    all
}

/// One change to a message.
#[derive(Debug, Clone)]
enum Bend {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Drop(prop::sample::Index),
    Double(prop::sample::Index),
    Insert(prop::sample::Index, &'static str),
}

fn bend() -> impl Strategy<Value = Bend> {
    let words = prop::sample::select(vec![
        "\r\n",
        "\r\n\r\n",
        "<",
        ">",
        "\"",
        ";",
        ",",
        "\\",
        "%",
        "%00",
        "=",
        ":",
        " ",
        "\t",
        "\0",
        "é",
        "-1",
        "99999999999",
        ";tag=",
        "z9hG4bK",
        "@",
        "?",
        "\r\n ",
        "Content-Length: 5\r\n",
        "IN IP6 ::1",
        "m=audio 1 RTP/AVP 0\r\n",
        "a=rtpmap:",
    ]);
    prop_oneof![
        (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Bend::Flip(at, byte)),
        any::<prop::sample::Index>().prop_map(Bend::Cut),
        any::<prop::sample::Index>().prop_map(Bend::Drop),
        any::<prop::sample::Index>().prop_map(Bend::Double),
        (any::<prop::sample::Index>(), words).prop_map(|(at, word)| Bend::Insert(at, word)),
    ]
}

fn bent(mut data: Vec<u8>, bends: &[Bend]) -> Vec<u8> {
    for bend in bends {
        if data.is_empty() {
            break;
        }
        match bend {
            Bend::Flip(at, byte) => {
                let at = at.index(data.len());
                data[at] = *byte;
            }
            Bend::Cut(at) => data.truncate(at.index(data.len())),
            Bend::Drop(at) => {
                let from = at.index(data.len());
                let to = (from + 13).min(data.len());
                data.drain(from..to);
            }
            Bend::Double(at) => {
                let from = at.index(data.len());
                let piece = data[from..(from + 40).min(data.len())].to_vec();
                data.splice(from..from, piece);
            }
            Bend::Insert(at, word) => {
                let at = at.index(data.len());
                data.splice(at..at, word.bytes());
            }
        }
    }
    data
}

fn everything() -> Settings {
    let mut settings = settings();
    settings.limits.calls = 20;
    settings.limits.transactions = 60;
    settings
}

/// Does something with every call that came; gives those that may still stand.
fn act(bench: &mut Bench, how: usize) -> Vec<CallId> {
    let mut calls = Vec::new();
    while let Some(event) = bench.events.pop_front() {
        if let Event::Incoming { call, .. } = event {
            let command = match how % 5 {
                0 => Command::Ring { call, early: None },
                1 => Command::Ring { call, early: Some(media()) },
                2 => Command::Reject { call, code: 486, retry_after: None },
                3 => Command::Hangup { call },
                _ => Command::Accept { call, media: media() },
            };
            let _ = bench.command(command);
            calls.push(call);
        }
    }
    calls
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn bent_messages(messages in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec(bend(), 0..6), any::<u8>()), 1..8)) {
        let seeds = seeds();
        let mut bench = Bench::new(everything());
        for (which, bends, how) in &messages {
            let data = bent(which.get(&seeds).clone(), bends);
            let before = bench.bytes;
            bench.line.handle(bench.now, Input::Packet { flow: UDP, from: theirs(), data: &data });
            let mut answers = 0;
            while let Some(output) = bench.line.poll_output() {
                match output {
                    Output::Send { data, .. } => {
                        answers += 1;
                        bench.bytes += data.len();
                    }
                    Output::Event(event) => bench.events.push_back(event),
                    _ => {}
                }
            }
            prop_assert!(answers <= 4, "{} answers", answers);
            // What is repeated of a message is repeated a few times at most.
            prop_assert!(bench.bytes - before <= 4 * (data.len() + 2_000));
            // Commands and time, whatever state it left.
            act(&mut bench, usize::from(*how));
            bench.now += std::time::Duration::from_millis(u64::from(*how) * 20);
            bench.line.handle_timeout(bench.now);
            while bench.line.poll_output().is_some() {}
            prop_assert!(bench.line.calls() <= 20 && bench.line.transactions() <= 100);
        }
    }

    #[test]
    fn bytes_that_are_nothing(data in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut bench = Bench::new(everything());
        bench.put(&data);
        prop_assert!(bench.sent.len() <= 1);
    }

    #[test]
    fn streams_however_they_are_cut(bends in prop::collection::vec(bend(), 0..3), cuts in prop::collection::vec(1_usize..400, 1..60)) {
        let mut settings = everything();
        settings.trunks[0].transport = Transport::Tcp;
        let whole: Vec<u8> = seeds().into_iter().flat_map(|seed| bent(seed, &bends)).collect();
        let mut outcomes = Vec::new();
        for pieces in [cuts.as_slice(), &[100_000]] {
            let mut bench = Bench::new(settings.clone());
            bench.open(FlowId(4), Transport::Tcp, Some(theirs()));
            let mut rest = whole.as_slice();
            for size in pieces.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (now, later) = rest.split_at((*size).min(rest.len()));
                bench.line.handle(bench.now, Input::Packet { flow: FlowId(4), from: theirs(), data: now });
                rest = later;
            }
            let outputs: Vec<Output> = std::iter::from_fn(|| bench.line.poll_output()).collect();
            outcomes.push(outputs);
        }
        // The cuts make no difference.
        prop_assert_eq!(&outcomes[0], &outcomes[1]);
        prop_assert!(outcomes[0].len() <= 200);
    }

    /// The other end answers our call with anything.
    #[test]
    fn bent_answers(answers in prop::collection::vec((100_u16..700, prop::collection::vec(bend(), 0..4), any::<bool>()), 1..10), hang in any::<bool>()) {
        let mut bench = Bench::new(everything());
        let call = bench.dial();
        let invite = bench.asks("INVITE");
        for (at, (code, bends, tagged)) in answers.iter().enumerate() {
            let extra = format!(
                "Contact: <sip:callee@198.51.100.1:5060>\nRequire: 100rel\nRSeq: {}\nRecord-Route: <sip:198.51.100.1;lr>\nSession-Expires: 100;refresher=uac\nWWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\nContent-Type: application/sdp\n\n{}",
                at + 1, usual_sdp()
            );
            let data = bent(invite.answer(*code, if *tagged { "a" } else { "b" }, &extra), bends);
            bench.line.handle(bench.now, Input::Packet { flow: UDP, from: theirs(), data: &data });
            if hang && at == 1 {
                let _ = bench.line.command(bench.now, Command::Hangup { call });
            }
            let sent = std::iter::from_fn(|| bench.line.poll_output()).filter(|o| matches!(o, Output::Send { .. })).count();
            prop_assert!(sent <= 6, "{}", sent);
        }
    }
}

#[test]
fn after_a_storm_nothing_is_left() {
    let seeds = seeds();
    let mut bench = Bench::new(everything());
    let mut calls = Vec::new();
    for round in 0..600_usize {
        let text = String::from_utf8(seeds[round % seeds.len()].clone()).unwrap();
        bench.put(text.replace("seed", &format!("storm{}", round / 3)));
        calls.extend(act(&mut bench, round));
        if let Some(call) = calls.len().checked_sub(10).and_then(|old| calls.get(old)) {
            let _ = bench.command(Command::Hangup { call: *call });
        }
        bench.sent.clear();
        bench.wait(std::time::Duration::from_millis(700));
        assert!(bench.line.calls() <= 20 && bench.line.transactions() <= 100);
    }
    assert!(calls.len() > 50, "{}", calls.len());
    for call in calls {
        let _ = bench.command(Command::Hangup { call });
    }
    bench.at_rest();
}
