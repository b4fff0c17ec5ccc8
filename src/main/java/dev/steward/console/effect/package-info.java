// SPDX-License-Identifier: Apache-2.0
/// The view of a run's effects: what it wrote, paid and sent.
@NullMarked
package dev.steward.console.effect;

import org.jspecify.annotations.NullMarked;
