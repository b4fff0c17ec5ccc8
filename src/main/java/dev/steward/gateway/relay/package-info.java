// SPDX-License-Identifier: Apache-2.0
/// An answer on its way from the provider to the client, byte for byte.
@NullMarked
package dev.steward.gateway.relay;

import org.jspecify.annotations.NullMarked;
