// SPDX-License-Identifier: Apache-2.0
/// Calls to the model providers.
@NullMarked
package dev.steward.gateway.upstream;

import org.jspecify.annotations.NullMarked;
