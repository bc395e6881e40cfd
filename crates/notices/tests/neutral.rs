//! What goes to somebody who is protected tells whoever reads it neither from whom it is nor about what.

use domain::{pii::Pii, text::Lang};
use locale::{Overrides, Words};
use notices::{Sender, render, samples, text};

#[test]
fn whatever_it_stands_for_it_says_the_same_few_words() {
    let words = Words::load(&Overrides::none()).unwrap();
    let sender = Sender { address: "no-reply@agency.example".into(), domain: "agency.example".into() };
    for (lang, subject) in [(Lang::en(), "A message for you"), (Lang::es(), "Un mensaje para usted")] {
        let mut said = std::collections::BTreeSet::new();
        for facts in samples(&lang) {
            let (kind, agency) = (facts.kind(), facts.agency.clone());
            let (number, link) = (facts.inquiry.to_string(), facts.link.reveal().clone());
            let neutral = facts.neutral();
            assert_eq!(neutral.kind(), kind, "it stands for the same notice");
            let kept = serde_json::to_value(&neutral).unwrap();
            assert_eq!(serde_json::from_value::<notices::NoticeFacts>(kept).unwrap(), neutral);
            let email = render(&words, &neutral, &sender, &Pii::from("ana@people.example"));
            let text = text(&words, &neutral);
            assert_eq!((email.subject.as_str(), email.calendar.is_none(), text.parts()), (subject, true, 1));
            for part in [&email.subject, &email.text, &email.html, &email.from_name, &text.body] {
                for told in [&agency.name, &agency.short, &agency.phone, &number, &link, &"Ana".to_owned()] {
                    assert!(!part.contains(told.as_str()), "{told} in {part}");
                }
            }
            said.insert((email.text, email.html, email.template, text.body, text.template));
        }
        assert_eq!(said.len(), 1, "not even the kind can be told");
    }
}
