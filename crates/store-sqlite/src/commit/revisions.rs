//! Writing versions of policies and of files of the pack.

use crate::{
    convert::{Fault, doc, int},
    sql,
};
use domain::revision::Revision;
use rusqlite::{Connection, params};
use store::{Conflict, columns::follows};

pub(super) fn revision(conn: &Connection, revision: &Revision) -> Result<(), Fault> {
    let (id, of) = (revision.id.to_string(), revision.subject.name());
    let found = sql::value(conn, "SELECT version FROM revision WHERE id = ?1", params![id])?;
    follows("revision", found, revision.version)?;
    let taken = sql::exists(
        conn,
        "SELECT 1 FROM revision WHERE policy = ?1 AND name = ?2 AND id <> ?3",
        params![of, revision.taken_name(), id],
    )?;
    if taken {
        return Err(Conflict::Stale { record: "revision" }.into());
    }
    sql::run(
        conn,
        "INSERT INTO revision (id, version, policy, stage, name, doc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (id) DO UPDATE SET
           version = excluded.version, stage = excluded.stage, name = excluded.name, doc = excluded.doc",
        params![
            id,
            int(revision.version),
            of,
            revision.stage.as_str(),
            revision.taken_name(),
            doc("revision", revision)?
        ],
    )?;
    Ok(())
}
