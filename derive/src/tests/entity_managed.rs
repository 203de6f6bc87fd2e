// #[entity(table = Shop, pk = "SESSION#{id}", sk = "SESSION")]
// #[entity(index(Gsi1, pk = "SESSIONS", sk = "{seen_at:seconds}"))]
// struct Session {
//     id: String,
//     #[entity(version)]
//     version: u32,
//     #[entity(created_at)]
//     made_at: DateTime<Utc>,
//     #[entity(updated_at)]
//     seen_at: DateTime<Utc>,
//     #[entity(ttl)]
//     ends: u64,
//     #[entity(null)]
//     note: Option<String>,
// }

///The primary key of [`Session`]: `"SESSION#{id}"`, `"SESSION"`.
struct SessionKey {
    ///The `id` of the key.
    id: String,
}
///A query of [`Session`] by `"SESSION#{id}"`; the sort key is `"SESSION"`; see [`Session::by_id`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct SessionById<S = ::monotable::__private::At0>(::monotable::__private::Steps<S>);
///A query of [`Session`] by `"SESSIONS"`; the sort key is `"{seen_at:seconds}"`; see [`Session::by_gsi1`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
struct SessionByGsi1<S = ::monotable::__private::At0>(::monotable::__private::Steps<S>);
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
    enum IdPart {}
    impl __p::CanonicalPart for IdPart {
        type Value = String;
    }
    enum SeenAtSecondsPart {}
    impl __p::TemplatePart for SeenAtSecondsPart {
        type Value = DateTime<Utc>;
        type Codec = ::monotable::key::Seconds;
    }
    const __PARTITION: __p::Place<(IdPart, ())> = __p::Place::new(
        <::monotable::Primary<
            <Session as ::monotable::Entity>::Table,
        > as ::monotable::Index>::PARTITION,
        "SESSION#{id}",
        &[__p::Literal("SESSION#"), __p::part::<IdPart>("id")],
    );
    const __SORT: __p::Place<()> = __p::Place::new(
        <::monotable::Primary<
            <Session as ::monotable::Entity>::Table,
        > as ::monotable::Index>::SORT,
        "SESSION",
        &[__p::Literal("SESSION")],
    );
    const __Gsi1_PARTITION: __p::Place<()> = __p::Place::new(
        <Gsi1 as ::monotable::Index>::PARTITION,
        "SESSIONS",
        &[__p::Literal("SESSIONS")],
    );
    const __Gsi1_SORT: __p::Place<(SeenAtSecondsPart, ())> = __p::Place::new(
        <Gsi1 as ::monotable::Index>::SORT,
        "{seen_at:seconds}",
        &[__p::part::<SeenAtSecondsPart>("seen_at")],
    );
    const _: () = <Session as ::monotable::InTable<
        <Session as ::monotable::Entity>::Table,
    >>::HOLDS;
    const _: () = <Gsi1 as __p::IndexOf<<Session as ::monotable::Entity>::Table>>::HOLDS;
    #[automatically_derived]
    impl ::core::clone::Clone for SessionKey {
        fn clone(&self) -> Self {
            SessionKey {
                id: __p::clone::<IdPart>(&self.id),
            }
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for SessionKey {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_struct("SessionKey")
                .field("id", __p::debug::<IdPart>(&self.id))
                .finish()
        }
    }
    #[automatically_derived]
    impl ::core::cmp::PartialEq for SessionKey {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            true && __p::equal::<IdPart>(&self.id, &other.id)
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for SessionKey {}
    #[automatically_derived]
    impl ::core::hash::Hash for SessionKey {
        fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {
            __p::hash::<IdPart, __H>(&self.id, state);
        }
    }
    impl SessionKey {
        ///Takes a stored key of `"SESSION#{id}"` and `"SESSION"` apart.
        ///
        /// # Errors
        ///
        /// If it is not such a key: what is accepted is exactly what the key is written as.
        #[allow(dead_code)]
        fn parse(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            <SessionKey as ::monotable::EntityKey>::from_keys(
                partition_key,
                __p::Some(sort_key),
            )
        }
    }
    #[automatically_derived]
    impl ::monotable::EntityKey for SessionKey {
        type Entity = Session;
        fn partition_key(
            &self,
        ) -> __p::Result<::monotable::KeyValue, ::monotable::KeyError> {
            __PARTITION.key((&self.id, ()))
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
            let ((__value_of_id, ()), ()) = __p::read(
                &__PARTITION,
                &__SORT,
                __partition,
                __sort,
            )?;
            __p::Ok(SessionKey { id: __value_of_id })
        }
    }
    #[automatically_derived]
    impl<__T: ::monotable::Table> ::monotable::KeySet<__T> for SessionKey
    where
        Session: ::monotable::InTable<__T>,
    {
        type Found = __p::Option<Session>;
        type Shape = __p::OneKey<Session>;
        fn add_to(self, __keys: &mut __p::Keys<__T>) -> Self::Shape {
            __p::add_key(self, __keys)
        }
    }
    #[automatically_derived]
    impl ::monotable::Entity for Session {
        type Table = Shop;
        type Key = SessionKey;
        const MODEL: ::monotable::EntityModel = {
            #[allow(unused_imports)]
            use __p::UnknownForm as _;
            ::monotable::EntityModel::new(
                    "Session",
                    "Session",
                    &[
                        __p::Key::primary(
                            __PARTITION.template(),
                            __p::Some(__SORT.template()),
                        ),
                        __p::Key::index(
                            <Gsi1 as ::monotable::Index>::NUMBER,
                            __Gsi1_PARTITION.template(),
                            __p::Some(__Gsi1_SORT.template()),
                        ),
                    ],
                    &[
                        ::monotable::AttributeModel::new(
                            "id",
                            "id",
                            true,
                            __p::FormOf::<String>::FORM,
                        ),
                        ::monotable::AttributeModel::new(
                            "version",
                            "version",
                            true,
                            __p::FormOf::<u32>::FORM,
                        ),
                        ::monotable::AttributeModel::new(
                            "made_at",
                            "made_at",
                            true,
                            __p::FormOf::<DateTime<Utc>>::FORM,
                        ),
                        ::monotable::AttributeModel::new(
                            "seen_at",
                            "seen_at",
                            true,
                            __p::FormOf::<DateTime<Utc>>::FORM,
                        ),
                        ::monotable::AttributeModel::new(
                            "ends",
                            "ends",
                            true,
                            __p::FormOf::<u64>::FORM,
                        ),
                        ::monotable::AttributeModel::new(
                                "note",
                                "note",
                                false,
                                __p::FormOf::<Option<String>>::FORM,
                            )
                            .null(),
                    ],
                )
                .managing(
                    ::core::option::Option::Some("version"),
                    ::core::option::Option::Some("made_at"),
                    ::core::option::Option::Some("seen_at"),
                    ::core::option::Option::Some("ends"),
                )
        };
        const STORAGE: __p::Storage<Self> = <Session as __p::Storable>::STORAGE;
        const MANAGED: ::monotable::__private::Managed = ::monotable::__private::Managed::NONE
            .version::<Self>("version")
            .created_at(
                ::monotable::__private::Stamp::new(
                    "made_at",
                    |__now| ::monotable::__private::stamp(<Session>::MADE_AT, __now),
                ),
            )
            .updated_at(
                ::monotable::__private::Stamp::new(
                        "seen_at",
                        |__now| ::monotable::__private::stamp(<Session>::SEEN_AT, __now),
                    )
                    .in_units_of(
                        ::monotable::__private::Duration::from_nanos(1000000000u64),
                    )
                    .in_keys::<DateTime<Utc>>(),
            )
            .in_index_keys();
        fn key(&self) -> SessionKey {
            SessionKey {
                id: __p::clone::<IdPart>(&self.id),
            }
        }
        fn key_values(
            &self,
            __buffers: &mut [__p::String; 2],
        ) -> __p::Result<
            (::monotable::KeyValue, __p::Option<::monotable::KeyValue>),
            ::monotable::KeyError,
        > {
            __p::Ok((
                __PARTITION.key_in(&mut __buffers[0usize], (&self.id, ()))?,
                __p::Some(__SORT.key_in(&mut __buffers[1usize], ())?),
            ))
        }
        #[allow(unused_variables)]
        fn index_keys(__from: &__p::PartSource<'_, Self>, __keys: &mut __p::IndexKeys) {
            let (__part_seen_at,) = match __from.origin() {
                __p::Ok(__item) => (__p::PartOf::Set(&__item.seen_at),),
                __p::Err(__key) => (__from.touched("seen_at"),),
            };
            __keys.half(&__Gsi1_PARTITION, ());
            __keys.half(&__Gsi1_SORT, (&__part_seen_at, ()));
        }
        fn key_attributes(__key: &Self::Key, __attributes: &mut __p::KeyAttributes) {
            __attributes.add(&Session::ID, &__key.id);
        }
    }
    #[allow(dead_code)]
    impl Session {
        ///The field `id` of [`Session`], for conditions and updates.
        const ID: ::monotable::Field<Self, String, ::monotable::KeyField> = ::monotable::Field::required(
            "id",
        );
        ///The field `version` of [`Session`], for conditions and updates.
        const VERSION: ::monotable::Field<Self, u32, ::monotable::SetByWrites> = ::monotable::Field::required(
            "version",
        );
        ///The field `made_at` of [`Session`], for conditions and updates.
        const MADE_AT: ::monotable::Field<
            Self,
            DateTime<Utc>,
            ::monotable::SetByWrites,
        > = ::monotable::Field::required("made_at");
        ///The field `seen_at` of [`Session`], for conditions and updates.
        const SEEN_AT: ::monotable::Field<
            Self,
            DateTime<Utc>,
            ::monotable::SetByWrites,
        > = ::monotable::Field::required("seen_at");
        ///The field `ends` of [`Session`], for conditions and updates.
        const ENDS: ::monotable::Field<Self, u64> = ::monotable::Field::required("ends");
        ///The field `note` of [`Session`], for conditions and updates.
        const NOTE: ::monotable::Field<Self, Option<String>> = ::monotable::Field::optional(
                "note",
            )
            .keeping_null();
        ///[`Session`]s with the partition key `"SESSION#{id}"`; the sort key is `"SESSION"`.
        fn by_id(id: impl ::monotable::IntoValue<String>) -> SessionById {
            SessionById(
                __p::Steps::new(
                    &__PARTITION,
                    __p::Some(__SORT.untyped()),
                    (&::monotable::IntoValue::into_value(id), ()),
                ),
            )
        }
        ///[`Session`]s with the partition key `"SESSIONS"` in index [`Gsi1`]; the sort key is `"{seen_at:seconds}"`.
        fn by_gsi1() -> SessionByGsi1 {
            SessionByGsi1(
                __p::Steps::new(&__Gsi1_PARTITION, __p::Some(__Gsi1_SORT.untyped()), ()),
            )
        }
        ///Takes a stored key of index [`Gsi1`] apart: `seen_at`.
        ///
        /// # Errors
        ///
        /// If it is not such a key.
        #[allow(dead_code)]
        fn by_gsi1_parts(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> __p::Result<(DateTime<Utc>,), ::monotable::KeyError> {
            let (__partition, __sort) = (partition_key, __p::Some(sort_key));
            #[allow(unused_imports)]
            use __p::InPart as _;
            let [] = __Gsi1_PARTITION.untyped().split(__partition)?;
            let [__sort_0] = __Gsi1_SORT
                .untyped()
                .split(__p::sort_key_of(__Gsi1_SORT.untyped(), __sort)?)?;
            let __value_of_seen_at = __p::Whole::<
                SeenAtSecondsPart,
            >::decode(__Gsi1_SORT.untyped(), 0usize, __sort_0)?;
            __p::Ok((__value_of_seen_at,))
        }
    }
    #[automatically_derived]
    impl ::monotable::Versioned for Session {
        type Version = u32;
    }
    const _: () = ::monotable::__private::assert_ttl::<u64>();
    const _: () = {
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for SessionById<S> {
            type Entity = Session;
            type Index = ::monotable::Primary<<Session as ::monotable::Entity>::Table>;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[diagnostic::on_unimplemented(
            message = "this query of `Session::by_id(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"SESSION\": take the step that tells `Session` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SessionByIdSelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl<S> SessionByIdSelectsOneEntity for S
        where
            S: __p::Reaches<
                {
                    __p::typed_from::<
                        <Session as ::monotable::Entity>::Table,
                    >("Session", 0usize)
                },
            >,
        {}
        #[automatically_derived]
        impl<S: SessionByIdSelectsOneEntity> ::monotable::TypedQuery for SessionById<S> {
            type Entity = <Self as ::monotable::KeyQuery>::Entity;
            type Index = <Self as ::monotable::KeyQuery>::Index;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
    const _: () = {
        #[diagnostic::on_unimplemented(
            message = "`.seen_at(..)` is not the next step of this query",
            label = "`seen_at` is fixed already",
            note = "the sort key of `Session::by_gsi1(..)` is \"{{seen_at:seconds}}\": steps follow it from left to right, each once, without a gap"
        )]
        pub trait SeenAtIsNext {}
        #[diagnostic::do_not_recommend]
        impl SeenAtIsNext for __p::At0 {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> SeenAtIsNext for __p::RangeAfter<PARTS> {}
        pub type SeenAtPlace = __p::RangePlace<
            { __p::range_of::<SeenAtSecondsPart, _>(&__Gsi1_SORT, 0usize) },
            { __p::has_prefixes::<SeenAtSecondsPart, _>(&__Gsi1_SORT, 0usize) },
        >;
        #[diagnostic::on_unimplemented(
            message = "the sort-key condition is complete: a range is given, and only the last step can be one",
            label = "nothing can follow a range",
            note = "the sort key of `Session::by_gsi1(..)` is \"{{seen_at:seconds}}\"; give both ends of a range at once, as `.._in(a..=b)`",
        )]
        pub trait NoRangeYet {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NoRangeYet for __p::At<PARTS> {}
        impl<S> SessionByGsi1<S> {
            ///`seen_at` equal to this.
            fn seen_at(
                self,
                value: impl ::monotable::IntoValue<DateTime<Utc>>,
            ) -> SessionByGsi1<__p::At1>
            where
                S: SeenAtIsNext + NoRangeYet,
            {
                SessionByGsi1(self.0.equal::<SeenAtSecondsPart, _>(value.into_value()))
            }
            ///`seen_at` at or after this.
            fn seen_at_from(
                self,
                value: impl __p::IntoBound<DateTime<Utc>, SeenAtPlace>,
            ) -> SessionByGsi1<__p::RangeAfter0>
            where
                S: SeenAtIsNext + NoRangeYet,
            {
                SessionByGsi1(self.0.from::<SeenAtSecondsPart, _>(value.into_bound()))
            }
            ///`seen_at` at or before this, with whatever follows.
            fn seen_at_until(
                self,
                value: impl __p::IntoBound<DateTime<Utc>, SeenAtPlace>,
            ) -> SessionByGsi1<__p::RangeAfter0>
            where
                S: SeenAtIsNext + NoRangeYet,
            {
                SessionByGsi1(self.0.until::<SeenAtSecondsPart, _>(value.into_bound()))
            }
            ///`seen_at` in this range.
            fn seen_at_in(
                self,
                range: impl ::monotable::KeyRange<DateTime<Utc>, SeenAtPlace>,
            ) -> SessionByGsi1<__p::RangeAfter0>
            where
                S: SeenAtIsNext + NoRangeYet,
            {
                SessionByGsi1(self.0.range::<SeenAtSecondsPart, SeenAtPlace, _>(range))
            }
        }
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for SessionByGsi1<S> {
            type Entity = Session;
            type Index = Gsi1;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[diagnostic::on_unimplemented(
            message = "this query of `Session::by_gsi1(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"{{seen_at:seconds}}\": take the step that tells `Session` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SessionByGsi1SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl<S> SessionByGsi1SelectsOneEntity for S
        where
            S: __p::Reaches<
                {
                    __p::typed_from::<
                        <Session as ::monotable::Entity>::Table,
                    >("Session", 1usize)
                },
            >,
        {}
        #[automatically_derived]
        impl<S: SessionByGsi1SelectsOneEntity> ::monotable::TypedQuery
        for SessionByGsi1<S> {
            type Entity = <Self as ::monotable::KeyQuery>::Entity;
            type Index = <Self as ::monotable::KeyQuery>::Index;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
};
