//! A write as one of the actions of a transaction.

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{ConditionCheck, Delete, Put, TransactWriteItem, Update};

use super::{Kind, Write};
use crate::op::guard::Guarded;
use crate::sdk::Filling;

impl Write {
    /// The action, whose item and large values are not in it yet.
    pub(crate) fn action(self, filling: &mut Filling) -> Result<TransactWriteItem, BuildError> {
        let on_failure = self.guarded.on_failure();
        let Self { table, kind, guarded, .. } = self;
        let Guarded { condition, names, values, .. } = guarded;
        let action = TransactWriteItem::builder();
        let values = filling.take_values(values);
        Ok(match kind {
            Kind::Put { item } => action.put(
                Put::builder()
                    .table_name(table)
                    .set_item(Some(filling.take_item(item)))
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .set_return_values_on_condition_check_failure(on_failure)
                    .build()?,
            ),
            Kind::Update { key, expression } => action.update(
                Update::builder()
                    .table_name(table)
                    .set_key(Some(key))
                    .set_update_expression(expression)
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .set_return_values_on_condition_check_failure(on_failure)
                    .build()?,
            ),
            Kind::Delete { key } => action.delete(
                Delete::builder()
                    .table_name(table)
                    .set_key(Some(key))
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .set_return_values_on_condition_check_failure(on_failure)
                    .build()?,
            ),
            Kind::Check { key } => action.condition_check(
                ConditionCheck::builder()
                    .table_name(table)
                    .set_key(Some(key))
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .set_return_values_on_condition_check_failure(on_failure)
                    .build()?,
            ),
        }
        .build())
    }
}
