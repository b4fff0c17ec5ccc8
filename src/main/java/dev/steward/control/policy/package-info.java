// SPDX-License-Identifier: Apache-2.0
/// Declared policies as the policy room needs them: checked at apply, compiled when first asked.
@NullMarked
package dev.steward.control.policy;

import org.jspecify.annotations.NullMarked;
