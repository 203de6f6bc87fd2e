//! Creating the table from its model: `DescribeTable`, and `CreateTable` where it is missing.

use std::future::IntoFuture;
use std::time::Duration;

use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType as KeyRole,
    LocalSecondaryIndex, Projection, ProjectionType, ScalarAttributeType, TableDescription, TimeToLiveStatus,
};

use crate::error::{Call, Error};
use crate::expiry::ttl_attribute;
use crate::handle::{Handle, Sending};
use crate::index::{Index, Primary};
use crate::metered::{Cost, Metered};
use crate::model::{IndexKind, IndexModel, IndexProjection, KeyAttribute};
use crate::proof::KeyType;
use crate::sdk;
use crate::table::Table;

/// How long a new table may take to become active.
const PATIENCE: Duration = Duration::from_secs(600);

/// Creates the table and its indexes if the table is missing, and waits until it is active.
///
/// It calls `DescribeTable`, and `CreateTable` (pay per request) if there is no such table. These calls
/// consume no capacity. A table that is there is compared with the model and never changed, but for this: if entities
/// have a `ttl`, DynamoDB's expiry is switched on where it is off (`DescribeTimeToLive`, `UpdateTimeToLive`).
///
/// # Errors
///
/// [`TableMismatch`](crate::ErrorKind::TableMismatch) if the table is there with another key, or lacks an
/// index; otherwise what DynamoDB answers.
///
/// # Cancel safety
///
/// A dropped future may leave a table that is still being created; call it again to wait for it.
#[derive(Debug)]
#[must_use = "no table is created until this is awaited"]
pub struct Create<T> {
    handle: Handle<T>,
}

/// What [`Create`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Creation {
    /// The table was missing, and is there now.
    Created,
    /// The table was there, with the keys and indexes of the model.
    Existing,
}

impl<T: Table> Create<T> {
    pub(crate) fn new(handle: Handle<T>) -> Self {
        Self { handle }
    }

    /// The request that creates the table.
    ///
    /// # Errors
    ///
    /// None in practice: the derive has checked the names that the request is made of.
    pub fn explain(&self) -> Result<CreateTableInput, Error> {
        table_definition::<T>(self.handle.name()).map_err(|error| Error::request(call::<T>(), error))
    }

    async fn run(self) -> Result<Metered<Creation>, Error> {
        let (client, name) = (self.handle.sdk(), self.handle.name());
        let caller = &self.handle.caller(&call::<T>());
        let wanted = self.explain()?;
        let created = match sdk::describe_table(caller, name).await {
            Ok(_) => Creation::Existing,
            Err(failure) if failure.code.as_deref() == Some("ResourceNotFoundException") => {
                match sdk::create_table(caller, wanted.clone()).await {
                    Ok(_) => Creation::Created,
                    // Somebody else was faster.
                    Err(failure) if failure.code.as_deref() == Some("ResourceInUseException") => {
                        Creation::Existing
                    }
                    Err(failure) => return Err(Error::sdk(call::<T>(), name, failure)),
                }
            }
            Err(failure) => return Err(Error::sdk(call::<T>(), name, failure)),
        };
        let waiter = client.wait_until_table_exists().table_name(name).wait(PATIENCE);
        let active = waiter.await.map_err(|error| Error::not_active(call::<T>(), error))?;
        let description = active.as_result().ok().and_then(|output| output.table.as_ref());
        if let Some(difference) = description.and_then(|table| difference(&wanted, table)) {
            return Err(Error::mismatch(call::<T>(), format!("table `{name}` is there, but {difference}")));
        }
        if let Some(attribute) = ttl_attribute::<T>() {
            self.expire_by(attribute).await?;
        }
        Ok(Cost::default().of(created))
    }

    /// Makes DynamoDB delete what is past its time. It is not part of creating a table, so that it may be off although
    /// the table was created here: this may have been interrupted.
    async fn expire_by(&self, attribute: &'static str) -> Result<(), Error> {
        let (caller, name) = (&self.handle.caller(&call::<T>()), self.handle.name());
        let failed = |failure| Error::sdk(call::<T>(), name, failure);
        let found = match sdk::describe_time_to_live(caller, name).await {
            Ok(found) => found.time_to_live_description,
            // Engines beside DynamoDB need not have it. What is past its time is not returned in any case.
            Err(failure) if failure.code.as_deref() == Some("UnknownOperationException") => return Ok(()),
            Err(failure) => return Err(failed(failure)),
        };
        let status = found.as_ref().and_then(|found| found.time_to_live_status());
        match (status, found.as_ref().and_then(|found| found.attribute_name())) {
            (Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling), Some(other))
                if other != attribute =>
            {
                let reason = format!(
                    "table `{name}` is there, but its items expire by `{other}`, and the model's by `{attribute}`"
                );
                Err(Error::mismatch(call::<T>(), reason))
            }
            (Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling), _) => Ok(()),
            _ => sdk::enable_time_to_live(caller, name, attribute).await.map(drop).map_err(failed),
        }
    }
}

impl<T: Table> IntoFuture for Create<T> {
    type Output = Result<Metered<Creation>, Error>;
    type IntoFuture = Sending<Creation>;

    fn into_future(self) -> Self::IntoFuture {
        Sending::new(self.run())
    }
}

fn call<T: Table>() -> Call {
    Call { operation: "create", entity: T::NAME, key: None }
}

fn table_definition<T: Table>(name: &str) -> Result<CreateTableInput, BuildError> {
    let table = Primary::<T>::PARTITION_KEY.iter().chain(Primary::<T>::SORT_KEY);
    let mut attributes: Vec<&KeyAttribute> =
        table.chain(T::INDEXES.iter().flat_map(IndexModel::attributes)).collect();
    attributes.sort_unstable_by_key(|attribute| attribute.name);
    attributes.dedup_by_key(|attribute| attribute.name);
    let mut definition = CreateTableInput::builder()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_key_schema(Some(key_schema(Primary::<T>::PARTITION_KEY, Primary::<T>::SORT_KEY)?));
    for attribute in attributes {
        let scalar = scalar_type(attribute.key_type);
        let attribute = AttributeDefinition::builder().attribute_name(attribute.name).attribute_type(scalar);
        definition = definition.attribute_definitions(attribute.build()?);
    }
    for index in T::INDEXES {
        let schema = Some(key_schema(index.partition_key, index.sort_key)?);
        let (name, projection) = (index.name, projection(index.projection));
        definition = match index.kind {
            IndexKind::Local => {
                let index = LocalSecondaryIndex::builder().index_name(name).set_key_schema(schema);
                definition.local_secondary_indexes(index.projection(projection).build()?)
            }
            IndexKind::Overloaded | IndexKind::Natural => {
                let index = GlobalSecondaryIndex::builder().index_name(name).set_key_schema(schema);
                definition.global_secondary_indexes(index.projection(projection).build()?)
            }
        };
    }
    definition.build()
}

fn scalar_type(key_type: KeyType) -> ScalarAttributeType {
    match key_type {
        KeyType::Text => ScalarAttributeType::S,
        KeyType::Number => ScalarAttributeType::N,
        KeyType::Binary => ScalarAttributeType::B,
    }
}

fn key_schema(
    partition: &[KeyAttribute],
    sort: &[KeyAttribute],
) -> Result<Vec<KeySchemaElement>, BuildError> {
    let element = |attribute: &KeyAttribute, role| {
        KeySchemaElement::builder().attribute_name(attribute.name).key_type(role).build()
    };
    let partition = partition.iter().map(|attribute| element(attribute, KeyRole::Hash));
    partition.chain(sort.iter().map(|attribute| element(attribute, KeyRole::Range))).collect()
}

/// The SDK has four types for an index: wanted and stored, global and local.
macro_rules! all_indexes {
    ($table:expr) => {{
        let mut indexes = Vec::new();
        for index in $table.global_secondary_indexes() {
            indexes.push(secondary!(index, "global"));
        }
        for index in $table.local_secondary_indexes() {
            indexes.push(secondary!(index, "local"));
        }
        indexes
    }};
}

macro_rules! secondary {
    ($index:expr, $kind:literal) => {
        Secondary {
            kind: $kind,
            name: Into::<Option<&str>>::into($index.index_name()),
            schema: $index.key_schema(),
            projection: $index.projection(),
        }
    };
}

/// What a stored table has otherwise than the model.
fn difference(wanted: &CreateTableInput, stored: &TableDescription) -> Option<String> {
    if wanted.key_schema() != stored.key_schema() {
        let (wanted, stored) = (describe(wanted.key_schema()), describe(stored.key_schema()));
        return Some(format!("its key is {stored}, and the model's is {wanted}"));
    }
    for wanted in wanted.attribute_definitions() {
        let same_name = |other: &&AttributeDefinition| other.attribute_name() == wanted.attribute_name();
        // An attribute that is missing belongs to an index that is missing.
        let Some(stored) = stored.attribute_definitions().iter().find(same_name) else { continue };
        if stored.attribute_type() != wanted.attribute_type() {
            return Some(format!(
                "its key attribute `{}` is of type `{}`, and the model's of `{}`",
                wanted.attribute_name(),
                stored.attribute_type(),
                wanted.attribute_type()
            ));
        }
    }
    let wanted_indexes = all_indexes!(wanted);
    let stored_indexes = all_indexes!(stored);
    wanted_indexes.iter().find_map(|index| {
        let same_name = |other: &&Secondary<'_>| other.name == index.name && other.kind == index.kind;
        let Some(stored) = stored_indexes.iter().find(same_name) else {
            return Some(format!("it has no {} index `{}`", index.kind, index.name?));
        };
        index_difference(index, stored)
    })
}

/// An index, of whatever kind, as it is wanted or stored.
struct Secondary<'a> {
    kind: &'static str,
    name: Option<&'a str>,
    schema: &'a [KeySchemaElement],
    projection: Option<&'a Projection>,
}

fn index_difference(wanted: &Secondary<'_>, stored: &Secondary<'_>) -> Option<String> {
    let name = wanted.name?;
    if wanted.schema != stored.schema {
        let (wanted, stored) = (describe(wanted.schema), describe(stored.schema));
        return Some(format!("the key of its index `{name}` is {stored}, and the model's is {wanted}"));
    }
    let (wanted, stored) = (projected(wanted.projection), projected(stored.projection));
    (wanted != stored)
        .then(|| format!("its index `{name}` stores {stored} of each item, and the model's stores {wanted}"))
}

/// What an index stores of each item, in words.
fn projected(projection: Option<&Projection>) -> String {
    match projection.and_then(Projection::projection_type) {
        Some(ProjectionType::KeysOnly) => "the keys".to_owned(),
        Some(ProjectionType::Include) => {
            let names = projection.map(Projection::non_key_attributes).unwrap_or_default();
            let mut names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            names.sort_unstable();
            format!("the keys and {}", names.join(", "))
        }
        _ => "everything".to_owned(),
    }
}

fn projection(projection: IndexProjection) -> Projection {
    let (kind, names) = match projection {
        IndexProjection::All => (ProjectionType::All, None),
        IndexProjection::Keys => (ProjectionType::KeysOnly, None),
        IndexProjection::Include(names) => (ProjectionType::Include, Some(names)),
    };
    let names = names.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
    Projection::builder().projection_type(kind).set_non_key_attributes(names).build()
}

fn describe(schema: &[KeySchemaElement]) -> String {
    let names: Vec<_> = schema.iter().map(|element| format!("`{}`", element.attribute_name())).collect();
    names.join(" and ")
}
