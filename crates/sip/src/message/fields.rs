//! Parameters and Via.

/// The parameters behind the first `;`, names in small letters, quotes taken off.
pub fn params(text: &str) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for part in split_outside(text, ';').skip(1).take(64) {
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (name, Some(unquote(value.trim()))),
            None => (part, None),
        };
        let name = name.trim().to_ascii_lowercase();
        if !name.is_empty() {
            found.push((name, value));
        }
    }
    found
}

/// One parameter's value; `Some("")` when it stands without one.
pub fn param<'a>(params: &'a [(String, Option<String>)], name: &str) -> Option<&'a str> {
    params.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_deref().unwrap_or_default())
}

/// Splits at a sign outside of quotes and angle brackets.
pub fn split_outside(text: &str, at: char) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let mut escaped = false;
    let mut angle = false;
    text.split(move |c| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted => angle = true,
            '>' if !quoted => angle = false,
            c if c == at && !quoted && !angle => return true,
            _ => {}
        }
        false
    })
}

/// Takes the quotes off, and the backslashes inside.
pub fn unquote(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"').map(|t| t.strip_suffix('"').unwrap_or(t)) else {
        return text.to_owned();
    };
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

/// The topmost Via.
#[derive(Clone)]
pub struct Via {
    /// `2.0`; others are read so that they can be answered 505.
    pub version: String,
    pub transport: String,
    pub sent_by: String,
    params: Vec<(String, Option<String>)>,
}

impl Via {
    /// Reads one Via value. White space may stand around its slashes (RFC 3261, 20.42).
    pub fn read(text: &str) -> Option<Self> {
        let head = split_outside(text, ';').next()?;
        let mut parts = head.splitn(3, '/');
        let (protocol, version, rest) = (parts.next()?.trim(), parts.next()?.trim(), parts.next()?.trim());
        let wrong = |c: char| !(c.is_ascii_alphanumeric() || "-._:[]".contains(c));
        if !protocol.eq_ignore_ascii_case("SIP") || version.is_empty() || version.contains(wrong) {
            return None;
        }
        let (transport, sent_by) = rest.split_once([' ', '\t'])?;
        let sent_by: String = sent_by.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        if transport.is_empty() || sent_by.is_empty() || sent_by.contains(wrong) {
            return None;
        }
        Some(Self {
            version: version.to_owned(),
            transport: transport.to_owned(),
            sent_by,
            params: params(text),
        })
    }

    pub fn param(&self, name: &str) -> Option<&str> {
        param(&self.params, name)
    }

    pub fn branch(&self) -> &str {
        self.param("branch").unwrap_or_default()
    }

    /// The port that answers go to when the sender did not ask for the one it sent from.
    pub fn port(&self) -> u16 {
        let tail = self.sent_by.rsplit_once(']').map_or(self.sent_by.as_str(), |(_, tail)| tail);
        let default = if self.transport.eq_ignore_ascii_case("TLS") { 5061 } else { 5060 };
        tail.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).filter(|p| *p != 0).unwrap_or(default)
    }

    /// The same with the address it was seen from: `received` whenever `rport` is filled in (RFC 3581, section 4).
    pub fn seen_from(&self, from: std::net::SocketAddr) -> String {
        use std::fmt::Write as _;
        let mut out = format!("SIP/{}/{} {}", self.version, self.transport, self.sent_by);
        for (name, value) in &self.params {
            match (name.as_str(), value) {
                ("received", _) => {}
                ("rport", _) => {
                    let _ = write!(out, ";rport={}", from.port());
                }
                (name, Some(value)) if value.chars().all(is_bare) => {
                    let _ = write!(out, ";{name}={value}");
                }
                (name, Some(value)) => {
                    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                    let _ = write!(out, ";{name}=\"{value}\"");
                }
                (name, None) => {
                    let _ = write!(out, ";{name}");
                }
            }
        }
        let _ = write!(out, ";received={}", from.ip().to_canonical());
        out
    }
}

fn is_bare(c: char) -> bool {
    !matches!(c, '"' | '\\' | ';' | ',' | ' ' | '\t' | '<' | '>')
}
