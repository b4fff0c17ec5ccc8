// SPDX-License-Identifier: Apache-2.0
/// The list of runs.
@NullMarked
package dev.steward.console.runs;

import org.jspecify.annotations.NullMarked;
