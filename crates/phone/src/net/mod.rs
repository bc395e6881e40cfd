//! The sockets of the trunks: datagrams and streams in, datagrams and streams out. What the bytes mean is not known here.

mod stream;
mod tls;

pub use tls::{Acceptor, TlsFault, TlsFiles};

use crate::inbox::{Arrives, Inbox};
use bytes::Bytes;
use sip::{ConnectId, FlowId, Transport, TrunkId};
use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use stream::Streams;
use tokio::{
    net::{TcpListener, TcpSocket, UdpSocket},
    sync::mpsc,
    task::JoinSet,
};
use tokio_rustls::TlsConnector;

/// The longest datagram there is.
const LONGEST_DATAGRAM: usize = 65_535;
/// How long a connection to a trunk may take to come about.
const CONNECT: Duration = Duration::from_secs(5);

/// Where is listened.
#[derive(Debug, Clone)]
pub struct Listen {
    /// By which transport.
    pub transport: Transport,
    /// At which address.
    pub addr: SocketAddr,
}

/// Why nothing can be listened to.
#[derive(Debug, thiserror::Error)]
pub enum NetFault {
    /// The address is taken, or not this machine's.
    #[error("cannot listen for calls on {addr} ({transport:?})")]
    Listen {
        /// Where.
        addr: SocketAddr,
        /// By what.
        transport: Transport,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// TLS is asked for, and there is no certificate.
    #[error("calls over TLS need a certificate and its key")]
    NoCertificate,
}

/// The sockets, and what reads them.
pub struct Net {
    inbox: Inbox,
    datagrams: HashMap<FlowId, Arc<UdpSocket>>,
    streams: Streams,
    connector: Option<TlsConnector>,
    flows: Arc<AtomicU64>,
    tasks: JoinSet<()>,
    /// Where is listened, as the system settled it: a port 0 was given a number.
    pub listening: Vec<Listen>,
}

impl Net {
    /// Listens everywhere, or nowhere.
    pub async fn start(
        listen: &[Listen],
        acceptor: Option<&Acceptor>,
        connector: Option<TlsConnector>,
        inbox: Inbox,
    ) -> Result<Self, NetFault> {
        let mut net = Self {
            inbox,
            datagrams: HashMap::new(),
            streams: Streams::default(),
            connector,
            flows: Arc::default(),
            tasks: JoinSet::new(),
            listening: Vec::new(),
        };
        for at in listen {
            let fault = |source| NetFault::Listen { addr: at.addr, transport: at.transport, source };
            let addr = match at.transport {
                Transport::Udp => net.datagrams_at(at.addr).await.map_err(fault)?,
                Transport::Tcp => net.streams_at(at.addr, None).await.map_err(fault)?,
                Transport::Tls => {
                    let acceptor = acceptor.ok_or(NetFault::NoCertificate)?;
                    net.streams_at(at.addr, Some(acceptor.clone())).await.map_err(fault)?
                }
            };
            net.listening.push(Listen { addr, transport: at.transport });
        }
        Ok(net)
    }

    fn next_flow(&self) -> FlowId {
        FlowId(self.flows.fetch_add(1, Ordering::Relaxed))
    }

    async fn datagrams_at(&mut self, addr: SocketAddr) -> io::Result<SocketAddr> {
        let socket = Arc::new(UdpSocket::bind(addr).await?);
        let local = socket.local_addr()?;
        let flow = self.next_flow();
        self.datagrams.insert(flow, Arc::clone(&socket));
        let inbox = self.inbox.clone();
        inbox
            .put(Arrives::Opened {
                flow,
                transport: Transport::Udp,
                local,
                remote: None,
                trunk: None,
                connect: None,
            })
            .await;
        self.tasks.spawn(async move {
            let mut buffer = vec![0; LONGEST_DATAGRAM];
            loop {
                // An error is about one datagram that was sent before: the socket itself goes on.
                let Ok((size, from)) = socket.recv_from(&mut buffer).await else { continue };
                let data = Bytes::copy_from_slice(&buffer[..size]);
                // A full inbox sheds: the caller's telephone asks again.
                inbox.offer(Arrives::Packet { flow, from, data, at: Instant::now() });
            }
        });
        Ok(local)
    }

    async fn streams_at(&mut self, addr: SocketAddr, tls: Option<Acceptor>) -> io::Result<SocketAddr> {
        let listener = TcpListener::bind(addr).await?;
        let local = listener.local_addr()?;
        let (streams, inbox, flows) = (self.streams.clone(), self.inbox.clone(), Arc::clone(&self.flows));
        self.tasks.spawn(async move {
            loop {
                let Ok((socket, remote)) = listener.accept().await else {
                    // Out of descriptors: those that are there must end first.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                };
                let flow = FlowId(flows.fetch_add(1, Ordering::Relaxed));
                streams.accepted(flow, socket, remote, tls.clone(), inbox.clone());
            }
        });
        Ok(local)
    }

    /// Sends. What cannot be sent at once is lost, as on any network: who needs it sends again.
    pub fn send(&self, flow: FlowId, to: SocketAddr, data: Bytes) {
        match self.datagrams.get(&flow) {
            Some(socket) => {
                let _ = socket.try_send_to(&data, to);
            }
            None => self.streams.send(flow, data),
        }
    }

    /// Ends a connection.
    pub fn close(&self, flow: FlowId) {
        self.streams.close(flow);
    }

    /// Connects to a trunk; the inbox hears of it.
    pub fn connect(
        &mut self,
        (connect, trunk): (ConnectId, TrunkId),
        transport: Transport,
        to: SocketAddr,
        name: String,
    ) {
        let (streams, inbox, flow) = (self.streams.clone(), self.inbox.clone(), self.next_flow());
        let tls = match (transport, &self.connector) {
            (Transport::Tls, Some(connector)) => Some((connector.clone(), name)),
            _ => None,
        };
        let possible = transport != Transport::Udp && (transport != Transport::Tls || tls.is_some());
        self.tasks.spawn(async move {
            let opening = async {
                let socket = if to.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
                socket.connect(to).await
            };
            let opened = if possible { tokio::time::timeout(CONNECT, opening).await.ok() } else { None };
            match opened {
                Some(Ok(socket)) => {
                    streams.connected(flow, socket, to, tls, (connect, trunk), inbox);
                }
                Some(Err(_)) | None => inbox.put(Arrives::NotConnected { connect }).await,
            }
        });
    }
}

/// What is sent on a stream and has not left yet, in messages: more than this, and the peer does not read.
const UNSENT: usize = 64;

/// A bounded line to a stream's writer.
fn outbox() -> (mpsc::Sender<Bytes>, mpsc::Receiver<Bytes>) {
    mpsc::channel(UNSENT)
}
