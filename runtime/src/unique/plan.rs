//! Which markers a write changes.

use std::borrow::Cow;

use aws_sdk_dynamodb::types::AttributeValue;

use super::marker::{self, Unfit};
use crate::entity::Entity;
use crate::error::{Call, Error};
use crate::expr::update::{Action, Clause};
use crate::item::{EncodedItem, HasAttributes, Item};
use crate::model::UniqueModel;
use crate::op::guard::{Guarded, Meaning, OfMarker};
use crate::op::write::{Kind, Write};
use crate::table::Table;

/// What a write does to the markers of its item.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    type_name: &'static str,
    /// Those whose values may change.
    constraints: Vec<&'static UniqueModel>,
    pub(crate) layout: Layout,
    change: Change,
    /// What is known of the item as it is now.
    pub(crate) known: Known,
}

/// The attributes that the table has for itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) partition: &'static str,
    pub(crate) sort: Option<&'static str>,
    pub(crate) type_attribute: Option<&'static str>,
}

/// What becomes of the attributes.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// They are those of the item that is put.
    Whole,
    Gone,
    /// Some of them.
    Some(Vec<(&'static str, Touch)>),
}

#[derive(Debug, Clone)]
pub(crate) enum Touch {
    Is(Option<AttributeValue>),
    IfAbsent(AttributeValue),
    /// It depends on what is stored in a way that is not followed here.
    Computed,
}

/// What is known of an item before it is written.
#[derive(Debug, Clone)]
pub(crate) enum Known {
    /// It has to be read.
    Nothing,
    /// The condition of the write says that it is not there.
    Absent,
    /// The caller has it.
    Item(Item),
}

/// What constraints are called, in an error.
pub(crate) fn constraint_names<'m>(constraints: impl IntoIterator<Item = &'m UniqueModel>) -> String {
    let names = constraints.into_iter().map(|constraint| format!("`{}`", marker::name(constraint)));
    names.collect::<Vec<_>>().join(", ")
}

impl Plan {
    /// None if the entity has no constraints.
    pub(crate) fn of<E: Entity>(change: Change, known: Known) -> Option<Self> {
        if E::MODEL.unique.is_empty() {
            return None;
        }
        let touches = |constraint: &&UniqueModel| match &change {
            Change::Some(touched) => {
                touched.iter().any(|(attribute, _)| constraint.attributes.contains(attribute))
            }
            Change::Whole | Change::Gone => true,
        };
        let constraints: Vec<_> = E::MODEL.unique.iter().filter(touches).collect();
        let layout = Layout {
            partition: E::Table::PARTITION_KEY,
            sort: E::Table::SORT_KEY,
            type_attribute: E::Table::TYPE_ATTRIBUTE,
        };
        let type_name = E::MODEL.type_name;
        (!constraints.is_empty()).then_some(Self { type_name, constraints, layout, change, known })
    }

    /// Of an update.
    pub(crate) fn of_update<E: Entity>(clauses: &[Clause], known: Known) -> Option<Self> {
        if E::MODEL.unique.is_empty() {
            return None;
        }
        let touched = clauses.iter().map(|clause| {
            let touch = match (&clause.action, clause.whole()) {
                (Action::Set(value), Some(_)) => Touch::Is(Some(value.attribute_value().into_owned())),
                (Action::Remove, Some(_)) => Touch::Is(None),
                (Action::SetIfAbsent(value), Some(_)) => {
                    Touch::IfAbsent(value.attribute_value().into_owned())
                }
                _ => Touch::Computed,
            };
            (clause.path.attribute, touch)
        });
        Self::of::<E>(Change::Some(touched.collect()), known)
    }

    /// What the constraints are called, in an error.
    pub(crate) fn names(&self) -> String {
        constraint_names(self.constraints.iter().copied())
    }

    /// The attributes that the markers are made of.
    fn attributes(&self) -> impl Iterator<Item = &'static str> {
        let mut seen = Vec::new();
        for attribute in self.constraints.iter().flat_map(|constraint| constraint.attributes) {
            if !seen.contains(attribute) {
                seen.push(*attribute);
            }
        }
        seen.into_iter()
    }

    /// Whether two states of the item are the same to the markers.
    pub(crate) fn same(&self, one: Option<&Item>, other: Option<&Item>) -> bool {
        self.attributes()
            .all(|name| one.and_then(|item| item.get(name)) == other.and_then(|item| item.get(name)))
    }

    /// The write with all that goes with it, where the item is `old` now.
    pub(crate) fn writes(&self, mut write: Write, old: Option<&Item>) -> Result<Vec<Write>, Error> {
        let mut markers = Vec::new();
        let holder = self.holder(&write);
        for constraint in &self.constraints {
            let before = |name: &str| old.and_then(|item| item.get(name)).cloned();
            let after = |name: &str| self.after(name, &write, old);
            if constraint.attributes.iter().any(|name| matches!(self.touch(name), Some(Touch::Computed))) {
                return Err(Error::refused(write.call.clone(), computed(constraint)));
            }
            let key = |result: Result<_, Unfit>| {
                result.map_err(|unfit| unfit_value(&write.call, constraint, &unfit))
            };
            // What is stored may be of another form than the entity's: then no marker can be its.
            let old_key = marker::key(self.layout, self.type_name, constraint, before).unwrap_or_default();
            let new_key = key(marker::key(self.layout, self.type_name, constraint, after))?;
            if old_key == new_key {
                continue;
            }
            markers.extend(old_key.map(|key| self.release(&write, key, &holder)));
            markers.extend(new_key.map(|key| self.claim(&write, constraint, &key, &holder)));
        }
        if !matches!(self.known, Known::Absent) {
            let expected = self.attributes().map(|name| (name, old.and_then(|item| item.get(name)).cloned()));
            write.guarded.require(expected.collect());
        }
        markers.insert(0, write);
        Ok(markers)
    }

    /// The same as actions of a transaction, before which nothing is read.
    pub(crate) fn in_transaction(&self, write: Write) -> Result<Vec<Write>, Error> {
        match &self.known {
            Known::Absent => self.writes(write, None),
            Known::Item(item) => self.writes(write, Some(&item.clone())),
            Known::Nothing => {
                let reason = format!(
                    "it changes {}, and a transaction reads nothing first to see what is given up; say what the item is \
                     now with `.was(&old)`, or use `insert`",
                    self.names()
                );
                Err(Error::refused(write.call, reason))
            }
        }
    }

    fn touch(&self, name: &str) -> Option<&Touch> {
        match &self.change {
            Change::Some(touched) => {
                touched.iter().find(|(attribute, _)| *attribute == name).map(|(_, touch)| touch)
            }
            Change::Whole | Change::Gone => None,
        }
    }

    fn after(&self, name: &str, write: &Write, old: Option<&Item>) -> Option<AttributeValue> {
        let before = || old.and_then(|item| item.get(name)).cloned();
        match (&self.change, self.touch(name)) {
            (Change::Whole, _) => write.item()?.value(name).map(Cow::into_owned),
            (Change::Gone, _) => None,
            (Change::Some(_), Some(Touch::Is(value))) => value.clone(),
            (Change::Some(_), Some(Touch::IfAbsent(value))) => before().or_else(|| Some(value.clone())),
            (Change::Some(_), Some(Touch::Computed) | None) => before(),
        }
    }

    /// The key of the item, as its markers have it.
    pub(super) fn holder(&self, write: &Write) -> Item {
        let key = |name: &str| Some((name.to_owned(), write.value(name)?.into_owned()));
        key(self.layout.partition).into_iter().chain(self.layout.sort.and_then(key)).collect()
    }

    /// Free, or held by this item already: a marker that is left from an item of the same key does no harm.
    fn claim(&self, write: &Write, constraint: &UniqueModel, key: &Item, holder: &Item) -> Write {
        let item = EncodedItem::from(&marker::item(self.layout, key, holder));
        self.marker(write, Kind::Put { item: item.into() }, holder, OfMarker::Claim(marker::name(constraint)))
    }

    /// Another item's is left alone; that it is missing does no harm.
    fn release(&self, write: &Write, key: Item, holder: &Item) -> Write {
        self.marker(write, Kind::Delete { key }, holder, OfMarker::Release)
    }

    fn marker(&self, write: &Write, kind: Kind, holder: &Item, of: OfMarker) -> Write {
        let names = [("#0", self.layout.partition), ("#1", marker::HOLDER)];
        let guarded = Guarded {
            condition: Some("attribute_not_exists(#0) OR #1 = :0".to_owned()),
            names: Some(names.map(|(name, attribute)| (name.to_owned(), attribute.to_owned())).into()),
            values: Some([(":0".to_owned(), AttributeValue::M(holder.clone()).into())].into()),
            meaning: Meaning::of_marker(of),
        };
        Write::new(write.call.clone(), &write.table, kind, guarded, None)
    }
}

fn computed(constraint: &UniqueModel) -> String {
    format!(
        "`{}` needs to know the value before it is written; set it, or remove it, and nothing inside of it",
        marker::name(constraint)
    )
}

fn unfit_value(call: &Call, constraint: &UniqueModel, unfit: &Unfit) -> Error {
    let name = marker::name(constraint);
    let reason = match unfit {
        Unfit::Form(attribute) => format!(
            "`{name}` is of text, numbers, binary and booleans, and attribute `{attribute}` has another form"
        ),
        Unfit::TooLong => {
            format!(
                "`{name}` makes a key of the value, and it is longer than the 2048 bytes of a partition key"
            )
        }
    };
    Error::refused(call.clone(), reason)
}
