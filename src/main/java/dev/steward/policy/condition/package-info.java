// SPDX-License-Identifier: Apache-2.0
/// Conditions in CEL: text and the schema of a tool's arguments in, a truth value out.
///
/// It must not know rules or policies.
@NullMarked
package dev.steward.policy.condition;

import org.jspecify.annotations.NullMarked;
