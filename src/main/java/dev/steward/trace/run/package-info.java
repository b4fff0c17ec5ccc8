// SPDX-License-Identifier: Apache-2.0
/// Runs, what spans say together, and the questions asked of them.
@NullMarked
package dev.steward.trace.run;

import org.jspecify.annotations.NullMarked;
