// SPDX-License-Identifier: Apache-2.0
/// Two texts side by side, with what differs marked.
@NullMarked
package dev.steward.console.diff;

import org.jspecify.annotations.NullMarked;
