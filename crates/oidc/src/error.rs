//! What goes wrong between us and the provider.

/// Why nobody could be signed in. None of it names anybody.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The provider cannot be reached, or broke off.
    #[error("the provider cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// It answered with an error.
    #[error("the provider answered {status}: {code}")]
    Answered {
        /// The HTTP status.
        status: u16,
        /// Its own code (RFC 6749, 5.2), of letters and underscores only.
        code: String,
    },
    /// It answered something that cannot be read.
    #[error("the provider's answer cannot be read: {what}")]
    Unreadable {
        /// Which answer.
        what: &'static str,
    },
    /// It says that it is another than the one that was configured.
    #[error("the provider says that it is {said}")]
    OtherIssuer {
        /// What it says.
        said: String,
    },
    /// A token does not hold.
    #[error(transparent)]
    Token(#[from] TokenFault),
    /// The configuration does not work.
    #[error("{0}")]
    Config(&'static str),
}

/// Why a token does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TokenFault {
    /// It is no signed token.
    #[error("the token cannot be read")]
    Unreadable,
    /// It is signed in a way that we do not take.
    #[error("the token is signed in a way that is not taken here")]
    Algorithm,
    /// The provider has no such key.
    #[error("the token is signed with a key that the provider does not have")]
    Key,
    /// The signature is wrong.
    #[error("the token's signature is wrong")]
    Signature,
    /// It comes from somebody else.
    #[error("the token comes from another provider")]
    Issuer,
    /// It is for somebody else.
    #[error("the token is for another client")]
    Audience,
    /// Its time is over or has not come.
    #[error("the token is not good at this time")]
    Time,
    /// It answers another question than ours.
    #[error("the token was not made for this browser")]
    Nonce,
    /// Something that must be in it is missing, or the contrary.
    #[error("the token does not say what it must")]
    Claim,
    /// Whoever signed in did not prove enough.
    #[error("the proof was weaker than what is asked")]
    Context,
}
