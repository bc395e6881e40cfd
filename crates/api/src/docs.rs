//! The documentation that people read, made from the OpenAPI document and the list of problems.

use crate::{Api, document, problem};
use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use domain::text::Lang;
use maud::{DOCTYPE, Markup, html};
use serde_json::{Map, Value};

/// Nothing from elsewhere, no script at all.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = include_str!("docs/style.css");

pub(crate) async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")],
        STYLE,
    )
}

pub(crate) async fn page(State(api): State<Api>) -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, written(&api)).into_response()
}

fn written(api: &Api) -> Markup {
    let spec = document::document();
    let empty = Map::new();
    let operations = operations(&spec);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "API of " (api.desk.pack().agency().name.in_lang(&Lang::en())) }
                link rel="stylesheet" href="/api/docs/style.css";
            }
            body {
                a.skip href="#main" { "Skip to the main text" }
                header {
                    p { (api.desk.pack().agency().name.in_lang(&Lang::en())) }
                    h1 { "The desk for programs" }
                }
                nav aria-label="Contents" {
                    ul {
                        @for tag in array(&spec["tags"]) {
                            li { a href={ "#" (anchor(text(&tag["name"]))) } { (text(&tag["name"])) } }
                        }
                        li { a href="#shapes" { "Shapes" } }
                        li { a href="#problems" { "Problems" } }
                    }
                }
                main #main {
                    @for part in text(&spec["info"]["description"]).split("\n\n") { p { (marked(part)) } }
                    p { "For programs: " a href="/api/openapi.json" { "the same as OpenAPI 3.1" } "." }
                    @for tag in array(&spec["tags"]) {
                        @let name = text(&tag["name"]);
                        section aria-labelledby=(anchor(name)) {
                            h2 id=(anchor(name)) { (name) }
                            p { (text(&tag["description"])) }
                            @for (path, method, operation) in &operations {
                                @if text(&operation["tags"][0]) == name { (described(&spec, path, method, operation)) }
                            }
                        }
                    }
                    section aria-labelledby="shapes" {
                        h2 #shapes { "Shapes" }
                        @for (name, schema) in spec["components"]["schemas"].as_object().unwrap_or(&empty) {
                            (shape(name, schema))
                        }
                    }
                    (problems(api))
                }
            }
        }
    }
}

/// Every operation: path, method, and what is said of it.
fn operations(spec: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = spec["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            item.as_object().into_iter().flatten().map(|(method, op)| (path.as_str(), method.as_str(), op))
        })
        .collect()
}

fn described(spec: &Value, path: &str, method: &str, operation: &Value) -> Markup {
    let scope = text(&operation["security"][0]["token"][0]);
    let parameters = array(&operation["parameters"]);
    html! {
        article {
            h3 id=(text(&operation["operationId"])) { (text(&operation["summary"])) }
            p.address { code { (method.to_uppercase()) " " (path) } }
            @if let Some(more) = operation["description"].as_str() { p { (marked(more)) } }
            p {
                @if operation["security"][0]["token"].is_null() { "No token." }
                @else if scope.is_empty() { "Scope: any." } @else { "Scope: " code { (scope) } "." }
            }
            @if !parameters.is_empty() {
                table {
                    caption { "What the address and the headers say" }
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Where" } th scope="col" { "What" } } }
                    tbody {
                        @for parameter in parameters {
                            @let parameter = resolved(spec, parameter);
                            tr {
                                th scope="row" {
                                    code { (text(&parameter["name"])) }
                                    @if parameter["required"] == true { " (needed)" }
                                }
                                td { (text(&parameter["in"])) }
                                td { (text(&parameter["description"])) }
                            }
                        }
                    }
                }
            }
            @if let Some(body) = schema_of(&operation["requestBody"], "application/json") {
                p { "Body: " (named(body)) }
            }
            p {
                "Answers: "
                @for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                    @if status.starts_with('2') {
                        code { (status) } " "
                        @if let Some(body) = schema_of(response, "application/json") { (named(body)) } @else { "nothing" }
                        ". "
                    }
                }
            }
        }
    }
}

fn shape(name: &str, schema: &Value) -> Markup {
    let needed: Vec<&str> = array(&schema["required"]).iter().filter_map(Value::as_str).collect();
    html! {
        article {
            h3 id={ "shape-" (name) } { (name) }
            @if let Some(about) = schema["description"].as_str() { p { (marked(about)) } }
            @if let Some(fields) = schema["properties"].as_object() {
                table {
                    caption { "Members of " (name) }
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Kind" } th scope="col" { "What" } } }
                    tbody {
                        @for (field, of) in fields {
                            tr {
                                th scope="row" {
                                    code { (field) }
                                    @if needed.contains(&field.as_str()) { " (needed)" }
                                }
                                td { (named(of)) }
                                td { (marked(text(&of["description"]))) }
                            }
                        }
                    }
                }
            } @else {
                p { (named(schema)) }
            }
        }
    }
}

fn problems(api: &Api) -> Markup {
    let t = api.desk.words().tongue(&Lang::en());
    html! {
        section aria-labelledby="problems" {
            h2 #problems { "Problems" }
            p {
                "A problem's " code { "type" } " is its place in this list; its " code { "code" }
                " is the end of that. Neither changes. Its words come in the language that "
                code { "Accept-Language" } " asks for."
            }
            table {
                caption { "Every problem there is" }
                thead { tr { th scope="col" { "Code" } th scope="col" { "Status" } th scope="col" { "What is wrong" } th scope="col" { "What to do" } } }
                tbody {
                    @for kind in problem::all() {
                        @let (wrong, next) = kind.says(t);
                        tr id={ "problem-" (kind.code) } {
                            th scope="row" { code { (kind.code) } }
                            td { (kind.status) }
                            td { (wrong) }
                            td { (next) }
                        }
                    }
                }
            }
        }
    }
}

fn schema_of<'a>(of: &'a Value, kind: &str) -> Option<&'a Value> {
    let schema = &of["content"][kind]["schema"];
    (!schema.is_null()).then_some(schema)
}

/// What a schema is, in a word or a link.
fn named(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
        return html! { a href={ "#shape-" (name) } { (name) } };
    }
    for choice in ["oneOf", "anyOf"] {
        let all = array(&schema[choice]);
        if !all.is_empty() {
            return html! { @for (n, one) in all.iter().enumerate() { @if n > 0 { " or " } (named(one)) } };
        }
    }
    let kind = match &schema["type"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        one => text(one).to_owned(),
    };
    html! {
        (kind)
        @if !schema["items"].is_null() { " of " (named(&schema["items"])) }
        @if let Some(format) = schema["format"].as_str() { ", " (format) }
        @if let Some(all) = schema["enum"].as_array() {
            @if all.len() <= 12 {
                ": " (all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
            }
        }
        @if let Some(pattern) = schema["pattern"].as_str() { " matching " code { (pattern) } }
    }
}

fn resolved<'a>(spec: &'a Value, of: &'a Value) -> &'a Value {
    let pointer = of["$ref"].as_str().and_then(|to| to.strip_prefix('#'));
    pointer.and_then(|pointer| spec.pointer(pointer)).unwrap_or(of)
}

/// Text with `code` in it.
fn marked(text: &str) -> Markup {
    html! {
        @for (n, part) in text.split('`').enumerate() {
            @if n % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

fn anchor(name: &str) -> String {
    format!("part-{}", name.to_lowercase())
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
