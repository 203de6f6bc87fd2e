//! Statements, and the conditions of SELECT.

use super::lexer::{Token, Unreadable, tokens};

/// What a statement does.
#[derive(Debug, PartialEq)]
pub(in crate::guard) enum Statement {
    /// DynamoDB takes these for one item only, by its whole key.
    Write,
    Select(Select),
}

/// `SELECT .. FROM table.index WHERE condition`, also within `EXISTS( .. )`.
#[derive(Debug, PartialEq)]
pub(in crate::guard) struct Select {
    pub(in crate::guard) table: String,
    pub(in crate::guard) index: Option<String>,
    pub(in crate::guard) condition: Option<Expr>,
}

/// An expression, as far as it matters which attributes it gives values to.
#[derive(Debug, PartialEq)]
pub(in crate::guard) enum Expr {
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    /// An attribute of the item, not one within another.
    Attribute(String),
    /// A literal or a parameter.
    Value,
    Equals(Box<Expr>, Box<Expr>),
    /// `IN` a list of these.
    In(Box<Expr>, Vec<Expr>),
    /// Values in brackets.
    List(Vec<Expr>),
    /// What gives a value to no attribute, and the expressions in it.
    Other(Vec<Expr>),
}

/// Expressions within expressions. DynamoDB takes far fewer, and a stack has an end.
const DEPTH: u32 = 100;

/// Characters of a statement, of which DynamoDB takes no more. So conditions are of bounded length, too.
const LENGTH: usize = 8192;

pub(in crate::guard) fn parse(statement: &str) -> Result<Statement, Unreadable> {
    if statement.chars().count() > LENGTH {
        return Err("it is longer than the 8192 characters that DynamoDB takes");
    }
    let tokens = tokens(statement)?;
    let mut parser = Parser { tokens: &tokens, depth: 0 };
    let parsed = parser.statement()?;
    if let Statement::Select(_) = parsed {
        parser.sign(";");
        if !parser.tokens.is_empty() {
            return Err("something follows its end");
        }
    }
    Ok(parsed)
}

struct Parser<'t> {
    tokens: &'t [Token],
    depth: u32,
}

impl Parser<'_> {
    fn statement(&mut self) -> Result<Statement, Unreadable> {
        if ["INSERT", "UPDATE", "DELETE"].into_iter().any(|word| self.word(word)) {
            return Ok(Statement::Write);
        }
        if self.word("EXISTS") {
            self.expect("(")?;
            let select = self.select()?;
            self.expect(")")?;
            return Ok(Statement::Select(select));
        }
        self.select().map(Statement::Select)
    }

    fn select(&mut self) -> Result<Select, Unreadable> {
        if !self.word("SELECT") {
            return Err("it is none of SELECT, INSERT, UPDATE, DELETE and EXISTS");
        }
        self.projection()?;
        let table = self.name().ok_or("a table's name does not follow FROM")?;
        let index = match self.sign(".") {
            true => Some(self.name().ok_or("the name of an index does not follow the table's")?),
            false => None,
        };
        let condition = if self.word("WHERE") { Some(self.or()?) } else { None };
        if self.word("ORDER") {
            self.order()?;
        }
        Ok(Select { table, index, condition })
    }

    /// Everything up to FROM, which may have brackets, but no SELECT of its own.
    fn projection(&mut self) -> Result<(), Unreadable> {
        while !self.word("FROM") {
            match self.tokens.split_first() {
                Some((Token::Word(word), _)) if word.eq_ignore_ascii_case("SELECT") => {
                    return Err("one SELECT is within another");
                }
                Some((_, rest)) => self.tokens = rest,
                None => return Err("there is no FROM"),
            }
        }
        Ok(())
    }

    fn order(&mut self) -> Result<(), Unreadable> {
        if !self.word("BY") {
            return Err("BY does not follow ORDER");
        }
        loop {
            self.name().ok_or("no name follows ORDER BY")?;
            let _direction = self.word("ASC") || self.word("DESC");
            if !self.sign(",") {
                return Ok(());
            }
        }
    }

    fn or(&mut self) -> Result<Expr, Unreadable> {
        let mut left = self.and()?;
        while self.word("OR") {
            left = Expr::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Expr, Unreadable> {
        let mut left = self.not()?;
        while self.word("AND") {
            left = Expr::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Expr, Unreadable> {
        if !self.word("NOT") {
            return self.comparison();
        }
        Ok(Expr::Other(vec![self.deeper(Self::not)?]))
    }

    fn comparison(&mut self) -> Result<Expr, Unreadable> {
        let left = self.sum()?;
        if self.sign("=") {
            return Ok(Expr::Equals(Box::new(left), Box::new(self.sum()?)));
        }
        if ["<>", "!=", "<=", ">=", "<", ">"].into_iter().any(|sign| self.sign(sign)) {
            return Ok(Expr::Other(vec![left, self.sum()?]));
        }
        if self.word("IS") {
            self.word("NOT");
            self.name().ok_or("no name follows IS")?;
            return Ok(Expr::Other(vec![left]));
        }
        let negated = self.word("NOT");
        if self.word("BETWEEN") {
            let low = self.sum()?;
            if !self.word("AND") {
                return Err("AND does not follow BETWEEN");
            }
            return Ok(Expr::Other(vec![left, low, self.sum()?]));
        }
        if self.word("IN") {
            return match self.sum()? {
                Expr::List(values) if !negated => Ok(Expr::In(Box::new(left), values)),
                other => Ok(Expr::Other(vec![left, other])),
            };
        }
        if self.word("LIKE") {
            return Ok(Expr::Other(vec![left, self.sum()?]));
        }
        if negated { Err("NOT is followed by nothing that it denies") } else { Ok(left) }
    }

    /// Operands that are computed are of no use as keys.
    fn sum(&mut self) -> Result<Expr, Unreadable> {
        let mut left = match self.sign("-") || self.sign("+") {
            true => match self.operand()? {
                Expr::Value => Expr::Value,
                other => Expr::Other(vec![other]),
            },
            false => self.operand()?,
        };
        while ["+", "-", "||", "*"].into_iter().any(|sign| self.sign(sign)) {
            left = Expr::Other(vec![left, self.operand()?]);
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expr, Unreadable> {
        let Some((first, rest)) = self.tokens.split_first() else { return Err("it ends too early") };
        if let Token::Word(word) = first
            && is_reserved(word)
        {
            return Err("a keyword stands where a value should");
        }
        self.tokens = rest;
        match first {
            Token::Value => Ok(Expr::Value),
            Token::Word(word) if is_literal(word) => Ok(Expr::Value),
            Token::Word(_) if self.sign("(") => self.list(")").map(Expr::Other),
            Token::Word(name) | Token::Quoted(name) => self.path(name),
            Token::Sign("(") => self.brackets(),
            Token::Sign("[") => self.list("]").map(Expr::List),
            Token::Sign("<<") => self.list(">>").map(Expr::Other),
            Token::Sign("{") => self.map(),
            Token::Sign(_) => Err("a sign stands where a value should"),
        }
    }

    fn path(&mut self, name: &str) -> Result<Expr, Unreadable> {
        let mut path = Expr::Attribute(name.to_owned());
        loop {
            if self.sign(".") {
                self.name().ok_or("no name follows a dot")?;
            } else if self.sign("[") {
                self.list("]")?;
            } else {
                return Ok(path);
            }
            path = Expr::Other(vec![path]);
        }
    }

    /// A condition or an operand in brackets, or a list.
    fn brackets(&mut self) -> Result<Expr, Unreadable> {
        let mut inside = self.list(")")?;
        Ok(match inside.len() {
            // In brackets it is not known whether DynamoDB takes it for a key.
            1 => match inside.remove(0) {
                attribute @ Expr::Attribute(_) => Expr::Other(vec![attribute]),
                Expr::Value => Expr::List(vec![Expr::Value]),
                condition => condition,
            },
            _ => Expr::List(inside),
        })
    }

    fn list(&mut self, end: &'static str) -> Result<Vec<Expr>, Unreadable> {
        let mut values = Vec::new();
        if self.sign(end) {
            return Ok(values);
        }
        loop {
            values.push(self.deeper(Self::or)?);
            if self.sign(end) {
                return Ok(values);
            }
            self.expect(",")?;
        }
    }

    fn map(&mut self) -> Result<Expr, Unreadable> {
        let mut inside = Vec::new();
        while !self.sign("}") {
            inside.push(self.deeper(Self::or)?);
            self.expect(":")?;
            inside.push(self.deeper(Self::or)?);
            if !self.sign(",") {
                self.expect("}")?;
                break;
            }
        }
        Ok(Expr::Other(inside))
    }

    fn deeper<O>(&mut self, read: fn(&mut Self) -> Result<O, Unreadable>) -> Result<O, Unreadable> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("it is nested too deeply");
        }
        let outcome = read(self);
        self.depth -= 1;
        outcome
    }

    fn name(&mut self) -> Option<String> {
        let (first, rest) = self.tokens.split_first()?;
        match first {
            Token::Quoted(name) => {
                self.tokens = rest;
                Some(name.clone())
            }
            Token::Word(name) if !is_reserved(name) => {
                self.tokens = rest;
                Some(name.clone())
            }
            _ => None,
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let found =
            matches!(self.tokens.first(), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word));
        if found {
            self.tokens = &self.tokens[1..];
        }
        found
    }

    fn sign(&mut self, sign: &'static str) -> bool {
        let found = self.tokens.first() == Some(&Token::Sign(sign));
        if found {
            self.tokens = &self.tokens[1..];
        }
        found
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), Unreadable> {
        if self.sign(sign) { Ok(()) } else { Err("a bracket is not closed, or a comma is missing") }
    }
}

/// Words that are no names unless they are quoted.
fn is_reserved(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "SELECT", "FROM", "WHERE", "ORDER", "BY", "AND", "OR", "NOT", "IN", "BETWEEN", "IS", "LIKE", "AS",
        "AT", "JOIN", "UNION", "GROUP", "LIMIT",
    ];
    WORDS.iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
}

fn is_literal(word: &str) -> bool {
    ["TRUE", "FALSE", "NULL", "MISSING"].iter().any(|literal| word.eq_ignore_ascii_case(literal))
}
