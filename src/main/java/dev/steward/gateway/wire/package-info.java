// SPDX-License-Identifier: Apache-2.0
/// Bytes in, bytes out: the dialects of the model providers, what a request asks, and refusals in
/// their own words.
@NullMarked
package dev.steward.gateway.wire;

import org.jspecify.annotations.NullMarked;
