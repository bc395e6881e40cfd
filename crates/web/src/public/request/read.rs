//! Reading the form: each step is judged by itself, and the whole becomes a request.

use super::{
    known::{self, NAME, WORDS, given, too_long},
    step::{Step, answer, reason},
    whom,
};
use crate::core::{Ctx, Errors, Fields};
use crate::parts::{Typed, read_date};
use crate::public::{address, status::wrong_number, zip};
use desk::acts::RequestMeeting;
use domain::{
    case::ReceiptNumber,
    codes::ItemCode,
    inquiry::{Channel, Request},
    person::{Name, Reach, Representative},
    pii::Pii,
    slots::{PartOfDay, PreferredTime},
};
use jiff::civil::{Date, Weekday};
use locale::args;
use pack::{Answer, AnswerFault, Question, QuestionKind, Zip};
use std::collections::BTreeMap;

/// What is wrong with the answers of a step.
pub(super) fn errors(ctx: &Ctx, fields: &Fields, step: &Step) -> Errors {
    let mut errors = Errors::none();
    judge(ctx, fields, step, &mut errors);
    if errors.is_empty() && *step != Step::Check && fields.get(&step.seen()).is_empty() {
        // An empty answer counts once the page was seen and sent.
        errors.add(step.name(), ctx.t().say("public-wrong-unseen"));
    }
    errors
}

pub(super) fn judge(ctx: &Ctx, fields: &Fields, step: &Step, errors: &mut Errors) {
    let t = ctx.t();
    match step {
        Step::Zip => {
            if let Err(says) = zip::office(ctx, fields.get("zip")) {
                errors.add("zip", says);
            }
        }
        Step::Reason => {
            if reason(ctx, fields).is_none() {
                errors.add("reason", t.say("public-wrong-reason"));
            }
        }
        Step::Ask(code) => {
            let Some(question) = question(ctx, fields, code) else { return };
            if let Err(sentence) = read_answer(ctx, fields, question) {
                errors.add(&answer(code), sentence);
            }
        }
        Step::Words => too_long(ctx, fields, "words", WORDS, errors),
        Step::Times => {
            for n in 1..=3 {
                if preferred(ctx, fields, n).is_err() {
                    errors.add(&format!("time{n}_date"), t.say("public-wrong-time"));
                }
            }
        }
        Step::You => you(ctx, fields, errors),
        Step::Reach => {
            known::judge_contact(ctx, fields, errors);
            if address::read(fields).is_err() {
                errors.add("post_street", t.say("public-wrong-address"));
            }
            if known::chosen(ctx, fields).is_none() {
                errors.add("lang", t.say("public-wrong-lang"));
            }
        }
        Step::Call => known::judge_call(ctx, fields, errors),
        Step::Help => known::judge_help(ctx, fields, errors),
        Step::Behalf => match fields.get("behalf") {
            "no" => {}
            "yes" => {
                if fields.get("behalf_name").is_empty() {
                    let (own, client) =
                        (t.say("public-wrong-behalf-name"), t.say("public-client-wrong-behalf-name"));
                    errors.add("behalf_name", whom::of(fields, own, client));
                }
                too_long(ctx, fields, "behalf_name", NAME, errors);
                too_long(ctx, fields, "behalf_organisation", NAME, errors);
            }
            _ => errors.add("behalf", t.say("public-wrong-yes-no")),
        },
        Step::First | Step::Papers | Step::Check => {}
    }
}

fn you(ctx: &Ctx, fields: &Fields, errors: &mut Errors) {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    known::judge_names(ctx, fields, errors);
    if born(ctx, fields).is_none() {
        errors.add("born", t.say("public-wrong-born"));
    }
    let file = fields.get("file");
    if let Some(number) = &agency.person_number
        && !file.is_empty()
        && number.read(file).is_err()
    {
        let sentence = t.say_with(
            "public-wrong-file",
            &args! { "prefix" => number.prefix.as_str(), "most" => number.max_digits },
        );
        errors.add("file", sentence);
    }
    let receipt = fields.get("receipt");
    if !receipt.is_empty() && agency.case_number.read(receipt).is_err() {
        errors.add("receipt", wrong_number(ctx));
    }
}

fn today(ctx: &Ctx) -> Date {
    ctx.app.desk.pack().line().calendar.zone.date(ctx.now)
}

pub(super) fn born(ctx: &Ctx, fields: &Fields) -> Option<Date> {
    let Typed::Date(date) = read_date(fields, "born") else { return None };
    ctx.app.desk.is_birthday(date, ctx.now).then_some(date)
}

pub(super) fn question<'a>(ctx: &'a Ctx, fields: &Fields, code: &str) -> Option<&'a Question> {
    reason(ctx, fields)?.questions.iter().find(|question| question.code == code)
}

/// The answer to a question; none where it may stay open and does; else what is wrong with it.
pub(super) fn read_answer(ctx: &Ctx, fields: &Fields, question: &Question) -> Result<Option<Answer>, String> {
    let t = ctx.t();
    let name = answer(&question.code);
    if matches!(question.kind, QuestionKind::Date { .. }) {
        return match read_date(fields, &name) {
            Typed::Nothing => Ok(None),
            Typed::NoDate => Err(t.say("public-wrong-date")),
            Typed::Date(date) if !question.takes_date(date, today(ctx)) => {
                Err(t.say("public-wrong-date-past"))
            }
            Typed::Date(date) => Ok(Some(Answer::Date(date))),
        };
    }
    let typed = fields.get(&name);
    if typed.is_empty() && question.may_stay_open() {
        return Ok(None);
    }
    question.read(typed).map(Some).map_err(|fault| match fault {
        AnswerFault::NotYesNo => t.say("public-wrong-yes-no"),
        AnswerFault::NotNumber { min, max } => {
            t.say_with("public-wrong-number", &args! { "min" => min, "max" => max })
        }
        AnswerFault::NotDate => t.say("public-wrong-date"),
        AnswerFault::NotChoice => t.say("public-wrong-choice"),
    })
}

pub(super) fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        _ => return None,
    })
}

/// As the form names a day of the week.
pub(super) fn weekday_name(day: Weekday) -> Option<&'static str> {
    WEEKDAYS.into_iter().find(|name| weekday(name) == Some(day))
}

/// The days of a week on which some office may be open.
pub(super) const WEEKDAYS: [&str; 6] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// The `n`th wish; none when nothing was said.
pub(super) fn preferred(ctx: &Ctx, fields: &Fields, n: usize) -> Result<Option<PreferredTime>, ()> {
    let get = |what: &str| fields.get(&format!("time{n}_{what}"));
    let date = match get("date") {
        "" => None,
        text => {
            let date: Date = text.parse().map_err(|_| ())?;
            if !ctx.app.desk.may_wish(date, ctx.now) {
                return Err(());
            }
            Some(date)
        }
    };
    let part = PartOfDay::ALL.into_iter().find(|part| part.as_str() == get("part"));
    let wish = PreferredTime { date, weekday: weekday(get("weekday")), part, words: None };
    Ok((wish != PreferredTime::default()).then_some(wish))
}

pub(super) fn papers(ctx: &Ctx, fields: &Fields) -> Vec<ItemCode> {
    let Some(reason) = reason(ctx, fields) else { return Vec::new() };
    reason.items().filter(|item| fields.has("papers", item.code.as_str())).map(|i| i.code.clone()).collect()
}

/// Who acts for the person, if somebody does.
pub(super) fn representative(fields: &Fields) -> Option<Representative> {
    (fields.get("behalf") == "yes").then(|| Representative {
        name: fields.get("behalf_name").into(),
        organisation: given(fields, "behalf_organisation"),
        on_file: fields.ticked("behalf_on_file"),
    })
}

/// The whole request; none while a step has faults.
pub(super) fn request(ctx: &Ctx, fields: &Fields, draft_token: &str) -> Option<RequestMeeting> {
    let reason = reason(ctx, fields)?;
    let agency = ctx.app.desk.pack().agency();
    let zip: Zip = fields.get("zip").parse().ok()?;
    let office = ctx.app.desk.pack().office_for_zip(zip)?.office;
    let mut answers = BTreeMap::new();
    for question in &reason.questions {
        if let Some(answer) = read_answer(ctx, fields, question).ok()? {
            answers.insert(question.code.clone(), serde_json::to_value(answer).ok()?);
        }
    }
    let mut wishes = Vec::new();
    for n in 1..=3 {
        wishes.extend(preferred(ctx, fields, n).ok()?);
    }
    let file_number = match (&agency.person_number, fields.get("file")) {
        (None, _) | (_, "") => None,
        (Some(number), typed) => Some(Pii::new(number.read(typed).ok()?)),
    };
    let receipt: Option<ReceiptNumber> = match fields.get("receipt") {
        "" => None,
        typed => Some(agency.case_number.read(typed).ok()?.number),
    };
    Some(RequestMeeting {
        reason: reason.code.clone(),
        zip,
        name: Name { given: fields.get("given").into(), family: fields.get("family").into() },
        born: Pii::new(born(ctx, fields)?),
        file_number,
        receipt,
        request: Request {
            channel: Channel::Web,
            words: fields.get("words").into(),
            answers: Pii::new(answers),
            papers: papers(ctx, fields),
            preferred: wishes,
            call_hours: given(fields, "call_hours"),
            representative: representative(fields),
        },
        reach: ctx.app.desk.as_offered(Reach {
            lang: known::chosen(ctx, fields)?,
            phone: fields.get("phone").parse().ok()?,
            email: given(fields, "email"),
            post: address::read(fields).ok()?.map(Pii::new),
            texts: fields.ticked("texts"),
            calls: fields.ticked("calls"),
            zone: office.zone().clone(),
            say_who_calls: fields.ticked("say_who"),
            no_message: fields.ticked("no_message"),
            discreet: known::discreet(ctx, fields),
            relay: fields.ticked("relay"),
            interpreter: given(fields, "interpreter").map(Pii::into_inner),
            accommodation: given(fields, "accommodation"),
            phrase: fields.get("phrase").into(),
        }),
        zone_chosen: false,
        draft_token: Some(draft_token.to_owned()),
    })
}
