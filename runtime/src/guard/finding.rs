//! What a guard finds: calls that read without a key.

use std::error::Error as StdError;
use std::fmt;

/// A call that reads more than its answer, or may: what a [`Guard`](crate::Guard) refuses, reports or lets through.
///
/// It names the call, the table and the index, and what to do instead. It holds no value of a request.
///
/// As the cause of an SDK error it is found by [`Finding::in_error`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// DynamoDB's name of the call, such as `Scan`.
    pub call: &'static str,
    /// The table, or its ARN, as the call names it; none where a statement could not be read.
    pub table: Option<String>,
    /// The index, if the call names one.
    pub index: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    pub(super) rule: Rule,
}

/// What a guard does with a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was not sent.
    Refused,
    /// It was sent, because the guard only audits.
    Reported,
    /// It was sent, because it has a permission, for this reason.
    Permitted(&'static str),
}

/// Why a call is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rule {
    Scan,
    Filter,
    /// A statement that reads no partition of this key.
    NoKey(Vec<String>),
    UnknownTable,
    UnknownIndex,
    Unreadable(&'static str),
}

impl Finding {
    /// The finding for which a call through a guarded client was refused, if that is why it failed.
    ///
    /// ```
    /// use monotable::{Finding, Guard};
    ///
    /// # #[tokio::main] async fn main() {
    /// # use monotable::aws_sdk_dynamodb::{self, config::{BehaviorVersion, Region}};
    /// let config = aws_sdk_dynamodb::Config::builder()
    /// #   .behavior_version(BehaviorVersion::latest()).region(Region::new("eu-north-1"))
    ///     .interceptor(Guard::deny())
    ///     .build();
    /// let client = aws_sdk_dynamodb::Client::from_conf(config);
    /// let error = client.scan().table_name("orders").send().await.unwrap_err();
    /// let finding = Finding::in_error(&error).expect("it was refused");
    /// assert_eq!((finding.call, finding.table.as_deref()), ("Scan", Some("orders")));
    /// # }
    /// ```
    pub fn in_error<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e Self> {
        let mut cause = Some(error);
        while let Some(error) = cause {
            if let Some(finding) = error.downcast_ref() {
                return Some(finding);
            }
            cause = error.source();
        }
        None
    }
}

/// `Scan of table `orders` is refused: ..`
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.call)?;
        match (&self.table, &self.index) {
            (Some(table), Some(index)) => write!(f, " of index `{index}` of table `{table}`")?,
            (Some(table), None) => write!(f, " of table `{table}`")?,
            _ => {}
        }
        match &self.outcome {
            Outcome::Refused => f.write_str(" is refused: ")?,
            Outcome::Reported => f.write_str(" would be refused: ")?,
            Outcome::Permitted(reason) => write!(f, " is permitted ({reason}): ")?,
        }
        self.rule.fmt(f)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scan => f.write_str(
                "it reads and pays for every item; query a key or an index instead, or permit this call with \
                 `Guard::permit`",
            ),
            Self::Filter => f.write_str(
                "its filter throws away items that were read and paid for; say it with a key, by an index or one part \
                 more of a sort key, or permit this call with `Guard::permit`",
            ),
            Self::NoKey(key) => write!(
                f,
                "the statement is a scan, because its WHERE does not give {} a value by = or IN, once, in every branch \
                 of every OR",
                Names(key)
            ),
            Self::UnknownTable => f.write_str(
                "whether the statement is a scan is not known, because the guard does not know the table's partition \
                 key; declare it with `Guard::table::<Shop>()` or `Guard::key(\"orders\", [\"pk\"])`",
            ),
            Self::UnknownIndex => f.write_str(
                "whether the statement is a scan is not known, because the guard does not know the partition key of the \
                 index; declare it with `Guard::index_key(\"orders\", \"by-day\", [\"day\"])`",
            ),
            Self::Unreadable(why) => write!(f, "the statement cannot be read, so it may be a scan: {why}"),
        }
    }
}

struct Names<'n>(&'n [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, name) in self.0.iter().enumerate() {
            write!(f, "{}`{name}`", if at > 0 { " and " } else { "" })?;
        }
        Ok(())
    }
}

impl StdError for Finding {}
