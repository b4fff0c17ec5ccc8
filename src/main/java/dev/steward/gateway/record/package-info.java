// SPDX-License-Identifier: Apache-2.0
/// What a call leaves behind: one span, through the journal.
@NullMarked
package dev.steward.gateway.record;

import org.jspecify.annotations.NullMarked;
