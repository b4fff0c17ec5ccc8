// SPDX-License-Identifier: Apache-2.0
/// Questions to the span store: traces, lists of runs, sums. In: the tables and the archive of
/// older days. Out: what the trace room's queries promise. It writes nothing and opens nothing.
@NullMarked
package dev.steward.store.query;

import org.jspecify.annotations.NullMarked;
