// SPDX-License-Identifier: Apache-2.0
/// The words of the field: ids, resources, usage, cost, errors. Records and sealed types on the JDK
/// alone.
///
/// In: nothing. Out: values that every other room speaks in. It must not know a wire, a store, a
/// clock or a library.
@NullMarked
package dev.steward.domain;

import org.jspecify.annotations.NullMarked;
