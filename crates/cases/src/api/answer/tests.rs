//! Samples in the service's shapes. The receipt numbers are those of the agency's own sandbox.

use super::*;
use proptest::prelude::*;
use serde_json::json;

fn receipt() -> ReceiptNumber {
    "EAC9999103403".parse().unwrap()
}

fn sample() -> Value {
    json!({
        "message": "Query was successful",
        "case_status": {
            "receiptNumber": "EAC9999103403",
            "formType": "I129F",
            "submittedDate": "09-05-2023 23:59:59",
            "modifiedDate": "10-12-2023 14:28:46",
            "current_case_status_text_en": "Request for Additional Evidence Was Sent",
            "current_case_status_desc_en": "On October 12, 2023, we sent a request for your Form I-129F, Receipt Number EAC9999103403.  See \t<a href=\"https://www.uscis.gov/x\" target=\"_blank\">www.uscis.gov/x</a>\t.",
            "current_case_status_text_es": "Se Envió Una Solicitud De Evidencia Adicional",
            "current_case_status_desc_es": "El 12 de octubre de 2023 le enviamos una solicitud.",
            "hist_case_status": [
                {"date": "09-05-2023 09:00:00", "completed_text_en": "Case Was Received", "completed_text_es": "Caso recibido"},
                {"date": "2023-09-20", "completed_text_en": "Case Was Updated To Show Fingerprints Were Taken", "completed_text_es": ""},
                {"date": "someday", "completed_text_en": "Case Was Lost", "completed_text_es": ""},
                {"date": null, "completed_text_en": null, "completed_text_es": null}
            ]
        }
    })
}

/// The sample with some fields changed; a null removes one.
fn with(changes: &Value) -> Vec<u8> {
    let mut sample = sample();
    for (key, value) in changes.as_object().unwrap() {
        sample["case_status"][key] = value.clone();
    }
    sample.to_string().into_bytes()
}

fn case(changes: &Value) -> Case {
    read(&with(changes), &receipt()).unwrap().case
}

#[test]
fn a_case_with_history() {
    let read = read(&with(&json!({})), &receipt()).unwrap();
    assert_eq!(read.unknown_title, None);
    insta::assert_snapshot!(serde_json::to_string_pretty(&read.case).unwrap());
}

#[test]
fn a_case_filed_online_has_neither_dates_nor_history() {
    let case = case(&json!({"submittedDate": null, "modifiedDate": null, "hist_case_status": null}));
    insta::assert_snapshot!(serde_json::to_string_pretty(&case).unwrap());
}

#[test]
fn the_day_is_the_best_one_known() {
    let days = |changes: Value| {
        let case = case(&changes);
        (case.received.map(|day| day.to_string()), case.updated.to_string())
    };
    let want = |a: Option<&str>, b: &str| (a.map(str::to_owned), b.to_owned());
    assert_eq!(days(json!({})), want(Some("2023-09-05"), "2023-10-12"));
    // Nobody is told a day of filing that the agency did not tell.
    assert_eq!(days(json!({"submittedDate": null})), want(None, "2023-10-12"));
    let mute = json!({"modifiedDate": "soon", "current_case_status_desc_en": "Soon."});
    assert_eq!(days(mute), want(Some("2023-09-05"), "2023-09-20"));
    let mute = json!({"modifiedDate": null, "current_case_status_desc_en": null, "hist_case_status": []});
    assert_eq!(days(mute), want(Some("2023-09-05"), "2023-09-05"));
    // The two days never cross, whatever the service's clocks say.
    assert_eq!(days(json!({"submittedDate": "12-31-2023 00:00:00"})), want(Some("2023-10-12"), "2023-10-12"));
}

#[test]
fn days_are_written_one_way_or_the_other() {
    for good in
        ["02-29-2024 14:28:46", "02-29-2024", " 02-29-2024 00:00:00 ", "2024-02-29", "2024-02-29T01:02:03"]
    {
        assert_eq!(day(good).unwrap().to_string(), "2024-02-29", "{good}");
    }
    for bad in
        ["", "29-02-2024", "02-30-2024 00:00:00", "2-29-2024", "02/29/2024", "02-29-24", "02-29-2024-1", "--"]
    {
        assert_eq!(day(bad), None, "{bad}");
    }
    assert_eq!(day_in_words("As of March 2, 2025, we").unwrap().to_string(), "2025-03-02");
    for bad in
        ["", "On", "On the day", "On March 2 2025", "On Mars 2, 2025", "On March 32, 2025", "On March 2,"]
    {
        assert_eq!(day_in_words(bad), None, "{bad}");
    }
}

#[test]
fn a_language_that_is_not_there_is_filled_from_the_other() {
    let english = case(&json!({"current_case_status_text_es": null, "current_case_status_desc_es": " "}));
    assert!(english.title.in_lang(&Lang::es()).starts_with("Request"));
    assert!(english.meaning.in_lang(&Lang::es()).starts_with("On October"));
    let spanish = case(&json!({"current_case_status_text_en": null}));
    assert!(spanish.title.in_lang(&Lang::en()).starts_with("Se Envió"));
}

#[test]
fn an_unknown_title_is_pending_and_noted() {
    let read =
        read(&with(&json!({"current_case_status_text_en": "Case Was Put On A Shelf"})), &receipt()).unwrap();
    assert_eq!(read.case.state, domain::case::CaseState::Pending);
    assert_eq!(read.unknown_title.as_deref(), Some("Case Was Put On A Shelf"));
}

#[test]
fn a_title_that_says_nothing_takes_its_state_from_the_history() {
    let read = read(
        &with(&json!({
            "current_case_status_text_en": "Duplicate Notice Was Mailed",
            "hist_case_status": [
                {"date": "09-05-2023 09:00:00", "completed_text_en": "Case Was Received"},
                {"date": "09-20-2023 09:00:00", "completed_text_en": "Case Was Approved"},
            ],
        })),
        &receipt(),
    );
    assert_eq!(read.unwrap().case.state, domain::case::CaseState::Decision);
}

#[test]
fn what_is_not_the_case_asked_for_is_no_answer() {
    let says = |body: &[u8]| read(body, &receipt()).unwrap_err().to_string();
    let faults = [
        says(b""),
        says(b"<html>captive portal</html>"),
        says(b"[]"),
        says(b"{\"message\":\"ok\"}"),
        says(b"{\"case_status\":null}"),
        says(b"{\"error\":{\"code\":\"503\",\"message\":\"EAC9999103403\"}}"),
        says(&with(&json!({"receiptNumber": "EAC9999103400"}))),
        says(&with(&json!({"receiptNumber": null}))),
        says(&with(&json!({"formType": 400}))),
        says(&with(&json!({"hist_case_status": "none"}))),
        says(&with(&json!({"current_case_status_text_en": null, "current_case_status_text_es": "\t"}))),
        says(&with(&json!({"submittedDate": null, "modifiedDate": null, "hist_case_status": null,
            "current_case_status_desc_en": null}))),
    ];
    insta::assert_snapshot!(faults.join("\n"));
}

proptest! {
    /// Whatever the bytes, and wherever a good answer is cut or spoilt: a case or an error, and no receipt number in
    /// the error.
    #[test]
    fn never_panics_and_never_tells(cut in 0_usize..1400, byte in any::<u8>(), noise in proptest::collection::vec(any::<u8>(), 0..60)) {
        let mut body = with(&json!({}));
        let at = cut % body.len();
        body[at] = byte;
        for body in [&body[..], &body[..at], &noise] {
            if let Err(error) = read(body, &receipt()) {
                let told = format!("{error} {error:?}");
                prop_assert!(!told.contains("9999103403"), "{}", told);
            }
        }
    }
}
