// SPDX-License-Identifier: Apache-2.0
/// Tool calls in a model's answer, each shown to a judge before the agent sees it. The provider's
/// bytes come in, in its own dialect; out goes the same answer without what was held back. It knows
/// neither agents nor policies.
@NullMarked
package dev.steward.gateway.rewrite;

import org.jspecify.annotations.NullMarked;
