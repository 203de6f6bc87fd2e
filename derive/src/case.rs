//! serde's `rename_all` rules, to the letter: heck splits words in other places.

/// A case that serde can rename to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

/// What `rename_all` can be, as written.
pub(crate) const CASES: &[&str] = &[
    "lowercase",
    "UPPERCASE",
    "PascalCase",
    "camelCase",
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
    "SCREAMING-KEBAB-CASE",
];

impl Case {
    pub(crate) fn from_serde(text: &str) -> Option<Self> {
        Some(match text {
            "lowercase" => Self::Lower,
            "UPPERCASE" => Self::Upper,
            "PascalCase" => Self::Pascal,
            "camelCase" => Self::Camel,
            "snake_case" => Self::Snake,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "kebab-case" => Self::Kebab,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            _ => return None,
        })
    }

    /// A field's name, which is `snake_case` by custom.
    pub(crate) fn field(self, name: &str) -> String {
        match self {
            Self::Lower | Self::Snake => name.to_owned(),
            Self::Upper | Self::ScreamingSnake => name.to_ascii_uppercase(),
            Self::Pascal => name.split('_').map(capitalized).collect(),
            Self::Camel => lower_first(&Self::Pascal.field(name)),
            Self::Kebab => name.replace('_', "-"),
            Self::ScreamingKebab => name.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// A variant's name, which is `PascalCase` by custom.
    pub(crate) fn variant(self, name: &str) -> String {
        match self {
            Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => lower_first(name),
            Self::Snake => snake(name),
            Self::ScreamingSnake => snake(name).to_ascii_uppercase(),
            Self::Kebab => snake(name).replace('_', "-"),
            Self::ScreamingKebab => snake(name).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

fn lower_first(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(characters).collect()
}

fn snake(variant: &str) -> String {
    let mut name = String::new();
    for (at, character) in variant.char_indices() {
        if at > 0 && character.is_uppercase() {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(rename: impl Fn(Case) -> String) -> Vec<String> {
        CASES.iter().map(|case| rename(Case::from_serde(case).unwrap())).collect()
    }

    /// The tables of serde's own tests.
    #[test]
    fn fields_are_renamed_as_serde_does() {
        let expected = [
            "very_tasty",
            "VERY_TASTY",
            "VeryTasty",
            "veryTasty",
            "very_tasty",
            "VERY_TASTY",
            "very-tasty",
            "VERY-TASTY",
        ];
        assert_eq!(all(|case| case.field("very_tasty")), expected);
        assert_eq!(all(|case| case.field("a")), ["a", "A", "A", "a", "a", "A", "a", "A"]);
        assert_eq!(all(|case| case.field("z42")), ["z42", "Z42", "Z42", "z42", "z42", "Z42", "z42", "Z42"]);
    }

    #[test]
    fn variants_are_renamed_as_serde_does() {
        let expected = [
            "verytasty",
            "VERYTASTY",
            "VeryTasty",
            "veryTasty",
            "very_tasty",
            "VERY_TASTY",
            "very-tasty",
            "VERY-TASTY",
        ];
        assert_eq!(all(|case| case.variant("VeryTasty")), expected);
        assert_eq!(all(|case| case.variant("A")), ["a", "A", "A", "a", "a", "A", "a", "A"]);
        // Every capital begins a word, unlike in most libraries.
        assert_eq!(Case::Snake.variant("HTTPError"), "h_t_t_p_error");
        assert_eq!(Case::Kebab.variant("Z42"), "z42");
    }

    #[test]
    fn an_unknown_case_is_none() {
        assert_eq!(Case::from_serde("Snake_Case"), None);
    }
}
