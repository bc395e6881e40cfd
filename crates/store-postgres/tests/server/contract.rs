//! The contract every store passes, on PostgreSQL.

use crate::cluster::fresh;
use std::sync::Arc;
use store::{Store, contract::Engine};

/// A store in a database of its own.
struct Postgres;

impl Engine for Postgres {
    type Guard = ();

    async fn fresh() -> (Arc<dyn Store>, ()) {
        (Arc::new(fresh().await.0), ())
    }
}

store::contract!(Postgres);
