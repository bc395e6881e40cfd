//! One connection: bytes in order, in both directions, perhaps inside TLS.

use super::{outbox, tls::Acceptor};
use crate::inbox::{Arrives, Inbox};
use bytes::Bytes;
use sip::{ConnectId, FlowId, Transport, TrunkId};
use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc,
};
use tokio_rustls::{TlsConnector, rustls::pki_types::ServerName};

/// So many connections at once.
const MOST: usize = 1_024;
/// How long a TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// A peer that takes nothing for so long is gone.
const WRITE: Duration = Duration::from_secs(10);
/// Read at once.
const CHUNK: usize = 8 * 1_024;

/// The open connections.
#[derive(Debug, Clone, Default)]
pub struct Streams(Arc<Mutex<HashMap<FlowId, mpsc::Sender<Bytes>>>>);

/// For whom a connection was opened.
type For = (ConnectId, TrunkId);

/// A connection that has come about.
struct Opened {
    flow: FlowId,
    transport: Transport,
    local: SocketAddr,
    remote: SocketAddr,
    /// Whose it is, where that is known already.
    trunk: Option<TrunkId>,
    connect: Option<ConnectId>,
}

impl Streams {
    fn with<R>(&self, what: impl FnOnce(&mut HashMap<FlowId, mpsc::Sender<Bytes>>) -> R) -> R {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Sends on a connection. One that does not take what is sent is ended.
    pub fn send(&self, flow: FlowId, data: Bytes) {
        self.with(|streams| {
            if streams.get(&flow).is_some_and(|out| out.try_send(data).is_err()) {
                streams.remove(&flow);
            }
        });
    }

    /// Ends a connection: its writer finds that nobody sends any more.
    pub fn close(&self, flow: FlowId) {
        self.with(|streams| streams.remove(&flow));
    }

    /// Takes up a connection that somebody opened to us.
    pub fn accepted(
        &self,
        flow: FlowId,
        socket: TcpStream,
        remote: SocketAddr,
        tls: Option<Acceptor>,
        inbox: Inbox,
    ) {
        let streams = self.clone();
        tokio::spawn(async move {
            let Ok(local) = socket.local_addr() else { return };
            let opened = |transport, trunk| Opened { flow, transport, local, remote, trunk, connect: None };
            match tls {
                None => streams.carry(opened(Transport::Tcp, None), socket, inbox).await,
                Some(acceptor) => {
                    let handshake = tokio::time::timeout(HANDSHAKE, acceptor.accept(socket)).await;
                    if let Ok(Ok((inside, trunk))) = handshake {
                        streams.carry(opened(Transport::Tls, trunk), inside, inbox).await;
                    }
                }
            }
        });
    }

    /// Takes up a connection that we opened.
    pub fn connected(
        &self,
        flow: FlowId,
        socket: TcpStream,
        remote: SocketAddr,
        tls: Option<(TlsConnector, String)>,
        whose: For,
        inbox: Inbox,
    ) {
        let streams = self.clone();
        tokio::spawn(async move {
            let Ok(local) = socket.local_addr() else { return };
            let (connect, trunk) = (Some(whose.0), Some(whose.1));
            let opened = |transport| Opened { flow, transport, local, remote, trunk, connect };
            match tls {
                None => streams.carry(opened(Transport::Tcp), socket, inbox).await,
                Some((connector, name)) => {
                    let inside = match ServerName::try_from(name) {
                        Ok(name) => {
                            tokio::time::timeout(HANDSHAKE, connector.connect(name, socket)).await.ok()
                        }
                        Err(_) => None,
                    };
                    match inside {
                        Some(Ok(inside)) => {
                            streams.carry(opened(Transport::Tls), inside, inbox).await;
                        }
                        Some(Err(_)) | None => {
                            inbox.put(Arrives::NotConnected { connect: whose.0 }).await;
                        }
                    }
                }
            }
        });
    }

    async fn carry(
        &self,
        opened: Opened,
        stream: impl AsyncRead + AsyncWrite + Send + 'static,
        inbox: Inbox,
    ) {
        let Opened { flow, transport, local, remote, trunk, connect } = opened;
        let (out, mut unsent) = outbox();
        let taken = self.with(|streams| {
            let room = streams.len() < MOST;
            if room {
                streams.insert(flow, out);
            }
            room
        });
        if !taken {
            return;
        }
        inbox.put(Arrives::Opened { flow, transport, local, remote: Some(remote), trunk, connect }).await;
        let (mut reading, mut writing) = tokio::io::split(stream);
        let write = async {
            while let Some(data) = unsent.recv().await {
                match tokio::time::timeout(WRITE, writing.write_all(&data)).await {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) | Err(_) => break,
                }
            }
            let _ = tokio::time::timeout(WRITE, writing.shutdown()).await;
        };
        let read = async {
            let mut buffer = vec![0; CHUNK];
            while let Ok(size @ 1..) = reading.read(&mut buffer).await {
                let data = Bytes::copy_from_slice(&buffer[..size]);
                // A stream may not lose anything: it waits, and the peer with it.
                inbox.put(Arrives::Packet { flow, from: remote, data, at: Instant::now() }).await;
            }
        };
        tokio::select! { () = write => {}, () = read => {} }
        self.close(flow);
        inbox.put(Arrives::Closed { flow }).await;
    }
}
