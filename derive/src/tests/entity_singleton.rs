// #[entity(table = Shop, pk = "CONFIG", sk = "CONFIG", singleton)]
// struct Config {
//     color: String,
// }

///The primary key of [`Config`]: `"CONFIG"`, `"CONFIG"`.
struct ConfigKey;
///A query of [`Config`] by `"CONFIG"`; the sort key is `"CONFIG"`; see [`Config::by_primary`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct ConfigByPrimary<S = ::monotable::__private::At0>(
    ::monotable::__private::Steps<S>,
);
#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    deprecated,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_qualifications,
)]
const _: () = {
    #[allow(unused_imports)]
    use ::monotable::__private as __p;
    const __PARTITION: __p::Place<()> = __p::Place::new(
        <::monotable::Primary<
            <Config as ::monotable::Entity>::Table,
        > as ::monotable::Index>::PARTITION,
        "CONFIG",
        &[__p::Literal("CONFIG")],
    );
    const __SORT: __p::Place<()> = __p::Place::new(
        <::monotable::Primary<
            <Config as ::monotable::Entity>::Table,
        > as ::monotable::Index>::SORT,
        "CONFIG",
        &[__p::Literal("CONFIG")],
    );
    const _: () = <Config as ::monotable::InTable<
        <Config as ::monotable::Entity>::Table,
    >>::HOLDS;
    #[automatically_derived]
    impl ::core::clone::Clone for ConfigKey {
        fn clone(&self) -> Self {
            ConfigKey {}
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for ConfigKey {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_struct("ConfigKey").finish()
        }
    }
    #[automatically_derived]
    impl ::core::cmp::PartialEq for ConfigKey {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            true
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for ConfigKey {}
    #[automatically_derived]
    impl ::core::hash::Hash for ConfigKey {
        fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {}
    }
    impl ConfigKey {
        ///Takes a stored key of `"CONFIG"` and `"CONFIG"` apart.
        ///
        /// # Errors
        ///
        /// If it is not such a key: what is accepted is exactly what the key is written as.
        #[allow(dead_code)]
        fn parse(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            <ConfigKey as ::monotable::EntityKey>::from_keys(
                partition_key,
                __p::Some(sort_key),
            )
        }
    }
    #[automatically_derived]
    impl ::monotable::EntityKey for ConfigKey {
        type Entity = Config;
        fn partition_key(
            &self,
        ) -> __p::Result<::monotable::KeyValue, ::monotable::KeyError> {
            __PARTITION.key(())
        }
        fn sort_key(
            &self,
        ) -> __p::Result<__p::Option<::monotable::KeyValue>, ::monotable::KeyError> {
            __p::Ok(__p::Some(__SORT.key(())?))
        }
        fn from_keys(
            __partition: &::core::primitive::str,
            __sort: __p::Option<&::core::primitive::str>,
        ) -> __p::Result<Self, ::monotable::KeyError> {
            let ((), ()) = __p::read(&__PARTITION, &__SORT, __partition, __sort)?;
            __p::Ok(ConfigKey {})
        }
    }
    #[automatically_derived]
    impl<__T: ::monotable::Table> ::monotable::KeySet<__T> for ConfigKey
    where
        Config: ::monotable::InTable<__T>,
    {
        type Found = __p::Option<Config>;
        type Shape = __p::OneKey<Config>;
        fn add_to(self, __keys: &mut __p::Keys<__T>) -> Self::Shape {
            __p::add_key(self, __keys)
        }
    }
    #[automatically_derived]
    impl ::monotable::Entity for Config {
        type Table = Shop;
        type Key = ConfigKey;
        const MODEL: ::monotable::EntityModel = {
            #[allow(unused_imports)]
            use __p::UnknownForm as _;
            ::monotable::EntityModel::new(
                "Config",
                "Config",
                &[
                    __p::Key::primary(
                        __PARTITION.template(),
                        __p::Some(__SORT.template()),
                    ),
                ],
                &[
                    ::monotable::AttributeModel::new(
                        "color",
                        "color",
                        true,
                        __p::FormOf::<String>::FORM,
                    ),
                ],
            )
        };
        const STORAGE: __p::Storage<Self> = <Config as __p::Storable>::STORAGE;
        fn key(&self) -> ConfigKey {
            ConfigKey {}
        }
        fn key_values(
            &self,
            __buffers: &mut [__p::String; 2],
        ) -> __p::Result<
            (::monotable::KeyValue, __p::Option<::monotable::KeyValue>),
            ::monotable::KeyError,
        > {
            __p::Ok((
                __PARTITION.key_in(&mut __buffers[0usize], ())?,
                __p::Some(__SORT.key_in(&mut __buffers[1usize], ())?),
            ))
        }
    }
    #[allow(dead_code)]
    impl Config {
        ///The field `color` of [`Config`], for conditions and updates.
        const COLOR: ::monotable::Field<Self, String> = ::monotable::Field::required(
            "color",
        );
        ///[`Config`]s with the partition key `"CONFIG"`; the sort key is `"CONFIG"`.
        fn by_primary() -> ConfigByPrimary {
            ConfigByPrimary(
                __p::Steps::new(&__PARTITION, __p::Some(__SORT.untyped()), ()),
            )
        }
    }
    const _: () = {
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for ConfigByPrimary<S> {
            type Entity = Config;
            type Index = ::monotable::Primary<<Config as ::monotable::Entity>::Table>;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[diagnostic::on_unimplemented(
            message = "this query of `Config::by_primary(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"CONFIG\": take the step that tells `Config` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait ConfigByPrimarySelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl<S> ConfigByPrimarySelectsOneEntity for S
        where
            S: __p::Reaches<
                {
                    __p::typed_from::<
                        <Config as ::monotable::Entity>::Table,
                    >("Config", 0usize)
                },
            >,
        {}
        #[automatically_derived]
        impl<S: ConfigByPrimarySelectsOneEntity> ::monotable::TypedQuery
        for ConfigByPrimary<S> {
            type Entity = <Self as ::monotable::KeyQuery>::Entity;
            type Index = <Self as ::monotable::KeyQuery>::Index;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
};
