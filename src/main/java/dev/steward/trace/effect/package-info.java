// SPDX-License-Identifier: Apache-2.0
/// What a run did to the world: the tool calls that change something, and what undid them.
@NullMarked
package dev.steward.trace.effect;

import org.jspecify.annotations.NullMarked;
