// SPDX-License-Identifier: Apache-2.0
/// The page of policies: what each says in plain words, whom it governs, and a box in which it is
/// proved what agents never do.
@NullMarked
package dev.steward.console.policy;

import org.jspecify.annotations.NullMarked;
