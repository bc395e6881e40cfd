//! Messages to the person: e-mail with its calendar file, by template and language.
