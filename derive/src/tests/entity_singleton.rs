// #[entity(table = Shop, pk = "CONFIG", sk = "CONFIG", singleton)]
// struct Config {
//     color: String,
// }

///The primary key of [`Config`]: `"CONFIG"`, `"CONFIG"`.
struct ConfigKey;
///A query of [`Config`] by `"CONFIG"`; the sort key is `"CONFIG"`; see [`Config::by_primary`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct ConfigByPrimary<S = ::monotable::__private::At<0>>(
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
    const __PARTITION: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::partition(
        <::monotable::Primary<
            <Config as ::monotable::Entity>::Table,
        > as ::monotable::Index>::PARTITION_KEY,
        ::monotable::__private::Source {
            text: "CONFIG",
            delimiter: <<Config as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[::monotable::__private::Segment::Literal("CONFIG")],
            native: ::core::option::Option::None,
        },
    );
    const __SORT: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::sort(
        <::monotable::Primary<
            <Config as ::monotable::Entity>::Table,
        > as ::monotable::Index>::SORT_KEY,
        ::monotable::__private::Source {
            text: "CONFIG",
            delimiter: <<Config as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[::monotable::__private::Segment::Literal("CONFIG")],
            native: ::core::option::Option::None,
        },
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
                ::core::option::Option::Some(sort_key),
            )
        }
    }
    #[automatically_derived]
    impl ::monotable::EntityKey for ConfigKey {
        type Entity = Config;
        fn partition_key(
            &self,
        ) -> ::core::result::Result<::monotable::KeyValue, ::monotable::KeyError> {
            ::monotable::__private::key_value(
                &__PARTITION,
                |__key| {
                    __key.literal("CONFIG");
                    ::core::result::Result::Ok(())
                },
            )
        }
        fn sort_key(
            &self,
        ) -> ::core::result::Result<
            ::core::option::Option<::monotable::KeyValue>,
            ::monotable::KeyError,
        > {
            ::monotable::__private::key_value(
                    &__SORT,
                    |__key| {
                        __key.literal("CONFIG");
                        ::core::result::Result::Ok(())
                    },
                )
                .map(::core::option::Option::Some)
        }
        fn from_keys(
            __partition: &::core::primitive::str,
            __sort: ::core::option::Option<&::core::primitive::str>,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            #[allow(unused_imports)]
            use ::monotable::__private::InPart as _;
            let [] = __PARTITION.split::<0usize>(__partition)?;
            let [] = __SORT
                .split::<0usize>(::monotable::__private::sort_key_of(&__SORT, __sort)?)?;
            ::core::result::Result::Ok(ConfigKey {})
        }
    }
    #[automatically_derived]
    impl<__T: ::monotable::Table> ::monotable::KeySet<__T> for ConfigKey
    where
        Config: ::monotable::InTable<__T>,
    {
        type Found = ::core::option::Option<Config>;
        type Shape = ::monotable::__private::OneKey<Config>;
        fn add_to(self, __keys: &mut ::monotable::__private::Keys<__T>) -> Self::Shape {
            ::monotable::__private::add_key(self, __keys)
        }
    }
    #[automatically_derived]
    impl ::monotable::Entity for Config {
        type Table = Shop;
        type Key = ConfigKey;
        const MODEL: ::monotable::EntityModel = {
            #[allow(unused_imports)]
            use ::monotable::__private::UnknownForm as _;
            ::monotable::EntityModel::new(
                "Config",
                "Config",
                &[
                    ::monotable::__private::Key::primary(
                        __PARTITION.template(),
                        ::core::option::Option::Some(__SORT.template()),
                    ),
                ],
                &[
                    ::monotable::AttributeModel::new(
                        "color",
                        "color",
                        true,
                        ::monotable::__private::FormOf::<String>::FORM,
                    ),
                ],
            )
        };
        const STORAGE: ::monotable::__private::Storage<Self> = <Config as ::monotable::__private::Storable>::STORAGE;
        fn key(&self) -> ConfigKey {
            ConfigKey {}
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Config {
        ///The field `color` of [`Config`], for conditions and updates.
        const COLOR: ::monotable::Field<Self, String> = ::monotable::Field::required(
            "color",
        );
    }
    const _: () = {
        impl Config {
            ///[`Config`]s with the partition key `"CONFIG"`; the sort key is `"CONFIG"`.
            fn by_primary() -> ConfigByPrimary {
                ConfigByPrimary(
                    ::monotable::__private::Steps::new(
                        &__PARTITION,
                        ::core::option::Option::Some(&__SORT),
                        |__key| {
                            __key.literal("CONFIG");
                            ::core::result::Result::Ok(())
                        },
                    ),
                )
            }
        }
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for ConfigByPrimary<S> {
            type Entity = Config;
            type Index = ::monotable::Primary<<Config as ::monotable::Entity>::Table>;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        const __TYPED_FROM: usize = ::monotable::__private::typed_from::<
            <Config as ::monotable::Entity>::Table,
        >("Config", 0usize);
        #[diagnostic::on_unimplemented(
            message = "this query of `Config::by_primary(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"CONFIG\": take the step that tells `Config` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl SelectsOneEntity for ::monotable::__private::Proved<true> {}
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for ConfigByPrimary<::monotable::__private::At<0usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 0usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Config;
            type Index = ::monotable::Primary<<Config as ::monotable::Entity>::Table>;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
};
