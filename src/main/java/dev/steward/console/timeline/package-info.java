// SPDX-License-Identifier: Apache-2.0
/// What happened to an agent, drawn on one axis and told in words.
@NullMarked
package dev.steward.console.timeline;

import org.jspecify.annotations.NullMarked;
