//! The names of our attributes, and which are allowed where.

/// For modules where rustc resolves no `#[diagnostic::..]`.
pub(crate) const NO_IMPLICIT_PRELUDE: &str = "no_implicit_prelude";

pub(crate) const ENTITY: Names = Names {
    attribute: "entity",
    place: "a struct",
    names: &[
        "table",
        "pk",
        "sk",
        "index",
        "unique",
        "query",
        "type",
        "singleton",
        NO_IMPLICIT_PRELUDE,
        "crate",
    ],
    elsewhere: &[
        ("name", "on the table's enum, in `#[table(name = \"..\")]`"),
        ("untyped", "on the table's enum, in `#[table(untyped)]`"),
        ("const", "on a field, not on the struct"),
        ("version", "on a field, not on the struct"),
        ("created_at", "on a field, not on the struct"),
        ("updated_at", "on a field, not on the struct"),
        ("ttl", "on a field, not on the struct"),
        ("null", "on a field, not on the struct"),
    ],
};
pub(crate) const ENTITY_INDEX: Names = Names {
    attribute: "index",
    place: "an entity's index",
    names: &["pk", "sk", "query"],
    elsewhere: &[
        ("name", "on the table's index, in `#[table(index(.., name = \"..\"))]`"),
        ("local", "on the table's index, in `#[table(index(.., local, sk = \"..\"))]`"),
        ("templates", "on the table's index, in `#[table(index(.., templates, pk = [PK2: N]))]`"),
        ("projection", "on the table's index, in `#[table(index(.., projection = keys))]`"),
        ("table", "on the struct, in `#[entity(table = ..)]`"),
    ],
};
pub(crate) const ENTITY_FIELD: Names = Names {
    attribute: "entity",
    place: "a field",
    names: &["const", "version", "created_at", "updated_at", "ttl", "null"],
    elsewhere: &[
        ("table", "on the struct, not on a field"),
        ("pk", "on the struct, not on a field"),
        ("sk", "on the struct, not on a field"),
        ("index", "on the struct, not on a field"),
        ("unique", "on the struct, with the names of fields: `unique(email)`"),
        ("query", "on the struct, not on a field"),
        ("type", "on the struct, not on a field"),
        ("singleton", "on the struct, not on a field"),
        (NO_IMPLICIT_PRELUDE, "on the struct, not on a field"),
    ],
};
pub(crate) const FIELDS: Names = Names {
    attribute: "fields",
    place: "a struct",
    names: &["crate"],
    elsewhere: &[("const", "on a field, not on the struct")],
};
pub(crate) const FIELDS_FIELD: Names = Names {
    attribute: "fields",
    place: "a field",
    names: &["const"],
    elsewhere: &[
        ("crate", "on the struct, not on a field"),
        ("version", "on a field of an entity"),
        ("created_at", "on a field of an entity"),
        ("updated_at", "on a field of an entity"),
        ("ttl", "on a field of an entity"),
        ("null", "on a field of an entity"),
    ],
};
pub(crate) const TABLE: Names = Names {
    attribute: "table",
    place: "a table",
    names: &["name", "pk", "sk", "type", "untyped", "delimiter", "index", NO_IMPLICIT_PRELUDE, "crate"],
    elsewhere: &[
        ("query", "on an entity, in `#[entity(query = ..)]`"),
        ("table", "on an entity, in `#[entity(table = ..)]`"),
    ],
};
pub(crate) const TABLE_INDEX: Names = Names {
    attribute: "index",
    place: "a table's index",
    names: &["name", "local", "pk", "sk", "templates", "projection"],
    elsewhere: &[("query", "on the entity's index, in `#[entity(index(.., query = ..))]`")],
};
pub(crate) const COLLECTION: Names = Names {
    attribute: "collection",
    place: "a collection",
    names: &["of", "index", "crate"],
    elsewhere: &[("table", "on an entity, in `#[entity(table = ..)]`")],
};
pub(crate) const PROJECTION: Names = Names {
    attribute: "projection",
    place: "a projection",
    names: &["entity", "index", "crate"],
    elsewhere: &[("table", "on the entity, in `#[entity(table = ..)]`")],
};
pub(crate) const KEY: Names = Names {
    attribute: "key",
    place: "an enum",
    names: &["rename_all", "crate"],
    elsewhere: &[("rename", "on a variant, not on the enum")],
};
pub(crate) const KEY_NEWTYPE: Names = Names {
    attribute: "key",
    place: "a newtype",
    names: &["crate"],
    elsewhere: &[("rename_all", "on an enum, not on a newtype"), ("rename", "on a variant of an enum")],
};
pub(crate) const KEY_VARIANT: Names = Names {
    attribute: "key",
    place: "a variant",
    names: &["rename"],
    elsewhere: &[("rename_all", "on the enum, not on a variant")],
};

/// The attribute names that one place admits.
pub(crate) struct Names {
    /// The attribute that holds them.
    pub(crate) attribute: &'static str,
    /// What it stands on.
    pub(crate) place: &'static str,
    pub(crate) names: &'static [&'static str],
    /// Names of ours that belong to another place, and to which.
    pub(crate) elsewhere: &'static [(&'static str, &'static str)],
}
