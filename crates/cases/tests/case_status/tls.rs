//! TLS: rustls on ring, public authorities and those that the operator adds.

use crate::*;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::atomic::{AtomicUsize, Ordering},
};

/// A server with a certificate of its own making. It counts the requests that came through.
fn serve(key: &CertifiedKey<rcgen::KeyPair>) -> (String, Arc<AtomicUsize>) {
    let certificate = key.cert.der().clone();
    let secret = PrivateKeyDer::try_from(key.signing_key.serialize_der()).unwrap();
    let tls = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], secret)
        .unwrap();
    let tls = Arc::new(tls);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let came = Arc::new(AtomicUsize::new(0));
    let count = came.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = rustls::ServerConnection::new(tls.clone()).unwrap();
            let mut stream = rustls::StreamOwned::new(connection, stream);
            if matches!(stream.read(&mut [0; 4096]), Ok(n) if n > 0) {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(
                    b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                );
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    (address, came)
}

#[tokio::test]
async fn a_certificate_is_trusted_only_when_the_operator_says_so() {
    let wall = Wall::start();
    let key = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (address, came) = serve(&key);
    let mut config = ApiConfig::new(&address, format!("{address}/token"), "anteroom");
    config.client_secret = Some(Pii::from(SECRET));
    let error = fails(&api(&config), WITH, wall.now()).await;
    assert!(told(&error).contains("no connection"), "{}", told(&error));
    assert_eq!(came.load(Ordering::SeqCst), 0, "the secret went to a stranger");

    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), key.cert.pem()).unwrap();
    config.trust_file = Some(file.path().to_owned());
    assert!(matches!(fails(&api(&config), WITH, wall.now()).await, CaseSourceError::Refused { .. }));
    assert_eq!(came.load(Ordering::SeqCst), 1);
}
