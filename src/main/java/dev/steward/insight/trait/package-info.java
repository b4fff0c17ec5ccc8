// SPDX-License-Identifier: Apache-2.0
/// What is watched of an agent's runs, and what each of it was and is.
///
/// In: ended runs in the order in which they were known. Out: a baseline of the first of them, and
/// readings of the later ones against it. Pure: it must not know a store, a clock or control.
@NullMarked
package dev.steward.insight.trait;

import org.jspecify.annotations.NullMarked;
