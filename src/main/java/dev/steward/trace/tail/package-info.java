// SPDX-License-Identifier: Apache-2.0
/// What is open or not loaded yet, held in memory, and the view over it and the span store
/// together.
@NullMarked
package dev.steward.trace.tail;

import org.jspecify.annotations.NullMarked;
