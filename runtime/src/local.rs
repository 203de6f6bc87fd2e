//! The configuration of a client that talks to no network.

use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Config, Credentials, Region};

/// All but the HTTP client.
pub(crate) fn config() -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        // Signing wants them; nobody looks.
        .credentials_provider(Credentials::new("local", "local", None, None, "monotable"))
        .region(Region::new("local"))
        .endpoint_url("http://local.invalid")
}
