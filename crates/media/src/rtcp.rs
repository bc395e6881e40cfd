//! Reports about the connection (RTCP, RFC 3550, section 6): what the other end says of us, what we say of it.

/// A compound packet is looked at up to here.
const LARGEST: usize = 1_500;
/// The name that our SDES gives: nothing about anybody.
const CNAME: &[u8] = b"anteroom";

/// What one receiver says of one sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Block {
    /// Whose packets this is about.
    pub ssrc: u32,
    /// The part that was lost since the last report, in 256ths.
    pub fraction_lost: u8,
    /// How many were lost in all; duplicates can make it negative. 24 bits.
    pub lost: i32,
    /// The highest sequence number that came, with how often it wrapped in the upper half.
    pub highest: u32,
    /// The interarrival jitter, in samples.
    pub jitter: u32,
    /// The middle 32 bits of the time in the last sender report that came.
    pub last_report: u32,
    /// How long ago that came, in 65536ths of a second.
    pub since_last: u32,
}

/// What a sender says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sender {
    /// A time of its own, 64 bits as in NTP. Only differences mean anything here.
    pub ntp: u64,
    /// The same time, in samples.
    pub timestamp: u32,
    /// Packets sent.
    pub packets: u32,
    /// Bytes of payload sent.
    pub octets: u32,
}

/// What a compound packet said, as far as we care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// The sender report, when there was one.
    pub sender: Option<Sender>,
    /// What was said of our own packets.
    pub about_us: Option<Block>,
    /// Somebody said goodbye.
    pub bye: bool,
}

/// Reads a compound packet. `ours` is the SSRC that a block must be about. `None` when it is malformed.
pub fn read(data: &[u8], ours: u32) -> Option<Report> {
    if data.len() > LARGEST || data.is_empty() {
        return None;
    }
    let mut report = Report::default();
    let mut rest = data;
    while !rest.is_empty() {
        let (&[first, kind, l0, l1], _) = rest.split_first_chunk::<4>()?;
        if first >> 6 != 2 {
            return None;
        }
        let length = (usize::from(u16::from_be_bytes([l0, l1])) + 1) * 4;
        let one = rest.get(..length)?;
        rest = rest.get(length..)?;
        let count = usize::from(first & 0x1f);
        match kind {
            // SR: our header, the sender's SSRC, 20 bytes of the sender, blocks.
            200 => {
                report.sender = Some(read_sender(one.get(8..28)?)?);
                read_blocks(one.get(28..)?, count, ours, &mut report)?;
            }
            201 => read_blocks(one.get(8..)?, count, ours, &mut report)?,
            203 => report.bye = true,
            // SDES, APP, feedback: nothing that we would act on.
            _ => {}
        }
    }
    Some(report)
}

fn read_sender(data: &[u8]) -> Option<Sender> {
    let (ntp, rest) = data.split_first_chunk::<8>()?;
    let mut words = rest.as_chunks::<4>().0.iter().map(|word| u32::from_be_bytes(*word));
    Some(Sender {
        ntp: u64::from_be_bytes(*ntp),
        timestamp: words.next()?,
        packets: words.next()?,
        octets: words.next()?,
    })
}

fn read_blocks(data: &[u8], count: usize, ours: u32, report: &mut Report) -> Option<()> {
    let blocks = data.as_chunks::<24>().0;
    for block in blocks.get(..count)? {
        let mut words = block.as_chunks::<4>().0.iter().map(|word| u32::from_be_bytes(*word));
        let (ssrc, loss) = (words.next()?, words.next()?);
        if ssrc == ours {
            report.about_us = Some(Block {
                ssrc,
                fraction_lost: loss.to_be_bytes()[0],
                // 24 bits with a sign.
                lost: (loss << 8).cast_signed() >> 8,
                highest: words.next()?,
                jitter: words.next()?,
                last_report: words.next()?,
                since_last: words.next()?,
            });
        }
    }
    Some(())
}

/// Writes SR (or RR when nothing was sent) and SDES, and BYE when the leg ends.
pub fn write(ssrc: u32, sender: Option<&Sender>, about: Option<&Block>, bye: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(80);
    let blocks = u8::from(about.is_some());
    let kind = if sender.is_some() { 200 } else { 201 };
    let words = 1 + u16::from(blocks) * 6 + if sender.is_some() { 5 } else { 0 };
    out.extend([0x80 | blocks, kind]);
    out.extend(words.to_be_bytes());
    out.extend(ssrc.to_be_bytes());
    if let Some(sender) = sender {
        out.extend(sender.ntp.to_be_bytes());
        for word in [sender.timestamp, sender.packets, sender.octets] {
            out.extend(word.to_be_bytes());
        }
    }
    if let Some(block) = about {
        // Clamped to what 24 bits with a sign hold (RFC 3550, appendix A.3).
        let lost = block.lost.clamp(-0x80_0000, 0x7f_ffff).cast_unsigned() & 0xff_ffff;
        let losses = u32::from(block.fraction_lost) << 24 | lost;
        for word in [block.ssrc, losses, block.highest, block.jitter, block.last_report, block.since_last] {
            out.extend(word.to_be_bytes());
        }
    }
    // SDES: one source, one item, its end and padding to a word: 4 + 4 + 2 + 8 + 2.
    out.extend([0x81, 202, 0, 4]);
    out.extend(ssrc.to_be_bytes());
    out.extend([1, 8]);
    out.extend(CNAME);
    out.extend([0, 0]);
    if bye {
        out.extend([0x81, 203, 0, 1]);
        out.extend(ssrc.to_be_bytes());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn block() -> Block {
        Block {
            ssrc: 7,
            fraction_lost: 12,
            lost: -3,
            highest: 0x1_0002,
            jitter: 80,
            last_report: 0x5555_6666,
            since_last: 65_536,
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let sender = Sender { ntp: 0x0102_0304_0506_0708, timestamp: 9, packets: 10, octets: 11 };
        let data = write(3, Some(&sender), Some(&block()), true);
        assert_eq!(data.len() % 4, 0);
        assert_eq!(read(&data, 7), Some(Report { sender: Some(sender), about_us: Some(block()), bye: true }));
        assert_eq!(read(&data, 8).unwrap().about_us, None, "a block about somebody else");
        let quiet = write(3, None, None, false);
        assert_eq!(read(&quiet, 7), Some(Report::default()));
        assert_eq!(quiet[..8], [0x80, 201, 0, 1, 0, 0, 0, 3]);
    }

    #[test]
    fn lengths_that_do_not_fit_are_refused() {
        let data = write(3, Some(&Sender::default()), Some(&block()), true);
        for end in 1..data.len() {
            // A cut at the end of a packet is a shorter compound; anywhere else it is malformed.
            let whole = [52, 72].contains(&end);
            assert_eq!(read(&data[..end], 7).is_some(), whole, "{end}");
        }
        let mut more = data.clone();
        more[0] = 0x9f;
        assert_eq!(read(&more, 7), None, "31 blocks in the room of one");
        assert_eq!(read(&[0x80, 200, 0, 0], 7), None);
        assert_eq!(read(&[], 7), None);
    }

    proptest! {
        #[test]
        fn no_report_is_too_strange(data in proptest::collection::vec(any::<u8>(), 0..200), kind in 200..205u8, words in 0..20u8) {
            let _ = read(&data, 7);
            let mut framed = vec![0x80 | (data.len() as u8 & 0x1f), kind, 0, words];
            framed.extend(data);
            let _ = read(&framed, 7);
        }
    }
}
