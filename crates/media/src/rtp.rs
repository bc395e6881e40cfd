//! Packets of RTP (RFC 3550, section 5): read with bounds, written plainly, and the arithmetic of numbers that wrap.

/// The fixed header.
pub const HEADER: usize = 12;
/// The largest packet that is looked at: an Ethernet frame's worth.
pub const LARGEST: usize = 1_500;

/// What the header of a packet says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Header {
    /// The first packet after a silence, or the first of a telephone event.
    pub marker: bool,
    /// What the payload is: 0 to 127.
    pub payload_type: u8,
    /// One more for each packet, wrapping.
    pub sequence: u16,
    /// When the first sample was taken, in samples, wrapping.
    pub timestamp: u32,
    /// Whose packets these are.
    pub ssrc: u32,
}

/// A packet that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet<'a> {
    /// Its header.
    pub header: Header,
    /// What it carries, without extensions and padding.
    pub payload: &'a [u8],
}

/// What is on a socket that carries RTP and RTCP (RFC 5761, section 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sound or events.
    Rtp,
    /// A report.
    Rtcp,
    /// Neither.
    Other,
}

/// Tells RTP and RTCP apart by the second byte.
pub fn kind(data: &[u8]) -> Kind {
    match data {
        [first, second, ..] if first >> 6 == 2 => {
            if (192..=223).contains(second) {
                Kind::Rtcp
            } else {
                Kind::Rtp
            }
        }
        _ => Kind::Other,
    }
}

/// Reads a packet; `None` when it is not one of RTP version 2 or its lengths do not fit.
pub fn read(data: &[u8]) -> Option<Packet<'_>> {
    if data.len() > LARGEST || kind(data) != Kind::Rtp {
        return None;
    }
    let (fixed, mut rest) = data.split_first_chunk::<HEADER>()?;
    let [first, second, s0, s1, t0, t1, t2, t3, c0, c1, c2, c3] = *fixed;
    // Contributing sources of a mixer elsewhere, four bytes each.
    rest = rest.get(usize::from(first & 0x0f) * 4..)?;
    if first & 0x10 != 0 {
        // An extension: a profile's number, a length in words, so many words (section 5.3.1).
        let (&[_, _, l0, l1], after) = rest.split_first_chunk::<4>()?;
        rest = after.get(usize::from(u16::from_be_bytes([l0, l1])) * 4..)?;
    }
    if first & 0x20 != 0 {
        // Padding: its last byte says how much of it there is, itself included.
        let padding = usize::from(*rest.last()?);
        if padding == 0 {
            return None;
        }
        rest = rest.get(..rest.len().checked_sub(padding)?)?;
    }
    let header = Header {
        marker: second & 0x80 != 0,
        payload_type: second & 0x7f,
        sequence: u16::from_be_bytes([s0, s1]),
        timestamp: u32::from_be_bytes([t0, t1, t2, t3]),
        ssrc: u32::from_be_bytes([c0, c1, c2, c3]),
    };
    Some(Packet { header, payload: rest })
}

/// Writes a header, without sources, extensions or padding.
pub fn write(header: &Header) -> [u8; HEADER] {
    let [s0, s1] = header.sequence.to_be_bytes();
    let [t0, t1, t2, t3] = header.timestamp.to_be_bytes();
    let [c0, c1, c2, c3] = header.ssrc.to_be_bytes();
    let second = u8::from(header.marker) << 7 | (header.payload_type & 0x7f);
    [0x80, second, s0, s1, t0, t1, t2, t3, c0, c1, c2, c3]
}

/// How far a sequence number is after another, by the shorter way around.
pub fn sequence_after(later: u16, earlier: u16) -> i16 {
    later.wrapping_sub(earlier).cast_signed()
}

/// How far a timestamp is after another, by the shorter way around, in samples.
pub fn time_after(later: u32, earlier: u32) -> i32 {
    later.wrapping_sub(earlier).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header() -> Header {
        Header {
            marker: true,
            payload_type: 101,
            sequence: 0xfffe,
            timestamp: 0x0102_0304,
            ssrc: 0xdead_beef,
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut data = write(&header()).to_vec();
        data.extend([1, 2, 3]);
        let packet = read(&data).unwrap();
        assert_eq!(packet.header, header());
        assert_eq!(packet.payload, [1, 2, 3]);
        assert_eq!(data[..4], [0x80, 0xe5, 0xff, 0xfe]);
    }

    #[test]
    fn sources_extension_and_padding_are_left_out() {
        let mut data = write(&header()).to_vec();
        data[0] |= 0x20 | 0x10 | 2;
        data.extend([9; 8]); // two sources
        data.extend([0xbe, 0xde, 0, 1, 7, 7, 7, 7]); // an extension of one word
        data.extend([1, 2, 3]);
        data.extend([0, 0, 3]); // padding of three
        assert_eq!(read(&data).unwrap().payload, [1, 2, 3]);
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        let good = write(&header());
        for short in 0..HEADER {
            assert_eq!(read(&good[..short]), None);
        }
        assert!(read(&good).unwrap().payload.is_empty());
        let with = |bits: u8, tail: &[u8]| {
            let mut data = good.to_vec();
            data[0] |= bits;
            data.extend(tail);
            data
        };
        assert_eq!(read(&with(0x0f, &[0; 59])), None, "fifteen sources need sixty bytes");
        assert_eq!(read(&with(0x10, &[0, 0, 0])), None, "half an extension header");
        assert_eq!(
            read(&with(0x10, &[0, 0, 0, 2, 0, 0, 0, 0])),
            None,
            "an extension that is longer than the packet"
        );
        assert_eq!(read(&with(0x20, &[])), None, "padding without a length");
        assert_eq!(read(&with(0x20, &[1, 2, 0])), None, "padding of nothing");
        assert_eq!(read(&with(0x20, &[1, 2, 4])), None, "more padding than payload");
        assert_eq!(read(&[0x40; 40]), None, "version 1");
        assert_eq!(read(&with(0, &[0; LARGEST])), None, "too large");
    }

    #[test]
    fn reports_are_told_from_sound() {
        assert_eq!(kind(&[0x80, 200]), Kind::Rtcp);
        assert_eq!(kind(&[0x80, 0x80 | 0x65]), Kind::Rtp);
        assert_eq!(kind(&[0x80]), Kind::Other);
        assert_eq!(kind(&[0x16, 0xfe]), Kind::Other, "DTLS");
    }

    #[test]
    fn numbers_wrap() {
        assert_eq!(sequence_after(2, 0xfffe), 4);
        assert_eq!(sequence_after(0xfffe, 2), -4);
        assert_eq!(time_after(100, u32::MAX - 59), 160);
        assert_eq!(time_after(u32::MAX - 59, 100), -160);
    }

    proptest! {
        #[test]
        fn no_packet_is_too_strange(data in proptest::collection::vec(any::<u8>(), 0..1600)) {
            if let Some(packet) = read(&data) {
                prop_assert!(packet.payload.len() + HEADER <= data.len());
            }
        }

        #[test]
        fn a_stranger_header_is_survived(first in 0x80..=0xbfu8, mut data in proptest::collection::vec(any::<u8>(), 1..100)) {
            data[0] = first;
            let _ = read(&data);
        }
    }
}
