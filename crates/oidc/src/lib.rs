//! Signing in at the agency's own identity provider: `OpenID` Connect Core 1.0 as a client, by authorization code with PKCE.
//!
//! What proves something is checked in [`jwt`] and [`claims`], which know no network and take `now`; [`Provider`] asks.

pub mod claims;
mod error;
mod http;
pub mod jwt;
mod provider;

pub use claims::{Mapped, Mapping, Unmapped};
pub use error::{OidcError, TokenFault};
pub use jwt::{Claims, Keys, SigningKey};
pub use provider::{Begun, ClientProof, Config, LoggedOut, Provider, SignedIn};
