// SPDX-License-Identifier: Apache-2.0
/// The journal as segment files in one folder.
///
/// In: journal records. Out: the same records in order, each once it is synced. It must not know
/// what a record means, beyond how many spans it counts.
@NullMarked
package dev.steward.store.file;

import org.jspecify.annotations.NullMarked;
