//! TLS for trunks: our certificate, whose certificates are trusted, and whether a peer must show one.

use rustls::{
    ClientConfig, RootCertStore, ServerConfig,
    client::verify_server_name,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
    server::{ParsedCertificate, WebPkiClientVerifier},
};
use sip::{Trunk, TrunkId};
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::net::TcpStream;
use tokio_rustls::{TlsAcceptor, TlsConnector, server::TlsStream};

/// The files.
#[derive(Debug, Clone, Default)]
pub struct TlsFiles {
    /// Our certificate and those above it (PEM).
    pub certificate: Option<PathBuf>,
    /// Its key (PEM).
    pub key: Option<PathBuf>,
    /// Whose certificates are trusted (PEM); without it, those of the public web.
    pub trust: Option<PathBuf>,
    /// Whether a peer that calls must show a certificate that is trusted.
    pub mutual: bool,
}

/// Why TLS cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum TlsFault {
    /// A file cannot be read as what it should be.
    #[error("{} is not a PEM file with {what}", file.display())]
    File {
        /// Which.
        file: PathBuf,
        /// With what.
        what: &'static str,
    },
    /// The parts do not fit each other.
    #[error("the certificate and its key cannot be used")]
    Unusable(#[from] rustls::Error),
    /// Mutual TLS with the whole public web as the circle of those who may call would keep nobody out.
    #[error("who must show a certificate needs a file of those that are trusted")]
    TrustsEverybody,
    /// A trunk is known by a name that no certificate can have.
    #[error("{0:?} is no name of a certificate")]
    Name(String),
    /// No client certificate can be checked.
    #[error("the trusted certificates cannot be used")]
    Verifier(#[from] rustls::server::VerifierBuilderError),
}

/// Takes calls over TLS, and knows some of those who call by their certificates.
#[derive(Clone)]
pub struct Acceptor {
    tls: TlsAcceptor,
    known: Arc<[(TrunkId, ServerName<'static>)]>,
}

impl Acceptor {
    /// Agrees with who calls: what is inside, and whose certificate was shown.
    pub(super) async fn accept(
        &self,
        socket: TcpStream,
    ) -> io::Result<(TlsStream<TcpStream>, Option<TrunkId>)> {
        let inside = self.tls.accept(socket).await?;
        let shown = inside.get_ref().1.peer_certificates().and_then(|chain| chain.first());
        let shown = shown.and_then(|certificate| ParsedCertificate::try_from(certificate).ok());
        let trunk = shown.and_then(|certificate| {
            let named =
                |(_, name): &&(TrunkId, ServerName<'_>)| verify_server_name(&certificate, name).is_ok();
            self.known.iter().find(named).map(|(trunk, _)| *trunk)
        });
        Ok((inside, trunk))
    }
}

impl TlsFiles {
    /// What takes calls over TLS; none without a certificate. Where a trunk is known by its certificate, who calls is asked for one.
    ///
    /// # Errors
    /// What is wrong with the files.
    pub fn acceptor(&self, trunks: &[Trunk]) -> Result<Option<Acceptor>, TlsFault> {
        let Some((chain, key)) = self.own()? else { return Ok(None) };
        let named = |trunk: &Trunk| {
            let name = trunk.certificate.clone()?;
            let known = ServerName::try_from(name.clone()).map_err(|_| TlsFault::Name(name));
            Some(known.map(|known| (trunk.id, known)))
        };
        let known: Arc<[_]> = trunks.iter().filter_map(named).collect::<Result<_, _>>()?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?;
        let config = if self.mutual || !known.is_empty() {
            let roots = Arc::new(self.trusted()?.ok_or(TlsFault::TrustsEverybody)?);
            let provider = Arc::new(ring::default_provider());
            let asks = WebPkiClientVerifier::builder_with_provider(roots, provider);
            let asks = if self.mutual { asks } else { asks.allow_unauthenticated() };
            config.with_client_cert_verifier(asks.build()?)
        } else {
            config.with_no_client_auth()
        };
        let tls = TlsAcceptor::from(Arc::new(config.with_single_cert(chain, key)?));
        Ok(Some(Acceptor { tls, known }))
    }

    /// What makes calls over TLS.
    ///
    /// # Errors
    /// What is wrong with the files.
    pub fn connector(&self) -> Result<TlsConnector, TlsFault> {
        let roots = match self.trusted()? {
            Some(roots) => roots,
            None => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() },
        };
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots);
        let config = match self.own()? {
            Some((chain, key)) => config.with_client_auth_cert(chain, key)?,
            None => config.with_no_client_auth(),
        };
        Ok(TlsConnector::from(Arc::new(config)))
    }

    fn own(&self) -> Result<Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>, TlsFault> {
        let (Some(certificate), Some(key)) = (&self.certificate, &self.key) else { return Ok(None) };
        let no_key = || TlsFault::File { file: key.clone(), what: "a key" };
        let key = PrivateKeyDer::from_pem_file(key).map_err(|_| no_key())?;
        Ok(Some((certificates(certificate)?, key)))
    }

    fn trusted(&self) -> Result<Option<RootCertStore>, TlsFault> {
        let Some(file) = &self.trust else { return Ok(None) };
        let mut roots = RootCertStore::empty();
        for certificate in certificates(file)? {
            roots.add(certificate)?;
        }
        Ok(Some(roots))
    }
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsFault> {
    let fault = || TlsFault::File { file: file.to_owned(), what: "certificates" };
    let read = CertificateDer::pem_file_iter(file).map_err(|_| fault())?;
    let read: Vec<_> = read.collect::<Result<_, _>>().map_err(|_| fault())?;
    if read.is_empty() { Err(fault()) } else { Ok(read) }
}
