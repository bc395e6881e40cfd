//! Mail over real connections to a real mail server.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use crate::support::{Identity, Secret, Server, files, free_port};
use domain::{ids::NoticeId, pii::Pii, text::Lang};
use jiff::Timestamp;
use locale::{Overrides, Words};
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use notices::{
    Failure, Login, Mailer, News, NoticeFacts, Outcome, Post, PostError, Sender, SmtpConfig, Tls, Why,
    render, samples,
};
use std::time::{Duration, Instant};

fn sender() -> Sender {
    Sender { address: "no-reply@agency.example".to_owned(), domain: "agency.example".to_owned() }
}

fn made_at() -> Timestamp {
    "2026-11-23T17:00:00Z".parse().unwrap()
}

fn id(chance: u8) -> NoticeId {
    NoticeId::new(made_at(), &[chance; 10])
}

fn booked(lang: &Lang) -> NoticeFacts {
    samples(lang).into_iter().find(|f| matches!(f.news, News::AppointmentBooked { .. })).unwrap()
}

fn post(facts: &NoticeFacts, to: &str, id: NoticeId) -> Post {
    let words = Words::load(&Overrides::none()).unwrap();
    let to = Pii::from(to);
    Post::new(&render(&words, facts, &sender(), &to), id, &sender(), &to, made_at()).unwrap()
}

fn config(port: u16) -> SmtpConfig {
    SmtpConfig {
        host: "localhost".to_owned(),
        port,
        tls: Tls::None,
        trust: None,
        login: None,
        timeout: Duration::from_secs(20),
        pool: 2,
        hello: "anteroom.example".to_owned(),
    }
}

fn mailer(server: &Server) -> Mailer {
    Mailer::smtp(config(server.port)).unwrap()
}

fn header(message: &Message, name: &str) -> String {
    message.header_raw(name.to_owned()).unwrap_or_default().trim().to_owned()
}

#[tokio::test]
async fn a_booking_arrives_whole() {
    for lang in [Lang::en(), Lang::es()] {
        let server = Server::plain();
        let facts = booked(&lang);
        let words = Words::load(&Overrides::none()).unwrap();
        let email = render(&words, &facts, &sender(), &Pii::from("ana@people.example"));
        let outcome = mailer(&server).send(&post(&facts, "ana@people.example", id(1))).await;
        let Outcome::Sent(sent) = outcome else { unreachable!("{outcome:?}") };
        assert_eq!(sent.receipt, "250 2.0.0 Ok: queued as 0001");

        let mail = server.mail();
        assert_eq!(mail.len(), 1);
        let message = MessageParser::default().parse(&mail[0]).unwrap();
        assert_eq!(message.subject().unwrap(), email.subject);
        let from = message.from().unwrap().first().unwrap();
        assert_eq!(from.name().unwrap(), facts.agency.name);
        assert_eq!(from.address().unwrap(), "no-reply@agency.example");
        assert_eq!(message.to().unwrap().first().unwrap().address().unwrap(), "ana@people.example");
        assert_eq!(header(&message, "X-Peer-To"), "ana@people.example");
        assert_eq!(header(&message, "X-Peer-From"), "no-reply@agency.example");
        assert_eq!(message.message_id().unwrap(), format!("{}@agency.example", id(1)));
        assert_eq!(message.date().unwrap().to_timestamp(), made_at().as_second());
        assert_eq!(header(&message, "Auto-Submitted"), "auto-generated");
        assert_eq!(header(&message, "Content-Language"), lang.as_str());
        assert_eq!(header(&message, "X-Anteroom-Template"), "appointment-booked/2");

        // Both readings, byte for byte but for the line ends of the wire.
        assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n"), email.text);
        assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n"), email.html);

        // The invitation among the alternatives, and once more as a file.
        let calendars: Vec<_> = message
            .parts
            .iter()
            .filter(|part| {
                part.content_type().is_some_and(|t| matches!(t.subtype(), Some("calendar" | "ics")))
            })
            .collect();
        assert_eq!(calendars.len(), 2);
        assert_eq!(calendars[0].content_type().unwrap().attribute("method"), Some("REQUEST"));
        assert_eq!(calendars[1].attachment_name(), Some("appointment.ics"));
        for part in calendars {
            let file = match &part.body {
                PartType::Text(text) => text.as_bytes().to_vec(),
                PartType::Binary(bytes) => bytes.to_vec(),
                other => unreachable!("{other:?}"),
            };
            assert_eq!(String::from_utf8(file).unwrap(), email.calendar.as_ref().unwrap().file);
        }
    }
}

#[tokio::test]
async fn every_kind_arrives_and_only_bookings_have_a_calendar() {
    let server = Server::plain();
    let mailer = mailer(&server);
    let all = samples(&Lang::es());
    for (chance, facts) in (0..).zip(&all) {
        let outcome = mailer.send(&post(facts, "ana@people.example", id(chance))).await;
        assert!(matches!(outcome, Outcome::Sent(_)), "{outcome:?}");
    }
    let mail = server.mail();
    assert_eq!(mail.len(), all.len());
    for (raw, facts) in mail.iter().zip(&all) {
        let message = MessageParser::default().parse(raw).unwrap();
        let calendar = matches!(
            facts.news,
            News::AppointmentBooked { .. }
                | News::AppointmentMoved { .. }
                | News::AppointmentCancelled { .. }
                | News::AppointmentReleased { .. }
                | News::DayClosed { .. }
                | News::DayReopened { .. }
        );
        assert_eq!(message.attachment_count() > 0, calendar, "{:?}", facts.kind());
        assert!(raw.split(|b| *b == b'\n').all(|line| line.len() <= 999), "RFC 5321 §4.5.3.1.6");
    }
    // Connections are kept, not made for each message: one goes back while the next message may already ask.
    let ports: std::collections::BTreeSet<String> =
        mail.iter().map(|raw| header(&MessageParser::default().parse(raw).unwrap(), "X-Peer-Port")).collect();
    assert!(ports.len() <= 2, "{ports:?}");
}

#[test]
fn the_same_notice_is_the_same_message() {
    let facts = booked(&Lang::en());
    let first = post(&facts, "ana@people.example", id(1));
    assert_eq!(first.bytes(), post(&facts, "ana@people.example", id(1)).bytes());
    assert_ne!(first.bytes(), post(&facts, "ana@people.example", id(2)).bytes());
    assert!(!format!("{first:?}").contains("ana@"));
}

#[tokio::test]
async fn a_server_that_puts_off_is_tried_again_and_one_that_refuses_is_not() {
    let server = Server::plain();
    let mailer = mailer(&server);
    let facts = booked(&Lang::en());
    let cases = [
        ("greylisted@people.example", Outcome::Temporary(Failure { why: Why::PutOff, code: Some(451) })),
        ("full@people.example", Outcome::Temporary(Failure { why: Why::PutOff, code: Some(452) })),
        ("nobody@people.example", Outcome::Permanent(Failure { why: Why::Refused, code: Some(550) })),
        ("spam@people.example", Outcome::Permanent(Failure { why: Why::Refused, code: Some(554) })),
    ];
    for (to, expected) in cases {
        let outcome = mailer.send(&post(&facts, to, id(1))).await;
        assert_eq!(outcome, expected, "{to}");
        let (Outcome::Temporary(failure) | Outcome::Permanent(failure)) = outcome else { unreachable!() };
        assert!(!format!("{failure} {failure:?}").contains('@'), "the server named the person; we must not");
    }
    let outcome = mailer.send(&post(&facts, "ana@people.example", id(2))).await;
    assert!(matches!(outcome, Outcome::Sent(_)), "the next message goes through: {outcome:?}");
    assert_eq!(server.mail().len(), 1);
}

#[tokio::test]
async fn a_server_that_is_down_or_goes_down_is_tried_again() {
    let facts = booked(&Lang::en());
    let down = Mailer::smtp(config(free_port())).unwrap();
    let unreachable = Failure { why: Why::Unreachable, code: None };
    assert_eq!(down.send(&post(&facts, "ana@people.example", id(1))).await, Outcome::Temporary(unreachable));
    assert_eq!(down.check().await, Err(unreachable));

    let server = Server::plain();
    let mailer = mailer(&server);
    assert_eq!(mailer.check().await, Ok(()));
    assert!(matches!(mailer.send(&post(&facts, "ana@people.example", id(1))).await, Outcome::Sent(_)));
    drop(server);
    let outcome = mailer.send(&post(&facts, "ana@people.example", id(2))).await;
    assert_eq!(outcome, Outcome::Temporary(unreachable), "a kept connection has broken");
}

#[tokio::test]
async fn a_slow_server_is_left_in_time_and_the_next_message_is_not_its_victim() {
    let server = Server::plain();
    let limit = Duration::from_millis(1500);
    let mailer = Mailer::smtp(SmtpConfig { timeout: limit, ..config(server.port) }).unwrap();
    let facts = booked(&Lang::en());
    let begun = Instant::now();
    let outcome = mailer.send(&post(&facts, "slow@people.example", id(1))).await;
    assert_eq!(outcome, Outcome::Temporary(Failure { why: Why::Timeout, code: None }));
    assert!(begun.elapsed() >= limit && begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());

    let outcome = mailer.send(&post(&facts, "ana@people.example", id(2))).await;
    assert!(matches!(outcome, Outcome::Sent(_)), "{outcome:?}");
    assert_eq!(server.mail().len(), 1);
}

async fn attempt(config: &SmtpConfig) -> Outcome {
    Mailer::smtp(config.clone()).unwrap().send(&post(&booked(&Lang::en()), "ana@people.example", id(1))).await
}

/// One message, and it came over a secret connection.
fn one_secret_message(server: &Server) {
    let mail = server.mail();
    assert_eq!(mail.len(), 1);
    assert_eq!(header(&MessageParser::default().parse(&mail[0]).unwrap(), "X-Peer-Secret"), "True");
}

#[tokio::test]
async fn a_connection_made_secret_with_sign_in() {
    let identity = Identity::new();
    let server = Server::start(&Secret::StartTls(&identity), Some(("anteroom", "open sesame")));
    let login = |password: &str| Some(Login { user: "anteroom".to_owned(), password: Pii::from(password) });
    let trusting = SmtpConfig {
        tls: Tls::StartTls,
        trust: Some(identity.certificate.clone().into_bytes()),
        login: login("open sesame"),
        ..config(server.port)
    };
    let outcome = attempt(&trusting).await;
    assert!(matches!(outcome, Outcome::Sent(_)), "{outcome:?}");

    let outcome = attempt(&SmtpConfig { login: login("wrong"), ..trusting.clone() }).await;
    assert_eq!(outcome, Outcome::Temporary(Failure { why: Why::Login, code: Some(535) }));
    let outcome = attempt(&SmtpConfig { login: None, ..trusting.clone() }).await;
    assert_eq!(outcome, Outcome::Temporary(Failure { why: Why::Login, code: Some(530) }));
    let insecure = Outcome::Temporary(Failure { why: Why::Insecure, code: None });
    let outcome = attempt(&SmtpConfig { trust: None, ..trusting.clone() }).await;
    assert_eq!(outcome, insecure, "an unknown certificate is not trusted");
    let outcome = attempt(&SmtpConfig { host: "127.0.0.1".to_owned(), ..trusting.clone() }).await;
    assert_eq!(outcome, insecure, "the certificate is for another name");
    one_secret_message(&server);
}

/// Without sign-in: aiosmtpd offers it only after STARTTLS.
#[tokio::test]
async fn a_connection_secret_from_the_first_byte() {
    let identity = Identity::new();
    let server = Server::start(&Secret::Implicit(&identity), None);
    let trusting = SmtpConfig {
        tls: Tls::Implicit,
        trust: Some(identity.certificate.clone().into_bytes()),
        ..config(server.port)
    };
    let outcome = attempt(&trusting).await;
    assert!(matches!(outcome, Outcome::Sent(_)), "{outcome:?}");
    let outcome = attempt(&SmtpConfig { trust: None, ..trusting.clone() }).await;
    let insecure = Failure { why: Why::Insecure, code: None };
    assert_eq!(outcome, Outcome::Temporary(insecure), "an unknown certificate is not trusted");
    one_secret_message(&server);
    let no_pem = SmtpConfig { trust: Some(b"not a certificate".to_vec()), ..trusting };
    assert!(Mailer::smtp(no_pem).is_err(), "found when the configuration is read, not when mail is due");
}

#[tokio::test]
async fn a_server_that_does_not_offer_secrecy_is_not_used_without_it() {
    let server = Server::plain();
    let mailer = Mailer::smtp(SmtpConfig { tls: Tls::StartTls, ..config(server.port) }).unwrap();
    let outcome = mailer.send(&post(&booked(&Lang::en()), "ana@people.example", id(1))).await;
    assert!(
        matches!(outcome, Outcome::Temporary(Failure { why: Why::Protocol | Why::Insecure, .. })),
        "{outcome:?}"
    );
    assert_eq!(server.mail().len(), 0);
}

#[test]
fn what_is_no_address_is_refused_before_it_is_sent_and_not_repeated() {
    let words = Words::load(&Overrides::none()).unwrap();
    let facts = booked(&Lang::en());
    let to_all = ["", "ana", "ana@", "ana@people.example\r\nBcc: all@people.example", "a b@people.example"];
    for to in to_all {
        let to = Pii::from(to);
        let email = render(&words, &facts, &sender(), &to);
        let fault = Post::new(&email, id(1), &sender(), &to, made_at()).unwrap_err();
        assert_eq!(fault, PostError::Recipient);
        assert!(!fault.to_string().contains('@'));
    }
    let to = Pii::from("ana@people.example");
    let email = render(&words, &facts, &sender(), &to);
    let odd = Sender { address: "no-reply@agency.example".to_owned(), domain: "agency>\r\nX: y".to_owned() };
    assert_eq!(Post::new(&email, id(1), &odd, &to, made_at()).unwrap_err(), PostError::Sender);
}

#[tokio::test]
async fn a_directory_keeps_one_file_for_each_notice() {
    let dir = tempfile::tempdir().unwrap();
    let mailer = Mailer::drop_into(dir.path().join("mail")).unwrap();
    assert_eq!(mailer.check().await, Ok(()));
    let facts = booked(&Lang::en());
    for chance in [1, 2, 1] {
        let outcome = mailer.send(&post(&facts, "ana@people.example", id(chance))).await;
        let Outcome::Sent(sent) = outcome else { unreachable!("{outcome:?}") };
        assert_eq!(sent.receipt, format!("{}.eml", id(chance)));
    }
    let mail = files(&dir.path().join("mail"));
    assert_eq!(mail.len(), 2, "the same notice twice is one file");
    assert_eq!(mail[0], post(&facts, "ana@people.example", id(1)).bytes());
    assert_eq!(
        std::fs::read_dir(dir.path().join("mail")).unwrap().count(),
        2,
        "nothing half-written is left"
    );

    std::fs::remove_dir_all(dir.path().join("mail")).unwrap();
    let storage = Failure { why: Why::Storage, code: None };
    assert_eq!(mailer.check().await, Err(storage));
    assert_eq!(mailer.send(&post(&facts, "ana@people.example", id(3))).await, Outcome::Temporary(storage));
}
