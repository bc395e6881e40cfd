//! Where the public pages are, and who writes.

/// Where the public pages are.
#[derive(Debug, Clone)]
pub struct Site {
    /// The public address without a slash at the end (`https://help.example.gov`).
    pub base: String,
    /// Who the mail comes from.
    pub sender: notices::Sender,
}

impl Site {
    /// The address that opens an inquiry by a signed token.
    pub fn link(&self, token: &str) -> String {
        format!("{}/go/{token}", self.base)
    }
}
