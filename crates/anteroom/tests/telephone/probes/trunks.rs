//! Trunks that ask for a name and a password, and trunks that are asked.

use crate::{
    digest::{answers, right},
    peer::Peer,
    telephone::Line,
};

/// A trunk that the line registers with.
pub fn registering(transport: &str, peer: std::net::SocketAddr) -> String {
    format!(
        "[[trunk]]\nname = \"carrier\"\ntransport = \"{transport}\"\npeer = \"{peer}\"\nuser = \"line\"\n\
         password-file = \"secret\"\nregister = \"sip:line@carrier.example\"\nregister-seconds = 600\n"
    )
}

/// Challenges and lets in; by which digest depends on what is offered.
pub fn registers(peer: &mut Peer, algorithms: &[&str], sha: bool) {
    let first = peer.asks("REGISTER");
    assert_eq!((first.uri(), first.get("To")), ("sip:carrier.example", "<sip:line@carrier.example>"));
    let challenge = |algorithm: &&str| {
        format!(
            "WWW-Authenticate: Digest realm=\"carrier\", nonce=\"n-{algorithm}\", algorithm={algorithm}, qop=\"auth\""
        )
    };
    let challenges: Vec<String> = algorithms.iter().map(challenge).collect();
    let challenges: Vec<&str> = challenges.iter().map(String::as_str).collect();
    peer.answer(&first, 401, "r", &challenges, "");
    let second = peer.asks("REGISTER");
    let line = second.get("Authorization");
    assert!(right(line, "REGISTER", "line", "hush", sha), "{line}");
    assert_eq!(second.get("Call-ID"), first.get("Call-ID"));
    let contact = format!("Contact: {};expires=600", second.get("Contact"));
    peer.answer(&second, 200, "r", &[&contact], "");
}

#[test]
fn the_line_registers_with_the_stronger_digest_and_is_called() {
    let closed = Line::beeping("");
    let mut peer = Peer::udp(closed.at());
    closed.file("secret", "hush\n");
    closed.file("trunks.toml", &registering("udp", peer.ours));
    let mut line = closed.serve();
    registers(&mut peer, &["SHA-256", "MD5"], true);
    line.running.says("\"registered\"");
    peer.answered(&[]);
    peer.hangs_up();
    let ended = line.ended(1);
    assert_eq!(ended[0]["trunk"], "carrier");
    assert!(!line.running.log().contains("hush"), "no password is told");
}

#[test]
fn over_a_connection_with_the_only_digest_that_is_offered() {
    let closed = Line::beeping("");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    closed.file("secret", "hush\n");
    closed.file("trunks.toml", &registering("tcp", listener.local_addr().unwrap()));
    let at = closed.at();
    let mut line = closed.serve();
    let (stream, _) = listener.accept().unwrap();
    let ours = stream.local_addr().unwrap();
    let mut peer = Peer::stream(Box::new(stream), "TCP", ours, at);
    registers(&mut peer, &["MD5"], false);
    line.running.says("\"registered\"");
    // It is called by the same connection.
    peer.answered(&[]);
    peer.hangs_up();
    line.ended(1);
    // When that breaks, the line comes again within seconds.
    drop(peer);
    let (stream, _) = listener.accept().unwrap();
    let mut peer = Peer::stream(Box::new(stream), "TCP", ours, at);
    assert!(peer.asks("REGISTER").find("Authorization").is_some(), "the nonce is still good");
}

#[test]
fn a_trunk_proves_who_it_is() {
    let closed = Line::beeping("");
    let trunk = "[[trunk]]\nname = \"pbx\"\nallow = [\"127.0.0.1\"]\noutbound = false\nchallenge-user = \"pbx\"\n\
                 challenge-password-file = \"secret\"\n";
    closed.file("secret", "hush");
    closed.file("trunks.toml", trunk);
    let line = closed.serve();
    for sha in [true, false] {
        let mut peer = Peer::udp(line.at);
        let invite = peer.request("INVITE", &[], &peer.sdp());
        peer.put(invite);
        let challenged = peer.code(401);
        let lines = challenged.all("WWW-Authenticate");
        assert!(lines[0].contains("algorithm=SHA-256") && lines[1].contains("algorithm=MD5"), "{lines:?}");
        let challenge = lines[usize::from(!sha)];
        let uri = format!("sip:line@{}", peer.line);
        let says = |count: &str, password: &str| {
            let line = answers(challenge, ("INVITE", &uri), ("pbx", password), sha, count);
            format!("Authorization: {line}")
        };
        for (count, password, code) in
            [("00000001", "guess", 401), ("00000001", "hush", 100), ("00000001", "hush", 401)]
        {
            acknowledge(&mut peer);
            peer.afresh();
            let invite = peer.request("INVITE", &[&says(count, password)], &peer.sdp());
            peer.put(invite);
            let heard = peer.code(code);
            if code == 100 {
                peer.code(200).tag("To").unwrap().clone_into(&mut peer.theirs);
                let ack = peer.request("ACK", &[], "");
                peer.put(ack);
                peer.hangs_up();
            } else if password == "hush" {
                assert!(heard.get("WWW-Authenticate").contains("stale=true"), "listened to and played again");
            }
        }
    }
    assert_eq!(line.ended(2).len(), 2);
}

/// A refusal is acknowledged, so that it is not sent again.
fn acknowledge(peer: &mut Peer) {
    let ack = peer.same("ACK", &[], "");
    peer.put(ack);
}
