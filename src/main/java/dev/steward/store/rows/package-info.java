// SPDX-License-Identifier: Apache-2.0
/// Spans, runs and what was said in them as rows of the span store's tables, there and back.
@NullMarked
package dev.steward.store.rows;

import org.jspecify.annotations.NullMarked;
