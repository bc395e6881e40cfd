//! For whom the form is answered: for oneself, or for a client by whoever represents them. Then what is asked about the person is asked
//! about the client; how they are reached and who they are stays the representative's own.

use crate::core::Fields;

/// The field that says that it is answered for a client.
pub(super) const FOR_CLIENT: &str = "for_client";

/// Is it answered for a client? Whoever says that nobody acts answers for themselves after all.
pub(super) fn is_client(fields: &Fields) -> bool {
    fields.ticked(FOR_CLIENT) && fields.get("behalf") != "no"
}

/// The text for whoever answers for themselves, or the one for whoever answers for a client.
pub(super) fn of(fields: &Fields, own: String, client: String) -> String {
    if is_client(fields) { client } else { own }
}
