// SPDX-License-Identifier: Apache-2.0
/// The journal as files: segments of synced frames, written by one thread and read behind it.
@NullMarked
package dev.steward.store.journal;

import org.jspecify.annotations.NullMarked;
