//! A statement as tokens, without its comments.

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or a keyword, as it is written.
    Word(String),
    /// A name in double quotes.
    Quoted(String),
    /// Text in single quotes, a number, or a parameter: a value, whatever it is.
    Value,
    /// An operator or a bracket.
    Sign(&'static str),
}

/// The longer ones first.
const SIGNS: [&str; 22] = [
    "<<", ">>", "<=", ">=", "<>", "!=", "||", "(", ")", "[", "]", "{", "}", ",", ".", "=", "<", ">", "+",
    "-", "*", ":",
];

/// Why a statement cannot be read.
pub(in crate::guard) type Unreadable = &'static str;

pub(super) fn tokens(statement: &str) -> Result<Vec<Token>, Unreadable> {
    let (mut rest, mut tokens) = (statement, Vec::new());
    loop {
        rest = skip_blanks(rest)?;
        let Some(first) = rest.chars().next() else { return Ok(tokens) };
        let (token, after) = match first {
            '\'' => quoted(rest, '\'').map(|(_, after)| (Token::Value, after))?,
            '"' => quoted(rest, '"').map(|(name, after)| (Token::Quoted(name), after))?,
            '?' => (Token::Value, &rest[1..]),
            '0'..='9' => number(rest)?,
            _ if is_word(first) => word(rest),
            _ => sign(rest)?,
        };
        tokens.push(token);
        rest = after;
    }
}

fn skip_blanks(mut rest: &str) -> Result<&str, Unreadable> {
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once(['\n', '\r']).map_or("", |(_, after)| after);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            let (_, after) = comment.split_once("*/").ok_or("a comment is not closed")?;
            rest = after;
        } else {
            return Ok(rest);
        }
    }
}

/// What stands between quotes; a quote within is doubled.
fn quoted(text: &str, quote: char) -> Result<(String, &str), Unreadable> {
    let (mut inside, mut rest) = (String::new(), &text[1..]);
    loop {
        let (before, after) = rest.split_once(quote).ok_or("a quote is not closed")?;
        inside += before;
        match after.strip_prefix(quote) {
            Some(after) => {
                inside.push(quote);
                rest = after;
            }
            None => return Ok((inside, after)),
        }
    }
}

fn number(text: &str) -> Result<(Token, &str), Unreadable> {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut end = digits(text);
    if text[end..].starts_with('.') {
        end += 1 + digits(&text[end + 1..]);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        let exponent = digits(&text[end + 1 + sign..]);
        if exponent == 0 {
            return Err("a number has no exponent");
        }
        end += 1 + sign + exponent;
    }
    match text[end..].starts_with(is_word) {
        true => Err("a number runs into a name"),
        false => Ok((Token::Value, &text[end..])),
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

fn word(text: &str) -> (Token, &str) {
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    (Token::Word(text[..end].to_owned()), &text[end..])
}

fn sign(text: &str) -> Result<(Token, &str), Unreadable> {
    if let Some(rest) = text.strip_prefix(';') {
        // One statement is one; what follows would be another.
        return match skip_blanks(rest)? {
            "" => Ok((Token::Sign(";"), "")),
            _ => Err("there is more than one statement"),
        };
    }
    let found = SIGNS.iter().find_map(|sign| Some((Token::Sign(sign), text.strip_prefix(sign)?)));
    found.ok_or("there is a character that PartiQL has no meaning for")
}
