//! A stream cut into messages by Content-Length (RFC 3261, 18.3).

use crate::message::head_end;
use bytes::{Buf as _, Bytes, BytesMut};

/// What came out of a stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    /// One whole message.
    Message(Bytes),
    /// Two line ends: somebody asks whether we are there; one is the answer (RFC 5626, 3.5.1).
    KeepAlive,
    /// It cannot be read on: too long, or no Content-Length.
    Broken,
}

/// What came of a stream and is no whole message yet.
pub struct Stream {
    buffer: BytesMut,
    most: usize,
    /// Nothing of it is read any more.
    broken: bool,
}

impl Stream {
    /// `most`: the longest message in bytes.
    pub fn new(most: usize) -> Self {
        Self { buffer: BytesMut::new(), most, broken: false }
    }

    /// Takes what came; gives what became whole.
    pub fn push(&mut self, data: &[u8], out: &mut Vec<Piece>) {
        // In bites no longer than a message, so that the buffer stays short whatever comes at once.
        for bite in data.chunks(self.most.max(1)) {
            if self.broken {
                return;
            }
            self.buffer.extend_from_slice(bite);
            while let Some(piece) = self.cut() {
                self.broken = piece == Piece::Broken;
                out.push(piece);
                if self.broken {
                    self.buffer = BytesMut::new();
                    return;
                }
            }
        }
    }

    fn cut(&mut self) -> Option<Piece> {
        while let Some(first) = self.buffer.first() {
            if self.buffer.starts_with(b"\r\n\r\n") {
                self.buffer.advance(4);
                return Some(Piece::KeepAlive);
            }
            match first {
                // The second half of a keep-alive may still be on its way.
                b'\r' if self.buffer.len() < 4 && b"\r\n\r\n".starts_with(&self.buffer) => return None,
                b'\r' | b'\n' => self.buffer.advance(1),
                _ => break,
            }
        }
        let Some(head) = head_end(&self.buffer) else {
            return (self.buffer.len() > self.most).then_some(Piece::Broken);
        };
        let whole = content_length(self.buffer.get(..head)?).and_then(|body| head.checked_add(body));
        match whole {
            Some(whole) if whole <= self.most => {
                (self.buffer.len() >= whole).then(|| Piece::Message(self.buffer.split_to(whole).freeze()))
            }
            _ => Some(Piece::Broken),
        }
    }
}

/// The Content-Length of a head; without a good one nobody knows where the message ends.
fn content_length(head: &[u8]) -> Option<usize> {
    let mut found = None;
    for line in head.split(|b| *b == b'\n') {
        let Some(colon) = line.iter().position(|b| *b == b':') else { continue };
        let (name, value) = line.split_at(colon);
        let name = name.trim_ascii();
        if name.eq_ignore_ascii_case(b"content-length") || name.eq_ignore_ascii_case(b"l") {
            let value = std::str::from_utf8(value.get(1..)?).ok()?.trim();
            let length = crate::message::digits(value)?.parse().ok()?;
            if found.is_some_and(|f| f != length) {
                return None;
            }
            found = Some(length);
        }
    }
    found
}
