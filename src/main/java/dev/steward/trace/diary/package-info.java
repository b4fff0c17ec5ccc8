// SPDX-License-Identifier: Apache-2.0
/// A port for what is nice to know after a restart and no loss without.
@NullMarked
package dev.steward.trace.diary;

import org.jspecify.annotations.NullMarked;
