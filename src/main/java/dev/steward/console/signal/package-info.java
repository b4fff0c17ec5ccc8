// SPDX-License-Identifier: Apache-2.0
/// How runs went: what one run's answers rest on, and how those of an agent went together.
@NullMarked
package dev.steward.console.signal;

import org.jspecify.annotations.NullMarked;
