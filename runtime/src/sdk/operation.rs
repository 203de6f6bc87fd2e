//! The SDK's configuration of an operation, which has its serialiser and its deserialiser.

/// A function that gives it, made once.
macro_rules! operation {
    ($operation:expr) => {
        fn operation() -> &'static aws_smithy_types::config_bag::FrozenLayer {
            use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin as _;
            use aws_smithy_types::config_bag::{FrozenLayer, Layer};
            static CONFIG: std::sync::LazyLock<FrozenLayer> = std::sync::LazyLock::new(|| {
                $operation.config().unwrap_or_else(|| Layer::new("no configuration").freeze())
            });
            &CONFIG
        }
    };
}
pub(super) use operation;
