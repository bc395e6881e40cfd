//! Forms read out of a page, as a browser would send them.

/// A form: where it goes, and what it would send as it stands.
#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The form of a page whose address ends with `end`.
    pub fn of(page: &str, end: &str) -> Self {
        Self::all(page).into_iter().find(|form| form.action.ends_with(end)).unwrap_or_else(|| {
            let actions: Vec<String> = Self::all(page).into_iter().map(|form| form.action).collect();
            panic!("no form goes to …{end}; there are {actions:?}")
        })
    }

    /// Every form of a page, in order.
    pub fn all(page: &str) -> Vec<Self> {
        let mut forms = Vec::new();
        for part in page.split("<form").skip(1) {
            let (tag, rest) = part.split_once('>').unwrap();
            let body = rest.split_once("</form>").unwrap().0;
            forms.push(Self { action: attribute(tag, "action").unwrap_or_default(), fields: fields(body) });
        }
        forms
    }

    /// With a field set to one value.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(n, _)| n != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What a field would send.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Every value that the radio buttons of a field offer, in order.
pub fn offered(page: &str, name: &str) -> Vec<String> {
    tags(page, "input")
        .into_iter()
        .filter(|tag| attribute(tag, "name").as_deref() == Some(name))
        .filter_map(|tag| attribute(tag, "value"))
        .collect()
}

fn fields(body: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for tag in tags(body, "input") {
        let Some(name) = attribute(tag, "name") else { continue };
        let kind = attribute(tag, "type").unwrap_or_default();
        let boxed = kind == "radio" || kind == "checkbox";
        if !boxed || has(tag, "checked") {
            fields.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    for part in body.split("<select").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap();
        let options = tags(rest.split_once("</select>").unwrap().0, "option");
        let chosen = options.iter().find(|tag| has(tag, "selected")).or(options.first());
        let value = chosen.and_then(|tag| attribute(tag, "value")).unwrap_or_default();
        fields.push((attribute(tag, "name").unwrap(), value));
    }
    for part in body.split("<textarea").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap();
        let text = rest.split_once("</textarea>").unwrap().0;
        fields.push((attribute(tag, "name").unwrap(), plain(text)));
    }
    fields
}

/// The insides of every start tag of this name.
pub fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    html.split(open.as_str())
        .skip(1)
        .filter(|rest| rest.starts_with([' ', '>', '\n']))
        .filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
        .collect()
}

/// The value of an attribute.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(plain(rest.split_once('"')?.0))
}

fn has(tag: &str, name: &str) -> bool {
    tag.split(' ').any(|word| word == name)
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
