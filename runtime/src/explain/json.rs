//! Requests as JSON, for people.

use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;

/// A JSON value. Objects have their members in alphabetical order: the SDK's maps have none.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Text(String),
    Number(i64),
    Bool(bool),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn object(members: impl IntoIterator<Item = (String, Json)>) -> Self {
        let mut members: Vec<_> = members.into_iter().collect();
        members.sort_by(|(this, _), (other, _)| this.cmp(other));
        Self::Object(members)
    }

    fn of_type(name: &str, value: Json) -> Self {
        Self::Object(vec![(name.to_owned(), value)])
    }
}

/// What has a form as JSON.
pub(super) trait ToJson {
    fn to_json(&self) -> Json;
}

impl ToJson for String {
    fn to_json(&self) -> Json {
        Json::Text(self.clone())
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Json {
        Json::Bool(*self)
    }
}

impl ToJson for i32 {
    fn to_json(&self) -> Json {
        Json::Number((*self).into())
    }
}

impl<V: ToJson> ToJson for Vec<V> {
    fn to_json(&self) -> Json {
        Json::List(self.iter().map(V::to_json).collect())
    }
}

impl<V: ToJson> ToJson for std::collections::HashMap<String, V> {
    fn to_json(&self) -> Json {
        Json::object(self.iter().map(|(name, value)| (name.clone(), value.to_json())))
    }
}

impl ToJson for AttributeValue {
    fn to_json(&self) -> Json {
        let binary = |bytes: &[u8]| Json::Text(base64_simd::STANDARD.encode_to_string(bytes));
        match self {
            Self::S(text) => Json::of_type("S", text.to_json()),
            Self::N(number) => Json::of_type("N", number.to_json()),
            Self::B(bytes) => Json::of_type("B", binary(bytes.as_ref())),
            Self::Bool(value) => Json::of_type("BOOL", Json::Bool(*value)),
            Self::Null(value) => Json::of_type("NULL", Json::Bool(*value)),
            Self::Ss(texts) => Json::of_type("SS", texts.to_json()),
            Self::Ns(numbers) => Json::of_type("NS", numbers.to_json()),
            Self::Bs(all) => {
                Json::of_type("BS", Json::List(all.iter().map(|bytes| binary(bytes.as_ref())).collect()))
            }
            Self::L(list) => Json::of_type("L", list.to_json()),
            Self::M(map) => Json::of_type("M", map.to_json()),
            _ => Json::object([]),
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, f.alternate().then_some(0))
    }
}

impl Json {
    /// In one line, or indented.
    fn write(&self, f: &mut fmt::Formatter<'_>, depth: Option<usize>) -> fmt::Result {
        let inner = depth.map(|depth| depth + 1);
        match self {
            Self::Text(text) => quote(f, text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::List(values) => {
                f.write_str("[")?;
                for (at, value) in values.iter().enumerate() {
                    separate(f, at, inner)?;
                    value.write(f, inner)?;
                }
                end(f, values.is_empty(), depth, "]")
            }
            // A value and its type are one thing.
            Self::Object(members) => {
                let one = members.len() == 1 && !matches!(members[0].1, Self::Object(_) | Self::List(_));
                let (inner, depth) = if one { (None, None) } else { (inner, depth) };
                f.write_str("{")?;
                for (at, (name, value)) in members.iter().enumerate() {
                    separate(f, at, inner)?;
                    quote(f, name)?;
                    f.write_str(if inner.is_some() { ": " } else { ":" })?;
                    value.write(f, inner)?;
                }
                end(f, members.is_empty(), depth, "}")
            }
        }
    }
}

fn separate(f: &mut fmt::Formatter<'_>, at: usize, depth: Option<usize>) -> fmt::Result {
    if at > 0 {
        f.write_str(",")?;
    }
    new_line(f, depth)
}

fn end(f: &mut fmt::Formatter<'_>, empty: bool, depth: Option<usize>, bracket: &str) -> fmt::Result {
    if !empty {
        new_line(f, depth)?;
    }
    f.write_str(bracket)
}

fn new_line(f: &mut fmt::Formatter<'_>, depth: Option<usize>) -> fmt::Result {
    match depth {
        Some(depth) => write!(f, "\n{:1$}", "", 2 * depth),
        None => Ok(()),
    }
}

fn quote(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use fmt::Write as _;
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            c if c.is_control() => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(f, "\\u{unit:04x}")?;
                }
            }
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}
