// SPDX-License-Identifier: Apache-2.0
/// Runs that belong together: those of one conversation, and those of one task.
@NullMarked
package dev.steward.console.joined;

import org.jspecify.annotations.NullMarked;
