//! Check your answers, each with a link that changes it.

use super::{
    known, next, read,
    step::{self, Step},
    whom,
};
use crate::core::{Ctx, Fields, Page};
use crate::parts::{Change, Row, Typed, key, read_date, summary};
use crate::public::address;
use jiff::civil::Date;
use locale::args;
use maud::{Markup, html};
use pack::{Question, QuestionKind, Zip};

/// The page with every answer.
pub(super) fn page(ctx: &Ctx, fields: &Fields) -> Markup {
    let t = ctx.t();
    let change = |step: &Step| {
        let to = format!("{}?change", step.url(ctx));
        Some(Change::Link(to, t.say("public-change")))
    };
    let way = step::way(ctx, fields);
    let back = way.iter().rev().nth(1).unwrap_or(&Step::Zip).url(ctx);
    let content = html! {
        (next::note(ctx, fields))
        @for (title, rows) in parts(ctx, fields, &change) { h2 { (title) } (summary(&rows)) }
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

/// How the answers of a step are changed.
pub(super) type HowToChange<'a> = &'a dyn Fn(&Step) -> Option<Change>;

/// Every answer, under the headings by which they belong together.
pub(super) fn parts(ctx: &Ctx, fields: &Fields, change: HowToChange<'_>) -> [(String, Vec<Row>); 4] {
    let t = ctx.t();
    let rows = Rows { ctx, fields, change };
    let whom = |own: String, client: String| whom::of(fields, own, client);
    [
        (whom(t.say("public-check-matter"), t.say("public-client-check-matter")), rows.matter()),
        (whom(t.say("public-check-visit"), t.say("public-client-check-visit")), rows.visit()),
        (whom(t.say("public-check-you"), t.say("public-client-check-you")), rows.you()),
        (t.say("public-check-reach"), rows.reach()),
    ]
}

struct Rows<'a> {
    ctx: &'a Ctx,
    fields: &'a Fields,
    change: HowToChange<'a>,
}

fn today(ctx: &Ctx) -> Date {
    ctx.app.desk.pack().line().calendar.zone.date(ctx.now)
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

impl Rows<'_> {
    fn row(&self, step: &Step, label: String, lines: Vec<String>) -> Row {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        let lines = if lines.is_empty() { vec![self.ctx.t().say("public-check-nothing")] } else { lines };
        Row { label, lines, change: (self.change)(step) }
    }

    fn matter(&self) -> Vec<Row> {
        let (ctx, fields) = (self.ctx, self.fields);
        let t = ctx.t();
        let pack = ctx.app.desk.pack();
        let mut rows = Vec::new();
        let Some(reason) = step::reason(ctx, fields) else { return rows };
        rows.push(self.row(
            &Step::Reason,
            t.say("public-check-reason"),
            vec![reason.name.in_lang(&ctx.lang).to_owned()],
        ));
        for question in &reason.questions {
            let step = Step::Ask(question.code.clone());
            let label = question.label.in_lang(&ctx.lang).to_owned();
            rows.push(self.row(&step, label, vec![shown(ctx, fields, question)]));
        }
        rows.push(self.row(&Step::Words, t.say("public-words-label"), vec![fields.get("words").to_owned()]));
        if !reason.bring.is_empty() {
            let have = read::papers(ctx, fields);
            let names = reason.items().filter(|item| have.contains(&item.code));
            let names = names.map(|item| item.name.in_lang(&ctx.lang).to_owned()).collect();
            let legend =
                whom::of(fields, t.say("public-papers-legend"), t.say("public-client-papers-legend"));
            rows.push(self.row(&Step::Papers, legend, names));
        }
        let office = fields.get("zip").parse::<Zip>().ok().and_then(|zip| pack.office_for_zip(zip));
        let office = office.map(|serving| serving.office.name.clone()).unwrap_or_default();
        rows.push(self.row(
            &Step::Zip,
            t.say("public-zip-label"),
            vec![fields.get("zip").to_owned(), office],
        ));
        rows
    }

    fn visit(&self) -> Vec<Row> {
        let (ctx, fields) = (self.ctx, self.fields);
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
        let label = whom::of(fields, t.say("public-check-times"), t.say("public-client-check-times"));
        vec![self.row(&Step::Times, label, wishes)]
    }

    fn you(&self) -> Vec<Row> {
        let (ctx, fields) = (self.ctx, self.fields);
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
            self.row(&Step::You, t.say("public-check-name"), vec![name.trim().to_owned()]),
            self.row(&Step::You, t.say("public-you-born"), vec![born]),
        ];
        if let Some(number) = &agency.person_number {
            let label = number.name.in_lang(&ctx.lang).to_owned();
            rows.push(self.row(&Step::You, label, vec![fields.get("file").to_owned()]));
        }
        let label = agency.case_number.name.in_lang(&ctx.lang).to_owned();
        rows.push(self.row(&Step::You, label, vec![fields.get("receipt").to_owned()]));
        let behalf = match fields.get("behalf") {
            "yes" => vec![fields.get("behalf_name").to_owned(), fields.get("behalf_organisation").to_owned()],
            _ => vec![t.say("public-no")],
        };
        let label = whom::of(fields, t.say("public-check-behalf"), t.say("public-client-check-behalf"));
        rows.push(self.row(&Step::Behalf, label, behalf));
        rows
    }

    fn reach(&self) -> Vec<Row> {
        let (ctx, fields) = (self.ctx, self.fields);
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
        let discreet = known::discreet(ctx, fields);
        let discreet = discreet.iter().map(|by| t.say_of("public-call-way", by.as_str())).collect();
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
            phone.push(if known::calls(fields) {
                t.say("public-check-calls")
            } else {
                t.say("public-check-no-calls")
            });
        }
        let help_title = whom::of(fields, t.say("public-help-title"), t.say("public-client-help-title"));
        vec![
            self.row(&Step::Reach, t.say("public-reach-phone"), phone),
            self.row(&Step::Reach, t.say("public-reach-email"), vec![fields.get("email").to_owned()]),
            self.row(&Step::Reach, t.say("public-address"), address),
            self.row(&Step::Reach, t.say("public-reach-lang"), vec![lang]),
            self.row(&Step::Call, t.say("public-call-phrase"), vec![fields.get("phrase").to_owned()]),
            self.row(&Step::Call, t.say("public-call-hours"), vec![fields.get("call_hours").to_owned()]),
            self.row(&Step::Call, t.say("public-call-say-who"), vec![yes_no("say_who")]),
            self.row(&Step::Call, t.say("public-call-no-message"), vec![yes_no("no_message")]),
            self.row(&Step::Call, t.say("public-call-discreet"), discreet),
            self.row(&Step::Help, help_title, help),
        ]
    }
}
