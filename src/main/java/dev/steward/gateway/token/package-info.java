// SPDX-License-Identifier: Apache-2.0
/// Short-lived tokens that stand for a provider's lasting secret.
///
/// In: the secret. Out: what a call presents now. It must not know calls.
@NullMarked
package dev.steward.gateway.token;

import org.jspecify.annotations.NullMarked;
