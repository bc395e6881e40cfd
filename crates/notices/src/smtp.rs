//! SMTP by lettre, with its errors taken apart by type.

use crate::{
    mailer::{Failure, MailerError, Outcome, Sent, Why},
    post::Post,
};
use domain::pii::Pii;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials,
        client::{Certificate, Tls as LettreTls, TlsParameters},
        extension::ClientId,
        response::Response,
    },
};
use std::{
    error::Error as _,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How the connection is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not at all. For a server on the same machine.
    None,
    /// Upgraded before anything is said (port 587); a server that does not offer it is not used.
    StartTls,
    /// From the first byte (port 465).
    Implicit,
}

/// Who we are to the server.
#[derive(Debug, Clone)]
pub struct Login {
    /// The user name.
    pub user: String,
    /// The password.
    pub password: Pii<String>,
}

/// A mail server.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// Its name, against which its certificate is checked, or its address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept secret.
    pub tls: Tls,
    /// A further certificate authority to trust, as PEM, for a server with a certificate of the agency's own.
    pub trust: Option<Vec<u8>>,
    /// Sign-in, if the server wants one. Never sent over a connection that is not secret, unless `tls` is
    /// [`Tls::None`] by choice.
    pub login: Option<Login>,
    /// How long one message may take from connecting to the last answer.
    pub timeout: Duration,
    /// How many idle connections are kept at most.
    pub pool: u32,
    /// The name we give ourselves in EHLO: this machine's, as the server can look it up.
    pub hello: String,
}

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// A connection pool to one server.
#[derive(Debug)]
pub struct Smtp {
    config: SmtpConfig,
    tls: LettreTls,
    transport: Mutex<Transport>,
}

impl Smtp {
    pub(crate) fn new(config: SmtpConfig) -> Result<Self, MailerError> {
        let tls = tls(&config)?;
        let transport = Mutex::new(transport(&config, tls.clone()));
        Ok(Self { config, tls, transport })
    }

    pub(crate) async fn send(&self, post: &Post) -> Outcome {
        let transport = self.transport();
        match self.in_time(transport.send_raw(post.envelope(), post.bytes())).await {
            Ok(answer) => Outcome::Sent(Sent { receipt: receipt(&answer) }),
            Err(failure) if failure.why == Why::Refused => Outcome::Permanent(failure),
            Err(failure) => Outcome::Temporary(failure),
        }
    }

    pub(crate) async fn check(&self) -> Result<(), Failure> {
        let transport = self.transport();
        let answered = self.in_time(transport.test_connection()).await?;
        if answered { Ok(()) } else { Err(Failure { why: Why::Unreachable, code: None }) }
    }

    fn transport(&self) -> Transport {
        self.transport.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn in_time<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
        if let Ok(done) = tokio::time::timeout(self.config.timeout, work).await {
            return done.map_err(|error| failure(&error));
        }
        // The conversation was left in its middle, and its connection goes back to the pool as if it were
        // good. A new pool forgets it; conversations that others hold in the old one end as they would.
        let fresh = transport(&self.config, self.tls.clone());
        *self.transport.lock().unwrap_or_else(PoisonError::into_inner) = fresh;
        Err(Failure { why: Why::Timeout, code: None })
    }
}

fn tls(config: &SmtpConfig) -> Result<LettreTls, MailerError> {
    if config.tls == Tls::None {
        return Ok(LettreTls::None);
    }
    let mut parameters = TlsParameters::builder(config.host.clone());
    if let Some(pem) = &config.trust {
        // RFC 7468 §5.1.
        const LABEL: &[u8] = b"-----BEGIN CERTIFICATE-----";
        if !pem.windows(LABEL.len()).any(|text| text == LABEL) {
            return Err(MailerError::NoCertificate);
        }
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(MailerError::Tls)?);
    }
    let parameters = parameters.build_rustls().map_err(MailerError::Tls)?;
    Ok(if config.tls == Tls::Implicit {
        LettreTls::Wrapper(parameters)
    } else {
        LettreTls::Required(parameters)
    })
}

fn transport(config: &SmtpConfig, tls: LettreTls) -> Transport {
    let mut builder = Transport::builder_dangerous(&config.host)
        .port(config.port)
        .tls(tls)
        .timeout(Some(config.timeout))
        .hello_name(ClientId::Domain(config.hello.clone()))
        .pool_config(PoolConfig::new().max_size(config.pool));
    if let Some(login) = &config.login {
        builder = builder.credentials(Credentials::new(login.user.clone(), login.password.reveal().clone()));
    }
    builder.build()
}

/// By type and reply code alone.
fn failure(error: &Error) -> Failure {
    let code = error.status().map(u16::from);
    let why = match code {
        // RFC 4954 §6: sign-in required, mechanism too weak, credentials invalid, encryption required. A fault of
        // our configuration and none of the message, which must outlive it.
        Some(530 | 534 | 535 | 538) => Why::Login,
        Some(500..) => Why::Refused,
        Some(_) => Why::PutOff,
        None if error.is_timeout() => Why::Timeout,
        None if error.is_tls() || is_handshake(error) => Why::Insecure,
        None if error.is_response() || error.is_client() => Why::Protocol,
        None => Why::Unreachable,
    };
    Failure { why, code }
}

/// Whether a connection failed because of what was said in a TLS handshake. lettre reports that as a failed
/// connection; below it stands the I/O error in which rustls wraps its own, always of this kind.
fn is_handshake(error: &Error) -> bool {
    let mut below = error.source();
    while let Some(cause) = below {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            return io.kind() == std::io::ErrorKind::InvalidData;
        }
        below = cause.source();
    }
    false
}

/// The server's answer without anything that looks like an address.
fn receipt(answer: &Response) -> String {
    let words = answer.first_line().unwrap_or_default().split_whitespace().filter(|word| !word.contains('@'));
    std::iter::once(answer.code().to_string()).chain(words.map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use lettre::transport::smtp::response::{Category, Code, Detail, Severity};

    #[test]
    fn a_receipt_names_no_one() {
        let code = Code::new(Severity::PositiveCompletion, Category::MailSystem, Detail::Zero);
        let answer = Response::new(code, vec!["2.0.0 <ana@example.org> queued as 4XyZ".to_owned()]);
        assert_eq!(receipt(&answer), "250 2.0.0 queued as 4XyZ");
    }
}
