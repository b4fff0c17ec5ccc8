// SPDX-License-Identifier: Apache-2.0
/// The page of all agents.
@NullMarked
package dev.steward.console.fleet;

import org.jspecify.annotations.NullMarked;
