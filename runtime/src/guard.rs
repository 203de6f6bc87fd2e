//! The guard: the policy of this library about scans and filters for any client of the SDK, with or without derives.
//!
//! [`inspect`] tells from an input what a call would do, [`partiql`] reads statements, [`keys`] knows partition keys,
//! [`finding`] words what is found, and [`raw`] meters what is sent.

pub(crate) mod finding;
mod inspect;
mod keys;
mod partiql;
mod raw;

use std::fmt;
use std::sync::Arc;

use aws_sdk_dynamodb::config::interceptors::{
    BeforeSerializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_smithy_types::config_bag::{Storable, StoreReplace};

use self::finding::{Finding, Outcome};
use self::keys::Keys;
use self::raw::Raw;
use crate::error::BoxError;
use crate::ledger::Ledger;
use crate::sdk::Ours;
use crate::table::Table;

/// An interceptor for any client of the SDK that refuses what reads without a key: `Scan`, `Query` with a filter, and
/// PartiQL statements that are scans.
///
/// What it refuses is not sent: the call fails with a [`Finding`], which says what to do instead. Calls that this
/// library makes pass: it has its own rules for scans ([`Handle::maintenance`](crate::Handle::maintenance)) and filters
/// ([`MaxWaste`](crate::MaxWaste)). So a program can have the guard before it has the derives, and keep both on one
/// client.
///
/// ```
/// use monotable::aws_sdk_dynamodb::{self, config::BehaviorVersion};
/// use monotable::{Guard, Ledger};
///
/// let ledger = Ledger::new();
/// let guard = Guard::deny().key("orders", ["customer_id"]).ledger(&ledger);
/// let config = aws_sdk_dynamodb::Config::builder()
///     .behavior_version(BehaviorVersion::latest())
///     .interceptor(guard)
///     .build();
/// let client = aws_sdk_dynamodb::Client::from_conf(config);
/// ```
///
/// # PartiQL
///
/// `ExecuteStatement`, `BatchExecuteStatement` and `ExecuteTransaction` pass if each of their statements is an `INSERT`,
/// `UPDATE` or `DELETE`, which DynamoDB takes for one item by its whole key alone, or a `SELECT`, also within `EXISTS`,
/// whose `WHERE` gives every attribute of the partition key a value by `=` or `IN`. So the guard has to know the
/// partition keys: [`table`](Self::table), [`key`](Self::key), [`index_key`](Self::index_key). What it does not know, or
/// cannot read, it takes for a scan. Where DynamoDB's documentation does not say that a form of condition reads by key,
/// such as `'a' = pk` or `(pk) = 'a'`, it is taken for a scan too.
///
/// # Capacity
///
/// With a [`ledger`](Self::ledger), raw calls are asked for what they consume, unless they say themselves what they want
/// to know, and are added up by table, index and call, under the entity `(raw)`. A guard and a
/// [`Handle`](crate::Handle) on one client may have the same ledger: nothing counts twice.
#[derive(Clone)]
pub struct Guard {
    audits: bool,
    keys: Keys,
    ledger: Option<Ledger>,
    report: Option<Arc<Report>>,
}

type Report = dyn Fn(&Finding) + Send + Sync;

/// A permission for one call, or for all calls of one client: what [`Guard::permit`] returns.
#[derive(Debug, Clone, Copy)]
pub struct Permit(&'static str);

impl Guard {
    /// A guard that refuses.
    #[must_use]
    pub fn deny() -> Self {
        Self { audits: false, keys: Keys::default(), ledger: None, report: None }
    }

    /// A guard that lets everything pass, and reports what [`deny`](Self::deny) would refuse. This is how to begin with
    /// a program whose calls nobody knows.
    ///
    /// ```
    /// use monotable::Guard;
    /// let guard = Guard::audit(|finding| eprintln!("{finding}"));
    /// ```
    pub fn audit(report: impl Fn(&Finding) + Send + Sync + 'static) -> Self {
        Self { audits: true, ..Self::deny().report(report) }
    }

    /// Says of every finding what it is and what became of it: refused, let through by an audit, or permitted.
    #[must_use = "this returns a guard; the one it is called on is gone"]
    pub fn report(self, report: impl Fn(&Finding) + Send + Sync + 'static) -> Self {
        Self { report: Some(Arc::new(report)), ..self }
    }

    /// The partition keys of a table and its indexes, from its model.
    #[must_use = "this returns a guard; the one it is called on is gone"]
    pub fn table<T: Table>(self) -> Self {
        self.table_named::<T>(T::NAME)
    }

    /// The same, for a table of another name than its model's.
    #[must_use = "this returns a guard; the one it is called on is gone"]
    pub fn table_named<T: Table>(mut self, name: &str) -> Self {
        self.keys.add::<T>(name);
        self
    }

    /// The attribute that is the partition key of a table.
    #[must_use = "this returns a guard; the one it is called on is gone"]
    pub fn key<N: Into<String>>(mut self, table: &str, key: impl IntoIterator<Item = N>) -> Self {
        self.keys.add_table(table, key.into_iter().map(Into::into).collect());
        self
    }

    /// The attributes that are the partition key of an index: one, or up to four.
    #[must_use = "this returns a guard; the one it is called on is gone"]
    pub fn index_key<N: Into<String>>(
        mut self,
        table: &str,
        index: &str,
        key: impl IntoIterator<Item = N>,
    ) -> Self {
        self.keys.add_index(table, index, key.into_iter().map(Into::into).collect());
        self
    }

    /// Adds up in this ledger what raw calls consume.
    #[must_use = "this returns a guard; the one it is called on is gone"]
    pub fn ledger(self, ledger: &Ledger) -> Self {
        Self { ledger: Some(ledger.clone()), ..self }
    }

    /// A permission for what a guard would refuse, for maintenance. It is an interceptor: of one call, or of a client of
    /// its own.
    ///
    /// What it lets through is reported as permitted for this reason, and has a line of its own in the ledger, under the
    /// reason.
    ///
    /// ```
    /// # use monotable::aws_sdk_dynamodb::{self, config::{BehaviorVersion, Region}};
    /// use monotable::Guard;
    ///
    /// # async fn backfill(client: aws_sdk_dynamodb::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let page = client.scan().table_name("orders").limit(25);
    /// page.customize().interceptor(Guard::permit("backfill of totals")).send().await?;
    ///
    /// let config = client.config().to_builder().interceptor(Guard::permit("export"));
    /// let exporter = aws_sdk_dynamodb::Client::from_conf(config.build());
    /// # Ok(()) }
    /// ```
    #[must_use = "a permission does nothing until it is an interceptor of a call or of a client"]
    pub fn permit(reason: &'static str) -> Permit {
        Permit(reason)
    }

    /// The finding about a call, with what becomes of it.
    fn judge(&self, finding: Option<Finding>, permitted: Option<&'static str>) -> Result<(), Finding> {
        let Some(mut finding) = finding else { return Ok(()) };
        finding.outcome = match permitted {
            Some(reason) => Outcome::Permitted(reason),
            None if self.audits => Outcome::Reported,
            None => Outcome::Refused,
        };
        if let Some(report) = &self.report {
            report(&finding);
        }
        if finding.outcome == Outcome::Refused { Err(finding) } else { Ok(()) }
    }
}

impl Storable for Permit {
    type Storer = StoreReplace<Self>;
}

impl Intercept for Permit {
    fn name(&self) -> &'static str {
        "monotable::Permit"
    }

    // Of all hooks the first, also where it is put on one call: before any guard looks.
    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        bag.interceptor_state().store_put(*self);
        Ok(())
    }
}

impl Intercept for Guard {
    fn name(&self) -> &'static str {
        "monotable::Guard"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if bag.load::<Ours>().is_some() {
            return Ok(());
        }
        let permitted = bag.load::<Permit>().map(|permit| permit.0);
        let finding = inspect::inspect(context.input(), &self.keys);
        let permitted_now = permitted.filter(|_| finding.is_some());
        self.judge(finding, permitted)?;
        if self.ledger.is_some()
            && let Some(raw) = Raw::begin(context.input_mut(), permitted_now)
        {
            bag.interceptor_state().store_put(raw);
        }
        Ok(())
    }

    fn read_before_transmit(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        components: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(raw) = bag.load::<Raw>() {
            raw.attempts.begin(components);
        }
        Ok(())
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(raw) = bag.load::<Raw>() {
            raw.attempts.end(context.response());
        }
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        bag: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(ledger), Some(raw)) = (&self.ledger, bag.load::<Raw>()) {
            raw.end(ledger, context.output_or_error().and_then(Result::ok));
        }
        Ok(())
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mode = if self.audits { "audit" } else { "deny" };
        f.debug_struct("Guard").field("mode", &mode).field("keys", &self.keys).finish_non_exhaustive()
    }
}
