use super::*;
use crate::{actor::PasswordHash, ids::StaffId};
use std::fmt::Write as _;

fn staff(role: Role) -> Staff {
    Staff {
        id: StaffId::new("2026-11-23T00:00:00Z".parse().unwrap(), &[0; 10]),
        version: 1,
        sign_in: "x".into(),
        name: "X".into(),
        roles: vec![role],
        office: Some("LOS".parse().unwrap()),
        langs: vec![],
        password: PasswordHash(String::new()),
        active: true,
        rights: std::collections::BTreeSet::new(),
        roster: None,
        planned_before: None,
        takes: crate::actor::Takes::default(),
        first_password: None,
    }
}

/// The whole matrix, so that a change of who may do what is seen by whoever reviews it.
#[test]
fn the_matrix_is_as_reviewed() {
    let mut text = String::new();
    let (own, other) = ("LOS".parse().unwrap(), "NYC".parse().unwrap());
    for action in Action::ALL {
        write!(text, "{:<16}", format!("{action:?}")).unwrap();
        for role in Role::ALL {
            let staff = staff(role);
            let mark = match (can(&staff, action, Some(&own)), can(&staff, action, Some(&other))) {
                (Ok(()), Ok(())) => "all",
                (Ok(()), Err(Denied::OtherOffice)) => "own",
                (Err(Denied::Role), Err(Denied::Role)) => "-",
                odd => panic!("{role:?} {action:?} {odd:?}"),
            };
            write!(text, " {}={mark}", role.as_str()).unwrap();
        }
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_closed_account_may_do_nothing() {
    for role in Role::ALL {
        let mut staff = staff(role);
        staff.active = false;
        for action in Action::ALL {
            assert_eq!(can(&staff, action, None), Err(Denied::Inactive));
        }
    }
}

/// What is left of the matrix for an inquiry that is kept from somebody: to whoever is too near to it, nothing; of a protected
/// person, to whoever has not the right, what needs nobody's name.
#[test]
fn what_is_kept_from_somebody_is_as_reviewed() {
    let open = crate::inquiry::fixture();
    let mut text = String::new();
    for action in Action::ALL {
        write!(text, "{:<16}", format!("{action:?}")).unwrap();
        for role in Role::ALL {
            let mut staff = staff(role);
            let Ok(()) = can(&staff, action, &open) else { continue };
            let mut near = open.clone();
            let why = crate::guard::ConflictWhy::Relative;
            near.guard.conflicts.push(crate::guard::Conflict { staff: staff.id, why, at: open.opened });
            assert_eq!(can(&staff, action, &near), Err(Denied::Conflict));
            assert!(!sees(&staff, &near) && sees(&staff, &open));
            let mut protected = open.clone();
            let class = "vawa".parse().unwrap();
            protected.guard.protected = Some(crate::guard::Protected {
                class,
                at: open.opened,
                safe: std::collections::BTreeSet::new(),
            });
            assert!(!sees(&staff, &protected));
            let without = can(&staff, action, &protected);
            staff.rights.insert(Right::Protected);
            assert_eq!(can(&staff, action, &protected), Ok(()));
            near.guard.protected = protected.guard.protected;
            assert_eq!(can(&staff, action, &near), Err(Denied::Conflict), "no right opens it");
            let mark = match without {
                Ok(()) => "without a name",
                Err(Denied::Protected) => "-",
                odd => panic!("{role:?} {action:?} {odd:?}"),
            };
            write!(text, " {}={mark};", role.as_str()).unwrap();
        }
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}
