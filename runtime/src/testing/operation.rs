//! The operations of DynamoDB, as requests name them.

use std::fmt;

macro_rules! operations {
    ($($name:ident)+) => {
        /// An operation of DynamoDB.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Operation {
            $(#[doc = concat!("`", stringify!($name), "`.")] $name,)+
            /// One that is not listed here.
            Other,
        }

        impl Operation {
            /// The operation of a request's header, such as `DynamoDB_20120810.GetItem`.
            pub(super) fn of(target: &str) -> Self {
                let name = target.rsplit_once('.').map_or(target, |(_, name)| name);
                match name {
                    $(stringify!($name) => Self::$name,)+
                    _ => Self::Other,
                }
            }
        }
    };
}

operations! {
    GetItem PutItem UpdateItem DeleteItem
    Query Scan
    BatchGetItem BatchWriteItem
    TransactGetItems TransactWriteItems
    ExecuteStatement BatchExecuteStatement ExecuteTransaction
    CreateTable DeleteTable DescribeTable UpdateTable ListTables
    UpdateTimeToLive DescribeTimeToLive
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
