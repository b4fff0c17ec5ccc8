// SPDX-License-Identifier: Apache-2.0
/// The definitions of tools: what is pinned of them, how a new one differs, what in it is meant for
/// the model rather than for people, and what values fit its schemas.
///
/// In: definitions as servers offer them and as they were accepted. Out: digests, differences,
/// suspicions. It knows no connection and decides nothing.
@NullMarked
package dev.steward.control.tool;

import org.jspecify.annotations.NullMarked;
