// SPDX-License-Identifier: Apache-2.0
/// Cases of policies: calls with the decisions that are wanted for them.
@NullMarked
package dev.steward.control.cases;

import org.jspecify.annotations.NullMarked;
