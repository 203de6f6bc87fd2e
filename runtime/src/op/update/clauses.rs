//! The clauses of an update, and those that follow from them: index keys, and what a new item needs.

use std::time::SystemTime;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::expr::field::Field;
use crate::expr::problem::Problem;
use crate::expr::role::Stores;
use crate::expr::update::{Action, Clause, check_overlap};
use crate::index_keys::{IndexKeys, PartSource, Touched};
use crate::item::{EncodeError, Item, check_ttl_value};
use crate::key::attribute::check_item;
use crate::key::{KeyError, KeyProblem, KeyValue};
use crate::table::Table;

/// What an update says, and the first thing that is wrong with it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clauses {
    list: Vec<Clause>,
    problem: Option<Problem>,
    /// The fields among them that index keys are composed of.
    pub(crate) touched: Touched,
}

/// Why an update is not sent.
pub(crate) enum Refused {
    Item(EncodeError),
    Update(Problem),
    Key(KeyError),
}

impl Refused {
    pub(crate) fn of(self, call: Call) -> Error {
        match self {
            Self::Update(problem) => Error::update(call, &problem),
            Self::Key(error) => Error::key(call, error),
            Self::Item(error) => Error::encode(call, error),
        }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Update(problem)
    }
}

impl From<EncodeError> for Refused {
    fn from(error: EncodeError) -> Self {
        Self::Item(error)
    }
}

impl From<KeyError> for Refused {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl Clauses {
    pub(crate) fn push(&mut self, clause: Result<Clause, Problem>) {
        self.push_if_any(clause.map(Some));
    }

    pub(crate) fn push_if_any(&mut self, clause: Result<Option<Clause>, Problem>) {
        match clause {
            Ok(clause) => self.list.extend(clause),
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
    }

    /// Everything that is said of an item that is there.
    pub(crate) fn of_existing<E: Entity>(
        &self,
        key: &E::Key,
        now: SystemTime,
    ) -> Result<Vec<Clause>, Refused> {
        let mut clauses = self.checked()?;
        if clauses.is_empty() {
            return Err(Problem::Nothing.into());
        }
        let mut touched = self.touched.clone();
        clauses.extend(E::MANAGED.clauses(false, now, &mut touched)?);
        add_index_keys::<E>(&mut clauses, key, &touched, IndexKeys::of_existing())?;
        Ok(clauses)
    }

    /// Everything that is said of an item that may come into being.
    pub(crate) fn of_new<E: Entity>(&self, key: &E::Key, now: SystemTime) -> Result<Vec<Clause>, Refused> {
        let mut clauses = self.checked()?;
        let mut attributes = KeyAttributes(Vec::new());
        E::key_attributes(key, &mut attributes);
        for clause in attributes.0 {
            clauses.push(clause?);
        }
        let mut touched = self.touched.clone();
        clauses.extend(E::MANAGED.clauses(true, now, &mut touched)?);
        check_complete::<E>(&clauses)?;
        // The key of the item is there by itself.
        clauses.retain(|clause| !clause.whole().is_some_and(is_of_table_key::<E::Table>));
        clauses.extend(E::Table::TYPE_ATTRIBUTE.map(|attribute| {
            Clause::attribute(attribute, Action::Set(AttributeValue::S(E::MODEL.type_name.to_owned()).into()))
        }));
        add_index_keys::<E>(&mut clauses, key, &touched, IndexKeys::of_new())?;
        Ok(clauses)
    }

    fn checked(&self) -> Result<Vec<Clause>, Problem> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        check_overlap(&self.list)?;
        Ok(self.list.clone())
    }
}

/// The keys that change with the fields, and what DynamoDB would refuse of the outcome.
fn add_index_keys<E: Entity>(
    clauses: &mut Vec<Clause>,
    key: &E::Key,
    touched: &Touched,
    mut keys: IndexKeys,
) -> Result<(), Refused> {
    E::index_keys(&PartSource::<E>::update(key, touched), &mut keys);
    for (attribute, value) in keys.finish()? {
        // An index can be over the table's own key.
        if !is_of_table_key::<E::Table>(attribute) {
            add_half(clauses, attribute, value)?;
        }
    }
    check_natural::<E::Table>(clauses)?;
    for clause in clauses.iter().filter(|clause| clause.whole() == E::MODEL.ttl) {
        if let (Some(attribute), Action::Set(value) | Action::SetIfAbsent(value)) =
            (clause.whole(), &clause.action)
        {
            check_ttl_value(attribute, &value.attribute_value())?;
        }
    }
    Ok(())
}

/// A field may be stored under the name of its key, and two indexes may share an attribute: as long as all say the
/// same of it.
fn add_half(
    clauses: &mut Vec<Clause>,
    attribute: &'static str,
    value: Option<KeyValue>,
) -> Result<(), KeyError> {
    let action = value.map_or(Action::Remove, |value| Action::Set(AttributeValue::from(value).into()));
    match clauses.iter().find(|clause| clause.path.attribute == attribute) {
        None => clauses.push(Clause::attribute(attribute, action)),
        Some(clause) if clause.whole().is_some() && clause.action == action => {}
        Some(_) => return Err(KeyError { attribute, template: "", problem: KeyProblem::StoredOtherwise }),
    }
    Ok(())
}

/// What is set of the attributes of natural indexes has to suit them.
fn check_natural<T: Table>(clauses: &[Clause]) -> Result<(), KeyError> {
    let is_of_key =
        |name: &str| T::INDEXES.iter().any(|index| index.attributes().any(|key| key.name == name));
    let set = clauses.iter().filter_map(|clause| match &clause.action {
        Action::Set(value) | Action::SetIfAbsent(value) => {
            let name = clause.whole().filter(|name| is_of_key(name))?;
            Some((name.to_owned(), value.attribute_value().into_owned()))
        }
        _ => None,
    });
    let item: Item = set.collect();
    check_item(T::INDEXES, &item)
}

/// Refuses to create what could not be read.
fn check_complete<E: Entity>(clauses: &[Clause]) -> Result<(), Problem> {
    let gives = |clause: &Clause| !matches!(clause.action, Action::Remove | Action::Delete(_));
    let given = |name: &str| clauses.iter().any(|clause| clause.whole() == Some(name) && gives(clause));
    let mut required = E::MODEL.attributes.iter().filter(|attribute| attribute.required);
    match required.find(|attribute| !given(attribute.name)) {
        Some(missing) => Err(Problem::Incomplete(missing.field)),
        None => Ok(()),
    }
}

fn is_of_table_key<T: Table>(attribute: &str) -> bool {
    T::PARTITION_KEY == attribute || T::SORT_KEY == Some(attribute)
}

/// The attributes that serde makes of a key.
#[doc(hidden)]
#[derive(Debug)]
pub struct KeyAttributes(Vec<Result<Clause, Problem>>);

impl KeyAttributes {
    /// One field of the key.
    pub fn add<E, T, R: Stores<T>>(&mut self, field: &Field<E, T, R>, value: &T) {
        self.0.push(field.set(value));
    }
}
