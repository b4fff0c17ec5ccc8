// SPDX-License-Identifier: Apache-2.0
/// What policies can never allow, whatever their conditions turn out to say.
///
/// In: a policy set, agents and a statement. Out: that it is proved, or a counterexample.
@NullMarked
package dev.steward.policy.proof;

import org.jspecify.annotations.NullMarked;
