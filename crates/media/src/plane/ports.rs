//! Pairs of ports that are free: taken from one end, given back at the other, so that a port rests before it is used again.

use rand::{SeedableRng as _, rngs::ChaCha12Rng, seq::SliceRandom as _};
use std::{
    collections::VecDeque,
    net::{IpAddr, SocketAddr, UdpSocket},
    ops::RangeInclusive,
    sync::{Arc, Mutex, PoisonError},
};

/// Pairs that are tried for one leg: another program may sit on a few.
const TRIES: usize = 64;

/// The free pairs, by their even port. Cheap to clone: all clones are the same list.
#[derive(Debug, Clone)]
pub struct Ports {
    free: Arc<Mutex<VecDeque<u16>>>,
}

impl Ports {
    /// All pairs within the range, in an order that nobody can guess.
    pub fn new(range: &RangeInclusive<u16>, seed: [u8; 32]) -> Self {
        let mut pairs: Vec<u16> =
            range.clone().filter(|p| p % 2 == 0 && *p > 0 && *p < *range.end()).collect();
        pairs.shuffle(&mut ChaCha12Rng::from_seed(seed));
        Self { free: Arc::new(Mutex::new(pairs.into())) }
    }

    /// Binds a pair: RTP on the even port, RTCP on the next. `None` when no port is free.
    pub fn bind(&self, address: IpAddr) -> Option<(u16, UdpSocket, UdpSocket)> {
        for _ in 0..TRIES {
            let port = self.lock().pop_front()?;
            let bind = |port| {
                let socket = UdpSocket::bind(SocketAddr::new(address, port))?;
                socket.set_nonblocking(true)?;
                Ok::<_, std::io::Error>(socket)
            };
            if let (Ok(rtp), Ok(rtcp)) = (bind(port), bind(port + 1)) {
                return Some((port, rtp, rtcp));
            }
            self.give_back(port);
        }
        None
    }

    /// A pair rests, at the end of the list.
    pub fn give_back(&self, port: u16) {
        self.lock().push_back(port);
    }

    /// How many are free.
    pub fn free(&self) -> u64 {
        u64::try_from(self.lock().len()).unwrap_or(u64::MAX)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<u16>> {
        // The list is whole even if somebody panicked while holding it.
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_even_and_rest() {
        let ports = Ports::new(&(41_001..=41_008), [1; 32]);
        assert_eq!(ports.free(), 3, "41002, 41004, 41006: 41008 has no next");
        let local = IpAddr::from([127, 0, 0, 1]);
        let first = ports.bind(local).unwrap();
        assert_eq!(first.0 % 2, 0);
        assert_eq!(first.1.local_addr().unwrap().port() + 1, first.2.local_addr().unwrap().port());
        let port = first.0;
        drop(first);
        ports.give_back(port);
        assert_ne!(ports.bind(local).unwrap().0, port, "another one comes first");
    }

    #[test]
    fn a_pair_in_use_elsewhere_is_passed_over() {
        let taken = UdpSocket::bind("127.0.0.1:41012").unwrap();
        let ports = Ports::new(&(41_012..=41_013), [1; 32]);
        assert!(ports.bind(IpAddr::from([127, 0, 0, 1])).is_none());
        drop(taken);
        assert!(ports.bind(IpAddr::from([127, 0, 0, 1])).is_some());
    }
}
