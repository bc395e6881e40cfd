//! What of sound is read from strangers, each a function over any bytes. Fuzzers (`fuzz/`) and the property tests beside this run
//! the same ones. Each panics when something does not hold.

use crate::{
    comfort::Comfort,
    events::{Receiver, event_of},
    frame::STEP,
    jitter::Jitter,
    rtcp, rtp,
};

/// A packet of RTP (RFC 3550, 5).
///
/// # Panics
/// When more is read than there is, or what was read is written as something else.
pub fn packet(data: &[u8]) {
    let Some(packet) = rtp::read(data) else { return };
    assert!(packet.payload.len() + rtp::HEADER <= data.len());
    let written = [&rtp::write(&packet.header)[..], packet.payload].concat();
    let again = rtp::read(&written).map(|again| (again.header, again.payload));
    assert_eq!(again, Some((packet.header, packet.payload)));
}

/// A report (RFC 3550, 6): the first four bytes say who we are.
///
/// # Panics
/// When what was said of us does not come back from what is written of it.
pub fn report(data: &[u8]) {
    let Some((ours, data)) = data.split_first_chunk::<4>() else { return };
    let ours = u32::from_be_bytes(*ours);
    let Some(report) = rtcp::read(data, ours) else { return };
    let written = rtcp::write(7, report.sender.as_ref(), report.about_us.as_ref(), report.bye);
    assert_eq!(rtcp::read(&written, ours), Some(report));
}

/// Telephone events (RFC 4733): packets of nine bytes each, four of which are the payload.
///
/// # Panics
/// When there are more keys than packets, or one that no telephone has.
pub fn events(data: &[u8]) {
    let mut receiver = Receiver::default();
    for &[t0, t1, t2, t3, marker, ref payload @ ..] in data.as_chunks::<9>().0 {
        let time = u32::from_be_bytes([t0, t1, t2, t3]);
        let key = receiver.packet(time, marker & 1 == 1, payload);
        assert!(key.is_none_or(|key| event_of(key).is_some()), "{key:?}");
        // The same packet again is the same digit.
        assert_eq!(receiver.packet(time, false, payload), None);
    }
}

/// Sound in any order, and played at its own pace: three bytes say when a packet's first sample was taken and how many it has.
///
/// # Panics
/// When it cannot be played.
pub fn sound(data: &[u8]) {
    let (mut jitter, mut comfort) = (Jitter::default(), Comfort::new(7));
    let mut time = 0_u32;
    for &[high, low, length] in data.as_chunks::<3>().0 {
        let step = i32::from(i16::from_be_bytes([high, low]));
        time = time.wrapping_add_signed(step * 8);
        let samples = usize::from(length) * 4;
        jitter.push(time, length & 1 == 1, std::iter::repeat_n(1_000, samples));
        let frame = jitter.pop(&mut comfort);
        assert_eq!(frame.len(), usize::try_from(STEP).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};

    /// A packet with everything that one may have.
    const PACKET: [u8; 36] = [
        0xb1, 0xe5, 0xff, 0xfe, 1, 2, 3, 4, 9, 9, 9, 9, 7, 7, 7, 7, 0xbe, 0xde, 0, 1, 1, 1, 1, 1, 5, 0x80, 3,
        0x20, 0, 0, 0, 0, 0, 0, 0, 4,
    ];

    fn reported() -> Vec<u8> {
        let sender = rtcp::Sender { ntp: 0x0102_0304_0506_0708, timestamp: 160, packets: 3, octets: 480 };
        let block = rtcp::Block {
            ssrc: 5,
            fraction_lost: 1,
            lost: -2,
            highest: 9,
            jitter: 4,
            ..rtcp::Block::default()
        };
        [&5_u32.to_be_bytes()[..], &rtcp::write(6, Some(&sender), Some(&block), true)].concat()
    }

    fn bent(real: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
        let bend = (any::<prop::sample::Index>(), any::<u8>());
        (vec(bend, 0..4), any::<prop::sample::Index>()).prop_map(move |(bends, cut)| {
            let mut data = real.clone();
            for (at, byte) in bends {
                let at = at.index(data.len());
                data[at] = byte;
            }
            // Half of them are whole.
            data.truncate(cut.index(data.len() * 2).max(1));
            data
        })
    }

    #[test]
    fn what_is_real_is_read() {
        assert_eq!(rtp::read(&PACKET).unwrap().payload, [5, 0x80, 3, 0x20, 0, 0, 0, 0]);
        packet(&PACKET);
        let reported = reported();
        assert!(rtcp::read(&reported[4..], 5).unwrap().about_us.is_some());
        report(&reported);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

        #[test]
        fn packets_that_are_bent(data in bent(PACKET.to_vec())) {
            packet(&data);
        }

        #[test]
        fn reports_that_are_bent(data in bent(reported())) {
            report(&data);
        }

        #[test]
        fn bytes_that_are_nothing(data in vec(any::<u8>(), 0..1_600)) {
            packet(&data);
            report(&data);
            events(&data);
            sound(&data);
        }
    }
}
