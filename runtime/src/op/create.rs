//! Creating the table from its model: `DescribeTable`, and `CreateTable` where it is missing.

use std::future::IntoFuture;
use std::time::Duration;

use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType as KeyRole, Projection,
    ProjectionType, ScalarAttributeType, TableDescription,
};

use crate::error::{Call, Error};
use crate::handle::{Handle, Sending};
use crate::index::{Index, Primary};
use crate::metered::{Cost, Metered};
use crate::model::{IndexModel, KeyAttribute};
use crate::proof::KeyType;
use crate::sdk;
use crate::table::Table;

/// How long a new table may take to become active.
const PATIENCE: Duration = Duration::from_secs(600);

/// Creates the table and its indexes if the table is missing, and waits until it is active.
///
/// It calls `DescribeTable`, and `CreateTable` (pay per request) if there is no such table. These calls
/// consume no capacity. A table that is there is compared with the model and never changed.
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
        let wanted = self.explain()?;
        let created = match sdk::describe_table(client, name).await {
            Ok(_) => Creation::Existing,
            Err(failure) if failure.code.as_deref() == Some("ResourceNotFoundException") => {
                match sdk::create_table(client, wanted.clone()).await {
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
        let active = waiter.await.map_err(|error| Error::request(call::<T>(), error))?;
        let description = active.as_result().ok().and_then(|output| output.table.as_ref());
        if let Some(difference) = description.and_then(|table| difference(&wanted, table)) {
            return Err(Error::mismatch(call::<T>(), format!("table `{name}` is there, but {difference}")));
        }
        Ok(Cost::default().of(created))
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
        let projection = Projection::builder().projection_type(ProjectionType::All).build();
        let schema = key_schema(index.partition_key, index.sort_key)?;
        let index = GlobalSecondaryIndex::builder().index_name(index.name).set_key_schema(Some(schema));
        definition = definition.global_secondary_indexes(index.projection(projection).build()?);
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
    for index in wanted.global_secondary_indexes() {
        let same_name = |other: &&_| named(other) == Some(index.index_name());
        let Some(stored) = stored.global_secondary_indexes().iter().find(same_name) else {
            return Some(format!("it has no index `{}`", index.index_name()));
        };
        if stored.key_schema() != index.key_schema() {
            let (wanted, stored) = (describe(index.key_schema()), describe(stored.key_schema()));
            return Some(format!(
                "the key of its index `{}` is {stored}, and the model's is {wanted}",
                index.index_name()
            ));
        }
    }
    None
}

fn named(index: &aws_sdk_dynamodb::types::GlobalSecondaryIndexDescription) -> Option<&str> {
    index.index_name()
}

fn describe(schema: &[KeySchemaElement]) -> String {
    let names: Vec<_> = schema.iter().map(|element| format!("`{}`", element.attribute_name())).collect();
    names.join(" and ")
}
