//! An authority of the test's own, and connections over TLS from both ends.

use crate::{
    peer::{Peer, Stream},
    telephone::Closed,
};
use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    time::Duration,
};

impl Stream for StreamOwned<ClientConnection, TcpStream> {
    fn wait(&self, time: Duration) {
        self.sock.set_read_timeout(Some(time)).unwrap();
    }
}

impl Stream for StreamOwned<ServerConnection, TcpStream> {
    fn wait(&self, time: Duration) {
        self.sock.set_read_timeout(Some(time)).unwrap();
    }
}

/// A certificate with its key, as PEM.
pub struct Paper {
    pub certificate: String,
    pub key: String,
}

impl Paper {
    fn chain(&self) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
        let certificate = CertificateDer::from_pem_slice(self.certificate.as_bytes()).unwrap();
        (vec![certificate], PrivateKeyDer::from_pem_slice(self.key.as_bytes()).unwrap())
    }
}

/// Who signs certificates.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub certificate: String,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), certificate }
    }

    /// A certificate for a name or an address.
    pub fn signs(&self, name: &str) -> Paper {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap().pem();
        Paper { certificate, key: key.serialize_pem() }
    }

    /// Has the line listen for TLS instead of TCP, with papers of this authority, and trust it.
    pub fn secures(&self, closed: &Closed) {
        let paper = self.signs("127.0.0.1");
        closed.file("line.pem", &paper.certificate);
        closed.file("line.key", &paper.key);
        closed.file("trust.pem", &self.certificate);
        let at = closed.at();
        closed.edit(&format!("\"tcp:{at}\""), &format!("\"tls:{at}\""));
        let section = "[phone]\n";
        let files = "certificate = \"line.pem\"\ncertificate_key = \"line.key\"\ntrust = \"trust.pem\"\n";
        closed.edit(section, &format!("{section}{files}"));
    }

    fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(self.certificate.as_bytes()).unwrap()).unwrap();
        roots
    }

    /// Calls a line that has papers of this authority, perhaps with papers of one's own.
    pub fn calls(&self, line: SocketAddr, own: Option<&Paper>) -> Peer {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(self.roots());
        let config = match own.map(Paper::chain) {
            Some((chain, key)) => config.with_client_auth_cert(chain, key).unwrap(),
            None => config.with_no_client_auth(),
        };
        let socket = TcpStream::connect(line).unwrap();
        let ours = socket.local_addr().unwrap();
        let inside = ClientConnection::new(Arc::new(config), line.ip().into()).unwrap();
        Peer::stream(Box::new(StreamOwned::new(inside, socket)), "TLS", ours, line)
    }

    /// Waits until the line calls, and shows it these papers.
    pub fn is_called(listener: &TcpListener, line: SocketAddr, own: &Paper) -> Peer {
        let (chain, key) = own.chain();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let (socket, _) = listener.accept().unwrap();
        let ours = socket.local_addr().unwrap();
        let inside = ServerConnection::new(Arc::new(config)).unwrap();
        Peer::stream(Box::new(StreamOwned::new(inside, socket)), "TLS", ours, line)
    }
}
