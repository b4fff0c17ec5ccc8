// SPDX-License-Identifier: Apache-2.0
/// What many runs come to: cost by group and task, what agents did, what was used.
///
/// In: assembled runs. Out: rows. It must not know where the runs are kept.
@NullMarked
package dev.steward.trace.sums;

import org.jspecify.annotations.NullMarked;
