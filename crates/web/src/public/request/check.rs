//! Check your answers, each with a link that changes it.

use super::{
    known, read,
    step::{self, Step},
};
use crate::core::{Ctx, Fields, Page};
use crate::parts::{Row, Typed, key, read_date, summary};
use crate::public::address;
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};
use pack::{Question, QuestionKind, Zip};

/// The page with every answer.
pub(super) fn page(ctx: &Ctx, fields: &Fields) -> Markup {
    let t = ctx.t();
    let mut body = Vec::new();
    let parts: [(String, Vec<Row>); 4] = [
        (t.say("public-check-matter"), matter(ctx, fields)),
        (t.say("public-check-visit"), visit(ctx, fields)),
        (t.say("public-check-you"), you(ctx, fields)),
        (t.say("public-check-reach"), reach(ctx, fields)),
    ];
    for (title, rows) in &parts {
        body.push(html! { h2 { (title) } (summary(rows)) });
    }
    let way = step::way(ctx, fields);
    let back = way.iter().rev().nth(1).unwrap_or(&Step::Zip).url(ctx);
    let content = html! {
        @for part in &body { (part) }
        h2 { (t.say("public-check-send-title")) }
        p { (t.say("public-check-next")) }
        p { (ctx.app.desk.pack().agency().privacy.in_lang(&ctx.lang)) }
        form method="post" action=(Step::Check.url(ctx)) {
            (key(ctx))
            button.usa-button.usa-button--big type="submit" { (t.say("public-check-send")) }
        }
    };
    let above = html! { p.back { a.usa-link href=(back) { (t.say("web-back")) } } };
    Page::new(t.say("public-check-title"), content).above(above).render(ctx)
}

fn row(ctx: &Ctx, step: &Step, label: String, lines: Vec<String>) -> Row {
    let t = ctx.t();
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let lines = if lines.is_empty() { vec![t.say("public-check-nothing")] } else { lines };
    Row { label, lines, change: Some((format!("{}?change", step.url(ctx)), t.say("public-change"))) }
}

fn today(ctx: &Ctx) -> Date {
    ctx.app.desk.pack().line().calendar.zone.date(ctx.now)
}

fn matter(ctx: &Ctx, fields: &Fields) -> Vec<Row> {
    let t = ctx.t();
    let pack = ctx.app.desk.pack();
    let mut rows = Vec::new();
    let Some(reason) = step::reason(ctx, fields) else { return rows };
    rows.push(row(
        ctx,
        &Step::Reason,
        t.say("public-check-reason"),
        vec![reason.name.in_lang(&ctx.lang).to_owned()],
    ));
    for question in &reason.questions {
        let step = Step::Ask(question.code.clone());
        let label = question.label.in_lang(&ctx.lang).to_owned();
        rows.push(row(ctx, &step, label, vec![shown(ctx, fields, question)]));
    }
    rows.push(row(ctx, &Step::Words, t.say("public-words-label"), vec![fields.get("words").to_owned()]));
    if !reason.bring.is_empty() {
        let have = read::papers(ctx, fields);
        let names = reason.items().filter(|item| have.contains(&item.code));
        let names = names.map(|item| item.name.in_lang(&ctx.lang).to_owned()).collect();
        rows.push(row(ctx, &Step::Papers, t.say("public-papers-legend"), names));
    }
    let office = fields.get("zip").parse::<Zip>().ok().and_then(|zip| pack.office_for_zip(zip));
    let office = office.map(|serving| serving.office.name.clone()).unwrap_or_default();
    rows.push(row(ctx, &Step::Zip, t.say("public-zip-label"), vec![fields.get("zip").to_owned(), office]));
    rows
}

/// An answer in words.
fn shown(ctx: &Ctx, fields: &Fields, question: &Question) -> String {
    let t = ctx.t();
    let name = step::answer(&question.code);
    match &question.kind {
        QuestionKind::Bool => match fields.get(&name) {
            "yes" => t.say("public-yes"),
            "no" => t.say("public-no"),
            _ => String::new(),
        },
        QuestionKind::Int { .. } => fields.get(&name).to_owned(),
        QuestionKind::Date { .. } => match read_date(fields, &name) {
            Typed::Date(date) => t.opening(&t.on_day(date, today(ctx))),
            Typed::Nothing | Typed::NoDate => String::new(),
        },
        QuestionKind::Choice(choices) => choices
            .iter()
            .find(|choice| choice.code == fields.get(&name))
            .map(|choice| choice.label.in_lang(&ctx.lang).to_owned())
            .unwrap_or_default(),
    }
}

fn visit(ctx: &Ctx, fields: &Fields) -> Vec<Row> {
    let t = ctx.t();
    let wishes = (1..=3)
        .filter_map(|n| read::preferred(ctx, fields, n).ok().flatten().map(|wish| (n, wish)))
        .map(|(n, wish)| {
            let day = wish.date.map(|date| t.on_day(date, today(ctx)));
            let weekday = Some(fields.get(&format!("time{n}_weekday"))).filter(|d| !d.is_empty());
            let weekday = weekday.map(|day| t.say_of("public-weekday", day));
            let part = wish.part.map(|part| t.say_of("public-part", part.as_str()));
            let words: Vec<String> = [day, weekday, part].into_iter().flatten().collect();
            t.opening(&words.join(", "))
        })
        .collect();
    vec![row(ctx, &Step::Times, t.say("public-check-times"), wishes)]
}

fn you(ctx: &Ctx, fields: &Fields) -> Vec<Row> {
    let t = ctx.t();
    let agency = ctx.app.desk.pack().agency();
    let born = match read_date(fields, "born") {
        Typed::Date(date) => t.say_with(
            "public-check-born",
            &args! {
                "month" => t.say_of("web-month", &date.month().to_string()),
                "day" => date.day().to_string(),
                "year" => date.year().to_string(),
            },
        ),
        Typed::Nothing | Typed::NoDate => String::new(),
    };
    let name = format!("{} {}", fields.get("given"), fields.get("family"));
    let mut rows = vec![
        row(ctx, &Step::You, t.say("public-check-name"), vec![name.trim().to_owned()]),
        row(ctx, &Step::You, t.say("public-you-born"), vec![born]),
    ];
    if let Some(number) = &agency.person_number {
        let label = number.name.in_lang(&ctx.lang).to_owned();
        rows.push(row(ctx, &Step::You, label, vec![fields.get("file").to_owned()]));
    }
    let label = agency.case_number.name.in_lang(&ctx.lang).to_owned();
    rows.push(row(ctx, &Step::You, label, vec![fields.get("receipt").to_owned()]));
    let behalf = match fields.get("behalf") {
        "yes" => vec![fields.get("behalf_name").to_owned(), fields.get("behalf_organisation").to_owned()],
        _ => vec![t.say("public-no")],
    };
    rows.push(row(ctx, &Step::Behalf, t.say("public-check-behalf"), behalf));
    rows
}

fn reach(ctx: &Ctx, fields: &Fields) -> Vec<Row> {
    let t = ctx.t();
    let lang = known::chosen(ctx, fields)
        .map(|lang| ctx.app.desk.words().tongue(&lang).say("web-language-name"))
        .unwrap_or_default();
    let yes_no = |name: &str| if fields.ticked(name) { t.say("public-yes") } else { t.say("public-no") };
    let mut help = Vec::new();
    if !fields.get("interpreter").is_empty() {
        help.push(t.say_with("public-check-interpreter", &args! { "lang" => fields.get("interpreter") }));
    }
    if fields.ticked("relay") {
        help.push(t.say("public-help-relay"));
    }
    help.push(fields.get("accommodation").to_owned());
    let address = address::read(fields).ok().flatten().map(|to| to.lines()).unwrap_or_default();
    let mut phone = vec![fields.get("phone").to_owned()];
    if ctx.app.desk.offers_texts() {
        phone.push(if fields.ticked("texts") {
            t.say("public-check-texts")
        } else {
            t.say("public-check-no-texts")
        });
    }
    if ctx.app.desk.offers_calls() {
        phone.push(if fields.ticked("calls") {
            t.say("public-check-calls")
        } else {
            t.say("public-check-no-calls")
        });
    }
    vec![
        row(ctx, &Step::Reach, t.say("public-reach-phone"), phone),
        row(ctx, &Step::Reach, t.say("public-reach-email"), vec![fields.get("email").to_owned()]),
        row(ctx, &Step::Reach, t.say("public-address"), address),
        row(ctx, &Step::Reach, t.say("public-reach-lang"), vec![lang]),
        row(ctx, &Step::Call, t.say("public-call-phrase"), vec![fields.get("phrase").to_owned()]),
        row(ctx, &Step::Call, t.say("public-call-hours"), vec![fields.get("call_hours").to_owned()]),
        row(ctx, &Step::Call, t.say("public-call-say-who"), vec![yes_no("say_who")]),
        row(ctx, &Step::Help, t.say("public-help-title"), help),
    ]
}
