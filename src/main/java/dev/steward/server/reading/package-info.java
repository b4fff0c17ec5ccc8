// SPDX-License-Identifier: Apache-2.0
/// What is asked of runs: the runs and their spans, what they cost, how they ended, metrics.
@NullMarked
package dev.steward.server.reading;

import org.jspecify.annotations.NullMarked;
