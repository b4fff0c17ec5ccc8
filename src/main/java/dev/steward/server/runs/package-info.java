// SPDX-License-Identifier: Apache-2.0
/// The words of the command line about runs: which there were, how they ended, what they cost.
@NullMarked
package dev.steward.server.runs;

import org.jspecify.annotations.NullMarked;
