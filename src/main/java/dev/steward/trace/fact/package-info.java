// SPDX-License-Identifier: Apache-2.0
/// What the assembly of runs reads of one span.
@NullMarked
package dev.steward.trace.fact;

import org.jspecify.annotations.NullMarked;
