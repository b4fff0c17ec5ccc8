// SPDX-License-Identifier: Apache-2.0
/// How values read on a page: money, counts, durations, times, ids, rates.
@NullMarked
package dev.steward.console.format;

import org.jspecify.annotations.NullMarked;
